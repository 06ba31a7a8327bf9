"""Whether a base is sound, from its bytes to what its records, its journal and its search say of one another."""

import json
from collections.abc import Mapping
from typing import Any

import sqlcipher3
from sqlalchemy import JSON

from charte_desktop.model.base import Record
from charte_desktop.model.draft_table import draft_table
from charte_desktop.model.signing_table import signing_session, signing_stroke
from charte_desktop.model.wording import normalise
from charte_desktop.store.faults import CORRUPT, NOT_A_BASE, code_of
from charte_desktop.store.journal import journal_action, journal_blob, journal_line
from charte_desktop.store.raw_rows import Key, RowShape, shape_of
from charte_desktop.store.search import KINDS, search_document

_NOT_JOURNALED = (
    draft_table,
    journal_action,
    journal_blob,
    journal_line,
    search_document,
    signing_session,
    signing_stroke,
)
_MOST_LISTED = 10
"""A damaged disk can give thousands of findings: the first ones say enough."""


def findings(connection: Any) -> list[str]:
    """What is wrong with the base behind a raw connection, in French; empty when all is well."""
    broken = damage(connection)
    if broken:
        return broken
    missing = _missing_tables(connection)
    if missing:
        return [f"La table « {name} » manque." for name in missing]
    connection.execute("BEGIN")  # one state of the base, whatever is written meanwhile
    try:
        return [*_orphans(connection), *_journal_gaps(connection), *_search_gaps(connection)]
    finally:
        connection.execute("ROLLBACK")


def row_counts(connection: Any) -> dict[str, int]:
    """How many rows each ordinary table holds."""
    names = connection.execute("SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main'").fetchall()
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in names}


def damage(connection: Any) -> list[str]:
    """What is wrong with the file itself, whatever the version of its tables."""
    try:
        pages = [row[0] for row in connection.execute("PRAGMA cipher_integrity_check").fetchall()]
        if pages:
            numbers = [page.removeprefix("HMAC verification failed for page ") for page in pages]
            return [f"La base est endommagée : {len(pages)} page(s) illisible(s) ({_listed(numbers)})."]
        faults = [row[0] for row in connection.execute(f"PRAGMA integrity_check({_MOST_LISTED})").fetchall()]
    except sqlcipher3.DatabaseError as fault:
        if code_of(fault) not in (CORRUPT, NOT_A_BASE):
            raise
        return [f"La base est endommagée : {fault}."]
    if faults == ["ok"]:
        return []
    # A damaged table gives one text of many lines, the first of which only names the base.
    lines = [line for fault in faults for line in fault.splitlines() if not line.startswith("***")]
    return [f"La base est incohérente : {line.rstrip('.')}." for line in lines[:_MOST_LISTED]]


def _missing_tables(connection: Any) -> list[str]:
    present = {row[0] for row in connection.execute("SELECT name FROM sqlite_master").fetchall()}
    wanted = {*Record.metadata.tables, *(f"{kind}_search" for kind in KINDS)}
    return sorted(wanted - present)


def _orphans(connection: Any) -> list[str]:
    """Rows that refer to a row that is not there."""
    counts: dict[tuple[str, str], int] = {}
    for child, _rowid, parent, _key in connection.execute("PRAGMA foreign_key_check").fetchall():
        counts[child, parent] = counts.get((child, parent), 0) + 1
    return [
        f"{count} ligne(s) de « {child} » renvoient à un enregistrement de « {parent} » qui n'existe pas."
        for (child, parent), count in counts.items()
    ]


def _journal_gaps(connection: Any) -> list[str]:
    """Where the records are not what the journal says of them: something wrote past it."""
    shapes = {table.name: shape_of(table) for table in Record.metadata.sorted_tables if table not in _NOT_JOURNALED}
    told = _as_told(connection, shapes)
    found = []
    for name, shape in shapes.items():
        empty = {
            column: json.loads(value) if isinstance(shape.table.columns[column].type, JSON) else value
            for column, value in shape.empty.items()
            if column not in shape.key_names
        }
        unknown = changed = 0
        for row in connection.execute(shape.select):
            values = told[name].pop(shape.key(row), None)
            if values is None:
                unknown += 1
            elif shape.values(row) != {**empty, **values}:
                changed += 1
        if unknown:
            found.append(f"{unknown} ligne(s) de « {name} » ne sont pas dans le journal.")
        if changed:
            found.append(f"{changed} ligne(s) de « {name} » ne sont pas comme le journal le dit.")
        if told[name]:
            found.append(f"{len(told[name])} ligne(s) de « {name} » sont dans le journal et n'existent plus.")
    return found


def _as_told(connection: Any, shapes: Mapping[str, RowShape]) -> dict[str, dict[Key, dict[str, Any]]]:
    """Every row as the journal's lines, followed from the first, leave it: table, key, fields that are not empty."""
    told: dict[str, dict[Key, dict[str, Any]]] = {name: {} for name in shapes}
    for name, record_id, operation, changes in connection.execute(
        "SELECT table_name, record_id, operation, changes FROM journal_line "
        "JOIN journal_action ON journal_action.id = action_id ORDER BY clock, position"
    ):
        if name not in shapes:
            continue  # of a table that this version has no more
        for table, key, fields in shapes[name].rows_of(record_id, json.loads(changes)):
            if operation == "delete":
                told[table.name].pop(key, None)
            else:
                told[table.name].setdefault(key, {}).update({field: after for field, (_, after) in fields.items()})
    return told


def _search_gaps(connection: Any) -> list[str]:
    """Records that the search would not find, and found ones that are not there."""
    found = []
    for kind in KINDS:
        unfound = connection.execute(
            f"SELECT count(*) FROM {kind} WHERE deleted_at IS NULL AND id NOT IN "
            f"(SELECT record_id FROM search_document JOIN {kind}_search ON {kind}_search.rowid = search_document.id)"
        ).fetchone()[0]
        stray = connection.execute(
            f"SELECT count(*) FROM search_document WHERE kind = ? AND record_id NOT IN "
            f"(SELECT id FROM {kind} WHERE deleted_at IS NULL)",
            (kind,),
        ).fetchone()[0]
        words = connection.execute(
            f"SELECT count(*) FROM {kind}_search WHERE rowid NOT IN (SELECT id FROM search_document WHERE kind = ?)",
            (kind,),
        ).fetchone()[0]
        renamed = sum(
            name != normalise(legal_name)
            for name, legal_name in connection.execute(
                f"SELECT name, legal_name FROM search_document JOIN {kind} ON {kind}.id = record_id"
            )
        )
        if unfound:
            found.append(f"{unfound} fiche(s) de « {kind} » manquent dans la recherche.")
        if renamed:
            found.append(f"{renamed} fiche(s) de « {kind} » sont dans la recherche sous un autre nom.")
        if stray or words:
            found.append(f"La recherche connaît {max(stray, words)} fiche(s) de « {kind} » qui n'existent plus.")
    return found


def _listed(faults: list[str]) -> str:
    return ", ".join(faults[:_MOST_LISTED]) + (", …" if len(faults) > _MOST_LISTED else "")
