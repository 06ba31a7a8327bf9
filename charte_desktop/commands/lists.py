"""Lists that come in, and the register that goes out."""

import argparse
from collections.abc import Sequence
from contextlib import ExitStack, closing
from datetime import date
from typing import TYPE_CHECKING

from charte_desktop.commands.answer import Answer, WrongUse, ending_in, some
from charte_desktop.commands.opened_base import base_of, folder_of, opened
from charte_desktop.errors import UserError
from charte_desktop.result_file import ResultFile

if TYPE_CHECKING:
    from charte_desktop.exchange.provider_list import RecognisedList
    from charte_desktop.model.import_plan import ImportPlan, KnownRecords, ListKind


def import_providers(options: argparse.Namespace) -> Answer:
    """Read a list, say what becomes of each line, and unless it is a dry run enter it as one action."""
    from charte_desktop.model.import_plan import ListKind

    return _import(options, ListKind.PROVIDERS)


def import_companies(options: argparse.Namespace) -> Answer:
    """The same for a list of companies."""
    from charte_desktop.model.import_plan import ListKind

    return _import(options, ListKind.COMPANIES)


def _import(options: argparse.Namespace, kind: "ListKind") -> Answer:
    from charte_desktop.documents import workbooks
    from charte_desktop.store import backup
    from charte_desktop.store.provider_import import carry_out, known_records

    lists = _recognised(options, kind)
    with ExitStack() as opened:
        report = _report(options)
        if report is not None:
            opened.enter_context(report)
        if options.dry_run:
            plan = _trial(options, lists, kind)
        else:
            database = opened.enter_context(base_of(options))
            plan = _plan(options, lists, known_records(database, kind), database.today())
        if report is not None:  # what can fail, fails before the register is changed
            report.prepare(workbooks.import_report(plan))
        if not options.dry_run:
            backup.automatic_backup(database, "import")
            carry_out(database, plan)
        if report is not None:
            report.publish()
    return Answer(plan.to_json(), _import_summary(plan, options))


def _recognised(options: argparse.Namespace, kind: "ListKind") -> "list[RecognisedList]":
    from charte_desktop.exchange import provider_list, tables

    try:
        return provider_list.recognise(
            tables.read_workbook(options.file),
            sheet=options.sheet,
            header_row=options.header_row,
            mapping=_mapping(options.map),
            kind=kind,
        )
    except UserError as unusable:
        raise WrongUse(str(unusable)) from unusable


def _report(options: argparse.Namespace) -> ResultFile | None:
    if options.report is None:
        return None
    if options.report.exists() and options.report.samefile(options.file):
        raise WrongUse("Le rapport prendrait la place de la liste : donnez un autre nom après --report.")
    return ResultFile(ending_in(options.report, ".xlsx"))


def _trial(options: argparse.Namespace, lists: "list[RecognisedList]", kind: "ListKind") -> "ImportPlan":
    """What the import would do; nothing is written, not even a new base."""
    from charte_desktop.model.import_plan import KnownRecords
    from charte_desktop.store.database import Database, now
    from charte_desktop.store.provider_import import known_records

    if not Database.exists(folder_of(options)):
        return _plan(options, lists, KnownRecords(), now().date())
    with closing(opened(options)) as database:
        return _plan(options, lists, known_records(database, kind), database.today())


def _plan(
    options: argparse.Namespace, lists: "list[RecognisedList]", known: "KnownRecords", today: date
) -> "ImportPlan":
    from charte_desktop.exchange import provider_import

    return provider_import.plan(lists, known, options.file.name, today)


def _mapping(pairs: Sequence[str] | None) -> dict[str, str] | None:
    if not pairs:
        return None
    if not all("=" in pair for pair in pairs):
        raise WrongUse("--map s'écrit COLONNE=CHAMP, par exemple --map « Nom commercial=legal_name ».")
    return {column: name for column, _, name in (pair.rpartition("=") for pair in pairs)}


def _import_summary(plan: "ImportPlan", options: argparse.Namespace) -> str:
    counts, kind = plan.counts(), plan.kind
    words = {
        "read": some(counts["read"], "ligne lue", "lignes lues"),
        "created": f"{counts['created']} {kind.agree('créé', counts['created'])}",
        "updated": f"{counts['updated']} {kind.agree('mis', counts['updated'])} à jour",
        "unchanged": f"{counts['unchanged']} {kind.agree('inchangé', counts['unchanged'])}",
        "incomplete": f"{counts['incomplete']} à compléter",
        "duplicate": some(counts["duplicate"], "doublon", "doublons"),
        "left_out": some(counts["left_out"], "laissée de côté", "laissées de côté"),
    }
    lines = [*plan.findings, ", ".join(words[name] for name in counts) + "."]
    if options.dry_run:
        lines.append("Essai à blanc : rien n'a été écrit.")
    for line in plan.lines:
        told = "; ".join([line.reason, *(problem.message for problem in line.problems)]).strip("; ")
        if told:
            place = f"{line.sheet} ligne {line.row}".strip()
            lines.append(f"  {place} : {line.legal_name or '—'} : {told}")
    return "\n".join(lines)


def export_providers(options: argparse.Namespace) -> Answer:
    """The register as a spreadsheet or as delimited text."""
    from charte_desktop.documents import workbooks
    from charte_desktop.store.provider_register import ProviderRegister

    makers = {".csv": workbooks.provider_export_csv, ".xlsx": workbooks.provider_export_xlsx}
    with ResultFile(ending_in(options.output, *makers)) as export, base_of(options) as database:
        register = ProviderRegister(database)
        providers = register.all()
        export.write(makers[options.output.suffix.lower()](providers, database.today(), register.rule))
    return Answer(
        {"providers": len(providers), "file": str(options.output)},
        f"{some(len(providers), 'prestataire écrit', 'prestataires écrits')} dans {options.output}",
    )


def export_companies(options: argparse.Namespace) -> Answer:
    """The companies as a spreadsheet or as delimited text."""
    from charte_desktop.documents import workbooks
    from charte_desktop.store.company_records import CompanyRecords

    makers = {".csv": workbooks.company_export_csv, ".xlsx": workbooks.company_export_xlsx}
    with ResultFile(ending_in(options.output, *makers)) as export, base_of(options) as database:
        companies = CompanyRecords(database).all()
        export.write(makers[options.output.suffix.lower()](companies))
    return Answer(
        {"companies": len(companies), "file": str(options.output)},
        f"{some(len(companies), 'entreprise écrite', 'entreprises écrites')} dans {options.output}",
    )
