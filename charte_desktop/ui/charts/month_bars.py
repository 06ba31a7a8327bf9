"""Accompaniments month by month, as bars."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen

from charte_desktop.ui.charts.chart import Chart, Item

if TYPE_CHECKING:
    from charte_desktop.model.activity import Activity

_FOOT = 18


class MonthBars(Chart):
    """A bar for each month, its number above."""

    TITLE = "Accompagnements par mois"

    def show_activity(self, activity: "Activity") -> None:
        """Show the months of a period."""
        from charte_desktop.model.activity import SHORT_MONTHS

        items = []
        self._short = [SHORT_MONTHS[month] for _, month in activity.period.months]
        for number, counts in enumerate(activity.by_month):
            total = sum(counts.values())
            kinds = ", ".join(f"{kind.value.lower()} {count}" for kind, count in counts.items())
            words = activity.period.month_words(number)
            items.append(Item(words, f"{words} : {total}{f' ({kinds})' if kinds else ''}", total))
        self.show_items(items)

    _short: list[str]

    def sizeHint(self) -> QSize:
        return QSize(420, 150)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 110)

    def item_at(self, point: QPointF) -> int:
        room = self.room()
        if not self.items or not room.contains(point):
            return -1
        return min(int((point.x() - room.left()) / room.width() * len(self.items)), len(self.items) - 1)

    def draw(self, painter: QPainter, room: QRectF) -> None:
        letters = painter.fontMetrics()
        step = room.width() / len(self.items)
        most = max(item.value for item in self.items)
        base = room.bottom() - _FOOT
        high = base - room.top() - letters.height()
        painter.setPen(QPen(self.colour("line"), 1))
        painter.drawLine(QPointF(room.left(), base), QPointF(room.right(), base))
        widest = max(letters.horizontalAdvance(words) for words in self._short) + 4
        every = max(1, -(-widest // max(int(step), 1)))
        for number, item in enumerate(self.items):
            left = room.left() + number * step
            bar = QRectF(left + step * 0.16, base - high * item.value / most, step * 0.68, high * item.value / most)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.colour("accent" if number == self.chosen else "primary"))
            painter.drawRect(bar)
            painter.setPen(self.colour("ink"))
            if item.value and step >= letters.horizontalAdvance(str(item.value)):
                above = QRectF(left, bar.top() - letters.height(), step, letters.height())
                painter.drawText(above, int(Qt.AlignmentFlag.AlignCenter), str(item.value))
            if number % every == 0:
                painter.setPen(self.colour("ink" if number == self.chosen else "muted"))
                below = QRectF(left - step, base + 2, 3 * step, _FOOT)
                painter.drawText(below, int(Qt.AlignmentFlag.AlignCenter), self._short[number])
