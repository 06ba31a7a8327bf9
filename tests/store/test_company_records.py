from datetime import timedelta

import pytest

from charte_desktop.errors import UserError
from charte_desktop.model.accompaniment import gives_right_to_charter
from charte_desktop.model.accompaniment_kind import AccompanimentKind
from charte_desktop.store.company_records import CompanyRecords
from charte_desktop.store.database import Database
from tests.factory import a_company, enter_company


@pytest.fixture
def records(database: Database) -> CompanyRecords:
    return CompanyRecords(database)


def test_companies_are_found_without_accents_and_listed_by_name(database: Database, records: CompanyRecords) -> None:
    for name in ("Snack l'Étang", "Épicerie Créole", "Garage du Volcan"):
        enter_company(database, legal_name=name)

    assert [row.legal_name for row in records.search()] == ["Épicerie Créole", "Garage du Volcan", "Snack l'Étang"]
    assert [row.legal_name for row in records.search("creole epi")] == ["Épicerie Créole"]
    assert records.count() == 3


def test_a_row_counts_the_accompaniments_and_gives_the_latest_day(database: Database, records: CompanyRecords) -> None:
    company, today = enter_company(database), database.today()
    records.accompany(company.id, AccompanimentKind.WORKSHOP, today)
    records.accompany(company.id, AccompanimentKind.DIAGNOSTIC, today - timedelta(days=90))

    (row,) = records.search()

    assert (row.accompaniments, row.last_on) == (2, today)


def test_c03_only_an_accompaniment_held_gives_a_right_to_the_charter(
    database: Database, records: CompanyRecords
) -> None:
    company, today = enter_company(database), database.today()
    assert not gives_right_to_charter(records.get(company.id).accompaniments, today)

    records.accompany(company.id, AccompanimentKind.INDIVIDUAL, today, ["S01", "S13"])

    found = records.get(company.id)
    assert gives_right_to_charter(found.accompaniments, today)
    assert not gives_right_to_charter(found.accompaniments, today - timedelta(days=1))
    assert found.accompaniments[0].adviser == database.adviser
    assert [need.service_id for need in found.needs] == ["S01", "S13"]


def test_an_accompaniment_to_come_is_refused(database: Database, records: CompanyRecords) -> None:
    company = enter_company(database)

    with pytest.raises(UserError, match="pas encore passé"):
        records.accompany(company.id, AccompanimentKind.DIAGNOSTIC, database.today() + timedelta(days=1))


def test_a_need_for_a_service_that_does_not_exist_is_refused_with_everything_else(
    database: Database, records: CompanyRecords
) -> None:
    company = enter_company(database)

    with pytest.raises(UserError, match="S77"):
        records.accompany(company.id, AccompanimentKind.DIAGNOSTIC, database.today(), ["S01", "S77"])
    assert records.get(company.id).accompaniments == []


def test_the_same_need_is_not_noted_twice_in_one_accompaniment(database: Database, records: CompanyRecords) -> None:
    company = enter_company(database)
    held = records.accompany(company.id, AccompanimentKind.DIAGNOSTIC, database.today(), ["S01"])

    records.note_needs(held.id, ["S01", "S02", "S02"])

    assert [need.service_id for need in records.get(company.id).needs] == ["S01", "S02"]


def test_two_companies_never_share_a_siren(records: CompanyRecords) -> None:
    first = records.add(a_company(legal_name="Boulangerie du Front de mer"))

    with pytest.raises(UserError, match="Front de mer"):
        records.add(a_company(siren=first.siren))


def test_a_changed_company_is_saved(database: Database, records: CompanyRecords) -> None:
    company = records.get(enter_company(database).id)
    company.enter("legal_name", "Nouveau nom")
    records.save(company)

    assert [one.id for one in records.find("nouveau NOM")] == [company.id]
