"""Hands on the keyboard: they press keys where the keyboard is, and count them."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

CONTROL = Qt.KeyboardModifier.ControlModifier
CONTROL_SHIFT = CONTROL | Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
_NONE = Qt.KeyboardModifier.NoModifier


def focused() -> QWidget:
    """What has the keyboard."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


class Hands:
    """`gestures` counts every key but the letters of a text; `keys` counts everything."""

    def __init__(self) -> None:
        self.gestures = 0
        self.keys = 0

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = _NONE, times: int = 1) -> None:
        for _ in range(times):
            self.gestures += 1
            self.keys += 1
            QTest.keyClick(focused(), key, held)

    def type(self, text: str) -> None:
        """Letters, with their accents: Qt's own test keys know none."""
        for letter in text:
            self.keys += 1
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(focused(), QKeyEvent(kind, 0, _NONE, letter))
