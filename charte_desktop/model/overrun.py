"""An overrun: the client is contacted, told why, given a costing, and agrees, in this order (C36, C37, C38)."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import pairwise

from charte_desktop.errors import UserError
from charte_desktop.model.display import show_date
from charte_desktop.model.project_facts import Overrun, ProjectFacts
from charte_desktop.model.project_kinds import Answer
from charte_desktop.model.project_money import cost_of, lines_of


class Stage(Enum):
    """The four stages, in the charter's order."""

    CONTACT = "Contact avec le client"
    REASON = "Motif annoncé"
    COSTING = "Chiffrage préalable"
    AGREEMENT = "Accord explicite"


class OverrunState(Enum):
    """What follows from the stages that stand; never typed. The value is the word on screen."""

    OPEN = "à instruire"
    TO_AGREE = "accord attendu"
    BILLABLE = "facturable"
    REFUSED = "refusé par le client"


CLAUSES = {Stage.CONTACT: "C36", Stage.REASON: "C36", Stage.COSTING: "C37", Stage.AGREEMENT: "C38"}


def stages_done(overrun: Overrun, has_prices: bool) -> list[Stage]:
    """The stages that stand, from the first on; one without those before it does not count."""
    standing = {
        Stage.CONTACT: overrun.contacted_on is not None and bool(overrun.contact_who),
        Stage.REASON: overrun.reason_told_on is not None and bool(overrun.reason),
        Stage.COSTING: overrun.costed_on is not None and (has_prices or overrun.new_end_on is not None),
        Stage.AGREEMENT: overrun.answer is Answer.ACCEPTED
        and overrun.answered_on is not None
        and overrun.document_id is not None,
    }
    done = []
    for stage in Stage:
        if not standing[stage]:
            break
        done.append(stage)
    return done


def state_of_overrun(overrun: Overrun, has_prices: bool) -> OverrunState:
    """Billable when the four stand, and only then (C38)."""
    done = stages_done(overrun, has_prices)
    if overrun.answer is Answer.REFUSED:
        return OverrunState.REFUSED
    if len(done) == len(Stage):
        return OverrunState.BILLABLE
    return OverrunState.TO_AGREE if len(done) == len(Stage) - 1 else OverrunState.OPEN


def is_billable(facts: ProjectFacts, overrun: Overrun) -> bool:
    """True when the client was contacted, told why, given a costing, and agreed (C36, C37, C38)."""
    return state_of_overrun(overrun, bool(lines_of(facts, overrun))) is OverrunState.BILLABLE


_MISSING = {
    Stage.CONTACT: "notez d'abord quand et par qui le client a été contacté (C36)",
    Stage.REASON: "notez d'abord le motif, et quand le client l'a appris (C36)",
    Stage.COSTING: "chiffrez d'abord le dépassement (C37)",
    Stage.AGREEMENT: "faites d'abord signer l'accord du client (C38)",
}


def require_before(overrun: Overrun, stage: Stage, has_prices: bool) -> None:
    """Refuse a stage whose forerunners do not all stand."""
    if overrun.answer is not Answer.WAITING:
        word = "accepté" if overrun.answer is Answer.ACCEPTED else "refusé"
        raise UserError(
            f"Le dépassement n° {overrun.number} est {word} par le client : il ne change plus. Ouvrez-en un autre."
        )
    done = stages_done(overrun, has_prices)
    for one in Stage:
        if one is stage:
            return
        if one not in done:
            raise UserError(f"Dans l'ordre de la charte : {_MISSING[one]}.")


def require_after(day: date, earlier: date | None, words: str) -> None:
    """Refuse a day before one that it follows; `words` say which that is."""
    if earlier is not None and day < earlier:
        raise UserError(f"Cette date précède {words} ({show_date(earlier)}) : vérifiez les deux jours.")


def require_stage_order(*days: date | None) -> None:
    """Refuse stages whose days are not in the order of the stages."""
    known = [(day, stage) for day, stage in zip(days, Stage, strict=True) if day is not None]
    for (day, stage), (later, following) in pairwise(known):
        if later < day:
            raise UserError(
                f"« {following.value} », le {show_date(later)}, précéderait « {stage.value} », le {show_date(day)} : "
                "la charte veut l'ordre inverse (C36, C37, C38). Vérifiez les deux jours."
            )


@dataclass(frozen=True)
class Effect:
    """What an agreement changes; shown before anybody signs."""

    budget_before: int | None
    budget_after: int | None
    cost: int
    end_before: date | None
    end_after: date | None


def effect_of(facts: ProjectFacts, overrun: Overrun, today: date) -> Effect:
    """The budget and the end of the project before and after an agreement, given already or still to be given."""
    cost = cost_of(facts, overrun, today)
    agreed = overrun.answer is Answer.ACCEPTED
    before = overrun.budget_before if agreed else facts.budget
    end = overrun.end_before if agreed else facts.end_on
    return Effect(before, None if before is None else before + cost, cost, end, overrun.new_end_on or end)
