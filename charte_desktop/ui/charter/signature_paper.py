"""The paper of the signature pad: where it lies in the widget, and what is inked on it.

Ink that nothing will change is painted once, on a picture of the widget; then each point costs the end of its line.
"""

from collections.abc import Iterable, Sequence
from math import ceil

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPixmap

from charte_desktop.model.drawing import WIDTH, Box
from charte_desktop.model.ink_edge import Contour
from charte_desktop.model.ink_outline import COLOUR
from charte_desktop.ui import theme

NARROWEST, WIDEST = 0.1, 20.0
"""The shapes that a pad may have; a widget beyond has a margin."""
BASELINE = 0.70
"""Where one signs, from the top of the paper."""
_WHITE, _RULE, _WORDS, _EDGE = "#FFFFFF", "#8391A5", "#55657C", "#7A889C"
"""Paper is white also where the window is dark: what is seen here is what is printed."""
_MARGIN = 2
"""Room for the mark of the keyboard, in pixels."""
_SIDE = 0.06
"""From the edge of the paper to the ends of the line, in widths of the paper."""


class SignaturePaper:
    """A sheet in the middle of a widget, at some size."""

    def __init__(self) -> None:
        self._size = QSize(1, 1)
        self._scale = 1.0
        """Pixels in a thousandth of the paper's width."""
        self._left = self._top = 0.0
        self._height = WIDTH
        self._ink: list[QPainterPath] = []
        self._picture: QPixmap | None = None

    @staticmethod
    def natural_aspect(size: QSize) -> float:
        """Of a sheet that fills the widget."""
        width, height = size.width() - 2 * _MARGIN, size.height() - 2 * _MARGIN
        return round(min(max(max(width, 1) / max(height, 1), NARROWEST), WIDEST), 4)

    def lay(self, size: QSize, aspect: float, zoom: float, centre: tuple[float, float]) -> tuple[float, float]:
        """Put the paper down, whole, or `zoom` times larger around `centre`; what is then in the middle is given back.

        A paper larger than the widget hides nothing of the widget.
        """
        self._size, self._height = size, WIDTH / aspect
        width, height = max(size.width() - 2 * _MARGIN, 1), max(size.height() - 2 * _MARGIN, 1)
        self._scale = min(width / WIDTH, height / self._height) * zoom
        self._left = _placed(_MARGIN, width, WIDTH * self._scale, centre[0] * self._scale)
        self._top = _placed(_MARGIN, height, self._height * self._scale, centre[1] * self._scale)
        self.forget()
        return self.to_paper(QPointF(size.width() / 2, size.height() / 2))

    @property
    def scale(self) -> float:
        """Pixels in a thousandth of the paper's width."""
        return self._scale

    @property
    def rectangle(self) -> QRectF:
        """Of the whole paper, in the widget."""
        return QRectF(self._left, self._top, WIDTH * self._scale, self._height * self._scale)

    def to_paper(self, place: QPointF) -> tuple[float, float]:
        """A place of the widget, in the unit of drawings."""
        return (place.x() - self._left) / self._scale, (place.y() - self._top) / self._scale

    def holds(self, x: float, y: float) -> bool:
        """Whether a place, in the unit of drawings, is on the paper."""
        return 0 <= x <= WIDTH and 0 <= y <= self._height

    def to_widget(self, box: Box) -> QRect:
        """The pixels that a box of a drawing may touch."""
        corner = QPointF(self._left + box.left * self._scale, self._top + box.top * self._scale)
        around = QRectF(corner.x(), corner.y(), box.width * self._scale, box.height * self._scale)
        return around.intersected(QRectF(0, 0, self._size.width(), self._size.height())).toAlignedRect().adjusted(
            -2, -2, 2, 2
        )  # fmt: skip

    def show(self, ink: Iterable[QPainterPath]) -> None:
        """Show this ink and no other."""
        self._ink = list(ink)
        self.forget()

    def add(self, ink: Sequence[QPainterPath]) -> None:
        """More ink, over what is there."""
        self._ink += ink
        if self._picture is not None and ink:
            painter = QPainter(self._picture)
            self._fill(painter, ink)
            painter.end()

    def forget(self) -> None:
        """Paint everything anew at the next occasion."""
        self._picture = None

    def paint(self, painter: QPainter, growing: Sequence[QPainterPath]) -> None:
        """The paper with its ink and the line that grows."""
        sharpness = painter.device().devicePixelRatioF()
        picture = self._picture
        if picture is None or picture.devicePixelRatioF() != sharpness:
            picture = self._picture = self._painted(sharpness)
        painter.drawPixmap(QPointF(0, 0), picture)
        if growing:
            painter.save()
            self._fill(painter, growing)
            painter.restore()

    def _fill(self, painter: QPainter, ink: Sequence[QPainterPath]) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(self.rectangle, Qt.ClipOperation.IntersectClip)
        painter.translate(self._left, self._top)
        painter.scale(self._scale, self._scale)
        colour = QColor(COLOUR)
        for path in ink:
            painter.fillPath(path, colour)

    def _painted(self, sharpness: float) -> QPixmap:
        size = self._size
        picture = QPixmap(max(ceil(size.width() * sharpness), 1), max(ceil(size.height() * sharpness), 1))
        picture.setDevicePixelRatio(sharpness)
        picture.fill(theme.colour("canvas"))
        painter = QPainter(picture)
        self._paint_form(painter)
        self._fill(painter, self._ink)
        painter.end()
        return picture

    def _paint_form(self, painter: QPainter) -> None:
        """The blank paper: its edge, the line to sign on, a cross where it begins."""
        paper = self.rectangle
        painter.setPen(QPen(QColor(_EDGE), 1))
        painter.setBrush(QColor(_WHITE))
        painter.drawRect(paper.adjusted(0.5, 0.5, -0.5, -0.5))
        line = round(paper.top() + paper.height() * BASELINE) + 0.5
        left, right = paper.left() + paper.width() * _SIDE, paper.right() - paper.width() * _SIDE
        painter.setPen(QPen(QColor(_RULE), 1))
        painter.drawLine(QPointF(left, line), QPointF(right, line))
        font = QFont(painter.font())
        font.setPointSizeF(9)
        painter.setFont(font)
        height = painter.fontMetrics().height()
        if line + 4 + height > paper.bottom():
            return
        painter.setPen(QColor(_WORDS))
        painter.drawText(QRectF(left, line + 4, right - left, height), Qt.AlignmentFlag.AlignLeft, "Signez ici")
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(_RULE), 1.4))
        for rise in (-1, 1):
            painter.drawLine(QPointF(left + 2, line - 9 - 4 * rise), QPointF(left + 10, line - 9 + 4 * rise))


def painter_path(contour: Contour) -> QPainterPath:
    """An outline for QPainter."""
    path = QPainterPath(QPointF(contour[0], contour[1]))
    path.setFillRule(Qt.FillRule.WindingFill)
    for at in range(2, len(contour), 6):
        path.cubicTo(*contour[at : at + 6])
    path.closeSubpath()
    return path


def _placed(margin: float, room: float, length: float, centre: float) -> float:
    """Where a length begins: in the middle of a room that holds it, else with `centre` as near the middle as can be."""
    if length <= room:
        return margin + (room - length) / 2
    return margin + min(max(room / 2 - centre, room - length), 0.0)
