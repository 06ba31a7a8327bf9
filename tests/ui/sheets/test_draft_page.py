from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from charte_desktop.model.company import Company
from charte_desktop.store.database import Database
from charte_desktop.store.directory_sheets import DirectorySheets
from charte_desktop.store.drafts import Drafts
from charte_desktop.ui.companies.companies_tab import CompaniesTab
from charte_desktop.ui.sheets.candidate_list import Place
from charte_desktop.ui.sheets.draft_page import SAVE, DraftPage

LEFT, ENTER = Qt.MouseButton.LeftButton, Qt.Key.Key_Return


def settled(qtbot: QtBot, page: DraftPage) -> None:
    qtbot.waitUntil(lambda: page.is_settled)


def test_the_needs_of_the_accompaniment_are_proposed_with_place_and_size(page: DraftPage) -> None:
    assert page.chips.words() == ["Création / refonte site internet", "Saint-Paul", "1 ou 2 salariés"]
    assert page.accompaniment.currentText() == "Diagnostic du 02/03/2026"


def test_c06_only_publishable_signatories_who_serve_the_place_are_listed_each_with_its_reason(page: DraftPage) -> None:
    assert page.candidates.names() == ["Atelier Bichik", "Cabinet Maloya"]
    line = page.candidates.lines.line(0)
    assert line.reason.startswith("Déclare : Création / refonte site internet")
    assert page.count.text() == "2 prestataires sur la fiche"


def test_the_preview_is_the_pdf_itself_and_says_how_many_pages_it_takes(page: DraftPage) -> None:
    assert page.pages.text() == f"{page.preview.page_count()} pages A4"
    assert "Atelier Bichik" in page.preview.text()
    assert "Garage Oliflore" in page.preview.text()


def test_a_click_on_a_chip_takes_its_criterion_away(qtbot: QtBot, page: DraftPage) -> None:
    qtbot.mouseClick(page.chips.chip("Saint-Paul"), LEFT)
    settled(qtbot, page)
    assert page.candidates.names() == ["Atelier Bichik", "Cabinet Maloya", "Studio Tamarin"]
    assert "Studio Tamarin" in page.preview.text()


def test_the_menu_adds_a_service(qtbot: QtBot, page: DraftPage) -> None:
    page.chips.menu.aboutToShow.emit()
    family = page.chips.menu.actions()[0].menu()
    action = next(one for one in family.actions() if one.text() == "Référencement")  # type: ignore[attr-defined]
    action.trigger()
    settled(qtbot, page)
    assert "Référencement" in page.chips.words()


def test_without_a_service_there_is_no_sheet_and_it_says_what_to_do(qtbot: QtBot, page: DraftPage) -> None:
    qtbot.mouseClick(page.chips.chip("Création / refonte site internet"), LEFT)
    assert page.nobody_text.text().startswith("Choisissez au moins une prestation")
    assert not page.issue_button.isEnabled()
    assert page.preview.page_count() == 0


def test_leaving_out_wants_a_written_reason_and_can_be_taken_back(qtbot: QtBot, page: DraftPage) -> None:
    page.candidates.choose(page.candidates.lines.line(1).provider_id)
    qtbot.keyClick(page.candidates, Qt.Key.Key_Delete)
    assert page.motive.hasFocus()
    qtbot.keyClick(page.motive, ENTER)
    assert page.motive_label.text().startswith("Écrivez pourquoi, pour Cabinet Maloya")
    qtbot.keyClicks(page.motive, "Deja son prestataire")
    qtbot.keyClick(page.motive, ENTER)
    settled(qtbot, page)
    assert page.candidates.names() == ["Atelier Bichik", "Cabinet Maloya · Écarté"]
    assert page.count.text() == "1 prestataire sur la fiche, 1 écarté"
    assert "Cabinet Maloya" not in page.preview.text()
    assert page.motive_button.text() == "Reprendre"
    qtbot.mouseClick(page.motive_button, LEFT)
    settled(qtbot, page)
    assert page.candidates.names() == ["Atelier Bichik", "Cabinet Maloya"]


def test_a_signatory_is_added_by_hand_with_its_reason_on_paper(qtbot: QtBot, page: DraftPage) -> None:
    qtbot.keyClicks(page.add_search, "referencement")
    assert page.candidates.names() == ["Référencement Péi · À ajouter : écrivez pourquoi"]
    qtbot.keyClick(page.add_search, ENTER)
    qtbot.keyClick(page.candidates, ENTER)
    assert page.motive.hasFocus()
    qtbot.keyClicks(page.motive, "Connait les garages")
    qtbot.keyClick(page.motive, ENTER)
    settled(qtbot, page)
    assert page.candidates.lines.line(0).place is Place.ADDED
    assert "Connait les garages" in page.preview.text()


def test_c06_who_may_not_be_published_is_not_even_found(page: DraftPage, database: Database) -> None:
    sheets = DirectorySheets(database)
    assert sheets.signatories("discret") == []
    assert sheets.signatories("jamais") == []
    assert sheets.signatories("") == []
    assert [one.legal_name for one in sheets.signatories("tamarin")] == ["Studio Tamarin"]


def test_nobody_found_says_what_to_widen_and_one_click_does_it(
    qtbot: QtBot, tab: CompaniesTab, page: DraftPage
) -> None:
    from charte_desktop.model.sheet import Criteria

    page.chips.changed.emit(Criteria(("S13",), "97411", "01"))
    settled(qtbot, page)
    assert page.candidates.names() == ["Cabinet Maloya"]
    page.chips.changed.emit(Criteria(("S16",)))
    settled(qtbot, page)
    assert "ajoutez une prestation voisine" in page.nobody_text.text()
    assert page.count.text() == "Aucun prestataire"


def test_a_narrow_territory_is_named_as_what_to_widen(qtbot: QtBot, database: Database, page: DraftPage) -> None:
    from charte_desktop.model.sheet import Criteria
    from tests.factory import a_provider, enter

    enter(database, a_provider("S09", legal_name="Nord Seulement", territory=["97411"]))
    page.chips.changed.emit(Criteria(("S09",), "97415"))
    settled(qtbot, page)
    wider = page.nobody_box.findChild(QPushButton)
    assert wider is not None
    assert wider.text() == "Sans la commune (Saint-Paul) : 1 prestataire"
    qtbot.mouseClick(wider, LEFT)
    settled(qtbot, page)
    assert page.candidates.names() == ["Nord Seulement"]


def test_layouts_and_codes_change_the_pages(qtbot: QtBot, page: DraftPage) -> None:
    page.layout_choice.setCurrentIndex(page.layout_choice.findData("booklet"))
    settled(qtbot, page)
    assert "recto verso" in page.pages.text()
    page.layout_choice.setCurrentIndex(page.layout_choice.findData("table"))
    assert not page.qr.isEnabled()
    settled(qtbot, page)
    assert page.decisions.layout == "table"


def test_what_was_decided_is_found_again_after_a_crash(qtbot: QtBot, tab: CompaniesTab, page: DraftPage) -> None:
    page.motive.setText("Déjà consulté")
    qtbot.mouseClick(page.motive_button, LEFT)
    page.layout_choice.setCurrentIndex(page.layout_choice.findData("table"))
    settled(qtbot, page)
    before = page.decisions
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert tab.table.isVisible()
    tab.make_sheet()
    again = tab.places.page
    assert isinstance(again, DraftPage)
    assert again.decisions == before
    settled(qtbot, again)


def test_issuing_keeps_the_sheet_as_it_was_shown_and_drops_the_draft(
    qtbot: QtBot, tab: CompaniesTab, page: DraftPage, database: Database, company: Company
) -> None:
    page.qr.click()
    settled(qtbot, page)
    with qtbot.waitSignal(page.issued) as issued:
        page.issue(SAVE)
    sheet = issued.args[0] if issued.args else None
    assert sheet is not None
    assert [one.number for one in DirectorySheets(database).of_company(company.id)] == [sheet.number]
    assert Drafts(database).all() == []
    assert tab.places.page is not page
