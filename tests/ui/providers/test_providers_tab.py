from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from charte_desktop.model.provider_state import ProviderState
from charte_desktop.store.database import Database
from charte_desktop.store.provider_register import ProviderRegister
from charte_desktop.ui.main_window import MainWindow
from charte_desktop.ui.providers.providers_tab import ProvidersTab
from charte_desktop.ui.register_tab import EMPTY, LIST, NOTHING_FOUND
from charte_desktop.ui.tabs import PROVIDERS
from tests.factory import a_provider
from tests.ui.showing import show_tab

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def tab(qtbot: QtBot, window: MainWindow, database: Database) -> ProvidersTab:
    register = ProviderRegister(database)
    register.add(a_provider("S01", "S10", legal_name="Œuvre Numérique", city="Saint-Denis"))
    register.add(a_provider("S16", legal_name="Vétiver Web", city="L'Étang-Salé", signed=None))
    incomplete = a_provider("S01", legal_name="Zourit Réseau", city="Le Port", signed=None, emails=[], phones=[])
    incomplete.enter("phones", "0692 12")
    register.add(incomplete)
    return show_tab(qtbot, window, database, PROVIDERS, ProvidersTab)


def names(tab: ProvidersTab) -> list[str]:
    model = tab.table.model()
    return [model.index(line, 0).data() for line in range(model.rowCount())]


def type_in(qtbot: QtBot, tab: ProvidersTab, text: str) -> None:
    """Type, and wait for the list to follow."""
    tab.search.clear()
    qtbot.keyClicks(tab.search, text)
    qtbot.waitUntil(lambda: not tab.is_typing)


def test_the_list_follows_what_is_typed_without_accents_or_ligatures(qtbot: QtBot, tab: ProvidersTab) -> None:
    assert names(tab) == ["Œuvre Numérique", "Vétiver Web", "Zourit Réseau"]
    assert tab.count.text() == "3 prestataires"
    for typed, found in (("oeuvre", "Œuvre Numérique"), ("etang sale", "Vétiver Web"), ("formation", "Vétiver Web")):
        type_in(qtbot, tab, typed)
        assert names(tab) == [found], typed
        assert tab.record.name_label.text() == found
    assert tab.count.text() == "1 sur 3 prestataires"


def test_when_nothing_is_found_it_is_said_and_the_whole_list_is_one_click_away(qtbot: QtBot, tab: ProvidersTab) -> None:
    type_in(qtbot, tab, "introuvable")
    assert tab.pages.currentIndex() == NOTHING_FOUND
    assert tab.nothing_text.text() == "Rien ne répond à « introuvable »."
    qtbot.mouseClick(tab.clear_button, Qt.MouseButton.LeftButton)
    assert tab.pages.currentIndex() == LIST
    assert len(names(tab)) == 3


def test_escape_clears_the_search_then_goes_to_the_table(qtbot: QtBot, tab: ProvidersTab, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F, CONTROL)
    assert tab.search.hasFocus()
    type_in(qtbot, tab, "vetiver")
    qtbot.keyClick(tab.search, Qt.Key.Key_Escape)
    assert tab.search.text() == ""
    assert len(names(tab)) == 3
    qtbot.keyClick(tab.search, Qt.Key.Key_Escape)
    assert tab.table.hasFocus()


def test_down_goes_from_the_search_into_the_table_at_once(qtbot: QtBot, tab: ProvidersTab) -> None:
    tab.search.setFocus()
    qtbot.keyClicks(tab.search, "zourit")
    qtbot.keyClick(tab.search, Qt.Key.Key_Down)
    assert tab.table.hasFocus()
    assert names(tab) == ["Zourit Réseau"]


def test_the_states_filter_the_list(qtbot: QtBot, tab: ProvidersTab) -> None:
    for state, found in (
        (ProviderState.SIGNATORY, ["Œuvre Numérique"]),
        (ProviderState.READY, ["Vétiver Web"]),
        (ProviderState.INCOMPLETE, ["Zourit Réseau"]),
    ):
        tab.show_state(state)
        assert names(tab) == found
        assert tab.chips.words() == [state.value]
    assert tab.count.text() == "1 sur 3 prestataires"


def test_a_click_chooses_a_provider_and_its_sheet_is_in_the_order_of_the_form(qtbot: QtBot, tab: ProvidersTab) -> None:
    spot = tab.table.visualRect(tab.table.model().index(1, 0)).center()
    qtbot.mouseClick(tab.table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert tab.record.name_label.text() == "Vétiver Web"
    assert tab.record.state_label.text() == "Prêt à signer"
    assert tab.record.form.labels() == [
        "Raison sociale",
        "SIREN",
        "Responsable légal",
        "Adresse",
        "E-mail",
        "Téléphone",
        "Code APE",
        "Nombre d'employés",
        "Services & prestations proposés",
        "Principales références & travaux réalisés",
        "Site internet",
        "Territoire desservi",
        "Taille des entreprises servies",
        "Ce qui peut être publié",
        "Notes",
    ]
    assert tab.record.form.text_of("address")[0] == "1 rue de l'Exemple\n97400 L'Étang-Salé"
    assert tab.record.form.text_of("phones")[0] == "0262 00 00 01"
    assert tab.record.form.text_of("services")[0] == "S16"


def test_what_was_typed_and_not_understood_is_shown_with_its_sentence(tab: ProvidersTab) -> None:
    tab.show_state(ProviderState.INCOMPLETE)
    text, sentence = tab.record.form.text_of("phones")
    assert text == "0692 12"
    assert sentence.endswith(".")
    assert tab.record.band.sentence.toolTip() == "Avant de signer, il manque : e-mail ou téléphone."


def test_the_date_of_the_charter_is_above_the_form(tab: ProvidersTab) -> None:
    tab.show_state(ProviderState.SIGNATORY)
    assert tab.record.band.sentence.text() == "Charte signée le 12/03/2025. La fiche est complète."


def test_the_history_says_who_when_which_field_before_and_after(
    tab: ProvidersTab, window: MainWindow, database: Database
) -> None:
    register = ProviderRegister(database)
    (provider,) = register.find("Vétiver Web")
    provider.legal_representative = "Une Autre"
    register.save(provider)
    window.changed()
    tab.table.selectRow(1)
    tab.record.parts.setCurrentIndex(4)
    cells = [tab.record.history.model().index(0, column).data() for column in range(3)]
    assert cells == [
        "20/10/2026 09:30\nConseillère Ouest",
        "Responsable légal",
        "Responsable Fictif → Une Autre",
    ]


def test_the_chosen_provider_stays_chosen_when_the_base_changes(
    tab: ProvidersTab, window: MainWindow, database: Database
) -> None:
    tab.table.selectRow(2)
    ProviderRegister(database).add(a_provider(legal_name="Aaa"))
    window.changed()
    assert names(tab)[0] == "Aaa"
    assert tab.record.name_label.text() == "Zourit Réseau"


def test_a_header_sorts_by_state_in_the_order_of_a_providers_life(qtbot: QtBot, tab: ProvidersTab) -> None:
    header = tab.table.horizontalHeader()
    spot = QPoint(header.sectionViewportPosition(4) + 10, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert names(tab) == ["Zourit Réseau", "Vétiver Web", "Œuvre Numérique"]


def test_families_of_services_are_told_by_shape_and_in_words(tab: ProvidersTab) -> None:
    cell = tab.table.model().index(0, 3)
    assert cell.data() == "2"
    spoken = cell.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Création / refonte site internet" in spoken
    assert "Protection des systèmes informatiques" in spoken
    tab.table.resize(800, 200)
    picture: QImage = tab.table.viewport().grab(tab.table.visualRect(cell)).toImage()
    colours = {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}
    assert {"#0b6e77", "#7b3fa0"} <= colours


def test_an_empty_register_says_what_it_is_for_and_offers_the_import(
    qtbot: QtBot, window: MainWindow, database: Database
) -> None:
    tab = show_tab(qtbot, window, database, PROVIDERS, ProvidersTab)
    assert tab.pages.currentIndex() == EMPTY
    with qtbot.waitSignal(tab.import_asked):
        qtbot.mouseClick(tab.empty_import_button, Qt.MouseButton.LeftButton)
    dialog = window.file_actions.dialog
    assert dialog is not None
    assert dialog.windowTitle() == "Importer une liste"
    dialog.reject()


def test_signed_today_is_a_signatory(tab: ProvidersTab, window: MainWindow, database: Database) -> None:
    register = ProviderRegister(database)
    register.add(a_provider(legal_name="Signé ce jour", signed=date(2026, 10, 20)))
    window.changed()
    tab.show_state(ProviderState.SIGNATORY)
    assert "Signé ce jour" in names(tab)
