"""The photo or the scan of a company's stamp, from the bytes of any file: a plain upright picture, or a sentence."""

import struct
import warnings
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from charte_desktop.errors import UserError

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_BYTES = 25_000_000
MOST_PIXELS = 60_000_000
LONGEST = 4_000
"""Pixels on the longer side that are kept: a stamp on a whole sheet of paper has 13 of them in a millimetre."""
SMALLEST = 12
"""Pixels on a side, below which there is nothing to see."""
FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF")
_CAMERA = (33434, 33437, 34855, 37386)
"""Exposure, aperture, sensitivity, focal length: what a scanner does not write."""
_PLAUSIBLE = (100.0, 1300.0)
"""Dots per inch that a scanner has; 72 and 96 are what programs write that know nothing."""
_EXIF = 0x8769

_OTHER_FILE = (
    "Ce fichier n'est pas une image que le programme sait lire : choisissez une image PNG, JPEG, TIFF, BMP ou WEBP."
)
_DAMAGED = "Cette image est abîmée et ne peut pas être lue : reprenez la photo, ou choisissez un autre fichier."
_HEIC = (
    "Les photos HEIC ne sont pas lues : dans le téléphone, choisissez le format « JPEG » ou « le plus compatible », "
    "ou faites une capture d'écran de la photo."
)
_TOO_LARGE = (
    "Cette image est trop grande ({what}) : reprenez la photo avec une taille plus petite, "
    "ou numérisez-la à 300 points par pouce."
)
_TOO_SMALL = "Cette image est trop petite pour un cachet : choisissez une image plus grande."


@dataclass(frozen=True, eq=False)
class Photo:
    """An upright picture without transparency."""

    width: int
    height: int
    pixels: bytes
    """Red, green and blue of each pixel, row by row from the top."""
    dots_per_inch: float | None = None
    """Of these pixels on the paper that was scanned; None when only a camera knows."""

    def image(self) -> "Image":
        """For Pillow."""
        from PIL import Image

        return Image.frombytes("RGB", (self.width, self.height), self.pixels)


def open_photo(content: bytes) -> Photo:
    """The picture in a file of at most 25 MB and 60 million pixels. Raises UserError for what is none."""
    if len(content) > MOST_BYTES:
        raise UserError(_TOO_LARGE.format(what=f"{len(content) // 1_000_000} Mo"))
    if not content:
        raise UserError("Ce fichier est vide : choisissez une image du cachet.")
    if content[4:8] == b"ftyp":
        raise UserError(_HEIC)
    from PIL import Image, UnidentifiedImageError

    with warnings.catch_warnings():
        # Pillow warns of what a file does not keep to, and of what is looked at here.
        warnings.simplefilter("ignore")
        try:
            return _read(content)
        except UnidentifiedImageError as fault:
            raise UserError(_OTHER_FILE) from fault
        except Image.DecompressionBombError as fault:
            raise UserError(_TOO_LARGE.format(what="plus de 170 millions de points")) from fault
        except (
            # What Pillow's readers raise when a file lies to them.
            OSError, SyntaxError, ValueError, TypeError, LookupError, AttributeError, EOFError, RuntimeError,
            ArithmeticError, AssertionError, MemoryError, struct.error, zlib.error,
        ) as fault:  # fmt: skip
            raise UserError(_DAMAGED) from fault


def _read(content: bytes) -> Photo:
    # Named one by one: Pillow would load its sixty readers, and those of other formats were looked at by fewer eyes.
    from PIL import (  # noqa: F401  (a reader registers itself)
        BmpImagePlugin,
        GifImagePlugin,
        Image,
        ImageOps,
        JpegImagePlugin,
        PngImagePlugin,
        TiffImagePlugin,
        WebPImagePlugin,
    )

    with Image.open(BytesIO(content), formats=FORMATS) as image:
        width, height = image.size
        if width * height > MOST_PIXELS:
            raise UserError(_TOO_LARGE.format(what=f"{width * height // 1_000_000} millions de points"))
        if min(width, height) < SMALLEST:
            raise UserError(_TOO_SMALL)
        dots = _dots_per_inch(image)
        # A JPEG is read several times faster at half its size.
        image.draft("RGB", (LONGEST, LONGEST))
        image.load()
        upright = ImageOps.exif_transpose(image)
        longer = max(upright.size)
        scale = min(LONGEST / longer, 1.0)
        if scale < 1:
            upright = _deep(upright) if upright.mode[0] in "IF" else upright
            upright = upright.convert("RGBA") if upright.mode in ("P", "PA", "1") else upright
            size = max(round(upright.width * scale), 1), max(round(upright.height * scale), 1)
            upright = upright.resize(size, Image.Resampling.BOX)
        if min(upright.size) < SMALLEST:
            raise UserError(_TOO_SMALL)
        flat = _flat(upright)
        return Photo(
            flat.width, flat.height, flat.tobytes(), dots * max(flat.size) / max(width, height) if dots else None
        )


def _dots_per_inch(image: "Image") -> float | None:
    """Of the file's own pixels, when a scanner tells it."""
    told = image.info.get("dpi")
    if not isinstance(told, tuple) or len(told) != 2:
        return None
    across, down = float(told[0]), float(told[1])
    taken = image.getexif().get_ifd(_EXIF)
    plausible = _PLAUSIBLE[0] <= across <= _PLAUSIBLE[1] and abs(across - down) <= across / 50
    return across if plausible and not any(tag in taken for tag in _CAMERA) else None


def _flat(image: "Image") -> "Image":
    """On white paper, in red, green and blue."""
    from PIL import Image

    if image.mode[0] in "IF":
        image = _deep(image)
    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        ink = image.convert("RGBA")
        white = Image.new("RGBA", ink.size, "white")
        return Image.alpha_composite(white, ink).convert("RGB")
    return image.convert("RGB")


def _deep(image: "Image") -> "Image":
    """Greys of more than a byte, in one byte: as they stand when they fit in it, else from the darkest to white."""
    grey = image.convert("F")
    _, brightest = grey.getextrema()
    assert isinstance(brightest, float | int)
    scale = 1.0 if brightest <= 255 else 255 / max(65535.0 if brightest <= 65535 else brightest, 1.0)
    return grey.point(lambda value: value * scale).convert("L")
