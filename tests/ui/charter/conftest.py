"""The tab Charte of a real window, and what is dropped on it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from charte_desktop.model.provider import Provider
from charte_desktop.store.database import Database
from charte_desktop.store.seal_certificates import SealCertificates
from charte_desktop.ui.charter.charter_tab import CharterTab
from charte_desktop.ui.charter.signing_page import SigningPage
from charte_desktop.ui.main_window import MainWindow
from charte_desktop.ui.sheets.places import Page
from charte_desktop.ui.tabs import CHARTER
from tests.factory import a_provider, enter
from tests.signings import identity_of, the_charter

LONG = 30_000
"""Milliseconds; a busy machine is slow."""


@pytest.fixture
def ready(database: Database) -> Provider:
    """A provider whose form is complete, in a base that knows the text and has its key."""
    the_charter(database)
    identity_of(database)
    assert SealCertificates(database).own() is not None
    (provider,) = enter(
        database, a_provider(signed=None, legal_name="Œuvre Numérique", legal_representative="Camille Exemple")
    )
    return provider


@pytest.fixture
def tab(window: MainWindow, database: Database, ready: Provider) -> CharterTab:
    """The tab on that provider."""
    window.use(database)
    window.tabs.setCurrentIndex(CHARTER)
    tab = window.findChild(CharterTab)
    assert tab is not None
    tab.show_provider(ready.id)
    return tab


def on_top(tab: CharterTab, kind: type[Page] = SigningPage) -> Page:
    """The page over the list, of this kind."""
    page = tab.places.page
    assert isinstance(page, kind), page
    return page


def settled(qtbot: QtBot, tab: QWidget) -> None:
    """Wait for the job beside the window."""
    window = tab.window()
    assert isinstance(window, MainWindow)
    qtbot.waitUntil(lambda: not window.background.is_busy, timeout=LONG)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, bytes], Path]:
    """Writes a file for a test."""

    def written(name: str, content: bytes) -> Path:
        file = tmp_path / name
        file.write_bytes(content)
        return file

    return written
