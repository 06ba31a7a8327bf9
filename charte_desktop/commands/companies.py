"""Companies: whether one may be offered the charter, its attestation, what was done over a period."""

import argparse
from typing import TYPE_CHECKING

from charte_desktop.commands.answer import DONE, REFUSED, Answer, ending_in, some
from charte_desktop.commands.opened_base import base_of
from charte_desktop.errors import UserError
from charte_desktop.result_file import ResultFile

if TYPE_CHECKING:
    from charte_desktop.model.company import Company
    from charte_desktop.store.database import Database


def charter_right(options: argparse.Namespace) -> Answer:
    """Whether the company with this SIREN was accompanied, when and how (C03, C04); exit code 0 for yes, 1 for no."""
    from charte_desktop.store.accompaniments import Accompaniments

    with base_of(options) as database:
        right = Accompaniments(database).right_of(options.siren, options.on)
    result = {
        "siren": right.siren,
        "legal_name": right.legal_name or None,
        "right": right.is_given,
        "on": right.on.isoformat(),
        "since": right.since.isoformat() if right.since else None,
        "accompaniments": [{"on": one.held_on.isoformat(), "kind": one.kind.name.lower()} for one in right.held],
    }
    return Answer(result, right.sentence, DONE if right.is_given else REFUSED)


def attestation(options: argparse.Namespace) -> Answer:
    """A numbered attestation that a company was accompanied (C03, C04)."""
    from charte_desktop.documents.attestation import attestation as drawn
    from charte_desktop.store.attestations import Attestations

    with ResultFile(ending_in(options.output, ".pdf")) as file, base_of(options) as database:
        company = _company(options, database)
        attestations = Attestations(database)
        issued = attestations.issue(company.id, drawn)
        file.write(attestations.pdf(issued.id))
    result = {
        "number": issued.number,
        "company": company.legal_name,
        "siren": company.siren,
        "accompaniments": len(issued.held),
        "file": str(options.output),
        "sha256": issued.pdf_sha256,
    }
    count = some(len(issued.held), "accompagnement", "accompagnements")
    return Answer(result, f"Attestation {issued.number} : {company.legal_name}, {count}, dans {options.output}")


def activity_report(options: argparse.Namespace) -> Answer:
    """What was done over a period, as a PDF or as a workbook whose formulas count."""
    from charte_desktop.documents.activity_report import ReportOccasion, activity_pdf
    from charte_desktop.documents.activity_workbook import activity_xlsx
    from charte_desktop.model.activity import Period, year_of
    from charte_desktop.store.activity import ActivityCounts

    with ResultFile(ending_in(options.output, ".pdf", ".xlsx")) as file, base_of(options) as database:
        year = year_of(options.until or database.today())
        period = Period(options.since or year.first, options.until or year.last)
        counts = ActivityCounts(database)
        occasion = ReportOccasion(
            made_at=database.clock(), adviser=database.adviser, demonstration=database.is_demonstration
        )
        activity = counts.whole(period)
        if options.output.suffix.lower() == ".pdf":
            file.write(activity_pdf(activity, occasion))
        else:
            file.write(activity_xlsx(counts.lines(period), period, occasion))
    result = {
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "accompaniments": activity.total,
        "companies": activity.companies,
        "file": str(options.output),
    }
    told = some(activity.total, "accompagnement", "accompagnements")
    return Answer(result, f"{told}, {period.in_words}, dans {options.output}")


def _company(options: argparse.Namespace, database: "Database") -> "Company":
    from charte_desktop.store.company_records import CompanyRecords

    found = CompanyRecords(database).find(options.company)
    if not found:
        raise UserError(f"Aucune entreprise ne répond à « {options.company} » : vérifiez le SIREN ou le nom.")
    if len(found) > 1:
        raise UserError(f"{len(found)} entreprises se nomment « {options.company} » : donnez le SIREN.")
    return found[0]
