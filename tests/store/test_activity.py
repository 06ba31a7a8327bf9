from dataclasses import replace
from datetime import date

import pytest

from charte_desktop.model.accompaniment_entry import AccompanimentEntry
from charte_desktop.model.accompaniment_kind import AccompanimentKind
from charte_desktop.model.activity import Period, year_of
from charte_desktop.model.exchange_kind import ExchangeKind
from charte_desktop.model.follow_up import NeedState, Outcome, Priority
from charte_desktop.model.questionnaire_file import shipped
from charte_desktop.model.sheet import Criteria
from charte_desktop.store.accompaniments import Accompaniments, Satisfaction
from charte_desktop.store.activity import ActivityCounts
from charte_desktop.store.attestations import Attestations
from charte_desktop.store.database import Database
from charte_desktop.store.directory_sheets import DirectorySheets
from charte_desktop.store.exchanges import Exchanges
from charte_desktop.store.workshops import Workshops
from tests.factory import enter_company

YEAR = year_of(date(2026, 10, 20))
VISIT = AccompanimentEntry(
    kind=AccompanimentKind.DIAGNOSTIC,
    held_on=date(2026, 3, 2),
    needs={"S01": Priority.HIGH, "S03": Priority.LOW, "S13": Priority.LOW},
    questionnaire_id=shipped().id,
    answers={"site": "aucun"},
)


@pytest.fixture
def busy(database: Database) -> Database:
    """A year with something of everything, and a visit of the year before."""
    accompaniments = Accompaniments(database)
    garage = enter_company(database, legal_name="Garage", ape_code="45.20A", ape_nomenclature="NAFRev2").id
    snack = enter_company(database, legal_name="Snack", city="Saint-Leu", commune_code="97413").id
    elsewhere = enter_company(database, legal_name="Ailleurs", city="Mamoudzou", commune_code="").id
    accompaniments.record(garage, replace(VISIT, held_on=date(2025, 12, 31), answers={}))
    held = accompaniments.record(garage, VISIT)
    accompaniments.record(snack, replace(VISIT, held_on=date(2026, 3, 31), needs={"S16": Priority.LOW}, answers={}))
    accompaniments.record(
        elsewhere,
        replace(VISIT, kind=AccompanimentKind.INDIVIDUAL, held_on=date(2026, 10, 20), needs={}, answers={}),
    )
    accompaniments.change_need(accompaniments.needs_of(snack)[0].id, NeedState.MET)
    accompaniments.close(snack, Outcome.HELPED)
    sheets = DirectorySheets(database)
    sheet = sheets.issue(held.id, Criteria(("S01",)), lambda one: one.number.encode(), lambda _: 1)
    sheets.hand_over(sheet.id, "La gérante")
    Attestations(database).issue(garage, lambda one: one.number.encode())
    Exchanges(database).note(garage, ExchangeKind.CALL, "Oui")
    accompaniments.follow_up(garage, Satisfaction(4, True))
    accompaniments.follow_up(snack, Satisfaction(3, False))
    workshops = Workshops(database)
    workshop = workshops.create("Vendre", date(2026, 10, 20), place="Le Port").id
    people = [workshops.enter(workshop, snack, name).id for name in ("Un", "Deux")]
    workshops.attend(workshops.facts(workshop).sessions[0].id, people[:1])
    return database


def test_the_charts_count_by_month_by_family_and_by_commune(busy: Database) -> None:
    found = ActivityCounts(busy).charts(YEAR)
    assert found.by_month[2] == {AccompanimentKind.DIAGNOSTIC: 2}
    assert found.by_month[9] == {AccompanimentKind.INDIVIDUAL: 1, AccompanimentKind.WORKSHOP: 1}
    assert found.total == 4
    assert found.of_kind(AccompanimentKind.DIAGNOSTIC) == 2
    # Two services of a family in one accompaniment count once.
    assert list(found.by_family.values()) == [1, 1, 0, 1]
    assert found.by_commune == {"97415": 1, "97413": 2, "": 1}


def test_the_report_counts_the_rest(busy: Database) -> None:
    found = ActivityCounts(busy).whole(YEAR)
    assert (found.companies, found.new_companies) == (3, 2)
    assert found.needs == {NeedState.SHEET_HANDED: 1, NeedState.NEW: 2, NeedState.MET: 1}
    assert found.outcomes == {Outcome.HELPED: 1}
    assert (found.sheets, found.handed, found.attestations, found.diagnostics) == (1, 1, 1, 1)
    assert (found.workshops, found.attended, found.exchanges) == (1, 1, 1)
    assert (found.helpfulness, found.would_advise) == ({4: 1, 3: 1}, (1, 1))
    assert found.by_adviser == {"Conseillère Ouest": 4}


def test_the_lines_behind_the_counts_are_those_of_the_period(busy: Database) -> None:
    lines = ActivityCounts(busy).lines(YEAR)
    assert [(one.held_on, one.company, one.commune) for one in lines.held] == [
        (date(2026, 3, 2), "Garage", "Saint-Paul"),
        (date(2026, 3, 31), "Snack", "Saint-Leu"),
        (date(2026, 10, 20), "Ailleurs", "Mamoudzou"),
        (date(2026, 10, 20), "Snack", "Saint-Leu"),
    ]
    assert lines.held[0].sector == "Commerce et automobile"
    assert lines.held[1].outcome is Outcome.HELPED
    assert [one.family for one in lines.needs] == [
        "Transformation de l'offre", "Transformation de l'offre", "Cybersécurité / Data", "Ressources humaines",
    ]  # fmt: skip
    assert [(one.providers, one.handed) for one in lines.sheets] == [(0, True)]
    assert [(one.theme, one.registered, one.present) for one in lines.workshops] == [("Vendre", 2, 1)]


def test_an_empty_period_counts_nothing(busy: Database) -> None:
    found = ActivityCounts(busy).whole(Period(date(2020, 1, 1), date(2020, 1, 31)))
    assert (found.total, found.companies, found.new_companies, found.would_advise) == (0, 0, 0, (0, 0))
    assert ActivityCounts(busy).lines(found.period).held == []
