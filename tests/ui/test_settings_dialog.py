from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from charte_desktop.store import keys
from charte_desktop.store.database import Database
from charte_desktop.ui import theme
from charte_desktop.ui.main_window import MainWindow
from charte_desktop.ui.settings_dialog import SettingsDialog
from tests.conftest import PASSPHRASE
from tests.key_store import KeyStore


@pytest.fixture
def dialog(window: MainWindow, database: Database, system_key_store: KeyStore) -> SettingsDialog:
    window.use(database)
    window.settings_action.trigger()
    found = window.findChild(SettingsDialog)
    assert found is not None
    return found


def test_the_advisers_name_is_changed_and_shown_at_the_foot(
    qtbot: QtBot, dialog: SettingsDialog, window: MainWindow, database: Database
) -> None:
    assert dialog.adviser.text() == "Conseillère Ouest"
    dialog.adviser.clear()
    qtbot.keyClick(dialog.adviser, Qt.Key.Key_Return)
    assert dialog.message.text() == "Écrivez votre nom : il figure sur les fiches et dans l'historique."
    qtbot.keyClicks(dialog.adviser, "Anne Exemple")
    qtbot.keyClick(dialog.adviser, Qt.Key.Key_Return)
    assert database.adviser == "Anne Exemple"
    assert window.status_text()[2] == "Conseillère/Conseiller : Anne Exemple"
    assert window.notice.sentence.text() == "Réglages enregistrés : nom : Anne Exemple."


def test_the_passphrase_is_changed_and_the_new_one_opens(
    qtbot: QtBot, dialog: SettingsDialog, database: Database
) -> None:
    keys.remember(database.folder, PASSPHRASE)
    dialog.old.setText(PASSPHRASE)
    dialog.new.setText("fanjan letchi tamarin")
    assert dialog.strength.text() != ""
    dialog.again.setText("fanjan letchi tamarin")
    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    assert dialog.message.text() == ""
    assert keys.unlock(database.folder, "fanjan letchi tamarin") == database.key
    assert keys.recall(database.folder) == "fanjan letchi tamarin"


@pytest.mark.parametrize(
    ("old", "new", "again", "said"),
    [
        ("autre chose", "fanjan letchi tamarin", "fanjan letchi tamarin", "n'est pas la bonne"),
        (PASSPHRASE, "court", "court", "plus longue"),
        (PASSPHRASE, "fanjan letchi tamarin", "fanjan letchi", "ne sont pas les mêmes"),
    ],
)
def test_what_cannot_be_is_a_sentence_and_nothing_is_changed(
    qtbot: QtBot, dialog: SettingsDialog, database: Database, old: str, new: str, again: str, said: str
) -> None:
    dialog.adviser.setText("Une autre")
    for field, text in ((dialog.old, old), (dialog.new, new), (dialog.again, again)):
        field.setText(text)
    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    assert said in dialog.message.text()
    assert dialog.isVisible()
    assert database.adviser == "Conseillère Ouest"
    assert keys.unlock(database.folder, PASSPHRASE) == database.key


def test_the_colours_are_worn_and_kept(
    qtbot: QtBot, dialog: SettingsDialog, window: MainWindow, qapp: QApplication
) -> None:
    dialog.colours.setCurrentIndex(dialog.colours.findData(theme.DARK))
    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    assert theme.chosen() == theme.DARK
    assert window.settings.value("colours") == theme.DARK


def test_a_demonstration_has_no_passphrase_to_change(qtbot: QtBot, tmp_path: Path) -> None:
    database = Database.create(tmp_path / "demonstration", demonstration=True, adviser="Essai")
    dialog = SettingsDialog(None, database)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.old.isVisible()
    assert "démonstration" in dialog.explanation.text()
    database.close()
