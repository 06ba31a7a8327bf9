"""Help → « Mettre à jour depuis un fichier… », as a user meets it."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from charte_desktop import policy
from charte_desktop.exchange import update_file
from charte_desktop.store import backup_names
from charte_desktop.store.database import Database
from charte_desktop.ui.main_window import MainWindow
from charte_desktop.ui.messages import Boundary
from charte_desktop.ui.update_dialog import UpdateDialog
from tests.exchange.test_update_file import package, write_sums

LONG = 30_000


@pytest.fixture
def brought(tmp_path: Path) -> Path:
    """A newer version on a key, with its sums."""
    key = tmp_path / "clé"
    key.mkdir()
    file = key / "charte-desktop_9.1.0_amd64.deb"
    file.write_bytes(package())
    write_sums(key)
    return file


def choose(qtbot: QtBot, window: MainWindow, file: Path) -> None:
    window.update_action.trigger()
    asked = window.findChild(QFileDialog)
    assert asked is not None
    asked.fileSelected.emit(str(file))
    asked.reject()
    qtbot.waitUntil(lambda: not window.background.is_busy, timeout=LONG)


def test_a_file_is_shown_with_its_version_its_sum_and_its_proof(
    qtbot: QtBot, window: MainWindow, database: Database, brought: Path
) -> None:
    window.use(database)
    choose(qtbot, window, brought)
    dialog = window.updates.dialog
    assert isinstance(dialog, UpdateDialog)
    assert dialog.title.text() == brought.name
    assert dialog.versions.text().startswith("Version 9.1.0 — ce poste a la version")
    assert dialog.proof.text() == "L'empreinte est celle que SHA256SUMS annonce."
    assert len(dialog.fingerprint.text().replace(" ", "")) == 64
    # This program was not put here by an installer.
    assert "lancez vous-même l'installateur" in dialog.message.text()
    assert not dialog.update_button.isEnabled()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isHidden()


def test_a_file_that_cannot_be_trusted_is_refused_in_the_window(
    qtbot: QtBot, window: MainWindow, database: Database, brought: Path, boundary: Boundary
) -> None:
    boundary.said.connect(window.notice.say)
    window.use(database)
    (brought.parent / "SHA256SUMS").unlink()
    choose(qtbot, window, brought)
    qtbot.waitUntil(lambda: "Rien ne prouve" in window.notice.sentence.text())
    assert window.updates.dialog is None


def test_updating_backs_up_starts_the_installer_and_closes(
    qtbot: QtBot, window: MainWindow, database: Database, brought: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[Path] = []
    monkeypatch.setattr(update_file, "refuse_unless_installed", lambda: None)
    monkeypatch.setattr(update_file, "start", started.append)
    window.use(database)
    choose(qtbot, window, brought)
    dialog = window.updates.dialog
    assert dialog is not None
    with qtbot.waitSignal(window.closed, timeout=LONG):
        qtbot.mouseClick(dialog.update_button, Qt.MouseButton.LeftButton)
    [prepared] = started
    assert prepared.read_bytes() == brought.read_bytes()
    assert backup_names.stored_in(backup_names.own_folder(database.folder))
    shutil.rmtree(prepared.parent)


def test_nothing_is_installed_when_the_key_was_taken_out(
    qtbot: QtBot,
    window: MainWindow,
    database: Database,
    brought: Path,
    boundary: Boundary,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    boundary.said.connect(window.notice.say)
    monkeypatch.setattr(update_file, "refuse_unless_installed", lambda: None)
    window.use(database)
    choose(qtbot, window, brought)
    brought.unlink()
    dialog = window.updates.dialog
    assert dialog is not None
    qtbot.mouseClick(dialog.update_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "remettez la clé en place" in window.notice.sentence.text(), timeout=LONG)
    assert window.isVisible()


def test_where_it_department_updates_itself_the_user_is_told(
    window: MainWindow, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, boundary: Boundary
) -> None:
    boundary.said.connect(window.notice.say)
    decided = tmp_path / "reglages.toml"
    decided.write_text("[mise_a_jour]\nautorisee = false\n", encoding="utf-8")
    monkeypatch.setattr(policy, "file", lambda: decided)
    window.use(database)
    window.update_action.trigger()
    assert window.findChild(QFileDialog) is None
    assert "Le service informatique met lui-même" in window.notice.sentence.text()
