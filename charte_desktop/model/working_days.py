"""The working calendar of La Réunion: week-ends, its public holidays (20 December among them), local closures."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from charte_desktop.errors import UserError
from charte_desktop.model.display import show_date
from charte_desktop.model.identifiers import read_date

_DAY = timedelta(1)
_SATURDAY = 5


@dataclass(frozen=True)
class Closure:
    """Days on which nothing is done, from `first` to `last`, both included: a closure of the office, a cyclone."""

    first: date
    last: date
    label: str = ""


_BETWEEN = re.compile(r"\s+(?:au|à|-|–)\s+|\s*→\s*", re.IGNORECASE)
_LONGEST = 370
"""Days of a closure; more is a mistyped year."""


def read_closures(text: str) -> list[Closure]:
    """Closures as they are typed, a line each: "24/12/2026 au 31/12/2026, fermeture de fin d'année".

    Refused, naming the line: no date, an end before its start, more than a year.
    """
    return [_closure(line.strip()) for line in text.splitlines() if line.strip()]


def _closure(line: str) -> Closure:
    days, _, label = line.partition(",")
    first, last = (*_BETWEEN.split(days.strip(), maxsplit=1), "")[:2]
    begins, ends = read_date(first), read_date(last or first)
    if begins.value is None or ends.value is None:
        raise UserError(f"« {line} » : écrivez jj/mm/aaaa, ou jj/mm/aaaa au jj/mm/aaaa, puis une virgule et le motif.")
    if ends.value < begins.value:
        raise UserError(f"« {line} » finit avant de commencer : corrigez une des deux dates.")
    if (ends.value - begins.value).days > _LONGEST:
        raise UserError(f"« {line} » dure plus d'un an : vérifiez les années.")
    return Closure(begins.value, ends.value, " ".join(label.replace(";", ",").split()))


def show_closures(closures: Iterable[Closure]) -> str:
    """The same, as they are shown."""
    lines = []
    for one in closures:
        days = show_date(one.first) if one.first == one.last else f"{show_date(one.first)} au {show_date(one.last)}"
        lines.append(f"{days}, {one.label}" if one.label else days)
    return "\n".join(lines)


@cache
def holidays_of(year: int) -> dict[date, str]:
    """The public holidays of La Réunion in a year, with their French names."""
    from holidays.countries.france import France

    found: dict[date, str] = France(subdiv="974", years=year, language="fr")  # type: ignore[no-untyped-call]
    return dict(found)


class WorkingDays:
    """Which days are worked, and how many there are between two."""

    def __init__(self, closures: Iterable[Closure] = ()) -> None:
        self._closed: dict[date, str] = {}
        for closure in closures:
            day = closure.first
            while day <= closure.last:
                self._closed[day] = closure.label or "Fermeture"
                day += _DAY

    def reason(self, day: date) -> str:
        """Why nothing is done on `day`; empty for a day that is worked."""
        closed = self._closed.get(day) or holidays_of(day.year).get(day, "")
        return closed or ("week-end" if day.weekday() >= _SATURDAY else "")

    def holiday(self, day: date) -> str:
        """The name of the holiday or closure of `day`; empty for any other, a week-end too."""
        return self._closed.get(day) or holidays_of(day.year).get(day, "")

    def is_worked(self, day: date) -> bool:
        """True when `day` is no week-end, no holiday and no closure."""
        return not self.reason(day)

    def on_or_after(self, day: date) -> date:
        """`day`, or the first worked day after it."""
        while not self.is_worked(day):
            day += _DAY
        return day

    def on_or_before(self, day: date) -> date:
        """`day`, or the last worked day before it."""
        while not self.is_worked(day):
            day -= _DAY
        return day

    def add(self, day: date, count: int) -> date:
        """The day `count` worked days after `day`; before it when `count` is negative. Zero gives `day` itself."""
        step = _DAY if count >= 0 else -_DAY
        for _ in range(abs(count)):
            day += step
            while not self.is_worked(day):
                day += step
        return day

    def count(self, first: date, last: date) -> int:
        """How many days are worked from `first` to `last`, both included; 0 when they are the wrong way round."""
        return sum(self.is_worked(day) for day in days(first, last))

    def off_days(self, first: date, last: date) -> Iterator[tuple[date, str]]:
        """The days without work from `first` to `last`, each with its reason."""
        for day in days(first, last):
            reason = self.reason(day)
            if reason:
                yield day, reason


def days(first: date, last: date) -> Iterator[date]:
    """Every day from `first` to `last`, both included."""
    day = first
    while day <= last:
        yield day
        day += _DAY
