"""What the register tabs share: a search, a table, the record beside it, a new one, drafts, words for an empty list."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from PySide6.QtCore import QByteArray, QModelIndex, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QWidget,
)

from charte_desktop.ui import icons
from charte_desktop.ui.forms import load_form
from charte_desktop.ui.record_table import Column, RecordModel, RecordTable

if TYPE_CHECKING:
    from charte_desktop.store.database import Database
    from charte_desktop.ui.record_panel import EditedPanel

Row = TypeVar("Row")
LIST, EMPTY, NOTHING_FOUND = 0, 1, 2
"""The pages of a register tab."""
_FURTHEST = 5_000
"""Lines read to find that of a record: a tenth of a second."""
NOBODY, RECORD = 0, 1
"""The pages of its record."""


class RegisterTab(QWidget, Generic[Row]):
    """One pattern: type, look down the list, read and change beside it. Subclasses say of whom."""

    search: QLineEdit
    pages: QStackedWidget
    splitter: QSplitter
    table: RecordTable
    count: QLabel
    record_pages: QStackedWidget
    empty_icon: QLabel
    clear_button: QPushButton
    nothing_text: QLabel
    import_button: QPushButton
    new_button: QPushButton
    empty_import_button: QPushButton
    empty_new_button: QPushButton
    drafts_button: QPushButton

    import_asked = Signal()
    kept = Signal()
    """The base was changed here; this tab shows it already."""

    FORM = ""
    ICON = ""
    PROMOTED: tuple[type[QWidget], ...] = ()
    """The subclass's own widgets in its form."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form(self, self.FORM, RecordTable, *self.PROMOTED)
        self.database: Database | None = None
        self._panel: EditedPanel[Any, Any] | None = None
        self._chosen = ""
        self._before_new = ""
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
        self._scrolling = QTimer(self)
        self._scrolling.setSingleShot(True)
        self._scrolling.setInterval(0)  # a table that is only being made has no height yet
        self._scrolling.timeout.connect(self._scroll)
        self.search.textChanged.connect(lambda _: self._typing.start())
        self.clear_button.clicked.connect(self.clear_search)
        for button, icon, ask in (
            (self.import_button, "file-input", self.import_asked.emit),
            (self.empty_import_button, "file-input", self.import_asked.emit),
            (self.new_button, "plus", self.new),
            (self.empty_new_button, "plus", self.new),
        ):
            self.dress(button, icon, ask)
        self.drafts_button.hide()
        self.drafts_button.clicked.connect(self.resume_draft)
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

    def holds(self, record_id: str) -> bool:
        """True while a record is in the base and not in the bin."""
        raise NotImplementedError

    def total(self) -> int:
        """How many records there are, whatever is typed."""
        raise NotImplementedError

    def say_count(self, total: int) -> str:
        """The sentence under the table."""
        raise NotImplementedError

    def make_record(self, database: "Database") -> "EditedPanel[Any, Any]":
        """The record beside the table, empty; the rows are painted already."""
        raise NotImplementedError

    def allow(self, is_known: bool) -> None:
        """Acts on the record are possible when one is shown that the base knows."""

    # The pattern

    def open(self, database: "Database") -> None:
        """Serve this base from now on. A record beside the list is made anew: its boxes may be others."""
        if self._panel is not None:
            if self.database is database:
                self.settle()
            self._panel.editor.retire()
            self.record_pages.removeWidget(self._panel)
            self._panel.deleteLater()
            self._panel = None
        self.database = database
        self.is_complete = False
        columns = self.columns()
        self._model = RecordModel(columns, self)
        self.table.show_model(self._model, columns)
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        self._model.reordered.connect(self._choose_row)
        self._restore_header()

    def reload(self) -> None:
        """Show what the base holds now, keeping the record that is chosen and the place in the list."""
        if self.is_complete and self._model.rowCount():
            self._total = self.total()
            self._model.refresh(self.record_id)
            if self._asked and not self.holds(self._asked):
                self._asked = ""  # an undone import took it back
            self._tell_list()
            if self._model.rowCount():
                if not self.holds(self._chosen):
                    # Its line was the first: the table stands where it stood, and tells nothing.
                    self._choose(self.table.currentIndex(), QModelIndex())
                self._show_chosen()
        else:
            self.ask()

    def ask(self) -> None:
        """Show the rows that answer other filters, from the top.

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
        panel = self._panel = self.make_record(self.database)
        panel.saved.connect(self._record_saved)
        panel.created.connect(self._record_created)
        panel.closed.connect(self._leave_form)
        panel.open_asked.connect(self.show_record)
        panel.drafted.connect(self._say_drafts)
        self.record_pages.addWidget(panel)
        self._say_drafts()
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
        """Show one record and its line, whatever was searched; a new one that was being typed stays a draft.

        A line further down than `_FURTHEST` is not looked for: then none is chosen.
        """
        self.leave_new()
        self.search.clear()
        self._chosen = self._asked = record_id
        self.ask()
        self._reveal()
        self._show_chosen()
        self.panel.form.focus_first()

    @property
    def panel(self) -> "EditedPanel[Any, Any]":
        """The record beside the table; it is made when the rows are painted, or when somebody asks for it."""
        self.complete()
        assert self._panel is not None, "no record before a base is open"
        return self._panel

    @property
    def is_making(self) -> bool:
        """True while a new record is typed: it stays beside the table, whatever the table shows."""
        return self._panel is not None and self._panel.is_new

    def _list(self) -> None:
        self._typing.stop()
        self._model.show_rows(self.rows)
        self._tell_list()

    def _tell_list(self) -> None:
        found = self._model.rowCount()
        self.pages.setCurrentIndex(LIST if found or self.is_making else NOTHING_FOUND if self._total else EMPTY)
        self.nothing_text.setText(
            f"Rien ne répond à « {self.search.text()} »." if self.search.text() else "Rien ne répond à ces filtres."
        )
        self._say_count()
        self._choose_row()

    def _choose_row(self) -> None:
        """Choose the line of the record beside the table, or the first one when it is not there any more."""
        line = self._model.find(lambda row: self.record_id(row) == self._chosen)
        stays = self.is_making or (self._asked and self._asked == self._chosen)
        if line >= 0 or (self._model.rowCount() and not stays):
            self.table.selectRow(max(line, 0))

    def _reveal(self) -> None:
        """Read down to the line of the record beside the table, and bring it into sight."""
        self._model.fetch_until(lambda row: self.record_id(row) == self._chosen, _FURTHEST)
        self._choose_row()
        self._scrolling.start()

    def _scroll(self) -> None:
        self.table.scrollTo(self.table.currentIndex(), QAbstractItemView.ScrollHint.PositionAtCenter)

    def _say_count(self) -> None:
        self.count.setText(self.say_count(self._total))

    @property
    def is_typing(self) -> bool:
        """True until the list and the record have followed what was typed."""
        return self._typing.isActive() or self._filling.isActive()

    def clear_search(self) -> None:
        """Go back to the whole list."""
        self.search.clear()
        self.ask()
        self.search.setFocus()

    def focus_search(self) -> None:
        """Put the keyboard in the search."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def sheet_area_focus(self) -> None:
        """Go from the table to the record's form."""
        self.panel.parts.setCurrentIndex(0)
        self.panel.form.focus_first()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back one step: a new form, then the record, then the search is left; ↓ enters the table."""
        match event.key():
            case Qt.Key.Key_Escape if self.is_making:
                self._leave_form()
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
        panel = self.panel
        if panel.is_new and not self._chosen:
            return
        self.allow(bool(self._chosen))
        self.record_pages.setCurrentIndex(RECORD if self._chosen else NOBODY)
        if self._chosen:
            panel.show_record(self._chosen)

    # A new record, a draft

    def new(self) -> None:
        """Begin a new record, or go on with the one that was begun."""
        if self.database is None:
            return
        panel = self.panel
        self.pages.setCurrentIndex(LIST)
        self.record_pages.setCurrentIndex(RECORD)
        panel.parts.setCurrentIndex(0)
        self._before_new, self._chosen = self._chosen or self._before_new, ""
        self.table.clearSelection()
        self.table.setCurrentIndex(self.table.rootIndex())
        self.allow(False)
        panel.begin()

    def resume_draft(self) -> None:
        """Go to the latest form that was left half-way."""
        draft = self.panel.editor.waiting()[0]
        if draft.record_id:
            self.show_record(draft.record_id)
        else:
            self.new()

    def leave_new(self) -> None:
        """Leave a new record as the draft it is."""
        if self._panel is not None:
            self._panel.editor.leave()

    def settle(self) -> None:
        """Save what waits for a pause."""
        if self._panel is not None:
            self._panel.editor.settle()

    def _say_drafts(self) -> None:
        panel = self.panel
        here = "" if panel.is_new else self._chosen
        others = [draft for draft in panel.editor.waiting() if panel.is_new or draft.record_id != here]
        others = [draft for draft in others if draft.record_id or not panel.is_new]
        self.drafts_button.setVisible(bool(others))
        if others:
            more = f" (et {len(others) - 1} autres)" if len(others) > 1 else ""
            self.drafts_button.setText(f"Reprendre le brouillon « {others[0].title} »{more}")

    def _leave_form(self) -> None:
        """Done: the keyboard goes back to the list; a new record that was not made stays a draft."""
        if self.is_making:
            self._chosen, self._before_new = self._before_new, ""
            self.leave_new()
            self._chosen = self._chosen or (self.record_id(self._model.row(0)) if self._model.rowCount() else "")
            self.reload()
            self._show_chosen()
            self._say_drafts()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _record_saved(self, _: str) -> None:
        self.refresh()
        self.kept.emit()

    def _record_created(self, record_id: str) -> None:
        self._chosen, self._asked, self._before_new = record_id, record_id, ""
        self.allow(True)
        self.reload()
        self._reveal()
        self.kept.emit()

    # Buttons and shortcuts

    def dress(self, button: QPushButton, icon: str, ask: Callable[[], object]) -> None:
        """Give a button its icon and what it does."""
        button.setIcon(icons.icon(icon, "on_primary" if button.property("kind") == "primary" else "ink"))
        button.setIconSize(icons.BESIDE_WORDS)
        button.clicked.connect(lambda _=False: ask())

    def add_act(self, menu: QMenu | None, words: str, shortcut: str, do: Callable[[], object]) -> QAction:
        """An act with its shortcut, in a menu or by its key alone."""
        action = QAction(words, self)
        if shortcut:
            action.setShortcut(shortcut)
        action.triggered.connect(lambda _=False: do())
        self.addAction(action)
        if menu is not None:
            menu.addAction(action)
        return action

    # As it was left

    _header = QByteArray()

    def keep(self, settings: QSettings) -> None:
        """Save what is typed, then write down splitter and columns."""
        self.settle()
        settings.setValue("splitter", self.splitter.saveState())
        settings.setValue("columns", self.table.horizontalHeader().saveState())
        settings.setValue("record", self._chosen)

    def resume(self, settings: QSettings) -> None:
        """Stand as last written down."""
        self.splitter.restoreState(cast(QByteArray, settings.value("splitter", QByteArray(), type=QByteArray)))
        self._header = cast(QByteArray, settings.value("columns", QByteArray(), type=QByteArray))
        self._chosen = str(settings.value("record", "", type=str))

    def _restore_header(self) -> None:
        if not self._header.isEmpty():
            self.table.horizontalHeader().restoreState(self._header)
