from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from charte_desktop.model.accompaniment_kind import AccompanimentKind
from charte_desktop.store.company_records import CompanyRecords
from charte_desktop.store.database import Database
from charte_desktop.ui.companies.accompaniment_page import AccompanimentPage
from charte_desktop.ui.companies.companies_tab import CompaniesTab
from charte_desktop.ui.main_window import MainWindow
from charte_desktop.ui.register_tab import EMPTY
from tests.factory import a_company
from tests.ui.showing import show_tab


@pytest.fixture
def tab(qtbot: QtBot, window: MainWindow, database: Database) -> CompaniesTab:
    records = CompanyRecords(database)
    garage = records.add(a_company(legal_name="Garage Oliflore"))
    records.accompany(garage.id, AccompanimentKind.DIAGNOSTIC, date(2026, 3, 2), ["S01", "S13"])
    records.accompany(garage.id, AccompanimentKind.WORKSHOP, date(2026, 9, 14))
    records.add(a_company(legal_name="Snack Bertelina", city="Saint-Leu", commune_code="97413"))
    return show_tab(qtbot, window, database, 3, CompaniesTab)


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
    assert tab.record.name_label.text() == "Garage Oliflore"
    assert tab.record.band.sentence.text() == "Atelier le 14/09/2026 · 2 besoins en cours"
    tab.show_part("follow")
    lines = tab.record.follow.table.model()
    assert [lines.index(line, 0).data() for line in range(2)] == [
        "14/09/2026\nConseillère Ouest",
        "02/03/2026\nConseillère Ouest",
    ]
    assert lines.index(1, 1).data() == "Diagnostic\nCréation / refonte site internet, RGPD"
    tab.show_part("needs")
    needs = tab.record.needs.table.model()
    assert [needs.index(line, 0).data() for line in range(2)] == ["Création / refonte site internet", "RGPD"]
    assert needs.index(0, 2).data() == "Nouveau"


def test_the_history_tells_its_accompaniments_too(tab: CompaniesTab) -> None:
    tab.record.parts.setCurrentIndex(4)
    told = tab.record.history.model()
    fields = [told.index(line, 1).data() for line in range(told.rowCount())]
    assert len(fields) > 5


def test_typing_finds_a_company_by_its_place(qtbot: QtBot, tab: CompaniesTab) -> None:
    qtbot.keyClicks(tab.search, "saint leu")
    qtbot.waitUntil(lambda: not tab.is_typing)
    assert tab.count.text() == "1 sur 2 entreprises"
    assert tab.record.name_label.text() == "Snack Bertelina"


def test_an_empty_list_says_what_it_is_for(qtbot: QtBot, window: MainWindow, database: Database) -> None:
    tab = show_tab(qtbot, window, database, 3, CompaniesTab)
    assert tab.pages.currentIndex() == EMPTY


def typed(tab: CompaniesTab, field: str) -> str:
    return tab.record.form.text_of(field)[0]


def test_a_field_edited_in_place_is_saved_when_it_is_left(qtbot: QtBot, tab: CompaniesTab, database: Database) -> None:
    tab.sheet_area_focus()
    box = tab.record.form.box("legal_representative")
    box.setFocus()
    qtbot.keyClicks(box, "Gerante Fictive")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    company = tab.record.shown
    assert company is not None
    assert CompanyRecords(database).get(company.id).legal_representative == "Gerante Fictive"


def test_a_company_is_entered_by_keyboard_alone_and_then_accompanied(
    qtbot: QtBot, tab: CompaniesTab, database: Database
) -> None:
    tab.focus_search()
    qtbot.keyClick(tab.search, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert tab.record.name_label.text() == "Nouvelle entreprise"
    assert not tab.record.sheet_button.isEnabled()
    qtbot.keyClicks(tab.record.form.box("legal_name"), "Boutik Letchi")
    qtbot.keyClick(tab.record.form.box("legal_name"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert tab.count.text() == "3 entreprises"
    assert tab.record.name_label.text() == "Boutik Letchi"
    tab.record.sheet_button.click()
    page = tab.places.page
    assert isinstance(page, AccompanimentPage)
    assert page.reason.text().startswith("Une fiche annuaire se remet lors d'un accompagnement")


def test_a_new_form_left_half_way_is_found_again(qtbot: QtBot, tab: CompaniesTab) -> None:
    tab.new()
    qtbot.keyClicks(tab.record.form.box("legal_name"), "Boutik")
    qtbot.keyClick(tab.record.form.box("legal_name"), Qt.Key.Key_Escape)
    assert tab.record.name_label.text() == "Garage Oliflore"
    assert tab.drafts_button.text() == "Reprendre le brouillon « Boutik »"
    qtbot.waitUntil(lambda: tab.drafts_button.width() >= tab.drafts_button.sizeHint().width())
    qtbot.mouseClick(tab.drafts_button, Qt.MouseButton.LeftButton)
    assert typed(tab, "legal_name") == "Boutik"


def test_a_company_that_is_there_already_is_said_while_typing(qtbot: QtBot, tab: CompaniesTab) -> None:
    tab.new()
    qtbot.keyClicks(tab.record.form.box("legal_name"), "Garage Oliflore")
    qtbot.waitUntil(lambda: "Ressemble à « Garage Oliflore »" in tab.record.band.sentence.text())
    qtbot.mouseClick(tab.record.band.buttons[0], Qt.MouseButton.LeftButton)
    assert tab.record.name_label.text() == "Garage Oliflore"
    assert not tab.record.is_new
