from dataclasses import replace
from datetime import date

from charte_desktop.documents import page_style
from charte_desktop.documents.attestation import C03_WORDING, C04_WORDING, TITLE, WHAT_IT_SAYS, attestation
from charte_desktop.model import reference
from charte_desktop.model.charter_right import Held
from tests.documents.companies import ATTESTATION, DIAGNOSTIC
from tests.documents.reading import faults_of, opened, page_total, sentences_of, structure_of


def test_c04_the_attestation_says_who_was_accompanied_when_and_how() -> None:
    text = sentences_of(attestation(ATTESTATION))
    assert "N° AT-2026-K7Q-00003" in text
    assert "Garage Oliflore & Fils SARL SIREN 489 487 926 12 rue des Filaos 97460 Saint-Paul" in text
    assert "2 accompagnements, depuis le 02/03/2026" in text
    assert "02/03/2026 Diagnostic Camille Conseil 14/09/2026 Atelier Éloïse Conseil" in text
    assert "Fait le 20/10/2026" in text


def test_c03_it_quotes_the_charter_word_for_word() -> None:
    text = sentences_of(attestation(ATTESTATION))
    charter = " ".join(reference.charter_text("v1").split())
    assert C04_WORDING in text
    assert C04_WORDING in charter
    assert C03_WORDING in text
    # The charter says "elle", two sentences after its own name.
    assert C03_WORDING.removeprefix("La charte d'engagement") in charter


def test_it_says_nothing_of_what_was_said_nor_of_anybody_else() -> None:
    text = sentences_of(attestation(ATTESTATION))
    assert WHAT_IT_SAYS in text
    assert page_style.C01_WORDING in text


def test_a_long_one_goes_on_and_odd_names_survive() -> None:
    held = tuple(Held(date(2020 + number // 12, number % 12 + 1, 3), DIAGNOSTIC, "C") for number in range(70))
    content = replace(ATTESTATION, held=held, company_name="🚀 <b> שלום " + "X" * 400, siren="", address="a\n" * 9)
    pdf = attestation(content)
    assert faults_of(pdf) == []
    assert page_total(pdf) == 3
    assert structure_of(pdf).count("Table (block)") == 1
    text = sentences_of(pdf)
    assert "🚀 <b>" in text
    assert "SIREN non communiqué" in text


def test_it_is_tagged_titled_and_always_the_same() -> None:
    pdf = attestation(ATTESTATION)
    with opened(pdf) as document:
        assert str(document.docinfo.Title) == f"{TITLE} n° AT-2026-K7Q-00003"
        assert document.Root.MarkInfo.Marked
    assert pdf == attestation(ATTESTATION)
    assert faults_of(pdf) == []
