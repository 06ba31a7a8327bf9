"""The program's own window on a base, without a screen: what the measures of the window have in common."""

import os
from collections.abc import Callable
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from charte_desktop.store.database import Database
    from charte_desktop.ui.main_window import MainWindow

_LONG = 60
"""Seconds."""


def application() -> "QApplication":
    """The application, dressed as the program's."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtWidgets import QApplication

    from charte_desktop import app
    from charte_desktop.ui import immortals, theme

    made = QApplication.instance() or app.make_application()
    assert isinstance(made, QApplication)
    immortals.keep()
    theme.apply(made, theme.LIGHT)
    return made


def open_window(database: "Database", tab: int) -> "MainWindow":
    """The window at 1366×768 on one of its tabs, once it has shown what it prepares; it keeps nothing on the disk."""
    running = application()
    from PySide6.QtCore import QSettings, QTemporaryDir

    from charte_desktop.ui import messages
    from charte_desktop.ui.main_window import MainWindow

    kept = QTemporaryDir()
    settings = QSettings(kept.filePath("fenetre.ini"), QSettings.Format.IniFormat)
    settings.setValue("tab", tab)
    window = MainWindow(database.folder, messages.Boundary(database.folder), settings=settings)
    window.resize(1366, 768)
    window.show()
    ready: list[bool] = []
    window.prepared.connect(lambda: ready.append(True))
    window.settled.connect(lambda: window.use(database))
    until(running.processEvents, lambda: bool(ready))
    return window


def until(act: Callable[[], object], done: Callable[[], bool]) -> None:
    """Do it again and again until it is done; an error after a minute."""
    start = perf_counter()
    while not done():
        act()
        if perf_counter() - start > _LONG:
            raise TimeoutError("the window does not come to rest")
