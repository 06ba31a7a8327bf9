"""Small shapes that say a family or a state beside a word: never by colour alone, each has its own outline."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPen, QPixmap, QPolygonF

from charte_desktop.ui import theme

if TYPE_CHECKING:
    from charte_desktop.model.provider_state import ProviderState

Mark = tuple[str, str]
"""Shape and colour token."""

SIDE, GAP = 10, 5
_FAMILY_SHAPES = ("diamond", "square", "triangle", "disc")
_STATES: dict[str, Mark] = {
    "INCOMPLETE": ("ring", "warning"),
    "READY": ("triangle", "accent"),
    "SIGNATORY": ("disc", "done"),
    "TO_RENEW": ("half", "warning"),
    "WITHDRAWN": ("bar", "muted"),
    "REMOVED": ("cross", "error"),
}


def of_state(state: "ProviderState") -> Mark:
    """The mark beside a state's word."""
    return _STATES[state.name]


def of_services(service_ids: Sequence[str]) -> list[Mark]:
    """One mark for each family among the services, in the order of the charter's list (C20)."""
    from charte_desktop.model import reference

    services = reference.offered_services()
    families = {services[one].family for one in service_ids if one in services}
    return [
        (_FAMILY_SHAPES[number % 4], f"family_{number % 4 + 1}")
        for number, family in enumerate(reference.FAMILIES)
        if family in families
    ]


def draw(painter: QPainter, mark: Mark, box: QRectF) -> None:
    """Draw one mark in a square box."""
    shape, token = mark
    draw_shape(painter, shape, theme.colour(token), box)


def draw_shape(painter: QPainter, shape: str, colour: QColor, box: QRectF) -> None:
    """Draw a shape in a colour, in a square box."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    left, top, right, bottom, centre = box.left(), box.top(), box.right(), box.bottom(), box.center()
    pen = QPen(colour, box.width() / 5)
    match shape:
        case "diamond":
            corners = [(centre.x(), top), (right, centre.y()), (centre.x(), bottom), (left, centre.y())]
            painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
        case "square":
            painter.drawRect(box.adjusted(1, 1, -1, -1))
        case "triangle":
            painter.drawPolygon(QPolygonF([QPointF(centre.x(), top), QPointF(right, bottom), QPointF(left, bottom)]))
        case "disc":
            painter.drawEllipse(box)
        case "ring" | "half":
            inner = box.adjusted(1, 1, -1, -1)
            if shape == "half":
                painter.drawPie(inner, 90 * 16, 180 * 16)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(pen)
            painter.drawEllipse(inner)
        case "bar":
            painter.setPen(pen)
            painter.drawLine(QPointF(left + 1, centre.y()), QPointF(right - 1, centre.y()))
        case "cross":
            painter.setPen(pen)
            painter.drawLine(QPointF(left + 1, top + 1), QPointF(right - 1, bottom - 1))
            painter.drawLine(QPointF(left + 1, bottom - 1), QPointF(right - 1, top + 1))
        case _:
            raise KeyError(shape)


class _Marks(QIconEngine):
    def __init__(self, marks: Sequence[Mark]) -> None:
        super().__init__()
        self._marks = tuple(marks)

    def clone(self) -> QIconEngine:
        return _Marks(self._marks)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        painter.save()
        top = rect.top() + (rect.height() - SIDE) / 2
        for number, mark in enumerate(self._marks):
            draw(painter, mark, QRectF(rect.left() + number * (SIDE + GAP), top, SIDE, SIDE))
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        picture = QPixmap(size * scale)  # Qt gives the size in pixels of the window, not of the screen
        picture.setDevicePixelRatio(scale)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return picture


def icon(marks: Sequence[Mark]) -> QIcon:
    """The marks side by side."""
    return QIcon(_Marks(marks))


def pixmap(mark: Mark, painter: QPainter) -> QPixmap:
    """One mark as a picture, for the screen that `painter` draws on."""
    drawn = mark, theme.tokens()["name"], painter.device().devicePixelRatio()
    if drawn not in _drawn:
        _drawn[drawn] = icon([mark]).pixmap(QSize(SIDE, SIDE), drawn[2])
    return _drawn[drawn]


_drawn: dict[tuple[Mark, str, float], QPixmap] = {}
"""Marks as pictures, by mark, dress of the window and pixels of the screen."""


def size(marks: Sequence[Mark]) -> QSize:
    """What `icon(marks)` needs."""
    return QSize(len(marks) * (SIDE + GAP) - GAP, SIDE)
