"""The life of a project in the base: what opens it, starts it, closes it, and what is refused."""

from datetime import date

import pytest

from charte_desktop.errors import UserError
from charte_desktop.model.accompaniment_kind import AccompanimentKind
from charte_desktop.model.project_kinds import CHARTER_STEPS, StepKind
from charte_desktop.model.project_state import ProjectState, state_of_project
from charte_desktop.store.company_records import CompanyRecords
from charte_desktop.store.database import Database
from charte_desktop.store.history import History
from charte_desktop.store.project_steps import ProjectSteps
from charte_desktop.store.project_timelines import NotAccompanied, ProjectTimelines
from charte_desktop.store.provider_register import ProviderRegister
from tests.factory import a_company, a_provider, enter
from tests.project_life import (
    STARTED,
    a_signatory,
    an_accompanied_company,
    delivered,
    opened,
    ordered,
    priced,
    ready,
    started,
    step_id,
)


@pytest.fixture
def timelines(database: Database) -> ProjectTimelines:
    return ProjectTimelines(database)


def test_c03_a_project_of_a_company_never_accompanied_is_refused(
    database: Database, timelines: ProjectTimelines
) -> None:
    company = CompanyRecords(database).add(a_company(legal_name="Snack Bertelina"))
    with pytest.raises(NotAccompanied, match=r"« Snack Bertelina » n'a pas encore été accompagnée.*C03"):
        timelines.open(company.id, a_signatory(database).id, ["S01"])
    assert History(database).undo_label() != "Ouvrir le projet"


def test_c03_an_accompaniment_of_another_company_opens_nothing(database: Database, timelines: ProjectTimelines) -> None:
    other = an_accompanied_company(database)
    company = CompanyRecords(database).add(a_company())
    with pytest.raises(NotAccompanied):
        timelines.open(company.id, a_signatory(database).id, ["S01"], accompaniment_id=other.accompaniments[0].id)


def test_c03_a_project_names_the_accompaniment_it_comes_from(database: Database, timelines: ProjectTimelines) -> None:
    company = an_accompanied_company(database)
    CompanyRecords(database).accompany(company.id, AccompanimentKind.WORKSHOP, date(2026, 9, 10))
    provider = a_signatory(database).id
    assert timelines.open(company.id, provider, ["S01"]).accompaniment == "Atelier du 10/09/2026"
    first = company.accompaniments[0].id
    named = timelines.open(company.id, provider, ["S01"], accompaniment_id=first)
    assert named.accompaniment == "Diagnostic du 03/08/2026"


def test_a_project_is_opened_with_the_charters_steps_dated_by_its_template(database: Database) -> None:
    facts = opened(database)
    assert facts.number.startswith("PR-2026-")
    assert facts.title == "Création / refonte site internet"
    charter = [step.kind for step in facts.steps if step.kind in CHARTER_STEPS]
    assert charter == list(CHARTER_STEPS)
    assert [step.title for step in facts.steps if step.kind is StepKind.MILESTONE] == [
        "Maquettes validées",
        "Contenus remis",
        "Recette",
    ]
    assert "Site en ligne" in [one.title for one in facts.deliverables]
    assert state_of_project(facts) is ProjectState.PREPARED


def test_c14_the_proposed_dates_are_worked_days_of_the_island(database: Database, timelines: ProjectTimelines) -> None:
    facts = opened(database, first_day=date(2026, 12, 14))
    days = [day for step in facts.steps for day in (step.planned_start, step.planned_end) if day is not None]
    assert days == [day for day in days if timelines.calendar.is_working(day)]
    assert date(2026, 12, 25) not in days
    assert not timelines.calendar.is_working(date(2027, 12, 20))


def test_two_projects_never_have_the_same_number(database: Database, timelines: ProjectTimelines) -> None:
    company, provider = an_accompanied_company(database).id, a_signatory(database).id
    numbers = [timelines.open(company, provider, ["S01"]).number for _ in range(3)]
    assert [number[-5:] for number in numbers] == ["00001", "00002", "00003"]


@pytest.mark.parametrize("services", [[], ["S99"]])
def test_a_project_without_a_known_service_is_refused(
    database: Database, timelines: ProjectTimelines, services: list[str]
) -> None:
    company, provider = an_accompanied_company(database).id, a_signatory(database).id
    with pytest.raises(UserError, match="prestation"):
        timelines.open(company, provider, services)


def test_records_of_the_recycle_bin_open_no_project(database: Database, timelines: ProjectTimelines) -> None:
    company, provider = an_accompanied_company(database).id, a_signatory(database).id
    CompanyRecords(database).delete(company)
    with pytest.raises(UserError, match="corbeille"):
        timelines.open(company, provider, ["S01"])


def test_opening_is_one_action_that_can_be_undone(database: Database, timelines: ProjectTimelines) -> None:
    facts = opened(database)
    assert History(database).undo() == "Ouvrir le projet « Création / refonte site internet »"
    with pytest.raises(UserError, match="n'existe plus"):
        timelines.facts(facts.id)


def test_c33_a_project_does_not_start_without_a_manager_that_can_be_reached(
    database: Database, timelines: ProjectTimelines
) -> None:
    facts = opened(database)
    with pytest.raises(UserError, match=r"chef de projet du prestataire n'est pas nommé \(C33\)"):
        timelines.start(facts.id, STARTED)
    project = timelines.get(facts.id)
    project.enter("provider_lead_name", "Chef de projet Fictif")
    timelines.save(project)
    with pytest.raises(UserError, match=r"ni téléphone ni e-mail \(C33\)"):
        timelines.start(facts.id, STARTED)


def test_c39_a_project_does_not_start_without_its_budget_and_its_end(
    database: Database, timelines: ProjectTimelines
) -> None:
    facts = opened(database)
    with pytest.raises(UserError, match=r"budget global n'est pas connu \(C39\).*date de fin n'est pas connue \(C39\)"):
        timelines.start(facts.id, STARTED)
    facts = ready(database, facts)
    assert (facts.budget, facts.end_on) == (348_000, date(2026, 12, 15))
    assert timelines.start(facts.id, STARTED).started_on == STARTED


def test_c39_the_end_cannot_precede_the_start(database: Database, timelines: ProjectTimelines) -> None:
    facts = ready(database, opened(database))
    project = timelines.get(facts.id)
    project.enter("end_on", "15/08/2026")
    timelines.save(project)
    with pytest.raises(UserError, match="précède le début"):
        timelines.start(facts.id, STARTED)


def test_c06_a_provider_that_is_no_signatory_on_the_day_starts_nothing(
    database: Database, timelines: ProjectTimelines
) -> None:
    provider = enter(database, a_provider("S01", legal_name="Kaz Octets", signed=None))[0]
    facts = timelines.open(an_accompanied_company(database).id, provider.id, ["S01"])
    facts = ready(database, facts)
    with pytest.raises(UserError, match=r"Kaz Octets n'est pas signataire de la charte au 01/09/2026 \(C06\)"):
        timelines.start(facts.id, STARTED)


def test_c02_the_version_signed_that_day_is_kept_with_the_project(
    database: Database, timelines: ProjectTimelines
) -> None:
    facts = ready(database, opened(database))
    assert timelines.start(facts.id, STARTED).charter_version == "Charte v1"


@pytest.mark.parametrize("day", [date(2026, 7, 1), date(2026, 11, 1), date(1926, 9, 1)])
def test_an_absurd_start_is_a_sentence(database: Database, timelines: ProjectTimelines, day: date) -> None:
    facts = ready(database, opened(database))
    with pytest.raises(UserError):
        timelines.start(facts.id, day)
    assert timelines.facts(facts.id).started_on is None


def test_c27_a_project_closes_after_the_call_or_with_a_written_reason(
    database: Database, timelines: ProjectTimelines
) -> None:
    facts = delivered(database)
    today = database.today()
    with pytest.raises(UserError, match=r"pas encore été contactée après la livraison \(C27\)"):
        timelines.close(facts.id, today)
    with pytest.raises(UserError, match="pas encore été contactée"):
        timelines.close(facts.id, today, "   ")
    ProjectSteps(database).complete(facts.id, step_id(facts, StepKind.CALL), today, "Le site fonctionne, contente.")
    closed = timelines.close(facts.id, today)
    assert state_of_project(closed) is ProjectState.CLOSED


def test_c27_a_project_given_up_is_closed_with_its_reason(database: Database, timelines: ProjectTimelines) -> None:
    facts = started(database)
    closed = timelines.close(facts.id, database.today(), "L'entreprise a cessé son activité.")
    assert closed.closing_reason == "L'entreprise a cessé son activité."


def test_c27_the_call_wants_its_outcome_and_follows_the_delivery(database: Database) -> None:
    facts, steps = delivered(database), ProjectSteps(database)
    call = step_id(facts, StepKind.CALL)
    with pytest.raises(UserError, match=r"ce que l'entreprise a dit.*C27"):
        steps.complete(facts.id, call, database.today())
    with pytest.raises(UserError, match=r"ne peut pas la précéder \(C27\)"):
        steps.complete(facts.id, call, date(2026, 10, 1), "Tout va bien.")


def test_a_closed_project_is_changed_only_once_it_is_open_again(
    database: Database, timelines: ProjectTimelines
) -> None:
    facts = started(database)
    timelines.close(facts.id, database.today(), "Abandonné.")
    with pytest.raises(UserError, match="rouvrez-le"):
        ProjectSteps(database).save_step(facts.id, step_id(facts, StepKind.WORK), title="Autre")
    timelines.reopen(facts.id)
    ProjectSteps(database).save_step(facts.id, step_id(facts, StepKind.WORK), title="Autre")
    assert timelines.facts(facts.id).closing_reason == ""


def test_a_project_is_not_closed_before_its_last_fact(database: Database, timelines: ProjectTimelines) -> None:
    facts = delivered(database)
    with pytest.raises(UserError, match="ne peut pas le précéder"):
        timelines.close(facts.id, date(2026, 10, 1), "Erreur.")


def test_what_is_typed_and_not_understood_stays_in_its_field(database: Database, timelines: ProjectTimelines) -> None:
    facts = opened(database)
    project = timelines.get(facts.id)
    (problem,) = project.enter("budget", "environ trois mille")
    assert "n'est pas lisible" in problem.message
    project.enter("end_on", "fin d'année")
    timelines.save(project)
    again = timelines.get(facts.id)
    assert (again.shown("budget"), again.shown("end_on")) == ("environ trois mille", "fin d'année")
    assert again.budget is None
    again.enter("budget", "1.234,50 €")
    assert again.shown("budget") == "1\u202f234,50\u00a0€"
    assert "budget" not in again.unread


def test_a_provider_removed_in_mid_project_stops_nothing(database: Database, timelines: ProjectTimelines) -> None:
    facts = started(database)
    ProviderRegister(database).remove(facts.provider.id, database.today(), ["C11"], "Sans cahier des charges")
    ProjectSteps(database).complete(facts.id, step_id(facts, StepKind.WORK), database.today())
    after = timelines.facts(facts.id)
    assert state_of_project(after) is ProjectState.RUNNING
    assert [one.removed_on for one in after.provider.removals] == [database.today()]


def test_a_company_in_the_recycle_bin_keeps_its_project(database: Database, timelines: ProjectTimelines) -> None:
    facts = started(database)
    CompanyRecords(database).delete(facts.company.id)
    after = timelines.facts(facts.id)
    assert after.company.in_bin
    assert after.company.name == "Boulangerie du Volcan"


def test_a_project_goes_to_the_recycle_bin_and_comes_back_whole(
    database: Database, timelines: ProjectTimelines
) -> None:
    facts = ordered(database, priced(database, opened(database)))
    timelines.delete(facts.id)
    with pytest.raises(UserError, match="corbeille"):
        timelines.save(timelines.get(facts.id))
    timelines.restore(facts.id)
    assert timelines.facts(facts.id) == facts
