"""Projects as tables: csv for scripts, xlsx for people; one line a project, money exact."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from io import StringIO

from charte_desktop.documents.spreadsheet import cell, heading, new_book, on_one_line, prepare, saved
from charte_desktop.model import reference
from charte_desktop.model.calendar import WorkingCalendar
from charte_desktop.model.engagements import matrix, open_clauses
from charte_desktop.model.money import as_decimal
from charte_desktop.model.project_dates import standing_of_project
from charte_desktop.model.project_facts import ProjectFacts
from charte_desktop.model.project_kinds import NoticeKind, StepKind
from charte_desktop.model.project_money import HORIZONS, budget_state, project_totals
from charte_desktop.model.project_rules import ProjectRules
from charte_desktop.model.project_state import state_of_project
from charte_desktop.model.validity import RenewalRule

PROJECT_EXPORT_COLUMNS = (
    "numero", "projet", "entreprise", "siren_entreprise", "prestataire", "siren_prestataire", "prestations", "etat",
    "ponctualite", "accompagnement_du", "commence_le", "fin_convenue", "livraison_prevue", "livre_le", "contact_le",
    "clos_le", "motif_cloture", "montants", "budget_initial", "budget", "total_12_mois", "total_36_mois", "facture",
    "depassements", "avis_cahier_des_charges", "avis_fin", "chef_de_projet", "clauses_ouvertes", "suite_de",
    "repris_par", "notes",
)  # fmt: skip
"""The columns of the project export, in order; scripts rely on them."""

_WIDTHS = {"projet": 32, "entreprise": 30, "prestataire": 30, "prestations": 34, "notes": 40, "clauses_ouvertes": 30}
_FREE_TEXT = frozenset(("projet", "entreprise", "prestataire", "motif_cloture", "chef_de_projet", "notes"))
Value = str | int | Decimal | date | None


def project_export_csv(
    projects: Iterable[ProjectFacts], today: date, calendar: WorkingCalendar, renewal: RenewalRule, rules: ProjectRules
) -> bytes:
    """UTF-8 with BOM, `;`, one line a project: dates ISO, money with a point, services as ids between `|`.

    A free text that a spreadsheet would run gets an apostrophe in front.
    """
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(PROJECT_EXPORT_COLUMNS)
    for facts in projects:
        row = _row(facts, today, calendar, renewal, rules, words=False)
        writer.writerow([_text(name, value) for name, value in zip(PROJECT_EXPORT_COLUMNS, row, strict=True)])
    return out.getvalue().encode("utf-8-sig")


def project_export_xlsx(
    projects: Sequence[ProjectFacts], today: date, calendar: WorkingCalendar, renewal: RenewalRule, rules: ProjectRules
) -> bytes:
    """The same columns as a workbook: header frozen, filter on, money as exact numbers, dates as dates."""
    book = new_book("Projets")
    sheet = book.create_sheet("Projets")
    widths = [_WIDTHS.get(name, 16) for name in PROJECT_EXPORT_COLUMNS]
    prepare(sheet, widths, len(projects), frozen="C2")
    sheet.append([heading(sheet, name) for name in PROJECT_EXPORT_COLUMNS])
    for facts in projects:
        row = _row(facts, today, calendar, renewal, rules, words=True)
        sheet.append([cell(sheet, value) for value in row])
    return saved(book)


def _row(
    facts: ProjectFacts,
    today: date,
    calendar: WorkingCalendar,
    renewal: RenewalRule,
    rules: ProjectRules,
    *,
    words: bool,
) -> list[Value]:
    money = budget_state(facts)
    totals = [project_totals(facts, months, today).whole for months in HORIZONS]
    delivery = facts.step(StepKind.DELIVERY)
    traces = matrix(facts, today, renewal, rules)
    services = [reference.service_label(one) for one in facts.service_ids] if words else list(facts.service_ids)
    unread = [f"{name} non compris : {text}" for name, text in facts.unread.items()]
    return [
        facts.number,
        facts.title,
        facts.company.name,
        facts.company.siren,
        facts.provider.name,
        facts.provider.siren,
        ("\n" if words else "|").join(services),
        state_of_project(facts).value,
        standing_of_project(facts, today, calendar, rules).punctuality.value,
        facts.accompanied_on,
        facts.started_on,
        facts.end_on,
        None if delivery is None else delivery.planned_end,
        facts.delivered_on,
        facts.done_on(StepKind.CALL),
        facts.closed_on,
        facts.closing_reason,
        facts.tax_basis.value,
        _euros(money.first),
        _euros(money.now),
        _euros(totals[0]),
        _euros(totals[1]),
        _euros(money.invoiced),
        len(facts.overruns),
        _received(facts, NoticeKind.SPECIFICATION),
        _received(facts, NoticeKind.END_OF_WORK),
        facts.provider_lead.name,
        " ".join(open_clauses(traces)),
        facts.predecessor[1] if facts.predecessor else "",
        facts.successor[1] if facts.successor else "",
        "\n".join(filter(None, [facts.notes, *unread])),
    ]


def _euros(cents: int | None) -> Decimal | None:
    return None if cents is None else as_decimal(cents)


def _received(facts: ProjectFacts, kind: NoticeKind) -> date | None:
    return max((one.received_on for one in facts.notices if one.kind is kind), default=None)


def _text(name: str, value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    text = on_one_line(str(value), " / ")
    return f"'{text}" if name in _FREE_TEXT and text[:1] in ("=", "+", "-", "@") else text
