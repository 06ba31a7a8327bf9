"""The journal: every change of every record, field by field, in the transaction that makes it (product rule 9).

One hook. Before a row is touched it is read as the base holds it; when the transaction commits, it is read again and
the differences become one line per record. What is journaled is therefore what happened, not what was announced:
defaults, rows deleted by a cascade and several changes of one record in one action are all in it.

A line's `changes` is a JSON object `{field: [before, after]}` of raw values (what SQLite keeps; lists and mappings as
JSON; binaries as "sha256:…"). In the line of a creation or a deletion, an absent field had its column's empty value:
NULL, an empty text, an empty list or mapping. Rows that are parts of their owner (a provider's services, a sheet's
lines) share one line by owner and operation, `{part: {field: [before, after]}}`; where the owner has a line of the same
operation, they stand in it under the name of their table.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, NoReturn

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Index,
    Insert,
    Integer,
    LargeBinary,
    String,
    Table,
    TextClause,
    event,
    insert,
)
from sqlalchemy.engine import IteratorResult
from sqlalchemy.engine.result import SimpleResultMetaData
from sqlalchemy.orm import Mapper, ORMExecuteState, Session, object_session
from sqlalchemy.orm.session import SessionTransaction

from charte_desktop.model.base import Record, UtcDateTime, new_id
from charte_desktop.store import search
from charte_desktop.store.raw_rows import Key, Row, RowShape, driver, shape_of

journal_action = Table(
    "journal_action",
    Record.metadata,
    Column("id", String(36), primary_key=True),
    Column("label", String, nullable=False),
    Column("adviser", String, nullable=False),
    Column("device", String, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("clock", Integer, nullable=False),
    Column("undoes", String(36), ForeignKey("journal_action.id")),
    Column("undoable", Boolean, nullable=False),
    Index("ix_journal_action_clock", "clock"),
)
"""What somebody did. `clock` is logical: one more than any the base has seen, whichever laptop it came from."""

journal_line = Table(
    "journal_line",
    Record.metadata,
    Column("action_id", String(36), ForeignKey("journal_action.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("table_name", String, nullable=False),
    Column("record_id", String, nullable=False),
    Column("subject_id", String, nullable=False),
    Column("operation", String, nullable=False),
    Column("changes", String, nullable=False),
    Index("ix_journal_line_subject_id", "subject_id"),
    sqlite_with_rowid=False,
)
"""One record touched by an action, with its parts, or its parts alone; `subject_id` is in whose history it stands."""

journal_blob = Table(
    "journal_blob",
    Record.metadata,
    Column("sha256", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
"""Binaries that a journal line took out of their record, kept so that the action can be undone."""

_INSERT_ACTION = """
    INSERT INTO journal_action (id, label, adviser, device, at, clock, undoes, undoable)
    SELECT ?, ?, ?, ?, ?, coalesce(max(clock), 0) + 1, ?, ? FROM journal_action
"""
_INSERT_LINE = """
    INSERT INTO journal_line (action_id, position, table_name, record_id, subject_id, operation, changes)
    VALUES (?, ?, ?, ?, ?, ?, ?)
"""


@dataclass(frozen=True)
class ActionContext:
    """Who does what, when and on which laptop."""

    label: str
    adviser: str
    device: str
    at: datetime
    undoes: str | None = None
    """The id of the action that this one takes back."""
    undoable: bool = True
    """False for what must not be taken back: a number given out, a removal, a setting."""


@dataclass
class _Touched:
    """The rows of one table touched since the transaction began."""

    before: dict[Key, Row | None] = field(default_factory=dict)
    """None for a row that did not exist."""
    fresh: dict[Key, Row] = field(default_factory=dict)
    """Rows read just after their bulk insertion and not touched since."""


_Difference = tuple[Key, Row | None, Row | None]
"""The key of a row, the row before and the row after; None is a row that does not exist."""
_Line = tuple[str, str, str, str, str]
"""Of a line: the table, the record's id, its subject's, the operation, the changes."""


class JournalledSession(Session):
    """The only session that writes. `info["action"]` holds its `ActionContext`; without one it refuses to write."""

    def begin_nested(self) -> NoReturn:
        """Refused: an action is kept whole or not at all."""
        raise RuntimeError("an action of the journal has no savepoints")

    def bulk_save_objects(self, *args: Any, **options: Any) -> NoReturn:
        """Refused: use `session.execute(insert(Record), rows)`."""
        raise RuntimeError("this way of writing bypasses the journal")

    bulk_insert_mappings = bulk_save_objects
    bulk_update_mappings = bulk_save_objects

    def insert_records(
        self, record: type[Record], rows: Sequence[Mapping[str, Any]], common: Mapping[str, Any] | None = None
    ) -> None:
        """Insert rows given by column, all naming the same ones; `common` holds columns that are the same in each."""
        if rows:
            shape = shape_of(_table(record.__mapper__))
            self.insert_rows(shape.table, shape.raw(rows, self.connection().dialect, common))

    def insert_rows(self, table: Table, rows: Sequence[Row]) -> None:
        """Insert raw rows."""
        shape = shape_of(table)
        touched = _touched(self, table)
        driver(self.connection()).executemany(shape.insert, rows)
        created = dict(zip(map(shape.key, rows), rows, strict=True))
        if touched.before:
            for key in created.keys() & touched.before.keys():
                del created[key]  # deleted by this action before
        touched.before.update(dict.fromkeys(created))
        touched.fresh.update(created)

    def update_row(self, table: Table, key: Key, values: dict[str, Any]) -> None:
        """Give raw `values` to fields of one row."""
        shape = shape_of(table)
        _note(self, self.connection(), shape, [key])
        fields = ", ".join(f'"{name}" = ?' for name in values)
        driver(self.connection()).execute(
            f'UPDATE "{table.name}" SET {fields} WHERE {shape.key_condition}', (*values.values(), *key)
        )

    def delete_rows(self, table: Table, keys: Sequence[Key]) -> None:
        """Delete rows by their primary keys, with the rows that the base deletes with them."""
        shape = shape_of(table)
        _note_deletion(self, self.connection(), shape, keys)
        driver(self.connection()).executemany(f'DELETE FROM "{table.name}" WHERE {shape.key_condition}', keys)


def _pending(session: Session | None) -> dict[Table, _Touched]:
    if not isinstance(session, JournalledSession) or "action" not in session.info:
        raise RuntimeError("a change without an action of the journal")
    pending: dict[Table, _Touched] = session.info.setdefault("touched", {})
    return pending


def _touched(session: Session | None, table: Table) -> _Touched:
    pending = _pending(session)
    if table not in pending:
        pending[table] = _Touched()
    return pending[table]


def _note(session: Session | None, connection: Connection, shape: RowShape, keys: Sequence[Key]) -> None:
    """Read rows that are about to change, unless this transaction has touched them before."""
    touched = _touched(session, shape.table)
    for key in keys:
        touched.fresh.pop(key, None)
    unknown = [key for key in keys if key not in touched.before]
    if unknown:
        touched.before.update(dict.fromkeys(unknown))
        touched.before.update(shape.read(connection, unknown))


def _note_deletion(session: Session | None, connection: Connection, shape: RowShape, keys: Sequence[Key]) -> None:
    """The same for rows about to be deleted, and for those that the base deletes with them."""
    _note(session, connection, shape, keys)
    for child, column in shape.cascades:
        child_shape = shape_of(child)
        children = [
            child_shape.key(row) for row in child_shape.read_where(connection, column, [str(key[0]) for key in keys])
        ]
        if children:
            _note_deletion(session, connection, child_shape, children)


@event.listens_for(Record, "before_insert", propagate=True)
def _before_insert(mapper: Mapper[Any], connection: Connection, target: Any) -> None:
    session = object_session(target)
    key = tuple(mapper.primary_key_from_instance(target))
    table = _table(mapper)
    if session is not None and mapper.identity_key_from_primary_key(key) in session.identity_map:
        _note(session, connection, shape_of(table), [key])  # an object takes the row of a deleted one
    else:
        _touched(session, table).before.setdefault(key, None)


@event.listens_for(Record, "before_update", propagate=True)
def _before_update(mapper: Mapper[Any], connection: Connection, target: Any) -> None:
    session = object_session(target)
    key = tuple(mapper.primary_key_from_instance(target))
    known = mapper.identity_key_from_instance(target)[1]
    _note(session, connection, shape_of(_table(mapper)), list({tuple(known), key}))


@event.listens_for(Record, "before_delete", propagate=True)
def _before_delete(mapper: Mapper[Any], connection: Connection, target: Any) -> None:
    key = tuple(mapper.primary_key_from_instance(target))
    _note_deletion(object_session(target), connection, shape_of(_table(mapper)), [key])


@event.listens_for(Session, "do_orm_execute")
def _on_statement(state: ORMExecuteState) -> Any:
    """Let queries pass, journal a bulk insertion, refuse every other statement that could write."""
    statement = state.statement
    if state.is_select or (isinstance(statement, TextClause) and statement.text.lstrip()[:6].lower() == "select"):
        return None
    mapper = state.bind_mapper
    if mapper is None or not isinstance(statement, Insert) or not statement.compare(insert(mapper)):
        raise RuntimeError(f"this statement would bypass the journal: {statement}")
    _pending(state.session)
    rows = state.parameters or []
    if isinstance(state.session, JournalledSession):
        state.session.insert_records(mapper.class_, [rows] if isinstance(rows, Mapping) else rows)
    return IteratorResult(SimpleResultMetaData(()), iter(()))


@event.listens_for(JournalledSession, "before_commit")
def _before_commit(session: Session) -> None:
    session.flush()
    pending: dict[Table, _Touched] = session.info.pop("touched", {})
    if pending:
        _keep(session.connection(), session.info["action"], pending)


@event.listens_for(JournalledSession, "after_soft_rollback")
def _after_rollback(session: Session, _previous: SessionTransaction) -> None:
    session.info.pop("touched", None)


def _keep(connection: Connection, action: ActionContext, pending: dict[Table, _Touched]) -> None:
    """Write the action and its lines, and index what changed; nothing when nothing changed."""
    differences = {
        table: list(_differences(connection, shape_of(table), touched)) for table, touched in pending.items()
    }
    action_id = new_id()
    lines = [(action_id, position, *line) for position, line in enumerate(_lines(differences))]
    if not lines:
        return
    at = action.at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    base = driver(connection)
    base.execute(
        _INSERT_ACTION,
        (action_id, action.label, action.adviser, action.device, at, action.undoes, int(action.undoable)),
    )
    base.executemany(_INSERT_LINE, lines)
    base.executemany("INSERT OR IGNORE INTO journal_blob (sha256, content) VALUES (?, ?)", _taken_out(differences))
    search.index(
        connection,
        {table.name: {key: after for key, _, after in rows} for table, rows in differences.items()},
        {key for rows in differences.values() for key, before, _ in rows if before is None},
        {
            table.name: [before for _, before, after in rows if before and not after]
            for table, rows in differences.items()
        },
    )


def _differences(connection: Connection, shape: RowShape, touched: _Touched) -> Iterator[_Difference]:
    """Each row of a table that is not as it was when the transaction began, with its two states."""
    after = touched.fresh
    after.update(shape.read(connection, [key for key in touched.before if key not in after]))
    for key, before in touched.before.items():
        if before != after.get(key):
            yield key, before, after.get(key)


def _lines(differences: Mapping[Table, list[_Difference]]) -> Iterator[_Line]:
    """One line for each record, parents before their children; parts stand with their owner where they can."""
    in_order = (
        differences
        if len(differences) == 1
        else [table for table in Record.metadata.sorted_tables if table in differences]
    )
    parts = _parts(differences)
    for table in in_order:
        shape = shape_of(table)
        if shape.is_part:
            continue
        for (key, before, after), changes in zip(differences[table], _changes(shape, differences[table]), strict=True):
            record_id, operation = key[0], _operation(before, after)
            for name, owned in parts.pop((table.name, record_id, operation), {}).items():
                changes = f'{changes[:-1]}{"," if len(changes) > 2 else ""}"{name}":{{{",".join(owned)}}}}}'
            yield table.name, record_id, shape.subject(after or before or ()), operation, changes
    for (_, owner, operation), by_table in parts.items():
        for name, owned in by_table.items():
            yield name, owner, owner, operation, f"{{{','.join(owned)}}}"


def _parts(differences: Mapping[Table, list[_Difference]]) -> dict[tuple[str, str, str], dict[str, list[str]]]:
    """What is told of parts, by their owner's table and id and by operation, then by their table."""
    parts: dict[tuple[str, str, str], dict[str, list[str]]] = {}
    for table, rows in differences.items():
        shape = shape_of(table)
        if shape.is_part:
            for ((owner, part), before, after), changes in zip(rows, _changes(shape, rows), strict=True):
                by_table = parts.setdefault((shape.owner, owner, _operation(before, after)), {})
                by_table.setdefault(table.name, []).append(f'"{part}":{changes}')
    return parts


def _changes(shape: RowShape, differences: Sequence[_Difference]) -> Iterator[str]:
    """What is told of each difference."""
    created = iter(shape.creations([after for _, before, after in differences if before is None and after is not None]))
    for _, before, after in differences:
        yield next(created) if before is None else shape.changes(before, after)


def _operation(before: Row | None, after: Row | None) -> str:
    return "create" if before is None else "delete" if after is None else "update"


def _taken_out(differences: Mapping[Table, list[_Difference]]) -> Iterator[tuple[str, bytes]]:
    """The binaries that rows held before and do not hold any more, by fingerprint."""
    for table, rows in differences.items():
        for index in shape_of(table).binaries:
            for _, before, after in rows:
                content = None if before is None else before[index]
                if content is not None and (after is None or after[index] != content):
                    yield sha256(content).hexdigest(), content


def _table(mapper: Mapper[Any]) -> Table:
    table = mapper.local_table
    assert isinstance(table, Table)
    return table
