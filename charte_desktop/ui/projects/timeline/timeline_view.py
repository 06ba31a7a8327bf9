"""The timeline in the hand: zoomed, panned and pulled by mouse, wheel and keyboard."""

from enum import Enum

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from charte_desktop.model.display import show_date
from charte_desktop.model.timeline import POINTS, Bar
from charte_desktop.model.timeline_moves import Part, moved, pulled, stepped
from charte_desktop.ui.projects.timeline.timeline_canvas import TimelineCanvas
from charte_desktop.ui.projects.timeline.timeline_scene import LANE

_EDGE = 6
"""Pixels at the end of a bar where its end alone is pulled."""
_WEEK = 5
"""Worked days."""


class Hold(Enum):
    """What the mouse is doing."""

    NOTHING = 0
    PAN = 1
    BAR = 2


class TimelineView(TimelineCanvas):
    """What is pulled is only proposed: whoever owns the dates keeps them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hold = Hold.NOTHING
        self._pressed = QPointF()
        self._held: tuple[int, int] | None = None
        self._part = Part.WHOLE

    # The keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from bar to bar; Alt and ← → move the bar by a worked day, with Shift by a week."""
        held = event.modifiers()
        alt = bool(held & Qt.KeyboardModifier.AltModifier)
        match event.key():
            case Qt.Key.Key_Left | Qt.Key.Key_Right if alt:
                count = _WEEK if held & Qt.KeyboardModifier.ShiftModifier else 1
                part = Part.END if held & Qt.KeyboardModifier.ControlModifier else Part.WHOLE
                self._step_bar(count if event.key() == Qt.Key.Key_Right else -count, part)
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                self._step_row(1 if event.key() == Qt.Key.Key_Down else -1)
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                self._step_in_row(1 if event.key() == Qt.Key.Key_Right else -1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._enter()
            case Qt.Key.Key_Escape if self.timeline.ghost is not None:
                self.give_up()
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom(1)
            case Qt.Key.Key_Minus:
                self.zoom(-1)
            case Qt.Key.Key_0:
                self.fit()
            case Qt.Key.Key_T:
                self.show_day(self.timeline.today)
            case Qt.Key.Key_Home | Qt.Key.Key_End:
                bar = self.horizontalScrollBar()
                bar.setValue(bar.minimum() if event.key() == Qt.Key.Key_Home else bar.maximum())
            case Qt.Key.Key_PageUp | Qt.Key.Key_PageDown:
                page = max(self.viewport().height() // LANE - 1, 1)
                self._step_row(page if event.key() == Qt.Key.Key_PageDown else -page)
            case _:
                event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.timeline.chosen is None:
            self._step_row(1)

    def _step_row(self, way: int) -> None:
        lanes = [number for number, row in enumerate(self.timeline.rows) if row.has_bars]
        if not lanes:
            return
        now = -1 if self.timeline.chosen is None else self.timeline.chosen[0]
        place = lanes.index(now) + way if now in lanes else 0
        self.choose(lanes[min(max(place, 0), len(lanes) - 1)])

    def _step_in_row(self, way: int) -> None:
        if self.timeline.chosen is None:
            self._step_row(1)
            return
        row, bar = self.timeline.chosen
        bars = self.timeline.rows[row].bars
        if len(bars) > 1 and 0 <= bar + way < len(bars):
            self.choose(row, bar + way)
        else:
            wide = self.horizontalScrollBar()
            wide.setValue(wide.value() + way * self.viewport().width() // 5)

    def _step_bar(self, count: int, part: Part) -> None:
        bar = self.chosen_bar
        if bar is None or self.timeline.chosen is None or not (self.is_movable and bar.can_move):
            return
        ghost = self.timeline.ghost
        shown = bar if ghost is None else moved(bar, ghost.planned)
        self.set_ghost(self.timeline.chosen[0], bar, stepped(shown, part, count, self.timeline.calendar))

    def _enter(self) -> None:
        ghost = self.timeline.ghost
        if ghost is not None:
            self.propose(ghost)
        elif self.timeline.chosen is not None:
            self.open_row(self.timeline.chosen[0])

    # The mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self._pressed = event.position()
        spot = self.mapToScene(event.position().toPoint())
        self._held = self.timeline.bar_at(spot)
        if self._held is None:
            self._hold = Hold.PAN
            row = self.timeline.row_at(spot.y())
            if row >= 0 and self.timeline.rows[row].has_bars:
                self.choose(row)
            return
        self.choose(*self._held)
        bar = self.timeline.rows[self._held[0]].bars[self._held[1]]
        if self.is_movable and bar.can_move:
            self._hold = Hold.BAR
            self._part = self._part_at(spot, bar)
        else:
            self._hold = Hold.PAN

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._hold is Hold.NOTHING:
            self._point_at(event)
            return
        pulled_by = event.position() - self._pressed
        if self._hold is Hold.PAN:
            for scroll, way in ((self.horizontalScrollBar(), pulled_by.x()), (self.verticalScrollBar(), pulled_by.y())):
                scroll.setValue(scroll.value() - round(way))
            self._pressed = event.position()
            return
        if self.timeline.ghost is None and pulled_by.manhattanLength() < QApplication.startDragDistance():
            return
        assert self._held is not None
        bar = self.timeline.rows[self._held[0]].bars[self._held[1]]
        shift = round(pulled_by.x() / self.timeline.scale.day)
        self.set_ghost(self._held[0], bar, pulled(bar, self._part, shift, self.timeline.calendar))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        hold, self._hold = self._hold, Hold.NOTHING
        if hold is Hold.BAR and self.timeline.ghost is not None:
            self.propose(self.timeline.ghost)
        elif hold is Hold.NOTHING:
            super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        spot = self.mapToScene(event.position().toPoint())
        self.open_row(self.timeline.row_at(spot.y()))

    def _part_at(self, spot: QPointF, bar: Bar) -> Part:
        """A point is pulled whole, and so is a bar that is too short to have ends."""
        assert self._held is not None
        start, end = bar.planned
        if bar.kind in POINTS or start is None or end is None:
            return Part.WHOLE
        left, right = self.timeline.scale.x(start), self.timeline.scale.end(end)
        if right - left < 4 * _EDGE:
            return Part.WHOLE
        if spot.x() >= right - _EDGE:
            return Part.END
        return Part.START if spot.x() <= left + _EDGE else Part.WHOLE

    def _point_at(self, event: QMouseEvent) -> None:
        spot = self.mapToScene(event.position().toPoint())
        found = self.timeline.bar_at(spot)
        shape = Qt.CursorShape.ArrowCursor
        if found is not None:
            bar = self.timeline.rows[found[0]].bars[found[1]]
            if self.is_movable and bar.can_move:
                self._held = found
                whole = self._part_at(spot, bar) is Part.WHOLE
                shape = Qt.CursorShape.OpenHandCursor if whole else Qt.CursorShape.SizeHorCursor
        self.viewport().setCursor(shape)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl zooms at the pointer, Shift goes along the dates, the wheel alone up and down."""
        turned = event.angleDelta().y() or event.angleDelta().x()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(turned / 120, event.position().x())
            event.accept()
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            wide = self.horizontalScrollBar()
            wide.setValue(wide.value() - turned)
            event.accept()
        else:
            super().wheelEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self.timeline.bar_at(self.mapToScene(event.pos()))
            row = self.timeline.row_at(self.mapToScene(event.pos()).y())
            if found is not None:
                bar = self.timeline.rows[found[0]].bars[found[1]]
                QToolTip.showText(event.globalPos(), bar.words(), self.viewport())
            elif row >= 0 and self.timeline.rows[row].standing is not None:
                QToolTip.showText(event.globalPos(), self.timeline.rows[row].words(), self.viewport())
            else:
                day = self.timeline.scale.at(self.mapToScene(event.pos()).x())
                reason = self.timeline.calendar.why_closed(day)
                told = f"{show_date(day)}, {reason}" if reason else show_date(day)
                QToolTip.showText(event.globalPos(), told, self.viewport())
            return True
        return super().viewportEvent(event)
