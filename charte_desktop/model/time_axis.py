"""The axis of a timeline: which spans of time are named at a scale, from days to years, in two rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

_DAY = timedelta(1)
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip
SHORT_MONTHS = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")
WEEKDAYS = ("L", "M", "M", "J", "V", "S", "D")


class Unit(Enum):
    """A span that is named; the value is about how many days it lasts."""

    DAY = 1
    WEEK = 7
    MONTH = 30
    QUARTER = 91
    YEAR = 365


@dataclass(frozen=True)
class Span:
    """One named span, from `first` to `last`, both included."""

    first: date
    last: date
    label: str


@dataclass(frozen=True)
class TimeAxis:
    """The two rows: what is named above, and its finer parts below."""

    upper: Unit
    lower: Unit


_ROOM = {Unit.DAY: 17.0, Unit.WEEK: 34.0, Unit.MONTH: 30.0, Unit.QUARTER: 24.0, Unit.YEAR: 30.0}
"""The least length at which the label of a lower span is read, in the unit of the scale."""
_ABOVE = {
    Unit.DAY: Unit.MONTH, Unit.WEEK: Unit.MONTH, Unit.MONTH: Unit.YEAR, Unit.QUARTER: Unit.YEAR, Unit.YEAR: Unit.YEAR,
}  # fmt: skip


def axis_at(day_length: float) -> TimeAxis:
    """The rows for a scale at which a day is `day_length` long (pixels or points)."""
    lower = next((unit for unit in Unit if unit.value * day_length >= _ROOM[unit]), Unit.YEAR)
    return TimeAxis(_ABOVE[lower], lower)


def starts(unit: Unit, first: date, last: date) -> Iterator[date]:
    """Where the same spans begin."""
    start = _start(unit, first)
    while start <= last:
        yield start
        start = _next(unit, start)


def spans(unit: Unit, first: date, last: date) -> Iterator[Span]:
    """The spans of `unit` that `first` to `last` touches; the outer ones are whole."""
    start = _start(unit, first)
    while start <= last:
        following = _next(unit, start)
        yield Span(start, following - _DAY, _label(unit, start))
        start = following


def _start(unit: Unit, day: date) -> date:
    match unit:
        case Unit.DAY:
            return day
        case Unit.WEEK:
            return day - timedelta(day.weekday())
        case Unit.MONTH:
            return day.replace(day=1)
        case Unit.QUARTER:
            return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
        case Unit.YEAR:
            return date(day.year, 1, 1)


def _next(unit: Unit, start: date) -> date:
    match unit:
        case Unit.DAY:
            return start + _DAY
        case Unit.WEEK:
            return start + timedelta(7)
        case Unit.MONTH:
            return (start + timedelta(31)).replace(day=1)
        case Unit.QUARTER:
            return (start + timedelta(93)).replace(day=1)
        case Unit.YEAR:
            return date(start.year + 1, 1, 1)


def _label(unit: Unit, start: date) -> str:
    match unit:
        case Unit.DAY:
            return str(start.day)
        case Unit.WEEK:
            return f"{start:%d/%m}"
        case Unit.MONTH:
            return SHORT_MONTHS[start.month - 1]
        case Unit.QUARTER:
            return f"T{(start.month + 2) // 3}"
        case Unit.YEAR:
            return str(start.year)


def long_label(unit: Unit, start: date) -> str:
    """The label of an upper span: a month with its year."""
    return f"{MONTHS[start.month - 1]} {start.year}" if unit is Unit.MONTH else _label(unit, start)
