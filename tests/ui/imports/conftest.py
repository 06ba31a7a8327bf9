"""Lists dropped on the window, as a hand does it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from charte_desktop.store.database import Database
from charte_desktop.ui.imports.import_dialog import ImportDialog
from charte_desktop.ui.main_window import MainWindow

LISTS = Path(__file__).parents[2] / "data" / "lists"
LONG = 30_000
"""Milliseconds; a busy machine is slow."""


def drag(window: MainWindow, *files: Path) -> bool:
    """Drag files over the window; True when it takes them."""
    event = QDragEnterEvent(QPointF(300, 300), Qt.DropAction.CopyAction, _mime(files), *_HAND)
    event.ignore()
    QApplication.sendEvent(window.windowHandle(), event)
    return event.isAccepted()


def drop(window: MainWindow, *files: Path) -> None:
    """Let files go over the window."""
    mime = _mime(files)
    event = QDropEvent(QPointF(300, 300), Qt.DropAction.CopyAction, mime, *_HAND, QEvent.Type.Drop)
    QApplication.sendEvent(window.windowHandle(), event)


_HAND = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
_kept: list[QMimeData] = []
"""An event does not own what is dragged."""


def _mime(files: tuple[Path, ...]) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    _kept[:] = [mime]
    return mime


def settled(qtbot: QtBot, window: MainWindow) -> None:
    """Wait for the job beside the window."""
    qtbot.waitUntil(lambda: not window.background.is_busy, timeout=LONG)


@pytest.fixture
def dropped(qtbot: QtBot, window: MainWindow, database: Database) -> Callable[[Path], ImportDialog]:
    """Drop a list on the window that shows the base; gives the dialog, once the list is read."""

    def of(file: Path) -> ImportDialog:
        if window.database is None:
            window.use(database)
        drop(window, file)
        dialog = window.file_actions.dialog
        assert isinstance(dialog, ImportDialog)
        settled(qtbot, window)
        qtbot.waitUntil(dialog.isActiveWindow, timeout=LONG)
        return dialog

    return of
