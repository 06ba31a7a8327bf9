"""The projects as a table and as a portfolio of timelines: which ones answer, in which order. Read by plain SQL.

A line's days are read as SQLite keeps them and understood when they are looked at: a portfolio of 2,000 projects holds
20,000 of them, of which a screen shows some hundreds.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from charte_desktop.model.calendar import WorkingCalendar
from charte_desktop.model.project_dates import Punctuality, Standing, next_due, standing_from
from charte_desktop.model.project_facts import Deliverable, Step
from charte_desktop.model.project_kinds import StepKind
from charte_desktop.model.project_rules import ProjectRules
from charte_desktop.model.project_state import ProjectState, state_from
from charte_desktop.model.wording import collation_key, normalise
from charte_desktop.store.project_store import ProjectStore


@dataclass(frozen=True)
class Question:
    """What somebody asks of the projects: words, filters that add up, an order."""

    text: str = ""
    state: ProjectState | None = None
    punctuality: Punctuality | None = None
    service_id: str = ""
    company_id: str = ""
    provider_id: str = ""
    is_open: bool = False
    """Only those that are not over."""
    order: str = ""
    """A name of `ORDERS`; empty for the next thing due first."""
    descending: bool = False


class ProjectRow:
    """A project as a line of the table and as a lane of the portfolio; what nobody looks at is not worked out."""

    def __init__(self, line: Sequence[Any], today: date, calendar: WorkingCalendar, rules: ProjectRules) -> None:
        self._line, self._today, self._calendar, self._rules = line, today, calendar, rules

    @property
    def id(self) -> str:
        return str(self._line[0])

    @property
    def number(self) -> str:
        return str(self._line[1])

    @property
    def title(self) -> str:
        return str(self._line[2])

    @property
    def company(self) -> str:
        return str(self._line[3]) or "(sans nom)"

    @property
    def provider(self) -> str:
        return str(self._line[4]) or "(sans nom)"

    @property
    def service_ids(self) -> Sequence[str]:
        return tuple(json.loads(self._line[5]))

    @property
    def budget(self) -> int | None:
        """Cents."""
        amount: int | None = self._line[6]
        return amount

    @property
    def end_on(self) -> date | None:
        return _day(self._line[7])

    @property
    def started_on(self) -> date | None:
        return _day(self._line[8])

    @property
    def closed_on(self) -> date | None:
        return _day(self._line[9])

    @property
    def company_id(self) -> str:
        return str(self._line[12])

    @property
    def provider_id(self) -> str:
        return str(self._line[13])

    @property
    def company_in_bin(self) -> bool:
        return bool(self._line[14])

    @property
    def provider_removed(self) -> bool:
        """True when the provider is out of the register today (C18); the project goes on."""
        return bool(self._line[15])

    @cached_property
    def state(self) -> ProjectState:
        """Where the project stands."""
        return state_from(
            closed=self._line[9] is not None,
            frozen=bool(self._line[10]),
            succeeded=bool(self._line[11]),
            started=self._line[8] is not None,
            delivered=self._line[18] is not None,
        )

    @cached_property
    def steps(self) -> Sequence[Step]:
        """Its steps with their days, in order."""
        return [
            Step(
                id=one,
                kind=StepKind[kind],
                title=title,
                position=place,
                planned_start=_day(days[0]),
                planned_end=_day(days[1]),
                actual_start=_day(days[2]),
                actual_end=_day(days[3]),
            )
            for place, (one, kind, title, *days) in enumerate(json.loads(self._line[16]), 1)
        ]

    @cached_property
    def deliverables(self) -> Sequence[Deliverable]:
        """What is handed over, with its days."""
        return [
            Deliverable(id=one, title=title, position=place, planned_on=_day(planned), delivered_on=_day(done))
            for place, (one, title, planned, done) in enumerate(json.loads(self._line[17]), 1)
        ]

    @cached_property
    def agreed(self) -> dict[str, Sequence[str | None]]:
        """The agreed days of the latest baseline (C25), by step and deliverable."""
        found: dict[str, Sequence[str | None]] = json.loads(self._line[19] or "{}")
        return found

    @cached_property
    def standing(self) -> Standing:
        """Late, at risk or on time today, and why."""
        if not self.is_open:
            return Standing(Punctuality.DONE, self.state.value.lower())
        agreed_end = _day(self._line[20])
        return standing_from(self.steps, self.deliverables, agreed_end, self._today, self._calendar, self._rules)

    @property
    def next_due(self) -> tuple[str, date] | None:
        """What comes next, and when; nothing for what is over."""
        return next_due(self.steps, self.deliverables) if self.is_open else None

    @property
    def is_open(self) -> bool:
        """True while something is to be done in it."""
        return self.state in (ProjectState.PREPARED, ProjectState.RUNNING, ProjectState.DELIVERED)

    @property
    def days_written(self) -> list[str]:
        """Every day of it as it is kept, to look for the first and the last without understanding them all."""
        told = [self._line[7], self._line[8], self._line[9]]
        return [*filter(None, told), *_DAYS.findall(self._line[16]), *_DAYS.findall(self._line[17])]

    @cached_property
    def words(self) -> str:
        """What it is found by."""
        return normalise(" ".join((self.number, self.title, self.company, self.provider)))


_DAYS = re.compile(r'"(\d{4}-\d\d-\d\d)"')


def extent_of(rows: Iterable[ProjectRow]) -> tuple[date, date] | None:
    """The first and the last day of these projects; None without any."""
    written = [day for row in rows for day in row.days_written]
    return (date.fromisoformat(min(written)), date.fromisoformat(max(written))) if written else None


PORTFOLIO = """
    SELECT project.id, project.number, project.title, company.legal_name, provider.legal_name, project.service_ids,
        project.budget, project.end_on, project.started_on, project.closed_on,
        EXISTS (SELECT 1 FROM project_incapacity WHERE project_id = project.id AND lifted_on IS NULL),
        EXISTS (SELECT 1 FROM project AS next WHERE next.predecessor_id = project.id AND next.deleted_at IS NULL),
        project.company_id, project.provider_id, company.deleted_at IS NOT NULL,
        EXISTS (SELECT 1 FROM removal WHERE provider_id = project.provider_id AND removed_on <= :today
            AND (lifted_on IS NULL OR lifted_on > :today)),
        (SELECT json_group_array(json_array(id, kind, title, planned_start, planned_end, actual_start, actual_end))
            FROM (SELECT * FROM project_step WHERE project_id = project.id ORDER BY position)),
        (SELECT json_group_array(json_array(id, title, planned_on, delivered_on))
            FROM (SELECT * FROM project_deliverable WHERE project_id = project.id ORDER BY position)),
        (SELECT actual_end FROM project_step WHERE project_id = project.id AND kind = 'DELIVERY'),
        baseline.dates, baseline.end_on,
        (SELECT min(due) FROM (
            SELECT planned_end AS due FROM project_step WHERE project_id = project.id AND actual_end IS NULL
            UNION ALL
            SELECT planned_on FROM project_deliverable WHERE project_id = project.id AND delivered_on IS NULL)) AS due
    FROM project JOIN company ON company.id = project.company_id JOIN provider ON provider.id = project.provider_id
    LEFT JOIN project_baseline AS baseline ON baseline.id = (
        SELECT id FROM project_baseline WHERE project_id = project.id ORDER BY number DESC LIMIT 1)
    WHERE project.deleted_at IS NULL
    ORDER BY project.closed_on IS NOT NULL, due IS NULL, due, project.number DESC
"""
"""The query that feeds a portfolio: what is open first, by what is due next."""

_RANKS = {state: rank for rank, state in enumerate(ProjectState)}
_BY: dict[str, Callable[[ProjectRow], Any]] = {
    "title": lambda row: collation_key(row.title),
    "number": lambda row: row.number,
    "company": lambda row: collation_key(row.company),
    "provider": lambda row: collation_key(row.provider),
    "state": lambda row: (_RANKS[row.state],),
    "due": lambda row: None if row.next_due is None else row.next_due[1],
    "end_on": lambda row: row.end_on,
    "started_on": lambda row: row.started_on,
    "budget": lambda row: None if row.budget is None else (row.budget,),
    "services": lambda row: row.service_ids,
}
ORDERS = tuple(_BY)
"""The columns by which the projects can be ordered."""


class ProjectRows(ProjectStore):
    """What is shown of the projects of the base."""

    def search(self, asked: Question | None = None, *, limit: int | None = None, offset: int = 0) -> list[ProjectRow]:
        """The projects that answer, those in the recycle bin left out: what is due next comes first.

        A line with nothing in the column of the order comes last either way.
        """
        asked = asked or Question()
        rows = self.all()
        if asked != Question():
            rows = _ordered([row for row in rows if _answers(row, asked)], asked)
        return rows[offset : None if limit is None else offset + limit]

    def all(self) -> list[ProjectRow]:
        """Every project outside the recycle bin: a portfolio."""
        today, calendar, rules = self._database.today(), self.calendar, self.rules
        with self._database.looking() as base:
            lines = base.execute(PORTFOLIO, {"today": today.isoformat()}).fetchall()
        return [ProjectRow(line, today, calendar, rules) for line in lines]

    def count(self) -> int:
        """How many projects there are, the recycle bin left out."""
        with self._database.looking() as base:
            return int(base.execute("SELECT count(*) FROM project WHERE deleted_at IS NULL").fetchone()[0])

    def counts_by_state(self) -> dict[ProjectState, int]:
        """How many projects stand in each state; every state is there."""
        counted = Counter(row.state for row in self.all())
        return {state: counted[state] for state in ProjectState}

    def holds(self, project_id: str) -> bool:
        """True while the project is there and not in the recycle bin."""
        with self._database.looking() as base:
            query = "SELECT 1 FROM project WHERE id = ? AND deleted_at IS NULL"
            return base.execute(query, (project_id,)).fetchone() is not None

    def bin(self) -> list[tuple[str, str, str]]:
        """Id, number and title of the projects in the recycle bin, the last deleted first."""
        with self._database.looking() as base:
            query = "SELECT id, number, title FROM project WHERE deleted_at IS NOT NULL ORDER BY deleted_at DESC"
            return [(one, number, title) for one, number, title in base.execute(query)]

    def of_company(self, company_id: str) -> list[ProjectRow]:
        """The projects of a company."""
        return self.search(Question(company_id=company_id))

    def of_provider(self, provider_id: str) -> list[ProjectRow]:
        """The projects of a provider."""
        return self.search(Question(provider_id=provider_id))


def _answers(row: ProjectRow, asked: Question) -> bool:
    words = normalise(asked.text).split()
    return (
        (not words or all(f" {word}" in f" {row.words}" for word in words))
        and (asked.state is None or row.state is asked.state)
        and (asked.punctuality is None or row.standing.punctuality is asked.punctuality)
        and (not asked.service_id or asked.service_id in row.service_ids)
        and (not asked.company_id or row.company_id == asked.company_id)
        and (not asked.provider_id or row.provider_id == asked.provider_id)
        and (not asked.is_open or row.state not in (ProjectState.CLOSED, ProjectState.HANDED_OVER))
    )


def _ordered(rows: Iterable[ProjectRow], asked: Question) -> list[ProjectRow]:
    if not asked.order:
        return list(rows)
    keys = [(_BY[asked.order](row), row) for row in rows]
    filled = sorted((one for one in keys if one[0]), key=lambda one: one[0], reverse=asked.descending)
    return [row for _, row in filled] + [row for key, row in keys if not key]


def _day(written: str | None) -> date | None:
    return None if written is None else date.fromisoformat(written)
