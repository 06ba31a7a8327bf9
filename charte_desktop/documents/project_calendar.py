"""The dates of a project as a calendar file (.ics), in the island's time, for the adviser's own diary."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from charte_desktop.documents.text_layout import clean
from charte_desktop.model.calendar import WorkingCalendar
from charte_desktop.model.display import show_date
from charte_desktop.model.engagement_facts import notice_expected_since
from charte_desktop.model.project_dates import standings
from charte_desktop.model.project_facts import ProjectFacts
from charte_desktop.model.project_kinds import NoticeKind, StepKind
from charte_desktop.model.project_rules import ProjectRules

if TYPE_CHECKING:
    from icalendar import Event

ZONE = "Indian/Reunion"
_CALL_AT = time(9)
_CALL_LASTS = timedelta(minutes=30)
_DAY_BEFORE = timedelta(hours=-15)
"""Nine in the morning of the day before an event that lasts whole days."""


@dataclass(frozen=True)
class _Entry:
    uid: str
    summary: str
    first: date
    last: date
    told: str
    is_call: bool = False


def project_calendar(
    facts: ProjectFacts, made_at: datetime, today: date, calendar: WorkingCalendar, rules: ProjectRules
) -> bytes:
    """What is planned and not done: steps, milestones, deliverables, notices, the call; each with the same id again.

    The same facts made at the same moment give the same bytes; a second import changes what has moved.
    """
    from icalendar import Calendar

    book = Calendar()
    book.add("prodid", "-//CCI Ile de la Reunion//Charte Desktop//FR")
    book.add("version", "2.0")
    book.add("calscale", "GREGORIAN")
    book.add("method", "PUBLISH")
    book.add("x-wr-calname", clean(f"{facts.title} · {facts.company.name}"))
    book.add("x-wr-timezone", ZONE)
    for one in _entries(facts, today, calendar, rules):
        book.add_component(_event(one, facts, made_at))
    book.add_missing_timezones()
    found: bytes = book.to_ical()
    return found


def _entries(facts: ProjectFacts, today: date, calendar: WorkingCalendar, rules: ProjectRules) -> Iterator[_Entry]:
    found = standings(facts.steps, today, calendar, rules)
    for step in facts.steps:
        if step.is_done or step.planned_end is None:
            continue
        is_call = step.kind is StepKind.CALL
        first = step.planned_end if is_call else step.planned_start or step.planned_end
        yield _Entry(step.id, step.name, first, step.planned_end, found[step.id].words, is_call)
    for one in facts.deliverables:
        if one.delivered_on is None and one.planned_on is not None:
            yield _Entry(one.id, f"Livrable : {one.title}", one.planned_on, one.planned_on, "à remettre")
    received = {one.kind for one in facts.notices}
    for kind, name in ((NoticeKind.SPECIFICATION, "du cahier des charges"), (NoticeKind.END_OF_WORK, "de fin")):
        since = notice_expected_since(facts, kind)
        if kind not in received and since is not None:
            due = since + timedelta(rules.notice_days)
            yield _Entry(f"{facts.id}-{kind.name}", f"Avis {name} à la CCIR", due, due, f"depuis le {show_date(since)}")


def _event(one: _Entry, facts: ProjectFacts, made_at: datetime) -> "Event":
    from icalendar import Alarm, Event

    event = Event()
    event.add("uid", f"{one.uid}@charte-desktop")
    event.add("summary", clean(f"{one.summary} · {facts.company.name}"))
    event.add("dtstamp", made_at.astimezone(UTC).replace(microsecond=0))
    if one.is_call:
        start = datetime.combine(one.last, _CALL_AT, ZoneInfo(ZONE))
        event.add("dtstart", start)
        event.add("dtend", start + _CALL_LASTS)
    else:
        event.add("dtstart", one.first)
        event.add("dtend", one.last + timedelta(1))
        event.add("transp", "TRANSPARENT")
    moves = sum(move.subject_id == one.uid for move in facts.moves)
    event.add("sequence", moves)
    event.add("description", _description(one, facts))
    event.add("categories", ["Charte d'engagement", facts.number])
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", clean(one.summary))
    alarm.add("trigger", timedelta(0) if one.is_call else _DAY_BEFORE)
    event.add_component(alarm)
    return event


def _description(one: _Entry, facts: ProjectFacts) -> str:
    lead = facts.provider_lead
    lines = [
        f"Projet {facts.number} : {facts.title}",
        f"Prestataire : {facts.provider.name}",
        f"Chef de projet : {lead.name}" if lead.name else "",
        one.told,
    ]
    return "\n".join(clean(line) for line in lines if line)
