import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charte_desktop.errors import UserError
from charte_desktop.model.drawing import (
    MOST_POINTS,
    MOST_STROKES,
    Box,
    Drawing,
    Point,
    Stroke,
    Tool,
    points_as_json,
    points_from_json,
)

places = st.floats(-100_000, 100_000, allow_nan=False)
moments = st.integers(0, 86_400_000)
points = st.builds(Point, places, places, st.floats(0, 1), moments)
strokes = st.builds(Stroke, st.sampled_from(Tool), moments, st.lists(points, max_size=6).map(tuple))
drawings = st.builds(Drawing, st.floats(0.02, 50), st.lists(strokes, max_size=4).map(tuple))
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def a_line(*places: tuple[float, float], tool: Tool = Tool.PEN, began: int = 0) -> Stroke:
    return Stroke(tool, began, tuple(Point(x, y, 0.5, 8 * number) for number, (x, y) in enumerate(places)))


@given(drawings)
def test_a_drawing_comes_back_from_json_as_it_was(drawing: Drawing) -> None:
    text = drawing.as_json()
    again = Drawing.from_json(text)
    assert again == drawing
    assert again.as_json() == text


@given(st.lists(points, max_size=8))
def test_points_kept_while_they_are_drawn_come_back_and_join_their_stroke(some: list[Point]) -> None:
    assert points_from_json(points_as_json(some)) == tuple(some)
    drawing = Drawing(2.0, (Stroke(Tool.PEN, 0),))
    one_by_one = drawing
    for point in some:
        one_by_one = one_by_one.with_points(0, points_from_json(points_as_json([point])))
    assert one_by_one == drawing.with_points(0, some)


@given(places, places, st.floats(0, 1), moments)
def test_a_point_is_kept_to_the_hundredth_and_says_so_at_once(x: float, y: float, pressure: float, at: int) -> None:
    point = Point(x, y, pressure, at)
    assert abs(point.x - x) <= 0.005 + 1e-9
    assert abs(point.y - y) <= 0.005 + 1e-9
    assert abs(point.pressure - pressure) <= 0.0005 + 1e-9
    assert Point(point.x, point.y, point.pressure, point.at) == point


def test_a_signature_of_five_hundred_points_is_a_few_kilobytes() -> None:
    drawing = Drawing(2.5, (a_line(*((number * 1.37, 200 + number % 7) for number in range(500))),))
    assert len(drawing.as_json()) < 13_000


@given(json_values)
def test_any_other_json_is_refused_with_a_sentence(value: object) -> None:
    text = json.dumps(value)
    with pytest.raises(UserError, match="faites signer de nouveau"):
        Drawing.from_json(text)


@given(drawings, st.data())
def test_a_damaged_text_is_refused_or_is_still_a_drawing(drawing: Drawing, data: st.DataObject) -> None:
    text = drawing.as_json()
    at = data.draw(st.integers(0, len(text) - 1))
    inserted = data.draw(st.sampled_from(["", "9", "-", "{", ",1"]))
    damaged = text[:at] + inserted + text[at + data.draw(st.integers(0, 40)) :]
    try:
        again = Drawing.from_json(damaged)
    except UserError:
        return
    assert Drawing.from_json(again.as_json()) == again


@pytest.mark.parametrize(
    "text",
    [
        "",
        "NaN",
        "[" * 100_000,
        '{"a":' * 50_000,
        "9" * 5_000,
        " " * 3_000_000,
        Drawing(2.0).as_json().replace("2.0", "true"),
        Drawing(2.0).as_json().replace("2.0", "1e999"),
        Drawing(2.0).as_json().replace("2.0", "NaN"),
        Drawing(2.0).as_json().replace("2.0", "0.0001"),
        Drawing(2.0).as_json().replace("[]", '"abc"'),
        Drawing(2.0, (a_line((1, 1)),)).as_json().replace("[100,100,500,0]", "[100,100,500]"),
        Drawing(2.0, (a_line((1, 1)),)).as_json().replace("[100,100,500,0]", "[100,1.5,500,0]"),
        Drawing(2.0, (a_line((1, 1)),)).as_json().replace("[100,100,500,0]", "[100,true,500,0]"),
        Drawing(2.0, (a_line((1, 1)),)).as_json().replace("[100,100,500,0]", f"[{'9' * 400},1,500,0]"),
        Drawing(2.0, (a_line((1, 1)),)).as_json().replace("[100,100,500,0]", "[100,100,1001,0]"),
        Drawing(2.0, (a_line((1, 1)),)).as_json().replace("[100,100,500,0]", "[100,100,500,-1]"),
        Drawing(2.0, (a_line((1, 1)),)).as_json().replace('"pen"', '"plume"'),
    ],
)
def test_what_only_looks_like_a_drawing_is_refused(text: str) -> None:
    with pytest.raises(UserError):
        Drawing.from_json(text)


def test_a_drawing_of_a_later_version_asks_for_an_update() -> None:
    with pytest.raises(UserError, match="mettez le programme à jour"):
        Drawing.from_json(Drawing(2.0).as_json().replace('"version":1', '"version":2'))


def test_absurd_sizes_are_refused() -> None:
    with pytest.raises(ValueError, match="too long"):
        Drawing(2.0, (Stroke(Tool.PEN, 0),) * (MOST_STROKES + 1))
    with pytest.raises(ValueError, match="too long"):
        Drawing(2.0, (Stroke(Tool.PEN, 0, (Point(0, 0, 0, 0),) * (MOST_POINTS + 1)),))
    for place in (float("nan"), float("inf"), 1e6):
        with pytest.raises(ValueError, match="place"):
            Point(place, 0, 0.5, 0)


def test_its_box_its_length_and_its_duration() -> None:
    drawing = Drawing(2.0, (a_line((10, 20), (40, 60)), a_line((100, 5), (100, 15), began=500)))
    assert drawing.bounding_box() == Box(10, 5, 100, 60)
    assert drawing.total_length == 60
    assert drawing.duration == 508
    assert drawing.height == 500


def test_blank_is_without_points_and_has_no_box() -> None:
    for blank in (Drawing(2.0), Drawing(2.0, (Stroke(Tool.MOUSE, 0),))):
        assert blank.is_blank
        assert not blank.is_very_short
        assert blank.bounding_box() is None


@pytest.mark.parametrize(
    "stroke",
    [
        a_line((500, 200)),
        a_line((500, 200), (512, 210), (530, 190)),
        a_line(*((500 + 5 * (number % 3), 200 + 5 * (number % 2)) for number in range(200))),
    ],
    ids=["a dot", "a tick", "a hand that trembles"],
)
def test_a_dot_or_a_tick_is_very_short(stroke: Stroke) -> None:
    assert Drawing(2.0, (stroke,)).is_very_short


def test_two_initials_are_not_very_short() -> None:
    assert not Drawing(2.0, (a_line((500, 200), (500, 240), (525, 240)), a_line((540, 240), (552, 200)))).is_very_short
