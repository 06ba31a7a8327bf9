from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageFilter, ImageStat

from charte_desktop.documents.stamp import (
    LONGEST,
    USUAL_MM,
    WIDEST_MM,
    Corners,
    Spot,
    Stamp,
    lift_ink,
    make_stamp,
    propose_threshold,
    straighten,
)
from charte_desktop.documents.stamp_corners import propose_corners
from charte_desktop.documents.stamp_photo import Photo, open_photo
from charte_desktop.errors import UserError
from tests.documents.stamp_photos import (
    BLACK,
    BLUE,
    RED,
    Colour,
    a_round_stamp,
    a_stamp,
    file_of,
    grainy,
    lit_from_a_side,
    on_a_table,
    on_paper,
)


def photo_of(picture: Image.Image, **options: object) -> Photo:
    return open_photo(file_of(picture, "PNG", **options))


def around(box: tuple[int, int, int, int], size: tuple[int, int]) -> Corners:
    left, top, right, bottom = box[0] / size[0], box[1] / size[1], box[2] / size[0], box[3] / size[1]
    return Corners((left, top), (right, top), (right, bottom), (left, bottom))


def seen(stamp: Stamp) -> Image.Image:
    return Image.open(BytesIO(stamp.png))


def made(photo: Photo, corners: Corners | None = None, width_mm: float | None = None) -> Stamp:
    chosen = corners or propose_corners(photo)
    return make_stamp(photo, chosen, propose_threshold(straighten(photo, chosen)), width_mm)


def unlike(stamp: Stamp, drawn: Image.Image) -> float:
    """How much of the drawn ink is missing or added, in parts of the ink."""
    lifted = seen(stamp).getchannel("A").resize(drawn.size)
    wanted = drawn.getchannel("A")
    wrong = ImageStat.Stat(ImageChops.difference(lifted, wanted)).sum[0]
    return wrong / ImageStat.Stat(wanted).sum[0]


PHOTOS = {
    "white scan": on_paper(a_stamp(), (150, 200)),
    "yellow paper": on_paper(a_stamp(), (150, 200), paper=(240, 226, 190)),
    "grey paper lit from a side": lit_from_a_side(on_paper(a_stamp(), (150, 200), paper=(205, 207, 210))),
    "grain": grainy(on_paper(a_stamp(), (150, 200), paper=(235, 233, 228))),
    "everything": grainy(lit_from_a_side(on_paper(a_stamp(), (150, 200), paper=(240, 228, 200)), 150), 7),
}


@pytest.mark.parametrize("name", PHOTOS)
def test_the_ink_is_found_and_lifted_off_its_paper(name: str) -> None:
    stamp = made(photo_of(PHOTOS[name]))
    assert unlike(stamp, a_stamp().crop((2, 2, 448, 188))) < 0.22
    picture = seen(stamp)
    assert picture.mode == "RGBA"
    between = picture.getchannel("A").crop((14, 11, picture.width - 14, 17))
    assert ImageStat.Stat(between).mean[0] < 3  # paper inside the frame


@pytest.mark.parametrize(("name", "colour"), [("blue", BLUE), ("red", RED), ("black", BLACK)])
def test_ink_keeps_its_colour(name: str, colour: Colour) -> None:
    stamp = made(photo_of(lit_from_a_side(on_paper(a_stamp(colour), (150, 200)), 170)))
    picture = seen(stamp)
    opaque = picture.getchannel("A").point([255 * (shade > 230) for shade in range(256)])
    mean = ImageStat.Stat(picture.convert("RGB"), opaque).mean
    assert all(abs(one - wanted) < 28 for one, wanted in zip(mean, colour, strict=True))


def test_edges_are_soft() -> None:
    smooth = on_paper(a_stamp(size=(1800, 760)), (100, 100), size=(2000, 960)).resize((700, 336))
    shades = seen(made(photo_of(smooth))).getchannel("A").histogram()
    assert sum(shades[30:226]) > 200


def test_a_higher_threshold_lets_pale_ink_go_and_a_lower_one_keeps_it() -> None:
    pale = on_paper(a_stamp((170, 180, 225)), (150, 200))
    photo = photo_of(pale)
    corners = around((140, 190, 610, 400), pale.size)
    assert ImageStat.Stat(lift_ink(straighten(photo, corners), 10).getchannel("A")).mean[0] > 20
    assert lift_ink(straighten(photo, corners), 60).getchannel("A").getbbox() is None
    with pytest.raises(UserError, match="baissez le seuil"):
        make_stamp(photo, corners, 60)


def test_dust_is_no_ink() -> None:
    sheet = on_paper(a_stamp(), (150, 200))
    for spot in ((30, 30), (700, 500), (720, 80), (60, 560)):
        sheet.putpixel(spot, (60, 60, 60))
    stamp = make_stamp(photo_of(sheet), Corners(), 15)
    assert abs(stamp.width - 450) <= 10
    assert abs(stamp.height - 190) <= 10


# Where it is


@pytest.mark.parametrize("turned", [0, 12, -7, 30])
def test_a_stamp_that_is_turned_is_framed_as_it_is_turned(turned: float) -> None:
    photo = photo_of(on_paper(a_stamp(), (150, 120), turned=turned))
    stamp = made(photo)
    assert stamp.width / stamp.height == pytest.approx(450 / 190, rel=0.06)
    assert unlike(stamp, a_stamp().crop((2, 2, 448, 188))) < 0.45


def test_a_round_stamp_is_framed_upright() -> None:
    corners = propose_corners(photo_of(on_paper(a_round_stamp(), (250, 150))))
    assert corners.top_left[1] == corners.top_right[1]
    stamp = made(photo_of(on_paper(a_round_stamp(), (250, 150))))
    assert stamp.width == pytest.approx(stamp.height, rel=0.03)


def is_around(corners: Corners, box: tuple[int, int, int, int], size: tuple[int, int], room: int) -> bool:
    across, down = [x * size[0] for x, _ in corners.spots], [y * size[1] for _, y in corners.spots]
    found = (min(across), min(down), max(across), max(down))
    inside = found[0] <= box[0] and found[1] <= box[1] and found[2] >= box[2] and found[3] >= box[3]
    return inside and all(abs(one - edge) <= room for one, edge in zip(found, box, strict=True))


def test_the_table_under_the_paper_is_not_taken_for_ink() -> None:
    photo = on_a_table(grainy(on_paper(a_stamp(), (150, 200))))
    assert is_around(propose_corners(photo_of(photo)), (240, 290, 690, 480), photo.size, 40)


def test_a_coloured_stamp_is_found_below_black_print() -> None:
    letter = on_paper(a_stamp(size=(250, 110)), (500, 850), size=(850, 1100))
    for line in range(20):
        for word in range(9):
            letter.paste((40, 40, 40), (60 + 80 * word, 60 + 36 * line, 120 + 80 * word, 74 + 36 * line))
    assert is_around(propose_corners(photo_of(letter)), (500, 850, 750, 960), letter.size, 40)


def test_a_shadow_over_half_of_a_black_stamp_does_not_hide_it() -> None:
    shadow = Image.new("L", (800, 600), 255)
    shadow.paste(160, (400, 0, 800, 600))
    shadow = shadow.filter(ImageFilter.GaussianBlur(12))
    photo = ImageChops.multiply(on_paper(a_stamp(BLACK), (150, 200)), Image.merge("RGB", (shadow, shadow, shadow)))
    assert is_around(propose_corners(photo_of(photo)), (150, 200, 600, 390), photo.size, 60)


@pytest.mark.parametrize("colour", ["white", "black", "grey"])
def test_without_ink_the_whole_photo_is_proposed(colour: str) -> None:
    assert propose_corners(photo_of(Image.new("RGB", (300, 200), colour))) == Corners()


@pytest.mark.parametrize("size", [(12, 12), (13, 900), (900, 13), (40, 40)])
def test_the_smallest_and_the_thinnest_pictures_are_taken(size: tuple[int, int]) -> None:
    sheet = Image.new("RGB", size, "white")
    sheet.paste((20, 30, 120), (size[0] // 3, size[1] // 3, size[0] * 2 // 3 + 1, size[1] * 2 // 3 + 1))
    stamp = made(photo_of(sheet))
    assert max(stamp.width_mm, stamp.height_mm) <= WIDEST_MM


# Straightened


def test_a_stamp_seen_from_the_side_is_straightened() -> None:
    drawn = on_paper(a_stamp(), (10, 10), size=(470, 210))
    seen_from = [(120, 90), (640, 150), (600, 480), (180, 400)]
    photo = Image.new("RGB", (800, 600), (250, 250, 248))
    coefficients = inverse_perspective(seen_from, drawn.size)
    warped = drawn.transform(photo.size, Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BICUBIC)
    inside = Image.new("L", drawn.size, 255).transform(photo.size, Image.Transform.PERSPECTIVE, coefficients)
    photo.paste(warped, mask=inside)
    corners = Corners(*((x / 800, y / 600) for x, y in seen_from))
    straight = straighten(photo_of(photo), corners).image().resize(drawn.size)
    wrong = ImageStat.Stat(ImageChops.difference(straight, drawn).convert("L")).mean[0]
    assert wrong < 12


def inverse_perspective(spots: list[tuple[int, int]], size: tuple[int, int]) -> list[float]:
    """Where each pixel of a photo comes from, when a picture of this size is seen between these spots."""
    rows: list[list[float]] = []
    targets: list[float] = []
    for (x, y), (u, v) in zip(spots, [(0, 0), (size[0], 0), size, (0, size[1])], strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        targets += [u, v]
    for at in range(8):
        pivot = max(range(at, 8), key=lambda row: abs(rows[row][at]))
        rows[at], rows[pivot] = rows[pivot], rows[at]
        targets[at], targets[pivot] = targets[pivot], targets[at]
        for row in range(8):
            if row != at:
                share = rows[row][at] / rows[at][at]
                rows[row] = [a - share * b for a, b in zip(rows[row], rows[at], strict=True)]
                targets[row] -= share * targets[at]
    return [targets[at] / rows[at][at] for at in range(8)]


def test_the_whole_photo_comes_out_as_it_went_in() -> None:
    sheet = on_paper(a_stamp(), (150, 200))
    assert straighten(photo_of(sheet), Corners()).pixels == sheet.tobytes()


def test_a_part_keeps_the_fineness_of_the_photo_up_to_a_limit() -> None:
    photo = photo_of(on_paper(a_stamp(), (150, 200)).resize((3200, 2400)), dpi=(600, 600))
    part = straighten(photo, around((600, 800, 1000, 1000), (3200, 2400)))
    assert (part.width, part.height) == (400, 200)
    assert part.dots_per_inch == pytest.approx(600, abs=0.1)
    whole = straighten(photo, Corners())
    assert (whole.width, whole.height) == (LONGEST, 900)
    assert whole.dots_per_inch == pytest.approx(225, abs=0.1)


@pytest.mark.parametrize(
    "corners",
    [
        Corners((1, 0), (0, 0), (1, 1), (0, 1)),
        Corners((0, 0), (0, 0), (1, 1), (0, 1)),
        Corners((0.9, 0.9), (1, 0), (1, 1), (0, 1)),
        Corners((0, 0), (1.2, 0), (1, 1), (0, 1)),
        Corners((0.5, 0.5), (0.5, 0.5), (0.5, 0.5), (0.5, 0.5)),
    ],
)
def test_corners_that_cross_are_refused(corners: Corners) -> None:
    with pytest.raises(UserError, match="écartez-les"):
        straighten(photo_of(PHOTOS["white scan"]), corners)


fractions = st.floats(0, 1, allow_nan=False)


@settings(deadline=None, max_examples=40)
@given(st.tuples(*[st.tuples(fractions, fractions)] * 4))
def test_any_corners_are_straightened_or_refused(spots: tuple[Spot, Spot, Spot, Spot]) -> None:
    photo = Photo(60, 40, bytes(range(240)) * 30)
    corners = Corners(*spots)
    if corners.is_usable:
        straight = straighten(photo, corners)
        assert len(straight.pixels) == 3 * straight.width * straight.height
    else:
        with pytest.raises(UserError):
            straighten(photo, corners)


# In print


def test_a_scan_tells_how_large_the_stamp_is() -> None:
    stamp = made(photo_of(on_paper(a_stamp(), (150, 200)), dpi=(300, 300)))
    assert stamp.width_mm == pytest.approx(450 / 300 * 25.4, abs=0.8)
    assert stamp.height_mm == pytest.approx(190 / 300 * 25.4, abs=0.8)
    printed = seen(stamp).info["dpi"]
    assert printed[0] == pytest.approx(300, abs=6)


def test_without_a_scanner_a_stamp_is_forty_millimetres_wide() -> None:
    assert made(photo_of(on_paper(a_stamp(), (150, 200)))).width_mm == USUAL_MM
    # A scan at 300 dots of a sheet full of ink is no stamp.
    assert made(photo_of(on_paper(a_stamp().resize((2200, 930)), (50, 50), size=(2400, 1100)), dpi=(300, 300))
    ).width_mm == USUAL_MM  # fmt: skip


def test_the_width_asked_for_is_the_width_of_the_ink() -> None:
    stamp = made(photo_of(on_paper(a_stamp(), (150, 200))), width_mm=55)
    assert stamp.width_mm == 55
    assert stamp.height_mm == pytest.approx(55 * stamp.height / stamp.width, abs=0.01)
    assert made(photo_of(PHOTOS["white scan"]), width_mm=5000).width_mm <= WIDEST_MM


def test_empty_margins_are_cut_off() -> None:
    stamp = make_stamp(photo_of(PHOTOS["white scan"]), Corners(), 15)
    assert abs(stamp.width - 450) <= 10
    assert abs(stamp.height - 190) <= 10


def test_a_stamp_is_bounded_and_the_same_twice() -> None:
    large = photo_of(grainy(on_paper(a_stamp().resize((2250, 950)), (300, 300), size=(3000, 1600))))
    corners = propose_corners(large)
    one, two = make_stamp(large, corners, 20), make_stamp(large, corners, 20)
    assert max(one.width, one.height) <= LONGEST
    assert one.png == two.png


def test_a_transparent_stamp_comes_out_as_it_was() -> None:
    stamp = made(photo_of(a_stamp()))
    assert unlike(stamp, a_stamp().crop((2, 2, 448, 188))) < 0.15
