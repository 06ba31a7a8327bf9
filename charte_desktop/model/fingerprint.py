"""The short fingerprint printed at the foot of a sealed document's pages."""

from hashlib import sha256


def short_fingerprint(evidence: bytes) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of the evidence, in groups of four: `3f2a 09bc 71de 4410`.

    It ties paper to file. It does not prove a seal: whoever copies the evidence copies its fingerprint.
    """
    digits = sha256(evidence).hexdigest()[:16]
    return " ".join(digits[at : at + 4] for at in range(0, 16, 4))
