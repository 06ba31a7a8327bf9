"""What the journal is read for: the history of a record, and taking actions back."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlcipher3
from sqlalchemy import Connection, Select, Table, select
from sqlalchemy.orm import Session

from charte_desktop.errors import UserError
from charte_desktop.model.base import Record
from charte_desktop.model.sheet import DirectorySheet
from charte_desktop.store.database import Database
from charte_desktop.store.history_words import in_words
from charte_desktop.store.journal import JournalledSession, journal_action, journal_line
from charte_desktop.store.journal_reading import Step, stacks
from charte_desktop.store.raw_rows import SUBJECTS, Key, RowShape, driver, shape_of, table_named

_Changes = dict[str, list[Any]]
_RowChanges = dict[Table, dict[Key, _Changes]]


@dataclass(frozen=True)
class HistoryLine:
    """One field changed by one action, in words. The action of a record made or deleted has a line for each field."""

    at: datetime
    adviser: str
    device: str
    action: str
    field: str
    before: str
    after: str


class _Blocked(UserError):
    """An action that cannot be taken back any more."""


class History:
    """The history of the base, and the way back."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, record_id: str) -> list[HistoryLine]:
        """What happened to a record and to what hangs on it, the latest action first.

        A provider's services, signatures, removals and files; a company's accompaniments, needs and sheets.
        """
        sheets = select(DirectorySheet.id).where(DirectorySheet.company_id == record_id)
        with self._database.reading() as session:
            subjects = [record_id, *session.scalars(sheets)]
            return _in_words(session, _LINES.where(journal_line.c.subject_id.in_(subjects)))

    def of_action(self, action_id: str) -> list[HistoryLine]:
        """Everything that one action changed."""
        with self._database.reading() as session:
            return _in_words(session, _LINES.where(journal_action.c.id == action_id))

    def undo_label(self) -> str | None:
        """What `undo` would take back, in the words of its action; None when there is nothing."""
        undoable, _ = stacks(self._database)
        return undoable[-1].label if undoable else None

    def redo_label(self) -> str | None:
        """What `redo` would do again; None when there is nothing, or when something was done since."""
        _, redoable = stacks(self._database)
        return redoable[-1].label if redoable else None

    def undo(self) -> str:
        """Take back the last action of this laptop that can be, as a new action; give the words of what was undone.

        Works across sessions. Refused, with nothing done: a later change of the same fields, a record that something
        else uses by now. What is refused once stands for good: the next undo takes the action before it.
        """
        undoable, _ = stacks(self._database)
        if not undoable:
            raise UserError("Il n'y a rien à annuler : faites d'abord une modification.")
        step = undoable[-1]
        try:
            with self._database.transaction(f"Annuler : {step.label}", undoes=step.id) as session:
                _take_back(session, step)
        except _Blocked:
            self._pass_over(step)
            raise
        return step.label

    def redo(self) -> str:
        """Do again what was undone last, as a new action; give its words. Refused as `undo` refuses."""
        _, redoable = stacks(self._database)
        if not redoable:
            raise UserError("Il n'y a rien à rétablir : annulez d'abord une action.")
        step = redoable[-1]
        with self._database.transaction(f"Rétablir : {step.label}", undoes=step.id) as session:
            _take_back(session, step)
        return step.label

    def _pass_over(self, step: Step) -> None:
        """What came after it and cannot be taken back, a sheet given out, keeps the action; those before are free."""
        with self._database.jotting() as base:
            base.execute("UPDATE journal_action SET undoable = 0 WHERE id = ?", (step.id,))


_LINES = (
    select(
        journal_action.c.at,
        journal_action.c.adviser,
        journal_action.c.device,
        journal_action.c.label,
        journal_line.c.table_name,
        journal_line.c.record_id,
        journal_line.c.operation,
        journal_line.c.changes,
    )
    .join_from(journal_line, journal_action)
    .order_by(journal_action.c.clock.desc(), journal_action.c.id, journal_line.c.position)
)


def _in_words(session: Session, lines: Select[Any]) -> list[HistoryLine]:
    return [
        HistoryLine(at, adviser, device, label, *words)
        for at, adviser, device, label, name, record_id, operation, changes in session.execute(lines)
        for table, key, fields in shape_of(table_named(name)).rows_of(record_id, json.loads(changes))
        for words in in_words(session, table, key, operation, fields)
    ]


def _take_back(session: JournalledSession, step: Step) -> None:
    """Put every row that an action touched back as it was before it.

    Nothing is written when one of them is not any more as the action left it, or is used by something else.
    """
    connection = session.connection()
    lines = _lines_by_operation(connection, step.id)
    for table, rows in lines["create"].items():
        _require_as_created(connection, step, shape_of(table), rows)
        _require_unused(connection, step, table, lines["create"])
    for table, rows in lines["update"].items():
        _require_as_updated(connection, step, shape_of(table), rows)
    for table, rows in lines["delete"].items():
        if shape_of(table).read(connection, list(rows)):
            raise _refusal(step, "une fiche qu'elle avait supprimée existe de nouveau")
    try:
        _put_back(session, lines)
    except sqlcipher3.IntegrityError as fault:
        raise _refusal(step, "une fiche dont elle a besoin n'existe plus") from fault


def _put_back(session: JournalledSession, lines: Mapping[str, _RowChanges]) -> None:
    base = driver(session.connection())

    def content(fingerprint: str) -> bytes:
        kept: bytes = base.execute("SELECT content FROM journal_blob WHERE sha256 = ?", (fingerprint,)).fetchone()[0]
        return kept

    parents_first = Record.metadata.sorted_tables
    for table in filter(lines["delete"].__contains__, parents_first):
        shape = shape_of(table)
        rows = [shape.restored(key, fields, content) for key, fields in lines["delete"][table].items()]
        session.insert_rows(table, rows)
    for table, changed in lines["update"].items():
        shape = shape_of(table)
        for key, fields in changed.items():
            before = {name: shape.from_line(name, change[0], content) for name, change in fields.items()}
            session.update_row(table, key, before)
    for table in filter(lines["create"].__contains__, reversed(parents_first)):
        session.delete_rows(table, list(lines["create"][table]))


def _lines_by_operation(connection: Connection, action_id: str) -> Mapping[str, _RowChanges]:
    by_operation: dict[str, _RowChanges] = {"create": {}, "update": {}, "delete": {}}
    lines = driver(connection).execute(
        "SELECT table_name, record_id, operation, changes FROM journal_line WHERE action_id = ? ORDER BY position",
        (action_id,),
    )
    for name, record_id, operation, changes in lines:
        for table, key, fields in shape_of(table_named(name)).rows_of(record_id, json.loads(changes)):
            by_operation[operation].setdefault(table, {})[key] = fields
    return by_operation


def _require_as_created(connection: Connection, step: Step, shape: RowShape, rows: Mapping[Key, _Changes]) -> None:
    found = shape.read(connection, list(rows))
    for key, fields in rows.items():
        row = found.get(key)
        if row is None or json.loads(shape.changes(None, row)) != fields:
            raise _refusal(step, "une fiche qu'elle avait créée a changé depuis")


def _require_as_updated(connection: Connection, step: Step, shape: RowShape, rows: Mapping[Key, _Changes]) -> None:
    found = shape.read(connection, list(rows))
    for key, fields in rows.items():
        row = found.get(key)
        values = {} if row is None else shape.values(row)
        if any(name not in values or values[name] != change[1] for name, change in fields.items()):
            raise _refusal(step, "un des champs qu'elle avait modifiés a changé depuis")


def _require_unused(connection: Connection, step: Step, table: Table, created: _RowChanges) -> None:
    """Refuse when a row that the action did not create names one that it did."""
    ids = [str(key[0]) for key in created[table]]
    for other, column in _references_to(table):
        shape = shape_of(other)
        known = created.get(other, {})
        if any(shape.key(row) not in known for row in shape.read_where(connection, column, ids)):
            raise _refusal(step, "une fiche qu'elle avait créée sert ailleurs depuis")


def _references_to(table: Table) -> Iterator[tuple[Table, str]]:
    """The columns that name rows of `table`: foreign keys, and those that may name a record of any kind."""
    if len(table.primary_key) > 1:
        return
    for other in _journaled_tables():
        subject = SUBJECTS.get(other.name)
        for column in other.columns:
            if any(key.column.table is table for key in column.foreign_keys) or (
                column.name == subject and not column.foreign_keys
            ):
                yield other, column.name


def _journaled_tables() -> Iterable[Table]:
    return [mapper.local_table for mapper in Record.registry.mappers if isinstance(mapper.local_table, Table)]


def _refusal(step: Step, reason: str) -> _Blocked:
    return _Blocked(
        f"« {step.label} » ne peut plus être défait : {reason}. Rien n'a été changé ; corrigez la fiche à la main, ou "
        "annulez encore pour reprendre l'action d'avant."
    )
