"""Formulas that stay alive in a workbook, with the values that they have today.

openpyxl writes a formula without its value: a program that only shows a file, or Excel before somebody allows it to
compute, would show nothing. The values are put in after it has written.
"""

import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from charte_desktop.documents.spreadsheet import Sheet, cell, heading

_CELL = re.compile(rb'<c r="([A-Z]+[0-9]+)"([^>]*)><f>(.*?)</f><v></v></c>', re.DOTALL)


@dataclass(frozen=True)
class Live:
    """A formula, without its equals sign, and what it gives."""

    formula: str
    value: int | float


@dataclass(frozen=True)
class Title:
    """The title of a column or of a part."""

    text: str


@dataclass(frozen=True)
class Month:
    """A cell that holds the first day of a month and shows the month's name."""

    first: date


Item = str | int | float | date | None | Live | Title | Month


class LiveSheet:
    """A sheet written row by row, that knows where its formulas are."""

    def __init__(self, book: Any, title: str) -> None:
        self.sheet: Sheet = book.create_sheet(title)
        self.title = title
        self.row = 0
        """The last row written, as the spreadsheet numbers it."""
        self.values: dict[str, int | float] = {}
        """What formulas give, by cell."""

    def append(self, items: Sequence[Item]) -> int:
        """Write a row; its number is given back."""
        from openpyxl.utils import get_column_letter

        self.row += 1
        made = []
        for place, item in enumerate(items, 1):
            if isinstance(item, Live):
                self.values[f"{get_column_letter(place)}{self.row}"] = item.value
            made.append(self._made(item))
        self.sheet.append(made)
        return self.row

    def _made(self, item: Item) -> Any:
        from openpyxl.cell import WriteOnlyCell

        if isinstance(item, Live):
            live = WriteOnlyCell(self.sheet, f"={item.formula}")
            live.number_format = "0"
            return live
        if isinstance(item, Title):
            return heading(self.sheet, item.text)
        if isinstance(item, Month):
            month = WriteOnlyCell(self.sheet)
            month.value = item.first
            month.number_format = "mmmm yyyy"
            return month
        return cell(self.sheet, item)


def with_values(content: bytes, sheets: Sequence[LiveSheet], place: Mapping[str, int]) -> bytes:
    """The workbook with the values of its formulas; `place` gives the number of each sheet's file."""
    by_file = {f"xl/worksheets/sheet{place[one.title]}.xml": one.values for one in sheets if one.values}
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for entry in before.infolist():
            data = before.read(entry)
            values = by_file.get(entry.filename)
            if values is not None:
                data = _CELL.sub(lambda found, known=values: _filled(found, known), data)  # type: ignore[misc]
            after.writestr(entry, data)
    return out.getvalue()


def _filled(found: "re.Match[bytes]", values: Mapping[str, int | float]) -> bytes:
    where, attributes, formula = found.groups()
    value = values.get(where.decode())
    if value is None:
        return found[0]
    return b'<c r="%s"%s><f>%s</f><v>%s</v></c>' % (where, attributes, formula, str(value).encode())
