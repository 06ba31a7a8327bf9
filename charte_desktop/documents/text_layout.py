"""Text as lines of a given width: cleaned of what cannot be printed, measured, wrapped, and shortened when too long.

Text from users is only ever measured and drawn: nothing in it is markup.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from charte_desktop.documents import right_to_left
from charte_desktop.documents.typefaces import REPLACEMENT, drawable, stand_in, typeface

ELLIPSIS = "…"
"""The mark of a text that was shortened to fit."""

Colour = tuple[float, float, float]

_PLAIN = re.compile("[ -~\u00a1-\u00ac\u00ae-\u017f–—‘’“”•…€\u00a0\u202f]*")
_SPACES = re.compile(" {2,}")
_BREAK_AFTER = frozenset("@/.-_,;:?&=+")
_KEPT_WORDS = 50_000


class Line(NamedTuple):
    """One line, ready to draw."""

    runs: tuple[tuple[str, str], ...]
    """Typeface key and text, from left to right. A line that ends with a word ends with a space, so that whoever
    reads the text aloud or copies it parts the words of two lines."""
    width: float
    """Points, without the last space."""


@dataclass(frozen=True, eq=False)
class Style:
    """How a text looks. Sizes in points."""

    size: float
    leading: float
    colour: Colour
    bold: bool = False

    @property
    def key(self) -> str:
        """The typeface's key."""
        return "Bold" if self.bold else "Regular"

    @cached_property
    def operators(self) -> str:
        """The PDF operators that choose the colour and the typeface."""
        red, green, blue = self.colour
        return f"{red:.3f} {green:.3f} {blue:.3f} rg /{self.key} {self.size:g} Tf"


class _Words(dict[str, float]):
    """Width of each word met, in thousandths of the type size."""

    def __init__(self, key: str) -> None:
        self.advances = typeface(key).advances

    def __missing__(self, word: str) -> float:
        advances = self.advances
        try:
            width = sum([advances[one] for one in word])
        except KeyError:
            width = sum([self.of_character(one) for one in word])
        if len(self) > _KEPT_WORDS:
            self.clear()
        self[word] = width
        return width

    def of_character(self, character: str) -> float:
        if character in self.advances:
            return self.advances[character]
        other = stand_in(character)
        return other.advances[character] if other else self.advances[REPLACEMENT]


_words: dict[str, _Words] = {}


def _widths(style: Style) -> _Words:
    key = style.key
    if key not in _words:
        _words[key] = _Words(key)
    return _words[key]


def clean(text: str) -> str:
    """`text` on one line, in composed letters, without what cannot be printed.

    Control characters and line ends become a space, invisible format characters go, lone surrogates, private and
    unassigned characters become the replacement mark. No-break spaces stay.
    """
    if not _PLAIN.fullmatch(text):
        text = "".join(map(_printable, unicodedata.normalize("NFC", text)))
    return (_SPACES.sub(" ", text) if "  " in text else text).strip(" ")


def _printable(character: str) -> str:
    if character in "\u00a0\u202f":
        return character
    kind = unicodedata.category(character)
    if kind in ("Cc", "Zl", "Zp", "Zs"):
        return " "
    if kind == "Cf" or 0xFE00 <= ord(character) <= 0xFE0F or 0x1F3FB <= ord(character) <= 0x1F3FF:
        return ""
    if kind in ("Cs", "Co", "Cn"):
        return REPLACEMENT
    if character in typeface("Regular").advances or stand_in(character):
        return character
    return drawable(character)


def width_of(text: str, style: Style) -> float:
    """Points that `text` takes on one line."""
    return _widths(style)[clean(text)] * style.size / 1000


def wrap(text: str, style: Style, width: float, max_lines: int = 0, indent: float = 0.0) -> list[Line]:
    """`text` in lines of at most `width` points; the first one starts `indent` points further.

    A word longer than a line is broken. With `max_lines`, what does not fit is cut and marked with an ellipsis.
    """
    text = clean(text)
    if not text:
        return []
    plain = _PLAIN.fullmatch(text) is not None
    from_right = not plain and right_to_left.reads_from_the_right(text)
    base_is_right = from_right and right_to_left.starts_from_the_right(text)
    if from_right:
        text = right_to_left.join(text)
    widths = _widths(style)
    scale = style.size / 1000
    limit = width / scale
    folded = list(_fold(text, widths, limit, limit - indent / scale))
    if max_lines and len(folded) > max_lines:
        room = limit if max_lines > 1 else limit - indent / scale
        folded[max_lines - 1 :] = [_shortened(folded[max_lines - 1][0], widths, room)]
    if plain:
        key = style.key
        return [Line(((key, one),), used * scale) for one, used in folded]
    return [_mixed(one, used * scale, style, from_right, base_is_right) for one, used in folded]


def one_line(text: str, style: Style, width: float) -> Line:
    """`text` on a single line, shortened when it is wider than `width` points."""
    lines = wrap(text, style, width, max_lines=1)
    return lines[0] if lines else Line((), 0.0)


def _fold(text: str, widths: _Words, limit: float, room: float) -> Iterator[tuple[str, float]]:
    """Lines of `text` with their widths; the first has `room`, the others `limit`, in thousandths of the type size."""
    space = widths.advances[" "]
    line: list[str] = []
    used = 0.0
    for word in text.split(" "):
        wide = widths[word]
        if line and used + space + wide <= room:
            line.append(word)
            used += space + wide
            continue
        if line:
            yield " ".join(line) + " ", used
            room = limit
        elif room < wide <= limit:
            yield "", 0.0
            room = limit
        while wide > room:
            cut = _cut(word, widths, room)
            yield word[:cut], widths[word[:cut]]
            word, room = word[cut:], limit
            wide = widths[word]
        line, used = [word], wide
    yield " ".join(line) + " ", used


def _cut(word: str, widths: _Words, room: float) -> int:
    """Where to break a word too long for a line: after the last sign that allows it, else where the line ends."""
    used = 0.0
    cut = 0
    for cut, character in enumerate(word):  # noqa: B007  (the place where the loop stops is what is wanted)
        used += widths.of_character(character)
        if used > room:
            break
    while cut > 1 and unicodedata.combining(word[cut]):
        cut -= 1
    for good in range(cut, max(cut // 2, 1), -1):
        if word[good - 1] in _BREAK_AFTER:
            return good
    return max(cut, 1)


def _shortened(text: str, widths: _Words, limit: float) -> tuple[str, float]:
    room = limit - widths[ELLIPSIS]
    used, kept = 0.0, 0
    for character in text:
        used += widths.of_character(character)
        if used > room:
            break
        kept += 1
    short = text[:kept].rstrip(" ,;:.") + ELLIPSIS  # the mark is wanted even when the line itself fits
    return short, sum(map(widths.of_character, short))


def _mixed(text: str, width: float, style: Style, from_right: bool, base_is_right: bool) -> Line:
    """A line that may hold other scripts, put in the order of the paper and cut into runs of one typeface."""
    if from_right and right_to_left.reads_from_the_right(text):
        text = right_to_left.in_order_of_the_line(text.rstrip(" "), base_is_right)
    return Line(tuple(_runs(text, style.key, _widths(style).advances)), width)


def _runs(text: str, key: str, advances: dict[str, float]) -> Iterator[tuple[str, str]]:
    run, run_key = "", key
    for character in text:
        other = None if character in advances else stand_in(character)
        wanted = other.key if other else key
        if wanted != run_key and run:
            yield run_key, run
            run = ""
        run, run_key = run + character, wanted
    if run:
        yield run_key, run
