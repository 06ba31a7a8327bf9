"""The icons of the installed program, drawn from resources/icons/application.svg.

.venv/bin/python -m installers.icon     draws them again after the drawing changed; they are kept in the repository
"""

import io
import os
import struct

from installers.product import OUR_FILES, ROOT

SIZES = (16, 24, 32, 48, 64, 256)


def main() -> None:
    """Write `charte.ico`, and the picture of 256 points that Linux shows."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
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
            kept = QByteArray()
            buffer = QBuffer(kept)
            buffer.open(QIODevice.OpenModeFlag.WriteOnly)
            image.save(buffer, b"PNG")
            pictures.append(bytes(kept.data()))
        else:
            pictures.append(_bitmap(side, bytes(image.flipped(Qt.Orientation.Vertical).constBits())))
    (OUR_FILES / "charte.ico").write_bytes(_icon(pictures))
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
