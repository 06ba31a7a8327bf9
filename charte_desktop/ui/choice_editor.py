"""One value among some, in a form: a list that opens, Enter goes on, the wheel changes nothing by chance."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from charte_desktop.ui.field_editors import go_on, tell_left


class ChoiceEditor(QComboBox):
    """Holds the value behind the words; the values are asked for each time it is filled."""

    edited = Signal()
    left = Signal()
    stepped = Signal()
    finished = Signal()

    def __init__(
        self,
        parent: QWidget | None,
        options: Callable[[], Sequence[tuple[str, str]]],
        words_of: Callable[[str], str] = str,
        empty_words: str = "",
    ) -> None:
        """`words_of` are those of a value that is not offered any more.

        With `empty_words`, none may be chosen, and that is what it is called.
        """
        super().__init__(parent)
        self._options, self._words_of, self._empty_words = options, words_of, empty_words
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.activated.connect(lambda _: self.edited.emit())

    def typed(self) -> str:
        return str(self.currentData() or "")

    def show_typed(self, text: str) -> None:
        """Offer what there is now, and show one; a value that is not offered any more is shown as it is."""
        offered = list(self._options())
        if self._empty_words:
            offered.insert(0, ("", self._empty_words))
        if text and text not in [value for value, _ in offered]:
            offered.append((text, self._words_of(text)))
        self.blockSignals(True)
        self.clear()
        for value, words in offered:
            self.addItem(words, value)
        self.setCurrentIndex(max(self.findData(text), 0) if offered else -1)
        self.blockSignals(False)
        self.setToolTip(self.currentText())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not go_on(event, self.stepped, self.finished):
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        tell_left(event, self.left)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel over the form scrolls the form."""
        event.ignore()
