"""The clauses of a project on paper, and the sheet that hands a project over."""

from dataclasses import replace
from datetime import date

from charte_desktop.documents.clause_matrix import HOW_TO_READ, MatrixOccasion, clause_matrix
from charte_desktop.documents.incapacity_sheet import IncapacityOccasion, incapacity_sheet
from charte_desktop.model import clauses
from charte_desktop.model.engagements import ELSEWHERE, matrix
from charte_desktop.model.project_facts import Incapacity
from tests.documents.project_contents import AT, ODD, TODAY, a_running_project, an_odd_project
from tests.documents.reading import faults_of, opened, page_total, sentences_of, structure_of
from tests.factory import a_provider
from tests.project_facts import a_project, an_evidence

OCCASION = MatrixOccasion(AT, "Camille Conseil")
FROZEN = Incapacity(
    id="i", declared_on=date(2026, 11, 20), reason="Liquidation judiciaire.", open_clauses=["C13", "C27"]
)


def test_c35_every_clause_has_its_words_its_state_and_why_on_two_pages() -> None:
    facts = a_running_project()
    pdf = clause_matrix(facts, matrix(facts, TODAY), OCCASION)
    assert page_total(pdf) <= 2
    text = sentences_of(pdf)
    assert HOW_TO_READ in text
    for clause in clauses.clauses().values():
        assert clause.id in text
        if clause.id not in ELSEWHERE and clause.id not in ("C04", "C19"):
            assert clause.text.split(". ")[0][:60] in text, clause.id
    assert "○ En attente" in text
    assert "2 échanges, le dernier le 02/11/2026" in text


def test_the_matrix_is_one_table_without_fault_and_always_the_same() -> None:
    facts = a_running_project()
    pdf = clause_matrix(facts, matrix(facts, TODAY), OCCASION)
    assert pdf == clause_matrix(facts, matrix(facts, TODAY), OCCASION)
    assert faults_of(pdf) == []
    tree = structure_of(pdf)
    assert tree.count("Table (block)") == 1
    assert tree.count("  TR") == 37
    assert opened(pdf).Root.MarkInfo.Marked


def test_long_and_odd_statements_stay_on_two_pages() -> None:
    facts = replace(an_odd_project(), evidence=[an_evidence(one, statement=ODD) for one in ("C10", "C12", "C16")])
    pdf = clause_matrix(facts, matrix(facts, TODAY), OCCASION)
    assert page_total(pdf) <= 2
    assert faults_of(pdf) == []


def test_a_project_just_opened_has_its_matrix_too() -> None:
    facts = a_project()
    assert page_total(clause_matrix(facts, matrix(facts, TODAY), OCCASION)) <= 2


def test_c19_the_hand_over_says_where_things_stand_what_is_open_and_who_could_go_on() -> None:
    facts = replace(a_running_project(), incapacities=[FROZEN])
    candidates = [(a_provider("S01", legal_name="Kaz Octets"), "Déclare : Création / refonte site internet.")]
    hidden = a_provider("S01", legal_name="Web du Sud", hidden_fields=["phones", "emails"])
    candidates.append((hidden, "Déclare : Création / refonte site internet."))
    pdf = incapacity_sheet(facts, FROZEN, matrix(facts, TODAY), candidates, IncapacityOccasion(AT, "Camille Conseil"))
    text = sentences_of(pdf)
    for wanted in (
        "Transmission d'un projet",
        "Liquidation judiciaire.",
        "C13, Donner une liste claire des livrables",
        "Kaz Octets (Saint-Denis) : 0262 00 00 01",
        "Web du Sud (Saint-Denis) : coordonnées non publiées",
        "il ne dit rien de la qualité",
        "Récupérer les accès",
    ):
        assert wanted in text
    assert faults_of(pdf) == []


def test_c19_nobody_to_take_over_is_said() -> None:
    facts = replace(an_odd_project(), incapacities=[FROZEN])
    pdf = incapacity_sheet(facts, FROZEN, matrix(facts, TODAY), [], IncapacityOccasion(AT, "Camille Conseil"))
    assert "Aucun signataire ne déclare ces prestations aujourd'hui." in sentences_of(pdf)
    assert faults_of(pdf) == []
