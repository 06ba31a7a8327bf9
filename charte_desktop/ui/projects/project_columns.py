"""The columns of the projects: what a line shows, what an export writes, how the store orders it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from charte_desktop.ui.projects.project_panel import STATES
from charte_desktop.ui.projects.steps_part import mark_of
from charte_desktop.ui.record_table import Column

if TYPE_CHECKING:
    from charte_desktop.store.project_rows import ProjectRow


def project_columns() -> Sequence[Column["ProjectRow"]]:
    """All of them; those that are not chosen at first are one tick away."""
    from charte_desktop.model import reference
    from charte_desktop.model.display import show_date
    from charte_desktop.model.money import show_money

    return (
        Column("Projet", lambda row: row.title, order="title", hint=lambda row: f"{row.number} · {row.title}"),
        Column("Entreprise", lambda row: row.company, sample="Boulangerie du", order="company"),
        Column(
            "Où il en est",
            lambda row: row.standing.punctuality.value if row.is_open else row.state.value,
            sample="dans les temps",
            most_signs=1,
            order="state",
            signs=lambda row: [mark_of(row.standing.punctuality) if row.is_open else STATES[row.state]],
            hint=lambda row: f"{row.state.value}, {row.standing.words}",
        ),
        Column(
            "À venir",
            lambda row: show_date(row.next_due[1]) if row.next_due else "",
            sample="00/00/0000",
            order="due",
            hint=lambda row: f"{row.next_due[0]}, le {show_date(row.next_due[1])}" if row.next_due else "",
        ),
        Column("Prestataire", lambda row: row.provider, sample="Piton Web", order="provider", chosen=False),
        Column("État", lambda row: row.state.value, sample="Interrompu", order="state", chosen=False),
        Column("Numéro", lambda row: row.number, sample="PR-2026-000-00000", order="number", chosen=False),
        Column(
            "Prestations",
            lambda row: ", ".join(reference.service_label(one) for one in row.service_ids),
            sample="Création / refonte",
            order="services",
            chosen=False,
        ),
        Column("Commencé le", lambda row: _day(row.started_on), sample="00/00/0000", order="started_on", chosen=False),
        Column("Date de fin", lambda row: _day(row.end_on), sample="00/00/0000", order="end_on", chosen=False),
        Column(
            "Budget",
            lambda row: "" if row.budget is None else show_money(row.budget),
            sample="00 000,00 €",
            order="budget",
            right=True,
            chosen=False,
        ),
    )


def _day(day: object) -> str:
    from datetime import date

    from charte_desktop.model.display import show_date

    return show_date(day) if isinstance(day, date) else ""
