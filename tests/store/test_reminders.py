import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest

from charte_desktop.errors import UserError
from charte_desktop.model.accompaniment_entry import AccompanimentEntry
from charte_desktop.model.accompaniment_kind import AccompanimentKind
from charte_desktop.model.calendar import Closure, WorkingCalendar
from charte_desktop.model.exchange_kind import ExchangeKind
from charte_desktop.model.follow_up import FollowUpState, NeedState, Outcome, Priority, ReminderRule
from charte_desktop.model.sheet import Criteria
from charte_desktop.store import office_rules
from charte_desktop.store.accompaniments import Accompaniments, Satisfaction
from charte_desktop.store.company_records import CompanyRecords
from charte_desktop.store.database import Database
from charte_desktop.store.directory_sheets import DirectorySheets
from charte_desktop.store.exchanges import Exchanges
from charte_desktop.store.history import History
from charte_desktop.store.reminders import PUT_OFF, Reminders
from charte_desktop.store.workshops import Workshops
from tests.clock import FixedClock
from tests.factory import enter_company

VISIT = AccompanimentEntry(
    kind=AccompanimentKind.INDIVIDUAL, held_on=date(2026, 10, 20), needs={"S01": Priority.MEDIUM}
)


def visited(database: Database, name: str, held_on: date = VISIT.held_on, **more: object) -> str:
    company = enter_company(database, legal_name=name)
    Accompaniments(database).record(company.id, replace(VISIT, held_on=held_on, **more))  # type: ignore[arg-type]
    return company.id


def waiting(database: Database) -> dict[str, list[str]]:
    """The names in each basket that has some."""
    reminders = Reminders(database)
    found = {basket.key: [line.title for line in reminders.lines(basket)] for basket in reminders.baskets()}
    return {key: names for key, names in found.items() if names}


def test_silence_moves_a_company_from_basket_to_basket(database: Database, clock: FixedClock) -> None:
    visited(database, "Garage")
    seen = []
    for days in (0, 8, 1, 12, 24):
        clock.advance(days=days)
        seen.append(waiting(database))
    assert seen == [{}, {}, {"first": ["Garage"]}, {"second": ["Garage"]}, {"third": ["Garage"]}]


def test_news_of_any_kind_ends_the_silence(database: Database, clock: FixedClock) -> None:
    one, two, three = (visited(database, name) for name in ("Appel", "Besoin", "Nouvelle visite"))
    visited(database, "Silence")
    clock.advance(days=10)
    Exchanges(database).note(one, ExchangeKind.CALL, "Tout va bien")
    need = Accompaniments(database).needs_of(two)[0]
    Accompaniments(database).change_need(need.id, NeedState.SHEET_HANDED)
    Accompaniments(database).record(three, replace(VISIT, held_on=date(2026, 10, 30)))
    assert waiting(database) == {"first": ["Silence"]}


def test_whoever_waits_for_nothing_is_not_reminded_of(database: Database, clock: FixedClock) -> None:
    visited(database, "Sans besoin", needs={})
    closed, met, project = (visited(database, name) for name in ("Close", "Satisfaite", "Projet"))
    Accompaniments(database).close(closed, Outcome.HELPED)
    Accompaniments(database).change_need(Accompaniments(database).needs_of(met)[0].id, NeedState.MET)
    Accompaniments(database).change_need(Accompaniments(database).needs_of(project)[0].id, NeedState.PROJECT_OPEN)
    gone = visited(database, "Corbeille")
    CompanyRecords(database).delete(gone)
    clock.advance(days=60)
    assert waiting(database) == {}


def test_a_step_that_was_promised_counts_before_silence(database: Database, clock: FixedClock) -> None:
    company = visited(database, "Garage", next_on=date(2026, 11, 20), next_step="Voir le devis")
    clock.advance(days=30)
    assert waiting(database) == {}
    clock.advance(days=1)
    assert waiting(database) == {"steps": ["Garage"]}
    (line,) = Reminders(database).lines(Reminders(database).baskets()[0])
    assert (line.detail, line.when, line.opens) == ("Voir le devis", "prévu aujourd'hui", company)


def test_what_is_due_on_a_day_off_waits_for_the_next_worked_one(database: Database, clock: FixedClock) -> None:
    visited(database, "Garage", next_on=date(2026, 11, 11))
    office_rules.set_working_calendar(database, WorkingCalendar((Closure(date(2026, 11, 12), date(2026, 11, 13)),)))
    clock.advance(days=22)
    assert database.today() == date(2026, 11, 11)
    assert waiting(database) == {}
    clock.advance(days=5)
    assert waiting(database) == {"steps": ["Garage"]}


def test_the_office_sets_its_own_delays(database: Database, clock: FixedClock) -> None:
    visited(database, "Garage")
    office_rules.set_reminder_rule(database, ReminderRule(3, 5, 7))
    clock.advance(days=6)
    assert waiting(database) == {"second": ["Garage"]}
    assert Reminders(database).baskets()[2].title == "5 jours sans nouvelles"


def test_six_months_after_a_company_is_asked_once(database: Database, clock: FixedClock) -> None:
    company = visited(database, "Garage", needs={})
    clock.advance(days=181)
    assert waiting(database) == {}
    clock.advance(days=1)
    assert waiting(database) == {"follow_up": ["Garage"]}
    assert [row.state for row in CompanyRecords(database).search(state=FollowUpState.TO_ASK)] == [FollowUpState.TO_ASK]
    Accompaniments(database).follow_up(company, Satisfaction(4, True))
    assert waiting(database) == {}


def test_a_sheet_that_nobody_noted_as_handed_waits(database: Database) -> None:
    company = visited(database, "Garage")
    held = CompanyRecords(database).get(company).accompaniments[0].id
    sheets = DirectorySheets(database)
    sheet = sheets.issue(held, Criteria(("S01",)), lambda one: one.number.encode(), lambda _: 1)
    assert waiting(database) == {"sheets": ["Garage"]}
    sheets.hand_over(sheet.id, "La gérante")
    assert waiting(database) == {}


def test_workshops_wait_before_and_after(database: Database, clock: FixedClock) -> None:
    workshops = Workshops(database)
    workshop = workshops.create("Vendre", date(2026, 10, 27), place="Le Port", starts="9h").id
    participant = workshops.enter(workshop, enter_company(database).id, "Gérante")
    reminders = Reminders(database)
    (basket,) = (one for one in reminders.baskets() if one.entries)
    (line,) = reminders.lines(basket)
    assert (line.title, line.detail, line.when) == ("Vendre", "Le Port · 1 inscrit", "le 27/10/2026 à 09:00")
    assert (line.kind, line.opens) == ("workshop", workshop)
    clock.advance(days=8)
    assert waiting(database) == {"attendance": ["Vendre"]}
    workshops.attend(workshops.facts(workshop).sessions[0].id, [participant.id])
    assert waiting(database) == {}


def test_a_line_is_put_off_to_a_day_with_a_reason_and_comes_back(database: Database, clock: FixedClock) -> None:
    company = visited(database, "Garage")
    clock.advance(days=10)
    reminders = Reminders(database)
    with pytest.raises(UserError, match="pourquoi"):
        reminders.put_off("first", company, date(2026, 11, 6), " ")
    with pytest.raises(UserError, match="jour à venir"):
        reminders.put_off("first", company, date(2026, 10, 30), "En congé")
    reminders.put_off("first", company, date(2026, 11, 6), "En congé")
    assert waiting(database) == {PUT_OFF: ["Garage"]}
    (line,) = reminders.lines(reminders.baskets()[-1])
    assert (line.detail, line.when, line.opens) == ("En congé", "revient le 06/11/2026", company)
    clock.advance(days=7)
    assert waiting(database) == {"first": ["Garage"]}


def test_what_was_put_off_can_be_taken_up_or_undone(database: Database, clock: FixedClock) -> None:
    company = visited(database, "Garage")
    clock.advance(days=10)
    reminders = Reminders(database)
    reminders.put_off("first", company, date(2026, 11, 6), "En congé")
    reminders.put_off("first", company, date(2026, 11, 9), "Toujours en congé")
    (line,) = reminders.lines(reminders.baskets()[-1])
    assert line.when == "revient le 09/11/2026"
    reminders.bring_back(line.record_id)
    assert waiting(database) == {"first": ["Garage"]}
    History(database).undo()
    assert waiting(database) == {PUT_OFF: ["Garage"]}
    with pytest.raises(UserError, match="n'est plus reporté"):
        reminders.bring_back("inconnu")


def test_only_the_lines_that_are_seen_are_read(database: Database, clock: FixedClock) -> None:
    for number in range(5):
        visited(database, f"Entreprise {number}", held_on=date(2026, 10, 10 + number))
    clock.advance(days=9)
    reminders = Reminders(database)
    basket = next(one for one in reminders.baskets() if one.key == "first")
    assert [line.title for line in reminders.lines(basket, 2, 1)] == ["Entreprise 1", "Entreprise 2"]
    assert reminders.lines(basket, 10, 5) == ()


def test_what_waits_is_read_without_making_records() -> None:
    """SQLAlchemy takes a fifth of a second: Aujourd'hui is painted before it is loaded."""
    code = (
        "import sys, charte_desktop.store.reminders, charte_desktop.store.activity; print('sqlalchemy' in sys.modules)"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "False"
