"""Bringing a tab to the screen, as it is when somebody begins to work in it."""

from typing import TypeVar

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from charte_desktop.store.database import Database
from charte_desktop.ui.main_window import MainWindow
from charte_desktop.ui.register_tab import RegisterTab

T = TypeVar("T", bound=QWidget)


def show_tab(qtbot: QtBot, window: MainWindow, database: Database, number: int, kind: type[T]) -> T:
    """The tab `number` on the base, once its record beside the list is there too."""
    window.use(database)
    window.tabs.setCurrentIndex(number)
    tab = window.findChild(kind)
    assert tab is not None
    qtbot.waitUntil(lambda: not isinstance(tab, RegisterTab) or tab.is_complete)
    return tab
