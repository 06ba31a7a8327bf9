"""A seal inside a file: where it stands, what it covers, and whether it is exactly what the program writes.

Every byte of a seal is either signed, or compared with the only value it may have. What is merely tolerated by a
lenient reader (other encodings, other certificates, trailing bytes) is refused: it would be a byte one could change.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from charte_desktop.documents import der
from charte_desktop.documents.certificate import Certificate, read_certificate
from charte_desktop.documents.der import BrokenDer, Element

LARGEST_CONTENTS = 2 * 2**20
"""Hexadecimal digits of a signature, with its padding."""
_MARKS = 64
_BYTE_RANGE = re.compile(
    rb"/ByteRange[\x00\t\n\x0c\r ]{0,64}\[[\x00\t\n\x0c\r ]{0,64}(\d{1,12})[\x00\t\n\x0c\r ]{1,64}(\d{1,12})"
    rb"[\x00\t\n\x0c\r ]{1,64}(\d{1,12})[\x00\t\n\x0c\r ]{1,64}(\d{1,12})[\x00\t\n\x0c\r ]{0,64}\]"
)
_DIGITS = re.compile(rb"[0-9A-F]*")

SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
DATA = bytes.fromhex("06092a864886f70d010701")
CONTENT_TYPE = bytes.fromhex("06092a864886f70d010903")
MESSAGE_DIGEST = bytes.fromhex("06092a864886f70d010904")
SIGNING_CERTIFICATE_V2 = bytes.fromhex("060b2a864886f70d010910022f")
SHA256 = bytes.fromhex("300d06096086480165030402010500")
_SHA256_BARE = bytes.fromhex("300b0609608648016503040201")
RSA_KEY = bytes.fromhex("300d06092a864886f70d0101010500")
RSA_WITH = {
    "sha256": bytes.fromhex("300d06092a864886f70d01010b0500"),
    "sha384": bytes.fromhex("300d06092a864886f70d01010c0500"),
    "sha512": bytes.fromhex("300d06092a864886f70d01010d0500"),
}
ECDSA_WITH = {
    "sha256": bytes.fromhex("300a06082a8648ce3d040302"),
    "sha384": bytes.fromhex("300a06082a8648ce3d040303"),
    "sha512": bytes.fromhex("300a06082a8648ce3d040304"),
}
_CURVES = {
    bytes.fromhex("301306072a8648ce3d020106082a8648ce3d030107"): "P-256",
    bytes.fromhex("301006072a8648ce3d020106052b81040022"): "P-384",
    bytes.fromhex("301006072a8648ce3d020106052b81040023"): "P-521",
}
SHORTEST_RSA = 2048


class BrokenSeal(Exception):
    """No signature that the program could have written, or one that does not hold."""


@dataclass(frozen=True)
class Mark:
    """A `/ByteRange` found in the bytes of a file: what a signature says it covers, true or not."""

    position: int
    start: int
    """Of the signature's hexadecimal string, with its `<`."""
    end: int
    """After its `>`."""
    total: int
    """Bytes of the revision that it covers."""
    begins_at_zero: bool

    def fits(self, pdf: bytes) -> bool:
        """Whether everything but one hexadecimal string is covered, from the first byte to the end of a revision."""
        return (
            self.begins_at_zero
            and 0 < self.start < self.end - 1 < self.total <= len(pdf)
            and self.end - self.start <= LARGEST_CONTENTS
            and pdf[self.start] == ord("<")
            and pdf[self.end - 1] == ord(">")
            and bool(_DIGITS.fullmatch(pdf, self.start + 1, self.end - 1))
        )

    def contents(self, pdf: bytes) -> bytes:
        """The signature, with the zeros that pad it."""
        if (self.end - self.start) % 2:
            raise BrokenSeal("half a byte")
        return bytes.fromhex(pdf[self.start + 1 : self.end - 1].decode("ascii"))

    def digest(self, pdf: bytes, algorithm: Any = sha256) -> bytes:
        """The digest of what is covered."""
        view = memoryview(pdf)
        digest = algorithm(view[: self.start])
        digest.update(view[self.end : self.total])
        found: bytes = digest.digest()
        return found


def marks(pdf: bytes) -> Iterator[Mark]:
    """The first marks of a file, in their order."""
    at = -1
    for _ in range(_MARKS):
        at = pdf.find(b"/ByteRange", at + 1)
        if at < 0:
            return
        if found := _BYTE_RANGE.match(pdf, at):
            first, start, end, rest = map(int, found.groups())
            yield Mark(at, start, end, end + rest, first == 0)


@dataclass(frozen=True, eq=False)
class SealSignature:
    """A signature that holds, whoever made it."""

    certificate: Certificate
    others: tuple[bytes, ...]
    """Certificates that came with it, all signed for."""
    digest: bytes
    """SHA-256 of what was sealed."""


def read_seal(contents: bytes) -> SealSignature:
    """The seal that `contents` is, its signature verified; `BrokenSeal` when anything in it is not as it must be."""
    try:
        return _read_seal(contents)
    except BrokenDer as fault:
        raise BrokenSeal(str(fault)) from fault


def _read_seal(contents: bytes) -> SealSignature:
    info = der.element_at(contents, 0, len(contents))
    if info.tag != der.SEQUENCE or contents[info.end :].strip(b"\0"):
        raise BrokenSeal("something after the signature")
    signed = signed_data(info)
    same(signed.take(der.INTEGER), b"\x02\x01\x01")
    same(signed.take(der.SET), b"\x31" + bytes([len(SHA256)]) + SHA256)
    same(signed.take(der.SEQUENCE), b"\x30" + bytes([len(DATA)]) + DATA)
    certificates = [one.whole for one in signed.take(0xA0).children()]
    signer = only_child(signed.take(der.SET)).reader()
    signed.finish()
    same(signer.take(der.INTEGER), b"\x02\x01\x01")
    name = signer.take(der.SEQUENCE)
    same(signer.take(der.SEQUENCE), SHA256)
    attributes = signer.take(0xA0)
    algorithm = signer.take(der.SEQUENCE)
    same(algorithm, RSA_WITH["sha256"], ECDSA_WITH["sha256"])
    signature = signer.take(der.OCTETS).content
    signer.finish()

    values = signed_attributes(attributes)
    same(wanted_value(values, CONTENT_TYPE), DATA)
    digest = wanted_value(values, MESSAGE_DIGEST)
    if digest.tag != der.OCTETS or len(digest.content) != 32:
        raise BrokenSeal("no digest")
    hashes = _certificate_hashes(wanted_value(values, SIGNING_CERTIFICATE_V2))
    by_hash = {sha256(one).digest(): one for one in certificates}
    if len(by_hash) != len(certificates) or len(hashes) != len(certificates) or set(hashes) != set(by_hash):
        raise BrokenSeal("certificates that were not signed for")
    certificate = read_certificate(by_hash[hashes[0]])
    if name.content != certificate.issuer + certificate.serial:
        raise BrokenSeal("another signer's name")
    if not holds(certificate.public_key, algorithm.whole, "sha256", signature, attributes):
        raise BrokenSeal("a signature that does not hold")
    others = tuple(by_hash[one] for one in hashes[1:])
    return SealSignature(certificate, others, digest.content)


def signed_data(info: Element) -> der.Reader:
    """What the CMS envelope `info` holds."""
    envelope = info.reader()
    same(envelope.take(der.IDENTIFIER), SIGNED_DATA)
    inside = envelope.take(0xA0).reader()
    envelope.finish()
    found = inside.take(der.SEQUENCE).reader()
    inside.finish()
    return found


def only_child(element: Element) -> Element:
    """The one sequence that an element holds."""
    inside = element.reader()
    found = inside.take(der.SEQUENCE)
    inside.finish()
    return found


def signed_attributes(attributes: Element) -> dict[bytes, Element]:
    """The one value of each signed attribute, by its identifier."""
    found: dict[bytes, Element] = {}
    for attribute in attributes.children():
        parts = attribute.reader()
        kind = parts.take(der.IDENTIFIER).whole
        values = parts.take(der.SET).children()
        parts.finish()
        if kind in found or len(values) != 1:
            raise BrokenSeal("an attribute twice")
        found[kind] = values[0]
    return found


def _certificate_hashes(attribute: Element) -> list[bytes]:
    """The SHA-256 of each certificate that was signed for, the signer's first."""
    parts = attribute.reader()
    found = []
    for one in parts.take(der.SEQUENCE).children():
        identifier = one.reader()
        if algorithm := identifier.take_if(der.SEQUENCE):  # SHA-256 when left out
            same(algorithm, SHA256, _SHA256_BARE)
        found.append(identifier.take(der.OCTETS).content)
    if not found:
        raise BrokenSeal("no certificate was signed for")
    return found


def holds(public_key: bytes, algorithm: bytes, digest: str, signature: bytes, attributes: Element) -> bool:
    """Whether `signature` over the signed attributes was made with the key.

    `algorithm` is the AlgorithmIdentifier that the signer gave, `digest` the hash it named beside it.
    """
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    if algorithm not in (RSA_KEY, RSA_WITH[digest], ECDSA_WITH[digest]):
        return False
    family = key_family(public_key)
    content = b"\x31" + attributes.whole[1:]  # as a SET, not in the place it has in the file (RFC 5652, 5.4)
    chosen = {"sha256": hashes.SHA256(), "sha384": hashes.SHA384(), "sha512": hashes.SHA512()}[digest]
    try:
        key = load_der_public_key(public_key)
        if isinstance(key, rsa.RSAPublicKey) and family == "RSA" and key.key_size >= SHORTEST_RSA:
            if algorithm == ECDSA_WITH[digest]:
                return False
            key.verify(signature, content, padding.PKCS1v15(), chosen)
        elif isinstance(key, ec.EllipticCurvePublicKey) and family:
            if algorithm != ECDSA_WITH[digest]:
                return False
            key.verify(signature, content, ec.ECDSA(chosen))
        else:
            return False
    except (InvalidSignature, UnsupportedAlgorithm, ValueError):
        return False
    return True


def key_family(public_key: bytes) -> str:
    """`RSA`, the name of a curve, or nothing for a key that not every verifier knows."""
    algorithm = der.only_element(public_key, der.SEQUENCE).reader().take(der.SEQUENCE).whole
    return "RSA" if algorithm == RSA_KEY else _CURVES.get(algorithm, "")


def wanted_value(values: dict[bytes, Element], kind: bytes) -> Element:
    """The value of a signed attribute that must be there."""
    if kind not in values:
        raise BrokenSeal("an attribute is missing")
    return values[kind]


def same(element: Element, *wanted: bytes) -> None:
    """Refuse an element that is none of those wanted, byte for byte."""
    if element.whole not in wanted:
        raise BrokenSeal("not the value it must have")
