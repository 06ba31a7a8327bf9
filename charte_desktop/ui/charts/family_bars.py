"""Accompaniments by family of need, as bars that lie."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter

from charte_desktop.ui import marks
from charte_desktop.ui.charts.chart import Chart, Item

if TYPE_CHECKING:
    from charte_desktop.model.activity import Activity

_SHAPES = ("diamond", "square", "triangle", "disc")
_NAMES = 0.6
"""Part of the width that the names may take."""


class FamilyBars(Chart):
    """A line for each of the charter's families: its shape, its name, its bar, its number."""

    TITLE = "Familles de besoins"

    def show_activity(self, activity: "Activity") -> None:
        """Show the families of a period."""
        items = []
        for family, count in activity.by_family.items():
            several = "s" if count > 1 else ""
            items.append(Item(family, f"{family} : {count} accompagnement{several}", count))
        self.show_items(items)

    def sizeHint(self) -> QSize:
        return QSize(420, 128)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 110)

    def item_at(self, point: QPointF) -> int:
        room = self.room()
        if not self.items or not room.contains(point):
            return -1
        return min(int((point.y() - room.top()) / room.height() * len(self.items)), len(self.items) - 1)

    def draw(self, painter: QPainter, room: QRectF) -> None:
        letters = painter.fontMetrics()
        step = room.height() / len(self.items)
        most = max(item.value for item in self.items)
        names = min(room.width() * _NAMES, max(letters.horizontalAdvance(item.key) for item in self.items) + 28)
        numbers = letters.horizontalAdvance(str(most)) + 10
        wide = room.width() - names - numbers
        middle = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for number, item in enumerate(self.items):
            line = QRectF(room.left(), room.top() + number * step, room.width(), step)
            token = f"family_{number % 4 + 1}"
            mark = QRectF(line.left() + 2, line.center().y() - marks.SIDE / 2, marks.SIDE, marks.SIDE)
            marks.draw_shape(painter, _SHAPES[number % 4], self.colour(token), mark)
            painter.setPen(self.colour("ink"))
            name = letters.elidedText(item.key, Qt.TextElideMode.ElideRight, int(names) - 26)
            painter.drawText(line.adjusted(18, 0, 0, 0), middle, name)
            high = min(12.0, step - 4)
            bar = QRectF(line.left() + names, line.center().y() - high / 2, wide, high)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.colour("canvas"))
            painter.drawRoundedRect(bar, 3, 3)
            if item.value:
                bar.setWidth(max(wide * item.value / most, 4))
                painter.setBrush(self.colour("accent" if number == self.chosen else token))
                painter.drawRoundedRect(bar, 3, 3)
            painter.setPen(self.colour("ink"))
            painter.drawText(QRectF(line.right() - numbers + 6, line.top(), numbers, step), middle, str(item.value))
