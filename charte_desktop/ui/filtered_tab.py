"""What the two registers add to every register tab: filters as chips, the list's own menu, export, a recycle bin."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from charte_desktop.ui.bin_page import BinPage
from charte_desktop.ui.filter_chips import FilterChips, Offer
from charte_desktop.ui.register_tab import RegisterTab

if TYPE_CHECKING:
    from charte_desktop.store.database import Database
    from charte_desktop.ui.bin_page import Bin

Row = TypeVar("Row")
BIN = 3
"""The page of the recycle bin, after those of every register tab."""


class FilteredTab(RegisterTab[Row]):
    """A register whose list can be filtered, written to a file as it stands, and whose deleted records come back."""

    chips: FilterChips
    more_button: QPushButton
    bin: BinPage

    export_asked = Signal(object)
    """Write what is on screen: a function that gives (title, column titles, rows of texts)."""

    PROMOTED: tuple[type[QWidget], ...] = (FilterChips, BinPage)
    TITLE = ""
    """The title of what is exported."""
    COUNTED = ("", "")
    """One record and several of them, in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept_filters = ""
        self.chips.changed.connect(self.ask)
        self.bin.restored.connect(self._restored)
        self.bin.left.connect(self.leave_bin)
        self.more_menu, self.acts_menu = QMenu(self), QMenu(self)
        self.more_menu.setObjectName("more_menu")
        self.acts_menu.setObjectName("actions_menu")
        self.more_button.setMenu(self.more_menu)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(lambda spot: self.acts_menu.popup(self.table.mapToGlobal(spot)))
        self.columns_action = self.add_act(self.more_menu, "Colonnes…", "Ctrl+Shift+C", self.choose_columns)
        self.export_action = self.add_act(self.more_menu, "Exporter cette liste…", "Ctrl+Shift+E", self.export)
        self.bin_action = self.add_act(self.more_menu, "Corbeille…", "Ctrl+Shift+Del", self.show_bin)
        self.record_acts: list[QAction] = []
        """What can be done with a record that is shown; impossible without one."""

    # What a subclass says

    def offers(self) -> Sequence[Offer]:
        """What the chips can ask."""
        raise NotImplementedError

    def bin_of(self, database: "Database") -> "Bin":
        """What keeps the deleted records."""
        raise NotImplementedError

    def delete(self) -> None:
        """Put the record beside the table into the bin."""
        raise NotImplementedError

    def came_back(self, record_id: str, name: str) -> None:
        """Tell that a record left the bin."""
        raise NotImplementedError

    # The list

    def open(self, database: "Database") -> None:
        """Serve this base from now on."""
        self.chips.offer(self.offers)
        self.chips.resume(self._kept_filters)
        self._kept_filters = ""
        self.bin.open(lambda: self.bin_of(database))
        super().open(database)

    def say_count(self, total: int) -> str:
        whole = f"{total} {self.COUNTED[total > 1]}"
        if self.search.text() or self.chips.filters():
            return f"{self._model.known_count()} sur {whole}"
        return whole

    def show_record(self, record_id: str) -> None:
        """Show one record, whatever is searched and filtered."""
        self.leave_new()
        self.chips.clear()
        super().show_record(record_id)

    def clear_search(self) -> None:
        """Go back to the whole list, without words or filters."""
        self.chips.clear()
        super().clear_search()

    def allow(self, is_known: bool) -> None:
        for action in self.record_acts:
            action.setEnabled(is_known)

    def record_act(self, words: str, shortcut: str, do: Callable[[], object]) -> QAction:
        """An act of the record's menu."""
        action = self.add_act(self.acts_menu, words, shortcut, do)
        self.record_acts.append(action)
        return action

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the bin; Suppr on a line of the table puts its record into the bin."""
        match event.key():
            case Qt.Key.Key_Escape if self.pages.currentIndex() == BIN:
                self.leave_bin()
            case Qt.Key.Key_Delete if self.table.hasFocus():
                self.delete()
            case _:
                super().keyPressEvent(event)

    def choose_columns(self) -> None:
        """Let the columns be ticked; for the keyboard, what a right click on the header shows."""
        menu = self.table.columns_menu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more_button.mapToGlobal(self.more_button.rect().bottomLeft()))

    def export(self) -> None:
        """Write the rows and the columns that are on screen, in their order, to a file."""
        columns = [self._model.columns()[number] for number in self.table.shown_columns()]

        def table() -> tuple[str, list[str], list[list[str]]]:
            rows = self.rows(None, 0)
            texts = [[(column.written or column.text)(row) for column in columns] for row in rows]
            return self.TITLE, [column.title for column in columns], texts

        self.export_asked.emit(table)

    # The bin

    def show_bin(self) -> None:
        """Show what was deleted."""
        self.settle()
        self.bin.reload()
        self.pages.setCurrentIndex(BIN)
        self.bin.focus()

    def leave_bin(self) -> None:
        """Go back to the list."""
        self.reload()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _restored(self, record_id: str, name: str) -> None:
        self._chosen = record_id
        self.came_back(record_id, name)

    # As it was left

    def keep(self, settings: QSettings) -> None:
        super().keep(settings)
        settings.setValue("filters", self.chips.kept())

    def resume(self, settings: QSettings) -> None:
        super().resume(settings)
        self._kept_filters = str(settings.value("filters", "", type=str))
