"""A form left half-way, before it changes any record."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, String, Table

from charte_desktop.model.base import Record, UtcDateTime

draft_table = Table(
    "draft",
    Record.metadata,
    Column("kind", String, primary_key=True),
    Column("record_id", String(36), primary_key=True),
    Column("typed", String, nullable=False),
    Column("kept_at", UtcDateTime, nullable=False),
)
"""What was typed and not saved. Outside the journal: nothing has changed yet, and no other laptop has use for it."""


@dataclass(frozen=True)
class Draft:
    """What was typed in one form and not saved."""

    kind: str
    record_id: str
    """Empty for a record that is not in the base yet."""
    title: str
    """The name typed, else the record's, else words for a new one."""
    values: dict[str, str]
    """The text of each field as typed, understood or not; a field that was not touched is absent."""
    kept_at: datetime
