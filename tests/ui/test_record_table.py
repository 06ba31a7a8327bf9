from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from charte_desktop.ui.record_table import FIRST_ROWS, Column, RecordModel, RecordTable

NAMES: list[Column[str]] = [
    Column("Nom", lambda row: row),
    Column("Longueur", lambda row: str(len(row)), key=len, right=True, hint=lambda row: f"{len(row)} lettres"),
]


class Rows:
    """So many names; remembers what was asked of it."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names
        self.asked: list[tuple[int | None, int]] = []

    def __call__(self, limit: int | None, offset: int) -> Sequence[str]:
        self.asked.append((limit, offset))
        return self.names[offset : None if limit is None else offset + limit]


def model_of(rows: Rows) -> RecordModel[str]:
    model: RecordModel[str] = RecordModel(NAMES)
    model.show_rows(rows)
    return model


def shown(model: RecordModel[str]) -> list[str]:
    return [model.row(number) for number in range(model.rowCount())]


def test_the_model_keeps_to_what_qt_asks_of_a_model(qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model_of(Rows([f"nom {number}" for number in range(300)])))


def test_only_what_a_screen_shows_is_read_at_first() -> None:
    rows = Rows([f"nom {number:03d}" for number in range(1000)])
    model = model_of(rows)
    assert rows.asked == [(FIRST_ROWS, 0)]
    assert model.rowCount() == FIRST_ROWS
    assert model.known_count() == f"plus de {FIRST_ROWS}"
    assert model.canFetchMore(QModelIndex())


def test_scrolling_to_the_end_reads_all() -> None:
    model = model_of(Rows([f"nom {number:03d}" for number in range(1000)]))
    while model.canFetchMore(QModelIndex()):
        model.fetchMore(QModelIndex())
    assert shown(model) == [f"nom {number:03d}" for number in range(1000)]
    assert model.known_count() == "1000"


def test_sorting_reads_all_rows_and_follows_french_order() -> None:
    names = ["Zèbre", "étang", "Œuvre", "Eau", "ocre", *(f"nom {number:03d}" for number in range(200))]
    model = model_of(Rows(names))
    model.sort(0)
    assert [name for name in shown(model) if not name.startswith("nom")] == ["Eau", "étang", "ocre", "Œuvre", "Zèbre"]
    assert model.rowCount() == len(names)
    model.sort(0, Qt.SortOrder.DescendingOrder)
    assert model.row(0) == "Zèbre"


def test_a_column_may_order_by_something_else_than_its_text() -> None:
    model = model_of(Rows(["aaaaaaaaaa", "aa", "aaa"]))
    model.sort(1)
    assert shown(model) == ["aa", "aaa", "aaaaaaaaaa"]


def test_the_chosen_order_stays_when_the_rows_change() -> None:
    model = model_of(Rows(["b", "a"]))
    model.sort(0)
    model.show_rows(Rows(["d", "c"]))
    assert shown(model) == ["c", "d"]


def test_a_cell_says_its_hint_to_a_screen_reader() -> None:
    model = model_of(Rows(["abc"]))
    assert model.index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole) == "3 lettres"
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "abc"


def test_a_click_on_a_header_sorts_and_keeps_the_chosen_line(qtbot: QtBot) -> None:
    table = RecordTable()
    qtbot.addWidget(table)
    model: RecordModel[str] = RecordModel(NAMES, table)
    table.show_model(model, NAMES)
    model.show_rows(Rows(["b", "c", "a"]))
    table.resize(400, 200)
    table.show()
    table.selectRow(1)
    header = table.horizontalHeader()
    spot = header.rect().center()
    spot.setX(header.sectionViewportPosition(0) + 20)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert shown(model) == ["a", "b", "c"]
    assert table.currentIndex().row() == 2


def test_a_table_reached_by_keyboard_has_a_line_chosen_and_the_arrows_move_it(qtbot: QtBot) -> None:
    table = RecordTable()
    qtbot.addWidget(table)
    model: RecordModel[str] = RecordModel(NAMES, table)
    table.show_model(model, NAMES)
    model.show_rows(Rows(["a", "b"]))
    with qtbot.waitExposed(table):
        table.show()
    table.setFocus()
    qtbot.waitUntil(lambda: table.currentIndex().row() == 0)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert table.currentIndex().row() == 1
    assert table.selectionBehavior() is QAbstractItemView.SelectionBehavior.SelectRows
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [1]
