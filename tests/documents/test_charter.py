import random
import re
import subprocess
import tempfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from charte_desktop.documents.charter import page_count, paper_charter, signed_charter
from charte_desktop.documents.html_verifier import html_verifier
from charte_desktop.documents.verification import Verdict, verify
from charte_desktop.exchange.scanned_charter import codes_of
from charte_desktop.model.charter_text import blocks_of, sections_of
from charte_desktop.model.clauses import clauses
from charte_desktop.model.paper_code import PageCode, new_code, page_text, read_page_text
from charte_desktop.model.wording import normalise
from tests.documents.browser import Browser
from tests.documents.charters import (
    AT,
    CORRECTED,
    TEXT,
    a_charter_to_sign,
    a_sealed_charter,
    a_signed_charter,
    fiche,
)
from tests.documents.reading import faults_of, opened, page_total, sentences_of, structure_of, text_of, words_of
from tests.documents.sealing import identity
from tests.documents.test_html_verifier import MADE_ON, said_by_the_page
from tests.signings import a_drawing

ODD = "L'Œuvre « Cœur » 🚀 <b>& שלום 漢字 தமிழ்\x00 \ud800" + " Trèslongnom" * 30


def test_the_first_page_is_the_form_as_it_is_filled_with_the_signature_and_the_day() -> None:
    pdf = signed_charter(a_signed_charter())
    first = sentences_of(pdf).split("PREAMBULE")[0]
    for wanted in (
        "n° CE-2026-K7Q-00012",
        "Raison sociale Piton Web & Co",
        "SIREN 900 000 003",
        "97410 Saint-Pierre",
        "Création / refonte site internet",
        "Fait à Saint-Pierre, le 23/11/2026 à 14:02 (Indian/Reunion, UTC+4)",
        "Camille Exemple, responsable légal",
    ):
        assert wanted in first


def test_c02_the_text_is_printed_in_its_own_words_and_the_whole_of_it_is_in_the_evidence() -> None:
    content = a_signed_charter()
    printed = normalise(sentences_of(signed_charter(content)))
    for section in sections_of(TEXT):
        for block in section.blocks:
            assert normalise(block.text) in printed, block.text
    for clause in clauses().values():
        assert normalise(clause.text)[:60] in printed, clause.id
    assert "annexe au contrat établi entre le client et le prestataire" in sentences_of(signed_charter(content))
    assert b"Cette charte de bonne conduite est une annexe" in content.evidence


def test_every_page_bears_number_moment_zone_fingerprint_and_place() -> None:
    content = a_signed_charter()
    pdf = signed_charter(content)
    total = page_total(pdf)
    assert total == page_count(content)
    pages = text_of(pdf).split("\f")[:total]
    for number, page in enumerate(pages, 1):
        words = " ".join(page.split())
        assert f"Empreinte : {content.fingerprint}" in words
        assert f"Page {number}/{total}" in words
        assert "signée le 23/11/2026 à 14:02 (Indian/Reunion, UTC+4)" in words
        assert "signature électronique simple" in words


def test_the_page_of_evidence_claims_no_more_than_is_proved() -> None:
    content = a_signed_charter(
        corrects=CORRECTED, read_together="23/11/2026 à 13:50", acknowledged=("Devoir de conseil",)
    )
    text = sentences_of(signed_charter(content))
    for wanted in (
        "signature électronique simple",
        "inchangé depuis le scellement",
        "il ne dit pas, à lui seul, qui a signé",
        "Identification : Connu(e) du conseiller",
        "2 traits, 80 points, au stylet",
        "lue avec le conseiller, ce qu'il a noté le 23/11/2026 à 13:50",
        "Remplace le document n° CE-2026-K7Q-00011, empreinte 3f2a 09bc 71de 4410",
        "Motif : Nom mal écrit",
        "Devoir de conseil",
        "Comment vérifier ce document",
        "validité inconnue",
    ):
        assert wanted in text, wanted
    assert not re.search(r"avancée|qualifiée|certifié", text)


def test_it_is_tagged_in_french_with_embedded_fonts_and_the_signature_has_words() -> None:
    pdf = signed_charter(a_signed_charter())
    assert faults_of(pdf) == []
    structure = structure_of(pdf)
    for role in ("H1", "H2", "Table", "TR", "TH", "TD", "LI", "Figure"):
        assert role in structure
    with opened(pdf) as document:
        assert str(document.Root.Lang) == "fr-FR"
        assert bool(document.Root.MarkInfo.Marked)
        titles = [str(one.title) for one in document.open_outline().root]
        assert "Signature" in titles
        assert "PREAMBULE" in titles
        alternatives = [
            str(one.Alt) for one in document.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one
        ]
    assert "Signature tracée par Camille Exemple" in alternatives
    assert "Cachet du prestataire" in alternatives
    listed = subprocess.run(["pdffonts", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    for line in listed.splitlines()[2:]:
        assert re.search(r"\byes\b", line), line


def test_the_strokes_are_outlines_and_never_a_picture() -> None:
    pdf = signed_charter(a_signed_charter(stamp=None))
    with opened(pdf) as document:
        assert all("/XObject" not in page.get("/Resources", {}) for page in document.pages)
    drawn = signed_charter(
        a_signed_charter(stamp=None, signers=(replace(a_signed_charter().signers[0], drawing=a_drawing(1)),))
    )
    assert drawn != pdf


def test_the_same_content_gives_the_same_bytes() -> None:
    assert signed_charter(a_signed_charter()) == signed_charter(a_signed_charter())


def test_several_signers_have_a_frame_each_and_none_is_cut() -> None:
    one = a_signed_charter().signers[0]
    for count in (2, 3, 6):
        content = a_signed_charter(signers=tuple(replace(one, name=f"Personne {number}") for number in range(count)))
        pdf = signed_charter(content)
        words = words_of(pdf)
        pages = {word.page for word in words if word.text.startswith("Personne")}
        assert len({page for page in pages if page <= 2} | {1}) <= 2
        text = sentences_of(pdf)
        assert all(f"Personne {number}, responsable légal" in text for number in range(count))
        assert faults_of(pdf) == []


@given(st.text(max_size=300), st.text(max_size=4_000), st.text(max_size=60))
@settings(max_examples=25, deadline=None)
def test_any_text_is_printed_and_no_row_is_cut(name: str, references: str, signer: str) -> None:
    one = replace(a_signed_charter().signers[0], name=signer)
    content = a_signed_charter(fiche=fiche(legal_name=name, references=references), provider_name=name, signers=(one,))
    pdf = signed_charter(content)
    assert faults_of(pdf) == []
    assert page_total(pdf) == page_count(content)


def test_odd_and_long_values_stay_on_the_page() -> None:
    content = a_signed_charter(
        provider_name=ODD,
        fiche=fiche(legal_name=ODD, references="\n".join(f"Référence {number} {ODD}" for number in range(40))),
        place=ODD,
    )
    pdf = signed_charter(content)
    assert faults_of(pdf) == []
    for word in words_of(pdf):
        assert 0 <= word.left < word.right <= 596, word
        assert 20 <= word.bottom <= 842, word


def test_another_text_of_the_office_is_printed_whatever_its_shape() -> None:
    shapes = (
        "Un texte sans titre, tout simple, que quelqu'un a tapé.",
        "# Titre seul",
        "# A\n\n## B\n\n### C\n\n- un\n- deux\n\n**Tout en gras.**",
        "Mot " * 6_000,
        "x" * 4_000,
        "\n".join(f"## Article {number}\n\n{'Engagement. ' * 90}" for number in range(60)),
    )
    for text in shapes:
        content = a_signed_charter(text)
        pdf = signed_charter(content)
        assert faults_of(pdf) == [], text[:40]
        printed = normalise(sentences_of(pdf)).replace(" ", "")
        for block in blocks_of(text):
            assert normalise(block.text).replace(" ", "")[:200] in printed, block.text[:40]


# Sealed


def test_poppler_qpdf_and_the_program_accept_a_sealed_charter(tmp_path: Path) -> None:
    pdf = a_sealed_charter()
    file = tmp_path / "charte.pdf"
    file.write_bytes(pdf)
    said = subprocess.run(["pdfsig", file], capture_output=True, text=True, check=True).stdout
    assert "Signature is Valid." in said
    assert "Total document signed" in said
    answer = subprocess.run(["qpdf", "--check", file], capture_output=True, text=True, check=True)
    assert "No syntax or stream encoding errors found" in answer.stdout
    assert "WARNING" not in answer.stderr
    judged = verify(pdf, [identity().certificate])
    assert judged.verdict is Verdict.INTACT_KNOWN
    assert (judged.provider, judged.signed_at) == ("Piton Web & Co", AT)
    with opened(pdf) as document:
        metadata = str(document.open_metadata())
        assert "<pdfaid:part>3</pdfaid:part>" in metadata
        assert "preuve.json" in document.attachments


def test_no_changed_byte_of_a_sealed_charter_is_reported_intact() -> None:
    pdf, chance = a_sealed_charter(), random.Random(2026)
    for at in chance.sample(range(len(pdf)), 2_000):
        changed = bytearray(pdf)
        changed[at] ^= 1 << chance.randrange(8)
        assert not verify(bytes(changed), [identity().certificate]).verdict.value.startswith("intact"), at


def test_the_page_for_browsers_says_the_same_of_a_charter(tmp_path: Path) -> None:
    page = tmp_path / "verificateur.html"
    page.write_bytes(html_verifier([identity().certificate], MADE_ON))
    pdf = a_sealed_charter()
    with Browser(tmp_path / "profile") as browser:
        browser.open(page)
        said = said_by_the_page(browser, pdf)
        assert (said["verdict"], said["provider"]) == ("intact_known", "Piton Web & Co")
        changed = bytearray(pdf)
        changed[len(pdf) // 3] ^= 4
        assert said_by_the_page(browser, bytes(changed))["verdict"] == "changed"


# To be signed by hand


def _scanned(pdf: bytes, dots: int = 150) -> list[Image.Image]:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "charte.pdf"
        source.write_bytes(pdf)
        subprocess.run(["pdftoppm", "-r", str(dots), "-gray", source, Path(folder) / "page"], check=True)
        return [Image.open(BytesIO(file.read_bytes())).convert("L") for file in sorted(Path(folder).glob("page*.pgm"))]


@pytest.mark.parametrize("turned", [0, 3, 90, 180, 272])
def test_each_page_to_sign_bears_a_code_that_a_scan_gives_back(turned: float) -> None:
    content = a_charter_to_sign()
    pdf = paper_charter(content)
    total = page_total(pdf)
    pages = [one.rotate(turned, expand=True, fillcolor=255) for one in _scanned(pdf)]
    codes = codes_of(pages)
    assert (codes.code, codes.pages, codes.others) == (content.code, total, ())
    assert codes.found == tuple(range(1, total + 1))
    assert codes.missing == []


def test_a_page_that_is_missing_or_of_another_charter_is_told() -> None:
    first, other = (
        _scanned(paper_charter(a_charter_to_sign())),
        _scanned(paper_charter(a_charter_to_sign(code="ZZZZ2222"))),
    )
    codes = codes_of([*first[:2], other[0], *first[3:]])
    assert codes.code == "K7Q4F8D2"
    assert codes.missing == [3]
    assert codes.others == ("ZZZZ2222",)
    assert codes_of([Image.new("L", (800, 1100), 255)]).code == ""


def test_a_charter_to_sign_has_room_for_name_place_day_and_signature() -> None:
    pdf = paper_charter(a_charter_to_sign())
    text = sentences_of(pdf)
    for wanted in ("Nom et qualité :", "Fait à :", "Date du jour :", "Cachet (facultatif)", "Code K7Q4F8D2"):
        assert wanted in text
    assert "Page de preuve" not in text
    assert faults_of(pdf) == []


def test_a_code_is_read_back_and_nothing_else_is() -> None:
    code = new_code()
    assert read_page_text(page_text(code, 2, 7)) == PageCode(code, 2, 7)
    for other in (
        "",
        "CHARTE",
        page_text(code, 0, 7),
        page_text(code, 8, 7),
        page_text("O0I1ABCD", 1, 2),
        "BEGIN:VCARD",
    ):
        assert read_page_text(other) is None
    assert len({new_code() for _ in range(500)}) == 500
