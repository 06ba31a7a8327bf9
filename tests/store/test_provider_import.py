from datetime import date

import pytest

from charte_desktop.errors import Cancelled, UserError
from charte_desktop.model.base import new_id
from charte_desktop.model.company import new_company
from charte_desktop.model.import_plan import ImportPlan, KeptLine, ListKind, NewRecord, RecordUpdate
from charte_desktop.model.provider_state import ProviderState
from charte_desktop.store.company_records import CompanyRecords
from charte_desktop.store.database import Database
from charte_desktop.store.history import History
from charte_desktop.store.provider_import import carry_out, known_providers, known_records
from charte_desktop.store.provider_register import ProviderRegister
from tests.factory import a_provider, enter, siren


def new(number: int, *service_ids: str, signed_on: date | None = None) -> NewRecord:
    values = {"id": new_id(), "legal_name": f"Neuf {number:05d}", "siren": siren(), "phones": ["+262262000001"]}
    return NewRecord(values, list(service_ids or ("S01",)), signed_on, "liste.xlsx, ligne 5")


def test_new_providers_arrive_with_services_and_signature_and_are_found(database: Database) -> None:
    plan = ImportPlan("liste.xlsx", new=[new(70001, "S13", "S01", signed_on=date(2025, 1, 2)), new(2)])

    carry_out(database, plan)

    register = ProviderRegister(database)
    (row,) = register.search("neuf 70001")  # no SIREN of the tests begins so
    found = register.get(row.id)
    assert (found.service_ids, row.state) == (["S01", "S13"], ProviderState.SIGNATORY)
    assert found.signatures[0].source == "liste.xlsx, ligne 5"
    assert found.created_at == database.clock()
    assert register.count() == 2


def test_an_update_assigns_only_what_it_names_and_keeps_the_services_there_are(database: Database) -> None:
    (provider,) = enter(database, a_provider("S02", notes="À garder", signed=None))
    plan = ImportPlan(
        "liste.xlsx",
        updated=[RecordUpdate(provider.id, {"website": "https://exemple.example"}, ["S05"], date(2025, 5, 5), "l. 3")],
        kept=[KeptLine(provider.id, "liste.xlsx", "Feuil1", 3, {"SIREN": "4.84E+13"})],
    )

    carry_out(database, plan)

    found = ProviderRegister(database).get(provider.id)
    assert (found.website, found.notes, found.service_ids) == ("https://exemple.example", "À garder", ["S02", "S05"])
    assert [signature.signed_on for signature in found.signatures] == [date(2025, 5, 5)]


def test_an_import_is_one_action_that_is_undone_and_done_again_whole(database: Database) -> None:
    (known,) = enter(database, a_provider("S02"))
    plan = ImportPlan(
        "liste.xlsx",
        new=[new(number, "S01", "S02", signed_on=date(2025, 1, 2)) for number in range(50)],
        updated=[RecordUpdate(known.id, {"website": "https://exemple.example"}, ["S05"])],
        kept=[KeptLine(known.id, "liste.xlsx", "Feuil1", 3, {"SIREN": "4.84E+13"})],
    )
    carry_out(database, plan)
    register, history = ProviderRegister(database), History(database)
    assert history.undo_label() == "Importer liste.xlsx"

    history.undo()
    assert (register.count(), register.search("neuf")) == (1, [])
    assert (register.get(known.id).website, register.get(known.id).service_ids) == ("", ["S02"])

    history.redo()
    assert (register.count(), len(register.search("neuf"))) == (51, 50)
    assert register.get(known.id).service_ids == ["S02", "S05"]


def test_a_cancelled_import_keeps_nothing(database: Database) -> None:
    plan = ImportPlan("liste.xlsx", new=[new(number) for number in range(2500)])
    told: list[tuple[int, int]] = []

    with pytest.raises(Cancelled):
        carry_out(database, plan, lambda done, total: told.append((done, total)), lambda: bool(told))

    assert told == [(2000, 2500)]
    assert ProviderRegister(database).count() == 0


def test_progress_goes_to_the_end(database: Database) -> None:
    (known,) = enter(database, a_provider())
    plan = ImportPlan(
        "l", new=[new(number) for number in range(2500)], updated=[RecordUpdate(known.id, {"notes": "x"}, [])]
    )
    told: list[tuple[int, int]] = []

    carry_out(database, plan, lambda done, total: told.append((done, total)))

    assert told == [(2000, 2501), (2500, 2501), (2501, 2501)]


def test_a_plan_that_changes_nothing_leaves_no_trace(database: Database) -> None:
    before = History(database).undo_label()

    carry_out(database, ImportPlan("liste.xlsx"))

    assert History(database).undo_label() == before


def test_a_plan_made_before_a_record_went_away_is_refused_whole(database: Database) -> None:
    plan = ImportPlan("liste.xlsx", new=[new(1)], updated=[RecordUpdate("disparu", {"notes": "x"}, [])])

    with pytest.raises(UserError, match="relancez"):
        carry_out(database, plan)
    assert ProviderRegister(database).count() == 0


def test_the_planner_knows_the_recycle_bin_too(database: Database) -> None:
    kept, thrown = enter(database, a_provider(), a_provider())
    ProviderRegister(database).delete(thrown.id)

    known = known_providers(database)

    found = known.of_siren(thrown.siren)
    assert found is not None
    assert found.deleted_at is not None
    assert {one.id for one in known.records} == {kept.id, thrown.id}


def test_companies_are_created_and_changed_as_one_action_too(database: Database) -> None:
    companies = CompanyRecords(database)
    known = companies.add(new_company(legal_name="Letchi"))
    values = {"id": new_id(), "legal_name": "Goyavier", "siren": "732829320", "legal_category": "5499"}
    plan = ImportPlan(
        "liste.xlsx",
        ListKind.COMPANIES,
        new=[NewRecord(values, [])],
        updated=[RecordUpdate(known.id, {"website": "https://letchi.example"}, [])],
    )
    carry_out(database, plan)
    assert companies.get(known.id).website == "https://letchi.example"
    assert [row.legal_name for row in companies.search("goyavier")] == ["Goyavier"]
    assert {one.legal_name for one in known_records(database, ListKind.COMPANIES).records} == {"Goyavier", "Letchi"}
    assert History(database).undo() == "Importer liste.xlsx"
    assert companies.count() == 1
    assert companies.get(known.id).website == ""
