"""The record beside a table: who it is above, what can be done about it, its form edited in place, its history."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QTabWidget, QWidget

from charte_desktop.ui.forms import load_form
from charte_desktop.ui.history_table import HistoryTable
from charte_desktop.ui.identity_form import FormField, IdentityForm, Shown
from charte_desktop.ui.record_band import Act, RecordBand
from charte_desktop.ui.record_editor import RecordEditor, RecordStore, Scratch

if TYPE_CHECKING:
    from charte_desktop.model.company import Company
    from charte_desktop.model.project import ProjectRecord
    from charte_desktop.model.provider import Provider
    from charte_desktop.store.database import Database
    from charte_desktop.store.look_alikes import LookAlike, Typed

R = TypeVar("R", "Provider", "Company", "ProjectRecord")
S = TypeVar("S", bound=Shown)


class Known(Shown, Protocol):
    """What the head of a company's or a provider's record says."""

    legal_name: str
    siren: str
    ape_code: str
    headcount: int | None
    headcount_band: str
    city: str


K = TypeVar("K", bound=Known)


class EditedPanel(QFrame, Generic[R, S]):
    """Shows a record and lets it be changed in place. Subclasses say of what, and what is told in the band."""

    name_label: QLabel
    facts_label: QLabel
    band: RecordBand
    parts: QTabWidget
    form: IdentityForm
    history: HistoryTable

    saved = Signal(str)
    """This record was changed in the base."""
    created = Signal(str)
    closed = Signal()
    """The user is done with the form."""
    open_asked = Signal(str)
    """Show this record instead."""
    drafted = Signal()
    """A draft was made, taken up or dropped."""

    FORM = ""
    KIND = ""
    """The drafts' word for such a record."""
    NEW = ""
    """What a new one is called."""
    PROMOTED: tuple[type[QWidget], ...] = ()
    """The subclass's own widgets in its form."""

    def __init__(self, database: "Database", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form(self, self.FORM, RecordBand, IdentityForm, HistoryTable, *self.PROMOTED)
        self.database = database
        self.shown: S | None = None
        """The record in the form; None while a new one is typed."""
        self._alike: Sequence[LookAlike] = ()
        self.form.set_fields(self.fields(), self.scratch())
        self.editor: RecordEditor[R] = self._make_editor()
        self.parts.currentChanged.connect(lambda _: self.fill_part())

    # What a subclass says

    def fields(self) -> Sequence[FormField]:
        """The boxes of the form."""
        raise NotImplementedError

    def scratch(self) -> Callable[[], Scratch]:
        """Empty facts of this kind, to read a text without keeping it."""
        raise NotImplementedError

    def store(self) -> RecordStore[R]:
        """What keeps the records."""
        raise NotImplementedError

    def read(self, record_id: str) -> S:
        """What is shown of a record."""
        raise NotImplementedError

    def look(self, typed: "Typed", own_id: str) -> "Sequence[LookAlike]":
        """Who a form may be about already."""
        raise NotImplementedError

    def awaited(self, record: S) -> Sequence[str]:
        """The fields that the form still needs."""
        raise NotImplementedError

    def show_head(self, record: S) -> None:
        """Say what it is."""
        raise NotImplementedError

    def say_standing(self, record: S) -> None:
        """Say in the band how a record stands, when nothing else is to be said."""
        raise NotImplementedError

    def fill_own_part(self, page: QWidget, record_id: str) -> None:
        """Fill a part of the record that only this kind has."""

    # The record

    def show_record(self, record_id: str) -> None:
        """Show a record, filled in and ready to be changed."""
        record = self.shown = self.read(record_id)
        self.show_head(record)
        is_same = self.editor.record_id == record_id
        self.editor.show(record)
        if is_same:
            self.say_state()
        self.fill_part()

    def begin(self) -> None:
        """Show an empty form, or the draft of one."""
        self.shown = None
        self.editor.begin()
        self.name_label.setText(self.NEW)
        self.facts_label.setText("Entrée : champ suivant · Ctrl+Entrée : créer la fiche")
        self.form.focus_first()

    @property
    def is_new(self) -> bool:
        """True while a new record is typed."""
        return self.editor.is_new

    def fill_part(self) -> None:
        """Fill the part of the record that is seen; the others wait until they are."""
        if self.shown is None:
            return
        page = self.parts.currentWidget()
        if page.isAncestorOf(self.history):
            from charte_desktop.store.history import History

            self.history.show_lines(History(self.database).of(self.shown.id))
        else:
            self.fill_own_part(page, self.shown.id)

    # The band: a duplicate first, then a draft, then how the record stands

    def say_state(self) -> None:
        """Say what matters most about the record now."""
        editor = self.editor
        if self._alike:
            self.band.say_alike(self._alike, self._open_alike, self._not_alike)
        elif editor.is_new:
            self.band.say(
                "Chaque touche est gardée ; Échap laisse un brouillon.",
                Act("&Créer la fiche", "Ctrl+Entrée", editor.finish),
                Act("Recommencer à &vide", "Efface ce brouillon", editor.forget),
            )
        elif editor.draft is not None:
            self.band.say_draft(editor.draft, self._resume, editor.forget)
        elif self.shown is not None:
            self.say_standing(self.shown)

    def _make_editor(self) -> RecordEditor[R]:
        from charte_desktop.store.drafts import Drafts

        editor: RecordEditor[R] = RecordEditor(
            self.form, self.KIND, self.store, Drafts(self.database), self.scratch(), self.look, self.awaited
        )
        editor.saved.connect(self._saved)
        editor.created.connect(self._created)
        editor.closed.connect(self.closed)
        editor.alike.connect(self._show_alike)
        editor.drafted.connect(self._say_drafted)
        return editor

    def _say_drafted(self) -> None:
        self.say_state()
        self.drafted.emit()

    def _show_alike(self, alike: "Sequence[LookAlike]") -> None:
        if alike or self._alike:
            self._alike = alike
            self.say_state()

    def _open_alike(self) -> None:
        self.open_asked.emit(self._alike[0].record_id)

    def _not_alike(self) -> None:
        from charte_desktop.store.look_alikes import LookAlikes

        LookAlikes(self.database).not_a_duplicate(self.editor.distinct_id(), self._alike[0].record_id)
        self.editor.look_again()
        self.saved.emit(self.editor.record_id)

    def _resume(self) -> None:
        self.editor.resume()
        self.form.focus_first()

    def _saved(self, record_id: str) -> None:
        self._read_again(record_id)
        self.saved.emit(record_id)

    def _created(self, record_id: str) -> None:
        self._read_again(record_id)
        self.created.emit(record_id)

    def _read_again(self, record_id: str) -> None:
        self.shown = self.read(record_id)
        self.show_head(self.shown)
        self.say_state()
        self.fill_part()


class RecordPanel(EditedPanel[R, K]):
    """A company or a provider."""

    def show_head(self, record: K) -> None:
        """Say who it is."""
        from charte_desktop.model.display import say_headcount, show_siren

        self.name_label.setText(record.legal_name or "(sans nom)")
        facts = [
            f"SIREN {show_siren(record.siren)}" if record.siren else "sans SIREN",
            record.ape_code,
            say_headcount(record.headcount, record.headcount_band),
            record.city,
        ]
        self.facts_label.setText(" · ".join(filter(None, facts)))
