"""DER as it must be: every length minimal, every byte accounted for. Certificates and seals are read with it.

A lenient reader would let a byte be changed without a change of meaning; here each byte is part of what is checked.
"""

from collections.abc import Iterator
from dataclasses import dataclass

SEQUENCE, SET, INTEGER, BITS, OCTETS, IDENTIFIER = 0x30, 0x31, 0x02, 0x03, 0x04, 0x06


class BrokenDer(Exception):
    """These bytes are not the DER that was expected."""


@dataclass(frozen=True, eq=False)
class Element:
    """One tag with its length and content, inside `data`."""

    data: bytes
    tag: int
    start: int
    body: int
    end: int

    @property
    def content(self) -> bytes:
        return self.data[self.body : self.end]

    @property
    def whole(self) -> bytes:
        """With its tag and length."""
        return self.data[self.start : self.end]

    def children(self) -> list["Element"]:
        """What a constructed element holds."""
        if not self.tag & 0x20:
            raise BrokenDer("nothing inside")
        found, at = [], self.body
        while at < self.end:
            found.append(element_at(self.data, at, self.end))
            at = found[-1].end
        return found

    def reader(self) -> "Reader":
        """Its children, to be taken one after the other."""
        return Reader(self.children())


class Reader:
    """The children of an element, taken in order; `finish` refuses what was not taken."""

    def __init__(self, elements: list[Element]) -> None:
        self._elements = elements
        self._at = 0

    def take(self, tag: int) -> Element:
        """The next one, which must have `tag`."""
        found = self.take_if(tag)
        if not found:
            raise BrokenDer(f"tag {tag:#x} is wanted")
        return found

    def take_if(self, tag: int) -> Element | None:
        """The next one, if it has `tag`."""
        if self._at == len(self._elements) or self._elements[self._at].tag != tag:
            return None
        self._at += 1
        return self._elements[self._at - 1]

    def rest(self) -> Iterator[Element]:
        """All that is left."""
        while self._at < len(self._elements):
            self._at += 1
            yield self._elements[self._at - 1]

    def finish(self) -> None:
        """Refuse anything that is left."""
        if self._at != len(self._elements):
            raise BrokenDer("more than was expected")


def element_at(data: bytes, at: int, end: int) -> Element:
    """The element that begins at byte `at` and ends before `end`."""
    if end - at < 2:
        raise BrokenDer("cut short")
    tag, length, body = data[at], data[at + 1], at + 2
    if tag & 0x1F == 0x1F:
        raise BrokenDer("a tag that nobody needs here")
    if length >= 0x80:
        width = length & 0x7F
        if not 1 <= width <= 4 or end - body < width:
            raise BrokenDer("a length without sense")
        length = int.from_bytes(data[body : body + width])
        if length < 0x80 or length >> (8 * (width - 1)) == 0:
            raise BrokenDer("a length that is not minimal")
        body += width
    if length > end - body:
        raise BrokenDer("cut short")
    return Element(data, tag, at, body, body + length)


def only_element(data: bytes, tag: int) -> Element:
    """The one element that `data` is, with `tag`."""
    found = element_at(data, 0, len(data))
    if found.tag != tag or found.end != len(data):
        raise BrokenDer("not one element of that kind")
    return found
