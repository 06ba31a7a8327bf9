"""The signature that a Windows program carries: whether it is whole, and whose it is.

What Windows itself checks before it starts a program, done here without Windows. Whether an authority stands behind the
signer is not judged: what is asked is whether the signer is the one of the program that runs.
"""

import struct
from dataclasses import dataclass
from hashlib import new as new_digest
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from asn1crypto.x509 import Certificate

_SECURITY = 4
"""The place of the signatures among the data directories."""
_INDIRECT_DATA = "1.3.6.1.4.1.311.2.1.4"
_KNOWN_DIGESTS = ("sha256", "sha384", "sha512")


class BrokenSignature(Exception):
    """The program was changed after it was signed, or its signature cannot be read."""


@dataclass(frozen=True)
class Publisher:
    """Who signed a program."""

    name: str
    """The organisation, else the common name, as its certificate says."""
    key: bytes
    """The public key, whole."""


def publisher_of(program: bytes) -> Publisher | None:
    """Who signed `program`; None when nobody did. Raises BrokenSignature."""
    try:
        layout = _Layout(program)
        if not layout.table_size:
            return None
        return _verified(program, layout)
    except (ValueError, KeyError, IndexError, TypeError, struct.error) as fault:
        raise BrokenSignature(str(fault)) from fault


class _Layout:
    """Where the parts of a program that its signature leaves out are."""

    def __init__(self, program: bytes) -> None:
        header = struct.unpack_from("<I", program, 0x3C)[0]
        if program[:2] != b"MZ" or program[header : header + 4] != b"PE\0\0":
            raise ValueError("not a Windows program")
        optional = header + 24
        magic = struct.unpack_from("<H", program, optional)[0]
        self.checksum = optional + 64
        self.entry = optional + (112 if magic == 0x20B else 96) + 8 * _SECURITY
        self.table, self.table_size = struct.unpack_from("<II", program, self.entry)

    def digest(self, program: bytes, algorithm: str) -> bytes:
        """The sum of the program but for its checksum, the place of its signatures, and these."""
        counted = new_digest(algorithm)
        counted.update(program[: self.checksum])
        counted.update(program[self.checksum + 4 : self.entry])
        counted.update(program[self.entry + 8 : self.table])
        return counted.digest()


def _verified(program: bytes, layout: _Layout) -> Publisher:
    from asn1crypto import cms

    end = layout.table + layout.table_size
    if end != len(program):
        raise ValueError("something follows the signature")
    length, _, kind = struct.unpack_from("<IHH", program, layout.table)
    if kind != 2 or not 8 < length <= layout.table_size:
        raise ValueError("the signature is of an unknown kind")
    signed = cms.ContentInfo.load(program[layout.table + 8 : layout.table + length])["content"]
    content = signed["encap_content_info"]
    if content["content_type"].dotted != _INDIRECT_DATA:
        raise ValueError("the signature is not of a program")
    [signer] = signed["signer_infos"]
    algorithm = signer["digest_algorithm"]["algorithm"].native
    if algorithm not in _KNOWN_DIGESTS:
        raise ValueError(f"the digest {algorithm} is not trusted")
    data = content["content"].parsed if hasattr(content["content"], "parsed") else content["content"]
    inner = data.contents
    if not inner.endswith(layout.digest(program, algorithm)):
        raise ValueError("the program was changed")
    attributes = {one["type"].native: one["values"] for one in signer["signed_attrs"]}
    if attributes["message_digest"][0].native != new_digest(algorithm, inner).digest():
        raise ValueError("the signature is of something else")
    certificate = _certificate(signed, signer)
    _check(certificate, signer, algorithm)
    subject = certificate.subject.native
    name = subject.get("organization_name") or subject.get("common_name") or certificate.subject.human_friendly
    return Publisher(str(name), certificate.public_key.dump())


def _certificate(signed: Any, signer: Any) -> "Certificate":
    wanted = signer["sid"].chosen
    for one in signed["certificates"]:
        certificate = one.chosen
        if certificate.issuer == wanted["issuer"] and certificate.serial_number == wanted["serial_number"].native:
            found: Certificate = certificate
            return found
    raise ValueError("the signer's certificate is missing")


def _check(certificate: "Certificate", signer: Any, algorithm: str) -> None:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    digest: hashes.HashAlgorithm = {"sha256": hashes.SHA256(), "sha384": hashes.SHA384(), "sha512": hashes.SHA512()}[
        algorithm
    ]
    # Signed as a set, kept as a tagged field: the first byte differs.
    told = b"\x31" + signer["signed_attrs"].dump()[1:]
    key = load_der_public_key(certificate.public_key.dump())
    try:
        if isinstance(key, RSAPublicKey):
            key.verify(signer["signature"].native, told, PKCS1v15(), digest)
        elif isinstance(key, EllipticCurvePublicKey):
            key.verify(signer["signature"].native, told, ECDSA(digest))
        else:
            raise ValueError("the key is of an unknown kind")
    except InvalidSignature as fault:
        raise ValueError("the signature does not hold") from fault
