"""The icons of the installed program, drawn from resources/icons/application.svg.

.venv/bin/python -m installers.icon     draws them again after the drawing changed; they are kept in the repository
"""

import io
import os
import struct

from installers.product import OUR_FILES, ROOT

SIZES = (16, 24, 32, 48, 64, 256)
WELCOME = (164, 314)
"""Points of the picture beside the first words of the Windows installer."""


def main() -> None:
    """Write `charte.ico`, the picture of 256 points that Linux shows, and the one of the installer's first page."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QRectF, Qt
    from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    application = QGuiApplication([])
    drawing = QSvgRenderer(str(ROOT / "resources" / "icons" / "application.svg"))
    pictures = []
    for side in SIZES:
        image = QImage(side, side, QImage.Format.Format_ARGB32)
        image.fill(0)
        painter = QPainter(image)
        drawing.render(painter)
        painter.end()
        if side == max(SIZES):
            image.save(str(OUR_FILES / "charte.png"))
            pictures.append((OUR_FILES / "charte.png").read_bytes())
        else:
            pictures.append(_bitmap(side, bytes(image.flipped(Qt.Orientation.Vertical).constBits())))
    (OUR_FILES / "charte.ico").write_bytes(_icon(pictures))
    beside = QImage(*WELCOME, QImage.Format.Format_RGB888)
    beside.fill(QColor("#123A6F"))
    painter = QPainter(beside)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#FFFFFF"))
    painter.drawRoundedRect(QRectF(34, 40, 96, 96), 14, 14)
    drawing.render(painter, QRectF(46, 52, 72, 72))
    painter.fillRect(QRectF(0, WELCOME[1] - 6, WELCOME[0], 6), QColor("#0B6E77"))
    painter.end()
    beside.save(str(OUR_FILES / "welcome.bmp"))
    application.quit()


def _bitmap(side: int, pixels: bytes) -> bytes:
    """A picture as icons keep the small ones: colours upside down, then an empty mask."""
    head = struct.pack("<IiiHHIIiiII", 40, side, side * 2, 1, 32, 0, len(pixels), 0, 0, 0, 0)
    return head + pixels + bytes((side + 31) // 32 * 4 * side)


def _icon(pictures: list[bytes]) -> bytes:
    out = io.BytesIO()
    out.write(struct.pack("<HHH", 0, 1, len(pictures)))
    place = 6 + 16 * len(pictures)
    for side, content in zip(SIZES, pictures, strict=True):
        out.write(struct.pack("<BBBBHHII", side % 256, side % 256, 0, 0, 1, 32, len(content), place))
        place += len(content)
    for content in pictures:
        out.write(content)
    return out.getvalue()


if __name__ == "__main__":
    main()
