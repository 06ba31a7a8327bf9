"""Lucide's icons in the colours of the palette: one engine serves light, dark, disabled and selected."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap

from charte_desktop import paths
from charte_desktop.ui import theme


@lru_cache
def _drawing(name: str) -> str:
    return (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


class _Lucide(QIconEngine):
    """Draws one icon; the colour is looked up at each painting, so a change of theme needs nothing more."""

    def __init__(self, name: str, token: str) -> None:
        super().__init__()
        self._name, self._token = name, token

    def clone(self) -> QIconEngine:
        return _Lucide(self._name, self._token)

    def key(self) -> str:
        return "lucide"

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        from PySide6.QtSvg import QSvgRenderer

        token = "faint" if mode == QIcon.Mode.Disabled else self._token
        drawing = _drawing(self._name).replace("currentColor", theme.tokens()[token])
        # A square at the left of the box: a wider box keeps the words of a button at a distance.
        side = min(rect.width(), rect.height())
        QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(rect.x(), rect.y(), side, side))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        picture = QPixmap(size * scale)  # Qt gives the size in pixels of the window, not of the screen
        picture.setDevicePixelRatio(scale)
        picture.fill(QColor(0, 0, 0, 0))
        painter = QPainter(picture)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return picture


BESIDE_WORDS = QSize(22, 16)
"""The box of an icon inside a button."""


def icon(name: str, token: str = "ink") -> QIcon:
    """The Lucide icon `name` in the colour `token` of the theme."""
    return QIcon(_Lucide(name, token))
