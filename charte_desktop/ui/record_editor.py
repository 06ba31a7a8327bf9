"""What becomes of what is typed in a form: a draft at each key, saved when a field is left or after a pause."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from charte_desktop.ui.messages import sentence_in

if TYPE_CHECKING:
    from charte_desktop.model.company import Company
    from charte_desktop.model.draft import Draft
    from charte_desktop.model.identity_text import Problem
    from charte_desktop.model.project import ProjectRecord
    from charte_desktop.model.provider import Provider
    from charte_desktop.store.drafts import Drafts
    from charte_desktop.store.look_alikes import LookAlike
    from charte_desktop.ui.identity_form import IdentityForm, Shown


class Scratch(Protocol):
    """Empty facts of a kind: a text is read into them without keeping it."""

    id: str
    unread: dict[str, str]

    def shown(self, field: str, /) -> str: ...
    def enter(self, field: str, text: str, /) -> "Sequence[Problem]": ...


R = TypeVar("R", "Provider", "Company", "ProjectRecord")

SAVING_PAUSE = 1500
"""Milliseconds without a key after which what is typed is saved."""
LOOKING_PAUSE = 250
"""Milliseconds without a key after which duplicates are looked for."""
_TELLING = frozenset(("legal_name", "siren", "emails", "phones"))
"""The fields by which a duplicate is recognised."""
_ID = "id"
"""Where the draft of a new record keeps the id it will have: "ce n'est pas un doublon" is remembered by id."""


class RecordStore(Protocol[R]):
    """What keeps the records: `ProviderRegister` and `CompanyRecords` do."""

    def new(self, record_id: str, /) -> R: ...
    def get(self, record_id: str, /) -> R: ...
    def add(self, record: R, /) -> R: ...
    def save(self, record: R, /) -> R: ...


class EditorSignals(QObject):
    """What an editor tells its tab."""

    saved = Signal(str)
    """This record was changed in the base."""
    created = Signal(str)
    """This record is new in the base; the form shows it."""
    closed = Signal()
    """The user is done with the form, and nothing waits to be saved."""
    alike = Signal(list)
    """Who the form may be about already: `LookAlike` rows, perhaps none."""
    drafted = Signal()
    """A draft was made, taken up or dropped."""


class RecordEditor(EditorSignals, Generic[R]):
    """Serves one form: shows a record in it, keeps what is typed, saves it."""

    def __init__(
        self,
        form: "IdentityForm",
        kind: str,
        store: Callable[[], RecordStore[R]],
        drafts: "Drafts",
        make: Callable[[], Scratch],
        look: "Callable[[Any, str], Sequence[LookAlike]]",
        awaited: "Callable[[Any], Sequence[str]]",
    ) -> None:
        """`kind` is the drafts' word, `make` gives empty facts, `awaited` the fields that a form still needs.

        `store` is asked for what keeps the records when the first one is saved: loading it takes a third of a second.
        """
        super().__init__(form)
        self._form, self._kind, self._drafts = form, kind, drafts
        self._store: Callable[[], RecordStore[R]] = store
        self._make, self._look, self._awaited = make, look, awaited
        self.record_id = ""
        """The record in the form; empty for a new one."""
        self.is_new = False
        self.draft: Draft | None = None
        """What was typed in this record's form another time and is not taken up yet."""
        self._new_id = ""
        self._waiting: list[Draft] | None = None
        """The drafts as last read; None when they changed since: choosing a record does not ask the base for them."""
        self._saving = _pause(self, SAVING_PAUSE, self.save)
        self._looking = _pause(self, LOOKING_PAUSE, self._look_around)
        form.changed.connect(self._changed)
        form.left.connect(self._left)
        form.finished.connect(self.finish)

    def retire(self) -> None:
        """Let go of the form: another base is served from now on."""
        self._saving.stop()
        self._looking.stop()
        self._form.changed.disconnect(self._changed)
        self._form.left.disconnect(self._left)
        self._form.finished.disconnect(self.finish)
        self._form.take()
        self.deleteLater()

    # What the form shows

    def show(self, record: "Shown") -> None:
        """Show a record; what was typed in the one before is saved first. The same record keeps what is typed."""
        if not self.is_new and record.id == self.record_id:
            self._form.show_record(record, self._awaited(record), keep_typed=True)
            return
        self.settle()
        self.leave()
        self.record_id = record.id
        self._form.show_record(record, self._awaited(record))
        self._find_draft()
        self.alike.emit([])
        self.drafted.emit()

    def begin(self) -> None:
        """Show a new record; the draft of one is taken up where it was left."""
        from charte_desktop.model.base import new_id

        self.settle()
        self.record_id, self.is_new = "", True
        record = self._make()
        self._form.show_record(record)
        self._find_draft()
        values = self.draft.values if self.draft is not None else {}
        self._new_id = values.get(_ID, "") or new_id()
        if values:
            self._form.type_in(values)
            self.draft = None
            self._look_around()
        else:
            self.alike.emit([])
        self.drafted.emit()

    def settle(self) -> None:
        """Save what waits for a pause. What is refused stays a draft."""
        self._looking.stop()
        self.save()

    def leave(self) -> None:
        """Leave a new record as the draft it is; the form holds nothing any more."""
        if self.is_new:
            self._saving.stop()
            self._looking.stop()
            self._form.take()
            self.is_new = False
            self.alike.emit([])

    def resume(self) -> None:
        """Take up the draft of this record: its texts are in the form again, and saved as if just typed."""
        assert self.draft is not None
        values, self.draft = self.draft.values, None
        self._form.type_in(values)
        self._keep()
        self._saving.start()
        self._look_around()
        self.drafted.emit()

    def forget(self) -> None:
        """Drop the draft of this record; a new record begins anew, empty."""
        self.draft = None
        self._drop()
        if self.is_new:
            self.is_new = False
            self._form.take()
            self.begin()
        self.drafted.emit()

    def waiting(self) -> "list[Draft]":
        """The drafts of this kind, the latest first."""
        if self._waiting is None:
            self._waiting = [draft for draft in self._drafts.all() if draft.kind == self._kind]
        return self._waiting

    @property
    def is_waiting(self) -> bool:
        """True while something typed is not saved."""
        return bool(self._form.typed())

    # Saving

    def save(self) -> None:
        """Save what was typed in a known record. A new one is made by `finish` only."""
        self._saving.stop()
        typed = self._form.typed()
        if not typed or self.is_new:
            return
        record = self._store().get(self.record_id)
        for name, text in typed.items():
            record.enter(name, text)
        if "siren" in typed:
            with sentence_in(self._form.sentence_label("siren")):
                self._save(record)
        else:
            self._save(record)

    def finish(self) -> None:
        """Ctrl+Enter: a new record is made, a known one saved; the form is done unless something was refused."""
        if self.is_new and self._form.typed():
            self._create()
        else:
            self.save()
        if not self.is_waiting:
            self.closed.emit()

    def distinct_id(self) -> str:
        """The id that tells this record from its look-alikes, a new one included."""
        return self._new_id if self.is_new else self.record_id

    def look_again(self) -> None:
        """Look for duplicates now."""
        self._look_around()

    def _save(self, record: R) -> None:
        self._store().save(record)
        self._form.take()
        self._drop()
        self._form.show_record(record, self._awaited(record), keep_focused=True)
        self.saved.emit(record.id)

    def _create(self) -> None:
        store = self._store()
        record = store.new(self._new_id)
        for name, text in self._form.typed().items():
            record.enter(name, text)
        with sentence_in(self._form.sentence_label("siren")):
            kept = store.add(record)
            self._form.take()
            self._drop()
            self.record_id, self.is_new = kept.id, False
            self._form.show_record(kept, self._awaited(kept))
            self.alike.emit([])
            self.created.emit(kept.id)

    # Drafts

    def _left(self, _: str) -> None:
        self.save()

    def _changed(self, name: str) -> None:
        self._keep()
        self._saving.start()
        if name in _TELLING:
            self._looking.start()

    def _keep(self) -> None:
        typed = self._form.typed()
        if self.is_new:
            said = any(text.strip() for text in typed.values())
            values = {**typed, _ID: self._new_id} if said else {}
        else:
            # A draft that nobody took up yet is not lost by typing something else.
            values = {**(self.draft.values if self.draft is not None else {}), **typed}
        self._drafts.keep(self._kind, self.record_id, values)
        self._waiting = None

    def _drop(self) -> None:
        if self.draft is not None:
            self._drafts.keep(self._kind, self.record_id, self.draft.values)
        else:
            self._drafts.drop(self._kind, self.record_id if not self.is_new else "")
        self._waiting = None

    def _find_draft(self) -> None:
        self.draft = next((draft for draft in self.waiting() if draft.record_id == self.record_id), None)

    # Duplicates

    def _look_around(self) -> None:
        self._looking.stop()
        typed = self._make()
        for name in _TELLING.intersection(self._form.names()):
            typed.enter(name, self._form.text_of(name)[0])
        self.alike.emit(list(self._look(typed, self.distinct_id())))


def _pause(parent: QObject, length: int, then: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(length)
    timer.timeout.connect(then)
    return timer
