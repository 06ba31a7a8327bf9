"""The signature pad: pen, finger or mouse on white paper, the line under the tool as it comes.

A stroke is told while it is drawn, so that it can be kept: `stroke_began`, then `points_added` again and again, then
`stroke_ended`. A stroke that begins takes the place of everything that had its number or a higher one.
"""

from collections.abc import Callable
from math import log
from typing import cast

from PySide6.QtCore import QElapsedTimer, QEvent, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainterPath,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QWidget

from charte_desktop.model.drawing import LONGEST, MOST_POINTS, MOST_STROKES, Drawing, Stroke, Tool
from charte_desktop.model.ink_outline import contours
from charte_desktop.ui.charter.growing_stroke import DrawingHistory, GrowingStroke
from charte_desktop.ui.charter.paper_view import PaperView
from charte_desktop.ui.charter.pointers import Pointers
from charte_desktop.ui.charter.signature_paper import painter_path

BATCH = 16
"""Points that are told at once, at most."""
TELLING = 100
"""Milliseconds for which a point waits to be told, at most."""
PATIENCE = 2000
"""Milliseconds without news of a tool after which its stroke is ended; should it move on, another begins there."""
_USUAL, _STEP, _LIGHTEST, _HEAVIEST = 0.75, 1.25, 0.4, 3.0
"""Pixels in a thousandth of the pad's width on a pad of usual size, and the weights of lines on others."""
_TOUCHES = (QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TouchEnd, QEvent.Type.TouchCancel)
_PAUSES = (QEvent.Type.UngrabMouse, QEvent.Type.WindowDeactivate, QEvent.Type.DeferredDelete, QEvent.Type.Close)


class SignaturePad(PaperView):
    """White paper to sign on; what is drawn is a `Drawing`."""

    stroke_began = Signal(int)
    """The number, from 0, of a stroke whose points follow; `drawing()` knows its tool."""
    points_added = Signal(int, object)
    """A stroke's number and more of its points, a tuple of `Point`."""
    stroke_ended = Signal(int)
    """All its points were told."""
    changed = Signal()
    """There are more strokes, or fewer."""
    full = Signal()
    """The drawing is as long as one may be; nothing more is drawn until some of it is taken back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._history = DrawingHistory(Drawing(2.5))
        self._paths: dict[int, tuple[Stroke, list[QPainterPath]]] = {}
        """The ink of each stroke, by the identity of the stroke, which is kept so that it stays one."""
        self._weight = 1.0
        """How much wider the lines are than on a pad of usual size."""
        self._growing: GrowingStroke | None = None
        self._grown: list[QPainterPath] = []
        """The ink of the stroke that grows, as far as it is settled."""
        self._tool = Tool.MOUSE
        self._room = MOST_POINTS
        """Points that the stroke that grows may have."""
        self._before: tuple[float, float, float | None] | None = None
        """Where the tool is while no stroke grows: outside the paper, or where the last one was ended under it."""
        self._pointers = Pointers(self)
        self._clock = QElapsedTimer()
        self._clock.start()
        self._drawn_before = 0
        """Milliseconds of the drawing when the clock was started."""
        self._news = QElapsedTimer()
        self._ticks = QTimer(self)
        self._ticks.setInterval(TELLING)
        self._ticks.timeout.connect(self._tick)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_TabletTracking)
        self.setMouseTracking(True)  # tells of a button that was released elsewhere
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName("Cadre de signature")
        self._describe()

    # What is drawn

    def drawing(self) -> Drawing:
        """What is drawn, with the stroke that grows."""
        drawing = self._history.drawing
        if self._growing is not None:
            return drawing.with_stroke(self._growing.stroke())
        return super().drawing() if not drawing.strokes else drawing

    @property
    def is_blank(self) -> bool:
        """Whether nothing is drawn."""
        return self._growing is None and not self._history.drawing.strokes

    def show_drawing(self, drawing: Drawing) -> None:
        """Go on with a drawing, also one that was interrupted in the middle of a stroke; its strokes can be undone."""
        self.end_stroke()
        strokes = tuple(stroke for stroke in drawing.strokes if stroke.points)
        self._history.begin(Drawing(drawing.aspect, strokes))
        self._paths.clear()
        self._drawn_before = drawing.duration
        self._clock.restart()
        self._show_history()

    def undo_stroke(self) -> None:
        """Take back the last stroke, also one that grows; or what `clear` did."""
        self.end_stroke()
        if self._history.can_go_back:
            self._history.go_back()
            self._show_history()
            self.changed.emit()

    def redo_stroke(self) -> None:
        """Put back what was taken back."""
        self.end_stroke()
        if self._history.can_go_on:
            self._history.go_on()
            self._show_history()
            self.changed.emit()

    def clear(self) -> None:
        """Blank paper; `undo_stroke` brings everything back."""
        self.end_stroke()
        if self._history.drawing.strokes:
            self._history.put(super().drawing())
            self._show_history()
            self.changed.emit()

    @property
    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        return self._growing is not None or self._history.can_go_back

    @property
    def can_redo(self) -> bool:
        """Whether something was taken back."""
        return self._history.can_go_on

    def end_stroke(self) -> None:
        """End what grows, and follow the tool no more until it touches again."""
        self._pointers.let_go()
        self._pause()

    def _show_history(self) -> None:
        self._show_ink()
        self._lay()
        self._describe()

    def _show_ink(self) -> None:
        self._paper.show(path for stroke in self._history.drawing.strokes for path in self._ink_of(stroke))

    def _ink_of(self, stroke: Stroke) -> list[QPainterPath]:
        known = self._paths.get(id(stroke))
        if known is None:
            known = self._paths[id(stroke)] = stroke, [painter_path(one) for one in contours(stroke, self._weight)]
        return known[1]

    def _describe(self) -> None:
        count = len(self._history.drawing.strokes)
        strokes = f"{count} trait{'s' if count > 1 else ''}" if count else "Rien n'est tracé"
        self.setAccessibleDescription(f"{strokes}. Signez au stylet, au doigt ou à la souris.")

    # The hand

    def touch(self, tool: Tool, place: QPointF, pressure: float, at: int) -> None:
        """The tool touches."""
        self._pause()
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._tool, self._before = tool, None
        self.follow(place, pressure, at)

    def follow(self, place: QPointF, pressure: float | None, at: int) -> None:
        """The tool moves."""
        x, y = self._paper.to_paper(place)
        if self._growing is None:
            before, self._before = self._before, (x, y, pressure)
            # A line from outside begins when it comes onto the paper, and comes from where it was.
            if not self._paper.holds(x, y) or not self._begin_stroke(at):
                return
            if before:
                self._take(*before, at)
        self._take(x, y, pressure, at)

    def lift(self, place: QPointF | None = None, at: int = 0) -> None:
        """The tool leaves."""
        if place is not None and self._growing is not None:
            self.follow(place, None, at)
        self._pause()
        self._before = None

    def withdraw(self) -> None:
        """It was the palm of a hand; whoever wants its line has `redo_stroke`."""
        if self._growing is not None:
            self.undo_stroke()
        self._before = None

    def erase(self) -> None:
        """The eraser of a pen takes back one stroke."""
        self.undo_stroke()

    def _begin_stroke(self, at: int) -> bool:
        """Begin one, unless there are as many as can be."""
        drawing = self._history.drawing
        if not drawing.strokes:
            drawing = self._history.drawing = super().drawing()
            self._drawn_before = 0
            self._clock.restart()
        if len(drawing.strokes) >= MOST_STROKES or drawing.point_count >= MOST_POINTS - 2:
            self._pointers.let_go()
            self.full.emit()
            return False
        self._room = MOST_POINTS - drawing.point_count
        began = min(self._drawn_before + self._clock.elapsed(), LONGEST)
        self._growing = GrowingStroke(self._tool, began, at, self._weight)
        self._grown = []
        self._ticks.start()
        self.stroke_began.emit(len(drawing.strokes))
        return True

    def _take(self, x: float, y: float, pressure: float | None, at: int) -> None:
        growing = self._growing
        if growing is None:  # whoever was told that it began has ended it
            return
        self._news.start()
        box = growing.take(x, y, pressure, at)
        if box is None:
            return
        self._settle(growing)
        self.update(self._paper.to_widget(box))
        if growing.untold >= BATCH:
            self._tell()
        if growing.count >= self._room:
            self.end_stroke()
            self.full.emit()

    def _settle(self, growing: GrowingStroke) -> None:
        """Paint once and for all what no further point changes."""
        fresh = [painter_path(one) for one in growing.fresh_ink()]
        self._grown += fresh
        self._paper.add(fresh)

    def _tell(self) -> None:
        growing = self._growing
        if growing is not None and growing.untold:
            self.points_added.emit(len(self._history.drawing.strokes), growing.tell())

    def _tick(self) -> None:
        self._tell()
        if self._news.elapsed() > PATIENCE:
            self._pause()

    def _pause(self) -> None:
        """End the stroke that grows. Its tool may still be down, and then begins another where it moves on."""
        growing = self._growing
        if growing is None:
            return
        self._ticks.stop()
        growing.finish()
        self._tell()
        drawing, stroke = self._history.drawing, growing.stroke()
        self._growing = None
        if not stroke.points:
            return
        self._settle(growing)
        self._paths[id(stroke)] = stroke, self._grown
        self._history.put(drawing.with_stroke(stroke))
        last = stroke.points[-1]
        self._before = last.x, last.y, last.pressure
        self._describe()
        self.stroke_ended.emit(len(drawing.strokes))
        self.changed.emit()

    # What arrives

    def event(self, event: QEvent) -> bool:
        kind = event.type()
        if kind in _TOUCHES:
            return self._pointers.take_touch(cast(QTouchEvent, event)) or super().event(event)
        if kind in _PAUSES:
            self._pause()
        elif kind == QEvent.Type.ShortcutOverride and self._command(cast(QKeyEvent, event)):
            event.accept()  # the window's own Ctrl+Z takes back something else
            return True
        return super().event(event)

    def tabletEvent(self, event: QTabletEvent) -> None:
        self._pointers.take_tablet(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pointers.take_mouse(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._pointers.take_mouse(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointers.take_mouse(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pointers.take_mouse(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._pause()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.end_stroke()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        command = self._command(event)
        if command is not None:
            command()
        else:
            super().keyPressEvent(event)

    def _command(self, event: QKeyEvent) -> Callable[[], None] | None:
        keys = event.keyCombination()
        control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
        if keys in (control | Qt.Key.Key_Y, control | shift | Qt.Key.Key_Z):
            return self.redo_stroke
        if keys == control | Qt.Key.Key_Z:
            return self.undo_stroke
        return self.clear if event.matches(QKeySequence.StandardKey.Delete) else None

    def growing_ink(self) -> list[QPainterPath]:
        """The end of the line."""
        return [painter_path(one) for one in self._growing.live_ink()] if self._growing is not None else []

    def let_paper_move(self) -> None:
        """The paper moves under the tool, which leaves no line of that."""
        self._pause()
        self._before = None

    def paper_moved(self) -> None:
        """Lines are about as wide as a pen's on a pad of any size; magnified, they are magnified with the rest."""
        weight = _weight(self._paper.scale / self._zoom)
        if weight != self._weight:
            self._weight = weight
            self._paths.clear()
            self._show_ink()


def _weight(scale: float) -> float:
    """Of lines on a paper of so many pixels in a thousandth of its width; in steps, for each costs all ink anew."""
    return min(max(_STEP ** round(log(_USUAL / scale, _STEP)), _LIGHTEST), _HEAVIEST)
