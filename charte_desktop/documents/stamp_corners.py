"""Where the stamp is on a photo: a first proposal, which whoever sees the photo may move."""

from collections.abc import Iterable, Sequence
from math import cos, hypot, radians, sin
from typing import TYPE_CHECKING

from charte_desktop.documents.stamp import Corners, Spot, darkness, on_white
from charte_desktop.documents.stamp_photo import Photo

if TYPE_CHECKING:
    from PIL.Image import Image

_LOOKED_AT = 320
"""Pixels on the longer side on which the stamp is looked for."""
_FAINTEST = 28
"""Of 255 shades: what is paler is the grain of the paper."""
_APART = 6
"""Pixels between two parts of one stamp, in each direction."""
_ROOM = 0.04
"""Left around the ink, in parts of its size."""
_TABLE, _DIM = 0.25, 0.5
"""Where so much of the photo's edge is dark, less than half as bright as the paper, it shows what the paper lies on."""
_COLOURED = 40
"""Of 255 shades between the brightest and the darkest channel: less is black."""
_ENOUGH, _LEAST = 0.001, 8
"""The part of the photo that coloured ink must cover, to be the stamp among black print; and the pixels of any ink."""
_STRAIGHTER = 0.94
"""A frame that is turned is proposed when it is so much smaller than an upright one."""


def propose_corners(photo: Photo) -> Corners:
    """Around the part of the photo with the most ink, turned as it is; the whole photo when there is none."""
    from PIL import Image

    scale = min(_LOOKED_AT / max(photo.width, photo.height), 1.0)
    size = max(round(photo.width * scale), 1), max(round(photo.height * scale), 1)
    small = photo.image().resize(size, Image.Resampling.BOX)
    inked, coloured = _ink(on_white(small), _paper(small))
    spots = _heaviest(coloured)
    if len(spots) < _ENOUGH * size[0] * size[1]:
        spots = _heaviest(inked)
    if len(spots) < _LEAST:
        return Corners()
    fractions = [(min(max(x / size[0], 0.0), 1.0), min(max(y / size[1], 0.0), 1.0)) for x, y in _frame(spots)]
    corners = Corners(*fractions)
    return corners if corners.is_usable else Corners()


def _ink(white: "Image", paper: "Image") -> tuple["Image", "Image"]:
    """How dark the ink on the paper is, all of it and what has a colour; nothing where there is none."""
    from PIL import ImageChops

    dark = darkness(white)
    limit = max(_FAINTEST, _between_two(dark.histogram()) // 2)
    red, green, blue = white.split()
    brightest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    colour = ImageChops.subtract(brightest, ImageChops.invert(dark))
    inked = ImageChops.darker(dark.point([shade * (shade > limit) for shade in range(256)]), paper)
    return inked, ImageChops.darker(inked, colour.point([255 * (shade > _COLOURED) for shade in range(256)]))


def _paper(small: "Image") -> "Image":
    """The sheet that the stamp is on: white where it is, black on the table around it."""
    from PIL import Image, ImageDraw, ImageFilter

    grey = small.convert("L").filter(ImageFilter.GaussianBlur(2))
    shades = grey.histogram()
    limit = _between_two(shades)
    whole = Image.new("L", small.size, 255)
    dark, bright = sum(shades[: limit + 1]), sum(shades[limit + 1 :])
    if not dark or not bright:
        return whole
    dim = sum(shade * count for shade, count in enumerate(shades[: limit + 1])) / dark
    light = sum(shade * count for shade, count in enumerate(shades) if shade > limit) / bright
    edge = _edge(grey)
    if dim > _DIM * light or sum(shade <= limit for shade in edge) < _TABLE * len(edge):
        return whole
    sheet = max(_parts(grey.point([0] * (limit + 1) + [255] * (255 - limit))), key=len)
    if len(sheet) < 0.05 * small.width * small.height:
        return whole
    hull = _hull(sheet)
    filled = Image.new("L", small.size, 0)
    ImageDraw.Draw(filled).polygon(hull, fill=255)
    # Its own edge, and the shadow that it throws, are no ink.
    return filled.filter(ImageFilter.MinFilter(9))


def _edge(grey: "Image") -> bytes:
    """The pixels along the four sides."""
    pixels, width = grey.tobytes(), grey.width
    return pixels[:width] + pixels[-width:] + pixels[::width] + pixels[width - 1 :: width]


def _heaviest(weight: "Image") -> list[tuple[int, int]]:
    """The pixels of the heaviest group of ink: parts that lie close together are one."""
    from PIL import ImageFilter

    # Three of nine, as on a thin line, are ink; one or two are dust.
    near = (
        weight.point([0] + [255] * 255).filter(ImageFilter.BoxBlur(1)).point([255 * (one > 75) for one in range(256)])
    )
    for _ in range(_APART // 2):
        near = near.filter(ImageFilter.MaxFilter(5))
    pixels, width = weight.tobytes(), weight.width
    best: list[tuple[int, int]] = []
    heaviest = 0
    for part in _parts(near):
        total = sum(pixels[y * width + x] for x, y in part)
        if total > heaviest:
            best, heaviest = [(x, y) for x, y in part if pixels[y * width + x]], total
    return best


def _parts(mask: "Image") -> list[list[tuple[int, int]]]:
    """The pixels of each connected part of a mask."""
    width, height = mask.size
    left = bytearray(mask.tobytes())
    parts = []
    start = left.find(255)
    while start >= 0:
        left[start] = 0
        waiting, part = [start], []
        while waiting:
            at = waiting.pop()
            y, x = divmod(at, width)
            part.append((x, y))
            for beside, inside in (
                (at - 1, x > 0),
                (at + 1, x < width - 1),
                (at - width, y > 0),
                (at + width, y < height - 1),
            ):
                if inside and left[beside]:
                    left[beside] = 0
                    waiting.append(beside)
        parts.append(part)
        start = left.find(255, start)
    return parts


def _frame(spots: Sequence[tuple[int, int]]) -> list[Spot]:
    """The smallest rectangle around the spots, if turning it is worth it, with some room; clockwise from top left."""
    hull = _hull(spots)
    straight = _turned(hull, 0)
    best = min((_turned(hull, angle) for angle in range(-44, 45)), key=lambda one: one[0])
    _, angle, left, top, right, bottom = best if best[0] < straight[0] * _STRAIGHTER else straight
    room = _ROOM * hypot(right - left, bottom - top) / 1.4 + 1
    turn = radians(angle)
    return [
        (x * cos(turn) - y * sin(turn) + 0.5, x * sin(turn) + y * cos(turn) + 0.5)
        for x, y in (
            (left - room, top - room),
            (right + room, top - room),
            (right + room, bottom + room),
            (left - room, bottom + room),
        )
    ]


def _turned(hull: Sequence[Spot], angle: int) -> tuple[float, int, float, float, float, float]:
    """The area and the edges of the rectangle around the spots whose sides are turned by `angle` degrees."""
    turn = radians(angle)
    across = [x * cos(turn) + y * sin(turn) for x, y in hull]
    down = [y * cos(turn) - x * sin(turn) for x, y in hull]
    left, top, right, bottom = min(across), min(down), max(across), max(down)
    return (right - left + 1) * (bottom - top + 1), angle, left, top, right, bottom


def _hull(spots: Iterable[tuple[int, int]]) -> list[Spot]:
    """The outermost spots, around all."""
    ordered = sorted(set(spots))
    if len(ordered) < 3:
        return [(float(x), float(y)) for x, y in ordered] * 2
    half: list[list[tuple[int, int]]] = []
    for way in (ordered, ordered[::-1]):
        line: list[tuple[int, int]] = []
        for x, y in way:
            while len(line) > 1 and _is_left(line[-2], line[-1], (x, y)):
                line.pop()
            line.append((x, y))
        half.append(line[:-1])
    return [(float(x), float(y)) for x, y in half[0] + half[1]]


def _is_left(a: tuple[int, int], b: tuple[int, int], c: tuple[int, int]) -> bool:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) <= 0


def _between_two(shades: list[int]) -> int:
    """The shade that best parts dark from bright (Otsu)."""
    total, everything = sum(shades), sum(shade * count for shade, count in enumerate(shades))
    best, limit = -1.0, 0
    below = summed = 0
    for shade, count in enumerate(shades):
        below += count
        summed += shade * count
        above = total - below
        if below and above:
            gap = summed / below - (everything - summed) / above
            apart = below * above * gap * gap
            if apart > best:
                best, limit = apart, shade
    return limit
