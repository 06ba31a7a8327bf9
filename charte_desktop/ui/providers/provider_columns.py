"""The columns of the register: what a line shows, what an export writes, how the store orders it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from charte_desktop.ui import marks
from charte_desktop.ui.record_table import Column

if TYPE_CHECKING:
    from charte_desktop.store.provider_rows import ProviderRow


def provider_columns() -> Sequence[Column["ProviderRow"]]:
    """All of them; those that are not chosen at first are one tick away."""
    from charte_desktop.model import reference
    from charte_desktop.model.display import show_date, show_headcount, show_phone, show_siren

    return (
        Column("Raison sociale", lambda row: row.legal_name or "(sans nom)", order="legal_name"),
        Column("SIREN", lambda row: show_siren(row.siren), sample="000 000 000", order="siren"),
        Column("Commune", lambda row: row.city, sample="Sainte-Suzanne", order="city"),
        Column(
            "Prestations",
            lambda row: str(len(row.service_ids) or ""),
            sample="16",
            order="services",
            signs=lambda row: marks.of_services(row.service_ids),
            hint=lambda row: "\n".join(reference.service_label(one) for one in row.service_ids),
            written=lambda row: " | ".join(reference.service_label(one) for one in row.service_ids),
        ),
        Column(
            "État",
            lambda row: row.state.value,
            sample="Prêt à signer",
            order="state",
            signs=lambda row: [marks.of_state(row.state)],
            hint=lambda row: f"{row.state.value} : {row.missing} à remplir" if row.missing else row.state.value,
        ),
        Column(
            "Responsable légal",
            lambda row: row.legal_representative,
            sample="Prénom Nom-Composé",
            order="legal_representative",
            chosen=False,
        ),
        Column("Code postal", lambda row: row.postal_code, sample="97400", order="postal_code", chosen=False),
        Column(
            "Téléphone",
            lambda row: ", ".join(map(show_phone, row.phones)),
            sample="0692 00 00 00",
            order="phones",
            chosen=False,
        ),
        Column(
            "E-mail",
            lambda row: ", ".join(row.emails),
            sample="contact@entreprise.re",
            order="emails",
            chosen=False,
        ),
        Column("Code APE", lambda row: row.ape_code, sample="62.01Z", order="ape_code", chosen=False),
        Column(
            "Employés",
            lambda row: show_headcount(row.headcount, row.headcount_band),
            sample="10 à 19 salariés",
            order="headcount",
            chosen=False,
        ),
        Column("Site internet", lambda row: row.website, sample="www.entreprise.re", order="website", chosen=False),
        Column(
            "Charte signée le",
            lambda row: show_date(row.signed_on),
            sample="00/00/0000",
            order="signed_on",
            chosen=False,
        ),
    )
