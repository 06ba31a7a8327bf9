"""Which days the office works: weeks, the holidays of La Réunion, and the closures that the office writes down.

The holidays are worked out here: eight of fixed date, three that follow Easter, and 20 December (code du travail,
L3133-1 and L3422-2). A test compares them with the `holidays` package over two centuries; loading that package takes
0.15 s, more than the tab Aujourd'hui may wait.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from charte_desktop.errors import UserError

_FIXED = (
    ((1, 1), "Jour de l'an"),
    ((1, 5), "Fête du Travail"),
    ((8, 5), "Victoire de 1945"),
    ((14, 7), "Fête nationale"),
    ((15, 8), "Assomption"),
    ((1, 11), "Toussaint"),
    ((11, 11), "Armistice de 1918"),
    ((20, 12), "Abolition de l'esclavage"),
    ((25, 12), "Noël"),
)
_AFTER_EASTER = ((1, "Lundi de Pâques"), (39, "Ascension"), (50, "Lundi de Pentecôte"))
HOLIDAYS = (*(words for _, words in _FIXED), *(words for _, words in _AFTER_EASTER))
"""The twelve holidays by name."""

_WEEK_END = {5: "un samedi", 6: "un dimanche"}
_DAY = timedelta(days=1)
_FARTHEST = 800
"""Days looked through for one that is worked: two years of closures are a mistake, not an answer."""
LONGEST_CLOSURE = 366
"""Days of one closure."""


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876)."""
    century, of_century = divmod(year, 100)
    leaps, rest = divmod(century, 4)
    moon = (19 * (year % 19) + century - leaps - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * rest + 2 * (of_century // 4) - moon - of_century % 4) % 7
    late = (year % 19 + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


@lru_cache(64)
def holidays_of(year: int) -> dict[date, str]:
    """The holidays of a year on the island, by day; where two fall together, both are named."""
    days: dict[date, str] = {}
    sunday = easter(year)
    named = [(date(year, month, day), words) for (day, month), words in _FIXED]
    named += [(sunday + timedelta(days=after), words) for after, words in _AFTER_EASTER]
    for day, words in sorted(named):
        days[day] = f"{days[day]}, {words}" if day in days else words
    return days


@dataclass(frozen=True)
class Closure:
    """Days that the office is closed, both ends included."""

    first: date
    last: date
    reason: str = ""

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise UserError("La fermeture finirait avant de commencer : corrigez ses deux dates.")
        if (self.last - self.first).days >= LONGEST_CLOSURE:
            raise UserError("Une fermeture dure un an au plus : corrigez ses deux dates.")


@dataclass(frozen=True)
class WorkingCalendar:
    """The days that this office works."""

    closures: tuple[Closure, ...] = ()
    worked: frozenset[str] = frozenset()
    """Holidays, by their name in `HOLIDAYS`, on which this office works: only 1 May is a day off by law."""

    def why_closed(self, day: date) -> str:
        """Why `day` is not worked, in a few words that follow "c'est"; empty for a working day."""
        if day.weekday() in _WEEK_END:
            return _WEEK_END[day.weekday()]
        holiday = self._holiday(day)
        return f"férié ({holiday})" if holiday else self._closure(day)

    def holiday(self, day: date) -> str:
        """The name of the holiday or the closure of `day`, also on a week-end; empty for any other day."""
        return self._holiday(day) or self._closure(day)

    def _holiday(self, day: date) -> str:
        holiday = holidays_of(day.year).get(day, "")
        return "" if holiday and all(words in self.worked for words in holiday.split(", ")) else holiday

    def _closure(self, day: date) -> str:
        return next((one.reason or "une fermeture" for one in self.closures if one.first <= day <= one.last), "")

    def is_working(self, day: date) -> bool:
        """True for a day that the office works."""
        return not self.why_closed(day)

    def on_or_after(self, day: date) -> date:
        """`day` when it is worked, else the next day that is; `day` itself when there is none in two years."""
        return next((one for one in _from(day) if self.is_working(one)), day)

    def on_or_before(self, day: date) -> date:
        """`day` when it is worked, else the last day before that is; `day` itself when there is none in two years.

        What is due on a day off comes due on the next working day: on a day off, nothing is due that was not due here.
        """
        return next((one for one in _back_from(day) if self.is_working(one)), day)

    def add(self, day: date, count: int) -> date:
        """The day `count` working days after `day`; before it when `count` is negative. Zero gives `day` itself."""
        for _ in range(abs(count)):
            day = self.on_or_after(day + _DAY) if count > 0 else self.on_or_before(day - _DAY)
        return day

    def count(self, first: date, last: date) -> int:
        """How many days are worked from `first` to `last`, both included; 0 when they are the wrong way round."""
        if last < first:
            return 0
        weeks, rest = divmod((last - first).days + 1, 7)
        weekdays = 5 * weeks + sum(day.weekday() not in _WEEK_END for day in days(last - _DAY * (rest - 1), last))
        years = range(first.year, last.year + 1)
        off = {day for year in years for day in holidays_of(year) if first <= day <= last and self._holiday(day)}
        off.update(day for one in self.closures for day in days(max(one.first, first), min(one.last, last)))
        return weekdays - sum(day.weekday() not in _WEEK_END for day in off)

    def off_days(self, first: date, last: date) -> Iterator[tuple[date, str]]:
        """The days without work from `first` to `last`, each with its reason."""
        return ((day, why) for day in days(first, last) if (why := self.why_closed(day)))

    def as_text(self) -> str:
        """What a setting keeps; `calendar_from` reads it."""
        closures = [[one.first.isoformat(), one.last.isoformat(), one.reason] for one in self.closures]
        return json.dumps({"closures": closures, "worked": sorted(self.worked)}, ensure_ascii=False)


def calendar_from(text: str) -> WorkingCalendar:
    """The calendar that `as_text` wrote; an empty text is an office that closes on holidays only."""
    if not text:
        return WorkingCalendar()
    kept = json.loads(text)
    closures = (
        Closure(date.fromisoformat(first), date.fromisoformat(last), why) for first, last, why in kept["closures"]
    )
    return WorkingCalendar(tuple(closures), frozenset(kept["worked"]))


def days(first: date, last: date) -> Iterator[date]:
    """Every day from `first` to `last`, both included."""
    return (first + timedelta(days=past) for past in range((last - first).days + 1))


def _from(day: date) -> Iterator[date]:
    for past in range(_FARTHEST):
        yield day + timedelta(days=past)


def _back_from(day: date) -> Iterator[date]:
    for past in range(_FARTHEST):
        yield day - timedelta(days=past)
