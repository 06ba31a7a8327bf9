"""Where a project stands, derived from its facts; what it needs before it starts, is delivered, is closed."""

from collections.abc import Sequence
from datetime import date
from enum import Enum

from charte_desktop.model.display import show_date
from charte_desktop.model.project_facts import Partner, ProjectFacts
from charte_desktop.model.project_kinds import SIGNED_KINDS, DocumentKind, StepKind
from charte_desktop.model.provider_state import binding_on
from charte_desktop.model.validity import RenewalRule

WEBSITE = "S01"
"""Creation or redesign of a website: the one service of which the charter asks the RGPD (C17)."""


class ProjectState(Enum):
    """Where a project stands. The value is the word on screen."""

    PREPARED = "En préparation"
    RUNNING = "En cours"
    DELIVERED = "Livré, contact attendu"
    INTERRUPTED = "Interrompu"
    HANDED_OVER = "Repris par un autre"
    CLOSED = "Clos"


def state_of_project(facts: ProjectFacts) -> ProjectState:
    """The state that the facts make."""
    return state_from(
        closed=facts.closed_on is not None,
        frozen=facts.incapacity is not None,
        succeeded=facts.successor is not None,
        started=facts.started_on is not None,
        delivered=facts.delivered_on is not None,
    )


def state_from(*, closed: bool, frozen: bool, succeeded: bool, started: bool, delivered: bool) -> ProjectState:
    """The same from five facts, for a line of a list."""
    if succeeded:
        return ProjectState.HANDED_OVER
    if closed:
        return ProjectState.CLOSED
    if frozen:
        return ProjectState.INTERRUPTED
    if delivered:
        return ProjectState.DELIVERED
    return ProjectState.RUNNING if started else ProjectState.PREPARED


def is_signatory_on(provider: Partner, day: date, rule: RenewalRule) -> bool:
    """True when the provider is bound by the charter on `day` (C06)."""
    removed = any(one.stands_on(day) for one in provider.removals)
    gone = provider.withdrawn_on is not None and provider.withdrawn_on <= day
    return not removed and not gone and bool(binding_on(provider.signatures, provider.removals, day, rule))


def missing_to_start(facts: ProjectFacts, day: date, rule: RenewalRule) -> list[str]:
    """What the charter wants known before a project starts: each a sentence that says what to do."""
    missing = []
    if not is_signatory_on(facts.provider, day, rule):
        missing.append(f"{facts.provider.name} n'est pas signataire de la charte au {show_date(day)} (C06)")
    if not facts.provider_lead.name:
        missing.append("le chef de projet du prestataire n'est pas nommé (C33)")
    elif not facts.provider_lead.is_reachable:
        missing.append("le chef de projet du prestataire n'a ni téléphone ni e-mail (C33)")
    if facts.budget is None:
        missing.append("le budget global n'est pas connu (C39)")
    if facts.end_on is None:
        missing.append("la date de fin n'est pas connue (C39)")
    elif facts.end_on < day:
        missing.append(f"la date de fin, le {show_date(facts.end_on)}, précède le début (C39)")
    return missing


def missing_for_order(facts: ProjectFacts) -> list[str]:
    """What the order lacks of the lawful set it is nearest to; nothing when one of the two is whole (C24).

    Either a signed contract, or the signed price proposal with the specification and what was added in negotiation.
    """
    contract = [one for one in facts.documents_of(DocumentKind.CONTRACT) if one.signed_on is not None]
    if contract:
        return []
    lacking = []
    proposals = facts.documents_of(DocumentKind.SIGNED_PROPOSAL)
    if not any(one.signed_on is not None for one in proposals):
        lacking.append("la proposition de prix signée")
    if not facts.documents_of(DocumentKind.SPECIFICATION):
        lacking.append("le cahier des charges")
    if not facts.documents_of(DocumentKind.NEGOTIATION):
        lacking.append("les compléments issus de la négociation (une note « aucun complément » suffit)")
    return lacking


def order_set(facts: ProjectFacts) -> str:
    """Which of the two lawful sets makes the order, in words; empty while none does (C24)."""
    if missing_for_order(facts):
        return ""
    signed = any(one.signed_on for one in facts.documents_of(DocumentKind.CONTRACT))
    return "contrat signé" if signed else "proposition signée, cahier des charges et compléments"


def missing_to_complete(facts: ProjectFacts, kind: StepKind) -> list[str]:
    """What a step of the charter lacks before it counts as done."""
    if kind is StepKind.QUOTE:
        lacking = []
        if not facts.documents_of(DocumentKind.QUOTE, DocumentKind.SIGNED_PROPOSAL, DocumentKind.CONTRACT):
            lacking.append("le devis lui-même (C21)")
        if not any(line.overrun_id is None for line in facts.prices):
            lacking.append("ses montants, par nature de coût (C21, C40)")
        return lacking
    if kind is StepKind.ORDER:
        return [f"{one} (C24)" for one in missing_for_order(facts)]
    if kind is StepKind.SPECIFICATION:
        return [] if facts.documents_of(DocumentKind.SPECIFICATION) else ["le cahier des charges lui-même (C11)"]
    if kind is StepKind.SCHEDULE:
        return [] if facts.baselines else ["le planning convenu par les deux parties (C25)"]
    if kind is StepKind.DELIVERY:
        return missing_to_deliver(facts)
    return []


def missing_to_deliver(facts: ProjectFacts) -> list[str]:
    """For a website, what shows that it complies with the RGPD (C17); nothing for any other service."""
    if not concerns_website(facts.service_ids):
        return []
    shown = facts.documents_of(DocumentKind.GDPR) or any(
        one.clause_id == "C17" and one.document_id is not None for one in facts.evidence
    )
    noted = any(one.clause_id == "C17" and one.nature.name == "FACT" for one in facts.evidence)
    return [] if shown or noted else ["la preuve de conformité du site au RGPD (C17)"]


def concerns_website(service_ids: Sequence[str]) -> bool:
    """True when the creation or redesign of a website is part of the project."""
    return WEBSITE in service_ids


def missing_to_close(facts: ProjectFacts) -> str:
    """Why a project is not closed without a written reason; empty after the call after delivery (C27)."""
    if facts.done_on(StepKind.CALL) is not None:
        return ""
    if facts.delivered_on is None:
        return "Le projet n'est pas livré"
    return "L'entreprise n'a pas encore été contactée après la livraison (C27)"


def unannexed(facts: ProjectFacts) -> list[str]:
    """The signed contracts and quotes to which the charter is not annexed, in words (C05)."""
    return [
        f"{one.name} signé le {show_date(one.signed_on)}"
        for one in facts.documents
        if one.kind in SIGNED_KINDS and one.signed_on is not None and one.annexed_on is None
    ]
