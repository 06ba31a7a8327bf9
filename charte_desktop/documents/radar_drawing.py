"""A radar drawn as vectors: a web, a shape for each diagnostic, the words of its axes; told apart in grey print too."""

from collections.abc import Sequence

from charte_desktop.documents import page_style as style
from charte_desktop.documents.page_style import A4
from charte_desktop.documents.tagged_canvas import Piece, TaggedCanvas
from charte_desktop.documents.text_layout import Colour, Style, one_line
from charte_desktop.model import radar
from charte_desktop.model.restitution import RadarContent

LABEL = A4.small
_LABEL_ROOM = 92.0
"""Points on each side for the words of the axes."""
_WEB = style.LINE
LOOKS: Sequence[tuple[Colour, str, float, float]] = (
    (style.PRIMARY, "[] 0 d", 1.8, 0.16),
    (style.colour("#9A5B00"), "[4 2.5] 0 d", 1.2, 0.0),
    (style.MUTED, "[1.2 2] 0 d", 1.2, 0.0),
)
"""Of each line in turn: its colour, its dashes, its width, how much of its shape is tinted (0 to 1)."""


def draw_radar(
    content: RadarContent, width: float, height: float, canvas: TaggedCanvas, x: float, y: float
) -> list[str]:
    """The operators that draw a radar in a box whose bottom left corner is (x, y)."""
    count = len(content.axes)
    radius = min((width - 2 * _LABEL_ROOM) / 2, height / 2 - 2 * LABEL.leading)
    middle = x + width / 2, y + height / 2

    def placed(points: Sequence[radar.Point]) -> list[radar.Point]:
        return [(middle[0] + across, middle[1] - down) for across, down in points]

    out = ["q", style.stroke(_WEB, 0.6), "[] 0 d"]
    for ring in radar.RINGS:
        out += _path(placed(radar.corners([ring] * count, (0, 0), radius)), "s")
    for end in placed(radar.corners([100] * count, (0, 0), radius)):
        out.append(f"{middle[0]:.2f} {middle[1]:.2f} m {end[0]:.2f} {end[1]:.2f} l S")
    shapes = [placed(radar.corners(line.scores, (0, 0), radius)) for line in content.lines]
    looks = list(zip(shapes, LOOKS, strict=False))
    for points, (tint, _, _, wash) in looks:
        if wash and len(points) > 2:
            out += [style.fill(_lighter(tint, wash)), *_path(points, "h f")]
    for points, (tint, dashes, pen, _) in reversed(looks):
        out += [style.stroke(tint, pen), dashes, *_path(points, "s")]
    out += [f"{style.fill(LOOKS[0][0])} {_dot(*point)}" for point in shapes[0]]
    out.append("Q")
    out += ["BT", *canvas.operators(_labels(content, middle, radius))[0], "ET"]
    return out


def words_of(content: RadarContent) -> str:
    """What the radar says, for whoever cannot see it."""
    told = []
    for line in content.lines:
        scores = ", ".join(
            f"{axis} {score}" for axis, score in zip(content.axes, line.scores, strict=True) if score is not None
        )
        told.append(f"{line.words} : {scores}")
    return "Radar, de 0 à 100. " + " ; ".join(told)


def legend_mark(number: int, x: float, y: float) -> str:
    """The sample of a line's look, 22 points wide, its middle at height `y`."""
    tint, dashes, pen, _ = LOOKS[number]
    return f"{style.stroke(tint, pen)} {dashes} {x:.2f} {y:.2f} m {x + 22:.2f} {y:.2f} l S [] 0 d"


def _labels(content: RadarContent, middle: radar.Point, radius: float) -> list[Piece]:
    pieces: list[Piece] = []
    count = len(content.axes)
    for number, axis in enumerate(content.axes):
        across, down = radar.spoke(number, count)
        score = content.last.scores[number]
        x, y = middle[0] + across * (radius + 7), middle[1] - down * (radius + 9)
        texts: list[tuple[str, Style]] = [(axis, LABEL)]
        if score is not None:
            texts.append((str(score), A4.small_strong))
        top = y + (LABEL.leading if down < -0.9 else 0 if down > 0.9 else LABEL.leading / 2) - LABEL.size * 0.4
        for line, (text, look) in enumerate(texts):
            made = one_line(text, look, _LABEL_ROOM)
            side = radar.side_of(number, count)
            left = x if side > 0 else x - made.width if side < 0 else x - made.width / 2
            pieces.append((left, top - line * LABEL.leading, look, made))
    return pieces


def _path(points: Sequence[radar.Point], end: str) -> list[str]:
    if not points:
        return []
    first, *others = points
    lines = " ".join(f"{x:.2f} {y:.2f} l" for x, y in others)
    return [f"{first[0]:.2f} {first[1]:.2f} m {lines} {end}"]


def _dot(x: float, y: float) -> str:
    return f"{x - 1.6:.2f} {y - 1.6:.2f} 3.2 3.2 re f"


def _lighter(tint: Colour, part: float) -> Colour:
    red, green, blue = (1 - part * (1 - one) for one in tint)
    return red, green, blue
