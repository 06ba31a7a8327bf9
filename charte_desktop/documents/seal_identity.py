"""What a workstation seals with: a private key and its certificate, made here or brought from outside.

The key is RSA of 3,072 bits, with PKCS #1 v1.5: Adobe's and poppler's readers and the Web Cryptography of every browser
verify it alike, and its signatures have one form only, so that no byte of a seal can be changed for another that
verifies too (of an ECDSA signature, there are two). A key on the curves P-256, P-384 or P-521 is taken when it comes
from outside.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from charte_desktop.documents.certificate import Certificate, read_certificate
from charte_desktop.documents.certificate_chain import can_sign, chain_of
from charte_desktop.documents.der import BrokenDer
from charte_desktop.documents.seal_signature import SHORTEST_RSA, key_family
from charte_desktop.documents.verdict_words import moment, shown
from charte_desktop.errors import UserError

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

VALIDITY = timedelta(days=3653)
"""Ten years: longer than a laptop is kept, and a seal stays verifiable after them."""
_CLOCK_ALLOWANCE = timedelta(days=1)
"""Before the moment of making: a clock that was ahead may be put right."""
_RSA_BITS = 3072
_LONGEST_NAME = 64
"""X.520's bound on a common name, in bytes as `cryptography` counts it."""
_LONGEST_CODE = 10
_LARGEST_FILE = 2**20
_MOST_ROUNDS = 10_000_000
"""Of the key derivation of a PKCS #12 file: more would freeze the window, and nobody writes more."""


@dataclass(frozen=True)
class SealIdentity:
    """A certificate, its private key and the certificates that lead to its authority; none when it is self-signed."""

    certificate: bytes
    """DER."""
    private_key: bytes = field(repr=False)
    """PKCS #8, DER, not encrypted: it is kept in the encrypted base."""
    chain: tuple[bytes, ...] = ()
    """DER, from the issuer upwards."""

    @property
    def facts(self) -> Certificate:
        """What the certificate says: name, fingerprint, period of validity."""
        return describe(self.certificate)

    def refuse_unless_valid(self, at: datetime) -> None:
        """Refuse to seal outside the certificate's period of validity."""
        _refuse_out_of_date(self.facts, at)


def describe(certificate: bytes) -> Certificate:
    """A certificate's name, SHA-256 fingerprint and period of validity. Refused: what is no certificate."""
    try:
        return read_certificate(certificate)
    except BrokenDer as fault:
        raise UserError("Ce certificat est illisible : demandez-le à nouveau à qui l'a fait.") from fault


def make_identity(name: str, device: str, at: datetime) -> SealIdentity:
    """A new key with its self-signed certificate, in the name shown and with the workstation's code (`K7Q`)."""
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import Encoding

    key = rsa.generate_private_key(public_exponent=65537, key_size=_RSA_BITS)
    subject = _subject(name, device)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - _CLOCK_ALLOWANCE)
        .not_valid_after(at + VALIDITY)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_signs_documents(), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    return SealIdentity(builder.sign(key, SHA256()).public_bytes(Encoding.DER), _key_bytes(key))


def sign(identity: SealIdentity, content: bytes) -> bytes:
    """The signature of `content` with SHA-256: RSA PKCS #1 v1.5, or ECDSA."""
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
    from cryptography.hazmat.primitives.hashes import SHA256

    key = _key(identity.private_key)
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(content, padding.PKCS1v15(), SHA256())
    return key.sign(content, ec.ECDSA(SHA256()))


def signing_request(identity: SealIdentity) -> bytes:
    """A certificate signing request (PKCS #10, PEM) for this key, which the CCIR's own authority can sign."""
    from cryptography import x509
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import Encoding

    subject = x509.load_der_x509_certificate(identity.certificate).subject
    builder = x509.CertificateSigningRequestBuilder().subject_name(subject)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(_signs_documents(), critical=True)
    return builder.sign(_key(identity.private_key), SHA256()).public_bytes(Encoding.PEM)


def with_certificate(identity: SealIdentity, signed: bytes, at: datetime) -> SealIdentity:
    """The same key with the certificate that an authority made for it.

    `signed` is PEM, DER or PKCS #7, and may hold the authority's own certificates too. Refused, with a sentence: a file
    without a certificate for this key, one out of date, one that may not sign documents.
    """
    certificates = _certificates_in(signed)
    key = _key(identity.private_key)
    ours = [one for one in certificates if _fits(key, one)]
    if not ours:
        raise UserError(
            "Ce certificat n'a pas été fait pour la clé de ce poste. Envoyez la demande de ce poste à l'autorité, "
            "puis choisissez le certificat qu'elle rend."
        )
    newest = max(ours, key=lambda one: one.not_valid_before_utc)
    return _identity(key, newest, [one for one in certificates if one not in ours], at)


def read_pkcs12(content: bytes, passphrase: str, at: datetime) -> SealIdentity:
    """The identity that a PKCS #12 file (.p12, .pfx) holds.

    Refused, each with its sentence: a damaged file, a wrong passphrase, a file without key or certificate, a
    certificate out of date or that may not sign documents.
    """
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import pkcs12

    _refuse_no_pkcs12(content)
    attempts: list[bytes | None] = [passphrase.encode()] if passphrase else [b"", None]
    found = None
    for attempt in attempts:
        try:
            found = pkcs12.load_pkcs12(content, attempt)
            break
        except UnsupportedAlgorithm as fault:
            raise UserError(
                "Ce fichier PKCS #12 est protégé par un procédé trop ancien. Faites-le exporter à nouveau en AES-256."
            ) from fault
        except (ValueError, TypeError):
            continue
    if not found:
        raise UserError(
            "La phrase de passe n'ouvre pas ce fichier PKCS #12. Tapez-la à nouveau, ou redemandez le fichier s'il est "
            "abîmé."
        )
    if not found.key:
        raise UserError("Ce fichier PKCS #12 ne contient pas de clé. Exportez-le avec la clé privée.")
    if not found.cert:
        raise UserError("Ce fichier PKCS #12 contient une clé sans son certificat. Exportez-le avec le certificat.")
    return _identity(found.key, found.cert.certificate, [one.certificate for one in found.additional_certs], at)


def _identity(
    key: object, certificate: "x509.Certificate", others: Sequence["x509.Certificate"], at: datetime
) -> SealIdentity:
    """An identity from outside, once it has been found fit to seal."""
    from cryptography.hazmat.primitives.asymmetric import ec, rsa
    from cryptography.hazmat.primitives.serialization import Encoding

    facts = describe(certificate.public_bytes(Encoding.DER))
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) or not key_family(facts.public_key):
        raise UserError(
            "La clé de ce certificat est d'une sorte que les lecteurs de PDF ne vérifient pas. Demandez un certificat "
            "RSA, ou sur la courbe P-256, P-384 ou P-521."
        )
    if isinstance(key, rsa.RSAPrivateKey) and key.key_size < SHORTEST_RSA:
        raise UserError(f"La clé de ce certificat est trop courte ({key.key_size} bits). Demandez-en un de 3072 bits.")
    if not _fits(key, certificate):
        raise UserError("La clé et le certificat de ce fichier ne vont pas ensemble. Exportez-les à nouveau.")
    if not can_sign(certificate):
        raise UserError(
            f"Le certificat « {facts.name} » n'est pas fait pour signer des documents. Demandez à l'autorité un "
            "certificat de signature."
        )
    _refuse_out_of_date(facts, at)
    chain = chain_of(facts.der, [one.public_bytes(Encoding.DER) for one in others])
    return SealIdentity(facts.der, _key_bytes(key), chain)


def _refuse_out_of_date(facts: Certificate, at: datetime) -> None:
    if at > facts.valid_until:
        raise UserError(
            f"Le certificat « {facts.name} » a expiré le {moment(facts.valid_until)} : il ne peut plus sceller. "
            "Faites-en un nouveau, ou importez celui de l'autorité."
        )
    if at < facts.valid_from:
        raise UserError(
            f"Le certificat « {facts.name} » n'est valable qu'à partir du {moment(facts.valid_from)}. Vérifiez la date "
            "de ce poste, ou attendez ce jour."
        )


def _subject(name: str, device: str) -> "x509.Name":
    """The common name is what readers of PDF show; it tells two workstations of one office apart."""
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    office, code = shown(name), shown(device)[:_LONGEST_CODE]
    if not office:
        raise UserError("Le poste n'a pas de nom : donnez celui que les documents scellés montreront.")
    suffix = f", poste {code}" if code else ""
    room = _LONGEST_NAME - len(suffix.encode())
    common_name = office.encode()[: max(room, 1)].decode(errors="ignore").rstrip() + suffix
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, "Charte Desktop"),
        ]
    )


def _signs_documents() -> "x509.KeyUsage":
    from cryptography import x509

    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )


def _key(private_key: bytes) -> "RSAPrivateKey | EllipticCurvePrivateKey":
    from cryptography.hazmat.primitives.asymmetric import ec, rsa
    from cryptography.hazmat.primitives.serialization import load_der_private_key

    # It was checked when it was made or taken; checking it again takes longer than all the rest of a seal.
    key = load_der_private_key(private_key, password=None, unsafe_skip_rsa_key_validation=True)
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise TypeError(f"an identity with a key that it was never given: {type(key).__name__}")
    return key


def _key_bytes(key: "RSAPrivateKey | EllipticCurvePrivateKey") -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    return key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def _fits(key: "RSAPrivateKey | EllipticCurvePrivateKey", certificate: "x509.Certificate") -> bool:
    from cryptography.exceptions import UnsupportedAlgorithm

    try:
        return certificate.public_key() == key.public_key()
    except (UnsupportedAlgorithm, ValueError):
        return False


def certificates_in(content: bytes) -> list[bytes]:
    """The certificates (DER) of a file in PEM, DER or PKCS #7. Refused: a file that holds none."""
    from cryptography.hazmat.primitives.serialization import Encoding

    return [one.public_bytes(Encoding.DER) for one in _certificates_in(content)]


def _certificates_in(content: bytes) -> list["x509.Certificate"]:
    """Every certificate of a file, in whichever of the usual forms."""
    from cryptography import x509
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import pkcs7

    forms: list[Callable[[bytes], list[x509.Certificate]]] = [
        x509.load_pem_x509_certificates,
        lambda der: [x509.load_der_x509_certificate(der)],
        pkcs7.load_pem_pkcs7_certificates,
        pkcs7.load_der_pkcs7_certificates,
    ]
    if len(content) <= _LARGEST_FILE:
        for read in forms:
            try:
                return read(content)
            except (ValueError, UnsupportedAlgorithm):
                continue
    raise UserError(
        "Ce fichier ne contient pas de certificat lisible. Choisissez celui que l'autorité a rendu (.pem, .crt, .cer "
        "ou .p7b)."
    )


def _refuse_no_pkcs12(content: bytes) -> None:
    """Refuse what is no whole PKCS #12 file, before its passphrase is blamed, and one made to keep the machine busy."""
    from asn1crypto.pkcs12 import Pfx

    damaged = UserError("Ce fichier PKCS #12 est abîmé ou n'en est pas un : demandez-le à nouveau.")
    if len(content) > _LARGEST_FILE:
        raise damaged
    try:
        file = Pfx.load(content, strict=True)
        rounds = file["mac_data"]["iterations"].native if file["mac_data"].native else 0
        safe = file["auth_safe"].native
    except (ValueError, TypeError, KeyError, RecursionError) as fault:
        raise damaged from fault
    if not safe or not isinstance(rounds, int) or rounds > _MOST_ROUNDS:
        raise damaged
