"""The journal of a project as a story: what happened, on which day, who wrote it down (C35)."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from charte_desktop.model.display import show_date
from charte_desktop.model.project_facts import ProjectFacts
from charte_desktop.model.project_story import StoryLine
from charte_desktop.ui.record_table import Column, RecordModel, RecordTable

if TYPE_CHECKING:
    from charte_desktop.ui.projects.project_desk import ProjectDesk


class StoryPart(QWidget):
    """Read from the facts; nothing is typed here."""

    def open(self, desk: "ProjectDesk") -> None:
        """Serve this desk from now on."""
        self._desk = desk
        self._told: list[StoryLine] = []
        self.words = QLabel(self)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setProperty("role", "muted")
        self.clause = QComboBox(self)
        self.clause.setAccessibleName("Clause dont on lit le journal")
        self.clause.currentIndexChanged.connect(lambda _: self._list())
        columns: list[Column[StoryLine]] = [
            Column("Ce qui s'est passé", lambda one: " ".join(one.sentence.split()), hint=lambda one: one.sentence),
            Column("Jour", lambda one: show_date(one.day), sample="00/00/0000"),
            Column("Clauses", lambda one: ", ".join(one.clause_ids), sample="C00, C00"),
            Column("Noté par", _noted, hint=_noted, sample="Camille Conseil"),
        ]
        self._model: RecordModel[StoryLine] = RecordModel(columns, self)
        self.table = RecordTable(self)
        self.table.setAccessibleName("Journal du projet")
        self.table.show_model(self._model, columns, sortable=False)
        self.table.horizontalHeader().moveSection(1, 0)
        head = QHBoxLayout()
        head.addWidget(self.words, 1)
        head.addWidget(self.clause)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(12, 12, 12, 12)
        lines.setSpacing(8)
        lines.addLayout(head)
        lines.addWidget(self.table, 1)

    def show_project(self, facts: ProjectFacts) -> None:
        """Tell the project on the desk, the latest first."""
        self._told = list(reversed(self._desk.log.story(facts.id)))
        kept = self.clause.currentData()
        self.clause.blockSignals(True)
        self.clause.clear()
        self.clause.addItem("Tout le journal", None)
        for clause_id in sorted({one for line in self._told for one in line.clause_ids}):
            self.clause.addItem(f"Clause {clause_id}", clause_id)
        self.clause.setCurrentIndex(max(self.clause.findData(kept), 0))
        self.clause.blockSignals(False)
        self._list()

    def _list(self) -> None:
        wanted = self.clause.currentData()
        shown = [one for one in self._told if wanted is None or wanted in one.clause_ids]
        self._model.show_all(shown, lambda one: (one.day, one.sentence))
        several = "s" if len(shown) > 1 else ""
        self.words.setText(f"{len(shown)} fait{several}, du plus récent au plus ancien")

    def take_keyboard(self) -> None:
        """The table has the keyboard."""
        self.table.setFocus()


def _noted(one: StoryLine) -> str:
    return "" if one.entry is None else f"{one.entry.adviser}, {show_date(one.entry.at.date())}"
