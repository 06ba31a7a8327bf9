from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from charte_desktop.model.company import Company
from charte_desktop.store.company_records import CompanyRecords
from charte_desktop.store.database import Database
from charte_desktop.ui.companies.accompaniment_page import AccompanimentPage
from tests.factory import enter_company

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def company(database: Database) -> Company:
    return enter_company(database, legal_name="Garage Oliflore")


@pytest.fixture
def page(qtbot: QtBot, database: Database, company: Company) -> AccompanimentPage:
    page = AccompanimentPage(database, company.id)
    qtbot.addWidget(page)
    page.show()
    return page


def test_kind_day_needs_and_notes_are_kept(
    qtbot: QtBot, page: AccompanimentPage, database: Database, company: Company
) -> None:
    page.kind.setCurrentText("Atelier")
    page.day.setText("02/03/2026")
    qtbot.mouseClick(page.needs.box("S01"), LEFT)
    qtbot.mouseClick(page.needs.box("S13"), LEFT)
    qtbot.keyClicks(page.notes, "Vendre en ligne")
    assert page.needs_count.text().startswith("2 besoins notés")
    with qtbot.waitSignal(page.noted):
        qtbot.mouseClick(page.note_button, LEFT)
    kept = CompanyRecords(database).get(company.id)
    (held,) = kept.accompaniments
    assert (held.kind.value, held.held_on, held.notes) == ("Atelier", date(2026, 3, 2), "Vendre en ligne")
    assert [need.service_id for need in kept.needs] == ["S01", "S13"]


def test_a_day_that_is_none_or_to_come_gets_a_sentence_beside_it(qtbot: QtBot, page: AccompanimentPage) -> None:
    page.day.setText("31/02/2026")
    qtbot.mouseClick(page.note_button, LEFT)
    assert page.day_sentence.text()
    page.day.setText("01/01/2099")
    qtbot.mouseClick(page.note_button, LEFT)
    assert "n'est pas encore passé" in page.day_sentence.text()
    page.day.clear()
    qtbot.mouseClick(page.note_button, LEFT)
    assert page.day_sentence.text() == "Écrivez le jour de l'accompagnement : jj/mm/aaaa."


def test_a_sheet_wants_at_least_one_need(qtbot: QtBot, page: AccompanimentPage) -> None:
    assert not page.sheet_button.isEnabled()
    qtbot.mouseClick(page.needs.box("S01"), LEFT)
    assert page.sheet_button.isEnabled()


def test_what_was_typed_is_found_again(
    qtbot: QtBot, page: AccompanimentPage, database: Database, company: Company
) -> None:
    qtbot.mouseClick(page.needs.box("S05"), LEFT)
    qtbot.keyClicks(page.notes, "a rappeler")
    again = AccompanimentPage(database, company.id)
    qtbot.addWidget(again)
    assert again.needs.typed() == "S05"
    assert again.notes.toPlainText() == "a rappeler"
