"""Rows as SQLite keeps them: how the journal reads them, compares them and writes them down."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cache
from hashlib import sha256
from itertools import chain, repeat
from json.encoder import encode_basestring, encode_basestring_ascii
from operator import itemgetter
from typing import Any

from sqlalchemy import JSON, Column, Connection, Dialect, LargeBinary, String, Table
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from charte_desktop.model.base import Record

Row = tuple[Any, ...]
Key = tuple[Any, ...]

SUBJECTS = {
    "provider_service": "provider_id",
    "signature": "provider_id",
    "removal": "provider_id",
    "accompaniment": "company_id",
    "need": "company_id",
    "recommendation": "company_id",
    "follow_up": "company_id",
    "company_contact": "company_id",
    "exchange": "company_id",
    "diagnostic": "company_id",
    "attestation": "company_id",
    "workshop_session": "workshop_id",
    "workshop_participant": "workshop_id",
    "attendance": "workshop_id",
    "snooze": "record_id",
    "sheet_line": "sheet_id",
    "hand_over": "sheet_id",
    "attachment": "owner_id",
    "imported_line": "record_id",
    "sealed_document": "subject_id",
    "signing": "provider_id",
    "stamp": "provider_id",
    "paper_charter": "provider_id",
    "incident": "provider_id",
    **dict.fromkeys(
        (
            "project_step", "project_deliverable", "project_move", "project_baseline", "project_party",
            "project_price", "project_price_change", "project_invoice", "project_overrun", "project_notice",
            "project_exchange", "project_document", "project_evidence", "project_incapacity",
        ),
        "project_id",
    ),
}  # fmt: skip
"""The column that names the record in whose history a row is shown; a row of another table is its own subject."""

FINGERPRINT = "sha256:"
"""What stands before a binary's fingerprint, which is all that a line tells of it."""

_CHUNK = 500
_NEVER = object()


def driver(connection: Connection) -> Any:
    """The driver's own connection. Asked directly: SQLAlchemy's account of a row costs more than the row."""
    return connection.connection.driver_connection


def in_chunks(keys: Sequence[Key]) -> Iterator[Sequence[Key]]:
    """Slices small enough for one statement."""
    for start in range(0, len(keys), _CHUNK):
        yield keys[start : start + _CHUNK]


class RowShape:
    """What the journal needs to know of one table."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.names = tuple(column.name for column in table.columns)
        self.key_names = tuple(column.name for column in table.primary_key)
        self._key_indexes = tuple(self.names.index(name) for name in self.key_names)
        first = self._key_indexes[0]
        self.key: Callable[[Row], Key] = itemgetter(
            *(self._key_indexes if len(self._key_indexes) > 1 else (slice(first, first + 1),))
        )
        """The primary key of a row."""
        self.binaries = tuple(i for i, column in enumerate(table.columns) if isinstance(column.type, LargeBinary))
        listed = ", ".join(f'"{name}"' for name in self.names)
        self.select = f'SELECT {listed} FROM "{table.name}"'
        self.insert = f'INSERT INTO "{table.name}" ({listed}) VALUES ({", ".join("?" * len(self.names))})'
        self.key_condition = " AND ".join(f'"{name}" = ?' for name in self.key_names)
        subject = SUBJECTS.get(table.name)
        self._subject = None if subject is None else self.names.index(subject)
        self.is_part = len(self.key_names) > 1
        """True when a row is named by its owner and its place there: an owner's rows are journaled together."""
        if self.is_part and self._key_indexes != (self._subject, self._key_indexes[-1]):
            raise TypeError(f"the rows of {table.name} have no owner")
        self.owner = next((key.column.table.name for key in table.columns[self.key_names[0]].foreign_keys), "")
        """The table that a part's owner is a row of."""
        self.empty = _empty_values(table)
        encoders: list[Callable[[Any], str]] = [
            _encode_json if isinstance(column.type, JSON) else _encode for column in table.columns
        ]
        self._fields = tuple(
            (index, f'"{name}":[', encoders[index], self.empty.get(name, _NEVER))
            for index, name in enumerate(self.names)
            if index not in self._key_indexes
        )
        self.cascades = tuple(
            (child, key.parent.name)
            for child in table.metadata.tables.values()
            for key in child.foreign_keys
            if key.column.table is table and key.ondelete == "CASCADE"
        )
        """Tables whose rows the base deletes with ours, and the column that refers to us."""

    def rows_of(self, record_id: str, changes: Mapping[str, Any]) -> Iterator[tuple[Table, Key, dict[str, list[Any]]]]:
        """The rows of a journal line: their table and key, and what differs in each by field."""
        if self.is_part:
            place = self.table.columns[self.key_names[1]].type.python_type
            for part, part_changes in changes.items():
                yield self.table, (record_id, place(part)), part_changes
            return
        yield self.table, (record_id,), {name: change for name, change in changes.items() if isinstance(change, list)}
        for name, parts in changes.items():
            if isinstance(parts, dict):
                yield from shape_of(table_named(name)).rows_of(record_id, parts)

    def subject(self, row: Row) -> str:
        """The id of the record in whose history `row` is shown."""
        return str(row[self._key_indexes[0] if self._subject is None else self._subject])

    def read(self, connection: Connection, keys: Sequence[Key]) -> dict[Key, Row]:
        """The rows that exist under `keys`."""
        if len(keys) == 1:
            rows = driver(connection).execute(f"{self.select} WHERE {self.key_condition}", keys[0])
            return {self.key(row): row for row in rows}
        found: dict[Key, Row] = {}
        for chunk in in_chunks(keys):
            if len(self.key_names) == 1:
                condition = f'"{self.key_names[0]}" IN ({", ".join("?" * len(chunk))})'
            else:
                one = f"({', '.join('?' * len(self.key_names))})"
                listed = ", ".join(f'"{name}"' for name in self.key_names)
                condition = f"({listed}) IN (VALUES {', '.join([one] * len(chunk))})"
            values = tuple(part for key in chunk for part in key)
            rows = driver(connection).execute(f"{self.select} WHERE {condition}", values)
            found.update((self.key(row), row) for row in rows)
        return found

    def read_where(self, connection: Connection, column: str, values: Sequence[str]) -> Iterator[Row]:
        """The rows whose `column` is one of `values`."""
        for start in range(0, len(values), _CHUNK):
            chunk = tuple(values[start : start + _CHUNK])
            condition = f'"{column}" IN ({", ".join("?" * len(chunk))})'
            yield from driver(connection).execute(f"{self.select} WHERE {condition}", chunk).fetchall()

    def changes(self, before: Row | None, after: Row | None) -> str:
        """The JSON of what differs between two states of a row; None is a row that does not exist."""
        if before is None:
            assert after is not None
            parts = [
                f"{name}null,{encode(after[index])}]"
                for index, name, encode, empty in self._fields
                if after[index] != empty
            ]
        elif after is None:
            parts = [
                f"{name}{encode(before[index])},null]"
                for index, name, encode, empty in self._fields
                if before[index] != empty
            ]
        else:
            parts = [
                f"{name}{encode(before[index])},{encode(after[index])}]"
                for index, name, encode, _ in self._fields
                if before[index] != after[index]
            ]
        return f"{{{','.join(parts)}}}"

    def creations(self, rows: Sequence[Row]) -> list[str]:
        """`changes(None, row)` of many rows. Column by column: in a third of the time, on 10,000 rows."""
        columns = list(zip(*rows, strict=True))
        if not columns:
            return []
        template, told = "", list[Iterable[str]]()
        for index, name, encode, empty in self._fields:
            values = columns[index]
            first = values[0]
            if values.count(first) == len(values):
                if first != empty:
                    template += f",{name}null,{encode(first)}]".replace("%", "%%")
            elif empty in values:
                template += "%s"
                told.append([f",{name}null,{encode(one)}]" if one != empty else "" for one in values])
            else:
                template += f",{name}null,%s]"
                told.append(_encoded(values, encode))
        if not told:
            return [f"{{{template[1:] % ()}}}"] * len(rows)
        return [f"{{{(template % fields)[1:]}}}" for fields in zip(*told, strict=True)]

    def raw(
        self, rows: Sequence[Mapping[str, Any]], dialect: Dialect, common: Mapping[str, Any] | None = None
    ) -> list[Row]:
        """Rows given by column, all naming the same ones, as the base will hold them.

        The other columns take their value in `common`, or else their default.
        """
        given, common = rows[0].keys(), common or {}
        if not given <= set(self.names) or any(row.keys() != given for row in rows):
            raise TypeError(f"the rows do not name the same columns of {self.table.name}")
        values: list[Iterable[Any]] = []
        for column in self.table.columns:
            if column.name in given:
                values.append(_raw_values(column, [row[column.name] for row in rows], dialect))
            else:
                one = common[column.name] if column.name in common else _default(column)
                values.append(repeat(next(iter(_raw_values(column, [one], dialect))), len(rows)))
        return list(zip(*values, strict=True))

    def values(self, row: Row) -> dict[str, Any]:
        """A row in the form of a line's values, by field; without its key."""
        return {self.names[index]: json.loads(encode(row[index])) for index, _, encode, _ in self._fields}

    def restored(self, key: Key, changes: Mapping[str, list[Any]], content: Callable[[str], bytes]) -> Row:
        """The row whose deletion `changes` tells; `content` finds a binary by its fingerprint."""
        by_name = dict(zip(self.key_names, key, strict=True))
        for column in self.table.columns:
            if column.name in changes:
                by_name[column.name] = self.from_line(column.name, changes[column.name][0], content)
            elif column.name not in by_name:
                by_name[column.name] = self.empty.get(column.name)
        return tuple(by_name[name] for name in self.names)

    def from_line(self, name: str, value: Any, content: Callable[[str], bytes]) -> Any:
        """A line's value of the column `name`, as the base holds it."""
        if self.names.index(name) in self.binaries and value is not None:
            return content(value.removeprefix(FINGERPRINT))
        return json.dumps(value) if isinstance(value, list | dict) else value


@cache
def shape_of(table: Table) -> RowShape:
    """The shape of `table`, worked out once."""
    return RowShape(table)


def table_named(name: str) -> Table:
    """The table of a journal line."""
    return Record.metadata.tables[name]


def _raw_values(column: Column[Any], values: list[Any], dialect: Dialect) -> Iterable[Any]:
    """The values of a column as the base will hold them."""
    processor = column.type.dialect_impl(dialect).bind_processor(dialect)
    if processor is None:
        return values
    if not isinstance(column.type, JSON):
        raw = {value: processor(value) for value in set(values)}
        return [raw[value] for value in values]
    if set(map(type, values)) == {list} and set(map(type, chain.from_iterable(values))) <= {str}:
        # What `processor` gives, in a fifth of the time: every provider has two lists of texts.
        return [f"[{', '.join(map(encode_basestring_ascii, value))}]" for value in values]
    return ["{}" if value == {} else processor(value) for value in values]


def _default(column: Column[Any]) -> Any:
    return column.default.arg if isinstance(column.default, ScalarElementColumnDefault) else None


def _encoded(values: Iterable[Any], encode: Callable[[Any], str]) -> Iterable[str]:
    if encode is _encode and set(map(type, values)) == {str}:
        return map(encode_basestring, values)
    return map(encode, values)


def _encode(value: Any) -> str:
    if type(value) is str:
        return encode_basestring(value)
    if value is None:
        return "null"
    if type(value) is int:
        return str(value)
    if isinstance(value, bytes):
        return f'"{FINGERPRINT}{sha256(value).hexdigest()}"'
    return json.dumps(value)


def _encode_json(value: str | None) -> str:
    return "null" if value is None else value


def _empty_values(table: Table) -> dict[str, Any]:
    """The raw value that a creation's line leaves out, by column; a column that has none is absent."""
    mapper = next((one for one in Record.registry.mappers if one.local_table is table), None)
    mappings = {one.name for one in fields(mapper.class_) if one.default_factory is dict} if mapper is not None else ()
    empty: dict[str, Any] = {}
    for column in table.columns:
        if column.nullable:
            empty[column.name] = None
        elif isinstance(column.type, JSON):
            empty[column.name] = "{}" if column.name in mappings else "[]"
        elif isinstance(column.type, String):
            empty[column.name] = ""
    return empty
