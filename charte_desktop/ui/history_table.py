"""The history of a record: who, when, which field, before and after (product rule 9)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHeaderView, QWidget

from charte_desktop.ui.record_table import Column, RecordModel, RecordTable

if TYPE_CHECKING:
    from charte_desktop.store.history import HistoryLine


def _when(line: "HistoryLine") -> str:
    from charte_desktop.store.database import REUNION

    return f"{line.at.astimezone(REUNION):%d/%m/%Y %H:%M}"


def _whole(line: "HistoryLine") -> str:
    change = f"{line.field} : {line.before or '(vide)'} → {line.after or '(vide)'}" if line.field else ""
    return "\n".join(filter(None, [f"{_when(line)}, {line.adviser} ({line.device})", line.action, change]))


class HistoryTable(RecordTable):
    """The changes of one record, the latest first; the whole line is said on hover."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Historique de la fiche")
        columns: list[Column[HistoryLine]] = [
            Column("Le", _when, width=124, hint=_whole),
            Column("Par", lambda line: line.adviser, width=90, hint=_whole),
            Column("Champ", lambda line: line.field or line.action, width=130, hint=_whole),
            Column("Avant", lambda line: line.before, width=90, hint=_whole),
            Column("Après", lambda line: line.after, width=90, hint=_whole),
        ]
        self._lines: RecordModel[HistoryLine] = RecordModel(columns, self)
        self.show_model(self._lines, columns, sortable=False)
        header = self.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        for stretched in (3, 4):
            header.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)

    def show_lines(self, lines: "Sequence[HistoryLine]") -> None:
        """Show these changes."""
        self._lines.show_rows(lambda limit, offset: lines[offset : None if limit is None else offset + limit])
