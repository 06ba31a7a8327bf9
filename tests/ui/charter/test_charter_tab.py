from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from charte_desktop.store.charter_signatures import CharterSignatures
from charte_desktop.store.database import Database
from charte_desktop.store.provider_register import ProviderRegister
from charte_desktop.ui.charter.charter_tab import EMPTY, CharterTab
from charte_desktop.ui.main_window import MainWindow
from tests.factory import a_provider


@pytest.fixture
def tab(window: MainWindow, database: Database) -> CharterTab:
    signatures, register = CharterSignatures(database), ProviderRegister(database)
    version = signatures.ensure_version("# La charte\n\nUn texte.", "Charte v1")
    first = register.add(a_provider(legal_name="Œuvre Numérique", signed=None))
    second = register.add(a_provider(legal_name="Vétiver Web", signed=None))
    signatures.record_paper(first.id, date(2026, 1, 15), version_id=version, source="original remis")
    signatures.record_paper(second.id, date(2026, 2, 3))
    window.use(database)
    window.tabs.setCurrentIndex(2)
    found = window.findChild(CharterTab)
    assert found is not None
    return found


def test_the_text_of_the_charter_can_be_read(tab: CharterTab) -> None:
    assert tab.version.currentText() == "Charte v1"
    assert tab.text.toPlainText().startswith("La charte")
    assert tab.fingerprint.text().startswith("Empreinte SHA-256 : ")


def test_the_signatures_known_are_listed_the_latest_first(tab: CharterTab) -> None:
    model = tab.table.model()
    cells = [[model.index(line, column).data() for column in range(4)] for line in range(model.rowCount())]
    assert cells == [
        ["Vétiver Web", "03/02/2026", "papier", "non précisée"],
        ["Œuvre Numérique", "15/01/2026", "papier", "Charte v1"],
    ]
    assert tab.count.text() == "2 signatures"


def test_a_signatory_is_found_without_accents(qtbot: QtBot, tab: CharterTab) -> None:
    qtbot.keyClicks(tab.search, "oeuv")
    assert tab.table.model().rowCount() == 1
    assert tab.count.text() == "1 sur 2 signatures"


def test_without_a_version_and_a_signature_it_is_said(window: MainWindow, database: Database) -> None:
    window.use(database)
    window.tabs.setCurrentIndex(2)
    tab = window.findChild(CharterTab)
    assert tab is not None
    assert "Aucune version" in tab.text.toPlainText()
    assert tab.pages.currentIndex() == EMPTY
