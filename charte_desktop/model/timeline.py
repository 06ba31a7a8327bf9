"""A project as bars in lanes: the same for the screen, for paper and for a picture; no pixel here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from charte_desktop.model.calendar import WorkingCalendar
from charte_desktop.model.display import show_date
from charte_desktop.model.engagement_facts import notice_expected_since
from charte_desktop.model.overrun import state_of_overrun
from charte_desktop.model.project_dates import (
    Punctuality,
    Standing,
    agreed_dates,
    standing_of_deliverable,
    standings,
)
from charte_desktop.model.project_facts import Deliverable, ProjectFacts, Step
from charte_desktop.model.project_kinds import NoticeKind, StepKind
from charte_desktop.model.project_money import lines_of
from charte_desktop.model.project_rules import ProjectRules

Span = tuple[date | None, date | None]


class BarKind(Enum):
    """What a bar is; a milestone and what follows it are points in time."""

    STEP = "étape"
    MILESTONE = "jalon"
    DELIVERABLE = "livrable"
    NOTICE = "avis"
    EXCHANGE = "échange"
    OVERRUN = "dépassement"


POINTS = frozenset(BarKind) - {BarKind.STEP}


@dataclass(frozen=True)
class Bar:
    """One thing on the timeline: planned, agreed and real dates together."""

    id: str
    kind: BarKind
    title: str
    planned: Span
    agreed: Span
    actual: Span
    standing: Standing
    can_move: bool = False

    @property
    def days(self) -> list[date]:
        """Every date it has."""
        return [day for span in (self.planned, self.agreed, self.actual) for day in span if day is not None]

    def words(self) -> str:
        """Everything that it shows, to be read aloud."""
        told = [self.title]
        for label, (start, end) in (("prévu", self.planned), ("convenu", self.agreed), ("réel", self.actual)):
            if start and end and start != end:
                told.append(f"{label} du {show_date(start)} au {show_date(end)}")
            elif start and not end:
                told.append(f"{label} depuis le {show_date(start)}")
            elif end:
                told.append(f"{label} le {show_date(end)}")
        told.append(self.standing.words)
        return ", ".join(told)


@dataclass(frozen=True)
class Lane:
    """A line of the timeline with its words at the left."""

    group: str
    title: str
    bars: Sequence[Bar]


STEPS, DELIVERABLES, NOTICES, EXCHANGES, OVERRUNS = "Étapes", "Livrables", "Avis à la CCIR", "Échanges", "Dépassements"
_CALM = Standing(Punctuality.DONE, "")


def lanes(facts: ProjectFacts, today: date, calendar: WorkingCalendar, rules: ProjectRules | None = None) -> list[Lane]:
    """One lane for each step and each deliverable, one for the notices, one for the exchanges, one for overruns."""
    found = standings(facts.steps, today, calendar, rules)
    made = [Lane(STEPS, step.name, [_step(facts, step, found[step.id], today)]) for step in facts.steps]
    for one in facts.deliverables:
        bar = Bar(
            one.id,
            BarKind.DELIVERABLE,
            one.title,
            (one.planned_on, one.planned_on),
            agreed_dates(facts.baseline, one.id),
            (one.delivered_on, one.delivered_on),
            standing_of_deliverable(one, today),
            can_move=one.delivered_on is None,
        )
        made.append(Lane(DELIVERABLES, one.title, [bar]))
    notices = list(_notices(facts, today, rules or ProjectRules()))
    if notices:
        made.append(Lane(NOTICES, NOTICES, notices))
    if facts.exchanges:
        told = [
            Bar(one.id, BarKind.EXCHANGE, one.summary, (None, None), (None, None), (one.held_on, one.held_on), _CALM)
            for one in facts.exchanges
        ]
        made.append(Lane(EXCHANGES, EXCHANGES, told))
    if facts.overruns:
        made.append(Lane(OVERRUNS, OVERRUNS, [_overrun(facts, number) for number in range(len(facts.overruns))]))
    return made


def _step(facts: ProjectFacts, step: Step, standing: Standing, today: date) -> Bar:
    can_move = step.actual_end is None and step.planned_end is not None
    return _bar_of_step(step, agreed_dates(facts.baseline, step.id), standing, today, can_move=can_move)


def _bar_of_step(step: Step, agreed: Span, standing: Standing, today: date, *, can_move: bool) -> Bar:
    point = step.kind is StepKind.MILESTONE or (step.planned_start is None and step.planned_end is not None)
    start = step.actual_start or (step.actual_end if point else step.actual_end and step.planned_start)
    if start is not None and step.actual_end is not None and start > step.actual_end:
        start = step.actual_end
    return Bar(
        step.id,
        BarKind.MILESTONE if point else BarKind.STEP,
        step.name,
        (step.planned_end if point else step.planned_start, step.planned_end),
        agreed,
        (start, step.actual_end or (today if step.actual_start else None)),
        standing,
        can_move,
    )


def _notices(facts: ProjectFacts, today: date, rules: ProjectRules) -> Iterable[Bar]:
    for kind in NoticeKind:
        received = [one for one in facts.notices if one.kind is kind]
        for one in received:
            words = f"{kind.value} le {show_date(one.received_on)}"
            standing = Standing(Punctuality.DONE, f"de {one.from_whom}")
            yield Bar(one.id, BarKind.NOTICE, words, (None, None), (None, None), (one.received_on,) * 2, standing)
        since = notice_expected_since(facts, kind)
        if received or since is None:
            continue
        due = since + timedelta(rules.notice_days)
        late = due < today
        standing = Standing(
            Punctuality.LATE if late else Punctuality.ON_TIME,
            f"{'non reçu' if late else 'attendu'}, étape faite le {show_date(since)}",
        )
        what = "Avis du cahier des charges" if kind is NoticeKind.SPECIFICATION else "Avis de fin de réalisation"
        yield Bar(kind.name, BarKind.NOTICE, what, (due, due), (None, None), (None, None), standing)


def _overrun(facts: ProjectFacts, number: int) -> Bar:
    one = facts.overruns[number]
    state = state_of_overrun(one, bool(lines_of(facts, one)))
    day = one.answered_on or one.costed_on or one.reason_told_on or one.contacted_on or one.opened_on
    standing = Standing(Punctuality.DONE, state.value)
    return Bar(
        one.id, BarKind.OVERRUN, f"Dépassement n° {one.number}", (None, None), (None, None), (day, day), standing
    )


def portfolio_bars(
    steps: Iterable[Step], deliverables: Iterable[Deliverable], agreed: Mapping[str, Sequence[str | None]], today: date
) -> list[Bar]:
    """The bars of a project in one lane: its dated steps, and the deliverables that are still to come."""
    made = []
    for step in steps:
        if step.planned_end is None and step.actual_end is None:
            continue
        start, end = agreed.get(step.id) or (None, None)
        pair = (_date(start), _date(end))
        made.append(_bar_of_step(step, pair, _CALM, today, can_move=False))
    for one in deliverables:
        if one.planned_on is not None and one.delivered_on is None:
            day = (one.planned_on, one.planned_on)
            made.append(Bar(one.id, BarKind.DELIVERABLE, one.title, day, (None, None), (None, None), _CALM))
    return made


def _date(written: str | None) -> date | None:
    return None if written is None else date.fromisoformat(written)


_MARGIN_BEFORE, _MARGIN_AFTER = timedelta(7), timedelta(21)
_EMPTY_BEFORE, _EMPTY_AFTER = timedelta(30), timedelta(120)


def extent(made: Iterable[Lane], today: date) -> tuple[date, date]:
    """The first and the last day to show, today among them, with room for words at both ends."""
    days = [day for lane in made for bar in lane.bars for day in bar.days]
    if not days:
        return today - _EMPTY_BEFORE, today + _EMPTY_AFTER
    return min(*days, today) - _MARGIN_BEFORE, max(*days, today) + _MARGIN_AFTER
