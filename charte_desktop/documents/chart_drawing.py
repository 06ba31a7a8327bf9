"""Charts drawn as vectors: bars by month, bars by family, the island by commune, with their numbers in letters."""

from collections.abc import Mapping, Sequence

from charte_desktop.documents import page_style as style
from charte_desktop.documents.page_style import A4
from charte_desktop.documents.tagged_canvas import Piece, TaggedCanvas
from charte_desktop.documents.text_layout import Colour, Style, one_line
from charte_desktop.model.island import island, step_of

TINTS: Sequence[Colour] = tuple(map(style.colour, ("#F4F6F9", "#D9E4F2", "#B3C9E4", "#7FA3CF", "#4674AB", "#123A6F")))
"""From none to most."""
_NUMBER, _WORDS = A4.small_strong, A4.foot
_FOOT = 12.0


def month_bars(
    counts: Sequence[int], words: Sequence[str], width: float, height: float, canvas: TaggedCanvas, x: float, y: float
) -> list[str]:
    """A bar for each month, its number above, its word below; in a box whose bottom left corner is (x, y)."""
    most = max([*counts, 1])
    room = height - _FOOT - _NUMBER.leading
    step = width / max(len(counts), 1)
    out = ["q", style.stroke(style.LINE), f"{x:.2f} {y + _FOOT:.2f} m {x + width:.2f} {y + _FOOT:.2f} l S"]
    pieces: list[Piece] = []
    every = max(1, round(24 / step)) if step < 24 else 1
    for number, count in enumerate(counts):
        left, high = x + number * step, room * count / most
        if count:
            out.append(
                f"{style.fill(style.PRIMARY)} {left + step * 0.15:.2f} {y + _FOOT:.2f} {step * 0.7:.2f} {high:.2f} re f"
            )
            pieces.append(_centred(str(count), _NUMBER, left, step, y + _FOOT + high + 2.5))
        if number % every == 0:
            pieces.append(_centred(words[number], _WORDS, left, step * every, y + 2))
    return [*out, "Q", "BT", *canvas.operators(pieces)[0], "ET"]


def family_bars(
    counts: Mapping[str, int], width: float, height: float, canvas: TaggedCanvas, x: float, y: float
) -> list[str]:
    """A line for each family: its mark and name, its bar, its number."""
    most = max([*counts.values(), 1])
    step = height / max(len(counts), 1)
    names = width * 0.42
    room = width - names - 34
    out = ["q"]
    pieces: list[Piece] = []
    for number, (family, count) in enumerate(counts.items()):
        middle = y + height - (number + 0.5) * step
        out.append(style.family_mark(family, x, middle - 3.2))
        tint = style.family_style(family).colour
        out.append(f"{style.fill(style.CANVAS)} {x + names:.2f} {middle - 5:.2f} {room:.2f} 10 re f")
        out.append(f"{style.fill(tint)} {x + names:.2f} {middle - 5:.2f} {room * count / most:.2f} 10 re f")
        pieces.append((x + 11, middle - 3, A4.small, one_line(family, A4.small, names - 16)))
        pieces.append((x + names + room + 6, middle - 3, _NUMBER, one_line(str(count), _NUMBER, 28)))
    return [*out, "Q", "BT", *canvas.operators(pieces)[0], "ET"]


def island_map(
    counts: Mapping[str, int], width: float, height: float, canvas: TaggedCanvas, x: float, y: float
) -> list[str]:
    """The communes, darker where there is more, each with its number."""
    drawn = island()
    scale = min(width, height / drawn.height)
    left, top = x + (width - scale) / 2, y + (height + scale * drawn.height) / 2
    most = max([*counts.values(), 1])
    out = ["q", style.stroke(style.MUTED, 0.4)]
    pieces: list[Piece] = []
    for shape in drawn.shapes:
        count = counts.get(shape.code, 0)
        step = step_of(count, most, len(TINTS) - 1)
        out.append(style.fill(TINTS[step]))
        for ring in shape.rings:
            first, *others = ((left + scale * across, top - scale * down) for across, down in ring)
            lines = " ".join(f"{one:.1f} {two:.1f} l" for one, two in others)
            out.append(f"{first[0]:.1f} {first[1]:.1f} m {lines} b")
        if count:
            look = _LIGHT_NUMBER if step >= 4 else _NUMBER
            line = one_line(str(count), look, 40)
            across, down = shape.middle
            pieces.append((left + scale * across - line.width / 2, top - scale * down - 2.8, look, line))
    return [*out, "Q", "BT", *canvas.operators(pieces)[0], "ET"]


_LIGHT_NUMBER = Style(_NUMBER.size, _NUMBER.leading, (1.0, 1.0, 1.0), bold=True)


def _centred(text: str, look: Style, left: float, width: float, y: float) -> Piece:
    line = one_line(text, look, max(width, 30))
    return left + (width - line.width) / 2, y, look, line
