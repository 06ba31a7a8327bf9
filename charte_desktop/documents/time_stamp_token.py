"""A time stamp token (RFC 3161), verified by the certificate that it brings; who made it is not judged."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha1, sha256, sha384, sha512

from charte_desktop.documents import der
from charte_desktop.documents.certificate import Certificate, read_certificate
from charte_desktop.documents.der import Element
from charte_desktop.documents.seal_signature import (
    CONTENT_TYPE,
    MESSAGE_DIGEST,
    SIGNING_CERTIFICATE_V2,
    BrokenSeal,
    Mark,
    holds,
    only_child,
    same,
    signed_attributes,
    signed_data,
    wanted_value,
)

_TOKEN_INFO = bytes.fromhex("060b2a864886f70d0109100104")
_SIGNING_CERTIFICATE = bytes.fromhex("060b2a864886f70d010910020c")
_DIGESTS = {
    "sha256": (sha256, bytes.fromhex("0609608648016503040201")),
    "sha384": (sha384, bytes.fromhex("0609608648016503040202")),
    "sha512": (sha512, bytes.fromhex("0609608648016503040203")),
}
_MOMENT = re.compile(rb"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d{1,9}))?Z")
_YEARS = range(1970, 2200)


@dataclass(frozen=True)
class TimeStamp:
    """A time stamp that holds. Who made it is what its certificate says; no list of services is kept."""

    at: datetime
    service: str


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
    if year not in _YEARS:
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
