"""What baskets are made of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from charte_desktop.model.calendar import WorkingCalendar
from charte_desktop.model.follow_up import ReminderRule
from charte_desktop.store.database import Database


@dataclass(frozen=True)
class Asked:
    """What a basket is asked with: one coherent state of the base, and the day."""

    database: Database
    base: Any
    """The bare driver, read-only."""
    today: date
    day: date
    """The last day that the office worked, today most often: what is due then waits."""
    rule: ReminderRule
    calendar: WorkingCalendar


class Entry(NamedTuple):
    """Who waits, and since when or until when; what is read of it comes later."""

    record_id: str
    day: date | None


class Waiting(NamedTuple):
    """One line of a basket."""

    record_id: str
    kind: str
    """Where it opens: `company`, `workshop`, `provider`, `charter`, `project`."""
    opens: str
    """The id of the record that opens: the company of a sheet."""
    title: str
    detail: str
    when: str
    """In a few words: "depuis 12 jours", "prévu le 03/11/2026"."""


Describe = Callable[[Any, Sequence[Entry]], Sequence[Waiting]]
"""The lines of some entries, in their order; with the bare driver."""


@dataclass(frozen=True)
class Basket:
    """Records that wait for the same thing."""

    key: str
    """Stable: what is put off is named by it."""
    title: str
    advice: str
    """What to do, in a sentence."""
    entries: Sequence[Entry]
    """The most pressing first."""
    describe: Describe
    is_late: bool = False
    """True for one that should be empty by now."""


def names_of(base: Any, table: str, column: str, ids: Sequence[str]) -> dict[str, str]:
    """A text of some records, by id."""
    marks = ", ".join("?" * len(ids))
    return dict(base.execute(f"SELECT id, {column} FROM {table} WHERE id IN ({marks})", tuple(ids)).fetchall())


def ago(day: date | None, today: date) -> str:
    """How long ago, in words."""
    if day is None:
        return ""
    days = (today - day).days
    return "aujourd'hui" if days == 0 else "depuis hier" if days == 1 else f"depuis {days} jours"
