import pytest

from charte_desktop.errors import UserError
from charte_desktop.model.company import Company
from charte_desktop.store.company_contacts import CompanyContacts
from charte_desktop.store.company_records import CompanyRecords
from charte_desktop.store.database import Database
from charte_desktop.store.history import History
from tests.factory import enter_company


@pytest.fixture
def company(database: Database) -> Company:
    return enter_company(database, legal_name="Garage Oliflore")


def test_somebody_has_a_role_and_ways_of_being_reached(database: Database, company: Company) -> None:
    contacts = CompanyContacts(database)
    added = contacts.add(
        company.id, " Gérante   Fictive ", "Dirigeante", reach="0692 00 00 03 ; gerante@garage.example"
    )
    (row,) = contacts.of(company.id)
    assert (row.name, row.role, row.reach) == ("Gérante Fictive", "Dirigeante", "0692 00 00 03, gerante@garage.example")
    contacts.change(added.id, role="Cogérante", reach="0262 00 00 01")
    assert contacts.of(company.id)[0].phones == ("+262262000001",)
    contacts.drop(added.id)
    assert contacts.of(company.id) == []
    History(database).undo()
    assert contacts.of(company.id)[0].role == "Cogérante"


def test_a_contact_without_a_name_or_with_nonsense_to_reach_it_is_refused(database: Database, company: Company) -> None:
    contacts = CompanyContacts(database)
    with pytest.raises(UserError, match="Écrivez le nom"):
        contacts.add(company.id, "  ")
    with pytest.raises(UserError):
        contacts.add(company.id, "Gérante", reach="demander au garage")
    with pytest.raises(UserError, match="n'existe plus"):
        contacts.add("inconnue", "Gérante")


def test_a_company_is_found_by_its_people(database: Database, company: Company) -> None:
    enter_company(database, legal_name="Snack Bertelina")
    contacts, records = CompanyContacts(database), CompanyRecords(database)

    def found(text: str) -> list[str]:
        return [row.legal_name for row in records.search(text)]

    added = contacts.add(company.id, "Marie-Noëlle Payet", reach="0693 00 00 07, mnp@perso.example")
    for text in ("payet", "marie noelle", "0693000007", "mnp@perso"):
        assert found(text) == ["Garage Oliflore"]
    contacts.change(added.id, name="Aline Hoareau", reach="")
    assert found("payet") == []
    assert found("hoareau") == ["Garage Oliflore"]
    contacts.drop(added.id)
    assert found("hoareau") == []
    History(database).undo()
    assert found("hoareau") == ["Garage Oliflore"]


def test_undoing_a_contact_takes_its_words_out_of_the_search(database: Database, company: Company) -> None:
    CompanyContacts(database).add(company.id, "Marie-Noëlle Payet")
    History(database).undo()
    assert CompanyRecords(database).search("payet") == []
    saved = CompanyRecords(database).get(company.id)
    CompanyContacts(database).add(company.id, "Aline Hoareau")
    saved.enter("notes", "Ouvert le samedi")
    CompanyRecords(database).save(saved)
    assert [row.legal_name for row in CompanyRecords(database).search("hoareau samedi")] == ["Garage Oliflore"]
