"""The blocks of a charter: the filled form, where it is signed, and the text itself; none is ever cut."""

from collections.abc import Iterable, Iterator, Sequence

from charte_desktop.documents import ink
from charte_desktop.documents.blocks import CELL, Block, Column, Figure, Kind, Part, bulleted, cells_of, table_row
from charte_desktop.documents.page_style import A4, Paper, show_day, show_moment
from charte_desktop.documents.pages import Composition
from charte_desktop.documents.tagged_canvas import TaggedCanvas
from charte_desktop.documents.text_layout import Style, clean, wrap
from charte_desktop.model.charter_content import CharterContent, FicheLine, SignedBy, SignedCharterContent, StampPicture
from charte_desktop.model.charter_text import Section, TextBlock

FORM_TITLE = "Fiche signalétique du prestataire numérique"
SIGN_HERE = "Signature & cachet du prestataire numérique :"
_LABELS = 132.0
"""Width of the column of labels."""
_BOX = 96.0
"""Height of the frame a person signs in, and"""
_HIGHEST_BOX = 172.0
"""that of a frame made higher for a cachet: 60 mm."""
_GAP = 12.0
_MILLIMETRE = 72 / 25.4
_MOST_LINES = 20
"""Of one row or paragraph; a longer one goes on in another, so that nothing is higher than a page."""
_HEADINGS = {1: ("H1", A4.number), 2: ("H2", A4.heading), 3: ("H3", A4.strong)}

Frame = tuple[float, float, float, float]


def head(title: str, right: str, paper: Paper = A4) -> Block:
    """The head of the first page: whose document this is, what it is, its number."""
    column = Column(0, 0, paper.body_width)
    column.add("CCI Île de la Réunion", paper.note_strong)
    column.add(title, paper.number, role="H1", max_lines=2)
    if right:
        column.add(right, paper.note_strong, max_lines=1)
    return Block(Kind.PLAIN, column.y + 10, column.parts, title=title, rules=[(0.0, column.y + 3, paper.body_width)])


def notice(text: str, paper: Paper = A4) -> Block:
    """A sentence that matters, on a tinted panel."""
    column = Column(9, 5, paper.body_width - 18)
    column.add(text, paper.small_strong)
    height = column.y + 6
    return Block(Kind.HEAD, height + 8, column.parts, washes=[(0.0, 0.0, paper.body_width, height)])


def heading(text: str, role: str = "H2", paper: Paper = A4, *, bookmark: bool = True) -> Block:
    """A heading that stands for itself."""
    column = Column(0, 4, paper.body_width)
    column.add(text, paper.heading, role=role)
    return Block(Kind.PLAIN, column.y + 5, column.parts, title=clean(text) if bookmark else "")


def paragraphs(text: str, style: Style, width: float = A4.body_width, gap: float = 5.0) -> Iterator[Block]:
    """A paragraph, in several blocks when it is longer than half a page."""
    for part in in_parts(text, style, width):
        column = Column(0, 0, width)
        column.add(part, style)
        yield Block(Kind.PLAIN, column.y + gap, column.parts)


def in_parts(text: str, style: Style, width: float) -> list[str]:
    """`text` in parts of at most `_MOST_LINES` lines each; an empty list for nothing to print."""
    lines = len(wrap(text, style, width))
    if not lines:
        return []
    if lines <= _MOST_LINES:
        return [text]
    words = clean(text).split(" ")
    if len(words) > 1:
        first, second = " ".join(words[: len(words) // 2]), " ".join(words[len(words) // 2 :])
    else:
        first, second = words[0][: len(words[0]) // 2], words[0][len(words[0]) // 2 :]
    return in_parts(first, style, width) + in_parts(second, style, width)


# The form


def facts(pages: Composition, lines: Iterable[FicheLine], *, labels: float = _LABELS) -> None:
    """Lines of label and value as a table without head; what is empty keeps its line."""
    width = pages.paper.body_width
    columns = (("", 0.0, labels), ("", labels, width - labels))
    for line in lines:
        for number, values in enumerate(_rows(line.value, width - labels)):
            label, value = cells_of(columns)
            label.add(line.label + (" (suite)" if number else ""), A4.strong, role="TH")
            for one in values:
                value.add(one, A4.body, role="TD", into=value.parts[-1] if value.parts else None)
            if not value.parts:
                value.y += A4.body.leading
                value.parts.append(Part("TD"))
            pages.place(table_row(columns, (label, value), [*label.parts, *value.parts]))


def _rows(value: str, width: float) -> Iterator[list[str]]:
    """The lines of a value, as many together as a row may hold; one row at least."""
    row: list[str] = []
    height = 0
    for line in value.splitlines():
        for part in in_parts(line, A4.body, width - 2 * CELL):
            lines = len(wrap(part, A4.body, width - 2 * CELL))
            if row and height + lines > _MOST_LINES:
                yield row
                row, height = [], 0
            row.append(part)
            height += lines
    yield row


# Where it is signed


def signed_block(content: SignedCharterContent, paper: Paper = A4) -> Block:
    """Who signed, what they drew, the cachet, the place and the day."""
    column = Column(0, 6, paper.body_width)
    column.add(SIGN_HERE, paper.strong, role="H2")
    column.add(f"Fait à {content.place}, le {show_moment(content.at)}", paper.body, max_lines=2)
    column.y += 6
    block = Block(Kind.PLAIN, 0, column.parts, title="Signature")
    width = (paper.body_width - _GAP) / 2
    high = _BOX
    if content.stamp is not None:
        high = min(max(_BOX, content.stamp.height_mm * _MILLIMETRE + 12), _HIGHEST_BOX)
    boxes: list[SignedBy | StampPicture | None] = [*content.signers, content.stamp]
    for first in range(0, len(boxes), 2):
        pair = boxes[first : first + 2]
        tops = []
        for place, one in enumerate(pair):
            under = Column(place * (width + _GAP), column.y, width)
            under.add(_box_words(one), paper.small, max_lines=3)
            block.parts += under.parts
            tops.append(under.y)
        top = max(tops) + 3
        for place, one in enumerate(pair):
            x = place * (width + _GAP)
            block.frames.append((x, top, width, high))
            if one is not None:
                block.figures.append(_figure(one, x, top, width, high))
        column.y = top + high + 8
    block.height = column.y + 2
    return block


def unsigned_block(paper: Paper = A4) -> Block:
    """Where the charter is signed by hand."""
    column = Column(0, 6, paper.body_width)
    column.add(SIGN_HERE, paper.strong, role="H2")
    column.y += 4
    width = (paper.body_width - _GAP) / 2
    block = Block(Kind.PLAIN, 0, column.parts, title="Signature")
    for words in ("Nom et qualité :", "Fait à :", "Date du jour :"):
        column.add(words, paper.body)
        block.rules.append((90.0, column.y - 1, paper.body_width - 90.0))
        column.y += 8
    for place, words in enumerate(("Signature", "Cachet (facultatif)")):
        under = Column(place * (width + _GAP), column.y, width)
        under.add(words, paper.small)
        block.parts += under.parts
        block.frames.append((under.x, under.y + 3, width, _BOX))
    block.height = column.y + paper.small.leading + _BOX + 8
    return block


def _box_words(one: SignedBy | StampPicture | None) -> str:
    if isinstance(one, SignedBy):
        mandate = f" ({one.mandate})" if one.mandate else ""
        return f"{one.name}, {one.capacity.lower()}{mandate}"
    return "Cachet" if one is not None else "Cachet : aucun"


def _figure(one: SignedBy | StampPicture, x: float, y: float, width: float, height: float) -> Figure:
    if isinstance(one, SignedBy):
        drawing = one.drawing

        def draw_ink(canvas: TaggedCanvas, frame: Frame) -> None:
            canvas.write(ink.operators(drawing, frame))

        return Figure(f"Signature tracée par {clean(one.name)}", x + 4, y + 4, width - 8, height - 8, draw_ink)
    wide, high = one.width_mm * _MILLIMETRE, one.height_mm * _MILLIMETRE
    scale = min(1.0, (width - 8) / wide, (height - 8) / high)
    wide, high = wide * scale, high * scale
    png = one.png

    def draw_stamp(canvas: TaggedCanvas, frame: Frame) -> None:
        canvas.picture(png, frame)

    return Figure("Cachet du prestataire", x + (width - wide) / 2, y + (height - high) / 2, wide, high, draw_stamp)


# The text


def charter_text(pages: Composition, sections: Sequence[Section]) -> None:
    """Every section of the text, whole, in its own words."""
    for section in sections:
        blocks = section.blocks
        for number, one in enumerate(blocks):
            if one.kind == "heading":
                follows = blocks[number + 1] if number + 1 < len(blocks) else None
                _place_heading(pages, one, follows)
            elif one.kind == "item":
                for part in in_parts(one.text, A4.body, pages.paper.body_width - 14):
                    pages.place(bulleted(part, A4.body, pages.paper.body_width), gap=2)
            else:
                for block in paragraphs(one.text, A4.strong if one.is_strong else A4.body, pages.paper.body_width):
                    pages.place(block)


def _place_heading(pages: Composition, one: TextBlock, follows: TextBlock | None) -> None:
    role, style = _HEADINGS[min(one.level, 3)]
    column = Column(0, 7 if pages.pages[-1].placed else 0, pages.paper.body_width)
    column.add(one.text, style, role=role)
    after = 0.0 if follows is None else min(len(wrap(follows.text, A4.body, pages.paper.body_width)), 4) * 13.0 + 18
    title = clean(one.text) if one.level <= 2 else ""
    pages.place(Block(Kind.PLAIN, column.y + 4, column.parts, title=title), keep_with=after)


def signed_line(content: CharterContent) -> str:
    """Which text was signed, by whom, on which day: what is asked first of a signed charter."""
    return f"{clean(content.provider_name)} · {clean(content.version_label)} · {show_day(content.at.date())}"
