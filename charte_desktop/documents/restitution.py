"""What a company is handed after an accompaniment: one to three pages that are worth keeping."""

from functools import partial

from charte_desktop.documents import page_style as style
from charte_desktop.documents.blocks import (
    Block,
    Column,
    Columns,
    Kind,
    Part,
    cells_of,
    drawn,
    table_head,
    table_row,
)
from charte_desktop.documents.page_style import A4
from charte_desktop.documents.pages import Composition, Drawing
from charte_desktop.documents.radar_drawing import draw_radar, legend_mark, words_of
from charte_desktop.documents.tagged_canvas import TaggedCanvas
from charte_desktop.documents.text_layout import clean
from charte_desktop.model.restitution import AdviceLine, HelpLine, RadarContent, RestitutionContent

TITLE = "Restitution"
MOST_PAGES = 3
_FITS = ((60, 12, 12), (30, 5, 8), (14, 3, 6), (8, 2, 4))
"""Lines of what was seen, of each recommendation's part, and recommendations; tried in turn until three pages do."""
_HELP_COLUMNS: Columns = (
    ("Ce que vous cherchez", 0.0, A4.body_width - 210),
    ("Votre fiche annuaire", A4.body_width - 210, 210.0),
)
_RADAR_HEIGHT = 250.0
_WHERE = "Les prestataires qui déclarent cette prestation sont sur la fiche annuaire dont voici le numéro."


def restitution(content: RestitutionContent) -> bytes:
    """The document as bytes: tagged, every font embedded; the same content gives the same bytes."""
    pages = compose(content)
    title = f"{TITLE} : {clean(content.company_name) or 'entreprise'}, {style.show_day(content.held_on)}"
    canvas = TaggedCanvas(title, clean(content.adviser), content.made_at.astimezone(style.REUNION))
    invented = " · démonstration : cette entreprise n'existe pas" if content.demonstration else ""
    foot = [f"{title} · établie le {style.show_moment(content.made_at)}{invented}", style.SHORT_WORDING]
    return Drawing(canvas, A4).numbered(pages.pages, head=(title, clean(content.adviser)), foot=foot)


def compose(content: RestitutionContent) -> Composition:
    """Its pages, three at most: what is too long is shortened and marked with an ellipsis."""
    for lines, part_lines, most in _FITS:
        pages = _composed(content, lines, part_lines, most)
        if len(pages.pages) <= MOST_PAGES:
            break
    return pages


def _composed(content: RestitutionContent, lines: int, part_lines: int, most: int) -> Composition:
    pages = Composition(A4)
    pages.place(_head(content), gap=4)
    for block in _seen(content, lines):
        pages.place(block)
    if content.radar is not None:
        pages.place(_radar(content.radar), gap=2)
        pages.place(_reading(content.radar), gap=4)
    if content.advice:
        pages.place(_heading("Ce que nous vous proposons, dans l'ordre"), keep_with=60)
        for number, advice in enumerate(content.advice[:most], 1):
            pages.place(_advice(number, advice, part_lines), gap=6)
    if content.help:
        pages.place(_heading("Qui peut vous aider"), keep_with=70)
        pages.place_table(table_head(_HELP_COLUMNS, A4.table_head), [_help(one) for one in content.help])
    pages.place(_next(content))
    return pages


def _head(content: RestitutionContent) -> Block:
    column = Column(0, 0, A4.body_width)
    column.add("CCI Île de la Réunion · Accompagnement numérique", A4.note_strong)
    column.add(content.company_name or "(sans nom)", A4.title, role="H1", max_lines=2)
    rules = [(0.0, column.y + 2, A4.body_width)]
    column.y += 8
    facts = [f"{content.kind.value} du {style.show_day(content.held_on)}", content.company_place]
    column.add(" · ".join(filter(None, facts)), A4.strong)
    if content.met:
        column.add(", ".join(content.met), A4.body, max_lines=2, label="Avec", label_style=A4.body)
    column.add(content.adviser, A4.body, label="Votre conseiller :", label_style=A4.body)
    return Block(Kind.PLAIN, column.y + 8, column.parts, title=TITLE, rules=rules)


def _heading(text: str) -> Block:
    column = Column(0, 6, A4.body_width)
    column.add(text, A4.heading, role="H2")
    return Block(Kind.HEADING, column.y + 2, column.parts, title=text)


def _seen(content: RestitutionContent, lines: int) -> list[Block]:
    """What was seen, paragraph by paragraph: a long one may go on on the next page."""
    paragraphs = [one for one in content.summary.split("\n") if one.strip()]
    if not paragraphs:
        return []
    blocks = [_heading("Ce que nous avons vu ensemble")]
    left = lines
    for paragraph in paragraphs:
        column = Column(0, 0, A4.body_width)
        left -= column.add(paragraph, A4.body, max_lines=max(left, 1))
        blocks.append(Block(Kind.PLAIN, column.y + 3, column.parts))
        if left <= 0:
            break
    return blocks


def _radar(radar: RadarContent) -> Block:
    operators = partial(draw_radar, radar, A4.body_width, _RADAR_HEIGHT)
    picture = drawn(words_of(radar), 0, 4, A4.body_width, _RADAR_HEIGHT, operators)
    column = Column(0, _RADAR_HEIGHT + 10, A4.body_width)
    block = Block(Kind.PLAIN, 0, column.parts, figures=[picture])
    for number, line in enumerate(radar.lines):
        middle = column.y + A4.small.leading / 2
        block.figures.append(drawn(f"Trait : {line.words}", 0, middle - 2, 22, 4, partial(_sample, number)))
        column.x, column.width = 28, A4.body_width - 28
        column.add(line.words, A4.small)
        column.x, column.width = 0, A4.body_width
    column.add(f"De 0 (au centre) à 100 (au bord). {radar.questionnaire}.", A4.note)
    block.height = column.y + 4
    return block


def _sample(number: int, _: TaggedCanvas, x: float, y: float) -> list[str]:
    return [legend_mark(number, x, y + 2)]


def _reading(radar: RadarContent) -> Block:
    ranked = radar.ranked()
    column = Column(0, 2, A4.body_width)
    strong = [f"{axis} ({score})" for axis, score in reversed(ranked) if score >= 60][:3]
    weak = [f"{axis} ({score})" for axis, score in ranked if score < 60][:3]
    if strong:
        column.add(", ".join(strong), A4.body, label="Vos points d'appui :", label_style=A4.strong)
    if weak:
        column.add(", ".join(weak), A4.body, label="Ce qui peut progresser :", label_style=A4.strong)
    return Block(Kind.PLAIN, column.y + 2, column.parts)


def _advice(number: int, advice: AdviceLine, lines: int) -> Block:
    column = Column(14, 6, A4.body_width - 28)
    priority = f" (priorité {advice.priority.words})"
    column.add(f"{number}. {advice.what}{priority}", A4.strong, role="H3", max_lines=2)
    if advice.why:
        column.add(advice.why, A4.body, label="Pourquoi :", label_style=A4.strong, max_lines=lines)
    if advice.how:
        column.add(advice.how, A4.body, label="Comment :", label_style=A4.strong, max_lines=lines)
    return Block(Kind.CARD, column.y + 6, column.parts, title=f"{number}. {clean(advice.what)[:60]}")


def _help(line: HelpLine) -> Block:
    cells = cells_of(_HELP_COLUMNS)
    parts = [Part("TH"), Part("TD")]
    cells[0].add(line.service, A4.body, max_lines=2, mark=line.family, into=parts[0])
    if line.sheet_number:
        day = f", du {style.show_day(line.sheet_on)}" if line.sheet_on else ""
        cells[1].add(f"n° {line.sheet_number}{day}", A4.strong, into=parts[1])
    else:
        cells[1].add("à demander à votre conseiller", A4.body, into=parts[1])
    return table_row(_HELP_COLUMNS, cells, parts)


def _next(content: RestitutionContent) -> Block:
    column = Column(9, 16, A4.body_width - 18)
    top = 10.0
    if content.next_on is not None or content.next_step:
        day = f"Le {style.show_day(content.next_on)}" if content.next_on else "Prochaine étape"
        column.add(f"{day} : {content.next_step or 'nous reprenons contact'}", A4.heading, role="H2", max_lines=3)
        column.y += 4
    if content.help:
        column.add(_WHERE, A4.small)
    column.add(f"{style.C01_WORDING} {style.C08_WORDING}", A4.small_strong)
    column.y += 6
    washes = [(0.0, top, A4.body_width, column.y - top)]
    return Block(Kind.HEAD, column.y + 4, column.parts, washes=washes)
