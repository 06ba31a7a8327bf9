"""A drawn signature on a page: its strokes as filled outlines, never as a picture."""

from typing import Any

from charte_desktop.documents.text_layout import Colour
from charte_desktop.model.drawing import WIDTH, Drawing
from charte_desktop.model.ink_edge import Contour
from charte_desktop.model.ink_outline import COLOUR, contours, inked_box

Frame = tuple[float, float, float, float]
"""Left, bottom, width and height, in points."""

_BLUE: Colour = (int(COLOUR[1:3], 16) / 255, int(COLOUR[3:5], 16) / 255, int(COLOUR[5:7], 16) / 255)
LARGEST = 3.0
"""Who signs small is printed up to so many times as large as the pad in the frame would be; a dot stays a dot."""
_PEN, _LIGHTEST, _HEAVIEST = 0.3, 0.35, 3.0
"""Points in a thousandth of the pad at which the line is as wide as a fine pen's; it is so at any other size too."""
_INSET = 1.0


def operators(drawing: Drawing, frame: Frame, tint: Colour = _BLUE) -> list[str]:
    """The operators that draw the ink in the middle of `frame`, as large as fits and no larger than LARGEST allows.

    Proportions are kept; what was drawn beyond the edge of the pad is not seen here either. Empty for a blank pad.
    """
    ink = inked_box(drawing)
    if ink is None:
        return []
    left, bottom = frame[0] + _INSET, frame[1] + _INSET
    width, height = max(frame[2] - 2 * _INSET, 1.0), max(frame[3] - 2 * _INSET, 1.0)
    whole_pad = min(width / WIDTH, height / drawing.height)
    scale = min(width / max(ink.width, 1.0), height / max(ink.height, 1.0), LARGEST * whole_pad)
    x = left + (width - scale * (ink.left + ink.right)) / 2
    y = bottom + (height + scale * (ink.top + ink.bottom)) / 2
    out = [
        "q",
        f"{x:.3f} {y - scale * drawing.height:.3f} {scale * WIDTH:.3f} {scale * drawing.height:.3f} re W n",
        f"{tint[0]:.3f} {tint[1]:.3f} {tint[2]:.3f} rg",
    ]
    weight = min(max(_PEN / scale, _LIGHTEST), _HEAVIEST)
    for stroke in drawing.strokes:
        out += [_filled(contour, x, y, scale) for contour in contours(stroke, weight)]
    out.append("Q")
    return out


def draw(canvas: Any, drawing: Drawing, frame: Frame, tint: Colour = _BLUE) -> None:
    """Draw the ink on a reportlab canvas.

    On a tagged one, whoever calls opens the tag before and closes it after: a signature is a `Figure` with words.
    """
    for operator in operators(drawing, frame, tint):
        canvas.addLiteral(operator)


def _filled(contour: Contour, x: float, y: float, scale: float) -> str:
    numbers = [
        _short(y - scale * one if place % 2 else x + scale * one) for place, one in enumerate(contour)
    ]  # fmt: skip
    curves = (" ".join(numbers[at : at + 6]) for at in range(2, len(numbers), 6))
    return f"{numbers[0]} {numbers[1]} m {' c '.join(curves)} c f"


def _short(number: float) -> str:
    """To a hundredth of a point, finer than any printer's dot."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
