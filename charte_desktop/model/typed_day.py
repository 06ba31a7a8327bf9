"""A day typed by somebody in a hurry: a date, part of one, or how far away it is. An empty text is no day."""

import re
from datetime import date, timedelta

from charte_desktop.model.calendar import WorkingCalendar
from charte_desktop.model.follow_up import months_after
from charte_desktop.model.identifiers import read_date
from charte_desktop.model.reading import Reading, plain
from charte_desktop.model.wording import normalise

_WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_AWAY = re.compile(r"(?:dans\s+)?([+-]?)\s*(\d{1,3})\s*(j|jours?|s|sem|semaines?|m|mois|a|ans?|annees?)?")
_DAY_ONLY = re.compile(r"(\d{1,2})")
_DAY_AND_MONTH = re.compile(r"(\d{1,2})\s*[/.\- ]\s*(\d{1,2})")
_NAMED = {"aujourd hui": 0, "ce jour": 0, "demain": 1, "apres demain": 2, "hier": -1, "avant hier": -2}
_HOW = "Écrivez jj/mm/aaaa, « demain », « lundi » ou « +15 »."


def read_day(text: str, today: date, *, past: bool | None = False) -> Reading[date | None]:
    """A day as it is typed: "3/11/2026", "3/11", "15", "lundi", "demain", "+15", "+2 semaines", "dans 1 mois".

    What has no year or no month is the next such day from `today` on, or the last one with `past`. With `past` None,
    for what may be behind or ahead, a day and its month are of the year that brings them closest.
    """
    words = plain(text).lower()
    if not words:
        return Reading(None)
    spoken = normalise(words)
    if spoken in _NAMED:
        return Reading(today + timedelta(days=_NAMED[spoken]))
    weekday = spoken.removesuffix(" prochain").removesuffix(" dernier")
    if weekday in _WEEKDAYS:
        return Reading(_weekday(_WEEKDAYS.index(weekday), today, past=bool(past) or spoken.endswith("dernier")))
    away = _AWAY.fullmatch(words.replace("é", "e"))
    if away and (away[1] or away[3]):
        return _away(text, away, today)
    if _DAY_ONLY.fullmatch(words):
        return _nearest(text, int(words), None, today, bool(past))
    part = _DAY_AND_MONTH.fullmatch(words)
    if part and past is None:
        return _closest(text, int(part[1]), int(part[2]), today)
    if part:
        return _nearest(text, int(part[1]), int(part[2]), today, bool(past))
    return read_date(text)


def hint(day: date | None, calendar: WorkingCalendar) -> str:
    """What to say of a day that the office does not work; empty for any other."""
    why = "" if day is None else calendar.why_closed(day)
    if not why or day is None:
        return ""
    following = calendar.on_or_after(day)
    return f"Le {day:%d/%m/%Y} est {why} : le jour travaillé suivant est le {following:%d/%m/%Y}."


def _weekday(wanted: int, today: date, *, past: bool) -> date:
    if past:
        return today - timedelta(days=(today.weekday() - wanted - 1) % 7 + 1)
    return today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1)


def _away(text: str, found: "re.Match[str]", today: date) -> Reading[date | None]:
    count = int(found[2]) * (-1 if found[1] == "-" else 1)
    unit = (found[3] or "j")[0] if found[3] != "mois" else "m"
    try:
        match unit:
            case "s":
                return Reading(today + timedelta(weeks=count))
            case "m":
                return Reading(months_after(today, count))
            case "a":
                return Reading(months_after(today, 12 * count))
            case _:
                return Reading(today + timedelta(days=count))
    except (OverflowError, ValueError):
        return Reading(None, text, f"Ce jour est trop loin. {_HOW}")


def _closest(text: str, day: int, month: int, today: date) -> Reading[date | None]:
    """The next such day or the last one, whichever is fewer days away."""
    ahead, behind = (_nearest(text, day, month, today, past) for past in (False, True))
    if ahead.value is None or behind.value is None:
        return behind if ahead.value is None else ahead
    return behind if today - behind.value < ahead.value - today else ahead


def _nearest(text: str, day: int, month: int | None, today: date, past: bool) -> Reading[date | None]:
    """The next (or last) day of this number, in this month of the year when one is named."""
    step = -1 if past else 1
    start = today.year * 12 + today.month - 1
    for away in range(49 if month is not None else 13):
        year, of_year = divmod(start + step * away, 12)
        if month is not None and of_year != month - 1:
            continue
        try:
            found = date(year, of_year + 1, day)
        except ValueError:
            continue
        if (found <= today) if past else (found >= today):
            return Reading(found)
    return Reading(None, text, f"Cette date n'existe pas dans le calendrier. {_HOW}")
