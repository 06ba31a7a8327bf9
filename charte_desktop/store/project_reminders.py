"""What waits in projects, basket by basket, for the tab Aujourd'hui: each line is one click from its project."""

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from charte_desktop.model.calendar import WorkingCalendar
from charte_desktop.model.display import show_date
from charte_desktop.model.engagement_facts import late_notice, notice_expected_since, silence
from charte_desktop.model.project_dates import Punctuality, next_due, standing_of_project
from charte_desktop.model.project_facts import ProjectFacts
from charte_desktop.model.project_kinds import Answer, NoticeKind, StepKind
from charte_desktop.model.project_rules import ProjectRules
from charte_desktop.model.project_state import unannexed
from charte_desktop.model.wording import some
from charte_desktop.store.database import Database
from charte_desktop.store.project_reading import read_projects
from charte_desktop.store.project_store import ProjectStore

_SOON = timedelta(7)


@dataclass(frozen=True)
class ProjectReminder:
    """One thing that waits in one project."""

    project_id: str
    number: str
    title: str
    company: str
    provider: str
    words: str
    since: date
    """Since when it waits; for what is to come, its day."""
    clause_ids: tuple[str, ...] = ()

    def age_on(self, today: date) -> int:
        """Days since it waits; negative for what is to come."""
        return (today - self.since).days


Basket = list[ProjectReminder]


@dataclass(frozen=True)
class _Day:
    """What a basket is filled with."""

    today: date
    rules: ProjectRules
    calendar: WorkingCalendar


Rule = Callable[[ProjectFacts, _Day], Iterator[ProjectReminder]]


def _late(facts: ProjectFacts, day: _Day) -> Iterator[ProjectReminder]:
    if facts.incapacity is not None:
        return
    standing = standing_of_project(facts, day.today, day.calendar, day.rules)
    if standing.punctuality in (Punctuality.LATE, Punctuality.AT_RISK):
        due = next_due(facts.steps, facts.deliverables)
        words = f"{standing.punctuality.value} : {standing.words}"
        yield _line(facts, words, day.today if due is None else due[1], "C34")


def _delivery(facts: ProjectFacts, day: _Day) -> Iterator[ProjectReminder]:
    step = facts.step(StepKind.DELIVERY)
    if step is None or step.is_done or step.planned_end is None or facts.started_on is None or facts.incapacity:
        return
    if step.planned_end <= day.today + _SOON:
        late = "en retard, prévue" if step.planned_end < day.today else "prévue"
        yield _line(facts, f"livraison {late} le {show_date(step.planned_end)}", step.planned_end, "C14")


def _silent(facts: ProjectFacts, day: _Day) -> Iterator[ProjectReminder]:
    quiet = silence(facts, day.today)
    if quiet is not None and quiet > day.rules.silence_days:
        yield _line(facts, f"sans nouvelle depuis {quiet} jours", day.today - timedelta(quiet), "C26")


def _to_call(facts: ProjectFacts, day: _Day) -> Iterator[ProjectReminder]:
    delivered = facts.delivered_on
    if delivered is None or facts.done_on(StepKind.CALL) is not None or facts.incapacity:
        return
    if delivered + timedelta(day.rules.call_days) <= day.today:
        waited = some((day.today - delivered).days, "jour", "jours")
        yield _line(facts, f"livré depuis {waited}, entreprise pas encore contactée", delivered, "C27")


def _notices(facts: ProjectFacts, day: _Day) -> Iterator[ProjectReminder]:
    received = {one.kind for one in facts.notices}
    for kind, name, clause_id in (
        (NoticeKind.SPECIFICATION, "cahier des charges", "C28"),
        (NoticeKind.END_OF_WORK, "fin de réalisation", "C29"),
    ):
        since = notice_expected_since(facts, kind)
        if kind not in received and since is not None and (day.today - since).days > day.rules.notice_days:
            words = f"avis de {name} {late_notice(facts, kind, day.today, day.rules)}"
            yield _line(facts, words, since, clause_id)


def _unannexed(facts: ProjectFacts, _: _Day) -> Iterator[ProjectReminder]:
    without = unannexed(facts)
    days = [one.signed_on for one in facts.documents if one.signed_on is not None and one.annexed_on is None]
    if without and days:
        yield _line(facts, f"sans la charte annexée : {', '.join(without)}", min(days), "C02", "C05")


def _overruns(facts: ProjectFacts, _: _Day) -> Iterator[ProjectReminder]:
    for one in facts.overruns:
        if one.answer is Answer.WAITING and facts.incapacity is None:
            day = one.costed_on or one.reason_told_on or one.contacted_on or one.opened_on
            words = f"dépassement n° {one.number} : {'accord du client' if one.costed_on else 'étapes'} à noter"
            yield _line(facts, words, day, "C36", "C37", "C38")


def _removed(facts: ProjectFacts, day: _Day) -> Iterator[ProjectReminder]:
    standing = [one for one in facts.provider.removals if one.stands_on(day.today)]
    told = [one.held_on for one in facts.exchanges if one.about_removal]
    if standing and not any(on >= standing[-1].removed_on for on in told):
        words = f"{facts.provider.name} radié le {show_date(standing[-1].removed_on)}, entreprise à informer"
        yield _line(facts, words, standing[-1].removed_on, "C18")


def _frozen(facts: ProjectFacts, _: _Day) -> Iterator[ProjectReminder]:
    if facts.incapacity is not None:
        words = f"interrompu le {show_date(facts.incapacity.declared_on)}, repreneur à trouver"
        yield _line(facts, words, facts.incapacity.declared_on, "C19")


BASKETS: dict[str, tuple[str, Rule]] = {
    "late": ("Projets en retard ou à risque", _late),
    "deliveries": ("Livraisons de la semaine", _delivery),
    "silent": ("Projets sans nouvelle", _silent),
    "calls": ("Entreprises à contacter après la livraison", _to_call),
    "notices": ("Avis à la CCIR en retard", _notices),
    "unannexed": ("Contrats sans la charte annexée", _unannexed),
    "overruns": ("Dépassements à instruire", _overruns),
    "removed": ("Prestataires radiés, entreprises à informer", _removed),
    "frozen": ("Projets à transmettre", _frozen),
}
"""Each basket with its words and its rule, in the order in which they are shown."""


def baskets(database: Database, today: date, base: Any = None) -> dict[str, Basket]:
    """Every basket at once, the oldest line first: the projects that are not over are read a single time.

    With `base`, the bare driver, they are those of the state of the base that it looks at.
    """
    store = ProjectStore(database)
    day = _Day(today, store.rules, store.calendar)
    with nullcontext(base) if base is not None else database.looking() as driver:
        projects = read_projects(driver, [one for (one,) in driver.execute(_OPEN)])
    return {
        name: sorted(
            (line for facts in projects for line in rule(facts, day)), key=lambda line: (line.since, line.number)
        )
        for name, (_, rule) in BASKETS.items()
    }


def basket(database: Database, today: date, name: str) -> Basket:
    """One basket, by its name in `BASKETS`."""
    return baskets(database, today)[name]


_OPEN = """
    SELECT id FROM project WHERE deleted_at IS NULL AND closed_on IS NULL AND NOT EXISTS (
        SELECT 1 FROM project AS next WHERE next.predecessor_id = project.id AND next.deleted_at IS NULL)
"""


def _line(facts: ProjectFacts, words: str, since: date, *clause_ids: str) -> ProjectReminder:
    return ProjectReminder(
        facts.id, facts.number, facts.title, facts.company.name, facts.provider.name, words, since, clause_ids
    )
