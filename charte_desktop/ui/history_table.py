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


def _change(line: "HistoryLine") -> str:
    if line.before and not line.after:
        return f"{line.before} → (vidé)"
    return f"{line.before} → {line.after}" if line.before else line.after


def _whole(line: "HistoryLine") -> str:
    who = f"{_when(line)}, {line.adviser}, poste {line.device}"
    return "\n".join(filter(None, [who, line.action, f"{line.field} : {_change(line)}" if line.field else ""]))


class HistoryTable(RecordTable):
    """The changes of one record, the latest first, on two lines each; all of it is said on hover."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Historique de la fiche")
        self.setWordWrap(True)
        self.verticalHeader().setDefaultSectionSize(44)
        columns: list[Column[HistoryLine]] = [
            Column("Quand, qui", lambda line: f"{_when(line)}\n{line.adviser}", sample="00/00/0000 00:00", hint=_whole),
            Column("Champ", lambda line: line.field or line.action, sample="Principales réf", hint=_whole),
            Column("Avant → après", _change, hint=_whole),
        ]
        self._lines: RecordModel[HistoryLine] = RecordModel(columns, self)
        self.show_model(self._lines, columns, sortable=False)
        header = self.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)

    def show_lines(self, lines: "Sequence[HistoryLine]") -> None:
        """Show these changes."""
        self._lines.show_rows(lambda limit, offset: lines[offset : None if limit is None else offset + limit])
