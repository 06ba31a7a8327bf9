"""One revision of a PDF read from its bytes, with every effort bounded: for files that somebody else may have made.

Only what is asked for is read. There is no repair: what a conforming program would not have written raises `BrokenPdf`,
and so does what would cost too much (a loop, a deep nesting, a stream that inflates without end).
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from charte_desktop.documents.pdf_values import (
    MOST_VALUES,
    NO_MORE,
    SPACE,
    BrokenPdf,
    Reference,
    Stream,
    Value,
    ValueReader,
    after_blanks,
    inflate,
    without_predictor,
)

_INFLATED = 32 * 2**20
"""Bytes inflated in one revision."""
_OBJECT = 2 * 2**20
"""Bytes of one object, its stream left aside."""
_READ = 64 * 2**20
"""Bytes of the objects read in one revision."""
_SECTIONS = 32
_SUBSECTIONS = 4096
_PAGE_TREE_NODES = 5000

_HEAD = re.compile(rb"(\d{1,10})" + SPACE + rb"(\d{1,5})" + SPACE + rb"obj" + NO_MORE)
_STREAM = re.compile(rb"stream\r?\n")
_STREAM_END = re.compile(rb"\r?\n?endstream")
_END = re.compile(rb"startxref" + SPACE + rb"(\d{1,12})" + SPACE + rb"%%EOF[\x00\t\n\x0c\r ]*\Z")
_SUBSECTION = re.compile(rb"(\d{1,10}) (\d{1,10}) ?(?:\r\n|\r|\n)")
_ENTRY = re.compile(rb"(\d{10}) (\d{5}) ([nf])(?: \r| \n|\r\n)")


class _InFile(NamedTuple):
    offset: int


class _InStream(NamedTuple):
    stream: int
    place: int


@dataclass
class _Section:
    """One cross-reference section, its entries left where they are until one is asked for."""

    trailer: dict[str, Value]
    starts: list[int] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    """Where the entries of each subsection begin: in the file, or in `rows`."""
    rows: bytes = b""
    widths: tuple[int, int, int] = (0, 0, 0)

    def place(self, number: int) -> int | None:
        """Where the entry of object `number` stands, counted from the beginning of its subsections' home."""
        at = bisect_right(self.starts, number) - 1
        if at < 0 or number - self.starts[at] >= self.counts[at]:
            return None
        return self.places[at] + (number - self.starts[at]) * (sum(self.widths) or 20)

    def numbers(self) -> Iterator[int]:
        """Every object number it speaks of."""
        for start, count in zip(self.starts, self.counts, strict=True):
            yield from range(start, start + count)


class Revision:
    """A PDF as it stood when it ended at byte `end`."""

    def __init__(self, pdf: bytes, end: int) -> None:
        self.pdf = pdf
        self.end = end
        self._reader = ValueReader()
        self._inflated = 0
        self._read = 0
        self._cache: dict[int, Value] = {}
        self._reading: set[int] = set()
        self._bundles: dict[int, tuple[bytes, list[int]]] = {}
        tail = _END.search(pdf, max(0, end - 1024), end)
        if not tail:
            raise BrokenPdf("no end")
        self.start_of_table = int(tail.group(1))
        self._sections = self._read_sections()
        self.trailer = self._sections[0].trailer

    @property
    def root(self) -> dict[str, Value]:
        """The document catalog."""
        return self.entries(self.trailer.get("Root"))

    def resolve(self, value: Value) -> Value:
        """What a reference leads to, and any other value itself."""
        for _ in range(8):
            if not isinstance(value, Reference):
                return value
            value = self.load(value.number)
        raise BrokenPdf("references without end")

    def entries(self, value: Value) -> dict[str, Value]:
        """A dictionary, or that of a stream."""
        found = self.resolve(value)
        if isinstance(found, Stream):
            return found.entries
        if not isinstance(found, dict):
            raise BrokenPdf("a dictionary is wanted")
        return found

    def items(self, value: Value) -> list[Value]:
        """An array; none at all is an empty one."""
        found = self.resolve(value)
        if found is None:
            return []
        if not isinstance(found, list):
            raise BrokenPdf("an array is wanted")
        return found

    def holds(self, number: int) -> bool:
        """Whether object `number` exists in this revision."""
        return self._locate(number) is not None

    def load(self, number: int) -> Value:
        """Object `number`; None when there is none."""
        if number in self._cache:
            return self._cache[number]
        if number in self._reading:
            raise BrokenPdf("an object that needs itself")
        self._reading.add(number)
        try:
            place = self._locate(number)
            if isinstance(place, _InStream):
                value = self._bundled(number, place)
            else:
                value = None if place is None else self._object_at(place.offset, number)[0]
        finally:
            self._reading.discard(number)
        self._cache[number] = value
        return value

    def inflated(self, stream: Stream, limit: int = _INFLATED) -> bytes:
        """The content of a stream: as it stands, or deflated once."""
        filters = self.resolve(stream.entries.get("Filter"))
        if isinstance(filters, list) and len(filters) == 1:
            filters = self.resolve(filters[0])
        limit = min(limit, _INFLATED - self._inflated)
        raw = memoryview(self.pdf)[stream.start : stream.end]
        if filters is None or filters == []:
            if len(raw) > limit:
                raise BrokenPdf("far too large a stream")
            self._inflated += len(raw)
            return bytes(raw)
        if filters != "FlateDecode":
            raise BrokenPdf("a filter that nobody needs here")
        content = inflate(raw, limit)
        self._inflated += len(content)
        parameters = self.resolve(stream.entries.get("DecodeParms"))
        if isinstance(parameters, list):
            parameters = self.resolve(parameters[0]) if len(parameters) == 1 else None
        return without_predictor(content, parameters) if isinstance(parameters, dict) else content

    def pages(self) -> list[int]:
        """The object numbers of the pages, in their order."""
        found: list[int] = []
        seen: set[int] = set()
        waiting = [self.root.get("Pages")]
        while waiting:
            node = waiting.pop()
            if not isinstance(node, Reference) or node.number in seen or len(seen) > _PAGE_TREE_NODES:
                raise BrokenPdf("a page tree that loops, or far too large")
            seen.add(node.number)
            entries = self.entries(node)
            if "Kids" in entries:
                waiting += reversed(self.items(entries["Kids"]))
            else:
                found.append(node.number)
        return found

    def later_numbers(self, earlier_end: int, limit: int) -> set[int]:
        """The object numbers, at most `limit`, of which cross-reference sections after byte `earlier_end` speak."""
        found: set[int] = set()
        for section, offset in zip(self._sections, self._section_offsets, strict=True):
            if offset >= earlier_end:
                for number in section.numbers():
                    if len(found) >= limit:
                        return found
                    if number:
                        found.add(number)
        return found

    # -- the cross-reference sections --------------------------------------------------------------------------------

    def _read_sections(self) -> list[_Section]:
        sections: list[_Section] = []
        self._section_offsets: list[int] = []
        offset: Value = self.start_of_table
        while offset is not None:
            if type(offset) is not int or offset in self._section_offsets or len(sections) == _SECTIONS:
                raise BrokenPdf("cross-reference sections that loop, or far too many")
            if not 0 <= offset < self.end:
                raise BrokenPdf("a cross-reference section outside the file")
            self._section_offsets.append(offset)
            is_table = self.pdf.startswith(b"xref", offset)
            sections.append(self._table(offset + 4) if is_table else self._table_stream(offset))
            offset = sections[-1].trailer.get("Prev")
        return sections

    def _table(self, at: int) -> _Section:
        section = _Section({})
        at = self._blank(at)
        while head := _SUBSECTION.match(self.pdf, at, self.end):
            start, count = int(head.group(1)), int(head.group(2))
            self._subsection(section, start, count, head.end())
            at = head.end() + 20 * count
            if at > self.end:
                raise BrokenPdf("a cross-reference table cut short")
        if not self.pdf.startswith(b"trailer", at):
            raise BrokenPdf("no trailer")
        trailer, _ = self.value_at(at + 7)
        if not isinstance(trailer, dict):
            raise BrokenPdf("no trailer")
        section.trailer = trailer
        return section

    def _table_stream(self, offset: int) -> _Section:
        stream, _ = self._object_at(offset, None)
        if not isinstance(stream, Stream) or stream.entries.get("Type") != "XRef":
            raise BrokenPdf("no cross-reference section")
        widths = [one for one in self.items(stream.entries.get("W")) if type(one) is int and 0 <= one <= 8]
        size = stream.entries.get("Size")
        if len(widths) != 3 or not widths[1] or type(size) is not int:
            raise BrokenPdf("a cross-reference stream without its measures")
        section = _Section(stream.entries, widths=(widths[0], widths[1], widths[2]))
        section.rows = self.inflated(stream)
        index = self.items(stream.entries.get("Index")) or [0, size]
        at = 0
        for start, count in zip(index[::2], index[1::2], strict=False):
            if type(start) is not int or type(count) is not int or start < 0 or count < 0:
                raise BrokenPdf("an index without sense")
            self._subsection(section, start, count, at)
            at += count * sum(widths)
        if at > len(section.rows):
            raise BrokenPdf("a cross-reference stream cut short")
        return section

    @staticmethod
    def _subsection(section: _Section, start: int, count: int, place: int) -> None:
        if len(section.starts) == _SUBSECTIONS:
            raise BrokenPdf("far too many subsections")
        if section.starts and start < section.starts[-1] + section.counts[-1]:
            raise BrokenPdf("subsections out of order")
        section.starts.append(start)
        section.counts.append(count)
        section.places.append(place)

    def _locate(self, number: int) -> _InFile | _InStream | None:
        for section in self._sections:
            place = section.place(number)
            if place is None:
                continue
            if not section.rows:
                entry = _ENTRY.match(self.pdf, place, self.end)
                if not entry:
                    raise BrokenPdf("a cross-reference entry without sense")
                return _InFile(int(entry.group(1))) if entry.group(3) == b"n" else None
            first, second, third = section.widths
            row = section.rows[place : place + first + second + third]
            kind = int.from_bytes(row[:first]) if first else 1
            where = int.from_bytes(row[first : first + second])
            if kind == 1:
                return _InFile(where)
            return _InStream(where, int.from_bytes(row[first + second :])) if kind == 2 else None
        return None

    # -- objects -----------------------------------------------------------------------------------------------------

    def _object_at(self, offset: int, number: int | None) -> tuple[Value, int]:
        """The object at `offset`, which must be object `number`, and where it ends."""
        head = _HEAD.match(self.pdf, offset, self.end)
        if not head or (number is not None and int(head.group(1)) != number):
            raise BrokenPdf("no object where the cross-reference says")
        value, at = self.value_at(head.end())
        opening = _STREAM.match(self.pdf, at := self._blank(at), self.end) if isinstance(value, dict) else None
        if not opening or not isinstance(value, dict):
            return value, at
        length = self.resolve(value.get("Length"))
        begin = opening.end()
        if type(length) is not int or not 0 <= length <= self.end - begin:
            raise BrokenPdf("a stream without its length")
        closing = _STREAM_END.match(self.pdf, begin + length, self.end)
        if not closing:
            raise BrokenPdf("a stream of another length")
        return Stream(value, begin, begin + length), closing.end()

    def _bundled(self, number: int, place: _InStream) -> Value:
        """An object of an object stream."""
        content, heads = self._bundle(place.stream)
        if 2 * place.place + 1 >= len(heads) or heads[2 * place.place] != number:
            raise BrokenPdf("an object stream without the object")
        return self._reader.read(content, heads[2 * place.place + 1], len(content))[0]

    def _bundle(self, number: int) -> tuple[bytes, list[int]]:
        if number not in self._bundles:
            if not isinstance(self._locate(number), _InFile):
                raise BrokenPdf("an object stream inside another")
            stream = self.load(number)
            if not isinstance(stream, Stream):
                raise BrokenPdf("no object stream")
            total, first = stream.entries.get("N"), stream.entries.get("First")
            if type(total) is not int or type(first) is not int or not 0 <= total <= MOST_VALUES // 8 or first < 0:
                raise BrokenPdf("an object stream without its measures")
            content = self.inflated(stream)
            words = content[:first].split()
            if len(words) < 2 * total or not all(len(one) <= 10 and one.isdigit() for one in words[: 2 * total]):
                raise BrokenPdf("an object stream without its index")
            heads = [int(one) for one in words[: 2 * total]]
            heads[1::2] = [first + one for one in heads[1::2]]
            self._bundles[number] = content, heads
        return self._bundles[number]

    def value_at(self, at: int) -> tuple[Value, int]:
        """The value that begins at byte `at` of the file, blanks left aside, and where it ends."""
        value, end = self._reader.read(self.pdf, at, min(self.end, at + _OBJECT))
        self._read += end - at
        if self._read > _READ:
            raise BrokenPdf("far too much to read")
        return value, end

    def _blank(self, at: int) -> int:
        return after_blanks(self.pdf, at, self.end)
