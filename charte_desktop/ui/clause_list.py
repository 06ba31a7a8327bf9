"""The charter's clauses as boxes to tick."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem


def fill_clauses(boxes: QListWidget) -> None:
    """Every clause, its words on hover."""
    from charte_desktop.model import clauses

    for clause in clauses.clauses().values():
        item = QListWidgetItem(f"{clause.id} · {clause.title}", boxes)
        item.setData(Qt.ItemDataRole.UserRole, clause.id)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Unchecked)
        item.setToolTip(clause.text)
    boxes.setWordWrap(True)
    boxes.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    boxes.setCurrentRow(0)


def ticked_clauses(boxes: QListWidget) -> list[str]:
    """The ids of the ticked clauses."""
    items = [boxes.item(number) for number in range(boxes.count())]
    return [item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() == Qt.CheckState.Checked]
