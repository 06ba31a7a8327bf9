"""The formulas are read by a small calculator of our own: what they give must be what stands in their cells."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import column_index_from_string

from charte_desktop.documents.activity_workbook import SUMMARY, activity_xlsx
from charte_desktop.model.activity import ActivityLines, year_of
from tests.documents.companies import LINES, OCCASION

YEAR = year_of(date(2026, 1, 1))


@pytest.fixture(scope="module")
def workbook() -> bytes:
    return activity_xlsx(LINES, YEAR, OCCASION)


class Calculator:
    """Counts as a spreadsheet does: COUNTIFS, SUM, MAX, MIN, EOMONTH."""

    def __init__(self, book: Any) -> None:
        self.book = book

    def cell(self, name: str) -> Any:
        value = self.book[SUMMARY][name.replace("$", "")].value
        if isinstance(value, str) and value.startswith("="):
            return self.formula(value[1:])
        return value.date() if isinstance(value, datetime) else value

    def formula(self, text: str) -> int:
        if text.startswith("SUM("):
            first, last = text[4:-1].split(":")
            letter, rows = first[0], range(int(first[1:]), int(last[1:]) + 1)
            if first[0] != last[0]:
                return sum(self.cell(f"{chr(one)}{first[1:]}") for one in range(ord(first[0]), ord(last[0]) + 1))
            return sum(self.cell(f"{letter}{row}") for row in rows)
        parts = re.findall(r"('[^']*'![^,]*),((?:[^,()]|\([^()]*(?:\([^()]*\)[^()]*)*\))+)", text[9:-1])
        columns = [self.column(where) for where, _ in parts]
        tests = [self.criterion(wanted) for _, wanted in parts]
        return sum(
            all(test(value) for test, value in zip(tests, row, strict=True)) for row in zip(*columns, strict=True)
        )

    def column(self, where: str) -> list[Any]:
        found = re.fullmatch(r"'(.*)'!\$([A-Z]+)\$(\d+):\$[A-Z]+\$(\d+)", where)
        assert found is not None
        sheet, letter, first, last = found.groups()
        place = column_index_from_string(letter)
        values = [self.book[sheet].cell(row, place).value for row in range(int(first), int(last) + 1)]
        return [value.date() if isinstance(value, datetime) else value for value in values]

    def criterion(self, wanted: str) -> Callable[[Any], bool]:
        operator, _, rest = wanted.partition("&")
        if not rest:
            return lambda value: value == operator.strip('"')
        limit = self.limit(rest)
        match operator.strip('"'):
            case ">=":
                return lambda value: value is not None and value >= limit
            case "<=":
                return lambda value: value is not None and value <= limit
        return lambda value: value == limit

    def limit(self, text: str) -> Any:
        found = re.fullmatch(r"(MAX|MIN)\((.*),(\$[A-Z]\$\d+)\)", text)
        if found is None:
            return self.cell(text)
        inner = found[2]
        if inner.startswith("EOMONTH("):
            first = self.cell(inner[8:].split(",")[0])
            one = date(first.year, first.month, monthrange(first.year, first.month)[1])
        else:
            one = self.cell(inner)
        return (max if found[1] == "MAX" else min)(one, self.cell(found[3]))


def test_every_formula_is_alive_and_its_cell_already_shows_what_it_gives(workbook: bytes) -> None:
    alive, shown = (openpyxl.load_workbook(BytesIO(workbook), data_only=only) for only in (False, True))
    calculator, count = Calculator(alive), 0
    for row in alive[SUMMARY].iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith("="):
                count += 1
                assert shown[SUMMARY][cell.coordinate].value == calculator.cell(cell.coordinate), cell.value
    assert count > 60


def test_a_narrower_period_is_counted_again(workbook: bytes) -> None:
    book = openpyxl.load_workbook(BytesIO(workbook))
    calculator = Calculator(book)
    assert calculator.cell("B7") == 4
    book[SUMMARY]["B4"].value = datetime(2026, 1, 20)  # noqa: DTZ001  (a spreadsheet knows no zone)
    assert calculator.cell("B7") == 2
    by_month = {book[SUMMARY].cell(row, 1).value: row for row in range(1, book[SUMMARY].max_row + 1)}
    january = by_month[datetime(2026, 1, 1)]  # noqa: DTZ001
    assert [calculator.cell(f"{letter}{january}") for letter in "BCDE"] == [2, 0, 0, 2]


def test_the_lines_are_there_and_nothing_of_them_is_run(workbook: bytes) -> None:
    book = openpyxl.load_workbook(BytesIO(workbook))
    assert book.sheetnames == [SUMMARY, "Accompagnements", "Besoins", "Fiches annuaires", "Ateliers", "Lecture"]
    held = book["Accompagnements"]
    assert [held.cell(2, place).value for place in range(2, 9)] == [
        "Diagnostic", "Entreprise 5", "489487926", "Saint-Paul", "Industrie", "Camille", None,
    ]  # fmt: skip
    assert (held["C5"].value, held["C5"].data_type) == ("=1+1", "s")
    assert held.auto_filter.ref == "A1:H5"


def test_a_period_without_a_line_still_opens() -> None:
    book = openpyxl.load_workbook(BytesIO(activity_xlsx(ActivityLines(), YEAR, OCCASION)), data_only=True)
    assert book[SUMMARY]["B7"].value == 0
