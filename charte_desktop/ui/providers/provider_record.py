"""The record beside the table: who it is and how it stands above, the form below, and who it looks like."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel

from charte_desktop.ui import marks
from charte_desktop.ui.identity_form import IdentityForm
from charte_desktop.ui.record_band import Act, RecordBand
from charte_desktop.ui.record_editor import RecordEditor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from charte_desktop.model.facts import ProviderFacts
    from charte_desktop.model.provider import Provider
    from charte_desktop.store.database import Database
    from charte_desktop.store.look_alikes import LookAlike, Typed
    from charte_desktop.ui.record_editor import RecordStore


class ProviderRecord(QObject):
    """Fills the head, the band and the form of one provider; edits it in place."""

    saved = Signal(str)
    """This provider was changed in the base."""
    created = Signal(str)
    closed = Signal()
    """The user is done with the form."""
    open_asked = Signal(str)
    """Show this provider instead."""
    paper_asked = Signal()
    """Enter a charter signed on paper."""
    drafted = Signal()

    def __init__(self, name: QLabel, mark: QLabel, state: QLabel, line: QLabel, band: RecordBand, form: IdentityForm):
        super().__init__(form)
        self._name, self._mark, self._state, self._line = name, mark, state, line
        self._band, self.form = band, form
        self.editor: RecordEditor[Provider] | None = None
        self.provider: ProviderFacts | None = None
        self._alike: list[LookAlike] = []
        self._marked = ""

    def open(self, database: "Database") -> None:
        """Serve this base from now on."""
        from charte_desktop.model.facts import ProviderFacts
        from charte_desktop.store.drafts import Drafts
        from charte_desktop.store.provider_rows import ProviderRows
        from charte_desktop.ui.providers.provider_fields import awaited_fields, provider_fields

        if self.editor is None:
            self.form.set_fields(provider_fields(), ProviderFacts)
        else:
            self.editor.retire()
        self._database = database
        self._rows: ProviderRows = ProviderRows(database)
        self._rule = self._rows.rule
        self._today = database.today()
        self.editor = editor = RecordEditor(
            self.form, "provider", self._store, Drafts(database), ProviderFacts, self._look, awaited_fields
        )
        editor.saved.connect(self._saved)
        editor.created.connect(self._created)
        editor.closed.connect(self.closed)
        editor.alike.connect(self._show_alike)
        editor.drafted.connect(self._say_drafted)

    def _store(self) -> "RecordStore[Provider]":
        from charte_desktop.store.provider_register import ProviderRegister

        return ProviderRegister(self._database)

    def _look(self, typed: "Typed", own_id: str) -> "Sequence[LookAlike]":
        from charte_desktop.store.look_alikes import LookAlikes

        return LookAlikes(self._database).of_provider(typed, own_id)

    def show(self, provider_id: str) -> None:
        """Show a provider, filled in and ready to be changed."""
        assert self.editor is not None
        self._today = self._database.today()
        self.provider = self._rows.facts(provider_id)
        self._show_head(self.provider)
        is_same = self.editor.record_id == provider_id
        self.editor.show(self.provider)
        if is_same:
            self._say_state()

    def begin(self) -> None:
        """Show an empty form, or the draft of one."""
        assert self.editor is not None
        self.provider = None
        self.editor.begin()
        self._name.setText("Nouveau prestataire")
        self._line.setText("Entrée : champ suivant · Ctrl+Entrée : créer la fiche")
        self._mark.clear()
        self._marked = ""
        self._state.clear()
        self.form.focus_first()

    @property
    def is_new(self) -> bool:
        """True while a new provider is typed."""
        return self.editor is not None and self.editor.is_new

    def _show_head(self, provider: "ProviderFacts") -> None:
        from charte_desktop.model.identifiers import say_headcount, show_siren

        state = provider.state_on(self._today, self._rule)
        if self._marked != state.name:
            self._marked = state.name
            mark = [marks.of_state(state)]
            self._mark.setPixmap(marks.icon(mark).pixmap(marks.size(mark), self.form.devicePixelRatioF()))
        self._state.setText(state.value)
        self._name.setText(provider.legal_name or "(sans nom)")
        facts = [
            f"SIREN {show_siren(provider.siren)}" if provider.siren else "sans SIREN",
            provider.ape_code,
            say_headcount(provider.headcount, provider.headcount_band),
            provider.city,
        ]
        self._line.setText(" · ".join(filter(None, facts)))

    # The band: a duplicate first, then a draft, then what the form still needs

    def _say_state(self) -> None:
        editor = self.editor
        assert editor is not None
        if self._alike:
            self._band.say_alike(self._alike, self._open_alike, self._not_alike)
        elif editor.is_new:
            self._band.say(
                "Chaque touche est gardée ; Échap laisse un brouillon.",
                Act("&Créer la fiche", "Ctrl+Entrée", editor.finish),
                Act("Recommencer à &vide", "Efface ce brouillon", editor.forget),
            )
        elif editor.draft is not None:
            self._band.say_draft(editor.draft, self._resume, editor.forget)
        elif self.provider is not None:
            self._say_missing(self.provider)

    def _say_missing(self, provider: "ProviderFacts") -> None:
        from charte_desktop.model.identifiers import show_date
        from charte_desktop.model.provider_state import MISSING_LABELS, ProviderState

        state = provider.state_on(self._today, self._rule)
        paper = Act("Charte signée sur &papier…", "Enregistre sa date (Ctrl+Maj+P)", self.paper_asked.emit)
        missing = [
            MISSING_LABELS[one].lower().replace("siren", "SIREN").replace("ape", "APE") for one in provider.missing()
        ]
        match state:
            case ProviderState.REMOVED:
                removal = provider.removals[-1]
                articles = ", ".join(removal.clauses)
                self._band.say(f"Radié le {removal.removed_on:%d/%m/%Y} ({articles}) : {removal.reason}")
            case ProviderState.WITHDRAWN:
                self._band.say(f"Retiré le {provider.withdrawn_on:%d/%m/%Y} : {provider.withdrawal_reason}")
            case ProviderState.SIGNATORY:
                signed = [show_date(one.signed_on) for one in provider.signatures if one.cancelled_on is None]
                rest = f"Reste à remplir : {', '.join(missing)}." if missing else "La fiche est complète."
                self._band.say(f"Charte signée le {', le '.join(signed)}. {rest}")
            case _ if missing:
                self._band.say(f"Avant de signer, il manque : {', '.join(missing)}.", paper)
            case _:
                self._band.say("La fiche est complète : la charte peut être signée.", paper)

    def _say_drafted(self) -> None:
        self._say_state()
        self.drafted.emit()

    def _show_alike(self, alike: list["LookAlike"]) -> None:
        if alike or self._alike:
            self._alike = alike
            self._say_state()

    def _open_alike(self) -> None:
        self.open_asked.emit(self._alike[0].record_id)

    def _not_alike(self) -> None:
        assert self.editor is not None
        from charte_desktop.store.look_alikes import LookAlikes

        LookAlikes(self._database).not_a_duplicate(self.editor.distinct_id(), self._alike[0].record_id)
        self.editor.look_again()
        self.saved.emit(self.editor.record_id)

    def _resume(self) -> None:
        assert self.editor is not None
        self.editor.resume()
        self.form.focus_first()

    def _saved(self, provider_id: str) -> None:
        self.provider = self._rows.facts(provider_id)
        self._show_head(self.provider)
        self._say_state()
        self.saved.emit(provider_id)

    def _created(self, provider_id: str) -> None:
        self.provider = self._rows.facts(provider_id)
        self._show_head(self.provider)
        self._say_state()
        self.created.emit(provider_id)
