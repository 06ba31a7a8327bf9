"""What the file of a project holds about each clause: computed from facts, never a verdict."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from charte_desktop.model import clauses
from charte_desktop.model.engagement_basis import TraceState
from charte_desktop.model.engagements import ELSEWHERE, ClauseTrace, matrix, open_clauses
from charte_desktop.model.project_facts import (
    Deliverable,
    Incapacity,
    Invoice,
    Lead,
    Notice,
    Partner,
    Party,
    PriceChange,
    ProjectFacts,
)
from charte_desktop.model.project_kinds import (
    CHARTER_STEPS,
    Answer,
    Between,
    DocumentKind,
    EvidenceNature,
    Means,
    NoticeKind,
    Period,
    PriceKind,
    StepKind,
)
from charte_desktop.model.provider_state import RemovalDates
from charte_desktop.model.validity import SignatureDates
from tests.project_facts import (
    STARTED,
    a_baseline,
    a_document,
    a_price,
    a_project,
    an_evidence,
    an_exchange,
    an_overrun,
    done,
)

TODAY = date(2026, 10, 20)
TRACED, PENDING = TraceState.TRACED, TraceState.PENDING
NO_TRACE, NOT_APPLICABLE = TraceState.NO_TRACE, TraceState.NOT_APPLICABLE


def trace(facts: ProjectFacts, clause_id: str, today: date = TODAY) -> ClauseTrace:
    return next(one for one in matrix(facts, today) if one.clause_id == clause_id)


def state(facts: ProjectFacts, clause_id: str, today: date = TODAY) -> TraceState:
    return trace(facts, clause_id, today).state


def test_the_matrix_has_every_clause_that_binds_a_project_in_the_charters_order() -> None:
    listed = [one.clause_id for one in matrix(a_project(), TODAY)]
    assert listed == [one for one in clauses.clauses() if one not in ELSEWHERE]
    assert len(listed) == 36


def test_c08_no_state_is_a_verdict() -> None:
    assert {one.value for one in TraceState} == {"Tracé", "En attente", "Aucune trace", "Sans objet"}


def test_everything_that_is_not_applicable_has_its_reason() -> None:
    for one in matrix(a_project(service_ids=["S14"]), TODAY):
        assert one.words, one.clause_id


def test_c02_shows_which_version_is_annexed_and_since_when() -> None:
    assert state(a_project(), "C02") is PENDING
    contract = a_document(DocumentKind.CONTRACT, signed_on=STARTED, annexed_on=STARTED, annex_version="Charte v1")
    shown = trace(a_project(documents=[contract]), "C02")
    assert shown.state is TRACED
    assert shown.words == "charte (Charte v1) annexée à « Contrat de prestation signé » le 01/09/2026"


def test_c05_is_open_while_one_signed_document_lacks_the_charter() -> None:
    one = a_document(DocumentKind.CONTRACT, signed_on=STARTED, annexed_on=STARTED)
    other = a_document(DocumentKind.QUOTE, signed_on=STARTED)
    shown = trace(a_project(documents=[one, other]), "C05")
    assert shown.state is PENDING
    assert shown.words == "sans charte annexée : Devis signé le 01/09/2026"
    assert state(a_project(documents=[one]), "C05") is TRACED


def test_c03_names_the_accompaniment() -> None:
    shown = trace(a_project(), "C03")
    assert (shown.state, shown.words) == (TRACED, "Diagnostic du 03/08/2026")


def test_c04_waits_for_the_look_up_of_the_accompaniment() -> None:
    assert state(a_project(), "C04") is PENDING
    shown = trace(a_project(evidence=[an_evidence("C04", statement="Attestation demandée")]), "C04")
    assert shown.state is TRACED
    assert "Attestation demandée" in shown.words
    given = trace(a_project(attestations="AT-2026-K7Q-00001"), "C04")
    assert (given.state, given.words) == (TRACED, "attestation remise : AT-2026-K7Q-00001")


def test_c06_looks_at_the_day_of_the_start() -> None:
    late = Partner(id="p", name="Piton Web", signatures=[SignatureDates(date(2026, 9, 15), None)])
    assert state(a_project(provider=late), "C06") is TRACED
    assert state(a_project(provider=late, started_on=STARTED), "C06") is PENDING


def test_c06_what_was_signed_before_a_removal_was_lifted_binds_no_more() -> None:
    signed = SignatureDates(date(2025, 3, 1), None)
    lifted = RemovalDates(date(2026, 1, 1), date(2026, 2, 1))
    back = Partner(id="p", name="Piton Web", signatures=[signed], removals=[lifted])
    assert state(a_project(provider=back, started_on=STARTED), "C06") is PENDING
    again = replace(back, signatures=[signed, SignatureDates(date(2026, 2, 2), None)])
    assert state(a_project(provider=again, started_on=STARTED), "C06") is TRACED


def test_c09_looks_at_the_declared_services() -> None:
    assert trace(a_project(), "C09").words == "1 prestation déclarée, 1 avec références"
    other = trace(a_project(service_ids=["S01", "S03"]), "C09")
    assert (other.state, other.words) == (NO_TRACE, "non déclaré par le prestataire : Référencement")
    noted = a_project(service_ids=["S03"], evidence=[an_evidence("C09")])
    assert state(noted, "C09") is TRACED


@pytest.mark.parametrize("clause_id", ["C04", "C10", "C12", "C16", "C22", "C23", "C30", "C31"])
def test_c10_c12_c16_c22_c23_c30_c31_are_shown_by_a_dated_fact(clause_id: str) -> None:
    facts = a_project()
    assert state(facts, clause_id) is PENDING
    over = done(facts, *CHARTER_STEPS)
    assert state(over, clause_id) is NO_TRACE
    assert state(replace(over, evidence=[an_evidence(clause_id)]), clause_id) is TRACED
    shown = a_document(DocumentKind.OTHER, clause_ids=[clause_id])
    assert state(replace(over, documents=[shown]), clause_id) is TRACED
    aside = an_evidence(clause_id, EvidenceNature.NOT_APPLICABLE, statement="Rien de tel dans ce projet.")
    set_aside = trace(replace(over, evidence=[aside]), clause_id)
    assert (set_aside.state, set_aside.words) == (NOT_APPLICABLE, "Rien de tel dans ce projet.")


def test_a_difficulty_is_told_and_changes_no_state() -> None:
    trouble = an_evidence("C26", EvidenceNature.DIFFICULTY, statement="Deux appels sans réponse.")
    shown = trace(a_project(evidence=[trouble]), "C26")
    assert shown.state is PENDING
    assert "difficulté signalée le 02/09/2026" in shown.words
    assert any("Deux appels sans réponse" in link.words for link in shown.links)


def test_a_mere_statement_does_not_stand_for_an_agreement() -> None:
    billed = a_project(
        budget=100, invoices=[Invoice(id="i", number="F1", issued_on=STARTED, amount=500)],
        evidence=[an_evidence("C38", statement="Accord donné au téléphone.")],
    )  # fmt: skip
    assert state(billed, "C38") is NO_TRACE


def test_c11_wants_the_specification_itself() -> None:
    assert state(a_project(), "C11") is PENDING
    assert state(done(a_project(), StepKind.SPECIFICATION), "C11") is NO_TRACE
    assert state(a_project(documents=[a_document(DocumentKind.SPECIFICATION)]), "C11") is TRACED
    lost = a_document(DocumentKind.SPECIFICATION, source="")
    assert state(a_project(documents=[lost]), "C11") is PENDING


def test_c13_wants_the_list_with_its_dates() -> None:
    listed = [Deliverable(id="d", title="Guide", position=1), Deliverable(id="e", title="Site", position=2)]
    assert state(a_project(), "C13") is PENDING
    assert trace(a_project(deliverables=listed), "C13").words == "2 livrables, dont 2 sans date prévue"
    dated = [replace(one, planned_on=TODAY, delivered_on=TODAY) for one in listed]
    assert trace(a_project(deliverables=dated), "C13").words == "2 livrables, 2 remis"


def test_c14_wants_dates_for_the_work_and_the_delivery() -> None:
    facts = a_project()
    assert state(facts, "C14") is PENDING
    dated = [replace(step, planned_end=date(2026, 12, 1)) for step in facts.steps]
    assert trace(replace(facts, steps=dated), "C14").words == "livraison prévue le 01/12/2026"


def test_c15_a_price_is_attached_and_never_judged() -> None:
    facts = a_project(documents=[a_document(DocumentKind.QUOTE, title="Devis 14")], prices=[a_price()])
    assert trace(facts, "C15").words == "devis chiffré au dossier, jamais jugé : Devis 14"
    assert state(a_project(), "C15") is PENDING


def test_c17_concerns_the_website_alone() -> None:
    assert trace(a_project(service_ids=["S14"]), "C17").state is NOT_APPLICABLE
    assert state(a_project(), "C17") is PENDING
    assert state(a_project(documents=[a_document(DocumentKind.GDPR)]), "C17") is TRACED
    assert state(a_project(evidence=[an_evidence("C17")]), "C17") is TRACED


def test_c19_is_without_object_until_the_provider_cannot_go_on() -> None:
    assert state(a_project(), "C19") is NOT_APPLICABLE
    frozen = [Incapacity(id="i", declared_on=STARTED, reason="Liquidation", open_clauses=[])]
    assert state(a_project(incapacities=frozen), "C19") is PENDING
    assert state(a_project(incapacities=frozen, successor=("other", "PR-2")), "C19") is TRACED
    lifted = [replace(frozen[0], lifted_on=TODAY)]
    assert state(a_project(incapacities=lifted), "C19") is NOT_APPLICABLE


def test_c21_wants_a_quote_and_its_amounts() -> None:
    quote = a_document(DocumentKind.QUOTE, dated_on=date(2026, 8, 10))
    assert trace(a_project(documents=[quote]), "C21").words == "montants à joindre"
    both = trace(a_project(documents=[quote], prices=[a_price()]), "C21")
    assert (both.state, both.words) == (TRACED, "devis détaillé du 10/08/2026, 1 ligne de prix")


def test_c24_knows_the_two_lawful_sets_and_no_less() -> None:
    proposal = a_document(DocumentKind.SIGNED_PROPOSAL, signed_on=STARTED)
    specification = a_document(DocumentKind.SPECIFICATION)
    complements = a_document(DocumentKind.NEGOTIATION)
    assert state(a_project(documents=[proposal, specification]), "C24") is PENDING
    whole = trace(a_project(documents=[proposal, specification, complements]), "C24")
    assert (whole.state, whole.words) == (TRACED, "proposition signée, cahier des charges et compléments")
    contract = a_document(DocumentKind.CONTRACT, signed_on=STARTED)
    assert trace(a_project(documents=[contract]), "C24").words == "contrat signé"
    unsigned = a_document(DocumentKind.CONTRACT)
    assert state(a_project(documents=[unsigned]), "C24") is PENDING


def test_c25_names_both_parties_and_the_delivery() -> None:
    assert state(a_project(), "C25") is PENDING
    assert state(done(a_project(), StepKind.SCHEDULE), "C25") is NO_TRACE
    shown = trace(a_project(baselines=[a_baseline()]), "C25")
    assert (shown.state, shown.words) == (TRACED, "convenu le 26/08/2026 par Chef et Gérante, fin le 01/12/2026")


def test_c26_counts_the_silence_of_a_running_project() -> None:
    assert trace(a_project(), "C26").words == "le projet n'a pas commencé"
    running = a_project(started_on=STARTED)
    assert trace(running, "C26").words == "sans nouvelle depuis 49 jours (depuis le 01/09/2026)"
    spoken = replace(running, exchanges=[an_exchange(date(2026, 10, 10))])
    assert trace(spoken, "C26").words == "1 échange, le dernier le 10/10/2026"
    elsewhere = replace(running, exchanges=[an_exchange(date(2026, 10, 10), Between.CLIENT_CCIR)])
    assert state(elsewhere, "C26") is PENDING


def test_c27_waits_for_the_call_and_says_when_there_was_none() -> None:
    facts = a_project()
    assert trace(facts, "C27").words == "attendu après la livraison"
    delivered = done(facts, StepKind.DELIVERY, on=date(2026, 10, 10))
    assert trace(delivered, "C27").words == "livré depuis 10 jours, entreprise pas encore contactée"
    closed = replace(delivered, closed_on=TODAY, closing_reason="Entreprise fermée.")
    assert (trace(closed, "C27").state, trace(closed, "C27").words) == (
        NO_TRACE,
        "clos sans contact : Entreprise fermée.",
    )
    called = done(delivered, StepKind.CALL, on=TODAY)
    assert state(called, "C27") is TRACED


@pytest.mark.parametrize(
    ("clause_id", "kind", "step"),
    [("C28", NoticeKind.SPECIFICATION, StepKind.SPECIFICATION), ("C29", NoticeKind.END_OF_WORK, StepKind.WORK)],
)
def test_c28_c29_wait_for_the_notice_since_the_step_was_done(clause_id: str, kind: NoticeKind, step: StepKind) -> None:
    facts = a_project()
    assert trace(facts, clause_id).words == "pas encore attendu"
    waiting = done(facts, step, on=TODAY - timedelta(3))
    assert trace(waiting, clause_id).words == "attendu depuis le 17/10/2026"
    late = done(facts, step, on=TODAY - timedelta(20))
    assert trace(late, clause_id).words == "non reçu, 20 jours après le 30/09/2026"
    received = replace(late, notices=[Notice(id="n", kind=kind, received_on=TODAY, from_whom="Chef")])
    assert (trace(received, clause_id).state, trace(received, clause_id).words) == (
        TRACED,
        "reçu le 20/10/2026 de Chef",
    )


def test_c32_names_the_others() -> None:
    assert state(a_project(), "C32") is NOT_APPLICABLE
    parties = [Party(id=str(number), name=f"Tiers {number}", role="photos") for number in range(5)]
    assert trace(a_project(parties=parties), "C32").words.endswith("et 2 autres")


def test_c33_wants_a_name_and_a_way_to_reach_it() -> None:
    assert trace(a_project(), "C33").words == "chef de projet à nommer"
    assert trace(a_project(provider_lead=Lead(name="Chef")), "C33").words == "chef de projet sans moyen de le joindre"
    assert state(a_project(provider_lead=Lead(name="Chef", email="chef@piton.example")), "C33") is TRACED


def test_c34_compares_planned_agreed_and_real_dates_or_names_the_method() -> None:
    assert state(a_project(), "C34") is PENDING
    assert trace(a_project(method="Point chaque lundi"), "C34").words == "Point chaque lundi"
    compared = done(a_project(baselines=[a_baseline()]), StepKind.WORK)
    assert trace(compared, "C34").words == "1 étape : prévu, convenu et réel comparés"


def test_c35_counts_what_the_journal_tells() -> None:
    assert state(a_project(), "C35") is PENDING
    assert trace(a_project(exchanges=[an_exchange(TODAY)]), "C35").words == "1 fait daté au journal du projet"


CONTACT = {"contacted_on": date(2026, 9, 14), "contact_how": Means.PHONE, "contact_who": "Chef"}
REASON = {"reason": "Une boutique en plus", "reason_told_on": date(2026, 9, 15)}
COSTING = {"costed_on": date(2026, 9, 16), "new_end_on": date(2026, 12, 31)}
AGREEMENT = {"answer": Answer.ACCEPTED, "answered_on": date(2026, 9, 18), "document_id": "accord"}


def test_c36_c37_c38_are_without_object_until_something_exceeds_the_budget() -> None:
    for clause_id in ("C36", "C37", "C38"):
        assert state(a_project(), clause_id) is NOT_APPLICABLE
        billed = a_project(budget=100, invoices=[Invoice(id="i", number="F1", issued_on=STARTED, amount=500)])
        assert trace(billed, clause_id).state is NO_TRACE
        assert "facturés au-delà du budget" in trace(billed, clause_id).words


def test_c36_c37_c38_are_traced_stage_by_stage() -> None:
    states = []
    for parts in ({}, CONTACT, {**CONTACT, **REASON}, {**CONTACT, **REASON, **COSTING}):
        facts = a_project(overruns=[an_overrun(**parts)])
        states.append([state(facts, one) for one in ("C36", "C37", "C38")])
    assert states == [
        [PENDING, PENDING, PENDING],
        [PENDING, PENDING, PENDING],
        [TRACED, PENDING, PENDING],
        [TRACED, TRACED, PENDING],
    ]
    agreed = a_project(overruns=[an_overrun(**CONTACT, **REASON, **COSTING, **AGREEMENT)])
    assert [state(agreed, one) for one in ("C36", "C37", "C38")] == [TRACED, TRACED, TRACED]
    assert trace(agreed, "C38").words == "n° 1 le 18/09/2026"


def test_c38_an_agreement_without_its_document_does_not_stand() -> None:
    oral = an_overrun(**CONTACT, **REASON, **COSTING, answer=Answer.ACCEPTED, answered_on=date(2026, 9, 18))
    assert state(a_project(overruns=[oral]), "C38") is PENDING


def test_c39_wants_both_the_budget_and_the_end() -> None:
    assert trace(a_project(), "C39").words == "budget et date de fin à connaître avant le début"
    shown = trace(a_project(budget=348_000, end_on=date(2026, 12, 15)), "C39")
    assert (shown.state, shown.words) == (TRACED, "3\u202f480,00\u00a0€ HT, fin le 15/12/2026")


def test_c40_gives_the_totals_over_12_and_36_months() -> None:
    prices = [
        a_price(),
        a_price(PriceKind.RECURRING, amount=3_000, period=Period.MONTH),
        a_price(PriceKind.EXTERNAL, amount=12_000, period=Period.YEAR),
    ]
    shown = trace(a_project(prices=prices), "C40")
    assert shown.words == "3\u202f480,00\u00a0€ HT sur 12 mois, 4\u202f440,00\u00a0€ HT sur 36 mois"
    assert state(a_project(), "C40") is PENDING


def test_c41_waits_for_the_answer_and_says_a_short_notice() -> None:
    assert state(a_project(), "C41") is NOT_APPLICABLE
    change = PriceChange(
        id="c", price_line_id="l", new_amount=1, notified_on=date(2026, 10, 1), notified_how=Means.EMAIL,
        effective_on=date(2026, 10, 11), reason="", answer=Answer.WAITING,
    )  # fmt: skip
    waiting = trace(a_project(price_changes=[change]), "C41")
    assert (waiting.state, waiting.words) == (PENDING, "date d'effet passée sans réponse (11/10/2026)")
    answered = replace(change, answer=Answer.ACCEPTED, answered_on=date(2026, 10, 2), answered_by="Gérante")
    shown = trace(a_project(price_changes=[answered]), "C41")
    assert shown.state is TRACED
    assert shown.words.endswith("annonce 10 jours avant l'effet")


def test_open_clauses_are_those_that_still_wait() -> None:
    traces = matrix(a_project(), TODAY)
    assert "C39" in open_clauses(traces)
    assert "C03" not in open_clauses(traces)
