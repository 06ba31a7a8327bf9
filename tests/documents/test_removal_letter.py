from dataclasses import replace
from datetime import date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from charte_desktop.documents.page_style import REUNION
from charte_desktop.documents.removal_letter import RemovalNotice, removal_letter
from charte_desktop.model.clauses import clauses
from tests.documents.reading import faults_of, opened, sentences_of, structure_of

NOTICE = RemovalNotice(
    provider_name="Piton Web & Co",
    representative="Camille Exemple",
    address="3 rue des Filaos\n97410 Saint-Pierre",
    removed_on=date(2026, 11, 20),
    clauses=(clauses()["C11"], clauses()["C36"]),
    reason="Deux devis jamais remis.\nTrois relances sans réponse.",
    written_at=datetime(2026, 11, 23, 14, 2, tzinfo=REUNION),
    adviser="Dominique Avis",
)


def test_c18_the_letter_gives_the_clauses_the_facts_and_the_day() -> None:
    text = sentences_of(removal_letter(NOTICE))
    for wanted in (
        "Piton Web & Co",
        "97410 Saint-Pierre",
        "n'y figure plus depuis le 20/11/2026",
        "C11 : Décrire avec précision la prestation",
        "C36 : Les dépassements de budget",
        "Deux devis jamais remis.",
        "Trois relances sans réponse.",
        "signer de nouveau la charte",
    ):
        assert wanted in text
    pdf = removal_letter(NOTICE)
    assert faults_of(pdf) == []
    assert "H1" in structure_of(pdf)
    assert removal_letter(NOTICE) == pdf
    with opened(pdf) as document:
        assert len(document.pages) == 1


@given(st.text(max_size=400), st.text(max_size=3_000))
@settings(max_examples=20, deadline=None)
def test_any_name_and_any_reason_are_printed(name: str, reason: str) -> None:
    pdf = removal_letter(replace(NOTICE, provider_name=name, reason=reason, demonstration=True))
    assert faults_of(pdf) == []
