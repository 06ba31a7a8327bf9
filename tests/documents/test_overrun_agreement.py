"""The agreement to an overrun and its amendment."""

from dataclasses import replace
from datetime import date

from charte_desktop.documents.overrun_agreement import amendment, overrun_agreement, page_count, seal_agreement
from charte_desktop.documents.verification import Verdict, verify
from charte_desktop.model.overrun_content import agreement_content
from charte_desktop.model.project_kinds import Answer
from tests.documents.project_contents import AT, TODAY, a_running_project, an_agreement, an_odd_project
from tests.documents.reading import faults_of, opened, page_total, sentences_of, structure_of
from tests.signings import an_identity


def plain(pdf: bytes) -> str:
    return sentences_of(pdf).replace("\u00a0", " ").replace("\u202f", " ")


def test_c38_the_paper_says_what_is_agreed_to_before_anybody_signs() -> None:
    text = plain(overrun_agreement(an_agreement(signed=False)))
    for wanted in (
        "Accord de dépassement",
        "Le client a été contacté le 05/10/2026 par Chef de projet Fictif (téléphone).",
        "La boutique n'était pas prévue.",
        "Mise en place, Boutique en ligne : 600,00 € HT une fois",
        "Le budget global passe de 3 480,00 € à 4 080,00 €.",
        "La date de fin passe de 15/12/2026 à 15/01/2027.",
        "l'entreprise donne son accord explicite à ce dépassement",
        "sur accord explicite du client.",
    ):
        assert wanted in text
    assert "Page de preuve" not in text


def test_c38_once_signed_it_bears_the_signature_its_proof_and_how_to_check_it() -> None:
    content = an_agreement()
    pdf = overrun_agreement(content)
    text = plain(pdf)
    for wanted in (
        "Gérante Fictive, responsable légal",
        "Fait à Saint-Denis, le 23/11/2026 à 14:02 (Indian/Reunion, UTC+4)",
        "n° AD-2026-K7Q-00001",
        "Connu(e) du conseiller",
        content.fingerprint,
        content.words_sha256(),
        "signature électronique simple",
        "Comment vérifier ce document",
    ):
        assert wanted in text
    assert structure_of(pdf).count("Figure") == 1
    assert page_total(pdf) == page_count(content) == 3


def test_c38_a_sealed_agreement_is_intact_and_says_whose_it_is() -> None:
    sealed = seal_agreement(an_agreement(), an_identity(), AT)
    found = verify(sealed.pdf, [an_identity().certificate])
    assert found.verdict is Verdict.INTACT_KNOWN
    assert found.evidence is not None
    assert (found.evidence.kind, found.provider, found.charter_version) == ("overrun", "Piton Web", "Charte v1")
    assert found.evidence.signer == "Gérante Fictive, responsable légal"
    assert found.fingerprint == sealed.fingerprint == an_agreement().fingerprint
    changed = bytearray(sealed.pdf)
    changed[len(changed) // 3] ^= 1
    assert verify(bytes(changed), [an_identity().certificate]).verdict is Verdict.CHANGED


def test_the_same_agreement_gives_the_same_bytes() -> None:
    assert overrun_agreement(an_agreement()) == overrun_agreement(an_agreement())


def test_an_overrun_of_time_alone_says_that_the_budget_does_not_change() -> None:
    facts = a_running_project()
    content = an_agreement(replace(facts, prices=[one for one in facts.prices if one.overrun_id is None]), signed=False)
    text = plain(overrun_agreement(content))
    assert "Aucun coût supplémentaire." in text
    assert "Le budget global ne change pas : 3 480,00 €." in text


def test_the_amendment_says_what_changes_and_is_signed_by_both() -> None:
    facts = a_running_project(budget=408_000, end_on=date(2027, 1, 15))
    agreed = replace(
        facts.overruns[0], answer=Answer.ACCEPTED, answered_on=TODAY, document_id="x", budget_before=348_000,
        end_before=date(2026, 12, 15),
    )  # fmt: skip
    content = agreement_content(
        replace(facts, overruns=[agreed]), agreed, at=AT, adviser="Camille Conseil", device="K7Q", today=TODAY
    )
    pdf = amendment(content, "n° AD-2026-K7Q-00001 du 23/11/2026", AT, "Camille Conseil")
    text = plain(pdf)
    for wanted in (
        "Avenant au contrat",
        "(n° AD-2026-K7Q-00001 du 23/11/2026)",
        "Le budget global passe de 3 480,00 € à 4 080,00 €.",
        "Total sur 12 mois 3 960,00 € HT, dépassement compris",
        "Pour Piton Web",
        "Pour Boulangerie du Volcan",
    ):
        assert wanted in text
    assert faults_of(pdf) == []


def test_odd_and_long_texts_break_no_page() -> None:
    content = an_agreement(an_odd_project())
    for pdf in (overrun_agreement(content), amendment(content, "n° 1", AT, "Camille Conseil")):
        assert faults_of(pdf) == []
        assert "Cœur" in sentences_of(pdf)
    assert opened(overrun_agreement(content)).Root.MarkInfo.Marked
