"""The guide as one PDF: to print, to hand to a colleague, to keep where there is no computer."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from charte_desktop import __version__
from charte_desktop.documents import page_style as style
from charte_desktop.documents.blocks import Block, Column, Columns, Part, cells_of, numbered, table_head, table_row
from charte_desktop.documents.blocks import Kind as BlockKind
from charte_desktop.documents.page_style import A4
from charte_desktop.documents.pages import Composition, Drawing, PlacedBlock
from charte_desktop.documents.tagged_canvas import TaggedCanvas
from charte_desktop.documents.text_layout import one_line
from charte_desktop.model.guide import Chapter, Kind, Passage, chapters, passages, title_and_preface
from charte_desktop.paths import guide

_GAP = 5.0
_EMPHASIS = re.compile(r"\*\*(.+?)\*\*|(?<![\w*])\*([^*\s][^*]*?)\*(?!\w)|`([^`]+)`|\[([^\]]+)\]\([^)]*\)")
_KEYS = re.compile(r"(F\d+|Ctrl\S*|Maj\S*|Alt\S*|Échap|Entrée|Tab|Suppr|[↑↓←→]|\.\w+)$")
"""What is read as it stands: the names of keys, and the endings of files."""
_BEFORE_A_SIGN = re.compile(r" (?=[;:!?»])|(?<=«) ")
"""Blanks at which French never ends a line."""
_LABEL = re.compile(r"\*\*(.+?)\*\*(?=[\s,.;:]|$)")
_HIGHEST_PICTURE = 300.0
"""Points; a picture of the whole window takes less than half a page."""
_WIDEST_PICTURE = A4.body_width
_LEADER = 40.0


@dataclass
class _Picture(Block):
    """A picture with its legend under it."""

    file: Path = Path()
    shown: tuple[float, float] = (0.0, 0.0)
    """Its width and height on the page."""


def guide_booklet(at: datetime) -> bytes:
    """Cover, table of chapters, chapters: tagged, with bookmarks; the same guide and the same day give the same bytes.

    `at` is when it is made, aware of its zone.
    """
    title, preface = title_and_preface()
    body = _composed(title, preface, [])
    first_pages = _first_pages(body)
    for _ in range(3):  # the table of chapters takes room itself, which moves what it names
        body = _composed(title, preface, list(zip(chapters(), first_pages, strict=True)))
        found = _first_pages(body)
        if found == first_pages:
            break
        first_pages = found
    canvas = TaggedCanvas(title, "CCI Île de la Réunion", at.astimezone(style.REUNION))
    drawing = _GuideDrawing(canvas, A4)
    foot = [f"{title} · version {__version__} · {style.show_day(at.astimezone(style.REUNION).date())}"]
    for number, page in enumerate(body.pages, 1):
        if number > 1:
            style.running_head(canvas, A4, title, "")
        drawing.draw(page)
        style.running_foot(canvas, A4, foot, f"Page {number}/{len(body.pages)}")
        canvas.showPage()
    return canvas.finish()


def _composed(title: str, preface: str, table: Sequence[tuple[Chapter, int]]) -> Composition:
    booklet = Composition(A4)
    head = Column(0, 0, A4.body_width)
    head.add("CCI Île de la Réunion · Charte d'engagement des offreurs de solutions numériques", A4.note_strong)
    head.add(title, A4.title, role="H1")
    head.y += 6
    booklet.place(Block(BlockKind.PLAIN, head.y, head.parts, title=title), gap=_GAP)
    _lay(booklet, passages(preface))
    booklet.place(_heading("Chapitres", A4.heading, "H2", bookmark=False), gap=2)
    for number, chapter in enumerate(chapters(), 1):
        booklet.place(_entry(number, chapter, dict(table).get(chapter)))
    for number, chapter in enumerate(chapters(), 1):
        content = passages(chapter.source)
        heading = _heading(f"{number}. {chapter.title}", A4.number, "H2")
        if number == 1:
            booklet.new_page()
        booklet.place(heading, gap=4, keep_with=_needed_under_a_heading(content))
        _lay(booklet, content)
        booklet.pages[-1].bottom -= 10
    return booklet


def _first_pages(booklet: Composition) -> list[int]:
    """The number of the page on which each chapter begins."""
    found = []
    for number, page in enumerate(booklet.pages, 1):
        found += [number for placed in page.placed if re.match(r"\d+\. ", placed.block.title)]
    return found


def _heading(text: str, look: Any, role: str, *, bookmark: bool = True) -> Block:
    column = Column(0, 6, A4.body_width)
    column.add(text, look, role=role)
    return Block(BlockKind.PLAIN, column.y + 2, column.parts, title=text if bookmark else "")


def _entry(number: int, chapter: Chapter, page: int | None) -> Block:
    column = Column(0, 0, A4.body_width - _LEADER)
    column.add(f"{number}. {chapter.title}", A4.body)
    label = one_line("" if page is None else str(page), A4.body, _LEADER)
    baseline = A4.body.leading * 0.5 + A4.body.size * 0.36
    column.parts[0].pieces.append((A4.body_width - label.width, baseline, A4.body, label))
    return Block(BlockKind.PLAIN, column.y + 1, column.parts)


def _needed_under_a_heading(content: Sequence[Passage]) -> float:
    """A heading stays with what it heads."""
    first = next(iter(content), None)
    return 120.0 if first is not None and first.kind is not Kind.PICTURE else 200.0


def _lay(booklet: Composition, content: Sequence[Passage]) -> None:
    for is_row, group in groupby(content, lambda one: one.kind is Kind.ROW):
        if is_row:
            _lay_table(booklet, [one.cells for one in group])
            booklet.pages[-1].bottom -= _GAP
        else:
            for block, gap in _blocks(group):
                booklet.place(block, gap=gap, keep_with=60 if block.parts[0].role == "H3" else 0)


def _blocks(content: Iterable[Passage]) -> Iterator[tuple[Block, float]]:
    for kind, group in groupby(content, lambda one: one.kind):
        several = list(group)
        for number, passage in enumerate(several, 1):
            gap = _GAP if number == len(several) or kind is Kind.TEXT else 2.0
            yield _block(passage), gap


def _block(passage: Passage) -> Block:
    text = plain(passage.text)
    match passage.kind:
        case Kind.HEADING:
            return _heading(text, A4.strong, "H3", bookmark=False)
        case Kind.PICTURE:
            return _picture(passage)
        case Kind.STEP:
            return numbered(passage.number, text, A4.body, A4.strong, A4.body_width)
        case Kind.COMMAND:
            column = Column(10, 3, A4.body_width - 20)
            column.add(passage.text, A4.dense)
            return Block(BlockKind.PLAIN, column.y + 3, column.parts, washes=[(0, 0, A4.body_width, column.y + 3)])
        case Kind.BULLET:
            column = Column(12, 0, A4.body_width - 12)
            _labelled(column, passage.text, hang=10)
            baseline = A4.body.leading * 0.5 + A4.body.size * 0.36
            column.parts[0].pieces.insert(0, (12, baseline, A4.body, one_line("–", A4.body, 10)))
            return Block(BlockKind.PLAIN, column.y, column.parts)
        case _:
            column = Column(0, 0, A4.body_width)
            _labelled(column, passage.text)
            return Block(BlockKind.PLAIN, column.y, column.parts)


def _labelled(column: Column, text: str, hang: float = 0.0) -> None:
    """A text whose first words stand out when they are in bold."""
    label = _LABEL.match(text)
    if label and label.end() == len(text):
        column.add(plain(label[1]), A4.strong, hang=hang)
    elif label and len(label[1]) <= _LONGEST_LABEL:
        words, rest = plain(label[1]), plain(text[label.end() :])
        if rest[:1] in ".,;:":
            words, rest = words + rest[0], rest[1:].strip()
        column.add(rest, A4.body, label=words, label_style=A4.strong, hang=hang)
    else:
        column.add(plain(text), A4.body, hang=hang)


_LONGEST_LABEL = 60
"""Characters; longer words in bold would not fit on the line that they begin."""


def plain(text: str) -> str:
    """A text without its marks of emphasis: what stood between backquotes is between French quotes, keys apart."""

    def shown(found: re.Match[str]) -> str:
        bold, italic, code, link = found.groups()
        return bold or italic or link or (code if _KEYS.match(code) else f"«\u00a0{code}\u00a0»")

    before = None
    while before != text:
        before, text = text, _EMPHASIS.sub(shown, text)
    return _BEFORE_A_SIGN.sub("\u00a0", text)


def _lay_table(booklet: Composition, rows: Sequence[tuple[str, ...]]) -> None:
    """A table under its head, which every page repeats; titles that are all empty make no head."""
    width = max(len(cells) for cells in rows)
    filled = [tuple(map(plain, cells)) + ("",) * (width - len(cells)) for cells in rows]
    longest = [max(min(max(len(row[place]) for row in filled), 60), 6) for place in range(width)]
    shares = [A4.body_width * one / sum(longest) for one in longest]
    columns: Columns = [
        (title, sum(shares[:place]), share) for place, (title, share) in enumerate(zip(filled[0], shares, strict=True))
    ]
    blocks = []
    for row in filled[1:]:
        cells = cells_of(columns)
        parts = [Part("TH" if place == 0 else "TD") for place in range(width)]
        for cell, text, part in zip(cells, row, parts, strict=True):
            cell.add(text or "–", A4.dense, into=part)
        blocks.append(table_row(columns, cells, parts))
    if not any(filled[0]):
        for block in blocks:
            booklet.place(block)
        return
    head = table_head(columns, A4.table_head)
    if blocks and head.height + blocks[0].height > booklet.room:
        booklet.new_page()
    booklet.place_table(head, blocks)


def _picture(passage: Passage) -> Block:
    from PIL import Image

    file = guide().parent / passage.picture
    with Image.open(file) as image:
        width, height = image.size
    scale = min(_WIDEST_PICTURE / width, _HIGHEST_PICTURE / height)
    shown = (width * scale, height * scale)
    legend = Column(0, shown[1] + 3, A4.body_width)
    legend.add(passage.text, A4.note, role="Caption")
    return _Picture(BlockKind.PLAIN, legend.y + 2, legend.parts, file=file, shown=shown)


class _GuideDrawing(Drawing):
    """Draws the pictures too; every table of the guide is one of its own."""

    def _content(self, placed: PlacedBlock) -> None:
        if isinstance(placed.block, _Picture):
            self._draw_picture(placed, placed.block)
        if placed.block.kind not in (BlockKind.TABLE_HEAD, BlockKind.ROW):
            self.table = 0
        super()._content(placed)

    def _draw_picture(self, placed: PlacedBlock, block: _Picture) -> None:
        from reportlab.lib.utils import ImageReader

        width, height = block.shown
        left, bottom = self.paper.margin, placed.top - height
        words = " ".join(run[1] for part in block.parts for piece in part.pieces for run in piece[3].runs)
        alt = words.encode("utf-16-be", "replace").hex()
        box = f"[{left:.1f} {bottom:.1f} {left + width:.1f} {placed.top:.1f}]"
        extra = f"/Alt <feff{alt}>/A<</O/Layout/Placement/Block/BBox{box}>>"
        self.canvas.write([self.canvas.open_tag("Figure", self.section, extra)])
        self.canvas.drawImage(ImageReader(str(block.file)), left, bottom, width, height)
        self.canvas.write(["EMC"])
        edge = f"{left:.2f} {bottom:.2f} {width:.2f} {height:.2f} re S"
        self.canvas.artifact([style.stroke(style.LINE), edge])
