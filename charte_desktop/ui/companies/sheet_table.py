"""The sheets that were made for a company, the latest first."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHeaderView, QWidget

from charte_desktop.ui.record_table import Column, RecordModel, RecordTable

if TYPE_CHECKING:
    from charte_desktop.model.sheet import DirectorySheet, HandOver


class SheetTable(RecordTable):
    """Number, day, what is on it, and whether it was handed over; Enter opens it as it was handed out."""

    sheet_asked = Signal(str)
    """The id of the sheet to open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Fiches annuaires de l'entreprise")
        self.setToolTip("Entrée ou double-clic : ouvrir la fiche telle qu'elle a été remise")
        self.setWordWrap(True)
        self.verticalHeader().setDefaultSectionSize(44)
        self._given: dict[str, Sequence[HandOver]] = {}
        columns: list[Column[DirectorySheet]] = [
            Column("Fiche", lambda one: f"{one.number}\n{one.issued_on:%d/%m/%Y}", sample="FA-2026-AAA-00000"),
            Column("Contenu", _content, sample="00 prestataires"),
            Column("Remise", self._handed),
        ]
        self._sheets: RecordModel[DirectorySheet] = RecordModel(columns, self)
        self.show_model(self._sheets, columns, sortable=False)
        header = self.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.opened.connect(lambda line: self.sheet_asked.emit(self._sheets.row(line).id))

    def show_sheets(self, sheets: "Sequence[DirectorySheet]", given: "dict[str, Sequence[HandOver]]") -> None:
        """Show these; `given` holds the hand-overs by sheet."""
        self._given = given
        self._sheets.show_rows(lambda limit, offset: sheets[offset : None if limit is None else offset + limit])

    def _handed(self, sheet: "DirectorySheet") -> str:
        from charte_desktop.store.database import REUNION

        given = self._given.get(sheet.id)
        if not given:
            return "non notée"
        last = given[-1]
        return f"le {last.handed_at.astimezone(REUNION):%d/%m/%Y}, {last.medium}\nà {last.to_whom}"


def _content(sheet: "DirectorySheet") -> str:
    count, pages = len(sheet.lines), sheet.page_count
    paper = "feuille" if sheet.layout == "booklet" else "page"
    return f"{count} prestataire{'s' if count > 1 else ''}\n{pages} {paper}{'s' if pages > 1 else ''}"
