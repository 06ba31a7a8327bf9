"""Charts by hover, keyboard and ear; saved as dots and as lines; the report of any period."""

from datetime import date
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from charte_desktop.model.accompaniment_kind import AccompanimentKind
from charte_desktop.store.company_records import CompanyRecords
from charte_desktop.store.database import Database
from charte_desktop.ui.charts.chart import Chart
from charte_desktop.ui.companies.companies_tab import CompaniesTab
from charte_desktop.ui.main_window import MainWindow
from charte_desktop.ui.tabs import COMPANIES
from charte_desktop.ui.today.report_page import ReportPage
from charte_desktop.ui.today.today_tab import TodayTab
from tests.factory import enter_company

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def tab(qtbot: QtBot, window: MainWindow, database: Database) -> TodayTab:
    records = CompanyRecords(database)
    garage = enter_company(database, legal_name="Garage Oliflore")
    snack = enter_company(database, legal_name="Snack Bertelina", city="Saint-Leu", commune_code="97413")
    records.accompany(garage.id, AccompanimentKind.DIAGNOSTIC, date(2026, 3, 2), ["S01", "S13"])
    records.accompany(garage.id, AccompanimentKind.WORKSHOP, date(2026, 3, 9))
    records.accompany(snack.id, AccompanimentKind.INDIVIDUAL, date(2025, 11, 4), ["S13"])
    with qtbot.waitSignal(window.prepared):
        window.use(database)
    found = window.findChild(TodayTab)
    assert found is not None
    qtbot.waitUntil(lambda: found.has_counted)
    return found


def test_the_year_is_drawn_and_another_period_too(tab: TodayTab) -> None:
    assert tab.charts_text.text() == "2 accompagnements"
    assert [item.value for item in tab.months.items][:4] == [0, 0, 2, 0]
    assert {item.key: item.value for item in tab.families.items if item.value} == {
        "Transformation de l'offre": 1,
        "Cybersécurité / Data": 1,
    }
    assert {item.key: item.value for item in tab.island.items if item.value} == {"Saint-Paul": 2}
    tab.period.setCurrentText("Douze derniers mois")
    tab.period.activated.emit(tab.period.currentIndex())
    assert tab.charts_text.text() == "3 accompagnements"
    assert {item.key: item.value for item in tab.island.items if item.value} == {"Saint-Paul": 2, "Saint-Leu": 1}


def test_arrows_go_from_month_to_month_and_say_it(qtbot: QtBot, tab: TodayTab) -> None:
    tab.months.setFocus()
    for _ in range(2):
        qtbot.keyClick(tab.months, Qt.Key.Key_Right)
    assert tab.months.words() == "mars : 2 (diagnostic 1, atelier 1)"
    assert tab.months.accessibleDescription() == "mars : 2 (diagnostic 1, atelier 1)"
    qtbot.keyClick(tab.months, Qt.Key.Key_Home)
    assert tab.months.words() == "janvier : 0"


def test_the_pointer_says_the_commune_under_it(qtbot: QtBot, tab: TodayTab) -> None:
    number = next(at for at, item in enumerate(tab.island.items) if item.key == "Saint-Paul")
    tab.island._lay_out(tab.island.room())
    place = tab.island._placed(tab.island._shapes[number].middle, tab.island.room()).toPoint()
    qtbot.mouseMove(tab.island, QPoint(1, 1))
    qtbot.mouseMove(tab.island, place)
    assert tab.island.words() == "Saint-Paul : 2 accompagnements"


def test_a_commune_opens_its_companies(qtbot: QtBot, tab: TodayTab, window: MainWindow) -> None:
    tab.island.asked.emit("Saint-Leu")
    assert window.tabs.currentIndex() == COMPANIES
    companies = window.findChild(CompaniesTab)
    assert companies is not None
    assert companies.chips.words() == ["Saint-Leu"]
    assert companies.count.text() == "1 sur 2 entreprises"


@pytest.mark.parametrize("name", ["months", "families", "island"])
def test_each_chart_is_saved_as_dots_and_as_lines(tab: TodayTab, name: str, tmp_path: Path) -> None:
    chart: Chart = getattr(tab, name)
    chart.save_picture(tmp_path / "image.png")
    chart.save_picture(tmp_path / "image.svg")
    picture = QImage(str(tmp_path / "image.png"))
    assert picture.width() >= 3 * chart.width() - 3
    colours = {
        picture.pixelColor(x, y).rgb() for x in range(0, picture.width(), 9) for y in range(0, picture.height(), 9)
    }
    assert len(colours) > 3
    drawn = ElementTree.parse(tmp_path / "image.svg").getroot()
    assert drawn.tag.endswith("svg")
    assert chart.TITLE in (tmp_path / "image.svg").read_text(encoding="utf-8")
    chart.copy_numbers()
    assert len(QGuiApplication.clipboard().text().splitlines()) == len(chart.items)


def test_the_report_of_any_period_as_pages_and_as_a_workbook_that_counts(
    qtbot: QtBot, tab: TodayTab, tmp_path: Path
) -> None:
    qtbot.mouseClick(tab.report_button, LEFT)
    page = tab.places.page
    assert isinstance(page, ReportPage)
    qtbot.waitUntil(lambda: page.is_settled)
    assert page.preview.page_count() >= 1
    page.first.setText("01/11/2025")
    page.last.setText("30/11/2025")
    page.follow_days()
    qtbot.waitUntil(lambda: page.is_settled)
    assert page.facts.words() == "Période : du 01/11/2025 au 30/11/2025"
    assert page.choice.currentText() == "Autre période"
    book = load_workbook(BytesIO(page.workbook()))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert any(text.startswith("=") and "COUNTIFS" in text for text in cells), "formulas are alive"
    assert "Snack Bertelina" in cells
    page.last.setText("01/10/2025")
    page.follow_days()
    assert "finit avant de commencer" in page.sentence.text()
    page.last.setText("n'importe quoi")
    page.follow_days()
    assert page.sentence.text()
    page.choice.setCurrentText("Année 2025")
    page.choice.activated.emit(page.choice.currentIndex())
    qtbot.waitUntil(lambda: page.is_settled)
    assert page.first.text() == "01/01/2025"
    qtbot.mouseClick(page.save_button, LEFT)
    dialog = page.actions_of_paper.dialog
    assert dialog is not None
    dialog.reject()
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert tab.places.page is None


def test_a_month_opens_its_report(qtbot: QtBot, tab: TodayTab) -> None:
    tab.months.asked.emit("mars")
    page = tab.places.page
    assert isinstance(page, ReportPage)
    assert (page.first.text(), page.last.text()) == ("01/03/2026", "31/03/2026")
    qtbot.waitUntil(lambda: page.is_settled)
