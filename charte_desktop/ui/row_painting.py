"""Draws the rows of a table of one-line cells, all in one go.

Qt asks a model written in Python eight questions a cell and dresses each cell by the style sheet: 11 ms for what a
screen shows, at each letter typed. Drawn here, the same rows take 2.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPalette

from charte_desktop.ui import marks

if TYPE_CHECKING:
    from charte_desktop.ui.record_table import Column, RecordTable

_MARGIN = 11
"""Pixels before and after what a cell holds, those of a header's section."""


class RowPainter:
    """Paints one table; what was shortened once is remembered."""

    def __init__(self, table: "RecordTable") -> None:
        self._table = table
        self._shortened: Callable[[str, int], str] = _shortener(table.fontMetrics())

    def forget(self) -> None:
        """The letter changed: words take another width."""
        self._shortened = _shortener(self._table.fontMetrics())

    def paint(self, exposed: QRect, columns: Sequence["Column[Any]"], row: Callable[[int], Any]) -> None:
        """Draw the rows that `exposed` shows of; `row` gives what a line holds."""
        table = self._table
        first = table.rowAt(exposed.top())
        if first < 0:
            return
        last = table.rowAt(exposed.bottom())
        last = table.model().rowCount() - 1 if last < 0 else last
        height = table.rowHeight(first)
        top = table.rowViewportPosition(first)
        viewport = table.viewport()
        painter = QPainter(viewport)
        letters = table.fontMetrics()
        line = (height + letters.ascent() - letters.descent()) // 2
        palette = table.palette()
        ink = palette.color(QPalette.ColorRole.Text)
        cells = self._cells(columns)
        chosen = table.currentIndex().row()
        if chosen >= 0 and not table.selectionModel().isRowSelected(chosen):
            chosen = -1
        painter.setPen(ink)
        for number in range(first, last + 1):
            if number == chosen:
                painter.fillRect(0, top, viewport.width(), height, palette.color(QPalette.ColorRole.Highlight))
            self._row(painter, row(number), cells, top, top + line, height)
            top += height
        painter.end()

    def _cells(self, columns: Sequence["Column[Any]"]) -> list[tuple[int, int, "Column[Any]"]]:
        """Where each column that is seen begins, the room it has, and what it shows."""
        header = self._table.horizontalHeader()
        return [
            (header.sectionViewportPosition(number) + _MARGIN, header.sectionSize(number) - 2 * _MARGIN, column)
            for number, column in enumerate(columns)
            if not header.isSectionHidden(number)
        ]

    def _row(
        self,
        painter: QPainter,
        row: Any,
        cells: Sequence[tuple[int, int, "Column[Any]"]],
        top: int,
        line: int,
        height: int,
    ) -> None:
        for left, room, column in cells:
            if column.signs is not None:
                for mark in column.signs(row):
                    painter.drawPixmap(QPoint(left, top + (height - marks.SIDE) // 2), marks.pixmap(mark, painter))
                    left += marks.SIDE + marks.GAP
                    room -= marks.SIDE + marks.GAP
            text = column.text(row)
            if text:
                text = self._shortened(text, room)
                if column.right:
                    left += room - self._table.fontMetrics().horizontalAdvance(text)
                painter.drawText(left, line, text)


def _shortener(letters: QFontMetrics) -> Callable[[str, int], str]:
    @lru_cache(maxsize=5_000)
    def shortened(text: str, room: int) -> str:
        return letters.elidedText(text.replace("\n", " "), Qt.TextElideMode.ElideRight, room)

    return shortened


class TwoLinePainter(RowPainter):
    """Rows of two lines, each cut where its room ends: a long first line never pushes the second one out."""

    def _row(
        self,
        painter: QPainter,
        row: Any,
        cells: Sequence[tuple[int, int, "Column[Any]"]],
        top: int,
        line: int,
        height: int,
    ) -> None:
        letters = self._table.fontMetrics()
        first = top + (height - 2 * letters.lineSpacing()) // 2 + letters.ascent()
        for left, room, column in cells:
            texts = column.text(row).split("\n")[:2]
            if len(texts) == 1:
                painter.drawText(left, line, self._shortened(texts[0], room))
            else:
                painter.drawText(left, first, self._shortened(texts[0], room))
                painter.drawText(left, first + letters.lineSpacing(), self._shortened(texts[1], room))
