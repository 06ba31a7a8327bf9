"""The providers of a sheet being made: each with its reason, those left out and those added by hand with theirs."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from charte_desktop.ui import theme

Index = QModelIndex | QPersistentModelIndex


class Place(Enum):
    """Where a provider stands on the sheet. The value is the word on screen."""

    LISTED = ""
    LEFT_OUT = "Écarté"
    ADDED = "Ajouté"
    TO_ADD = "À ajouter : écrivez pourquoi"


@dataclass(frozen=True)
class Line:
    """One provider."""

    provider_id: str
    legal_name: str
    reason: str
    """Why the criteria name it; empty for one they do not name."""
    place: Place = Place.LISTED
    motive: str = ""
    """The adviser's words, for a line left out or added."""

    @property
    def head(self) -> str:
        """Name and place."""
        return f"{self.legal_name} · {self.place.value}" if self.place.value else self.legal_name

    @property
    def words(self) -> str:
        """What stands under the name."""
        return self.motive or self.reason


class CandidateModel(QAbstractListModel):
    """The lines of a sheet, as the view asks for them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: Sequence[Line] = ()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show exactly these."""
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def line(self, number: int) -> Line:
        """A line by its place."""
        return self._lines[number]

    def find(self, provider_id: str) -> int:
        """Where a provider stands, or -1."""
        return next((at for at, line in enumerate(self._lines) if line.provider_id == provider_id), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return line.head
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return "\n".join(filter(None, [line.head, line.motive, line.reason]))
            case Qt.ItemDataRole.UserRole:
                return line
        return None


class CandidateList(QListView):
    """Two lines of reason under each name; whole on hover."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Prestataires de la fiche")
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(_LineDelegate(self))
        self.lines = CandidateModel(self)
        self.setModel(self.lines)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these, keeping the provider that is chosen and the height of the list."""
        chosen, height = self.chosen(), self.verticalScrollBar().value()
        self.lines.show_lines(lines)
        at = self.lines.find(chosen.provider_id) if chosen else -1
        if lines:
            self.setCurrentIndex(self.lines.index(max(at, 0)))
        self.verticalScrollBar().setValue(height)

    def choose(self, provider_id: str) -> None:
        """Go to a provider."""
        self.setCurrentIndex(self.lines.index(self.lines.find(provider_id)))

    def chosen(self) -> Line | None:
        """The provider that is chosen."""
        index = self.currentIndex()
        return self.lines.line(index.row()) if index.isValid() else None

    def names(self) -> list[str]:
        """What the lines say first, in their order."""
        return [self.lines.line(number).head for number in range(self.lines.rowCount())]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, space and Delete go on to what may be done with the line."""
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Delete)
        if event.key() in keys and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class _LineDelegate(QStyledItemDelegate):
    MARGIN, PADDING, LINES = 10, 6, 2

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, (1 + self.LINES) * option.fontMetrics.lineSpacing() + 2 * self.PADDING + 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        line: Line = index.data(Qt.ItemDataRole.UserRole)
        option.text = ""
        option.state &= ~QStyle.StateFlag.State_HasFocus
        style = option.widget.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget)
        painter.save()
        room = option.rect.adjusted(self.MARGIN, self.PADDING, -self.MARGIN, -self.PADDING)
        bold = QFont(option.font)
        bold.setWeight(QFont.Weight.DemiBold)
        bold.setStrikeOut(line.place is Place.LEFT_OUT)
        painter.setFont(bold)
        painter.setPen(theme.colour("muted" if line.place is Place.LEFT_OUT else "ink"))
        name_room, tag = QRect(room), line.place.value
        if tag:
            tag_width = option.fontMetrics.horizontalAdvance(tag) + 4
            name_room.setRight(room.right() - tag_width - 8)
        name = painter.fontMetrics().elidedText(line.legal_name, Qt.TextElideMode.ElideRight, name_room.width())
        painter.drawText(name_room, int(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft), name)
        painter.setFont(option.font)
        if tag:
            painter.setPen(theme.colour("warning" if line.place is not Place.ADDED else "accent"))
            painter.drawText(room, int(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight), tag)
        painter.setPen(theme.colour("muted"))
        self._draw_words(painter, line.words, room.adjusted(0, option.fontMetrics.lineSpacing() + 1, 0, 0))
        painter.setPen(theme.colour("line"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.restore()

    def _draw_words(self, painter: QPainter, words: str, room: QRect) -> None:
        """At most two lines; what does not fit ends with an ellipsis."""
        metrics = painter.fontMetrics()
        layout = QTextLayout(words, painter.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        layout.setTextOption(option)
        layout.beginLayout()
        top = room.top() + metrics.ascent()
        for number in range(self.LINES):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(room.width())
            text = words[line.textStart() : line.textStart() + line.textLength()]
            if number == self.LINES - 1:
                text = metrics.elidedText(words[line.textStart() :], Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room.left(), top + number * metrics.lineSpacing(), text)
        layout.endLayout()
