"""A timeline as a picture in a file: PNG, or SVG whose strokes and words stay strokes and words."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize
from PySide6.QtGui import QFont, QImage, QPainter

from charte_desktop.ui import theme
from charte_desktop.ui.projects.timeline.axis_header import AXIS, paint_axis, paint_label
from charte_desktop.ui.projects.timeline.dress import dress_of
from charte_desktop.ui.projects.timeline.timeline_scene import LANE, TimelineScene

_LABELS, _FOOT = 240, 26
_WIDTH = 1400
_HEADING = 34


def timeline_png(scene: TimelineScene, title: str, scale: float = 2.0) -> bytes:
    """The whole timeline in the colours of paper; `scale` dots for each point of it."""
    size = _size(scene)
    image = QImage(size * scale, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    painter = QPainter(image)
    _paint(painter, scene, title, size)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs know of no device here
    return bytes(buffer.data().data())


def timeline_svg(scene: TimelineScene, title: str) -> bytes:
    """The same, drawn by strokes."""
    from PySide6.QtSvg import QSvgGenerator

    size = _size(scene)
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(size)
    generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
    generator.setTitle(title)
    painter = QPainter(generator)
    _paint(painter, scene, title, size)
    painter.end()
    buffer.close()
    return bytes(kept.data())


def _size(scene: TimelineScene) -> QSize:
    return QSize(_WIDTH, round(_HEADING + AXIS + max(scene.rows_height, LANE) + _FOOT))


def _paint(painter: QPainter, scene: TimelineScene, title: str, size: QSize) -> None:
    """Everything at the width of the picture; the scene is as before when it is drawn."""
    dress, scale, chosen, ghost = scene.dress, scene.scale, scene.chosen, scene.ghost
    room = size.width() - _LABELS - 8
    try:
        scene.dress = dress_of(theme.tokens_of(theme.LIGHT))
        scene.scale = scale.fitted(room)
        scene.chosen = scene.ghost = None
        _paint_all(painter, scene, title, size, room)
    finally:
        scene.dress, scene.scale, scene.chosen, scene.ghost = dress, scale, chosen, ghost


def _paint_all(painter: QPainter, scene: TimelineScene, title: str, size: QSize, room: int) -> None:
    dress = scene.dress
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(0, 0, size.width(), size.height(), dress.surface)
    painter.setPen(dress.ink)
    font = painter.font()
    large = QFont(font)
    large.setPointSizeF(font.pointSizeF() + 3)
    large.setWeight(QFont.Weight.DemiBold)
    painter.setFont(large)
    painter.drawText(QRectF(8, 0, size.width() - 16, _HEADING), 0x80 | 0x1, title)
    painter.setFont(font)
    axis = QRectF(_LABELS, _HEADING, room, AXIS)
    paint_axis(painter, axis, axis, 0, scene)
    top = _HEADING + AXIS
    for number, row in enumerate(scene.rows):
        high = scene.top(number + 1) - scene.top(number)
        paint_label(painter, row, QRectF(0, top + scene.top(number), _LABELS, high), scene)
    painter.save()
    painter.translate(_LABELS, top)
    painter.setClipRect(QRectF(0, 0, room, scene.rows_height))
    whole = QRectF(0, 0, room, scene.rows_height)
    scene.paint_calendar(painter, whole)
    scene.paint_rows(painter, whole)
    scene.paint_today(painter, whole)
    painter.restore()
