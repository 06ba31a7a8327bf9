"""A record edited in place: the charter's fields in their order, each with its words above and its sentence below.

The form holds text only, as typed. What it means is the record's business (`Identity.enter`), and what becomes of it
is `RecordEditor`'s.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from charte_desktop.ui.choice_boxes import ChoiceBoxes, ChoiceGroup
from charte_desktop.ui.field_editors import Editor, LineEditor, TextEditor

if TYPE_CHECKING:
    from charte_desktop.model.identity_text import Problem

COLUMN_WIDTH = 480
"""Pixels; a longer line is hard to read."""
_NARROWEST = 330
"""Pixels of a column, where two stand side by side."""
_GAP = 24
_SENTENCE_LINES = 2
"""Lines that a sentence may take: the longest of the readers, at the width of a record."""


class Shown(Protocol):
    """What a form shows: a record, or what was read of one."""

    id: str
    unread: dict[str, str]

    def shown(self, field: str, /) -> str: ...


class Reader(Protocol):
    """What reads a text without keeping it."""

    def enter(self, field: str, text: str, /) -> "Sequence[Problem]": ...


@dataclass(frozen=True)
class FormField:
    """One field of a form."""

    name: str
    """The field as `Identity.enter` knows it."""
    label: str
    lines: int = 1
    can_be_wrong: bool = True
    """False for free text: no room is kept for a sentence."""
    hint: str = ""
    """Shown in the empty box."""
    choices: Callable[[], Sequence[ChoiceGroup]] | None = None
    """Boxes to tick instead of a text."""
    options: Callable[[], Sequence[tuple[str, str]]] | None = None
    """The only values it takes, each with its words, in a list that opens."""
    option_words: Callable[[str], str] = str
    """The words of a value that is not offered any more."""
    empty_words: str = ""
    """What "none of them" is called, where none may be chosen."""
    columns: int = 1
    folded: str = ""
    """Words for "nothing ticked" of boxes that open on demand."""
    section: str = ""
    """A heading above the field."""
    begins_part: bool = False
    """True for the first field of the second column, where a record is wide enough for two."""


def identity_fields(*names: str) -> list[FormField]:
    """The identity's own fields as every form shows them."""
    from charte_desktop.model.identity_text import FIELD_LABELS

    return [
        FormField(
            name,
            FIELD_LABELS[name],
            lines=_LINES.get(name, 1),
            can_be_wrong=name not in _FREE,
            hint=_HINTS.get(name, ""),
        )
        for name in names
    ]


_LINES = {"address": 2, "emails": 2, "phones": 2, "references": 4, "notes": 4}
_FREE = ("legal_name", "legal_representative", "references", "notes")
_HINTS = {
    "siren": "9 chiffres, ou le SIRET",
    "address": "Rue, code postal et commune",
    "emails": "Un ou plusieurs, comme ils viennent",
    "phones": "Un ou plusieurs, comme ils viennent",
    "ape": "62.01Z",
    "headcount": "Un nombre ou une tranche",
}


class _Line:
    """A field on the screen."""

    def __init__(self, form: "IdentityForm", field: FormField) -> None:
        self.field = field
        self._words = field.label.replace("&", "&&")
        self.label = QLabel(self._words, form)
        self.label.setProperty("role", "field")
        self.editor = _editor(form, field)
        self.widget = cast(QWidget, self.editor)
        self.widget.setObjectName(f"field_{field.name}")
        self.widget.setAccessibleName(field.label)
        self.label.setBuddy(self.widget)
        self.sentence: QLabel | None = None
        if field.can_be_wrong and field.choices is None and field.options is None:
            self.sentence = QLabel(form)
            self.sentence.setProperty("role", "said")
            self.sentence.setWordWrap(True)
            self.sentence.setTextFormat(Qt.TextFormat.PlainText)
            self.sentence.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.is_touched = False
        self.is_awaited = False

    def say(self, sentence: str) -> None:
        if self.sentence is not None and self.sentence.text() != sentence:
            self.sentence.setText(sentence)
            self.sentence.setToolTip(sentence)
            self.widget.setAccessibleDescription(sentence)

    def await_it(self, awaited: bool) -> None:
        if awaited != self.is_awaited:
            self.is_awaited = awaited
            self.label.setText(f"{self._words} · à compléter" if awaited else self._words)
            self.label.setProperty("role", "awaited" if awaited else "field")
            self.label.style().unpolish(self.label)
            self.label.style().polish(self.label)


def _editor(form: "IdentityForm", field: FormField) -> Editor:
    if field.choices is not None:
        return ChoiceBoxes(form, field.choices, columns=field.columns, folded=field.folded)
    if field.options is not None:
        from charte_desktop.ui.choice_editor import ChoiceEditor

        return ChoiceEditor(form, field.options, field.option_words, field.empty_words)
    if field.lines > 1:
        text = TextEditor(form, field.lines)
        text.setPlaceholderText(field.hint)
        text.setToolTip("Entrée : champ suivant · Maj+Entrée : à la ligne")
        return text
    line = LineEditor(form)
    line.setPlaceholderText(field.hint)
    return line


class IdentityForm(QWidget):
    """The fields of one record as boxes to type in. Filled again for each record, built once."""

    changed = Signal(str)
    """The user changed this field: at each key, at each paste, at each tick."""
    left = Signal(str)
    """The keyboard left this field, and it was changed."""
    finished = Signal()
    """Ctrl+Enter, or Enter in the last field."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 12, 16, 16)
        self._grid.setHorizontalSpacing(_GAP)
        self._grid.setVerticalSpacing(0)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._parts: list[QWidget] = []
        self._is_wide = False
        self._lines: dict[str, _Line] = {}
        self._scratch: Callable[[], Reader] | None = None
        self._record: Shown | None = None

    def set_fields(self, fields: Sequence[FormField], scratch: Callable[[], Reader]) -> None:
        """Build these boxes, once. `scratch` makes an empty record of the kind, to read a text without keeping it."""
        assert not self._lines, "a form is built once"
        self._scratch = scratch
        for field in fields:
            if field.begins_part or not self._parts:
                self._add_part()
            self._add(_Line(self, field))
        for part in self._parts:
            cast(QVBoxLayout, part.layout()).addStretch(1)
        self._fit_sentences()

    # Filling

    def show_record(
        self,
        record: Shown,
        awaited: Sequence[str] = (),
        *,
        keep_typed: bool = False,
        keep_focused: bool = False,
    ) -> None:
        """Show what a record holds; `awaited` are the fields its form still needs.

        Everything typed and not taken yet is forgotten, unless `keep_typed`. With `keep_focused` the box that has the
        keyboard is left as it is typed; it shows what was understood when it is left.
        """
        self._record = record
        for name, line in self._lines.items():
            line.await_it(name in awaited)
            if (keep_typed and line.is_touched) or (keep_focused and line.widget.hasFocus()):
                continue
            line.is_touched = False
            line.editor.show_typed(record.shown(name))
            line.say(self._sentence(name, record.shown(name)) if name in record.unread else "")

    def type_in(self, values: Mapping[str, str]) -> None:
        """Put texts into the boxes as if they had been typed: a draft that is taken up again."""
        for name, text in values.items():
            if name in self._lines:
                self._lines[name].editor.show_typed(text)
                self._lines[name].is_touched = True
                self.check(name)

    # Reading

    def typed(self) -> dict[str, str]:
        """The text of each field that was changed, as typed."""
        return {name: line.editor.typed() for name, line in self._lines.items() if line.is_touched}

    def take(self) -> dict[str, str]:
        """The same, handed over: the fields count as unchanged from now on."""
        typed = self.typed()
        for line in self._lines.values():
            line.is_touched = False
        return typed

    def text_of(self, name: str) -> tuple[str, str]:
        """The text and the sentence of a field."""
        line = self._lines[name]
        return line.editor.typed(), "" if line.sentence is None else line.sentence.text()

    def names(self) -> list[str]:
        """The fields, in their order."""
        return list(self._lines)

    def labels(self) -> list[str]:
        """The words above the fields, in their order."""
        return [line.field.label for line in self._lines.values()]

    def box(self, name: str) -> QWidget:
        """The box of a field."""
        return self._lines[name].widget

    def sentence_label(self, name: str) -> QLabel:
        """Where the sentence of a field stands."""
        label = self._lines[name].sentence
        assert label is not None, f"{name} has no place for a sentence"
        return label

    # Telling

    def check(self, name: str) -> None:
        """Say under a field what is to mend in its text."""
        line = self._lines[name]
        if line.sentence is not None:
            line.say(self._sentence(name, line.editor.typed()))

    def _sentence(self, name: str, text: str) -> str:
        if not text.strip() or self._scratch is None:
            return ""
        return " ".join(problem.message for problem in self._scratch().enter(name, text))

    # The keyboard

    def focus_first(self) -> None:
        """Put the keyboard in the first field."""
        self._focus(next(iter(self._lines.values())))

    def _step(self, name: str) -> None:
        names = list(self._lines)
        following = names.index(name) + 1
        if following == len(names):
            self.finished.emit()
        else:
            self._focus(self._lines[names[following]])

    def _focus(self, line: _Line) -> None:
        line.widget.setFocus(Qt.FocusReason.TabFocusReason)
        self.reveal(line.field.name)

    def reveal(self, name: str) -> None:
        """Scroll so that a field is seen with its words and its sentence."""
        around = self.parentWidget()
        area = None if around is None else around.parentWidget()
        if isinstance(area, QScrollArea):
            area.ensureWidgetVisible(self._lines[name].widget, 0, 48)

    # Building

    def _add_part(self) -> None:
        """A column of fields; the second stands beside the first where there is room, else below it."""
        part = QWidget(self)
        part.setMaximumWidth(COLUMN_WIDTH)
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._parts.append(part)
        self._place_parts()

    def _place_parts(self) -> None:
        for number, part in enumerate(self._parts):
            self._grid.removeWidget(part)
            self._grid.addWidget(part, 0 if self._is_wide else number, number if self._is_wide else 0)
        self._grid.setColumnStretch(1, 1 if self._is_wide else 0)
        self._grid.setColumnStretch(0, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = len(self._parts) > 1 and event.size().width() >= 2 * _NARROWEST + _GAP + 32
        if is_wide != self._is_wide:
            self._is_wide = is_wide
            self._place_parts()

    def _add(self, line: _Line) -> None:
        field = line.field
        column = cast(QVBoxLayout, self._parts[-1].layout())
        if field.section:
            heading = QLabel(field.section, self)
            heading.setProperty("role", "heading")
            column.addSpacing(12)
            column.addWidget(heading)
            column.addSpacing(4)
        for widget in filter(None, (line.label, line.widget, line.sentence)):
            widget.setMaximumWidth(COLUMN_WIDTH)
            widget.setSizePolicy(QSizePolicy.Policy.Expanding, widget.sizePolicy().verticalPolicy())
            column.addWidget(widget)
        if line.sentence is None:
            column.addSpacing(12)
        self._lines[field.name] = line
        editor = line.editor
        editor.edited.connect(lambda: self._edited(line))
        editor.left.connect(lambda: self._left(line))
        editor.stepped.connect(lambda: self._step(field.name))
        editor.finished.connect(self.finished)

    def _edited(self, line: _Line) -> None:
        line.is_touched = True
        if line.sentence is not None and line.sentence.text():
            self.check(line.field.name)
        self.changed.emit(line.field.name)
        if line.field.choices is not None or line.field.options is not None:
            self.left.emit(line.field.name)

    def _left(self, line: _Line) -> None:
        if line.is_touched:
            self.check(line.field.name)
            self.left.emit(line.field.name)
        elif self._record is not None and line.field.choices is None and line.field.options is None:
            line.editor.show_typed(self._record.shown(line.field.name))

    def _fit_sentences(self) -> None:
        for line in self._lines.values():
            if line.sentence is not None:
                line.sentence.ensurePolished()
                line.sentence.setFixedHeight(_SENTENCE_LINES * line.sentence.fontMetrics().lineSpacing() + 2)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit_sentences()
