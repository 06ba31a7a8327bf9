"""Accompaniments by commune, on the island."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from charte_desktop.ui.charts.chart import Chart, Item

if TYPE_CHECKING:
    from charte_desktop.model.activity import Activity
    from charte_desktop.model.island import Shape

_STEPS = 5


class IslandMap(Chart):
    """The communes, darker where there is more, each with its number; in alphabetical order for the keyboard."""

    TITLE = "Accompagnements par commune"

    def __init__(self, parent: "Chart | None" = None) -> None:
        super().__init__(parent)
        self._shapes: Sequence[Shape] = ()
        """In the order of the items."""
        self._elsewhere = 0
        self._paths: list[QPainterPath] = []
        self._drawn_for = QRectF()

    def show_activity(self, activity: "Activity") -> None:
        """Show the communes of a period."""
        from charte_desktop.model import reference
        from charte_desktop.model.island import island
        from charte_desktop.model.wording import collation_key

        communes = reference.communes()
        by_code = {shape.code: shape for shape in island().shapes}
        codes = sorted(by_code, key=lambda code: collation_key(communes[code].name))
        items = []
        for code in codes:
            count = activity.by_commune.get(code, 0)
            several = "s" if count > 1 else ""
            items.append(Item(communes[code].name, f"{communes[code].name} : {count} accompagnement{several}", count))
        self._shapes = [by_code[code] for code in codes]
        self._elsewhere = sum(count for code, count in activity.by_commune.items() if code not in by_code)
        self._drawn_for = QRectF()
        self.show_items(items)

    def sizeHint(self) -> QSize:
        return QSize(320, 300)

    def minimumSizeHint(self) -> QSize:
        return QSize(220, 200)

    def item_at(self, point: QPointF) -> int:
        self._lay_out(self.room())
        return next((number for number, path in enumerate(self._paths) if path.contains(point)), -1)

    def _lay_out(self, room: QRectF) -> None:
        """The outlines as they stand in a room; worked out once for each size."""
        if room == self._drawn_for:
            return
        self._drawn_for = room
        self._paths = []
        for shape in self._shapes:
            path = QPainterPath()
            for ring in shape.rings:
                path.moveTo(self._placed(ring[0], room))
                for point in ring[1:]:
                    path.lineTo(self._placed(point, room))
                path.closeSubpath()
            self._paths.append(path)

    @staticmethod
    def _placed(point: tuple[float, float], room: QRectF) -> QPointF:
        from charte_desktop.model.island import island

        scale = min(room.width(), room.height() / island().height)
        left = room.left() + (room.width() - scale) / 2
        top = room.top() + (room.height() - scale * island().height) / 2
        return QPointF(left + scale * point[0], top + scale * point[1])

    def draw(self, painter: QPainter, room: QRectF) -> None:
        from charte_desktop.model.island import step_of

        self._lay_out(room)
        most = max(item.value for item in self.items)
        letters = painter.fontMetrics()
        painter.setPen(QPen(self.colour("field"), 0.8))
        for item, path in zip(self.items, self._paths, strict=True):
            painter.setBrush(self.tint(step_of(item.value, most, _STEPS), _STEPS))
            painter.drawPath(path)
        if self.chosen >= 0:
            painter.setPen(QPen(self.colour("accent"), 2.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(self._paths[self.chosen])
        for item, shape in zip(self.items, self._shapes, strict=True):
            if not item.value:
                continue
            middle = self._placed(shape.middle, room)
            painter.setPen(self._readable(self.tint(step_of(item.value, most, _STEPS), _STEPS)))
            box = QRectF(middle.x() - 30, middle.y() - letters.height() / 2, 60, letters.height())
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), str(item.value))
        if self._elsewhere:
            painter.setPen(self.colour("muted"))
            foot = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
            painter.drawText(room, foot, f"ailleurs : {self._elsewhere}")

    def _readable(self, on: QColor) -> QColor:
        """Letters that are read on a tint."""
        ink, paper = self.colour("ink"), self.colour("surface")
        dark, light = (ink, paper) if ink.lightness() < paper.lightness() else (paper, ink)
        return dark if on.lightness() > 130 else light
