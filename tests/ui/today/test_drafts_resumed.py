"""Whatever was left half-way is one click from Aujourd'hui, and opens where it was."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from charte_desktop.model.accompaniment_kind import AccompanimentKind
from charte_desktop.store.company_records import CompanyRecords
from charte_desktop.store.database import Database
from charte_desktop.store.drafts import Drafts
from charte_desktop.store.workshops import Workshops
from charte_desktop.ui.companies.accompaniment_page import AccompanimentPage
from charte_desktop.ui.companies.companies_tab import CompaniesTab
from charte_desktop.ui.companies.restitution_page import RestitutionPage
from charte_desktop.ui.main_window import MainWindow
from charte_desktop.ui.tabs import PROJECTS
from charte_desktop.ui.today.draft_button import DraftButton
from charte_desktop.ui.today.today_tab import TodayTab
from charte_desktop.ui.workshops.workshop_page import WorkshopPage
from charte_desktop.ui.workshops.workshops_page import WorkshopsPage
from tests.factory import a_company


def of_visit(tab: CompaniesTab) -> str:
    page = tab.places.page
    assert isinstance(page, AccompanimentPage)
    assert page.facts.words() == "Corriger un accompagnement"
    return page.notes.toPlainText()


def of_restitution(tab: CompaniesTab) -> str:
    page = tab.places.page
    assert isinstance(page, RestitutionPage)
    return page.summary.toPlainText()


def of_workshops(tab: CompaniesTab) -> str:
    page = tab.places.page
    assert isinstance(page, WorkshopsPage)
    return page.theme.text()


def of_workshop(tab: CompaniesTab) -> str:
    page = tab.places.page
    assert isinstance(page, WorkshopPage)
    return page.entry.company.text()


def of_exchange(tab: CompaniesTab) -> str:
    assert tab.record.parts.currentWidget() is tab.record.follow
    return tab.record.follow.said.text()


@pytest.mark.parametrize(
    ("kind", "field", "words", "found"),
    [
        ("visit", "notes", "Garage Oliflore", of_visit),
        ("summary", "summary", "Garage Oliflore", of_restitution),
        ("exchange", "said", "Garage Oliflore", of_exchange),
        ("workshop", "theme", "À moitié écrit", of_workshops),
        ("participant", "company", "Facture électronique", of_workshop),
    ],
)
def test_each_kind_of_draft_is_taken_up_again(
    qtbot: QtBot,
    window: MainWindow,
    database: Database,
    kind: str,
    field: str,
    words: str,
    found: Callable[[CompaniesTab], str],
) -> None:
    records = CompanyRecords(database)
    company = records.add(a_company(legal_name="Garage Oliflore"))
    held = records.accompany(company.id, AccompanimentKind.DIAGNOSTIC, date(2026, 3, 2), ["S01"])
    workshop = Workshops(database).create("Facture électronique", date(2026, 10, 22))
    owner = {"visit": held.id, "summary": held.id, "exchange": company.id, "workshop": "", "participant": workshop.id}
    Drafts(database).keep(kind, owner[kind], {field: "À moitié écrit"})
    with qtbot.waitSignal(window.prepared):
        window.use(database)
    today = window.findChild(TodayTab)
    assert today is not None
    qtbot.waitUntil(lambda: bool(today.draft_buttons()))
    (button,) = today.draft_buttons()
    assert f"« {words} »" in button.accessibleName()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    companies = window.findChild(CompaniesTab)
    assert companies is not None
    assert found(companies) == "À moitié écrit"


def test_a_project_left_half_way_is_proposed_too(qtbot: QtBot, window: MainWindow, database: Database) -> None:
    CompanyRecords(database).add(a_company(legal_name="Garage Oliflore"))
    Drafts(database).keep("project", "", {"title": "Le site du garage"})
    with qtbot.waitSignal(window.prepared):
        window.use(database)
    today = window.findChild(TodayTab)
    assert today is not None
    qtbot.waitUntil(lambda: bool(today.draft_buttons()))
    (button,) = today.draft_buttons()
    assert button.accessibleName() == "Reprendre « Le site du garage » (projet)"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.tabs.currentIndex() == PROJECTS


def test_a_long_name_gives_way_and_keeps_its_signs(qtbot: QtBot) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    button = DraftButton("Œuf & <b>Vanille</b> " * 12, "accompagnement", place)
    button.resize(360, 30)
    place.show()
    assert button.text().startswith("Reprendre « Œuf && <b>Van")
    assert button.text().endswith("… » (accompagnement)")
    assert button.fontMetrics().horizontalAdvance(button.text().replace("&&", "&")) <= 360
