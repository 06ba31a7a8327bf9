"""How Qt draws the cells of a table of several lines a row; rows of one line are drawn by `row_painting`."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from charte_desktop.ui import marks
from charte_desktop.ui.record_table import SIGNS


class MarkedCells(QStyledItemDelegate):
    """Draws a cell's marks before its text; no frame around a single cell, the row is what is chosen."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        option.state &= ~QStyle.StateFlag.State_HasFocus
        shapes = index.data(SIGNS)
        if shapes:
            option.icon = marks.icon(shapes)
            option.decorationSize = marks.size(shapes)
            option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
