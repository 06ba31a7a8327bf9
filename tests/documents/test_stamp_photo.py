import random
import struct
import zlib
from contextlib import suppress

import pytest
from PIL import Image

from charte_desktop.documents.stamp_photo import LONGEST, MOST_BYTES, open_photo
from charte_desktop.errors import UserError
from tests.documents.stamp_photos import BLUE, a_stamp, file_of, on_paper

SHEET = on_paper(a_stamp(), (150, 200))
UPRIGHT = 0x112


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF"])
def test_every_usual_kind_of_picture_is_read(kind: str) -> None:
    photo = open_photo(file_of(SHEET, kind))
    assert (photo.width, photo.height) == (800, 600)
    assert len(photo.pixels) == 3 * 800 * 600
    red, green, blue = photo.image().crop((155, 205, 590, 207)).resize((1, 1)).tobytes()
    assert blue > red + 60
    assert green < 120


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "I;16", "CMYK", "F"])
def test_every_way_of_keeping_a_pixel_gives_dark_ink_on_white(mode: str) -> None:
    grey = SHEET.convert("L")
    sheet = (
        grey.convert("I").point(lambda shade: shade * 257).convert("I;16") if mode == "I;16" else grey.convert(mode)
    )  # fmt: skip
    photo = open_photo(file_of(sheet, "TIFF" if mode in ("CMYK", "F") else "PNG")).image()
    assert min(photo.getpixel((30, 30))) > 235  # type: ignore[arg-type]  # three channels
    assert max(photo.getpixel((157, 300))) < 110  # type: ignore[arg-type]


def test_what_was_transparent_is_white_paper() -> None:
    photo = open_photo(file_of(a_stamp(), "PNG")).image()
    assert photo.getpixel((220, 100)) == (255, 255, 255)
    palette = a_stamp().quantize(8)
    assert open_photo(file_of(palette, "PNG")).image().getpixel((220, 100)) == (255, 255, 255)


@pytest.mark.parametrize(("turn", "size"), [(1, (800, 600)), (3, (800, 600)), (6, (600, 800)), (8, (600, 800))])
def test_a_photo_taken_sideways_stands_upright(turn: int, size: tuple[int, int]) -> None:
    exif = Image.Exif()
    exif[UPRIGHT] = turn
    photo = open_photo(file_of(SHEET, "JPEG", exif=exif))
    assert (photo.width, photo.height) == size


def test_a_scanner_tells_the_size_and_a_camera_does_not() -> None:
    assert open_photo(file_of(SHEET, "PNG", dpi=(300, 300))).dots_per_inch == pytest.approx(300, abs=0.1)
    assert open_photo(file_of(SHEET, "JPEG", dpi=(600, 600))).dots_per_inch == 600
    assert open_photo(file_of(SHEET, "JPEG", dpi=(72, 72))).dots_per_inch is None
    assert open_photo(file_of(SHEET, "JPEG", dpi=(300, 200))).dots_per_inch is None
    exif = Image.Exif()
    exif.get_ifd(0x8769)[33434] = 0.01
    assert open_photo(file_of(SHEET, "JPEG", dpi=(300, 300), exif=exif)).dots_per_inch is None


def test_a_large_picture_is_kept_smaller_with_its_size_in_print() -> None:
    photo = open_photo(file_of(SHEET.resize((8000, 6000)), "JPEG", dpi=(600, 600)))
    assert (photo.width, photo.height) == (LONGEST, LONGEST * 3 // 4)
    assert photo.dots_per_inch == pytest.approx(300)


def png_that_says(width: int, height: int) -> bytes:
    """A small file that unpacks to a picture of any size."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "vide"),
        (b"%PDF-1.7 is no picture", "choisissez une image PNG"),
        (b"\xff" * 1000, "choisissez une image PNG"),
        ("Œuvre numérique".encode(), "choisissez une image PNG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "choisissez une image PNG"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
        (bytes(MOST_BYTES + 1), "trop grande"),
        (png_that_says(9000, 9000), "trop grande"),
        (png_that_says(12_000, 12_000), "trop grande"),
        (png_that_says(60_000, 60_000), "trop grande"),
        (png_that_says(4, 4), "trop petite"),
        (png_that_says(60_000, 12), "trop petite|abîmée"),
        (file_of(SHEET, "JPEG")[:3000], "abîmée"),
        (file_of(SHEET, "PNG")[:400], "abîmée"),
        (file_of(SHEET, "TIFF")[:400], "abîmée"),
        (file_of(SHEET, "WEBP")[:400], "abîmée|choisissez"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_what_is_no_stamp_is_refused_with_what_to_do(content: bytes, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        open_photo(content)


def test_no_damage_of_a_file_is_more_than_a_sentence() -> None:
    chance = random.Random(974)
    small = a_stamp(BLUE, (90, 40))
    flat = on_paper(small, (5, 5), size=(100, 50))
    files = [
        file_of(small, "PNG", dpi=(300, 300)),
        file_of(flat.quantize(8), "GIF"),
        file_of(flat, "JPEG"),
        file_of(flat.convert("CMYK"), "JPEG", progressive=True),
        file_of(flat, "BMP"),
        file_of(small, "WEBP"),
    ]
    for _ in range(1200):
        damaged = bytearray(chance.choice(files))
        for _ in range(chance.choice([1, 1, 3, 20])):
            damaged[chance.randrange(min(len(damaged), chance.choice([60, 600, 9000])))] = chance.randrange(256)
        if chance.random() < 0.2:
            del damaged[chance.randrange(len(damaged)) :]
        with suppress(UserError):
            photo = open_photo(bytes(damaged))
            assert len(photo.pixels) == 3 * photo.width * photo.height
