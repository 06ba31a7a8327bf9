"""Cards side by side where there is room, one under the other where there is not."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

_NARROWEST = 330
"""Pixels of a card that stands beside another."""


class ColumnFlow(QWidget):
    """Lays its cards out again when its width changes. Its form gives it a grid, the cards in their order."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns = 0
        self.most = 3
        """Cards side by side, at most."""

    def cards(self) -> list[QFrame]:
        """What is laid out, in order; hidden cards leave no hole."""
        found = self.findChildren(QFrame, options=Qt.FindChildOption.FindDirectChildrenOnly)
        return [one for one in found if one.property("role") == "card" and not one.isHidden()]

    def minimumSizeHint(self) -> QSize:
        """One card wide: more of them are laid out where there is room."""
        narrowest = max((card.minimumSizeHint().width() for card in self.cards()), default=0)
        return QSize(narrowest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.lay_out()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.lay_out()
        return done

    def lay_out(self) -> None:
        """Put the cards where they belong at this width."""
        grid, cards = self.layout(), self.cards()
        if not isinstance(grid, QGridLayout) or not cards:
            return
        room = self.width() - grid.contentsMargins().left() - grid.contentsMargins().right()
        columns = max(1, min(self.most, len(cards), (room + grid.horizontalSpacing()) // (_NARROWEST + 16)))
        placed = [grid.getItemPosition(grid.indexOf(card))[:2] for card in cards]  # type: ignore[index]
        wanted = [(number // columns, number % columns) for number in range(len(cards))]
        if columns == self._columns and placed == wanted:
            return
        self._columns = columns
        for card in cards:
            grid.removeWidget(card)
        for card, (row, column) in zip(cards, wanted, strict=True):
            grid.addWidget(card, row, column)
        for column in range(self.most):
            grid.setColumnStretch(column, 1 if column < columns else 0)
