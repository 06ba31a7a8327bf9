"""A radar: where its spokes, its corners and the words of its axes stand. Down is positive, as on a screen."""

from collections.abc import Sequence
from math import cos, pi, sin

Point = tuple[float, float]

RINGS = (25, 50, 75, 100)
"""The scores at which a web is drawn."""


def spoke(number: int, count: int) -> Point:
    """The direction of an axis, the first one upwards, then clockwise."""
    turn = 2 * pi * number / count - pi / 2
    return cos(turn), sin(turn)


def corners(scores: Sequence[int | None], centre: Point, radius: float) -> list[Point]:
    """The corners of the shape that scores draw; an axis without a score has none, and the shape goes past it."""
    found = []
    for number, score in enumerate(scores):
        if score is not None:
            across, down = spoke(number, len(scores))
            found.append((centre[0] + across * radius * score / 100, centre[1] + down * radius * score / 100))
    return found


def side_of(number: int, count: int) -> int:
    """Where the words of an axis stand: -1 left of its end, 1 right, 0 above or below."""
    across, _ = spoke(number, count)
    return 0 if abs(across) < 0.2 else 1 if across > 0 else -1
