import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.orm import Session

from charte_desktop.model.base import Record
from charte_desktop.model.charter import Signature
from charte_desktop.model.provider import Attachment, LocalService, Provider, ProviderService, Removal, new_provider
from charte_desktop.store.database import Database
from charte_desktop.store.journal import ActionContext, JournalledSession, journal_action, journal_line
from charte_desktop.store.raw_rows import RowShape
from tests.clock import FixedClock

Line = tuple[str, str, str, dict[str, Any]]


def lines(database: Database, label: str) -> list[Line]:
    """Table, record, operation and changes of each line of the actions called `label`."""
    query = (
        select(journal_line.c.table_name, journal_line.c.record_id, journal_line.c.operation, journal_line.c.changes)
        .join_from(journal_line, journal_action)
        .where(journal_action.c.label == label)
        .order_by(journal_action.c.clock, journal_line.c.position)
    )
    with database.reading() as session:
        return [
            (table, record, operation, json.loads(changes))
            for table, record, operation, changes in session.execute(query)
        ]


def labels(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(journal_action.c.label).order_by(journal_action.c.clock)))


def added(database: Database, **fields: Any) -> Provider:
    provider = new_provider(**fields)
    with database.transaction("Ajouter") as session:
        session.add(provider)
    return provider


def provider_values(provider_id: str, **fields: Any) -> dict[str, Any]:
    empty = Provider()
    columns = {column.name: getattr(empty, column.name) for column in Provider.__table__.columns}
    return {**columns, "id": provider_id, **fields}


def test_an_action_says_who_did_what_when_and_where(database: Database, clock: FixedClock) -> None:
    added(database, legal_name="Alizé Web")
    with database.reading() as session:
        action = session.execute(select(journal_action).where(journal_action.c.label == "Ajouter")).one()
    assert (action.adviser, action.device, action.at) == ("Conseillère Ouest", database.device, clock())
    assert action.undoes is None
    assert action.undoable is True


def test_a_creation_tells_every_filled_field_and_leaves_out_the_empty_ones(database: Database) -> None:
    provider = added(database, legal_name="Alizé Web", emails=["a@alize.example"], headcount=3, unread={"siren": "12"})
    assert lines(database, "Ajouter") == [
        (
            "provider",
            provider.id,
            "create",
            {
                "legal_name": [None, "Alizé Web"],
                "emails": [None, ["a@alize.example"]],
                "headcount": [None, 3],
                "listed": [None, 1],
                "unread": [None, {"siren": "12"}],
            },
        )
    ]


def test_a_change_tells_only_the_fields_that_changed(database: Database) -> None:
    provider = added(database, legal_name="Alizé Web", phones=["+262692000001"])
    provider.phones = ["+262692000002"]
    provider.withdrawn_on = date(2026, 3, 1)
    provider.legal_name = "Alizé Web"
    with database.transaction("Modifier") as session:
        session.add(provider)
    assert lines(database, "Modifier") == [
        (
            "provider",
            provider.id,
            "update",
            {"phones": [["+262692000001"], ["+262692000002"]], "withdrawn_on": [None, "2026-03-01"]},
        )
    ]


def test_the_value_before_is_what_the_base_held_not_what_the_record_remembered(database: Database) -> None:
    stale = added(database, legal_name="Alizé", notes="un")
    with database.transaction("Modifier") as session:
        session.get_one(Provider, stale.id).notes = "deux"
    stale.notes = "trois"
    with database.transaction("Remodifier") as session:
        session.add(stale)
    assert lines(database, "Remodifier")[0][3] == {"notes": ["deux", "trois"]}


def test_several_changes_of_one_record_in_one_action_are_one_line(database: Database) -> None:
    provider = added(database, legal_name="Alizé", notes="un")
    with database.transaction("Modifier") as session:
        session.add(provider)
        provider.notes = "deux"
        session.flush()
        provider.notes = "trois"
        session.flush()
    assert lines(database, "Modifier") == [("provider", provider.id, "update", {"notes": ["un", "trois"]})]


def test_a_record_made_and_deleted_in_one_action_leaves_no_trace(database: Database) -> None:
    with database.transaction("Essayer") as session:
        provider = new_provider(legal_name="Alizé")
        session.add(provider)
        session.flush()
        session.delete(provider)
    assert "Essayer" not in labels(database)


def test_an_action_that_changes_nothing_is_not_in_the_journal(database: Database) -> None:
    provider = added(database, legal_name="Alizé")
    with database.transaction("Ne rien faire") as session:
        session.add(provider)
        provider.legal_name = "Alizé"
    assert "Ne rien faire" not in labels(database)


def test_an_action_that_fails_is_not_in_the_journal(database: Database) -> None:
    def fail() -> None:
        with database.transaction("Échouer") as session:
            session.add(new_provider(legal_name="Alizé"))
            session.flush()
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert "Échouer" not in labels(database)


def test_services_are_journaled_together_under_their_provider(database: Database) -> None:
    provider = new_provider(legal_name="Alizé")
    provider.offer(["S01", "S05"])
    with database.transaction("Ajouter") as session:
        session.add(provider)
    provider.offer(["S05", "S07"])
    provider.services[0].criteria = "sites vitrines"
    with database.transaction("Modifier") as session:
        session.add(provider)
    ((_, _, _, created),) = lines(database, "Ajouter")
    assert created["provider_service"] == {"S01": {}, "S05": {}}
    changed = {operation: changes for _, _, operation, changes in lines(database, "Modifier")}
    assert changed == {
        "create": {"S07": {}},
        "update": {"S05": {"criteria": ["", "sites vitrines"]}},
        "delete": {"S01": {}},
    }


def test_services_replaced_by_equal_ones_are_no_change(database: Database) -> None:
    provider = new_provider(legal_name="Alizé")
    provider.offer(["S01"])
    with database.transaction("Ajouter") as session:
        session.add(provider)
    provider.services = [ProviderService(service_id="S01")]
    with database.transaction("Remplacer") as session:
        session.add(provider)
    assert "Remplacer" not in labels(database)


def test_rows_that_the_base_deletes_with_their_parent_are_journaled(database: Database) -> None:
    provider = new_provider(legal_name="Alizé")
    provider.offer(["S01", "S02"])
    with database.transaction("Ajouter") as session:
        session.add(provider)
    with database.transaction("Supprimer") as session:  # its services are not loaded: only the base knows them
        session.delete(session.get_one(Provider, provider.id))
    ((table, _, operation, changes),) = lines(database, "Supprimer")
    assert (table, operation) == ("provider", "delete")
    assert changes["legal_name"] == ["Alizé", None]
    assert changes["provider_service"] == {"S01": {}, "S02": {}}
    with database.reading() as session:
        assert not session.scalars(select(ProviderService)).all()


def test_no_foreign_key_acts_behind_the_journal() -> None:
    for table in Record.metadata.tables.values():
        for key in table.foreign_keys:
            assert key.ondelete in (None, "CASCADE"), f"{table.name} would be changed by the base"
            assert key.onupdate is None


def test_a_bulk_insertion_is_journaled_and_found(database: Database) -> None:
    rows = [provider_values(f"p{n}", legal_name=f"Société {n}", listed=n > 0, emails=["a@b.example"]) for n in range(3)]
    with database.transaction("Importer") as session:
        session.execute(insert(Provider), rows)
        session.execute(insert(ProviderService), [{"provider_id": "p1", "service_id": one} for one in ("S01", "S02")])
        session.execute(
            insert(Signature), [{"id": "s1", "provider_id": "p1", "signed_on": date(2026, 2, 3), "medium": "papier"}]
        )
    assert lines(database, "Importer")[0] == (
        "provider",
        "p0",
        "create",
        {"legal_name": [None, "Société 0"], "listed": [None, 0], "emails": [None, ["a@b.example"]]},
    )
    assert lines(database, "Importer")[1][3]["provider_service"] == {"S01": {}, "S02": {}}
    with database.reading() as session:
        provider = session.get_one(Provider, "p0")
        assert (provider.listed, provider.emails, provider.notes) == (False, ["a@b.example"], "")
        assert session.get_one(Signature, "s1").signed_on == date(2026, 2, 3)


def test_a_bulk_insertion_writes_what_the_unit_of_work_would(database: Database, clock: FixedClock) -> None:
    fields: dict[str, Any] = {
        "legal_name": "Œuvre & Cie", "phones": ["+262692000001"], "created_at": clock(), "headcount": None,
        "unread": {"ape": "é\\\n\"x\""}, "withdrawn_on": date(2026, 1, 2), "hidden_fields": ["phones"],
    }  # fmt: skip
    with database.transaction("Importer") as session:
        session.add(new_provider(**fields))
        session.execute(insert(Provider), [provider_values("bulk", **fields)])
    one, other = (changes for _, _, _, changes in lines(database, "Importer"))
    assert one == other
    with database.reading() as session:
        first, second = session.execute(text("SELECT * FROM provider")).mappings().all()
    assert {**first, "id": ""} == {**second, "id": ""}


def test_a_record_changed_after_its_bulk_insertion_is_journaled_as_it_ended(database: Database) -> None:
    with database.transaction("Importer") as session:
        session.execute(insert(Provider), [provider_values("p1", legal_name="Avant")])
        session.get_one(Provider, "p1").legal_name = "Après"
    assert lines(database, "Importer") == [
        ("provider", "p1", "create", {"legal_name": [None, "Après"], "listed": [None, 1]})
    ]


def test_a_large_file_is_journaled_by_its_fingerprint(database: Database, clock: FixedClock) -> None:
    attachment = Attachment(owner_id="p1", name="devis.pdf", sha256="x", size=4, content=b"%PDF", added_at=clock())
    with database.transaction("Joindre") as session:
        session.add(attachment)
    changes = lines(database, "Joindre")[0][3]
    assert changes["content"][1].startswith("sha256:")
    assert changes["size"] == [None, 4]


@pytest.fixture
def writing(database: Database) -> Iterator[JournalledSession]:
    provider = added(database, legal_name="Alizé")
    with database.transaction("Contourner") as session:
        session.get_one(Provider, provider.id)
        yield session


@pytest.mark.parametrize(
    "statement",
    [
        update(Provider).values(notes="x"),
        delete(Provider),
        update(Provider.__table__).values(notes="x"),  # type: ignore[arg-type]
        insert(Provider.__table__).values(id="x"),  # type: ignore[arg-type]
        insert(LocalService).values(id="x", label="y"),
        insert(LocalService).from_select(["id", "label"], select(Provider.id, Provider.legal_name)),
        text("DELETE FROM provider"),
        text("WITH x AS (SELECT 1) DELETE FROM provider"),
    ],
    ids=str,
)
def test_a_statement_that_would_bypass_the_journal_is_refused(writing: JournalledSession, statement: Any) -> None:
    with pytest.raises(RuntimeError, match="bypass"):
        writing.execute(statement)


def test_other_ways_around_the_journal_are_refused(writing: JournalledSession) -> None:
    with pytest.raises(RuntimeError, match="bypass"):
        writing.bulk_save_objects([new_provider()])
    with pytest.raises(RuntimeError, match="bypass"):
        writing.bulk_insert_mappings(Provider, [provider_values("x")])
    with pytest.raises(RuntimeError, match="bypass"):
        writing.bulk_update_mappings(Provider, [])
    with pytest.raises(RuntimeError, match="bypass"):
        writing.query(Provider).delete()
    with pytest.raises(RuntimeError, match="savepoints"):
        writing.begin_nested()


def test_a_bulk_insertion_whose_rows_differ_in_their_columns_is_refused(writing: JournalledSession) -> None:
    with pytest.raises(TypeError, match="columns"):
        writing.execute(insert(LocalService), [{"id": "a", "label": "x"}, {"id": "b", "family": "y"}])
    with pytest.raises(TypeError, match="columns"):
        writing.execute(insert(LocalService), [{"id": "a", "name": "x"}])


def test_queries_pass(writing: JournalledSession) -> None:
    assert writing.scalars(select(Provider)).all()
    assert writing.execute(text("SELECT count(*) FROM provider")).scalar_one() == 1


@pytest.mark.parametrize("kind", [Session, JournalledSession])
def test_a_session_without_an_action_cannot_write(database: Database, kind: type[Session]) -> None:
    with database.transaction("Ne rien faire") as writing:
        base = writing.get_bind()
    with kind(base) as session:
        session.add(new_provider(legal_name="Alizé"))
        with pytest.raises(RuntimeError, match="without an action"):
            session.flush()
        session.rollback()
        with pytest.raises(RuntimeError, match="without an action"):
            session.execute(insert(Provider), [provider_values("x")])


def test_the_clock_of_the_journal_goes_on_from_the_highest_it_has_seen(database: Database, clock: FixedClock) -> None:
    added(database, legal_name="Un")
    with database.transaction("Recevoir") as session:  # as a merge would bring it from another laptop
        session.connection().execute(
            insert(journal_action).values(
                id="far", label="Ailleurs", adviser="B", device="ZZZ", at=clock(), clock=500, undoable=True
            )
        )
    clock.advance(days=-3)  # a laptop whose date went backwards
    added(database, legal_name="Deux")
    with database.reading() as session:
        clocks = list(session.scalars(select(journal_action.c.clock).order_by(journal_action.c.clock)))
    assert clocks[-2:] == [500, 501]


def test_a_removal_keeps_its_clauses_as_a_list(database: Database) -> None:
    provider = added(database, legal_name="Alizé")
    with database.transaction("Radier", undoable=False) as session:
        session.add(
            Removal(provider_id=provider.id, removed_on=date(2026, 1, 1), clauses=["C12"], reason="x", adviser="A")
        )
    assert lines(database, "Radier")[0][3]["clauses"] == [None, ["C12"]]
    with database.reading() as session:
        assert session.scalar(select(journal_action.c.undoable).where(journal_action.c.label == "Radier")) is False


def test_the_moment_of_an_action_is_kept_in_utc(database: Database, clock: FixedClock) -> None:
    added(database, legal_name="Alizé")
    with database.reading() as session:
        raw = session.execute(text("SELECT at FROM journal_action WHERE label = 'Ajouter'")).scalar_one()
    assert raw == f"{clock() - timedelta(hours=4):%Y-%m-%d %H:%M:%S}.000000"


def test_every_journaled_table_has_one_name_or_is_a_part() -> None:
    for mapper in Record.registry.mappers:
        RowShape(Record.metadata.tables[str(mapper.local_table)])


def test_an_action_context_is_undoable_unless_it_says_no(clock: FixedClock) -> None:
    assert ActionContext("x", "A", "K7Q", clock()).undoable
