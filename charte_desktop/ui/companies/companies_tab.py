"""The tab Entreprises: find a company, read who it is, how it was accompanied, and its history."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from charte_desktop.ui.companies.accompaniment_table import AccompanimentTable
from charte_desktop.ui.identity_fields import service_text, shown_fields
from charte_desktop.ui.record_sheet import RecordSheet, ShownField
from charte_desktop.ui.record_table import Column
from charte_desktop.ui.register_tab import RegisterTab

if TYPE_CHECKING:
    from charte_desktop.model.company import Company
    from charte_desktop.store.company_records import CompanyRecords
    from charte_desktop.store.company_rows import CompanyRow
    from charte_desktop.store.database import Database


class CompaniesTab(RegisterTab["CompanyRow"]):
    """The accompanied companies as a searchable table, the record beside it."""

    accompaniments: AccompanimentTable
    sheet: RecordSheet

    FORM = "companies_tab"
    ICON = "building-2"
    PROMOTED = (AccompanimentTable,)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._records: CompanyRecords | None = None

    def open(self, database: "Database") -> None:
        """Serve this base from now on."""
        from charte_desktop.store.company_records import CompanyRecords

        self._records = CompanyRecords(database)
        super().open(database)

    def columns(self) -> Sequence[Column["CompanyRow"]]:
        from charte_desktop.model.identifiers import show_date, show_siren
        from charte_desktop.model.reference import band_label

        return (
            Column("Raison sociale", lambda row: row.legal_name or "(sans nom)"),
            Column("SIREN", lambda row: show_siren(row.siren), sample="000 000 000", key=lambda row: row.siren),
            Column("Commune", lambda row: row.city, sample="Sainte-Suzanne"),
            Column(
                "Effectif",
                lambda row: band_label(row.headcount_band) if row.headcount_band else "",
                sample="10 à 19 salariés",
                key=lambda row: row.headcount_band.replace("NN", "00"),
            ),
            Column(
                "Accomp.",
                lambda row: str(row.accompaniments or ""),
                key=lambda row: row.accompaniments,
                hint=lambda row: f"{row.accompaniments} accompagnement{'s' if row.accompaniments > 1 else ''}",
                right=True,
            ),
            Column(
                "Dernier le",
                lambda row: show_date(row.last_on),
                sample="00/00/0000",
                key=lambda row: row.last_on or date.min,
            ),
        )

    def rows(self, limit: int | None, offset: int) -> Sequence["CompanyRow"]:
        assert self._records is not None
        return self._records.search(self.search.text(), limit=limit, offset=offset)

    def record_id(self, row: "CompanyRow") -> str:
        return row.id

    def total(self) -> int:
        assert self._records is not None
        return self._records.count()

    def say_count(self, total: int) -> str:
        whole = f"{total} entreprise{'s' if total > 1 else ''}"
        return f"{self._model.known_count()} sur {whole}" if self.search.text() else whole

    def fill_record(self, record_id: str) -> None:
        from charte_desktop.model import identifiers
        from charte_desktop.store.history import History

        assert self._records is not None
        assert self.database is not None
        company = self._records.get(record_id)
        self.record_name.setText(company.legal_name or "(sans nom)")
        facts = [
            f"SIREN {identifiers.show_siren(company.siren)}" if company.siren else "sans SIREN",
            company.ape_code,
            company.city,
        ]
        self.record_line.setText(" · ".join(filter(None, facts)))
        self.sheet.show_fields(_fields(company))
        self.accompaniments.show_company(company)
        self.history.show_lines(History(self.database).of(record_id))


def _fields(company: "Company") -> list[ShownField]:
    from charte_desktop.model.company import new_company

    form = (
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
    fields = shown_fields(company, new_company(), form)
    needs = sorted({need.service_id for need in company.needs})
    return [*fields[:-1], ShownField("Besoins notés", service_text(needs)), fields[-1]]
