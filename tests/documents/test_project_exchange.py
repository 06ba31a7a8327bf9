"""Projects as files for other programs: calendar, planner, spreadsheet, csv."""

import csv
import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO, StringIO
from xml.etree.ElementTree import Element, fromstring

import openpyxl
import pytest
from icalendar import Calendar

from charte_desktop.documents.project_calendar import project_calendar
from charte_desktop.documents.project_export import (
    PROJECT_EXPORT_COLUMNS,
    project_export_csv,
    project_export_xlsx,
)
from charte_desktop.documents.project_xml import NAMESPACE, project_xml
from charte_desktop.model.project_facts import Move, ProjectFacts
from charte_desktop.model.validity import RenewalRule
from tests.documents.project_contents import AT, CALENDAR, RULES, TODAY, a_running_project, an_odd_project
from tests.project_facts import a_project

NS = f"{{{NAMESPACE}}}"
PROJECT_ORDER = """
    SaveVersion UID Name Title Subject Category Company Manager Author CreationDate Revision LastSaved ScheduleFromStart
    StartDate FinishDate FYStartDate CriticalSlackLimit CurrencyDigits CurrencySymbol CurrencyCode
    CurrencySymbolPosition CalendarUID DefaultStartTime DefaultFinishTime MinutesPerDay MinutesPerWeek DaysPerMonth
    DefaultTaskType DefaultFixedCostAccrual DefaultStandardRate DefaultOvertimeRate DurationFormat WorkFormat
    WeekStartDay StatusDate CurrentDate OutlineCodes WBSMasks ExtendedAttributes Calendars Tasks Resources Assignments
""".split()
TASK_ORDER = """
    UID ID Name Type IsNull CreateDate Contact WBS WBSLevel OutlineNumber OutlineLevel Priority Start Finish Duration
    DurationFormat Work Stop Resume ResumeValid EffortDriven Recurring OverAllocated Estimated Milestone Summary
    Critical PercentComplete PercentWorkComplete ActualStart ActualFinish ActualDuration ConstraintType CalendarUID
    ConstraintDate Deadline Notes PredecessorLink Baseline
""".split()
"""The elements that are written and their neighbours, in the order of mspdi_pj12.xsd, whose types are sequences."""


def in_order(element: Element, order: list[str]) -> bool:
    names = [child.tag.removeprefix(NS) for child in element]
    places = [order.index(name) for name in names]
    return places == sorted(places)


def xml_of(facts: ProjectFacts) -> Element:
    return fromstring(project_xml(facts, AT, TODAY, CALENDAR))


def texts(root: Element, path: str) -> list[str]:
    return [one.text or "" for one in root.iterfind(path.replace("/", f"/{NS}"), None)]


def test_the_planners_file_holds_each_step_with_its_dates_its_baseline_and_its_state() -> None:
    root = xml_of(a_running_project())
    assert root.tag == f"{NS}Project"
    assert in_order(root, PROJECT_ORDER)
    tasks = list(root.find(f"{NS}Tasks") or ())
    facts = a_running_project()
    assert len(tasks) == len(facts.steps) + len(facts.deliverables)
    for task in tasks:
        assert in_order(task, TASK_ORDER)
        assert re.fullmatch(r"PT\d+H0M0S", task.findtext(f"{NS}Duration") or "")
        start, finish = (datetime.fromisoformat(task.findtext(f"{NS}{one}") or "") for one in ("Start", "Finish"))
        assert start <= finish
    work = next(task for task in tasks if task.findtext(f"{NS}Name") == "Réalisation")
    step = next(one for one in facts.steps if one.name == "Réalisation")
    assert step.planned_start is not None
    assert work.findtext(f"{NS}Start") == f"{step.planned_start}T08:00:00"
    worked = CALENDAR.count(step.planned_start, step.planned_end or TODAY)
    assert work.findtext(f"{NS}Duration") == f"PT{7 * worked}H0M0S"
    assert 0 < int(work.findtext(f"{NS}PercentComplete") or 0) < 100
    assert work.findtext(f"{NS}Baseline/{NS}Finish") == f"{step.planned_end}T16:00:00"
    quote = next(task for task in tasks if task.findtext(f"{NS}Name") == "Devis")
    assert quote.findtext(f"{NS}PercentComplete") == "100"
    milestone = next(task for task in tasks if task.findtext(f"{NS}Name") == "Recette")
    assert (milestone.findtext(f"{NS}Milestone"), milestone.findtext(f"{NS}Duration")) == ("1", "PT0H0M0S")


def test_the_planners_calendar_is_the_islands() -> None:
    root = xml_of(a_running_project())
    days = root.findall(f".//{NS}WeekDay")
    worked = [day.findtext(f"{NS}DayType") for day in days if day.findtext(f"{NS}DayWorking") == "1"]
    assert worked == ["2", "3", "4", "5", "6"]
    off = [day.findtext(f"{NS}TimePeriod/{NS}FromDate") for day in days if day.findtext(f"{NS}DayType") == "0"]
    assert "2026-12-20T00:00:00" in off


@pytest.mark.parametrize("facts", [a_project(), an_odd_project()], ids=["without dates", "odd"])
def test_any_project_is_a_well_formed_file_that_never_changes(facts: ProjectFacts) -> None:
    assert project_xml(facts, AT, TODAY, CALENDAR) == project_xml(facts, AT, TODAY, CALENDAR)
    root = xml_of(facts)
    assert all(in_order(task, TASK_ORDER) for task in root.find(f"{NS}Tasks") or ())
    assert all(len(task.findtext(f"{NS}Name") or "") <= 512 for task in root.find(f"{NS}Tasks") or ())


def events_of(facts: ProjectFacts) -> dict[str, object]:
    book = Calendar.from_ical(project_calendar(facts, AT, TODAY, CALENDAR, RULES))
    return {str(event["summary"]): event for event in book.walk("VEVENT")}


def test_the_calendar_holds_what_is_to_come_in_the_islands_time() -> None:
    facts = a_running_project()
    file = project_calendar(facts, AT, TODAY, CALENDAR, RULES)
    assert b"TZID:Indian/Reunion" in file
    assert b"TZOFFSETTO:+0400" in file
    events = events_of(facts)
    assert "Devis · Boulangerie du Volcan" not in events
    delivery = events["Livraison · Boulangerie du Volcan"]
    step = next(one for one in facts.steps if one.name == "Livraison")
    assert step.planned_end is not None
    assert delivery["dtstart"].dt == step.planned_start  # type: ignore[index]  # an event of icalendar
    assert delivery["dtend"].dt == step.planned_end + timedelta(1)  # type: ignore[index]
    call = events["Contact après livraison · Boulangerie du Volcan"]["dtstart"].dt  # type: ignore[index]
    assert (call.hour, call.utcoffset()) == (9, timedelta(hours=4))
    assert any(name.startswith("Livrable : Site en ligne") for name in events)


def test_a_date_that_moved_updates_the_event_it_made_before() -> None:
    facts = a_running_project()
    step = next(one for one in facts.steps if one.name == "Livraison")
    move = Move(
        id="m", subject_id=step.id, title="Livraison", start_before=None, end_before=None, start_after=None,
        end_after=None, reason="Photos", moved_at=AT, adviser="Camille",
    )  # fmt: skip
    before = events_of(facts)["Livraison · Boulangerie du Volcan"]
    after = events_of(replace(facts, moves=[move]))["Livraison · Boulangerie du Volcan"]
    assert before["uid"] == after["uid"]  # type: ignore[index]
    assert (before["sequence"], after["sequence"]) == (0, 1)  # type: ignore[index]


def test_a_calendar_of_odd_texts_is_read_back() -> None:
    assert events_of(an_odd_project())


def csv_of(*projects: ProjectFacts) -> list[dict[str, str]]:
    content = project_export_csv(projects, TODAY, CALENDAR, RenewalRule(), RULES)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_the_csv_has_stable_columns_iso_dates_and_exact_money() -> None:
    (row,) = csv_of(a_running_project())
    assert tuple(row) == PROJECT_EXPORT_COLUMNS
    assert (row["numero"], row["prestations"], row["etat"]) == ("PR-2026-TST-00001", "S01", "En cours")
    assert (row["budget"], row["total_36_mois"], row["commence_le"]) == ("3480.00", "4080.00", "2026-09-01")
    assert (row["avis_cahier_des_charges"], row["avis_fin"]) == ("2026-09-21", "")
    assert "C27" in row["clauses_ouvertes"].split()


def test_a_text_that_a_spreadsheet_would_run_is_made_harmless() -> None:
    facts = a_running_project(title="=1+1", notes="+262692000001\n@x")
    (row,) = csv_of(facts)
    assert (row["projet"], row["notes"]) == ("'=1+1", "'+262692000001 / @x")


def test_the_workbook_has_numbers_and_days_that_can_be_added_up_and_sorted() -> None:
    content = project_export_xlsx([a_running_project(), an_odd_project()], TODAY, CALENDAR, RenewalRule(), RULES)
    sheet = openpyxl.load_workbook(BytesIO(content)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == PROJECT_EXPORT_COLUMNS
    row = dict(zip(PROJECT_EXPORT_COLUMNS, rows[1], strict=True))
    assert Decimal(str(row["budget"])) == Decimal("3480")
    assert isinstance(row["commence_le"], date)
    assert len(rows) == 3
