from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charte_desktop.documents import page_style
from charte_desktop.documents.page_style import A4, REUNION
from charte_desktop.documents.recall_letter import RecallOccasion, recall_letters
from charte_desktop.errors import UserError
from charte_desktop.model.sheet import RecallLine
from tests.documents.reading import faults_of, opened, page_total, sentences_of, structure_of, words_of

OCCASION = RecallOccasion(
    provider_name="Piton Web & Co",
    provider_siren="900000003",
    removed_on=date(2026, 11, 20),
    written_at=datetime(2026, 11, 23, 14, 2, tzinfo=REUNION),
    adviser="Camille Conseil",
    adviser_contact="0262 00 00 01, camille@cci.example",
)


def line(company: str, /, **changes: Any) -> RecallLine:
    ordinary = RecallLine(
        company_id=company,
        company_name=company,
        address="3 rue des Filaos\n97410 Saint-Pierre",
        sheet_number="FA-2026-K7Q-00042",
        issued_on=date(2026, 11, 3),
        adviser="Dominique Avis",
        handed_at=datetime(2026, 11, 4, 9, 0, tzinfo=REUNION),
        to_whom="Mme Exemple",
    )
    return replace(ordinary, **changes)


ODD = "Ets « Cœur » 🚀 <b>& שלום\x00\n\ud800 " + "Trèslongnom" * 60


def test_c18_the_letter_gives_the_sheet_its_day_its_adviser_and_since_when() -> None:
    text = sentences_of(recall_letters([line("Boulangerie du Volcan")], OCCASION))
    for wanted in (
        "Boulangerie du Volcan",
        "3 rue des Filaos",
        "97410 Saint-Pierre",
        "Le 23/11/2026",
        "nomme le prestataire Piton Web & Co (SIREN 900 000 003)",
        "fiche n° FA-2026-K7Q-00042, établie le 03/11/2026 par Dominique Avis, remise le 04/11/2026 à Mme Exemple",
        "Ce prestataire ne figure plus dans la base depuis le 20/11/2026.",
        "Joindre votre conseiller, Camille Conseil (0262 00 00 01, camille@cci.example)",
        "Demander une nouvelle fiche annuaire",
    ):
        assert wanted in text.replace("\u00a0", " ")


def test_c08_the_letter_says_that_the_ccir_is_neither_arbiter_nor_expert_and_judges_nobody() -> None:
    text = sentences_of(recall_letters([line("Boulangerie")], OCCASION))
    assert page_style.C08_WORDING in text
    assert page_style.C01_WORDING in text
    for word in ("radi", "faute", "manque", "sanction", "exclu", "supprim", "non-respect", "plainte", "litiges"):
        assert word not in text.casefold()


def test_every_company_has_one_letter_by_name_with_a_bookmark() -> None:
    lines = [line("Zèbre"), line("Étang"), line("Zèbre", sheet_number="FA-2026-K7Q-00050"), line("Abricot")]
    pdf = recall_letters(lines, OCCASION)
    assert page_total(pdf) == 3
    with opened(pdf) as document, document.open_outline() as outline:
        assert [one.title for one in outline.root] == ["Abricot", "Étang", "Zèbre"]
    assert structure_of(pdf).count("  Sect") == 3
    assert "FA-2026-K7Q-00042" in sentences_of(pdf).split("Zèbre")[1]
    assert "FA-2026-K7Q-00050" in sentences_of(pdf).split("Zèbre")[1]


def test_a_sheet_whose_hand_over_was_not_noted_is_only_said_to_be_made() -> None:
    text = sentences_of(recall_letters([line("Boulangerie", handed_at=None, to_whom="")], OCCASION))
    assert "établie le 03/11/2026 par Dominique Avis" in text
    assert "remise" not in text


def test_a_sheet_handed_over_twice_is_named_once() -> None:
    again = line("Boulangerie", handed_at=datetime(2026, 11, 9, 9, 0, tzinfo=REUNION))
    assert sentences_of(recall_letters([line("Boulangerie"), again], OCCASION)).count("FA-2026-K7Q-00042") == 1


def test_many_sheets_stay_on_one_page_and_the_others_are_counted() -> None:
    lines = [line("Boulangerie", sheet_number=f"FA-2026-K7Q-{n:05d}") for n in range(30)]
    pdf = recall_letters(lines, OCCASION)
    assert page_total(pdf) == 1
    assert "22 fiches plus anciennes" in sentences_of(pdf)


def test_long_names_and_odd_signs_stay_on_one_page_inside_the_margins() -> None:
    odd = line(ODD, address="\n".join([ODD] * 9), sheet_number="N" * 300, adviser=ODD, to_whom=ODD)
    occasion = replace(OCCASION, provider_name=ODD, adviser=ODD, adviser_contact=ODD, demonstration=True)
    pdf = recall_letters([replace(odd, sheet_number=f"{n}{'N' * 300}") for n in range(20)], occasion)
    assert page_total(pdf) == 1
    assert faults_of(pdf) == []
    for word in words_of(pdf):
        assert word.left > A4.margin - 1
        assert word.right < A4.right + 1
    assert "« Cœur » 🚀 <b>&" in sentences_of(pdf)


def test_the_letters_are_tagged_titled_in_french_and_the_same_each_time() -> None:
    lines = [line("Boulangerie"), line("Menuiserie")]
    pdf = recall_letters(lines, OCCASION)
    assert pdf == recall_letters(lines, OCCASION)
    assert faults_of(pdf) == []
    with opened(pdf) as document:
        assert str(document.Root.Lang) == "fr-FR"
        assert document.Root.MarkInfo.Marked
        assert str(document.docinfo.Title) == "Courriers d'information : Piton Web & Co"
    tree = structure_of(pdf)
    assert tree.count("H1 (block)") == 2
    assert tree.count("LI (block)") == 4


def test_no_letter_is_made_for_nobody() -> None:
    with pytest.raises(UserError, match="pas de courrier"):
        recall_letters([], OCCASION)


any_text = st.text(st.characters(exclude_categories=()), max_size=60) | st.text("aé .<&\n", max_size=900)


@settings(max_examples=40, deadline=None)
@given(any_text, any_text, any_text, any_text, any_text)
def test_any_text_makes_a_valid_letter_of_one_page(
    name: str, address: str, number: str, adviser: str, provider: str
) -> None:
    held = line(name, address=address, sheet_number=number, adviser=adviser, to_whom=name)
    pdf = recall_letters([held], replace(OCCASION, provider_name=provider, adviser=adviser))
    assert page_total(pdf) == 1
    assert faults_of(pdf) == []
