"""How every document looks: paper, colours, type, marks of the families, running head and foot, standing wording."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone

from charte_desktop.documents.tagged_canvas import HEIGHT, WIDTH, Piece, TaggedCanvas
from charte_desktop.documents.text_layout import Colour, Line, Style, one_line, wrap
from charte_desktop.model.reference import FAMILIES

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


@dataclass(frozen=True, kw_only=True, eq=False)
class Paper:
    """A page and the type set on it. Points."""

    width: float
    height: float
    margin: float
    """At left and right."""
    first_top: float
    """Where the first page's own head begins; the other pages have the running head above their body."""
    body_top: float
    body_bottom: float
    """The foot stands below."""
    narrow: bool
    """Whether a line is too short for two columns of text."""
    code_side: float
    """Of a QR code."""
    title: Style
    number: Style
    heading: Style
    name: Style
    body: Style
    strong: Style
    dense: Style
    dense_strong: Style
    small: Style
    small_strong: Style
    note: Style
    note_strong: Style
    foot: Style
    foot_strong: Style
    table_head: Style
    warn: Style

    @property
    def right(self) -> float:
        """Where the body ends, from the left edge of the page."""
        return self.width - self.margin

    @property
    def body_width(self) -> float:
        """From margin to margin."""
        return self.width - 2 * self.margin

    @property
    def body_height(self) -> float:
        """Of a page that is not the first; nothing that must stay whole may be higher."""
        return self.body_top - self.body_bottom


_MILLIMETRE = 72 / 25.4

A4 = Paper(
    width=WIDTH,
    height=HEIGHT,
    margin=18 * _MILLIMETRE,
    first_top=HEIGHT - 40,
    body_top=HEIGHT - 54,
    body_bottom=56,
    narrow=False,
    code_side=61,
    title=Style(22, 28, PRIMARY, bold=True),
    number=Style(12, 16, PRIMARY, bold=True),
    heading=Style(12.5, 17, PRIMARY, bold=True),
    name=Style(11, 13.4, PRIMARY, bold=True),
    body=Style(9.5, 13, INK),
    strong=Style(9.5, 13, INK, bold=True),
    dense=Style(8.7, 11, INK),
    dense_strong=Style(8.7, 11, INK, bold=True),
    small=Style(8, 10, INK),
    small_strong=Style(8, 10, INK, bold=True),
    note=Style(8, 10, MUTED),
    note_strong=Style(8, 10, MUTED, bold=True),
    foot=Style(7, 9, MUTED),
    foot_strong=Style(7, 9, MUTED, bold=True),
    table_head=Style(8, 10, PRIMARY, bold=True),
    warn=Style(8, 10, WARNING, bold=True),
)
A5 = replace(
    A4,
    width=HEIGHT / 2,
    height=WIDTH,
    margin=12 * _MILLIMETRE,
    first_top=WIDTH - 30,
    body_top=WIDTH - 46,
    body_bottom=76,
    narrow=True,
)
"""Half of a landscape A4 page: a page of the folded booklet."""
LARGE_PRINT = replace(
    A4,
    body_top=HEIGHT - 60,
    body_bottom=100,
    narrow=True,
    code_side=76,
    title=Style(28, 34, PRIMARY, bold=True),
    number=Style(16, 20, PRIMARY, bold=True),
    heading=Style(18, 23, PRIMARY, bold=True),
    name=Style(17, 21, PRIMARY, bold=True),
    body=Style(14.5, 19, INK),
    strong=Style(14.5, 19, INK, bold=True),
    dense=Style(14, 18, INK),
    dense_strong=Style(14, 18, INK, bold=True),
    small=Style(14, 18, INK),
    small_strong=Style(14, 18, INK, bold=True),
    note=Style(14, 18, MUTED),
    note_strong=Style(14, 18, MUTED, bold=True),
    foot=Style(10, 12.5, MUTED),
    foot_strong=Style(10, 12.5, MUTED, bold=True),
    table_head=Style(14, 18, PRIMARY, bold=True),
    warn=Style(14, 18, WARNING, bold=True),
)
"""A4 for weak eyes: everything but the running head and foot is set in 14 points or more."""

_FAMILY_COLOURS = tuple(map(colour, ("#0B6E77", "#7B3FA0", "#9A5B00", "#2F6B2F")))


def family_style(family: str, like: Style = A4.dense) -> Style:
    """The bold type of a family's name, in its colour, of the size of `like`."""
    key = family if family in FAMILIES else ""
    found = _family_styles.get((key, like.size))
    if found is None:
        tint = _FAMILY_COLOURS[FAMILIES.index(key)] if key else MUTED
        found = _family_styles[key, like.size] = Style(like.size, like.leading, tint, bold=True)
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


def running_head(canvas: TaggedCanvas, paper: Paper, left: str, right: str) -> None:
    """The head of every page but the first: which document this is, over a thin rule."""
    y = paper.body_top + 16
    at_right = _at_right(paper, right, y, paper.foot)
    _running(canvas, paper, [_at_left(paper, left, y, at_right[0] - paper.margin - 8), at_right], y - 7)


def running_foot(canvas: TaggedCanvas, paper: Paper, lines: Sequence[str], place: str, *, beside: float = 0.0) -> None:
    """The foot of every page, under a thin rule: `lines`, two printed lines each at most, with `place` ("Page 2/5").

    `beside` points stay free at the right for a code.
    """
    y = paper.body_bottom - 16
    right = _at_right(paper, place, y, paper.foot_strong)
    right = (right[0] - beside, *right[1:])
    folded: list[Line] = []
    for line in lines:
        room = paper.body_width - beside if folded else right[0] - paper.margin - 8
        folded += wrap(line, paper.foot, room, max_lines=2)
    left = [(paper.margin, y - paper.foot.leading * number, paper.foot, line) for number, line in enumerate(folded)]
    pieces = [right, *left]
    _running(canvas, paper, pieces, y + paper.foot.leading + 1)


def _running(canvas: TaggedCanvas, paper: Paper, pieces: list[Piece], rule: float) -> None:
    canvas.artifact(
        [
            f"{stroke(LINE)} {paper.margin:.2f} {rule:.2f} m {paper.right:.2f} {rule:.2f} l S",
            "BT",
            *canvas.operators(pieces)[0],
            "ET",
        ],
        kind="Pagination",
    )


def _at_left(paper: Paper, text: str, y: float, room: float) -> Piece:
    return paper.margin, y, paper.foot_strong, one_line(text, paper.foot_strong, room)


def _at_right(paper: Paper, text: str, y: float, style: Style) -> Piece:
    line = one_line(text, style, paper.body_width / 2)
    return paper.right - line.width, y, style, line
