"""The radar of a diagnostic: the last one, the first one, the sector."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from charte_desktop.ui.charts.chart import Chart, Item

if TYPE_CHECKING:
    from charte_desktop.model.restitution import RadarContent, RadarLine

_LOOKS = (
    ("primary", Qt.PenStyle.SolidLine, 2.4),
    ("family_3", Qt.PenStyle.DashLine, 1.8),
    ("muted", Qt.PenStyle.DotLine, 1.8),
)
"""Of each line in turn: colour, dashes, width."""
_WORDS_ROOM = 118
_LEGEND = 18


class Radar(Chart):
    """A web, a shape for each diagnostic, the words of its axes."""

    TITLE = "Radar"
    EMPTY = "Le radar se dessine au fil des réponses."

    def __init__(self, parent: Chart | None = None) -> None:
        super().__init__(parent)
        self._content: RadarContent | None = None

    def show_radar(self, content: "RadarContent | None") -> None:
        """Show this one; None shows an empty room."""
        self._content = content
        if content is None:
            self.show_items(())
            return
        items = []
        for number, axis in enumerate(content.axes):
            score = content.last.scores[number]
            told = [f"{line.short} {line.scores[number]}" for line in content.lines[1:] if _has(line, number)]
            beside = f" ({', '.join(told)})" if told else ""
            items.append(Item(axis, f"{axis} : {'pas de réponse' if score is None else score}{beside}", score or 0))
        self.show_items(items)

    @property
    def is_empty(self) -> bool:
        content = self._content
        return content is None or all(score is None for score in content.last.scores)

    def sizeHint(self) -> QSize:
        return QSize(380, 320)

    def minimumSizeHint(self) -> QSize:
        return QSize(280, 220)

    def item_at(self, point: QPointF) -> int:
        from charte_desktop.model import radar

        if self._content is None:
            return -1
        middle, radius = self._centre(self.room())
        away = point - middle
        distance = (away.x() ** 2 + away.y() ** 2) ** 0.5
        if not 6 < distance < radius + 30:
            return -1
        count = len(self.items)
        spokes = [radar.spoke(number, count) for number in range(count)]
        return max(range(count), key=lambda number: away.x() * spokes[number][0] + away.y() * spokes[number][1])

    def _centre(self, room: QRectF) -> tuple[QPointF, float]:
        lines = len(self._content.lines) if self._content is not None else 0
        web = room.adjusted(0, 0, 0, -_LEGEND * lines - 4)
        letters = self.fontMetrics().height()
        return web.center(), max(min(web.width() / 2 - _WORDS_ROOM, web.height() / 2 - 2 * letters), 20)

    def draw(self, painter: QPainter, room: QRectF) -> None:
        from charte_desktop.model import radar

        content = self._content
        assert content is not None
        middle, radius = self._centre(room)
        count, centre = len(content.axes), (middle.x(), middle.y())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self.colour("line"), 1))
        for ring in radar.RINGS:
            painter.drawPolygon(_polygon(radar.corners([ring] * count, centre, radius)))
        for end in radar.corners([100] * count, centre, radius):
            painter.drawLine(middle, QPointF(*end))
        shapes = [_polygon(radar.corners(line.scores, centre, radius)) for line in content.lines]
        wash = QColor(self.colour("primary"))
        wash.setAlphaF(0.16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(wash)
        painter.drawPolygon(shapes[0])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for shape, (token, dashes, width) in reversed(list(zip(shapes, _LOOKS, strict=False))):
            painter.setPen(QPen(self.colour(token), width, dashes))
            painter.drawPolygon(shape)
        self._words(painter, room, middle, radius)
        self._legend(painter, room)

    def _words(self, painter: QPainter, room: QRectF, middle: QPointF, radius: float) -> None:
        from charte_desktop.model import radar

        content = self._content
        assert content is not None
        letters = painter.fontMetrics()
        for number, axis in enumerate(content.axes):
            across, down = radar.spoke(number, len(content.axes))
            score = content.last.scores[number]
            text = axis if score is None else f"{axis} {score}"
            side = radar.side_of(number, len(content.axes))
            end = middle.x() + across * (radius + 6)
            free = room.right() - end if side > 0 else end - room.left() if side < 0 else room.width()
            text = letters.elidedText(text, Qt.TextElideMode.ElideRight, int(free) - 2)
            width = letters.horizontalAdvance(text) + 2
            x = end - (0 if side > 0 else width if side < 0 else width / 2)
            y = (
                middle.y()
                + down * (radius + 6)
                - (0 if down > 0.9 else letters.height() if down < -0.9 else letters.height() / 2)
            )
            painter.setPen(self.colour("accent" if number == self.chosen else "ink"))
            painter.drawText(QRectF(x, y, width, letters.height()), int(Qt.AlignmentFlag.AlignCenter), text)

    def _legend(self, painter: QPainter, room: QRectF) -> None:
        content = self._content
        assert content is not None
        top = room.bottom() - _LEGEND * len(content.lines)
        for number, line in enumerate(content.lines):
            token, dashes, width = _LOOKS[number % len(_LOOKS)]
            middle = top + (number + 0.5) * _LEGEND
            painter.setPen(QPen(self.colour(token), width, dashes))
            painter.drawLine(QPointF(room.left() + 4, middle), QPointF(room.left() + 34, middle))
            painter.setPen(self.colour("muted"))
            words = painter.fontMetrics().elidedText(line.words, Qt.TextElideMode.ElideRight, int(room.width()) - 46)
            box = QRectF(room.left() + 42, middle - _LEGEND / 2, room.width() - 44, _LEGEND)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words)


def _has(line: "RadarLine", number: int) -> bool:
    return line.scores[number] is not None


def _polygon(points: list[tuple[float, float]]) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in points])
