"""A widget that shows a sheet of signature paper, whole or larger."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from charte_desktop.model.drawing import WIDTH, Drawing
from charte_desktop.model.ink_outline import inked_box
from charte_desktop.ui import theme
from charte_desktop.ui.charter.signature_paper import BASELINE, SignaturePaper

ZOOMS = (1.0, 1.5, 2.0)
"""For somebody who signs small."""
_DRESSES = (QEvent.Type.PaletteChange, QEvent.Type.StyleChange, QEvent.Type.FontChange)
_PANS = {
    Qt.Key.Key_Left: (-40, 0),
    Qt.Key.Key_Right: (40, 0),
    Qt.Key.Key_Up: (0, -40),
    Qt.Key.Key_Down: (0, 40),
}


class PaperView(QWidget):
    """Shows the paper as large as fits, or larger; then the wheel and the arrows show what lies beside."""

    zoomed = Signal(float)
    """How many times larger than whole the paper is shown from now on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paper = SignaturePaper()
        self._zoom = ZOOMS[0]
        self._centre = WIDTH / 2, 0.0
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    # What the one who draws on it says

    def drawing(self) -> Drawing:
        """What is drawn; a blank one has the shape of the widget."""
        return Drawing(self._paper.natural_aspect(self.size()))

    def growing_ink(self) -> list[QPainterPath]:
        """What the paper does not keep yet."""
        return []

    def let_paper_move(self) -> None:
        """The paper is about to lie elsewhere."""

    def paper_moved(self) -> None:
        """The paper lies elsewhere."""

    # Where the paper lies

    @property
    def zoom(self) -> float:
        """How many times larger than whole the paper is shown."""
        return self._zoom

    def set_zoom(self, zoom: float) -> None:
        """Show the paper larger, around what is drawn; what is drawn keeps its place and its size on the paper."""
        zoom = min(max(zoom, ZOOMS[0]), ZOOMS[-1])
        if zoom == self._zoom:
            return
        drawing = self.drawing()
        ink = inked_box(drawing)
        self._centre = WIDTH / 2, BASELINE * drawing.height
        if ink is not None:
            self._centre = (ink.left + ink.right) / 2, (ink.top + ink.bottom) / 2
        self._zoom = zoom
        self._move_paper()
        self.zoomed.emit(zoom)

    def _pan(self, right: float, down: float) -> None:
        """Show what lies beside, in pixels."""
        self._centre = self._centre[0] + right / self._paper.scale, self._centre[1] + down / self._paper.scale
        self._move_paper()

    def _move_paper(self) -> None:
        self.let_paper_move()
        self._lay()

    def _lay(self) -> None:
        drawing = self.drawing()
        self._centre = self._paper.lay(self.size(), drawing.aspect, self._zoom, self._centre)
        self.paper_moved()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(720, 260)

    def minimumSizeHint(self) -> QSize:
        return QSize(280, 110)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._paper.paint(painter, self.growing_ink())
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._move_paper()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self._zoom == 1:
            super().wheelEvent(event)
            return
        event.accept()
        turned = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            turned = turned.transposed()
        self._pan(-turned.x() / 3, -turned.y() / 3)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._zoom > 1 and event.key() in _PANS:
            self._pan(*_PANS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() in _DRESSES:
            self._paper.forget()
        return super().event(event)
