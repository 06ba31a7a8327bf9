"""A table's header that says, above each column, what the column holds, and lets it be changed there."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QStandardItem, QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import QComboBox, QHeaderView, QTableView

from charte_desktop.exchange.tables import column_letter

if TYPE_CHECKING:
    from charte_desktop.exchange.provider_list import ListColumn

_BOX_HEIGHT, _GAP = 32, 4
_NARROWEST = 168
_NOT_READ = "(non lue)"


class MappingHeader(QHeaderView):
    """The letters of the columns, and under each a box of fields; Tab goes from box to box."""

    chosen = Signal(int, str)
    """A column, and the field it was said to hold; empty for a column that is not read."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._table = table
        self._boxes: list[_FieldBox] = []
        self._fields: QStandardItemModel | None = None
        self.setMinimumSectionSize(_NARROWEST)
        self.setDefaultSectionSize(_NARROWEST)
        self.setSectionsClickable(False)
        self.sectionResized.connect(self._place)
        table.horizontalScrollBar().valueChanged.connect(self._place)

    def offer(self, fields: Mapping[str, str]) -> None:
        """The fields that a column may hold, with their words."""
        model = QStandardItemModel(self)
        for name, words in {"": _NOT_READ, **fields}.items():
            item = QStandardItem(words)
            item.setData(name, Qt.ItemDataRole.UserRole)
            model.appendRow(item)
        self._fields = model
        for box in self._boxes:
            box.hide()
            box.deleteLater()
        self._boxes = []

    def show_columns(self, columns: "Sequence[ListColumn]") -> None:
        """Show what each column is taken for."""
        while len(self._boxes) > len(columns):
            spare = self._boxes.pop()
            spare.hide()
            spare.deleteLater()
        while len(self._boxes) < len(columns):
            self._boxes.append(self._box(len(self._boxes)))
        for box, column in zip(self._boxes, columns, strict=True):
            place = max(box.findData(column.field), 0)
            box.setCurrentIndex(place)
            letter = column_letter(column.index)
            box.setAccessibleName(f"Colonne {letter}, {column.header or 'sans titre'} : ce qu’elle contient")
            guessed = "Reconnue d’après son contenu. " if column.by_content else ""
            box.setToolTip(f"{guessed}Ce que contient la colonne {letter}" if place else f"Colonne {letter} non lue")
        self.updateGeometries()
        self._place()

    def box(self, column: int) -> QComboBox:
        """The box above a column."""
        return self._boxes[column]

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width(), hint.height() + _BOX_HEIGHT + 2 * _GAP)

    def updateGeometries(self) -> None:
        self.setViewportMargins(0, 0, 0, _BOX_HEIGHT + 2 * _GAP)
        super().updateGeometries()
        self._place()

    def _box(self, column: int) -> "_FieldBox":
        box = _FieldBox(self, column)
        if self._fields is not None:
            box.setModel(self._fields)
        box.setMaxVisibleItems(24)
        box.activated.connect(lambda _: self.chosen.emit(column, str(box.currentData() or "")))
        box.reached.connect(self._bring)
        box.show()
        return box

    def _bring(self, column: int) -> None:
        """A box reached by keyboard is seen, and its column with it."""
        model = self._table.model()
        if model.rowCount():
            top = max(self._table.rowAt(0), 0)
            self._table.scrollTo(model.index(top, column))

    def _place(self) -> None:
        top = super().sizeHint().height() + _GAP
        for column, box in enumerate(self._boxes):
            left = self.sectionViewportPosition(column)
            box.setGeometry(left + 3, top, max(self.sectionSize(column) - 6, 20), _BOX_HEIGHT)


class _FieldBox(QComboBox):
    """A box that a turning wheel does not change while the table is scrolled."""

    reached = Signal(int)

    def __init__(self, parent: QHeaderView, column: int) -> None:
        super().__init__(parent)
        self._column = column
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.reached.emit(self._column)
