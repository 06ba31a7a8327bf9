import gc
from collections.abc import Callable, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QImage, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from charte_desktop.model.drawing import MOST_POINTS, Drawing, Point, Stroke, Tool
from charte_desktop.ui import theme
from charte_desktop.ui.charter import pointers, signature_pad
from charte_desktop.ui.charter.signature_pad import BATCH, TELLING, SignaturePad
from tests.ui.charter.hand import (
    ERASER,
    NONE,
    Fingers,
    Pen,
    Place,
    click_again,
    drag_mouse,
    echo_mouse,
    farthest,
    ink_on,
    move_mouse,
    press_mouse,
    release_mouse,
)

SLOPE: list[Place] = [(100 + 10 * step, 60 + 4 * step) for step in range(21)]
RISE: list[Place] = [(400 + 10 * step, 140 - 4 * step) for step in range(21)]
ELBOW: list[Place] = [(500, 40), (500, 120), (600, 120)]


class Teller(QObject):
    """Writes down what a pad tells, and what it would give back after a kill at that moment."""

    def __init__(self, pad: SignaturePad) -> None:
        super().__init__()
        self.told: list[str] = []
        self.points: dict[int, list[Point]] = {}
        pad.stroke_began.connect(self._begin)
        pad.points_added.connect(self._add)
        pad.stroke_ended.connect(lambda number: self.told.append(f"ended {number}"))
        pad.changed.connect(lambda: self.told.append("changed"))
        pad.full.connect(lambda: self.told.append("full"))

    def _begin(self, number: int) -> None:
        self.told.append(f"began {number}")
        self.points = {one: points for one, points in self.points.items() if one < number} | {number: []}

    def _add(self, number: int, points: tuple[Point, ...]) -> None:
        assert 0 < len(points) <= BATCH
        self.told.append(f"{len(points)} to {number}")
        self.points[number] += points


@pytest.fixture
def pad(qtbot: QtBot) -> SignaturePad:
    pad = SignaturePad()
    qtbot.addWidget(pad)
    pad.resize(700, 260)
    with qtbot.waitExposed(pad):
        pad.show()
    return pad


@pytest.fixture
def far_pen(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pen is far as soon as it says nothing."""
    monkeypatch.setattr(pointers, "PEN_STAYS", 0)


def picture_of(pad: QWidget) -> QImage:
    return pad.grab().toImage()


def fresh_ink(pad: SignaturePad, darker_than: int = 90) -> set[tuple[int, int]]:
    """The ink on the pad, without the mark of the keyboard and the words."""
    blank = SignaturePad()
    blank.resize(pad.size())
    focused = pad.hasFocus()
    pad.clearFocus()
    ink = ink_on(picture_of(pad), darker_than) - ink_on(picture_of(blank), darker_than)
    if focused:
        pad.setFocus()
    return ink


def tools(pad: SignaturePad) -> list[Tool]:
    return [stroke.tool for stroke in pad.drawing().strokes]


def counts(pad: SignaturePad) -> list[int]:
    return [len(stroke.points) for stroke in pad.drawing().strokes]


# What is drawn is seen


@pytest.mark.parametrize(
    ("draw", "tool"),
    [
        (lambda pad: Pen(pad).draw(SLOPE), Tool.PEN),
        (lambda pad: Fingers(pad).draw(SLOPE), Tool.FINGER),
        (lambda pad: drag_mouse(pad, SLOPE), Tool.MOUSE),
    ],
    ids=["pen", "finger", "mouse"],
)
def test_dark_ink_is_where_it_was_drawn_and_nowhere_else(
    pad: SignaturePad, draw: Callable[[SignaturePad], None], tool: Tool
) -> None:
    draw(pad)
    assert tools(pad) == [tool]
    assert counts(pad) == [len(SLOPE)]
    ink = fresh_ink(pad)
    assert all(any(abs(x - ix) < 3 and abs(y - iy) < 3 for ix, iy in ink) for x, y in SLOPE)
    assert farthest(ink, SLOPE) < 4


def test_ink_stays_dark_on_white_paper_in_dark_colours(pad: SignaturePad, qapp: QApplication) -> None:
    theme.apply(qapp, theme.DARK)
    Pen(pad).draw(SLOPE)
    picture = picture_of(pad)
    assert picture.pixelColor(350, 30).name() == "#ffffff"
    assert picture.pixelColor(200, 100).lightness() < 90
    theme.apply(qapp, theme.LIGHT)
    assert picture_of(pad).pixelColor(350, 30).name() == "#ffffff"


def test_pressure_is_kept_and_seen(pad: SignaturePad) -> None:
    Pen(pad).draw(SLOPE, [0.1] * len(SLOPE))
    thin = len(fresh_ink(pad))
    pad.clear()
    Pen(pad).draw(SLOPE, [0.9] * len(SLOPE))
    assert [point.pressure for point in pad.drawing().strokes[0].points] == [0.9] * len(SLOPE)
    assert len(fresh_ink(pad)) > 1.5 * thin


class Screen(QObject):
    """What a screen shows: of each painting, only the region that was asked for reaches it."""

    def __init__(self, pad: SignaturePad) -> None:
        super().__init__()
        QApplication.processEvents()
        self.picture = picture_of(pad)
        self.largest = 0
        self._pad = pad
        self._asked: list[QRect] = []
        pad.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's own name)
        if isinstance(event, QPaintEvent):
            self._asked.append(event.region().boundingRect())
        return False

    def refresh(self) -> None:
        """Let the pad paint what it asked for, and nothing else."""
        self._asked.clear()
        QApplication.processEvents()
        asked = self._asked.copy()
        whole = picture_of(self._pad)
        painter = QPainter(self.picture)
        for rectangle in asked:
            self.largest = max(self.largest, rectangle.width() * rectangle.height())
            painter.drawImage(rectangle.topLeft(), whole, rectangle)
        painter.end()


@pytest.mark.parametrize("tool", ["pen", "mouse"])
def test_only_the_end_of_the_line_is_painted_and_that_is_enough(pad: SignaturePad, tool: str) -> None:
    pad.setFocus()
    screen = Screen(pad)
    pen = Pen(pad)
    wild: list[Place] = [(350 + 300 * ((7 * n) % 11 - 5) / 6, 130 + 110 * ((5 * n) % 7 - 3) / 4) for n in range(40)]
    pressures = [0.2 + 0.6 * ((3 * n) % 5) / 5 for n in range(40)]
    line = [*SLOPE, *wild]
    felt = [0.5] * len(SLOPE) + pressures
    if tool == "pen":
        pen.press(line[0], felt[0])
    else:
        press_mouse(pad, line[0])
    for number, (place, pressure) in enumerate(zip(line[1:], felt[1:], strict=True)):
        if tool == "pen":
            pen.move(place, pressure)
        else:
            move_mouse(pad, place)
        screen.refresh()
        if number == len(SLOPE) - 2:
            assert 0 < screen.largest < 7000  # of 182,000 pixels, for steps of eleven
    if tool == "pen":
        pen.release(line[-1])
    else:
        release_mouse(pad, line[-1])
    screen.refresh()
    assert screen.picture == picture_of(pad)


def test_an_unfinished_line_looks_as_it_will_when_it_is_finished(pad: SignaturePad) -> None:
    pad.setFocus()
    press_mouse(pad, SLOPE[0])
    for place in [*SLOPE[1:], *RISE]:
        move_mouse(pad, place)
    unfinished = picture_of(pad)
    release_mouse(pad, RISE[-1])
    assert picture_of(pad) == unfinished
    pad.show_drawing(pad.drawing())
    assert picture_of(pad) == unfinished


@pytest.mark.parametrize("sharpness", [1.0, 1.5, 2.0])
def test_it_is_sharp_on_every_screen(pad: SignaturePad, sharpness: float) -> None:
    Pen(pad).draw(SLOPE)
    picture = QImage(pad.size() * sharpness, QImage.Format.Format_RGB32)
    picture.setDevicePixelRatio(sharpness)
    painter = QPainter(picture)
    pad.render(painter, QPoint(0, 0))
    painter.end()
    middle = QPointF(200.5, 100.2) * sharpness
    column = [picture.pixelColor(int(middle.x()), int(middle.y()) + step).lightness() for step in range(-30, 31)]
    grey = sum(110 < light < 235 for light in column)
    assert min(column) < 70
    assert grey <= 4


@pytest.mark.parametrize("size", [(300, 120), (700, 260), (1334, 588)])
def test_a_line_is_as_wide_as_a_pen_on_a_pad_of_any_size(pad: SignaturePad, size: tuple[int, int]) -> None:
    pad.resize(*size)
    Pen(pad).draw([(50 + 4 * step, 60) for step in range(50)])
    column = [y for x, y in fresh_ink(pad) if x == 150]
    assert 2 <= len(column) <= 4
    drawing = pad.drawing()
    pad.resize(700, 260)
    assert pad.drawing() == drawing


# One tool at a time


def test_what_the_system_repeats_of_a_finger_as_a_mouse_is_not_drawn_twice(pad: SignaturePad) -> None:
    Fingers(pad).draw(SLOPE)
    echo_mouse(pad, QEvent.Type.MouseButtonPress, SLOPE[0])
    echo_mouse(pad, QEvent.Type.MouseMove, SLOPE[5])
    echo_mouse(pad, QEvent.Type.MouseButtonRelease, SLOPE[5])
    assert tools(pad) == [Tool.FINGER]


def test_a_finger_that_comes_only_as_a_mouse_draws(pad: SignaturePad) -> None:
    echo_mouse(pad, QEvent.Type.MouseButtonPress, SLOPE[0])
    for place in SLOPE[1:]:
        echo_mouse(pad, QEvent.Type.MouseMove, place)
    echo_mouse(pad, QEvent.Type.MouseButtonRelease, SLOPE[-1])
    assert counts(pad) == [len(SLOPE)]


def test_a_second_finger_draws_no_line_and_none_to_the_first(pad: SignaturePad) -> None:
    fingers = Fingers(pad)
    fingers.act(press={0: SLOPE[0]})
    fingers.act(move={0: SLOPE[1]}, press={1: (650, 30)})
    for place in SLOPE[2:]:
        fingers.act(move={0: place, 1: (650, 30 + place[1] / 4)})
    fingers.act(release={0: SLOPE[-1]})
    fingers.act(move={1: (600, 200)})
    fingers.act(release={1: (600, 200)})
    assert counts(pad) == [len(SLOPE)]
    assert farthest(fresh_ink(pad), SLOPE) < 4


def test_two_fingers_at_the_same_moment_draw_one_line(pad: SignaturePad) -> None:
    fingers = Fingers(pad)
    fingers.act(press={0: (100, 50), 1: (500, 200)})
    for step in range(1, 10):
        fingers.act(move={0: (100 + 10 * step, 50), 1: (500 + 10 * step, 200)})
    fingers.act(release={0: (190, 50), 1: (590, 200)})
    assert len(counts(pad)) == 1
    assert farthest(fresh_ink(pad), [(100, 50), (190, 50)]) < 4


def test_a_finger_is_ignored_while_a_pen_is_near(pad: SignaturePad) -> None:
    Pen(pad).hover((300, 100))
    Fingers(pad).draw(SLOPE)
    assert pad.is_blank
    Pen(pad).draw(RISE)
    Fingers(pad).draw(SLOPE)
    assert tools(pad) == [Tool.PEN]


def test_a_palm_that_rests_before_the_pen_comes_leaves_no_line(pad: SignaturePad) -> None:
    fingers, pen = Fingers(pad), Pen(pad)
    fingers.act(press={3: (600, 240)})
    fingers.act(move={3: (604, 238)})
    pen.press(SLOPE[0])
    fingers.act(move={3: (610, 236)})
    for place in SLOPE[1:]:
        pen.move(place)
    fingers.act(move={3: (620, 230)})
    pen.release(SLOPE[-1])
    fingers.act(release={3: (620, 230)})
    assert tools(pad) == [Tool.PEN]
    assert farthest(fresh_ink(pad), SLOPE) < 4


def test_a_finger_draws_again_once_the_pen_is_far(pad: SignaturePad, far_pen: None) -> None:
    Pen(pad).draw(SLOPE)
    Fingers(pad).draw(RISE)
    assert tools(pad) == [Tool.PEN, Tool.FINGER]


def test_a_mouse_that_moves_while_a_pen_draws_is_ignored(pad: SignaturePad) -> None:
    pen = Pen(pad)
    pen.press(SLOPE[0])
    press_mouse(pad, (600, 200))
    pen.move(SLOPE[1])
    move_mouse(pad, (650, 200))
    release_mouse(pad, (650, 200))
    pen.move(SLOPE[2])
    pen.release(SLOPE[2])
    assert counts(pad) == [3]


def test_only_the_tip_and_the_left_button_draw(pad: SignaturePad) -> None:
    pen = Pen(pad)
    pen.press((100, 100), button=Qt.MouseButton.RightButton)
    pen.move((150, 100), held=Qt.MouseButton.RightButton)
    press_mouse(pad, (100, 100), Qt.MouseButton.RightButton)
    move_mouse(pad, (150, 100), Qt.MouseButton.RightButton)
    release_mouse(pad, (150, 100), Qt.MouseButton.RightButton)
    assert pad.is_blank


def test_the_eraser_of_a_pen_takes_back_one_stroke(pad: SignaturePad) -> None:
    Pen(pad).draw(SLOPE)
    Pen(pad).draw(RISE)
    Pen(pad, ERASER).draw(ELBOW)
    assert counts(pad) == [len(SLOPE)]


def test_no_menu_opens_on_it(qtbot: QtBot) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    pad = SignaturePad(around)
    around.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    asked: list[QPoint] = []
    around.customContextMenuRequested.connect(asked.append)
    for reason in (QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard, QContextMenuEvent.Reason.Other):
        QApplication.sendEvent(pad, QContextMenuEvent(reason, QPoint(50, 50), QPoint(50, 50)))
    assert not asked


# Impatience


def test_a_single_dot_is_a_stroke_and_is_seen(pad: SignaturePad) -> None:
    drag_mouse(pad, [(300, 100)])
    assert counts(pad) == [1]
    assert 4 <= len(fresh_ink(pad)) < 40
    assert pad.drawing().is_very_short


def test_dots_in_quick_succession_are_all_there(pad: SignaturePad) -> None:
    for x in (200, 210, 220, 230):
        drag_mouse(pad, [(x, 100)])
        click_again(pad, (x, 104))
    assert counts(pad) == [1] * 8


def test_a_very_fast_line_of_few_points_is_whole(pad: SignaturePad) -> None:
    line: list[Place] = [(40, 40), (350, 60), (660, 40)]
    drag_mouse(pad, line)
    ink = fresh_ink(pad, darker_than=165)
    assert {x for x, _ in ink} >= set(range(40, 660))


def test_the_last_way_to_where_it_was_released_is_drawn(pad: SignaturePad) -> None:
    press_mouse(pad, (100, 100))
    release_mouse(pad, (300, 100))
    assert {x for x, _ in fresh_ink(pad, darker_than=165)} >= set(range(101, 300))


def test_a_line_that_leaves_and_comes_back_goes_on_and_never_along_the_edge(pad: SignaturePad) -> None:
    line: list[Place] = [(500, 100), (600, 100), (800, 100), (800, 200), (600, 200), (500, 200)]
    drag_mouse(pad, line)
    assert counts(pad) == [6]
    ink = fresh_ink(pad)
    assert any(x > 690 and y < 120 for x, y in ink)
    assert any(x > 690 and y > 180 for x, y in ink)
    assert not any(x > 690 and 130 < y < 170 for x, y in ink)


def test_a_line_that_comes_from_outside_begins_at_the_edge(pad: SignaturePad, qtbot: QtBot) -> None:
    pad.show_drawing(Drawing(8.0, (Stroke(Tool.PEN, 0, (Point(10, 10, 0.5, 0), Point(30, 10, 0.5, 5))),)))
    above = 40  # the paper lies lower, in the middle
    teller = Teller(pad)
    press_mouse(pad, (300, above))
    assert teller.told == []
    for step in range(1, 12):
        move_mouse(pad, (300, above + 10 * step))
    release_mouse(pad, (300, above + 110))
    assert teller.told[0] == "began 1"
    ys = [y for x, y in fresh_ink(pad) if 290 < x < 310]
    assert min(ys) == pytest.approx(pad._paper.rectangle.top(), abs=2)
    assert max(ys) == pytest.approx(150, abs=3)


def test_a_press_beside_the_paper_alone_draws_nothing(pad: SignaturePad) -> None:
    pad.show_drawing(Drawing(8.0, (Stroke(Tool.PEN, 0, (Point(10, 10, 0.5, 0),)),)))
    drag_mouse(pad, [(300, 20), (320, 30)])
    assert len(counts(pad)) == 1


# Losing the pointer


def test_a_stroke_goes_on_at_the_new_place_after_a_resize_in_its_middle(pad: SignaturePad, qapp: QApplication) -> None:
    press_mouse(pad, SLOPE[0])
    for place in SLOPE[1:10]:
        move_mouse(pad, place)
    first = pad.drawing().strokes[0].points
    pad.resize(500, 400)
    qapp.processEvents()
    for place in [(100, 200), (150, 210), (200, 220)]:
        move_mouse(pad, place)
    release_mouse(pad, (200, 220))
    drawing = pad.drawing()
    assert counts(pad) == [10, 3]
    assert drawing.strokes[0].points == first
    paper = pad._paper.rectangle
    scale = paper.width() / 1000
    lines = [
        [(paper.left() + point.x * scale, paper.top() + point.y * scale) for point in stroke.points]
        for stroke in drawing.strokes
    ]
    ink = fresh_ink(pad)
    assert all(min(farthest({spot}, line) for line in lines) < 4 for spot in ink)


@pytest.mark.parametrize("size", [(300, 500), (900, 120), (240, 90), (1366, 700), (1, 1)])
def test_rotation_and_any_other_size_keep_the_drawing_and_its_proportions(
    pad: SignaturePad, qapp: QApplication, size: tuple[int, int]
) -> None:
    Pen(pad).draw(ELBOW)
    drawing = pad.drawing()
    pad.setMinimumSize(1, 1)
    pad.resize(*size)
    qapp.processEvents()
    assert pad.drawing() == drawing
    paper = pad._paper.rectangle
    if min(size) > 50:
        assert paper.width() / paper.height() == pytest.approx(drawing.aspect, rel=0.01)
        assert QRect(0, 0, *size).contains(paper.toAlignedRect())
        ink = fresh_ink(pad)
        across, down = [x for x, _ in ink], [y for _, y in ink]
        assert (max(across) - min(across)) / (max(down) - min(down)) == pytest.approx(100 / 80, abs=0.12)
    pad.resize(700, 260)
    assert pad.drawing() == drawing


@pytest.mark.parametrize(
    "lose",
    [
        lambda pad: pad.clearFocus(),
        lambda pad: QApplication.sendEvent(pad, QEvent(QEvent.Type.WindowDeactivate)),
        lambda pad: QApplication.sendEvent(pad, QEvent(QEvent.Type.UngrabMouse)),
        lambda _: QTest.qWait(150 + 2 * TELLING + 50),
    ],
    ids=["focus", "another window", "another widget takes the mouse", "no more events"],
)
def test_a_stroke_without_a_pointer_is_ended_and_goes_on_where_it_was(
    pad: SignaturePad, lose: Callable[[SignaturePad], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signature_pad, "PATIENCE", 150)
    teller = Teller(pad)
    press_mouse(pad, SLOPE[0])
    for place in SLOPE[1:11]:
        move_mouse(pad, place)
    lose(pad)
    assert teller.told[-2:] == ["ended 0", "changed"]
    for place in SLOPE[11:]:
        move_mouse(pad, place)
    release_mouse(pad, SLOPE[-1])
    assert counts(pad) == [11, len(SLOPE) - 10]
    one, two = pad.drawing().strokes
    assert (one.points[-1].x, one.points[-1].y) == (two.points[0].x, two.points[0].y)
    assert two.began >= one.began


def test_a_release_that_never_came_is_noticed_when_the_mouse_moves_on(pad: SignaturePad) -> None:
    press_mouse(pad, SLOPE[0])
    move_mouse(pad, SLOPE[5])
    move_mouse(pad, (600, 200), NONE)
    move_mouse(pad, (650, 220), NONE)
    drag_mouse(pad, RISE)
    assert counts(pad) == [2, len(RISE)]


def test_a_pen_or_a_finger_whose_release_never_came_begins_anew(pad: SignaturePad, far_pen: None) -> None:
    pen, fingers = Pen(pad), Fingers(pad)
    pen.press(SLOPE[0])
    pen.move(SLOPE[5])
    pen.press(RISE[0])
    pen.move(RISE[5])
    pen.hover((20, 20))
    fingers.act(press={0: ELBOW[0]})
    fingers.act(move={0: ELBOW[1]})
    Fingers(pad).draw(SLOPE)
    assert counts(pad) == [2, 2, 2, len(SLOPE)]


def test_hidden_in_the_middle_of_a_stroke_it_keeps_the_stroke(pad: SignaturePad, qapp: QApplication) -> None:
    teller = Teller(pad)
    press_mouse(pad, SLOPE[0])
    move_mouse(pad, SLOPE[5])
    pad.hide()
    assert teller.told[-2:] == ["ended 0", "changed"]
    pad.show()
    qapp.processEvents()
    assert counts(pad) == [2]
    assert farthest(fresh_ink(pad), [SLOPE[0], SLOPE[5]]) < 4


# What is told


def test_points_are_told_in_batches_while_drawn_and_all_at_the_release(pad: SignaturePad) -> None:
    teller = Teller(pad)
    drag_mouse(pad, [*SLOPE, *RISE])
    assert teller.told == ["began 0", "16 to 0", "16 to 0", "10 to 0", "ended 0", "changed"]
    assert tuple(teller.points[0]) == pad.drawing().strokes[0].points


def test_a_hand_that_stands_still_does_not_keep_its_points_waiting(pad: SignaturePad, qtbot: QtBot) -> None:
    teller = Teller(pad)
    press_mouse(pad, SLOPE[0])
    move_mouse(pad, SLOPE[1])
    assert teller.told == ["began 0"]
    qtbot.waitUntil(lambda: teller.told == ["began 0", "2 to 0"], timeout=10 * TELLING)


@pytest.mark.parametrize("released", [True, False], ids=["just released", "in the middle of a stroke"])
@pytest.mark.parametrize("alone", [True, False], ids=["the pad", "what the pad is in"])
def test_every_point_is_told_before_the_widget_goes(
    qtbot: QtBot, qapp: QApplication, released: bool, alone: bool
) -> None:
    around = QWidget()
    pad = SignaturePad(around)
    QVBoxLayout(around).addWidget(pad)
    around.resize(700, 260)
    with qtbot.waitExposed(around):
        around.show()
    teller = Teller(pad)
    press_mouse(pad, SLOPE[0])
    for place in SLOPE[1:]:
        move_mouse(pad, place)
    if released:
        release_mouse(pad, SLOPE[-1])
    (pad if alone else around).deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    del pad
    gc.collect()
    qapp.processEvents()
    assert len(teller.points[0]) == len(SLOPE)
    assert teller.told[-2:] == ["ended 0", "changed"]
    if alone:
        around.deleteLater()


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(-40, 760), st.integers(-40, 300)), min_size=1, max_size=50))
def test_what_was_told_is_what_is_drawn_and_nobody_moves_a_point(
    pad: SignaturePad, line: Sequence[tuple[int, int]]
) -> None:
    pad.show_drawing(Drawing(1.0))
    teller = Teller(pad)
    drag_mouse(pad, line)
    drawing = pad.drawing()
    assert [tuple(points) for points in teller.points.values()] == [stroke.points for stroke in drawing.strokes]
    paper = pad._paper.rectangle
    scale = paper.width() / 1000
    for stroke in drawing.strokes:
        for point in stroke.points:
            x, y = paper.left() + point.x * scale, paper.top() + point.y * scale
            assert any(abs(x - px) < 0.02 and abs(y - py) < 0.02 for px, py in line)


# Back and forth


def test_strokes_are_taken_back_and_put_back(pad: SignaturePad) -> None:
    Pen(pad).draw(SLOPE)
    one = picture_of(pad)
    Pen(pad).draw(RISE)
    two = picture_of(pad)
    pad.undo_stroke()
    assert picture_of(pad) == one
    pad.undo_stroke()
    assert pad.is_blank
    assert not pad.can_undo
    pad.undo_stroke()
    pad.redo_stroke()
    pad.redo_stroke()
    assert picture_of(pad) == two
    assert not pad.can_redo
    pad.redo_stroke()
    assert len(counts(pad)) == 2


def test_everything_cleared_comes_back_whole(pad: SignaturePad) -> None:
    Pen(pad).draw(SLOPE)
    Pen(pad).draw(RISE)
    drawing = pad.drawing()
    pad.clear()
    assert pad.is_blank
    pad.clear()
    pad.undo_stroke()
    assert pad.drawing() == drawing


def test_a_new_stroke_ends_what_could_be_put_back(pad: SignaturePad) -> None:
    Pen(pad).draw(SLOPE)
    pad.undo_stroke()
    Pen(pad).draw(RISE)
    assert not pad.can_redo
    assert len(counts(pad)) == 1


def test_a_stroke_taken_back_while_it_is_drawn_does_not_come_again(pad: SignaturePad) -> None:
    press_mouse(pad, SLOPE[0])
    move_mouse(pad, SLOPE[5])
    pad.undo_stroke()
    move_mouse(pad, SLOPE[8])
    release_mouse(pad, SLOPE[8])
    assert pad.is_blank
    drag_mouse(pad, RISE)
    assert counts(pad) == [len(RISE)]


def test_keys_of_the_pad_win_over_those_of_the_window(qtbot: QtBot) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    pad = SignaturePad(around)
    around.resize(700, 260)
    QVBoxLayout(around).addWidget(pad)
    undone: list[int] = []
    QShortcut(QKeySequence("Ctrl+Z"), around, lambda: undone.append(1))
    with qtbot.waitExposed(around):
        around.show()
    around.activateWindow()
    qtbot.waitUntil(around.isActiveWindow)
    pad.setFocus()
    Pen(pad).draw(SLOPE)
    Pen(pad).draw(RISE)
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(pad, Qt.Key.Key_Z, control)
    assert len(counts(pad)) == 1
    assert not undone
    QTest.keyClick(pad, Qt.Key.Key_Y, control)
    assert len(counts(pad)) == 2
    QTest.keyClick(pad, Qt.Key.Key_Delete)
    assert pad.is_blank
    QTest.keyClick(pad, Qt.Key.Key_Z, control)
    QTest.keyClick(pad, Qt.Key.Key_Z, control)
    QTest.keyClick(pad, Qt.Key.Key_Z, control | Qt.KeyboardModifier.ShiftModifier)
    assert len(counts(pad)) == 2


def test_a_screen_reader_is_told_how_many_strokes_there_are(pad: SignaturePad) -> None:
    assert pad.accessibleName() == "Cadre de signature"
    assert pad.accessibleDescription().startswith("Rien n'est tracé.")
    Pen(pad).draw(SLOPE)
    assert pad.accessibleDescription().startswith("1 trait.")
    Pen(pad).draw(RISE)
    assert pad.accessibleDescription().startswith("2 traits.")
    pad.clear()
    assert pad.accessibleDescription().startswith("Rien n'est tracé.")


def test_two_drawings_in_a_row_have_nothing_in_common(pad: SignaturePad) -> None:
    Pen(pad).draw(SLOPE)
    first = pad.drawing()
    pad.show_drawing(Drawing(1.0))
    assert pad.is_blank
    assert not pad.can_undo
    Pen(pad).draw(RISE)
    second = pad.drawing()
    assert [len(one.strokes) for one in (first, second)] == [1, 1]
    assert second.strokes[0].began < 5000
    assert farthest(fresh_ink(pad), RISE) < 4


def test_a_drawing_that_a_kill_interrupted_goes_on(pad: SignaturePad, qtbot: QtBot) -> None:
    teller = Teller(pad)
    Pen(pad).draw(SLOPE)
    press_mouse(pad, RISE[0])
    for place in RISE[1:]:
        move_mouse(pad, place)
    head = pad.drawing()
    kept = Drawing(
        head.aspect,
        tuple(
            Stroke(stroke.tool, stroke.began, tuple(teller.points[number]))
            for number, stroke in enumerate(head.strokes)
        ),
    )
    assert [len(stroke.points) for stroke in kept.strokes] == [21, 16]
    after = SignaturePad()
    qtbot.addWidget(after)
    after.resize(500, 300)
    after.show()
    after.show_drawing(Drawing.from_json(kept.as_json()))
    assert after.drawing() == kept
    Pen(after).draw([(100, 150), (200, 160)])
    assert counts(after) == [21, 16, 2]
    assert after.drawing().strokes[2].began >= kept.duration
    for _ in range(3):
        after.undo_stroke()
    assert after.is_blank


def test_strokes_without_points_are_not_shown_again(pad: SignaturePad) -> None:
    pad.show_drawing(Drawing(2.0, (Stroke(Tool.PEN, 0), Stroke(Tool.PEN, 0, (Point(1, 1, 0.5, 0),)))))
    assert counts(pad) == [1]


def test_a_drawing_as_long_as_can_be_takes_no_more_and_says_so(pad: SignaturePad) -> None:
    room = 5
    scribble = tuple(Point(500 + at % 300, 100 + at % 80, 0.5, at) for at in range(MOST_POINTS - room))
    pad.show_drawing(Drawing(2.5, (Stroke(Tool.PEN, 0, scribble),)))
    teller = Teller(pad)
    drag_mouse(pad, SLOPE)
    assert pad.drawing().point_count <= MOST_POINTS
    assert teller.told[-1] == "full"
    assert counts(pad)[1] == room
    drag_mouse(pad, RISE)
    assert len(counts(pad)) == 2
    pad.undo_stroke()
    pad.undo_stroke()
    drag_mouse(pad, RISE)
    assert counts(pad) == [len(RISE)]


# Larger


def test_a_larger_pad_keeps_the_places_and_the_size_on_paper(pad: SignaturePad) -> None:
    Pen(pad).draw(SLOPE)
    drawing = pad.drawing()
    pad.set_zoom(2.0)
    assert pad.drawing() == drawing
    drag_mouse(pad, [(300, 100), (400, 100)])
    first, last = pad.drawing().strokes[1].points
    assert last.x - first.x == pytest.approx(50 * 1000 / 696, abs=0.1)
    pad.set_zoom(1.0)
    assert counts(pad) == [len(SLOPE), 2]


def test_what_lies_beside_a_larger_pad_is_reached(pad: SignaturePad) -> None:
    pad.set_zoom(2.0)
    for key, edge in ((Qt.Key.Key_Left, "left"), (Qt.Key.Key_Up, "top"), (Qt.Key.Key_Right, "right")):
        for _ in range(30):
            QTest.keyClick(pad, key)
        paper, room = pad._paper.rectangle, QRect(2, 2, 696, 256).toRectF()
        assert getattr(paper, edge)() == pytest.approx(getattr(room, edge)(), abs=1)
    assert pad.is_blank


def test_made_larger_in_the_middle_of_a_stroke_it_draws_no_line_of_that(pad: SignaturePad) -> None:
    press_mouse(pad, SLOPE[0])
    for place in SLOPE[1:]:
        move_mouse(pad, place)
    pad.set_zoom(2.0)
    move_mouse(pad, (350, 130))
    move_mouse(pad, (360, 130))
    release_mouse(pad, (360, 130))
    assert counts(pad) == [len(SLOPE), 2]


def test_it_asks_for_a_fair_room_and_shrinks(pad: SignaturePad) -> None:
    assert pad.sizeHint() == QSize(720, 260)
    assert pad.minimumSizeHint().width() < 300
    assert QGuiApplication.primaryScreen() is not None
