"""Shapes and icons keep their whole outline on any screen."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon
from pytestqt.qtbot import QtBot

from charte_desktop.ui import icons, marks


@pytest.mark.parametrize("sharpness", [1.0, 1.25, 1.5, 2.0, 3.0])
@pytest.mark.parametrize("kind", ["mark", "icon"])
def test_a_shape_is_whole_and_sharp_at_any_scale(qtbot: QtBot, kind: str, sharpness: float) -> None:
    icon: QIcon = marks.icon([("square", "done")]) if kind == "mark" else icons.icon("x")
    picture = icon.pixmap(QSize(20, 10) if kind == "mark" else QSize(20, 20), sharpness)
    assert picture.deviceIndependentSize().width() == pytest.approx(20, abs=1)
    assert picture.width() == pytest.approx(20 * sharpness, abs=1)
    image = picture.toImage()
    drawn = [
        (x, y)
        for x in range(image.width())
        for y in range(image.height())
        if QColor(image.pixelColor(x, y)).alpha() > 128
    ]
    across = (max(x for x, _ in drawn) - min(x for x, _ in drawn) + 1) / sharpness
    down = (max(y for _, y in drawn) - min(y for _, y in drawn) + 1) / sharpness
    assert across == pytest.approx(down, abs=1.1), "nothing is cut"
    assert across >= 7
