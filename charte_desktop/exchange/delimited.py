"""Delimited text: which encoding, which separator, which cells."""

import csv
import io
import math
import re
from collections import Counter

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_SEPARATORS = (";", "\t", "|", ",")
_SAMPLE_LINES = 200
_DECLARED = re.compile(r"^\"?sep=(.)\"?\r?\n", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MARKUP = re.compile(r"\s*(?:<\?xml|<!doctype|<html|<\w+[ >].*</|\{\\rtf|\{\s*\"|%!PS)", re.IGNORECASE | re.DOTALL)


def decode(content: bytes) -> str | None:
    """The text of `content`; None for bytes that are no text.

    A BOM decides, else the zero bytes of UTF-16, else strict UTF-8, else cp1252: guessing by frequency goes wrong on
    short lists.
    """
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return _readable(content.decode(encoding, errors="replace"))
    for encoding in _by_zero_bytes(content[:4096]):
        return _readable(content.decode(encoding, errors="replace"))
    try:
        return _readable(content.decode())
    except UnicodeDecodeError:
        return _readable(content.decode("cp1252", errors="replace"))


def _by_zero_bytes(start: bytes) -> list[str]:
    if len(start) < 4 or 0 not in start:
        return []
    even, odd = start[0::2].count(0), start[1::2].count(0)
    half = len(start) // 2
    if odd > 0.4 * half and even < 0.05 * half:
        return ["utf-16-le"]
    return ["utf-16-be"] if even > 0.4 * half and odd < 0.05 * half else []


def _readable(text: str) -> str | None:
    """`text`, unless it is full of control characters: a picture, a program, a document."""
    start = text[:65536]
    strange = len(_CONTROL.findall(start)) + start.count("�")
    return None if strange * 50 > len(start) or start.startswith(("%PDF", "\x89PNG", "GIF8")) else text


def is_markup(text: str) -> bool:
    """True for a web page, an XML or JSON document, a rich text: readable, but no table."""
    return _MARKUP.match(text[:2000]) is not None


def rows(text: str) -> list[list[str]]:
    """The cells of a delimited text, blank lines included, so that `rows[n]` is the line n + 1 of the spreadsheet.

    A line feed inside quotes stays in its cell. The first line `sep=;` that some programs write is obeyed and not
    counted, as a spreadsheet does.
    """
    declared = _DECLARED.match(text)
    if declared:
        return _split(text[declared.end() :], declared[1])
    return _split(text, separator(text))


def separator(text: str) -> str:
    """The character that cuts the sample into the widest and most regular lines; `;` when none does."""
    sample = "\n".join(text[:200_000].splitlines()[:_SAMPLE_LINES])
    scored = [(_regularity(sample, one), -place, one) for place, one in enumerate(_SEPARATORS) if one in sample]
    best = max(scored, default=(0.0, 0, ";"))
    return best[2] if best[0] > 0 else ";"


def _regularity(sample: str, one: str) -> float:
    widths = [len(row) for row in _split(sample, one) if any(row)]
    if not widths:
        return 0.0
    counts = Counter(widths)
    return max(count / len(widths) * math.log2(width) for width, count in counts.items())


def _split(text: str, one: str) -> list[list[str]]:
    try:
        found = list(csv.reader(io.StringIO(text, newline=""), delimiter=one))
    except csv.Error:
        return _split_unquoted(text, one)
    # A quote opened and never closed swallows the rest of the list into one cell.
    if any(cell.count("\n") > 50 and cell.count(one) > 50 for row in found for cell in row if len(cell) > 500):
        return _split_unquoted(text, one)
    return found


def _split_unquoted(text: str, one: str) -> list[list[str]]:
    return [[cell.strip('"') for cell in line.split(one)] if line else [] for line in text.splitlines()]
