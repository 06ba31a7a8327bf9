"""The columns of the tab Entreprises."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from charte_desktop.ui.record_table import Column

if TYPE_CHECKING:
    from charte_desktop.store.company_rows import CompanyRow


def company_columns() -> "Sequence[Column[CompanyRow]]":
    """Who, where, how many, and how often accompanied; the store orders by each."""
    from charte_desktop.model.display import show_date, show_siren
    from charte_desktop.model.reference import band_label

    return (
        Column("Raison sociale", lambda row: row.legal_name or "(sans nom)", order="legal_name"),
        Column("SIREN", lambda row: show_siren(row.siren), sample="000 000 000", order="siren"),
        Column("Commune", lambda row: row.city, sample="Sainte-Suzanne", order="city"),
        Column(
            "Effectif",
            lambda row: band_label(row.headcount_band) if row.headcount_band else "",
            sample="10 à 19 salariés",
            order="headcount_band",
            chosen=False,
        ),
        Column(
            "Accomp.",
            lambda row: str(row.accompaniments or ""),
            hint=lambda row: f"{row.accompaniments} accompagnement{'s' if row.accompaniments > 1 else ''}",
            right=True,
            order="accompaniments",
        ),
        Column("Dernier le", lambda row: show_date(row.last_on), sample="00/00/0000", order="last_on"),
        Column("Suite le", lambda row: show_date(row.next_on), sample="00/00/0000", order="next_on", chosen=False),
        Column("Suivi", lambda row: row.state.value, sample="Jamais accompagnée"),
    )
