"""What every way of changing a project shares: it is read whole, the rules are asked, then one action is kept."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from charte_desktop.errors import UserError
from charte_desktop.model.calendar import WorkingCalendar
from charte_desktop.model.engagements import ClauseTrace, matrix
from charte_desktop.model.project_facts import ProjectFacts
from charte_desktop.model.project_rules import ProjectRules
from charte_desktop.model.validity import RenewalRule
from charte_desktop.store.database import Database
from charte_desktop.store.office_rules import working_calendar
from charte_desktop.store.project_reading import read_project
from charte_desktop.store.provider_rows import renewal_rule

if TYPE_CHECKING:
    from charte_desktop.model.base import Record
    from charte_desktop.store.journal import JournalledSession

Line = TypeVar("Line", bound="Record")

RULE_SETTINGS = {
    "silence_days": "project_silence_days",
    "notice_days": "project_notice_days",
    "call_days": "project_call_days",
    "price_notice_days": "project_price_notice_days",
}
"""The settings of the base that hold the office's numbers of days."""


class ProjectStore:
    """Reads projects and keeps what is changed in them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def rules(self) -> ProjectRules:
        """The office's numbers of days."""
        told = {name: self._database.setting(setting) for name, setting in RULE_SETTINGS.items()}
        return ProjectRules(**{name: int(value) for name, value in told.items() if value})

    @property
    def renewal(self) -> RenewalRule:
        """How long a signature of the charter binds here."""
        return renewal_rule(self._database)

    @property
    def calendar(self) -> WorkingCalendar:
        """The worked days of La Réunion, less the closures of the office."""
        return working_calendar(self._database)

    def facts(self, project_id: str) -> ProjectFacts:
        """Everything that is shown of one project; those in the recycle bin too."""
        with self._database.looking() as base:
            return read_project(base, project_id)

    def matrix(self, project_id: str) -> list[ClauseTrace]:
        """The clauses that concern the project, as the facts of today show them."""
        return matrix(self.facts(project_id), self._database.today(), self.renewal, self.rules)

    @contextmanager
    def _changing(
        self, label: str, project_id: str, *, at_any_time: bool = False, undoable: bool = True
    ) -> "Iterator[tuple[JournalledSession, ProjectFacts]]":
        """One action on an open project. `at_any_time` for what may still be noted once it is closed or interrupted."""
        from charte_desktop.store.raw_rows import driver

        with self._database.transaction(label, undoable=undoable) as session:
            facts = read_project(driver(session.connection()), project_id)
            if not at_any_time:
                require_open(facts)
            yield session, facts


def require_open(facts: ProjectFacts) -> None:
    """Refuse to change a project that is over, interrupted or in the recycle bin."""
    if facts.deleted_at is not None:
        raise UserError("Ce projet est à la corbeille : remettez-le d'abord en place.")
    if facts.successor is not None:
        raise UserError(f"Ce projet est repris par {facts.successor[1]} : c'est là qu'il continue.")
    if facts.closed_on is not None:
        raise UserError("Ce projet est clos : rouvrez-le pour le changer (Actions, « Rouvrir le projet »).")
    if facts.incapacity is not None:
        raise UserError(
            "Ce projet est interrompu par l'incapacité du prestataire (C19) : trouvez-lui un repreneur, ou levez "
            "l'interruption."
        )


def keep_line(
    session: "JournalledSession", kind: type[Line], project_id: str, line_id: str | None, values: Mapping[str, Any]
) -> Line:
    """A new line of a project, or what changed in one that is there."""
    if line_id is None:
        made = kind(project_id=project_id, **values)
        session.add(made)
        return made
    line = line_of(session, kind, project_id, line_id)
    for name, value in values.items():
        setattr(line, name, value)
    return line


def line_of(session: "JournalledSession", kind: type[Line], project_id: str, line_id: str) -> Line:
    """A line of a project. Refused: one that is gone, or that belongs to another project."""
    line = session.get(kind, line_id)
    if line is None or getattr(line, "project_id", None) != project_id:
        raise UserError("Cette ligne n'existe plus : actualisez le projet.")
    return line


def next_position(lines: Iterator[int] | list[int]) -> int:
    """The place after the last."""
    return max(lines, default=0) + 1
