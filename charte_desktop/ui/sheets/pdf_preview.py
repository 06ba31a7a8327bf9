"""The PDF itself on the screen: what is seen is what is printed and kept.

The pages are drawn by QPdfDocument. QPdfView is not used: one that is still there when the application goes takes the
interpreter with it, and one died while previews followed one another (PySide6 6.12).
"""

from collections import OrderedDict

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from charte_desktop.ui import theme
from charte_desktop.ui.printing import open_pdf

_ZOOMS = (0.2, 0.35, 0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0)
"""Beyond, one page takes longer than a tenth of a second."""
_WIDEST_FIT = 1.25
"""A page that follows the width of the room stops growing here: larger, too little of it is seen at once."""
_GAP = 12
_KEPT = 6
"""Drawn pages that are kept: more than one sees at once."""


class PdfPreview(QAbstractScrollArea):
    """The pages one under the other, as wide as the room; Ctrl with the wheel, + and - change their size, 0 fits."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._document: QPdfDocument | None = None
        self._zoom = 0.0
        """Times the paper's own size; 0 follows the width of the room."""
        self._drawn: OrderedDict[tuple[int, int], QImage] = OrderedDict()
        self.setAccessibleName("Aperçu des pages")
        self.setToolTip("Ctrl et molette, + et - : taille des pages ; 0 : toute la largeur")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().setSingleStep(40)

    def show_pdf(self, pdf: bytes) -> None:
        """Show this document in place of the one before, at the same height of the pages."""
        self._let_go()
        self._document = open_pdf(self, pdf)
        self.setAccessibleDescription(f"{self.page_count()} pages")
        self._measure()

    def clear(self) -> None:
        """Show nothing."""
        self._let_go()
        self._measure()

    def page_count(self) -> int:
        """How many pages are shown."""
        return 0 if self._document is None else self._document.pageCount()

    def text(self) -> str:
        """The words of the pages, for those who cannot see them."""
        document = self._document
        if document is None:
            return ""
        return "\n".join(document.getAllText(number).text() for number in range(document.pageCount()))

    def _let_go(self) -> None:
        self._drawn.clear()
        if self._document is not None:
            self._document.deleteLater()
            self._document = None

    # The keyboard and the wheel

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._step(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.text():
            case "+":
                self._step(1)
            case "-":
                self._step(-1)
            case "0":
                self._zoom = 0.0
                self._measure()
            case _:
                super().keyPressEvent(event)

    def _step(self, step: int) -> None:
        now = self._scale() * 72 / self.logicalDpiX()
        larger = [one for one in _ZOOMS if one > now * 1.01]
        smaller = [one for one in _ZOOMS if one < now * 0.99]
        self._zoom = (larger or _ZOOMS[-1:])[0] if step > 0 else (smaller or _ZOOMS[:1])[-1]
        self._measure()

    # Where the pages stand

    def _scale(self) -> float:
        """Pixels of the screen in a point of the paper."""
        if self._zoom or self._document is None or not self.page_count():
            return (self._zoom or 1.0) * self.logicalDpiX() / 72
        widest = max(self._document.pagePointSize(number).width() for number in range(self.page_count()))
        fits = max(self.viewport().width() - 2 * _GAP, 80) / widest
        return min(fits, _WIDEST_FIT * self.logicalDpiX() / 72)

    def _page_size(self, number: int, scale: float) -> QSize:
        assert self._document is not None
        return (self._document.pagePointSize(number) * scale).toSize()

    def _places(self) -> list[QRect]:
        """The pages on the whole table, of which the viewport shows a part."""
        scale, top, places = self._scale(), _GAP, []
        for number in range(self.page_count()):
            size = self._page_size(number, scale)
            left = max((self.viewport().width() - size.width()) // 2, _GAP)
            places.append(QRect(QPoint(left, top), size))
            top += size.height() + _GAP
        return places

    def _measure(self) -> None:
        places, room = self._places(), self.viewport().size()
        height = places[-1].bottom() + _GAP if places else 0
        width = max((one.right() for one in places), default=0) + _GAP
        self.verticalScrollBar().setRange(0, max(height - room.height(), 0))
        self.verticalScrollBar().setPageStep(room.height())
        self.horizontalScrollBar().setRange(0, max(width - room.width(), 0) if self._zoom else 0)
        self.horizontalScrollBar().setPageStep(room.width())
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme.colour("line"))
        shift = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        for number, place in enumerate(self._places()):
            on_screen = place.translated(-shift)
            if on_screen.intersects(event.rect()):
                painter.drawImage(on_screen, self._page(number, place.size(), painter.device().devicePixelRatioF()))
        painter.end()

    def _page(self, number: int, size: QSize, sharpness: float) -> QImage:
        """A page drawn for the screen, kept while it may be seen again."""
        pixels = size * sharpness
        key = number, pixels.width()
        if key not in self._drawn:
            assert self._document is not None
            page = QImage(pixels, QImage.Format.Format_RGB32)
            page.fill(QColor("white"))
            painter = QPainter(page)
            painter.drawImage(0, 0, self._document.render(number, pixels))
            painter.end()
            self._drawn[key] = page
            while len(self._drawn) > _KEPT:
                self._drawn.popitem(last=False)
        self._drawn.move_to_end(key)
        return self._drawn[key]
