import re
import subprocess
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from charte_desktop.documents import ink
from charte_desktop.documents.tagged_canvas import TaggedCanvas
from charte_desktop.model.drawing import Drawing, Point, Stroke, Tool
from tests.documents.reading import faults_of, opened, structure_of

FRAME = (100.0, 600.0, 200.0, 80.0)


def a_line(*places: tuple[float, float], tool: Tool = Tool.MOUSE) -> Stroke:
    return Stroke(tool, 0, tuple(Point(x, y, 0.5, 8 * number) for number, (x, y) in enumerate(places)))


SIGNATURE = Drawing(2.5, (a_line(*((100 + 8 * at, 200 + 80 * (at % 7 - 3) / 3) for at in range(100))),))


def page_with(drawing: Drawing, frame: tuple[float, float, float, float] = FRAME) -> bytes:
    file = BytesIO()
    canvas = Canvas(file, pagesize=(400, 800), invariant=1)
    ink.draw(canvas, drawing, frame)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def inked(pdf: bytes, folder: Path) -> tuple[int, int, int, int]:
    """Left, bottom, right and top of the dark pixels, in points, as poppler paints them."""
    subprocess.run(
        ["pdftoppm", "-r", "72", "-gray", "-singlefile", "-", str(folder / "page")], input=pdf, check=True
    )  # fmt: skip
    found = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", content := (folder / "page.pgm").read_bytes())
    assert found is not None
    width, height = int(found[1]), int(found[2])
    pixels = content[found.end() :]
    dark = [divmod(at, width) for at, value in enumerate(pixels) if value < 200]
    return (
        min(x for _, x in dark), height - 1 - max(y for y, _ in dark), max(x for _, x in dark),
        height - 1 - min(y for y, _ in dark),
    )  # fmt: skip


def test_ink_is_paths_and_never_a_picture() -> None:
    pdf = page_with(SIGNATURE)
    assert not faults_of(pdf)
    document = opened(pdf)
    assert not document.pages[0].get_images()
    content = document.pages[0].Contents.read_bytes().decode("ascii")
    assert " c f" in content
    assert " Do" not in content


def test_ink_stands_in_the_middle_of_its_frame_with_its_proportions(tmp_path: Path) -> None:
    left, bottom, right, top = inked(page_with(SIGNATURE), tmp_path)
    assert 99 <= left <= right <= 301
    assert 599 <= bottom <= top <= 681
    assert (left + right) / 2 == pytest.approx(200, abs=1.5)
    assert (bottom + top) / 2 == pytest.approx(640, abs=1.5)
    assert (right - left) / (top - bottom) == pytest.approx(792 / 160, rel=0.08)


def test_a_small_signature_is_printed_larger_and_a_dot_stays_a_dot(tmp_path: Path) -> None:
    small = Drawing(2.5, (a_line((400, 180), (430, 220), (460, 180), (500, 220)),))
    left, _, right, _ = inked(page_with(small), tmp_path)
    assert right - left == pytest.approx(3 * 100 * 0.2, abs=4)
    left, _, right, _ = inked(page_with(Drawing(2.5, (a_line((500, 200)),))), tmp_path)
    assert right - left <= 3


@pytest.mark.parametrize("across", [40, 120, 400, 900])
def test_the_line_is_as_wide_as_a_pen_at_any_size(tmp_path: Path, across: float) -> None:
    dash = Drawing(2.5, (a_line(*((50 + across * at / 40, 200) for at in range(41))),))
    _, bottom, _, top = inked(page_with(dash, (100, 600, 120, 200)), tmp_path)
    assert top - bottom <= 2  # one and a half points and the pixels beside


def test_up_is_up(tmp_path: Path) -> None:
    corner = Drawing(2.5, (a_line((100, 100), (100, 300), (101, 300)), a_line((100, 300), (800, 300))))
    subprocess.run(
        ["pdftoppm", "-r", "72", "-gray", "-singlefile", "-", str(tmp_path / "page")],
        input=page_with(corner),
        check=True,
    )
    pixels = (tmp_path / "page.pgm").read_bytes()[-400 * 800 :]
    rows = [pixels[400 * y : 400 * (y + 1)] for y in range(800)]
    lengths = [sum(value < 200 for value in row) for row in rows]
    assert lengths.index(max(lengths)) > 160  # the long foot is the lower half of the frame


def test_what_was_drawn_beyond_the_edge_is_not_printed(tmp_path: Path) -> None:
    beyond = Drawing(2.5, (a_line((100, 200), (1900, 200), (1900, 350), (100, 350)),))
    left, _, right, _ = inked(page_with(beyond), tmp_path)
    assert left >= 99
    assert right <= 301


def test_a_blank_pad_draws_nothing() -> None:
    assert ink.operators(Drawing(2.5), FRAME) == []
    assert ink.operators(Drawing(2.5, (Stroke(Tool.PEN, 0),)), FRAME) == []


@given(
    st.lists(
        st.lists(st.tuples(st.floats(-200, 1200), st.floats(-200, 1200)), min_size=1, max_size=12),
        min_size=1,
        max_size=4,
    ),
    st.floats(0.1, 20),
)
def test_any_drawing_gives_finite_numbers_and_balanced_operators(
    lines: list[list[tuple[float, float]]], aspect: float
) -> None:
    out = ink.operators(Drawing(aspect, tuple(a_line(*line) for line in lines)), FRAME)
    assert out[0] == "q"
    assert out[-1] == "Q"
    assert all(re.fullmatch(r"-?\d*\.?\d+|[a-zA-Z*]+", word) for word in " ".join(out).split())


def test_the_same_drawing_gives_the_same_bytes() -> None:
    assert page_with(SIGNATURE) == page_with(Drawing.from_json(SIGNATURE.as_json()))


def test_on_a_tagged_page_it_is_a_figure_with_words() -> None:
    canvas = TaggedCanvas("Charte", "CCI", datetime(2026, 11, 23, tzinfo=UTC))
    canvas.write([canvas.open_tag("Figure", 0, "/Alt(Signature)")])
    ink.draw(canvas, SIGNATURE, FRAME)
    canvas.write(["EMC"])
    canvas.showPage()
    pdf = canvas.finish()
    assert not faults_of(pdf)
    assert "Figure" in structure_of(pdf)


def test_a_long_signature_stays_a_small_file() -> None:
    many = Drawing(2.5, (a_line(*((at % 900 + 50, 200 + 100 * ((at * 37) % 100) / 100) for at in range(1500))),))
    assert len(page_with(many)) < 400_000
