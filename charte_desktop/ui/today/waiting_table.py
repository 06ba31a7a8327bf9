"""The lines of one basket: a click opens the record, a click on the last column puts the line off."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtWidgets import QHeaderView, QMenu, QWidget

from charte_desktop.ui.record_table import Column, Fetch, RecordModel, RecordTable

if TYPE_CHECKING:
    from charte_desktop.store.waiting_words import Waiting

_ACT = 1
"""The column that puts off, or brings back."""


class WaitingTable(RecordTable):
    """Two lines each: who, and what it is about."""

    open_asked = Signal(object)
    """Open the record of this `Waiting`."""
    act_asked = Signal(object)
    """Put this `Waiting` off, or bring it back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Lignes du panier")
        self.use_two_lines()
        self._act = "Reporter…"
        columns: list[Column[Waiting]] = [
            Column("Qui, quand", _who_and_when, hint=_whole),
            Column("", lambda _: self._act, sample="Reporter…  "),
        ]
        self._lines: RecordModel[Waiting] = RecordModel(columns, self)
        self.show_model(self._lines, columns, sortable=False)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.setMouseTracking(True)
        self.opened.connect(lambda line: self.open_asked.emit(self._lines.row(line)))
        self.clicked.connect(self._clicked)

    def show_lines(self, fetch: "Fetch[Waiting]", act: str) -> None:
        """Show these; `act` is what the last column says."""
        line = self.currentIndex().row()
        self._act = act
        self._lines.show_rows(fetch)
        if self._lines.rowCount():
            self.selectRow(min(max(line, 0), self._lines.rowCount() - 1))

    def line(self) -> "Waiting | None":
        """The line in hand."""
        index = self.currentIndex()
        return self._lines.row(index.row()) if index.isValid() and index.row() < self._lines.rowCount() else None

    def shown(self) -> "list[Waiting]":
        """The lines that were read so far."""
        return [self._lines.row(number) for number in range(self._lines.rowCount())]

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        over = self.indexAt(event.position().toPoint()).isValid()
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """A right click or a long press: both acts."""
        line = self.line()
        if line is None:
            return
        menu = QMenu(self)
        menu.addAction("Ouvrir").triggered.connect(lambda: self.open_asked.emit(line))
        menu.addAction(self._act).triggered.connect(lambda: self.act_asked.emit(line))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(event.globalPos())

    def _clicked(self, index: QModelIndex) -> None:
        line = self._lines.row(index.row())
        (self.act_asked if index.column() == _ACT else self.open_asked).emit(line)


def _who_and_when(one: "Waiting") -> str:
    told = " · ".join(filter(None, [one.when, one.detail]))
    return f"{one.title}\n{told[:1].upper()}{told[1:]}"


def _whole(one: "Waiting") -> str:
    return "\n".join(filter(None, [one.title, one.detail, one.when]))
