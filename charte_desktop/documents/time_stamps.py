"""Time stamps added after sealing (RFC 3161): the one kind of addition that leaves a document unchanged.

The addition is not covered by the seal, and anybody can make a time stamp of his own. So nothing is believed of it:
each of its bytes is accounted for, and it may hold an invisible field with its token, and nothing else.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha1, sha256, sha384, sha512

from charte_desktop.documents import der
from charte_desktop.documents.certificate import Certificate, read_certificate
from charte_desktop.documents.der import BrokenDer, Element
from charte_desktop.documents.pdf_revision import BrokenPdf, Reference, Revision, Value
from charte_desktop.documents.seal_signature import (
    CONTENT_TYPE,
    MESSAGE_DIGEST,
    SIGNING_CERTIFICATE_V2,
    BrokenSeal,
    Mark,
    holds,
    marks,
    only_child,
    same,
    signed_attributes,
    signed_data,
    wanted_value,
)

_MOST = 16
_LONGEST_NAME = 200
_TOKEN_INFO = bytes.fromhex("060b2a864886f70d0109100104")
_SIGNING_CERTIFICATE = bytes.fromhex("060b2a864886f70d010910020c")
_DIGESTS = {
    "sha256": (sha256, bytes.fromhex("0609608648016503040201")),
    "sha384": (sha384, bytes.fromhex("0609608648016503040202")),
    "sha512": (sha512, bytes.fromhex("0609608648016503040203")),
}
_MOMENT = re.compile(rb"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d{1,9}))?Z")
_OBJECT = re.compile(rb"(\d{1,10}) 0 obj\n")
_TABLE_HEAD = re.compile(rb"(\d{1,10}) (\d{1,5})\n")
_TABLE_ENTRY = re.compile(rb"(\d{10}) 0{5} n \n")
_FREE = b"0 1\n0000000000 65535 f \n"


@dataclass(frozen=True)
class TimeStamp:
    """A time stamp that holds. Who made it is what its certificate says; no list of services is kept."""

    at: datetime
    service: str


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


# -- the token --------------------------------------------------------------------------------------------------------


def read_token(contents: bytes, pdf: bytes, mark: Mark) -> TimeStamp:
    """The time stamp of what `mark` covers, its signature verified by the certificate it brings."""
    info = der.element_at(contents, 0, len(contents))
    if info.tag != der.SEQUENCE or contents[info.end :].strip(b"\0"):
        raise BrokenSeal("something after the token")
    signed = signed_data(info)
    same(signed.take(der.INTEGER), b"\x02\x01\x03")
    digests = only_child(signed.take(der.SET))
    inside = signed.take(der.SEQUENCE).reader()
    certificates = [read_certificate(one.whole) for one in signed.take(0xA0).children()]
    signer = only_child(signed.take(der.SET)).reader()
    signed.finish()
    same(inside.take(der.IDENTIFIER), _TOKEN_INFO)
    wrapped = inside.take(0xA0).children()
    inside.finish()
    if len(wrapped) != 1 or wrapped[0].tag != der.OCTETS:
        raise BrokenSeal("no token")

    same(signer.take(der.INTEGER), b"\x02\x01\x01")
    name = signer.take(der.SEQUENCE).content
    digest = _digest(signer.take(der.SEQUENCE))
    if _digest(digests) != digest:
        raise BrokenSeal("another digest")
    attributes = signer.take(0xA0)
    algorithm = signer.take(der.SEQUENCE).whole
    signature = signer.take(der.OCTETS).content
    signer.finish()

    values = signed_attributes(attributes)
    same(wanted_value(values, CONTENT_TYPE), _TOKEN_INFO)
    if wanted_value(values, MESSAGE_DIGEST).content != _DIGESTS[digest][0](wrapped[0].content).digest():
        raise BrokenSeal("another token")
    service = _signer(certificates, name, values)
    if not holds(service.public_key, algorithm, digest, signature, attributes):
        raise BrokenSeal("a signature that does not hold")
    at = _stamped(der.only_element(wrapped[0].content, der.SEQUENCE), pdf, mark)
    return TimeStamp(at, service.name)


def _signer(certificates: list[Certificate], name: bytes, values: dict[bytes, Element]) -> Certificate:
    """The service's certificate, which is signed for; the others must each have issued one of those that came."""
    signers = [one for one in certificates if one.issuer + one.serial == name]
    if len(signers) != 1:
        raise BrokenSeal("no service")
    issuers = {one.issuer for one in certificates}
    if any(one is not signers[0] and one.subject not in issuers for one in certificates):
        raise BrokenSeal("a certificate that has nothing to do here")
    if attribute := values.get(SIGNING_CERTIFICATE_V2):
        identifier = attribute.reader().take(der.SEQUENCE).reader().take(der.SEQUENCE).reader()
        algorithm = identifier.take_if(der.SEQUENCE)
        hashed = _DIGESTS[_digest(algorithm)][0] if algorithm else sha256
    else:
        attribute = wanted_value(values, _SIGNING_CERTIFICATE)
        identifier = attribute.reader().take(der.SEQUENCE).reader().take(der.SEQUENCE).reader()
        hashed = sha1
    if identifier.take(der.OCTETS).content != hashed(signers[0].der).digest():
        raise BrokenSeal("a certificate that was not signed for")
    return signers[0]


def _stamped(info: Element, pdf: bytes, mark: Mark) -> datetime:
    """The moment that the token gives, once its digest has been compared with what `mark` covers."""
    parts = info.reader()
    same(parts.take(der.INTEGER), b"\x02\x01\x01")
    parts.take(der.IDENTIFIER)
    imprint = parts.take(der.SEQUENCE).reader()
    parts.take(der.INTEGER)
    at = parts.take(0x18)
    algorithm = _DIGESTS[_digest(imprint.take(der.SEQUENCE))][0]
    if imprint.take(der.OCTETS).content != mark.digest(pdf, algorithm):
        raise BrokenSeal("the time stamp of something else")
    imprint.finish()
    found = _MOMENT.fullmatch(at.content)
    if not found:
        raise BrokenSeal("no moment")
    year, month, day, hour, minute, second = map(int, found.groups()[:6])
    if year not in range(1970, 2200):
        raise BrokenSeal("no moment")
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError as fault:
        raise BrokenSeal("no moment") from fault


def _digest(algorithm: Element) -> str:
    parts = algorithm.reader()
    identifier = parts.take(der.IDENTIFIER).whole
    if parameters := parts.take_if(0x05):
        same(parameters, b"\x05\x00")
    parts.finish()
    for name, (_, known) in _DIGESTS.items():
        if identifier == known:
            return name
    raise BrokenSeal("a digest that is not used here")


# -- the revision that holds it --------------------------------------------------------------------------------------


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


def is_same(one: Value, other: Value) -> bool:
    """Whether two values are equal, and of the same kind at every depth: for Python `1` equals `true`."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(is_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(is_same, one, other))
    return one == other
