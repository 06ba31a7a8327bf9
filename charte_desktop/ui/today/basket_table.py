"""The baskets of Aujourd'hui with their counts, to choose one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHeaderView, QWidget

from charte_desktop.ui import marks
from charte_desktop.ui.record_table import Column, RecordModel, RecordTable

if TYPE_CHECKING:
    from charte_desktop.store.waiting_words import Basket

_LATE: marks.Mark = ("triangle", "warning")
_CALM: marks.Mark = ("ring", "muted")


class BasketTable(RecordTable):
    """A line for each basket that holds something; those that should be empty by now have another mark."""

    chosen = Signal(str)
    """The key of the basket in hand."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Ce qui attend, par sorte")
        columns: list[Column[Basket]] = [
            Column("Panier", lambda one: one.title, signs=_signs, hint=_whole),
            Column("Combien", lambda one: str(len(one.entries)), sample="0000", right=True),
        ]
        self._baskets: RecordModel[Basket] = RecordModel(columns, self)
        self.show_model(self._baskets, columns, sortable=False)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.setColumnWidth(1, self.fontMetrics().horizontalAdvance("00000") + 26)
        self._is_filling = False
        self.selectionModel().currentRowChanged.connect(lambda *_: self._tell())

    def show_baskets(self, baskets: "Sequence[Basket]") -> None:
        """Show these; the one in hand stays in hand."""
        kept = self.key
        self._is_filling = True
        self._baskets.show_rows(lambda limit, offset: baskets[offset : None if limit is None else offset + limit])
        self._is_filling = False
        if baskets:
            self.selectRow(max(self._baskets.find(lambda one: one.key == kept), 0))

    @property
    def key(self) -> str:
        """The key of the basket in hand; empty for none."""
        basket = self.basket
        return basket.key if basket is not None else ""

    @property
    def basket(self) -> "Basket | None":
        """The basket in hand."""
        index = self.currentIndex()
        if not index.isValid() or index.row() >= self._baskets.rowCount():
            return None
        return self._baskets.row(index.row())

    def choose(self, key: str) -> None:
        """Take this basket in hand."""
        self.selectRow(self._baskets.find(lambda one: one.key == key))

    def counts(self) -> dict[str, int]:
        """How many lines each basket holds, by title."""
        rows = (self._baskets.row(number) for number in range(self._baskets.rowCount()))
        return {one.title: len(one.entries) for one in rows}

    def _tell(self) -> None:
        if not self._is_filling:
            self.chosen.emit(self.key)


def _signs(one: "Basket") -> list[marks.Mark]:
    return [_LATE if one.is_late else _CALM]


def _whole(one: "Basket") -> str:
    late = "à traiter en premier" if one.is_late else ""
    return "\n".join(filter(None, [f"{one.title} : {len(one.entries)}", late, one.advice]))
