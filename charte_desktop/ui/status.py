"""The sentences of the status bar: what was saved when, and who works."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from charte_desktop.store.database import Database

_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip


def long_day(day: date) -> str:
    """A day as it is said: "Mardi 20 octobre 2026"."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{_DAYS[day.weekday()]} {number} {_MONTHS[day.month - 1]} {day.year}".capitalize()


def moment(at: datetime, today: date) -> str:
    """A moment as it is said from `today`: "à 14:02", "hier à 08:11", "le 20/10/2026 à 08:11"."""
    hour = f"{at:%H:%M}"
    if at.date() == today:
        return f"à {hour}"
    return f"hier à {hour}" if at.date() == today - timedelta(1) else f"le {at:%d/%m/%Y} à {hour}"


def saved(database: "Database") -> str:
    """When the last change was saved."""
    from charte_desktop.store.database import REUNION
    from charte_desktop.store.journal_reading import last_change

    last = last_change(database)
    if last is None:
        return "Rien n'est encore enregistré"
    return f"Enregistré {moment(last.astimezone(REUNION), database.today())}"


def backed_up(database: "Database") -> str:
    """When the last backup beside the base was made."""
    from charte_desktop.store.backup_names import own_folder, stored_in

    last = next(reversed(stored_in(own_folder(database.folder))), None)
    return "Aucune sauvegarde encore" if last is None else f"Sauvegarde {moment(last[0], database.today())}"


def adviser(database: "Database") -> str:
    """Who works on this computer."""
    return f"Conseillère/Conseiller : {database.adviser or 'nom à indiquer'}"
