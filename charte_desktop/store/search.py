"""The search over providers and companies: full-text tables fed by the journal's hook, and asked with the same words.

The words are those of `search_words`. A record in the recycle bin is not in the index.
"""

from collections.abc import Mapping, Sequence, Set
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    DDL,
    Column,
    Connection,
    Index,
    Integer,
    Select,
    String,
    Table,
    column,
    event,
    literal_column,
    table,
)

from charte_desktop.model.base import Record
from charte_desktop.model.wording import normalise
from charte_desktop.store.raw_rows import Key, Row, driver, in_chunks, shape_of, table_named
from charte_desktop.store.search_words import contact_words, document_of, match_expression, service_words

search_document = Table(
    "search_document",
    Record.metadata,
    Column("id", Integer, primary_key=True),
    Column("record_id", String(36), nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("name", String, nullable=False),
    Index("ix_search_document_kind_name", "kind", "name"),
)
"""Which record a row of a full-text table is of, and the normalised name by which lists are ordered."""

KINDS = ("provider", "company")

FULL_TEXT = tuple(
    statement
    for kind in KINDS
    for statement in (
        f"CREATE VIRTUAL TABLE {kind}_search USING fts5(name, rest, content='', contentless_delete=1, "
        "prefix='1 2', tokenize='ascii')",
        f"INSERT INTO {kind}_search ({kind}_search, rank) VALUES ('rank', 'bm25(10.0, 1.0)')",
    )
)
"""What makes the full-text tables. What they index is normalised already: any tokenizer that cuts at spaces will do.
The indexes of one and two letters make broad prefixes a hundred times faster; a word of the name weighs ten others.
With `detail=column` a table without content ranks every answer alike."""

for _statement in FULL_TEXT:
    event.listen(search_document, "after_create", DDL(_statement))  # type: ignore[no-untyped-call]

_INDEXED = (
    "legal_name", "siren", "siret", "commune_code", "ape_code", "ape_nomenclature", "phones", "emails", "unread",
)  # fmt: skip
_TEXTS = {
    "company": ("legal_representative", "address", "postal_code", "city", "website", "notes"),
    "provider": ("legal_representative", "address", "postal_code", "city", "website", "notes", "references"),
}
"""The columns that records are found by: those with ways of their own, and texts."""


def ordered(query: Select[Any], record: type[Record], text: str) -> Select[Any]:
    """`query` on `record`, reduced to what answers `text`, best match first; by name when `text` holds no word.

    Records in the recycle bin are left out either way.
    """
    records = record.__table__
    assert isinstance(records, Table)
    documents = search_document.c
    query = query.join(search_document, documents.record_id == records.c.id)
    expression = match_expression(text)
    if not expression:
        by_name = query.where(documents.kind == records.name)
        return by_name.order_by(documents.name, records.c.legal_name)
    name = f"{records.name}_search"
    hits = table(name, column("rowid"), column("rank"))
    return (
        query.join(hits, hits.c.rowid == documents.id)
        .where(literal_column(name).op("MATCH")(expression))
        .order_by(hits.c.rank)
    )


def index(
    connection: Connection,
    changed: Mapping[str, Mapping[Key, Row | None]],
    new: Set[Key],
    gone: Mapping[str, Sequence[Row]],
) -> None:
    """Bring the index up to date with the rows an action changed.

    `changed` holds them by table and key, None for a row that is gone; `new` names those that did not exist before;
    `gone` holds the rows that are gone, by table, as they were.
    """
    providers = dict(changed.get("provider", {}))
    offered = changed.get("provider_service", {})
    of_services = {(key[0],) for key in offered} | _offering(connection, changed.get("local_service", {}))
    of_services -= providers.keys()
    if of_services:
        providers.update(shape_of(table_named("provider")).read(connection, list(of_services)))
    if providers:
        services = _services_declared(connection, [key for key in providers if key not in new])
        local = _local_labels(connection)
        for (provider_id, service_id), row in offered.items():
            if row is not None and (provider_id,) in new:
                services.setdefault(provider_id, []).append(service_id)
        _index_kind(connection, "provider", providers, new, services, local)
    companies = dict(changed.get("company", {}))
    contacts = [*filter(None, changed.get("company_contact", {}).values()), *gone.get("company_contact", ())]
    of_contacts = _owners(contacts) - companies.keys()
    if of_contacts:
        companies.update(shape_of(table_named("company")).read(connection, list(of_contacts)))
    if companies:
        people = _people(connection, [key for key in companies if key not in new or key in of_contacts])
        _index_kind(connection, "company", companies, new, people=people)


def rebuild(connection: Connection) -> None:
    """Make the whole index again from the records."""
    base = driver(connection)
    base.execute("DELETE FROM search_document")
    for kind in KINDS:
        base.execute(f"INSERT INTO {kind}_search ({kind}_search) VALUES ('delete-all')")
        shape = shape_of(table_named(kind))
        rows = {shape.key(row): row for row in base.execute(shape.select)}
        if kind == "provider":
            services = _services_declared(connection, list(rows))
            _index_kind(connection, kind, rows, rows.keys(), services, _local_labels(connection))
        else:
            _index_kind(connection, kind, rows, rows.keys(), people=_people(connection, list(rows)))


def _index_kind(
    connection: Connection,
    kind: str,
    rows: Mapping[Key, Row | None],
    new: Set[Key],
    services: Mapping[str, Sequence[str]] | None = None,
    local_labels: Mapping[str, str] | None = None,
    *,
    people: Mapping[str, Sequence[str]] | None = None,
) -> None:
    services, local_labels, people = services or {}, local_labels or {}, people or {}
    names = shape_of(table_named(kind)).names
    deleted_at = names.index("deleted_at")
    indexed = itemgetter(*(names.index(name) for name in (*_INDEXED, *_TEXTS[kind])))
    known = _known_documents(connection, [key for key in rows if key not in new])
    base = driver(connection)
    next_id: int = base.execute("SELECT coalesce(max(id), 0) + 1 FROM search_document").fetchone()[0]
    gone: list[tuple[int]] = []
    added: list[tuple[int, str, str, str]] = []
    renamed: list[tuple[str, int]] = []
    texts: list[tuple[int, str, str]] = []
    for key, row in rows.items():
        document = known.get(key[0])
        if row is None or row[deleted_at] is not None:
            if document is not None:
                gone.append((document[0],))
            continue
        words = [local_labels.get(one) or service_words(one) for one in services.get(key[0], ())]
        words += people.get(key[0], ())
        name, rest = document_of(indexed(row), words)
        if document is None:
            document = (next_id, name)
            added.append((next_id, key[0], kind, name))
            next_id += 1
        elif document[1] != name:
            renamed.append((name, document[0]))
        texts.append((document[0], name, rest))
    base.executemany("DELETE FROM search_document WHERE id = ?", gone)
    base.executemany(f"DELETE FROM {kind}_search WHERE rowid = ?", gone)
    base.executemany("INSERT INTO search_document (id, record_id, kind, name) VALUES (?, ?, ?, ?)", added)
    base.executemany("UPDATE search_document SET name = ? WHERE id = ?", renamed)
    base.executemany(f"INSERT OR REPLACE INTO {kind}_search (rowid, name, rest) VALUES (?, ?, ?)", texts)


def _known_documents(connection: Connection, keys: Sequence[Key]) -> dict[str, tuple[int, str]]:
    known: dict[str, tuple[int, str]] = {}
    for chunk in in_chunks(keys):
        marks = ", ".join("?" * len(chunk))
        found = driver(connection).execute(
            f"SELECT id, record_id, name FROM search_document WHERE record_id IN ({marks})",
            tuple(key[0] for key in chunk),
        )
        known.update({record_id: (document, name) for document, record_id, name in found})
    return known


def _services_declared(connection: Connection, keys: Sequence[Key]) -> dict[str, list[str]]:
    """The ids of the services that providers declare, by provider."""
    shape = shape_of(table_named("provider_service"))
    declared: dict[str, list[str]] = {}
    for row in shape.read_where(connection, "provider_id", [key[0] for key in keys]):
        provider_id, service_id = shape.key(row)
        declared.setdefault(provider_id, []).append(service_id)
    return declared


def _owners(contacts: Sequence[Row]) -> set[Key]:
    """The companies of contacts."""
    place = shape_of(table_named("company_contact")).names.index("company_id")
    return {(row[place],) for row in contacts}


def _people(connection: Connection, keys: Sequence[Key]) -> dict[str, list[str]]:
    """The words by which the contacts of companies are found, normalised, by company."""
    shape = shape_of(table_named("company_contact"))
    company, deleted, *told = map(shape.names.index, ("company_id", "deleted_at", "name", "emails", "phones"))
    found: dict[str, list[str]] = {}
    for row in shape.read_where(connection, "company_id", [key[0] for key in keys]):
        if row[deleted] is None:
            name, emails, phones = (row[place] for place in told)
            found.setdefault(row[company], []).extend(contact_words(name, emails, phones))
    return found


def _local_labels(connection: Connection) -> dict[str, str]:
    """The words of the services that the CCIR added to the charter's list, by id."""
    found = driver(connection).execute("SELECT id, label FROM local_service")
    return {service_id: normalise(label) for service_id, label in found}


def _offering(connection: Connection, local_services: Mapping[Key, Row | None]) -> set[Key]:
    """The providers that declare services of which the label changed."""
    if not local_services:
        return set()
    shape = shape_of(table_named("provider_service"))
    return {(shape.key(row)[0],) for row in shape.read_where(connection, "service_id", [k[0] for k in local_services])}
