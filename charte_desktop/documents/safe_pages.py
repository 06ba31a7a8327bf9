"""A stranger's PDF made fit to be drawn: its pages alone, in a row, without what could keep a program busy for ever.

PDFium, which draws the previews, does not come back from a tree of pages that loops. qpdf does; so a file that was not
made here is rewritten before it is drawn.
"""

import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from charte_desktop.errors import UserError

if TYPE_CHECKING:
    from pikepdf import Object

LARGEST = 256 * 2**20
MOST_PAGES = 60
_MOST_CONTENT = 48 * 2**20
"""Bytes of a page's drawing instructions, inflated."""
_MOST_PIXELS = 150_000_000
"""Of one picture: a large page at 1,200 dots per inch."""
_MOST_OBJECTS, _DEEPEST = 500, 4


def safe_pages(pdf: bytes, name: str = "ce fichier") -> bytes:
    """The first pages of any PDF, to be drawn; without annotations, attachments, actions.

    Refused with a sentence: what is damaged, protected, endless or inflates beyond all measure.
    """
    from pikepdf import PasswordError, Pdf, PdfError
    from pikepdf import open as open_pdf

    if len(pdf) > LARGEST:
        raise UserError(f"« {name} » est démesuré ({len(pdf) // 2**20} Mo) : il n'est pas dessiné.")
    result = BytesIO()
    try:
        with open_pdf(BytesIO(pdf)) as source, Pdf.new() as shown:
            for number, page in enumerate(source.pages):
                if number == MOST_PAGES:
                    break
                if "/Annots" in page:
                    del page["/Annots"]
                if not _is_bounded(page.obj):
                    raise UserError(f"« {name} » contient une page démesurée : il n'est pas dessiné.")
                shown.pages.append(page)
            if not shown.pages:
                raise UserError(f"« {name} » n'a pas de page : choisissez un autre fichier.")
            shown.save(result)
    except PasswordError as protected:
        raise UserError(f"« {name} » est protégé par un mot de passe : il ne se lit pas.") from protected
    except (PdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as damaged:
        raise UserError(
            f"« {name} » ne se lit pas : le PDF est abîmé, vide ou incomplet. Redemandez-le, ou numérisez de nouveau."
        ) from damaged
    return result.getvalue()


def _is_bounded(page: "Object") -> bool:
    total = 0
    for stream in _streams(page):
        if stream.get("/Subtype") == "/Image":
            if int(stream.get("/Width", 0)) * int(stream.get("/Height", 0)) > _MOST_PIXELS:
                return False
        else:
            total += _inflated(stream)
            if total > _MOST_CONTENT:
                return False
    return True


def _streams(page: "Object") -> Iterator["Object"]:
    """The page's instructions, and what they draw with: pictures, and forms with their own."""
    from pikepdf import Array, Dictionary, Stream

    contents = page.get("/Contents")
    waiting: list[tuple[Any, int]] = [
        (one, 0) for one in (list(contents) if isinstance(contents, Array) else [contents])
    ]
    waiting.append((page.get("/Resources"), 0))
    looked_at = 0
    while waiting and looked_at < _MOST_OBJECTS:
        one, depth = waiting.pop()
        looked_at += 1
        if isinstance(one, Stream):
            yield one
            one = one.get("/Resources")
        if isinstance(one, Dictionary) and depth < _DEEPEST:
            drawn = one.get("/XObject")
            if isinstance(drawn, Dictionary):
                waiting += [(form, depth + 1) for _, form in drawn.items()]


def _inflated(stream: "Object") -> int:
    """How many bytes a stream becomes, or more than is allowed; other filters than Flate hardly inflate."""
    raw = stream.read_raw_bytes()
    filters = stream.get("/Filter")
    if filters is None or "/Fl" not in repr(filters):
        return len(raw)
    try:
        return len(zlib.decompressobj().decompress(raw, _MOST_CONTENT + 1))
    except zlib.error:
        return len(raw)
