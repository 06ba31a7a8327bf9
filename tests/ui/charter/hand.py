"""A person with a pen, fingers and a mouse: real events, sent to a real widget."""

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QInputDevice, QMouseEvent, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

Place = tuple[float, float]
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
FINGER = QTest.createTouchDevice()
_FEELS = QInputDevice.Capability.Position | QInputDevice.Capability.Pressure


def _pen(kind: QPointingDevice.PointerType, number: int) -> QPointingDevice:
    return QPointingDevice("stylet", number, QInputDevice.DeviceType.Stylus, kind, _FEELS, 1, 3)


PEN = _pen(QPointingDevice.PointerType.Pen, 71)
ERASER = _pen(QPointingDevice.PointerType.Eraser, 72)


class Pen:
    """A stylus; its clock goes on by `pace` milliseconds at each event."""

    def __init__(self, pad: QWidget, device: QPointingDevice = PEN, pace: int = 5) -> None:
        self._pad, self._device, self._pace = pad, device, pace
        self._clock = 1000

    def press(self, place: Place, pressure: float = 0.5, button: Qt.MouseButton = LEFT) -> None:
        self._send(QEvent.Type.TabletPress, place, pressure, button, button)

    def move(self, place: Place, pressure: float = 0.5, held: Qt.MouseButton = LEFT) -> None:
        self._send(QEvent.Type.TabletMove, place, pressure, NONE, held)

    def hover(self, place: Place) -> None:
        self.move(place, 0.0, NONE)

    def release(self, place: Place) -> None:
        self._send(QEvent.Type.TabletRelease, place, 0.0, LEFT, NONE)

    def draw(self, places: Sequence[Place], pressures: Iterable[float] | None = None) -> None:
        """From the first place to the last."""
        felt = list(pressures) if pressures is not None else [0.5] * len(places)
        self.press(places[0], felt[0])
        for place, pressure in zip(places[1:], felt[1:], strict=True):
            self.move(place, pressure)
        self.release(places[-1])

    def _send(
        self, kind: QEvent.Type, place: Place, pressure: float, button: Qt.MouseButton, held: Qt.MouseButton
    ) -> None:
        at = QPointF(*place)
        keys = Qt.KeyboardModifier.NoModifier
        event = QTabletEvent(
            kind, self._device, at, self._pad.mapToGlobal(at), pressure, 0, 0, 0, 0, 0, keys, button, held
        )  # fmt: skip
        self._clock += self._pace
        event.setTimestamp(self._clock)
        QApplication.sendEvent(self._pad, event)


class Fingers:
    """Any number of fingers on the screen."""

    def __init__(self, pad: QWidget) -> None:
        self._pad = pad
        self._down: set[int] = set()

    def act(
        self,
        press: dict[int, Place] | None = None,
        move: dict[int, Place] | None = None,
        release: dict[int, Place] | None = None,
    ) -> None:
        """What several fingers do at one moment; those that are down and not named stay where they are."""
        touch = QTest.touchEvent(self._pad, FINGER, False)
        for finger, place in (press or {}).items():
            touch.press(finger, _pixel(place), self._pad)
        for finger, place in (move or {}).items():
            touch.move(finger, _pixel(place), self._pad)
        for finger, place in (release or {}).items():
            touch.release(finger, _pixel(place), self._pad)
        for finger in self._down - {*(move or {}), *(release or {})}:
            touch.stationary(finger)
        self._down = (self._down | set(press or {})) - set(release or {})
        touch.commit()

    def draw(self, places: Sequence[Place], finger: int = 0) -> None:
        """One finger, from the first place to the last."""
        self.act(press={finger: places[0]})
        for place in places[1:]:
            self.act(move={finger: place})
        self.act(release={finger: places[-1]})


def drag_mouse(pad: QWidget, places: Sequence[Place]) -> None:
    """Press, move, release."""
    press_mouse(pad, places[0])
    for place in places[1:]:
        move_mouse(pad, place)
    release_mouse(pad, places[-1])


def press_mouse(pad: QWidget, place: Place, button: Qt.MouseButton = LEFT) -> None:
    _mouse(pad, QEvent.Type.MouseButtonPress, place, button, button)


def move_mouse(pad: QWidget, place: Place, held: Qt.MouseButton = LEFT) -> None:
    _mouse(pad, QEvent.Type.MouseMove, place, NONE, held)


def click_again(pad: QWidget, place: Place) -> None:
    """The second click of two that are quick: Qt gives its press another name."""
    _mouse(pad, QEvent.Type.MouseButtonDblClick, place, LEFT, LEFT)
    release_mouse(pad, place)


def release_mouse(pad: QWidget, place: Place, button: Qt.MouseButton = LEFT) -> None:
    _mouse(pad, QEvent.Type.MouseButtonRelease, place, button, NONE)


def echo_mouse(pad: QWidget, kind: QEvent.Type, place: Place) -> None:
    """What the system repeats of a finger, as if it were a mouse."""
    held = NONE if kind == QEvent.Type.MouseButtonRelease else LEFT
    source = Qt.MouseEventSource.MouseEventSynthesizedBySystem
    at = QPointF(*place)
    world = pad.mapToGlobal(at)
    event = QMouseEvent(kind, at, at, world, LEFT, held, Qt.KeyboardModifier.NoModifier, source)
    QApplication.sendEvent(pad, event)


def _mouse(pad: QWidget, kind: QEvent.Type, place: Place, button: Qt.MouseButton, held: Qt.MouseButton) -> None:
    at = QPointF(*place)
    event = QMouseEvent(kind, at, pad.mapToGlobal(at), button, held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(pad, event)


def _pixel(place: Place) -> QPoint:
    return QPointF(*place).toPoint()


def ink_on(picture: QImage, darker_than: int = 90) -> set[tuple[int, int]]:
    """The pixels that are dark with ink. A fine line may lie on two rows, and each of them be grey."""
    grey = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    width, height, stride = grey.width(), grey.height(), grey.bytesPerLine()
    dark = bytes(grey.constBits()).translate(bytes(value < darker_than for value in range(256)))
    places = (divmod(at, stride) for at in _ones(dark))
    return {(x, y) for y, x in places if x < width and y < height}


def _ones(dark: bytes) -> Iterable[int]:
    at = dark.find(1)
    while at >= 0:
        yield at
        at = dark.find(1, at + 1)


def farthest(ink: set[tuple[int, int]], line: Sequence[Place]) -> float:
    """How far from a line the ink farthest from it is, in pixels."""
    return max((min(_distance(spot, a, b) for a, b in pairwise(line)) for spot in ink), default=0.0)


def _distance(spot: tuple[int, int], a: Place, b: Place) -> float:
    (px, py), (ax, ay), (bx, by) = (spot[0] + 0.5, spot[1] + 0.5), a, b
    dx, dy = bx - ax, by - ay
    along = max(0.0, min(1.0, ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy or 1.0)))
    return math.hypot(px - ax - along * dx, py - ay - along * dy)
