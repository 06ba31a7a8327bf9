import re
import subprocess
from datetime import datetime, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any

import pikepdf
import pytest
from pyhanko.sign.timestamps import TimestampRequestError
from reportlab.pdfgen.canvas import Canvas

from charte_desktop.documents.certificate_chain import leads_to
from charte_desktop.documents.seal import add_timestamp, seal
from charte_desktop.documents.seal_identity import SealIdentity, read_pkcs12, with_certificate
from charte_desktop.documents.verification import Verdict, verify
from charte_desktop.errors import UserError
from tests.documents import sealing
from tests.documents.reading import faults_of, opened, page_total, structure_of, text_of
from tests.documents.sealing import AT, identity, sealed, stamped, timestamper, with_evidence
from tests.documents.test_seal_identity import PASSPHRASE, a_key, certificate, der, issued, packed, pem


def pdfsig(pdf: bytes, folder: Path) -> str:
    """What poppler says of the signatures of a file."""
    (folder / "scelle.pdf").write_bytes(pdf)
    answer = subprocess.run(["pdfsig", folder / "scelle.pdf"], capture_output=True, text=True, check=True)
    return answer.stdout


def test_poppler_accepts_the_seal_and_sees_the_whole_document_signed(tmp_path: Path) -> None:
    said = pdfsig(sealed(), tmp_path)
    assert "Signature is Valid." in said
    assert said.count("Total document signed") == 1
    assert "Not total" not in said
    assert "Signature Type: ETSI.CAdES.detached" in said
    assert "Signing Hash Algorithm: SHA-256" in said
    assert "Signature Field Name: Sceau" in said
    assert "CCI Île de la Réunion, poste K7Q" in said
    assert "Nov 23 2026" in said


def test_qpdf_finds_nothing_wrong(tmp_path: Path) -> None:
    for name, pdf in (("scelle", sealed()), ("horodate", stamped())):
        (tmp_path / name).write_bytes(pdf)
        answer = subprocess.run(["qpdf", "--check", tmp_path / name], capture_output=True, text=True, check=True)
        assert "No syntax or stream encoding errors found" in answer.stdout
        assert "WARNING" not in answer.stderr
        assert faults_of(pdf) == []


def test_a_seal_forbids_any_change_and_tells_why_where_and_by_what_it_was_made() -> None:
    with opened(sealed()) as document:
        signature = document.Root.Perms.DocMDP
        assert str(signature.Reason) == "Scellement"
        assert str(signature.Location) == "Saint-Denis"
        assert str(signature.M) == "D:20261123140200+04'00'"
        assert signature.Reference[0].TransformParams.P == 1
        assert str(signature.Prop_Build.App.Name) == "/Charte Desktop"
        assert len(list(document.Root.AcroForm.Fields)) == 1
        assert document.Root.AcroForm.SigFlags == 3


def test_sealing_leaves_the_document_as_it_was_byte_for_byte() -> None:
    before = with_evidence()
    assert sealed().startswith(before)
    assert text_of(sealed()) == text_of(before)
    assert structure_of(sealed()) == structure_of(before)
    with opened(before) as old, opened(sealed()) as new:
        assert new.Root.Metadata.read_raw_bytes() == old.Root.Metadata.read_raw_bytes()
        assert dict(new.docinfo.items()) == dict(old.docinfo.items())
        assert str(new.Root.Lang) == "fr-FR"
        assert new.Root.MarkInfo.Marked
        assert new.attachments["preuve.json"].get_file().read_bytes() == sealing.evidence()
        assert len(list(new.Root.OutputIntents)) == 1


def test_a_seal_is_invisible_unless_it_is_drawn() -> None:
    with opened(sealed()) as document:
        field = document.Root.AcroForm.Fields[0]
        assert list(field.Rect) == [0, 0, 0, 0]
        assert "/AP" not in field


def appearance() -> bytes:
    out = BytesIO()
    canvas = Canvas(out, pagesize=(200, 60))
    canvas.rect(1, 1, 198, 58)
    canvas.drawString(10, 25, "Scelle par le poste K7Q")
    canvas.save()
    return out.getvalue()


def test_a_seal_is_drawn_from_a_page_where_it_is_wanted() -> None:
    pdf = seal(
        with_evidence(),
        identity(),
        at=AT,
        reason="Scellement",
        page=-1,
        box=(60, 60, 260, 120),
        appearance=appearance(),
    )
    assert verify(pdf, [identity().certificate]).verdict is Verdict.INTACT_KNOWN
    assert faults_of(pdf) == []
    with opened(pdf) as document:
        field = document.Root.AcroForm.Fields[0]
        assert list(field.Rect) == [60, 60, 260, 120]
        assert field.P.objgen == document.pages[page_total(pdf) - 1].objgen
        assert field.AP.N.BBox
    assert "Scelle par le poste K7Q" in text_of(pdf)


def test_a_seal_that_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(UserError, match="choisissez-en un autre"):
        seal(with_evidence(), identity(), at=AT, reason="", box=(0, 0, 9, 9), appearance=b"no pdf")
    with pytest.raises(ValueError, match="both a box and an appearance"):
        seal(with_evidence(), identity(), at=AT, reason="", box=(0, 0, 9, 9))
    with pytest.raises(ValueError, match="no page 99"):
        seal(with_evidence(), identity(), at=AT, reason="", page=99)


def test_a_second_seal_is_refused() -> None:
    with pytest.raises(UserError, match="nouvelle version"):
        seal(sealed(), identity(), at=AT, reason="")


def test_an_expired_certificate_seals_nothing() -> None:
    with pytest.raises(UserError, match="a expiré le 23/11/2036"):
        seal(with_evidence(), identity(), at=AT + timedelta(days=4000), reason="")
    with pytest.raises(UserError, match="Vérifiez la date de ce poste"):
        seal(with_evidence(), identity(), at=AT - timedelta(days=2), reason="")


def test_a_moment_without_its_zone_is_a_fault_of_the_program() -> None:
    with pytest.raises(ValueError, match="naive"):
        seal(with_evidence(), identity(), at=datetime(2026, 11, 23), reason="")  # noqa: DTZ001


@pytest.mark.parametrize("pdf", [b"", b"bonjour", b"%PDF-1.7\n%%EOF\n", with_evidence()[:3000]], ids=range(4))
def test_what_is_no_sound_pdf_is_refused(pdf: bytes) -> None:
    with pytest.raises(UserError, match="Refaites le document"):
        seal(pdf, identity(), at=AT, reason="")


def test_a_pdf_with_a_password_is_refused() -> None:
    out = BytesIO()
    with pikepdf.open(BytesIO(sealing.pages())) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="a", user=""))
    with pytest.raises(UserError, match="mot de passe"):
        seal(out.getvalue(), identity(), at=AT, reason="")


@pytest.mark.parametrize("reason", ["", "Cœur — 10 € « ça »", "(\\)" * 40, "汉字 𝄞"])
def test_any_reason_can_be_given(reason: str) -> None:
    pdf = seal(with_evidence(), identity(), at=AT, reason=reason, location=reason)
    assert verify(pdf, [identity().certificate]).verdict is Verdict.INTACT_KNOWN
    with opened(pdf) as document:
        assert str(document.Root.Perms.DocMDP.get("/Reason", "")) == reason


def test_sealing_works_in_a_worker_thread() -> None:
    found: list[bytes] = []
    thread = Thread(target=lambda: found.append(seal(with_evidence(), identity(), at=AT, reason="")))
    thread.start()
    thread.join()
    assert verify(found[0], [identity().certificate]).verdict is Verdict.INTACT_KNOWN


def test_ordinary_refusals_leave_no_trace_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(UserError):
        seal(b"%PDF-1.7\n%%EOF\n", identity(), at=AT, reason="")
    assert not caplog.records


def test_a_seal_by_an_authority_s_certificate_brings_its_chain_and_is_known_by_the_root(tmp_path: Path) -> None:
    middle_key, root = a_key("middle"), certificate()
    middle = certificate("Autorité des postes", key=middle_key.public_key())
    own = issued(identity(), issuer="Autorité des postes", by=middle_key)
    office = with_certificate(identity(), pem(own, middle, root), AT)
    pdf = seal(with_evidence(), office, at=AT, reason="")
    assert "Signature is Valid." in pdfsig(pdf, tmp_path)
    assert verify(pdf, []).verdict is Verdict.INTACT_UNKNOWN
    assert verify(pdf, [der(own)]).verdict is Verdict.INTACT_KNOWN
    assert verify(pdf, [], [der(root)]).verdict is Verdict.INTACT_KNOWN
    assert verify(pdf, [], [der(certificate(key=a_key("x").public_key(), by=a_key("x")))]).verdict is (
        Verdict.INTACT_UNKNOWN
    )


def test_no_byte_of_a_chain_can_be_changed() -> None:
    root = certificate()
    office = with_certificate(identity(), pem(issued(identity()), root), AT)
    pdf = seal(with_evidence(), office, at=AT, reason="")
    place = pdf.index(der(root)[-40:].hex().upper().encode())  # its signature, which nothing else would check
    changed = pdf[:place] + (b"0" if pdf[place : place + 1] != b"0" else b"1") + pdf[place + 1 :]
    assert verify(changed, [office.certificate], [der(root)]).verdict is Verdict.CHANGED


def test_a_seal_by_a_curve_is_as_good(tmp_path: Path) -> None:
    pdf = seal(with_evidence(), on_a_curve(), at=AT, reason="")
    assert verify(pdf, [on_a_curve().certificate]).verdict is Verdict.INTACT_KNOWN
    assert "Signature is Valid." in pdfsig(pdf, tmp_path)


@cache
def on_a_curve() -> SealIdentity:
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.derive_private_key(7**80, ec.SECP256R1())
    return read_pkcs12(packed(key, certificate("Poste P", key=key.public_key(), ca=False)), PASSPHRASE, AT)


# -- time stamps ------------------------------------------------------------------------------------------------------


def test_a_time_stamp_is_added_without_touching_the_sealed_document(tmp_path: Path) -> None:
    assert stamped().startswith(sealed())
    found = verify(stamped(), [identity().certificate])
    assert found.verdict is Verdict.INTACT_KNOWN
    assert [(one.at, one.service) for one in found.time_stamps] == [(AT, "Service d'horodatage, poste TSA")]
    assert found.evidence == verify(sealed(), []).evidence
    said = pdfsig(stamped(), tmp_path)
    assert "Signature is Valid." in said
    assert "Horodatage 1" in said
    with opened(stamped()) as document, opened(sealed()) as before:
        assert document.Root.Metadata.read_raw_bytes() == before.Root.Metadata.read_raw_bytes()


def test_time_stamps_may_follow_each_other() -> None:
    pdf = stamped()
    for total in (2, 3):
        pdf = add_timestamp(pdf, timestamper())
        found = verify(pdf, [identity().certificate])
        assert found.verdict is Verdict.INTACT_KNOWN
        assert len(found.time_stamps) == total


def test_only_what_is_sealed_and_unchanged_is_stamped() -> None:
    for pdf in (
        sealing.pages(),
        with_evidence(),
        sealed() + b"\n",
        sealed()[:-9],
        b"",
        b"bonjour",
        sealed()[:999] + b"?" + sealed()[1000:],
    ):
        with pytest.raises(UserError, match="Choisissez l'exemplaire scellé"):
            add_timestamp(pdf, timestamper())


class Failing:
    """A service that fails in its own way."""

    def __init__(self, fault: BaseException) -> None:
        self.fault = fault

    async def async_dummy_response(self, algorithm: str) -> Any:
        raise self.fault


@pytest.mark.parametrize("fault", [TimestampRequestError("no"), OSError("no network"), TimeoutError()])
def test_a_service_that_does_not_answer_is_told_with_what_to_do(fault: Exception) -> None:
    with pytest.raises(UserError, match="Vérifiez le réseau"):
        add_timestamp(sealed(), Failing(fault))  # type: ignore[arg-type]  # it has the one method that is called


def test_a_token_that_could_not_be_verified_later_is_refused() -> None:
    lying = timestamper()
    wrong = timestamper()

    async def another(digest: bytes, algorithm: str) -> Any:
        return await wrong.async_timestamp(bytes(32), algorithm)

    lying.async_timestamp = another  # type: ignore[method-assign, assignment]  # the service answers about another document
    with pytest.raises(UserError, match="autre service"):
        add_timestamp(sealed(), lying)


def test_a_chain_leads_to_its_root_only_while_it_is_valid() -> None:
    own, root = issued(identity()), certificate(days=(-10, 100))
    assert leads_to(der(own), (), [der(root)], AT)
    assert not leads_to(der(own), (), [der(root)], AT + timedelta(days=200))


def test_sealing_says_nothing_that_it_may_not() -> None:
    texts = re.findall(rb"/(?:Reason|Name|Location|TU|T) \((.*?)\)", sealed()[len(with_evidence()) :])
    for word in (b"avanc", b"qualifi", b"certifi"):
        assert not any(word in one.lower() for one in texts)
