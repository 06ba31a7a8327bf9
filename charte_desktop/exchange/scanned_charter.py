"""The pages of a scanned charter: their codes, and several pictures as one document."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from charte_desktop.errors import UserError
from charte_desktop.model.paper_code import PageCode, read_page_text

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PAGES = 60
"""Pages of a scan that are looked at; a charter has about ten."""
_LARGEST_SIDE = 3_000
"""Pixels; a page of 600 dots per inch is looked at in half its size."""
_PAGE = 595.28, 841.89


@dataclass(frozen=True)
class ScanCodes:
    """What the codes of a scan say."""

    code: str
    """The charter's; empty when none was read, or several were."""
    found: tuple[int, ...] = ()
    """Numbers of the pages whose code was read, in order."""
    pages: int = 0
    """Pages that the charter has; 0 when that is not known."""
    others: tuple[str, ...] = ()
    """Codes of other charters among the same pages."""

    @property
    def missing(self) -> list[int]:
        """Numbers of the pages whose code was not read."""
        return [number for number in range(1, self.pages + 1) if number not in self.found]


def codes_on(picture: "Image") -> list[PageCode]:
    """The codes on one page, whichever way it lies."""
    import zxingcpp

    grey = picture.convert("L")
    grey.thumbnail((_LARGEST_SIDE, _LARGEST_SIDE))
    wanted = zxingcpp.barcode_formats_from_str("QRCode")
    read = [read_page_text(one.text) for one in zxingcpp.read_barcodes(grey, formats=wanted)]
    return [one for one in read if one is not None]


def codes_of(pages: Iterable["Image"]) -> ScanCodes:
    """What the codes of the pages say together; the charter that most pages belong to is the one."""
    by_code: dict[str, list[PageCode]] = {}
    for number, picture in enumerate(pages):
        if number >= MOST_PAGES:
            break
        for one in codes_on(picture):
            by_code.setdefault(one.code, []).append(one)
    if not by_code:
        return ScanCodes("")
    code = max(by_code, key=lambda one: len(by_code[one]))
    found = tuple(sorted({one.page for one in by_code[code]}))
    others = tuple(sorted(by_code.keys() - {code}))
    return ScanCodes(code, found, max(one.pages for one in by_code[code]), others)


def pictures_of(name: str, content: bytes) -> list["Image"]:
    """The pictures in an image file, one for each page of a scan in TIFF, upright. Refused: what is no picture."""
    from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

    try:
        with Image.open(BytesIO(content)) as image:
            frames = []
            for number, frame in enumerate(ImageSequence.Iterator(image)):
                if number >= MOST_PAGES:
                    break
                frames.append(ImageOps.exif_transpose(frame).convert("RGB"))
            return frames
    except Image.DecompressionBombError as huge:
        raise UserError(f"L'image « {name} » est démesurée : numérisez-la en 300 points par pouce.") from huge
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as damaged:
        raise UserError(f"« {name} » est abîmé ou n'est pas une image : numérisez de nouveau la page.") from damaged


def joined(pictures: Sequence["Image"]) -> bytes:
    """Several pictures as one PDF, a page each, on A4."""
    result = BytesIO()
    pages = []
    for picture in pictures:
        page = picture.copy()
        page.thumbnail((_LARGEST_SIDE, _LARGEST_SIDE))
        pages.append(page)
    dots = max(max(page.width / _PAGE[0], page.height / _PAGE[1]) for page in pages) * 72
    pages[0].save(result, "PDF", save_all=True, append_images=pages[1:], resolution=dots, quality=85)
    return result.getvalue()
