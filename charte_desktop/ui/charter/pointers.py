"""Which of pen, fingers and mouse draws: one at a time, nothing twice, and never the palm that rests beside a pen."""

from typing import Protocol

from PySide6.QtCore import QElapsedTimer, QEvent, QPointF, Qt
from PySide6.QtGui import (
    QEventPoint,
    QInputDevice,
    QMouseEvent,
    QPointerEvent,
    QPointingDevice,
    QTabletEvent,
    QTouchEvent,
)

from charte_desktop.model.drawing import Tool

PEN_STAYS = 800
"""Milliseconds after its last word during which a pen is still near."""
_ECHO = 700
"""Milliseconds after a finger or a pen during which the system may repeat it as a mouse."""
_PALM = 1500
"""Milliseconds: a finger's line that a pen interrupts sooner was the palm of the hand that holds it."""
_PEN, _MOUSE = "pen", "mouse"
_LEFT = Qt.MouseButton.LeftButton


class Hand(Protocol):
    """What follows the pointer that draws. Places are the widget's, moments are milliseconds on the pointer's clock."""

    def touch(self, tool: Tool, place: QPointF, pressure: float, at: int) -> None:
        """The tool touches the paper."""

    def follow(self, place: QPointF, pressure: float, at: int) -> None:
        """The tool has moved, pressed."""

    def lift(self, place: QPointF | None = None, at: int = 0) -> None:
        """The tool has left the paper, at `place` when that is known."""

    def withdraw(self) -> None:
        """What was being drawn was not meant."""

    def erase(self) -> None:
        """A pen touches with its eraser."""


class Pointers:
    """Gives one pointer at a time to the hand."""

    def __init__(self, hand: Hand) -> None:
        self._hand = hand
        self._holder: str | int | None = None
        """Who draws: the pen, the mouse, or a finger by its number."""
        self._fingers: set[int] = set()
        """Those on the paper, drawing or not."""
        self._clock = QElapsedTimer()
        self._clock.start()
        self._since = 0
        self._pen_at = self._finger_at = -_ECHO - PEN_STAYS

    @property
    def is_down(self) -> bool:
        """Whether somebody draws."""
        return self._holder is not None

    def let_go(self) -> None:
        """Whoever draws is not followed any more, until it touches again."""
        self._holder = None

    def take_tablet(self, event: QTabletEvent) -> None:
        """A pen touches, moves, hovers, leaves."""
        event.accept()
        self._pen_at = self._clock.elapsed()
        if isinstance(self._holder, int):
            self._drop_finger()
        kind, held = event.type(), bool(event.buttons() & _LEFT)
        if kind == QEvent.Type.TabletPress:
            # The other buttons are those on the barrel.
            if event.button() == _LEFT:
                self._press_pen(event)
        elif self._holder != _PEN:
            return
        elif kind == QEvent.Type.TabletMove and held:
            self._hand.follow(event.position(), event.pressure(), self._moment(event))
        elif not held:
            # A move that is not pressed tells of a release that never came: the pen is elsewhere by now.
            moved = kind == QEvent.Type.TabletMove
            self._end(None if moved else event.position(), self._moment(event))

    def _press_pen(self, event: QTabletEvent) -> None:
        if event.pointerType() == QPointingDevice.PointerType.Eraser:
            self._hand.erase()
            return
        self._begin(_PEN, Tool.PEN, event.position(), event.pressure(), self._moment(event))

    def _drop_finger(self) -> None:
        if self._clock.elapsed() - self._since < _PALM:
            self._holder = None
            self._hand.withdraw()
        else:
            self._end()

    def take_touch(self, event: QTouchEvent) -> bool:
        """Fingers touch, move, leave. False when they are on a touch pad, which the system makes a mouse of."""
        if event.device().type() == QInputDevice.DeviceType.TouchPad:
            return False
        event.accept()
        self._finger_at = self._clock.elapsed()
        kind = event.type()
        if kind in (QEvent.Type.TouchBegin, QEvent.Type.TouchCancel):
            self._forget_fingers()
        if kind != QEvent.Type.TouchCancel:
            for finger in event.points():
                self._take_finger(finger, self._moment(event))
        if kind == QEvent.Type.TouchEnd:
            self._forget_fingers()
        return True

    def _take_finger(self, finger: QEventPoint, at: int) -> None:
        number = finger.id()
        if finger.state() == QEventPoint.State.Released:
            self._fingers.discard(number)
            if number == self._holder:
                self._end(finger.position(), at)
        elif number not in self._fingers:
            self._fingers.add(number)
            near = self._clock.elapsed() - self._pen_at < PEN_STAYS
            if self._holder is None and not near:
                self._begin(number, Tool.FINGER, finger.position(), _trusted(finger.pressure()), at)
        elif number == self._holder:
            self._hand.follow(finger.position(), _trusted(finger.pressure()), at)

    def _forget_fingers(self) -> None:
        """Those that were said to be down and are not: the system lost their release."""
        self._fingers.clear()
        if isinstance(self._holder, int):
            self._end()

    def take_mouse(self, event: QMouseEvent) -> None:
        """The mouse is pressed, moved, released."""
        event.accept()
        kind = event.type()
        if kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            drawn_by_another = self._holder not in (None, _MOUSE)
            if event.button() == _LEFT and not drawn_by_another and not self._is_echo(event):
                by_finger = event.pointerType() == QPointingDevice.PointerType.Finger
                tool = Tool.FINGER if by_finger else Tool.MOUSE
                self._begin(_MOUSE, tool, event.position(), 0.5, self._moment(event))
        elif self._holder != _MOUSE:
            return
        elif kind == QEvent.Type.MouseMove and event.buttons() & _LEFT:
            self._hand.follow(event.position(), 0.5, self._moment(event))
        elif kind == QEvent.Type.MouseMove:
            self._end()
        elif event.button() == _LEFT:
            self._end(event.position(), self._moment(event))

    def _is_echo(self, event: QMouseEvent) -> bool:
        """Whether the system repeats what a finger or a pen has just drawn.

        Where it gives a finger as a mouse and in no other way, the finger draws.
        """
        made_up = event.source() != Qt.MouseEventSource.MouseEventNotSynthesized
        return made_up and self._clock.elapsed() - max(self._pen_at, self._finger_at) < _ECHO

    def _begin(self, holder: str | int, tool: Tool, place: QPointF, pressure: float, at: int) -> None:
        if self._holder is not None:
            self._end()
        self._holder, self._since = holder, self._clock.elapsed()
        self._hand.touch(tool, place, pressure, at)

    def _end(self, place: QPointF | None = None, at: int = 0) -> None:
        self._holder = None
        self._hand.lift(place, at)

    def _moment(self, event: QPointerEvent) -> int:
        """The device's own clock: it is right also when the window was busy and has several events waiting."""
        return event.timestamp() or self._clock.elapsed()


def _trusted(pressure: float) -> float:
    """A screen that does not feel pressure says 0 or 1."""
    return pressure if 0 < pressure < 1 else 0.5
