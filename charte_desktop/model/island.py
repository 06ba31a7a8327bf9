"""The communes of the island as shapes to be drawn, on a screen or on paper.

Places are parts of the island's width, from its west and from its north: drawn at any size, it keeps its shape.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import cos, hypot, radians

from charte_desktop.paths import resources

Point = tuple[float, float]
Ring = tuple[Point, ...]


@dataclass(frozen=True)
class Shape:
    """One commune."""

    code: str
    """INSEE."""
    rings: tuple[Ring, ...]
    """Outlines; the first one is the land, others are islets."""
    middle: Point
    """Well inside, where a number can be written."""
    room: float
    """Distance from the middle to the nearest outline."""


@dataclass(frozen=True)
class Island:
    """The whole."""

    shapes: tuple[Shape, ...]
    height: float
    """Of the island, its width being 1."""


@cache
def island() -> Island:
    """The communes, simplified by IGN; read once."""
    text = (resources() / "reference" / "communes_974.geojson").read_text(encoding="utf-8")
    outlines = {one["properties"]["code"]: list(_rings(one["geometry"])) for one in json.loads(text)["features"]}
    points = [point for rings in outlines.values() for ring in rings for point in ring]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    # A degree of longitude is shorter than one of latitude by the cosine of the latitude.
    narrow = cos(radians((south + north) / 2))
    width = (east - west) * narrow

    def placed(ring: Sequence[Sequence[float]]) -> Ring:
        return tuple(((x - west) * narrow / width, (north - y) / width) for x, y in ring)

    shapes = []
    for code, rings in outlines.items():
        on_map = tuple(map(placed, rings))
        middle, room = _middle(on_map[0])
        shapes.append(Shape(code, on_map, middle, room))
    return Island(tuple(shapes), (north - south) / width)


def _rings(geometry: dict[str, object]) -> Iterator[Sequence[Sequence[float]]]:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    assert isinstance(polygons, list)
    for polygon in polygons:
        yield polygon[0]


_STEPS = 10


def _middle(ring: Ring) -> tuple[Point, float]:
    """The centre of gravity when it is inside, else the point of a grid that is farthest from the outline's corners.

    With it, how far the nearest corner is.
    """
    corners = ring[:: max(len(ring) // 60, 1)]

    def room(point: Point) -> float:
        return min(hypot(point[0] - x, point[1] - y) for x, y in corners)

    centre = _centre(ring)
    if is_inside(centre, ring):
        return centre, room(centre)
    left, right = min(x for x, _ in ring), max(x for x, _ in ring)
    top, bottom = min(y for _, y in ring), max(y for _, y in ring)
    grid = (
        (left + (right - left) * across / _STEPS, top + (bottom - top) * down / _STEPS)
        for across in range(1, _STEPS)
        for down in range(1, _STEPS)
    )
    best = max((point for point in grid if is_inside(point, ring)), key=room, default=ring[0])
    return best, room(best)


def _centre(ring: Ring) -> Point:
    area = across = down = 0.0
    before = ring[-1]
    for here in ring:
        part = before[0] * here[1] - here[0] * before[1]
        area += part
        across += (before[0] + here[0]) * part
        down += (before[1] + here[1]) * part
        before = here
    return across / (3 * area), down / (3 * area)


def is_inside(point: Point, ring: Ring) -> bool:
    """True when a point is inside an outline."""
    x, y = point
    inside = False
    before = ring[-1]
    for here in ring:
        if (here[1] > y) != (before[1] > y):
            crossing = here[0] + (y - here[1]) / (before[1] - here[1]) * (before[0] - here[0])
            inside ^= x < crossing
        before = here
    return inside


def step_of(count: int, most: int, steps: int = 5) -> int:
    """The tint of a count among `steps`, from 0 for none to `steps` for the largest."""
    if count <= 0 or most <= 0:
        return 0
    return min(steps, 1 + (count - 1) * steps // most)
