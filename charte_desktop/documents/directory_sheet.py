"""The directory sheet as PDF (C01, C06, C07, C08): pages composed from whole blocks, then drawn with their tags."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from charte_desktop.documents import page_style as page
from charte_desktop.documents import provider_blocks, sheet_blocks
from charte_desktop.documents.contact_code import drawing
from charte_desktop.documents.sheet_blocks import Block, Kind
from charte_desktop.documents.tagged_canvas import Piece, TaggedCanvas
from charte_desktop.documents.text_layout import clean
from charte_desktop.model.sheet_content import SheetContent, content_fingerprint

CARDS_A_PAGE = 6


@dataclass
class PlacedBlock:
    """A block with the height of its top edge above the bottom of the page, in points."""

    block: Block
    top: float
    height: float
    """Of its frame, never less than the block's own."""


@dataclass
class Page:
    """One page of the sheet, composed."""

    placed: list[PlacedBlock] = field(default_factory=list)
    bottom: float = page.FIRST_TOP
    """Where the next block would begin."""


def directory_sheet(content: SheetContent) -> bytes:
    """The PDF of `content`: A4, tagged, every font embedded; the same content always gives the same bytes."""
    pages = compose(content)
    title = f"Fiche annuaire n° {clean(content.number)}"
    canvas = TaggedCanvas(title, clean(content.adviser), content.issued_at.astimezone(page.REUNION))
    issued = page.show_moment(content.issued_at)
    mark = content_fingerprint(content)[:16]
    foot = [
        f"{title} · établie le {issued}",
        f"Empreinte du contenu (SHA-256, début) : {' '.join(mark[at : at + 4] for at in range(0, 16, 4))}"
        f"{' · démonstration' if content.demonstration else ''}",
        page.SHORT_WORDING,
    ]
    drawing = _Drawing(canvas)
    for number, one in enumerate(pages, 1):
        if number > 1:
            page.running_head(canvas, title, clean(content.company_name))
        drawing.draw(one)
        page.running_foot(canvas, foot, number, len(pages))
        canvas.showPage()
    return canvas.finish()


def page_count(content: SheetContent) -> int:
    """How many pages `directory_sheet` will make: the pages are composed, nothing is drawn."""
    return len(compose(content))


def compose(content: SheetContent) -> list[Page]:
    """The pages of `content`: blocks in order, whole, six cards at most on a page; the questions have their own."""
    pages = [Page()]
    _place(pages, sheet_blocks.head(content))
    asked = frozenset(need.id for need in content.needs)
    if not content.entries:
        _place(pages, sheet_blocks.nothing_found(content))
    elif content.layout == "table":
        head = provider_blocks.table_head()
        rows = [provider_blocks.row(entry, asked) for entry in content.entries]
        _place(pages, sheet_blocks.heading(content), keep_with=head.height + rows[0].height)
        _place(pages, head)
        for row in rows:
            if row.height > pages[-1].bottom - page.BODY_BOTTOM:
                _new_page(pages)
                _place(pages, head)
            _place(pages, row)
    else:
        cards = [provider_blocks.card(entry, content, asked) for entry in content.entries]
        _place(pages, sheet_blocks.heading(content), keep_with=cards[0].height)
        for card in cards:
            if sum(placed.block.kind is Kind.CARD for placed in pages[-1].placed) == CARDS_A_PAGE:
                _new_page(pages)
            _place(pages, card, gap=provider_blocks.CARD_GAP)
        for one in pages:
            _fill(one)
    if content.questions:
        _new_page(pages)
        _place(pages, sheet_blocks.question_head())
        for number, text in enumerate(content.questions, 1):
            _place(pages, sheet_blocks.question(number, text))
    return pages


def _new_page(pages: list[Page]) -> None:
    pages.append(Page(bottom=page.BODY_TOP))


def _place(pages: list[Page], block: Block, *, gap: float = 0.0, keep_with: float = 0.0) -> None:
    """Put `block` on the last page, or on a new one when it and what it is kept with do not fit."""
    if block.height + keep_with > pages[-1].bottom - page.BODY_BOTTOM and pages[-1].placed:
        _new_page(pages)
    last = pages[-1]
    last.placed.append(PlacedBlock(block, last.bottom, block.height))
    last.bottom -= block.height + gap


def _fill(one: Page) -> None:
    """Spread six cards over the page that they fill: the room left over is theirs, to write on."""
    cards = [placed for placed in one.placed if placed.block.kind is Kind.CARD]
    if len(cards) < CARDS_A_PAGE:
        return
    more = max(0.0, one.bottom + provider_blocks.CARD_GAP - page.BODY_BOTTOM) / len(cards)
    for number, placed in enumerate(cards):
        placed.top -= number * more
        placed.height += more


class _Drawing:
    """Draws composed pages, and keeps the structure elements that several blocks share."""

    def __init__(self, canvas: TaggedCanvas) -> None:
        self.canvas = canvas
        self.table = 0
        self.list = 0

    def draw(self, one: Page) -> None:
        """Every block of a page, in reading order."""
        for placed in one.placed:
            self._frame(placed)
            self._content(placed)

    def _content(self, placed: PlacedBlock) -> None:
        canvas, block, top = self.canvas, placed.block, placed.top
        if block.kind is Kind.TABLE_HEAD and self.table:
            pieces = [piece for part in block.parts for piece in part.pieces]
            canvas.artifact(["BT", *canvas.operators(_on_page(pieces, top))[0], "ET"], kind="Pagination")
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
            more, style = canvas.operators(_on_page(part.pieces, top), style)
            out += more
            out.append("EMC")
        out.append("ET")
        canvas.write(out)
        if block.contact:
            self._code(placed, parent)

    def _parent(self, block: Block) -> int:
        """The element that holds the block's parts."""
        if block.kind is Kind.CARD:
            return self.canvas.element("Sect")
        if block.kind in (Kind.TABLE_HEAD, Kind.ROW):
            self.table = self.table or self.canvas.element("Table")
            return self.canvas.element("TR", self.table)
        if block.kind is Kind.QUESTION:
            self.list = self.list or self.canvas.element("L")
            return self.canvas.element("LI", self.list)
        return 0

    def _frame(self, placed: PlacedBlock) -> None:
        block, top, height = placed.block, placed.top, placed.height
        out = []
        for x, y, width, high in block.washes:
            out.append(f"{page.fill(page.CANVAS)} {page.LEFT + x:.2f} {top - y - high:.2f} {width:.2f} {high:.2f} re f")
        if block.kind in (Kind.HEAD, Kind.MESSAGE):
            x, y, _, high = block.washes[0]
            out.append(f"{page.fill(page.PRIMARY)} {page.LEFT + x:.2f} {top - y - high:.2f} 2.5 {high:.2f} re f")
        if block.kind is Kind.CARD:
            dash = "[3 2] 0 d" if block.by_hand else "[] 0 d"
            out.append(
                f"{page.stroke(page.LINE, 0.8)} {dash} "
                f"{page.LEFT:.2f} {top - height:.2f} {page.BODY_WIDTH:.2f} {height:.2f} re S [] 0 d"
            )
        if block.rules:
            out.append(page.stroke(page.LINE))
            for x, y, width in block.rules:
                left = page.LEFT + x
                out.append(f"{left:.2f} {top - y:.2f} m {left + width:.2f} {top - y:.2f} l S")
        out += [page.family_mark(family, page.LEFT + x, top - y - 0.4) for family, x, y in block.marks]
        if out:
            self.canvas.artifact(out)

    def _code(self, placed: PlacedBlock, parent: int) -> None:
        side = provider_blocks.CODE_SIDE
        x, y = page.RIGHT - side - 9, placed.top - side - 7
        alt = f"Code QR : coordonnées de {placed.block.title}".encode("utf-16-be", "replace").hex()
        extra = f"/Alt <feff{alt}>/A<</O/Layout/Placement/Block/BBox[{x:.1f} {y:.1f} {x + side:.1f} {y + side:.1f}]>>"
        self.canvas.write(
            [self.canvas.open_tag("Figure", parent, extra), drawing(placed.block.contact, x, y, side), "EMC"]
        )


def _on_page(pieces: Iterable[Piece], top: float) -> Iterable[Piece]:
    """Pieces measured from a block's top left corner, put where the block stands."""
    left = page.LEFT
    return [(left + x, top - y, style, line) for x, y, style, line in pieces]
