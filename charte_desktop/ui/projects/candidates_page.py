"""Who could take up a project whose provider cannot go on (C19): the sheet's own matching, then the hand-over."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from charte_desktop.errors import UserError
from charte_desktop.ui import icons
from charte_desktop.ui.elided_label import ElidedLabel
from charte_desktop.ui.forms import load_form
from charte_desktop.ui.messages import sentence_in
from charte_desktop.ui.record_table import Column, RecordModel, RecordTable
from charte_desktop.ui.sheets.places import Page

if TYPE_CHECKING:
    from charte_desktop.model.sheet import Candidate
    from charte_desktop.store.database import Database


class CandidatesPage(Page):
    """The company chooses freely; the order is drawn and says nothing of quality."""

    back_button: QPushButton
    title: ElidedLabel
    facts: ElidedLabel
    sheet_button: QPushButton
    words: QLabel
    table: RecordTable
    reason: QLabel
    day: QLineEdit
    hand_button: QPushButton
    sentence: QLabel

    handed = Signal(str)
    """The project that goes on: its id."""
    sheet_asked = Signal()
    """Print the hand-over sheet."""

    def __init__(self, database: "Database", project_id: str) -> None:
        super().__init__()
        load_form(self, "candidates_page", ElidedLabel, RecordTable)
        from charte_desktop.model.display import show_date, show_phone
        from charte_desktop.store.project_incapacity import ProjectIncapacity

        self._store, self._project_id = ProjectIncapacity(database), project_id
        facts = self._store.facts(project_id)
        self.title.setText(f"Qui reprend « {facts.title} » ?")
        self.facts.setText(f"{facts.number} · {facts.company.name} · {facts.provider.name} ne peut pas continuer (C19)")
        self.words.setText(
            f"Signataires qui déclarent les mêmes prestations, dans un ordre tiré du numéro {facts.number} : il ne dit "
            "rien de la qualité, et l'entreprise choisit librement. Documents, livrables restants et intervenants "
            "suivent le projet ; le budget et les prix se conviennent de nouveau."
        )
        columns: list[Column[Candidate]] = [
            Column("Prestataire", lambda one: one.provider.legal_name or "(sans nom)"),
            Column("Commune", lambda one: one.provider.city, sample="Sainte-Suzanne"),
            Column(
                "Téléphone",
                lambda one: ", ".join(map(show_phone, one.provider.phones[:1])),
                sample="0692 00 00 00",
            ),
            Column("E-mail", lambda one: ", ".join(one.provider.emails[:1]), sample="contact@prestataire.example"),
            Column("Pourquoi lui", lambda one: one.reason, sample="Déclare : Création / refonte site internet."),
        ]
        self._model: RecordModel[Candidate] = RecordModel(columns, self)
        self.table.show_model(self._model, columns, sortable=False)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_reason())
        self.day.setText(show_date(database.today()))
        for button, icon, token in (
            (self.back_button, "arrow-left", "ink"),
            (self.sheet_button, "file-text", "ink"),
            (self.hand_button, "handshake", "on_primary"),
        ):
            button.setIcon(icons.icon(icon, token))
            button.setIconSize(icons.BESIDE_WORDS)
        self.back_button.clicked.connect(self.left)
        self.sheet_button.clicked.connect(self.sheet_asked)
        self.hand_button.clicked.connect(self.hand_over)
        found = self._store.candidates(project_id)
        self._model.show_all(found, lambda one: one.provider.id)
        self.hand_button.setEnabled(bool(found))
        if found:
            self.table.selectRow(0)
        else:
            self.reason.setText("Aucun signataire ne déclare ces prestations aujourd'hui.")

    def start(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_reason(self) -> None:
        index = self.table.currentIndex()
        self.reason.setText(self._model.row(index.row()).reason if index.isValid() else "")

    def hand_over(self) -> None:
        """Let the project go on with the provider that is chosen."""
        from charte_desktop.model.identifiers import read_date

        with sentence_in(self.sentence):
            index = self.table.currentIndex()
            if not index.isValid():
                raise UserError("Choisissez le prestataire qui reprend le projet.")
            day = read_date(self.day.text())
            if day.value is None:
                raise UserError(day.message or "Écrivez le jour de la transmission : jj/mm/aaaa.")
            made = self._store.hand_over(self._project_id, self._model.row(index.row()).provider.id, day.value)
            self.changed.emit()
            self.handed.emit(made.id)
