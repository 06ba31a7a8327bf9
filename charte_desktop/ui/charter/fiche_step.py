"""The first step: the provider's form, as it will be printed; corrected in place, or made for a new provider."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from charte_desktop.store.database import Database
from charte_desktop.ui.charter.signing_desk import SigningDesk
from charte_desktop.ui.charter.signing_step import SigningStep
from charte_desktop.ui.forms import load_form
from charte_desktop.ui.providers.provider_record import ProviderRecord

if TYPE_CHECKING:
    from charte_desktop.model.facts import ProviderFacts


class FicheRecord(ProviderRecord):
    """The record without what the page around it says already."""

    def __init__(self, database: Database, parent: QWidget) -> None:
        super().__init__(database, parent)
        self.parts.tabBar().hide()
        for widget in (self.actions_button, self.name_label, self.mark, self.state_label, self.facts_label):
            widget.hide()
        lines = self.layout()
        assert isinstance(lines, QVBoxLayout)
        lines.setStretch(1, 1)  # the form takes what the head leaves

    def say_standing(self, record: "ProviderFacts") -> None:
        missing = len(record.missing())
        self.band.say(
            f"{missing} champ{'s' if missing > 1 else ''} à remplir avant de signer, en couleur ci-dessous."
            if missing
            else "La fiche est complète."
        )


class FicheStep(SigningStep):
    """The register's own form; what is corrected here is corrected there."""

    explanation: QLabel
    record_place: QWidget
    record_lines: QVBoxLayout

    NAME = "fiche"

    chosen = Signal(str)
    """This provider is the one who signs: it was just created, or its record was opened instead."""
    saved = Signal()

    def __init__(self, database: Database, desk: SigningDesk | None) -> None:
        """Without a desk, a new provider is typed first."""
        super().__init__()
        load_form(self, "fiche_step")
        self._is_new = desk is None
        self._missing: list[str] = []
        """The parts of the form that are still empty."""
        if desk is not None:
            self.desk = desk
            self.look_again()
        self.record = FicheRecord(database, self.record_place)
        self.record_lines.addWidget(self.record)
        self.record.created.connect(self._created)
        self.record.open_asked.connect(self.chosen)
        self.record.saved.connect(lambda _: self._saved())
        self.record.closed.connect(self.finished)
        if self._is_new:
            self.explanation.setText("Commencez par la fiche du prestataire ; elle est imprimée sur la charte.")

    def show_step(self) -> None:
        if self._is_new:
            self.record.begin()
        else:
            self.record.show_record(self.desk.state.provider_id)
            self.look_again()

    def look_again(self) -> None:
        """Read what the form still lacks."""
        self._missing = self.desk.provider.missing()

    def leave_step(self) -> None:
        self.record.editor.settle()

    def finish(self) -> None:
        """Save what is typed; a new record is made."""
        self.record.editor.finish()

    def focus(self) -> None:
        """Put the keyboard where one types."""
        self.record.form.setFocus(Qt.FocusReason.OtherFocusReason)
        self.record.form.focus_first()

    def lacking(self) -> str:
        from charte_desktop.model.provider_state import MISSING_LABELS

        if self._is_new:
            return "Créez la fiche (Ctrl+Entrée), puis la lecture commence."
        missing = [MISSING_LABELS[one] for one in self._missing]
        return f"Avant de signer, remplissez : {', '.join(missing)}." if missing else ""

    def _created(self, provider_id: str) -> None:
        self._is_new = False
        self.chosen.emit(provider_id)

    def _saved(self) -> None:
        self.look_again()
        self.saved.emit()
        self.moved.emit()
