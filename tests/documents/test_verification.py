"""The verdicts, against every forgery and with pyHanko as a witness."""

import json
import re
import subprocess
import sys
from datetime import UTC, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import SigningError, ValueErrorWithMessage
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from charte_desktop.documents.seal import seal
from charte_desktop.documents.verdict_words import words
from charte_desktop.documents.verification import Verdict, verify
from charte_desktop.model.fingerprint import short_fingerprint
from tests.documents import sealing
from tests.documents.forgeries import FORGERIES, forger
from tests.documents.sealing import AT, evidence, hand_sealed, identity, sealed, with_evidence

KNOWN = [identity().certificate]


def pyhanko_finds_it_intact(pdf: bytes, trusted: bytes) -> bool:
    """Whether pyHanko, which trusts that certificate, finds the first signature and what follows it in order."""
    from asn1crypto import x509

    context = ValidationContext(trust_roots=[x509.Certificate.load(trusted)], allow_fetching=False, moment=AT)
    try:
        reader = PdfFileReader(BytesIO(pdf))
        signatures = reader.embedded_regular_signatures
        if not signatures:
            return False
        status = validate_pdf_signature(signatures[0], context)
    except (PdfError, SigningError, ValueErrorWithMessage, ValueError, KeyError, IndexError, TypeError):
        return False
    return bool(status.bottom_line and status.docmdp_ok)


def test_an_honest_document_is_intact_and_tells_what_was_sealed() -> None:
    found = verify(sealed(), KNOWN)
    assert found.verdict is Verdict.INTACT_KNOWN
    assert found.message == (
        "Ce document est inchangé depuis le scellement, le 23/11/2026 à 14 h 02 (heure de La Réunion), par le poste "
        "connu « CCI Île de la Réunion, poste K7Q ». Il n'y a rien à faire."
    )
    assert found.provider == "Piton Web & Cœur"
    assert found.signed_at == AT
    assert found.sealed_at == AT
    assert found.fingerprint == short_fingerprint(evidence())
    assert found.charter_version == json.loads(evidence())["charter_version"]
    assert found.certificate_fingerprint == identity().facts.fingerprint
    assert found.certificate_name == "CCI Île de la Réunion, poste K7Q"
    assert found.time_stamps == ()
    assert found.changes == ()
    assert found.evidence
    assert (found.evidence.kind, found.evidence.siren) == ("charter", "900000003")
    assert found.evidence.signer == "Marie-Ange Exemple"


def test_an_unknown_workstation_is_told_by_its_certificate_and_not_by_what_can_be_copied() -> None:
    found = verify(sealed(), [])
    assert found.verdict is Verdict.INTACT_UNKNOWN
    assert "n'importe qui" in found.message
    assert found.certificate_fingerprint in found.message.replace(" ", "")
    assert found.fingerprint not in found.message
    assert verify(sealed(), [forger().certificate]).verdict is Verdict.INTACT_UNKNOWN


@pytest.mark.parametrize("name", FORGERIES)
def test_each_forgery_gets_the_verdict_it_deserves(name: str) -> None:
    wanted, make = FORGERIES[name]
    pdf = make()
    found = verify(pdf, KNOWN)
    assert found.verdict.value == wanted
    assert found.message
    assert bool(found.changes) == (found.verdict is Verdict.CHANGED)
    if found.verdict not in (Verdict.INTACT_KNOWN, Verdict.INTACT_UNKNOWN, Verdict.CHANGED):
        assert found.evidence is None
    if found.verdict is Verdict.INTACT_KNOWN:
        assert pyhanko_finds_it_intact(pdf, KNOWN[0])
    if found.verdict is Verdict.INTACT_UNKNOWN:
        assert pyhanko_finds_it_intact(pdf, forger().certificate)


def test_a_changed_document_tells_what_changed() -> None:
    def changes(name: str) -> str:
        return " ".join(verify(FORGERIES[name][1](), KNOWN).changes)

    assert changes("a byte of a page flipped") == "Des octets de la partie scellée ont été modifiés."
    assert changes("the seal itself flipped") == "Le sceau lui-même a été abîmé ou remplacé."
    assert changes("the end cut") == "La fin du fichier manque : 300 octets."
    assert "1 octet ajouté avant lui" in changes("a byte added at the beginning")
    assert "1 octet ajouté après la partie scellée. Ce ne sont que des blancs" in changes(
        "a line feed added at the end"
    )
    assert "Un autre PDF a été collé à la suite." in changes("another file glued behind")
    assert "Page 1 : contenu modifié." in changes("the contents of a page replaced")
    assert "Page 1 : contenu modifié." in changes("a page sent to other contents")
    assert "Page 1 : annotations ajoutées (1)." in changes("an annotation laid over a page")
    assert "Page 1 : ajoutée." in changes("the pages replaced by another catalog")
    assert "Pages retirées : 2." in changes("the pages replaced by another catalog")
    assert "Les pièces jointes ont été modifiées." in changes("the evidence replaced in a later revision")
    assert "Les réglages du document" in changes("the certification taken away")
    assert "Une autre signature" in changes("a second signature by somebody else")
    for name in ("saved anew by another program", "saved anew and packed"):
        assert "réenregistré par un autre programme" in changes(name)
    assert changes("a byte range of huge numbers") == "Le sceau lui-même a été abîmé ou remplacé."


def test_what_was_sealed_is_still_told_when_something_was_only_added() -> None:
    found = verify(FORGERIES["the evidence replaced in a later revision"][1](), KNOWN)
    assert found.provider == "Piton Web & Cœur"
    assert found.fingerprint == short_fingerprint(evidence())
    assert "la partie scellée est encore là" in found.message
    assert verify(FORGERIES["a byte of a page flipped"][1](), KNOWN).provider == ""


def test_a_time_stamp_is_told_with_its_moment_and_its_service() -> None:
    (stamp,) = verify(sealing.stamped(), KNOWN).time_stamps
    assert stamp.at == AT
    assert stamp.at.tzinfo is UTC
    assert stamp.service == "Service d'horodatage, poste TSA"


def test_a_seal_dated_outside_its_certificate_is_not_of_a_known_workstation() -> None:
    objects, reference = sealing.attached(evidence())
    for year in (b"2040", b"2020"):
        dated = sealing.SIGNATURE_DICTIONARY.replace(b"D:2026", b"D:" + year)
        pdf = hand_sealed(objects, identity(), catalog=sealing.names(reference), signature=dated)
        found = verify(pdf, KNOWN)
        assert found.verdict is Verdict.INTACT_UNKNOWN
        assert "ne couvrait pas cette date" in found.message


def test_a_seal_made_by_hand_by_a_known_workstation_is_as_good_as_any() -> None:
    objects, reference = sealing.attached(evidence())
    pdf = hand_sealed(objects, identity(), catalog=sealing.names(reference))
    assert verify(pdf, KNOWN).verdict is Verdict.INTACT_KNOWN
    assert pyhanko_finds_it_intact(pdf, KNOWN[0])


@pytest.mark.parametrize(
    "spelling",
    [
        b"D:20261123140200Z", b"D:20261123140200+04'00", b"D:20261123140200-03'30'",
    ],
)  # fmt: skip
def test_a_moment_is_read_in_its_zone(spelling: bytes) -> None:
    objects, reference = sealing.attached(evidence())
    dated = sealing.SIGNATURE_DICTIONARY.replace(b"D:20261123140200+04'00'", spelling)
    found = verify(hand_sealed(objects, identity(), catalog=sealing.names(reference), signature=dated), KNOWN)
    assert found.sealed_at
    offset = {b"Z": 0, b"+04'00": 4, b"-03'30'": -3.5}[spelling[16:]]
    assert found.sealed_at == AT.replace(tzinfo=UTC) - timedelta(hours=offset)


@pytest.mark.parametrize(
    "spelling", [b"", b"D:2026", b"D:20261332140200Z", b"D:99991231235959Z", b"D:20261123140200+99'00'"]
)
def test_a_seal_without_a_moment_is_none(spelling: bytes) -> None:
    objects, reference = sealing.attached(evidence())
    dated = sealing.SIGNATURE_DICTIONARY.replace(b"D:20261123140200+04'00'", spelling)
    pdf = hand_sealed(objects, identity(), catalog=sealing.names(reference), signature=dated)
    assert verify(pdf, KNOWN).verdict is Verdict.FOREIGN


def test_what_a_stranger_writes_is_shown_without_tricks() -> None:
    trick = evidence(provider="Piton\u202e\x00\nWeb" + "x" * 500, signed_at="٢٠٢٦-11-23T14:02:00+04:00", siren="")
    objects, reference = sealing.attached(trick)
    found = verify(hand_sealed(objects, forger(), catalog=sealing.names(reference)), [])
    assert found.provider.startswith("Piton Web")
    assert found.provider.isprintable()
    assert len(found.provider) == 160
    assert found.signed_at is None


def test_evidence_with_values_of_other_kinds_is_read_as_empty() -> None:
    content = b'{"format": "charte-desktop/preuve/1", "provider": 7, "signed_at": null, "siren": ["x"], "kind": {}}'
    objects, reference = sealing.attached(content)
    found = verify(hand_sealed(objects, identity(), catalog=sealing.names(reference)), KNOWN)
    assert found.verdict is Verdict.INTACT_KNOWN
    assert (found.provider, found.signed_at, found.charter_version) == ("", None, "")


def test_the_seal_of_another_program_is_not_ours() -> None:
    """An honest, valid signature made by pyHanko as anybody would."""
    from asn1crypto import keys, x509
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    signer = SimpleSigner(
        signing_cert=x509.Certificate.load(forger().certificate),
        signing_key=keys.PrivateKeyInfo.load(forger().private_key),
        cert_registry=SimpleCertificateStore(),
    )
    writer = IncrementalPdfFileWriter(BytesIO(sealing.pages()))
    pdf = PdfSigner(PdfSignatureMetadata(field_name="A"), signer).sign_pdf(writer).getvalue()
    assert verify(pdf, KNOWN).verdict is Verdict.FOREIGN
    assert "logiciel de son auteur" in verify(pdf, KNOWN).message
    assert verify(pdf[:-1], KNOWN).verdict is Verdict.FOREIGN


def test_a_damaged_document_of_an_unknown_workstation_is_still_said_to_be_changed() -> None:
    pdf = seal(with_evidence(), forger(), at=AT, reason="")
    for at in (500, len(with_evidence()) // 2, pdf.rindex(b"/Charte#20Desktop") + 3, len(pdf) - 5):
        flipped = pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]
        assert verify(flipped, []).verdict is Verdict.CHANGED


def test_messages_are_plain_french_that_ends_with_what_to_do_and_promises_nothing() -> None:
    said = words()
    texts = [*said.headings.values(), *said.messages.values(), *said.changes.values(), *said.details.values()]
    assert set(said.headings) == {one.value for one in Verdict}
    for text in [*texts, *said.page.values()]:
        assert not re.search(r"avancée|qualifiée|certifiée?\b|\bvalide\b", text)
    for message in said.messages.values():
        assert message.endswith(".")


def test_a_verification_is_told_in_few_words() -> None:
    assert verify(sealed(), KNOWN).heading == "Inchangé depuis le scellement, par un poste connu"
    assert verify(b"", []).heading == "Illisible"


def test_verifying_loads_neither_pyhanko_nor_anything_else_that_is_slow(tmp_path: Path) -> None:
    (tmp_path / "scellé.pdf").write_bytes(sealing.stamped())
    program = (
        "import sys, pathlib\nfrom charte_desktop.documents.verification import verify\n"
        "print(verify(pathlib.Path(sys.argv[1]).read_bytes(), []).verdict.value)\nprint(*sys.modules)"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "scellé.pdf")]
    verdict, loaded = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    assert verdict == "intact_unknown"
    assert not {"pyhanko", "asn1crypto", "pikepdf", "lxml", "aiohttp", "PIL", "reportlab"} & set(loaded.split())
