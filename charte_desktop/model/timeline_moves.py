"""What a bar becomes when it is pulled along the timeline: whole worked days, as long as it was in worked days."""

from dataclasses import replace
from datetime import date, timedelta
from enum import Enum

from charte_desktop.model.calendar import WorkingCalendar
from charte_desktop.model.timeline import Bar
from charte_desktop.model.wording import some

Days = tuple[date | None, date | None]


class Part(Enum):
    """What of a bar is pulled."""

    START = "début"
    WHOLE = "étape"
    END = "fin"


def pulled(bar: Bar, part: Part, shift: int, calendar: WorkingCalendar) -> Days:
    """The planned dates of `bar` once `part` of it was pulled by `shift` days of the axis.

    Each date falls on a worked day, in the direction of the pull; a whole bar lasts as many worked days as before. A
    start is never after its end.
    """
    start, end = bar.planned
    if end is None or not shift:
        return bar.planned
    if part is Part.END:
        found = _landed(end + timedelta(shift), shift, calendar)
        return start, max(found, start) if start is not None else found
    if part is Part.START and start is not None and start != end:
        return min(_landed(start + timedelta(shift), shift, calendar), end), end
    first = _landed((start or end) + timedelta(shift), shift, calendar)
    if start is None or start == end:
        return (None if start is None else first), first
    worked = calendar.count(start, end)
    return first, calendar.add(first, worked - 1) if worked > 1 else first


def stepped(bar: Bar, part: Part, count: int, calendar: WorkingCalendar) -> Days:
    """The planned dates of `bar` once `part` of it was moved by `count` worked days, as the keyboard does."""
    start, end = bar.planned
    if end is None or not count:
        return bar.planned
    from_day = end if part is Part.END or start is None else start
    return pulled(bar, part, (calendar.add(from_day, count) - from_day).days, calendar)


def moved(bar: Bar, planned: Days) -> Bar:
    """The bar with other planned dates."""
    return replace(bar, planned=planned)


def words_of_move(before: Days, after: Days, calendar: WorkingCalendar) -> str:
    """How much later or earlier the end is, or the start when the end stays."""
    for what, one, other in (("", before[1], after[1]), ("début ", before[0], after[0])):
        if one is None or other is None or one == other:
            continue
        first, last = min(one, other), max(one, other)
        count = max(calendar.count(first, last) - calendar.is_working(first), 1)
        return f"{what}{some(count, 'jour ouvré', 'jours ouvrés')} plus {'tard' if other > one else 'tôt'}"
    return ""


def _landed(day: date, shift: int, calendar: WorkingCalendar) -> date:
    return calendar.on_or_after(day) if shift > 0 else calendar.on_or_before(day)
