import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    load_der_private_key,
    pkcs7,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from charte_desktop.documents.certificate_chain import leads_to
from charte_desktop.documents.seal_identity import (
    SealIdentity,
    describe,
    make_identity,
    read_pkcs12,
    signing_request,
    with_certificate,
)
from charte_desktop.errors import UserError
from tests.documents.sealing import AT, identity

PASSPHRASE = "filaos été €"


@cache
def a_key(kind: str = "root") -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


def certificate(
    subject: str = "Racine CCIR",
    issuer: str = "Racine CCIR",
    *,
    key: Any = None,
    by: Any = None,
    ca: bool = True,
    days: tuple[int, int] = (-10, 3000),
    extensions: tuple[tuple[x509.ExtensionType, bool], ...] = (),
) -> x509.Certificate:
    """A certificate for `key`, issued with the key `by`."""
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key or a_key().public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(AT + timedelta(days=days[0]))
        .not_valid_after(AT + timedelta(days=days[1]))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
    )
    for content, critical in extensions:
        builder = builder.add_extension(content, critical)
    return builder.sign(by or a_key(), SHA256())


def public_key(one: SealIdentity) -> Any:
    return load_der_private_key(one.private_key, None).public_key()


def issued(one: SealIdentity, **how: Any) -> x509.Certificate:
    """A certificate that the CCIR's root made for this identity."""
    return certificate("Poste K7Q", key=public_key(one), ca=how.pop("ca", False), **how)


def pem(*certificates: x509.Certificate) -> bytes:
    return b"".join(one.public_bytes(Encoding.PEM) for one in certificates)


def der(one: x509.Certificate) -> bytes:
    return one.public_bytes(Encoding.DER)


def test_a_workstation_makes_its_own_identity() -> None:
    made = identity()
    read = x509.load_der_x509_certificate(made.certificate)
    assert made.facts.name == "CCI Île de la Réunion, poste K7Q"
    assert made.facts.fingerprint == read.fingerprint(SHA256()).hex()
    assert made.facts.valid_from < AT < made.facts.valid_until
    assert made.facts.valid_until.year == 2036
    assert read.issuer == read.subject
    usage = read.extensions.get_extension_for_class(x509.KeyUsage)
    assert usage.critical
    assert usage.value.digital_signature
    assert usage.value.content_commitment
    assert not usage.value.key_cert_sign
    basic = read.extensions.get_extension_for_class(x509.BasicConstraints)
    assert basic.critical
    assert not basic.value.ca
    read.verify_directly_issued_by(read)


def test_two_identities_of_one_name_differ() -> None:
    assert identity().certificate != identity(copy=1).certificate
    assert identity().facts.serial != identity(copy=1).facts.serial


def test_the_key_is_never_shown() -> None:
    assert "private_key" not in repr(identity())


@pytest.mark.parametrize("name", ["Ets « Cœur » " * 20, "ligne\nautre\x00\u202e"], ids=["long", "odd"])
def test_any_name_makes_a_certificate(name: str) -> None:
    made = make_identity(name, "K7Q", AT)
    assert made.facts.name.endswith(", poste K7Q")
    assert len(made.facts.name.encode()) <= 64
    assert made.facts.name.isprintable()


def test_a_workstation_without_a_name_is_refused() -> None:
    with pytest.raises(UserError, match="donnez celui"):
        make_identity(" \n", "", AT)


def test_the_request_is_what_an_authority_expects(tmp_path: Path) -> None:
    asked = signing_request(identity())
    request = x509.load_pem_x509_csr(asked)
    assert request.is_signature_valid
    assert request.public_key() == public_key(identity())
    (tmp_path / "demande.csr").write_bytes(asked)
    said = subprocess.run(
        ["openssl", "req", "-in", tmp_path / "demande.csr", "-noout", "-verify", "-subject", "-nameopt", "utf8"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "CCI Île de la Réunion, poste K7Q" in said.stdout


@pytest.mark.parametrize(
    "wrap",
    [
        lambda own, _root: pem(own),
        lambda own, root: pem(root, own),
        lambda own, root: b"un mot avant\n" + pem(own, root),
        lambda own, _root: der(own),
        lambda own, root: pkcs7.serialize_certificates([root, own], Encoding.DER),
        lambda own, root: pkcs7.serialize_certificates([own, root], Encoding.PEM),
    ],
)
def test_a_signed_certificate_comes_back_in_any_form(wrap: Callable[..., bytes]) -> None:
    own, root = issued(identity()), certificate()
    taken = with_certificate(identity(), wrap(own, root), AT)
    assert taken.certificate == der(own)
    assert taken.private_key == identity().private_key
    assert taken.chain in ((), (der(root),))
    assert leads_to(taken.certificate, (), [der(root)], AT)


def test_a_chain_is_kept_in_order_and_without_what_has_nothing_to_do_with_it() -> None:
    middle_key = a_key("middle")
    root = certificate()
    middle = certificate("Autorité des postes", key=middle_key.public_key())
    own = certificate("Poste", "Autorité des postes", key=public_key(identity()), by=middle_key, ca=False)
    stranger = certificate("Inconnu", "Inconnu", key=a_key("x").public_key(), by=a_key("x"))
    taken = with_certificate(identity(), pem(stranger, root, own, middle), AT)
    assert taken.chain == (der(middle), der(root))
    assert leads_to(taken.certificate, taken.chain, [der(root)], AT)
    assert not leads_to(taken.certificate, taken.chain, [der(stranger)], AT)
    assert not leads_to(taken.certificate, (), [der(root)], AT)


def uses(*which: x509.ObjectIdentifier) -> tuple[tuple[x509.ExtensionType, bool], ...]:
    return ((x509.ExtendedKeyUsage(which), False),)


def key_usage(**true: bool) -> tuple[tuple[x509.ExtensionType, bool], ...]:
    wanted = dict.fromkeys(
        ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
         "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"), False,
    )  # fmt: skip
    return ((x509.KeyUsage(**{**wanted, **true}), True),)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: issued(identity(copy=1)), "pas été fait pour la clé de ce poste"),
        (lambda: issued(identity(), days=(-20, -10)), "a expiré le 13/11/2026"),
        (lambda: issued(identity(), days=(10, 20)), "n'est valable qu'à partir du 03/12/2026"),
        (lambda: issued(identity(), ca=True), "pas fait pour signer"),
        (lambda: issued(identity(), extensions=key_usage(key_encipherment=True)), "pas fait pour signer"),
        (lambda: issued(identity(), extensions=uses(ExtendedKeyUsageOID.SERVER_AUTH)), "pas fait pour signer"),
    ],
)
def test_a_certificate_that_will_not_do_is_refused_with_what_to_do(
    make: Callable[[], x509.Certificate], sentence: str
) -> None:
    for wrapped in (pem(make()), der(make())):
        with pytest.raises(UserError, match=sentence) as refusal:
            with_certificate(identity(), wrapped, AT)
        assert str(refusal.value).endswith(".")


@pytest.mark.parametrize(
    "extensions",
    [
        key_usage(digital_signature=True),
        key_usage(content_commitment=True),
        uses(ExtendedKeyUsageOID.EMAIL_PROTECTION),
        uses(ExtendedKeyUsageOID.SERVER_AUTH, x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")),
    ],
)
def test_a_certificate_that_may_sign_is_taken(extensions: tuple[tuple[x509.ExtensionType, bool], ...]) -> None:
    own = issued(identity(), extensions=extensions)
    assert with_certificate(identity(), der(own), AT).certificate == der(own)


@pytest.mark.parametrize("content", [b"", b"bonjour", b"-----BEGIN CERTIFICATE-----\nAAAA\n", bytes(2_000_000)])
def test_what_is_no_certificate_is_refused(content: bytes) -> None:
    with pytest.raises(UserError, match="pas de certificat lisible"):
        with_certificate(identity(), content, AT)
    with pytest.raises(UserError, match="illisible"):
        describe(content)


def packed(key: Any, own: x509.Certificate | None, *others: x509.Certificate, phrase: str = PASSPHRASE) -> bytes:
    protection = BestAvailableEncryption(phrase.encode()) if phrase else NoEncryption()
    return pkcs12.serialize_key_and_certificates(b"poste", key, own, others, protection)


def test_an_identity_comes_from_a_pkcs12_file() -> None:
    key = load_der_private_key(identity().private_key, None)
    own, root = issued(identity()), certificate()
    for phrase in (PASSPHRASE, ""):
        taken = read_pkcs12(packed(key, own, root, phrase=phrase), phrase, AT)
        assert taken == SealIdentity(der(own), identity().private_key, (der(root),))


@pytest.mark.parametrize("curve", [ec.SECP256R1(), ec.SECP384R1(), ec.SECP521R1()])
def test_the_usual_curves_are_taken(curve: ec.EllipticCurve) -> None:
    key = ec.generate_private_key(curve)
    own = certificate("Poste", key=key.public_key(), ca=False)
    assert read_pkcs12(packed(key, own), PASSPHRASE, AT).facts.name == "Poste"


def test_a_pkcs12_file_that_will_not_do_is_refused_with_its_own_sentence() -> None:
    key: Any = load_der_private_key(identity().private_key, None)
    good = packed(key, issued(identity()))
    short = rsa.generate_private_key(65537, 1024)
    edwards = ed25519.Ed25519PrivateKey.generate()
    unusual = ec.generate_private_key(ec.SECP256K1())
    for content, phrase, sentence in (
        (good, "autre", "La phrase de passe n'ouvre pas"),
        (good, "", "La phrase de passe n'ouvre pas"),
        (good[:-40], PASSPHRASE, "abîmé"),
        (good + b"\0", PASSPHRASE, "abîmé"),
        (b"", PASSPHRASE, "abîmé"),
        (b"bonjour", PASSPHRASE, "abîmé"),
        (bytes(2_000_000), PASSPHRASE, "abîmé"),
        (packed(None, None, certificate()), PASSPHRASE, "ne contient pas de clé"),
        (packed(key, issued(identity(), days=(-20, -10))), PASSPHRASE, "a expiré"),
        (packed(key, issued(identity(), ca=True)), PASSPHRASE, "pas fait pour signer"),
        (packed(short, certificate(key=short.public_key(), ca=False)), PASSPHRASE, r"trop courte \(1024 bits\)"),
        (packed(edwards, certificate(key=edwards.public_key(), ca=False)), PASSPHRASE, "ne vérifient pas"),
        (packed(unusual, certificate(key=unusual.public_key(), ca=False)), PASSPHRASE, "ne vérifient pas"),
    ):
        with pytest.raises(UserError, match=sentence):
            read_pkcs12(content, phrase, AT)


def test_a_pkcs12_file_made_to_keep_the_machine_busy_is_refused() -> None:
    from asn1crypto.pkcs12 import Pfx

    file = Pfx.load(packed(load_der_private_key(identity().private_key, None), issued(identity())))
    file["mac_data"]["iterations"] = 2_000_000_000
    with pytest.raises(UserError, match="abîmé"):
        read_pkcs12(file.dump(force=True), PASSPHRASE, AT)


def test_a_root_vouches_for_what_signs_and_for_nothing_else() -> None:
    root = certificate()
    good = der(issued(identity()))
    assert leads_to(good, (), [der(root)], AT)
    assert not leads_to(good, (), [der(root)], AT + timedelta(days=4000))
    assert not leads_to(der(issued(identity(), extensions=uses(ExtendedKeyUsageOID.SERVER_AUTH))), (), [der(root)], AT)
    twin = certificate(key=a_key("twin").public_key(), by=a_key("twin"))
    assert not leads_to(good, (), [der(twin)], AT)
    expired = certificate(days=(-20, -10))
    assert not leads_to(good, (), [der(expired)], AT)
    no_authority = certificate(ca=False)
    assert not leads_to(good, (), [der(no_authority)], AT)
    limits = x509.NameConstraints([x509.DNSName("exemple.re")], None)
    assert not leads_to(good, (), [der(certificate(extensions=((limits, True),)))], AT)
    assert not leads_to(identity().certificate, (), [identity().certificate], AT)


def test_an_expired_identity_says_so() -> None:
    with pytest.raises(UserError, match="a expiré le 23/11/2036"):
        identity().refuse_unless_valid(datetime(2036, 12, 1, tzinfo=UTC))
    with pytest.raises(UserError, match="Vérifiez la date"):
        identity().refuse_unless_valid(datetime(2020, 1, 1, tzinfo=UTC))
    identity().refuse_unless_valid(AT)
