"""What the global search found: the answers by kind, in a calm list under the box."""

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from charte_desktop.ui import icons, theme

if TYPE_CHECKING:
    from charte_desktop.store.everything import Hit

Index = QModelIndex | QPersistentModelIndex

_KINDS = {
    "provider": ("Prestataires", "users"),
    "company": ("Entreprises", "building-2"),
    "sheet": ("Fiches annuaire", "file-output"),
    "project": ("Projets", "kanban"),
}
"""The heading and the icon of each kind, in the order of the store's answers."""
_HIT = int(Qt.ItemDataRole.UserRole) + 1
_LINE, _HEADING = 36, 26


class HitList(QListView):
    """The answers, by kind; the keyboard stays in the box."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = _HitModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_HitDelegate(self))
        self.setObjectName("hits")
        self.setAccessibleName("Ce qui répond")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.hide()

    def show_hits(self, hits: "Sequence[Hit]", text: str) -> None:
        """Show the answers to `text`, the first one chosen; when there are none, say so."""
        self._model.show_hits(hits, text)
        self.setCurrentIndex(self._model.index(1 if hits else 0))
        self.scrollToTop()

    def step(self, way: int) -> None:
        """Choose the next answer (1) or the one before (-1), over the headings."""
        lines = [line for line in range(self._model.rowCount()) if self._model.index(line).data(_HIT)]
        if lines:
            place = lines.index(self.currentIndex().row()) + way
            self.setCurrentIndex(self._model.index(lines[place % len(lines)]))

    def hit_at(self, index: QModelIndex) -> "Hit | None":
        """The answer on a line; None for a heading."""
        hit: Hit | None = index.data(_HIT)
        return hit

    def titles(self) -> list[str]:
        """The lines as they are read, headings among them."""
        return [str(self._model.index(line).data()) for line in range(self._model.rowCount())]

    def wanted_height(self) -> int:
        """Pixels for all the lines."""
        lines = (self._model.index(line) for line in range(self._model.rowCount()))
        return sum(self.sizeHintForIndex(line).height() for line in lines) + 2 * self.frameWidth() + 2


class _HitModel(QAbstractListModel):
    """A heading for each kind, then its answers."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._lines: list[str | Hit] = []

    def show_hits(self, hits: "Sequence[Hit]", text: str) -> None:
        self.beginResetModel()
        self._lines = [] if hits else [f"Rien ne répond à « {text.strip()} »."]
        for kind, some in groupby(hits, lambda hit: hit.kind):
            self._lines += [_KINDS[kind][0], *some]
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        return 0 if parent.isValid() else len(self._lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        heading = isinstance(self._lines[index.row()], str)
        return Qt.ItemFlag.NoItemFlags if heading else Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if isinstance(line, str):
            return line if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None
        if role == Qt.ItemDataRole.DisplayRole:
            return line.title or "(sans nom)"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{line.title}, {_KINDS[line.kind][0]}, {line.detail}"
        return line if role == _HIT else None


class _HitDelegate(QStyledItemDelegate):
    """Draws one answer on one line: the icon of its kind, its name, and what tells it from its neighbours."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, _LINE if index.data(_HIT) else _HEADING)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        hit: Hit | None = index.data(_HIT)
        box: QRect = option.rect
        painter.save()
        letters = option.fontMetrics
        middle = Qt.AlignmentFlag.AlignVCenter
        inside = box.adjusted(12, 0, -12, 0)
        if hit is None:
            painter.setPen(theme.colour("muted"))
            painter.drawText(inside, Qt.AlignmentFlag.AlignLeft | middle, str(index.data()))
        else:
            if option.state & QStyle.StateFlag.State_Selected:
                painter.fillRect(box, theme.colour("selected"))
            sign = QRect(inside.left(), box.center().y() - 8, 18, 18)
            icons.icon(_KINDS[hit.kind][1], "muted").paint(painter, sign)
            inside.setLeft(sign.right() + 10)
            room = inside.width()
            detail = letters.elidedText(hit.detail, Qt.TextElideMode.ElideLeft, room // 2)
            taken = letters.horizontalAdvance(detail) + 16
            title = letters.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room - taken)
            painter.setPen(theme.colour("ink"))
            painter.drawText(inside, Qt.AlignmentFlag.AlignLeft | middle, title)
            painter.setPen(theme.colour("muted"))
            painter.drawText(inside, Qt.AlignmentFlag.AlignRight | middle, detail)
        painter.restore()
