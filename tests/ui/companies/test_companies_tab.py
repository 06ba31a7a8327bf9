from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from charte_desktop.model.accompaniment import AccompanimentKind
from charte_desktop.store.company_records import CompanyRecords
from charte_desktop.store.database import Database
from charte_desktop.ui.companies.companies_tab import CompaniesTab
from charte_desktop.ui.main_window import MainWindow
from charte_desktop.ui.register_tab import EMPTY
from tests.factory import a_company


@pytest.fixture
def tab(window: MainWindow, database: Database) -> CompaniesTab:
    records = CompanyRecords(database)
    garage = records.add(a_company(legal_name="Garage Oliflore"))
    records.accompany(garage.id, AccompanimentKind.DIAGNOSTIC, date(2026, 3, 2), ["S01", "S13"])
    records.accompany(garage.id, AccompanimentKind.WORKSHOP, date(2026, 9, 14))
    records.add(a_company(legal_name="Snack Bertelina", city="Saint-Leu", commune_code="97413"))
    window.use(database)
    window.tabs.setCurrentIndex(3)
    found = window.findChild(CompaniesTab)
    assert found is not None
    return found


def test_a_company_is_listed_with_its_accompaniments(tab: CompaniesTab) -> None:
    model = tab.table.model()
    assert [model.index(0, column).data() for column in (0, 2, 3, 4, 5)] == [
        "Garage Oliflore",
        "Saint-Paul",
        "1 ou 2 salariés",
        "2",
        "14/09/2026",
    ]
    assert [model.index(1, column).data() for column in (0, 4, 5)] == ["Snack Bertelina", "", ""]
    assert tab.count.text() == "2 entreprises"


def test_its_record_says_how_it_was_accompanied_and_what_it_needs(tab: CompaniesTab) -> None:
    assert tab.record_name.text() == "Garage Oliflore"
    held = tab.accompaniments.model()
    assert [held.index(line, 0).data() for line in range(2)] == [
        "14/09/2026\nConseillère Ouest",
        "02/03/2026\nConseillère Ouest",
    ]
    assert held.index(1, 1).data() == "Diagnostic"
    assert held.index(1, 2).data() == "Création / refonte site internet, RGPD"
    assert tab.sheet.text_of("Besoins notés")[0] == "• Création / refonte site internet\n• RGPD"


def test_the_history_tells_its_accompaniments_too(tab: CompaniesTab) -> None:
    told = tab.history.model()
    fields = [told.index(line, 1).data() for line in range(told.rowCount())]
    assert len(fields) > 5


def test_typing_finds_a_company_by_its_place(qtbot: QtBot, tab: CompaniesTab) -> None:
    qtbot.keyClicks(tab.search, "saint leu")
    qtbot.waitUntil(lambda: not tab.is_typing)
    assert tab.count.text() == "1 sur 2 entreprises"
    assert tab.record_name.text() == "Snack Bertelina"


def test_an_empty_list_says_what_it_is_for(window: MainWindow, database: Database) -> None:
    window.use(database)
    window.tabs.setCurrentIndex(3)
    tab = window.findChild(CompaniesTab)
    assert tab is not None
    assert tab.pages.currentIndex() == EMPTY
