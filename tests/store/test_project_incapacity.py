"""A provider that cannot go on, and who takes the project up (C19)."""

from datetime import date, timedelta

import pytest

from charte_desktop.errors import UserError
from charte_desktop.model.project_kinds import DocumentKind, StepKind
from charte_desktop.model.project_state import ProjectState, missing_for_order, state_of_project
from charte_desktop.store.database import Database
from charte_desktop.store.project_incapacity import ProjectIncapacity
from charte_desktop.store.project_log import ProjectLog
from charte_desktop.store.project_steps import ProjectSteps
from tests.clock import FixedClock
from tests.factory import a_provider, enter
from tests.project_life import a_signatory, started, step_id

DAY = date(2026, 10, 5)


@pytest.fixture
def incapacity(database: Database) -> ProjectIncapacity:
    return ProjectIncapacity(database)


def test_c19_a_frozen_project_keeps_what_was_open_and_changes_no_more(
    database: Database, incapacity: ProjectIncapacity
) -> None:
    facts = started(database)
    incapacity.declare(facts.id, DAY, "Liquidation judiciaire du prestataire")
    frozen = incapacity.facts(facts.id)
    assert frozen.incapacity is not None
    assert {"C17", "C27", "C28"} <= set(frozen.incapacity.open_clauses)
    assert state_of_project(frozen) is ProjectState.INTERRUPTED
    with pytest.raises(UserError, match=r"interrompu par l'incapacité du prestataire \(C19\)"):
        ProjectSteps(database).complete(facts.id, step_id(facts, StepKind.WORK), DAY)


def test_c19_candidates_are_those_of_a_sheet_for_the_same_services(
    database: Database, incapacity: ProjectIncapacity
) -> None:
    facts = started(database)
    other = a_signatory(database, "S01", legal_name="Kaz Octets")
    a_signatory(database, "S14", legal_name="Autre métier")
    enter(database, a_provider("S01", signed=None))
    incapacity.declare(facts.id, DAY, "Liquidation judiciaire")
    found = incapacity.candidates(facts.id)
    assert [one.provider.id for one in found] == [other.id]
    assert found[0].reason.startswith("Déclare : Création / refonte site internet")


def test_c19_the_successor_is_linked_both_ways_and_the_documents_go_along(
    database: Database, incapacity: ProjectIncapacity
) -> None:
    facts = started(database)
    ProjectLog(database).save_party(facts.id, None, name="Photographe", role="photos")
    other = a_signatory(database, "S01", legal_name="Kaz Octets")
    incapacity.declare(facts.id, DAY, "Liquidation judiciaire")
    new = incapacity.hand_over(facts.id, other.id, DAY)
    old = incapacity.facts(facts.id)
    assert old.successor == (new.id, new.number)
    assert new.predecessor == (old.id, old.number)
    assert state_of_project(old) is ProjectState.HANDED_OVER
    assert (new.provider.name, new.company.id, new.accompaniment) == ("Kaz Octets", old.company.id, old.accompaniment)
    assert len(new.documents) == len(old.documents)
    assert {one.attachment_id for one in new.documents} == {one.attachment_id for one in old.documents}
    assert new.documents_of(DocumentKind.SPECIFICATION)
    assert [one.title for one in new.deliverables] == [one.title for one in old.deliverables]
    assert new.parties[0].name == "Photographe"
    # What was signed with the first provider orders nothing from the second.
    assert missing_for_order(new)
    assert new.started_on is None


def test_c19_a_successor_inherits_no_date_that_is_over(
    database: Database, incapacity: ProjectIncapacity, clock: FixedClock
) -> None:
    facts = started(database)
    other = a_signatory(database, "S01", legal_name="Kaz Octets")
    clock.moment += timedelta(days=400)
    incapacity.declare(facts.id, database.today(), "Liquidation judiciaire")
    new = incapacity.hand_over(facts.id, other.id, database.today())
    assert new.end_on is None
    assert all(step.planned_start is None and step.planned_end is None for step in new.steps)
    assert all(one.planned_on is None for one in new.deliverables)


def test_c19_a_hand_over_wants_another_signatory(database: Database, incapacity: ProjectIncapacity) -> None:
    facts = started(database)
    unsigned = enter(database, a_provider("S01", legal_name="Sans charte", signed=None))[0]
    with pytest.raises(UserError, match="déclarez d'abord l'incapacité"):
        incapacity.hand_over(facts.id, unsigned.id, DAY)
    incapacity.declare(facts.id, DAY, "Liquidation judiciaire")
    with pytest.raises(UserError, match="choisissez-en un autre"):
        incapacity.hand_over(facts.id, facts.provider.id, DAY)
    with pytest.raises(UserError, match=r"n'est pas signataire \(C06\)"):
        incapacity.hand_over(facts.id, unsigned.id, DAY)


def test_c19_the_interruption_can_be_lifted_until_somebody_took_over(
    database: Database, incapacity: ProjectIncapacity
) -> None:
    facts = started(database)
    with pytest.raises(UserError, match="sans avis sur lui"):
        incapacity.declare(facts.id, DAY, " ")
    incapacity.declare(facts.id, DAY, "Maladie")
    with pytest.raises(UserError, match="ne peut pas la précéder"):
        incapacity.lift(facts.id, date(2026, 9, 30))
    incapacity.lift(facts.id, date(2026, 10, 12))
    assert state_of_project(incapacity.facts(facts.id)) is ProjectState.RUNNING
    other = a_signatory(database, "S01", legal_name="Kaz Octets")
    incapacity.declare(facts.id, date(2026, 10, 15), "Rechute")
    incapacity.hand_over(facts.id, other.id, date(2026, 10, 16))
    with pytest.raises(UserError, match="déjà repris"):
        incapacity.lift(facts.id, date(2026, 10, 17))
