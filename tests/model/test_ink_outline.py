import math
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from charte_desktop.model.drawing import Drawing, Point, Stroke, Tool
from charte_desktop.model.ink_edge import Contour
from charte_desktop.model.ink_outline import Trail, contours, inked_box, widths

steps = st.floats(-60, 60, allow_nan=False)


@st.composite
def a_stroke(draw: st.DrawFn) -> Stroke:
    x, y, at = 500.0, 200.0, 0
    points = []
    for dx, dy, pressure, pause in draw(
        st.lists(st.tuples(steps, steps, st.floats(0, 1), st.integers(0, 60)), min_size=1, max_size=24)
    ):
        points.append(Point(x, y, pressure, at))
        x, y, at = x + dx, y + dy, at + pause
    return Stroke(draw(st.sampled_from(Tool)), 0, tuple(points))


def flattened(contour: Contour) -> list[tuple[float, float]]:
    x, y = contour[:2]
    corners = [(x, y)]
    for at in range(2, len(contour), 6):
        bx, by, cx, cy, dx, dy = contour[at : at + 6]
        for step in range(1, 5):
            t = step / 4
            a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
            corners.append((a * x + b * bx + c * cx + d * dx, a * y + b * by + c * cy + d * dy))
        x, y = dx, dy
    return corners


def holds(corners: list[tuple[float, float]], x: float, y: float) -> bool:
    """Whether a place is inked, by the rule "non-zero"."""
    winding = 0
    for (ax, ay), (bx, by) in pairwise([*corners, corners[0]]):
        if (ay <= y) != (by <= y):
            side = (bx - ax) * (y - ay) - (x - ax) * (by - ay)
            winding += (1 if side > 0 else 0) if by > ay else (-1 if side < 0 else 0)
    return winding != 0


def is_inked(ink: list[list[tuple[float, float]]], x: float, y: float) -> bool:
    """Whether there is ink at a place, or no farther than a smoothed line may leave it."""
    turns = [turn * math.pi / 4 for turn in range(8)]
    around = [(x, y), *((x + 2.2 * math.cos(turn), y + 2.2 * math.sin(turn)) for turn in turns)]
    return any(holds(corners, *place) for place in around for corners in ink)


@given(a_stroke())
def test_there_is_ink_at_every_point(stroke: Stroke) -> None:
    ink = [flattened(contour) for contour in contours(stroke)]
    assert all(is_inked(ink, point.x, point.y) for point in stroke.points)


@given(a_stroke())
def test_there_is_no_ink_far_from_the_line(stroke: Stroke) -> None:
    numbers = [number for contour in contours(stroke) for number in contour]
    assert all(math.isfinite(number) for number in numbers)
    reach = 5.2 / 2 + 1 + max((math.dist((a.x, a.y), (b.x, b.y)) for a, b in pairwise(stroke.points)), default=0) / 2
    assert min(numbers[::2]) >= min(point.x for point in stroke.points) - reach
    assert max(numbers[1::2]) <= max(point.y for point in stroke.points) + reach


@given(a_stroke(), st.lists(st.integers(1, 7), max_size=30))
def test_ink_is_the_same_whether_drawn_at_once_or_as_it_comes(stroke: Stroke, batches: list[int]) -> None:
    trail = Trail(stroke.tool)
    rest = list(stroke.points)
    for batch in [*batches, len(rest)]:
        trail.add(rest[:batch])
        trail.live()
        del rest[:batch]
    live = trail.live()
    settled = len(trail.settled)
    trail.finish()
    assert trail.settled == contours(stroke)
    assert trail.settled[settled:] == live


def test_a_pen_writes_wider_where_it_is_pressed() -> None:
    soft = Stroke(Tool.PEN, 0, tuple(Point(10 * at, 100, 0.2, 8 * at) for at in range(30)))
    hard = Stroke(Tool.PEN, 0, tuple(Point(10 * at, 100, 0.9, 8 * at) for at in range(30)))
    assert min(widths(hard)) > 1.5 * max(widths(soft))


def test_a_finger_writes_thinner_where_it_flies() -> None:
    slow = Stroke(Tool.FINGER, 0, tuple(Point(2 * at, 100, 0.5, 8 * at) for at in range(40)))
    fast = Stroke(Tool.FINGER, 0, tuple(Point(20 * at, 100, 0.5, 8 * at) for at in range(40)))
    assert widths(slow)[-1] > 1.4 * widths(fast)[-1]


@given(a_stroke())
def test_the_width_never_jumps(stroke: Stroke) -> None:
    line = widths(stroke)
    assert all(1.2 <= width <= 5.3 for width in line)
    for (one, two), (before, after) in zip(pairwise(stroke.points), pairwise(line), strict=True):
        assert abs(after - before) <= 0.17 * math.dist((one.x, one.y), (two.x, two.y)) + 0.5


def test_a_dot_is_round_ink() -> None:
    (dot,) = contours(Stroke(Tool.MOUSE, 0, (Point(500, 200, 0.5, 0),)))
    radii = [math.dist(corner, (500, 200)) for corner in flattened(dot)]
    assert min(radii) > 2.9
    assert max(radii) - min(radii) < 0.02


def test_a_line_that_turns_back_on_itself_has_a_tip_and_no_hole() -> None:
    there_and_back = [*range(0, 101, 5), *range(95, -1, -5)] * 2
    points = tuple(Point(300 + x, 200, 0.5, 8 * at) for at, x in enumerate(there_and_back))
    ink = [flattened(contour) for contour in contours(Stroke(Tool.PEN, 0, points))]
    assert all(any(holds(corners, 300 + x, 200.01) for corners in ink) for x in range(101))


def test_the_box_of_the_ink_ends_at_the_edge_of_the_pad() -> None:
    stroke = Stroke(Tool.MOUSE, 0, (Point(-50, 100, 0.5, 0), Point(1500, 100, 0.5, 90)))
    box = inked_box(Drawing(2.0, (stroke,)))
    assert box is not None
    assert (box.left, box.right) == (0, 1000)
    assert inked_box(Drawing(2.0)) is None
