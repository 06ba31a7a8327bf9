"""The cachet: from a photo of a company's stamp to its ink alone, as a transparent picture with its size in print.

Paper is never white on a photo: it is yellow, grey, darker at one side. What counts as paper is what is as bright as
the paper around it; the rest is ink, as opaque as it is darker, in its own colour. A stamp has no legal value alone.
"""

from dataclasses import dataclass
from io import BytesIO
from math import dist
from typing import TYPE_CHECKING, Any

from charte_desktop.documents.stamp_photo import Photo
from charte_desktop.errors import UserError

if TYPE_CHECKING:
    from PIL.Image import Image

LONGEST = 1_200
"""Pixels on the longer side of a stamp: 600 dots per inch for a large one."""
NARROWEST_MM, USUAL_MM, WIDEST_MM = 10.0, 40.0, 120.0
PALEST, DARKEST = 0, 100
"""The thresholds that may be asked for."""
_STEP = 2
"""Of 255 shades, for one of the threshold."""
_SEEN = 40
"""Of 255: fainter ink does not count when the margins are cut off."""
_COARSE = 300
"""Pixels on the longer side, below which a line may be as thin as a grain of dust."""
_GROUND = 160
"""Pixels on the longer side on which the paper's shades are looked at."""

Spot = tuple[float, float]


@dataclass(frozen=True)
class Corners:
    """The four corners of what is cut out, as parts of the photo's width and height, clockwise from the top left."""

    top_left: Spot = (0.0, 0.0)
    top_right: Spot = (1.0, 0.0)
    bottom_right: Spot = (1.0, 1.0)
    bottom_left: Spot = (0.0, 1.0)

    @property
    def spots(self) -> tuple[Spot, Spot, Spot, Spot]:
        return self.top_left, self.top_right, self.bottom_right, self.bottom_left

    @property
    def is_usable(self) -> bool:
        """Whether they are on the photo, in their order, and hold something between them."""
        if not all(0 <= x <= 1 and 0 <= y <= 1 for x, y in self.spots):
            return False
        around = self.spots
        for at in range(4):
            (ax, ay), (bx, by), (cx, cy) = around[at - 1], around[at], around[(at + 1) % 4]
            if (bx - ax) * (cy - by) - (by - ay) * (cx - bx) < 1e-4:
                return False
        return True


@dataclass(frozen=True, eq=False)
class Stamp:
    """Ink on nothing."""

    png: bytes
    width: int
    height: int
    """Pixels."""
    width_mm: float
    height_mm: float
    """In print."""


def straighten(photo: Photo, corners: Corners, longest: int = LONGEST) -> Photo:
    """What is between the corners, as if photographed from straight above; at most `longest` pixels on a side.

    Raises UserError when the corners cross each other.
    """
    from PIL import Image

    if not corners.is_usable:
        raise UserError("Les quatre coins se croisent ou se touchent : écartez-les autour du cachet.")
    spots = [(x * photo.width, y * photo.height) for x, y in corners.spots]
    across = (dist(spots[0], spots[1]) + dist(spots[3], spots[2])) / 2
    down = (dist(spots[0], spots[3]) + dist(spots[1], spots[2])) / 2
    scale = min(longest / max(across, down), 1.0)
    size = max(round(across * scale), 1), max(round(down * scale), 1)
    left, top = int(min(x for x, _ in spots)), int(min(y for _, y in spots))
    right, bottom = int(max(x for x, _ in spots)) + 1, int(max(y for _, y in spots)) + 1
    part = photo.image().crop((left, top, min(right, photo.width), min(bottom, photo.height)))
    # Made smaller first: a transformation looks at few pixels, and would lose thin lines.
    small = max(round(part.width * scale), 1), max(round(part.height * scale), 1)
    if scale < 1:
        part_scale = small[0] / part.width, small[1] / part.height
        part = part.resize(small, Image.Resampling.LANCZOS)
    else:
        part_scale = 1.0, 1.0
    placed = [((x - left) * part_scale[0], (y - top) * part_scale[1]) for x, y in spots]
    straight = part.transform(
        size, Image.Transform.PERSPECTIVE, _perspective(placed, size), Image.Resampling.BICUBIC, fillcolor="white"
    )
    dots = photo.dots_per_inch
    return Photo(size[0], size[1], straight.tobytes(), dots * scale if dots else None)


def propose_threshold(straight: Photo) -> int:
    """The threshold that keeps the grain of this paper out, and pale ink in."""
    shades = darkness(on_white(straight.image())).histogram()
    total = sum(shades)
    # At least a third of a stamp is paper, also of one that is cut out tightly: how dark it is, and how uneven.
    darkest = _share(shades, total * 0.35)
    grain = darkest - _share(shades, total * 0.10)
    return max(5, min(30, round((darkest + 3 * grain + 8) / _STEP)))


def lift_ink(straight: Photo, threshold: int) -> "Image":
    """The ink of a straightened photo: red, green, blue and how opaque. Darker than `threshold`, 0 to 100, is ink."""
    from PIL import Image, ImageChops

    white = on_white(straight.image())
    dark = darkness(white)
    low = max(PALEST, min(DARKEST, threshold)) * _STEP
    shades = dark.histogram()
    ink = sum(shades[low + 1 :])
    # Full ink is what the darker half of it is like; the outermost shades would leave the rest pale.
    full = max(low + 24, low + 1 + _share(shades[low + 1 :], ink * 0.55)) if ink else 255
    opaque = dark.point([max(0, min(255, round((shade - low) * 255 / (full - low)))) for shade in range(256)])
    opaque = ImageChops.darker(opaque, _around_ink(opaque))
    # Seen through `opaque` on white paper, the ink has the colour of the photo.
    channels = [_unmixed(channel, opaque) for channel in white.split()]
    lifted = Image.merge("RGB", channels)
    nothing = opaque.point([255] + [0] * 255)
    if nothing.getbbox() is not None:
        mean = _mean(lifted, ImageChops.invert(nothing))
        lifted.paste(mean, mask=nothing)  # one colour where nothing is seen: a fifth of the file
    lifted.putalpha(opaque)
    return lifted


def make_stamp(photo: Photo, corners: Corners, threshold: int, width_mm: float | None = None) -> Stamp:
    """Cut out, straighten, lift the ink, cut off empty margins; `width_mm` is what the result measures in print.

    Without a width, the one it had on the scanned paper, or 40 mm. Raises UserError when no ink is left.
    """
    straight = straighten(photo, corners)
    ink = lift_ink(straight, threshold)
    box = inked_part(ink)
    if box is None:
        raise UserError("Il ne reste rien du cachet : baissez le seuil du blanc, ou élargissez le cadre.")
    ink = ink.crop(box)
    if width_mm is None:
        width_mm = printed_width(straight, ink.width)
    # A thin upright strip as wide as a stamp would be as high as the page.
    width_mm = min(max(NARROWEST_MM, min(WIDEST_MM, width_mm)), WIDEST_MM * ink.width / ink.height)
    file = BytesIO()
    dots = ink.width / width_mm * 25.4
    ink.save(file, "PNG", dpi=(dots, dots))
    return Stamp(file.getvalue(), ink.width, ink.height, width_mm, round(width_mm * ink.height / ink.width, 2))


def inked_part(ink: "Image") -> tuple[int, int, int, int] | None:
    """Left, top, right and bottom of what is seen, with a hair of room; None when nothing is."""
    opaque = ink.getchannel("A")
    box = opaque.point([255 * (shade > _SEEN) for shade in range(256)]).getbbox()
    if box is None:
        return None
    room = max(2, max(ink.size) // 200)
    return (
        max(box[0] - room, 0),
        max(box[1] - room, 0),
        min(box[2] + room, ink.width),
        min(box[3] + room, ink.height),
    )


def printed_width(straight: Photo, pixels: int) -> float:
    """Millimetres of so many pixels on the scanned paper, when that is a stamp's size; else those of a usual stamp."""
    if straight.dots_per_inch is None:
        return USUAL_MM
    width = pixels / straight.dots_per_inch * 25.4
    return round(width, 1) if NARROWEST_MM <= width <= WIDEST_MM else USUAL_MM


def _perspective(spots: list[Spot], size: tuple[int, int]) -> tuple[float, ...]:
    """Where each pixel of a rectangle comes from, in the four-sided part of a photo that becomes it."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = spots
    across, down = size
    ux, uy, vx, vy = bx - cx, by - cy, dx - cx, dy - cy
    sx, sy = ax - bx + cx - dx, ay - by + cy - dy
    whole = ux * vy - vx * uy
    g, h = (sx * vy - vx * sy) / whole, (ux * sy - sx * uy) / whole
    return (
        (bx - ax + g * bx) / across, (dx - ax + h * dx) / down, ax,
        (by - ay + g * by) / across, (dy - ay + h * dy) / down, ay,
        g / across, h / down,
    )  # fmt: skip


def on_white(image: "Image") -> "Image":
    """The picture as if its paper were white everywhere."""
    from PIL import Image, ImageFilter, ImageMath

    scale = min(_GROUND / max(image.size), 1.0)
    small = image.resize(
        (max(round(image.width * scale), 1), max(round(image.height * scale), 1)), Image.Resampling.BOX
    )
    # Closing fills what is dark and narrower than a quarter of the picture, and leaves the slope of the light.
    for kind in (ImageFilter.MaxFilter, ImageFilter.MinFilter):
        for _ in range(max(1, max(small.size) // 32)):
            small = small.filter(kind(9))
    ground = small.filter(ImageFilter.GaussianBlur(max(small.size) / 80)).resize(image.size, Image.Resampling.BICUBIC)

    def divided(names: dict[str, Any]) -> Any:
        bright = names["min"](names["picture"] * 255 / names["max"](names["ground"], 1), 255)
        return names["convert"](bright, "L")

    pairs = zip(image.split(), ground.split(), strict=True)
    return Image.merge("RGB", [ImageMath.lambda_eval(divided, picture=one, ground=paper) for one, paper in pairs])


def darkness(white: "Image") -> "Image":
    """How much darker than white, in the channel that the ink darkens most: blue ink and red ink alike."""
    from PIL import ImageChops

    red, green, blue = white.split()
    return ImageChops.invert(ImageChops.darker(ImageChops.darker(red, green), blue))


def _unmixed(channel: "Image", opaque: "Image") -> "Image":
    from PIL import ImageMath

    def unmixed(names: dict[str, Any]) -> Any:
        left = 255 - (255 - names["channel"]) * 255 / names["max"](names["opaque"], 1)
        return names["convert"](names["max"](left, 0), "L")

    result: Image = ImageMath.lambda_eval(unmixed, channel=channel, opaque=opaque)
    return result


def _around_ink(opaque: "Image") -> "Image":
    """White on and beside ink, black on grains of dust; white everywhere on a picture whose lines are that thin."""
    from PIL import Image, ImageFilter

    if max(opaque.size) < _COARSE:
        return Image.new("L", opaque.size, 255)
    seen = opaque.point([255 * (shade > _SEEN) for shade in range(256)])
    # A mean over a square says where half of it is seen, and where any of it is, ten times faster than a rank filter.
    solid = seen.filter(ImageFilter.BoxBlur(2)).point([255 * (shade > 127) for shade in range(256)])
    return solid.filter(ImageFilter.BoxBlur(4)).point([0] + [255] * 255)


def _mean(image: "Image", mask: "Image") -> tuple[int, int, int]:
    from PIL import ImageStat

    if mask.getbbox() is None:
        return 0, 0, 0
    red, green, blue = (round(value) for value in ImageStat.Stat(image, mask).mean)
    return red, green, blue


def _share(shades: list[int], wanted: float) -> int:
    """The shade up to which `wanted` pixels are."""
    so_far = 0
    for shade, count in enumerate(shades):
        so_far += count
        if so_far >= wanted:
            return shade
    return len(shades) - 1
