"""The real window on a real base, without a display."""

import os
import shutil
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from charte_desktop.store.database import Database
from charte_desktop.ui import immortals, theme
from charte_desktop.ui.main_window import MainWindow
from charte_desktop.ui.messages import Boundary

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return ["charte-desktop", "-style", "fusion"]


@pytest.fixture(autouse=True)
def dressed(qapp: object) -> None:
    """The application wears its light dress, on a Python that Qt does not wear out."""
    immortals.keep()
    theme.apply(qapp, theme.LIGHT)  # type: ignore[arg-type]  # pytest-qt types it loosely


@pytest.fixture
def closed_base(base_as_made: Path, tmp_path: Path) -> Path:
    """The folder of a base of its own, closed."""
    return Path(shutil.copytree(base_as_made, tmp_path / "base"))


@pytest.fixture
def boundary(tmp_path: Path) -> Iterator[Boundary]:
    """The boundary in force; what reaches it is said instead of failing the test."""
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    boundary = Boundary(tmp_path / "rapports")
    boundary.install()
    yield boundary
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks


@pytest.fixture
def window(qtbot: QtBot, database: Database, tmp_path: Path) -> MainWindow:
    """The window on the test's base, on the screen, before the base is shown in it: `window.use(database)` does it.

    An exception in it fails the test, unless the test asks for `boundary` and connects it.
    """
    window = MainWindow(database.folder, Boundary(tmp_path / "rapports"))
    qtbot.addWidget(window, before_close_func=MainWindow.forget_base)
    with qtbot.waitSignal(window.settled):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window
