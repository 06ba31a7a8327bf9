"""One line of a record, typed in a form of its own: kept as a draft at each key, saved when it is asked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from charte_desktop.model.typed_fields import TypedField, TypedLine, Unreadable
from charte_desktop.ui.file_box import FileBox
from charte_desktop.ui.forms import press_by_enter
from charte_desktop.ui.identity_form import FormField, IdentityForm
from charte_desktop.ui.messages import sentence_in

if TYPE_CHECKING:
    from charte_desktop.store.database import Database


@dataclass(frozen=True)
class LineRequest:
    """What a form is asked for."""

    title: str
    keep: Callable[[dict[str, Any], Path | None], object]
    """Keeps the values, and the file that was given; what it refuses is said in the form."""
    draft: tuple[str, str]
    """The form's name among the drafts, and what it is about."""
    kept: Mapping[str, Any] | None = None
    """What the line holds; None for a new one."""
    intro: str = ""
    button: str = "Enregistrer"
    proposed: Mapping[str, str] | None = None
    """Texts that stand in the boxes of a new line to begin with."""


class LineForm(QWidget):
    """The boxes of one kind of line, built once and filled for each."""

    kept = Signal()
    """The line is saved."""
    left = Signal()
    """Back to where the form was opened; what is typed stays a draft."""

    def __init__(
        self,
        fields: Sequence[TypedField],
        parent: QWidget | None = None,
        *,
        begins_part: str = "",
        with_file: str = "",
    ) -> None:
        """`begins_part` is the first field of the second column; `with_file` the words above a box for a file."""
        super().__init__(parent)
        self._fields = tuple(fields)
        self._request: LineRequest | None = None
        self._database: Database | None = None
        self.title = QLabel(self)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setProperty("role", "heading")
        self.title.setWordWrap(True)
        self.intro = QLabel(self)
        self.intro.setTextFormat(Qt.TextFormat.PlainText)
        self.intro.setProperty("role", "muted")
        self.intro.setWordWrap(True)
        self.form = IdentityForm()
        self.form.set_fields([form_field(one, begins_part) for one in self._fields], self._scratch)
        self.file_box = FileBox(with_file, self) if with_file else None
        self.sentence = QLabel(self)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setProperty("role", "error")
        self.sentence.setWordWrap(True)
        self.save_button = QPushButton(self)
        self.save_button.setProperty("kind", "primary")
        self.save_button.setToolTip("Ctrl+Entrée")
        self.close_button = QPushButton("Fermer", self)
        self.close_button.setToolTip("Échap : ce qui est tapé reste en brouillon")
        self.forget_button = QPushButton("Oublier ce brouillon", self)
        self.forget_button.setProperty("kind", "link")
        for button in (self.save_button, self.close_button, self.forget_button):
            press_by_enter(button)
        self._lay_out()
        self.save_button.clicked.connect(self.save)
        self.close_button.clicked.connect(self.leave)
        self.forget_button.clicked.connect(self.forget)
        self.form.changed.connect(lambda _: self._keep_draft())
        self.form.finished.connect(self.save)

    def _lay_out(self) -> None:
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self.form)
        room = self.form.layout()
        assert room is not None
        room.setContentsMargins(0, 4, 8, 8)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.forget_button)
        buttons.addStretch(1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(8)
        lines.addWidget(self.title)
        lines.addWidget(self.intro)
        lines.addWidget(area, 1)
        if self.file_box is not None:
            lines.addWidget(self.file_box)
        lines.addWidget(self.sentence)
        lines.addLayout(buttons)

    def ask(self, database: "Database", request: LineRequest) -> None:
        """Show what is asked for; a draft of it is taken up where it was left."""
        from charte_desktop.store.drafts import Drafts

        self._database, self._request = database, request
        self.title.setText(request.title)
        self.intro.setText(request.intro)
        self.intro.setVisible(bool(request.intro))
        self.save_button.setText(request.button)
        self.sentence.clear()
        if self.file_box is not None:
            self.file_box.clear()
        self._show_kept(request)
        draft = Drafts(database).of(*request.draft)
        if draft is not None:
            self.form.type_in(draft.values)
        self.forget_button.setVisible(draft is not None)
        self.form.focus_first()

    def save(self) -> None:
        """Keep the line; what is refused is said here, and what is typed stays."""
        request = self._request
        assert request is not None
        texts = self.form.typed() if request.kept is not None else self._texts()
        file = None if self.file_box is None else self.file_box.file
        with sentence_in(self.sentence):
            try:
                values = TypedLine(self._fields).values(texts)
            except Unreadable as fault:
                self._say(fault)
                return
            request.keep(values, file)
            self._drop_draft()
            self.form.take()
            self.kept.emit()

    def leave(self) -> None:
        """Leave the form; what is typed stays a draft."""
        self.form.take()
        self.left.emit()

    def forget(self) -> None:
        """Drop what was typed and show what is kept."""
        assert self._request is not None
        self._drop_draft()
        self.form.take()
        self._show_kept(self._request)
        self.forget_button.hide()
        self.form.focus_first()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back one step."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    # What is behind

    def _scratch(self) -> TypedLine:
        return TypedLine(self._fields)

    def _show_kept(self, request: LineRequest) -> None:
        self.form.show_record(TypedLine(self._fields, request.kept))
        if request.proposed:
            self.form.type_in(request.proposed)

    def _texts(self) -> dict[str, str]:
        return {name: self.form.text_of(name)[0] for name in self.form.names()}

    def _say(self, fault: Unreadable) -> None:
        """A refusal about one field stands under it."""
        field = next(one for one in self._fields if one.name == fault.field)
        if field.can_be_wrong and field.options is None:
            self.form.sentence_label(fault.field).setText(str(fault))
        else:
            self.sentence.setText(str(fault))
        self.form.box(fault.field).setFocus(Qt.FocusReason.OtherFocusReason)
        self.form.reveal(fault.field)

    def _keep_draft(self) -> None:
        from charte_desktop.store.drafts import Drafts

        assert self._request is not None
        assert self._database is not None
        kind, about = self._request.draft
        Drafts(self._database).keep(kind, about, self.form.typed())
        self.forget_button.show()

    def _drop_draft(self) -> None:
        from charte_desktop.store.drafts import Drafts

        assert self._request is not None
        assert self._database is not None
        Drafts(self._database).drop(*self._request.draft)


def form_field(field: TypedField, begins_part: str = "") -> FormField:
    """A field as the form builds its box."""
    return FormField(
        field.name,
        field.label,
        lines=field.lines,
        can_be_wrong=field.can_be_wrong,
        hint=field.hint,
        options=field.options,
        option_words=field.option_words,
        empty_words=field.empty_words,
        begins_part=field.name == begins_part,
    )
