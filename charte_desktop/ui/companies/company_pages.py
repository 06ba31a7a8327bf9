"""The pages over the companies: visits, sheets, restitutions, attestations, workshops; each leads to the next."""

from typing import TYPE_CHECKING

from charte_desktop.errors import UserError

if TYPE_CHECKING:
    from charte_desktop.model.facts import CompanyFacts
    from charte_desktop.model.sheet import DirectorySheet
    from charte_desktop.store.database import Database
    from charte_desktop.ui.charter.lent_page import LentPage
    from charte_desktop.ui.companies.accompaniment_page import AccompanimentPage
    from charte_desktop.ui.companies.companies_tab import CompaniesTab
    from charte_desktop.ui.workshops.workshops_page import WorkshopsPage


class CompanyPages:
    """Opens a page, and what follows it."""

    def __init__(self, tab: "CompaniesTab", database: "Database") -> None:
        self._tab, self._database = tab, database
        self._places = tab.places
        self.lent: LentPage | None = None
        """Once a page was lent to the participants of a workshop."""

    def open(self, kind: str, record_id: str) -> None:
        """Open what a line stands for: `accompaniment`, `sheet`, `attestation`, `restitution`."""
        match kind:
            case "accompaniment":
                self._correct(record_id)
            case "sheet":
                self._show_sheet(record_id)
            case "attestation":
                self._show_given(record_id)
            case "restitution":
                self.show_restitution(record_id)

    # Visits

    def accompany(self, company_id: str, *, before_sheet: bool = False) -> None:
        """Note an accompaniment, or go on with the one that was begun."""
        from charte_desktop.ui.companies.accompaniment_page import AccompanimentPage

        self._follow(AccompanimentPage(self._database, company_id, before_sheet=before_sheet), company_id)

    def _correct(self, accompaniment_id: str) -> None:
        from charte_desktop.store.accompaniments import Accompaniments
        from charte_desktop.ui.companies.accompaniment_page import AccompanimentPage

        company_id = Accompaniments(self._database).company_of(accompaniment_id)
        self._follow(AccompanimentPage(self._database, company_id, accompaniment_id=accompaniment_id), company_id)

    def _follow(self, page: "AccompanimentPage", company_id: str) -> None:
        from charte_desktop.ui.companies.accompaniment_page import RESTITUTION, SHEET

        def go_on(accompaniment_id: str, then: str) -> None:
            if then == SHEET:
                self.draft(company_id, accompaniment_id, instead=True)
            elif then == RESTITUTION:
                self.show_restitution(accompaniment_id, instead=True)
            else:
                self._places.leave(page)
                self._tab.show_part("follow")

        page.noted.connect(go_on)
        page.left.connect(self._tab.record.say_state)
        self._places.open_page(page)

    # Sheets

    def draft(self, company_id: str, accompaniment_id: str = "", *, instead: bool = False) -> None:
        """Make a sheet; `instead` of the page that stands there."""
        from charte_desktop.ui.sheets.draft_page import DraftPage

        page = DraftPage(self._database, company_id, accompaniment_id)
        page.issued.connect(self._sheet_issued)
        (self._places.replace if instead else self._places.open_page)(page)

    def _sheet_issued(self, sheet: "DirectorySheet", then: str) -> None:
        from charte_desktop.ui.sheets.issued_page import IssuedPage

        page = IssuedPage(self._database, sheet.company_id, sheet.id)
        self._places.replace(page)
        page.do(then)

    def _show_sheet(self, sheet_id: str) -> None:
        from charte_desktop.ui.sheets.issued_page import IssuedPage

        with self._database.looking() as base:
            line = base.execute("SELECT company_id FROM directory_sheet WHERE id = ?", (sheet_id,)).fetchone()
        if line is None:
            raise UserError("Cette fiche n'est pas dans la base : actualisez la liste.")
        self._places.open_page(IssuedPage(self._database, line[0], sheet_id))

    def show_exposure(self) -> None:
        """Show how often each provider was listed."""
        from charte_desktop.ui.sheets.exposure import ExposurePage

        self._places.open_page(ExposurePage(self._database))

    def show_recall(self, provider_id: str) -> None:
        """Show who was handed the name of a provider that left the register (C18)."""
        from charte_desktop.ui.sheets.recall import RecallPage

        page = RecallPage(self._database, provider_id)
        page.page_asked.connect(self._places.open_page)
        self._places.open_page(page)

    # What the company takes home

    def show_latest_restitution(self, company: "CompanyFacts") -> None:
        """Show the restitution of its latest accompaniment."""
        if not company.accompaniments:
            raise UserError("Notez d'abord un accompagnement : la restitution dit ce que vous y avez vu.")
        self.show_restitution(company.accompaniments[0].id)

    def show_restitution(self, accompaniment_id: str, *, instead: bool = False) -> None:
        """Show a restitution; `instead` of the page that stands there."""
        from charte_desktop.ui.companies.restitution_page import RestitutionPage

        page = RestitutionPage(self._database, accompaniment_id)

        def correct(one: str) -> None:
            self._places.leave(page)
            self._correct(one)

        page.correct_asked.connect(correct)
        (self._places.replace if instead else self._places.open_page)(page)

    def show_attestation(self, company_id: str) -> None:
        """Show the attestation that may be given now (C03, C04)."""
        from charte_desktop.ui.companies.attestation_page import AttestationPage

        self._tab.settle()
        self._places.open_page(AttestationPage(self._database, company_id))

    def _show_given(self, attestation_id: str) -> None:
        from charte_desktop.store.attestations import Attestations
        from charte_desktop.ui.sheets.document_page import DocumentPage
        from charte_desktop.ui.sheets.paper_actions import Paper

        attestations = Attestations(self._database)
        given = attestations.get(attestation_id)
        self._places.open_page(
            DocumentPage(
                Paper(f"Attestation {given.number}", attestations.pdf(attestation_id)),
                f"Éditée le {given.issued_on:%d/%m/%Y} par {given.adviser}, gardée telle quelle",
            )
        )

    def show_right(self) -> None:
        """Answer whether a company may be offered the charter."""
        from charte_desktop.ui.companies.right_page import RightPage

        page = RightPage(self._database)
        page.attestation_asked.connect(self.show_attestation)
        page.company_asked.connect(self._tab.show_record)
        self._places.open_page(page)

    # Workshops

    def show_workshops(self, workshop_id: str = "") -> None:
        """Show the workshops, or one of them."""
        from charte_desktop.ui.workshops.workshops_page import WorkshopsPage

        rows = WorkshopsPage(self._database)
        rows.open_asked.connect(lambda one: self._show_workshop(one, rows))
        self._places.open_page(rows)
        if workshop_id:
            self._show_workshop(workshop_id, rows)

    def _lent_page(self) -> "LentPage":
        """What takes the attendance sheet to the participants and back."""
        from charte_desktop.ui.charter.lent_page import LentPage

        if self.lent is None:
            self.lent = LentPage(self._tab, self._places, self._database, "Feuille d'émargement")
            self.lent.returned.connect(lambda page: page.set_handed(False))
        return self.lent

    def _show_workshop(self, workshop_id: str, rows: "WorkshopsPage") -> None:
        from charte_desktop.ui.workshops.workshop_page import WorkshopPage

        page = WorkshopPage(self._database, workshop_id)
        page.left.connect(rows.show_rows)
        page.company_asked.connect(self._tab.show_record)
        page.page_asked.connect(self._places.open_page)
        page.lend_asked.connect(lambda over: self._lent_page().turn(over, over))
        self._places.open_page(page)
