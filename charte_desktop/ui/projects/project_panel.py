"""A project beside the table: where it stands, what comes next, and its parts."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QStackedWidget, QWidget

from charte_desktop.model.engagement_facts import Link, LinkKind
from charte_desktop.model.project_kinds import DocumentKind, StepKind
from charte_desktop.model.project_next import Act as ProjectAct
from charte_desktop.model.project_next import Next, next_act, situation
from charte_desktop.model.project_state import ProjectState, state_of_project
from charte_desktop.ui import marks
from charte_desktop.ui.elided_label import ElidedLabel
from charte_desktop.ui.forms_part import FormsPart
from charte_desktop.ui.identity_form import FormField
from charte_desktop.ui.projects.documents_part import DocumentsPart
from charte_desktop.ui.projects.engagements_part import EngagementsPart
from charte_desktop.ui.projects.follow_part import EXCHANGES, NOTICES, PARTIES, FollowPart
from charte_desktop.ui.projects.money_part import CHANGES, MoneyPart
from charte_desktop.ui.projects.overruns_part import OverrunsPart
from charte_desktop.ui.projects.project_desk import ProjectDesk
from charte_desktop.ui.projects.project_form import ShownProject, awaited_fields, project_fields, scratch
from charte_desktop.ui.projects.steps_part import STEPS, StepsPart
from charte_desktop.ui.projects.story_part import StoryPart
from charte_desktop.ui.projects.timeline_part import TimelinePart
from charte_desktop.ui.record_band import CALM, WARNING, Act
from charte_desktop.ui.record_panel import EditedPanel

if TYPE_CHECKING:
    from charte_desktop.model.project import ProjectRecord
    from charte_desktop.store.database import Database
    from charte_desktop.store.look_alikes import LookAlike, Typed
    from charte_desktop.ui.line_form import LineRequest
    from charte_desktop.ui.record_editor import RecordStore, Scratch

PARTS, ACT = 0, 1
STATES: dict[ProjectState, marks.Mark] = {
    ProjectState.PREPARED: ("ring", "accent"),
    ProjectState.RUNNING: ("disc", "accent"),
    ProjectState.DELIVERED: ("half", "done"),
    ProjectState.INTERRUPTED: ("triangle", "error"),
    ProjectState.HANDED_OVER: ("square", "muted"),
    ProjectState.CLOSED: ("disc", "done"),
}


_PAPERS = {
    StepKind.QUOTE: DocumentKind.QUOTE.name,
    StepKind.ORDER: DocumentKind.CONTRACT.name,
    StepKind.SPECIFICATION: DocumentKind.SPECIFICATION.name,
    StepKind.SCHEDULE: DocumentKind.SCHEDULE.name,
    StepKind.DELIVERY: DocumentKind.DELIVERY.name,
}
"""What is joined to a step most often."""


class ActPlace(FormsPart):
    """Where an act on the whole project is asked, in place of its parts."""

    left = Signal()

    def serve(self, database: "Database") -> None:
        """Keep drafts in this base."""
        self._database = database

    def leave_form(self) -> None:
        super().leave_form()
        self.left.emit()


class ProjectPanel(EditedPanel["ProjectRecord", ShownProject]):
    """One project: its form is edited in place, its lines in forms of their own."""

    record_stack: QStackedWidget
    act_place: ActPlace
    mark: QLabel
    state_label: QLabel
    next_button: QPushButton
    actions_button: QPushButton
    form_page: QWidget
    steps: StepsPart
    timeline: TimelinePart
    money: MoneyPart
    overruns: OverrunsPart
    engagements: EngagementsPart
    follow: FollowPart
    documents: DocumentsPart
    story: StoryPart
    history_page: QWidget

    act_asked = Signal(object)
    """Do this `Next`."""

    FORM = "project_panel"
    KIND = "project"
    NEW = "Nouveau projet"
    PROMOTED = (
        ElidedLabel,
        ActPlace,
        StepsPart,
        TimelinePart,
        MoneyPart,
        OverrunsPart,
        EngagementsPart,
        FollowPart,
        DocumentsPart,
        StoryPart,
    )

    def __init__(self, database: "Database", parent: QWidget | None = None) -> None:
        self.desk = ProjectDesk(database)
        super().__init__(database, parent)
        self._next = Next(ProjectAct.START, "")
        self._opened: set[QWidget] = set()
        self.act_place.serve(database)
        self.act_place.left.connect(lambda: self.record_stack.setCurrentIndex(PARTS))
        self.act_place.changed.connect(self.changed_here)
        self.next_button.clicked.connect(lambda: self.act_asked.emit(self._next))
        for part in self._own_parts():
            part.changed.connect(self.changed_here)
        self.engagements.link_asked.connect(self.follow_link)
        self.timeline.opened.connect(self._open_bar)
        self.steps.attach_asked.connect(self.attach_to)
        self.parts.tabBar().setExpanding(False)

    def _own_parts(self) -> Sequence[FormsPart | TimelinePart]:
        return (
            self.steps,
            self.timeline,
            self.money,
            self.overruns,
            self.engagements,
            self.follow,
            self.documents,
        )

    # What every record panel says

    def fields(self) -> Sequence[FormField]:
        return project_fields()

    def scratch(self) -> "Callable[[], Scratch]":
        return scratch

    def store(self) -> "RecordStore[ProjectRecord]":
        return _Store(self.desk)

    def read(self, record_id: str) -> ShownProject:
        from charte_desktop.store.project_reading import read_project

        with self.database.looking() as base:
            facts = read_project(base, record_id)
        self.desk.show(facts)
        return ShownProject(facts)

    def look(self, typed: "Typed", own_id: str) -> "Sequence[LookAlike]":
        return ()

    def awaited(self, record: "ShownProject | ProjectRecord") -> Sequence[str]:
        is_over = self.shown is not None and self.desk.facts.started_on is not None
        return () if is_over else awaited_fields(record)

    def show_record(self, record_id: str) -> None:
        """Show a project; another one leaves what was asked about the one before."""
        if self.shown is not None and self.shown.id != record_id:
            self.leave_act()
        super().show_record(record_id)
        self.form.setEnabled(self.desk.is_open)

    def show_head(self, record: ShownProject) -> None:
        """Say what the project is, whose, and how it stands."""
        facts = record.facts
        state = state_of_project(facts)
        self.name_label.setText(facts.title)
        told = [facts.number, facts.company.name, f"prestataire : {facts.provider.name}"]
        if facts.predecessor is not None:
            told.append(f"suite de {facts.predecessor[1]}")
        self.facts_label.setText(" · ".join(told))
        sign = [STATES[state]]
        self.mark.setPixmap(marks.icon(sign).pixmap(marks.size(sign), self.devicePixelRatioF()))
        self.state_label.setText(state.value)
        self._next = next_act(facts)
        self.next_button.setText(self._next.words.replace("&", "&&"))

    def say_standing(self, record: ShownProject) -> None:
        """Say what matters most about the project now, with what can be done."""
        store = self.desk.store
        told = situation(record.facts, self.desk.today, store.renewal, store.rules, store.calendar)
        acts = [Act(one.words, "", partial(self.act_asked.emit, one)) for one in told.acts]
        self.band.say(told.words, *acts, tone=WARNING if told.is_warning else CALM)

    def fill_own_part(self, page: QWidget, record_id: str) -> None:
        if page is self.form_page or self.shown is None:
            return
        if isinstance(
            page,
            (StepsPart, TimelinePart, MoneyPart, OverrunsPart, EngagementsPart, FollowPart, DocumentsPart, StoryPart),
        ):
            if page not in self._opened:
                page.open(self.desk)
                self._opened.add(page)
            page.show_project(self.desk.facts)

    # What is kept elsewhere than in the form

    def changed_here(self) -> None:
        """Something of the project was kept: say it again, everywhere."""
        assert self.shown is not None
        self._saved(self.shown.id)
        self.form.show_record(self.shown, self.awaited(self.shown), keep_typed=True)
        self.form.setEnabled(self.desk.is_open)

    def ask(self, fields: Sequence[object], request: "LineRequest", *, with_file: str = "") -> None:
        """Ask about the whole project, in place of its parts."""
        self.record_stack.setCurrentIndex(ACT)
        self.act_place.ask(fields, request, with_file=with_file)  # type: ignore[arg-type]  # typed fields

    def leave_act(self) -> None:
        """Show the parts again; what is typed stays a draft."""
        self.act_place.leave_form()

    # Ways inside

    def open_part(self, part: QWidget) -> QWidget:
        """Show a part, filled."""
        self.leave_act()
        self.parts.setCurrentWidget(part)
        self.fill_part()
        return part

    def resume_line(self, kind: str, record_id: str) -> None:
        """Show the form that was left half-way, with what was typed in it; `kind` is the draft's."""
        for part in (self.steps, self.money, self.follow, self.documents):
            if part not in self._opened:
                part.open(self.desk)
                self._opened.add(part)
            if kind in part.kinds():
                self.open_part(part)
                part.choose(kind, record_id)
                if record_id == self.desk.project_id:
                    part.begin()
                else:
                    part.edit()
                return
        if kind.startswith("overrun_"):
            self.open_part(self.overruns)
            self.overruns.choose(record_id)
        elif kind == "project_evidence":
            self.open_part(self.engagements)
            self.engagements.choose(record_id[-3:])
            self.engagements.note()

    def note_done(self, step_id: str) -> None:
        """Ask for the day on which a step was done."""
        self.open_part(self.steps)
        self.steps.choose(STEPS, step_id)
        step = next((one for one in self.desk.facts.steps if one.id == step_id), None)
        if step is not None:
            self.steps.note_done(step)

    def note_exchange(self, between: str = "") -> None:
        """Begin a line of the log."""
        self.open_part(self.follow)
        self.follow.begin(EXCHANGES, {"between": between} if between else None)

    def attach_to(self, step_id: str) -> None:
        """Begin a document that belongs to a step; its nature is the step's where it has one."""
        step = next((one for one in self.desk.facts.steps if one.id == step_id), None)
        kind = "" if step is None else _PAPERS.get(step.kind, "")
        self.open_part(self.documents)
        self.documents.begin(proposed={"step_id": step_id, **({"kind": kind} if kind else {})})

    def annex(self, document_id: str) -> None:
        """Ask for the annex of a signed document."""
        self.open_part(self.documents)
        document = self.desk.facts.document(document_id)
        if document is not None:
            self.documents.ask_annex(document)

    def follow_link(self, link: Link) -> None:
        """Show what a clause's evidence leads to."""
        match link.kind:
            case LinkKind.DOCUMENT:
                self.open_part(self.documents)
                self.documents.choose("project_document", link.target)
            case LinkKind.STEPS:
                self.open_part(self.steps)
                self.steps.choose(STEPS, link.target)
            case LinkKind.EXCHANGE:
                self.open_part(self.follow)
                self.follow.choose(EXCHANGES, link.target)
            case LinkKind.NOTICE:
                self.open_part(self.follow)
                self.follow.choose(NOTICES, link.target)
            case LinkKind.PARTY:
                self.open_part(self.follow)
                self.follow.choose(PARTIES, link.target)
            case LinkKind.MONEY:
                self.open_part(self.money)
            case LinkKind.PRICE_CHANGE:
                self.open_part(self.money)
                self.money.choose(CHANGES, link.target)
            case LinkKind.OVERRUN:
                self.open_part(self.overruns)
                self.overruns.choose(link.target)
            case LinkKind.STORY:
                self.open_part(self.story)
            case LinkKind.FORM:
                self.open_part(self.form_page)
                if link.target in self.form.names():
                    self.form.box(link.target).setFocus(Qt.FocusReason.OtherFocusReason)
                    self.form.reveal(link.target)
            case LinkKind.EVIDENCE:
                pass
            case _:
                self.act_asked.emit(link)

    def _open_bar(self, bar_id: str) -> None:
        """Show what a bar of the timeline is of."""
        facts = self.desk.facts
        if any(one.id == bar_id for one in facts.steps):
            self.open_part(self.steps)
            self.steps.choose(STEPS, bar_id)
        elif any(one.id == bar_id for one in facts.deliverables):
            self.open_part(self.steps)
            self.steps.choose("project_deliverable", bar_id)
        elif any(one.id == bar_id for one in facts.exchanges):
            self.follow_link(Link(LinkKind.EXCHANGE, bar_id, ""))
        elif any(one.id == bar_id for one in facts.overruns):
            self.follow_link(Link(LinkKind.OVERRUN, bar_id, ""))
        else:
            self.follow_link(Link(LinkKind.NOTICE, bar_id, ""))


class _Store:
    """What the form of a project is kept with; none is made by typing."""

    def __init__(self, desk: ProjectDesk) -> None:
        self._desk = desk

    def get(self, record_id: str) -> "ProjectRecord":
        return self._desk.timelines.get(record_id)

    def save(self, record: "ProjectRecord") -> "ProjectRecord":
        return self._desk.timelines.save(record)

    def new(self, record_id: str) -> "ProjectRecord":
        raise NotImplementedError("a project is opened from an accompaniment (C03)")

    def add(self, record: "ProjectRecord") -> "ProjectRecord":
        raise NotImplementedError("a project is opened from an accompaniment (C03)")
