"""The two rows above a timeline: months or years, and their weeks or days; the names of its rows at the left."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from charte_desktop.model.time_axis import WEEKDAYS, Unit, axis_at, long_label, spans
from charte_desktop.ui import marks
from charte_desktop.ui.projects.timeline.timeline_scene import LANE, TimelineRow, TimelineScene

if TYPE_CHECKING:
    from charte_desktop.ui.projects.timeline.timeline_canvas import TimelineCanvas

AXIS = 42
"""Pixels of the header."""
_PAD = 8
_NAMED_DAY = 30
"""Pixels of a day that has room for its letter in the week."""
_MARKS = {"LATE": ("cross", "error"), "AT_RISK": ("triangle", "warning"), "ON_TIME": ("disc", "accent")}


def paint_axis(painter: QPainter, box: QRectF, part: QRectF, left: float, scene: TimelineScene) -> None:
    """Draw `part` of the header that stands in `box`; `left` is the scene's x at the left side of the box."""
    scale, dress, letters = scene.scale, scene.dress, scene.lettering
    painter.setClipRect(part)
    painter.fillRect(part, dress.surface)
    half = box.height() / 2
    axis = axis_at(scale.day)
    shift = box.left() - left
    first, last = scale.at(part.left() - shift), scale.at(part.right() - shift)
    lines = [QLineF(part.left(), box.bottom() - 0.5, part.right(), box.bottom() - 0.5)]
    said: list[tuple[float, str]] = []
    if axis.upper is not axis.lower and part.top() < box.top() + half:
        for span in spans(axis.upper, first, last):
            start, end = scale.x(span.first) + shift, scale.end(span.last) + shift
            lines.append(QLineF(start, box.top(), start, box.top() + half))
            label = long_label(axis.upper, span.first)
            at = max(start, box.left()) + 4
            if letters.length(label, bold=True) + at <= min(end, box.right()):
                said.append((at, label))
    painter.setPen(dress.ink)
    for at, label in said:
        letters.draw(painter, at, box.top() + half / 2, label, bold=True)
    said.clear()
    if part.bottom() > box.top() + half:
        for span in spans(axis.lower, first, last):
            start, end = scale.x(span.first) + shift, scale.end(span.last) + shift
            lines.append(QLineF(start, box.top() + half, start, box.bottom()))
            label = span.label
            if axis.lower is Unit.DAY and scale.day >= _NAMED_DAY:
                label = f"{WEEKDAYS[span.first.weekday()]} {label}"
            length = letters.length(label)
            if axis.lower is Unit.DAY:
                said.append((start + (end - start - length) / 2, label))
            elif length + 4 <= end - start:
                said.append((start + 4, label))
    painter.setPen(dress.muted)
    for at, label in said:
        letters.draw(painter, at, box.top() + half * 1.5, label)
    painter.setPen(dress.line)
    painter.drawLines(lines)
    x = scale.x(scene.today) + scale.day / 2 + shift
    if scale.first <= scene.today <= scale.last and part.left() - 6 <= x <= part.right() + 6:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(dress.late)
        foot = box.bottom()
        painter.drawPolygon([QPointF(x - 5, foot - 6), QPointF(x + 5, foot - 6), QPointF(x, foot)])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setClipping(False)


def paint_label(painter: QPainter, row: TimelineRow, box: QRectF, scene: TimelineScene) -> None:
    """Draw the words of one row; a row with a standing of its own has its mark before them."""
    left, letters = box.left() + _PAD, scene.lettering
    if row.standing is not None:
        mark = _MARKS.get(row.standing.punctuality.name)
        if mark is not None:
            painter.drawPixmap(QPointF(left, box.center().y() - marks.SIDE / 2), marks.pixmap(mark, painter))
        left += marks.SIDE + marks.GAP + 2
    painter.setPen(scene.dress.ink)
    told = letters.elided(row.title, int(box.right() - _PAD - left), bold=row.heading)
    letters.draw(painter, left, box.center().y(), told, bold=row.heading)


class AxisHeader(QWidget):
    """The dates; a double click shows them all."""

    def __init__(self, view: "TimelineCanvas") -> None:
        super().__init__(view)
        self._view = view
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # what is painted can then be moved along
        self.setToolTip("Ctrl et molette, + et - : échelle ; double clic : tout voir")

    def sizeHint(self) -> QSize:
        return QSize(200, AXIS)

    def pan(self, dx: int) -> None:
        """Move what is painted below; above, a name stays at the left while its days pass."""
        half = AXIS // 2
        self.scroll(dx, 0, QRect(0, half, self.width(), AXIS - half))
        self.update(0, 0, self.width(), half)

    def paintEvent(self, event: QPaintEvent) -> None:
        scene, painter = self._view.timeline, QPainter(self)
        left = self._view.horizontalScrollBar().value()
        for part in event.region():  # type: ignore[attr-defined]  # the stubs forget it
            paint_axis(painter, QRectF(self.rect()), QRectF(part), left, scene)
        painter.end()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._view.fit()


class LaneLabels(QWidget):
    """The names of the rows that are seen."""

    def __init__(self, view: "TimelineCanvas") -> None:
        super().__init__(view)
        self._view = view
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # what is painted can then be moved along

    def paintEvent(self, event: QPaintEvent) -> None:
        scene, painter = self._view.timeline, QPainter(self)
        dress, part = scene.dress, event.rect()
        painter.fillRect(part, dress.surface)
        above = self._view.verticalScrollBar().value()
        number = max(scene.row_at(above + part.top()), 0)
        while number < len(scene.rows):
            top = scene.top(number) - above
            if top > part.bottom():
                break
            row = scene.rows[number]
            box = QRectF(0, top, self.width(), scene.top(number + 1) - scene.top(number))
            if scene.chosen is not None and scene.chosen[0] == number:
                painter.fillRect(box, dress.chosen)
            if row.heading and number:
                painter.setPen(dress.line)
                painter.drawLine(QLineF(0, top, self.width(), top))
            paint_label(painter, row, box, scene)
            number += 1
        painter.setPen(dress.line)
        painter.drawLine(QLineF(self.width() - 0.5, 0, self.width() - 0.5, self.height()))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._view.choose_row(self._row(event))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._view.open_row(self._row(event))

    def _row(self, event: QMouseEvent) -> int:
        return self._view.timeline.row_at(event.position().y() + self._view.verticalScrollBar().value())


def label_width(scene: TimelineScene, widest: int, letters: "QWidget") -> int:
    """Pixels for the names: as many as the longest needs, within `widest`."""
    advance = letters.fontMetrics().horizontalAdvance
    needed = max((advance(row.title) for row in scene.rows[:200]), default=0)
    return min(max(needed + 2 * _PAD + LANE, 120), widest)
