"""What pages are composed of: blocks that are never cut, columns of paragraphs, rows of a table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum

from charte_desktop.documents.tagged_canvas import Piece, TaggedCanvas
from charte_desktop.documents.text_layout import Style, one_line, wrap

_MARK = 1.09
"""Room of a family's mark before its words, and"""
_MARK_SIZE = 0.735
"""its width, for a type of one point."""


class Kind(Enum):
    """What a block is, which says how it is framed and tagged."""

    HEAD = "head"
    HEADING = "heading"
    CARD = "card"
    TABLE_HEAD = "table head"
    ROW = "row"
    MESSAGE = "message"
    PLAIN = "plain"
    ITEM = "item"


Mark = tuple[str, float, float, float]
"""Family, x, y and width of the sign of a family."""


@dataclass
class Part:
    """What becomes one element of the structure; x from the block's left, y down from its top."""

    role: str
    pieces: list[Piece] = field(default_factory=list)


@dataclass(frozen=True)
class Figure:
    """A drawing on the page: ink, a cachet, a code. Points, y down from the block's top."""

    alt: str
    """What it is, for those who cannot see it."""
    x: float
    y: float
    width: float
    height: float
    draw: Callable[[TaggedCanvas, tuple[float, float, float, float]], None]
    """Draws it on the canvas in a frame: left, bottom, width and height on the page."""
    in_cell: bool = False
    """True for one that stands in a cell of a table by itself."""


Operators = Callable[[TaggedCanvas, float, float], list[str]]
"""What draws something from its bottom left corner on the page; text between BT and ET."""


def drawn(
    alt: str, x: float, y: float, width: float, height: float, operators: Operators, *, in_cell: bool = False
) -> Figure:
    """A figure that is a list of operators."""

    def draw(canvas: TaggedCanvas, frame: tuple[float, float, float, float]) -> None:
        canvas.write(operators(canvas, frame[0], frame[1]))

    return Figure(alt, x, y, width, height, draw, in_cell)


@dataclass
class Block:
    """A part of the page that is never cut."""

    kind: Kind
    height: float
    parts: list[Part]
    marks: list[Mark] = field(default_factory=list)
    title: str = ""
    """What the bookmark says; empty for none."""
    contact: str = ""
    """The vCard to draw as a QR code."""
    by_hand: bool = False
    washes: list[tuple[float, float, float, float]] = field(default_factory=list)
    """Tinted panels: x, y of the top, width, height."""
    rules: list[tuple[float, float, float]] = field(default_factory=list)
    """Thin lines: x, y, width."""
    frames: list[tuple[float, float, float, float]] = field(default_factory=list)
    """Thin rectangles: x, y of the top, width, height."""
    bars: list[tuple[float, float, float]] = field(default_factory=list)
    """Thin upright lines: x, y of the top, height."""
    figures: list[Figure] = field(default_factory=list)


class Column:
    """Paragraphs one under the other in a column `width` wide."""

    def __init__(self, x: float, y: float, width: float) -> None:
        self.x, self.y, self.width = x, y, width
        self.parts: list[Part] = []
        self.marks: list[Mark] = []

    def add(
        self,
        text: str,
        style: Style,
        *,
        role: str = "P",
        max_lines: int = 0,
        label: str = "",
        label_style: Style | None = None,
        mark: str | None = None,
        into: Part | None = None,
        hang: float = 0.0,
    ) -> int:
        """Lay out `text` after its `label`, and the mark of a family before both; the number of lines taken.

        With `hang`, every line starts that many points further.
        """
        hang = hang or (0.0 if mark is None else max(9.5, style.size * _MARK))
        x, width = self.x + hang, self.width - hang
        indent = 0.0
        pieces: list[Piece] = []
        baseline = self.y + style.leading * 0.5 + style.size * 0.36
        if label and label_style:
            head = one_line(label, label_style, width)
            indent = head.width + style.size * 0.3
            pieces.append((x, baseline, label_style, head))
        lines = wrap(text, style, width, max_lines, indent)
        if not lines:
            return 0
        for number, line in enumerate(lines):
            if line.runs:
                pieces.append((x if number else x + indent, baseline + number * style.leading, style, line))
        if mark is not None:
            self.marks.append((mark, self.x, baseline, max(6.4, style.size * _MARK_SIZE)))
        if into is None:
            self.parts.append(Part(role, pieces))
        else:
            into.pieces += pieces
        self.y += len(lines) * style.leading
        return len(lines)

    def add_dashed(self, text: str, style: Style, *, max_lines: int = 0) -> None:
        """Lay out `text` after a dash, its lines one under the other."""
        hang = style.size * 1.053
        dash = (self.x, self.y + style.leading * 0.5 + style.size * 0.36, style, one_line("–", style, hang))
        if self.add(text, style, max_lines=max_lines, hang=hang):
            self.parts[-1].pieces.insert(0, dash)


def numbered(
    number: int, text: str, style: Style, strong: Style, width: float, *, hang: float = 22, max_lines: int = 0
) -> Block:
    """An item of a numbered list, its text `hang` points from the left."""
    label = one_line(f"{number}.", strong, hang)
    column = Column(hang, 0, width - hang)
    column.add(text, style, role="LBody", max_lines=max_lines)
    baseline = style.leading * 0.5 + style.size * 0.36
    parts = [Part("Lbl", [(hang - 6 - label.width, baseline, strong, label)]), *column.parts]
    return Block(Kind.ITEM, column.y, parts)


def bulleted(text: str, style: Style, width: float, *, hang: float = 14) -> Block:
    """An item of a list after a dash, its text `hang` points from the left."""
    column = Column(hang, 0, width - hang)
    column.add(text, style, role="LBody")
    baseline = style.leading * 0.5 + style.size * 0.36
    label = Part("Lbl", [(hang - style.size, baseline, style, one_line("–", style, hang))])
    return Block(Kind.ITEM, column.y, [label, *column.parts])


Columns = Sequence[tuple[str, float, float]]
"""Title, x and width of the columns of a table."""
CELL = 4.0
"""Points between a column's edge and its text."""


def table_head(columns: Columns, style: Style) -> Block:
    """The titles of a table's columns, repeated on every page."""
    parts = []
    made = cells_of(columns)
    for (title, _, _), cell in zip(columns, made, strict=True):
        cell.add(title, style, role="TH")
        parts += cell.parts
    height = max(cell.y for cell in made) + CELL
    return Block(Kind.TABLE_HEAD, height, parts, washes=[(0.0, 0.0, _right_edge(columns), height)])


def cells_of(columns: Columns) -> list[Column]:
    """An empty cell for each column."""
    return [Column(x + CELL, CELL, width - 2 * CELL) for _, x, width in columns]


def table_row(columns: Columns, cells: Sequence[Column], parts: list[Part], title: str = "") -> Block:
    """A line of a table, as high as the highest of its cells, over a thin rule."""
    height = max(cell.y for cell in cells) + CELL
    marks = [mark for cell in cells for mark in cell.marks]
    return Block(Kind.ROW, height, parts, marks, title=title, rules=[(0.0, height, _right_edge(columns))])


def _right_edge(columns: Columns) -> float:
    _, x, width = columns[-1]
    return x + width
