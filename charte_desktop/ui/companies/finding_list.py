"""What the answers to a questionnaire propose, to be taken as recommendations or left."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from charte_desktop.model.questionnaire import Finding


class _Words(QLabel):
    """Words that belong to a box: a click on them ticks it."""

    def __init__(self, text: str, box: QCheckBox, role: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setBuddy(box)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setWordWrap(True)  # after the policy, which forgets that the height follows the width
        self.box = box

    def mousePressEvent(self, event: object) -> None:
        self.box.click()


class FindingList(QWidget):
    """One box for each proposal, its reason under it."""

    taken = Signal(object)
    """A `Finding` to recommend."""
    left_out = Signal(str)
    """The question whose proposal is not to be recommended."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes: dict[str, QCheckBox] = {}
        """By question."""
        self._shown: Sequence[Finding] = ()
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 8, 0)
        self._lines.setSpacing(8)
        self._none = QLabel("Les priorités apparaissent au fil des réponses.", self)
        self._none.setProperty("role", "muted")
        self._none.setWordWrap(True)
        self._lines.addWidget(self._none)
        self._lines.addStretch(1)

    def show_findings(self, findings: "Sequence[Finding]", taken: Collection[str]) -> None:
        """Show these, those of the questions in `taken` ticked."""
        if list(findings) != list(self._shown):
            self._shown = list(findings)
            self._build()
        for question_id, box in self.boxes.items():
            box.setChecked(question_id in taken)

    def _build(self) -> None:
        held = next((one for one, box in self.boxes.items() if box.hasFocus()), "")
        for row in self.findChildren(QWidget, "finding", Qt.FindChildOption.FindDirectChildrenOnly):
            self._lines.removeWidget(row)
            row.deleteLater()
        self.boxes = {}
        self._none.setVisible(not self._shown)
        for finding in self._shown:
            self._lines.insertWidget(self._lines.count() - 1, self._row(finding))
        if held in self.boxes:
            self.boxes[held].setFocus(Qt.FocusReason.OtherFocusReason)

    def _row(self, finding: "Finding") -> QWidget:
        row = QWidget(self)
        row.setObjectName("finding")
        box = QCheckBox(row)
        box.setObjectName(f"finding_{finding.question_id}")
        box.setAccessibleName(f"Recommander : {finding.what}")
        box.setAccessibleDescription(finding.why)
        box.clicked.connect(lambda ticked: self.taken.emit(finding) if ticked else self._leave_out(finding))
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(_Words(finding.what, box, "value", row))
        words.addWidget(_Words(finding.why, box, "muted", row))
        beside = QHBoxLayout(row)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(8)
        beside.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
        beside.addLayout(words, 1)
        self.boxes[finding.question_id] = box
        return row

    def _leave_out(self, finding: "Finding") -> None:
        self.left_out.emit(finding.question_id)
