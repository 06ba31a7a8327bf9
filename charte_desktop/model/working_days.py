"""The days on which a project is worked on: those of the office's calendar, as a timeline and its dates count them."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta

from charte_desktop.model.calendar import Closure, holidays_of

_DAY = timedelta(1)
_SATURDAY = 5


class WorkingDays:
    """Which days are worked, and how many there are between two."""

    def __init__(self, closures: Iterable[Closure] = (), worked: Collection[str] = ()) -> None:
        """`worked` are holidays on which work goes on, by their name."""
        self._closed = {day: one.reason or "Fermeture" for one in closures for day in days(one.first, one.last)}
        self._worked = frozenset(worked)

    def reason(self, day: date) -> str:
        """Why nothing is done on `day`; empty for a day that is worked."""
        return self.holiday(day) or ("week-end" if day.weekday() >= _SATURDAY else "")

    def holiday(self, day: date) -> str:
        """The name of the holiday or closure of `day`; empty for any other, a week-end too."""
        holiday = holidays_of(day.year).get(day, "")
        if holiday and self._worked and all(words in self._worked for words in holiday.split(", ")):
            holiday = ""
        return self._closed.get(day) or holiday

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
