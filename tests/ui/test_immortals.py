import sys

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from charte_desktop.ui import immortals
from charte_desktop.ui.record_table import Column, RecordModel, RecordTable

MORTAL = sys.version_info < (3, 12)


class Bell(QObject):
    rung = Signal()


def uses() -> list[int]:
    return [sys.getrefcount(one) for one in immortals.SHARED]


def test_hours_of_painting_and_signals_do_not_use_up_what_everybody_shares(qtbot: QtBot) -> None:
    immortals.keep()
    columns: list[Column[str]] = [Column("Nom", lambda row: row)]
    model: RecordModel[str] = RecordModel(columns)
    rows = [str(number) for number in range(50)]
    model.show_rows(lambda limit, offset: rows[offset:limit])
    table = RecordTable()
    qtbot.addWidget(table)
    table.show_model(model, columns)
    table.resize(400, 600)
    bell = Bell()
    bell.rung.connect(lambda: None)
    before = uses()
    image = QImage(table.size(), QImage.Format.Format_RGB32)
    for _ in range(200):
        painter = QPainter(image)
        table.render(painter, table.rect().topLeft())
        painter.end()
        bell.rung.emit()
    lost = max(was - now for was, now in zip(before, uses(), strict=True))
    assert lost < 200 * 1000
    if MORTAL:
        assert min(uses()) > 1000 * lost


def test_once_is_enough() -> None:
    immortals.keep()
    before = uses()
    immortals.keep()
    assert all(abs(was - now) < 1000 for was, now in zip(before, uses(), strict=True))
