"""What the CCIR did over a period, counted: what the charts draw and the activity report prints. No storage here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from charte_desktop.errors import UserError
from charte_desktop.model.accompaniment_kind import AccompanimentKind
from charte_desktop.model.follow_up import NeedState, Outcome

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip
SHORT_MONTHS = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")
MOST_MONTHS = 60
"""Of a period: five years."""


@dataclass(frozen=True)
class Period:
    """Days, both ends included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise UserError("La période finit avant de commencer : corrigez l'une des deux dates.")
        if len(self.months) > MOST_MONTHS:
            raise UserError("La période dépasse cinq ans : choisissez-la plus courte.")

    @property
    def months(self) -> list[tuple[int, int]]:
        """Year and month of each month that it touches."""
        first, last = (day.year * 12 + day.month - 1 for day in (self.first, self.last))
        return [divmod(month, 12) for month in range(first, min(last, first + MOST_MONTHS) + 1)]

    @property
    def in_words(self) -> str:
        """ "l'année 2026" for a whole year, else both days."""
        if (self.first, self.last) == (date(self.first.year, 1, 1), date(self.first.year, 12, 31)):
            return f"l'année {self.first.year}"
        return f"du {self.first:%d/%m/%Y} au {self.last:%d/%m/%Y}"

    def month_words(self, number: int) -> str:
        """The month `number` (from 0) of the period: "mars", with its year where the period has several."""
        year, month = self.months[number]
        several = self.first.year != self.last.year
        return f"{MONTHS[month]} {year}" if several else MONTHS[month]


def year_of(day: date) -> Period:
    """The year that `day` is in, to its end."""
    return Period(date(day.year, 1, 1), date(day.year, 12, 31))


def last_year_before(day: date) -> Period:
    """The twelve months up to `day`."""
    return Period(date(day.year - 1, day.month, min(day.day, 28)) + timedelta(days=1), day)


@dataclass(frozen=True)
class HeldLine:
    """One accompaniment, as a line of the workbook."""

    held_on: date
    kind: AccompanimentKind
    company: str
    siren: str
    commune: str
    sector: str
    adviser: str
    outcome: Outcome | None


@dataclass(frozen=True)
class NeedLine:
    """One need noted in the period."""

    noted_on: date
    company: str
    siren: str
    family: str
    service: str
    priority: int
    state: NeedState


@dataclass(frozen=True)
class SheetLineOut:
    """One directory sheet issued in the period."""

    issued_on: date
    number: str
    company: str
    siren: str
    providers: int
    handed: bool


@dataclass(frozen=True)
class WorkshopLine:
    """One workshop with a meeting in the period."""

    first_on: date
    theme: str
    place: str
    registered: int
    present: int


@dataclass(frozen=True, kw_only=True)
class Activity:
    """The counts of a period."""

    period: Period
    by_month: Sequence[Mapping[AccompanimentKind, int]]
    """Accompaniments, month by month."""
    by_family: Mapping[str, int]
    """Accompaniments that noted a need of each of the charter's families."""
    by_commune: Mapping[str, int]
    """Accompaniments by INSEE code of the company's commune; an empty code is a place elsewhere, or unknown."""
    companies: int = 0
    """Companies accompanied."""
    new_companies: int = 0
    """Of them, those accompanied for the first time ever."""
    needs: Mapping[NeedState, int] = field(default_factory=dict)
    """Needs noted in the period, by where they stand now."""
    outcomes: Mapping[Outcome, int] = field(default_factory=dict)
    """Accompaniments closed in the period."""
    sheets: int = 0
    handed: int = 0
    """Hand-overs, C07."""
    attestations: int = 0
    diagnostics: int = 0
    workshops: int = 0
    attended: int = 0
    """People who were at a workshop."""
    exchanges: int = 0
    helpfulness: Mapping[int, int] = field(default_factory=dict)
    """Answers to the first question of satisfaction."""
    would_advise: tuple[int, int] = (0, 0)
    """Yes and no to the second."""
    by_adviser: Mapping[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """Accompaniments."""
        return sum(sum(month.values()) for month in self.by_month)

    def of_kind(self, kind: AccompanimentKind) -> int:
        """Accompaniments of a kind."""
        return sum(month.get(kind, 0) for month in self.by_month)


@dataclass(frozen=True)
class ActivityLines:
    """The lines behind the counts: what the workbook's formulas count again."""

    held: Sequence[HeldLine] = ()
    needs: Sequence[NeedLine] = ()
    sheets: Sequence[SheetLineOut] = ()
    workshops: Sequence[WorkshopLine] = ()
