"""Stamps as people photograph them: worn ink on yellow, grey, badly lit, noisy paper, beside print or on a table."""

from io import BytesIO
from typing import Any

from PIL import Image, ImageChops, ImageDraw, ImageFilter

BLUE, RED, BLACK = (30, 50, 150), (190, 30, 40), (30, 30, 35)
Colour = tuple[int, int, int]


def a_stamp(colour: Colour = BLUE, size: tuple[int, int] = (450, 190)) -> Image.Image:
    """A frame with four lines of something like letters."""
    width, height = size
    stamp = Image.new("RGBA", size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(stamp)
    draw.rounded_rectangle((4, 4, width - 5, height - 5), 14, outline=(*colour, 255), width=6)
    for line in range(4):
        top = height * (2 + 4 * line) // 18
        for letter in range(12 - line):
            left = width // 12 + letter * width // 15
            draw.rectangle((left, top, left + width // 30, top + height // 10), fill=(*colour, 255))
    return stamp


def a_round_stamp(colour: Colour = RED, side: int = 320) -> Image.Image:
    """Two circles and a word between them."""
    stamp = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    draw = ImageDraw.Draw(stamp)
    draw.ellipse((4, 4, side - 5, side - 5), outline=(*colour, 255), width=7)
    draw.ellipse((side // 4, side // 4, side * 3 // 4, side * 3 // 4), outline=(*colour, 255), width=4)
    draw.rectangle((side * 2 // 5, side * 9 // 20, side * 3 // 5, side * 11 // 20), fill=(*colour, 255))
    return stamp


def on_paper(
    stamp: Image.Image,
    at: tuple[int, int],
    *,
    paper: Colour = (250, 250, 248),
    size: tuple[int, int] = (800, 600),
    turned: float = 0,
) -> Image.Image:
    """The stamp on a sheet."""
    sheet = Image.new("RGB", size, paper)
    ink = stamp.rotate(turned, Image.Resampling.BICUBIC, expand=True)
    sheet.paste(ink, at, ink)
    return sheet


def lit_from_a_side(photo: Image.Image, darkest: int = 120) -> Image.Image:
    """Bright at the right, `darkest` of 255 at the left."""
    slope = Image.linear_gradient("L").rotate(90).resize(photo.size)
    light = slope.point([darkest + (255 - darkest) * shade // 255 for shade in range(256)])
    return ImageChops.multiply(photo, Image.merge("RGB", (light, light, light)))


def grainy(photo: Image.Image, grain: int = 9) -> Image.Image:
    """With a camera's noise, always the same one."""
    width, height = photo.size
    pixels = bytes(128 + ((at * 7919 + at // 97 * 104729) % (2 * grain + 1)) - grain for at in range(width * height))
    noise = Image.frombytes("L", photo.size, pixels).filter(ImageFilter.BoxBlur(0.6))
    return ImageChops.add(photo, Image.merge("RGB", (noise, noise, noise)), 1, -128)


def on_a_table(photo: Image.Image, margin: int = 90) -> Image.Image:
    """With the table that it lies on."""
    table = Image.new("RGB", (photo.width + 2 * margin, photo.height + 2 * margin), (84, 60, 42))
    table.paste(photo, (margin, margin))
    return table


def file_of(photo: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    """As a file."""
    file = BytesIO()
    photo.save(file, kind, **options)
    return file.getvalue()
