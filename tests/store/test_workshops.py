from collections.abc import Callable
from datetime import date

import pytest

from charte_desktop.errors import UserError
from charte_desktop.model.accompaniment_kind import AccompanimentKind
from charte_desktop.model.sheet_content import SheetContent
from charte_desktop.model.signing_medium import SigningMedium
from charte_desktop.store.accompaniments import Accompaniments
from charte_desktop.store.company_records import CompanyRecords
from charte_desktop.store.database import Database
from charte_desktop.store.directory_sheets import DirectorySheets
from charte_desktop.store.history import History
from charte_desktop.store.workshop_sheets import WorkshopSheets
from charte_desktop.store.workshops import WorkshopFacts, Workshops, read_hour
from tests.clock import FixedClock
from tests.factory import a_provider, enter, enter_company

TODAY = date(2026, 10, 20)


def as_text(content: SheetContent) -> bytes:
    return content.number.encode()


def one_page(content: SheetContent) -> int:
    return 1


@pytest.fixture
def workshops(database: Database) -> Workshops:
    return Workshops(database)


@pytest.fixture
def workshop(workshops: Workshops) -> str:
    created = workshops.create(
        "Vendre en ligne", TODAY, place="Le Port", starts="9h", ends="12h", service_ids=["S01", "S08"]
    )
    return created.id


def facts(workshops: Workshops, workshop: str) -> WorkshopFacts:
    return workshops.facts(workshop)


@pytest.mark.parametrize(
    ("typed", "hour"),
    [
        ("9h", "09:00"),
        ("9h30", "09:30"),
        ("14:00", "14:00"),
        ("8", "08:00"),
        ("13 h 05", "13:05"),
        ("", ""),
        ("7.15", "07:15"),
    ],
)
def test_an_hour_is_typed_as_it_comes(typed: str, hour: str) -> None:
    assert read_hour(typed) == hour


@pytest.mark.parametrize("typed", ["25h", "midi", "9h61", "9h-12h"])
def test_what_is_no_hour_is_refused(typed: str) -> None:
    with pytest.raises(UserError, match="n'est pas une heure"):
        read_hour(typed)


def test_a_workshop_has_a_theme_a_place_and_a_first_session(workshops: Workshops, workshop: str) -> None:
    found = facts(workshops, workshop)
    assert (found.theme, found.place, found.service_ids) == ("Vendre en ligne", "Le Port", ("S01", "S08"))
    assert [one.in_words for one in found.sessions] == ["20/10/2026, 09:00 à 12:00"]
    workshops.add_session(workshop, date(2026, 10, 27))
    workshops.change(workshop, theme="Vendre", notes="Salle 2")
    (row,) = workshops.all()
    assert (row.theme, row.first_on, row.sessions, row.participants, row.present) == ("Vendre", TODAY, 2, 0, 0)


def test_a_workshop_without_a_theme_or_that_ends_before_it_begins_is_refused(workshops: Workshops) -> None:
    with pytest.raises(UserError, match="thème"):
        workshops.create("  ", TODAY)
    with pytest.raises(UserError, match="finirait avant de commencer"):
        workshops.create("Vendre", TODAY, starts="12h", ends="9h")
    with pytest.raises(UserError, match="n'existe pas"):
        workshops.create("Vendre", TODAY, service_ids=["S99"])


def test_known_companies_and_new_ones_are_entered(workshops: Workshops, workshop: str, database: Database) -> None:
    known = enter_company(database, legal_name="Garage Oliflore")
    workshops.enter(workshop, known.id, "Gérante Fictive")
    workshops.enter(workshop, known.id, "Associé Fictif")
    made = workshops.enter_new(workshop, "Snack Neuf", "Gérant Fictif", siren="489 487 926", place="97460 Saint-Paul")
    found = facts(workshops, workshop).participants
    assert [(one.company, one.person) for one in found] == [
        ("Garage Oliflore", "Gérante Fictive"),
        ("Garage Oliflore", "Associé Fictif"),
        ("Snack Neuf", "Gérant Fictif"),
    ]
    company = CompanyRecords(database).get(made.company_id)
    assert (company.siren, company.city) == ("489487926", "Saint-Paul")
    with pytest.raises(UserError, match="déjà sur la liste"):
        workshops.enter(workshop, known.id, "gerante FICTIVE")
    with pytest.raises(UserError, match="déjà celui de « Snack Neuf »"):
        workshops.enter_new(workshop, "Autre Snack", siren="489487926")
    History(database).undo()
    assert CompanyRecords(database).search("snack neuf") == []


def test_c03_being_there_is_an_accompaniment_and_being_registered_is_not(
    workshops: Workshops, workshop: str, database: Database
) -> None:
    company = enter_company(database)
    participant = workshops.enter(workshop, company.id, "Gérante Fictive")
    accompaniments = Accompaniments(database)
    assert not accompaniments.right_of(company.siren).is_given
    session = facts(workshops, workshop).sessions[0].id
    assert workshops.attend(session, [participant.id]) == 1
    assert workshops.attend(session, [participant.id]) == 0
    right = accompaniments.right_of(company.siren)
    assert [(one.held_on, one.kind) for one in right.held] == [(TODAY, AccompanimentKind.WORKSHOP)]
    workshops.miss(session, participant.id)
    assert not accompaniments.right_of(company.siren).is_given


def test_two_people_and_two_sessions_are_one_accompaniment_from_the_first_day_on(
    workshops: Workshops, database: Database
) -> None:
    workshop = workshops.create("RGPD", date(2026, 10, 13)).id
    workshops.add_session(workshop, TODAY)
    company = enter_company(database)
    people = [workshops.enter(workshop, company.id, name).id for name in ("Un", "Deux")]
    first, second = (one.id for one in facts(workshops, workshop).sessions)
    workshops.attend(second, people)
    workshops.attend(first, people[:1])
    (held,) = CompanyRecords(database).get(company.id).accompaniments
    assert held.held_on == date(2026, 10, 13)
    workshops.miss(first, people[0])
    workshops.miss(second, people[0])
    assert len(CompanyRecords(database).get(company.id).accompaniments) == 1


def test_nobody_is_noted_as_present_before_the_day(workshops: Workshops, database: Database) -> None:
    workshop = workshops.create("RGPD", date(2026, 10, 21)).id
    participant = workshops.enter(workshop, enter_company(database).id)
    session = facts(workshops, workshop).sessions[0].id
    with pytest.raises(UserError, match="n'a pas encore eu lieu"):
        workshops.attend(session, [participant.id])
    with pytest.raises(UserError, match="n'a pas encore eu lieu"):
        workshops.sign(session, participant.id, "{}")


def test_a_signature_on_the_screen_takes_the_place_of_a_tick(
    workshops: Workshops, workshop: str, database: Database
) -> None:
    participant = workshops.enter(workshop, enter_company(database).id, "Gérante")
    session = facts(workshops, workshop).sessions[0].id
    workshops.attend(session, [participant.id])
    assert facts(workshops, workshop).participants[0].present == {session: SigningMedium.PAPER}
    workshops.sign(session, participant.id, '{"format": "x"}')
    assert facts(workshops, workshop).participants[0].present == {session: SigningMedium.SCREEN}
    assert workshops.drawings(workshop) == {(session, participant.id): '{"format": "x"}'}


def test_what_somebody_looks_for_is_a_need_once_they_were_there(
    workshops: Workshops, workshop: str, database: Database
) -> None:
    company = enter_company(database)
    participant = workshops.enter(workshop, company.id)
    workshops.change_participant(participant.id, service_ids=["S13"])
    assert Accompaniments(database).needs_of(company.id) == []
    workshops.attend(facts(workshops, workshop).sessions[0].id, [participant.id])
    workshops.change_participant(participant.id, service_ids=["S13", "S16"])
    assert [one.service_id for one in Accompaniments(database).needs_of(company.id)] == ["S13", "S16"]


def test_what_was_attended_stays(workshops: Workshops, workshop: str, database: Database) -> None:
    participant = workshops.enter(workshop, enter_company(database).id, "Gérante")
    session = facts(workshops, workshop).sessions[0].id
    with pytest.raises(UserError, match="une séance au moins"):
        workshops.drop_session(session)
    workshops.attend(session, [participant.id])
    refused: list[tuple[Callable[[], object], str]] = [
        (lambda: workshops.delete(workshop), "Des présences"),
        (lambda: workshops.drop_session(session), "Des présences"),
        (lambda: workshops.drop_participant(participant.id), "Gérante était présente"),
        (lambda: workshops.change_session(session, date(2026, 11, 2)), "ne peut pas être à venir"),
    ]
    for act, sentence in refused:
        with pytest.raises(UserError, match=sentence):
            act()
    workshops.miss(session, participant.id)
    workshops.drop_participant(participant.id)
    workshops.delete(workshop)
    assert workshops.all() == []


def test_a_session_that_moves_takes_what_was_held_there_along(
    workshops: Workshops, workshop: str, database: Database
) -> None:
    company = enter_company(database)
    participant = workshops.enter(workshop, company.id)
    session = facts(workshops, workshop).sessions[0].id
    workshops.attend(session, [participant.id])
    workshops.change_session(session, date(2026, 10, 19), "10h")
    (held,) = CompanyRecords(database).get(company.id).accompaniments
    assert held.held_on == date(2026, 10, 19)


def test_c07_one_act_hands_each_company_its_own_numbered_sheet(
    workshops: Workshops, workshop: str, database: Database, clock: FixedClock
) -> None:
    enter(database, a_provider("S01", legal_name="Web"), a_provider("S13", legal_name="Data"))
    companies = [enter_company(database, legal_name=f"Entreprise {letter}") for letter in "ABC"]
    people = [workshops.enter(workshop, one.id, f"Personne {number}").id for number, one in enumerate(companies)]
    people.append(workshops.enter(workshop, companies[0].id, "Personne bis").id)
    workshops.change_participant(people[1], service_ids=["S13"])
    session = facts(workshops, workshop).sessions[0].id
    workshops.attend(session, [people[0], people[1], people[3]])
    sheets, told = WorkshopSheets(database), []
    assert sheets.waiting(workshop) == 2

    handed = sheets.hand_out(workshop, as_text, one_page, tell=lambda done, total: told.append((done, total)))

    assert [(one.company, one.to_whom, one.providers) for one in handed] == [
        ("Entreprise A", ("Personne 0", "Personne bis"), 1),
        ("Entreprise B", ("Personne 1",), 1),
    ]
    assert len({one.number for one in handed}) == 2
    assert told == [(0, 2), (1, 2), (2, 2)]
    directory = DirectorySheets(database)
    (sheet,) = directory.of_company(companies[1].id)
    assert sheet.criteria["service_ids"] == ["S13"]
    assert [one.to_whom for one in directory.hand_overs(handed[0].sheet_id)] == ["Personne 0", "Personne bis"]
    assert directory.of_company(companies[2].id) == []
    # Whoever comes late is served by the same act, the others are left alone.
    workshops.attend(session, [people[2]])
    assert [one.company for one in sheets.hand_out(workshop, as_text, one_page)] == ["Entreprise C"]
    assert [one.sheet_number != "" for one in facts(workshops, workshop).participants] == [True] * 4
    with pytest.raises(UserError, match="C07"):
        workshops.miss(session, people[2])


def test_handing_out_stops_between_two_companies_when_it_is_cancelled(
    workshops: Workshops, workshop: str, database: Database
) -> None:
    people = [workshops.enter(workshop, enter_company(database).id, "x").id for _ in range(3)]
    workshops.attend(facts(workshops, workshop).sessions[0].id, people)
    sheets = WorkshopSheets(database)
    answers = iter([False, True])
    assert len(sheets.hand_out(workshop, as_text, one_page, cancelled=lambda: next(answers))) == 1
    assert sheets.waiting(workshop) == 2


def test_c07_sheets_are_handed_to_who_was_there_and_of_what_it_was_about(
    workshops: Workshops, database: Database
) -> None:
    workshop = workshops.create("Découverte", TODAY).id
    participant = workshops.enter(workshop, enter_company(database).id)
    with pytest.raises(UserError, match="qui était présent"):
        WorkshopSheets(database).hand_out(workshop, as_text, one_page)
    workshops.attend(facts(workshops, workshop).sessions[0].id, [participant.id])
    with pytest.raises(UserError, match="Cochez les prestations"):
        WorkshopSheets(database).hand_out(workshop, as_text, one_page)
