from datetime import date
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from charte_desktop.documents import directory_sheet
from charte_desktop.model.company import Company
from charte_desktop.model.sheet import Criteria, DirectorySheet
from charte_desktop.store.company_records import CompanyRecords
from charte_desktop.store.database import Database
from charte_desktop.store.directory_sheets import DirectorySheets, SheetOptions
from charte_desktop.store.provider_register import ProviderRegister
from charte_desktop.ui.companies.companies_tab import CompaniesTab
from charte_desktop.ui.main_window import MainWindow
from charte_desktop.ui.sheets.exposure import ExposurePage
from charte_desktop.ui.sheets.issued_page import IssuedPage
from charte_desktop.ui.sheets.recall import RecallPage

LEFT = Qt.MouseButton.LeftButton


class MailProgram(QObject):
    """Stands where the system would open files."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[Path] = []

    @Slot(QUrl)
    def open(self, address: QUrl) -> None:
        self.opened.append(Path(address.toLocalFile()))


@pytest.fixture
def sheet(database: Database, company: Company) -> DirectorySheet:
    held = CompanyRecords(database).get(company.id).accompaniments[0]
    draw, count = directory_sheet.directory_sheet, directory_sheet.page_count
    return DirectorySheets(database).issue(held.id, Criteria(("S01",)), draw, count, SheetOptions())


@pytest.fixture
def page(tab: CompaniesTab, sheet: DirectorySheet) -> IssuedPage:
    tab.show_part("follow")
    assert tab.record.follow.lines().row(0).kind == "sheet"
    tab.record.follow.table.opened.emit(0)
    page = tab.places.page
    assert isinstance(page, IssuedPage)
    return page


def test_c07_a_sheet_is_reopened_as_it_was_handed_out(
    page: IssuedPage, database: Database, sheet: DirectorySheet
) -> None:
    register = ProviderRegister(database)
    provider = register.get(sheet.lines[0].provider_id)
    name, provider.legal_name = provider.legal_name, "Autre Nom"
    register.save(provider)
    assert sheet.number in page.title.text()
    assert name in page.preview.text()
    assert "Autre Nom" not in page.preview.text()
    assert "Critères : Création / refonte site internet" in page.content.text()


def test_c07_a_hand_over_is_noted_with_whom_and_how(
    qtbot: QtBot, page: IssuedPage, database: Database, sheet: DirectorySheet
) -> None:
    page.to_whom.clear()
    qtbot.mouseClick(page.hand_over_button, LEFT)
    assert page.hand_over_sentence.text() == "Écrivez à qui la fiche est remise."
    qtbot.keyClicks(page.to_whom, "Mme la directrice")
    page.medium.setCurrentText("courriel")
    qtbot.keyClick(page.to_whom, Qt.Key.Key_Return)
    (given,) = DirectorySheets(database).hand_overs(sheet.id)
    assert (given.to_whom, given.medium) == ("Mme la directrice", "courriel")
    assert "à Mme la directrice (courriel)" in page.hand_overs.text()


def test_the_table_of_the_company_says_that_it_was_handed_over(
    qtbot: QtBot, tab: CompaniesTab, page: IssuedPage, sheet: DirectorySheet
) -> None:
    qtbot.mouseClick(page.hand_over_button, LEFT)
    qtbot.mouseClick(page.back_button, LEFT)
    assert tab.table.isVisible()
    told = tab.record.follow.table.model().index(0, 1).data()
    assert told.startswith(f"Fiche annuaire {sheet.number}")
    assert "remise à Gérante Fictive" in told


def test_saving_writes_the_very_bytes(
    qtbot: QtBot, page: IssuedPage, database: Database, sheet: DirectorySheet, tmp_path: Path
) -> None:
    qtbot.mouseClick(page.save_button, LEFT)
    dialog = page.actions_of_paper.dialog
    assert isinstance(dialog, QFileDialog)
    assert dialog.selectedFiles()[0].endswith(f"Fiche annuaire {sheet.number}.pdf")
    file = tmp_path / "fiche.pdf"
    dialog.fileSelected.emit(str(file))
    dialog.reject()
    assert file.read_bytes() == DirectorySheets(database).pdf(sheet.id)


def test_the_mail_program_is_given_a_draft_with_the_sheet(
    qtbot: QtBot, page: IssuedPage, database: Database, sheet: DirectorySheet
) -> None:
    program = MailProgram()
    QDesktopServices.setUrlHandler("file", program, "open")  # type: ignore[arg-type]  # PySide refuses the bytes that its stub asks for
    qtbot.mouseClick(page.mail_button, LEFT)
    QDesktopServices.unsetUrlHandler("file")
    (file,) = program.opened
    mail = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert mail["X-Unsent"] == "1"
    assert "bonjour@entreprise.example" in mail["To"]
    (attached,) = mail.iter_attachments()
    assert attached.get_content() == DirectorySheets(database).pdf(sheet.id)
    assert page.medium.currentText() == "courriel"


def test_c18_the_recall_page_names_who_holds_the_name_and_has_the_letters(
    qtbot: QtBot, database: Database, sheet: DirectorySheet
) -> None:
    provider_id = sheet.lines[0].provider_id
    DirectorySheets(database).hand_over(sheet.id, "Gérante Fictive")
    before = RecallPage(database, provider_id)
    qtbot.addWidget(before)
    assert not before.print_button.isEnabled()
    assert "toujours au registre" in before.facts.text()
    ProviderRegister(database).remove(provider_id, database.today(), ["C11"], "Démarchage")
    page = RecallPage(database, provider_id)
    qtbot.addWidget(page)
    assert page.table.model().index(0, 0).data().startswith("Garage Oliflore")
    assert page.count.text() == "1 entreprise à prévenir"
    assert page.preview.page_count() == 1
    assert sheet.number in page.preview.text()
    assert "Démarchage" not in page.preview.text()


def test_c18_nobody_to_warn_is_said(qtbot: QtBot, database: Database, company: Company) -> None:
    (provider,) = ProviderRegister(database).find("Référencement Péi")
    page = RecallPage(database, provider.id)
    qtbot.addWidget(page)
    page.show()
    assert page.nobody_text.isVisible()


def test_the_exposure_report_counts_a_period_and_goes_to_a_workbook(
    qtbot: QtBot, database: Database, sheet: DirectorySheet, tmp_path: Path
) -> None:
    page = ExposurePage(database)
    qtbot.addWidget(page)
    assert "Atelier Bichik" in page.preview.text()
    page.period.setCurrentIndex(1)
    assert f"{date(database.today().year, 1, 1):%d/%m/%Y}" in page.facts.text()
    page.write_workbook(tmp_path / "presence.xlsx")
    assert (tmp_path / "presence.xlsx").read_bytes().startswith(b"PK")


def test_the_preview_grows_and_shrinks_by_keyboard(qtbot: QtBot, page: IssuedPage) -> None:
    wide = page.preview.verticalScrollBar().maximum()
    qtbot.keyClicks(page.preview, "+")
    assert page.preview.verticalScrollBar().maximum() > wide
    qtbot.keyClicks(page.preview, "--")
    assert page.preview.verticalScrollBar().maximum() < wide
    qtbot.keyClicks(page.preview, "0")
    assert page.preview.verticalScrollBar().maximum() == wide


def test_the_menu_opens_the_report_over_the_tab(tab: CompaniesTab, window: MainWindow, sheet: DirectorySheet) -> None:
    window.tabs.setCurrentIndex(0)
    window.exposure_action.trigger()
    assert isinstance(tab.places.page, ExposurePage)
    window.show_recall(sheet.lines[0].provider_id)
    assert tab.places.page.title.text().startswith("Qui a reçu le nom de")
    tab.places.leave(tab.places.page)
    assert tab.places.page.preview.isVisible()
