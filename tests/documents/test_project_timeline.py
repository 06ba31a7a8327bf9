"""The timeline of a project on one A4 page."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from charte_desktop.documents.project_timeline import project_timeline
from charte_desktop.model.project_facts import Deliverable, Step
from charte_desktop.model.project_kinds import StepKind
from tests.documents.project_contents import OCCASION, TODAY, a_running_project, an_odd_project
from tests.documents.reading import faults_of, opened, page_total, sentences_of, structure_of, words_of
from tests.project_facts import a_project


def test_one_page_lying_says_what_the_project_is_and_how_it_stands() -> None:
    pdf = project_timeline(a_running_project(), OCCASION)
    assert page_total(pdf) == 1
    with opened(pdf) as document:
        box = document.pages[0].trimbox
        assert float(box[2]) > float(box[3])
    text = sentences_of(pdf)
    for wanted in (
        "Site · Boulangerie du Volcan",
        "Projet PR-2026-TST-00001 · En cours · prestataire : Piton Web",
        "planning n° 1 convenu le 01/09/2026",
        "prévu convenu à deux (référence) réel",
        "jalon, livrable",
        "Réalisation",
        "Avis à la CCIR",
        "Échanges",
        "Dépassements",
        "aujourd'hui, 23/11/2026",
        "14:02 (Indian/Reunion, UTC+4)",
    ):
        assert wanted in text.replace("\u00a0", " ").replace("\u202f", " ")


def test_c34_what_is_late_or_at_risk_says_so_in_words_too() -> None:
    facts = a_running_project()
    late = [
        replace(step, planned_end=date(2026, 11, 16)) if step.kind is StepKind.WORK else step for step in facts.steps
    ]
    text = sentences_of(project_timeline(replace(facts, steps=late), OCCASION))
    assert "en retard de 5 jours ouvrés sur le 16/11/2026" in text


def test_the_same_project_gives_the_same_bytes_and_nothing_is_wrong_with_them() -> None:
    pdf = project_timeline(a_running_project(), OCCASION)
    assert pdf == project_timeline(a_running_project(), OCCASION)
    assert faults_of(pdf) == []
    tree = structure_of(pdf)
    assert "H1" in tree
    assert "Figure" in tree
    assert str(opened(pdf).Root.Lang) == "fr-FR"


@pytest.mark.parametrize("many", [0, 1, 40, 120])
def test_any_number_of_lanes_stands_on_one_page(many: int) -> None:
    facts = a_running_project()
    more = [
        Deliverable(id=f"x{n}", title=f"Livrable {n}", position=n, planned_on=TODAY + timedelta(n)) for n in range(many)
    ]
    steps = [
        Step(id=f"s{n}", kind=StepKind.MILESTONE, title=f"Jalon {n}", position=n, planned_end=TODAY + timedelta(n))
        for n in range(many)
    ]
    pdf = project_timeline(replace(facts, deliverables=more, steps=[*facts.steps, *steps]), OCCASION)
    assert page_total(pdf) == 1
    assert max(word.bottom for word in words_of(pdf)) < 595


@pytest.mark.parametrize("length", [1, 30, 400, 4_000])
def test_a_project_of_days_or_of_years_has_its_axis(length: int) -> None:
    facts = a_project(
        steps=[
            Step(
                id="s", kind=StepKind.WORK, title="", position=1, planned_start=TODAY,
                planned_end=TODAY + timedelta(length),
            )
        ]
    )  # fmt: skip
    text = sentences_of(project_timeline(facts, OCCASION))
    assert "2026" in text
    assert "Réalisation" in text


def test_odd_and_long_texts_are_printed_or_shortened_and_never_break_the_page() -> None:
    pdf = project_timeline(an_odd_project(), OCCASION)
    assert page_total(pdf) == 1
    assert faults_of(pdf) == []
    assert "Cœur" in sentences_of(pdf)
    assert all(word.right <= 842 for word in words_of(pdf))


def test_a_project_without_a_date_says_it() -> None:
    assert "aucune date prévue" in sentences_of(project_timeline(a_project(), OCCASION))
