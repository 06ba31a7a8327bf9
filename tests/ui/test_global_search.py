import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from charte_desktop.model.accompaniment_kind import AccompanimentKind
from charte_desktop.model.sheet import Criteria
from charte_desktop.store.company_records import CompanyRecords
from charte_desktop.store.database import Database
from charte_desktop.store.directory_sheets import DirectorySheets
from charte_desktop.ui.companies.companies_tab import CompaniesTab
from charte_desktop.ui.global_search import GlobalSearch
from charte_desktop.ui.main_window import MainWindow
from charte_desktop.ui.projects.projects_tab import ProjectsTab
from charte_desktop.ui.providers.providers_tab import ProvidersTab
from charte_desktop.ui.tabs import COMPANIES, PROJECTS, PROVIDERS
from tests.factory import a_provider, enter, enter_company
from tests.project_life import opened

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def box(qtbot: QtBot, window: MainWindow, database: Database) -> GlobalSearch:
    enter(database, a_provider(legal_name="Œuvre Numérique", city="L'Étang-Salé"), a_provider(legal_name="Filao Web"))
    company = enter_company(database, legal_name="Le Filao", city="Saint-Paul")
    visit = CompanyRecords(database).accompany(company.id, AccompanimentKind.DIAGNOSTIC, database.today(), ["S01"])
    DirectorySheets(database).issue(visit.id, Criteria(("S01",)), lambda _: b"%PDF", lambda _: 1)
    window.use(database)
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    assert window.everywhere.hasFocus()
    return window.everywhere


def test_what_answers_is_shown_by_kind_at_each_letter(qtbot: QtBot, box: GlobalSearch) -> None:
    qtbot.keyClicks(box, "filao")
    assert box.hits.isVisible()
    assert box.hits.titles() == ["Prestataires", "Filao Web", "Entreprises", "Le Filao"]
    assert box.hits.currentIndex().data() == "Filao Web"
    assert box.accessibleDescription().startswith("Filao Web, Prestataires, Saint-Denis")
    qtbot.keyClicks(box, "s inconnus")
    assert box.hits.titles() == ["Rien ne répond à « filaos inconnus »."]


def test_the_arrows_go_over_the_headings_and_enter_opens_the_record_in_its_tab(
    qtbot: QtBot, box: GlobalSearch, window: MainWindow
) -> None:
    qtbot.keyClicks(box, "filao")
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert box.hits.currentIndex().data() == "Le Filao"
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert box.hits.currentIndex().data() == "Filao Web"
    qtbot.keyClick(box, Qt.Key.Key_Up)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert window.tabs.currentIndex() == COMPANIES
    companies = window.findChild(CompaniesTab)
    assert companies is not None
    assert companies.record.name_label.text() == "Le Filao"
    assert not box.hits.isVisible()
    assert box.text() == ""


def test_a_click_opens_what_is_clicked(qtbot: QtBot, box: GlobalSearch, window: MainWindow) -> None:
    qtbot.keyClicks(box, "oeuvre etang")
    line = box.hits.visualRect(box.hits.model().index(1, 0)).center()
    qtbot.mouseClick(box.hits.viewport(), Qt.MouseButton.LeftButton, pos=line)
    assert window.tabs.currentIndex() == PROVIDERS
    providers = window.findChild(ProvidersTab)
    assert providers is not None
    assert providers.record.name_label.text() == "Œuvre Numérique"
    assert not box.hasFocus()


def test_a_sheet_opens_the_company_it_was_made_for(
    qtbot: QtBot, box: GlobalSearch, window: MainWindow, database: Database
) -> None:
    qtbot.keyClicks(box, f"{database.device} 1")
    assert box.hits.titles()[0] == "Fiches annuaire"
    qtbot.keyClick(box, Qt.Key.Key_Return)
    companies = window.findChild(CompaniesTab)
    assert companies is not None
    assert companies.record.name_label.text() == "Le Filao"


def test_esc_goes_back_to_where_the_keyboard_was_and_keeps_the_text(
    qtbot: QtBot, box: GlobalSearch, window: MainWindow
) -> None:
    window.tabs.setCurrentIndex(PROVIDERS)
    providers = window.findChild(ProvidersTab)
    assert providers is not None
    providers.table.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    qtbot.keyClicks(box, "filao")
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert not box.hits.isVisible()
    assert providers.table.hasFocus()
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    assert box.hits.isVisible()
    assert box.selectedText() == "filao"


def test_a_record_far_down_the_list_is_shown_with_its_line(
    qtbot: QtBot, box: GlobalSearch, window: MainWindow, database: Database
) -> None:
    enter(database, *(a_provider(legal_name=f"Ananas {number:03d}") for number in range(120)))
    window.changed()
    qtbot.keyClicks(box, "oeuvre")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    providers = window.findChild(ProvidersTab)
    assert providers is not None
    assert providers.record.name_label.text() == "Œuvre Numérique"
    window.changed()
    assert providers.record.name_label.text() == "Œuvre Numérique"
    line = providers.table.currentIndex()
    assert str(line.siblingAtColumn(0).data()) == "Œuvre Numérique"
    table = providers.table
    qtbot.waitUntil(lambda: table.viewport().rect().intersects(table.visualRect(table.currentIndex())))


def test_a_project_is_found_by_its_number_and_opens_in_its_tab(
    qtbot: QtBot, window: MainWindow, database: Database
) -> None:
    facts = opened(database)
    window.use(database)
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    qtbot.keyClicks(window.everywhere, facts.number)
    assert window.everywhere.hits.titles()[-2:] == ["Projets", facts.title]
    qtbot.keyClick(window.everywhere, Qt.Key.Key_Up)
    qtbot.keyClick(window.everywhere, Qt.Key.Key_Return)
    assert window.tabs.currentIndex() == PROJECTS
    projects = window.findChild(ProjectsTab)
    assert projects is not None
    assert projects.record.shown is not None
    assert projects.record.shown.id == facts.id
