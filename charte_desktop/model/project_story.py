"""The journal of a project told as a story: what happened, in order, and who wrote it down (C35)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from charte_desktop.model.display import show_date
from charte_desktop.model.money import show_money
from charte_desktop.model.project_facts import Document, Move, Overrun, ProjectFacts
from charte_desktop.model.project_kinds import Answer, StepKind


@dataclass(frozen=True)
class Entry:
    """Who wrote something down, and when."""

    adviser: str
    at: datetime


@dataclass(frozen=True)
class StoryLine:
    """One thing that happened, on its day."""

    day: date
    sentence: str
    entry: Entry | None
    clause_ids: tuple[str, ...] = ()


Entries = Mapping[tuple[str, str], Entry]
"""The last entry of each field of each record, by id and field."""


def story(facts: ProjectFacts, entries: Entries) -> list[StoryLine]:
    """Everything dated that the project holds, the oldest first; what has the same day in the order of its entry."""
    lines = list(_told(facts, entries))
    return sorted(lines, key=lambda line: (line.day, line.entry.at.timestamp() if line.entry else 0.0))


def _told(facts: ProjectFacts, entries: Entries) -> Iterator[StoryLine]:
    yield from _life(facts, entries)
    for document in facts.documents:
        yield from _document(document, entries)
    for step in facts.steps:
        if step.actual_start is not None and step.actual_start != step.actual_end:
            yield _line(step.actual_start, f"{step.name} : commencé.", entries, step.id, "actual_start")
        if step.actual_end is not None:
            came = f" {step.outcome}" if step.outcome else ""
            clause = ("C27",) if step.kind is StepKind.CALL else ()
            yield _line(step.actual_end, f"{step.name} : fait.{came}", entries, step.id, "actual_end", clause)
    for one in facts.deliverables:
        if one.delivered_on is not None:
            yield _line(one.delivered_on, f"Livrable remis : {one.title}.", entries, one.id, "delivered_on", ("C13",))
    for move in facts.moves:
        yield StoryLine(move.moved_at.date(), _moved(move), Entry(move.adviser, move.moved_at), ("C34",))
    for baseline in facts.baselines:
        budget = f", budget {show_money(baseline.budget)}" if baseline.budget is not None else ""
        words = (
            f"Planning n° {baseline.number} convenu entre {baseline.provider_by} et {baseline.client_by} : "
            f"fin le {show_date(baseline.end_on)}{budget}."
        )
        yield _line(baseline.agreed_on, words, entries, baseline.id, "number", ("C25",))
    for exchange in facts.exchanges:
        words = f"{exchange.means.value.capitalize()}, {exchange.between.value} : {exchange.summary}"
        clause = ("C18",) if exchange.about_removal else ("C26",)
        yield StoryLine(exchange.held_on, words, Entry(exchange.adviser, exchange.noted_at), clause)
    yield from _money(facts, entries)
    for notice in facts.notices:
        clause = ("C28",) if notice.kind.name == "SPECIFICATION" else ("C29",)
        words = f"Avis à la CCIR, {notice.kind.value.lower()}, de {notice.from_whom}."
        yield _line(notice.received_on, words, entries, notice.id, "received_on", clause)
    for noted in facts.evidence:
        words = f"{noted.clause_id}, {noted.nature.value} : {noted.statement}"
        yield _line(noted.noted_on, words, entries, noted.id, "statement", (noted.clause_id,))


def _life(facts: ProjectFacts, entries: Entries) -> Iterator[StoryLine]:
    if facts.created_at is not None:
        origin = f" Il continue le projet {facts.predecessor[1]} (C19)." if facts.predecessor else ""
        words = f"Projet {facts.number} ouvert à partir de l'accompagnement : {facts.accompaniment}.{origin}"
        yield StoryLine(facts.created_at.date(), words, Entry(facts.adviser, facts.created_at), ("C03",))
    if facts.started_on is not None:
        words = f"Début du projet avec {facts.provider.name}, chef de projet : {facts.provider_lead.name}."
        yield _line(facts.started_on, words, entries, facts.id, "started_on", ("C33", "C39"))
    for removal in facts.provider.removals:
        if facts.created_at is None or removal.removed_on >= facts.created_at.date():
            words = f"{facts.provider.name} radié du registre ; le projet continue."
            yield StoryLine(removal.removed_on, words, None, ("C18",))
    for frozen in facts.incapacities:
        words = f"Incapacité du prestataire : {frozen.reason}"
        yield _line(frozen.declared_on, words, entries, frozen.id, "declared_on", ("C19",))
        if frozen.lifted_on is not None:
            yield _line(
                frozen.lifted_on, "Le prestataire reprend le projet.", entries, frozen.id, "lifted_on", ("C19",)
            )
        if frozen.handed_on is not None and facts.successor is not None:
            words = f"Projet repris par un autre prestataire : {facts.successor[1]}."
            yield _line(frozen.handed_on, words, entries, frozen.id, "handed_on", ("C19",))
    if facts.closed_on is not None:
        why = f" Motif : {facts.closing_reason}" if facts.closing_reason else ""
        yield _line(facts.closed_on, f"Projet clos.{why}", entries, facts.id, "closed_on", ("C27",))


def _document(document: Document, entries: Entries) -> Iterator[StoryLine]:
    added = None if document.added_at is None else document.added_at.date()
    day = document.signed_on or document.dated_on or added
    if day is not None:
        signed = f", signé le {show_date(document.signed_on)}" if document.signed_on else ""
        yield _line(day, f"Document : {document.name}{signed}.", entries, document.id, "kind")
    if document.annexed_on is not None:
        version = f" ({document.annex_version})" if document.annex_version else ""
        words = f"Charte{version} annexée à « {document.name} »."
        yield _line(document.annexed_on, words, entries, document.id, "annexed_on", ("C02", "C05"))


def _moved(move: Move) -> str:
    before, after = show_date(move.end_before) or "sans date", show_date(move.end_after) or "sans date"
    if move.end_before == move.end_after:
        before, after = show_date(move.start_before) or "sans date", show_date(move.start_after) or "sans date"
    moved = f"prévu pour le {after}" if before == "sans date" else f"déplacé du {before} au {after}"
    if after == "sans date":
        moved = f"n'a plus de date, il était prévu pour le {before}"
    return f"« {move.title} » {moved}. Motif : {move.reason}"


def _money(facts: ProjectFacts, entries: Entries) -> Iterator[StoryLine]:
    for invoice in facts.invoices:
        what = "Avoir" if invoice.amount < 0 else "Facture"
        words = f"{what} {invoice.number} : {show_money(invoice.amount)}."
        yield _line(invoice.issued_on, words, entries, invoice.id, "amount")
    labels = {line.id: line.label for line in facts.prices}
    for change in facts.price_changes:
        words = (
            f"Évolution de prix annoncée ({change.notified_how.value}) : {labels.get(change.price_line_id, 'prix')}, "
            f"{show_money(change.new_amount)} à partir du {show_date(change.effective_on)}."
        )
        yield _line(change.notified_on, words, entries, change.id, "notified_on", ("C41",))
        if change.answered_on is not None:
            words = f"Évolution de prix {change.answer.value}e par {change.answered_by}."
            yield _line(change.answered_on, words, entries, change.id, "answer", ("C41",))
    for overrun in facts.overruns:
        yield from _overrun(overrun, entries)


def _overrun(overrun: Overrun, entries: Entries) -> Iterator[StoryLine]:
    name = f"Dépassement n° {overrun.number}"
    if overrun.contacted_on is not None:
        how = f" ({overrun.contact_how.value})" if overrun.contact_how else ""
        words = f"{name} : client contacté par {overrun.contact_who}{how}."
        yield _line(overrun.contacted_on, words, entries, overrun.id, "contacted_on", ("C36",))
    if overrun.reason_told_on is not None:
        words = f"{name}, motif annoncé : {overrun.reason}"
        yield _line(overrun.reason_told_on, words, entries, overrun.id, "reason_told_on", ("C36",))
    if overrun.costed_on is not None:
        yield _line(overrun.costed_on, f"{name} chiffré.", entries, overrun.id, "costed_on", ("C37",))
    if overrun.answered_on is not None:
        who = f" par {overrun.signer}" if overrun.signer else ""
        why = f" : {overrun.refusal}" if overrun.answer is Answer.REFUSED else ""
        words = f"{name} {overrun.answer.value}{who}{why}."
        yield _line(overrun.answered_on, words, entries, overrun.id, "answer", ("C38",))


def _line(
    day: date, sentence: str, entries: Entries, record_id: str, field: str, clause_ids: tuple[str, ...] = ()
) -> StoryLine:
    return StoryLine(day, sentence, entries.get((record_id, field)), clause_ids)
