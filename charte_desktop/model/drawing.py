"""A signature as it was drawn: strokes of points that know nothing of the screen they were drawn on.

Lengths are thousandths of the pad's width, from its left and from its top: another screen, a resized window or a page
of paper changes nothing in them. Every value is rounded when it is made, so that what is written is what was kept.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from math import hypot, isfinite
from typing import Any, NamedTuple

from charte_desktop.errors import UserError

WIDTH = 1000.0
"""Of every pad, in its own unit."""
FARTHEST = 100_000.0
"""How far outside the pad a line may run: a hundred pads."""
LONGEST = 86_400_000
"""Milliseconds in a day: no stroke takes longer, and none begins later."""
MOST_STROKES, MOST_POINTS = 1_000, 50_000
"""A signature has some hundreds of points; four minutes of scribbling with a pen have this many."""
_NARROWEST, _WIDEST = 0.02, 50.0
_MOST_TEXT = 2_500_000
_FORMAT, _VERSION = "charte-desktop/drawing", 1
_SHORT, _SMALL = 60.0, 25.0
"""A line shorter than the one, or a drawing that fits in a square of the other, is a dot or a tick."""


class Tool(StrEnum):
    """What drew a stroke; a mouse has no pressure, and a finger none to trust."""

    PEN = "pen"
    FINGER = "finger"
    MOUSE = "mouse"


class Box(NamedTuple):
    """A rectangle, in the unit of the pad."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Point:
    """Where the tool was; x and y are kept to the hundredth of their unit, the pressure to the thousandth."""

    x: float
    y: float
    pressure: float
    """From 0 to 1; 0.5 where the tool knows none."""
    at: int
    """Milliseconds since the stroke began."""

    def __post_init__(self) -> None:
        if not (isfinite(self.x) and isfinite(self.y) and abs(self.x) <= FARTHEST and abs(self.y) <= FARTHEST):
            raise ValueError(f"no place on a pad: {self.x}, {self.y}")
        if not 0 <= self.pressure <= 1:
            raise ValueError(f"no pressure: {self.pressure}")
        if not 0 <= self.at <= LONGEST:
            raise ValueError(f"no moment of a stroke: {self.at}")
        # Adding zero makes -0.0 a plain zero.
        object.__setattr__(self, "x", round(self.x, 2) + 0.0)
        object.__setattr__(self, "y", round(self.y, 2) + 0.0)
        object.__setattr__(self, "pressure", round(self.pressure, 3) + 0.0)
        object.__setattr__(self, "at", int(self.at))


@dataclass(frozen=True, slots=True)
class Stroke:
    """One line, from where the tool touched to where it was lifted."""

    tool: Tool
    began: int
    """Milliseconds since the drawing began."""
    points: tuple[Point, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.began <= LONGEST:
            raise ValueError(f"no moment of a drawing: {self.began}")

    @property
    def length(self) -> float:
        """Of the line through the points."""
        return sum(hypot(two.x - one.x, two.y - one.y) for one, two in pairwise(self.points))

    @property
    def ended(self) -> int:
        """Milliseconds since the drawing began."""
        return self.began + (self.points[-1].at if self.points else 0)


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything drawn on one pad, in the order in which it was drawn."""

    aspect: float
    """Width of the pad divided by its height."""
    strokes: tuple[Stroke, ...] = ()

    def __post_init__(self) -> None:
        if not _NARROWEST <= self.aspect <= _WIDEST:
            raise ValueError(f"no pad has this shape: {self.aspect}")
        if len(self.strokes) > MOST_STROKES or self.point_count > MOST_POINTS:
            raise ValueError("too long for a signature")
        object.__setattr__(self, "aspect", round(self.aspect, 4))

    @property
    def height(self) -> float:
        """Of the pad."""
        return WIDTH / self.aspect

    @property
    def point_count(self) -> int:
        return sum(len(stroke.points) for stroke in self.strokes)

    @property
    def duration(self) -> int:
        """Milliseconds from the first touch to the last lift."""
        return max((stroke.ended for stroke in self.strokes), default=0)

    @property
    def total_length(self) -> float:
        """Of all lines."""
        return sum(stroke.length for stroke in self.strokes)

    def bounding_box(self) -> Box | None:
        """Around all points, without the width of the ink; None when there is none."""
        points = [point for stroke in self.strokes for point in stroke.points]
        if not points:
            return None
        across, down = [point.x for point in points], [point.y for point in points]
        return Box(min(across), min(down), max(across), max(down))

    @property
    def is_blank(self) -> bool:
        return not any(stroke.points for stroke in self.strokes)

    @property
    def is_very_short(self) -> bool:
        """A dot or a tiny tick: worth a question, never a refusal. A blank pad is not short, it is blank."""
        box = self.bounding_box()
        if box is None:
            return False
        return self.total_length < _SHORT or max(box.width, box.height) < _SMALL

    def with_stroke(self, stroke: Stroke) -> "Drawing":
        """One stroke more."""
        return replace(self, strokes=(*self.strokes, stroke))

    def with_points(self, number: int, points: Iterable[Point]) -> "Drawing":
        """More points at the end of the stroke `number`, from 0."""
        stroke = self.strokes[number]
        longer = replace(stroke, points=(*stroke.points, *points))
        return replace(self, strokes=(*self.strokes[:number], longer, *self.strokes[number + 1 :]))

    def without_last_stroke(self) -> "Drawing":
        """What it was before the last stroke."""
        return replace(self, strokes=self.strokes[:-1])

    def as_json(self) -> str:
        """The drawing as text: places in hundredths of the unit, pressures in thousandths, moments in milliseconds."""
        strokes = [
            {"tool": stroke.tool.value, "began": stroke.began, "points": _written(stroke.points)}
            for stroke in self.strokes
        ]
        return _text({"format": _FORMAT, "version": _VERSION, "aspect": self.aspect, "strokes": strokes})

    @classmethod
    def from_json(cls, text: str) -> "Drawing":
        """The drawing that `as_json` wrote. Raises UserError for anything else."""
        parsed = _parsed(text)
        try:
            if parsed["format"] != _FORMAT:
                raise ValueError("another format")
            if _whole(parsed["version"]) != _VERSION:
                raise UserError(
                    "Cette signature a été enregistrée par une version plus récente de Charte Desktop : "
                    "mettez le programme à jour."
                )
            aspect = parsed["aspect"]
            if isinstance(aspect, bool) or not isinstance(aspect, int | float):
                raise TypeError("no shape")
            return cls(aspect, tuple(_stroke(one) for one in _listed(parsed["strokes"])))
        except (KeyError, TypeError, ValueError, OverflowError) as fault:
            raise UserError(_DAMAGED) from fault


def points_as_json(points: Iterable[Point]) -> str:
    """Some points of a stroke, to be kept while it is drawn; they may be joined to those before."""
    return _text(_written(points))


def points_from_json(text: str) -> tuple[Point, ...]:
    """What `points_as_json` wrote. Raises UserError for anything else."""
    try:
        return _points(_parsed(text))
    except (TypeError, ValueError, OverflowError) as fault:
        raise UserError(_DAMAGED) from fault


_DAMAGED = "Ce tracé de signature est abîmé ou vient d'un autre programme : faites signer de nouveau."


def _text(content: object) -> str:
    return json.dumps(content, separators=(",", ":"), allow_nan=False)


def _parsed(text: str) -> Any:
    if len(text) > _MOST_TEXT:
        raise UserError(_DAMAGED)
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise UserError(_DAMAGED) from fault


def _written(points: Iterable[Point]) -> list[list[int]]:
    return [[round(one.x * 100), round(one.y * 100), round(one.pressure * 1000), one.at] for one in points]


def _stroke(parsed: Any) -> Stroke:
    return Stroke(Tool(parsed["tool"]), _whole(parsed["began"]), _points(parsed["points"]))


def _points(parsed: Any) -> tuple[Point, ...]:
    points = []
    for one in _listed(parsed):
        x, y, pressure, at = map(_whole, _listed(one))
        points.append(Point(x / 100, y / 100, pressure / 1000, at))
    return tuple(points)


def _listed(parsed: Any) -> Sequence[Any]:
    if not isinstance(parsed, list):
        raise TypeError("no list")
    return parsed


def _whole(parsed: Any) -> int:
    if not isinstance(parsed, int) or isinstance(parsed, bool):
        raise TypeError("no whole number")
    return parsed
