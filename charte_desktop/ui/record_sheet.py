"""A record to read: each field's words above its value, in the form's order."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

COLUMN_WIDTH = 480
"""Pixels; a longer line is hard to read."""


@dataclass(frozen=True)
class ShownField:
    """A field as it is read."""

    label: str
    text: str
    sentence: str = ""
    """What is to mend, and how; shown under the value."""
    awaited: bool = False
    """True when the charter's form needs it: an empty one says so."""


class RecordSheet(QWidget):
    """The fields of one record, one under the other; values can be selected and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(16, 12, 16, 16)
        self._lines.setSpacing(2)
        self._lines.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._fields: list[tuple[QLabel, QLabel, QLabel]] = []

    def show_fields(self, fields: Sequence[ShownField]) -> None:
        """Show exactly these fields."""
        while len(self._fields) < len(fields):
            self._fields.append(self._add_field())
        for number, (label, value, sentence) in enumerate(self._fields):
            shown = fields[number] if number < len(fields) else None
            label.setVisible(shown is not None)
            value.setVisible(shown is not None)
            sentence.setVisible(shown is not None and bool(shown.sentence))
            if shown is None:
                continue
            label.setText(shown.label)
            empty = "À compléter" if shown.awaited else "—"
            value.setText(shown.text or empty)
            value.setAccessibleName(f"{shown.label} : {shown.text or empty}")
            _set_role(value, "value" if shown.text else "awaited" if shown.awaited else "muted")
            sentence.setText(shown.sentence)

    def labels(self) -> list[str]:
        """The words of the fields, in their order."""
        return [label.text() for label, _, _ in self._fields if not label.isHidden()]

    def text_of(self, label: str) -> tuple[str, str]:
        """The value and the sentence shown under a field's words."""
        for words, value, sentence in self._fields:
            if words.text() == label:
                return value.text(), sentence.text()
        raise KeyError(label)

    def _add_field(self) -> tuple[QLabel, QLabel, QLabel]:
        label, value, sentence = QLabel(self), QLabel(self), QLabel(self)
        _set_role(label, "field")
        _set_role(sentence, "wash")
        for one in (value, sentence):
            one.setWordWrap(True)
            one.setTextFormat(Qt.TextFormat.PlainText)
            one.setMaximumWidth(COLUMN_WIDTH)
            one.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        value.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        for one in (label, value, sentence):
            self._lines.addWidget(one)
        self._lines.addSpacing(10)
        return label, value, sentence


def _set_role(label: QLabel, role: str) -> None:
    if label.property("role") != role:
        label.setProperty("role", role)
        label.style().unpolish(label)
        label.style().polish(label)
