"""What a project waits for: the one act that comes next, and the one sentence that matters most now."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from charte_desktop.model.calendar import WorkingCalendar
from charte_desktop.model.display import show_date
from charte_desktop.model.engagement_facts import silence
from charte_desktop.model.project_dates import standing_of_project
from charte_desktop.model.project_facts import ProjectFacts
from charte_desktop.model.project_kinds import SIGNED_KINDS, StepKind
from charte_desktop.model.project_rules import ProjectRules
from charte_desktop.model.project_state import ProjectState, missing_to_close, missing_to_start, state_of_project
from charte_desktop.model.validity import RenewalRule


class Act(Enum):
    """Something that is done with a project as a whole, or with one of its parts."""

    START = "Démarrer…"
    STEP = "Étape faite…"
    CLOSE = "Clore…"
    REOPEN = "Rouvrir"
    SUCCESSOR = "Chercher un repreneur…"
    LIFT = "Lever l'interruption…"
    FOLLOWING = "Ouvrir la suite"
    ANNEX = "Annexer la charte…"
    EXCHANGE = "Noter un échange…"
    TOLD = "L'entreprise est prévenue…"


@dataclass(frozen=True)
class Next:
    """The act that comes next, in words; `target` is the step or the document it is about."""

    act: Act
    words: str
    target: str = ""


@dataclass(frozen=True)
class Situation:
    """What is to be said of a project now, and what can be done about it."""

    words: str
    is_warning: bool = False
    acts: tuple[Next, ...] = ()


def next_act(facts: ProjectFacts) -> Next:
    """The one thing to do next with a project."""
    match state_of_project(facts):
        case ProjectState.PREPARED:
            return Next(Act.START, Act.START.value)
        case ProjectState.INTERRUPTED:
            return Next(Act.SUCCESSOR, Act.SUCCESSOR.value)
        case ProjectState.HANDED_OVER:
            number = facts.successor[1] if facts.successor else ""
            return Next(Act.FOLLOWING, f"Ouvrir {number}", facts.successor[0] if facts.successor else "")
        case ProjectState.CLOSED:
            return Next(Act.REOPEN, Act.REOPEN.value)
    step = next((one for one in facts.steps if not one.is_done), None)
    if step is None:
        return Next(Act.CLOSE, Act.CLOSE.value)
    return Next(Act.STEP, f"« {step.name} » : fait…", step.id)


def situation(
    facts: ProjectFacts, today: date, renewal: RenewalRule, rules: ProjectRules, calendar: WorkingCalendar
) -> Situation:
    """The one thing to say: what stops the project first, then what the charter asks, then how it stands."""
    state = state_of_project(facts)
    if state is ProjectState.HANDED_OVER and facts.successor is not None:
        return Situation(f"Repris par {facts.successor[1]} : c'est là que le projet continue (C19).")
    if state is ProjectState.CLOSED and facts.closed_on is not None:
        why = f" : {facts.closing_reason}" if facts.closing_reason else ""
        return Situation(f"Clos le {show_date(facts.closed_on)}{why}.")
    if facts.incapacity is not None:
        frozen = facts.incapacity
        words = f"Interrompu le {show_date(frozen.declared_on)} : {frozen.reason}"
        return Situation(words, True, (Next(Act.LIFT, Act.LIFT.value),))
    removed = _removed(facts, today)
    if removed:
        return Situation(removed, True, (Next(Act.TOLD, Act.TOLD.value),))
    if facts.company.in_bin:
        return Situation(f"{facts.company.name} est à la corbeille : le projet continue, sa fiche s'en retire.", True)
    if state is ProjectState.PREPARED:
        missing = missing_to_start(facts, today, renewal)
        if missing:
            return Situation(f"Avant de démarrer : {' ; '.join(missing)}.", True)
        return Situation("Tout ce que la charte veut connaître avant le début est connu : le projet peut démarrer.")
    bare = next(
        (one for one in facts.documents if one.kind in SIGNED_KINDS and one.signed_on and not one.annexed_on), None
    )
    if bare is not None:
        words = f"La charte n'est pas annexée à « {bare.name} » (C02, C05)."
        return Situation(words, True, (Next(Act.ANNEX, Act.ANNEX.value, bare.id),))
    return _under_way(facts, today, rules, calendar)


def _under_way(facts: ProjectFacts, today: date, rules: ProjectRules, calendar: WorkingCalendar) -> Situation:
    exchange = Next(Act.EXCHANGE, Act.EXCHANGE.value)
    if facts.delivered_on is not None:
        lacking = missing_to_close(facts)
        if lacking:
            step = facts.step(StepKind.CALL)
            call = Next(Act.STEP, "Contact fait…", step.id if step else "")
            words = f"Livré le {show_date(facts.delivered_on)}. Reste à contacter l'entreprise (C27)."
            return Situation(words, acts=(call,))
        return Situation("Livré, et l'entreprise contactée : le projet peut être clos.", acts=(exchange,))
    quiet = silence(facts, today)
    if quiet is not None and quiet > rules.silence_days:
        return Situation(f"Aucun échange noté depuis {quiet} jours (C26).", True, (exchange,))
    standing = standing_of_project(facts, today, calendar, rules)
    words = f"{standing.punctuality.value[:1].upper()}{standing.punctuality.value[1:]} : {standing.words}."
    return Situation(words, acts=(exchange,))


def _removed(facts: ProjectFacts, today: date) -> str:
    """The provider left the register in mid-project, and the company was not told yet (C18)."""
    standing = [one for one in facts.provider.removals if one.stands_on(today)]
    if not standing:
        return ""
    day = standing[-1].removed_on
    if any(one.about_removal and one.held_on >= day for one in facts.exchanges):
        return ""
    told = f"{facts.provider.name} est radié depuis le {show_date(day)}"
    return f"{told} : le projet continue, informez l'entreprise (C18)."
