"""Workshops that come, and those of which the attendance sheet was not entered."""

import json
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from charte_desktop.store.waiting_words import Asked, Basket, Entry, Waiting

WORKSHOPS, ATTENDANCE = "workshops", "attendance"
_AHEAD, _BACK = timedelta(days=7), timedelta(days=60)
"""How far meetings are announced, and how long an attendance sheet is asked for."""
_MEETINGS = """
    SELECT meeting.id, meeting.held_on FROM workshop_session AS meeting
    JOIN workshop ON workshop.id = meeting.workshop_id
    WHERE meeting.held_on BETWEEN ? AND ? AND workshop.deleted_at IS NULL
"""


def waiting_workshops(asked: Asked) -> Iterable[Basket]:
    """The meetings of the week to come, and those of the last two months that nobody attended yet."""

    def meetings(first: date, last: date, condition: str = "") -> list[Entry]:
        query = f"{_MEETINGS} {condition} ORDER BY meeting.held_on, meeting.rowid"
        lines = asked.base.execute(query, (first.isoformat(), last.isoformat()))
        return [Entry(meeting, date.fromisoformat(day)) for meeting, day in lines]

    describe = partial(_describe, asked.today)
    nobody = (
        "AND NOT EXISTS (SELECT 1 FROM attendance WHERE session_id = meeting.id) "
        "AND EXISTS (SELECT 1 FROM workshop_participant WHERE workshop_id = meeting.workshop_id)"
    )
    yield Basket(
        WORKSHOPS,
        "Ateliers à venir",
        "Imprimez la feuille d'émargement ; les inscriptions restent ouvertes jusqu'au dernier moment.",
        meetings(asked.today, asked.today + _AHEAD),
        describe,
    )
    yield Basket(
        ATTENDANCE,
        "Présences à noter",
        "Ces séances ont eu lieu : notez qui était là, puis remettez les fiches annuaires.",
        meetings(asked.today - _BACK, asked.today - timedelta(days=1), nobody),
        describe,
        is_late=True,
    )


def _describe(today: date, base: Any, entries: Sequence[Entry]) -> list[Waiting]:
    found = base.execute(
        "SELECT meeting.id, workshop.id, workshop.theme, workshop.place, meeting.starts, "
        "(SELECT count(*) FROM workshop_participant WHERE workshop_id = workshop.id) "
        "FROM workshop_session AS meeting JOIN workshop ON workshop.id = meeting.workshop_id "
        "WHERE meeting.id IN (SELECT value FROM json_each(?))",
        (json.dumps([one.record_id for one in entries]),),
    )
    lines = {line[0]: line for line in found}
    waiting = []
    for record_id, day in entries:
        _, workshop, theme, place, starts, count = lines[record_id]
        people = f"{count} inscrit{'s' if count > 1 else ''}"
        detail = " · ".join(filter(None, (place, people)))
        when = "aujourd'hui" if day == today else f"le {day:%d/%m/%Y}"
        waiting.append(
            Waiting(record_id, "workshop", workshop, theme, detail, f"{when}{f' à {starts}' if starts else ''}")
        )
    return waiting
