"""The embedded typefaces: what each can draw, how wide, and which one stands in for a missing letter."""

import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Any

from reportlab.pdfbase.ttfonts import TTFontFile

from charte_desktop.paths import resources

REPLACEMENT = "\ufffd"
"""What is drawn for a character that no shipped typeface has."""

_FILES = {
    "Regular": "NotoSans-Regular.ttf",
    "Bold": "NotoSans-Bold.ttf",
    "Hebrew": "NotoSansHebrew-Regular.ttf",
    "Arabic": "NotoSansArabic-Regular.ttf",
    "Tamil": "NotoSansTamil-Regular.ttf",
    "Symbols": "Symbola-subset.ttf",
    "Chinese": "DroidSansFallback-subset.ttf",
}
_STAND_INS = ("Hebrew", "Arabic", "Tamil", "Symbols", "Chinese")


@dataclass(frozen=True, eq=False)
class Typeface:
    """One font file, read once."""

    key: str
    """Its name in a page's font resources."""
    advances: dict[str, float]
    """Width of each character it can draw, in thousandths of the type size."""
    file: Any
    """The TTFontFile of reportlab, which has no type stubs."""


@cache
def typeface(key: str) -> Typeface:
    """The shipped typeface `key`; its file is read at the first call."""
    file = TTFontFile(str(resources() / "fonts" / _FILES[key]))
    widths = file.charWidths
    return Typeface(
        key, {chr(code): widths[code] for code in file.charToGlyph if code < 0xFFFF or code > 0x10000}, file
    )


@cache
def stand_in(character: str) -> Typeface | None:
    """The typeface that draws a character which the text typeface lacks, or None."""
    for key in _STAND_INS:
        if character in typeface(key).advances:
            return typeface(key)
    return None


def drawable(character: str) -> str:
    """A text that can be drawn for a character that no typeface has: its compatibility form, or a replacement mark."""
    main = typeface("Regular").advances
    plain = unicodedata.normalize("NFKC", character)
    return plain if plain != character and all(one in main or stand_in(one) for one in plain) else REPLACEMENT
