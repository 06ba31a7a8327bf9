"""Cells of two lines, each cut where its room ends: the second is never pushed out by a long first one."""

import re

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QStyleOptionViewItem

from charte_desktop.ui.marked_cells import MarkedCells

_MARGINS = 26
"""Pixels on both sides of a cell's text, as the style sheet sets them."""


class TwoLineCells(MarkedCells):
    """Draws the first two lines of a text."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        room = max(option.rect.width() - _MARGINS, 0)
        letters = option.fontMetrics
        lines = re.split("[\n\u2028]", option.text)[:2]  # Qt makes the second sign of the first one
        option.text = "\u2028".join(letters.elidedText(line, Qt.TextElideMode.ElideRight, room) for line in lines)
