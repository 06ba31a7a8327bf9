"""Steps, deliverables and their dates."""

from datetime import date
from typing import Any

import pytest

from charte_desktop.errors import UserError
from charte_desktop.model.project_dates import agreed_dates
from charte_desktop.model.project_kinds import DocumentKind, EvidenceNature, StepKind
from charte_desktop.store.database import Database
from charte_desktop.store.history import History
from charte_desktop.store.project_papers import File, ProjectPapers
from charte_desktop.store.project_steps import ProjectSteps
from tests.project_life import PDF, delivered, opened, ordered, priced, started, step_id


@pytest.fixture
def steps(database: Database) -> ProjectSteps:
    return ProjectSteps(database)


def test_c21_the_quote_is_done_with_its_file_and_its_amounts(database: Database, steps: ProjectSteps) -> None:
    facts = opened(database)
    quote = step_id(facts, StepKind.QUOTE)
    with pytest.raises(UserError, match=r"le devis lui-même \(C21\), ses montants, par nature de coût"):
        steps.complete(facts.id, quote, date(2026, 8, 10))
    priced(database, facts)
    steps.complete(facts.id, quote, date(2026, 8, 10))
    assert steps.facts(facts.id).done_on(StepKind.QUOTE) == date(2026, 8, 10)


def test_c24_the_order_is_complete_with_a_signed_contract(database: Database, steps: ProjectSteps) -> None:
    facts = opened(database)
    order = step_id(facts, StepKind.ORDER)
    with pytest.raises(UserError, match=r"la proposition de prix signée \(C24\), le cahier des charges \(C24\)"):
        steps.complete(facts.id, order, date(2026, 8, 18))
    ordered(database, facts)
    steps.complete(facts.id, order, date(2026, 8, 18))


def test_c24_or_with_the_signed_proposal_the_specification_and_the_negotiated_complements(
    database: Database, steps: ProjectSteps
) -> None:
    facts, papers = opened(database), ProjectPapers(database)
    order = step_id(facts, StepKind.ORDER)
    signed = date(2026, 8, 18)
    papers.add_document(facts.id, DocumentKind.SIGNED_PROPOSAL, signed_on=signed, file=File("proposition.pdf", PDF))
    papers.add_document(facts.id, DocumentKind.SPECIFICATION, file=File("cdc.pdf", PDF))
    with pytest.raises(UserError, match="il manque les compléments issus de la négociation"):
        steps.complete(facts.id, order, signed)
    papers.add_document(facts.id, DocumentKind.NEGOTIATION, source="Aucun complément : la proposition est inchangée")
    steps.complete(facts.id, order, signed)
    assert steps.facts(facts.id).done_on(StepKind.ORDER) == signed


def test_c11_the_specification_is_done_with_its_document(database: Database, steps: ProjectSteps) -> None:
    facts = opened(database)
    with pytest.raises(UserError, match=r"le cahier des charges lui-même \(C11\)"):
        steps.complete(facts.id, step_id(facts, StepKind.SPECIFICATION), date(2026, 8, 24))


def test_c25_a_schedule_wants_both_parties_and_the_delivery(database: Database, steps: ProjectSteps) -> None:
    facts = opened(database)
    agreed = date(2026, 8, 26)
    with pytest.raises(UserError, match="planning convenu par les deux parties"):
        steps.complete(facts.id, step_id(facts, StepKind.SCHEDULE), agreed)
    with pytest.raises(UserError, match=r"de chaque côté \(C25\)"):
        steps.agree_schedule(facts.id, agreed_on=agreed, provider_by="Chef de projet Fictif", client_by=" ")
    delivery = step_id(facts, StepKind.DELIVERY)
    steps.move(facts.id, delivery, None, None, "Pas encore connue")
    with pytest.raises(UserError, match=r"une date de rendu \(C25\)"):
        steps.agree_schedule(facts.id, agreed_on=agreed, provider_by="Chef de projet", client_by="Gérante")


def test_c25_the_agreed_dates_stay_when_the_planned_ones_move(database: Database, steps: ProjectSteps) -> None:
    facts = started(database)
    delivery = facts.step(StepKind.DELIVERY)
    assert delivery is not None
    steps.move(facts.id, delivery.id, date(2026, 11, 30), date(2026, 12, 1), "Les photos arrivent plus tard")
    after = steps.facts(facts.id)
    moved = after.step(StepKind.DELIVERY)
    assert moved is not None
    assert moved.planned_end == date(2026, 12, 1)
    assert agreed_dates(after.baseline, delivery.id) == (delivery.planned_start, delivery.planned_end)
    assert [(one.title, one.reason) for one in after.moves] == [("Livraison", "Les photos arrivent plus tard")]


def test_c34_a_date_that_was_agreed_moves_with_its_reason_only(database: Database, steps: ProjectSteps) -> None:
    facts = started(database)
    work = facts.step(StepKind.WORK)
    assert work is not None
    with pytest.raises(UserError, match="pourquoi cette date change"):
        steps.save_step(facts.id, work.id, planned_end=date(2026, 11, 20))
    with pytest.raises(UserError, match="pourquoi cette date change"):
        steps.move(facts.id, work.id, work.planned_start, date(2026, 11, 20), "  ")
    steps.save_step(facts.id, work.id, planned_end=date(2026, 11, 20), reason="Congés")
    assert steps.facts(facts.id).moves[0].reason == "Congés"


def test_a_move_can_be_undone(database: Database, steps: ProjectSteps) -> None:
    facts = started(database)
    work = facts.step(StepKind.WORK)
    assert work is not None
    steps.move(facts.id, work.id, work.planned_start, date(2026, 12, 1), "Congés")
    assert History(database).undo() == "Déplacer une date"
    assert steps.facts(facts.id) == facts


def test_the_steps_after_it_move_by_as_many_worked_days(database: Database, steps: ProjectSteps) -> None:
    facts = started(database)
    work, delivery = facts.step(StepKind.WORK), facts.step(StepKind.DELIVERY)
    assert work is not None
    assert work.planned_end is not None
    assert delivery is not None
    assert delivery.planned_end is not None
    later = steps.calendar.add(work.planned_end, 5)
    steps.move(facts.id, work.id, work.planned_start, later, "Congés", with_following=True)
    after = steps.facts(facts.id).step(StepKind.DELIVERY)
    assert after is not None
    assert after.planned_end == steps.calendar.add(delivery.planned_end, 5)
    assert len(steps.facts(facts.id).moves) > 2


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"planned_start": date(2026, 9, 10), "planned_end": date(2026, 9, 1)}, "avant de commencer"),
        ({"planned_end": date(2096, 9, 1)}, "vérifiez l'année"),
        ({"actual_start": date(2026, 9, 10), "actual_end": date(2026, 9, 1)}, "avant de commencer"),
        ({"actual_end": date(2026, 12, 1)}, "pas encore passé"),
        ({"actual_end": date(1926, 9, 1)}, "vérifiez l'année"),
    ],
)
def test_an_absurd_date_of_a_step_is_a_sentence(
    database: Database, steps: ProjectSteps, values: dict[str, Any], words: str
) -> None:
    facts = opened(database)
    milestone = steps.add_step(facts.id, StepKind.STEP, "Séance de photos")
    with pytest.raises(UserError, match=words):
        steps.save_step(facts.id, milestone, **values)


def test_c17_a_website_is_not_delivered_without_what_shows_the_rgpd(database: Database, steps: ProjectSteps) -> None:
    facts = started(database)
    delivery = step_id(facts, StepKind.DELIVERY)
    with pytest.raises(UserError, match=r"conformité du site au RGPD \(C17\)"):
        steps.complete(facts.id, delivery, date(2026, 10, 12))
    ProjectPapers(database).note_evidence(
        facts.id, "C17", EvidenceNature.FACT, date(2026, 10, 9), "Bandeau de cookies et mentions relus ensemble."
    )
    steps.complete(facts.id, delivery, date(2026, 10, 12))
    assert steps.facts(facts.id).delivered_on == date(2026, 10, 12)


def test_c17_asks_nothing_of_another_service(database: Database, steps: ProjectSteps) -> None:
    facts = started(database, "S14")
    steps.complete(facts.id, step_id(facts, StepKind.DELIVERY), date(2026, 10, 12))


def test_the_work_does_not_begin_before_the_project(database: Database, steps: ProjectSteps) -> None:
    facts = opened(database)
    with pytest.raises(UserError, match=r"démarrez-le d'abord, avec son budget et son délai \(C33, C39\)"):
        steps.save_step(facts.id, step_id(facts, StepKind.WORK), actual_start=date(2026, 9, 1))


def test_c13_deliverables_have_their_planned_and_their_real_date(database: Database, steps: ProjectSteps) -> None:
    facts = opened(database, "S14")
    one = steps.save_deliverable(facts.id, None, title="Guide", planned_on=date(2026, 11, 6))
    steps.save_deliverable(facts.id, one, delivered_on=date(2026, 10, 19))
    listed = {line.title: line for line in steps.facts(facts.id).deliverables}
    assert (listed["Guide"].planned_on, listed["Guide"].delivered_on) == (date(2026, 11, 6), date(2026, 10, 19))
    with pytest.raises(UserError, match="Nommez ce qui doit être remis"):
        steps.save_deliverable(facts.id, None, title=" ")


def test_a_deliverable_that_was_agreed_on_is_not_taken_off_the_list(database: Database, steps: ProjectSteps) -> None:
    facts = opened(database)
    dated = facts.deliverables[0]
    steps.save_deliverable(facts.id, dated.id, planned_on=date(2026, 11, 6))
    steps.agree_schedule(facts.id, agreed_on=date(2026, 8, 26), provider_by="Chef de projet", client_by="Gérante")
    with pytest.raises(UserError, match="fait partie du planning convenu"):
        steps.drop_deliverable(facts.id, dated.id)
    steps.drop_deliverable(facts.id, facts.deliverables[1].id)


def test_a_step_that_is_added_stands_before_the_delivery_and_can_be_taken_out(
    database: Database, steps: ProjectSteps
) -> None:
    facts = opened(database)
    added = steps.add_step(facts.id, StepKind.MILESTONE, "Photos remises", planned_end=date(2026, 9, 25))
    kinds = [step.kind for step in steps.facts(facts.id).steps]
    assert kinds[-2:] == [StepKind.DELIVERY, StepKind.CALL]
    steps.drop_step(facts.id, added)
    assert len(steps.facts(facts.id).steps) == len(facts.steps)
    with pytest.raises(UserError, match="une de celles de la charte"):
        steps.drop_step(facts.id, step_id(facts, StepKind.CALL))


def test_a_done_step_is_not_moved(database: Database, steps: ProjectSteps) -> None:
    facts = delivered(database)
    with pytest.raises(UserError, match="sa date prévue ne bouge plus"):
        steps.move(facts.id, step_id(facts, StepKind.DELIVERY), None, date(2026, 11, 3), "Erreur")


def test_a_line_of_another_project_is_not_found(database: Database, steps: ProjectSteps) -> None:
    one, other = opened(database), opened(database)
    with pytest.raises(UserError, match="n'existe plus"):
        steps.save_step(one.id, other.steps[0].id, title="Autre")
