from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from charte_desktop.model.import_plan import ListKind
from charte_desktop.store.company_records import CompanyRecords
from charte_desktop.store.database import Database
from charte_desktop.store.provider_register import ProviderRegister
from charte_desktop.ui.imports.import_dialog import ImportDialog
from charte_desktop.ui.main_window import MainWindow
from charte_desktop.ui.messages import Boundary
from charte_desktop.ui.tabs import COMPANIES
from tests.factory import a_provider, siren
from tests.ui.imports.conftest import LISTS, LONG, drag, drop, settled

Dropped = Callable[[Path], ImportDialog]
BROUILLON = LISTS / "prestataires_brouillon_A.xlsx"


def a_list(folder: Path, *rows: list[object], name: str = "liste.xlsx") -> Path:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    file = folder / name
    workbook.save(file)
    return file


HEADER: list[object] = ["Raison sociale", "SIREN", "E-mail", "Téléphone"]


def to_lines(qtbot: QtBot, window: MainWindow, dialog: ImportDialog) -> None:
    """Ctrl+Enter, from the columns to the dry run."""
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settled(qtbot, window)
    assert dialog.pages.currentWidget() is dialog.lines


def lines(dialog: ImportDialog) -> list[tuple[str, ...]]:
    model = dialog.lines.table.model()
    return [tuple(model.index(row, column).data() for column in range(4)) for row in range(model.rowCount())]


def correct(qtbot: QtBot, window: MainWindow, dialog: ImportDialog, row: str, column: str, text: str) -> None:
    """Choose a line of the list, go to one of its cells, F2, type, Enter."""
    choices = dialog.choices
    assert choices is not None
    before = choices.corrections
    qtbot.mouseClick(dialog.lines.chip("all"), Qt.MouseButton.LeftButton)
    place = [line[0] for line in lines(dialog)].index(row)
    dialog.lines.table.selectRow(place)
    cells = dialog.lines.cells.model()
    cell = next(one for one in range(cells.rowCount()) if cells.index(one, 0).data() == column)
    dialog.lines.cells.setFocus()
    dialog.lines.cells.setCurrentIndex(cells.index(cell, 1))
    qtbot.keyClick(dialog.lines.cells, Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    qtbot.keyClicks(editor, text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: choices.corrections > before)
    settled(qtbot, window)


def test_a_list_dropped_is_corrected_imported_and_undone(
    qtbot: QtBot, window: MainWindow, database: Database, dropped: Dropped
) -> None:
    dialog = dropped(BROUILLON)
    to_lines(qtbot, window, dialog)
    number = siren()
    correct(qtbot, window, dialog, "7", "E-Mail", "contact@le-remede.example")
    correct(qtbot, window, dialog, "14", "SIREN", number)
    correct(qtbot, window, dialog, "17", "E-Mail", "contact@conseil.example")
    told = {line[0]: line for line in lines(dialog)}
    assert told["14"][3].replace(" ", "").replace("\u00a0", "").replace("\u202f", "") == number
    assert told["7"][1] == "Créé"
    assert dialog.choices is not None
    assert dialog.choices.corrections == 3
    words = dialog.import_button.text()
    with qtbot.waitSignal(window.background.ended, timeout=LONG):
        qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.notice.isVisible())
    register = ProviderRegister(database)
    assert words == f"Importer {register.count()} prestataires"
    (remede,) = register.find("LE REMEDE")
    assert remede.emails == ["contact@le-remede.example"]
    (ipfix,) = register.find(number)
    assert ipfix.legal_name == "IPFIX"
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: register.count() == 0)


def test_a_list_may_fall_on_any_tab_even_on_a_field(qtbot: QtBot, window: MainWindow, database: Database) -> None:
    window.use(database)
    for tab in range(window.tabs.count()):
        window.tabs.setCurrentIndex(tab)
        assert drag(window, BROUILLON)
    assert not drag(window, BROUILLON, BROUILLON)
    assert not drag(window, LISTS)
    assert not drag(window, LISTS / "film.mp4")
    assert not drag(window, BROUILLON, LISTS / "photo.png")
    drop(window, BROUILLON, BROUILLON)
    assert window.file_actions.dialog is None


def test_annuler_while_the_list_is_read_writes_nothing(qtbot: QtBot, window: MainWindow, database: Database) -> None:
    window.use(database)
    drop(window, BROUILLON)
    dialog = window.file_actions.dialog
    assert isinstance(dialog, ImportDialog)
    with qtbot.waitSignal(dialog.finished, timeout=LONG):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isHidden()
    assert ProviderRegister(database).count() == 0


def test_the_header_line_and_a_column_are_chosen_over_the_real_rows_and_remembered(
    qtbot: QtBot, window: MainWindow, database: Database, dropped: Dropped, tmp_path: Path
) -> None:
    rows: list[list[object]] = [["Qui", "SIREN", "Ville préférée"], ["Letchi Web", siren(), "Letchi Soleil"]]
    dialog = dropped(a_list(tmp_path, *rows))
    box = dialog.columns.header.box(2)
    assert box.accessibleName() == "Colonne C, Ville préférée : ce qu’elle contient"
    box.setFocus()
    qtbot.keyClicks(box, "Raison")
    box.activated.emit(box.currentIndex())
    to_lines(qtbot, window, dialog)
    assert lines(dialog)[0][2] == "Letchi Soleil"
    with qtbot.waitSignal(window.background.ended, timeout=LONG):
        dialog.import_button.click()
    qtbot.waitUntil(lambda: ProviderRegister(database).count() == 1)
    assert window.undo_action.text() == "Annuler : Importer liste.xlsx"
    rows[1] = ["Goyavier", siren(), "Goyavier Soleil"]
    again = dropped(a_list(tmp_path, *rows, name="autre.xlsx"))
    assert again.columns.header.box(2).currentText() == "Raison sociale"
    again.reject()


def test_another_header_line_is_read_at_once_and_the_columns_chosen_stay(
    qtbot: QtBot, window: MainWindow, dropped: Dropped, tmp_path: Path
) -> None:
    file = a_list(tmp_path, HEADER, ["Société", "N° SIREN", "Mél", "Tél"], ["Letchi", siren(), "", "0262000011"])
    dialog = dropped(file)
    assert dialog.columns.header_line.value() == 1
    dialog.columns.rows.setFocus()
    dialog.columns.rows.selectRow(1)
    qtbot.keyClick(dialog.columns.rows, Qt.Key.Key_Return)
    settled(qtbot, window)
    assert dialog.choices is not None
    assert dialog.choices.sheets[0].found.header_rows == (2,)
    assert dialog.columns.sentence.text() == "1 ligne sous l’en-tête, 4 colonnes lues."
    dialog.reject()


def test_a_list_without_a_column_of_companies_says_so_and_can_be_mended(
    qtbot: QtBot, window: MainWindow, dropped: Dropped, tmp_path: Path
) -> None:
    dialog = dropped(a_list(tmp_path, ["Couleur", "Taille"], ["rouge", "grand"], ["bleu", "petit"]))
    assert "Aucune colonne de raison sociale" in dialog.columns.sentence.text()
    assert not dialog.continue_button.isEnabled()
    box = dialog.columns.header.box(0)
    box.setCurrentText("Raison sociale")
    box.activated.emit(box.currentIndex())
    assert dialog.continue_button.isEnabled()
    to_lines(qtbot, window, dialog)
    assert [line[2] for line in lines(dialog)][-2:] == ["rouge", "bleu"]
    dialog.reject()


@pytest.mark.parametrize("content", [b"PK\x03\x04 this is no workbook", b"", b"\x00\x01\x02\x03\x04"])
def test_a_file_that_cannot_be_read_is_a_sentence_in_the_dialog(
    content: bytes, window: MainWindow, dropped: Dropped, tmp_path: Path
) -> None:
    file = tmp_path / "liste.xlsx"
    file.write_bytes(content)
    dialog = dropped(file)
    assert "liste.xlsx" in dialog.problem.text()
    assert dialog.problem.isVisible()
    dialog.other_button.click()
    assert isinstance(window.file_actions.dialog, QFileDialog)
    window.file_actions.dialog.reject()


def test_an_update_shows_before_and_after_and_filters_count(
    qtbot: QtBot, window: MainWindow, database: Database, dropped: Dropped, tmp_path: Path
) -> None:
    known = ProviderRegister(database).add(a_provider(legal_name="Letchi Web", website=""))
    rows: list[list[object]] = [
        ["Raison sociale", "SIREN", "Site internet"],
        ["Letchi Web", known.siren, "https://letchi.example"],
        ["Goyavier", siren(), ""],
        ["Total", "", ""],
    ]
    dialog = dropped(a_list(tmp_path, *rows))
    to_lines(qtbot, window, dialog)
    page = dialog.lines
    assert page.chip("updated").text() == "Mis à jour 1"
    assert page.chip("left_out").text() == "Laissés de côté 1"
    assert not page.chip("duplicate").isVisible()
    qtbot.mouseClick(page.chip("updated"), Qt.MouseButton.LeftButton)
    assert page.count.text() == "1 ligne sur 3"
    assert page.table.model().index(0, 4).data() == "Site internet : (vide) → https://letchi.example"
    assert dialog.import_button.text() == "Importer 2 prestataires"
    dialog.reject()


def test_the_import_is_offered_as_a_report_and_the_same_list_again_brings_nothing(
    qtbot: QtBot, window: MainWindow, database: Database, dropped: Dropped, tmp_path: Path
) -> None:
    file = a_list(tmp_path, HEADER, ["Letchi", siren(), "a@letchi.example", "0262 00 00 11"])
    dialog = dropped(file)
    to_lines(qtbot, window, dialog)
    with qtbot.waitSignal(window.background.ended, timeout=LONG):
        dialog.import_button.click()
    qtbot.waitUntil(lambda: window.notice.offer_button.isVisible())
    qtbot.mouseClick(window.notice.offer_button, Qt.MouseButton.LeftButton)
    choose = window.file_actions.dialog
    assert isinstance(choose, QFileDialog)
    choose.fileSelected.emit(str(tmp_path / "rapport.xlsx"))
    choose.reject()
    assert load_workbook(tmp_path / "rapport.xlsx").active is not None
    again = dropped(file)
    to_lines(qtbot, window, again)
    assert again.import_button.text() == "Rien à importer"
    assert not again.import_button.isEnabled()
    again.reject()


def test_an_import_cancelled_writes_nothing_and_gives_the_dialog_back_with_its_corrections(
    qtbot: QtBot, boundary: Boundary, window: MainWindow, database: Database, dropped: Dropped
) -> None:
    dialog = dropped(BROUILLON)
    to_lines(qtbot, window, dialog)
    correct(qtbot, window, dialog, "7", "E-Mail", "contact@le-remede.example")
    with qtbot.waitSignal(boundary.said, timeout=LONG) as told:
        dialog.import_button.click()
        qtbot.mouseClick(window.background.cancel_button, Qt.MouseButton.LeftButton)
    assert told.args[1] == "Annulé : rien n'a été changé."
    qtbot.waitUntil(dialog.isVisible, timeout=LONG)
    assert dialog.choices is not None
    assert dialog.choices.corrections == 1
    assert ProviderRegister(database).count() == 0
    dialog.reject()


def test_companies_are_imported_from_their_tab(
    qtbot: QtBot, window: MainWindow, database: Database, dropped: Dropped
) -> None:
    window.use(database)
    window.tabs.setCurrentIndex(COMPANIES)
    dialog = dropped(LISTS / "organismes_974_lot_A.csv")
    assert dialog.columns.kind.currentText() == "Entreprises accompagnées"
    to_lines(qtbot, window, dialog)
    assert dialog.import_button.text() == "Importer 436 entreprises"
    with qtbot.waitSignal(window.background.ended, timeout=LONG):
        dialog.import_button.click()
    qtbot.waitUntil(lambda: CompanyRecords(database).count() == 436)
    assert "436 entreprises créées" in window.notice.sentence.text()
    window.undo_action.trigger()
    assert CompanyRecords(database).count() == 0


def test_the_same_list_may_be_said_to_be_of_companies(qtbot: QtBot, window: MainWindow, dropped: Dropped) -> None:
    dialog = dropped(LISTS / "organismes_974_lot_A.csv")
    assert dialog.columns.kind.currentText() == "Prestataires"
    qtbot.keyClick(dialog.columns.kind, Qt.Key.Key_Down)
    settled(qtbot, window)
    assert dialog.choices is not None
    assert dialog.choices.kind is ListKind.COMPANIES
    assert dialog.columns.header.box(0).findText("Services & prestations") == -1
    dialog.reject()


def test_fifty_thousand_lines_are_shown_without_freezing(
    qtbot: QtBot, window: MainWindow, dropped: Dropped, tmp_path: Path
) -> None:
    file = tmp_path / "longue.csv"
    body = "".join(f"Société {number};ligne{number}@exemple.example\n" for number in range(50_000))
    file.write_text("Raison sociale;E-mail\n" + body, encoding="utf-8")
    dialog = dropped(file)
    assert dialog.columns.rows.model().rowCount() == 50_001
    to_lines(qtbot, window, dialog)
    assert dialog.lines.table.model().rowCount() == 50_000
    correct(qtbot, window, dialog, "40001", "Raison sociale", "Une autre")
    assert dialog.lines.line_title.text() == "Ligne 40001 · Une autre"
    dialog.reject()


def test_every_control_has_a_name_and_the_keyboard_reaches_it(
    qtbot: QtBot, window: MainWindow, dropped: Dropped
) -> None:
    dialog = dropped(BROUILLON)
    reached = set()
    for _ in range(40):
        focused = QApplication.focusWidget()
        assert focused is not None
        reached.add(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert {dialog.columns.rows, dialog.columns.kind, dialog.continue_button} <= reached
    assert dialog.columns.header.box(5) in reached
    to_lines(qtbot, window, dialog)
    assert dialog.lines.table.hasFocus()
    qtbot.keyClick(dialog.lines.table, Qt.Key.Key_F2)
    editor = dialog.lines.cells.findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    qtbot.keyClick(dialog, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert dialog.pages.currentWidget() is dialog.columns
    dialog.reject()
