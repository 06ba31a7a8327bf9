"""The attendance sheet of a workshop on A4: blank, to be signed, or with what was signed on the screen."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from charte_desktop.documents import ink
from charte_desktop.documents import page_style as style
from charte_desktop.documents.blocks import (
    Block,
    Column,
    Columns,
    Figure,
    Kind,
    Part,
    cells_of,
    drawn,
    table_head,
    table_row,
)
from charte_desktop.documents.page_style import A4
from charte_desktop.documents.pages import Composition, Drawing
from charte_desktop.documents.tagged_canvas import TaggedCanvas
from charte_desktop.documents.text_layout import clean
from charte_desktop.model.attendance_sheet import AttendanceContent, Attendee
from charte_desktop.model.drawing import Drawing as Strokes

TITLE = "Feuille d'émargement"
TOGETHER = 3
"""Sessions side by side; more of them go on in another table."""
_NUMBER, _NAMES, _TO_SIGN = 24.0, 0.46, 34.0
"""Points of the first column, part of the page for who it is, points of a line that has room for a signature."""


def attendance_sheet(content: AttendanceContent) -> bytes:
    """The document as bytes: tagged, every font embedded; the same content gives the same bytes."""
    pages = _composed(content)
    title = f"{TITLE} : {clean(content.theme)}"
    canvas = TaggedCanvas(title, clean(content.adviser), content.made_at.astimezone(style.REUNION))
    invented = " · démonstration : ces entreprises n'existent pas" if content.demonstration else ""
    foot = [f"{title} · préparée le {style.show_moment(content.made_at)}{invented}", style.SHORT_WORDING]
    return Drawing(canvas, A4).numbered(pages.pages, head=(title, clean(content.place)), foot=foot)


def _composed(content: AttendanceContent) -> Composition:
    pages = Composition(A4)
    pages.place(_head(content), gap=4)
    groups = [range(at, min(at + TOGETHER, len(content.sessions))) for at in range(0, len(content.sessions), TOGETHER)]
    for number, group in enumerate(groups):
        if number:
            pages.new_page()
            pages.place(_more(f"Séances {group.start + 1} à {group.stop}"))
        columns = _columns(content, group)
        pages.place_table(table_head(columns, A4.table_head), _rows(content, columns, group))
    pages.place(_note())
    return pages


def with_spare_lines(content: AttendanceContent, fewest: int = 3, most: int = 12) -> AttendanceContent:
    """The sheet with as many empty lines as its last page has room for, and some in any case."""
    wanted = replace(content, spare=fewest)
    pages = len(_composed(wanted).pages)
    for spare in range(most, fewest, -1):
        larger = replace(content, spare=spare)
        if len(_composed(larger).pages) == pages:
            return larger
    return wanted


def _head(content: AttendanceContent) -> Block:
    column = Column(0, 0, A4.body_width)
    column.add("CCI Île de la Réunion · Atelier numérique", A4.note_strong)
    column.add(TITLE, A4.title, role="H1")
    rules = [(0.0, column.y + 2, A4.body_width)]
    column.y += 10
    column.add(content.theme, A4.heading, role="H2", max_lines=3)
    facts = [content.place, *content.sessions] if len(content.sessions) <= TOGETHER else [content.place]
    column.add(" · ".join(filter(None, facts)), A4.strong, max_lines=3)
    column.add(f"Conseiller : {content.adviser}", A4.body)
    return Block(Kind.PLAIN, column.y + 4, column.parts, title=TITLE, rules=rules)


def _more(text: str) -> Block:
    column = Column(0, 0, A4.body_width)
    column.add(text, A4.heading, role="H2")
    return Block(Kind.HEADING, column.y + 4, column.parts, title=text)


def _columns(content: AttendanceContent, group: range) -> Columns:
    names = A4.body_width * _NAMES - _NUMBER
    left = _NUMBER + names
    width = (A4.body_width - left) / len(group)
    return (
        ("N°", 0.0, _NUMBER),
        ("Entreprise et personne", _NUMBER, names),
        *((content.sessions[session], left + place * width, width) for place, session in enumerate(group)),
    )


def _rows(content: AttendanceContent, columns: Columns, group: range) -> Iterator[Block]:
    for number, attendee in enumerate([*content.attendees, *[Attendee("")] * content.spare], 1):
        cells = cells_of(columns)
        parts = [Part("TD"), Part("TH")]
        cells[0].add(str(number), A4.note, into=parts[0])
        cells[1].add(attendee.company, A4.strong, max_lines=2, into=parts[1])
        cells[1].add(attendee.person, A4.body, max_lines=2, into=parts[1])
        pictures = []
        for place, session in enumerate(group):
            signed = attendee.signed.get(session)
            if signed is not None and signed.drawing is not None and not signed.drawing.is_blank:
                pictures.append(_signature(columns[2 + place], attendee, signed.drawing))
                continue
            part = Part("TD")
            if signed is not None:
                cells[2 + place].add(f"Présent ({signed.medium.value.lower()})", A4.note, into=part)
            parts.append(part)
        cells[0].y = max(cells[0].y, _TO_SIGN)
        block = table_row(columns, cells, parts)
        block.figures = pictures
        block.bars = [(x, 0.0, block.height) for _, x, _ in columns[2:]]
        yield block


def _signature(column: tuple[str, float, float], attendee: Attendee, drawing: Strokes) -> Figure:
    _, x, width = column
    who = clean(attendee.person or attendee.company)
    return drawn(
        f"Signature de {who}",
        x + 3,
        3,
        width - 6,
        _TO_SIGN - 4,
        partial(_ink, drawing, width - 6, _TO_SIGN - 4),
        in_cell=True,
    )


def _ink(drawing: Strokes, width: float, height: float, _: TaggedCanvas, x: float, y: float) -> list[str]:
    return ink.operators(drawing, (x, y, width, height))


def _note() -> Block:
    column = Column(0, 10, A4.body_width)
    column.add(
        "Votre nom et votre signature attestent votre présence, et rien d'autre. Ils sont gardés par la CCI Île de la "
        "Réunion pour le suivi de l'atelier ; vous pouvez les consulter et les faire corriger auprès de votre "
        "conseiller.",
        A4.note,
    )
    column.add(f"{style.C01_WORDING} {style.C08_WORDING}", A4.note)
    return Block(Kind.PLAIN, column.y + 2, column.parts)
