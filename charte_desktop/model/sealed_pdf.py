"""What passes between the seal and the base: a key that seals, a document that was sealed."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class KeyPair:
    """What a workstation seals with."""

    certificate: bytes
    """DER."""
    private_key: bytes = field(repr=False)
    """PKCS #8, DER."""
    chain: tuple[bytes, ...] = ()
    """The certificates that lead to an authority, DER, from the issuer upwards."""


@dataclass(frozen=True, kw_only=True)
class Sealed:
    """A document as it left the seal."""

    pdf: bytes
    page_count: int
    sealed_at: datetime
    fingerprint: str
    """The short one, printed on its pages."""
    certificate_sha256: str
