"""What the CCIR sets for its projects: after how long something counts as late, short or silent."""

from dataclasses import dataclass
from datetime import date

from charte_desktop.errors import UserError
from charte_desktop.model.display import show_date

_BEFORE, _AFTER = 10, 15
"""Years around today in which the dates of a project are plausible."""


@dataclass(frozen=True)
class ProjectRules:
    """Numbers of days; the charter names none, the office does."""

    silence_days: int = 21
    """Without news of a running project: a reminder (C26)."""
    notice_days: int = 7
    """After which a notice to the CCIR is overdue (C28, C29)."""
    call_days: int = 15
    """After the delivery, when nobody has called the company (C27)."""
    price_notice_days: int = 30
    """Between the announcement of a price and its effect: less is said to be short (C41)."""
    near_days: int = 5
    """Worked days before its end within which a step that has not begun is at risk."""


def require_plausible(day: date | None, today: date, what: str) -> None:
    """Refuse a day so far away that a digit must be wrong; `what` begins the sentence ("La fin prévue")."""
    if day is not None and not today.year - _BEFORE <= day.year <= today.year + _AFTER:
        raise UserError(f"{what}, le {show_date(day)}, n'est pas plausible : vérifiez l'année.")


def require_past(day: date | None, today: date, what: str) -> None:
    """Refuse a day to come for something that has happened."""
    require_plausible(day, today, what)
    if day is not None and day > today:
        raise UserError(f"{what}, le {show_date(day)}, n'est pas encore passé : notez-le le jour venu.")


def require_in_order(start: date | None, end: date | None, what: str) -> None:
    """Refuse an end before its start."""
    if start is not None and end is not None and end < start:
        raise UserError(
            f"{what} finirait le {show_date(end)}, avant de commencer le {show_date(start)} : corrigez une des dates."
        )
