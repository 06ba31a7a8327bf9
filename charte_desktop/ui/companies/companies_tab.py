"""The tab Entreprises: find or enter a company, note how it is accompanied, make and find again its sheets."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from charte_desktop.ui import icons
from charte_desktop.ui.companies.accompaniment_table import AccompanimentTable
from charte_desktop.ui.companies.company_record import CompanyRecord
from charte_desktop.ui.companies.sheet_table import SheetTable
from charte_desktop.ui.identity_form import IdentityForm
from charte_desktop.ui.record_band import RecordBand
from charte_desktop.ui.record_table import Column
from charte_desktop.ui.register_tab import LIST, RECORD, RegisterTab
from charte_desktop.ui.sheets.places import Places

if TYPE_CHECKING:
    from charte_desktop.model.company import Company
    from charte_desktop.model.sheet import DirectorySheet
    from charte_desktop.store.company_rows import CompanyRow, CompanyRows
    from charte_desktop.store.database import Database


class CompaniesTab(RegisterTab["CompanyRow"]):
    """The accompanied companies as a searchable table, the record beside it; sheets are made on pages over both."""

    places: Places
    register_page: QWidget
    accompaniments_page: QWidget
    import_button: QPushButton
    new_button: QPushButton
    drafts_button: QPushButton
    empty_new_button: QPushButton
    empty_import_button: QPushButton
    record_band: RecordBand
    sheet_button: QPushButton
    accompany_button: QPushButton
    form: IdentityForm
    accompaniments: AccompanimentTable
    sheets: SheetTable

    import_asked = Signal()
    kept = Signal()
    """The base was changed here; this tab shows it already."""
    said = Signal(str, str)
    """Tone and sentence for the window's own place."""

    FORM = "companies_tab"
    ICON = "building-2"
    PROMOTED = (Places, AccompanimentTable, SheetTable, RecordBand, IdentityForm)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: CompanyRows | None = None
        self._before_new = ""
        self._record = CompanyRecord(self.record_name, self.record_line, self.record_band, self.form)
        self._record.saved.connect(self._record_saved)
        self._record.created.connect(self._record_created)
        self._record.closed.connect(self._leave_form)
        self._record.open_asked.connect(self.show_record)
        self._record.drafted.connect(self._say_drafts)
        self.record_tabs.currentChanged.connect(lambda _: self._fill_page())
        self.sheets.sheet_asked.connect(self.open_sheet)
        self.drafts_button.clicked.connect(self.resume_draft)
        self.drafts_button.hide()
        self.form.setAutoFillBackground(False)
        self.places.said.connect(self.said)
        self.places.changed.connect(self._page_changed)
        for button, icon, ask in (
            (self.import_button, "file-input", self.import_asked.emit),
            (self.empty_import_button, "file-input", self.import_asked.emit),
            (self.new_button, "plus", self.new),
            (self.empty_new_button, "plus", self.new),
            (self.sheet_button, "file-text", self.make_sheet),
            (self.accompany_button, "handshake", self.accompany),
        ):
            is_primary = button.property("kind") == "primary"
            button.setIcon(icons.icon(icon, "on_primary" if is_primary else "ink"))
            button.setIconSize(icons.BESIDE_WORDS)
            button.clicked.connect(lambda _=False, ask=ask: ask())
        # On the register alone: a page over it has its own Ctrl+P.
        self._action("Nouvelle entreprise", "Ctrl+N", self.new)
        self._action("Fiche annuaire", "Ctrl+P", self.make_sheet)
        self._action("Noter un accompagnement", "Ctrl+Shift+A", self.accompany)

    def _action(self, words: str, shortcut: str, do: Callable[[], None]) -> None:
        action = QAction(words, self)
        action.setShortcut(shortcut)
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda _=False: do())
        self.register_page.addAction(action)

    def open(self, database: "Database") -> None:
        """Serve this base from now on."""
        from charte_desktop.store.company_rows import CompanyRows

        self.places.leave_all()
        self._rows = CompanyRows(database)
        super().open(database)

    @property
    def record(self) -> CompanyRecord:
        """The record beside the table; it is made when the rows are painted, or when somebody asks for it."""
        self.complete()
        return self._record

    def make_record(self) -> None:
        assert self.database is not None
        self._record.open(self.database)
        self._say_drafts()

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

    def total(self) -> int:
        assert self._rows is not None
        return self._rows.count()

    def say_count(self, total: int) -> str:
        whole = f"{total} entreprise{'s' if total > 1 else ''}"
        return f"{self._model.known_count()} sur {whole}" if self.search.text() else whole

    # The record

    def fill_record(self, record_id: str) -> None:
        self.record.show(record_id)
        self._fill_page()

    @property
    def holds_record(self) -> bool:
        return self._record.is_new

    def show_record(self, company_id: str) -> None:
        """Show one company, whatever is searched."""
        if self.record.is_new:
            self.record.show(company_id)
        self.places.leave_all()
        super().show_record(company_id)
        self.form.focus_first()

    def sheet_area_focus(self) -> None:
        self.record_tabs.setCurrentIndex(0)
        self.form.focus_first()

    def _fill_page(self) -> None:
        """Fill the part of the record that is seen; the others wait until they are."""
        from charte_desktop.store.directory_sheets import DirectorySheets
        from charte_desktop.store.history import History

        company = self._record.company
        if self.database is None or company is None:
            return
        page = self.record_tabs.currentWidget()
        if page.isAncestorOf(self.accompaniments):
            self.accompaniments.show_company(company)
        elif page.isAncestorOf(self.sheets):
            sheets = DirectorySheets(self.database)
            made = sheets.of_company(company.id)
            self.sheets.show_sheets(made, {one.id: sheets.hand_overs(one.id) for one in made})
        elif page.isAncestorOf(self.history):
            self.history.show_lines(History(self.database).of(company.id))

    def _show_chosen(self) -> None:
        if self._record.is_new and not self._chosen:
            return
        for button in (self.sheet_button, self.accompany_button):
            button.setEnabled(bool(self._chosen))
        super()._show_chosen()

    # A new company, a draft

    def new(self) -> None:
        """Begin a new company, or go on with the one that was begun."""
        if self.database is None:
            return
        self.pages.setCurrentIndex(LIST)
        self.record_pages.setCurrentIndex(RECORD)
        self.record_tabs.setCurrentIndex(0)
        self._before_new, self._chosen = self._chosen or self._before_new, ""
        self.table.clearSelection()
        self.table.setCurrentIndex(self.table.rootIndex())
        for button in (self.sheet_button, self.accompany_button):
            button.setEnabled(False)
        self.record.begin()

    def resume_draft(self) -> None:
        """Go to the latest form that was left half-way."""
        assert self.record.editor is not None
        draft = self.record.editor.waiting()[0]
        if draft.record_id:
            self.show_record(draft.record_id)
        else:
            self.new()

    def _say_drafts(self) -> None:
        assert self.record.editor is not None
        here = "" if self.record.is_new else self._chosen
        others = [draft for draft in self.record.editor.waiting() if self.record.is_new or draft.record_id != here]
        others = [draft for draft in others if draft.record_id or not self.record.is_new]
        self.drafts_button.setVisible(bool(others))
        if others:
            more = f" (et {len(others) - 1} autres)" if len(others) > 1 else ""
            self.drafts_button.setText(f"Reprendre le brouillon « {others[0].title} »{more}")

    def _leave_form(self) -> None:
        """Done: the keyboard goes back to the list; a new record that was not made stays a draft."""
        if self.record.is_new:
            assert self.record.editor is not None
            self._chosen, self._before_new = self._before_new, ""
            self.record.editor.leave()
            self._chosen = self._chosen or (self.record_id(self._model.row(0)) if self._model.rowCount() else "")
            self.reload()
            self._show_chosen()
            self._say_drafts()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _record_saved(self, _: str) -> None:
        self.refresh()
        self._fill_page()
        self.kept.emit()

    def _record_created(self, company_id: str) -> None:
        self._chosen, self._before_new = company_id, ""
        self.reload()
        self.kept.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves a new form first."""
        if event.key() == Qt.Key.Key_Escape and self.record.is_new:
            self._leave_form()
        else:
            super().keyPressEvent(event)

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

        assert self.database is not None
        assert self.record.company is not None
        self.places.open_page(IssuedPage(self.database, self.record.company.id, sheet_id))

    def show_exposure(self) -> None:
        """Show how often each provider was listed."""
        from charte_desktop.ui.sheets.exposure import ExposurePage

        assert self.database is not None
        self.places.open_page(ExposurePage(self.database))

    def show_recall(self, provider_id: str) -> None:
        """Show who was handed the name of a provider that left the register, with the letters (C18)."""
        from charte_desktop.ui.sheets.recall import RecallPage

        assert self.database is not None
        self.places.open_page(RecallPage(self.database, provider_id))

    def _accompany(self, *, before_sheet: bool) -> None:
        from charte_desktop.ui.companies.accompaniment_page import AccompanimentPage

        company = self._settled()
        if company is None:
            return
        assert self.database is not None
        page = AccompanimentPage(self.database, company.id, before_sheet=before_sheet)

        def go_on(accompaniment_id: str, sheet: bool) -> None:
            if sheet:
                self._draft(company.id, accompaniment_id, instead=True)
            else:
                self.places.leave(page)
                self.record_tabs.setCurrentWidget(self.accompaniments_page)

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

    def _settled(self) -> "Company | None":
        """The company beside the table, with what was typed saved; None for one that is not made yet."""
        self.record.settle()
        return None if self.record.is_new else self.record.company

    def _page_changed(self) -> None:
        """A page over the register changed the base."""
        self.reload()
        self._fill_page()
        self.kept.emit()

    # As it was left

    def keep(self, settings: QSettings) -> None:
        """Save what is typed, then write down how the tab stands."""
        self._record.settle()
        self.places.leave_all()
        super().keep(settings)
