"""How every document looks: paper, colours, type, marks of the families, running head and foot, standing wording."""

from datetime import date, datetime, timedelta, timezone

from charte_desktop.documents.tagged_canvas import HEIGHT, WIDTH, Piece, TaggedCanvas
from charte_desktop.documents.text_layout import Colour, Style, one_line
from charte_desktop.model.reference import FAMILIES

MARGIN = 18 * 72 / 25.4
"""Points on each side of an A4 page."""
LEFT = MARGIN
RIGHT = WIDTH - MARGIN
BODY_WIDTH = RIGHT - LEFT
FIRST_TOP = HEIGHT - 40.0
"""Where the first page's own head begins; the other pages have the running head above their body."""
BODY_TOP = HEIGHT - 54.0
BODY_BOTTOM = 56.0
"""The foot stands below."""

REUNION = timezone(timedelta(hours=4), "Indian/Reunion, UTC+4")
"""The island has had no summer time since 1911: a fixed zone needs no zone file on Windows."""

C01_WORDING = (
    "Les prestataires s'engagent de leur propre initiative. La CCI Réunion n'effectue aucun contrôle de l'application "
    "des règles de la charte et ne délivre aucun certificat de conformité."
)
"""The charter is voluntary; the CCIR makes no control and issues no certificate (C01)."""
C08_WORDING = "La CCI Réunion ne peut être ni arbitre, ni expert dans un litige entre un client et son prestataire."
"""The charter's own words on the CCIR's place in a dispute (C08)."""
SHORT_WORDING = "Engagement volontaire : aucun contrôle, aucun certificat ; la CCI Réunion n'est ni arbitre, ni expert."
"""C01 and C08 in one line, on the foot of every page: a page may be parted from its sheet."""


def colour(code: str) -> Colour:
    """The colour of a token such as `#123A6F`."""
    red, green, blue = (int(code[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


INK = colour("#16233A")
MUTED = colour("#55657C")
LINE = colour("#D3DBE6")
CANVAS = colour("#F4F6F9")
PRIMARY = colour("#123A6F")
WARNING = colour("#7A4F00")
WARNING_WASH = colour("#FFF4D6")

TITLE = Style(22, 28, PRIMARY, bold=True)
NUMBER = Style(12, 16, PRIMARY, bold=True)
HEADING = Style(12.5, 17, PRIMARY, bold=True)
NAME = Style(11, 13.4, PRIMARY, bold=True)
BODY = Style(9.5, 13, INK)
STRONG = Style(9.5, 13, INK, bold=True)
DENSE = Style(8.7, 11, INK)
DENSE_STRONG = Style(8.7, 11, INK, bold=True)
SMALL = Style(8, 10, INK)
SMALL_STRONG = Style(8, 10, INK, bold=True)
NOTE = Style(8, 10, MUTED)
NOTE_STRONG = Style(8, 10, MUTED, bold=True)
FOOT = Style(7, 9, MUTED)
FOOT_STRONG = Style(7, 9, MUTED, bold=True)
TABLE_HEAD = Style(8, 10, PRIMARY, bold=True)
WARN = Style(8, 10, WARNING, bold=True)

_FAMILY_COLOURS = tuple(map(colour, ("#0B6E77", "#7B3FA0", "#9A5B00", "#2F6B2F")))


def family_style(family: str, size: float = 8.7, leading: float = 11) -> Style:
    """The bold type of a family's name, in its colour."""
    key = family if family in FAMILIES else ""
    found = _family_styles.get((key, size))
    if found is None:
        tint = _FAMILY_COLOURS[FAMILIES.index(key)] if key else MUTED
        found = _family_styles[key, size] = Style(size, leading, tint, bold=True)
    return found


_family_styles: dict[tuple[str, float], Style] = {}


def fill(tint: Colour) -> str:
    """The operator that chooses a colour to fill with."""
    return f"{tint[0]:.3f} {tint[1]:.3f} {tint[2]:.3f} rg"


def stroke(tint: Colour, width: float = 0.6) -> str:
    """The operators that choose a colour and a width (points) of lines."""
    return f"{tint[0]:.3f} {tint[1]:.3f} {tint[2]:.3f} RG {width:g} w"


def family_mark(family: str, x: float, y: float, size: float = 6.4) -> str:
    """The mark of a family, standing on (x, y), `size` points wide: told by its shape, so that grey print is read.

    Diamond, disc, square, triangle in the order of the charter's families; a ring for what is in none of them.
    """
    half = size / 2
    middle, top = y + half, y + size
    tint = fill(family_style(family).colour)
    place = FAMILIES.index(family) if family in FAMILIES else -1
    if place == 0:
        right = x + size
        path = (
            f"{x + half:.2f} {y:.2f} m {right:.2f} {middle:.2f} l {x + half:.2f} {top:.2f} l {x:.2f} {middle:.2f} l f"
        )
    elif place == 1:
        path = _disc(x + half, middle, half) + " f"
    elif place == 2:
        path = f"{x + 0.4:.2f} {y + 0.4:.2f} {size - 0.8:.2f} {size - 0.8:.2f} re f"
    elif place == 3:
        path = f"{x:.2f} {y + 0.3:.2f} m {x + size:.2f} {y + 0.3:.2f} l {x + half:.2f} {top:.2f} l f"
    else:
        path = f"{_disc(x + half, middle, half)} {_disc(x + half, middle, half * 0.55)} f*"
    return f"{tint} {path}"


def _disc(x: float, y: float, radius: float) -> str:
    bend = radius * 0.5523
    return (
        f"{x + radius:.2f} {y:.2f} m "
        f"{x + radius:.2f} {y + bend:.2f} {x + bend:.2f} {y + radius:.2f} {x:.2f} {y + radius:.2f} c "
        f"{x - bend:.2f} {y + radius:.2f} {x - radius:.2f} {y + bend:.2f} {x - radius:.2f} {y:.2f} c "
        f"{x - radius:.2f} {y - bend:.2f} {x - bend:.2f} {y - radius:.2f} {x:.2f} {y - radius:.2f} c "
        f"{x + bend:.2f} {y - radius:.2f} {x + radius:.2f} {y - bend:.2f} {x + radius:.2f} {y:.2f} c h"
    )


def show_day(day: date) -> str:
    """23/11/2026."""
    return f"{day:%d/%m/%Y}"


def show_moment(at: datetime) -> str:
    """23/11/2026 à 14:02 (Indian/Reunion, UTC+4), whatever the zone of `at`; a naive moment is refused."""
    if at.tzinfo is None:
        raise ValueError(f"naive datetime: {at!r}")
    here = at.astimezone(REUNION)
    return f"{here:%d/%m/%Y} à {here:%H:%M} ({REUNION})"


def running_head(canvas: TaggedCanvas, left: str, right: str) -> None:
    """The head of every page but the first: which document this is, over a thin rule."""
    y = HEIGHT - 38
    _running(canvas, [_at_left(left, y, FOOT_STRONG), _at_right(right, y, FOOT)], y - 7)


def running_foot(canvas: TaggedCanvas, lines: list[str], page: int, of: int) -> None:
    """The foot of every page, under a thin rule: `lines` (the first one beside the page's number)."""
    y = 40.0
    pieces = [_at_right(f"Page {page}/{of}", y, FOOT_STRONG)]
    pieces += [_at_left(line, y - FOOT.leading * place, FOOT) for place, line in enumerate(lines)]
    _running(canvas, pieces, y + 10)


def _running(canvas: TaggedCanvas, pieces: list[Piece], rule: float) -> None:
    canvas.artifact(
        [
            f"{stroke(LINE)} {LEFT:.2f} {rule:.2f} m {RIGHT:.2f} {rule:.2f} l S",
            "BT",
            *canvas.operators(pieces)[0],
            "ET",
        ],
        kind="Pagination",
    )


def _at_left(text: str, y: float, style: Style) -> Piece:
    return LEFT, y, style, one_line(text, style, BODY_WIDTH - 90)


def _at_right(text: str, y: float, style: Style) -> Piece:
    line = one_line(text, style, BODY_WIDTH / 2)
    return RIGHT - line.width, y, style, line
