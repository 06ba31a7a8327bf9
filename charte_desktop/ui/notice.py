"""The window's own place for a sentence: it lies over the foot of the window, so that nothing jumps."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QHideEvent, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from charte_desktop.ui import icons, messages

_ICONS = {
    messages.ERROR: ("circle-x", "error"),
    messages.WARNING: ("triangle-alert", "warning"),
    messages.DONE: ("circle-check", "done"),
}


_CALM = 8_000
"""Milliseconds for which a sentence stays that only says what was done; a pointer on it makes it stay."""


class Notice(QFrame):
    """One sentence with its tone, until it is closed (Esc) or another one takes its place.

    What was done is said for a while only, unless something is offered with it: it lies over what comes next.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._around = parent
        self._escape: QShortcut | None = None
        self.setObjectName("notice")
        self._sign = QLabel(self)
        self.sentence = QLabel(self)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setWordWrap(True)
        self.offer_button = QPushButton(self)
        self.offer_button.setProperty("kind", "link")
        self.offer_button.clicked.connect(lambda: self._offered())
        self._offered: Callable[[], None] = self.hide
        self.close_button = QToolButton(self)
        self.close_button.setAutoRaise(True)
        self.close_button.setIcon(icons.icon("x"))
        self.close_button.setToolTip("Fermer (Échap)")
        self.close_button.setAccessibleName("Fermer le message")
        self.close_button.clicked.connect(self.hide)
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 8, 8, 8)
        line.setSpacing(10)
        line.addWidget(self._sign)
        line.addWidget(self.sentence, 1)
        line.addWidget(self.offer_button)
        line.addWidget(self.close_button)
        parent.installEventFilter(self)
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(_CALM)
        self._calm.timeout.connect(self._fade)
        self.hide()

    def say(self, tone: str, sentence: str) -> None:
        """Show `sentence`; `tone` is one of the tones of `messages`."""
        name, token = _ICONS[tone]
        self._sign.setPixmap(icons.icon(name, token).pixmap(20, 20))
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)
        self.sentence.setText(sentence)
        self.setAccessibleName(sentence)
        self.offer_button.hide()
        self._place()
        self.show()
        self.raise_()
        self._listen()
        self._speak()
        if tone == messages.DONE:
            self._calm.start()
        else:
            self._calm.stop()

    def _fade(self) -> None:
        focused = QApplication.focusWidget()
        if self.underMouse() or (focused is not None and self.isAncestorOf(focused)):
            self._calm.start()
        else:
            self.hide()

    def offer(self, words: str, then: Callable[[], None]) -> None:
        """Offer what may follow the sentence just said."""
        self._calm.stop()
        self._offered = then
        self.offer_button.setText(words)
        self.offer_button.show()
        self._place()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._escape is not None:
            self._escape.setEnabled(False)

    def _listen(self) -> None:
        """Esc closes the sentence first, wherever the keyboard is."""
        if self._escape is None:
            self._escape = QShortcut("Esc", self._around, self.hide)
        self._escape.setEnabled(True)

    def _speak(self) -> None:
        """Tell a screen reader at once."""
        from PySide6.QtGui import QAccessible, QAccessibleEvent

        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        around = self._around.rect()
        width = min(around.width() - 32, 900)
        height = max(44, self.heightForWidth(width))
        self.setGeometry((around.width() - width) // 2, around.height() - height - 12, width, height)
