"""Tables of records: a model that holds rows and fetches them as the eye needs them, never a session."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QTableView,
    QWidget,
)

from charte_desktop.ui import marks
from charte_desktop.ui.row_painting import RowPainter, TwoLinePainter

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
Fetch = Callable[[int | None, int], Sequence[Row]]
"""Rows by (how many, from which); None means all that remain."""

FIRST_ROWS = 50
"""Rows read at once when nobody knows yet how many the screen shows; then, what it shows and a few more."""
_UNSEEN_ROWS = 8
"""Rows read below those that are seen: the wheel finds them there."""
SIGNS = int(Qt.ItemDataRole.UserRole) + 1
"""The role of the marks before a text."""


_CELL_MARGINS = 26
"""Pixels on both sides of a cell's text, as the style sheet sets them."""


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column: its title, what a row shows there, and how rows are ordered by it."""

    title: str
    text: Callable[[Row], str]
    key: Callable[[Row], Any] | None = None
    """Sort key of rows that are all here; without one, the text in French order."""
    order: str = ""
    """The store's own name for this order: sorting then asks the store, and reads no more than is seen."""
    chosen: bool = True
    """False for a column that is shown only when somebody asks for it."""
    sample: str = ""
    """A text that must fit, with the letter in use; the first column takes what remains."""
    signs: Callable[[Row], Sequence[marks.Mark]] | None = None
    """Small shapes before (or instead of) the text: (shape, colour token)."""
    most_signs: int = 4
    """How many of them there is room for."""
    hint: Callable[[Row], str] | None = None
    """What is said on hover and to a screen reader, when it is more than the text."""
    right: bool = False
    written: Callable[[Row], str] | None = None
    """What an export writes, when it is more than the text."""


class RecordModel(QAbstractTableModel, Generic[Row]):
    """Rows of one kind; those that the screen shows at once, the others when the view scrolls.

    A column that the store can order is sorted there; for any other, all rows are read first.
    """

    reordered = Signal()
    """Another order: the rows are other rows."""

    def __init__(self, columns: Sequence[Column[Row]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns = columns
        self.first_rows = FIRST_ROWS
        """How many rows are read when another list is shown."""
        self._rows: list[Row] = []
        self._source: Fetch[Row] | None = None
        self._fetch: Fetch[Row] | None = None
        self._sorting: tuple[int, Qt.SortOrder] | None = None

    def show_rows(self, fetch: Fetch[Row]) -> None:
        """Start anew with what `fetch` gives, keeping the chosen order."""
        self.beginResetModel()
        self._source = fetch
        self._read(self.first_rows)
        self.endResetModel()

    def refresh(self, same: Callable[[Row], object]) -> None:
        """Read again what is shown; the selection follows its record, that `same` tells."""
        if self._source is None:
            return
        kept = [(index, same(self._rows[index.row()])) for index in self.persistentIndexList()]
        self.layoutAboutToBeChanged.emit()
        self._read(max(self.first_rows, len(self._rows)))
        line = {same(row): number for number, row in enumerate(self._rows)}
        for index, record in kept:
            place = line.get(record)
            self.changePersistentIndex(index, QModelIndex() if place is None else self.index(place, index.column()))
        self.layoutChanged.emit()

    def show_all(self, rows: Sequence[Row], same: Callable[[Row], object]) -> None:
        """Show these rows and no others; the selection stays on its record, that `same` tells."""
        fetch: Fetch[Row] = lambda limit, offset: rows[offset : None if limit is None else offset + limit]  # noqa: E731
        if self._rows:
            self._source = fetch
            self.refresh(same)
        else:
            self.show_rows(fetch)

    @property
    def order(self) -> str:
        """The store's name of the order asked for; empty for the order of the search."""
        return "" if self._sorting is None else self._columns[self._sorting[0]].order

    @property
    def descending(self) -> bool:
        """True when the order asked for begins with the last."""
        return self._sorting is not None and self._sorting[1] == Qt.SortOrder.DescendingOrder

    def columns(self) -> Sequence[Column[Row]]:
        """The columns, shown or not."""
        return self._columns

    def _read(self, count: int) -> None:
        assert self._source is not None
        whole = self._sorting is not None and not self.order
        self._rows = list(self._source(None if whole else count, 0))
        self._fetch = None if whole or len(self._rows) < count else self._source
        self._arrange()

    def known_count(self) -> str:
        """How many rows there are: exact once all are fetched, otherwise "plus de …"."""
        return str(len(self._rows)) if self._fetch is None else f"plus de {len(self._rows)}"

    def row(self, number: int) -> Row:
        """The row at a line of the table."""
        return self._rows[number]

    def find(self, wanted: Callable[[Row], bool]) -> int:
        """The line of the first row that is `wanted` among those fetched, or -1."""
        return next((number for number, row in enumerate(self._rows) if wanted(row)), -1)

    def fetch_until(self, wanted: Callable[[Row], bool], furthest: int) -> None:
        """Read on until a row is `wanted`, and not much further than `furthest`."""
        looked_at = 0
        while not any(wanted(row) for row in self._rows[looked_at:]):
            looked_at = len(self._rows)
            if self._fetch is None or looked_at >= furthest:
                return
            self.fetchMore(QModelIndex())

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._columns)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._fetch is not None

    def fetchMore(self, parent: Index) -> None:
        if self._fetch is None:
            return
        wanted = max(FIRST_ROWS, len(self._rows))
        self._append(self._fetch(wanted, len(self._rows)), wanted)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], self._columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return column.hint(row) if column.hint else column.text(row)
        if role == SIGNS:
            return column.signs(row) if column.signs else None
        if role == Qt.ItemDataRole.TextAlignmentRole and column.right:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self._columns[section].right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order by a column; -1 goes back to the order of the search."""
        by_store = bool(self.order)
        self._sorting = None if column < 0 else (column, order)
        if self._source is not None and (self.order or by_store or column < 0):
            self.show_rows(self._source)
            self.reordered.emit()
            return
        if self._fetch is not None and self._sorting is not None:
            self._append(self._fetch(None, len(self._rows)), None)
        self.layoutAboutToBeChanged.emit()
        kept = [(index, self._rows[index.row()]) for index in self.persistentIndexList()]
        self._arrange()
        line = {id(row): number for number, row in enumerate(self._rows)}
        for index, row in kept:
            self.changePersistentIndex(index, self.index(line[id(row)], index.column()))
        self.layoutChanged.emit()

    def _append(self, rows: Sequence[Row], wanted: int | None) -> None:
        if wanted is None or len(rows) < wanted:
            self._fetch = None
        if rows:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(rows) - 1)
            self._rows.extend(rows)
            self.endInsertRows()

    def _arrange(self) -> None:
        if self._sorting is None or self.order:
            return
        from charte_desktop.model.wording import collation_key

        column = self._columns[self._sorting[0]]
        text = column.text
        key = column.key or (lambda row: collation_key(text(row)))
        self._rows.sort(key=key, reverse=self._sorting[1] == Qt.SortOrder.DescendingOrder)


class RecordTable(QTableView):
    """A table for reading and choosing: whole rows, one at a time, by mouse and keyboard."""

    opened = Signal(int)
    """Enter or a double click on a line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._painter = RowPainter(self)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(28)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setMinimumSectionSize(56)
        header = self.horizontalHeader()
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._ask_columns)
        self.activated.connect(lambda index: self.opened.emit(index.row()))

    def show_model(self, model: RecordModel[Row], columns: Sequence[Column[Row]], *, sortable: bool = True) -> None:
        """Take a model and give its columns their widths; the first one stretches."""
        if self.wordWrap():
            from charte_desktop.ui.marked_cells import MarkedCells

            self.setItemDelegate(MarkedCells(self))
        self.setModel(model)
        header = self.horizontalHeader()
        letters = self.fontMetrics()
        for number, column in enumerate(columns):
            words = max(column.sample, column.title + "  ", key=letters.horizontalAdvance)
            shapes = column.most_signs * (marks.SIDE + marks.GAP) if column.signs else 0
            self.setColumnWidth(number, letters.horizontalAdvance(words) + _CELL_MARGINS + shapes)
            self.setColumnHidden(number, not column.chosen)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionsMovable(True)
        header.setFirstSectionMovable(False)
        if sortable:
            header.setSortIndicatorClearable(True)
            header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            self.setSortingEnabled(True)

    def use_two_lines(self) -> None:
        """Show two lines of each cell, and not a third."""
        self._painter = TwoLinePainter(self)
        self.verticalHeader().setDefaultSectionSize(44)

    def columns_menu(self, parent: QWidget) -> QMenu:
        """The columns to tick; the first one always stays."""
        menu = QMenu("Colonnes", parent)
        titles = self.model()
        for number in range(1, titles.columnCount()):
            action = menu.addAction(str(titles.headerData(number, Qt.Orientation.Horizontal)))
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(number))
            action.toggled.connect(partial(self._show_column, number))
        return menu

    def shown_columns(self) -> list[int]:
        """The columns on the screen, in the order they stand there."""
        header = self.horizontalHeader()
        places = [header.logicalIndex(place) for place in range(header.count())]
        return [number for number in places if not header.isSectionHidden(number)]

    def _show_column(self, number: int, shown: bool) -> None:
        self.setColumnHidden(number, not shown)

    def _ask_columns(self, spot: QPoint) -> None:
        menu = self.columns_menu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.horizontalHeader().mapToGlobal(spot))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Rows of one line are drawn in one go; Qt draws those of several."""
        model = self.model()
        if self.wordWrap() or not isinstance(model, RecordModel):
            super().paintEvent(event)
        else:
            self._painter.paint(event.rect(), model.columns(), model.row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        model = self.model()
        if isinstance(model, RecordModel):
            model.first_rows = event.size().height() // self.verticalHeader().defaultSectionSize() + _UNSEEN_ROWS

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._painter.forget()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A table reached by keyboard has a line chosen, so that the arrows do something."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.model() is not None and self.model().rowCount():
            self.selectRow(0)
