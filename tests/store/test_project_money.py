"""Prices, invoices, overruns and prices that change."""

import json
from datetime import date
from typing import Any

import pytest

from charte_desktop.errors import UserError
from charte_desktop.model.drawing import Drawing
from charte_desktop.model.overrun import OverrunState, is_billable, state_of_overrun
from charte_desktop.model.project_kinds import Answer, DocumentKind, Means, Period, PriceKind, StepKind
from charte_desktop.model.project_money import HORIZONS, budget_state, lines_of, project_totals
from charte_desktop.model.sealed_pdf import KeyPair, Sealed
from charte_desktop.model.signing import Capacity, Identification, Signer
from charte_desktop.store.database import Database
from charte_desktop.store.history import History
from charte_desktop.store.project_money import ProjectMoney
from charte_desktop.store.project_overruns import ProjectOverruns
from charte_desktop.store.project_papers import File, ProjectPapers
from charte_desktop.store.seal_certificates import SealCertificates
from charte_desktop.store.sealed_documents import SealedDocuments
from tests.project_life import PDF, STARTED, costed, opened, priced, started
from tests.signings import a_drawing, an_identity

SIGNER = Signer("Gérante Fictive", Capacity.LEGAL, Identification.KNOWN)


def sealed_by(database: Database) -> Sealed:
    """What a seal gives back; what it is made of is tried elsewhere."""
    identity = an_identity()
    SealCertificates(database).seal_with(KeyPair(identity.certificate, identity.private_key), "Poste")
    return Sealed(
        pdf=PDF, page_count=1, sealed_at=database.clock(), fingerprint="0000 0000 0000 0000",
        certificate_sha256=identity.facts.fingerprint,
    )  # fmt: skip


@pytest.fixture
def money(database: Database) -> ProjectMoney:
    return ProjectMoney(database)


@pytest.fixture
def overruns(database: Database) -> ProjectOverruns:
    return ProjectOverruns(database)


def test_c40_the_three_kinds_of_prices_are_added_up_over_12_and_36_months(
    database: Database, money: ProjectMoney
) -> None:
    facts = priced(database, opened(database))
    year, three_years = (project_totals(facts, months, STARTED) for months in HORIZONS)
    assert (year.setup, year.recurring, year.external, year.whole) == (300_000, 36_000, 12_000, 348_000)
    assert (three_years.recurring, three_years.external, three_years.whole) == (108_000, 36_000, 444_000)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"kind": PriceKind.RECURRING, "period": Period.ONCE}, "par mois, par trimestre ou par an"),
        ({"kind": PriceKind.SETUP, "period": Period.MONTH}, "c'est un coût récurrent"),
        ({"kind": PriceKind.EXTERNAL, "period": Period.YEAR, "supplier": " "}, "écrivez à qui"),
        ({"label": " "}, "ce qui est payé"),
        ({"amount": None}, "le montant d'un paiement"),
        ({"amount": -5}, "ne peut pas être négatif"),
        ({"begins_on": date(2096, 1, 1)}, "vérifiez l'année"),
    ],
)
def test_c40_a_price_that_is_not_clear_is_a_sentence(
    database: Database, money: ProjectMoney, values: dict[str, Any], words: str
) -> None:
    facts = opened(database)
    ordinary: dict[str, Any] = {"kind": PriceKind.SETUP, "label": "Site", "amount": 100, "period": Period.ONCE}
    with pytest.raises(UserError, match=words):
        money.save_price(facts.id, None, **{**ordinary, **values})


def test_invoices_are_counted_against_the_budget_credit_notes_taken_off(
    database: Database, money: ProjectMoney
) -> None:
    facts = started(database)
    money.save_invoice(facts.id, None, number="F1", issued_on=date(2026, 9, 30), amount=200_000)
    money.save_invoice(facts.id, None, number="A1", issued_on=date(2026, 10, 2), amount=-50_000)
    state = budget_state(money.facts(facts.id))
    assert (state.first, state.now, state.invoiced, state.left, state.beyond) == (348_000, 348_000, 150_000, 198_000, 0)
    with pytest.raises(UserError, match="est déjà notée"):
        money.save_invoice(facts.id, None, number="F1", issued_on=date(2026, 10, 3), amount=1)
    with pytest.raises(UserError, match="pas encore passé"):
        money.save_invoice(facts.id, None, number="F2", issued_on=date(2026, 12, 3), amount=1)


def test_a_price_that_was_billed_is_not_taken_off(database: Database, money: ProjectMoney) -> None:
    facts = started(database)
    site = facts.prices[0]
    invoice = money.save_invoice(
        facts.id, None, number="F1", issued_on=date(2026, 9, 30), amount=100, price_line_id=site.id
    )
    with pytest.raises(UserError, match="Une facture tient à ce prix"):
        money.drop_price(facts.id, site.id)
    money.drop_invoice(facts.id, invoice)
    money.drop_price(facts.id, site.id)
    assert site.id not in [line.id for line in money.facts(facts.id).prices]


def test_c36_an_overrun_begins_by_contacting_the_client_and_saying_why(
    database: Database, overruns: ProjectOverruns
) -> None:
    facts = started(database)
    one = overruns.open(facts.id)
    with pytest.raises(UserError, match=r"quand et par qui le client a été contacté \(C36\)"):
        overruns.note_reason(facts.id, one, "Une boutique en plus", date(2026, 9, 14))
    overruns.note_contact(facts.id, one, date(2026, 9, 14), Means.PHONE, "Chef de projet")
    with pytest.raises(UserError, match=r"précéderait « Contact avec le client »"):
        overruns.note_reason(facts.id, one, "Une boutique en plus", date(2026, 9, 10))
    with pytest.raises(UserError, match=r"le motif, et quand le client l'a appris \(C36\)"):
        overruns.cost(facts.id, one, date(2026, 9, 15), date(2026, 12, 31))
    overruns.note_reason(facts.id, one, "Une boutique en plus", date(2026, 9, 14))


def test_c37_an_overrun_is_costed_before_anybody_agrees(database: Database, overruns: ProjectOverruns) -> None:
    facts = started(database)
    one = overruns.open(facts.id)
    overruns.note_contact(facts.id, one, date(2026, 9, 14), Means.PHONE, "Chef de projet")
    money = ProjectMoney(database)
    with pytest.raises(UserError, match="le motif"):
        money.save_price(facts.id, None, overrun_id=one, kind=PriceKind.SETUP, label="Boutique", amount=60_000)
    overruns.note_reason(facts.id, one, "Une boutique en plus", date(2026, 9, 14))
    with pytest.raises(UserError, match=r"coûte ou retarde"):
        overruns.cost(facts.id, one, date(2026, 9, 15))
    with pytest.raises(UserError, match=r"chiffrez d'abord le dépassement \(C37\)"):
        overruns.agree_on_paper(facts.id, one, date(2026, 9, 18), "Gérante Fictive", "gérante", File("a.pdf", PDF))
    with pytest.raises(UserError, match="chiffrez"):
        overruns.content(facts.id, one)


def test_c38_only_an_explicit_agreement_makes_an_overrun_billable(
    database: Database, overruns: ProjectOverruns, money: ProjectMoney
) -> None:
    facts = started(database)
    one = costed(database, facts)
    facts = overruns.facts(facts.id)
    (line,) = lines_of(facts, facts.overruns[0])
    assert state_of_overrun(facts.overruns[0], True) is OverrunState.TO_AGREE
    bill = {"number": "F9", "issued_on": date(2026, 10, 1), "amount": 60_000, "price_line_id": line.id}
    with pytest.raises(UserError, match=r"n'est pas facturable.*\(C36, C37, C38\)"):
        money.save_invoice(facts.id, None, **bill)
    assert project_totals(facts, 12, STARTED).whole == 348_000

    overruns.agree_on_paper(facts.id, one, date(2026, 9, 18), "Gérante Fictive", "gérante", File("accord.pdf", PDF))

    after = overruns.facts(facts.id)
    assert is_billable(after, after.overruns[0])
    money.save_invoice(facts.id, None, **bill)
    assert after.budget == 408_000
    assert after.end_on == date(2026, 12, 31)
    assert [one.number for one in after.baselines] == [1, 2]
    assert after.baselines[0].budget == 348_000
    delivery = after.step(StepKind.DELIVERY)
    assert delivery is not None
    assert delivery.planned_end == date(2026, 12, 31)
    assert after.moves[-1].reason == "Dépassement n° 1 accepté par l'entreprise"


def test_c38_the_effect_is_known_before_anybody_signs(database: Database, overruns: ProjectOverruns) -> None:
    facts = started(database)
    effect = overruns.content(facts.id, costed(database, facts)).effect
    assert (effect.budget_before, effect.budget_after, effect.cost) == (348_000, 408_000, 60_000)
    assert (effect.end_before, effect.end_after) == (date(2026, 12, 15), date(2026, 12, 31))


def test_c38_what_was_not_shown_is_not_kept(database: Database, overruns: ProjectOverruns, money: ProjectMoney) -> None:
    facts = started(database)
    one = costed(database, facts)
    content = overruns.compose(facts.id, one, SIGNER, "Saint-Denis", a_drawing(), database.clock())
    (line,) = lines_of(content.facts, content.overrun)
    money.save_price(facts.id, line.id, amount=70_000)
    with pytest.raises(UserError, match="a changé depuis qu'il a été montré"):
        overruns.keep(content, sealed_by(database))
    assert overruns.facts(facts.id).overruns[0].answer is Answer.WAITING


@pytest.mark.parametrize(
    ("signer", "place", "drawing", "words"),
    [
        (Signer(), "Saint-Denis", a_drawing(), "le nom de la personne qui signe, comment vous savez qui c'est"),
        (SIGNER, " ", a_drawing(), "le lieu"),
        (SIGNER, "Saint-Denis", Drawing(2.5), "Le cadre est vide"),
    ],
)
def test_c38_a_signature_says_who_signs_where_and_is_not_blank(
    database: Database, overruns: ProjectOverruns, signer: Signer, place: str, drawing: Drawing, words: str
) -> None:
    facts = started(database)
    one = costed(database, facts)
    with pytest.raises(UserError, match=words):
        overruns.compose(facts.id, one, signer, place, drawing, database.clock())


def test_c38_an_agreement_on_the_screen_keeps_its_document_and_is_not_undone(
    database: Database, overruns: ProjectOverruns
) -> None:
    facts = started(database)
    one = costed(database, facts)
    content = overruns.compose(facts.id, one, SIGNER, "Saint-Denis", a_drawing(), database.clock())
    overruns.keep(content, sealed_by(database))
    after = overruns.facts(facts.id)
    document = after.document(after.overruns[0].document_id)
    assert document is not None
    assert (document.kind, document.signed_on) == (DocumentKind.OVERRUN_AGREEMENT, database.today())
    assert document.sealed_id is not None
    assert ProjectPapers(database).content(document.sealed_id) == PDF
    (kept,) = SealedDocuments(database).of(facts.id)
    assert (kept.kind, kept.number, kept.signer) == ("overrun", content.number, "Gérante Fictive")
    assert History(database).undo_label() != "Signer l'accord de dépassement"
    with pytest.raises(UserError, match="accepté par le client : il ne change plus"):
        overruns.note_reason(facts.id, one, "Autre", date(2026, 9, 14))
    effect = overruns.agreed(facts.id, one).effect
    assert (effect.budget_before, effect.budget_after) == (348_000, 408_000)
    assert (effect.end_before, effect.end_after) == (date(2026, 12, 15), date(2026, 12, 31))
    amendment = overruns.keep_amendment(facts.id, one, PDF)
    assert overruns.facts(facts.id).overruns[0].amendment_id == amendment


def test_c38_the_evidence_holds_the_very_words_that_were_agreed_to(
    database: Database, overruns: ProjectOverruns
) -> None:
    facts = started(database)
    one = costed(database, facts)
    content = overruns.compose(facts.id, one, SIGNER, "Saint-Denis", a_drawing(), database.clock())
    said = json.loads(content.evidence)
    assert (said["format"], said["kind"]) == ("charte-desktop/preuve/1", "overrun")
    assert said["accord"][1]["texte"] == "La boutique en ligne n'était pas prévue.\nAnnoncé le 14/09/2026."
    assert (said["budget_avant_centimes"], said["budget_apres_centimes"]) == (348_000, 408_000)
    assert said["signer"] == "Gérante Fictive, responsable légal"


def test_c38_a_refusal_bills_nothing_and_stays_in_the_file(
    database: Database, overruns: ProjectOverruns, money: ProjectMoney
) -> None:
    facts = started(database)
    one = costed(database, facts)
    overruns.refuse(facts.id, one, date(2026, 9, 18), "Gérante Fictive", "Trop cher")
    after = overruns.facts(facts.id)
    assert state_of_overrun(after.overruns[0], True) is OverrunState.REFUSED
    assert after.budget == 348_000
    with pytest.raises(UserError, match="reste au dossier"):
        overruns.drop(facts.id, one)
    with pytest.raises(UserError, match="avenant suit un dépassement accepté"):
        overruns.keep_amendment(facts.id, one, PDF)


def test_an_overrun_opened_in_error_goes_with_its_prices(database: Database, overruns: ProjectOverruns) -> None:
    facts = started(database)
    overruns.drop(facts.id, costed(database, facts))
    assert overruns.facts(facts.id).prices == facts.prices


def test_before_the_start_there_is_no_overrun(database: Database, overruns: ProjectOverruns) -> None:
    with pytest.raises(UserError, match="n'a pas commencé"):
        overruns.open(opened(database).id)


def test_c41_a_price_is_announced_before_its_effect_and_counts_once_the_client_agreed(
    database: Database, money: ProjectMoney
) -> None:
    facts = started(database)
    maintenance = next(line for line in facts.prices if line.kind is PriceKind.RECURRING)
    values = {
        "price_line_id": maintenance.id,
        "new_amount": 3_600,
        "notified_on": date(2026, 10, 1),
        "notified_how": Means.LETTER,
        "effective_on": date(2026, 9, 1),
    }
    with pytest.raises(UserError, match=r"avant d'être annoncé.*jamais imposée \(C41\)"):
        money.announce_price(facts.id, None, **values)
    change = money.announce_price(facts.id, None, **{**values, "effective_on": date(2027, 1, 1)})
    assert project_totals(money.facts(facts.id), 12, STARTED).recurring == 36_000
    with pytest.raises(UserError, match="précède l'annonce"):
        money.answer_price(facts.id, change, Answer.ACCEPTED, date(2026, 9, 1), "Gérante")
    money.answer_price(facts.id, change, Answer.ACCEPTED, date(2026, 10, 8), "Gérante Fictive")
    # Four payments at 30 €, eight at 36 €: September to December, then January to August.
    assert project_totals(money.facts(facts.id), 12, STARTED).recurring == 4 * 3_000 + 8 * 3_600
    with pytest.raises(UserError, match="a déjà répondu"):
        money.announce_price(facts.id, change, new_amount=4_000)


def test_c41_a_price_that_is_refused_does_not_change(database: Database, money: ProjectMoney) -> None:
    facts = started(database)
    change = money.announce_price(
        facts.id, None, price_line_id=facts.prices[1].id, new_amount=9_000, notified_on=date(2026, 10, 1),
        notified_how=Means.EMAIL, effective_on=date(2026, 12, 1),
    )  # fmt: skip
    money.answer_price(facts.id, change, Answer.REFUSED, date(2026, 10, 8), "Gérante Fictive")
    assert project_totals(money.facts(facts.id), 12, STARTED).whole == 348_000
    with pytest.raises(UserError, match="reste au dossier"):
        money.drop_price_change(facts.id, change)
