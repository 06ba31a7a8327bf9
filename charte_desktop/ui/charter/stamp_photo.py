"""The photo of a stamp, with the frame around what is cut out: four corners and four edges to be moved."""

from math import ceil, hypot
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from charte_desktop.ui import icons, theme

if TYPE_CHECKING:
    from charte_desktop.documents.stamp import Corners
    from charte_desktop.documents.stamp_photo import Photo

HANDLES = (
    "Coin en haut à gauche",
    "Bord du haut",
    "Coin en haut à droite",
    "Bord de droite",
    "Coin en bas à droite",
    "Bord du bas",
    "Coin en bas à gauche",
    "Bord de gauche",
)
"""Clockwise; even ones are corners, odd ones the edge that follows."""
_REACH = 26
"""Pixels around a handle in which it is taken: half a fingertip and more."""
_MARGIN = 18
"""Around the photo, so that a handle at its edge is whole."""
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_NOTHING = "Déposez ici la photo ou le scan du cachet"
_KINDS = "PNG, JPEG, TIFF, BMP, WEBP, GIF ou PDF d’une page"


class StampPhoto(QWidget):
    """Handles follow mouse, finger or keyboard: Tab goes to the next, arrows move it, with Shift ten times as far."""

    moved = Signal()
    """The frame is elsewhere."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self._corners: Corners | None = None
        self._picture: QPixmap | None = None
        self._chosen = 0
        self._grip: tuple[int | None, QPointF, tuple[QPointF, ...]] | None = None
        """What is dragged (None for the whole frame), where it was taken, and where the corners were then."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._describe()

    def show_photo(self, photo: "Photo", corners: "Corners") -> None:
        """Show another photo with its frame."""
        stride = 3 * photo.width
        image = QImage(photo.pixels, photo.width, photo.height, stride, QImage.Format.Format_RGB888)
        self._image = image.copy()  # the bytes may go before the image
        self._picture = self._grip = None
        self._chosen = 0
        self.show_corners(corners)

    @property
    def corners(self) -> "Corners | None":
        """The frame; None without a photo."""
        return self._corners

    def show_corners(self, corners: "Corners") -> None:
        """Show another frame; nobody is told."""
        self._corners = corners
        self._describe()
        self.update()

    # Where things are

    def _place(self) -> QRectF:
        """Of the photo in the widget."""
        assert self._image is not None
        room = QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        size = QSize(self._image.size()).scaled(
            max(int(room.width()), 1), max(int(room.height()), 1), Qt.AspectRatioMode.KeepAspectRatio
        )
        # A strip thinner than a pixel would be nowhere.
        width, height = max(size.width(), 1), max(size.height(), 1)
        return QRectF(room.center().x() - width / 2, room.center().y() - height / 2, width, height)

    def _spots(self) -> tuple[QPointF, ...]:
        """The corners in the widget."""
        assert self._corners is not None
        place = self._place()
        return tuple(
            QPointF(place.x() + x * place.width(), place.y() + y * place.height()) for x, y in self._corners.spots
        )

    def handle_place(self, handle: int) -> QPointF:
        """The middle of a handle, in the widget."""
        spots = self._spots()
        one, two = spots[handle // 2], spots[(handle // 2 + handle % 2) % 4]
        return (one + two) / 2

    def _handle_at(self, place: QPointF) -> int | None:
        """The nearest handle within reach; a corner before an edge."""
        found = [
            (_far(self.handle_place(handle), place) + handle % 2 * _REACH / 3, handle) for handle in range(len(HANDLES))
        ]
        distance, handle = min(found)
        return handle if distance <= _REACH else None

    # Moving

    def move_handle(self, handle: int, right: float, down: float, spots: tuple[QPointF, ...] | None = None) -> None:
        """Move a handle by so many pixels of the screen, from where `spots` had it; an edge moves across itself."""
        spots = spots or self._spots()
        corner = handle // 2
        if handle % 2 == 0:
            self._try({corner: QPointF(right, down)}, spots)
            return
        other = (corner + 1) % 4
        along = spots[other] - spots[corner]
        length = max(hypot(along.x(), along.y()), 1e-6)
        across = QPointF(along.y() / length, -along.x() / length)
        step = across * (right * across.x() + down * across.y())
        self._try({corner: step, other: step}, spots)

    def _try(self, steps: dict[int, QPointF], spots: tuple[QPointF, ...]) -> None:
        """Move corners; a way that would cross the frame is gone as far as it can be."""
        from charte_desktop.documents.stamp import Corners

        assert self._corners is not None
        place = self._place()
        for part in (1.0, 0.75, 0.5, 0.25):
            fractions = list(self._corners.spots)
            for at, step in steps.items():
                moved = spots[at] + step * part - place.topLeft()
                fractions[at] = _within(moved.x() / place.width()), _within(moved.y() / place.height())
            corners = Corners(*fractions)
            if corners.is_usable:
                if corners != self._corners:
                    self.show_corners(corners)
                    self.moved.emit()
                return

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._corners is None or event.button() != Qt.MouseButton.LeftButton:
            return
        handle = self._handle_at(event.position())
        inside = QPolygonF(list(self._spots())).containsPoint(event.position(), Qt.FillRule.WindingFill)
        if handle is not None:
            self._chosen = handle
        if handle is not None or inside:
            self._grip = handle, event.position(), self._spots()
        self._describe()
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._corners is None:
            return
        if self._grip is None or not event.buttons() & Qt.MouseButton.LeftButton:
            self._grip = None
            near = self._handle_at(event.position()) is not None
            self.setCursor(Qt.CursorShape.PointingHandCursor if near else Qt.CursorShape.ArrowCursor)
            return
        handle, start, spots = self._grip
        way = event.position() - start
        if handle is not None:
            self.move_handle(handle, way.x(), way.y(), spots)
        else:
            self._move_all(way, spots)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grip = None

    def _move_all(self, way: QPointF, spots: tuple[QPointF, ...]) -> None:
        """The whole frame, as far as the photo goes."""
        place = self._place()
        across, down = [one.x() for one in spots], [one.y() for one in spots]
        x = min(max(way.x(), place.left() - min(across)), place.right() - max(across))
        y = min(max(way.y(), place.top() - min(down)), place.bottom() - max(down))
        self._try(dict.fromkeys(range(4), QPointF(x, y)), spots)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        arrow = _ARROWS.get(Qt.Key(event.key()))
        if arrow is None or self._corners is None:
            super().keyPressEvent(event)
            return
        step = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        self.move_handle(self._chosen, arrow[0] * step, arrow[1] * step)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes from handle to handle, then on."""
        following = self._chosen + (1 if forward else -1)
        if self._corners is None or not self.hasFocus() or not 0 <= following < len(HANDLES):
            return super().focusNextPrevChild(forward)
        self._chosen = following
        self._describe()
        self.update()
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.TabFocusReason:
            self._chosen = 0
        elif event.reason() == Qt.FocusReason.BacktabFocusReason:
            self._chosen = len(HANDLES) - 1
        self._describe()
        self.update()

    def _describe(self) -> None:
        if self._corners is None:
            self.setAccessibleDescription(_NOTHING)
            return
        x, y = self._corners.spots[self._chosen // 2]
        where = f"à {round(100 * x)} % de la gauche et {round(100 * y)} % du haut"
        self.setAccessibleDescription(f"{HANDLES[self._chosen]}, {where}. Tab : le suivant ; flèches : le déplacer.")

    # Painting

    def sizeHint(self) -> QSize:
        return QSize(560, 360)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._picture = self._grip = None

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.setBrush(theme.colour("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        if self._image is None:
            self._paint_nothing(painter)
        else:
            painter.drawPixmap(self._place().topLeft(), self._scaled(painter.device().devicePixelRatioF()))
            self._paint_frame(painter)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        painter.end()

    def _scaled(self, sharpness: float) -> QPixmap:
        if self._picture is None or self._picture.devicePixelRatioF() != sharpness:
            assert self._image is not None
            size = self._place().size() * sharpness
            scaled = self._image.scaled(
                max(ceil(size.width()), 1),
                max(ceil(size.height()), 1),
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            self._picture = QPixmap.fromImage(scaled)
            self._picture.setDevicePixelRatio(sharpness)
        return self._picture

    def _paint_nothing(self, painter: QPainter) -> None:
        inner = QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        painter.setPen(QPen(theme.colour("field"), 1.5, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(inner, 6, 6)
        line = painter.fontMetrics().height()
        middle = inner.center().y()
        icons.icon("stamp", "muted").paint(painter, QRectF(inner.center().x() - 20, middle - 62, 40, 40).toRect())
        for words, token, top in ((_NOTHING, "ink", middle - 8), (_KINDS, "muted", middle + line - 2)):
            painter.setPen(theme.colour(token))
            painter.drawText(QRectF(inner.left(), top, inner.width(), line), Qt.AlignmentFlag.AlignCenter, words)

    def _paint_frame(self, painter: QPainter) -> None:
        spots = self._spots()
        frame = QPainterPath()
        frame.addPolygon(QPolygonF([*spots, spots[0]]))
        around = QPainterPath()
        around.addRect(self._place())
        painter.fillPath(around.subtracted(frame), QColor(16, 20, 28, 120))
        # Dark on light on dark: the frame is seen on any photo.
        for colour, width in (("#10141C", 3.0), ("#FFFFFF", 1.4)):
            painter.setPen(QPen(QColor(colour), width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(frame)
        for handle in range(len(HANDLES)):
            chosen = handle == self._chosen and self.hasFocus()
            middle = self.handle_place(handle)
            radius = 9.0 if handle % 2 == 0 else 6.0
            painter.setPen(QPen(QColor("#10141C"), 1.5))
            painter.setBrush(QColor("#0B6E77") if chosen else QColor("#FFFFFF"))
            painter.drawEllipse(middle, radius, radius)
            if chosen:
                painter.setPen(QPen(QColor("#FFFFFF"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(middle, radius + 2, radius + 2)


def _far(one: QPointF, two: QPointF) -> float:
    return hypot(one.x() - two.x(), one.y() - two.y())


def _within(fraction: float) -> float:
    return min(max(fraction, 0.0), 1.0)
