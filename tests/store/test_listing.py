"""What is held in memory for orders and filters is what the base holds, whatever was done in between."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from charte_desktop.model.accompaniment_kind import AccompanimentKind
from charte_desktop.model.base import new_id
from charte_desktop.model.import_plan import ImportPlan, NewRecord
from charte_desktop.model.provider_state import ProviderState
from charte_desktop.store import company_rows, provider_rows
from charte_desktop.store.charter_signatures import CharterSignatures
from charte_desktop.store.company_records import CompanyRecords
from charte_desktop.store.database import Database
from charte_desktop.store.history import History
from charte_desktop.store.local_services import LocalServices
from charte_desktop.store.provider_import import carry_out
from charte_desktop.store.provider_register import ProviderRegister
from tests.clock import FixedClock
from tests.factory import a_provider, enter, enter_company


@pytest.fixture
def register(database: Database) -> ProviderRegister:
    return ProviderRegister(database)


def names(register: ProviderRegister, text: str = "", **asked: object) -> list[str]:
    return [row.legal_name for row in register.search(text, **asked)]  # type: ignore[arg-type]  # asked by name


def test_words_are_ordered_as_in_french_and_what_is_empty_comes_last_either_way(
    database: Database, register: ProviderRegister
) -> None:
    enter(
        database,
        *(
            a_provider(legal_name=name, city=city, address="1 rue")
            for name, city in (("A", "Saint-Denis"), ("B", ""), ("C", "L'Étang-Salé"), ("D", "étang"), ("E", "Écumes"))
        ),
        a_provider(legal_name="AA", city="Saint-Denis"),
    )

    assert names(register, order="city") == ["E", "D", "C", "A", "AA", "B"]
    assert names(register, order="city", descending=True) == ["A", "AA", "C", "D", "E", "B"]
    assert names(register, order="city", limit=2, offset=3) == ["A", "AA"]


@pytest.mark.parametrize("order", provider_rows.ORDERS)
def test_every_order_gives_every_provider_and_turns_round(
    database: Database, register: ProviderRegister, order: str
) -> None:
    enter(
        database,
        a_provider("S02", legal_name="Un", siren="", city="", ape_code="", emails=[], phones=[], signed=None),
        a_provider("S01", legal_name="Deux", website="https://a.example", headcount_band="NN"),
        a_provider("S03", legal_name="Trois", legal_representative="Éloïse", postal_code="", headcount_band=""),
    )

    there, back = names(register, order=order), names(register, order=order, descending=True)

    assert sorted(there) == sorted(back) == ["Deux", "Trois", "Un"]


def test_columns_are_ordered_by_what_they_mean(database: Database, register: ProviderRegister) -> None:
    today = database.today()
    enter(
        database,
        a_provider(legal_name="Ancien", signed=date(2024, 1, 1), headcount_band="11"),
        a_provider(legal_name="Récent", signed=date(2026, 1, 1), headcount_band="NN"),
        a_provider(legal_name="Sans", signed=None, headcount_band="02"),
        a_provider(legal_name="Incomplet", signed=None, ape_code="", headcount_band=""),
    )

    assert names(register, order="signed_on") == ["Ancien", "Récent", "Incomplet", "Sans"]
    assert names(register, order="state") == ["Incomplet", "Sans", "Ancien", "Récent"]
    assert names(register, order="headcount") == ["Récent", "Sans", "Ancien", "Incomplet"]
    assert register.search("recent")[0].signed_on == date(2026, 1, 1) <= today


def test_words_and_an_order_go_together(database: Database, register: ProviderRegister) -> None:
    enter(
        database,
        a_provider(legal_name="Filao Nord", city="Saint-Denis"),
        a_provider(legal_name="Filao Est", city="Bras-Panon"),
        a_provider(legal_name="Vétiver", city="Cilaos"),
    )

    assert names(register, "filao", order="city") == ["Filao Est", "Filao Nord"]
    assert names(register, "filao est", state=ProviderState.SIGNATORY) == ["Filao Est"]


def test_a_family_is_any_of_its_services_the_local_ones_too(database: Database, register: ProviderRegister) -> None:
    local = LocalServices(database).add("Drone", "Ressources humaines")
    enter(database, a_provider("S01", legal_name="Offre"), a_provider("S16", legal_name="RH"))
    enter(database, a_provider(local.id, legal_name="Drone"))

    assert names(register, family="Ressources humaines") == ["Drone", "RH"]
    assert names(register, family="Ressources humaines", service_ids=["S16"]) == ["RH"]


CHANGES: dict[str, Callable[[Database, str], object]] = {
    "add": lambda base, _: ProviderRegister(base).add(a_provider("S04", city="Salazie")),
    "delete": lambda base, one: ProviderRegister(base).delete(one),
    "withdraw": lambda base, one: ProviderRegister(base).withdraw(one, base.today(), "Cessation"),
    "remove": lambda base, one: ProviderRegister(base).remove(one, base.today(), ["C12"], "Motif"),
    "sign": lambda base, one: CharterSignatures(base).record_paper(one, base.today()),
    "undo": lambda base, _: History(base).undo(),
    "rule": lambda base, _: base.set_setting("renewal_validity_months", "12"),
    "import": lambda base, _: carry_out(
        base,
        ImportPlan(
            "liste.xlsx",
            new=[
                NewRecord({"id": new_id(), "legal_name": f"Neuf {n}"}, ["S01"], date(2025, 1, 2), "l. 5")
                for n in range(2500)
            ],
        ),
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_changes_in_the_base_is_seen_at_once(
    database: Database, register: ProviderRegister, clock: FixedClock, change: str
) -> None:
    one, *_ = enter(database, *(a_provider(signed=signed) for signed in (None, date(2025, 3, 12), date(2020, 1, 1))))
    before = register.search(order="state")

    CHANGES[change](database, one.id)

    after = register.search(order="state")
    whole = {provider.id: provider for provider in register.all()}
    assert [row.id for row in after] != [row.id for row in before] or after != before
    assert {row.id for row in after} == whole.keys()
    counts = register.counts_by_state()
    for state in ProviderState:
        found = {row.id for row in register.search(state=state)}
        today, rule = database.today(), register.rule
        assert found == {id_ for id_, provider in whole.items() if provider.state_on(today, rule) is state}
        assert counts[state] == len(found)


def test_states_follow_the_days(database: Database, register: ProviderRegister, clock: FixedClock) -> None:
    (provider,) = enter(database, a_provider())
    register.withdraw(provider.id, database.today() + timedelta(days=1), "Cessation")
    assert register.counts_by_state()[ProviderState.SIGNATORY] == 1

    clock.advance(days=1)

    assert register.counts_by_state()[ProviderState.WITHDRAWN] == 1


def test_what_a_second_window_of_the_program_asks_is_the_same(database: Database, register: ProviderRegister) -> None:
    enter(database, a_provider(legal_name="Avant"))
    register.counts_by_state()
    with database.transaction("Ajouter") as session:
        provider = a_provider(legal_name="Après", signed=None)
        session.add(provider)

    assert names(ProviderRegister(database), order="legal_name", descending=True) == ["Avant", "Après"]


def test_companies_are_ordered_and_filtered_and_follow_the_base(database: Database) -> None:
    records, today = CompanyRecords(database), database.today()
    first = enter_company(database, legal_name="Épicerie", city="Saint-Paul", headcount_band="03")
    enter_company(database, legal_name="Snack", city="Cilaos", commune_code="97424", headcount_band="NN")
    enter_company(database, legal_name="Zinc", city="", headcount_band="")

    def found(**asked: object) -> list[str]:
        return [row.legal_name for row in records.search(**asked)]  # type: ignore[arg-type]  # asked by name

    assert found(order="city") == ["Snack", "Épicerie", "Zinc"]
    assert found(order="city", descending=True) == ["Épicerie", "Snack", "Zinc"]
    assert found(order="headcount_band") == ["Snack", "Épicerie", "Zinc"]
    assert found(commune_code="97424") == ["Snack"]
    for order in company_rows.ORDERS:
        assert sorted(found(order=order)) == ["Snack", "Zinc", "Épicerie"]

    records.accompany(first.id, AccompanimentKind.DIAGNOSTIC, today)
    assert found(order="last_on")[0] == found(order="accompaniments", descending=True)[0] == "Épicerie"
    records.delete(first.id)
    assert found(order="last_on") == ["Snack", "Zinc"]
    assert [(row.legal_name, row.city) for row in records.bin()] == [("Épicerie", "Saint-Paul")]
    records.restore(first.id)
    assert found(order="last_on")[0] == "Épicerie"
    assert records.bin() == []
