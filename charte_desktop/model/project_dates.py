"""How a project stands against its dates: late, at risk, on time; what each party agreed on (C14, C25, C34)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from charte_desktop.model.calendar import WorkingCalendar
from charte_desktop.model.display import show_date
from charte_desktop.model.project_facts import Baseline, Deliverable, ProjectFacts, Step
from charte_desktop.model.project_kinds import StepKind
from charte_desktop.model.project_rules import ProjectRules
from charte_desktop.model.wording import some


class Punctuality(Enum):
    """Where something stands against its dates on a day. The value is the word on screen."""

    UNDATED = "sans date"
    ON_TIME = "dans les temps"
    AT_RISK = "à risque"
    LATE = "en retard"
    DONE = "fait"
    DONE_LATE = "fait en retard"


_GRAVEST = (Punctuality.LATE, Punctuality.AT_RISK)


@dataclass(frozen=True)
class Standing:
    """A punctuality, and why, in words that can be read alone."""

    punctuality: Punctuality
    words: str


def standing_of(
    step: Step, before: Sequence[Step], day: date, calendar: WorkingCalendar, rules: ProjectRules | None = None
) -> Standing:
    """Where a step stands on `day`; `before` are the steps that come first."""
    rules = rules or ProjectRules()
    end = step.planned_end
    if step.actual_end is not None:
        if end is not None and step.actual_end > end:
            count = calendar.count(end, step.actual_end) - calendar.is_working(end)
            return Standing(
                Punctuality.DONE_LATE, f"fait le {show_date(step.actual_end)}, {_days(count)} après la date"
            )
        return Standing(Punctuality.DONE, f"fait le {show_date(step.actual_end)}")
    if end is None:
        return Standing(Punctuality.UNDATED, "aucune date prévue")
    if end < day:
        count = calendar.count(end, day) - calendar.is_working(end)
        return Standing(Punctuality.LATE, f"en retard de {_days(max(count, 1))} sur le {show_date(end)}")
    return _before_its_end(step, end, before, day, calendar, rules)


def _before_its_end(
    step: Step, end: date, before: Sequence[Step], day: date, calendar: WorkingCalendar, rules: ProjectRules
) -> Standing:
    start = step.planned_start
    if step.actual_start is None and start is not None and start < day:
        return Standing(Punctuality.AT_RISK, f"devait commencer le {show_date(start)}")
    late = next(
        (one for one in before if not one.is_done and one.planned_end is not None and one.planned_end < day), None
    )
    if late is not None and step.kind is not StepKind.CALL:
        return Standing(Punctuality.AT_RISK, f"attend « {late.name} », en retard")
    left = calendar.count(day, end)
    if step.actual_start is None and step.kind is StepKind.WORK and left <= rules.near_days:
        return Standing(Punctuality.AT_RISK, f"pas commencé, {_days(left)} avant la fin prévue")
    return Standing(Punctuality.ON_TIME, f"prévu pour le {show_date(end)}")


def standings(
    steps: Sequence[Step], day: date, calendar: WorkingCalendar, rules: ProjectRules | None = None
) -> dict[str, Standing]:
    """The standing of each step, by id; they come in their order."""
    return {step.id: standing_of(step, steps[:number], day, calendar, rules) for number, step in enumerate(steps)}


def standing_of_deliverable(one: Deliverable, day: date) -> Standing:
    """Where a deliverable stands on `day` (C13)."""
    if one.delivered_on is not None:
        late = one.planned_on is not None and one.delivered_on > one.planned_on
        kind = Punctuality.DONE_LATE if late else Punctuality.DONE
        return Standing(kind, f"remis le {show_date(one.delivered_on)}")
    if one.planned_on is None:
        return Standing(Punctuality.UNDATED, "aucune date prévue")
    if one.planned_on < day:
        return Standing(Punctuality.LATE, f"attendu le {show_date(one.planned_on)}")
    return Standing(Punctuality.ON_TIME, f"attendu le {show_date(one.planned_on)}")


def standing_of_project(
    facts: ProjectFacts, day: date, calendar: WorkingCalendar, rules: ProjectRules | None = None
) -> Standing:
    """The gravest of what is not done; a planned end beyond the agreed one is a risk (C25, C39)."""
    if facts.closed_on is not None:
        return Standing(Punctuality.DONE, f"clos le {show_date(facts.closed_on)}")
    agreed_end = None if facts.baseline is None else facts.baseline.end_on
    return standing_from(facts.steps, facts.deliverables, agreed_end, day, calendar, rules)


def standing_from(
    steps: Sequence[Step],
    deliverables: Sequence[Deliverable],
    agreed_end: date | None,
    day: date,
    calendar: WorkingCalendar,
    rules: ProjectRules | None = None,
) -> Standing:
    """The same from the parts of a project that is not closed."""
    found = standings(steps, day, calendar, rules)
    waiting = [(step.name, found[step.id]) for step in steps if not step.is_done]
    waiting += [(one.title, standing_of_deliverable(one, day)) for one in deliverables if not one.delivered_on]
    for wanted in _GRAVEST:
        named = [(name, one) for name, one in waiting if one.punctuality is wanted]
        if named:
            more = f" (et {some(len(named) - 1, 'autre', 'autres')})" if len(named) > 1 else ""
            return Standing(wanted, f"« {named[0][0]} » {named[0][1].words}{more}")
    delivery = next((step for step in steps if step.kind is StepKind.DELIVERY and not step.is_done), None)
    planned = None if delivery is None else delivery.planned_end
    if planned is not None and agreed_end is not None and planned > agreed_end:
        words = f"livraison prévue le {show_date(planned)}, convenue le {show_date(agreed_end)}"
        return Standing(Punctuality.AT_RISK, words)
    dated = [one for _, one in waiting if one.punctuality is Punctuality.ON_TIME]
    if dated:
        return Standing(Punctuality.ON_TIME, dated[0].words)
    if waiting:
        return Standing(Punctuality.UNDATED, "aucune date prévue")
    return Standing(Punctuality.DONE, "tout est fait")


def agreed_dates(baseline: Baseline | None, subject_id: str) -> tuple[date | None, date | None]:
    """The start and the end that were agreed for a step or a deliverable (C25)."""
    pair = (None, None) if baseline is None else baseline.dates.get(subject_id, (None, None))
    start, end = (None if one is None else date.fromisoformat(one) for one in pair)
    return start, end


def snapshot(steps: Iterable[Step], deliverables: Iterable[Deliverable]) -> dict[str, list[str | None]]:
    """The planned dates as a baseline keeps them."""
    kept: dict[str, list[str | None]] = {}
    for step in steps:
        kept[step.id] = [_iso(step.planned_start), _iso(step.planned_end)]
    for one in deliverables:
        kept[one.id] = [_iso(one.planned_on), _iso(one.planned_on)]
    return {key: pair for key, pair in kept.items() if any(pair)}


def next_due(steps: Iterable[Step], deliverables: Iterable[Deliverable]) -> tuple[str, date] | None:
    """What is to be done next, and when: the earliest planned end of what is not done."""
    waiting = [(step.name, step.planned_end) for step in steps if not step.is_done and step.planned_end]
    waiting += [(one.title, one.planned_on) for one in deliverables if not one.delivered_on and one.planned_on]
    return min(waiting, key=lambda one: one[1], default=None)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _days(count: int) -> str:
    return some(count, "jour ouvré", "jours ouvrés")
