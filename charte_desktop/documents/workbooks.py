"""The register and the report of an import as tables: csv for scripts, xlsx for people.

Nothing that came from a user is ever run by the program that opens the file, and nothing is taken for a number or a
date that is not one.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

from charte_desktop.model.charter import RenewalRule
from charte_desktop.model.identity import FIELD_LABELS
from charte_desktop.model.import_plan import ImportPlan, LineAction, PlannedLine
from charte_desktop.model.provider import Provider

if TYPE_CHECKING:
    from openpyxl.cell import Cell

Sheet = Any
"""A worksheet of openpyxl that is only written; its stubs lack the filter and the column widths."""

EXPORT_COLUMNS = (
    "raison_sociale", "siren", "siret", "responsable_legal", "adresse", "code_postal", "commune", "code_insee",
    "telephones", "emails", "site_web", "code_ape", "nomenclature_ape", "nombre_employes", "tranche_effectif",
    "services", "references", "etat", "charte_signee_le", "notes",
)  # fmt: skip
"""The columns of the provider export, in order; scripts rely on them."""

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
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST_CELL = 32_767
"""Characters: the limit of Excel."""
_NO_SHEET_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f\ud800-\udfff]")
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
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(EXPORT_COLUMNS)
    for provider in providers:
        cells = []
        for column, value in zip(EXPORT_COLUMNS, _export_row(provider, on, rule), strict=True):
            text = _on_one_line(_shown(value), ", " if column == "adresse" else " / ")
            cells.append(f"'{text}" if column in _FREE_TEXT and _RUNS.match(text) else text)
        writer.writerow(cells)
    return out.getvalue().encode("utf-8-sig")


def provider_export_xlsx(providers: Iterable[Provider], on: date, rule: RenewalRule) -> bytes:
    """The same columns as a workbook: header frozen, filter on, identifiers as text, dates as dates."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Prestataires")
    rows = [_export_row(provider, on, rule) for provider in providers]
    _prepare(sheet, EXPORT_COLUMNS, len(rows), frozen="B2")
    sheet.append([_heading(sheet, name) for name in EXPORT_COLUMNS])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    return _saved(book)


def import_report(plan: ImportPlan) -> bytes:
    """The list written back as a workbook, sheet by sheet, each line with what became of it and why.

    The cells that could not be read are tinted. A last sheet says how the list was read.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    by_sheet: dict[str, list[PlannedLine]] = {}
    for line in plan.lines:
        by_sheet.setdefault(line.sheet, []).append(line)
    names: set[str] = {"lecture"}
    for name, lines in by_sheet.items():
        headers = list(dict.fromkeys(header for line in lines for header in line.cells))
        sheet = book.create_sheet(_sheet_name(name, names))
        _prepare(sheet, (*_REPORT_COLUMNS, *headers), len(lines), frozen="D2")
        sheet.append([_heading(sheet, header) for header in (*_REPORT_COLUMNS, *headers)])
        for line in lines:
            doubtful = [problem.value for problem in line.problems if problem.value]
            cells = [_cell(sheet, line.cells.get(header), doubtful) for header in headers]
            sheet.append([line.row, ACTION_LABELS[line.action], _cell(sheet, _told(line)), *cells])
    summary = book.create_sheet("Lecture")
    summary.column_dimensions["A"].width = 90
    counts = [f"{ACTION_LABELS[action]} : {plan.counts()[action.value]}" for action in LineAction]
    for text in (f"Liste : {plan.source}", f"Lignes lues : {plan.counts()['read']}", *counts, *plan.findings):
        summary.append([_cell(summary, text)])
    return _saved(book)


def _export_row(provider: Provider, on: date, rule: RenewalRule) -> list[str | int | date | None]:
    signed = [one for one in provider.signatures if one.signed_on <= on]
    binding = [one.signed_on for one in signed if one.binds_on(on, rule)]
    not_understood = [f"{FIELD_LABELS.get(name, name)} non compris : {text}" for name, text in provider.unread.items()]
    return [
        provider.legal_name,
        provider.siren,
        provider.siret,
        provider.legal_representative,
        provider.address,
        provider.postal_code,
        provider.city,
        provider.commune_code,
        "|".join(provider.phones),
        "|".join(provider.emails),
        provider.website,
        provider.ape_code,
        provider.ape_nomenclature,
        provider.headcount,
        provider.headcount_band,
        "|".join(provider.service_ids),
        provider.references,
        provider.state_on(on, rule).value,
        max(binding or [one.signed_on for one in signed if one.cancelled_on is None], default=None),
        "\n".join(filter(None, [provider.notes, *not_understood])),
    ]


def _told(line: PlannedLine) -> str:
    """Everything there is to say of a line: reason, problems, changes."""
    problems = [f"{FIELD_LABELS.get(one.field, one.field)} : {one.message}" for one in line.problems]
    changes = [
        f"{FIELD_LABELS.get(name, name)} : {_on_one_line(before, ', ') or '(vide)'} → {_on_one_line(after, ', ')}"
        for name, (before, after) in line.changes.items()
    ]
    return "\n".join(filter(None, [line.reason, *problems, *changes]))


def _shown(value: str | int | date | None) -> str:
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def _on_one_line(text: str, separator: str) -> str:
    lines = (line.strip() for line in _NO_XML.sub("\ufffd", text).splitlines())
    return separator.join(filter(None, lines))


def _cell(sheet: Sheet, value: str | int | date | None, doubtful: Sequence[str] = ()) -> "Cell | int | None":
    """A cell that shows `value` and runs nothing; tinted when it holds one of the `doubtful` texts."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import PatternFill

    if value is None or value == "":
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, date):
        day: Cell = WriteOnlyCell(sheet)
        day.value = value
        day.number_format = "dd/mm/yyyy"
        return day
    text = _NO_XML.sub("", value)
    if len(text) > _LONGEST_CELL:
        text = text[: _LONGEST_CELL - 1] + "…"
    cell: Cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"  # openpyxl makes a formula of "=…", an error of "#N/A"
    cell.number_format = "@"
    if text[:1] in "=+-@":
        cell.quotePrefix = True  # so that it stays a text when somebody edits it in Excel
    if any(one in value for one in doubtful):
        cell.fill = PatternFill("solid", fgColor="FFF4D6")
    return cell


def _heading(sheet: Sheet, text: str) -> "Cell":
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    cell: Cell = WriteOnlyCell(sheet, _NO_XML.sub("", text))
    cell.data_type = "s"
    cell.font = Font(bold=True)
    return cell


def _prepare(sheet: Sheet, headers: Sequence[str], rows: int, frozen: str) -> None:
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = frozen
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(headers))}{rows + 1}"
    for place, name in enumerate(headers, 1):
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS.get(name, 16)


def _sheet_name(name: str, taken: set[str]) -> str:
    """A name that Excel accepts: 31 characters, without the signs that it refuses, not one used already."""
    wanted = _NO_SHEET_NAME.sub(" ", name).strip("' ")[:31] or "Liste"
    for candidate in _numbered(wanted):
        if candidate.casefold() not in taken:
            taken.add(candidate.casefold())
            return candidate
    raise AssertionError("the numbers never end")


def _numbered(name: str) -> Iterator[str]:
    yield name
    number = 2
    while True:
        yield f"{name[:26]} ({number})"
        number += 1


def _saved(book: Any) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()
