import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from charte_desktop.store.company_records import CompanyRecords
from charte_desktop.store.database import Database
from charte_desktop.store.drafts import Drafts
from charte_desktop.store.provider_register import ProviderRegister
from charte_desktop.ui.companies.accompaniment_page import AccompanimentPage
from charte_desktop.ui.companies.companies_tab import CompaniesTab
from charte_desktop.ui.main_window import MainWindow
from charte_desktop.ui.providers.providers_tab import ProvidersTab
from charte_desktop.ui.tabs import PROVIDERS
from charte_desktop.ui.today.today_tab import COUNTS, EMPTY, TodayTab
from tests.factory import a_company, a_provider


@pytest.fixture
def tab(qtbot: QtBot, window: MainWindow, database: Database) -> TodayTab:
    register = ProviderRegister(database)
    register.add(a_provider())
    register.add(a_provider(signed=None, legal_representative=""))
    CompanyRecords(database).add(a_company())
    with qtbot.waitSignal(window.prepared):
        window.use(database)
    found = window.findChild(TodayTab)
    assert found is not None
    return found


def test_it_says_the_day_and_counts_by_state(tab: TodayTab) -> None:
    assert tab.day.text() == "Mardi 20 octobre 2026"
    assert tab.pages.currentIndex() == COUNTS
    assert tab.counted() == {
        "À compléter": "1",
        "Prêt à signer": "0",
        "Signataire": "1",
        "À renouveler": "0",
        "Retiré": "0",
        "Radié": "0",
    }
    assert tab.companies_text.text() == "1 entreprise dans la base"
    assert tab.backup_text.text() == "Aucune sauvegarde encore"
    assert tab.drafts_text.text() == "Aucun brouillon à terminer."


def test_a_form_left_half_way_is_one_click_from_going_on(
    qtbot: QtBot, tab: TodayTab, window: MainWindow, database: Database
) -> None:
    Drafts(database).keep("provider", "", {"legal_name": "À moitié Web", "siren": "123"})
    company = CompanyRecords(database).add(a_company(legal_name="Snack Bertelina"))
    Drafts(database).keep("accompaniment", company.id, {"kind": "DIAGNOSTIC", "day": "", "needs": "S01", "notes": ""})
    window.changed()
    assert tab.drafts_text.isHidden()
    visit, new = tab.draft_buttons()
    assert sorted((visit.accessibleName(), new.accessibleName())) == [
        "Reprendre « Snack Bertelina » (accompagnement)", "Reprendre « À moitié Web » (prestataire)",
    ]  # fmt: skip
    if "Web" in visit.accessibleName():
        visit, new = new, visit

    qtbot.mouseClick(new, Qt.MouseButton.LeftButton)
    providers = window.findChild(ProvidersTab)
    assert providers is not None
    assert providers.record.is_new
    assert providers.record.form.text_of("siren")[0] == "123"

    window.resume_draft("accompaniment", company.id)
    companies = window.findChild(CompaniesTab)
    assert companies is not None
    page = companies.places.page
    assert isinstance(page, AccompanimentPage)
    assert page.needs.typed() == "S01"


def test_what_is_to_complete_is_one_click_from_where_it_is_completed(
    qtbot: QtBot, tab: TodayTab, window: MainWindow
) -> None:
    assert tab.incomplete_button.text() == "1 fiche de prestataire à compléter"
    qtbot.mouseClick(tab.incomplete_button, Qt.MouseButton.LeftButton)
    assert window.tabs.currentIndex() == PROVIDERS
    providers = window.findChild(ProvidersTab)
    assert providers is not None
    assert providers.chips.words() == ["À compléter"]
    assert providers.table.model().rowCount() == 1


def test_saving_now_is_one_click(qtbot: QtBot, tab: TodayTab, window: MainWindow) -> None:
    with qtbot.waitSignal(window.background.ended, timeout=30_000):
        qtbot.mouseClick(tab.backup_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: tab.backup_text.text() == "Sauvegarde à 09:30")


def test_an_empty_base_begins_with_a_list(qtbot: QtBot, window: MainWindow, database: Database) -> None:
    with qtbot.waitSignal(window.prepared):
        window.use(database)
    tab = window.findChild(TodayTab)
    assert tab is not None
    assert tab.pages.currentIndex() == EMPTY
    with qtbot.waitSignal(tab.import_asked):
        qtbot.mouseClick(tab.import_button, Qt.MouseButton.LeftButton)
    assert window.file_actions.dialog is not None
    window.file_actions.dialog.reject()


def test_enter_presses_the_button_that_has_the_keyboard(qtbot: QtBot, tab: TodayTab) -> None:
    tab.incomplete_button.setFocus()
    with qtbot.waitSignal(tab.state_asked):
        qtbot.keyClick(tab.incomplete_button, Qt.Key.Key_Return)
