"""The boxes of a form: a line, several lines. Enter goes on, Ctrl+Enter has done, whatever is pasted is taken."""

from typing import Protocol

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QWidget

_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Editor(Protocol):
    """What a form asks of a box; each one is a widget too."""

    edited: SignalInstance
    """The user changed the text."""
    left: SignalInstance
    """The keyboard went elsewhere in the window."""
    stepped: SignalInstance
    """Enter: go on to the next box."""
    finished: SignalInstance
    """Ctrl+Enter: the form is done."""

    def typed(self) -> str:
        """The text as it stands."""

    def show_typed(self, text: str) -> None:
        """Show a text; nothing is told to the form."""


class LineEditor(QLineEdit):
    """One line."""

    edited = Signal()
    left = Signal()
    stepped = Signal()
    finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.textEdited.connect(lambda _: self.edited.emit())

    def typed(self) -> str:
        return self.text()

    def show_typed(self, text: str) -> None:
        if self.text() != text:
            self.setText(text)
            self.setCursorPosition(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not go_on(event, self.stepped, self.finished):
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        tell_left(event, self.left)


class TextEditor(QPlainTextEdit):
    """Several lines; Shift+Enter begins a new one, Enter goes on to the next box."""

    edited = Signal()
    left = Signal()
    stepped = Signal()
    finished = Signal()

    def __init__(self, parent: QWidget | None = None, lines: int = 2) -> None:
        super().__init__(parent)
        self._lines = lines
        self._is_filling = False
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.document().setDocumentMargin(6)
        self.setFixedHeight(self.sizeHint().height())
        self.textChanged.connect(self._tell_edited)

    def typed(self) -> str:
        return self.toPlainText()

    def show_typed(self, text: str) -> None:
        if self.toPlainText() != text:
            self._is_filling = True
            self.document().setPlainText(text)  # half the time of the box's own: three of them change with a record
            self._is_filling = False

    def sizeHint(self) -> QSize:
        return QSize(240, self._lines * self.fontMetrics().lineSpacing() + 20)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.setFixedHeight(self.sizeHint().height())

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take the words of what is pasted, never its look."""
        self.insertPlainText(source.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not go_on(event, self.stepped, self.finished):
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        tell_left(event, self.left)

    def _tell_edited(self) -> None:
        if not self._is_filling:
            self.edited.emit()


def go_on(event: QKeyEvent, stepped: SignalInstance, finished: SignalInstance) -> bool:
    """Enter and Ctrl+Enter, told; False for every other key."""
    if event.key() not in _RETURN:
        return False
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if held == Qt.KeyboardModifier.NoModifier:
        stepped.emit()
    elif held == Qt.KeyboardModifier.ControlModifier:
        finished.emit()
    else:
        return False
    return True


def tell_left(event: QFocusEvent, left: SignalInstance) -> None:
    """Another window or a menu over the form is not leaving the box."""
    if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
        left.emit()
