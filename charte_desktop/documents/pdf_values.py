"""The values of a PDF (names, numbers, strings, arrays, dictionaries), read within bounds and never repaired."""

import re
import zlib
from dataclasses import dataclass
from typing import NamedTuple

MOST_VALUES = 200_000
"""Values that one reader reads."""
_DEEPEST = 48
_LARGEST_PREDICTED = 4 * 2**20
_BLANKS = 4096
"""Bytes of blanks and comments between two values."""

SPACE = rb"[\x00\t\n\x0c\r ]{1,64}"
NO_MORE = rb"(?![^\x00\t\n\x0c\r ()<>\[\]{}/%])"
"""A word ends here."""
_BLANK = re.compile(rb"(?:[\x00\t\n\x0c\r ]+|%[^\r\n]*)*+")
_NAME = re.compile(rb"/([^\x00\t\n\x0c\r ()<>\[\]{}/%]*)")
_HEXADECIMAL = re.compile(rb"<([0-9A-Fa-f\x00\t\n\x0c\r ]*)>")
_REFERENCE = re.compile(rb"(\d{1,10})" + SPACE + rb"(\d{1,5})" + SPACE + rb"R" + NO_MORE)
_NUMBER = re.compile(rb"[+-]?(?:\d{1,15}(?:\.\d{0,20})?|\.\d{1,20})" + NO_MORE)
_WORD = re.compile(rb"(true|false|null)" + NO_MORE)
_TEXT_PART = re.compile(rb"[^()\\]+")
_OCTAL = re.compile(rb"[0-7]{1,3}")
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b""}


class BrokenPdf(Exception):
    """What is asked for cannot be read, or not within the bounds."""


class Name(str):
    """A PDF name, without its slash."""

    __slots__ = ()


class Reference(NamedTuple):
    """An indirect reference."""

    number: int
    generation: int


@dataclass(frozen=True, eq=False)
class Stream:
    """A stream: its dictionary, and where its bytes stand in the file."""

    entries: "dict[str, Value]"
    start: int
    end: int


Value = None | bool | int | float | Name | bytes | Reference | Stream | list["Value"] | dict[str, "Value"]


class ValueReader:
    """Reads values, until there have been far too many."""

    def __init__(self) -> None:
        self._values = 0

    def read(self, data: bytes, at: int, end: int) -> tuple[Value, int]:
        """The value that begins at byte `at`, blanks left aside, and where it ends, which is before `end`."""
        return self._value(data, at, end, 0)

    def _value(self, data: bytes, at: int, end: int, depth: int) -> tuple[Value, int]:
        self._values += 1
        if self._values > MOST_VALUES or depth > _DEEPEST:
            raise BrokenPdf("far too much to read")
        at = after_blanks(data, at, end)
        sign = data[at : at + 1]
        if sign == b"/":
            return self._name(data, at, end)
        if sign == b"<":
            if data[at + 1 : at + 2] == b"<":
                return self._dictionary(data, at + 2, end, depth)
            if found := _HEXADECIMAL.match(data, at, end):
                digits = found.group(1).translate(None, b"\x00\t\n\x0c\r ")
                return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii")), found.end()
        elif sign == b"[":
            return self._array(data, at + 1, end, depth)
        elif sign == b"(":
            return _text(data, at + 1, end)
        elif found := _REFERENCE.match(data, at, end):
            return Reference(int(found.group(1)), int(found.group(2))), found.end()
        elif found := _NUMBER.match(data, at, end):
            digits = found.group()
            return float(digits) if b"." in digits else int(digits), found.end()
        elif found := _WORD.match(data, at, end):
            return {b"true": True, b"false": False, b"null": None}[found.group(1)], found.end()
        raise BrokenPdf("no value")

    @staticmethod
    def _name(data: bytes, at: int, end: int) -> tuple[Name, int]:
        found = _NAME.match(data, at, end)
        if not found:
            raise BrokenPdf("no name")
        content = found.group(1)
        if b"#" in content:
            content = re.sub(rb"#([0-9A-Fa-f]{2})", lambda two: bytes.fromhex(two.group(1).decode()), content)
        return Name(content.decode("latin-1")), found.end()

    def _dictionary(self, data: bytes, at: int, end: int, depth: int) -> tuple[Value, int]:
        entries: dict[str, Value] = {}
        while True:
            at = after_blanks(data, at, end)
            if data.startswith(b">>", at, end):
                return entries, at + 2
            key, at = self._name(data, at, end)
            if key in entries:
                raise BrokenPdf("the same key twice")
            entries[key], at = self._value(data, at, end, depth + 1)

    def _array(self, data: bytes, at: int, end: int, depth: int) -> tuple[Value, int]:
        items: list[Value] = []
        while True:
            at = after_blanks(data, at, end)
            if data.startswith(b"]", at, end):
                return items, at + 1
            item, at = self._value(data, at, end, depth + 1)
            items.append(item)


def inflate(content: memoryview, limit: int) -> bytes:
    """A whole deflated stream, of at most `limit` bytes once inflated."""
    inflater = zlib.decompressobj()
    try:
        inflated = inflater.decompress(content, max(limit, 1))
    except zlib.error as fault:
        raise BrokenPdf("a stream that does not inflate") from fault
    if not inflater.eof or inflater.unused_data:
        raise BrokenPdf("a stream without end, or far too large")
    return inflated


def without_predictor(content: bytes, parameters: dict[str, Value]) -> bytes:
    """Undo the PNG predictor `Up`, the one that cross-reference streams use."""
    predictor = parameters.get("Predictor", 1)
    if predictor == 1:
        return content
    columns = parameters.get("Columns", 1)
    if type(columns) is not int or not 1 <= columns <= 64 or predictor not in range(10, 16):
        raise BrokenPdf("a predictor that nobody needs here")
    if len(content) > _LARGEST_PREDICTED:
        raise BrokenPdf("far too large a cross-reference stream")
    before = bytes(columns)
    rows = []
    for at in range(0, len(content) - columns, columns + 1):
        row = content[at + 1 : at + 1 + columns]
        if content[at] == 2:
            row = bytes((one + above) & 255 for one, above in zip(row, before, strict=True))
        elif content[at]:
            raise BrokenPdf("a predictor that nobody needs here")
        rows.append(row)
        before = row
    return b"".join(rows)


def after_blanks(data: bytes, at: int, end: int) -> int:
    """Where the blanks and comments that begin at byte `at` end."""
    blank = _BLANK.match(data, at, min(end, at + _BLANKS))
    return blank.end() if blank else at


def _text(data: bytes, at: int, end: int) -> tuple[bytes, int]:
    """A string between parentheses, of which `at` is the first byte inside."""
    parts: list[bytes] = []
    open_parentheses = 1
    while at < end:
        if part := _TEXT_PART.match(data, at, end):
            parts.append(part.group())
            at = part.end()
            continue
        sign = data[at : at + 1]
        at += 1
        if sign == b"\\":
            octal = _OCTAL.match(data, at, end)
            escaped = data[at : at + 1]
            parts.append(bytes([int(octal.group(), 8) & 255]) if octal else _ESCAPES.get(escaped, escaped))
            at = octal.end() if octal else at + 1 + (escaped == b"\r" and data[at + 1 : at + 2] == b"\n")
            continue
        open_parentheses += 1 if sign == b"(" else -1
        if not open_parentheses:
            return b"".join(parts), at
        parts.append(sign)
    raise BrokenPdf("a string without end")


def is_same(one: Value, other: Value) -> bool:
    """Whether two values are equal, and of the same kind at every depth: for Python `1` equals `true`."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(is_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(is_same, one, other))
    return one == other
