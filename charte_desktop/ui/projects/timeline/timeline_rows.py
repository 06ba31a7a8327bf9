"""A project, or many, as the rows of a timeline."""

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from charte_desktop.model.calendar import WorkingCalendar
from charte_desktop.model.project_dates import Standing
from charte_desktop.model.project_facts import ProjectFacts
from charte_desktop.model.project_rules import ProjectRules
from charte_desktop.model.timeline import Bar, lanes, portfolio_bars
from charte_desktop.ui.projects.timeline.timeline_scene import TimelineRow

if TYPE_CHECKING:
    from charte_desktop.store.project_rows import ProjectRow


def rows_of_project(
    facts: ProjectFacts, today: date, calendar: WorkingCalendar, rules: ProjectRules
) -> list[TimelineRow]:
    """A heading for each kind of lane, then its lanes; a lane alone of its kind is its own heading."""
    made: list[TimelineRow] = []
    group = ""
    for lane in lanes(facts, today, calendar, rules):
        alone = lane.title == lane.group
        if lane.group != group and not alone:
            made.append(TimelineRow("", lane.group, heading=True))
        group = lane.group
        made.append(TimelineRow(lane.bars[0].id, lane.title, lane.bars, heading=alone))
    return made


def rows_of_portfolio(projects: "Iterable[ProjectRow]", today: date) -> list[TimelineRow]:
    """One row for each project; its bars are worked out when they are seen: of two thousand, a screen shows thirty."""
    return [TimelineRow(one.id, f"{one.title} · {one.company}", later=partial(_read, one, today)) for one in projects]


def _read(project: "ProjectRow", today: date) -> tuple[list[Bar], Standing]:
    return portfolio_bars(project.steps, project.deliverables, project.agreed, today), project.standing
