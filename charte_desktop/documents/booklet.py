"""The folded booklet: A5 pages two by two on landscape A4 sheets, in the order in which a folded sheet is read."""

from charte_desktop.documents.tagged_canvas import HEIGHT, WIDTH, TaggedCanvas

SIDE = (HEIGHT, WIDTH)
"""Width and height of a side of a sheet, in points."""
PAGES_A_SHEET = 4
HINT = "Livret : imprimer en recto verso, retourner sur le bord court, à la taille réelle, puis plier en deux."
"""How to print it, for people; the PDF says it to the printer's dialog too."""


def place_of(number: int, of: int) -> tuple[int, float]:
    """Where page `number` (from 1) of `of` is drawn: the side, from 0, and its left edge on that side.

    Odd pages are right-hand pages; the first and the last stand side by side, on the outside of the fold.
    """
    side = min(number, of + 1 - number) - 1
    return side, HEIGHT / 2 * (number % 2)


def prepare(canvas: TaggedCanvas) -> None:
    """Tell the printer's dialog: both sides, turned on the short edge, real size; and whoever reads the properties."""
    canvas.setKeywords(HINT)
    canvas.viewer_preferences += "/Duplex/DuplexFlipShortEdge/PrintScaling/None"
