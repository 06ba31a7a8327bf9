import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from charte_desktop.model.drawing import Drawing, Point, Stroke, Tool
from charte_desktop.ui.charter.signature_box import BLANK, FULL, VERY_SHORT, SignatureBox
from tests.ui.charter.hand import Fingers, Pen, Place, drag_mouse

LINE: list[Place] = [(100 + 10 * step, 60 + 4 * step) for step in range(21)]
DOT: list[Place] = [(300, 100)]


@pytest.fixture
def box(qtbot: QtBot) -> SignatureBox:
    box = SignatureBox()
    qtbot.addWidget(box)
    box.resize(720, 360)
    with qtbot.waitExposed(box):
        box.show()
    box.activateWindow()
    qtbot.waitUntil(box.isActiveWindow)
    return box


@pytest.fixture
def kept(box: SignatureBox) -> list[Drawing]:
    kept: list[Drawing] = []
    box.kept.connect(kept.append)
    return kept


def is_asking(box: SignatureBox) -> bool:
    return box.keep_button.isVisible() and box.again_button.isVisible()


def test_a_signature_is_kept_without_a_question(box: SignatureBox, kept: list[Drawing]) -> None:
    Pen(box.pad).draw(LINE)
    box.ask_keep()
    assert kept == [box.pad.drawing()]
    assert not is_asking(box)
    assert box.sentence.text() == ""


def test_a_blank_pad_is_refused_with_a_sentence_that_says_what_to_do(box: SignatureBox, kept: list[Drawing]) -> None:
    box.ask_keep()
    assert box.sentence.text() == BLANK
    assert not kept
    assert box.pad.hasFocus()
    Pen(box.pad).draw(LINE)
    assert box.sentence.text() == ""


def test_a_dot_is_asked_about_and_can_be_kept(box: SignatureBox, kept: list[Drawing]) -> None:
    drag_mouse(box.pad, DOT)
    box.ask_keep()
    assert box.sentence.text() == VERY_SHORT
    assert is_asking(box)
    assert not kept
    QTest.keyClick(box.keep_button, Qt.Key.Key_Space)
    assert kept == [box.pad.drawing()]
    assert not is_asking(box)


def test_a_dot_is_asked_about_and_can_be_drawn_again(box: SignatureBox, kept: list[Drawing]) -> None:
    drag_mouse(box.pad, DOT)
    box.ask_keep()
    QTest.mouseClick(box.again_button, Qt.MouseButton.LeftButton)
    assert box.pad.is_blank
    assert box.pad.hasFocus()
    assert not is_asking(box)
    Pen(box.pad).draw(LINE)
    box.ask_keep()
    assert len(kept) == 1


def test_going_on_drawing_answers_the_question(box: SignatureBox, kept: list[Drawing]) -> None:
    drag_mouse(box.pad, DOT)
    box.ask_keep()
    Pen(box.pad).press(LINE[0])
    assert not is_asking(box)
    assert box.sentence.text() == ""


def test_asking_twice_asks_once(box: SignatureBox, kept: list[Drawing]) -> None:
    drag_mouse(box.pad, DOT)
    box.ask_keep()
    box.ask_keep()
    assert is_asking(box)
    box.keep_button.click()
    assert len(kept) == 1


def test_asked_in_the_middle_of_a_stroke_it_keeps_the_stroke(box: SignatureBox, kept: list[Drawing]) -> None:
    pen = Pen(box.pad)
    pen.press(LINE[0])
    for place in LINE[1:]:
        pen.move(place)
    box.ask_keep()
    pen.move((600, 200))
    pen.release((600, 200))
    assert kept == [box.pad.drawing()]


def test_buttons_take_back_clear_and_bring_back(box: SignatureBox) -> None:
    assert not box.undo_button.isEnabled()
    assert not box.clear_button.isEnabled()
    Pen(box.pad).draw(LINE)
    Pen(box.pad).draw([(400, 50), (500, 150)])
    box.undo_button.click()
    assert len(box.pad.drawing().strokes) == 1
    box.clear_button.click()
    assert box.pad.is_blank
    assert not box.undo_button.isEnabled()
    assert box.clear_button.text() == "Remettre le tracé"
    box.clear_button.click()
    assert len(box.pad.drawing().strokes) == 1
    assert box.clear_button.text() == "Tout effacer"


def test_the_last_stroke_taken_back_leaves_nothing_to_bring_back(box: SignatureBox) -> None:
    Pen(box.pad).draw(LINE)
    box.undo_button.click()
    assert not box.clear_button.isEnabled()
    assert box.clear_button.text() == "Tout effacer"


def test_larger_and_larger_and_back(box: SignatureBox) -> None:
    words = []
    for _ in range(4):
        words.append((box.zoom_button.text(), box.pad.zoom))
        box.zoom_button.click()
    assert words == [("Agrandir", 1.0), ("Agrandir encore", 1.5), ("Taille normale", 2.0), ("Agrandir", 1.0)]


def test_nothing_moves_when_sentences_and_questions_come(box: SignatureBox) -> None:
    def places() -> list[object]:
        QApplication.processEvents()
        return [one.geometry() for one in (box.pad, box.undo_button, box.clear_button, box.zoom_button)]

    before = places()
    box.ask_keep()
    assert places() == before
    drag_mouse(box.pad, DOT)
    box.ask_keep()
    assert places() == before
    box.clear_button.click()
    assert places() == before
    box.say(FULL)
    assert places() == before


def test_large_targets_are_44_pixels_and_go_back(box: SignatureBox) -> None:
    def smallest() -> int:
        drag_mouse(box.pad, DOT)
        box.ask_keep()
        QApplication.processEvents()
        buttons = (box.undo_button, box.clear_button, box.zoom_button, box.keep_button, box.again_button)
        return min(button.height() for button in buttons)

    assert smallest() == 32
    box.set_large_targets(True)
    assert smallest() >= 44
    box.set_large_targets(False)
    assert smallest() == 32


def test_no_window_opens_over_the_window(box: SignatureBox) -> None:
    drag_mouse(box.pad, DOT)
    before = len(QApplication.topLevelWidgets())
    box.ask_keep()
    assert len(QApplication.topLevelWidgets()) == before


def test_every_control_has_a_name_and_is_reached_by_the_keyboard(box: SignatureBox) -> None:
    Pen(box.pad).draw(LINE)
    box.pad.setFocus()
    reached: list[QWidget] = []
    for _ in range(5):
        focused = QApplication.focusWidget()
        assert focused is not None
        reached.append(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert {box.pad, box.undo_button, box.clear_button, box.zoom_button} <= set(reached)


def test_two_signers_in_a_row_are_both_kept(box: SignatureBox, kept: list[Drawing]) -> None:
    Pen(box.pad).draw(LINE)
    box.ask_keep()
    box.pad.show_drawing(Drawing(1.0))
    Fingers(box.pad).act(press={0: (10, 10)})  # the palm of somebody who passes the pen
    Pen(box.pad).draw([(400, 50), (500, 150), (600, 60)])
    box.ask_keep()
    assert [len(one.strokes) for one in kept] == [1, 1]
    assert kept[0] != kept[1]


def test_a_drawing_that_is_gone_on_with_can_be_effaced(box: SignatureBox) -> None:
    box.show_drawing(Drawing(2.0, (Stroke(Tool.PEN, 0, (Point(100, 50, 0.5, 0), Point(300, 80, 0.5, 40))),)))
    assert box.undo_button.isEnabled()
    box.clear_button.click()
    assert box.pad.is_blank
    assert box.clear_button.text() == "Remettre le tracé"
    box.clear_button.click()
    assert len(box.pad.drawing().strokes) == 1


def test_a_change_of_colours_keeps_everything(box: SignatureBox) -> None:
    Pen(box.pad).draw(LINE)
    QApplication.sendEvent(box, QEvent(QEvent.Type.PaletteChange))
    assert len(box.pad.drawing().strokes) == 1
