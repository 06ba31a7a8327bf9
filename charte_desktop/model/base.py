"""What every kept record has in common."""

from datetime import UTC, datetime
from typing import Any, ClassVar
from uuid import uuid4

from sqlalchemy import JSON, DateTime, String, TypeDecorator
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column


def new_id() -> str:
    """A record's primary key: a random UUID, so that two laptops never collide."""
    return str(uuid4())


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
