"""The facts noted about a provider, each with its documents; never a verdict (C08)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QWidget

from charte_desktop.ui import icons
from charte_desktop.ui.forms import load_form
from charte_desktop.ui.providers.attachments_page import AttachmentsPage
from charte_desktop.ui.record_table import Column, RecordModel, RecordTable

if TYPE_CHECKING:
    from datetime import date

    from charte_desktop.model.sealed import Incident
    from charte_desktop.store.database import Database


class IncidentsPage(QWidget):
    """A list of facts, the documents of one under it."""

    note_button: QPushButton
    drop_button: QPushButton
    table: RecordTable
    statement: QLabel
    files_title: QLabel
    files: AttachmentsPage

    changed = Signal()

    def __init__(self, database: "Database", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form(self, "incidents_page", RecordTable, AttachmentsPage)
        self._database = database
        self._provider_id = self._provider_name = ""
        self.dialog: QDialog | None = None
        columns: list[Column[Incident]] = [
            Column("Fait", lambda one: " ".join(one.statement.split()), hint=lambda one: one.statement),
            Column(
                "Jour", lambda one: f"{one.happened_on:%d/%m/%Y}", key=lambda one: one.happened_on, sample="00/00/0000"
            ),
            Column("Articles", lambda one: ", ".join(one.clauses), sample="C01, C02"),
            Column("Dit par", lambda one: one.told_by, sample="Prénom EXEMPLE"),
        ]
        self._model: RecordModel[Incident] = RecordModel(columns, self)
        self.table.show_model(self._model, columns)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._follow())
        self.note_button.setIcon(icons.icon("plus"))
        self.note_button.setIconSize(icons.BESIDE_WORDS)
        self.note_button.clicked.connect(self.note)
        self.drop_button.clicked.connect(self.drop)
        self.files.open(database)
        self.files.changed.connect(self.changed)

    def show_incidents(self, provider_id: str, provider_name: str) -> None:
        """Show the facts noted about a provider."""
        from charte_desktop.store.incidents import Incidents

        self._provider_id, self._provider_name = provider_id, provider_name
        facts = Incidents(self._database).of(provider_id)
        self._model.show_rows(lambda limit, offset: facts[offset : None if limit is None else offset + limit])
        if facts:
            self.table.selectRow(0)
        self._follow()

    def note(self) -> None:
        """Ask what happened, and note it."""
        from charte_desktop.ui.providers.incident_dialog import IncidentDialog

        dialog = IncidentDialog(self, self._provider_name, self._database.today(), self._note)
        self.dialog = dialog
        dialog.open()

    def _note(self, day: "date", statement: str, told_by: str, clauses: Sequence[str]) -> None:
        from charte_desktop.store.incidents import Incidents

        Incidents(self._database).note(self._provider_id, day, statement, clause_ids=clauses, told_by=told_by)
        self.show_incidents(self._provider_id, self._provider_name)
        self.changed.emit()

    def drop(self) -> None:
        """Take the chosen fact off the record."""
        from charte_desktop.store.incidents import Incidents

        chosen = self._chosen()
        if chosen is not None:
            Incidents(self._database).drop(chosen.id)
            self.show_incidents(self._provider_id, self._provider_name)
            self.changed.emit()

    def _chosen(self) -> "Incident | None":
        index = self.table.currentIndex()
        return self._model.row(index.row()) if index.isValid() and index.row() < self._model.rowCount() else None

    def _follow(self) -> None:
        chosen = self._chosen()
        self.drop_button.setEnabled(chosen is not None)
        for widget in (self.files, self.files_title):
            widget.setVisible(chosen is not None)
        if chosen is None:
            self.statement.setText("Aucun fait n'est noté.")
        else:
            self.statement.setText(f"{chosen.statement}\nNoté par {chosen.adviser}")
            self.files.show_files(chosen.id)
