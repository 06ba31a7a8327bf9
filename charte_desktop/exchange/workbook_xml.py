"""What a zipped workbook says beside its values: its real size, formulas never computed, error values.

The fast reader gives an empty cell for both, and lays out the whole rectangle between the first and the last cell: one
cell in the last row of the last column costs it 24 GB, so the size is looked at before.
"""

import html
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from charte_desktop.errors import UserError

MOST_CELLS = 20_000_000
"""About 50 times the largest list in sight; beyond it a stray cell in a far corner would fill the memory."""
_COLUMNS_TO_ZZ = 702
_LARGEST_PART = 400_000_000
"""Bytes of one sheet once unpacked; a list of 100,000 lines takes 80 million."""
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_FAR_COLUMN = re.compile(rb'<(?:\w+:)?c r="([A-Z]{3,})\d[^>]*(?<!/)>')
_FAR_PERHAPS = re.compile(rb'c r="[A-Z]{3}')
"""Beginning with a plain text, it is looked for four times as fast; in nearly every file there is none."""
_NEAR_COLUMN = re.compile(rb'<(?:\w+:)?c r="([A-Z]{1,2})\d')
_LAST_ROW = re.compile(rb'<(?:\w+:)?row [^>]*?\br="(\d+)"')
_ODD_CELL = re.compile(
    rb"<(?:\w+:)?c ([^>]*?)(?<!/)>((?:(?!</(?:\w+:)?c>).)*)</(?:\w+:)?c>",
    re.DOTALL,
)
_REFERENCE = re.compile(rb'\br="([A-Z]+)(\d+)"')
_STORED = re.compile(rb"<(?:\w+:)?v>[^<]|<(?:\w+:)?is>")


@dataclass
class SheetPart:
    """One sheet inside the file."""

    path: Path
    part: str
    name: str
    rows: int
    columns: int

    def doubts(self) -> dict[tuple[int, int], tuple[str, str]]:
        """Cells that give no value though they hold something: what, and a sentence; by (row, column) from 0."""
        with zipfile.ZipFile(self.path) as archive:
            xml = archive.read(self.part)
        if b"<f" not in xml and b":f" not in xml and b't="e"' not in xml:
            return {}
        found = {}
        for cell in _ODD_CELL.finditer(xml):
            attributes, inside = cell.groups()
            place = _REFERENCE.search(attributes)
            if place is None:
                continue
            if b't="e"' in attributes:
                error = re.search(rb"<(?:\w+:)?v>([^<]*)<", inside)
                shown = error[1].decode(errors="replace") if error else "erreur"
                message = "La cellule contient une erreur du tableur. Saisissez la valeur."
            elif (
                re.search(rb"<(?:\w+:)?f[ />]", inside) and not _STORED.search(inside) and b't="str"' not in attributes
            ):
                formula = re.search(rb"<(?:\w+:)?f\b[^>]*>([^<]*)<", inside)
                shown = "=" + (html.unescape(formula[1].decode(errors="replace")) if formula else "")
                message = (
                    "La cellule contient une formule dont le résultat n'est pas enregistré. "
                    "Ouvrez le classeur dans le tableur et enregistrez-le, ou saisissez la valeur."
                )
            else:
                continue
            found[int(place[2]) - 1, column_index(place[1].decode())] = shown, message
        return found


def column_index(letters: str) -> int:
    """The place of a column, from 0: A is 0, AA is 26."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


def is_encrypted_container(path: Path) -> bool:
    """True for the container that Office puts around a workbook with a password to open it."""
    content = path.read_bytes()
    return "EncryptedPackage".encode("utf-16-le") in content or "EncryptionInfo".encode("utf-16-le") in content


def inspect(path: Path, damaged: UserError) -> tuple[str, dict[str, SheetPart]]:
    """What a zip file is (`workbook`, `encrypted`, `other`) and the sheets of an xlsx by name. Raises `damaged`."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if any(entry.file_size > _LARGEST_PART for entry in archive.infolist()):
                raise damaged
            if "mimetype" in names:
                return _open_document(archive, names), {}
            if "xl/workbook.bin" in names:
                return "workbook", {}
            if "xl/workbook.xml" not in names:
                return "other", {}
            return "workbook", {part.name: part for part in _sheet_parts(path, archive, names)}
    except (zipfile.BadZipFile, zlib.error, ElementTree.ParseError, KeyError, EOFError, OSError, ValueError) as error:
        raise damaged from error
    except (NotImplementedError, RuntimeError) as error:
        raise damaged from error


def _open_document(archive: zipfile.ZipFile, names: set[str]) -> str:
    if b"opendocument.spreadsheet" not in archive.read("mimetype"):
        return "other"
    manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
    return "encrypted" if b"encryption-data" in manifest else "workbook"


def _sheet_parts(path: Path, archive: zipfile.ZipFile, names: set[str]) -> list[SheetPart]:
    targets = {
        relation.get("Id", ""): relation.get("Target", "")
        for relation in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    }
    parts = []
    for element in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter():
        if not element.tag.endswith("}sheet"):
            continue
        target = targets.get(element.get(_RELATION) or element.get(_STRICT_RELATION) or "", "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part in names and "worksheets" in part:
            xml = archive.read(part)
            parts.append(SheetPart(path, part, element.get("name", ""), *_size(xml)))
    return parts


def _size(xml: bytes) -> tuple[int, int]:
    """Rows and columns really used; the `dimension` that writers declare is often wrong.

    Up to column ZZ, the columns are counted only in a sheet so long that they matter.
    """
    last_rows = _LAST_ROW.findall(xml, max(xml.rfind(b"<row "), xml.rfind(b":row ") - 20, 0))
    rows = max((int(one) for one in last_rows), default=0)
    found_far = set(_FAR_COLUMN.findall(xml)) if _FAR_PERHAPS.search(xml) else ()
    far = {column_index(found.decode()) + 1 for found in found_far}
    if not far and rows * _COLUMNS_TO_ZZ > MOST_CELLS:
        far = {column_index(found.decode()) + 1 for found in set(_NEAR_COLUMN.findall(xml))}
    return rows, max(far, default=0)
