"""Sealed documents for the tests, honest ones and, byte by byte, any that an attacker could make."""

import asyncio
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256

from pyhanko.sign.timestamps import DummyTimeStamper

from charte_desktop.documents.directory_sheet import directory_sheet
from charte_desktop.documents.page_style import REUNION
from charte_desktop.documents.seal import add_timestamp, attach_evidence, cms_signer, seal
from charte_desktop.documents.seal_identity import SealIdentity, make_identity
from tests.documents.sheet_contents import content, entry

AT = datetime(2026, 11, 23, 14, 2, tzinfo=REUNION)
OFFICE, DEVICE = "CCI Île de la Réunion", "K7Q"


@cache
def identity(office: str = OFFICE, device: str = DEVICE, copy: int = 0) -> SealIdentity:
    """A workstation's identity, made once; `copy` gives another key under the same name, as a forger would have."""
    return make_identity(office, device, AT)


def evidence(**changes: str) -> bytes:
    """Ordinary evidence, with `changes`."""
    ordinary = {
        "format": "charte-desktop/preuve/1",
        "kind": "charter",
        "provider": "Piton Web & Cœur",
        "siren": "900000003",
        "charter_version": sha256(b"charte").hexdigest(),
        "signed_at": AT.isoformat(),
        "signer": "Marie-Ange Exemple",
    }
    return json.dumps({**ordinary, **changes}, ensure_ascii=False, indent=1).encode()


@cache
def pages() -> bytes:
    """A tagged document of three pages, not sealed."""
    return directory_sheet(content([entry(number) for number in range(4)]))


@cache
def with_evidence() -> bytes:
    """The pages with their evidence, ready to be sealed."""
    return attach_evidence(pages(), evidence(), title="Charte d'engagement", author=OFFICE, subject="Piton Web & Cœur")


@cache
def sealed() -> bytes:
    """An honest sealed document."""
    return seal(with_evidence(), identity(), at=AT, reason="Scellement", location="Saint-Denis")


@cache
def stamped() -> bytes:
    """The sealed document with a time stamp."""
    return add_timestamp(sealed(), timestamper())


def timestamper() -> DummyTimeStamper:
    """A time stamp service of our own."""
    from asn1crypto import keys, x509

    service = identity("Service d'horodatage", "TSA")
    return DummyTimeStamper(
        x509.Certificate.load(service.certificate), keys.PrivateKeyInfo.load(service.private_key), fixed_dt=AT
    )


# -- by hand ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Gap:
    """Where the signature's string stands in a file that is being made."""

    start: int
    end: int
    total: int


PLACEHOLDER = b"@BYTERANGE" + b"@" * 50
"""Replaced by the numbers of the byte range."""
RESERVED = 16384
"""Hexadecimal digits kept for a signature."""
SIGNATURE_DICTIONARY = (
    b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/M(D:20261123140200+04'00')"
    b"/Reference[<</Type/SigRef/TransformMethod/DocMDP/TransformParams<</Type/TransformParams/V/1.2/P 1>>>>]"
    b"/Contents @CONTENTS@/ByteRange " + PLACEHOLDER + b">>"
)


def revision(
    before: bytes,
    objects: Mapping[int, bytes],
    trailer: bytes,
    *,
    freed: tuple[int, ...] = (),
    moved: Mapping[int, int] | None = None,
) -> bytes:
    """`before` followed by objects, a classic table and a trailer; `moved` shifts what the table says of an object."""
    out = bytearray(before)
    places = {}
    for number, text in objects.items():
        places[number] = len(out) + (moved or {}).get(number, 0)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    table = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number in sorted({*places, *freed}):
        entry_line = b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 00001 f \n"
        out += b"%d 1\n%s" % (number, entry_line)
    out += b"trailer\n%s\nstartxref\n%d\n%%%%EOF\n" % (trailer, table)
    return bytes(out)


def with_byte_range(pdf: bytes, gap: Gap) -> bytes:
    """The file with its byte range written in the place kept for it."""
    numbers = b"[0 %d %d %d]" % (gap.start, gap.end, gap.total - gap.end)
    return pdf.replace(PLACEHOLDER, numbers.ljust(len(PLACEHOLDER)))


def signed_by_hand(pdf: bytes, gap: Gap, who: SealIdentity, left_out: tuple[int, int] | None = None) -> bytes:
    """The file with a signature of everything but `left_out`, or but the gap, written into the gap."""
    start, end = left_out or (gap.start, gap.end)
    digest = sha256(pdf[:start] + pdf[end:]).digest()
    cms: bytes = asyncio.run(cms_signer(who).async_sign(digest, "sha256", use_pades=True)).dump()
    return filled(pdf, gap, cms)


def filled(pdf: bytes, gap: Gap, contents: bytes) -> bytes:
    """The file with `contents` as its signature."""
    digits = contents.hex().upper().encode().ljust(gap.end - gap.start - 2, b"0")
    return pdf[: gap.start + 1] + digits + pdf[gap.end - 1 :]


def hand_sealed(
    objects: Mapping[int, bytes],
    who: SealIdentity,
    *,
    catalog: bytes = b"",
    signature: bytes = SIGNATURE_DICTIONARY,
    pages: bytes = b"2 0 R",
) -> bytes:
    """A file made of raw objects from 10 upwards, sealed; whatever is in them is signed for.

    Objects 1 to 6 are the catalog, an empty page tree with one page, the form, its field and the signature.
    """
    frame = {
        1: b"<</Type/Catalog/Pages %s/AcroForm 4 0 R/Perms<</DocMDP 6 0 R>>%s>>" % (pages, catalog),
        2: b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Annots[5 0 R]>>",
        4: b"<</Fields[5 0 R]/SigFlags 3>>",
        5: b"<</FT/Sig/T(Sceau)/Type/Annot/Subtype/Widget/F 132/Rect[0 0 0 0]/P 3 0 R/V 6 0 R>>",
    }
    last = max([6, *objects]) + 1
    draft = revision(
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
        {**frame, **objects, 6: signature.replace(b"@CONTENTS@", b"<" + b"0" * RESERVED + b">")},
        b"<</Root 1 0 R/Size %d/ID[<00><00>]>>" % last,
    )
    start = draft.index(b"<" + b"0" * RESERVED + b">")
    gap = Gap(start, start + RESERVED + 2, len(draft))
    return signed_by_hand(with_byte_range(draft, gap), gap, who)


def attached(content: bytes, number: int = 10, name: bytes = b"preuve.json") -> tuple[dict[int, bytes], bytes]:
    """Raw objects that attach JSON, for `hand_sealed`, and the reference to their file specification."""
    return {
        number: b"<</Type/Filespec/F(%s)/UF(%s)/EF<</F %d 0 R>>/AFRelationship/Data>>" % (name, name, number + 1),
        number + 1: b"<</Type/EmbeddedFile/Subtype/application#2Fjson/Length %d>>\nstream\n%s\nendstream"
        % (len(content), content),
    }, b"%d 0 R" % number


def names(*references: bytes) -> bytes:
    """The catalog's entry that names attachments."""
    pairs = b"".join(b"(preuve.json)%s " % one for one in references)
    return b"/Names<</EmbeddedFiles<</Names[%s]>>>>" % pairs


def trailer_of(pdf: bytes, *, size: int | None = None) -> bytes:
    """A trailer that goes on from the last one of an honest document."""
    last = pdf[pdf.rindex(b"trailer") :]
    kept = (rb"/Root \d+ 0 R", rb"/Info \d+ 0 R", rb"/ID \[ ?(<[0-9a-f]+>)", rb"/Size (\d+)", rb"startxref\s+(\d+)")
    root, info, identifier, old_size, table = (re.findall(pattern, last)[0] for pattern in kept)
    return b"<<%s%s/Size %d/ID[%s<%s>]/Prev %s>>" % (root, info, size or int(old_size), identifier, b"00" * 16, table)


def hand_stamped(
    change: Callable[[dict[int, bytes]], None] | None = None,
    *,
    trailer: bytes = b"",
    freed: tuple[int, ...] = (),
    moved: Mapping[int, int] | None = None,
    spoil: Callable[[bytes], bytes] | None = None,
) -> bytes:
    """The sealed document with a time stamp whose revision is made from its raw objects, after `change`.

    Without a change it is as good as any other. `spoil` works on the finished revision before it is stamped.
    """
    before = sealed()
    objects = {
        int(number): text
        for number, text in re.findall(rb"(\d+) 0 obj\n(.*?)\nendobj\n", stamped()[len(before) :], re.DOTALL)
    }
    token = next(number for number, text in objects.items() if b"/DocTimeStamp" in text)
    objects[token] = re.sub(rb"<[0-9A-F]{1000,}>", b"<" + b"0" * RESERVED + b">", objects[token])
    objects[token] = re.sub(rb"/ByteRange \[.*?\] +", b"/ByteRange " + PLACEHOLDER, objects[token])
    if change:
        change(objects)
    draft = revision(before, objects, trailer or trailer_of(before, size=max(objects) + 1), freed=freed, moved=moved)
    if spoil:
        draft = before + spoil(draft[len(before) :])
    start = draft.index(b"<" + b"0" * RESERVED + b">")
    gap = Gap(start, start + RESERVED + 2, len(draft))
    draft = with_byte_range(draft, gap)
    digest = sha256(draft[: gap.start] + draft[gap.end :]).digest()
    return filled(draft, gap, asyncio.run(timestamper().async_timestamp(digest, "sha256")).dump())


def next_trailer(pdf: bytes) -> bytes:
    """A trailer that goes on from the last one of a file made by hand."""
    return b"<</Root 1 0 R/Size 99999/Prev %s>>" % re.findall(rb"startxref\n(\d+)", pdf)[-1]
