"""The working calendar of La Réunion: week-ends, its public holidays (20 December among them), local closures."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

_DAY = timedelta(1)
_SATURDAY = 5


@dataclass(frozen=True)
class Closure:
    """Days on which nothing is done, from `first` to `last`, both included: a closure of the office, a cyclone."""

    first: date
    last: date
    label: str = ""


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
