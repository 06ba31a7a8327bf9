import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from charte_desktop.store import backup_names
from charte_desktop.store.database import Database
from charte_desktop.store.history import History
from charte_desktop.store.provider_register import ProviderRegister
from charte_desktop.ui.main_window import MainWindow
from charte_desktop.ui.messages import Boundary
from charte_desktop.ui.tabs import TABS
from tests.clock import FixedClock
from tests.factory import a_provider

NOT_BEFORE_THE_PAINT = {
    "sqlalchemy", "alembic", "cryptography", "sqlcipher3", "reportlab", "openpyxl", "pikepdf", "keyring",
    "phonenumbers", "stdnum", "rapidfuzz", "email_validator", "python_calamine",
}  # fmt: skip

AT_FIRST_PAINT = """
import sys
from pathlib import Path
from charte_desktop import cli
from charte_desktop.ui import main_window

def told(window):
    print("PAINTED", *sorted({name.partition(".")[0] for name in sys.modules}), flush=True)
    window.close()

shown = main_window.MainWindow.show
def show(window):
    window.painted.connect(lambda: told(window))
    shown(window)
main_window.MainWindow.show = show
sys.exit(cli.main(["--data-dir", sys.argv[1]]))
"""


def test_nothing_heavy_is_loaded_before_the_first_paint(closed_base: Path) -> None:
    outcome = subprocess.run(
        [sys.executable, "-c", AT_FIRST_PAINT, str(closed_base)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    (painted,) = [line for line in outcome.stdout.splitlines() if line.startswith("PAINTED")]
    assert "PySide6" in painted
    assert set(painted.split()) & NOT_BEFORE_THE_PAINT == set()


def test_ctrl_1_to_5_open_the_tabs(qtbot: QtBot, window: MainWindow, database: Database) -> None:
    window.use(database)
    for number in (4, 3, 2, 1, 0):
        qtbot.keyClick(window, Qt.Key(Qt.Key.Key_1 + number), Qt.KeyboardModifier.ControlModifier)
        assert window.tabs.currentIndex() == number
        assert window.tabs.currentWidget().findChildren(QWidget) != []
    assert [window.tabs.tabText(number) for number in range(len(TABS))] == [
        "Aujourd'hui",
        "Prestataires",
        "Charte",
        "Entreprises",
        "Projets",
    ]


def test_the_digits_of_a_french_keyboard_open_the_tabs_too(
    qtbot: QtBot, window: MainWindow, database: Database
) -> None:
    window.use(database)
    for number, key in enumerate(
        (Qt.Key.Key_Ampersand, Qt.Key.Key_Eacute, Qt.Key.Key_QuoteDbl, Qt.Key.Key_Apostrophe, Qt.Key.Key_ParenLeft)
    ):
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
        assert window.tabs.currentIndex() == number


def test_the_status_bar_says_what_was_saved_when_and_who_works(
    window: MainWindow, database: Database, clock: FixedClock
) -> None:
    window.use(database)
    assert window.status_text() == [
        "Enregistré à 09:30",
        "Aucune sauvegarde encore",
        "Conseillère/Conseiller : Conseillère Ouest",
    ]
    clock.advance(days=1)
    window.refresh()
    assert window.status_text()[0] == "Enregistré hier à 09:30"


def test_ctrl_z_and_ctrl_y_act_on_the_journal_and_say_what(
    qtbot: QtBot, window: MainWindow, database: Database
) -> None:
    register = ProviderRegister(database)
    register.add(a_provider(legal_name="ACERC"))
    window.use(database)
    assert window.undo_action.text() == "Annuler : Créer la fiche de ACERC"
    assert not window.redo_action.isEnabled()
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert register.count() == 0
    assert window.notice.sentence.text() == "Annulé : Créer la fiche de ACERC. Ctrl+Y le rétablit."
    assert window.redo_action.text() == "Rétablir : Créer la fiche de ACERC"
    qtbot.keyClick(window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert register.count() == 1
    assert History(database).undo_label() == "Créer la fiche de ACERC"


def test_a_refused_undo_is_a_sentence_and_nothing_is_done(qtbot: QtBot, boundary: Boundary, database: Database) -> None:
    window = MainWindow(database.folder, boundary)
    qtbot.addWidget(window, before_close_func=MainWindow.forget_base)
    with qtbot.waitSignal(window.settled):
        window.show()
    window.use(database)
    window.undo_action.setEnabled(True)
    with qtbot.waitSignal(boundary.said):
        window.undo_action.trigger()
    assert window.notice.isVisible()
    assert "rien à annuler" in window.notice.sentence.text()


def test_a_demonstration_is_said(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    demonstration = Database.create(tmp_path / "demonstration", demonstration=True)
    window.use(demonstration)
    assert window.says_demonstration()
    demonstration.close()


def test_before_a_base_is_open_only_restoring_and_leaving_are_offered(window: MainWindow) -> None:
    for action in (window.import_action, window.export_action, window.backup_action, window.undo_action):
        assert not action.isEnabled()
    assert window.restore_action.isEnabled()
    assert window.quit_action.isEnabled()


def test_the_window_stands_as_it_was_left(qtbot: QtBot, window: MainWindow, database: Database) -> None:
    window.use(database)
    window.resize(window.width(), 611)
    window.tabs.setCurrentIndex(3)
    window.keep()
    again = MainWindow(database.folder, Boundary(database.folder))
    qtbot.addWidget(again)
    assert again.tabs.currentIndex() == 3
    assert again.height() == 611
    assert QSettings(str(database.folder / "fenetre.ini"), QSettings.Format.IniFormat).contains("companies/splitter")


def test_closing_backs_up_first(qtbot: QtBot, window: MainWindow, database: Database) -> None:
    ProviderRegister(database).add(a_provider())
    window.use(database)
    with qtbot.waitSignal(window.closed, timeout=20_000):
        qtbot.keyClick(window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
        assert window.isVisible()
    assert len(backup_names.stored_in(backup_names.own_folder(database.folder))) == 1
    assert window.database is None
    assert window.isHidden()


def test_a_backup_that_fails_is_told_and_a_second_request_closes(
    qtbot: QtBot, boundary: Boundary, database: Database
) -> None:
    window = MainWindow(database.folder, boundary)
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.settled):
        window.show()
    with qtbot.waitSignal(window.prepared):
        window.use(database)
    backup_names.own_folder(database.folder).rmdir()
    (database.folder / "sauvegardes").write_text("a file where the folder should be")
    with qtbot.waitSignal(boundary.said, timeout=20_000):
        window.close()
    assert window.isVisible()
    assert window.notice.isVisible()
    with qtbot.waitSignal(window.closed):
        window.close()
    assert window.isHidden()


def test_while_a_job_runs_the_window_does_not_close(qtbot: QtBot, window: MainWindow, database: Database) -> None:
    window.use(database)
    window.background.run("Long travail…", lambda progress: _until(progress.cancelled), lambda _: None)
    assert not window.close()
    assert "Un travail est en cours" in window.notice.sentence.text()
    qtbot.mouseClick(window.background.cancel_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.background.is_busy)


def _until(happens: object) -> None:
    import threading

    pause = threading.Event()
    while not happens():  # type: ignore[operator]
        pause.wait(0.01)


def test_f1_opens_the_guide_and_its_close_button_closes_it(qtbot: QtBot, window: MainWindow) -> None:
    from charte_desktop.ui.guide import GuideDialog

    qtbot.keyClick(window, Qt.Key.Key_F1)
    dialog = window.findChild(GuideDialog)
    assert dialog is not None
    assert "Aujourd'hui" in dialog.text.toPlainText()  # the chapter of the first tab
    qtbot.mouseClick(dialog.close_button, Qt.MouseButton.LeftButton)
    assert dialog.isHidden()


def test_about_says_where_the_base_is(qtbot: QtBot, window: MainWindow) -> None:
    from charte_desktop.ui.about import AboutDialog

    window.about_action.trigger()
    dialog = window.findChild(AboutDialog)
    assert dialog is not None
    assert str(window.folder) in dialog.text.text()


@pytest.mark.parametrize("number", range(len(TABS)))
def test_every_tab_can_be_walked_through_by_keyboard(
    qtbot: QtBot, window: MainWindow, database: Database, number: int
) -> None:
    ProviderRegister(database).add(a_provider())
    window.use(database)
    window.tabs.setCurrentIndex(number)
    window.tabs.tabBar().setFocus()
    seen = []
    for _ in range(12):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        seen.append(window.focusWidget())
    assert window.tabs.tabBar() in seen


def test_the_window_fits_a_small_laptop(window: MainWindow, database: Database) -> None:
    ProviderRegister(database).add(a_provider())
    window.use(database)
    for number in range(len(TABS)):
        window.tabs.setCurrentIndex(number)
    assert window.minimumSizeHint().width() <= 1366
    assert window.minimumSizeHint().height() <= 720
