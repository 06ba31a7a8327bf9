"""What shows the clauses from the need to the order: C02 to C24."""

from collections.abc import Callable, Mapping

from charte_desktop.model import reference
from charte_desktop.model.display import show_date
from charte_desktop.model.engagement_basis import NO_TRACE, NOT_APPLICABLE, PENDING, TRACED, Moment, Said, awaited, said
from charte_desktop.model.engagement_facts import Link, LinkKind, documents, named, order_documents
from charte_desktop.model.project_kinds import SIGNED_KINDS, DocumentKind, EvidenceNature, StepKind
from charte_desktop.model.project_state import (
    concerns_website,
    is_signatory_on,
    missing_for_order,
    order_set,
    unannexed,
)
from charte_desktop.model.provider_state import binding_on
from charte_desktop.model.wording import some


def _c02(moment: Moment) -> Said:
    annexed = [one for one in moment.facts.documents if one.annexed_on is not None]
    if annexed:
        last = annexed[-1]
        version = last.annex_version or "version non notée"
        words = f"charte ({version}) annexée à « {last.name} » le {show_date(last.annexed_on)}"
        return TRACED, words, documents(annexed)
    return PENDING, "aucun contrat auquel la charte soit annexée", ()


def _c03(moment: Moment) -> Said:
    facts = moment.facts
    return TRACED, facts.accompaniment, [Link(LinkKind.COMPANY, facts.company.id, facts.accompaniment)]


def _c05(moment: Moment) -> Said:
    signed = [one for one in moment.facts.documents if one.kind in SIGNED_KINDS and one.signed_on is not None]
    if not signed:
        return PENDING, "aucun contrat ni devis signé pour l'instant", ()
    without = unannexed(moment.facts)
    if without:
        return PENDING, f"sans charte annexée : {', '.join(without)}", documents(signed)
    return TRACED, f"annexée à {named(signed)}", documents(signed)


def _c06(moment: Moment) -> Said:
    facts = moment.facts
    day = facts.started_on or moment.today
    link = [Link(LinkKind.PROVIDER, facts.provider.id, facts.provider.name)]
    if is_signatory_on(facts.provider, day, moment.renewal):
        provider = facts.provider
        binding = binding_on(provider.signatures, provider.removals, day, moment.renewal)
        signed = max(one.signed_on for one in binding)
        when = "le jour du début" if facts.started_on else "à ce jour"
        version = f", {facts.charter_version}" if facts.charter_version else ""
        return TRACED, f"signataire {when} : charte signée le {show_date(signed)}{version}", link
    return PENDING, f"pas signataire au {show_date(day)}", link


def _c09(moment: Moment) -> Said:
    facts = moment.facts
    declared = [one for one in facts.service_ids if one in facts.provider.services]
    link = [Link(LinkKind.PROVIDER, facts.provider.id, facts.provider.name)]
    missing = [reference.service_label(one) for one in facts.service_ids if one not in declared]
    if missing:
        return NO_TRACE, f"non déclaré par le prestataire : {', '.join(missing)}", link
    with_references = sum(bool(facts.provider.references.get(one)) for one in declared)
    shown = f", {with_references} avec références" if with_references else ""
    return TRACED, f"{some(len(declared), 'prestation déclarée', 'prestations déclarées')}{shown}", link


def _c11(moment: Moment) -> Said:
    found = moment.facts.documents_of(DocumentKind.SPECIFICATION)
    if found:
        return TRACED, named(found), documents(found)
    return awaited(moment, StepKind.SPECIFICATION, "aucun cahier des charges au dossier")


def _c13(moment: Moment) -> Said:
    listed = moment.facts.deliverables
    if not listed:
        return awaited(moment, StepKind.ORDER, "aucun livrable dans la liste")
    done = sum(one.delivered_on is not None for one in listed)
    links = [Link(LinkKind.STEPS, one.id, one.title) for one in listed]
    undated = sum(one.planned_on is None for one in listed)
    if undated:
        return PENDING, f"{some(len(listed), 'livrable', 'livrables')}, dont {undated} sans date prévue", links
    return TRACED, f"{some(len(listed), 'livrable', 'livrables')}, {done} remis", links


def _c14(moment: Moment) -> Said:
    facts = moment.facts
    wanted = [facts.step(kind) for kind in (StepKind.WORK, StepKind.DELIVERY)]
    dated = [step for step in wanted if step is not None and step.planned_end is not None]
    if len(dated) == len(wanted):
        words = f"livraison prévue le {show_date(dated[-1].planned_end)}"
        return TRACED, words, [Link(LinkKind.STEPS, step.id, step.name) for step in dated]
    return awaited(moment, StepKind.SCHEDULE, "réalisation ou livraison sans date prévue")


def _c15(moment: Moment) -> Said:
    facts = moment.facts
    quotes = facts.documents_of(*SIGNED_KINDS)
    if quotes and facts.prices:
        return TRACED, f"devis chiffré au dossier, jamais jugé : {named(quotes[:2])}", documents(quotes)
    return awaited(moment, StepKind.QUOTE, "devis chiffré attendu")


def _c17(moment: Moment) -> Said:
    facts = moment.facts
    if not concerns_website(facts.service_ids):
        return NOT_APPLICABLE, "le projet n'est ni une création ni une refonte de site", ()
    shown = facts.documents_of(DocumentKind.GDPR)
    noted = [one for one in facts.evidence if one.clause_id == "C17" and one.nature is EvidenceNature.FACT]
    if shown:
        return TRACED, named(shown), documents(shown)
    if noted:
        return TRACED, said(noted[-1]), ()
    return awaited(moment, StepKind.DELIVERY, "preuve à joindre avant la livraison")


def _c19(moment: Moment) -> Said:
    facts = moment.facts
    frozen = facts.incapacity
    if frozen is None:
        return NOT_APPLICABLE, "aucune incapacité déclarée", ()
    if facts.successor is not None:
        words = f"incapacité du {show_date(frozen.declared_on)}, projet repris : {facts.successor[1]}"
        return TRACED, words, [Link(LinkKind.PROJECT, facts.successor[0], facts.successor[1])]
    return PENDING, f"incapacité déclarée le {show_date(frozen.declared_on)}, repreneur à trouver", ()


def _c21(moment: Moment) -> Said:
    facts = moment.facts
    quotes = facts.documents_of(DocumentKind.QUOTE, DocumentKind.SIGNED_PROPOSAL)
    lines = [line for line in facts.prices if line.overrun_id is None]
    if quotes and lines:
        day = next((one.dated_on for one in quotes if one.dated_on is not None), None)
        dated = f" du {show_date(day)}" if day else ""
        return (
            TRACED,
            f"devis détaillé{dated}, {some(len(lines), 'ligne', 'lignes')} de prix",
            documents(quotes),
        )
    lacking = " et ".join(filter(None, ["" if quotes else "devis", "" if lines else "montants"]))
    return awaited(moment, StepKind.QUOTE, f"{lacking} à joindre")


def _c24(moment: Moment) -> Said:
    facts = moment.facts
    whole = order_set(facts)
    if whole:
        return TRACED, whole, documents(order_documents(facts))
    return PENDING, f"il manque {', '.join(missing_for_order(facts))}", documents(order_documents(facts))


RULES: Mapping[str, Callable[[Moment], Said]] = {
    "C02": _c02,
    "C03": _c03,
    "C05": _c05,
    "C06": _c06,
    "C09": _c09,
    "C11": _c11,
    "C13": _c13,
    "C14": _c14,
    "C15": _c15,
    "C17": _c17,
    "C19": _c19,
    "C21": _c21,
    "C24": _c24,
}
