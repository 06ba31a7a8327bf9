import pytest

from charte_desktop.model.accompaniment_kind import AccompanimentKind
from charte_desktop.model.sheet import Criteria, DirectorySheet
from charte_desktop.store.company_records import CompanyRecords
from charte_desktop.store.database import Database
from charte_desktop.store.directory_sheets import DirectorySheets
from charte_desktop.store.everything import search_everything
from tests.factory import a_provider, enter, enter_company


def issue(database: Database, name: str) -> DirectorySheet:
    company = enter_company(database, legal_name=name)
    visit = CompanyRecords(database).accompany(company.id, AccompanimentKind.DIAGNOSTIC, database.today(), ["S01"])
    return DirectorySheets(database).issue(visit.id, Criteria(("S01",)), lambda _: b"%PDF", lambda _: 1)


def test_providers_companies_and_sheets_are_found_at_once_each_with_what_tells_it_apart(database: Database) -> None:
    (provider,) = enter(database, a_provider(legal_name="Œuvre 12", city="L'Étang-Salé", siren="489487926"))
    sheet = issue(database, "Snack 12 rue")

    found = {hit.kind: hit for hit in search_everything(database, "oeuvre etang")}
    assert found.keys() == {"provider"}
    assert (found["provider"].record_id, found["provider"].title) == (provider.id, "Œuvre 12")
    assert found["provider"].detail == "L'Étang-Salé · 489 487 926"

    assert [(hit.kind, hit.title) for hit in search_everything(database, "12")][:2] == [
        ("provider", "Œuvre 12"),
        ("company", "Snack 12 rue"),
    ]
    (hit,) = search_everything(database, sheet.number)
    assert (hit.kind, hit.record_id, hit.company_id) == ("sheet", sheet.id, sheet.company_id)
    assert hit.detail == f"Snack 12 rue · {sheet.issued_on:%d/%m/%Y}"


@pytest.mark.parametrize("typed", ["{0}", "FA {year} {device} 1", "{device}-1", "{device} 00001", "fa-{year}-{device}"])
def test_a_sheet_is_found_by_its_number_typed_any_way(database: Database, typed: str) -> None:
    sheet = issue(database, "Le Garage")
    _, year, device, _ = sheet.number.split("-")

    text = typed.format(sheet.number, year=year, device=device.lower())

    assert sheet.id in [hit.record_id for hit in search_everything(database, text)]


def test_no_kind_takes_the_room_of_another(database: Database) -> None:
    enter(database, *(a_provider(legal_name=f"Filao {number}") for number in range(6)))
    enter_company(database, legal_name="Le Filao")

    assert [hit.kind for hit in search_everything(database, "filao", 4)] == ["provider"] * 3 + ["company"]


@pytest.mark.parametrize("nothing", ["", "  ", "’-«", "xyzzy", '"', "%"])
def test_nothing_is_found_for_what_no_record_holds(database: Database, nothing: str) -> None:
    enter(database, a_provider())

    assert search_everything(database, nothing) == []


def test_the_bin_is_not_searched(database: Database) -> None:
    company = enter_company(database, legal_name="Partie")
    CompanyRecords(database).delete(company.id)

    assert search_everything(database, "partie") == []


def test_a_slip_in_a_name_still_finds_it(database: Database) -> None:
    enter(database, a_provider(legal_name="Kaz Octets"), a_provider(legal_name="Vétiver Conseil"))
    enter_company(database, legal_name="SARL Kaz'Octets")

    assert [hit.title for hit in search_everything(database, "kaz octtes")] == ["Kaz Octets", "SARL Kaz'Octets"]
