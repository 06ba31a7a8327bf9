from datetime import datetime, timedelta

import pytest

from charte_desktop.errors import UserError
from charte_desktop.model.company import Company
from charte_desktop.model.exchange_kind import ExchangeKind
from charte_desktop.store.attachments import Attachments
from charte_desktop.store.company_contacts import CompanyContacts
from charte_desktop.store.database import REUNION, Database
from charte_desktop.store.exchanges import Exchanges
from charte_desktop.store.history import History
from tests.clock import FixedClock
from tests.factory import enter_company
from tests.store.mails import a_mail


@pytest.fixture
def company(database: Database) -> Company:
    return enter_company(database, legal_name="Garage Oliflore", emails=["garage@oliflore.example"])


@pytest.fixture
def exchanges(database: Database) -> Exchanges:
    return Exchanges(database)


def test_a_call_is_noted_in_a_line_now(exchanges: Exchanges, company: Company, clock: FixedClock) -> None:
    exchanges.note(
        company.id, ExchangeKind.CALL, "A reçu deux devis\nLe second est plus clair", with_whom=" la  gérante"
    )
    (row,) = exchanges.of(company.id)
    assert (row.kind, row.subject, row.text) == (ExchangeKind.CALL, "A reçu deux devis", "Le second est plus clair")
    assert (row.with_whom, row.held_at, row.adviser) == ("la gérante", clock.moment, "Conseillère Ouest")


def test_an_exchange_without_words_or_of_tomorrow_is_refused(
    exchanges: Exchanges, company: Company, clock: FixedClock
) -> None:
    with pytest.raises(UserError, match="quelques mots"):
        exchanges.note(company.id, ExchangeKind.CALL, " \n ")
    with pytest.raises(UserError, match="pas encore passé"):
        exchanges.note(company.id, ExchangeKind.CALL, "Rappel", at=clock.moment + timedelta(days=1))


def test_a_mail_is_filed_with_its_date_its_people_and_its_files(
    exchanges: Exchanges, company: Company, database: Database
) -> None:
    filed = exchanges.file_mail(company.id, a_mail(files={"devis.pdf": b"%PDF-1.7", "plan.png": b"\x89PNG"}))
    row = exchanges.get(filed.exchange_id)
    assert row.held_at == datetime(2026, 10, 19, 12, 15, tzinfo=REUNION)
    assert row.subject == "Devis du site"
    assert row.with_whom == "Prestataire Fictif <contact@prestataire.example> → Conseillère Ouest <conseil@cci.example>"
    files = Attachments(database).of(filed.exchange_id)
    assert [(one.name, len(one.sha256)) for one in files] == [("devis.pdf", 64), ("plan.png", 64)]
    assert Attachments(database).content(files[0].id) == b"%PDF-1.7"


def test_a_program_among_its_files_is_left_out_and_named(
    exchanges: Exchanges, company: Company, database: Database
) -> None:
    files = {"facture.pdf": b"MZ\x90\x00" + bytes(100), "lisez.txt": b"Bonjour", "vide.txt": b""}
    filed = exchanges.file_mail(company.id, a_mail(files=files))
    assert filed.left_out == ("facture.pdf",)
    assert [one.name for one in Attachments(database).of(filed.exchange_id)] == ["lisez.txt"]


def test_files_that_are_too_large_together_are_refused(exchanges: Exchanges, company: Company) -> None:
    half = bytes(13 * 1024 * 1024)
    with pytest.raises(UserError, match="25 Mo"):
        exchanges.file_mail(company.id, a_mail(files={"un.bin": half, "deux.bin": half}))


def test_the_same_mail_is_not_filed_twice_with_a_company(
    exchanges: Exchanges, company: Company, database: Database
) -> None:
    first = exchanges.file_mail(company.id, a_mail())
    with pytest.raises(UserError, match="déjà classé dans cette fiche, depuis le 20/10/2026"):
        exchanges.file_mail(company.id, a_mail())
    other = enter_company(database)
    exchanges.file_mail(other.id, a_mail())
    exchanges.drop(first.exchange_id)
    exchanges.file_mail(company.id, a_mail())
    assert len(exchanges.of(company.id)) == 1


def test_a_mail_without_a_date_shows_none_and_stands_at_the_day_it_was_filed(
    exchanges: Exchanges, company: Company, clock: FixedClock
) -> None:
    exchanges.note(company.id, ExchangeKind.CALL, "Avant", at=clock.moment - timedelta(days=2))
    exchanges.file_mail(company.id, a_mail(sent_at=None, subject=""))
    latest = exchanges.of(company.id)[0]
    assert (latest.held_at, latest.filed_at, latest.subject) == (None, clock.moment, "(sans objet)")


def test_a_dropped_exchange_can_be_put_back(exchanges: Exchanges, company: Company, database: Database) -> None:
    noted = exchanges.note(company.id, ExchangeKind.MEETING, "Au marché")
    exchanges.drop(noted.id)
    assert exchanges.of(company.id) == []
    History(database).undo()
    assert [one.subject for one in exchanges.of(company.id)] == ["Au marché"]


def test_a_company_is_known_by_its_addresses_and_those_of_its_people(
    exchanges: Exchanges, company: Company, database: Database
) -> None:
    CompanyContacts(database).add(company.id, "Gérante", reach="gerante@perso.example")
    other = enter_company(database, emails=["commun@groupe.example"])
    enter_company(database, emails=["commun@groupe.example"])
    assert exchanges.company_of_addresses(["x@y.example", "GARAGE@oliflore.example"]) == company.id
    assert exchanges.company_of_addresses(["gerante@perso.example"]) == company.id
    assert exchanges.company_of_addresses(["commun@groupe.example"]) == ""
    assert exchanges.company_of_addresses([]) == ""
    assert other.id != company.id
