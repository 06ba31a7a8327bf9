"""The two edges of a line that has a width: smooth curves turned into closed outlines."""

from itertools import pairwise
from math import atan2, ceil, hypot, radians

Contour = tuple[float, ...]
"""A closed outline to be filled: x and y of its first point, then six numbers for each cubic Bézier that follows.

Each is filled by itself, with the rule "non-zero": pieces of one line overlap where they meet.
"""

Spot = tuple[float, float]
Cubic = tuple[Spot, Spot, Spot, Spot]

_BEND = radians(40)
"""A curve that turns more is cut before it is given its width."""
_ARC = 0.5523
"""The handle of a quarter of a circle, in radii."""


class Piece:
    """Curves one after the other, and both edges of their ink."""

    def __init__(self) -> None:
        self.count = 0
        """Of the curves."""
        self._left: list[Cubic] = []
        self._right: list[Cubic] = []

    def copy(self) -> "Piece":
        """One that may go on otherwise."""
        twin = Piece()
        twin.count, twin._left, twin._right = self.count, self._left.copy(), self._right.copy()
        return twin

    def add(self, curve: Cubic, width: float, next_width: float) -> None:
        """Go on along a curve, from a width to the next."""
        self.count += 1
        parts = max(ceil(_turn(curve) / _BEND), 1)
        for part in range(parts):
            begin, end = part / parts, (part + 1) / parts
            cut = _cut(curve, begin, end) if parts > 1 else curve
            radii = (width + (next_width - width) * begin) / 2, (width + (next_width - width) * end) / 2
            self._left.append(_beside(cut, *radii))
            self._right.append(_beside(cut, -radii[0], -radii[1]))

    def contour(self) -> Contour:
        """Along the left edge, around the end, back along the right edge, around the beginning."""
        left, right = self._left, self._right
        numbers = [*left[0][0]]
        for _, one, two, end in left:
            numbers += (*one, *two, *end)
        _round(numbers, left[-1][3], right[-1][3])
        for start, one, two, _ in reversed(right):
            numbers += (*two, *one, *start)
        _round(numbers, right[0][0], left[0][0])
        return tuple(numbers)


def between(one: Spot, two: Spot, at: float) -> Spot:
    """The spot at a part of the way from one to the other."""
    return one[0] + (two[0] - one[0]) * at, one[1] + (two[1] - one[1]) * at


def _turn(curve: Cubic) -> float:
    """How far a curve turns, in radians, roughly and never less than half."""
    total = 0.0
    sides = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(curve)]
    sides = [side for side in sides if hypot(*side) > 1e-9]
    for (ux, uy), (vx, vy) in pairwise(sides):
        total += abs(atan2(ux * vy - uy * vx, ux * vx + uy * vy))
    return total


def _cut(curve: Cubic, begin: float, end: float) -> Cubic:
    """A part of a curve."""
    if end < 1:
        curve = _halves(curve, end)[0]
    return _halves(curve, begin / end)[1] if begin > 0 else curve


def _halves(curve: Cubic, at: float) -> tuple[Cubic, Cubic]:
    a, b, c, d = curve
    ab, bc, cd = between(a, b, at), between(b, c, at), between(c, d, at)
    abc, bcd = between(ab, bc, at), between(bc, cd, at)
    middle = between(abc, bcd, at)
    return (a, ab, abc, middle), (middle, bcd, cd, d)


def _beside(curve: Cubic, first: float, last: float) -> Cubic:
    """The edge of the ink: the curve moved to its left by `first` at its beginning and `last` at its end."""
    a, b, c, d = curve
    ux, uy = _heading(a, b, c, d)
    vx, vy = _heading(d, c, b, a)
    start, end = (a[0] + uy * first, a[1] - ux * first), (d[0] - vy * last, d[1] + vx * last)
    chord = hypot(d[0] - a[0], d[1] - a[1])
    stretch = hypot(end[0] - start[0], end[1] - start[1]) / chord if chord > 1e-9 else 0.0
    return (
        start,
        (start[0] + (b[0] - a[0]) * stretch, start[1] + (b[1] - a[1]) * stretch),
        (end[0] + (c[0] - d[0]) * stretch, end[1] + (c[1] - d[1]) * stretch),
        end,
    )


def _heading(start: Spot, *others: Spot) -> Spot:
    """The direction, of length 1, in which a curve leaves its beginning."""
    for other in others:
        dx, dy = other[0] - start[0], other[1] - start[1]
        far = hypot(dx, dy)
        if far > 1e-9:
            return dx / far, dy / far
    return 1.0, 0.0


def _round(numbers: list[float], start: Spot, end: Spot) -> None:
    """Half a circle from one edge of the ink to the other, around its end."""
    x, y = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    ux, uy = start[0] - x, start[1] - y
    vx, vy = -uy, ux
    _quarter(numbers, x, y, (ux, uy), (vx, vy))
    _quarter(numbers, x, y, (vx, vy), (-ux, -uy))


def _quarter(numbers: list[float], x: float, y: float, start: Spot, end: Spot) -> None:
    (ux, uy), (vx, vy) = start, end
    numbers += (
        x + ux + vx * _ARC, y + uy + vy * _ARC, x + vx + ux * _ARC, y + vy + uy * _ARC, x + vx, y + vy
    )  # fmt: skip


def dot(x: float, y: float, radius: float) -> Contour:
    """A point of ink."""
    numbers = [x + radius, y]
    _round(numbers, (x + radius, y), (x - radius, y))
    _round(numbers, (x - radius, y), (x + radius, y))
    return tuple(numbers)
