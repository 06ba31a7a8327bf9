"""What the register tabs share: a search, a table, the record beside it, and words for an empty list."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from PySide6.QtCore import QByteArray, QModelIndex, QSettings, Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QSplitter, QStackedWidget, QTabWidget, QWidget

from charte_desktop.ui import icons
from charte_desktop.ui.forms import load_form
from charte_desktop.ui.history_table import HistoryTable
from charte_desktop.ui.record_table import Column, RecordModel, RecordTable

if TYPE_CHECKING:
    from charte_desktop.store.database import Database

Row = TypeVar("Row")
LIST, EMPTY, NOTHING_FOUND = 0, 1, 2
"""The pages of a register tab."""
NOBODY, RECORD = 0, 1
"""The pages of its record."""


class RegisterTab(QWidget, Generic[Row]):
    """One pattern: type, look down the list, read beside it. Subclasses say of whom."""

    search: QLineEdit
    pages: QStackedWidget
    splitter: QSplitter
    table: RecordTable
    count: QLabel
    record_pages: QStackedWidget
    record_name: QLabel
    record_line: QLabel
    record_tabs: QTabWidget
    history: HistoryTable
    empty_icon: QLabel
    clear_button: QPushButton
    nothing_text: QLabel

    FORM = ""
    ICON = ""
    PROMOTED: tuple[type[QWidget], ...] = ()
    """The subclass's own widgets in its form."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form(self, self.FORM, RecordTable, HistoryTable, *self.PROMOTED)
        self.database: Database | None = None
        self._chosen = ""
        self._asked = ""
        self._total = 0
        self._filling_waits = False
        self.is_complete = False
        """True once the record beside the list is made and filled."""
        self._model: RecordModel[Row] = RecordModel([], self)
        loupe = QAction(icons.icon("search", "muted"), "", self.search)
        self.search.addAction(loupe, QLineEdit.ActionPosition.LeadingPosition)
        self.search.setClearButtonEnabled(True)
        self.empty_icon.setPixmap(icons.icon(self.ICON, "muted").pixmap(48, 48))
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 2)
        self.splitter.setSizes([840, 480])
        self.splitter.setCollapsible(0, False)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(0)  # after the keys that already wait: one search for all of them
        self._typing.timeout.connect(self.follow_search)
        self._filling = QTimer(self)
        self._filling.setSingleShot(True)
        self._filling.setInterval(120)
        self._filling.timeout.connect(self._show_chosen)
        self.search.textChanged.connect(lambda _: self._typing.start())
        self.clear_button.clicked.connect(self.clear_search)
        self.table.opened.connect(lambda _: self.sheet_area_focus())
        self.pages.setCurrentIndex(LIST)

    # What a subclass says

    def columns(self) -> Sequence[Column[Row]]:
        """The columns of the table."""
        raise NotImplementedError

    def rows(self, limit: int | None, offset: int) -> Sequence[Row]:
        """The rows that answer what is typed and chosen."""
        raise NotImplementedError

    def record_id(self, row: Row) -> str:
        """The id of a row's record."""
        raise NotImplementedError

    def total(self) -> int:
        """How many records there are, whatever is typed."""
        raise NotImplementedError

    def say_count(self, total: int) -> str:
        """The sentence under the table."""
        raise NotImplementedError

    def make_record(self) -> None:
        """Make the record beside the table, empty; the rows are painted already."""
        raise NotImplementedError

    def fill_record(self, record_id: str) -> None:
        """Show a record beside the table."""
        raise NotImplementedError

    # The pattern

    def open(self, database: "Database") -> None:
        """Serve this base from now on."""
        self.database = database
        self.is_complete = False
        columns = self.columns()
        self._model = RecordModel(columns, self)
        self.table.show_model(self._model, columns)
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        self._model.reordered.connect(self._choose_row)
        self._restore_header()

    def reload(self) -> None:
        """Show what the base holds now, keeping the record that is chosen.

        The first time, the record beside the list waits for `complete`: in a visit, the rows are what is looked for.
        """
        if self.database is None:
            return
        self._total = self.total()
        self._filling_waits = not self.is_complete
        self._list()
        self._filling_waits = False
        if self.is_complete and self._model.rowCount():
            self._show_chosen()

    def complete(self) -> None:
        """Make and fill what the first rows did not wait for."""
        if self.is_complete or self.database is None:
            return
        self.is_complete = True
        self.make_record()
        if self._model.rowCount():
            self._show_chosen()

    def follow_search(self) -> None:
        """Show the rows that answer now. The record beside them follows once the keys rest: rows come first."""
        if self.database is None:
            return
        self._filling_waits = True
        self._asked = ""
        self._list()
        self._filling_waits = False

    def refresh(self) -> None:
        """Read the rows again after the record beside them was saved: nothing else moves."""
        self._total = self.total()
        self._model.refresh(self.record_id)
        self._say_count()

    def show_record(self, record_id: str) -> None:
        """Show one record, whatever was searched. When its line is further than those read, no line is chosen."""
        self.complete()
        self.search.clear()
        self._chosen = self._asked = record_id
        self.reload()
        self._show_chosen()

    @property
    def holds_record(self) -> bool:
        """True while the record beside the table stays, whatever the table shows: one that is being made."""
        return False

    def _list(self) -> None:
        self._typing.stop()
        self._model.show_rows(self.rows)
        found = self._model.rowCount()
        self.pages.setCurrentIndex(LIST if found or self.holds_record else NOTHING_FOUND if self._total else EMPTY)
        self.nothing_text.setText(
            f"Rien ne répond à « {self.search.text()} »." if self.search.text() else "Rien ne répond à ces filtres."
        )
        self._say_count()
        self._choose_row()

    def _choose_row(self) -> None:
        """Choose the line of the record beside the table, or the first one when it is not there any more."""
        line = self._model.find(lambda row: self.record_id(row) == self._chosen)
        stays = self.holds_record or (self._asked and self._asked == self._chosen)
        if line >= 0 or (self._model.rowCount() and not stays):
            self.table.selectRow(max(line, 0))

    def _say_count(self) -> None:
        self.count.setText(self.say_count(self._total))

    @property
    def is_typing(self) -> bool:
        """True until the list and the record have followed what was typed."""
        return self._typing.isActive() or self._filling.isActive()

    def clear_search(self) -> None:
        """Go back to the whole list."""
        self.search.clear()
        self.reload()
        self.search.setFocus()

    def focus_search(self) -> None:
        """Put the keyboard in the search."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def sheet_area_focus(self) -> None:
        """Go from the table to the record."""
        self.record_tabs.tabBar().setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back one step: from the record to the table, then the search is cleared; ↓ enters the table."""
        match event.key():
            case Qt.Key.Key_Escape if self.search.text() and not self.record_pages.isAncestorOf(self.focusWidget()):
                self.clear_search()
            case Qt.Key.Key_Escape:
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            case Qt.Key.Key_Down | Qt.Key.Key_Return | Qt.Key.Key_Enter if self.search.hasFocus():
                self.follow_search()
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            case _:
                super().keyPressEvent(event)

    def _choose(self, now: QModelIndex, before: QModelIndex) -> None:
        chosen = self.record_id(self._model.row(now.row())) if now.isValid() else ""
        if chosen == self._chosen:
            return
        self._chosen, self._asked = chosen, ""
        if self._filling_waits:
            self._filling.start()
        else:
            self._show_chosen()

    def _show_chosen(self) -> None:
        self._filling.stop()
        self.complete()
        self.record_pages.setCurrentIndex(RECORD if self._chosen else NOBODY)
        if self._chosen:
            self.fill_record(self._chosen)

    # As it was left

    _header = QByteArray()

    def keep(self, settings: QSettings) -> None:
        """Write down splitter and columns."""
        settings.setValue("splitter", self.splitter.saveState())
        settings.setValue("columns", self.table.horizontalHeader().saveState())

    def resume(self, settings: QSettings) -> None:
        """Stand as last written down."""
        self.splitter.restoreState(cast(QByteArray, settings.value("splitter", QByteArray(), type=QByteArray)))
        self._header = cast(QByteArray, settings.value("columns", QByteArray(), type=QByteArray))

    def _restore_header(self) -> None:
        if not self._header.isEmpty():
            self.table.horizontalHeader().restoreState(self._header)
