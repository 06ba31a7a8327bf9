from pathlib import Path

from openpyxl import Workbook, load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from charte_desktop.store import backup, backup_file
from charte_desktop.store.database import Database
from charte_desktop.store.provider_register import ProviderRegister
from charte_desktop.ui.main_window import MainWindow
from charte_desktop.ui.messages import Boundary
from charte_desktop.ui.providers.import_dialog import ImportDialog
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


def import_dialog(qtbot: QtBot, window: MainWindow) -> ImportDialog:
    qtbot.waitUntil(lambda: isinstance(window.file_actions.dialog, ImportDialog), timeout=LONG)
    dialog = window.file_actions.dialog
    assert isinstance(dialog, ImportDialog)
    return dialog


def test_a_list_is_planned_shown_imported_and_undone_as_one_action(
    qtbot: QtBot, window: MainWindow, database: Database, tmp_path: Path
) -> None:
    window.use(database)
    window.import_action.trigger()
    answer(window, a_list(tmp_path))
    dialog = import_dialog(qtbot, window)
    assert ProviderRegister(database).count() == 0
    assert dialog.title.text() == "liste.xlsx"
    told = dialog.table.model()
    assert [told.index(line, 2).data() for line in range(told.rowCount())] == ["2", "3", "4"]
    assert told.index(2, 3).data() == "Laissé de côté"
    with qtbot.waitSignal(window.background.ended, timeout=LONG):
        qtbot.mouseClick(dialog.import_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.notice.isVisible())
    assert "2 prestataires créés" in window.notice.sentence.text()
    assert ProviderRegister(database).count() == 2
    assert len(backup_file.stored_in(backup_file.own_folder(database.folder))) == 1
    assert window.undo_action.text() == "Annuler : Importer liste.xlsx"
    window.undo_action.trigger()
    assert ProviderRegister(database).count() == 0


def test_annuler_writes_nothing(qtbot: QtBot, window: MainWindow, database: Database, tmp_path: Path) -> None:
    window.use(database)
    window.file_actions.plan_import(a_list(tmp_path))
    dialog = import_dialog(qtbot, window)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isHidden()
    assert ProviderRegister(database).count() == 0
    assert not window.background.is_busy


def test_the_same_list_again_brings_nothing_and_cannot_be_imported(
    qtbot: QtBot, window: MainWindow, database: Database, tmp_path: Path
) -> None:
    window.use(database)
    file = a_list(tmp_path)
    window.file_actions.plan_import(file)
    with qtbot.waitSignal(window.background.ended, timeout=LONG):
        import_dialog(qtbot, window).accept()
    qtbot.waitUntil(lambda: ProviderRegister(database).count() == 2)
    window.file_actions.dialog = None
    window.file_actions.plan_import(file)
    dialog = import_dialog(qtbot, window)
    assert not dialog.import_button.isEnabled()
    assert dialog.import_button.toolTip() == "Cette liste n'apporte rien de nouveau."


def test_a_file_that_is_no_list_is_a_sentence(
    qtbot: QtBot, boundary: Boundary, window: MainWindow, database: Database, tmp_path: Path
) -> None:
    boundary.said.connect(window.notice.say)
    window.use(database)
    broken = tmp_path / "liste.xlsx"
    broken.write_bytes(b"PK\x03\x04 this is no workbook")
    with qtbot.waitSignal(boundary.said, timeout=LONG):
        window.file_actions.plan_import(broken)
    assert "liste.xlsx" in window.notice.sentence.text()
    assert not list((tmp_path / "rapports").glob("*"))


def test_the_report_of_a_plan_is_written_where_the_user_says(
    qtbot: QtBot, window: MainWindow, database: Database, tmp_path: Path
) -> None:
    window.use(database)
    window.file_actions.plan_import(a_list(tmp_path))
    dialog = import_dialog(qtbot, window)
    qtbot.mouseClick(dialog.report_button, Qt.MouseButton.LeftButton)
    answer(window, tmp_path / "rapport.xlsx")
    assert load_workbook(tmp_path / "rapport.xlsx").active is not None
    dialog.reject()


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
    with qtbot.waitSignal(boundary.said, timeout=LONG):
        window.file_actions.export_to(tmp_path / "nulle part" / "registre.csv")
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
