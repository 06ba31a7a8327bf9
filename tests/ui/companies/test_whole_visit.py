"""A whole visit as it is played: a new company, a diagnostic, needs, advice, a next day, its sheet, its restitution."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from charte_desktop.model.accompaniment_kind import AccompanimentKind
from charte_desktop.model.follow_up import NeedState
from charte_desktop.store.accompaniments import Accompaniments
from charte_desktop.store.company_contacts import CompanyContacts
from charte_desktop.store.company_records import CompanyRecords
from charte_desktop.store.company_rows import CompanyRows
from charte_desktop.store.database import Database
from charte_desktop.store.diagnostics import Diagnostics
from charte_desktop.store.directory_sheets import DirectorySheets
from charte_desktop.store.drafts import Drafts
from charte_desktop.ui.companies.accompaniment_page import AccompanimentPage
from charte_desktop.ui.companies.companies_tab import CompaniesTab
from charte_desktop.ui.companies.restitution_page import RestitutionPage
from charte_desktop.ui.main_window import MainWindow
from charte_desktop.ui.sheets.draft_page import DraftPage
from charte_desktop.ui.sheets.issued_page import IssuedPage
from charte_desktop.ui.today.today_tab import TodayTab
from tests.factory import a_company, a_provider, enter, siren
from tests.ui.hands import ALT, CONTROL, CONTROL_SHIFT, Hands, focused
from tests.ui.showing import show_tab

MOST_GESTURES = 12
TYPIST = 5
"""Keys a second of a trained typist: sixty words a minute."""


@pytest.fixture
def tab(qtbot: QtBot, window: MainWindow, database: Database) -> CompaniesTab:
    enter(
        database,
        a_provider("S01", legal_name="Atelier Bichik"),
        a_provider("S01", "S13", legal_name="Cabinet Maloya"),
    )
    return show_tab(qtbot, window, database, 3, CompaniesTab)


def visit_page(tab: CompaniesTab) -> AccompanimentPage:
    page = tab.places.page
    assert isinstance(page, AccompanimentPage)
    return page


def test_a_new_company_takes_less_than_twenty_seconds_of_a_typist(
    qtbot: QtBot, tab: CompaniesTab, database: Database
) -> None:
    tab.focus_search()
    hands = Hands()
    hands.press(Qt.Key.Key_N, CONTROL)
    hands.type("Boutik Letchi")
    hands.press(Qt.Key.Key_Return)
    hands.type(siren())
    hands.press(Qt.Key.Key_Return, times=2)
    hands.type("97460 Saint-Paul")
    hands.press(Qt.Key.Key_Return, CONTROL)
    (row,) = CompanyRows(database).search("letchi")
    assert (row.legal_name, row.city, row.commune_code) == ("Boutik Letchi", "Saint-Paul", "97415")
    assert row.siren
    assert hands.keys / TYPIST <= 20


def test_a_known_company_is_visited_and_has_its_sheet_in_twelve_gestures(
    qtbot: QtBot, tab: CompaniesTab, database: Database
) -> None:
    CompanyRecords(database).add(a_company(legal_name="Garage Oliflore", legal_representative="Gérante Fictive"))
    tab.reload()
    tab.focus_search()
    hands = Hands()
    hands.type("olif")
    qtbot.waitUntil(lambda: not tab.is_typing)
    hands.press(Qt.Key.Key_A, CONTROL_SHIFT)
    hands.press(Qt.Key.Key_Space)  # the first need
    hands.press(Qt.Key.Key_1)  # matters most
    hands.press(Qt.Key.Key_Return, CONTROL)
    page = tab.places.page
    assert isinstance(page, DraftPage)
    qtbot.waitUntil(page.issue_button.isEnabled)
    hands.press(Qt.Key.Key_P, CONTROL)
    qtbot.waitUntil(lambda: isinstance(tab.places.page, IssuedPage))
    issued = tab.places.page
    assert isinstance(issued, IssuedPage)
    dialog = issued.actions_of_paper.dialog
    assert dialog is not None
    dialog.reject()
    tab.window().activateWindow()
    issued.hand_over_button.setFocus()
    qtbot.waitUntil(issued.hand_over_button.hasFocus)
    hands.press(Qt.Key.Key_Space)
    assert hands.gestures + 1 <= MOST_GESTURES, "with the one that accepts the printer's dialog"
    company = tab.record.shown
    assert company is not None
    (need,) = Accompaniments(database).needs_of(company.id)
    assert (need.service_id, need.priority, need.state) == ("S01", 1, NeedState.SHEET_HANDED)
    (sheet,) = DirectorySheets(database).of_company(company.id)
    (given,) = DirectorySheets(database).hand_overs(sheet.id)
    assert given.to_whom == "Gérante Fictive"


def answer_all(hands: Hands, page: AccompanimentPage) -> None:
    """The first choice of every question that is asked, by digits and Enter; texts stay empty."""
    for _ in range(80):
        if page.pages.currentIndex() == 0:
            return
        hands.press(Qt.Key.Key_1)
        hands.press(Qt.Key.Key_Return)
    raise AssertionError("the questionnaire has no end")


def test_a_whole_visit_is_played_by_keyboard(qtbot: QtBot, tab: CompaniesTab, database: Database) -> None:
    tab.focus_search()
    hands = Hands()
    hands.press(Qt.Key.Key_N, CONTROL)
    hands.type("Garage Oliflore")
    hands.press(Qt.Key.Key_Return, CONTROL)
    hands.press(Qt.Key.Key_A, CONTROL_SHIFT)
    page = visit_page(tab)

    hands.press(Qt.Key.Key_2, ALT)
    answer_all(hands, page)
    answered = page.questions.answers()
    assert len(answered) > 20
    qtbot.waitUntil(page.findings_button.isVisible)

    qtbot.mouseClick(page.findings_button, Qt.MouseButton.LeftButton)
    advised = page.advice.advice()
    assert advised
    assert all(one.why for one in advised), "a priority says its reason"
    assert page.needs.needs(), "what helps is a need"

    page.people.line.setFocus()
    hands.type("Marie-Noëlle Payet, gérante")
    hands.press(Qt.Key.Key_Return, times=2)
    hands.type("Veut vendre en ligne avant Noël ; l'ordinateur a huit ans.")
    page.next_step.setFocus()
    hands.type("Rappeler pour le devis")
    hands.press(Qt.Key.Key_Return)
    hands.type("+14")
    hands.press(Qt.Key.Key_Return)
    assert page.next_on.text() == "03/11/2026"
    hands.press(Qt.Key.Key_R, CONTROL)

    restitution = tab.places.page
    assert isinstance(restitution, RestitutionPage)
    qtbot.waitUntil(lambda: restitution.is_settled)
    assert 1 <= restitution.preview.page_count() <= 3
    hands.type("Une entreprise connue de ses clients, peu visible des autres.")
    qtbot.waitUntil(lambda: restitution.is_settled)
    qtbot.keyClick(restitution, Qt.Key.Key_Escape)
    assert tab.places.page is None

    (row,) = CompanyRows(database).search("oliflore")
    company = CompanyRows(database).facts(row.id)
    (held,) = company.accompaniments
    kept = Accompaniments(database).entry(held.id)
    assert held.kind is AccompanimentKind.DIAGNOSTIC
    assert kept.notes.startswith("Veut vendre en ligne avant Noël")
    assert [one.in_words for one in kept.met] == ["Marie-Noëlle Payet (gérante)"]
    assert (kept.next_step, kept.next_on) == ("Rappeler pour le devis", date(2026, 11, 3))
    assert dict(kept.answers) == answered
    assert [one.name for one in CompanyContacts(database).of(row.id)] == ["Marie-Noëlle Payet"]
    (told,) = Diagnostics(database).of_company(row.id)
    assert len(told.scores) >= 4
    assert Drafts(database).all() == []
    assert tab.record.band.sentence.text().startswith("À suivre le 03/11/2026 : Rappeler pour le devis")
    with database.looking() as base:
        (summary,) = base.execute("SELECT summary FROM accompaniment").fetchone()
    assert summary == "Une entreprise connue de ses clients, peu visible des autres."


def test_a_visit_cut_short_is_resumed_from_today_exactly_where_it_was(
    qtbot: QtBot, tab: CompaniesTab, window: MainWindow, database: Database
) -> None:
    tab.focus_search()
    hands = Hands()
    hands.press(Qt.Key.Key_N, CONTROL)
    hands.type("Garage Oliflore")
    hands.press(Qt.Key.Key_Return, CONTROL)
    hands.press(Qt.Key.Key_A, CONTROL_SHIFT)
    page = visit_page(tab)
    hands.press(Qt.Key.Key_Space)
    page.notes.setFocus()
    hands.type("Avant la coupure, après")
    hands.press(Qt.Key.Key_Left, times=7)
    window.activateWindow()
    qtbot.waitUntil(lambda: '"caret": 16' in str(Drafts(database).all()[0].values))
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert tab.record.band.sentence.text() == "Un accompagnement commencé reste à noter."

    window.tabs.setCurrentIndex(0)
    today = window.findChild(TodayTab)
    assert today is not None
    qtbot.waitUntil(lambda: bool(today.draft_buttons()))
    (button,) = today.draft_buttons()
    assert button.text() == "Reprendre « Garage Oliflore » (accompagnement)"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    again = visit_page(tab)
    assert again is not page
    assert again.notes.toPlainText() == "Avant la coupure, après"
    assert again.needs.typed() == "S01"
    assert focused() is again.notes
    assert again.notes.textCursor().position() == 16
    QApplication.processEvents()


def test_the_next_day_follows_the_days_of_the_office(qtbot: QtBot, tab: CompaniesTab, database: Database) -> None:
    CompanyRecords(database).add(a_company(legal_name="Garage Oliflore"))
    tab.reload()
    tab.accompany()
    page = visit_page(tab)
    page.day.setText("13/10/2026")
    page.next_on.setText("20/12/2026")
    page.next_on.left.emit()
    assert "férié" in page.next_sentence.text() or "dimanche" in page.next_sentence.text()
    page.month_button.click()
    assert page.next_on.text() == "13/11/2026"
