from dataclasses import replace

import pytest

from charte_desktop.documents.restitution import MOST_PAGES, restitution
from charte_desktop.model.follow_up import Priority
from charte_desktop.model.restitution import AdviceLine, RadarContent, RadarLine
from tests.documents.companies import RADAR, RESTITUTION
from tests.documents.reading import (
    alternatives_of,
    faults_of,
    opened,
    page_total,
    pictures_of,
    sentences_of,
    structure_of,
)


def test_the_manager_reads_what_was_seen_what_comes_first_who_can_help_and_what_comes_next() -> None:
    text = sentences_of(restitution(RESTITUTION))
    for words in (
        "Garage Oliflore & Fils SARL",
        "Diagnostic du 20/10/2026 · 97460 Saint-Paul",
        "Avec Marie-Noëlle PAYET (Dirigeante)",
        "Ce que nous avons vu ensemble Le garage est connu dans le quartier. Tout est sur un seul ordinateur.",
        "Vos points d'appui : Site internet (80), Outils de gestion (75), Relation client (60)",
        "Ce qui peut progresser : Sécurité (20), Visibilité (35), Dématérialisation (40)",
        "1. Mettre en place des sauvegardes automatiques (priorité haute) Pourquoi : Un vol, un cyclone",
        "Création / refonte site internet n° FA-2026-K7Q-00012, du 20/10/2026",
        "RGPD à demander à votre conseiller",
        "Le 10/11/2026 : Relire les deux devis",
    ):
        assert words in text


def test_the_radar_is_drawn_as_lines_and_says_itself_in_words() -> None:
    pdf = restitution(RESTITUTION)
    assert pictures_of(pdf) == 0
    assert any(
        "Votre diagnostic du 20/10/2026 : Site internet 80, Visibilité 35" in one for one in alternatives_of(pdf)
    )
    assert "Données" in sentences_of(pdf)


def test_without_a_diagnostic_there_is_no_radar() -> None:
    text = sentences_of(restitution(replace(RESTITUTION, radar=None, advice=(), help=(), summary="")))
    assert "De 0 (au centre)" not in text
    assert "Ce que nous vous proposons" not in text


@pytest.mark.parametrize("axes", [3, 5, 16])
def test_a_radar_of_any_questionnaire_is_drawn(axes: int) -> None:
    names = [f"Axe au nom assez long numéro {number}" for number in range(axes)]
    radar = RadarContent(names, [RadarLine("Aujourd'hui", [0, 100, *[None] * (axes - 2)])], "Autre")
    pdf = restitution(replace(RESTITUTION, radar=radar))
    assert faults_of(pdf) == []


@pytest.mark.parametrize("length", [1, 40, 400])
def test_however_much_was_said_three_pages_are_enough(length: int) -> None:
    long = "Une phrase assez longue pour prendre de la place sur la page. " * length
    content = replace(
        RESTITUTION,
        summary=f"{long}\n{long}",
        advice=[AdviceLine(f"Conseil {number} {long[:80]}", long, long, Priority.LOW) for number in range(14)],
        help=[*RESTITUTION.help] * 8,
    )
    pdf = restitution(content)
    assert 1 <= page_total(pdf) <= MOST_PAGES
    assert faults_of(pdf) == []


def test_it_is_tagged_titled_always_the_same_and_keeps_odd_characters() -> None:
    content = replace(RESTITUTION, company_name="🚀 <b>Œuvre</b> שלום", summary="Ligne\x00 étrange <script>")
    pdf = restitution(content)
    with opened(pdf) as document:
        assert str(document.docinfo.Title).startswith("Restitution : 🚀 <b>Œuvre</b>")
    assert pdf == restitution(content)
    assert "<script>" in sentences_of(pdf)
    assert "Table (block)" in structure_of(pdf)
    assert RADAR.last.scores[0] == 80
