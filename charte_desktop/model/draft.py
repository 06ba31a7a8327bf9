"""A form left half-way, before it changes any record."""

from dataclasses import dataclass
from datetime import datetime


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
