"""What follows an accompaniment: how needs go on, how it ends, when somebody is to be reminded.

No storage here: records, lists and reminders share these words and rules.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum, IntEnum
from typing import Protocol

from charte_desktop.errors import UserError


class Priority(IntEnum):
    """How much a need or a recommendation matters; the least number matters most."""

    HIGH = 1
    MEDIUM = 2
    LOW = 3

    @property
    def words(self) -> str:
        """As it is read beside a need."""
        return {1: "haute", 2: "moyenne", 3: "basse"}[self]


class NeedState(Enum):
    """Where a need stands. The value is the word on screen."""

    NEW = "Nouveau"
    SHEET_HANDED = "Fiche remise"
    PROVIDER_CHOSEN = "Prestataire choisi"
    PROJECT_OPEN = "Projet ouvert"
    MET = "Satisfait"
    DROPPED = "Abandonné"

    @property
    def is_open(self) -> bool:
        """True while something is still to come of the need."""
        return self not in (NeedState.MET, NeedState.DROPPED)

    @property
    def waits(self) -> bool:
        """True while the CCIR waits for news of it; an open project has reminders of its own."""
        return self in (NeedState.NEW, NeedState.SHEET_HANDED, NeedState.PROVIDER_CHOSEN)


class Outcome(Enum):
    """How an accompaniment ended. The value is the word on screen."""

    HELPED = "Aidée"
    NO_PROVIDER = "Aucun prestataire"
    UNREACHABLE = "Injoignable"
    NOT_OUR_FIELD = "Hors de notre champ"

    @property
    def meaning(self) -> str:
        """What the adviser says by choosing it."""
        return {
            "HELPED": "L'entreprise a été aidée",
            "NO_PROVIDER": "Aucun prestataire du registre ne répond au besoin",
            "UNREACHABLE": "L'entreprise ne répond plus",
            "NOT_OUR_FIELD": "La demande n'est pas du ressort de la charte",
        }[self.name]


class FollowUpState(Enum):
    """What a company is waiting for. The value is the word on screen."""

    NEVER = "Jamais accompagnée"
    TO_CONTACT = "À recontacter"
    UNDER_WAY = "En cours"
    TO_ASK = "Point à 6 mois"
    SETTLED = "Rien en attente"


HELPFULNESS = {4: "Beaucoup", 3: "Plutôt", 2: "Peu", 1: "Pas du tout"}
"""The answers to "L'accompagnement vous a-t-il aidé à avancer ?"."""
QUESTIONS = (
    "L'accompagnement vous a-t-il aidé à avancer ?",
    "Le conseilleriez-vous à une autre entreprise ?",
)
"""Satisfaction in two questions; they are about the CCIR's own work, never about a provider (C08)."""


@dataclass(frozen=True)
class ReminderRule:
    """After how long somebody is reminded; the office may set its own."""

    first: int = 9
    """Days without news of a company that waits."""
    second: int = 21
    third: int = 45
    """From here on, it is to be taken up again or closed."""
    follow_up_months: int = 6
    """Months after the last accompaniment from which the company is asked what became of it."""
    follow_up_until: int = 12
    """Months after which nobody asks any more."""

    def __post_init__(self) -> None:
        if not 0 < self.first < self.second < self.third <= 365:
            raise UserError("Les trois délais de relance vont en augmentant, de 1 à 365 jours : corrigez-les.")
        if not 0 < self.follow_up_months < self.follow_up_until <= 60:
            raise UserError("Le point de suivi vient avant la fin du suivi, 60 mois au plus : corrigez ces durées.")

    def as_text(self) -> str:
        """What a setting keeps; `reminder_rule_from` reads it."""
        days = (self.first, self.second, self.third, self.follow_up_months, self.follow_up_until)
        return " ".join(map(str, days))


def reminder_rule_from(text: str) -> ReminderRule:
    """The rule that `as_text` wrote; an empty text gives the usual one."""
    return ReminderRule(*map(int, text.split())) if text else ReminderRule()


class Standing(Protocol):
    """The facts by which a company's state is known. Days; None where there is none."""

    @property
    def last_held(self) -> date | None:
        """Of the latest accompaniment."""

    @property
    def last_news(self) -> date | None:
        """Of whatever was heard last: accompaniment, exchange, hand-over, need, follow-up."""

    @property
    def next_on(self) -> date | None:
        """The earliest next step that is planned and not done."""

    @property
    def waits(self) -> bool:
        """Whether a need of an accompaniment that is not closed waits."""

    @property
    def asked_on(self) -> date | None:
        """When the company was last asked what became of it."""

    @property
    def is_followed(self) -> bool:
        """Whether its latest accompaniment may be asked about: not closed as unreachable or out of our field."""


def state_of(company: Standing, on: date, rule: ReminderRule) -> FollowUpState:
    """What a company waits for on `on`: one word, the most pressing first."""
    if company.last_held is None:
        return FollowUpState.NEVER
    if company.next_on is not None:
        return FollowUpState.TO_CONTACT if company.next_on <= on else FollowUpState.UNDER_WAY
    if company.waits:
        news = company.last_news or company.last_held
        return FollowUpState.TO_CONTACT if (on - news).days >= rule.first else FollowUpState.UNDER_WAY
    return FollowUpState.TO_ASK if is_to_ask(company, on, rule) else FollowUpState.SETTLED


def is_to_ask(company: Standing, on: date, rule: ReminderRule) -> bool:
    """True when the follow-up of a company is due: some months after its last accompaniment, and not for ever."""
    held = company.last_held
    if held is None or not company.is_followed or (company.asked_on is not None and company.asked_on >= held):
        return False
    return months_after(held, rule.follow_up_months) <= on < months_after(held, rule.follow_up_until)


def months_after(day: date, months: int) -> date:
    """The same day some months later, or the last day of that month; `months` may be negative."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = (date(year + month // 11, (month + 1) % 12 + 1, 1) - date.resolution).day
    return date(year, month + 1, min(day.day, last))
