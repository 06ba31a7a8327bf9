"""The register and the report of an import as tables: csv for scripts, xlsx for people.

Nothing that came from a user is ever run by the program that opens the file, and nothing is taken for a number or a
date that is not one.
"""

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import StringIO

from charte_desktop.documents.page_style import show_day
from charte_desktop.documents.spreadsheet import (
    Value,
    cell,
    heading,
    island_time,
    new_book,
    on_one_line,
    prepare,
    saved,
    sheet_name,
)
from charte_desktop.model.company import Company
from charte_desktop.model.identity_text import FIELD_LABELS
from charte_desktop.model.import_plan import CHANGE_LABELS, ImportPlan, LineAction, PlannedLine
from charte_desktop.model.provider import Provider
from charte_desktop.model.validity import RenewalRule

EXPORT_COLUMNS = (
    "raison_sociale", "siren", "siret", "responsable_legal", "adresse", "code_postal", "commune", "code_insee",
    "telephones", "emails", "site_web", "code_ape", "nomenclature_ape", "nombre_employes", "tranche_effectif",
    "services", "references", "etat", "charte_signee_le", "notes",
)  # fmt: skip
"""The columns of the provider export, in order; scripts rely on them."""

_IDENTITY_COLUMNS = EXPORT_COLUMNS[: EXPORT_COLUMNS.index("services")]
COMPANY_EXPORT_COLUMNS = (*_IDENTITY_COLUMNS, "categorie_juridique", "notes")
"""The columns of the company export, in order; scripts rely on them."""

ACTION_LABELS = {
    LineAction.CREATED: "Créé",
    LineAction.UPDATED: "Mis à jour",
    LineAction.UNCHANGED: "Inchangé",
    LineAction.INCOMPLETE: "À compléter",
    LineAction.DUPLICATE: "Doublon",
    LineAction.LEFT_OUT: "Laissée de côté",
}
"""What became of a line, in words."""

_REPORT_COLUMNS = ("Ligne", "Résultat", "Motif")
_FREE_TEXT = frozenset(("raison_sociale", "responsable_legal", "adresse", "commune", "references", "notes"))
_RUNS = re.compile(r"[=@\t\r]|[+-].*[(|!]", re.DOTALL)
"""How a text begins that a spreadsheet would run. A plain "- site internet" or "+262…" is none."""
_STARTS_LIKE_A_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")
"""What a spreadsheet may run, or turn into a number: "-1+2", "+262692…"; the wide signs too."""
_WIDTHS = {
    "raison_sociale": 34,
    "adresse": 34,
    "emails": 34,
    "references": 40,
    "notes": 40,
    "services": 22,
    "Motif": 60,
}


def provider_export_csv(providers: Iterable[Provider], on: date, rule: RenewalRule) -> bytes:
    """The register as UTF-8 with BOM, `;`, one line per provider, in the columns of `EXPORT_COLUMNS`.

    States are those of `on`. Services, signatures and removals must be loaded. A free text that a spreadsheet would
    run as a formula gets an apostrophe in front; identifiers, telephones and e-mails stay bare.
    """
    return _export_csv(EXPORT_COLUMNS, (_export_row(provider, on, rule) for provider in providers))


def provider_export_xlsx(providers: Iterable[Provider], on: date, rule: RenewalRule) -> bytes:
    """The same columns as a workbook: header frozen, filter on, identifiers as text, dates as dates."""
    return _export_xlsx("Prestataires", EXPORT_COLUMNS, [_export_row(provider, on, rule) for provider in providers])


def company_export_csv(companies: Iterable[Company]) -> bytes:
    """The companies as UTF-8 with BOM, `;`, one line per company, in the columns of `COMPANY_EXPORT_COLUMNS`."""
    return _export_csv(COMPANY_EXPORT_COLUMNS, map(_company_row, companies))


def company_export_xlsx(companies: Iterable[Company]) -> bytes:
    """The same columns as a workbook: header frozen, filter on, identifiers as text."""
    return _export_xlsx("Entreprises", COMPANY_EXPORT_COLUMNS, [_company_row(company) for company in companies])


def import_report(plan: ImportPlan) -> bytes:
    """The list written back as a workbook, sheet by sheet, each line with what became of it and why.

    The cells that could not be read are tinted. A last sheet says how the list was read.
    """
    book = new_book()
    by_sheet: dict[str, list[PlannedLine]] = {}
    for line in plan.lines:
        by_sheet.setdefault(line.sheet, []).append(line)
    names: set[str] = {"lecture"}
    for name, lines in by_sheet.items():
        headers = list(dict.fromkeys(header for line in lines for header in line.cells))
        sheet = book.create_sheet(sheet_name(name, names))
        prepare(sheet, _widths((*_REPORT_COLUMNS, *headers)), len(lines), frozen="D2")
        sheet.append([heading(sheet, header) for header in (*_REPORT_COLUMNS, *headers)])
        for line in lines:
            doubtful = [problem.value for problem in line.problems if problem.value]
            cells = [cell(sheet, line.cells.get(header), doubtful) for header in headers]
            sheet.append([line.row, ACTION_LABELS[line.action], cell(sheet, _told(line)), *cells])
    summary = book.create_sheet("Lecture")
    summary.column_dimensions["A"].width = 90
    counts = [f"{ACTION_LABELS[action]} : {plan.counts()[action.value]}" for action in LineAction]
    for text in (f"Liste : {plan.source}", f"Lignes lues : {plan.counts()['read']}", *counts, *plan.findings):
        summary.append([cell(summary, text)])
    return saved(book)


def table_xlsx(title: str, columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """What is on screen, as a workbook: the columns shown, the rows in their order; header frozen, filter on.

    A text stays a text, be it "=1+1" or "012345679"; numbers and dates given as such can be added up and sorted.
    """
    kept = [list(row) for row in rows]
    book = new_book(title)
    sheet = book.create_sheet(sheet_name(title, set()))
    widths = [
        min(max([len(name) + 4, *(_length(row[place]) for row in kept)]) + 1.5, 60)
        for place, name in enumerate(columns)
    ]
    prepare(sheet, widths, len(kept), frozen="B2" if len(columns) > 1 else "A2")
    sheet.append([heading(sheet, name) for name in columns])
    for row in kept:
        sheet.append([cell(sheet, value) for value in row])
    return saved(book)


def table_csv(columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """The same as text that French Excel opens by a double click: UTF-8 with BOM, `;`, decimal comma, jj/mm/aaaa.

    One line a row. A text that a spreadsheet might run gets an apostrophe in front, titles too.
    """
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for row in (columns, *rows):
        writer.writerow([_harmless(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def _length(value: Value) -> int:
    return 16 if isinstance(value, date) else max(map(len, str(value or "").splitlines()), default=0)


def _harmless(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{island_time(value):%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return show_day(value)
    if isinstance(value, int | float | Decimal):
        return str(value).replace(".", ",")
    text = on_one_line(value, " / ")
    return f"'{text}" if _STARTS_LIKE_A_FORMULA.match(text) else text


def _widths(columns: Iterable[str]) -> list[float]:
    return [_WIDTHS.get(name, 16) for name in columns]


Row = list[str | int | date | None]


def _export_csv(columns: Sequence[str], rows: Iterable[Row]) -> bytes:
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        cells = []
        for column, value in zip(columns, row, strict=True):
            text = on_one_line(_shown(value), ", " if column == "adresse" else " / ")
            cells.append(f"'{text}" if column in _FREE_TEXT and _RUNS.match(text) else text)
        writer.writerow(cells)
    return out.getvalue().encode("utf-8-sig")


def _export_xlsx(title: str, columns: Sequence[str], rows: Sequence[Row]) -> bytes:
    book = new_book()
    sheet = book.create_sheet(title)
    prepare(sheet, _widths(columns), len(rows), frozen="B2")
    sheet.append([heading(sheet, name) for name in columns])
    for row in rows:
        sheet.append([cell(sheet, value) for value in row])
    return saved(book)


def _company_row(company: Company) -> Row:
    return [*_identity_row(company), company.legal_category, _notes(company)]


def _identity_row(one: Provider | Company) -> Row:
    return [
        one.legal_name,
        one.siren,
        one.siret,
        one.legal_representative,
        one.address,
        one.postal_code,
        one.city,
        one.commune_code,
        "|".join(one.phones),
        "|".join(one.emails),
        one.website,
        one.ape_code,
        one.ape_nomenclature,
        one.headcount,
        one.headcount_band,
    ]


def _notes(one: Provider | Company) -> str:
    """The notes, then what was typed and not understood: a value kept but not understood is never in its column."""
    not_understood = [f"{FIELD_LABELS.get(name, name)} non compris : {text}" for name, text in one.unread.items()]
    return "\n".join(filter(None, [one.notes, *not_understood]))


def _export_row(provider: Provider, on: date, rule: RenewalRule) -> Row:
    signed = [one for one in provider.signatures if one.signed_on <= on]
    binding = [one.signed_on for one in signed if one.binds_on(on, rule)]
    return [
        *_identity_row(provider),
        "|".join(provider.service_ids),
        provider.references,
        provider.state_on(on, rule).value,
        max(binding or [one.signed_on for one in signed if one.cancelled_on is None], default=None),
        _notes(provider),
    ]


def _told(line: PlannedLine) -> str:
    """Everything there is to say of a line: reason, problems, changes."""
    problems = [f"{FIELD_LABELS.get(one.field, one.field)} : {one.message}" for one in line.problems]
    changes = [
        f"{CHANGE_LABELS.get(name, name)} : {on_one_line(before, ', ') or '(vide)'} → {on_one_line(after, ', ')}"
        for name, (before, after) in line.changes.items()
    ]
    return "\n".join(filter(None, [line.reason, *problems, *changes]))


def _shown(value: str | int | date | None) -> str:
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)
