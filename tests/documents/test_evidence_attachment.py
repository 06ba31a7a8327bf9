import json
import re
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest

from charte_desktop.documents.evidence_attachment import attach_evidence
from charte_desktop.documents.seal import seal
from charte_desktop.errors import UserError
from tests.documents import sealing
from tests.documents.reading import faults_of, opened, structure_of, text_of
from tests.documents.sealing import AT, evidence, identity, pages, sealed, stamped, with_evidence

DC = "{http://purl.org/dc/elements/1.1/}"
XMP = "{http://ns.adobe.com/xap/1.0/}"
PDFA = "{http://www.aiim.org/pdfa/ns/id/}"
PDF = "{http://ns.adobe.com/pdf/1.3/}"


def attach(pdf: bytes = b"", content: bytes = b"", *, title: str = "Charte — 10 € & « cœur » <b>") -> bytes:
    return attach_evidence(
        pdf or pages(), content or evidence(), title=title, author="CCI Réunion", subject="Piton & Co"
    )


def xmp_of(pdf: bytes) -> ElementTree.Element:
    with opened(pdf) as document:
        return ElementTree.fromstring(document.Root.Metadata.read_bytes())


@pytest.mark.parametrize("pdf", [with_evidence, sealed, stamped], ids=["ready", "sealed", "stamped"])
def test_poppler_gets_the_evidence_out_byte_for_byte(pdf: Callable[[], bytes], tmp_path: Path) -> None:
    document, saved = tmp_path / "document.pdf", tmp_path / "preuve.json"
    document.write_bytes(pdf())
    subprocess.run(["pdfdetach", "-save", "1", "-o", saved, document], check=True, capture_output=True)
    assert saved.read_bytes() == evidence()
    listed = subprocess.run(["pdfdetach", "-list", document], capture_output=True, text=True, check=True)
    assert listed.stdout == "1 embedded files\n1: preuve.json\n"


def test_the_evidence_is_the_data_of_the_document() -> None:
    with opened(attach()) as document:
        (associated,) = document.Root.AF
        assert associated.AFRelationship == "/Data"
        assert str(associated.UF) == "preuve.json"
        assert associated.EF.F.Subtype == "/application/json"
        assert document.Root.Names.EmbeddedFiles.Names[1].objgen == associated.objgen
        assert str(associated.EF.F.Params.ModDate) == "D:20261123140200+04'00'"


def test_the_document_claims_to_be_pdf_a_3b_and_says_the_same_in_both_places() -> None:
    pdf = attach()
    xmp = xmp_of(pdf)
    text = {one.tag: " ".join("".join(one.itertext()).split()) for one in xmp.iter()}
    assert (text[PDFA + "part"], text[PDFA + "conformance"]) == ("3", "B")
    with opened(pdf) as document:
        info = {str(key): str(value) for key, value in document.docinfo.items()}
        assert document.pdf_version == "1.7"
        assert document.trailer.ID[0]
        assert "/Filter" not in document.Root.Metadata
    assert info["/Title"] == text[DC + "title"] == "Charte — 10 € & « cœur » <b>"
    assert info["/Author"] == text[DC + "creator"] == "CCI Réunion"
    assert info["/Subject"] == text[DC + "description"] == "Piton & Co"
    assert info["/Creator"] == text[XMP + "CreatorTool"]
    assert info["/Producer"] == text[PDF + "Producer"]
    assert info["/CreationDate"] == info["/ModDate"] == "D:20261123140200+04'00'"
    assert text[XMP + "CreateDate"] == text[XMP + "ModifyDate"] == "2026-11-23T14:02:00+04:00"


def test_colours_language_tags_and_text_are_declared_and_kept() -> None:
    pdf = attach()
    assert text_of(pdf) == text_of(pages())
    assert sorted(structure_of(pdf).splitlines()) == sorted(structure_of(pages()).splitlines())
    assert faults_of(pdf) == []
    with opened(pdf) as document:
        (intent,) = document.Root.OutputIntents
        assert intent.S == "/GTS_PDFA1"
        assert intent.DestOutputProfile.N == 3
        assert intent.DestOutputProfile.read_bytes()[36:40] == b"acsp"
        assert str(document.Root.Lang) == "fr-FR"
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert document.Root.MarkInfo.Marked
        for page in document.pages:
            for font in page.resources.get("/Font", {}).values():
                assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor


def test_the_same_document_is_the_same_bytes() -> None:
    assert attach() == attach()
    from charte_desktop.documents.evidence_attachment import _srgb_profile

    first = attach()
    _srgb_profile.cache_clear()
    assert attach() == first
    assert attach(title="Autre") != first


def test_no_object_hides_in_a_stream() -> None:
    assert b"/ObjStm" not in attach()
    assert b"/XRef" not in attach()


@pytest.mark.parametrize("title", ["", "a\x00b\nc\ud800", "]]> & <x> «»", "汉字 𝄞 שלום", "x" * 5000])
def test_any_title_makes_sound_metadata(title: str) -> None:
    pdf = attach(title=title)
    assert faults_of(pdf) == []
    said = "".join(next(iter(xmp_of(pdf).iter(DC + "title"))).itertext()).strip()
    with opened(pdf) as document:
        assert said == str(document.docinfo.Title)
    assert seal(pdf, identity(), at=AT, reason="")


def test_a_document_is_given_its_evidence_once_and_before_its_seal() -> None:
    with pytest.raises(ValueError, match="already"):
        attach(with_evidence())
    with pytest.raises(UserError, match="nouvelle version"):
        attach(sealed())
    with pytest.raises(UserError, match="Refaites le document"):
        attach(b"bonjour")


@pytest.mark.parametrize(
    "content",
    [
        b"{}",
        b"[]",
        b"no json",
        evidence(format="autre"),
        evidence(signed_at="hier"),
        evidence(signed_at="2026-11-23T14:02"),
    ],
    ids=range(6),
)
def test_what_is_no_evidence_is_a_fault_of_the_program(content: bytes) -> None:
    with pytest.raises((ValueError, KeyError)):
        attach(content=content)


def test_another_attachment_is_left_alone() -> None:
    from io import BytesIO

    import pikepdf

    out = BytesIO()
    with opened(pages()) as document:
        document.attachments["mandat.pdf"] = pikepdf.AttachedFileSpec(document, sealed(), filename="mandat.pdf")
        document.save(out)
    pdf = seal(attach(out.getvalue()), identity(), at=AT, reason="")
    with opened(pdf) as document:
        assert document.attachments["mandat.pdf"].get_file().read_bytes() == sealed()
    from charte_desktop.documents.verification import Verdict, verify

    found = verify(pdf, [identity().certificate])
    assert found.verdict is Verdict.INTACT_KNOWN
    assert found.fingerprint == verify(sealed(), []).fingerprint


def test_a_moment_east_or_west_is_written_with_its_zone() -> None:
    from datetime import timezone

    for hours, written in ((-3, "-03'00'"), (0, "+00'00'"), (5, "+05'00'")):
        there = AT.astimezone(timezone(timedelta(hours=hours)))
        with opened(attach(content=evidence(signed_at=there.isoformat()))) as document:
            assert str(document.docinfo.ModDate).endswith(written)


def test_evidence_may_be_of_any_kind_that_its_format_allows() -> None:
    said = json.loads(evidence(kind="overrun"))
    said["strokes"] = [[1, 2.5, 0.3]] * 1000
    pdf = attach(content=json.dumps(said).encode())
    from charte_desktop.documents.verification import verify

    found = verify(seal(pdf, identity(), at=AT, reason=""), [])
    assert found.evidence
    assert found.evidence.kind == "overrun"
    assert re.fullmatch(r"([0-9a-f]{4} ){3}[0-9a-f]{4}", found.fingerprint)
    assert sealing.evidence() != b""
