"""Whether an authority's root vouches for a certificate that signs documents. Revocation would need a network."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

_LONGEST = 5
_TRIED = 64
_MOST = 16
"""Certificates between what signs and the root; more are not looked at."""
_WEAK = {"md5", "sha1"}
_SIGNING_USES = {
    "2.5.29.37.0",  # any
    "1.3.6.1.5.5.7.3.4",  # e-mail, which signs
    "1.3.6.1.5.5.7.3.36",  # documents
    "1.3.6.1.4.1.311.10.3.12",  # documents, as Microsoft calls it
    "1.2.840.113583.1.1.5",  # documents, as Adobe calls it
}
_UNDERSTOOD = {"2.5.29.14", "2.5.29.15", "2.5.29.17", "2.5.29.19", "2.5.29.32", "2.5.29.35", "2.5.29.37"}
"""Identifiers of extensions that may be critical; any other critical one (limits on names…) is obeyed by refusing."""


def leads_to(certificate: bytes, others: Iterable[bytes], roots: Sequence[bytes], at: datetime) -> bool:
    """Whether `certificate` (DER) may sign documents and was issued, through `others`, under one of `roots`.

    Every certificate of the chain must be valid at this moment.
    """
    leaf, between, ends = _read([certificate]), _read(islice(others, _MOST)), _read(roots)
    if not leaf or not can_sign(leaf[0]) or not _is_acceptable(leaf[0], at):
        return False
    trusted = set(roots)
    waiting = [(leaf[0], 0)]
    for _ in range(_TRIED):
        if not waiting:
            break
        current, depth = waiting.pop()
        for issuer in [*ends, *between]:
            if not _may_issue(issuer, depth) or not _is_acceptable(issuer, at) or not _issued(issuer, current):
                continue
            if _der(issuer) in trusted:
                return True
            if depth < _LONGEST:
                waiting.append((issuer, depth + 1))
    return False


def chain_of(certificate: bytes, others: Iterable[bytes]) -> tuple[bytes, ...]:
    """Those of `others` that lead, issuer by issuer, up from `certificate`; the rest is left aside."""
    return tuple(_upwards(_read([certificate])[0], _read(others)))


def _upwards(current: "Certificate", others: list["Certificate"]) -> Iterator[bytes]:
    for _ in range(_LONGEST):
        issuers = [one for one in others if one != current and _issued(one, current)]
        if not issuers:
            return
        current = issuers[0]
        others = [one for one in others if one != current]
        yield _der(current)


def can_sign(certificate: "Certificate") -> bool:
    """Whether the certificate is meant to sign documents: not to issue others, not to serve web pages."""
    from cryptography import x509

    try:
        extensions = certificate.extensions
    except ValueError:
        return False
    for extension in extensions:
        content = extension.value
        if isinstance(content, x509.BasicConstraints) and content.ca:
            return False
        if isinstance(content, x509.KeyUsage) and not (content.digital_signature or content.content_commitment):
            return False
        if isinstance(content, x509.ExtendedKeyUsage) and not _SIGNING_USES & {one.dotted_string for one in content}:
            return False
    return True


def _may_issue(certificate: "Certificate", depth: int) -> bool:
    """Whether it is an authority's, with `depth` authorities between it and what signs."""
    from cryptography import x509

    is_authority = False
    for extension in certificate.extensions:
        content = extension.value
        if isinstance(content, x509.BasicConstraints):
            is_authority = content.ca and (content.path_length is None or content.path_length >= depth)
        if isinstance(content, x509.KeyUsage) and not content.key_cert_sign:
            return False
    return is_authority


def _is_acceptable(certificate: "Certificate", at: datetime) -> bool:
    if not certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc:
        return False
    return all(not one.critical or one.oid.dotted_string in _UNDERSTOOD for one in certificate.extensions)


def _issued(issuer: "Certificate", certificate: "Certificate") -> bool:
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

    try:
        if getattr(certificate.signature_hash_algorithm, "name", "") in _WEAK:
            return False
        certificate.verify_directly_issued_by(issuer)
    except (InvalidSignature, UnsupportedAlgorithm, ValueError, TypeError):
        return False
    return True


def _der(certificate: "Certificate") -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding

    return certificate.public_bytes(Encoding.DER)


def _read(certificates: Iterable[bytes]) -> list["Certificate"]:
    """Those that can be read; one whose extensions cannot is none."""
    from cryptography import x509

    found = []
    for one in certificates:
        try:
            certificate = x509.load_der_x509_certificate(one)
            _ = certificate.extensions, certificate.serial_number
        except ValueError:
            continue
        found.append(certificate)
    return found
