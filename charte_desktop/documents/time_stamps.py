"""Time stamps added after sealing (RFC 3161): the one kind of addition that leaves a document unchanged.

The addition is not covered by the seal, and anybody can make a time stamp of his own. So nothing is believed of it:
each of its bytes is accounted for, and it may hold an invisible field with its token, and nothing else.
"""

import re

from charte_desktop.documents.der import BrokenDer
from charte_desktop.documents.pdf_revision import Revision
from charte_desktop.documents.pdf_values import BrokenPdf, Reference, Value, is_same
from charte_desktop.documents.seal_signature import BrokenSeal, Mark, marks
from charte_desktop.documents.time_stamp_token import TimeStamp, read_token

_MOST = 16
_LONGEST_NAME = 200
_OBJECT = re.compile(rb"(\d{1,10}) 0 obj\n")
_TABLE_HEAD = re.compile(rb"(\d{1,10}) (\d{1,5})\n")
_TABLE_ENTRY = re.compile(rb"(\d{10}) 0{5} n \n")
_FREE = b"0 1\n0000000000 65535 f \n"


def time_stamps(pdf: bytes, end: int) -> tuple[list[TimeStamp], int]:
    """The time stamps that follow, one after the other, the revision that ended at byte `end`; where the last ends."""
    found: list[TimeStamp] = []
    for mark in marks(pdf):
        if mark.start <= end or mark.total <= end or len(found) == _MOST:
            continue
        try:
            if not mark.fits(pdf):
                break
            token = read_token(mark.contents(pdf), pdf, mark)
            _refuse_any_other_change(pdf, end, mark)
        except (BrokenSeal, BrokenDer, BrokenPdf):
            break
        found.append(token)
        end = mark.total
    return found, end


def _refuse_any_other_change(pdf: bytes, end: int, mark: Mark) -> None:
    """Refuse a revision, from byte `end` to the end that `mark` gives, that does more than hold its time stamp."""
    before = Revision(pdf, end)
    reader = Revision(pdf, mark.total)
    objects, at = _objects(pdf, end, reader)
    _refuse_another_table(pdf, at, {number: place for number, (place, _) in objects.items()}, before, mark.total)
    added = {number: value for number, (_, value) in objects.items() if not before.holds(number)}
    signatures = [number for number, value in added.items() if _is_time_stamp(value, pdf, mark)]
    fields = [number for number, value in added.items() if _is_bare_field(value, signatures)]
    if len(signatures) != 1 or len(fields) != 1 or len(added) != 2:
        raise BrokenPdf("more than a time stamp was added")
    field = Reference(fields[0], 0)
    page = before.entries(reader.entries(field)["P"])
    if page.get("Type") != "Page":
        raise BrokenPdf("a time stamp on no page")
    allowed = _places_of_a_field(before, reader.entries(field)["P"], page)
    for number, (_, value) in objects.items():
        if number not in added and not (number in allowed and _only_gains(before.load(number), value, field)):
            raise BrokenPdf("something else was changed")


def _objects(pdf: bytes, at: int, reader: Revision) -> tuple[dict[int, tuple[int, Value]], int]:
    """The objects that stand one after the other from byte `at`: where, and what; and where the last one ends."""
    found: dict[int, tuple[int, Value]] = {}
    while head := _OBJECT.match(pdf, at, reader.end):
        number = int(head.group(1))
        if number in found or len(found) == 8:
            raise BrokenPdf("an object twice, or far too many")
        value, after = reader.value_at(head.end())
        if not pdf.startswith(b"\nendobj\n", after) or pdf[after - 1 : after] not in (b">", b"]"):
            raise BrokenPdf("something beside an object")
        if b"%" in pdf[head.end() : after]:
            raise BrokenPdf("a remark where none is wanted")
        found[number] = at, value
        at = after + len(b"\nendobj\n")
    return found, at


def _refuse_another_table(pdf: bytes, at: int, places: dict[int, int], before: Revision, end: int) -> None:
    """Refuse a cross-reference section at byte `at` that says anything but where those objects are."""
    start = at
    if not pdf.startswith(b"xref\n", at):
        raise BrokenPdf("no table")
    at += len(b"xref\n")
    at += len(_FREE) * pdf.startswith(_FREE, at)
    listed: dict[int, int] = {}
    while head := _TABLE_HEAD.match(pdf, at, end):
        at = head.end()
        for number in range(int(head.group(1)), int(head.group(1)) + int(head.group(2))):
            entry = _TABLE_ENTRY.match(pdf, at, end)
            if not entry or number in listed:
                raise BrokenPdf("an entry without sense")
            listed[number] = int(entry.group(1))
            at = entry.end()
    if not places or listed != places or not pdf.startswith(b"trailer\n", at):
        raise BrokenPdf("a table of something else")
    reader = Revision(pdf, end)
    _, after = reader.value_at(at + len(b"trailer\n"))
    closing = b"\nstartxref\n%d\n%%%%EOF\n" % start
    if b"%" in pdf[at:after] or pdf[after:end] != closing:
        raise BrokenPdf("something after the trailer")
    if not _is_next_trailer(before, reader.trailer, max(places) + 1):
        raise BrokenPdf("a trailer that changes something")


def _is_next_trailer(before: Revision, trailer: dict[str, Value], size: int) -> bool:
    """Whether `trailer` only goes on from that of the revision before; an object past `Size` would not be there."""
    old, new = dict(before.trailer), dict(trailer)
    old_size, new_size = old.pop("Size", None), new.pop("Size", None)
    previous = new.pop("Prev", None)
    old.pop("Prev", None)
    old_names, new_names = old.pop("ID", None), new.pop("ID", None)
    return (
        type(old_size) is int
        and new_size == max(old_size, size)
        and previous == before.start_of_table
        and isinstance(old_names, list)
        and isinstance(new_names, list)
        and len(old_names) == len(new_names) == 2
        and all(isinstance(one, bytes) for one in new_names)
        and old_names[0] == new_names[0]
        and is_same(old, new)
    )


def _is_time_stamp(value: Value, pdf: bytes, mark: Mark) -> bool:
    return (
        isinstance(value, dict)
        and set(value) == {"Type", "Filter", "SubFilter", "Contents", "ByteRange"}
        and value["Type"] == "DocTimeStamp"
        and value["Filter"] == "Adobe.PPKLite"
        and value["SubFilter"] == "ETSI.RFC3161"
        and value["ByteRange"] == [0, mark.start, mark.end, mark.total - mark.end]
        and value["Contents"] == mark.contents(pdf)
    )


def _is_bare_field(value: Value, signatures: list[int]) -> bool:
    """Whether this is a signature field that shows nothing and does nothing."""
    return (
        isinstance(value, dict)
        and set(value) - {"TU"} == {"FT", "T", "Type", "Subtype", "F", "Rect", "P", "V"}
        and value["FT"] == "Sig"
        and value["Type"] == "Annot"
        and value["Subtype"] == "Widget"
        and value["F"] == 132
        and value["Rect"] == [0, 0, 0, 0]
        and isinstance(value["P"], Reference)
        and value["V"] in [Reference(number, 0) for number in signatures]
        and all(isinstance(one, bytes) and len(one) <= _LONGEST_NAME for one in (value["T"], value.get("TU", b"")))
    )


def _places_of_a_field(before: Revision, page: Value, entries: dict[str, Value]) -> set[int]:
    """The objects that a new field is named in: its page, the form, and their arrays."""
    form = before.root.get("AcroForm")
    named = [page, entries.get("Annots"), form, before.entries(form).get("Fields")]
    if not isinstance(form, Reference):
        named.append(before.trailer.get("Root"))
    return {one.number for one in named if isinstance(one, Reference)}


def _only_gains(old: Value, new: Value, field: Reference) -> bool:
    """Whether `new` is `old` with one more reference at the end of its annotations or fields."""
    if isinstance(old, list):
        return is_same([*old, field], new)
    if not isinstance(old, dict) or not isinstance(new, dict):
        return False
    if isinstance(old.get("AcroForm"), dict):
        return is_same({**old, "AcroForm": None}, {**new, "AcroForm": None}) and _only_gains(
            old["AcroForm"], new.get("AcroForm"), field
        )
    key = "Annots" if old.get("Type") == "Page" else "Fields"
    named = old.get(key, [])
    return isinstance(named, list) and is_same({**old, key: [*named, field]}, new)
