"""What every chart does: items in turn by keyboard or mouse, each said in words; a picture of it, and its numbers.

A subclass says how its items are drawn, and which one is under a point.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QEvent, QIODevice, QPointF, QRect, QRectF, QSize, QStandardPaths, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from charte_desktop.ui import theme

_SHARP = 3.0
"""A saved picture has so many dots for each point of the screen: it is printed."""
_HEAD = 22
"""Pixels of the line that says the item in hand."""


@dataclass(frozen=True)
class Item:
    """One thing that a chart shows."""

    key: str
    words: str
    """As it is said: "mars : 12 accompagnements"."""
    value: int


class Chart(QWidget):
    """One chart."""

    asked = Signal(str)
    """Enter or a click on an item: its key."""

    TITLE = ""
    EMPTY = "Rien à montrer pour cette période."

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.items: Sequence[Item] = ()
        self.chosen = -1
        """The item in hand, -1 for none."""
        self._worn: theme.Tokens | None = None
        self.dialog: QFileDialog | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(self.TITLE)
        self.setToolTip(
            "Flèches : passer d'une valeur à l'autre · clic droit : enregistrer l'image, copier les nombres"
        )

    # What a subclass says

    def draw(self, painter: QPainter, room: QRectF) -> None:
        """Draw the items into a room."""
        raise NotImplementedError

    def item_at(self, point: QPointF) -> int:
        """The number of the item under a point, -1 for none."""
        raise NotImplementedError

    # Showing

    def show_items(self, items: Sequence[Item]) -> None:
        """Show these."""
        self.items = items
        self.chosen = min(self.chosen, len(items) - 1)
        self._describe()
        self.update()

    def room(self) -> QRectF:
        """Where the items are drawn."""
        return QRectF(self.rect()).adjusted(4, _HEAD + 2, -4, -4)

    @property
    def is_empty(self) -> bool:
        """True when nothing has a value."""
        return not any(item.value for item in self.items)

    def words(self) -> str:
        """What is said above the chart: its title, and the item in hand."""
        return self.items[self.chosen].words if 0 <= self.chosen < len(self.items) else ""

    def choose(self, number: int) -> None:
        """Take an item in hand; -1 lets go."""
        if number != self.chosen:
            self.chosen = number
            self._describe()
            self.update()
            if number >= 0:
                QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    def _describe(self) -> None:
        whole = " ; ".join(item.words for item in self.items if item.value) or self.EMPTY
        self.setAccessibleDescription(self.words() or whole)

    # Painting

    def colour(self, token: str) -> QColor:
        """A colour of the dress in force, or of the light one for a saved picture."""
        return QColor((self._worn or theme.tokens())[token])

    def tint(self, step: int, steps: int) -> QColor:
        """From the surface (0) to the primary colour (`steps`)."""
        none, most = self.colour("surface"), self.colour("primary")
        part = 0.0 if step == 0 else 0.16 + 0.84 * (step - 1) / max(steps - 1, 1)
        return QColor.fromRgbF(
            none.redF() + (most.redF() - none.redF()) * part,
            none.greenF() + (most.greenF() - none.greenF()) * part,
            none.blueF() + (most.blueF() - none.blueF()) * part,
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._paint(painter)
        if self.hasFocus():
            painter.setPen(QPen(self.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        painter.end()

    def _paint(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.font())
        head = QRect(6, 2, self.width() - 12, _HEAD)
        strong = QFont(self.font())
        strong.setBold(True)
        painter.setFont(strong)
        painter.setPen(self.colour("ink"))
        letters = painter.fontMetrics()
        title = letters.elidedText(self.TITLE, Qt.TextElideMode.ElideRight, head.width())
        painter.drawText(head, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), title)
        taken = letters.horizontalAdvance(title) + 12
        painter.setFont(self.font())
        painter.setPen(self.colour("muted"))
        said = self.words() if not self.is_empty else ""
        said = painter.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, head.width() - taken)
        painter.drawText(head, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), said)
        if self.is_empty:
            painter.drawText(self.room(), int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), self.EMPTY)
        else:
            self.draw(painter, self.room())

    # The hand

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self.items) - 1
        match event.key():
            case Qt.Key.Key_Right | Qt.Key.Key_Down if last >= 0:
                self.choose(min(self.chosen + 1, last))
            case Qt.Key.Key_Left | Qt.Key.Key_Up if last >= 0:
                self.choose(max(self.chosen - 1, 0))
            case Qt.Key.Key_Home if last >= 0:
                self.choose(0)
            case Qt.Key.Key_End if last >= 0:
                self.choose(last)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self.chosen >= 0:
                self.asked.emit(self.items[self.chosen].key)
            case _:
                super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.chosen < 0 and self.items:
            self.choose(0)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.choose(-1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        found = self.item_at(event.position())
        if found >= 0 or not self.hasFocus():
            self.choose(found)
        self.setCursor(Qt.CursorShape.PointingHandCursor if found >= 0 else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        found = self.item_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and found >= 0:
            self.choose(found)
            self.asked.emit(self.items[found].key)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if not self.hasFocus():
            self.choose(-1)

    # Out of the window

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.addAction("Enregistrer l'image…").triggered.connect(self.ask_picture)
        menu.addAction("Copier les nombres").triggered.connect(self.copy_numbers)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(event.globalPos())

    def ask_picture(self) -> None:
        """Ask where the picture goes, as dots or as lines."""
        folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation))
        kinds = "Image (*.png);;Dessin (*.svg)"
        dialog = QFileDialog(self, "Enregistrer l'image", str(folder), kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("png")
        dialog.selectFile(f"{self.TITLE}.png")
        dialog.filterSelected.connect(lambda kind: dialog.setDefaultSuffix("svg" if "svg" in kind else "png"))
        dialog.fileSelected.connect(lambda chosen: self.save_picture(Path(chosen)))
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

    def save_picture(self, file: Path) -> None:
        """Write the chart in its light dress: lines for `.svg`, dots for anything else."""
        from charte_desktop.ui.files import write_file

        write_file(file, self.svg() if file.suffix.lower() == ".svg" else self.png())

    def png(self) -> bytes:
        """The chart as dots, three for each of the screen."""
        size = QSize(max(self.width(), 240), max(self.height(), 160))
        image = QImage(size * _SHARP, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(_SHARP)
        image.fill(QColor("white"))
        painter = QPainter(image)
        self._paint_light(painter)
        painter.end()
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]  # its stubs want the format as bytes
        return bytes(buffer.data().data())

    def svg(self) -> bytes:
        """The chart as lines and letters."""
        from PySide6.QtSvg import QSvgGenerator

        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        generator = QSvgGenerator()
        generator.setOutputDevice(buffer)
        generator.setSize(self.size())
        generator.setViewBox(self.rect())
        generator.setTitle(self.TITLE)
        generator.setDescription(" ; ".join(item.words for item in self.items))
        painter = QPainter(generator)
        painter.fillRect(self.rect(), QColor("white"))
        self._paint_light(painter)
        painter.end()
        return bytes(buffer.data().data())

    def _paint_light(self, painter: QPainter) -> None:
        self._worn = theme.tokens_of(theme.LIGHT)
        chosen, self.chosen = self.chosen, -1
        try:
            self._paint(painter)
        finally:
            self._worn, self.chosen = None, chosen

    def copy_numbers(self) -> None:
        """Put the numbers on the clipboard, a line for each item: a spreadsheet takes them in two columns."""
        QGuiApplication.clipboard().setText("\n".join(f"{item.key}\t{item.value}" for item in self.items))
