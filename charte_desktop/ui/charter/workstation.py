"""What this workstation seals with: made at the first seal, kept in the encrypted base."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from charte_desktop.documents.seal_identity import SealIdentity
    from charte_desktop.store.database import Database

NAME = "CCI Île de la Réunion"
"""Whose workstation it is, in the certificates made here."""


def workstation_identity(database: "Database") -> "SealIdentity":
    """The key and the certificate of this workstation; made now when it has none. For a worker thread."""
    from charte_desktop.documents.seal_identity import SealIdentity
    from charte_desktop.store.seal_certificates import SealCertificates

    certificates = SealCertificates(database)
    pair = certificates.own()
    if pair is not None:
        return SealIdentity(pair.certificate, pair.private_key, pair.chain)
    return renew_identity(database)


def renew_identity(database: "Database") -> "SealIdentity":
    """A new key with its self-signed certificate, from now on; what sealed before stays known."""
    from charte_desktop.documents.seal_identity import make_identity
    from charte_desktop.model.sealed_pdf import KeyPair
    from charte_desktop.store.seal_certificates import SealCertificates

    identity = make_identity(NAME, database.device, database.clock())
    pair = KeyPair(identity.certificate, identity.private_key)
    SealCertificates(database).seal_with(pair, identity.facts.name)
    return identity
