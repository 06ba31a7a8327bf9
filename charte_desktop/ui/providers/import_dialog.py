"""What an import would do, before anything is written."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from charte_desktop.ui import marks
from charte_desktop.ui.forms import load_form
from charte_desktop.ui.record_table import Column, RecordModel, RecordTable

if TYPE_CHECKING:
    from charte_desktop.model.import_plan import ImportPlan, PlannedLine

_ACTIONS: dict[str, tuple[str, str, marks.Mark]] = {
    "created": ("Créé", "créés", ("disc", "done")),
    "updated": ("Mis à jour", "mis à jour", ("triangle", "accent")),
    "unchanged": ("Inchangé", "inchangés", ("bar", "muted")),
    "incomplete": ("À compléter", "créés, à compléter", ("ring", "warning")),
    "duplicate": ("Doublon", "doublons dans la liste", ("square", "muted")),
    "left_out": ("Laissé de côté", "laissés de côté", ("cross", "error")),
}
"""The word for one line, the words of the count, and the mark, by action."""


class ImportDialog(QDialog):
    """Counts, then the lines to look at with their sentences; Importer or Annuler."""

    title: QLabel
    findings: QLabel
    counts: QHBoxLayout
    problems_only: QCheckBox
    count: QLabel
    table: RecordTable
    detail: QLabel
    import_button: QPushButton
    cancel_button: QPushButton
    report_button: QPushButton

    report_asked = Signal()

    def __init__(self, parent: QWidget | None, plan: "ImportPlan") -> None:
        super().__init__(parent)
        load_form(self, "import_dialog", RecordTable)
        self._plan = plan
        self.title.setText(plan.source)
        self.findings.setText("\n".join(plan.findings))
        self.findings.setVisible(bool(plan.findings))
        self._show_counts()
        columns: list[Column[PlannedLine]] = [
            Column("Raison sociale", lambda line: line.legal_name or "—"),
            Column("Feuille", lambda line: line.sheet, sample="Prestataires 2026"),
            Column("Ligne", lambda line: str(line.row), key=lambda line: line.row, right=True),
            Column(
                "Ce qui en sera fait",
                lambda line: _ACTIONS[line.action.value][0],
                sample="Laissé de côté",
                signs=lambda line: [_ACTIONS[line.action.value][2]],
            ),
            Column("À savoir", lambda line: _told(line, " "), sample=45 * "n", hint=lambda line: _told(line, "\n")),
        ]
        self._model: RecordModel[PlannedLine] = RecordModel(columns, self)
        self.table.show_model(self._model, columns)
        self.table.selectionModel().currentRowChanged.connect(self._tell)
        self.problems_only.toggled.connect(lambda _: self._show_lines())
        self.report_button.clicked.connect(self.report_asked)
        self.cancel_button.clicked.connect(self.reject)
        self.import_button.clicked.connect(self.accept)
        nothing = plan.changes_nothing()
        self.import_button.setDisabled(nothing)
        self.import_button.setToolTip("Cette liste n'apporte rien de nouveau." if nothing else "")
        self._show_lines()

    def _show_counts(self) -> None:
        counts = self._plan.counts()
        for action, (_, words, mark) in _ACTIONS.items():
            box = QFrame(self)
            box.setProperty("role", "card")
            lines = QVBoxLayout(box)
            lines.setContentsMargins(14, 8, 14, 8)
            lines.setSpacing(0)
            number, sign, label = QLabel(str(counts[action]), box), QLabel(box), QLabel(words, box)
            number.setProperty("role", "title")
            sign.setPixmap(marks.icon([mark]).pixmap(marks.size([mark]), self.devicePixelRatioF()))
            label.setProperty("role", "muted")
            head = QHBoxLayout()
            head.setSpacing(6)
            head.addWidget(sign)
            head.addWidget(number)
            head.addStretch()
            lines.addLayout(head)
            lines.addWidget(label)
            self.counts.addWidget(box)
        self.counts.addStretch()

    def _show_lines(self) -> None:
        shown = [line for line in self._plan.lines if not self.problems_only.isChecked() or _told(line, " ")]
        self._model.show_rows(lambda limit, offset: shown[offset : None if limit is None else offset + limit])
        self.count.setText(f"{len(shown)} sur {len(self._plan.lines)} lignes")
        if shown:
            self.table.selectRow(0)
        else:
            self.detail.setText("Aucune ligne ne demande d'attention.")

    def _tell(self, now: QModelIndex, before: QModelIndex) -> None:
        self.detail.setText(_told(self._model.row(now.row()), "\n") if now.isValid() else "")


def _told(line: "PlannedLine", between: str) -> str:
    """What is to know about a line: its reason, its problems, what an update would change."""
    from charte_desktop.model.identity import FIELD_LABELS

    changes = [
        f"{FIELD_LABELS.get(field, field)} : {before or '(vide)'} → {after}"
        for field, (before, after) in line.changes.items()
    ]
    return between.join(filter(None, [line.reason, *(problem.message for problem in line.problems), *changes]))
