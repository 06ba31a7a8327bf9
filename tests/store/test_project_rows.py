"""The projects as a table, and what waits in them."""

from datetime import date

import pytest

from charte_desktop.model.project_dates import Punctuality, standing_of_project
from charte_desktop.model.project_kinds import Between, DocumentKind, Means, NoticeKind, StepKind
from charte_desktop.model.project_state import ProjectState, state_of_project
from charte_desktop.store.database import Database
from charte_desktop.store.everything import search_everything
from charte_desktop.store.project_incapacity import ProjectIncapacity
from charte_desktop.store.project_log import ProjectLog
from charte_desktop.store.project_papers import File, ProjectPapers
from charte_desktop.store.project_reminders import BASKETS, basket, baskets
from charte_desktop.store.project_rows import ORDERS, ProjectRows, Question
from charte_desktop.store.project_steps import ProjectSteps
from charte_desktop.store.project_timelines import ProjectTimelines
from charte_desktop.store.provider_register import ProviderRegister
from tests.project_life import PDF, a_signatory, costed, delivered, opened, started, step_id


@pytest.fixture
def rows(database: Database) -> ProjectRows:
    return ProjectRows(database)


def test_a_line_says_what_the_whole_project_says(database: Database, rows: ProjectRows) -> None:
    for facts in (opened(database), started(database), delivered(database)):
        row = next(one for one in rows.all() if one.id == facts.id)
        assert (row.number, row.company, row.provider) == (facts.number, facts.company.name, facts.provider.name)
        assert row.state is state_of_project(facts)
        whole = standing_of_project(facts, database.today(), rows.calendar, rows.rules)
        assert row.standing == whole
        assert row.budget == facts.budget


def test_projects_are_found_by_number_title_company_and_provider(database: Database, rows: ProjectRows) -> None:
    facts = started(database)
    opened(database, "S14")
    for text in (facts.number, facts.number[-5:], "refonte", "boulangerie volcan", "PITON"):
        assert facts.id in [row.id for row in rows.search(Question(text))], text
    assert not rows.search(Question("inconnu"))
    assert [row.id for row in rows.search(Question("refonte site"))] == [facts.id]


def test_filters_add_up(database: Database, rows: ProjectRows) -> None:
    running, prepared = started(database), opened(database, "S14")
    assert [row.id for row in rows.search(Question(state=ProjectState.RUNNING))] == [running.id]
    assert [row.id for row in rows.search(Question(service_id="S14"))] == [prepared.id]
    assert [row.id for row in rows.search(Question(company_id=running.company.id))] == [running.id]
    assert [row.id for row in rows.of_provider(prepared.provider.id)] == [prepared.id]
    assert not rows.search(Question(state=ProjectState.RUNNING, service_id="S14"))
    late = rows.search(Question(punctuality=Punctuality.LATE))
    assert {row.standing.punctuality for row in late} <= {Punctuality.LATE}


@pytest.mark.parametrize("order", ORDERS)
def test_every_order_goes_both_ways(database: Database, rows: ProjectRows, order: str) -> None:
    opened(database)
    started(database, "S14")
    up = [row.id for row in rows.search(Question(order=order))]
    down = [row.id for row in rows.search(Question(order=order, descending=True))]
    assert sorted(up) == sorted(down)
    assert len(up) == 2


def test_what_is_due_next_comes_first_and_what_is_over_last(database: Database, rows: ProjectRows) -> None:
    over = started(database)
    ProjectTimelines(database).close(over.id, database.today(), "Abandonné")
    running = started(database)
    assert [row.id for row in rows.all()] == [running.id, over.id]
    assert rows.counts_by_state()[ProjectState.CLOSED] == 1
    assert rows.count() == 2


def test_the_recycle_bin_is_apart(database: Database, rows: ProjectRows) -> None:
    facts = opened(database)
    ProjectTimelines(database).delete(facts.id)
    assert not rows.all()
    assert rows.bin() == [(facts.id, facts.number, facts.title)]
    assert not rows.holds(facts.id)


def test_the_global_search_finds_a_project(database: Database) -> None:
    facts = opened(database)
    for text in (facts.number, "refonte"):
        (hit,) = [one for one in search_everything(database, text) if one.kind == "project"]
        assert (hit.record_id, hit.title) == (facts.id, facts.title)


def names(database: Database, name: str) -> list[str]:
    return [line.words for line in basket(database, database.today(), name)]


def test_c05_a_contract_without_the_charter_waits_in_its_basket(database: Database) -> None:
    facts = opened(database)
    ProjectPapers(database).add_document(
        facts.id, DocumentKind.CONTRACT, signed_on=date(2026, 8, 18), file=File("contrat.pdf", PDF)
    )
    (line,) = basket(database, database.today(), "unannexed")
    assert line.words == "sans la charte annexée : Contrat de prestation signé signé le 18/08/2026"
    assert line.age_on(database.today()) == 63


def test_c26_a_silence_longer_than_the_offices_days_is_a_reminder(database: Database) -> None:
    facts = started(database)
    assert names(database, "silent") == ["sans nouvelle depuis 49 jours"]
    ProjectLog(database).note_exchange(
        facts.id, date(2026, 10, 15), Means.PHONE, Between.PROVIDER_CLIENT, "Point d'avancement."
    )
    assert names(database, "silent") == []
    database.set_setting("project_silence_days", "4")
    assert names(database, "silent") == ["sans nouvelle depuis 5 jours"]


def test_c27_a_delivered_project_waits_for_its_call(database: Database) -> None:
    facts = delivered(database, on=date(2026, 10, 2))
    assert names(database, "calls") == ["livré depuis 18 jours, entreprise pas encore contactée"]
    ProjectSteps(database).complete(facts.id, step_id(facts, StepKind.CALL), database.today(), "Tout fonctionne.")
    assert names(database, "calls") == []


def test_c28_c29_notices_that_should_have_come_are_overdue(database: Database) -> None:
    facts = delivered(database, on=date(2026, 10, 5))
    assert names(database, "notices") == [
        "avis de cahier des charges non reçu, 57 jours après le 24/08/2026",
        "avis de fin de réalisation non reçu, 17 jours après le 03/10/2026",
    ]
    papers = ProjectPapers(database)
    papers.note_notice(facts.id, NoticeKind.SPECIFICATION, date(2026, 10, 6), "Chef de projet")
    papers.note_notice(facts.id, NoticeKind.END_OF_WORK, date(2026, 10, 6), "Chef de projet")
    assert names(database, "notices") == []


def test_c38_an_overrun_without_its_answer_waits(database: Database) -> None:
    costed(database, started(database))
    assert names(database, "overruns") == ["dépassement n° 1 : accord du client à noter"]


def test_c18_a_company_whose_provider_was_removed_is_to_be_told(database: Database) -> None:
    facts = started(database)
    ProviderRegister(database).remove(facts.provider.id, date(2026, 10, 12), ["C11"], "Sans cahier des charges")
    assert names(database, "removed") == ["Piton Web radié le 12/10/2026, entreprise à informer"]
    ProjectLog(database).note_exchange(
        facts.id, date(2026, 10, 13), Means.PHONE, Between.CLIENT_CCIR, "Radiation annoncée.", about_removal=True
    )
    assert names(database, "removed") == []


def test_c19_a_frozen_project_waits_for_a_successor_and_for_nothing_else(database: Database) -> None:
    facts = started(database)
    ProjectIncapacity(database).declare(facts.id, date(2026, 10, 5), "Liquidation")
    waiting = {name: lines for name, lines in baskets(database, database.today()).items() if lines}
    assert "frozen" in waiting
    assert not {"late", "silent", "deliveries"} & waiting.keys()
    other = a_signatory(database, "S01", legal_name="Kaz Octets")
    ProjectIncapacity(database).hand_over(facts.id, other.id, date(2026, 10, 6))
    assert names(database, "frozen") == []


def test_every_basket_is_empty_in_an_empty_base(database: Database) -> None:
    assert baskets(database, database.today()) == {name: [] for name in BASKETS}
