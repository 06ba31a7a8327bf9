"""The tab Entreprises: find or enter a company, note how it is accompanied, make and find again its sheets."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QSettings, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from charte_desktop.ui.record_table import Column
from charte_desktop.ui.register_tab import RegisterTab
from charte_desktop.ui.sheets.places import Places

if TYPE_CHECKING:
    from charte_desktop.model.facts import CompanyFacts
    from charte_desktop.model.sheet import DirectorySheet
    from charte_desktop.store.company_rows import CompanyRow, CompanyRows
    from charte_desktop.store.database import Database
    from charte_desktop.ui.companies.company_record import CompanyRecord


class CompaniesTab(RegisterTab["CompanyRow"]):
    """The accompanied companies as a searchable table, the record beside it; sheets are made on pages over both."""

    places: Places
    register_page: QWidget

    said = Signal(str, str)
    """Tone and sentence for the window's own place."""

    FORM = "companies_tab"
    ICON = "building-2"
    PROMOTED = (Places,)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: CompanyRows | None = None
        self.places.said.connect(self.said)
        self.places.changed.connect(self._page_changed)
        # On the register's page, which a page over it hides: that one has its own Ctrl+P.
        self._act_on_register("Nouvelle entreprise", "Ctrl+N", self.new)
        self._act_on_register("Fiche annuaire", "Ctrl+P", self.make_sheet)
        self._act_on_register("Noter un accompagnement", "Ctrl+Shift+A", self.accompany)

    def _act_on_register(self, words: str, shortcut: str, do: Callable[[], None]) -> None:
        action = QAction(words, self)
        action.setShortcut(shortcut)
        action.triggered.connect(lambda _=False: do())
        self.register_page.addAction(action)

    def open(self, database: "Database") -> None:
        """Serve this base from now on."""
        from charte_desktop.store.company_rows import CompanyRows

        self.places.leave_all()
        self._rows = CompanyRows(database)
        super().open(database)

    @property
    def record(self) -> "CompanyRecord":
        """The company beside the table."""
        return cast("CompanyRecord", self.panel)

    def make_record(self, database: "Database") -> "CompanyRecord":
        from charte_desktop.ui.companies.company_record import CompanyRecord

        record = CompanyRecord(database, self.record_pages)
        record.sheets.sheet_asked.connect(self.open_sheet)
        self.dress(record.sheet_button, "file-text", self.make_sheet)
        self.dress(record.accompany_button, "handshake", self.accompany)
        return record

    def allow(self, is_known: bool) -> None:
        for button in (self.record.sheet_button, self.record.accompany_button):
            button.setEnabled(is_known)

    # The list

    def columns(self) -> Sequence[Column["CompanyRow"]]:
        from charte_desktop.ui.companies.company_columns import company_columns

        return company_columns()

    def rows(self, limit: int | None, offset: int) -> Sequence["CompanyRow"]:
        assert self._rows is not None
        return self._rows.search(
            self.search.text(),
            order=self._model.order,
            descending=self._model.descending,
            limit=limit,
            offset=offset,
        )

    def record_id(self, row: "CompanyRow") -> str:
        return row.id

    def holds(self, record_id: str) -> bool:
        assert self._rows is not None
        return self._rows.holds(record_id)

    def total(self) -> int:
        assert self._rows is not None
        return self._rows.count()

    def say_count(self, total: int) -> str:
        whole = f"{total} entreprise{'s' if total > 1 else ''}"
        return f"{self._model.known_count()} sur {whole}" if self.search.text() else whole

    def show_record(self, company_id: str) -> None:
        """Show one company, whatever is searched; pages over the register are left."""
        self.places.leave_all()
        super().show_record(company_id)

    # Accompaniments and sheets

    def accompany(self) -> None:
        """Note an accompaniment of the company beside the table."""
        self._accompany(before_sheet=False)

    def make_sheet(self) -> None:
        """Make a sheet from the latest accompaniment; a company that has none is accompanied first (C03)."""
        company = self._settled()
        if company is None:
            return
        if company.accompaniments:
            self._draft(company.id)
        else:
            self._accompany(before_sheet=True)

    def open_sheet(self, sheet_id: str) -> None:
        """Show a sheet as it was handed out."""
        from charte_desktop.ui.sheets.issued_page import IssuedPage

        company = self.record.shown
        assert self.database is not None
        assert company is not None
        self.places.open_page(IssuedPage(self.database, company.id, sheet_id))

    def show_exposure(self) -> None:
        """Show how often each provider was listed."""
        from charte_desktop.ui.sheets.exposure import ExposurePage

        assert self.database is not None
        self.places.open_page(ExposurePage(self.database))

    def show_recall(self, provider_id: str) -> None:
        """Show who was handed the name of a provider that left the register, with the letters (C18)."""
        from charte_desktop.ui.sheets.recall import RecallPage

        assert self.database is not None
        page = RecallPage(self.database, provider_id)
        page.page_asked.connect(self.places.open_page)
        self.places.open_page(page)

    def _accompany(self, *, before_sheet: bool) -> None:
        from charte_desktop.ui.companies.accompaniment_page import SHEET, AccompanimentPage

        company = self._settled()
        if company is None:
            return
        assert self.database is not None
        page = AccompanimentPage(self.database, company.id, before_sheet=before_sheet)

        def go_on(accompaniment_id: str, then: str) -> None:
            if then == SHEET:
                self._draft(company.id, accompaniment_id, instead=True)
            else:
                self.places.leave(page)
                self.record.parts.setCurrentWidget(self.record.accompaniments_page)

        page.noted.connect(go_on)
        self.places.open_page(page)

    def _draft(self, company_id: str, accompaniment_id: str = "", *, instead: bool = False) -> None:
        from charte_desktop.ui.sheets.draft_page import DraftPage

        assert self.database is not None
        page = DraftPage(self.database, company_id, accompaniment_id)
        page.issued.connect(self._sheet_issued)
        (self.places.replace if instead else self.places.open_page)(page)

    def _sheet_issued(self, sheet: "DirectorySheet", then: str) -> None:
        from charte_desktop.ui.sheets.issued_page import IssuedPage

        assert self.database is not None
        page = IssuedPage(self.database, sheet.company_id, sheet.id)
        self.places.replace(page)
        page.do(then)

    def _settled(self) -> "CompanyFacts | None":
        """The company beside the table, with what was typed saved; None for one that is not made yet."""
        self.settle()
        return None if self.record.is_new else self.record.shown

    def _page_changed(self) -> None:
        """A page over the register changed the base."""
        self.reload()
        self.kept.emit()

    # As it was left

    def keep(self, settings: QSettings) -> None:
        """Leave the pages over the register, save what is typed, then write down how the tab stands."""
        self.places.leave_all()
        super().keep(settings)
