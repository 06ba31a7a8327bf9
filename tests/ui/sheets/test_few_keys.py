"""The measure of the main job: from a company that is found to the dialog of the printer, accepted."""

import subprocess
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from charte_desktop.model.company import Company
from charte_desktop.store.company_records import CompanyRecords
from charte_desktop.store.database import Database
from charte_desktop.store.directory_sheets import DirectorySheets
from charte_desktop.ui.companies.accompaniment_page import AccompanimentPage
from charte_desktop.ui.companies.companies_tab import CompaniesTab
from charte_desktop.ui.sheets.draft_page import DraftPage
from charte_desktop.ui.sheets.issued_page import IssuedPage

MOST = 8
CONTROL = Qt.KeyboardModifier.ControlModifier
CONTROL_SHIFT = CONTROL | Qt.KeyboardModifier.ShiftModifier


class Hands:
    """Presses keys where the keyboard is, and counts them."""

    def __init__(self) -> None:
        self.count = 0

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.count += 1
        QTest.keyClick(focused(), key, held)


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


@pytest.fixture
def found(qtbot: QtBot, tab: CompaniesTab) -> CompaniesTab:
    """The company is found, the keyboard still in the search."""
    tab.focus_search()
    qtbot.keyClicks(tab.search, "oliflore")
    qtbot.waitUntil(lambda: not tab.is_typing)
    assert tab.record.name_label.text() == "Garage Oliflore"
    return tab


def issued_page(qtbot: QtBot, tab: CompaniesTab) -> IssuedPage:
    qtbot.waitUntil(lambda: isinstance(tab.places.page, IssuedPage))
    page = tab.places.page
    assert isinstance(page, IssuedPage)
    return page


def accept(qtbot: QtBot, page: IssuedPage, hands: Hands, folder: Path) -> Path:
    """Accept the system's dialog, which here prints to a file."""
    dialog = page.actions_of_paper.dialog
    assert dialog is not None
    qtbot.waitUntil(dialog.isVisible)
    file = folder / "imprimante.pdf"
    # Without a printer the dialog proposes a file, as any desktop does.
    name = dialog.findChild(QLineEdit, "filename")
    assert name is not None
    name.setText(str(file))
    with qtbot.waitSignal(page.actions_of_paper.printed, timeout=20000):
        hands.press(Qt.Key.Key_Return)
    return file


def dark_pixels(pdf: Path, folder: Path, page: int) -> int:
    subprocess.run(
        [
            "pdftoppm",
            "-r",
            "50",
            "-f",
            str(page),
            "-l",
            str(page),
            "-png",
            "-singlefile",
            str(pdf),
            str(folder / "page"),
        ],
        check=True,
    )
    image = QImage(str(folder / "page.png")).convertToFormat(QImage.Format.Format_Grayscale8)
    return sum(image.pixelColor(x, y).lightness() < 128 for x in range(image.width()) for y in range(image.height()))


def pages_of(pdf: Path) -> int:
    told = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, text=True, check=True).stdout
    return int(next(line.split()[1] for line in told.splitlines() if line.startswith("Pages:")))


def test_a_known_company_has_its_printed_sheet_in_few_keys(
    qtbot: QtBot, found: CompaniesTab, database: Database, company: Company, tmp_path: Path
) -> None:
    hands = Hands()
    hands.press(Qt.Key.Key_P, CONTROL)
    page = found.places.page
    assert isinstance(page, DraftPage)
    qtbot.waitUntil(page.issue_button.isEnabled)
    hands.press(Qt.Key.Key_P, CONTROL)
    issued = issued_page(qtbot, found)
    printed = accept(qtbot, issued, hands, tmp_path)
    assert hands.count <= 3 <= MOST
    (sheet,) = DirectorySheets(database).of_company(company.id)
    assert pages_of(printed) == sheet.page_count == issued.preview.page_count()
    assert all(dark_pixels(printed, tmp_path, number) > 500 for number in range(1, sheet.page_count + 1))


def test_with_its_accompaniment_and_two_needs_noted_it_still_takes_eight(
    qtbot: QtBot, found: CompaniesTab, database: Database, company: Company, tmp_path: Path
) -> None:
    hands = Hands()
    hands.press(Qt.Key.Key_A, CONTROL_SHIFT)
    noting = found.places.page
    assert isinstance(noting, AccompanimentPage)
    hands.press(Qt.Key.Key_Space)
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Space)
    hands.press(Qt.Key.Key_Return, CONTROL)
    page = found.places.page
    assert isinstance(page, DraftPage)
    qtbot.waitUntil(page.issue_button.isEnabled)
    assert page.chips.words()[:2] == ["Création / refonte site internet", "Maintenance / Mise à jour"]
    hands.press(Qt.Key.Key_P, CONTROL)
    issued = issued_page(qtbot, found)
    printed = accept(qtbot, issued, hands, tmp_path)
    assert hands.count <= MOST
    assert pages_of(printed) == issued.preview.page_count()
    assert len(CompanyRecords(database).get(company.id).accompaniments) == 2
    # One key more notes the hand-over.
    found.window().activateWindow()
    qtbot.waitUntil(issued.hand_over_button.hasFocus)
    hands.press(Qt.Key.Key_Space)
    sheet = DirectorySheets(database).of_company(company.id)[0]
    (given,) = DirectorySheets(database).hand_overs(sheet.id)
    assert (given.to_whom, given.medium) == ("Gérante Fictive", "papier")
