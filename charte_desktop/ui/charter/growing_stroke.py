"""A stroke while it is drawn, and the drawings between which one goes back and forth."""

from math import hypot

from charte_desktop.model.drawing import FARTHEST, LONGEST, Box, Drawing, Point, Stroke, Tool
from charte_desktop.model.ink_edge import Contour
from charte_desktop.model.ink_outline import Trail

_NEAR, _ALIKE = 0.2, 0.02
"""A point this close to the one before, pressed this much alike, says nothing new."""


class GrowingStroke:
    """The points of a stroke so far, and its ink."""

    def __init__(self, tool: Tool, began: int, at: int, weight: float) -> None:
        """`began`: milliseconds since the drawing began; `at`: the same moment on the pointer's clock.

        `weight`: how much wider the line is than on a pad of usual size.
        """
        self.tool = tool
        self._began, self._at = began, at
        self._points: list[Point] = []
        self._told = 0
        self._trail = Trail(tool, weight)
        self._inked = 0

    @property
    def count(self) -> int:
        """Of the points."""
        return len(self._points)

    @property
    def untold(self) -> int:
        """How many points nobody was told of."""
        return len(self._points) - self._told

    def tell(self) -> tuple[Point, ...]:
        """The points nobody was told of; now somebody is."""
        points = tuple(self._points[self._told :])
        self._told = len(self._points)
        return points

    def take(self, x: float, y: float, pressure: float | None, at: int) -> Box | None:
        """The tool is here; the box of what looks otherwise. Without a pressure, that of the point before."""
        last = self._points[-1] if self._points else None
        if pressure is None:
            pressure = last.pressure if last else 0.5
        moment = min(max(at - self._at, last.at if last else 0), LONGEST)
        point = Point(_near(x), _near(y), min(max(pressure, 0.0), 1.0), moment)
        if last and hypot(point.x - last.x, point.y - last.y) < _NEAR and abs(point.pressure - last.pressure) < _ALIKE:
            return None
        self._points.append(point)
        return self._trail.add((point,))

    def finish(self) -> None:
        """The tool was lifted."""
        self._trail.finish()

    def fresh_ink(self) -> list[Contour]:
        """What was settled since the last time."""
        fresh = self._trail.settled[self._inked :]
        self._inked += len(fresh)
        return fresh

    def live_ink(self) -> list[Contour]:
        """The end of the line."""
        return self._trail.live()

    def stroke(self) -> Stroke:
        """As it stands."""
        return Stroke(self.tool, self._began, tuple(self._points))


class DrawingHistory:
    """A drawing, what it was before, and what it was before one went back."""

    def __init__(self, drawing: Drawing) -> None:
        self._past: list[Drawing] = []
        self._future: list[Drawing] = []
        self.begin(drawing)

    def begin(self, drawing: Drawing) -> None:
        """Somebody else's strokes can be taken back one by one too."""
        self.drawing = drawing
        strokes = drawing.strokes
        self._past = [Drawing(drawing.aspect, strokes[:count]) for count in range(len(strokes))]
        self._future.clear()

    def put(self, drawing: Drawing) -> None:
        """What it is now."""
        self._past.append(self.drawing)
        self._future.clear()
        self.drawing = drawing

    @property
    def can_go_back(self) -> bool:
        return bool(self._past)

    @property
    def can_go_on(self) -> bool:
        return bool(self._future)

    def go_back(self) -> None:
        """What it was before; nothing when it was never otherwise."""
        if self._past:
            self._future.append(self.drawing)
            self.drawing = self._past.pop()

    def go_on(self) -> None:
        """What it was before one went back."""
        if self._future:
            self._past.append(self.drawing)
            self.drawing = self._future.pop()


def _near(place: float) -> float:
    return min(max(place, -FARTHEST), FARTHEST)
