"""The list of the register: filters, columns, order, what is written of it."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtWidgets import QMenu, QPushButton
from pytestqt.qtbot import QtBot

from charte_desktop.store.database import Database
from charte_desktop.store.provider_register import ProviderRegister
from charte_desktop.ui.filter_chips import Filter, FilterChips
from charte_desktop.ui.main_window import MainWindow
from charte_desktop.ui.messages import Boundary
from charte_desktop.ui.providers.providers_tab import ProvidersTab
from charte_desktop.ui.record_table import FIRST_ROWS
from charte_desktop.ui.tabs import PROVIDERS
from tests.factory import a_provider
from tests.ui.showing import show_tab

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def tab(qtbot: QtBot, window: MainWindow, database: Database) -> ProvidersTab:
    register = ProviderRegister(database)
    register.add(a_provider("S01", legal_name="Aloe Web"))
    register.add(
        a_provider("S01", "S16", legal_name="Bois Rouge", city="Le Port", postal_code="97420", commune_code="97407")
    )
    register.add(a_provider("S16", legal_name="=Calcul", signed=None))
    found = show_tab(qtbot, window, database, PROVIDERS, ProvidersTab)
    qtbot.waitUntil(found.isVisible)
    return found


def names(tab: ProvidersTab) -> list[str]:
    model = tab.table.model()
    return [model.index(line, 0).data() for line in range(model.rowCount())]


def choose(chips: FilterChips, part: str, words: str) -> None:
    """Pick a filter in the menu "+ filtre"."""
    menu = chips.add_button.menu()
    menu.aboutToShow.emit()
    (chosen,) = [action for action in menu.actions() if action.text() == part]
    inside = chosen.menu()
    assert isinstance(inside, QMenu)
    (wanted,) = [action for action in inside.actions() if action.text() == words]
    wanted.trigger()


def test_filters_are_chips_that_add_up_and_go_one_by_one(qtbot: QtBot, tab: ProvidersTab) -> None:
    choose(tab.chips, "Prestation", "Création / refonte site internet")
    assert names(tab) == ["Aloe Web", "Bois Rouge"]
    choose(tab.chips, "Prestation", "Compétences && formations")
    assert names(tab) == ["Bois Rouge"]
    assert tab.count.text() == "1 sur 3 prestataires"
    buttons = {one.accessibleName(): one for one in tab.chips.findChildren(QPushButton)}
    qtbot.mouseClick(buttons["Retirer le filtre Création / refonte site internet"], Qt.MouseButton.LeftButton)
    assert tab.chips.words() == ["Compétences & formations"]
    assert names(tab) == ["Bois Rouge", "=Calcul"]


def test_a_filter_of_the_same_kind_takes_the_place_of_the_other(tab: ProvidersTab) -> None:
    choose(tab.chips, "Commune", "Saint-Denis")
    choose(tab.chips, "Commune", "Le Port")
    assert tab.chips.words() == ["Le Port"]
    assert names(tab) == ["Bois Rouge"]
    choose(tab.chips, "Famille de prestations", "Ressources humaines")
    assert names(tab) == ["Bois Rouge"]
    choose(tab.chips, "État", "Prêt à signer")
    assert tab.nothing_text.text() == "Rien ne répond à ces filtres."
    tab.clear_button.click()
    assert tab.chips.filters() == []
    assert len(names(tab)) == 3


def test_suppr_takes_a_chip_away_and_the_keyboard_goes_to_the_next(qtbot: QtBot, tab: ProvidersTab) -> None:
    choose(tab.chips, "Commune", "Le Port")
    buttons = {one.accessibleName(): one for one in tab.chips.findChildren(QPushButton)}
    chip = buttons["Retirer le filtre Le Port"]
    chip.setFocus()
    qtbot.keyClick(chip, Qt.Key.Key_Delete)
    assert tab.chips.filters() == []
    assert tab.chips.add_button.hasFocus()


def test_sorting_asks_the_store_and_reads_one_screen(
    qtbot: QtBot, tab: ProvidersTab, window: MainWindow, database: Database
) -> None:
    register = ProviderRegister(database)
    for number in range(FIRST_ROWS + 20):
        register.add(a_provider(legal_name=f"Zz {number:03d}", city=f"Ville {number:03d}", commune_code=""))
    window.changed()
    tab.table.selectRow(0)
    chosen = tab.record.name_label.text()
    header = tab.table.horizontalHeader()
    spot = QPoint(header.sectionViewportPosition(2) + 10, header.height() // 2)
    for _ in range(2):
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert tab.table.model().rowCount() < register.count()
    assert names(tab)[0] == f"Zz {FIRST_ROWS + 19:03d}"
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert names(tab)[:2] == ["Aloe Web", "Bois Rouge"]
    assert tab.record.name_label.text() == chosen == "Aloe Web"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_columns_are_chosen_by_keyboard_and_kept(
    qtbot: QtBot, tab: ProvidersTab, window: MainWindow, tmp_path: Path
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_C, CONTROL | SHIFT)
    menus = [one for one in tab.findChildren(QMenu) if one.title() == "Colonnes"]
    assert menus[0].isVisible()
    (phone,) = [action for action in menus[0].actions() if action.text() == "Téléphone"]
    assert not phone.isChecked()
    phone.trigger()
    menus[0].close()
    shown = tab.table.shown_columns()
    assert [tab.table.model().headerData(one, Qt.Orientation.Horizontal) for one in shown][-1] == "Téléphone"
    settings = QSettings(str(tmp_path / "tab.ini"), QSettings.Format.IniFormat)
    tab.keep(settings)
    again = ProvidersTab()
    qtbot.addWidget(again)
    again.resume(settings)
    again.open(window.open_database)
    assert again.table.shown_columns() == shown


def test_what_is_on_screen_is_written_in_its_order_with_its_columns(
    qtbot: QtBot, tab: ProvidersTab, window: MainWindow, tmp_path: Path
) -> None:
    choose(tab.chips, "Prestation", "Compétences && formations")
    tab.table.setColumnHidden(1, True)
    tab.table.setColumnHidden(4, True)
    tab.table.horizontalHeader().setSortIndicator(0, Qt.SortOrder.DescendingOrder)
    tables: list[Callable[[], tuple[str, list[str], list[list[str]]]]] = []
    tab.export_asked.connect(tables.append)
    tab.export_action.trigger()
    title, columns, rows = tables[0]()
    assert title == "Prestataires"
    assert columns == ["Raison sociale", "Commune", "Prestations"]
    assert [row[0] for row in rows] == ["=Calcul", "Bois Rouge"]
    assert rows[1][2] == "Création / refonte site internet | Compétences & formations"
    dialog = window.file_actions.dialog
    assert dialog is not None
    file = tmp_path / "liste.csv"
    dialog.fileSelected.emit(str(file))  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: not window.background.is_busy)
    with file.open(encoding="utf-8-sig", newline="") as stream:
        written = list(csv.reader(stream, delimiter=";"))
    assert written[0] == columns
    assert written[1][0] == "'=Calcul"
    dialog.close()


def test_the_record_follows_once_the_keys_rest(qtbot: QtBot, tab: ProvidersTab) -> None:
    tab.table.selectRow(0)
    before = tab.record.name_label.text()
    qtbot.keyClicks(tab.search, "bois")
    tab.follow_search()
    assert names(tab) == ["Bois Rouge"]
    assert tab.record.name_label.text() == before
    qtbot.waitUntil(lambda: not tab.is_typing)
    assert tab.record.name_label.text() == "Bois Rouge"


def test_shortcuts_are_shown_where_they_serve(tab: ProvidersTab) -> None:
    menus = (tab.more_button.menu(), tab.record.actions_button.menu())
    shown = {action.text(): action.shortcut().toString() for menu in menus for action in menu.actions()}
    assert shown["Colonnes…"] == "Ctrl+Shift+C"
    assert shown["Corbeille…"] == "Ctrl+Shift+Del"
    assert shown["Mettre à la corbeille"] == "Ctrl+Del"
    assert "Ctrl+N" in tab.new_button.toolTip()


def test_filters_and_the_record_are_as_they_were_left(
    qtbot: QtBot, tab: ProvidersTab, window: MainWindow, database: Database
) -> None:
    tab.chips.add(Filter("family", "Ressources humaines", "Ressources humaines"))
    tab.chips.add(Filter("commune", "97407", "Le Port"))
    assert names(tab) == ["Bois Rouge"]
    window.keep()

    again = MainWindow(database.folder, Boundary(database.folder))
    qtbot.addWidget(again, before_close_func=MainWindow.forget_base)
    with qtbot.waitSignal(again.settled):
        again.show()
    found = show_tab(qtbot, again, database, PROVIDERS, ProvidersTab)

    assert found.chips.words() == ["Ressources humaines", "Le Port"]
    assert names(found) == ["Bois Rouge"]
    assert found.record.name_label.text() == "Bois Rouge"


def test_a_wide_record_has_two_columns_in_the_order_of_the_form(
    qtbot: QtBot, tab: ProvidersTab, window: MainWindow
) -> None:
    form = tab.record.form

    def place(name: str) -> QPoint:
        return form.box(name).mapTo(form, QPoint())

    assert place("services").y() > place("headcount").y()

    window.resize(1800, 900)
    tab.splitter.setSizes([700, 1000])
    qtbot.waitUntil(lambda: place("services").x() > 300)

    assert place("services").y() < place("siren").y()
    assert form.names().index("services") == form.names().index("headcount") + 1
