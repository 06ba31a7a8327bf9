"""A company beside its table: how it was accompanied, its form, its accompaniments and its sheets."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QWidget

from charte_desktop.ui.companies.accompaniment_table import AccompanimentTable
from charte_desktop.ui.companies.sheet_table import SheetTable
from charte_desktop.ui.identity_form import FormField, identity_fields
from charte_desktop.ui.record_panel import RecordPanel

if TYPE_CHECKING:
    from charte_desktop.model.company import Company
    from charte_desktop.model.facts import CompanyFacts
    from charte_desktop.store.look_alikes import LookAlike, Typed
    from charte_desktop.ui.record_editor import RecordStore

FIELDS = (
    "legal_name",
    "siren",
    "legal_representative",
    "address",
    "emails",
    "phones",
    "ape",
    "headcount",
    "website",
    "notes",
)
"""The identity as the charter's form orders it."""


class CompanyRecord(RecordPanel["Company", "CompanyFacts"]):
    """One company, edited in place."""

    sheet_button: QPushButton
    accompany_button: QPushButton
    accompaniments_page: QWidget
    accompaniments: AccompanimentTable
    sheets: SheetTable

    FORM = "company_record"
    KIND = "company"
    NEW = "Nouvelle entreprise"
    PROMOTED = (AccompanimentTable, SheetTable)

    def fields(self) -> Sequence[FormField]:
        return [replace(one, begins_part=one.name == "ape") for one in identity_fields(*FIELDS)]

    def scratch(self) -> "type[CompanyFacts]":
        from charte_desktop.model.facts import CompanyFacts

        return CompanyFacts

    def store(self) -> "RecordStore[Company]":
        from charte_desktop.store.company_records import CompanyRecords

        return CompanyRecords(self.database)

    def read(self, record_id: str) -> "CompanyFacts":
        from charte_desktop.store.company_rows import CompanyRows

        return CompanyRows(self.database).facts(record_id)

    def look(self, typed: "Typed", own_id: str) -> "Sequence[LookAlike]":
        from charte_desktop.store.look_alikes import LookAlikes

        return LookAlikes(self.database).of_company(typed, own_id)

    def awaited(self, record: "CompanyFacts") -> Sequence[str]:
        return ()

    def fill_own_part(self, page: QWidget, record_id: str) -> None:
        company = self.shown
        assert company is not None
        if page.isAncestorOf(self.accompaniments):
            self.accompaniments.show_company(company)
        elif page.isAncestorOf(self.sheets):
            from charte_desktop.store.directory_sheets import DirectorySheets

            sheets = DirectorySheets(self.database)
            made = sheets.of_company(record_id)
            self.sheets.show_sheets(made, {one.id: sheets.hand_overs(one.id) for one in made})

    def say_standing(self, record: "CompanyFacts") -> None:
        self.band.say(_how_it_stands(record))


def _how_it_stands(company: "CompanyFacts") -> str:
    """When it was last accompanied, and what it needs."""
    if not company.accompaniments:
        return "Jamais accompagnée : la fiche annuaire suit le premier accompagnement."
    last, needs = company.accompaniments[0], len(company.needs)
    several = "s" if needs > 1 else ""
    told = f"{last.kind.value} le {last.held_on:%d/%m/%Y}"
    return f"{told} · {needs} besoin{several} noté{several}" if needs else f"{told} · aucun besoin noté"
