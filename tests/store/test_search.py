import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from charte_desktop.model.company import Company, new_company
from charte_desktop.model.provider import LocalService, Provider, ProviderService, new_provider
from charte_desktop.store import search
from charte_desktop.store.database import Database
from charte_desktop.store.raw_rows import driver
from charte_desktop.store.search_words import match_expression


def add(database: Database, *records: Any) -> None:
    with database.transaction("Ajouter") as session:
        session.add_all(records)


def found(database: Database, text: str, record: type[Provider] | type[Company] = Provider) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(search.ordered(select(record.legal_name), record, text)))


@pytest.fixture
def register(database: Database) -> Database:
    atelier = new_provider(
        legal_name="L'Œuvre numérique",
        siren="489487926",
        siret="48948792600012",
        legal_representative="Anaïs Grondin",
        address="3 rue du Créole",
        postal_code="97427",
        city="L'Étang-Salé",
        commune_code="97404",
        emails=["contact@oeuvre-numerique.example"],
        phones=["+262262000061", "+33612345678"],
        ape_code="62.01Z",
        ape_nomenclature="NAFRev2",
        references="Refonte du site du marché forain, 0692 99 88 77",
        notes="Rappeler en août",
        unread={"headcount": "une douzaine"},
        website="https://oeuvre-numerique.example",
    )
    atelier.offer(["S01"])
    other = new_provider(legal_name="Alizé Web", siren="552100554", city="Saint-Denis", commune_code="97411")
    add(database, atelier, other)
    return database


@pytest.mark.parametrize(
    "text",
    [
        "oeuvre", "Œuvre", "ŒUVRE", "oeuvr num", "numerique oeuvre", "l oeuvre", "L'Œuvre",
        "etang sale", "L'Étang-Salé", "l etang", "étang", "creole", "Créole", "97427", "reunion 97427"[8:],
        "62.01z", "62.01Z", "6201z", "62 01", "6201", "programmation informatique",
        "0262000061", "0262 00 00 61", "0262.00.00.61", "262000061", "+262 262 00 00 61", "00 00 61", "02 62 00 00 61",
        "06 12 34 56 78", "0612345678", "+33 6 12 34 56 78", "345678",
        "489487926", "489 487 926", "489 487", "489487", "487 926", "48948792600012", "489 487 926 00012",
        "97427 0262 00 00 61", "oeuvre 489 487 926 0262 00 00 61",
        "anais", "grondin anaïs", "contact@oeuvre", "oeuvre-numerique.example",
        "marche forain", "0692 99 88 77", "0692998877", "aout", "douzaine",
    ],
)  # fmt: skip
def test_a_record_is_found_by_what_people_type(register: Database, text: str) -> None:
    assert found(register, text) == ["L'Œuvre numérique"]


@pytest.mark.parametrize("text", ["oeuvre alize", "999 999", "0693", "62.02", "oeuvree"])
def test_every_word_is_required(register: Database, text: str) -> None:
    assert found(register, text) == []


def test_a_siret_finds_the_company_of_which_only_the_siren_is_known(register: Database) -> None:
    assert found(register, "552 100 554 00013") == ["Alizé Web"]


def test_a_declared_service_is_found_by_its_words(database: Database) -> None:
    provider = new_provider(legal_name="Alizé")
    local = LocalService(label="Impression 3D")
    add(database, provider, local)
    assert found(database, "impression 3d") == []
    with database.transaction("Offrir") as session:
        session.add(ProviderService(provider_id=provider.id, service_id=local.id))
    assert found(database, "impression 3d") == ["Alizé"]
    with database.transaction("Renommer") as session:
        session.get_one(LocalService, local.id).label = "Prototypage"
    assert found(database, "impression") == []
    assert found(database, "prototypage") == ["Alizé"]
    with database.transaction("Ne plus offrir") as session:
        session.delete(session.get_one(ProviderService, (provider.id, local.id)))
    assert found(database, "prototypage") == []


def test_a_name_weighs_more_than_a_note(database: Database) -> None:
    add(
        database,
        new_provider(legal_name="Zéphyr", notes="travaille avec Lagon, souvent avec Lagon, toujours Lagon"),
        new_provider(legal_name="Studio Lagon du Sud et de l'Ouest"),
    )
    assert found(database, "lagon") == ["Studio Lagon du Sud et de l'Ouest", "Zéphyr"]


def test_without_a_word_records_come_by_name_in_french_order(database: Database) -> None:
    names = ["Zoé", "éclair", "Eclat", "Œuvre", "obus", "L'Écho", "Étang", "ETANG"]
    add(database, *(new_provider(legal_name=name) for name in names))
    in_order = ["éclair", "Eclat", "ETANG", "Étang", "L'Écho", "obus", "Œuvre", "Zoé"]
    assert found(database, "") == in_order
    assert found(database, " -- ") == in_order


def test_a_record_in_the_recycle_bin_is_not_found(register: Database) -> None:
    with register.transaction("Mettre à la corbeille") as session:
        provider = session.scalars(select(Provider).where(Provider.siren == "489487926")).one()
        provider.deleted_at = register.clock()
    assert found(register, "oeuvre") == []
    assert found(register, "") == ["Alizé Web"]
    with register.transaction("Reprendre") as session:
        session.get_one(Provider, provider.id).deleted_at = None
    assert found(register, "oeuvre") == ["L'Œuvre numérique"]


def test_a_deleted_record_is_not_found(register: Database) -> None:
    with register.transaction("Supprimer") as session:
        session.delete(session.scalars(select(Provider).where(Provider.siren == "489487926")).one())
    assert found(register, "oeuvre") == []
    assert found(register, "") == ["Alizé Web"]


def test_a_changed_word_replaces_the_old_one(register: Database) -> None:
    with register.transaction("Modifier") as session:
        session.scalars(select(Provider).where(Provider.siren == "552100554")).one().legal_name = "Zéphyr Web"
    assert found(register, "zephyr") == ["Zéphyr Web"]
    assert found(register, "alize") == []
    assert found(register, "") == ["L'Œuvre numérique", "Zéphyr Web"]


def test_companies_and_providers_are_searched_apart(register: Database) -> None:
    add(register, new_company(legal_name="Œuvre du pain", city="Saint-Paul", commune_code="97415"))
    assert found(register, "oeuvre", Company) == ["Œuvre du pain"]
    assert found(register, "saint paul", Company) == ["Œuvre du pain"]
    assert found(register, "", Company) == ["Œuvre du pain"]
    assert found(register, "oeuvre") == ["L'Œuvre numérique"]


def test_the_index_is_rebuilt_as_it_was(register: Database) -> None:
    add(register, new_company(legal_name="Boulangerie"))
    with register.transaction("Refaire l'index") as session:
        for kind in search.KINDS:
            driver(session.connection()).execute(f"INSERT INTO {kind}_search({kind}_search) VALUES ('delete-all')")
        search.rebuild(session.connection())
    assert found(register, "oeuvre 489 487") == ["L'Œuvre numérique"]
    assert found(register, "boulangerie", Company) == ["Boulangerie"]
    assert found(register, "") == ["Alizé Web", "L'Œuvre numérique"]


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("", ""),
        ("!?'\"()*", ""),
        ("Œuvre", '"oeuvre"*'),
        ("AND NOT near", '"and"* AND "not"* AND "near"*'),
        ("489 487", '("489487"* OR ("489"* AND "487"*))'),
    ],
)
def test_a_question_is_made_of_quoted_beginnings(text: str, expression: str) -> None:
    assert match_expression(text) == expression


@pytest.fixture(scope="module")
def full_text() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", check_same_thread=False)) as connection:
        connection.execute("CREATE VIRTUAL TABLE documents USING fts5(name, rest, tokenize='ascii')")
        yield connection


@given(st.text() | st.text(alphabet='"*(){}^:+-, ANDORT0123456789é\x00\ud800') | st.lists(st.text()).map(" ".join))
def test_nothing_typed_makes_the_search_fail(full_text: sqlite3.Connection, text: str) -> None:
    expression = match_expression(text)
    if expression:
        full_text.execute("SELECT rowid FROM documents WHERE documents MATCH ?", (expression,)).fetchall()


@pytest.mark.parametrize("text", ["a " * 5000, "1 " * 5000, "9" * 5000, "x" * 100_000, "12 a " * 3000])
def test_a_page_pasted_into_the_search_is_looked_for_by_its_first_words(
    full_text: sqlite3.Connection, text: str
) -> None:
    full_text.execute("SELECT rowid FROM documents WHERE documents MATCH ?", (match_expression(text),)).fetchall()


@given(st.text(min_size=1))
def test_a_name_is_found_by_itself(full_text: sqlite3.Connection, name: str) -> None:
    from charte_desktop.model.wording import normalise

    expression = match_expression(name)
    if expression:
        full_text.execute("DELETE FROM documents")
        full_text.execute("INSERT INTO documents (name) VALUES (?)", (normalise(name),))
        assert full_text.execute("SELECT 1 FROM documents WHERE documents MATCH ?", (expression,)).fetchall()
