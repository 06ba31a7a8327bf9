"""One action hands the right sheet to every company that was at a workshop: beside the window, with its count (C07)."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from charte_desktop.ui import messages
from charte_desktop.ui.sheets.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from charte_desktop.store.database import Database
    from charte_desktop.store.workshop_sheets import HandedSheet
    from charte_desktop.ui.workshops.workshop_page import WorkshopPage


class HandingOut(QObject):
    """Makes the sheets one by one; leaving the page stops between two of them, and what was given stays given."""

    handed = Signal()
    """Sheets were made: what is shown changes."""
    said = Signal(str, str)
    page_asked = Signal(object)
    """The pages of every sheet, to be printed together."""
    _told = Signal(int, int)

    def __init__(self, page: "WorkshopPage", database: "Database", workshop_id: str) -> None:
        super().__init__(page)
        self._page, self._database, self._workshop = page, database, workshop_id
        self._desk = Desk(self)
        self._is_stopped = False
        self._told.connect(self._say_count)

    @property
    def is_busy(self) -> bool:
        """True while sheets are being made."""
        return self._desk.is_busy

    def begin(self) -> None:
        """Make the sheets that are missing."""
        if self.is_busy:
            return
        self._is_stopped = False
        self._page.sheets_button.setEnabled(False)
        database, workshop = self._database, self._workshop

        def work() -> "Sequence[HandedSheet] | Exception":
            from charte_desktop.documents.directory_sheet import directory_sheet, page_count
            from charte_desktop.errors import UserError
            from charte_desktop.store.workshop_sheets import WorkshopSheets

            try:
                return WorkshopSheets(database).hand_out(
                    workshop,
                    directory_sheet,
                    page_count,
                    tell=self._told.emit,
                    cancelled=lambda: self._is_stopped,
                )
            except UserError as refusal:
                return refusal

        self._desk.ask(work, self._done)

    def stop(self) -> None:
        """Stop after the sheet that is being made."""
        self._is_stopped = True
        self._desk.clear()

    def _say_count(self, done: int, total: int) -> None:
        if self.is_busy:
            self._page.count.setText(f"Fiche {min(done + 1, total)} sur {total}…")

    def _done(self, given: "Sequence[HandedSheet] | Exception") -> None:
        self.handed.emit()
        if isinstance(given, Exception):
            self._page.sentence.setText(str(given))
            return
        if not given:
            self.said.emit(messages.DONE, "Chaque entreprise présente a déjà sa fiche de cet atelier.")
            return
        several = "s" if len(given) > 1 else ""
        empty = sum(not one.providers for one in given)
        note = f" {empty} sans aucun prestataire : regardez leurs critères." if empty else ""
        self.said.emit(messages.DONE, f"{len(given)} fiche{several} numérotée{several} et notée{several}.{note}")
        self._show(given)

    def _show(self, given: "Sequence[HandedSheet]") -> None:
        from charte_desktop.documents.joined_pages import joined
        from charte_desktop.store.directory_sheets import DirectorySheets
        from charte_desktop.ui.sheets.document_page import DocumentPage
        from charte_desktop.ui.sheets.paper_actions import Paper

        sheets = DirectorySheets(self._database)
        title = f"Fiches de l'atelier {self._page.title.words()}"
        pdf = joined(title, [sheets.pdf(one.sheet_id) for one in given])
        companies = ", ".join(one.company for one in given)
        told = f"{len(given)} fiches, dans cet ordre : {companies}" if len(given) > 1 else f"La fiche de {companies}"
        self.page_asked.emit(DocumentPage(Paper(title, pdf), told))
