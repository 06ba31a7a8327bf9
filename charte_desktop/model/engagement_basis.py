"""What a clause is looked at with, and what can be said of it: shared by the rules of all clauses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from charte_desktop.model.display import show_date
from charte_desktop.model.engagement_facts import Link
from charte_desktop.model.project_facts import Evidence, ProjectFacts
from charte_desktop.model.project_kinds import StepKind
from charte_desktop.model.project_rules import ProjectRules
from charte_desktop.model.validity import RenewalRule


class TraceState(Enum):
    """What the file holds about a clause. The value is the word on screen and in print."""

    TRACED = "Tracé"
    PENDING = "En attente"
    NO_TRACE = "Aucune trace"
    NOT_APPLICABLE = "Sans objet"


TRACED, PENDING = TraceState.TRACED, TraceState.PENDING
NO_TRACE, NOT_APPLICABLE = TraceState.NO_TRACE, TraceState.NOT_APPLICABLE


@dataclass(frozen=True)
class Moment:
    """What a clause is looked at with."""

    facts: ProjectFacts
    today: date
    renewal: RenewalRule
    rules: ProjectRules


Said = tuple[TraceState, str, Sequence[Link]]
"""A state, why in facts, and what shows it."""


def awaited(moment: Moment, kind: StepKind, words: str) -> Said:
    """Pending until the step is done, without trace after it."""
    return (PENDING if moment.facts.done_on(kind) is None else NO_TRACE), words, ()


def said(one: Evidence) -> str:
    """A fact that was noted, with its day."""
    return f"{one.statement} ({show_date(one.noted_on)})"
