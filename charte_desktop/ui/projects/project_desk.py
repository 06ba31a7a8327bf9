"""The project beside the list, for the parts that show and change it: what was read of it, and what keeps it."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from charte_desktop.ui.files import read_file

if TYPE_CHECKING:
    from charte_desktop.model.project_facts import ProjectFacts
    from charte_desktop.store.database import Database
    from charte_desktop.store.project_incapacity import ProjectIncapacity
    from charte_desktop.store.project_log import ProjectLog
    from charte_desktop.store.project_money import ProjectMoney
    from charte_desktop.store.project_overruns import ProjectOverruns
    from charte_desktop.store.project_papers import File, ProjectPapers
    from charte_desktop.store.project_steps import ProjectSteps
    from charte_desktop.store.project_store import ProjectStore
    from charte_desktop.store.project_timelines import ProjectTimelines


class ProjectDesk:
    """One project at a time; the stores are made when something is changed."""

    def __init__(self, database: "Database") -> None:
        self.database = database
        self._facts: ProjectFacts | None = None

    @property
    def facts(self) -> "ProjectFacts":
        """What was read of the project last."""
        assert self._facts is not None, "no project is shown"
        return self._facts

    def show(self, facts: "ProjectFacts") -> None:
        """Serve this project from now on."""
        self._facts = facts

    @property
    def project_id(self) -> str:
        """Its id."""
        return self.facts.id

    @property
    def today(self) -> date:
        """The day on the island."""
        return self.database.today()

    @property
    def is_open(self) -> bool:
        """True while the project may be changed: not closed, not interrupted, not in the recycle bin."""
        facts = self.facts
        return facts.closed_on is None and facts.incapacity is None and facts.deleted_at is None

    @cached_property
    def store(self) -> "ProjectStore":
        """What is read: the office's rules and calendar, the clauses; no SQLAlchemy is loaded for it."""
        from charte_desktop.store.project_store import ProjectStore

        return ProjectStore(self.database)

    @cached_property
    def timelines(self) -> "ProjectTimelines":
        """Opening, starting, closing."""
        from charte_desktop.store.project_timelines import ProjectTimelines

        return ProjectTimelines(self.database)

    @cached_property
    def steps(self) -> "ProjectSteps":
        """Steps, deliverables, schedules."""
        from charte_desktop.store.project_steps import ProjectSteps

        return ProjectSteps(self.database)

    @cached_property
    def money(self) -> "ProjectMoney":
        """Prices, invoices, changes of price."""
        from charte_desktop.store.project_money import ProjectMoney

        return ProjectMoney(self.database)

    @cached_property
    def overruns(self) -> "ProjectOverruns":
        """Overruns."""
        from charte_desktop.store.project_overruns import ProjectOverruns

        return ProjectOverruns(self.database)

    @cached_property
    def papers(self) -> "ProjectPapers":
        """Documents, facts on clauses, notices."""
        from charte_desktop.store.project_papers import ProjectPapers

        return ProjectPapers(self.database)

    @cached_property
    def log(self) -> "ProjectLog":
        """Exchanges, other parties, the story."""
        from charte_desktop.store.project_log import ProjectLog

        return ProjectLog(self.database)

    @cached_property
    def incapacity(self) -> "ProjectIncapacity":
        """Interruptions and hand-overs."""
        from charte_desktop.store.project_incapacity import ProjectIncapacity

        return ProjectIncapacity(self.database)

    def file(self, path: Path | None) -> "File | None":
        """A file that was given, read whole."""
        from charte_desktop.store.project_papers import File

        return None if path is None else File(path.name, read_file(path))

    # What lists in forms offer

    def step_options(self) -> Sequence[tuple[str, str]]:
        """The steps of the project."""
        return [(one.id, one.name) for one in self.facts.steps]

    def price_options(self) -> Sequence[tuple[str, str]]:
        """Its prices, those of overruns too."""
        return [(one.id, one.label) for one in self.facts.prices]

    def document_options(self) -> Sequence[tuple[str, str]]:
        """Its documents."""
        return [(one.id, one.name) for one in self.facts.documents]

    def version_options(self) -> Sequence[tuple[str, str]]:
        """The versions of the charter, the latest first."""
        with self.database.looking() as base:
            lines = base.execute("SELECT id, label FROM charter_version ORDER BY added_at DESC").fetchall()
        return [(str(one), str(label)) for one, label in lines]
