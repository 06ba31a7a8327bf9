"""A workshop from its preparation to the sheets of its participants, by keyboard (C03, C07)."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from charte_desktop.model.drawing import Drawing
from charte_desktop.model.signing_medium import SigningMedium
from charte_desktop.store.accompaniments import Accompaniments
from charte_desktop.store.company_rows import CompanyRows
from charte_desktop.store.database import Database
from charte_desktop.store.directory_sheets import DirectorySheets
from charte_desktop.store.drafts import Drafts
from charte_desktop.store.workshops import Workshops
from charte_desktop.ui.charter.hand_over import choose_code
from charte_desktop.ui.companies.companies_tab import CompaniesTab
from charte_desktop.ui.main_window import MainWindow
from charte_desktop.ui.sheets.document_page import DocumentPage
from charte_desktop.ui.workshops.entry_line import parts_of
from charte_desktop.ui.workshops.workshop_page import WorkshopPage
from charte_desktop.ui.workshops.workshop_signing import WorkshopSigning
from charte_desktop.ui.workshops.workshops_page import WorkshopsPage
from tests.factory import a_provider, enter, enter_company, siren
from tests.signings import a_drawing
from tests.ui.hands import CONTROL, CONTROL_SHIFT, Hands, focused
from tests.ui.showing import show_tab

LEFT = Qt.MouseButton.LeftButton
NAMES = [(chr(97 + number) * 3).capitalize() for number in range(20)]
TYPIST = 5
"""Keys a second of a trained typist."""


@pytest.fixture
def tab(qtbot: QtBot, window: MainWindow, database: Database) -> CompaniesTab:
    enter(database, a_provider("S01", legal_name="Atelier Bichik"), a_provider("S13", legal_name="Cabinet Maloya"))
    for number in range(20):
        enter_company(database, legal_name=f"{NAMES[number]} Tamarin", legal_representative=f"Gérante {number:02d}")
    return show_tab(qtbot, window, database, 3, CompaniesTab)


def prepare(tab: CompaniesTab, hands: Hands, day: str = "20/10/2026") -> WorkshopPage:
    tab.focus_search()
    hands.press(Qt.Key.Key_T, CONTROL_SHIFT)
    hands.type("Être trouvé sur internet")
    hands.press(Qt.Key.Key_Return)
    hands.type("CCI, Saint-Denis")
    hands.press(Qt.Key.Key_Return)
    hands.type(day)
    hands.press(Qt.Key.Key_Return)
    hands.type("9h")
    hands.press(Qt.Key.Key_Return)
    hands.type("12h")
    hands.press(Qt.Key.Key_Return)
    page = tab.places.page
    assert isinstance(page, WorkshopPage)
    return page


def enter_known(hands: Hands, words: str) -> None:
    hands.type(words)
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_Return)


def test_thirty_participants_are_entered_in_five_minutes(qtbot: QtBot, tab: CompaniesTab, database: Database) -> None:
    hands = Hands()
    page = prepare(tab, hands)
    before = hands.keys
    for number in range(20):
        enter_known(hands, f"{NAMES[number]} tam")
    for number in range(10):
        hands.type(f"Boutik Neuve {number}, Saint-Leu")
        hands.press(Qt.Key.Key_Return, CONTROL)
        hands.type(f"Patronne {number}")
        hands.press(Qt.Key.Key_Return)
    assert page.shown is not None
    people = page.shown.participants
    assert len(people) == 30
    assert [one.person for one in people[:2]] == ["Gérante 00", "Gérante 01"]
    assert (people[-1].company, people[-1].city, people[-1].person) == ("Boutik Neuve 9", "Saint-Leu", "Patronne 9")
    assert page.count.text() == "30 inscrits · 0 présent"
    assert (hands.keys - before) / TYPIST <= 300
    assert focused() is page.entry.company


def test_presence_gives_the_right_and_one_action_hands_each_its_sheet(
    qtbot: QtBot, tab: CompaniesTab, database: Database
) -> None:
    hands = Hands()
    page = prepare(tab, hands)
    for number in range(3):
        enter_known(hands, f"{NAMES[number]} tam")
    page.services.box("S01").click()
    qtbot.waitUntil(lambda: page.shown is not None and page.shown.service_ids == ("S01",))
    assert not page.sheets_button.isEnabled()

    page.table.selectRow(0)
    page.table.setFocus()
    hands.press(Qt.Key.Key_Space)
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Space)
    assert page.count.text() == "3 inscrits · 2 présents"
    page._want("S13", True)
    people = page.shown.participants if page.shown is not None else []
    assert people[1].service_ids == ("S13",)

    hands.press(Qt.Key.Key_F, CONTROL_SHIFT)
    qtbot.waitUntil(lambda: isinstance(tab.places.page, DocumentPage), timeout=20_000)
    papers = tab.places.page
    assert isinstance(papers, DocumentPage)
    assert papers.preview.page_count() >= 2
    for number, service in ((0, "S01"), (1, "S13")):
        company = people[number].company_id
        assert Accompaniments(database).right_of(people[number].siren).is_given, "C03: being there is an accompaniment"
        (sheet,) = DirectorySheets(database).of_company(company)
        assert sheet.criteria["service_ids"] == [service]
        (given,) = DirectorySheets(database).hand_overs(sheet.id)
        assert given.to_whom == f"Gérante {number:02d}", "C07: to whom, when, by whom"
    assert DirectorySheets(database).of_company(people[2].company_id) == [], "who did not come is handed nothing"
    qtbot.mouseClick(papers.back_button, LEFT)
    assert page.count.text() == "3 inscrits · 2 présents · 2 fiches remises"

    qtbot.waitUntil(lambda: tab.places.page is page)
    qtbot.mouseClick(page.all_button, LEFT)
    qtbot.mouseClick(page.sheets_button, LEFT)
    qtbot.waitUntil(lambda: isinstance(tab.places.page, DocumentPage), timeout=20_000)
    assert len(DirectorySheets(database).of_company(people[0].company_id)) == 1, "who has a sheet is left alone"
    assert len(DirectorySheets(database).of_company(people[2].company_id)) == 1


def test_a_service_ticked_just_before_the_sheets_are_asked_for_is_in_them(
    qtbot: QtBot, tab: CompaniesTab, database: Database
) -> None:
    hands = Hands()
    page = prepare(tab, hands)
    enter_known(hands, f"{NAMES[0]} tam")
    page.table.setFocus()
    hands.press(Qt.Key.Key_Space)
    page.services.box("S01").click()
    hands.press(Qt.Key.Key_F, CONTROL_SHIFT)
    qtbot.waitUntil(lambda: isinstance(tab.places.page, DocumentPage), timeout=20_000)
    assert page.shown is not None
    (sheet,) = DirectorySheets(database).of_company(page.shown.participants[0].company_id)
    assert sheet.criteria["service_ids"] == ["S01"]


def test_participants_sign_on_the_screen_and_the_sheet_shows_it(
    qtbot: QtBot, tab: CompaniesTab, database: Database
) -> None:
    hands = Hands()
    page = prepare(tab, hands)
    for number in range(2):
        enter_known(hands, f"{NAMES[number]} tam")
    qtbot.mouseClick(page.sign_button, LEFT)
    signing = tab.places.page
    assert isinstance(signing, WorkshopSigning)
    assert signing.who.text() == "Gérante 00"
    signing.keep_button.click()
    assert "vide" in signing.box.sentence.text(), "nothing is signed by an empty frame"
    signing.box.pad.show_drawing(a_drawing())
    signing.keep_button.click()
    assert signing.who.text() == "Gérante 01"
    assert signing.count.text() == "1 présent sur 2"
    signing.box.pad.show_drawing(a_drawing())
    signing.keep_button.click()
    assert signing.who.text() == "Tout le monde a signé."
    qtbot.keyClick(signing, Qt.Key.Key_Escape)
    assert page.count.text() == "2 inscrits · 2 présents"
    drawings = Workshops(database).drawings(page.workshop_id)
    assert len(drawings) == 2
    assert all(not Drawing.from_json(one).is_blank for one in drawings.values())
    assert page.shown is not None
    assert set(page.shown.participants[0].present.values()) == {SigningMedium.SCREEN}
    qtbot.mouseClick(page.attendance_button, LEFT)
    paper = tab.places.page
    assert isinstance(paper, DocumentPage)
    assert paper.preview.page_count() == 1


def test_participants_have_the_attendance_sheet_alone_and_the_code_gives_it_back(
    qtbot: QtBot, window: MainWindow, tab: CompaniesTab, database: Database
) -> None:
    choose_code(database, "2580", "2580")
    hands = Hands()
    page = prepare(tab, hands)
    for number in range(2):
        enter_known(hands, f"{NAMES[number]} tam")
    qtbot.mouseClick(page.sign_button, LEFT)
    signing = tab.places.page
    assert isinstance(signing, WorkshopSigning)
    qtbot.keyClick(signing, Qt.Key.Key_F11)
    lent = tab.over.lent
    assert lent is not None
    shown = lent.window
    assert shown is not None
    assert window.isHidden()
    assert signing.back_button.isHidden()
    signing.box.pad.show_drawing(a_drawing())
    signing.keep_button.click()
    assert signing.who.text() == "Gérante 01"
    qtbot.keyClick(signing, Qt.Key.Key_Escape)
    assert lent.window is shown, "there is no way out without the code"
    qtbot.mouseClick(signing.hand_button, LEFT)
    for digit in "2580":
        qtbot.mouseClick(shown.code_pad.keys[int(digit)], LEFT)
    qtbot.mouseClick(shown.code_pad.ok_key, LEFT)
    qtbot.waitUntil(lambda: lent.window is None)
    assert window.isVisible()
    assert tab.places.page is signing
    assert signing.back_button.isVisible()
    qtbot.mouseClick(signing.back_button, LEFT)
    assert page.count.text() == "2 inscrits · 1 présent"


def test_what_is_half_typed_is_found_again(qtbot: QtBot, tab: CompaniesTab, database: Database) -> None:
    tab.show_workshops()
    rows = tab.places.page
    assert isinstance(rows, WorkshopsPage)
    rows.theme.setFocus()
    Hands().type("Protéger ses données")
    tab.places.leave_all()
    tab.show_workshops()
    again = tab.places.page
    assert isinstance(again, WorkshopsPage)
    assert again.theme.text() == "Protéger ses données"
    tab.places.leave_all()
    page = prepare(tab, hands := Hands())
    hands.type("Boutik")
    tab.places.leave_all()
    assert {one.kind for one in Drafts(database).all()} >= {"participant"}
    tab.show_workshops(page.workshop_id)
    resumed = tab.places.page
    assert isinstance(resumed, WorkshopPage)
    assert resumed.entry.company.text() == "Boutik"


def test_meetings_are_added_corrected_and_refused(qtbot: QtBot, tab: CompaniesTab) -> None:
    page = prepare(tab, hands := Hands())
    page.day.setText("27/10/2026")
    page.starts.setText("14h")
    page.ends.setText("13h")
    qtbot.mouseClick(page.add_session_button, LEFT)
    assert "finirait avant de commencer" in page.session_sentence.text()
    page.ends.setText("16h")
    qtbot.mouseClick(page.add_session_button, LEFT)
    assert page.session.count() == 2
    page.entry.company.setFocus()
    enter_known(hands, "aaa tam")
    page.session.setCurrentIndex(1)
    page.table.setFocus()
    hands.press(Qt.Key.Key_Space)
    assert "n'a pas encore eu lieu" in page.sentence.text()
    page.sessions.selectRow(1)
    qtbot.mouseClick(page.drop_session_button, LEFT)
    assert page.session.count() == 1
    qtbot.mouseClick(page.drop_session_button, LEFT)
    assert "une séance au moins" in page.session_sentence.text()


def test_the_same_person_twice_is_said_and_a_siren_finds_its_company(tab: CompaniesTab, database: Database) -> None:
    company = enter_company(database, legal_name="Épicerie du Port", legal_representative="Épicière", siren=siren())
    page = prepare(tab, hands := Hands())
    enter_known(hands, company.siren)
    assert page.shown is not None
    assert page.shown.participants[0].company == "Épicerie du Port"
    enter_known(hands, company.siren)
    assert page.sentence.text() == "Épicière est déjà sur la liste."
    assert page.entry.company.text(), "what is typed stays"
    assert len(CompanyRows(database).search("epicerie")) == 1


def test_a_workshop_is_one_click_from_today(window: MainWindow, tab: CompaniesTab, database: Database) -> None:
    workshop = Workshops(database).create("Passer à la facture électronique", date(2026, 10, 22))
    window.show_waiting("workshop", workshop.id, "")
    page = tab.places.page
    assert isinstance(page, WorkshopPage)
    assert page.title.words() == "Passer à la facture électronique"


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("Boutik Letchi", ("Boutik Letchi", "", "")),
        ("Boutik Letchi 123 456 782, Saint-Leu", ("Boutik Letchi", "123456782", "Saint-Leu")),
        ("123456782 Boutik", ("Boutik", "123456782", "")),
        ("Chez Aline & Fils, 97436 Saint-Leu", ("Chez Aline & Fils", "", "97436 Saint-Leu")),
        ("   ", ("", "", "")),
    ],
)
def test_name_siren_and_place_are_told_apart(typed: str, parts: tuple[str, str, str]) -> None:
    assert parts_of(typed) == parts


def test_undoing_is_seen_on_the_page(tab: CompaniesTab, window: MainWindow) -> None:
    page = prepare(tab, hands := Hands())
    enter_known(hands, "aaa tam")
    assert page.count.text() == "1 inscrit · 0 présent"
    window.undo_action.trigger()
    assert page.count.text() == "0 inscrit · 0 présent"
    window.redo_action.trigger()
    assert page.count.text() == "1 inscrit · 0 présent"
