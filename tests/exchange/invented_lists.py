"""Lists made for the tests in the manner of real ones, of companies that do not exist."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from stdnum import luhn

from charte_desktop.exchange import provider_import, provider_list, tables
from charte_desktop.model.import_plan import ImportPlan, KnownRecords, NewRecord, PlannedLine
from charte_desktop.model.provider import Provider

TODAY = date(2026, 11, 23)


def _checked(digits: str) -> str:
    return digits + luhn.calc_check_digit(digits)


S = [_checked(f"{200_000 + 13_717 * number:08d}") for number in range(20)]
"""SIRENs of a range that INSEE has not attributed."""


def siret(siren: str, establishment: int = 1) -> str:
    return _checked(f"{siren}{establishment:04d}")


def planned(path: Path, known: Sequence[Provider] = ()) -> ImportPlan:
    lists = provider_list.recognise(tables.read_workbook(path))
    return provider_import.plan(lists, KnownRecords(list(known)), path.name, TODAY)


def by_name(plan: ImportPlan) -> dict[str, NewRecord]:
    return {one.values["legal_name"]: one for one in plan.new}


def line_of(plan: ImportPlan, name: str) -> PlannedLine:
    return next(line for line in plan.lines if line.legal_name == name)


def text_file(path: Path, lines: Sequence[str], encoding: str = "utf-8") -> Path:
    path.write_bytes("\r\n".join(lines).encode(encoding))
    return path


def workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[object]]]) -> Path:
    book = Workbook()
    for sheet in list(book):
        book.remove(sheet)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path
