"""A stamp as it will be printed, at its real size: on white paper, and across the line of a signature."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

_GAP = 8
_PLAUSIBLE = (70.0, 260.0)
"""Dots per inch that a screen has; some tell nothing, or the size of a wall."""
_PAPER, _EDGE, _RULE, _WORDS = "#FFFFFF", "#7A889C", "#8391A5", "#55657C"
"""Paper is white also where the window is dark."""


class StampPreview(QWidget):
    """Two pieces of paper; a stamp that is larger than they are is shown smaller, and `is_smaller` says so."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ink: QImage | None = None
        self._width_mm = 0.0

    def show_stamp(self, ink: QImage | None, width_mm: float = 0.0) -> None:
        """Show this ink, so many millimetres wide; None for none."""
        self._ink, self._width_mm = ink, width_mm
        self.update()

    @property
    def is_smaller(self) -> bool:
        """Whether there is no room for its real size."""
        return self._ink is not None and self._scale() < 1

    def pixels_in_millimetre(self) -> float:
        """Of this screen, where windows are measured."""
        dots = self.screen().physicalDotsPerInch()
        if not _PLAUSIBLE[0] <= dots <= _PLAUSIBLE[1]:
            dots = self.logicalDpiX()
        return dots / 25.4

    def sizeHint(self) -> QSize:
        return QSize(300, 220)

    def _papers(self) -> tuple[QRectF, QRectF]:
        height = (self.height() - _GAP) / 2
        return QRectF(0, 0, self.width(), height), QRectF(0, height + _GAP, self.width(), height)

    def _real_size(self) -> tuple[float, float]:
        assert self._ink is not None
        width = self._width_mm * self.pixels_in_millimetre()
        return width, width * self._ink.height() / max(self._ink.width(), 1)

    def _scale(self) -> float:
        """What the real size is multiplied with, so that it fits."""
        width, height = self._real_size()
        paper = self._papers()[0]
        return min((paper.width() - 12) / max(width, 1), (paper.height() - 12) / max(height, 1), 1.0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        plain, signed = self._papers()
        for paper in (plain, signed):
            painter.setPen(QPen(QColor(_EDGE), 1))
            painter.setBrush(QColor(_PAPER))
            painter.drawRoundedRect(paper.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        line = round(signed.top() + signed.height() * 0.66) + 0.5
        painter.setPen(QPen(QColor(_RULE), 1))
        painter.drawLine(QPointF(signed.left() + 14, line), QPointF(signed.right() - 14, line))
        painter.setPen(QColor(_WORDS))
        font = painter.font()
        font.setPointSizeF(8)
        painter.setFont(font)
        below = QRectF(signed.left() + 14, line + 2, signed.width() - 28, painter.fontMetrics().height())
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, "Signature et cachet")
        if self._ink is not None:
            self._paint_ink(painter, plain, plain.center().x(), plain.center().y())
            self._paint_ink(painter, signed, signed.center().x() + signed.width() / 12, signed.center().y())
        painter.end()

    def _paint_ink(self, painter: QPainter, paper: QRectF, x: float, y: float) -> None:
        assert self._ink is not None
        scale = self._scale()
        width, height = (length * scale for length in self._real_size())
        left = min(max(x - width / 2, paper.left() + 6), paper.right() - 6 - width)
        where = QRectF(left, y - height / 2, width, height)
        sharpness = painter.device().devicePixelRatioF()
        # Qt makes a picture much smaller by leaving pixels out, unless it is asked beforehand.
        fine = self._ink.scaled(
            max(round(width * sharpness), 1),
            max(round(height * sharpness), 1),
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        painter.drawImage(where, fine)
