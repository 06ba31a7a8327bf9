"""The ink of a stroke: from points to filled outlines, the same on the screen and on paper.

The line runs through the points as a smooth curve whose width follows the pressure of a pen, and the speed of a
finger or of a mouse. What it becomes at a point depends on a few points around it alone, so that a stroke may be inked
while it is drawn: its `Trail` settles piece after piece, and only the end of the line may still change.
"""

from collections.abc import Iterable
from itertools import pairwise
from math import cos, hypot, radians, sqrt

from charte_desktop.model.drawing import WIDTH, Box, Drawing, Point, Stroke, Tool
from charte_desktop.model.ink_edge import Contour, Cubic, Piece, Spot, between, dot

COLOUR = "#17265E"
"""A blue as dark as black ink: one sees that it was not printed with the text."""

_Knot = tuple[float, float, float]
"""x, y and the width of the line there."""

_THIN, _THICK = 1.3, 5.2
"""The width of a pen's line without pressure and with all of it."""
_FAST, _SLOW, _BRISK = 1.5, 4.2, 0.9
"""The width of a finger's line that flies and that stands; at the third, in units a millisecond, it is between."""
_DOT = 6.0
"""The least width of a dot."""
_CALM = 40.0
"""Milliseconds over which speed is felt: a hand does not change it faster, a clock's ticks do."""
_SWELL, _SEEP = 0.16, 0.012
"""The most that the width changes in a unit of way, and in a millisecond on the spot."""
_STEP = 2.5
"""Points closer than this say more of the screen's grid than of the hand."""
_GRID = 0.6
"""How far a point may be moved to smooth the line: what the grid of a screen moved it."""
_CORNER = cos(radians(140))
"""A line that turns more than this has a corner."""
_PIECE = 24
"""Curves in a piece: few enough to be drawn again at each point."""


class Nib:
    """The width of one stroke's line, from its points in their order."""

    def __init__(self, tool: Tool) -> None:
        self._tool = tool
        self._last: Point | None = None
        self._width = 0.0
        self._speed = 0.0
        self._way = 0.0
        """Gone since the clock last moved."""

    def width_at(self, point: Point) -> float:
        """Of the line at the next point."""
        last, self._last = self._last, point
        if last is None:
            self._width = self._wanted(point) if self._tool is Tool.PEN else (_FAST + 2 * _SLOW) / 3
            return self._width
        way, time = hypot(point.x - last.x, point.y - last.y), max(point.at - last.at, 0)
        self._way += way
        if time:
            self._speed += (self._way / time - self._speed) * min(time / _CALM, 1.0)
            self._way = 0.0
        most = _SWELL * way + _SEEP * min(time, _CALM)
        self._width += max(-most, min(most, self._wanted(point) - self._width))
        return self._width

    def _wanted(self, point: Point) -> float:
        if self._tool is Tool.PEN:
            return _THIN + (_THICK - _THIN) * float(point.pressure**0.8)
        return _FAST + (_SLOW - _FAST) / (1 + self._speed / _BRISK)


def widths(stroke: Stroke) -> list[float]:
    """The width of the line at each point."""
    nib = Nib(stroke.tool)
    return [nib.width_at(point) for point in stroke.points]


class Trail:
    """The ink of one stroke as it grows."""

    def __init__(self, tool: Tool, weight: float = 1.0) -> None:
        """`weight` makes the whole line wider: what is shown very small would be too fine."""
        self.settled: list[Contour] = []
        """Pieces that no further point changes."""
        self._nib = Nib(tool)
        self._weight = weight
        self._knots: list[_Knot] = []
        self._tail: _Knot | None = None
        """The last point, when it is too close to the last knot to be one."""
        self._done = 0
        """Curves already in a piece, settled or not."""
        self._piece = Piece()
        self._loose: list[_Knot] = []
        """What the end of the line went through when it was last looked at."""

    def add(self, points: Iterable[Point]) -> Box | None:
        """Go on through these points; the box of what looks otherwise than before."""
        seen = list(self._loose)
        for point in points:
            self._take(point)
        self._loose = self._knots[max(self._done - 2, 0) :]
        if self._tail is not None:
            self._loose.append(self._tail)
        return _around([*seen, *self._loose], _DOT * self._weight)

    def finish(self) -> None:
        """The tool was lifted: everything is settled."""
        self._keep_tail()
        self._settle(len(self._knots) - 1)
        self._end_piece()

    def live(self) -> list[Contour]:
        """The outlines of the end of the line, which may still change; they hide nothing that is settled."""
        knots = len(self._knots)
        self._keep_tail()
        if len(self._knots) == 1:
            contours = [self._dot()]
        else:
            pieces = [self._piece.copy()]
            for at in range(self._done, len(self._knots) - 1):
                if self._breaks(at, pieces[-1]):
                    pieces.append(Piece())
                pieces[-1].add(*self._curve(at))
            contours = [piece.contour() for piece in pieces if piece.count]
        del self._knots[knots:]
        return contours

    def _take(self, point: Point) -> None:
        knot = point.x, point.y, self._nib.width_at(point) * self._weight
        if not self._knots:
            self._knots.append(knot)
            return
        last = self._knots[-1]
        if hypot(knot[0] - last[0], knot[1] - last[1]) >= _STEP:
            self._knots.append(knot)
            self._tail = None
            # A curve needs the points to the third after its beginning.
            self._settle(len(self._knots) - 3)
            return
        self._tail = knot
        if len(self._knots) == 1:  # a pen pressed on the spot
            self._knots[0] = last[0], last[1], max(last[2], knot[2])

    def _keep_tail(self) -> None:
        if self._tail is not None and _far(self._tail, self._knots[-1], _STEP / 4):
            self._knots.append(self._tail)

    def _settle(self, until: int) -> None:
        while self._done < until:
            if self._breaks(self._done, self._piece):
                self._end_piece()
            self._piece.add(*self._curve(self._done))
            self._done += 1

    def _end_piece(self) -> None:
        if self._piece.count:
            self.settled.append(self._piece.contour())
            self._piece = Piece()
        elif len(self._knots) == 1:
            self.settled.append(self._dot())

    def _dot(self) -> Contour:
        x, y, width = self._knots[0]
        return dot(x, y, max(width, _DOT * self._weight) / 2)

    def _breaks(self, at: int, piece: "Piece") -> bool:
        return piece.count >= _PIECE or (piece.count > 0 and self._is_corner(at))

    def _is_corner(self, at: int) -> bool:
        """Whether the line turns back at a knot; both ends of the line count as corners."""
        if not 0 < at < len(self._knots) - 1:
            return True
        (ax, ay, _), (bx, by, _), (cx, cy, _) = self._knots[at - 1 : at + 2]
        ux, uy, vx, vy = bx - ax, by - ay, cx - bx, cy - by
        return ux * vx + uy * vy < _CORNER * hypot(ux, uy) * hypot(vx, vy)

    def _smooth(self, at: int) -> Spot:
        """A knot without what the screen's grid did to it."""
        x, y, _ = self._knots[at]
        if self._is_corner(at):
            return x, y
        (ax, ay, _), _, (cx, cy, _) = self._knots[at - 1 : at + 2]
        dx, dy = (ax + cx) / 4 - x / 2, (ay + cy) / 4 - y / 2
        far = hypot(dx, dy)
        if far > _GRID:
            dx, dy = dx * _GRID / far, dy * _GRID / far
        return x + dx, y + dy

    def _direction(self, at: int) -> Spot:
        """Where the line goes at a knot inside it: as a centripetal Catmull-Rom curve, which makes no loops."""
        a, b, c = self._smooth(at - 1), self._smooth(at), self._smooth(at + 1)
        before, after = _pace(a, b), _pace(b, c)
        whole = before + after
        return (
            (b[0] - a[0]) / before - (c[0] - a[0]) / whole + (c[0] - b[0]) / after,
            (b[1] - a[1]) / before - (c[1] - a[1]) / whole + (c[1] - b[1]) / after,
        )

    def _curve(self, at: int) -> tuple[Cubic, float, float]:
        """The curve from a knot to the next, with the widths at its ends."""
        start, end = self._smooth(at), self._smooth(at + 1)
        pace = _pace(start, end) / 3
        one = two = None
        if not self._is_corner(at):
            dx, dy = self._direction(at)
            one = start[0] + dx * pace, start[1] + dy * pace
        if not self._is_corner(at + 1):
            dx, dy = self._direction(at + 1)
            two = end[0] - dx * pace, end[1] - dy * pace
        if one is None:
            one = between(start, two or end, 0.5 if two else 1 / 3)
        if two is None:
            two = between(end, one, 0.5)
        return (start, one, two, end), self._knots[at][2], self._knots[at + 1][2]


def contours(stroke: Stroke, weight: float = 1.0) -> list[Contour]:
    """The whole ink of a stroke."""
    if not stroke.points:
        return []
    trail = Trail(stroke.tool, weight)
    trail.add(stroke.points)
    trail.finish()
    return trail.settled


def inked_box(drawing: Drawing) -> Box | None:
    """Around the ink that stands on the pad; None when there is none."""
    numbers = [contour for stroke in drawing.strokes for contour in contours(stroke)]
    if not numbers:
        return None
    across = [x for contour in numbers for x in contour[::2]]
    down = [y for contour in numbers for y in contour[1::2]]
    left, right = (max(0.0, min(WIDTH, x)) for x in (min(across), max(across)))
    top, bottom = (max(0.0, min(drawing.height, y)) for y in (min(down), max(down)))
    return Box(left, top, right, bottom)


def _around(knots: list[_Knot], least: float) -> Box | None:
    if not knots:
        return None
    # A curve leaves the points it runs through by less than the longest of its steps.
    leap = max((hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(knots)), default=0.0)
    room = leap / 2 + max(least, *(knot[2] for knot in knots)) + _GRID
    across, down = [knot[0] for knot in knots], [knot[1] for knot in knots]
    return Box(min(across) - room, min(down) - room, max(across) + room, max(down) + room)


def _far(one: _Knot, two: _Knot, far: float) -> bool:
    return hypot(one[0] - two[0], one[1] - two[1]) >= far


def _pace(one: Spot, two: Spot) -> float:
    """The time of a curve between two knots, centripetal."""
    return sqrt(max(hypot(two[0] - one[0], two[1] - one[1]), 1e-6))
