"""Files of tables as they come, workbooks, delimited text and filled forms, read into rows of plain cells."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path

from charte_desktop.errors import UserError
from charte_desktop.exchange import delimited, filled_form, workbook_xml

Cell = str | int | float | bool | date | datetime | time | timedelta

MOST_COLUMNS = 1_000
_TEXT_SUFFIXES = frozenset({".csv", ".txt", ".tsv", ".tab", ".prn"})
_EXPECTED = "Choisissez un classeur (xlsx, xls, ods) ou un fichier texte (csv, txt)."


@dataclass
class Table:
    """A sheet of a workbook, or a whole delimited text."""

    name: str
    """The sheet's name; empty for a text file."""
    rows: list[list[Cell]]
    """From the first line of the sheet on, blank lines included: `rows[0]` is line 1. An empty cell is ""."""
    hidden: bool = False
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    """Merged ranges: first and last row, first and last column, counted from 0."""
    read_doubts: Callable[[], dict[tuple[int, int], tuple[str, str]]] = field(default=dict, repr=False)

    @cached_property
    def doubts(self) -> dict[tuple[int, int], tuple[str, str]]:
        """Cells read as empty that hold something, by (row, column) from 0: a formula never computed, an error value.

        Each with what stands there and a French sentence.
        """
        return self.read_doubts()


def cell_text(value: Cell) -> str:
    """What a cell says, as text: no `.0` after whole numbers, French dates, no space around."""
    if isinstance(value, str):
        return value.strip() if value else ""
    if isinstance(value, bool):
        return "VRAI" if value else "FAUX"
    if isinstance(value, float):
        if value == value and abs(value) < 1e16 and value == int(value):
            return str(int(value))
        return str(value).replace(".", ",") if abs(value) < 1e16 else str(value)
    if isinstance(value, datetime):
        day = value.strftime("%d/%m/%Y")
        return day if value.time() == time() else f"{day} {value:%H:%M}"
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    return str(value)


def column_letter(index: int) -> str:
    """The name of a column in a spreadsheet: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def read_workbook(path: Path) -> list[Table]:
    """Every sheet of `path`, hidden ones too, in its order.

    What the file is shows in its first bytes; its name only decides between text and nothing. Raises `UserError` for a
    file that is missing, locked, protected by a password, damaged, empty, or no table at all.
    """
    try:
        with path.open("rb") as file:
            start = file.read(8)
            content = b"" if start.startswith((b"PK", b"\xd0\xcf\x11\xe0")) else start + file.read()
    except FileNotFoundError:
        raise UserError(f"Le fichier « {path.name} » est introuvable. Vérifiez son nom et son dossier.") from None
    except IsADirectoryError:
        raise UserError(f"« {path.name} » est un dossier. {_EXPECTED}") from None
    except OSError as refused:
        raise UserError(
            f"Le fichier « {path.name} » ne peut pas être lu ({refused.strerror or 'accès refusé'}). "
            "Fermez-le dans les autres programmes, puis recommencez."
        ) from refused
    if not start.strip():
        raise UserError(f"Le fichier « {path.name} » est vide. {_EXPECTED}")
    if not content:
        return _sheets(path, start.startswith(b"PK"))
    if start.startswith((b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")):
        return _sheets(path, zipped=False)
    if start.startswith(b"%PDF"):
        return [Table("", filled_form.read_filled_form(path.name, content))]
    text = delimited.decode(content)
    if text is None or delimited.is_markup(text):
        raise UserError(f"Le fichier « {path.name} » n'est pas un tableau. {_EXPECTED}")
    rows = delimited.rows(text)
    if not any(cell.strip() for row in rows for cell in row):
        raise UserError(f"Le fichier « {path.name} » est vide. {_EXPECTED}")
    if max(map(len, rows)) > MOST_COLUMNS:
        raise UserError(f"Le fichier « {path.name} » a plus de {MOST_COLUMNS} colonnes. {_EXPECTED}")
    return [Table("", [list(row) for row in rows])]


def _sheets(path: Path, zipped: bool) -> list[Table]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    damaged = UserError(
        f"Le fichier « {path.name} » est endommagé ou n'est pas un classeur. "
        "Ouvrez-le dans le tableur, enregistrez-le à nouveau, puis recommencez."
    )
    if not zipped and workbook_xml.is_encrypted_container(path):
        raise _protected(path)
    sizes: dict[str, workbook_xml.SheetPart] = {}
    if zipped:
        kind, sizes = workbook_xml.inspect(path, damaged)
        if kind == "other":
            raise UserError(f"Le fichier « {path.name} » n'est pas un classeur. {_EXPECTED}")
        if kind == "encrypted":
            raise _protected(path)
    for part in sizes.values():
        if part.columns > MOST_COLUMNS or part.rows * part.columns > workbook_xml.MOST_CELLS:
            raise UserError(
                f"La feuille « {part.name} » est démesurée ({part.rows} lignes, {part.columns} colonnes). "
                "Supprimez les cellules isolées loin du tableau, puis recommencez."
            )
    try:
        tables = []
        with CalamineWorkbook.from_path(path) as book:
            for about in book.sheets_metadata:
                if about.typ is not SheetTypeEnum.WorkSheet:
                    continue
                sheet = book.get_sheet_by_name(about.name)
                merged = [(top, bottom, left, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or []]
                part_of = sizes.get(about.name)
                tables.append(
                    Table(
                        about.name,
                        sheet.to_python(skip_empty_area=False),
                        about.visible is not SheetVisibleEnum.Visible,
                        merged,
                        part_of.doubts if part_of else dict,
                    )
                )
    except PasswordError:
        raise _protected(path) from None
    except (CalamineError, OSError) as unreadable:
        raise damaged from unreadable
    if not any(any(cell != "" for cell in row) for table in tables for row in table.rows):
        raise UserError(f"Le classeur « {path.name} » est vide. Choisissez celui qui contient la liste.")
    return tables


def _protected(path: Path) -> UserError:
    return UserError(
        f"Le classeur « {path.name} » est protégé par un mot de passe. "
        "Ouvrez-le dans le tableur, enregistrez une copie sans mot de passe, puis choisissez cette copie."
    )
