"""What a certificate says, read from its DER without trusting it."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256

from charte_desktop.documents import der
from charte_desktop.documents.der import BrokenDer, Element
from charte_desktop.documents.verdict_words import shown, words

_COMMON_NAME, _ORGANISATION, _UNIT = b"\x55\x04\x03", b"\x55\x04\x0a", b"\x55\x04\x0b"
_CHARSETS = {0x0C: "utf-8", 0x13: "latin-1", 0x14: "latin-1", 0x16: "latin-1", 0x1E: "utf-16-be"}
_UTC_TIME, _GENERALIZED_TIME = 0x17, 0x18
_MOMENT = re.compile(rb"(\d{2,4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z")


@dataclass(frozen=True, eq=False)
class Certificate:
    """An X.509 certificate."""

    der: bytes = field(repr=False)
    name: str
    """Of the subject, fit to be shown: its common name, else its organisation."""
    fingerprint: str
    """SHA-256 of the certificate, 64 hexadecimal digits."""
    valid_from: datetime
    valid_until: datetime
    subject: bytes = field(repr=False)
    issuer: bytes = field(repr=False)
    serial: bytes = field(repr=False)
    public_key: bytes = field(repr=False)
    """SubjectPublicKeyInfo."""

    def covers(self, at: datetime) -> bool:
        """Whether its period of validity includes this moment."""
        return self.valid_from <= at <= self.valid_until


def read_certificate(content: bytes) -> Certificate:
    """The certificate that `content` is, as DER; `BrokenDer` when it is none."""
    outer = der.only_element(content, der.SEQUENCE).reader()
    body = outer.take(der.SEQUENCE).reader()
    outer.take(der.SEQUENCE)
    outer.take(der.BITS)
    outer.finish()
    body.take_if(0xA0)
    serial = body.take(der.INTEGER)
    body.take(der.SEQUENCE)
    issuer = body.take(der.SEQUENCE)
    validity = body.take(der.SEQUENCE).children()
    subject = body.take(der.SEQUENCE)
    public_key = body.take(der.SEQUENCE)
    if len(validity) != 2:
        raise BrokenDer("no period of validity")
    return Certificate(
        der=content,
        name=_name(subject),
        fingerprint=sha256(content).hexdigest(),
        valid_from=moment(validity[0]),
        valid_until=moment(validity[1]),
        subject=subject.whole,
        issuer=issuer.whole,
        serial=serial.whole,
        public_key=public_key.whole,
    )


def moment(element: Element) -> datetime:
    """A time as certificates write it: UTC, to the second."""
    found = _MOMENT.fullmatch(element.content)
    if not found or len(found.group(1)) != {_UTC_TIME: 2, _GENERALIZED_TIME: 4}.get(element.tag):
        raise BrokenDer("no moment")
    year, month, day, hour, minute, second = map(int, found.groups())
    if element.tag == _UTC_TIME:
        year += 2000 if year < 50 else 1900
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError as fault:
        raise BrokenDer("no moment") from fault


def _name(subject: Element) -> str:
    found: dict[bytes, str] = {}
    for part in subject.children():
        for attribute in part.children():
            pair = attribute.children()
            if len(pair) == 2 and pair[1].tag in _CHARSETS:
                found.setdefault(pair[0].content, pair[1].content.decode(_CHARSETS[pair[1].tag], "replace"))
    chosen = next((found[kind] for kind in (_COMMON_NAME, _ORGANISATION, _UNIT) if kind in found), "")
    return shown(chosen) or words().nameless
