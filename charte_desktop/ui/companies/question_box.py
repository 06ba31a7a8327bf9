"""One question of a diagnostic on the screen: a digit chooses, Enter goes on, Suppr takes the answer back."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QHBoxLayout, QLabel, QRadioButton, QVBoxLayout, QWidget

from charte_desktop.ui.field_editors import LineEditor, TextEditor

if TYPE_CHECKING:
    from charte_desktop.model.questionnaire import Question

_ARROWS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}
_FRENCH_DIGITS = "&é\"'(-è_çà"
"""What the keys 1 to 9 give on a French keyboard without Shift."""


class _Radio(QRadioButton):
    """A radio button that leaves keys to its question, and lets go when it is clicked again."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()

    def nextCheckState(self) -> None:
        self.setChecked(not self.isChecked())


class _Check(QCheckBox):
    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()


class QuestionBox(QWidget):
    """The words of a question, its help, and its answer."""

    answered = Signal()
    """The answer changed."""
    stepped = Signal()
    """Enter: on to the next question."""

    def __init__(self, question: "Question", number: int, parent: QWidget) -> None:
        super().__init__(parent)
        from charte_desktop.model.questionnaire import QuestionKind

        self.question = question
        self._kind = question.kind
        self._kinds = QuestionKind
        self._buttons: list[QAbstractButton] = []
        self._line: LineEditor | None = None
        self._text: TextEditor | None = None
        self.setObjectName(f"question_{question.id}")
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 6, 0, 8)
        self._lines.setSpacing(3)
        words = QLabel(f"{number}. {question.words}", self)
        words.setWordWrap(True)
        words.setProperty("role", "question")
        words.setTextFormat(Qt.TextFormat.PlainText)
        self._lines.addWidget(words)
        self.words = words
        if question.help:
            told = QLabel(question.help, self)
            told.setWordWrap(True)
            told.setProperty("role", "muted")
            told.setTextFormat(Qt.TextFormat.PlainText)
            self._lines.addWidget(told)
        self._make_answer()

    def answer(self) -> Any:
        """The answer as the model keeps it; None when there is none."""
        match self._kind:
            case self._kinds.MULTIPLE:
                return [
                    one for one, button in zip(self._ids(), self._buttons, strict=True) if button.isChecked()
                ] or None
            case self._kinds.SINGLE | self._kinds.SCALE:
                ticked = (one for one, button in zip(self._ids(), self._buttons, strict=True) if button.isChecked())
                return next(ticked, None)
            case self._kinds.NUMBER:
                assert self._line is not None
                return _number(self._line.text())
            case _:
                assert self._text is not None
                return self._text.typed().strip() or None

    def show_answer(self, answer: Any) -> None:
        """Show an answer; nothing is told."""
        if self._line is not None:
            self._line.show_typed("" if answer is None else f"{answer:g}".replace(".", ","))
        elif self._text is not None:
            self._text.show_typed(str(answer or ""))
        else:
            given = answer if isinstance(answer, list) else [answer]
            for one, button in zip(self._ids(), self._buttons, strict=True):
                button.setChecked(one in given)

    def take_focus(self) -> None:
        """Put the keyboard here: on what is answered, or on the first choice."""
        target: QWidget | None = self._line or self._text
        if target is None:
            target = next((one for one in self._buttons if one.isChecked()), self._buttons[0])
        target.setFocus(Qt.FocusReason.TabFocusReason)

    def _ids(self) -> Sequence[Any]:
        if self._kind is self._kinds.SCALE:
            return range(self.question.low, self.question.high + 1)
        return [choice.id for choice in self.question.choices]

    # The keyboard

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.take_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not self._buttons or held not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
            super().keyPressEvent(event)
            return
        at = next((number for number, button in enumerate(self._buttons) if button.hasFocus()), 0)
        digit = _digit(event.text())
        if key in _ARROWS:
            self._buttons[min(max(at + _ARROWS[key], 0), len(self._buttons) - 1)].setFocus(
                Qt.FocusReason.OtherFocusReason
            )
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.stepped.emit()
        elif key == Qt.Key.Key_Space:
            self._buttons[at].click()
        elif key == Qt.Key.Key_Delete:
            self.show_answer(None)
            self.answered.emit()
        elif digit is not None and digit < len(self._buttons):
            self._buttons[digit].setFocus(Qt.FocusReason.OtherFocusReason)
            self._buttons[digit].click()
        else:
            super().keyPressEvent(event)

    # Building

    def _make_answer(self) -> None:
        question = self.question
        match self._kind:
            case self._kinds.SINGLE:
                for number, choice in enumerate(question.choices):
                    self._add(_Radio(choice.words.replace("&", "&&"), self), f"{question.id}_{number}", choice.words)
            case self._kinds.MULTIPLE:
                for number, choice in enumerate(question.choices):
                    self._add(_Check(choice.words.replace("&", "&&"), self), f"{question.id}_{number}", choice.words)
            case self._kinds.SCALE:
                self._make_scale()
            case self._kinds.NUMBER:
                self._make_number()
            case _:
                text = self._text = TextEditor(self, 3)
                text.setObjectName(f"answer_{question.id}")
                text.setAccessibleName(question.words)
                text.edited.connect(self.answered)
                text.stepped.connect(self.stepped)
                self._lines.addWidget(text)

    def _add(self, button: QAbstractButton, name: str, words: str) -> None:
        button.setObjectName(f"answer_{name}")
        button.setAccessibleName(f"{self.question.words} {words}")
        if isinstance(button, QRadioButton):
            button.setAutoExclusive(False)
        button.clicked.connect(lambda _=False, button=button: self._ticked(button))
        self._buttons.append(button)
        self._lines.addWidget(button)

    def _make_scale(self) -> None:
        question = self.question
        row = QHBoxLayout()
        row.setSpacing(10)
        low, high = (QLabel(words, self) for words in question.ends)
        for end in (low, high):
            end.setProperty("role", "muted")
        row.addWidget(low)
        for degree in range(question.low, question.high + 1):
            self._add(_Radio(str(degree), self), f"{question.id}_{degree}", f"{degree} sur {question.high}")
            self._lines.removeWidget(self._buttons[-1])
            row.addWidget(self._buttons[-1])
        row.addWidget(high)
        row.addStretch(1)
        self._lines.addLayout(row)

    def _make_number(self) -> None:
        question = self.question
        row = QHBoxLayout()
        line = self._line = LineEditor(self)
        line.setObjectName(f"answer_{question.id}")
        line.setAccessibleName(question.words)
        line.setMaximumWidth(110)
        line.edited.connect(self.answered)
        line.stepped.connect(self.stepped)
        unit = QLabel(question.unit, self)
        unit.setProperty("role", "muted")
        row.addWidget(line)
        row.addWidget(unit, 1)
        self._lines.addLayout(row)

    def _ticked(self, button: QAbstractButton) -> None:
        if button.isChecked():
            alone = self._alone()
            for one, other in zip(self._ids(), self._buttons, strict=True):
                excluded = self._kind is not self._kinds.MULTIPLE or (one in alone) or self._id_of(button) in alone
                if other is not button and excluded:
                    other.setChecked(False)
        self.answered.emit()

    def _id_of(self, button: QAbstractButton) -> Any:
        return self._ids()[self._buttons.index(button)]

    def _alone(self) -> set[str]:
        return {choice.id for choice in self.question.choices if choice.alone}


def _digit(text: str) -> int | None:
    """The place that a key chooses, from 0; None for another key."""
    if len(text) == 1 and text in "123456789":
        return int(text) - 1
    if len(text) == 1 and text in _FRENCH_DIGITS:
        return _FRENCH_DIGITS.index(text)
    return None


def _number(text: str) -> float | None:
    """A number as French people write it; None for anything else."""
    plain = "".join(text.split()).replace("\u202f", "").replace("\u00a0", "").replace(",", ".").rstrip("%€")
    try:
        number = float(plain)
    except ValueError:
        return None
    if not abs(number) < 1e9:
        return None
    return int(number) if number == int(number) else number
