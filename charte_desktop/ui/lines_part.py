"""The lines of a record, as a part of it: lists of several kinds, each line typed in a form that takes their place."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from charte_desktop.model.typed_fields import TypedField
from charte_desktop.ui import icons
from charte_desktop.ui.forms import press_by_enter
from charte_desktop.ui.forms_part import FormsPart
from charte_desktop.ui.line_form import LineRequest
from charte_desktop.ui.record_table import Column, RecordModel, RecordTable

if TYPE_CHECKING:
    from charte_desktop.store.database import Database

Line = TypeVar("Line")


@dataclass(frozen=True)
class LineAct(Generic[Line]):
    """Something that may be done with a chosen line."""

    words: str
    hint: str
    do: Callable[[Line], object]
    can: Callable[[Line], bool] = lambda _: True


@dataclass(frozen=True)
class LineKind(Generic[Line]):
    """One list of lines: how they are shown, typed, kept."""

    name: str
    """As drafts keep it."""
    title: str
    columns: Sequence[Column[Line]]
    lines: Callable[[], Sequence[Line]]
    line_id: Callable[[Line], str]
    empty: str
    """What is said when there is none: what the list is for."""
    new_words: str = ""
    """The button that begins a line; empty where none is typed."""
    new_title: str = ""
    fields: Sequence[TypedField] = ()
    """Of a line that is there; none where it is not changed."""
    new_fields: Sequence[TypedField] = ()
    """Of a new one, when they are others."""
    new_begins_part: str = ""
    """The first field of their second column."""
    begins_part: str = ""
    with_file: str = ""
    values: Callable[[Line], Mapping[str, Any]] = vars
    line_title: Callable[[Line], str] = str
    keep: Callable[[str | None, dict[str, Any], Path | None], object] = lambda *_: None
    drop: Callable[[Line], object] | None = None
    acts: Sequence[LineAct[Line]] = field(default_factory=tuple)
    intro: str = ""
    button: str = "Enregistrer"
    proposed: Callable[[], Mapping[str, str]] = dict


class LinesPart(FormsPart):
    """A table of one kind of lines, with what may be done; the form of a line stands in its place while it is typed."""

    listed = Signal()
    """Another list, or the same one anew."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kinds: Sequence[LineKind[Any]] = ()
        self._kind = 0
        self._models: dict[str, RecordModel[Any]] = {}
        self._is_open = True
        self.head = QHBoxLayout()
        self.head.setSpacing(6)
        self._choices = QButtonGroup(self)
        self.above = QVBoxLayout()
        """Room for what a subclass says above the table."""
        self.words = QLabel(self)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setProperty("role", "muted")
        self.words.setWordWrap(True)
        self.tables = QStackedWidget(self)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        self.new_button, self.edit_button, self.drop_button = (QPushButton(self) for _ in range(3))
        self.new_button.setIcon(icons.icon("plus"))
        self.new_button.setIconSize(icons.BESIDE_WORDS)
        self.edit_button.setText("Modifier…")
        self.edit_button.setToolTip("Entrée sur la ligne")
        self.drop_button.setText("Retirer")
        self.drop_button.setToolTip("Suppr sur la ligne ; Ctrl+Z la remet")
        self._act_buttons: list[QPushButton] = []
        for button in (self.new_button, self.edit_button, self.drop_button):
            press_by_enter(button)
            self.buttons.addWidget(button)
        self.buttons.addStretch(1)
        self.new_button.clicked.connect(lambda: self.begin())
        self.edit_button.clicked.connect(self.edit)
        self.drop_button.clicked.connect(self.drop)
        self._lay_out()

    def _lay_out(self) -> None:
        lines = QVBoxLayout(self.list_page)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(8)
        lines.addLayout(self.head)
        lines.addLayout(self.above)
        lines.addWidget(self.words)
        lines.addWidget(self.tables, 1)
        lines.addLayout(self.buttons)

    # What is shown

    def serve(self, database: "Database", kinds: Sequence[LineKind[Any]]) -> None:
        """These are the lists of the part; called once."""
        self._database, self._kinds = database, kinds
        for number, kind in enumerate(kinds):
            table = RecordTable(self.tables)
            table.setAccessibleName(kind.title)
            model: RecordModel[Any] = RecordModel(kind.columns, self)
            table.show_model(model, kind.columns, sortable=False)
            table.opened.connect(lambda _: self.edit())
            table.selectionModel().currentRowChanged.connect(lambda *_: self._allow())
            self._models[kind.name] = model
            self.tables.addWidget(table)
            if len(kinds) > 1:
                button = QPushButton(kind.title, self)
                button.setProperty("kind", "choice")
                button.setCheckable(True)
                button.setChecked(number == 0)
                press_by_enter(button)
                button.clicked.connect(partial(self.choose_kind, number))
                self._choices.addButton(button, number)
                self.head.addWidget(button)
        self.head.addStretch(1)
        self.choose_kind(0)

    def show_lines(self, about: str, *, is_open: bool) -> None:
        """Show the lines of a record; one that is over is only read. Another record leaves the form that is open."""
        self.begin_with(about)
        self._is_open = is_open
        for number, kind in enumerate(self._kinds):
            lines = list(kind.lines())
            self._models[kind.name].show_all(lines, kind.line_id)
            button = self._choices.button(number)
            if button is not None:
                button.setText(f"{kind.title} ({len(lines)})" if lines else kind.title)
        self._tell()

    def kinds(self) -> Sequence[str]:
        """The names of the lists."""
        return [one.name for one in self._kinds]

    def choose_kind(self, number: int, *_: object) -> None:
        """Show another list."""
        self._kind = number
        button = self._choices.button(number)
        if button is not None:
            button.setChecked(True)
        self._dress_acts()  # before the table takes the keyboard, and a line is chosen in it
        self.tables.setCurrentIndex(number)
        self._tell()

    def choose(self, kind: str, line_id: str = "") -> None:
        """Show a list by its name, and choose a line of it."""
        number = next(number for number, one in enumerate(self._kinds) if one.name == kind)
        self.leave_form()
        self.choose_kind(number)
        place = self._models[kind].find(lambda line: self._kinds[number].line_id(line) == line_id)
        if place >= 0:
            self.table.selectRow(place)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def kind(self) -> LineKind[Any]:
        """The list on the screen."""
        return self._kinds[self._kind]

    @property
    def table(self) -> RecordTable:
        """Its table."""
        table = self.tables.currentWidget()
        assert isinstance(table, RecordTable)
        return table

    @property
    def chosen(self) -> Any | None:
        """The line that is chosen."""
        index = self.table.currentIndex()
        return self._models[self.kind.name].row(index.row()) if index.isValid() else None

    def _tell(self) -> None:
        kind = self.kind
        count = self._models[kind.name].rowCount()
        self.words.setText("" if count else kind.empty)
        self.words.setVisible(not count)
        self.tables.setVisible(bool(count))
        layout = self.list_page.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.setStretchFactor(self.words, 0 if count else 1)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        if count and not self.table.currentIndex().isValid():
            self.table.selectRow(0)
        self.listed.emit()
        self._allow()

    def _dress_acts(self) -> None:
        kind = self.kind
        self.new_button.setVisible(bool(kind.new_words))
        self.new_button.setText(kind.new_words)
        self.edit_button.setVisible(bool(kind.fields))
        self.drop_button.setVisible(kind.drop is not None)
        for button in self._act_buttons:
            self.buttons.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._act_buttons = []
        for number, act in enumerate(kind.acts):
            button = QPushButton(act.words, self)
            button.setToolTip(act.hint)
            press_by_enter(button)
            button.clicked.connect(partial(self._do, act))
            self.buttons.insertWidget(2 + number, button)
            self._act_buttons.append(button)

    def _allow(self) -> None:
        line = self.chosen if self._models and self._models[self.kind.name].rowCount() else None
        self.new_button.setEnabled(self._is_open)
        for button in (self.edit_button, self.drop_button):
            button.setEnabled(self._is_open and line is not None)
        for act, button in zip(self.kind.acts, self._act_buttons, strict=True):
            button.setEnabled(line is not None and act.can(line))

    # Acts

    def begin(self, kind: str = "", proposed: Mapping[str, str] | None = None) -> None:
        """Begin a line of the list on the screen, or of another."""
        if kind:
            self.choose_kind(next(number for number, one in enumerate(self._kinds) if one.name == kind))
        wanted = self.kind
        request = LineRequest(
            wanted.new_title or wanted.title,
            partial(wanted.keep, None),
            (wanted.name, self._about),
            intro=wanted.intro,
            button=wanted.button,
            proposed={**wanted.proposed(), **(proposed or {})},
        )
        self.ask(
            wanted.new_fields or wanted.fields,
            request,
            begins_part=wanted.new_begins_part or wanted.begins_part,
            with_file=wanted.with_file,
        )

    def edit(self) -> None:
        """Change the line that is chosen."""
        kind, line = self.kind, self.chosen
        if line is None or not kind.fields or not self._is_open:
            return
        request = LineRequest(
            kind.line_title(line),
            partial(kind.keep, kind.line_id(line)),
            (kind.name, kind.line_id(line)),
            kept=kind.values(line),
        )
        self.ask(kind.fields, request, begins_part=kind.begins_part, with_file=kind.with_file)

    def drop(self) -> None:
        """Take off the line that is chosen; Ctrl+Z takes it back."""
        kind, line = self.kind, self.chosen
        if line is not None and kind.drop is not None and self._is_open:
            kind.drop(line)
            self.changed.emit()

    def take_keyboard(self) -> None:
        """The table has the keyboard, or the button that begins a first line."""
        where = self.table if self.tables.isVisible() else self.new_button
        where.setFocus(Qt.FocusReason.OtherFocusReason)

    def _do(self, act: LineAct[Any], *_: object) -> None:
        line = self.chosen
        if line is not None:
            act.do(line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Suppr on a line takes it off, Inser begins one."""
        if not self.is_in_form and event.key() == Qt.Key.Key_Delete and self.table.hasFocus():
            self.drop()
        elif not self.is_in_form and event.key() == Qt.Key.Key_Insert and self.new_button.isVisible():
            self.begin()
        else:
            super().keyPressEvent(event)
