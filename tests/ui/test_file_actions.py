from pathlib import Path

from openpyxl import Workbook, load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from charte_desktop.store import backup, backup_file, backup_names
from charte_desktop.store.database import Database
from charte_desktop.store.provider_register import ProviderRegister
from charte_desktop.ui.imports.import_dialog import ImportDialog
from charte_desktop.ui.main_window import MainWindow
from charte_desktop.ui.messages import Boundary
from charte_desktop.ui.restore_dialog import RestoreDialog
from tests.conftest import PASSPHRASE
from tests.factory import a_provider, siren

LONG = 30_000
"""Milliseconds; a busy machine is slow."""


def a_list(folder: Path) -> Path:
    """A list of two providers and a total, one with a telephone that cannot be read."""
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "Prestataires"
    sheet.append(["Raison sociale", "SIREN", "E-mail", "Téléphone", "Commune", "Prestations"])
    sheet.append(["Letchi Web", siren(), "a@letchi.example", "0262 00 00 11", "Saint-Denis", "RGPD"])
    sheet.append(["Goyavier Réseau", siren(), "b@goyavier.example", "0262 12", "Saint-Leu", "Chatbot"])
    sheet.append(["Sous-total Nord", "", "", "", "", ""])
    file = folder / "liste.xlsx"
    workbook.save(file)
    return file


def answer(window: MainWindow, file: Path) -> None:
    """Name `file` in the file dialog that is open."""
    dialog = window.file_actions.dialog
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(file))
    dialog.reject()


def test_the_menu_asks_which_list_to_import(
    qtbot: QtBot, window: MainWindow, database: Database, tmp_path: Path
) -> None:
    window.use(database)
    window.import_action.trigger()
    answer(window, a_list(tmp_path))
    qtbot.waitUntil(lambda: not window.background.is_busy, timeout=LONG)
    dialog = window.file_actions.dialog
    assert isinstance(dialog, ImportDialog)
    assert dialog.title.text() == "liste.xlsx"
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isHidden()
    assert ProviderRegister(database).count() == 0


def test_an_import_is_preceded_by_a_backup_and_can_be_undone(
    qtbot: QtBot, window: MainWindow, database: Database, tmp_path: Path
) -> None:
    window.use(database)
    window.file_actions.plan_import(a_list(tmp_path))
    dialog = window.file_actions.dialog
    assert isinstance(dialog, ImportDialog)
    qtbot.waitUntil(lambda: dialog.choices is not None, timeout=LONG)
    dialog.show_lines()
    qtbot.waitUntil(dialog.import_button.isVisible, timeout=LONG)
    with qtbot.waitSignal(window.background.ended, timeout=LONG):
        qtbot.mouseClick(dialog.import_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.notice.isVisible())
    assert "2 prestataires" in window.notice.sentence.text()
    assert ProviderRegister(database).count() == 2
    assert len(backup_names.stored_in(backup_names.own_folder(database.folder))) == 1
    assert window.undo_action.text() == "Annuler : Importer liste.xlsx"
    window.undo_action.trigger()
    assert ProviderRegister(database).count() == 0


def test_the_register_is_exported_to_both_kinds_of_file(
    qtbot: QtBot, window: MainWindow, database: Database, tmp_path: Path
) -> None:
    ProviderRegister(database).add(a_provider(legal_name="Œuvre Numérique"))
    window.use(database)
    for name in ("registre.csv", "registre.xlsx"):
        window.export_action.trigger()
        with qtbot.waitSignal(window.background.ended, timeout=LONG):
            answer(window, tmp_path / name)
        assert "1 prestataire écrit" in window.notice.sentence.text()
    assert "Œuvre Numérique" in (tmp_path / "registre.csv").read_text(encoding="utf-8-sig")
    sheet = load_workbook(tmp_path / "registre.xlsx").active
    assert sheet is not None
    assert "Œuvre Numérique" in [cell.value for row in sheet.iter_rows() for cell in row]


def test_a_place_that_cannot_be_written_is_a_sentence(
    qtbot: QtBot, boundary: Boundary, window: MainWindow, database: Database, tmp_path: Path
) -> None:
    boundary.said.connect(window.notice.say)
    window.use(database)
    (tmp_path / "pas un dossier").write_text("un fichier")
    with qtbot.waitSignal(boundary.said, timeout=LONG):
        window.file_actions.export_to(tmp_path / "pas un dossier" / "registre.csv")
    assert "ne peut pas être écrit" in window.notice.sentence.text()


def test_a_backup_is_written_and_the_status_bar_says_when(
    qtbot: QtBot, window: MainWindow, database: Database, tmp_path: Path
) -> None:
    window.use(database)
    with qtbot.waitSignal(window.background.ended, timeout=LONG):
        window.back_up_now()
    qtbot.waitUntil(lambda: window.status_text()[1] == "Sauvegarde à 09:30")
    window.backup_action.trigger()
    with qtbot.waitSignal(window.background.ended, timeout=LONG):
        answer(window, tmp_path / "copie.zip")
    assert backup_file.read_manifest(tmp_path / "copie.zip").reason == "demande"


def test_a_backup_put_back_asks_its_passphrase_and_the_window_goes_on_with_it(
    qtbot: QtBot, window: MainWindow, database: Database, tmp_path: Path
) -> None:
    register = ProviderRegister(database)
    register.add(a_provider())
    copy = backup.back_up(database, tmp_path / "copie.zip")
    register.add(a_provider())
    window.use(database)
    window.restore_action.trigger()
    answer(window, copy)
    dialog = window.file_actions.dialog
    assert isinstance(dialog, RestoreDialog)
    assert dialog.title.text() == "Restaurer copie.zip"
    dialog.passphrase.setText(PASSPHRASE)
    with qtbot.waitSignal(window.ready, timeout=LONG):
        qtbot.keyClick(dialog.passphrase, Qt.Key.Key_Return)
    assert ProviderRegister(window.open_database).count() == 1
    assert "copie.zip est restaurée" in window.notice.sentence.text()
    window.leave_base()


def test_a_restoration_refused_leaves_the_base_open(
    qtbot: QtBot, boundary: Boundary, database: Database, tmp_path: Path
) -> None:
    window = MainWindow(database.folder, boundary, passphrase=PASSPHRASE)
    qtbot.addWidget(window, before_close_func=MainWindow.leave_base)
    with qtbot.waitSignal(window.settled):
        window.show()
    window.use(database)
    copy = backup.back_up(database, tmp_path / "copie.zip")
    window.file_actions.restore_from(copy)
    dialog = window.file_actions.dialog
    assert isinstance(dialog, RestoreDialog)
    dialog.passphrase.setText("une autre phrase")
    with qtbot.waitSignals([boundary.said, window.ready], timeout=LONG):
        qtbot.mouseClick(dialog.restore_button, Qt.MouseButton.LeftButton)
    assert "phrase de passe" in window.notice.sentence.text()
    assert window.import_action.isEnabled()


def test_a_sound_base_is_said_to_be_sound(qtbot: QtBot, window: MainWindow, database: Database) -> None:
    window.use(database)
    with qtbot.waitSignal(window.background.ended, timeout=LONG):
        window.check_action.trigger()
    qtbot.waitUntil(lambda: window.notice.sentence.text() == "La base est saine.")
