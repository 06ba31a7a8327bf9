"""A project in Microsoft Project's exchange format (MSPDI): GanttProject, Project and others open it.

Elements stand in the order of the schema, which is a sequence; its times are the island's, without a zone.
"""

from datetime import date, datetime
from itertools import count
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from charte_desktop.documents.page_style import REUNION
from charte_desktop.documents.text_layout import clean
from charte_desktop.model.calendar import WorkingCalendar
from charte_desktop.model.display import show_date
from charte_desktop.model.project_dates import agreed_dates
from charte_desktop.model.project_facts import ProjectFacts, Step
from charte_desktop.model.project_kinds import StepKind
from charte_desktop.model.timeline import extent, lanes

NAMESPACE = "http://schemas.microsoft.com/project"
_HOURS = 7
"""Hours of a worked day: 35 a week."""
_MORNING, _NOON, _AFTERNOON, _EVENING = "08:00:00", "12:00:00", "13:00:00", "16:00:00"
_START_NO_EARLIER, _FIXED_DURATION, _IN_DAYS = "4", "1", "7"
_CALENDAR = "1"


def project_xml(facts: ProjectFacts, made_at: datetime, today: date, calendar: WorkingCalendar) -> bytes:
    """The file in UTF-8; the same facts made at the same moment give the same bytes."""
    first, last = extent(lanes(facts, today, calendar), today)
    root = Element("Project", xmlns=NAMESPACE)
    starts = [day for step in facts.steps for day in (step.planned_start, step.planned_end) if day is not None]
    here = made_at.astimezone(REUNION)
    for name, text in (
        ("SaveVersion", "12"),
        ("Name", f"{clean(facts.number)}.xml"),
        ("Title", clean(facts.title)[:512]),
        ("Subject", clean(facts.need)[:512]),
        ("Company", clean(facts.company.name)[:512]),
        ("Manager", clean(facts.provider_lead.name or facts.provider.name)[:512]),
        ("Author", clean(facts.adviser)[:512]),
        ("CreationDate", f"{here:%Y-%m-%dT%H:%M:%S}"),
        ("ScheduleFromStart", "1"),
        ("StartDate", _at(min(starts, default=today), _MORNING)),
        ("FinishDate", _at(max(starts, default=today), _EVENING)),
        ("CurrencyDigits", "2"),
        ("CurrencySymbol", "€"),
        ("CurrencyCode", "EUR"),
        ("CurrencySymbolPosition", "3"),
        ("CalendarUID", _CALENDAR),
        ("DefaultStartTime", _MORNING),
        ("DefaultFinishTime", _EVENING),
        ("MinutesPerDay", str(_HOURS * 60)),
        ("MinutesPerWeek", str(_HOURS * 60 * 5)),
        ("DaysPerMonth", "20"),
        ("DurationFormat", _IN_DAYS),
        ("WeekStartDay", "1"),
        ("CurrentDate", _at(today, _MORNING)),
    ):
        SubElement(root, name).text = text
    _calendar(root, calendar, first, last)
    _tasks(root, facts, calendar, today)
    indent(root)
    written: bytes = tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + written + b"\n"


def _at(day: date, hour: str) -> str:
    return f"{day.isoformat()}T{hour}"


def _calendar(root: Element, calendar: WorkingCalendar, first: date, last: date) -> None:
    """Monday to Friday, less the holidays and closures that the project's time touches."""
    one = SubElement(SubElement(root, "Calendars"), "Calendar")
    for name, text in (("UID", _CALENDAR), ("Name", "La Réunion"), ("IsBaseCalendar", "1")):
        SubElement(one, name).text = text
    week = SubElement(one, "WeekDays")
    for number in range(1, 8):  # 1 is Sunday
        worked = 2 <= number <= 6
        _week_day(week, str(number), worked=worked)
    for day, _ in calendar.off_days(first, last):
        if not calendar.holiday(day):
            continue
        off = SubElement(week, "WeekDay")
        SubElement(off, "DayType").text = "0"
        SubElement(off, "DayWorking").text = "0"
        period = SubElement(off, "TimePeriod")
        SubElement(period, "FromDate").text = _at(day, "00:00:00")
        SubElement(period, "ToDate").text = _at(day, "23:59:00")


def _week_day(week: Element, number: str, *, worked: bool) -> None:
    day = SubElement(week, "WeekDay")
    SubElement(day, "DayType").text = number
    SubElement(day, "DayWorking").text = "1" if worked else "0"
    if worked:
        times = SubElement(day, "WorkingTimes")
        for start, end in ((_MORNING, _NOON), (_AFTERNOON, _EVENING)):
            time = SubElement(times, "WorkingTime")
            SubElement(time, "FromTime").text, SubElement(time, "ToTime").text = start, end


def _tasks(root: Element, facts: ProjectFacts, calendar: WorkingCalendar, today: date) -> None:
    tasks = SubElement(root, "Tasks")
    numbers = count(1)
    for step in facts.steps:
        _step(tasks, next(numbers), step, facts, calendar, today)
    for one in facts.deliverables:
        day = one.planned_on or one.delivered_on
        if day is None:
            continue
        as_step = Step(
            id=one.id, kind=StepKind.MILESTONE, title=f"Livrable : {one.title}", position=one.position,
            planned_end=day, actual_end=one.delivered_on, outcome=one.note,
        )  # fmt: skip
        _step(tasks, next(numbers), as_step, facts, calendar, today)


def _step(tasks: Element, number: int, step: Step, facts: ProjectFacts, calendar: WorkingCalendar, today: date) -> None:
    milestone = step.kind is StepKind.MILESTONE or (step.planned_start is None and step.actual_start is None)
    end = step.planned_end or step.actual_end or step.planned_start or today
    start = end if milestone else step.planned_start or step.actual_start or end
    length = 0 if milestone else max(calendar.count(start, end), 1)
    task = SubElement(tasks, "Task")
    done = _percent(step, calendar, start, end, today)
    rows: list[tuple[str, str]] = [
        ("UID", str(number)),
        ("ID", str(number)),
        ("Name", clean(step.name)[:512]),
        ("Type", _FIXED_DURATION),
        ("IsNull", "0"),
        ("WBS", str(number)),
        ("OutlineNumber", str(number)),
        ("OutlineLevel", "1"),
        ("Priority", "500"),
        ("Start", _at(start, _EVENING if milestone else _MORNING)),
        ("Finish", _at(end, _EVENING)),
        ("Duration", _duration(length)),
        ("DurationFormat", _IN_DAYS),
        ("EffortDriven", "0"),
        ("Estimated", "0"),
        ("Milestone", "1" if milestone else "0"),
        ("Summary", "0"),
        ("PercentComplete", str(done)),
    ]
    actual = step.actual_start or (step.actual_end if milestone else step.actual_end and start)
    if actual is not None:
        first = min(actual, step.actual_end or actual)
        rows.append(("ActualStart", _at(first, _EVENING if milestone else _MORNING)))
    if step.actual_end is not None:
        rows.append(("ActualFinish", _at(step.actual_end, _EVENING)))
    rows += [
        ("ConstraintType", _START_NO_EARLIER),
        ("CalendarUID", "-1"),
        ("ConstraintDate", _at(start, _EVENING if milestone else _MORNING)),
    ]
    if step.outcome or not step.planned_end:
        undated = "" if step.planned_end else f"Sans date prévue ; placé au {show_date(end)}."
        rows.append(("Notes", clean(" ".join(filter(None, (step.outcome, undated))))))
    for name, text in rows:
        SubElement(task, name).text = text
    _baseline(task, agreed_dates(facts.baseline, step.id), calendar, milestone=milestone)


def _percent(step: Step, calendar: WorkingCalendar, start: date, end: date, today: date) -> int:
    """How much of it lies behind: all once it is done, the share of its worked days while it runs."""
    if step.is_done:
        return 100
    if step.actual_start is None or step.actual_start > today:
        return 0
    whole = max(calendar.count(start, end), 1)
    return min(calendar.count(step.actual_start, min(today, end)) * 100 // whole, 99)


def _baseline(
    task: Element, agreed: tuple[date | None, date | None], calendar: WorkingCalendar, *, milestone: bool
) -> None:
    start, end = agreed
    if end is None:
        return
    baseline = SubElement(task, "Baseline")
    start = end if milestone or start is None else start
    length = 0 if milestone else max(calendar.count(start, end), 1)
    for name, text in (
        ("Number", "0"),
        ("Start", _at(start, _EVENING if milestone else _MORNING)),
        ("Finish", _at(end, _EVENING)),
        ("Duration", _duration(length)),
        ("DurationFormat", _IN_DAYS),
    ):
        SubElement(baseline, name).text = text


def _duration(days: int) -> str:
    return f"PT{days * _HOURS}H0M0S"
