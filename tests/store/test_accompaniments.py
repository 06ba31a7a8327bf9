from dataclasses import replace
from datetime import date

import pytest

from charte_desktop.errors import UserError
from charte_desktop.model.accompaniment_entry import AccompanimentEntry, Advised, Person
from charte_desktop.model.accompaniment_kind import AccompanimentKind
from charte_desktop.model.company import Company
from charte_desktop.model.follow_up import NeedState, Outcome, Priority
from charte_desktop.model.questionnaire_file import shipped
from charte_desktop.model.sheet import Criteria
from charte_desktop.store.accompaniments import Accompaniments, Satisfaction
from charte_desktop.store.company_contacts import CompanyContacts
from charte_desktop.store.company_records import CompanyRecords
from charte_desktop.store.database import Database
from charte_desktop.store.directory_sheets import DirectorySheets
from charte_desktop.store.history import History
from tests.clock import FixedClock
from tests.factory import a_provider, enter, enter_company

ENTRY = AccompanimentEntry(
    kind=AccompanimentKind.DIAGNOSTIC,
    held_on=date(2026, 10, 20),
    met=[Person("Gérante Fictive", "Dirigeante"), Person("Comptable Fictif")],
    notes="Veut vendre en ligne.\nPeu de temps.",
    needs={"S01": Priority.HIGH, "S13": Priority.LOW},
    recommendations=[
        Advised("Sauvegarder", "Tout est sur un poste", "Deux copies", Priority.HIGH, "sauvegarde"),
        Advised("Former l'équipe"),
    ],
    next_step="Rappeler pour le devis",
    next_on=date(2026, 11, 3),
    questionnaire_id=shipped().id,
    answers={"site": "aucun", "sauvegarde": "auto", "inconnue": "x"},
)


@pytest.fixture
def company(database: Database) -> Company:
    return enter_company(database, legal_name="Garage Oliflore")


@pytest.fixture
def accompaniments(database: Database) -> Accompaniments:
    return Accompaniments(database)


def test_a_conversation_is_kept_whole_and_read_again_as_it_was(
    accompaniments: Accompaniments, company: Company, database: Database
) -> None:
    held = accompaniments.record(company.id, ENTRY)
    read = accompaniments.entry(held.id)
    contacts = CompanyContacts(database).of(company.id)
    assert [(one.name, one.role) for one in contacts] == [("Gérante Fictive", "Dirigeante"), ("Comptable Fictif", "")]
    assert [one.contact_id for one in read.met] == [one.id for one in contacts]
    expected = replace(ENTRY, met=read.met, answers={"site": "aucun", "sauvegarde": "auto"})
    assert read == expected
    assert accompaniments.company_of(held.id) == company.id


def test_whoever_was_met_before_is_the_same_contact(
    accompaniments: Accompaniments, company: Company, database: Database
) -> None:
    accompaniments.record(company.id, ENTRY)
    accompaniments.record(company.id, replace(ENTRY, met=[Person("GERANTE  fictive"), Person("Associé Fictif")]))
    names = [one.name for one in CompanyContacts(database).of(company.id)]
    assert names == ["Gérante Fictive", "Comptable Fictif", "Associé Fictif"]


def test_a_conversation_that_is_corrected_keeps_where_its_needs_stand(
    accompaniments: Accompaniments, company: Company, database: Database
) -> None:
    held = accompaniments.record(company.id, ENTRY)
    need = accompaniments.needs_of(company.id)[0]
    accompaniments.change_need(need.id, NeedState.MET)
    corrected = replace(
        ENTRY, needs={"S01": Priority.LOW, "S03": Priority.MEDIUM}, recommendations=[Advised("Former")], answers={}
    )
    accompaniments.revise(held.id, corrected)
    needs = {one.service_id: one for one in accompaniments.needs_of(company.id)}
    assert needs.keys() == {"S01", "S03"}
    assert (needs["S01"].state, needs["S01"].priority) == (NeedState.MET, Priority.LOW)
    assert accompaniments.entry(held.id).recommendations == [Advised("Former")]
    assert accompaniments.entry(held.id).answers == {}
    History(database).undo()
    assert accompaniments.entry(held.id).answers == {"site": "aucun", "sauvegarde": "auto"}
    assert len(accompaniments.entry(held.id).recommendations) == 2


def test_a_need_that_a_provider_was_chosen_for_is_not_taken_off_by_a_correction(
    accompaniments: Accompaniments, company: Company, database: Database
) -> None:
    (provider,) = enter(database, a_provider("S01"))
    held = accompaniments.record(company.id, ENTRY)
    accompaniments.change_need(
        accompaniments.needs_of(company.id)[0].id, NeedState.PROVIDER_CHOSEN, provider_id=provider.id
    )
    with pytest.raises(UserError, match="est suivi"):
        accompaniments.revise(held.id, replace(ENTRY, needs={}))
    assert accompaniments.needs_of(company.id)[0].provider_name == provider.legal_name


def test_the_next_step_that_was_due_is_done_by_the_conversation(
    accompaniments: Accompaniments, company: Company, database: Database, clock: FixedClock
) -> None:
    accompaniments.record(company.id, replace(ENTRY, next_on=date(2026, 10, 27)))
    (before,) = CompanyRecords(database).standings()
    assert before.next_on == date(2026, 10, 27)
    clock.advance(days=8)
    accompaniments.record(company.id, replace(ENTRY, held_on=date(2026, 10, 28), next_step="", next_on=None))
    (after,) = CompanyRecords(database).standings()
    assert after.next_on is None


def test_a_step_that_is_done_or_moved_is_not_waited_for(
    accompaniments: Accompaniments, company: Company, database: Database
) -> None:
    held = accompaniments.record(company.id, ENTRY)
    accompaniments.step_done(held.id, "Rappeler plus tard", date(2026, 12, 1))
    assert CompanyRecords(database).standings()[0].next_on == date(2026, 12, 1)
    accompaniments.step_done(held.id)
    assert CompanyRecords(database).standings()[0].next_on is None


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"held_on": date(2026, 10, 21)}, "n'est pas encore passé"),
        ({"next_on": date(2026, 10, 1)}, "viendrait avant"),
        ({"needs": {"S99": Priority.HIGH}}, "n'existe pas"),
        ({"questionnaire_id": "0" * 64}, "n'est pas dans la base"),
    ],
)
def test_an_impossible_conversation_is_refused_and_nothing_is_kept(
    accompaniments: Accompaniments, company: Company, database: Database, wrong: dict[str, object], sentence: str
) -> None:
    with pytest.raises(UserError, match=sentence):
        accompaniments.record(company.id, replace(ENTRY, **wrong))  # type: ignore[arg-type]
    assert CompanyRecords(database).get(company.id).accompaniments == []
    assert CompanyContacts(database).of(company.id) == []


def test_a_need_says_since_when_it_stands_and_why_it_was_dropped(
    accompaniments: Accompaniments, company: Company, clock: FixedClock
) -> None:
    accompaniments.record(company.id, ENTRY)
    first = accompaniments.needs_of(company.id)[0]
    assert (first.service_id, first.state, first.since) == ("S01", NeedState.NEW, date(2026, 10, 20))
    clock.advance(days=3)
    with pytest.raises(UserError, match="pourquoi"):
        accompaniments.change_need(first.id, NeedState.DROPPED, reason="  ")
    with pytest.raises(UserError, match="Choisissez le prestataire"):
        accompaniments.change_need(first.id, NeedState.PROVIDER_CHOSEN)
    accompaniments.change_need(first.id, NeedState.DROPPED, reason="Projet reporté")
    last = accompaniments.needs_of(company.id)[-1]
    assert (last.state, last.since, last.reason) == (NeedState.DROPPED, date(2026, 10, 23), "Projet reporté")


def test_a_need_noted_twice_is_one_need(accompaniments: Accompaniments, company: Company) -> None:
    accompaniments.record(company.id, ENTRY)
    accompaniments.record(company.id, replace(ENTRY, needs={"S01": Priority.MEDIUM}))
    needs = accompaniments.needs_of(company.id)
    assert [(one.service_id, one.priority) for one in needs] == [("S01", Priority.MEDIUM), ("S13", Priority.LOW)]
    accompaniments.change_need(needs[0].id, NeedState.MET)
    assert [one.state for one in accompaniments.needs_of(company.id)] == [NeedState.NEW, NeedState.MET]


def test_c07_a_sheet_that_is_handed_over_moves_the_needs_that_it_answers(
    accompaniments: Accompaniments, company: Company, database: Database
) -> None:
    enter(database, a_provider("S01"))
    held = accompaniments.record(company.id, ENTRY)
    sheets = DirectorySheets(database)
    sheet = sheets.issue(held.id, Criteria(("S01",)), lambda content: content.number.encode(), lambda _: 1)
    assert {one.state for one in accompaniments.needs_of(company.id)} == {NeedState.NEW}
    sheets.hand_over(sheet.id, "La gérante")
    states = {one.service_id: one.state for one in accompaniments.needs_of(company.id)}
    assert states == {"S01": NeedState.SHEET_HANDED, "S13": NeedState.NEW}


def test_what_is_closed_is_not_waited_for_and_can_be_taken_up_again(
    accompaniments: Accompaniments, company: Company, database: Database
) -> None:
    records = CompanyRecords(database)
    accompaniments.record(company.id, ENTRY)
    accompaniments.close(company.id, Outcome.NO_PROVIDER, "Aucun ne vient à Mafate")
    (line,) = records.standings()
    assert (line.waits, line.next_on, line.is_followed) == (False, None, True)
    assert all(one.is_closed for one in accompaniments.needs_of(company.id))
    with pytest.raises(UserError, match="Rien n'est en cours"):
        accompaniments.close(company.id, Outcome.HELPED)
    accompaniments.reopen(company.id)
    (line,) = records.standings()
    assert (line.waits, line.is_followed) == (True, True)
    accompaniments.close(company.id, Outcome.UNREACHABLE)
    assert not records.standings()[0].is_followed


def test_satisfaction_is_two_answers_and_a_remark(accompaniments: Accompaniments, company: Company) -> None:
    with pytest.raises(UserError, match="jamais été accompagnée"):
        accompaniments.follow_up(company.id, Satisfaction(4, True))
    held = accompaniments.record(company.id, ENTRY)
    told = accompaniments.follow_up(company.id, Satisfaction(3, None, " Merci "))
    assert (told.accompaniment_id, told.helpfulness, told.would_advise, told.remark) == (held.id, 3, None, "Merci")


def test_an_accompaniment_entered_by_mistake_goes_unless_a_sheet_came_from_it(
    accompaniments: Accompaniments, company: Company, database: Database
) -> None:
    held = accompaniments.record(company.id, ENTRY)
    DirectorySheets(database).issue(held.id, Criteria(("S01",)), lambda one: one.number.encode(), lambda _: 1)
    with pytest.raises(UserError, match="C07"):
        accompaniments.delete(held.id)
    other = accompaniments.record(company.id, ENTRY)
    accompaniments.delete(other.id)
    with pytest.raises(UserError, match="n'existe plus"):
        accompaniments.entry(other.id)
    History(database).undo()
    assert accompaniments.entry(other.id).notes == ENTRY.notes


def test_c03_a_company_that_was_accompanied_has_the_right_from_that_day_on(
    accompaniments: Accompaniments, company: Company
) -> None:
    assert not accompaniments.right_of(company.siren).is_given
    accompaniments.record(company.id, replace(ENTRY, held_on=date(2026, 10, 5), next_on=None))
    accompaniments.record(company.id, replace(ENTRY, kind=AccompanimentKind.INDIVIDUAL))
    right = accompaniments.right_of(company.siren)
    assert right.is_given
    assert right.since == date(2026, 10, 5)
    assert [one.kind for one in right.held] == [AccompanimentKind.DIAGNOSTIC, AccompanimentKind.INDIVIDUAL]
    assert not accompaniments.right_of(company.siren, date(2026, 10, 4)).is_given
    assert len(accompaniments.right_of(company.siren, date(2026, 10, 5)).held) == 1


def test_c04_the_look_up_answers_in_a_sentence_for_any_siren(
    accompaniments: Accompaniments, company: Company, database: Database
) -> None:
    assert accompaniments.right_of("489487926").sentence == (
        "Non : aucune entreprise de la base n'a le SIREN 489 487 926."
    )
    assert "n'a pas été accompagnée au 20/10/2026" in accompaniments.right_of(company.siren).sentence
    accompaniments.record(company.id, ENTRY)
    said = accompaniments.right_of(company.siren).sentence
    assert said.startswith("Oui : Garage Oliflore")
    assert said.endswith("est accompagnée depuis le 20/10/2026 (diagnostic le 20/10/2026).")
    assert accompaniments.right_of("").company_id == ""
    CompanyRecords(database).delete(company.id)
    assert not accompaniments.right_of(company.siren).is_given
