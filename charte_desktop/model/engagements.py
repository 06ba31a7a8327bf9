"""The clauses that concern a project, each with what shows it: computed from facts, never a verdict (C08, C35).

A clause is traced when the file holds something dated that shows it, pending while its moment has not come or
something is missing to it, without trace once its moment has passed and the file holds nothing, and not applicable
with a reason. None of these says whether anybody kept the charter.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from charte_desktop.model import clauses, engagements_to_order, engagements_under_way
from charte_desktop.model.display import show_date
from charte_desktop.model.engagement_basis import (
    NO_TRACE,
    NOT_APPLICABLE,
    PENDING,
    TRACED,
    Moment,
    Said,
    TraceState,
    said,
)
from charte_desktop.model.engagement_facts import Link, LinkKind, documents, named
from charte_desktop.model.project_facts import Evidence, ProjectFacts
from charte_desktop.model.project_kinds import EvidenceNature, StepKind
from charte_desktop.model.project_rules import ProjectRules
from charte_desktop.model.validity import RenewalRule

RULES: Mapping[str, Callable[[Moment], Said]] = {**engagements_to_order.RULES, **engagements_under_way.RULES}


@dataclass(frozen=True)
class ClauseTrace:
    """A clause of the charter as a project stands before it."""

    clause_id: str
    state: TraceState
    words: str
    """Why, in facts; may be empty only for a state that needs no reason."""
    links: Sequence[Link] = ()

    @property
    def is_open(self) -> bool:
        """True while something is still expected, or nothing was found."""
        return self.state in (TraceState.PENDING, TraceState.NO_TRACE)


ELSEWHERE = {
    "C01": "engagement de la CCIR, écrit sur chaque document remis",
    "C07": "engagement de la CCIR : fiches annuaires de l'entreprise",
    "C08": "la CCIR n'est ni arbitre ni expert : aucune note ici",
    "C18": "engagement de la CCIR : registre des prestataires",
    "C20": "liste des prestations, dont celles du projet",
}
"""The clauses that bind no project in particular, and where they are seen."""


def matrix(
    facts: ProjectFacts, today: date, renewal: RenewalRule | None = None, rules: ProjectRules | None = None
) -> list[ClauseTrace]:
    """Each clause that concerns the project, in the charter's order, with its state on `today`."""
    moment = Moment(facts, today, renewal or RenewalRule(), rules or ProjectRules())
    return [_trace(moment, clause_id) for clause_id in clauses.clauses() if clause_id not in ELSEWHERE]


def open_clauses(traces: Sequence[ClauseTrace]) -> list[str]:
    """The ids of the clauses for which something is still expected, or nothing was found."""
    return [one.clause_id for one in traces if one.is_open]


def _trace(moment: Moment, clause_id: str) -> ClauseTrace:
    noted = [one for one in moment.facts.evidence if one.clause_id == clause_id]
    rule = RULES.get(clause_id)
    state, words, links = rule(moment) if rule is not None else _by_evidence(moment, clause_id)
    facts = [one for one in noted if one.nature is EvidenceNature.FACT]
    troubles = [one for one in noted if one.nature is EvidenceNature.DIFFICULTY]
    dismissed = [one for one in noted if one.nature is EvidenceNature.NOT_APPLICABLE]
    links = [*links, *(_link(moment, one) for one in noted)]
    if state is NO_TRACE and facts and clause_id in SHOWN_BY_WORDS:
        state, words = TRACED, said(facts[-1])
    if state is not TRACED and dismissed and clause_id in MAY_BE_DISMISSED:
        state, words = NOT_APPLICABLE, dismissed[-1].statement
    if troubles:
        words = " ; ".join(filter(None, [words, f"difficulté signalée le {show_date(troubles[-1].noted_on)}"]))
    return ClauseTrace(clause_id, state, words, links)


MAY_BE_DISMISSED = frozenset({"C04", "C10", "C12", "C16", "C22", "C23", "C30", "C31", "C34"})
"""The clauses that only a written fact can show, and that a written reason can set aside."""

SHOWN_BY_WORDS = MAY_BE_DISMISSED | {"C09", "C14", "C15"}
"""The clauses that a dated statement shows by itself; for the others, documents, dates or answers are wanted."""

_DUE = {
    "C10": StepKind.ORDER, "C12": StepKind.ORDER, "C16": StepKind.ORDER, "C22": StepKind.ORDER,
    "C30": StepKind.WORK, "C31": StepKind.WORK, "C23": StepKind.DELIVERY, "C04": StepKind.ORDER,
}  # fmt: skip
"""The step after which something is expected of a clause that only a written fact can show."""


def _by_evidence(moment: Moment, clause_id: str) -> Said:
    """A clause that only a dated fact, or a document that names it, can show."""
    facts = moment.facts
    shown = [one for one in facts.documents if clause_id in one.clause_ids and one.has_original]
    if shown:
        return TRACED, named(shown), documents(shown)
    noted = [one for one in facts.evidence if one.clause_id == clause_id and one.nature is EvidenceNature.FACT]
    if noted:
        return TRACED, said(noted[-1]), ()
    if clause_id == "C04" and facts.attestations:
        words = f"attestation remise : {facts.attestations}"
        return TRACED, words, [Link(LinkKind.COMPANY, facts.company.id, words)]
    due = _DUE.get(clause_id, StepKind.DELIVERY)
    if facts.done_on(due) is None:
        return PENDING, f"à noter au plus tard à l'étape « {due.value} »", ()
    return NO_TRACE, f"rien de noté, étape « {due.value} » faite", ()


def _link(moment: Moment, one: Evidence) -> Link:
    document = moment.facts.document(one.document_id)
    words = f"{one.nature.value}, {show_date(one.noted_on)} : {one.statement}"
    if document is not None:
        return Link(LinkKind.DOCUMENT, document.id, f"{words} ({document.name})")
    return Link(LinkKind.EVIDENCE, one.id, words)
