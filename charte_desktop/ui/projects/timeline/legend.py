"""What the marks of a timeline mean, in one line."""

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QWidget

from charte_desktop.ui import marks, theme
from charte_desktop.ui.projects.timeline.dress import Dress, dress_of

_WORDS = (
    ("planned", "prévu"),
    ("real", "réel"),
    ("agreed", "convenu"),
    ("milestone", "jalon"),
    ("late", "en retard"),
    ("risk", "à risque"),
)
_SHAPE, _GAP = 20, 14


class Legend(QWidget):
    """Drawn as the timeline draws."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Légende : " + ", ".join(words for _, words in _WORDS))

    def sizeHint(self) -> QSize:
        letters = self.fontMetrics()
        width = sum(_SHAPE + 6 + letters.horizontalAdvance(words) + _GAP for _, words in _WORDS)
        return QSize(width, max(letters.height(), 18))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        dress = dress_of(theme.tokens())
        letters = self.fontMetrics()
        x, middle = 0.0, self.height() / 2
        foot = middle + (letters.ascent() - letters.descent()) / 2
        for shape, words in _WORDS:
            width = _SHAPE + 6 + letters.horizontalAdvance(words)
            if x + width > self.width():
                break
            _draw(painter, shape, QRectF(x, middle - 6, _SHAPE, 12), dress)
            painter.setPen(dress.muted)
            painter.drawText(QPointF(x + _SHAPE + 6, foot), words)
            x += width + _GAP
        painter.end()


def _draw(painter: QPainter, shape: str, box: QRectF, dress: Dress) -> None:
    middle, centre = box.center().y(), box.center()
    match shape:
        case "planned":
            painter.setPen(dress.planned_pen)
            painter.setBrush(dress.planned)
            painter.drawRect(box.adjusted(0, 0, -1, -1))
        case "real":
            painter.fillRect(QRectF(box.left(), middle - 3, box.width(), 6), dress.real)
        case "agreed":
            painter.fillRect(QRectF(box.left(), middle - 1, box.width(), 2), dress.agreed)
        case "milestone":
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(dress.planned_pen)
            painter.setBrush(dress.planned)
            corners = [(-5, 0), (0, -5), (5, 0), (0, 5)]
            painter.drawPolygon(QPolygonF([QPointF(centre.x() + x, middle + y) for x, y in corners]))
        case "late":
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(dress.late_pen)
            x = centre.x()
            painter.drawLines(
                [QLineF(x - 4, middle - 4, x + 4, middle + 4), QLineF(x - 4, middle + 4, x + 4, middle - 4)]
            )
        case _:
            painter.setPen(Qt.PenStyle.NoPen)
            marks.draw(painter, ("triangle", "warning"), QRectF(centre.x() - 4, middle - 4, 8, 8))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
