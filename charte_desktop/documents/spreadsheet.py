"""Cells, sheets and csv texts of which nothing is ever run, nor taken for a number or a date that it is not."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

from charte_desktop.documents.page_style import REUNION

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell

Sheet = Any
"""A worksheet of openpyxl that is only written; its stubs lack the filter and the column widths."""
Value = str | int | float | Decimal | date | None
"""What a cell shows: a text stays a text, whatever it looks like; a moment is shown in the island's time."""

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST_CELL = 32_767
"""Characters: the limit of Excel."""
_NO_SHEET_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f\ud800-\udfff]")


def new_book(title: str = "") -> "Workbook":
    """A workbook to be written row by row."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.creator = "Charte Desktop"
    book.properties.title = _NO_XML.sub("", title)
    return book


def cell(sheet: Sheet, value: Value, doubtful: Sequence[str] = ()) -> "Cell | int | float | None":
    """A cell that shows `value` and runs nothing; tinted when it holds one of the `doubtful` texts."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import PatternFill

    if value is None or value == "":
        return None
    if isinstance(value, int | float):
        return value
    if isinstance(value, Decimal):
        amount: Cell = WriteOnlyCell(sheet)
        amount.value = value
        amount.number_format = "#,##0.00"
        return amount
    if isinstance(value, date):
        day: Cell = WriteOnlyCell(sheet)
        moment = isinstance(value, datetime)
        day.value = island_time(value) if isinstance(value, datetime) else value
        day.number_format = "dd/mm/yyyy hh:mm" if moment else "dd/mm/yyyy"
        return day
    text = _NO_XML.sub("", value)
    if len(text) > _LONGEST_CELL:
        text = text[: _LONGEST_CELL - 1] + "…"
    made: Cell = WriteOnlyCell(sheet, text)
    made.data_type = "s"  # openpyxl makes a formula of "=…", an error of "#N/A"
    made.number_format = "@"
    if text[:1] in "=+-@":
        made.quotePrefix = True  # so that it stays a text when somebody edits it in Excel
    if any(one in value for one in doubtful):
        made.fill = PatternFill("solid", fgColor="FFF4D6")
    return made


def island_time(moment: datetime) -> datetime:
    """A moment as the clocks of the island show it, without its zone: spreadsheets know none."""
    if moment.tzinfo is None:
        raise ValueError(f"naive datetime: {moment!r}")
    return moment.astimezone(REUNION).replace(tzinfo=None)


def heading(sheet: Sheet, text: str) -> "Cell":
    """The title of a column."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    made: Cell = WriteOnlyCell(sheet, _NO_XML.sub("", text))
    made.data_type = "s"
    made.font = Font(bold=True)
    return made


def prepare(sheet: Sheet, widths: Sequence[float], rows: int, frozen: str) -> None:
    """Freeze the panes above and left of `frozen`, filter `rows` lines under the header, set widths in characters."""
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = frozen
    if widths:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(widths))}{rows + 1}"
    for place, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width


def sheet_name(name: str, taken: set[str]) -> str:
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


def saved(book: "Workbook") -> bytes:
    """The file's bytes."""
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def on_one_line(text: str, separator: str) -> str:
    """The lines of a text on one, for a csv that scripts read line by line."""
    lines = (line.strip() for line in _NO_XML.sub("\ufffd", text).splitlines())
    return separator.join(filter(None, lines))
