"""The clauses of the charter as a project stands before them: what the facts show, never a verdict (C08)."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from charte_desktop.model import clauses
from charte_desktop.model import project_fields as fields
from charte_desktop.model.display import show_date
from charte_desktop.model.engagement_basis import TraceState
from charte_desktop.model.engagements import ClauseTrace
from charte_desktop.model.project_facts import ProjectFacts
from charte_desktop.ui import icons, marks
from charte_desktop.ui.forms import press_by_enter
from charte_desktop.ui.forms_part import FormsPart
from charte_desktop.ui.line_form import LineRequest
from charte_desktop.ui.record_table import Column, RecordModel, RecordTable

if TYPE_CHECKING:
    from charte_desktop.ui.projects.project_desk import ProjectDesk

_STATES: dict[TraceState, marks.Mark] = {
    TraceState.TRACED: ("disc", "done"),
    TraceState.PENDING: ("half", "warning"),
    TraceState.NO_TRACE: ("ring", "error"),
    TraceState.NOT_APPLICABLE: ("bar", "muted"),
}
_LINKS = 3
"""Links shown under a clause; the others are in the parts they lead to."""


class EngagementsPart(FormsPart):
    """The matrix, the exact words of the clause that is chosen, and what shows it."""

    link_asked = Signal(object)
    """Show what this `Link` leads to."""
    matrix_asked = Signal()
    """Print the matrix."""

    def open(self, desk: "ProjectDesk") -> None:
        """Serve this desk from now on."""
        self._desk, self._database = desk, desk.database
        self._traces: list[ClauseTrace] = []
        self.summary = QLabel(self)
        self.summary.setProperty("role", "muted")
        self.filter = QComboBox(self)
        self.filter.setAccessibleName("Clauses montrées")
        self.filter.addItem("Toutes les clauses", None)
        for state in TraceState:
            self.filter.addItem(marks.icon([_STATES[state]]), state.value, state)
        self.filter.currentIndexChanged.connect(lambda _: self._list())
        self.print_button = self._button("Imprimer…", self.matrix_asked.emit)
        self.print_button.setIcon(icons.icon("printer"))
        self.print_button.setIconSize(icons.BESIDE_WORDS)
        columns: list[Column[ClauseTrace]] = [
            Column("Clause", lambda one: f"{one.clause_id} · {clauses.clauses()[one.clause_id].title}", sample=_TITLE),
            Column(
                "État",
                lambda one: one.state.value,
                sample="Aucune trace",
                signs=lambda one: [_STATES[one.state]],
                most_signs=1,
            ),
            Column(
                "Ce que montrent les faits",
                _shown,
                sample="charte annexée au contrat le 00/00",
                hint=lambda one: one.words,
            ),
        ]
        self._model: RecordModel[ClauseTrace] = RecordModel(columns, self)
        self.table = RecordTable(self)
        self.table.setAccessibleName("Engagements du projet")
        self.table.show_model(self._model, columns, sortable=False)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_clause())
        self.table.opened.connect(lambda _: self.note())
        self.exact = QLabel(self)
        self.exact.setWordWrap(True)
        self.exact.setTextFormat(Qt.TextFormat.PlainText)
        self.exact.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.exact.setAccessibleName("Texte exact de la clause")
        self.facts_label = QLabel(self)
        self.facts_label.setTextFormat(Qt.TextFormat.PlainText)
        self.facts_label.setProperty("role", "muted")
        self.facts_label.setWordWrap(True)
        self.links = [self._button("", lambda: None) for _ in range(_LINKS)]
        for number, button in enumerate(self.links):
            button.setProperty("kind", "link")
            button.clicked.disconnect()
            button.clicked.connect(lambda _=False, number=number: self._follow(number))
        self.note_button = self._button("Noter un fait…", self.note)
        self.note_button.setIcon(icons.icon("plus"))
        self.note_button.setIconSize(icons.BESIDE_WORDS)
        self.drop_button = self._button("Retirer le dernier fait noté", self.drop)
        self.drop_button.setToolTip("Suppr sur la ligne ; Ctrl+Z le remet")
        self._lay_out()

    def _button(self, words: str, do: Any) -> QPushButton:
        button = QPushButton(words, self)
        press_by_enter(button)
        button.clicked.connect(lambda _=False: do())
        return button

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.summary, 1)
        head.addWidget(self.filter)
        head.addWidget(self.print_button)
        detail = QVBoxLayout()
        detail.setSpacing(4)
        detail.addWidget(self.exact)
        detail.addWidget(self.facts_label)
        for button in self.links:
            detail.addWidget(button)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.note_button)
        buttons.addWidget(self.drop_button)
        buttons.addStretch(1)
        lines = QVBoxLayout(self.list_page)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(8)
        lines.addLayout(head)
        lines.addWidget(self.table, 1)
        lines.addLayout(detail)
        lines.addLayout(buttons)
        self.exact.setMinimumHeight(self.exact.fontMetrics().lineSpacing() * 2)

    # What is shown

    def show_project(self, facts: ProjectFacts) -> None:
        """Show the clauses of the project on the desk."""
        self.begin_with(facts.id)
        self._traces = self._desk.store.matrix(facts.id)
        counts = {state: sum(one.state is state for one in self._traces) for state in TraceState}
        self.summary.setText(
            f"{counts[TraceState.TRACED]} tracés · {counts[TraceState.PENDING]} en attente · "
            f"{counts[TraceState.NO_TRACE]} sans trace · {counts[TraceState.NOT_APPLICABLE]} sans objet"
        )
        self._list()

    def choose(self, clause_id: str) -> None:
        """Choose a clause, whatever is filtered."""
        self.filter.setCurrentIndex(0)
        place = self._model.find(lambda one: one.clause_id == clause_id)
        if place >= 0:
            self.table.selectRow(place)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def chosen(self) -> ClauseTrace | None:
        """The clause that is chosen."""
        index = self.table.currentIndex()
        return self._model.row(index.row()) if index.isValid() else None

    def _list(self) -> None:
        wanted = self.filter.currentData()
        shown = [one for one in self._traces if wanted is None or one.state is wanted]
        self._model.show_all(shown, lambda one: one.clause_id)
        if shown and not self.table.currentIndex().isValid():
            self.table.selectRow(0)
        self._show_clause()

    def _show_clause(self) -> None:
        one = self.chosen
        clause = None if one is None else clauses.clauses()[one.clause_id]
        self.exact.setText("" if clause is None or one is None else f"« {clause.text} » ({one.clause_id})")
        self.facts_label.setText("" if one is None else one.words)
        links = () if one is None else one.links
        for number, button in enumerate(self.links):
            button.setVisible(number < len(links))
            if number < len(links):
                letters = button.fontMetrics()
                words = " ".join(links[number].words.split())
                room = max(self.width() - 60, 200)
                button.setText(letters.elidedText(words, Qt.TextElideMode.ElideRight, room).replace("&", "&&"))
                button.setToolTip(links[number].words)
        self.note_button.setEnabled(one is not None and self._desk.facts.deleted_at is None)
        self.drop_button.setVisible(one is not None and bool(self._noted(one.clause_id)))

    def _noted(self, clause_id: str) -> list[str]:
        return [one.id for one in self._desk.facts.evidence if one.clause_id == clause_id]

    def _follow(self, number: int) -> None:
        one = self.chosen
        if one is not None and number < len(one.links):
            self.link_asked.emit(one.links[number])

    # Facts

    def note(self) -> None:
        """Note a dated fact about the clause that is chosen."""
        desk, one = self._desk, self.chosen
        if one is None:
            return

        def keep(values: dict[str, Any], _: object) -> None:
            desk.papers.note_evidence(
                desk.project_id,
                values["clause_id"] or "",
                values["nature"],
                values["noted_on"],
                values["statement"],
                document_id=values["document_id"],
            )

        self.ask(
            fields.evidence_fields(desk.document_options),
            LineRequest(
                f"Un fait sur la clause {one.clause_id}",
                keep,
                ("project_evidence", f"{desk.project_id}-{one.clause_id}"),
                intro="Des faits datés et des pièces ; jamais un avis sur le prestataire.",
                proposed={"clause_id": one.clause_id, "noted_on": show_date(desk.today)},
            ),
            begins_part="statement",
        )

    def drop(self) -> None:
        """Take off the fact noted last about the clause that is chosen."""
        one = self.chosen
        noted = [] if one is None else self._noted(one.clause_id)
        if noted:
            self._desk.papers.drop_evidence(self._desk.project_id, noted[-1])
            self.changed.emit()

    def take_keyboard(self) -> None:
        """The table has the keyboard."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Suppr takes off a fact."""
        if not self.is_in_form and event.key() == Qt.Key.Key_Delete and self.table.hasFocus():
            self.drop()
        else:
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        return QSize(300, 200)


_TITLE = "C00 · Donner une liste claire des livrables avec le devis"


def _named(one: ClauseTrace) -> str:
    return f"{one.clause_id} · {clauses.clauses()[one.clause_id].title}"


def _shown(one: ClauseTrace) -> str:
    return " ".join(one.words.split())
