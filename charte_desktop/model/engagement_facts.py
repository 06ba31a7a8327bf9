"""What the clauses of a project are looked for in: documents, exchanges, notices, prices; each with a way to it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from charte_desktop.model.display import show_date
from charte_desktop.model.money import show_money
from charte_desktop.model.project_facts import Document, Exchange, ProjectFacts
from charte_desktop.model.project_kinds import Between, DocumentKind, NoticeKind, StepKind
from charte_desktop.model.project_money import HORIZONS, project_totals
from charte_desktop.model.project_rules import ProjectRules


class LinkKind(Enum):
    """Where an evidence is looked at; the value is a word for it."""

    DOCUMENT = "document"
    EVIDENCE = "fait noté"
    STEPS = "étapes"
    EXCHANGE = "échange"
    NOTICE = "avis"
    PARTY = "intervenant"
    FORM = "fiche"
    MONEY = "prix"
    PRICE_CHANGE = "évolution de prix"
    OVERRUN = "dépassement"
    STORY = "journal"
    PROVIDER = "prestataire"
    COMPANY = "entreprise"
    PROJECT = "projet"


@dataclass(frozen=True)
class Link:
    """One thing that shows a clause: what it is, which, in words."""

    kind: LinkKind
    target: str
    words: str


def documents(found: Iterable[Document]) -> list[Link]:
    """Ways to documents."""
    return [Link(LinkKind.DOCUMENT, one.id, one.name) for one in found]


def named(found: Sequence[Document]) -> str:
    """Documents by their names and dates."""
    told = []
    for one in found[:3]:
        day = one.signed_on or one.dated_on
        told.append(f"{one.name} ({show_date(day)})" if day else one.name)
    more = f" et {len(found) - 3} autres" if len(found) > 3 else ""
    return ", ".join(told) + more


def order_documents(facts: ProjectFacts) -> list[Document]:
    """What the order is made of (C24)."""
    contracts = [one for one in facts.documents_of(DocumentKind.CONTRACT) if one.signed_on is not None]
    return contracts or facts.documents_of(
        DocumentKind.SIGNED_PROPOSAL, DocumentKind.SPECIFICATION, DocumentKind.NEGOTIATION
    )


def exchanges_of(facts: ProjectFacts) -> list[Exchange]:
    """What the provider and the company said to one another, in order (C26)."""
    return [one for one in facts.exchanges if one.between in (Between.PROVIDER_CLIENT, Between.ALL)]


def last_news(facts: ProjectFacts) -> date | None:
    """The latest day on which anything was heard of the project: an exchange, a real date, a notice, a document."""
    days = [one.held_on for one in facts.exchanges]
    days += [day for step in facts.steps for day in (step.actual_start, step.actual_end) if day is not None]
    days += [one.delivered_on for one in facts.deliverables if one.delivered_on is not None]
    days += [one.received_on for one in facts.notices]
    days += [day for one in facts.overruns for day in (one.contacted_on, one.answered_on) if day is not None]
    days += [facts.started_on] if facts.started_on is not None else []
    return max(days, default=None)


def silence(facts: ProjectFacts, today: date) -> int | None:
    """For how many days nothing was heard of a running project; None when it does not run (C26)."""
    if facts.started_on is None or facts.closed_on is not None or facts.incapacity is not None:
        return None
    if facts.done_on(StepKind.CALL) is not None:
        return None
    news = last_news(facts)
    return None if news is None else (today - news).days


def notice_expected_since(facts: ProjectFacts, kind: NoticeKind) -> date | None:
    """Since when a notice to the CCIR may be expected; None while it may not (C28, C29)."""
    if kind is NoticeKind.SPECIFICATION:
        return facts.done_on(StepKind.SPECIFICATION)
    ends = [facts.done_on(StepKind.WORK), facts.done_on(StepKind.DELIVERY)]
    return min((day for day in ends if day is not None), default=None)


def late_notice(facts: ProjectFacts, kind: NoticeKind, today: date, rules: ProjectRules) -> str:
    """What is to be said of a notice that was not received; empty while none is expected."""
    since = notice_expected_since(facts, kind)
    if since is None:
        return ""
    waited = (today - since).days
    if waited > rules.notice_days:
        return f"non reçu, {waited} jours après le {show_date(since)}"
    return f"attendu depuis le {show_date(since)}"


def totals_in_words(facts: ProjectFacts, today: date) -> str:
    """The three kinds of prices, and the totals of both horizons (C40)."""
    found = [project_totals(facts, months, today) for months in HORIZONS]
    return ", ".join(
        f"{show_money(one.whole)} {facts.tax_basis.value} sur {months} mois"
        for one, months in zip(found, HORIZONS, strict=True)
    )


def costs(facts: ProjectFacts) -> list[Link]:
    """A way to each price."""
    return [Link(LinkKind.MONEY, line.id, line.label) for line in facts.prices]
