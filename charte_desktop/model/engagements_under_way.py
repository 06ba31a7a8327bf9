"""What shows the clauses of a project under way: its schedule, its follow-up, its money; C25 to C41."""

from collections.abc import Callable, Mapping, Sequence

from charte_desktop.model.display import show_date
from charte_desktop.model.engagement_basis import NO_TRACE, NOT_APPLICABLE, PENDING, TRACED, Moment, Said, awaited
from charte_desktop.model.engagement_facts import (
    Link,
    LinkKind,
    costs,
    exchanges_of,
    last_news,
    late_notice,
    silence,
    totals_in_words,
)
from charte_desktop.model.money import show_money
from charte_desktop.model.overrun import Stage, stages_done
from charte_desktop.model.project_facts import ProjectFacts
from charte_desktop.model.project_kinds import Answer, NoticeKind, StepKind
from charte_desktop.model.project_money import budget_state, lines_of
from charte_desktop.model.wording import some


def _c25(moment: Moment) -> Said:
    facts = moment.facts
    agreed = facts.baseline
    if agreed is None:
        return awaited(moment, StepKind.SCHEDULE, "planning pas encore convenu par les deux parties")
    first = facts.baselines[0]
    words = (
        f"convenu le {show_date(first.agreed_on)} par {first.provider_by} et {first.client_by}, "
        f"fin le {show_date(agreed.end_on)}"
    )
    return TRACED, words, [Link(LinkKind.STEPS, one.id, f"référence n° {one.number}") for one in facts.baselines]


def _c26(moment: Moment) -> Said:
    facts = moment.facts
    found = exchanges_of(facts)
    links = [Link(LinkKind.EXCHANGE, one.id, show_date(one.held_on)) for one in found[-5:]]
    quiet = silence(facts, moment.today)
    if quiet is not None and quiet > moment.rules.silence_days:
        news = last_news(facts)
        return PENDING, f"sans nouvelle depuis {quiet} jours (depuis le {show_date(news)})", links
    if found:
        return (
            TRACED,
            f"{some(len(found), 'échange', 'échanges')}, le dernier le {show_date(found[-1].held_on)}",
            links,
        )
    if facts.started_on is None:
        return PENDING, "le projet n'a pas commencé", links
    return PENDING, "aucun échange noté", links


def _c27(moment: Moment) -> Said:
    facts = moment.facts
    call = facts.step(StepKind.CALL)
    if call is not None and call.actual_end is not None:
        return TRACED, f"le {show_date(call.actual_end)} : {call.outcome}", [Link(LinkKind.STEPS, call.id, call.name)]
    if facts.closed_on is not None:
        return NO_TRACE, f"clos sans contact : {facts.closing_reason}", ()
    if facts.delivered_on is None:
        return PENDING, "attendu après la livraison", ()
    waited = (moment.today - facts.delivered_on).days
    waited_words = some(waited, "jour", "jours")
    return PENDING, f"livré depuis {waited_words}, entreprise pas encore contactée", ()


def _notice(kind: NoticeKind) -> Callable[[Moment], Said]:
    def rule(moment: Moment) -> Said:
        facts = moment.facts
        received = [one for one in facts.notices if one.kind is kind]
        if received:
            last = received[-1]
            links = [Link(LinkKind.NOTICE, one.id, show_date(one.received_on)) for one in received]
            return TRACED, f"reçu le {show_date(last.received_on)} de {last.from_whom}", links
        late = late_notice(facts, kind, moment.today, moment.rules)
        return PENDING, late or "pas encore attendu", ()

    return rule


def _c32(moment: Moment) -> Said:
    parties = moment.facts.parties
    if not parties:
        return NOT_APPLICABLE, "aucun autre intervenant déclaré", ()
    words = ", ".join(f"{one.name} ({one.role})" for one in parties[:3])
    more = f" et {len(parties) - 3} autres" if len(parties) > 3 else ""
    return TRACED, words + more, [Link(LinkKind.PARTY, one.id, one.name) for one in parties]


def _c33(moment: Moment) -> Said:
    lead = moment.facts.provider_lead
    if lead.is_reachable:
        return TRACED, lead.name, [Link(LinkKind.FORM, "provider_lead_name", lead.name)]
    return PENDING, "chef de projet sans moyen de le joindre" if lead.name else "chef de projet à nommer", ()


def _c34(moment: Moment) -> Said:
    facts = moment.facts
    compared = [
        step
        for step in facts.steps
        if facts.baseline and step.id in facts.baseline.dates and step.actual_end is not None
    ]
    if compared:
        words = f"{some(len(compared), 'étape', 'étapes')} : prévu, convenu et réel comparés"
        return TRACED, words, [Link(LinkKind.STEPS, step.id, step.name) for step in compared]
    if facts.method:
        return TRACED, facts.method, [Link(LinkKind.FORM, "method", "Méthode de suivi")]
    return awaited(moment, StepKind.SCHEDULE, "méthode de suivi à noter")


def _c35(moment: Moment) -> Said:
    facts = moment.facts
    dated = [step for step in facts.steps if step.actual_start or step.actual_end]
    told = len(dated) + len(facts.exchanges) + len(facts.documents) + len(facts.moves) + len(facts.notices)
    if told:
        return (
            TRACED,
            f"{some(told, 'fait daté', 'faits datés')} au journal du projet",
            [Link(LinkKind.STORY, "", "Journal")],
        )
    return PENDING, "journal encore vide", ()


def _overruns(stages: Sequence[Stage]) -> Callable[[Moment], Said]:
    def rule(moment: Moment) -> Said:
        facts = moment.facts
        beyond = budget_state(facts).beyond
        if not facts.overruns:
            if beyond:
                return NO_TRACE, f"{show_money(beyond)} facturés au-delà du budget sans dépassement noté", ()
            return NOT_APPLICABLE, "aucun dépassement", ()
        links = [Link(LinkKind.OVERRUN, one.id, f"dépassement n° {one.number}") for one in facts.overruns]
        waiting = [
            one
            for one in facts.overruns
            if one.answer is not Answer.REFUSED and not set(stages) <= set(stages_done(one, bool(lines_of(facts, one))))
        ]
        if waiting:
            names = ", ".join(f"n° {one.number}" for one in waiting)
            return PENDING, f"dépassement {names} : {stages[-1].value.lower()} à faire", links
        if beyond:
            return PENDING, f"{show_money(beyond)} facturés au-delà du budget", links
        return TRACED, _dates_of(facts, stages[-1]), links

    return rule


def _dates_of(facts: ProjectFacts, stage: Stage) -> str:
    """The day of a stage of each overrun."""
    told = []
    for one in facts.overruns:
        day = {
            Stage.CONTACT: one.contacted_on,
            Stage.REASON: one.reason_told_on,
            Stage.COSTING: one.costed_on,
            Stage.AGREEMENT: one.answered_on,
        }[stage]
        refused = " refusé" if stage is Stage.AGREEMENT and one.answer is Answer.REFUSED else ""
        told.append(f"n° {one.number}{refused} le {show_date(day)}")
    return ", ".join(told)


def _c39(moment: Moment) -> Said:
    facts = moment.facts
    if facts.budget is not None and facts.end_on is not None:
        link = [Link(LinkKind.FORM, "budget", "Budget et délai")]
        return TRACED, f"{show_money(facts.budget)} {facts.tax_basis.value}, fin le {show_date(facts.end_on)}", link
    lacking = " et ".join(
        filter(None, ["" if facts.budget is not None else "budget", "" if facts.end_on is not None else "date de fin"])
    )
    return PENDING, f"{lacking} à connaître avant le début", ()


def _c40(moment: Moment) -> Said:
    facts = moment.facts
    if not facts.prices:
        return awaited(moment, StepKind.QUOTE, "aucun prix noté")
    return TRACED, totals_in_words(facts, moment.today), costs(facts)


def _c41(moment: Moment) -> Said:
    changes = moment.facts.price_changes
    if not changes:
        return NOT_APPLICABLE, "aucune évolution de prix annoncée", ()
    links = [Link(LinkKind.PRICE_CHANGE, one.id, show_date(one.notified_on)) for one in changes]
    waiting = [one for one in changes if one.answer is Answer.WAITING]
    if waiting:
        imposed = [one for one in waiting if one.effective_on <= moment.today]
        words = "réponse de l'entreprise attendue"
        if imposed:
            words = f"date d'effet passée sans réponse ({show_date(imposed[0].effective_on)})"
        return PENDING, words, links
    short = [one for one in changes if (one.effective_on - one.notified_on).days < moment.rules.price_notice_days]
    told = f"{some(len(changes), 'évolution annoncée', 'évolutions annoncées')}, réponse notée"
    if short:
        told += f" ; annonce {(short[0].effective_on - short[0].notified_on).days} jours avant l'effet"
    return TRACED, told, links


RULES: Mapping[str, Callable[[Moment], Said]] = {
    "C25": _c25,
    "C26": _c26,
    "C27": _c27,
    "C28": _notice(NoticeKind.SPECIFICATION),
    "C29": _notice(NoticeKind.END_OF_WORK),
    "C32": _c32,
    "C33": _c33,
    "C34": _c34,
    "C35": _c35,
    "C36": _overruns((Stage.CONTACT, Stage.REASON)),
    "C37": _overruns((Stage.CONTACT, Stage.REASON, Stage.COSTING)),
    "C38": _overruns(tuple(Stage)),
    "C39": _c39,
    "C40": _c40,
    "C41": _c41,
}
