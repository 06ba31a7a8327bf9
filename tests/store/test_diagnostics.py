from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from charte_desktop.errors import UserError
from charte_desktop.model.accompaniment_entry import AccompanimentEntry
from charte_desktop.model.accompaniment_kind import AccompanimentKind
from charte_desktop.model.questionnaire_file import read_questionnaire, shipped
from charte_desktop.store.accompaniments import Accompaniments
from charte_desktop.store.company_records import CompanyRecords
from charte_desktop.store.database import Database
from charte_desktop.store.diagnostics import Diagnostics
from tests.factory import enter_company
from tests.store.questionnaires import OTHER_QUESTIONNAIRE

GOOD = {"site": "actif", "sauvegarde": "deux", "aisance": 5, "documents": "partage", "gestion": "relies"}
POOR = {"site": "aucun", "sauvegarde": "non", "aisance": 1, "documents": "papier", "gestion": "papier"}
SIREN_FIELDS: dict[str, Any] = {"ape_code": "56.10A", "ape_nomenclature": "NAFRev2"}


def diagnose(database: Database, company_id: str, answers: dict[str, Any], on: date, text: str = "") -> str:
    questionnaire = read_questionnaire(text) if text else shipped()
    entry = AccompanimentEntry(
        kind=AccompanimentKind.DIAGNOSTIC, held_on=on, questionnaire_id=questionnaire.id, answers=answers
    )
    return Accompaniments(database).record(company_id, entry).id


def test_the_first_and_the_last_diagnostic_stand_beside_each_other(database: Database) -> None:
    company = enter_company(database, **SIREN_FIELDS)
    diagnose(database, company.id, POOR, date(2025, 10, 1))
    diagnose(database, company.id, {**POOR, "site": "vitrine"}, date(2026, 3, 1))
    diagnose(database, company.id, GOOD, date(2026, 10, 1))
    found = Diagnostics(database).comparison(company.id)
    assert found is not None
    assert found.first is not None
    assert (found.first.answered_on, found.last.answered_on) == (date(2025, 10, 1), date(2026, 10, 1))
    assert (found.first.scores["site"], found.last.scores["site"]) == (0, 100)
    assert [axis.id for axis in found.axes] == [axis.id for axis in shipped().axes]
    until = Diagnostics(database).comparison(company.id, until=date(2026, 3, 31))
    assert until is not None
    assert until.last.answered_on == date(2026, 3, 1)


def test_a_company_without_a_diagnostic_has_nothing_to_compare(database: Database) -> None:
    company = enter_company(database)
    assert Diagnostics(database).comparison(company.id) is None
    diagnose(database, company.id, {"attente": "Vendre"}, date(2026, 10, 1))
    assert Diagnostics(database).comparison(company.id) is None


def test_another_questionnaire_never_changes_what_was_answered_before(database: Database) -> None:
    diagnostics = Diagnostics(database)
    company = enter_company(database)
    diagnose(database, company.id, POOR, date(2025, 10, 1))
    before = diagnostics.of_company(company.id)
    chosen = diagnostics.use(OTHER_QUESTIONNAIRE)
    assert diagnostics.current() == chosen
    assert diagnostics.text() == OTHER_QUESTIONNAIRE
    assert diagnostics.of_company(company.id) == before
    assert diagnostics.questionnaire(before[0].questionnaire_id) == shipped()
    diagnose(
        database, company.id, {"site": "oui", "sauvegarde": "oui", "aisance": 2}, date(2026, 10, 1), OTHER_QUESTIONNAIRE
    )
    found = diagnostics.comparison(company.id)
    assert found is not None
    # Three axes of the new one: two have a score in the old one, too few to be drawn.
    assert found.other_questionnaire
    assert found.first is None
    diagnostics.use_shipped()
    assert diagnostics.current() == shipped()
    assert diagnostics.questionnaire(chosen.id) == chosen


def test_a_wrong_questionnaire_is_refused_and_the_one_in_force_stays(database: Database) -> None:
    with pytest.raises(UserError, match="trois axes"):
        Diagnostics(database).use('titre = "Rien"')
    assert Diagnostics(database).current() == shipped()


def test_the_middle_of_a_sector_is_shown_from_five_other_companies_on(database: Database) -> None:
    company = enter_company(database, **SIREN_FIELDS)
    diagnose(database, company.id, POOR, date(2026, 10, 1))
    neighbours = [enter_company(database, **SIREN_FIELDS) for _ in range(4)]
    for number, one in enumerate(neighbours):
        diagnose(database, one.id, POOR, date(2026, 1, 1))
        diagnose(database, one.id, {"site": ("aucun", "page", "vitrine", "actif")[number]}, date(2026, 9, 1))
    elsewhere = enter_company(database, ape_code="01.13Z", ape_nomenclature="NAFRev2")
    diagnose(database, elsewhere.id, GOOD, date(2026, 9, 1))
    diagnostics = Diagnostics(database)
    found = diagnostics.comparison(company.id)
    assert found is not None
    assert found.sector is not None
    assert (found.sector.label, found.sector_count, found.sector_scores) == ("Hébergement et restauration", 4, None)
    fifth = enter_company(database, ape_code="55.10Y", ape_nomenclature="NAF2025")
    diagnose(database, fifth.id, {"site": "vitrine"}, date(2026, 9, 1))
    found = diagnostics.comparison(company.id)
    assert found is not None
    # Only each company's latest answers count, and never the company's own.
    assert (found.sector_count, found.sector_scores) == (5, {"site": 75})
    CompanyRecords(database).delete(fifth.id)
    found = diagnostics.comparison(company.id)
    assert found is not None
    assert found.sector_scores is None


def test_a_conversation_that_goes_on_is_compared_before_it_is_kept(database: Database) -> None:
    company = enter_company(database)
    held = diagnose(database, company.id, POOR, date(2026, 10, 1))
    diagnostics = Diagnostics(database)
    (kept,) = diagnostics.of_company(company.id)
    now = replace(kept, accompaniment_id="", answered_on=date(2026, 10, 20), scores=shipped().scores(GOOD))
    found = diagnostics.comparison(company.id, with_=now)
    assert found is not None
    assert found.first is not None
    assert (found.first.accompaniment_id, found.last.scores["site"]) == (held, 100)


def test_a_questionnaire_that_nobody_has_any_more_is_said(database: Database) -> None:
    assert not Diagnostics(database).knows("0" * 64)
    assert Diagnostics(database).knows(shipped().id)
    with pytest.raises(UserError, match="chargez-le de nouveau"):
        Diagnostics(database).questionnaire("0" * 64)
