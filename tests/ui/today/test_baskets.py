"""What waits: baskets with their counts, lines one click from their record, put off with a date and a reason."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox
from pytestqt.qtbot import QtBot

from charte_desktop.model.accompaniment_entry import AccompanimentEntry
from charte_desktop.model.accompaniment_kind import AccompanimentKind
from charte_desktop.model.charter import Signature
from charte_desktop.model.company import Company
from charte_desktop.model.follow_up import Priority
from charte_desktop.store.accompaniments import Accompaniments
from charte_desktop.store.charter_signatures import CharterSignatures
from charte_desktop.store.database import Database
from charte_desktop.store.office_rules import set_working_calendar
from charte_desktop.store.reminders import PUT_OFF
from charte_desktop.store.signing_sessions import SigningSessions
from charte_desktop.store.waiting_charters import AGAIN, BEGUN
from charte_desktop.store.waiting_companies import STEPS
from charte_desktop.ui.charter.charter_tab import CharterTab
from charte_desktop.ui.charter.signing_page import SigningPage
from charte_desktop.ui.companies.companies_tab import CompaniesTab
from charte_desktop.ui.main_window import MainWindow
from charte_desktop.ui.tabs import CHARTER, COMPANIES
from charte_desktop.ui.today.today_tab import TodayTab
from tests.factory import a_provider, enter, enter_company

LEFT = Qt.MouseButton.LeftButton
SAVE = QDialogButtonBox.StandardButton.Save
TODAY = date(2026, 10, 20)


@pytest.fixture
def company(database: Database) -> Company:
    company = enter_company(database, legal_name="Garage Oliflore")
    entry = AccompanimentEntry(
        kind=AccompanimentKind.INDIVIDUAL,
        held_on=date(2026, 10, 6),
        needs={"S01": Priority.HIGH},
        next_step="Rappeler pour le devis",
        next_on=date(2026, 10, 19),
    )
    Accompaniments(database).record(company.id, entry)
    silent = enter_company(database, legal_name="Snack Bertelina")
    quiet = AccompanimentEntry(
        kind=AccompanimentKind.WORKSHOP, held_on=TODAY - timedelta(days=30), needs={"S13": Priority.LOW}
    )
    Accompaniments(database).record(silent.id, quiet)
    return company


@pytest.fixture
def tab(qtbot: QtBot, window: MainWindow, database: Database, company: Company) -> TodayTab:
    with qtbot.waitSignal(window.prepared):
        window.use(database)
    found = window.findChild(TodayTab)
    assert found is not None
    qtbot.waitUntil(lambda: found.has_counted)
    return found


def click_line(qtbot: QtBot, tab: TodayTab, column: int) -> None:
    index = tab.lines.model().index(0, column)
    qtbot.mouseClick(tab.lines.viewport(), LEFT, pos=tab.lines.visualRect(index).center())


def test_baskets_are_counted_and_the_most_pressing_is_shown(tab: TodayTab) -> None:
    assert tab.baskets.counts() == {"Suites promises": 1, "21 jours sans nouvelles": 1}
    assert tab.basket_title.text() == "Suites promises"
    (line,) = tab.lines.shown()
    assert (line.title, line.detail, line.when) == (
        "Garage Oliflore",
        "Rappeler pour le devis",
        "prévu le 19/10/2026",
    )
    assert tab.empty_baskets.text().startswith("Rien pour : ")


def test_a_line_is_one_click_from_its_record(qtbot: QtBot, tab: TodayTab, window: MainWindow, company: Company) -> None:
    click_line(qtbot, tab, 0)
    assert window.tabs.currentIndex() == COMPANIES
    companies = window.findChild(CompaniesTab)
    assert companies is not None
    assert companies.company_shown == company.id
    assert companies.record.parts.currentWidget() is companies.record.follow


def test_it_is_all_reached_by_keyboard(qtbot: QtBot, tab: TodayTab, window: MainWindow) -> None:
    tab.focus_search()
    qtbot.keyClick(tab.baskets, Qt.Key.Key_Down)
    assert tab.basket_title.text() == "21 jours sans nouvelles"
    qtbot.keyClick(tab.baskets, Qt.Key.Key_Return)
    assert tab.lines.hasFocus()
    qtbot.keyClick(tab.lines, Qt.Key.Key_Return)
    companies = window.findChild(CompaniesTab)
    assert companies is not None
    assert companies.record.name_label.text() == "Snack Bertelina"


def test_a_line_is_put_off_with_a_day_and_a_reason_and_comes_back(
    qtbot: QtBot, tab: TodayTab, window: MainWindow, database: Database
) -> None:
    click_line(qtbot, tab, 1)
    dialog = tab.dialog
    assert dialog is not None
    assert dialog.day.text() == "27/10/2026", "a week, on a working day"
    dialog.buttons.button(SAVE).click()
    assert "Écrivez pourquoi" in dialog.sentence.text()
    dialog.day.setText("19/10/2026")
    dialog.reason.setText("En congés")
    dialog.buttons.button(SAVE).click()
    assert "jour à venir" in dialog.sentence.text()
    dialog.day.setText("+13")
    dialog.buttons.button(SAVE).click()
    assert "reviendra le 02/11/2026" in window.notice.sentence.text()
    assert tab.baskets.counts() == {"21 jours sans nouvelles": 1, "Reporté": 1}

    tab.baskets.choose(PUT_OFF)
    (line,) = tab.lines.shown()
    assert (line.title, line.detail, line.when) == ("Garage Oliflore", "En congés", "revient le 02/11/2026")
    qtbot.mouseClick(tab.put_off_button, LEFT)
    assert tab.baskets.counts() == {"Suites promises": 1, "21 jours sans nouvelles": 1}
    window.undo_action.trigger()
    assert PUT_OFF in [one.key for one in tab._baskets if one.entries]


def test_charters_to_sign_again_and_signings_begun_are_one_click_away(
    qtbot: QtBot, tab: TodayTab, window: MainWindow, database: Database
) -> None:
    signatures = CharterSignatures(database)
    old = signatures.ensure_version("# Un\n\nL'ancien texte.", "Charte 2025")
    signatures.adopt("# Un\n\nLe nouveau texte.", "Charte 2026")
    again = a_provider("S01", legal_name="Atelier Bichik", signed=None)
    again.signatures = [Signature(provider_id=again.id, version_id=old, signed_on=date(2025, 3, 12))]
    enter(database, again)
    (begun,) = enter(database, a_provider("S01", legal_name="Studio Tamarin", signed=None))
    SigningSessions(database).begin(begun.id, signatures.current_version)
    window.changed()
    assert tab.baskets.counts() == {
        "Suites promises": 1,
        "21 jours sans nouvelles": 1,
        "Signatures commencées": 1,
        "Chartes à signer de nouveau": 1,
    }
    tab.baskets.choose(AGAIN)
    (line,) = tab.lines.shown()
    assert (line.title, line.when) == ("Atelier Bichik", "texte plus récent à signer")
    click_line(qtbot, tab, 0)
    assert window.tabs.currentIndex() == CHARTER
    charter = window.findChild(CharterTab)
    assert charter is not None
    assert charter.provider_shown == again.id

    window.tabs.setCurrentIndex(0)
    tab.baskets.choose(BEGUN)
    click_line(qtbot, tab, 0)
    assert isinstance(charter.places.page, SigningPage)


def test_on_a_closed_day_nothing_new_comes_due(
    qtbot: QtBot, tab: TodayTab, window: MainWindow, database: Database
) -> None:
    from charte_desktop.model.calendar import Closure, WorkingCalendar

    set_working_calendar(database, WorkingCalendar((Closure(date(2026, 10, 19), TODAY, "inventaire"),)))
    window.changed()
    assert "inventaire" in tab.closed.text()
    assert STEPS not in [one.key for one in tab._baskets if one.entries], "what was due yesterday waits for tomorrow"


def test_which_basket_was_in_hand_is_found_again(
    qtbot: QtBot, tab: TodayTab, window: MainWindow, database: Database
) -> None:
    tab.baskets.selectRow(1)
    tab.period.setCurrentIndex(1)
    window.keep()
    assert window.settings.value("today/basket") == "second"
    assert window.settings.value("today/period") == "Douze derniers mois"
