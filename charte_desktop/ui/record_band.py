"""The line of a record where it says how it stands and what can be done about it; its room is always kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

CALM, WARNING = "calm", "warning"
"""The tones of the line."""
_BUTTONS = 2


@dataclass(frozen=True)
class Act:
    """A button of the line; `&` before the letter that Alt takes."""

    words: str
    hint: str
    do: Callable[[], None]


class RecordBand(QFrame):
    """A sentence and up to two buttons under it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("record_band")
        self.setProperty("tone", CALM)
        self.sentence = QLabel(self)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setMinimumWidth(40)
        self.buttons = [QPushButton(self) for _ in range(_BUTTONS)]
        self._acts: Sequence[Act] = ()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(8, 4, 8, 6)
        lines.setSpacing(4)
        lines.addWidget(self.sentence)
        row = QHBoxLayout()
        row.setSpacing(8)
        lines.addLayout(row)
        for number, button in enumerate(self.buttons):
            keep = button.sizePolicy()
            keep.setRetainSizeWhenHidden(True)
            button.setSizePolicy(keep)
            button.clicked.connect(lambda _=False, number=number: self._acts[number].do())
            row.addWidget(button)
        row.addStretch(1)

    def say(self, sentence: str, *acts: Act, tone: str = CALM) -> None:
        """Show a sentence and its buttons."""
        if self.sentence.text() != sentence:
            self.sentence.setText(sentence)
            self.sentence.setToolTip(sentence)
        self._acts = acts
        for number, button in enumerate(self.buttons):
            if number >= len(acts):
                button.hide()
                continue
            act = acts[number]
            if button.text() != act.words:
                button.setText(act.words)
                button.setToolTip(act.hint)
            button.show()
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            for widget in (self, self.sentence):
                widget.style().unpolish(widget)
                widget.style().polish(widget)
