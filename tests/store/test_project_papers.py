"""Documents, the annexed charter, facts about clauses, notices, the log and the story."""

from datetime import date, timedelta
from typing import Any

import pytest

from charte_desktop.errors import UserError
from charte_desktop.model.engagement_basis import TraceState
from charte_desktop.model.engagements import ClauseTrace
from charte_desktop.model.project_kinds import Between, DocumentKind, EvidenceNature, Means, NoticeKind, StepKind
from charte_desktop.model.project_state import unannexed
from charte_desktop.store.attestations import Attestations
from charte_desktop.store.database import Database
from charte_desktop.store.project_log import ProjectLog
from charte_desktop.store.project_papers import File, ProjectPapers
from charte_desktop.store.project_steps import ProjectSteps
from tests.clock import FixedClock
from tests.project_life import PDF, delivered, opened, started, step_id


@pytest.fixture
def papers(database: Database) -> ProjectPapers:
    return ProjectPapers(database)


def test_c02_the_annex_says_which_version_on_what_day_and_where(database: Database, papers: ProjectPapers) -> None:
    facts = opened(database)
    contract = papers.add_document(
        facts.id, DocumentKind.CONTRACT, signed_on=date(2026, 8, 18), file=File("contrat.pdf", PDF)
    )
    papers.annex(facts.id, contract, date(2026, 8, 19), file=File("charte signée.pdf", PDF))
    (document,) = papers.facts(facts.id).documents
    assert (document.annexed_on, document.annex_version) == (date(2026, 8, 19), "Charte v1")
    assert document.annex_attachment_id is not None
    assert papers.content(document.annex_attachment_id) == PDF


def test_c05_a_signed_contract_without_the_charter_is_an_open_point(database: Database, papers: ProjectPapers) -> None:
    facts = opened(database)
    quote = papers.add_document(facts.id, DocumentKind.QUOTE, signed_on=date(2026, 8, 18), file=File("devis.pdf", PDF))
    assert unannexed(papers.facts(facts.id)) == ["Devis signé le 18/08/2026"]
    papers.annex(facts.id, quote, date(2026, 8, 19))
    assert not unannexed(papers.facts(facts.id))


def test_c05_a_quote_that_nobody_signed_needs_no_annex(database: Database, papers: ProjectPapers) -> None:
    facts = opened(database)
    papers.add_document(facts.id, DocumentKind.QUOTE, dated_on=date(2026, 8, 10), file=File("devis.pdf", PDF))
    assert not unannexed(papers.facts(facts.id))


@pytest.mark.parametrize(
    ("kind", "values", "words"),
    [
        (DocumentKind.CONTRACT, {}, "quel jour il a été signé"),
        (DocumentKind.OTHER, {"source": " "}, "où se trouve l'original"),
        (DocumentKind.QUOTE, {"source": "Bureau", "signed_on": date(2026, 12, 1)}, "pas encore passé"),
        (
            DocumentKind.QUOTE,
            {"source": "Bureau", "dated_on": date(2026, 9, 2), "signed_on": date(2026, 9, 1)},
            "serait signé avant",
        ),
    ],
)
def test_a_document_that_says_too_little_is_a_sentence(
    database: Database, papers: ProjectPapers, kind: DocumentKind, values: dict[str, Any], words: str
) -> None:
    facts = opened(database)
    with pytest.raises(UserError, match=words):
        papers.add_document(facts.id, kind, **values)


@pytest.mark.parametrize(
    ("file", "words"), [(File("vide.pdf", b""), "est vide"), (File("devis.exe", b"MZ"), "est un programme")]
)
def test_a_file_that_cannot_be_kept_is_a_sentence(
    database: Database, papers: ProjectPapers, file: File, words: str
) -> None:
    facts = opened(database)
    with pytest.raises(UserError, match=words):
        papers.add_document(facts.id, DocumentKind.OTHER, file=file)


def test_an_annex_does_not_precede_its_contract(database: Database, papers: ProjectPapers) -> None:
    facts = opened(database)
    quote = papers.add_document(
        facts.id, DocumentKind.QUOTE, dated_on=date(2026, 8, 10), signed_on=date(2026, 8, 18), source="Classeur"
    )
    with pytest.raises(UserError, match="ne peut pas le précéder"):
        papers.annex(facts.id, quote, date(2026, 8, 1))


def test_a_fact_about_a_clause_is_dated_and_never_a_verdict(database: Database, papers: ProjectPapers) -> None:
    facts = opened(database)
    with pytest.raises(UserError, match="sans avis sur le prestataire"):
        papers.note_evidence(facts.id, "C10", EvidenceNature.FACT, date(2026, 9, 1), " ")
    with pytest.raises(UserError, match="ne porte pas sur un projet"):
        papers.note_evidence(facts.id, "C01", EvidenceNature.FACT, date(2026, 9, 1), "Rien")
    with pytest.raises(UserError, match="ne se déclare pas sans objet"):
        papers.note_evidence(facts.id, "C38", EvidenceNature.NOT_APPLICABLE, date(2026, 9, 1), "Accord oral")
    one = papers.note_evidence(facts.id, "C10", EvidenceNature.FACT, date(2026, 9, 1), "Contrainte de débit écrite.")
    papers.drop_evidence(facts.id, one)
    assert not papers.facts(facts.id).evidence


def test_a_document_that_shows_something_is_not_taken_off(database: Database, papers: ProjectPapers) -> None:
    facts = opened(database)
    mail = papers.add_document(facts.id, DocumentKind.OTHER, title="Courriel", file=File("courriel.eml", PDF))
    papers.note_evidence(
        facts.id, "C12", EvidenceNature.FACT, date(2026, 9, 1), "Limites données par écrit.", document_id=mail
    )
    with pytest.raises(UserError, match="s'appuie sur ce document"):
        papers.drop_document(facts.id, mail)


def test_c28_the_notice_of_the_specification_is_kept_with_its_day_its_sender_and_its_file(
    database: Database, papers: ProjectPapers
) -> None:
    facts = started(database)
    papers.note_notice(
        facts.id, NoticeKind.SPECIFICATION, date(2026, 9, 2), "Chef de projet", file=File("cdc.pdf", PDF)
    )
    (notice,) = papers.facts(facts.id).notices
    assert (notice.received_on, notice.from_whom) == (date(2026, 9, 2), "Chef de projet")
    assert papers.facts(facts.id).document(notice.document_id) is not None
    with pytest.raises(UserError, match="de qui vient l'avis"):
        papers.note_notice(facts.id, NoticeKind.SPECIFICATION, date(2026, 9, 2), " ")


def test_c29_the_notice_of_the_end_of_the_work_is_kept_after_the_project_is_over(
    database: Database, papers: ProjectPapers
) -> None:
    facts = delivered(database)
    papers.note_notice(facts.id, NoticeKind.END_OF_WORK, date(2026, 10, 13), "Chef de projet")
    assert [one.kind for one in papers.facts(facts.id).notices] == [NoticeKind.END_OF_WORK]


def test_c32_other_parties_are_named_with_their_role(database: Database) -> None:
    facts, log = opened(database), ProjectLog(database)
    one = log.save_party(facts.id, None, name="Photographe Fictif", role="photos des produits")
    log.save_party(facts.id, one, contact="0692 00 00 09")
    (party,) = log.facts(facts.id).parties
    assert (party.name, party.role, party.contact) == ("Photographe Fictif", "photos des produits", "0692 00 00 09")
    with pytest.raises(UserError, match="ce qu'il fait"):
        log.save_party(facts.id, None, name="Imprimeur", role="")


def test_c35_the_journal_reads_as_a_story_with_who_wrote_what(database: Database, clock: FixedClock) -> None:
    facts = delivered(database)
    database.adviser = "Conseiller Sud"
    clock.advance(days=1)
    ProjectSteps(database).complete(facts.id, step_id(facts, StepKind.CALL), date(2026, 10, 20), "Le site fonctionne.")
    told = ProjectLog(database).story(facts.id)
    days = [line.day for line in told]
    assert days == sorted(days)
    sentences = [line.sentence for line in told]
    assert sentences[0].startswith("Document : Devis 2026-14")
    assert any("ouvert à partir de l'accompagnement : Diagnostic du 03/08/2026" in one for one in sentences)
    assert "Charte (Charte v1) annexée à « Contrat de prestation signé »." in sentences
    last = told[-1]
    assert last.sentence == "Contact après livraison : fait. Le site fonctionne."
    assert last.entry is not None
    assert last.entry.adviser == "Conseiller Sud"
    assert all(line.entry is not None for line in told)


def test_c26_exchanges_are_dated_and_can_be_corrected(database: Database) -> None:
    facts, log = started(database), ProjectLog(database)
    day = database.today() - timedelta(3)
    one = log.note_exchange(facts.id, day, Means.PHONE, Between.PROVIDER_CLIENT, "Point d'avancement.")
    log.save_exchange(facts.id, one, summary="Point d'avancement, photos attendues.")
    (exchange,) = log.facts(facts.id).exchanges
    assert (exchange.summary, exchange.adviser) == ("Point d'avancement, photos attendues.", "Conseillère Ouest")
    log.drop_exchange(facts.id, one)
    with pytest.raises(UserError, match="pas encore passé"):
        log.note_exchange(facts.id, date(2026, 12, 1), Means.PHONE, Between.ALL, "Demain")


def test_c04_the_attestation_of_the_company_is_what_shows_that_its_accompaniment_was_looked_up(
    database: Database,
) -> None:
    facts = opened(database)
    papers = ProjectPapers(database)
    assert trace_of(papers, facts.id, "C04").state is not TraceState.TRACED
    given = Attestations(database).issue(facts.company.id, lambda _: b"%PDF-1.7 attestation")
    shown = trace_of(papers, facts.id, "C04")
    assert shown.state is TraceState.TRACED
    assert given.number in shown.words


def trace_of(papers: ProjectPapers, project_id: str, clause_id: str) -> ClauseTrace:
    return next(one for one in papers.matrix(project_id) if one.clause_id == clause_id)
