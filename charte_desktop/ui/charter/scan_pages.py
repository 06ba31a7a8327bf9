"""The pages of a dropped scan as pictures: a PDF is drawn, images are opened."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from charte_desktop.errors import UserError
from charte_desktop.ui.files import read_file
from charte_desktop.ui.printing import open_pdf

if TYPE_CHECKING:
    from PIL.Image import Image

PICTURES = frozenset({".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".webp"})
_DOTS = 200
"""Per inch, at which the pages of a PDF are drawn to be read."""


@dataclass(frozen=True)
class Scan:
    """A scan as it will be kept."""

    name: str
    content: bytes
    pdf: bytes
    """What is shown of it."""


def scan_of(files: Sequence[Path]) -> tuple[Scan, "list[Image]"]:
    """One PDF or picture as it is; several pictures joined in a PDF, in the order of their names. For any thread.

    Refused: several files that are not all pictures, a file that is damaged or protected.
    """
    from charte_desktop.documents.safe_pages import safe_pages
    from charte_desktop.exchange.scanned_charter import joined, pictures_of

    if len(files) == 1 and files[0].suffix.lower() not in PICTURES:
        content = read_file(files[0])
        pages = safe_pages(content, files[0].name)
        return Scan(files[0].name, content, pages), list(drawn(pages, files[0].name))
    if not all(one.suffix.lower() in PICTURES for one in files):
        raise UserError("Déposez un seul PDF à la fois, ou seulement les images des pages d'une même charte.")
    pictures: list[Image] = []
    contents = []
    for file in sorted(files):
        contents.append(read_file(file))
        pictures += pictures_of(file.name, contents[-1])
    pdf = joined(pictures)
    if len(files) == 1:
        return Scan(files[0].name, contents[0], pdf), pictures
    return Scan(f"{sorted(files)[0].stem}.pdf", pdf, pdf), pictures


def drawn(pdf: bytes, name: str) -> "Iterator[Image]":
    """The pages of a PDF that `safe_pages` made, drawn. Refused: one that cannot be drawn."""
    from PIL import Image
    from PySide6.QtGui import QPainter
    from PySide6.QtPdf import QPdfDocument

    from charte_desktop.exchange.scanned_charter import MOST_PAGES

    owner = QObject()
    document = open_pdf(owner, pdf)
    if document.status() != QPdfDocument.Status.Ready or not document.pageCount():
        raise UserError(f"« {name} » ne se lit pas : le PDF est abîmé, vide ou protégé. Numérisez de nouveau.")
    for number in range(min(document.pageCount(), MOST_PAGES)):
        points = document.pagePointSize(number)
        scale = min(_DOTS / 72, 3_000 / max(points.width(), points.height(), 1))
        size = (points * scale).toSize()
        page = QImage(size, QImage.Format.Format_RGB32)
        page.fill(0xFFFFFFFF)
        painter = QPainter(page)
        painter.drawImage(0, 0, document.render(number, size))
        painter.end()
        grey = page.convertToFormat(QImage.Format.Format_Grayscale8)
        yield Image.frombytes(
            "L", (grey.width(), grey.height()), bytes(grey.constBits()), "raw", "L", grey.bytesPerLine()
        )
