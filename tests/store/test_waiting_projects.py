"""What waits in projects, as Aujourd'hui shows it."""

from datetime import date, timedelta

from charte_desktop.model.project_kinds import NoticeKind
from charte_desktop.store.database import Database
from charte_desktop.store.project_papers import ProjectPapers
from charte_desktop.store.reminders import Reminders
from charte_desktop.store.waiting_words import Waiting
from tests.project_life import delivered, started


def waiting(database: Database, key: str) -> list[Waiting]:
    reminders = Reminders(database)
    (basket,) = [one for one in reminders.baskets() if one.key == key]
    return list(reminders.lines(basket))


def test_c27_a_delivered_project_waits_for_the_call_one_click_from_its_record(database: Database) -> None:
    facts = delivered(database, on=database.today() - timedelta(40))
    (line,) = waiting(database, "project_calls")
    assert (line.kind, line.opens, line.title) == ("project", facts.id, facts.title)
    assert facts.company.name in line.detail
    assert facts.provider.name in line.detail
    assert line.when.startswith("livré depuis 40 jours")


def test_c28_c29_a_project_with_two_late_notices_is_one_line_with_both(database: Database) -> None:
    facts = delivered(database, on=date(2026, 9, 8))
    (line,) = waiting(database, "project_notices")
    assert "cahier des charges" in line.when
    assert "fin de réalisation" in line.when
    ProjectPapers(database).note_notice(facts.id, NoticeKind.SPECIFICATION, database.today(), "Prestataire")
    (line,) = waiting(database, "project_notices")
    assert "cahier des charges" not in line.when


def test_a_project_is_put_off_in_one_basket_and_stays_in_the_others(database: Database) -> None:
    facts = delivered(database, on=date(2026, 9, 8))
    Reminders(database).put_off("project_calls", facts.id, date(2030, 1, 7), "L'entreprise est en congé")
    assert waiting(database, "project_calls") == []
    assert [line.opens for line in waiting(database, "project_notices")] == [facts.id]


def test_a_project_that_is_told_of_waits_for_no_notice(database: Database) -> None:
    facts = started(database)
    assert [line.opens for line in waiting(database, "project_notices")] == [facts.id]
    ProjectPapers(database).note_notice(facts.id, NoticeKind.SPECIFICATION, database.today(), "Prestataire")
    assert waiting(database, "project_notices") == []
    assert waiting(database, "project_calls") == []
