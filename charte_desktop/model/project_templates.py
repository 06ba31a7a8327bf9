"""What a project usually looks like, by service: proposed when it is made, changed at will."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from charte_desktop.model import reference
from charte_desktop.model.calendar import WorkingCalendar
from charte_desktop.model.project_kinds import StepKind

_BEFORE_WORK = (
    (StepKind.QUOTE, 5),
    (StepKind.ORDER, 5),
    (StepKind.SPECIFICATION, 8),
    (StepKind.SCHEDULE, 3),
)
"""Worked days of each step before the work."""
_DELIVERY_DAYS, _CALL_DAYS = 2, 15
_USUAL_WORK = 20


@dataclass(frozen=True)
class Template:
    """The work of a service: how many worked days, which milestones on the way, what is handed over."""

    work_days: int
    milestones: Sequence[tuple[str, int]]
    """Each with how much of the work lies before it, in hundredths."""
    deliverables: Sequence[str]


@dataclass(frozen=True)
class ProposedStep:
    """A step as a template proposes it."""

    kind: StepKind
    title: str
    start: date | None
    end: date


@cache
def templates() -> dict[str, Template]:
    """The shipped templates by service."""
    return {
        row["prestation"]: Template(
            int(row["realisation"]),
            tuple((words, int(share)) for words, _, share in map(_milestone, filter(None, row["jalons"].split("|")))),
            tuple(filter(None, row["livrables"].split("|"))),
        )
        for row in reference.rows("reference", "modeles_projet.csv")
    }


def _milestone(text: str) -> tuple[str, str, str]:
    return text.rpartition("@")


def template_of(service_ids: Sequence[str]) -> Template:
    """One template for several services: the longest work, everything that is handed over, milestones of the first."""
    known = [templates()[one] for one in service_ids if one in templates()]
    if not known:
        return Template(_USUAL_WORK, (), ())
    deliverables = dict.fromkeys(words for one in known for words in one.deliverables)
    milestones = next((one.milestones for one in known if one.milestones), ())
    return Template(max(one.work_days for one in known), milestones, tuple(deliverables))


def propose_steps(template: Template, first: date, calendar: WorkingCalendar) -> list[ProposedStep]:
    """The charter's steps and the milestones, dated from `first` on worked days; the delivery ends the work (C14)."""
    steps = []
    day = calendar.on_or_after(first)
    for kind, length in _BEFORE_WORK:
        end = calendar.add(day, length - 1)
        steps.append(ProposedStep(kind, "", day, end))
        day = calendar.add(end, 1)
    work_end = calendar.add(day, template.work_days - 1)
    steps.append(ProposedStep(StepKind.WORK, "", day, work_end))
    for words, share in template.milestones:
        at = calendar.add(day, max(template.work_days * share // 100 - 1, 0))
        steps.append(ProposedStep(StepKind.MILESTONE, words, None, at))
    delivery = calendar.add(work_end, 1)
    delivery_end = calendar.add(delivery, _DELIVERY_DAYS - 1)
    steps.append(ProposedStep(StepKind.DELIVERY, "", delivery, delivery_end))
    call = calendar.add(delivery_end, _CALL_DAYS)
    steps.append(ProposedStep(StepKind.CALL, "", None, call))
    return steps
