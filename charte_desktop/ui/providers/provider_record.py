"""A provider beside the register: its state, the charter's form, its files, and what can be done with it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from charte_desktop.ui import marks
from charte_desktop.ui.identity_form import FormField
from charte_desktop.ui.providers.attachments_page import AttachmentsPage
from charte_desktop.ui.record_band import Act
from charte_desktop.ui.record_panel import RecordPanel

if TYPE_CHECKING:
    from charte_desktop.model.facts import ProviderFacts
    from charte_desktop.model.provider import Provider
    from charte_desktop.store.database import Database
    from charte_desktop.store.look_alikes import LookAlike, Typed
    from charte_desktop.ui.charter.charter_panel import CharterPanel
    from charte_desktop.ui.providers.incidents_page import IncidentsPage
    from charte_desktop.ui.record_editor import RecordStore


class ProviderRecord(RecordPanel["Provider", "ProviderFacts"]):
    """One provider, edited in place."""

    mark: QLabel
    state_label: QLabel
    actions_button: QPushButton
    files: AttachmentsPage
    files_page: QWidget
    charter_page: QWidget
    charter_layout: QVBoxLayout
    incidents_page: QWidget
    incidents_layout: QVBoxLayout

    paper_asked = Signal()
    """Enter a charter signed on paper."""
    sign_asked = Signal(str)
    """Sign the charter of this provider on this computer."""
    charter_asked = Signal(str, str, object)
    """For this provider, an act of the tab Charte, `PAPER`, `FORM`, `DOCUMENT` or `CANCEL`, and the signature."""
    changed = Signal()
    """What is kept with the record changed."""

    FORM = "provider_record"
    KIND = "provider"
    NEW = "Nouveau prestataire"
    PROMOTED = (AttachmentsPage,)

    def __init__(self, database: "Database", parent: QWidget | None = None) -> None:
        super().__init__(database, parent)
        self._marked = ""
        self.files.open(database)
        self.charter: CharterPanel | None = None
        """The part Charte; made when it is first seen."""
        self.incidents: IncidentsPage | None = None

    def fields(self) -> Sequence[FormField]:
        from charte_desktop.ui.providers.provider_fields import provider_fields

        return provider_fields()

    def scratch(self) -> "type[ProviderFacts]":
        from charte_desktop.model.facts import ProviderFacts

        return ProviderFacts

    def store(self) -> "RecordStore[Provider]":
        from charte_desktop.store.provider_register import ProviderRegister

        return ProviderRegister(self.database)

    def read(self, record_id: str) -> "ProviderFacts":
        from charte_desktop.store.provider_rows import ProviderRows

        return ProviderRows(self.database).facts(record_id)

    def look(self, typed: "Typed", own_id: str) -> "Sequence[LookAlike]":
        from charte_desktop.store.look_alikes import LookAlikes

        return LookAlikes(self.database).of_provider(typed, own_id)

    def awaited(self, record: "ProviderFacts") -> Sequence[str]:
        from charte_desktop.ui.providers.provider_fields import awaited_fields

        return awaited_fields(record)

    def begin(self) -> None:
        super().begin()
        self._marked = ""
        self.mark.clear()
        self.state_label.clear()

    def show_head(self, record: "ProviderFacts") -> None:
        from charte_desktop.store.provider_rows import renewal_rule

        super().show_head(record)
        state = self._state = record.state_on(self.database.today(), renewal_rule(self.database))
        if self._marked != state.name:
            self._marked = state.name
            sign = [marks.of_state(state)]
            self.mark.setPixmap(marks.icon(sign).pixmap(marks.size(sign), self.devicePixelRatioF()))
            self.state_label.setText(state.value)

    def fill_own_part(self, page: QWidget, record_id: str) -> None:
        if page is self.files_page:
            self.files.show_files(record_id)
        elif page is self.charter_page:
            self._charter_part().show_provider(self.database, record_id)
        elif page is self.incidents_page:
            self._incidents_part().show_incidents(record_id, self.name_label.text())

    def _charter_part(self) -> "CharterPanel":
        from charte_desktop.ui.charter.charter_panel import CANCEL, DOCUMENT, FORM, PAPER, CharterPanel

        if self.charter is None:
            panel = self.charter = CharterPanel(self.charter_page)
            panel.stand_in_record()
            self.charter_layout.addWidget(panel)
            panel.sign_asked.connect(self.sign_asked)
            panel.dated_asked.connect(lambda _: self.paper_asked.emit())
            panel.paper_asked.connect(lambda one: self.charter_asked.emit(one, PAPER, None))
            panel.form_asked.connect(lambda one: self.charter_asked.emit(one, FORM, None))
            panel.document_asked.connect(lambda one: self.charter_asked.emit(panel.provider_id, DOCUMENT, one))
            panel.cancel_asked.connect(lambda one: self.charter_asked.emit(panel.provider_id, CANCEL, one))
        return self.charter

    def _incidents_part(self) -> "IncidentsPage":
        from charte_desktop.ui.providers.incidents_page import IncidentsPage

        if self.incidents is None:
            self.incidents = IncidentsPage(self.database, self.incidents_page)
            self.incidents_layout.addWidget(self.incidents)
            self.incidents.changed.connect(self.changed)
        return self.incidents

    def say_standing(self, record: "ProviderFacts") -> None:
        from charte_desktop.model.display import show_date
        from charte_desktop.model.provider_state import MISSING_LABELS, ProviderState

        sign = Act("&Faire signer…", "La charte, sur cet ordinateur", lambda: self.sign_asked.emit(record.id))
        paper = Act("Charte signée sur &papier…", "Enregistre sa date (Ctrl+Maj+P)", self.paper_asked.emit)
        missing = [
            MISSING_LABELS[one].lower().replace("siren", "SIREN").replace("ape", "APE") for one in record.missing()
        ]
        match self._state:
            case ProviderState.REMOVED:
                removal = record.removals[-1]
                articles = ", ".join(removal.clauses)
                self.band.say(f"Radié le {removal.removed_on:%d/%m/%Y} ({articles}) : {removal.reason}")
            case ProviderState.WITHDRAWN:
                self.band.say(f"Retiré le {record.withdrawn_on:%d/%m/%Y} : {record.withdrawal_reason}")
            case ProviderState.SIGNATORY:
                signed = [show_date(one.signed_on) for one in record.signatures if one.cancelled_on is None]
                rest = f"Reste à remplir : {', '.join(missing)}." if missing else "La fiche est complète."
                self.band.say(f"Charte signée le {', le '.join(signed)}. {rest}")
            case _ if missing:
                self.band.say(f"Avant de signer, il manque : {', '.join(missing)}.", paper)
            case _:
                self.band.say("La fiche est complète : la charte peut être signée.", sign, paper)
