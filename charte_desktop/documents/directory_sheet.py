"""The directory sheet as PDF (C01, C06, C07, C08): pages composed from whole blocks, then drawn with their tags."""

from charte_desktop.documents import booklet, provider_blocks, sheet_blocks
from charte_desktop.documents import page_style as style
from charte_desktop.documents.blocks import Kind, table_head
from charte_desktop.documents.page_style import Paper
from charte_desktop.documents.pages import Composition, Drawing, Page
from charte_desktop.documents.tagged_canvas import TaggedCanvas
from charte_desktop.documents.text_layout import clean
from charte_desktop.model.sheet_content import Layout, SheetContent, content_fingerprint

CARDS_A_PAGE = 6

_PAPERS: dict[Layout, Paper] = {
    "cards": style.A4,
    "table": style.A4,
    "large": style.LARGE_PRINT,
    "booklet": style.A5,
}


def directory_sheet(content: SheetContent) -> bytes:
    """The PDF of `content`: A4, tagged, every font embedded; the same content always gives the same bytes.

    A booklet has two of its pages on each side of its landscape sheets: see `print_hint`.
    """
    pages = compose(content)
    paper = paper_of(content.layout)
    title = f"Fiche annuaire n° {clean(content.number)}"
    at = content.issued_at.astimezone(style.REUNION)
    folded = content.layout == "booklet"
    canvas = TaggedCanvas(title, clean(content.adviser), at, booklet.SIDE if folded else (paper.width, paper.height))
    if folded:
        booklet.prepare(canvas)
    issued = style.show_moment(content.issued_at)
    mark = content_fingerprint(content)[:16]
    foot = [
        f"{title} · établie le {issued}",
        f"Empreinte du contenu (SHA-256, début) : {' '.join(mark[at : at + 4] for at in range(0, 16, 4))}"
        f"{' · démonstration' if content.demonstration else ''}",
        style.SHORT_WORDING,
    ]
    drawing = Drawing(canvas, paper)
    for number, one in enumerate(pages, 1):
        if folded:
            canvas.draw_on(*booklet.place_of(number, len(pages)))
        if number > 1:
            style.running_head(canvas, paper, title, clean(content.company_name))
        drawing.draw(one)
        style.running_foot(canvas, paper, foot, f"Page {number}/{len(pages)}")
        if not folded:
            canvas.showPage()
    if folded:
        canvas.show_all()
    return canvas.finish()


def page_count(content: SheetContent) -> int:
    """How many A4 sheets `directory_sheet` will take: the pages are composed, nothing is drawn.

    A booklet is printed on both sides, its four pages to a sheet; the other layouts on one.
    """
    pages = len(compose(content))
    return pages // booklet.PAGES_A_SHEET if content.layout == "booklet" else pages


def print_hint(layout: Layout) -> str:
    """What to set when printing, in words for the user; empty when there is nothing to set."""
    return booklet.HINT if layout == "booklet" else ""


def paper_of(layout: Layout) -> Paper:
    """The page that a layout is composed on; for the booklet, half a sheet."""
    return _PAPERS[layout]


def compose(content: SheetContent) -> list[Page]:
    """The pages of `content`: blocks in order, whole, six cards at most on a page; the questions have their own."""
    paper = paper_of(content.layout)
    sheet = Composition(paper)
    sheet.place(sheet_blocks.head(content, paper))
    asked = frozenset(need.id for need in content.needs)
    if not content.entries:
        sheet.place(sheet_blocks.nothing_found(content, paper))
    elif content.layout == "table":
        head = table_head(provider_blocks.COLUMNS, paper.table_head)
        rows = [provider_blocks.row(entry, asked) for entry in content.entries]
        sheet.place(sheet_blocks.heading(content, paper), keep_with=head.height + rows[0].height)
        sheet.place_table(head, rows)
    else:
        cards = [provider_blocks.card(entry, content, asked, paper) for entry in content.entries]
        sheet.place(sheet_blocks.heading(content, paper), keep_with=cards[0].height)
        for card in cards:
            if sheet.pages[-1].count(Kind.CARD) == CARDS_A_PAGE:
                sheet.new_page()
            sheet.place(card, gap=provider_blocks.CARD_GAP)
        for one in sheet.pages:
            _fill(one, paper)
    pages = sheet.pages
    questions = _questions(content, paper)
    if content.layout == "booklet":
        left_over = -(len(pages) + len(questions)) % booklet.PAGES_A_SHEET
        for _ in range(left_over):
            sheet.new_page()
            sheet.place(sheet_blocks.notes(paper))
    return pages + questions


def _questions(content: SheetContent, paper: Paper) -> list[Page]:
    """The last pages, none when there is nothing to ask."""
    if not content.questions:
        return []
    asked = Composition(paper)
    asked.pages.clear()
    asked.new_page()
    asked.place(sheet_blocks.question_head(paper))
    for number, text in enumerate(content.questions, 1):
        asked.place(sheet_blocks.question(number, text, paper))
    return asked.pages


def _fill(one: Page, paper: Paper) -> None:
    """Spread six cards over the page that they fill: the room left over is theirs, to write on."""
    cards = [placed for placed in one.placed if placed.block.kind is Kind.CARD]
    if len(cards) < CARDS_A_PAGE:
        return
    more = max(0.0, one.bottom + provider_blocks.CARD_GAP - paper.body_bottom) / len(cards)
    for number, placed in enumerate(cards):
        placed.top -= number * more
        placed.height += more
