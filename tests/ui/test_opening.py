import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from charte_desktop.store import keys
from charte_desktop.store.database import Database
from charte_desktop.store.provider_register import ProviderRegister
from charte_desktop.ui.first_run import FirstRun
from charte_desktop.ui.main_window import MainWindow
from charte_desktop.ui.messages import Boundary
from charte_desktop.ui.passphrase_dialog import PassphraseDialog
from charte_desktop.ui.tabs import PROJECTS, PROVIDERS
from tests.conftest import PASSPHRASE
from tests.factory import a_provider
from tests.key_store import KeyStore
from tests.project_life import opened


def a_window(qtbot: QtBot, folder: Path, passphrase: str | None = None) -> MainWindow:
    window = MainWindow(folder, Boundary(folder / "rapports"), passphrase=passphrase)
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.settled):
        window.show()
    return window


def done(window: MainWindow) -> None:
    window.leave_base()


def test_the_first_opening_asks_a_name_and_a_passphrase_and_is_done(
    qtbot: QtBot, tmp_path: Path, system_key_store: KeyStore
) -> None:
    window = a_window(qtbot, tmp_path / "base")
    window.open_base()
    dialog = window.findChild(FirstRun)
    assert dialog is not None
    qtbot.keyClicks(dialog.adviser, "Anne Exemple")
    qtbot.keyClicks(dialog.passphrase, "fanjan")
    assert dialog.strength.text() == "Trop courte : encore 2 caractères au moins."
    qtbot.keyClicks(dialog.passphrase, " letchi tamarin volcan")
    assert dialog.strength.text() == "Solide."
    qtbot.keyClicks(dialog.again, "fanjan letchi tamarin volcan")
    with qtbot.waitSignal(window.ready, timeout=20_000):
        qtbot.keyClick(dialog.again, Qt.Key.Key_Return)
    assert window.database is not None
    assert window.database.adviser == "Anne Exemple"
    assert keys.recall(tmp_path / "base") is None
    assert window.status_text()[2] == "Conseillère/Conseiller : Anne Exemple"
    done(window)


def test_two_different_phrases_are_a_sentence_and_no_base_is_made(
    qtbot: QtBot, tmp_path: Path, system_key_store: KeyStore
) -> None:
    dialog = FirstRun(None, tmp_path / "base")
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.mouseClick(dialog.create_button, Qt.MouseButton.LeftButton)
    assert dialog.message.text() == "Écrivez votre nom : il figure sur les fiches et dans l'historique."
    dialog.adviser.setText("Conseillère Est")
    qtbot.mouseClick(dialog.create_button, Qt.MouseButton.LeftButton)
    assert dialog.message.text() == "Choisissez une phrase de passe plus longue."
    qtbot.keyClicks(dialog.passphrase, "fanjan letchi tamarin")
    assert not dialog.message.text(), "the refusal goes as soon as it is answered"
    dialog.again.setText("fanjan letchi tamarain")
    qtbot.mouseClick(dialog.create_button, Qt.MouseButton.LeftButton)
    assert dialog.message.text() == "Les deux phrases ne sont pas les mêmes : retapez la seconde."
    assert not Database.exists(tmp_path / "base")


def test_a_folder_where_a_base_is_not_safe_is_a_sentence_in_the_dialog(
    qtbot: QtBot, tmp_path: Path, system_key_store: KeyStore
) -> None:
    dialog = FirstRun(None, tmp_path / "OneDrive" / "base")
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.adviser.setText("Conseillère Est")
    dialog.passphrase.setText("fanjan letchi tamarin")
    dialog.again.setText("fanjan letchi tamarin")
    qtbot.mouseClick(dialog.create_button, Qt.MouseButton.LeftButton)
    assert "OneDrive" in dialog.message.text()
    assert dialog.isVisible()


def test_a_wrong_passphrase_is_a_sentence_and_the_right_one_opens(
    qtbot: QtBot, closed_base: Path, system_key_store: KeyStore
) -> None:
    window = a_window(qtbot, closed_base)
    window.open_base()
    dialog = window.findChild(PassphraseDialog)
    assert dialog is not None
    qtbot.keyClicks(dialog.passphrase, "autre chose")
    qtbot.keyClick(dialog.passphrase, Qt.Key.Key_Return)
    assert dialog.message.text().startswith("La phrase de passe n'est pas la bonne.")
    assert dialog.passphrase.selectedText() != ""
    dialog.passphrase.setText(PASSPHRASE)
    qtbot.mouseClick(dialog.remember, Qt.MouseButton.LeftButton)
    assert dialog.remember.isChecked()
    with qtbot.waitSignal(window.ready):
        qtbot.keyClick(dialog.passphrase, Qt.Key.Key_Return)
    assert keys.recall(closed_base) == PASSPHRASE
    done(window)


def test_a_remembered_passphrase_opens_without_a_question(
    qtbot: QtBot, closed_base: Path, system_key_store: KeyStore
) -> None:
    keys.remember(closed_base, PASSPHRASE)
    window = a_window(qtbot, closed_base)
    with qtbot.waitSignal(window.ready):
        window.open_base()
    done(window)


def test_a_remembered_passphrase_that_is_no_longer_right_asks(
    qtbot: QtBot, closed_base: Path, system_key_store: KeyStore
) -> None:
    keys.remember(closed_base, "celle d'avant")
    window = a_window(qtbot, closed_base)
    window.open_base()
    dialog = window.findChild(PassphraseDialog)
    assert dialog is not None
    assert dialog.isVisible()
    assert dialog.message.text() != ""


def test_a_passphrase_given_to_the_program_opens_without_a_question(qtbot: QtBot, closed_base: Path) -> None:
    window = a_window(qtbot, closed_base, PASSPHRASE)
    with qtbot.waitSignal(window.ready):
        window.open_base()
    done(window)


def test_a_demonstration_opens_without_a_question(qtbot: QtBot, tmp_path: Path) -> None:
    Database.create(tmp_path / "demonstration", demonstration=True).close()
    window = a_window(qtbot, tmp_path / "demonstration")
    with qtbot.waitSignal(window.ready):
        window.open_base()
    assert window.says_demonstration()
    done(window)


def test_leaving_the_question_closes_the_window(qtbot: QtBot, closed_base: Path, system_key_store: KeyStore) -> None:
    window = a_window(qtbot, closed_base)
    window.open_base()
    dialog = window.findChild(PassphraseDialog)
    assert dialog is not None
    with qtbot.waitSignal(window.closed):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def test_a_base_open_elsewhere_is_a_sentence_in_the_window(
    qtbot: QtBot, boundary: Boundary, database: Database
) -> None:
    window = MainWindow(database.folder, boundary, passphrase=PASSPHRASE)
    qtbot.addWidget(window)
    window.settled.connect(window.open_base)
    with qtbot.waitSignal(boundary.said):
        window.show()
    assert "déjà ouverte dans une autre fenêtre" in window.notice.sentence.text()
    assert not window.import_action.isEnabled()


@pytest.mark.parametrize("tab", [PROVIDERS, PROJECTS])
def test_the_first_rows_are_shown_before_what_changes_records_is_loaded(tmp_path: Path, tab: int) -> None:
    """SQLAlchemy takes a third of a second: in a visit, the list does not wait for it, nor a record beside it."""
    base = tmp_path / "base"
    program = f"""
import os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from pathlib import Path
from charte_desktop import app, cli
from charte_desktop.ui.main_window import MainWindow

def stop(window):
    print("sqlalchemy" in sys.modules, window.tabs.currentWidget().findChildren(object, "table")[0].model().rowCount())
    sys.stdout.flush()
    os._exit(0)

show = MainWindow.show
MainWindow.show = lambda window: (window.prepared.connect(lambda: stop(window)), show(window))
cli.main(["--data-dir", {str(base)!r}])
"""
    made = Database.create(base, demonstration=True, adviser="Conseillère Ouest")
    if tab == PROVIDERS:
        ProviderRegister(made).add(a_provider(legal_name="Aloe Web"))
    else:
        opened(made)
    made.close()
    (base / "fenetre.ini").write_text(f"[General]\ntab={tab}\n", encoding="utf-8")

    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert answer.stdout.split() == ["False", "1"]
