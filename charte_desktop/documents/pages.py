"""Pages composed of whole blocks, and drawn with their tags."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from charte_desktop.documents import page_style as page
from charte_desktop.documents.blocks import Block, Figure, Kind
from charte_desktop.documents.contact_code import drawing
from charte_desktop.documents.page_style import Paper
from charte_desktop.documents.tagged_canvas import Piece, TaggedCanvas


@dataclass
class PlacedBlock:
    """A block with the height of its top edge above the bottom of the page, in points."""

    block: Block
    top: float
    height: float
    """Of its frame, never less than the block's own."""


@dataclass
class Page:
    """One page, composed."""

    bottom: float
    """Where the next block would begin."""
    placed: list[PlacedBlock] = field(default_factory=list)

    def count(self, kind: Kind) -> int:
        """How many blocks of a kind stand on it."""
        return sum(placed.block.kind is kind for placed in self.placed)


class Composition:
    """The pages of a document as they fill, block after block."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.pages = [Page(paper.first_top)]

    @property
    def room(self) -> float:
        """Points left on the last page."""
        return self.pages[-1].bottom - self.paper.body_bottom

    def new_page(self) -> None:
        """Go on on another page."""
        self.pages.append(Page(self.paper.body_top))

    def place(self, block: Block, *, gap: float = 0.0, keep_with: float = 0.0) -> None:
        """Put `block` on the last page, or on a new one when it and what it is kept with do not fit."""
        if block.height + keep_with > self.room and self.pages[-1].placed:
            self.new_page()
        last = self.pages[-1]
        last.placed.append(PlacedBlock(block, last.bottom, block.height))
        last.bottom -= block.height + gap

    def skip(self, points: float) -> None:
        """Leave room before what follows; none at the top of a page."""
        if self.pages[-1].placed:
            self.pages[-1].bottom -= points

    def place_table(self, head: Block, rows: Iterable[Block]) -> None:
        """Put the rows of a table under their head, which every page repeats."""
        self.place(head)
        for row in rows:
            if row.height > self.room:
                self.new_page()
                self.place(head)
            self.place(row)


class Drawing:
    """Draws composed pages, and keeps the structure elements that several blocks share."""

    def __init__(self, canvas: TaggedCanvas, paper: Paper) -> None:
        self.canvas = canvas
        self.paper = paper
        self.table = 0
        self.list = 0
        self.section = 0
        """The element that holds what has no closer one; 0 is the document."""

    def begin_section(self) -> None:
        """What follows is a document of its own: a letter among others."""
        self.section = self.canvas.element("Sect")
        self.table = self.list = 0

    def draw(self, one: Page) -> None:
        """Every block of a page, in reading order."""
        for placed in one.placed:
            self._frame(placed)
            self._content(placed)

    def numbered(self, pages: Sequence[Page], *, head: tuple[str, str], foot: Sequence[str]) -> bytes:
        """The document whose pages these are: each with `foot` and its number, all but the first under `head`."""
        for number, one in enumerate(pages, 1):
            if number > 1:
                page.running_head(self.canvas, self.paper, *head)
            self.draw(one)
            page.running_foot(self.canvas, self.paper, foot, f"Page {number}/{len(pages)}")
            self.canvas.showPage()
        return self.canvas.finish()

    def _content(self, placed: PlacedBlock) -> None:
        canvas, block, top = self.canvas, placed.block, placed.top
        if block.kind is Kind.TABLE_HEAD and self.table:
            pieces = [piece for part in block.parts for piece in part.pieces]
            canvas.artifact(["BT", *canvas.operators(self._on_page(pieces, top))[0], "ET"], kind="Pagination")
            return
        parent = self._parent(block)
        if block.title:
            canvas.bookmark(block.title, top + 4, level=block.kind in (Kind.CARD, Kind.ROW))
        out = ["BT"]
        style = None
        for part in block.parts:
            scope = "Row" if block.kind is Kind.ROW else "Column"
            extra = f"/A<</O/Table/Scope/{scope}>>" if part.role == "TH" else ""
            out.append(canvas.open_tag(part.role, parent, extra))
            more, style = canvas.operators(self._on_page(part.pieces, top), style)
            out += more
            out.append("EMC")
        out.append("ET")
        canvas.write(out)
        for figure in block.figures:
            self._figure(figure, top, parent)
        if block.contact:
            self._code(placed, parent)

    def _parent(self, block: Block) -> int:
        """The element that holds the block's parts."""
        if block.kind is not Kind.ITEM:
            self.list = 0
        if block.kind not in (Kind.TABLE_HEAD, Kind.ROW):
            self.table = 0  # what stands between two tables parts them
        if block.kind is Kind.CARD:
            return self.canvas.element("Sect", self.section)
        if block.kind in (Kind.TABLE_HEAD, Kind.ROW):
            self.table = self.table or self.canvas.element("Table", self.section)
            return self.canvas.element("TR", self.table)
        if block.kind is Kind.ITEM:
            self.list = self.list or self.canvas.element("L", self.section)
            return self.canvas.element("LI", self.list)
        return self.section

    def _frame(self, placed: PlacedBlock) -> None:
        block, top, height, left = placed.block, placed.top, placed.height, self.paper.margin
        out = []
        for x, y, width, high in block.washes:
            out.append(f"{page.fill(page.CANVAS)} {left + x:.2f} {top - y - high:.2f} {width:.2f} {high:.2f} re f")
        if block.kind in (Kind.HEAD, Kind.MESSAGE):
            x, y, _, high = block.washes[0]
            out.append(f"{page.fill(page.PRIMARY)} {left + x:.2f} {top - y - high:.2f} 2.5 {high:.2f} re f")
        if block.kind is Kind.CARD:
            dash = "[3 2] 0 d" if block.by_hand else "[] 0 d"
            out.append(
                f"{page.stroke(page.LINE, 0.8)} {dash} "
                f"{left:.2f} {top - height:.2f} {self.paper.body_width:.2f} {height:.2f} re S [] 0 d"
            )
        if block.rules:
            out.append(page.stroke(page.LINE))
            for x, y, width in block.rules:
                out.append(f"{left + x:.2f} {top - y:.2f} m {left + x + width:.2f} {top - y:.2f} l S")
        if block.bars:
            out.append(page.stroke(page.LINE))
            for x, y, high in block.bars:
                out.append(f"{left + x:.2f} {top - y:.2f} m {left + x:.2f} {top - y - high:.2f} l S")
        if block.frames:
            out.append(page.stroke(page.LINE))
            for x, y, width, high in block.frames:
                out.append(f"{left + x:.2f} {top - y - high:.2f} {width:.2f} {high:.2f} re S")
        out += [page.family_mark(family, left + x, top - y - 0.4, size) for family, x, y, size in block.marks]
        if out:
            self.canvas.artifact(out)

    def _code(self, placed: PlacedBlock, parent: int) -> None:
        side = self.paper.code_side
        x, y = self.paper.right - side - 9, placed.top - side - 7
        opening = self._open_figure(f"Code QR : coordonnées de {placed.block.title}", (x, y, side, side), parent)
        self.canvas.write([opening, drawing(placed.block.contact, x, y, side), "EMC"])

    def _figure(self, figure: Figure, top: float, parent: int) -> None:
        frame = self.paper.margin + figure.x, top - figure.y - figure.height, figure.width, figure.height
        holder = self.canvas.element("TD", parent) if figure.in_cell else parent
        self.canvas.write([self._open_figure(figure.alt, frame, holder)])
        figure.draw(self.canvas, frame)
        self.canvas.write(["EMC"])

    def _open_figure(self, alt: str, frame: tuple[float, float, float, float], parent: int) -> str:
        x, y, width, height = frame
        left = x + self.canvas.shift
        box = f"{left:.1f} {y:.1f} {left + width:.1f} {y + height:.1f}"
        words = alt.encode("utf-16-be", "replace").hex()
        extra = f"/Alt <feff{words}>/A<</O/Layout/Placement/Block/BBox[{box}]>>"
        return self.canvas.open_tag("Figure", parent, extra)

    def _on_page(self, pieces: Iterable[Piece], top: float) -> Iterable[Piece]:
        """Pieces measured from a block's top left corner, put where the block stands."""
        left = self.paper.margin
        return [(left + x, top - y, style, line) for x, y, style, line in pieces]
