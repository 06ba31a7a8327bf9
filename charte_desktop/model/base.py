"""What every kept record has in common."""

from datetime import UTC, datetime
from os import urandom
from typing import Any, ClassVar

from sqlalchemy import JSON, DateTime, String, TypeDecorator
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column

_VARIANT = dict(zip("0123456789abcdef", "89ab" * 4, strict=True))
"""The two bits that every random UUID begins its fourth group with."""


def new_id() -> str:
    """A record's primary key: a random UUID, so that two laptops never collide."""
    digits = urandom(16).hex()  # half the time of `uuid4`, and an import makes 20,000
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{_VARIANT[digits[16]]}{digits[17:20]}-{digits[20:]}"


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, kept in UTC and always aware of its zone; a naive one is refused."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware moment into the naive UTC that SQLite keeps."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive datetime: {value!r}")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the moment back with its zone."""
        return None if value is None else value.replace(tzinfo=UTC)


class Record(MappedAsDataclass, DeclarativeBase, kw_only=True, repr=False, eq=False):
    """A row that the journal follows.

    Lists and mappings are kept as JSON and replaced whole: assign a new value, never change one in place.
    """

    type_annotation_map: ClassVar[dict[Any, Any]] = {
        list[str]: JSON,
        list[dict[str, str]]: JSON,
        dict[str, str]: JSON,
        dict[str, Any]: JSON,
        datetime: UtcDateTime,
    }


def id_column() -> Mapped[str]:
    """The primary key of a record."""
    return mapped_column(String(36), primary_key=True, default_factory=new_id)
