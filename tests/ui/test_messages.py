import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from charte_desktop.errors import UserError
from charte_desktop.ui.messages import DONE, ERROR, Boundary, sentence_in
from charte_desktop.ui.notice import Notice


def refuse() -> None:
    raise UserError("Le SIREN est déjà celui de « ACERC » : ouvrez cette fiche.")


def break_down() -> None:
    raise ZeroDivisionError("a bug")


def test_what_the_user_can_mend_is_said_as_it_stands(qtbot: QtBot, boundary: Boundary, tmp_path: Path) -> None:
    with qtbot.waitSignal(boundary.said) as said:
        QTimer.singleShot(0, refuse)
    assert said.args == [ERROR, "Le SIREN est déjà celui de « ACERC » : ouvrez cette fiche."]
    assert not (tmp_path / "rapports").exists()


def test_a_bug_becomes_a_report_and_a_sentence_that_names_it(qtbot: QtBot, boundary: Boundary, tmp_path: Path) -> None:
    with qtbot.waitSignal(boundary.said) as said:
        QTimer.singleShot(0, break_down)
    (report,) = (tmp_path / "rapports").iterdir()
    assert "ZeroDivisionError: a bug" in report.read_text(encoding="utf-8")
    assert said.args is not None
    assert str(report) in said.args[1]


def test_a_thread_that_dies_is_told_too(qtbot: QtBot, boundary: Boundary) -> None:
    with qtbot.waitSignal(boundary.said) as said:
        threading.Thread(target=refuse).start()
    assert said.args is not None
    assert said.args[0] == ERROR


def test_a_sentence_is_shown_beside_its_field_and_a_bug_passes(qtbot: QtBot) -> None:
    label = QLabel("une ancienne phrase")
    qtbot.addWidget(label)
    with sentence_in(label):
        refuse()
    assert label.text() == "Le SIREN est déjà celui de « ACERC » : ouvrez cette fiche."
    with pytest.raises(ZeroDivisionError), sentence_in(label):
        break_down()
    assert label.text() == ""


def test_the_notice_lies_over_the_foot_of_the_window_and_esc_closes_it(qtbot: QtBot) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    around.resize(800, 600)
    notice = Notice(around)
    with qtbot.waitExposed(around):
        around.show()
    around.activateWindow()
    qtbot.waitUntil(around.isActiveWindow)
    notice.say(DONE, "La base est saine.")
    assert notice.isVisible()
    assert notice.geometry().bottom() < 600
    around.resize(500, 400)
    assert notice.geometry().right() < 500
    qtbot.keyClick(around, Qt.Key.Key_Escape)
    assert notice.isHidden()
