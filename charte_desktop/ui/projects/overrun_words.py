"""What an overrun holds, stage by stage, in sentences."""

from collections.abc import Sequence
from datetime import date

from charte_desktop.model.display import show_date
from charte_desktop.model.money import show_money
from charte_desktop.model.overrun import OverrunState, effect_of
from charte_desktop.model.project_facts import Overrun, PriceLine, ProjectFacts
from charte_desktop.model.project_kinds import Answer, Period


def effect_words(facts: ProjectFacts, one: Overrun, today: date) -> str:
    """What the agreement changes, or changed."""
    effect = effect_of(facts, one, today)
    told = ["le budget global ne change pas"]
    if effect.cost:
        before, after = money_words(effect.budget_before), money_words(effect.budget_after)
        told = [f"le budget global passe de {before} à {after} {facts.tax_basis.value}"]
    if effect.end_after != effect.end_before:
        told.append(f"la date de fin passe du {day_words(effect.end_before)} au {day_words(effect.end_after)}")
    else:
        told.append("la date de fin ne change pas")
    begins = "Effet de l'accord" if one.answer is Answer.ACCEPTED else "Si le client accepte"
    ends = " ; un planning de référence s'ajoute aux précédents" if one.answer is Answer.WAITING else ""
    return f"{begins} : {', '.join(told)}{ends}."


def contact_words(one: Overrun) -> str:
    """How the client was contacted; empty before."""
    if one.contacted_on is None:
        return ""
    how = "" if one.contact_how is None else f" ({one.contact_how.value})"
    return f"Client contacté le {day_words(one.contacted_on)} par {one.contact_who}{how}."


def costing_words(one: Overrun, prices: Sequence[PriceLine], basis: str) -> str:
    """The prices, the new end and the day of the costing, a line each."""
    told = [
        f"{line.kind.value}, {line.label} : {show_money(line.amount)} {basis}"
        + ("" if line.period is Period.ONCE else f" {line.period.value}")
        for line in prices
    ]
    if one.new_end_on is not None:
        told.append(f"Nouvelle date de fin : {day_words(one.new_end_on)}.")
    if one.costed_on is not None:
        told.append(f"Chiffrage remis le {day_words(one.costed_on)}.")
    return "\n".join(told)


def answer_words(one: Overrun, state: OverrunState) -> str:
    """What the client said; empty before."""
    if one.answered_on is None:
        return ""
    who = f", {one.capacity}" if one.capacity else ""
    if one.answer is Answer.REFUSED:
        said = f" : {one.refusal}" if one.refusal else ""
        return f"Refusé le {day_words(one.answered_on)} par {one.signer}{said}. Rien n'est facturable."
    return f"Accord donné le {day_words(one.answered_on)} par {one.signer}{who}. Le dépassement est {state.value}."


def day_words(day: date | None) -> str:
    """A day, or that it is not known."""
    return "inconnu" if day is None else show_date(day)


def money_words(amount: int | None) -> str:
    """An amount, or that it is not known."""
    return "inconnu" if amount is None else show_money(amount)
