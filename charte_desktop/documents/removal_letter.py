"""The letter that tells a provider that it was removed from the register (C18): the clauses, the reason, the date."""

from dataclasses import dataclass
from datetime import date, datetime

from charte_desktop.documents import page_style as style
from charte_desktop.documents.blocks import Block, Column, Kind, bulleted
from charte_desktop.documents.charter_blocks import paragraphs
from charte_desktop.documents.page_style import A4
from charte_desktop.documents.pages import Composition, Drawing
from charte_desktop.documents.tagged_canvas import TaggedCanvas
from charte_desktop.documents.text_layout import clean
from charte_desktop.model.clauses import Clause

_ADDRESSEE = 0.52
"""Where the addressee's column begins, in parts of the body's width: the window of a French envelope."""


@dataclass(frozen=True, kw_only=True)
class RemovalNotice:
    """What the letter says."""

    provider_name: str
    representative: str
    address: str
    """Several lines."""
    removed_on: date
    clauses: tuple[Clause, ...]
    reason: str
    written_at: datetime
    """Aware of its zone."""
    adviser: str
    demonstration: bool = False


def removal_letter(notice: RemovalNotice) -> bytes:
    """The letter, tagged, every font embedded; facts only: the CCIR is neither arbiter nor expert (C08)."""
    title = f"Radiation de la base des prestataires : {clean(notice.provider_name)}"
    pages = Composition(A4)
    pages.place(_head(notice))
    day = style.show_day(notice.removed_on)
    for sentence in (
        "Madame, Monsieur,",
        f"La charte d'engagement que vous avez signée prévoit qu'en cas de non-respect de ses règles, le prestataire "
        f"est supprimé de la base de données. Votre entreprise n'y figure plus depuis le {day}.",
        "Les articles de la charte qui n'ont pas été respectés :",
    ):
        for block in paragraphs(sentence, A4.body):
            pages.place(block)
    for clause in notice.clauses:
        pages.place(bulleted(f"{clause.id} : {clause.text}", A4.body, A4.body_width), gap=3)
    for block in paragraphs("Ce qui a été constaté :", A4.strong):
        pages.place(block)
    for line in notice.reason.splitlines():
        for block in paragraphs(line, A4.body):
            pages.place(block)
    for sentence in (
        "Les entreprises à qui votre nom a été remis sont informées que vous ne figurez plus dans la base ; ce "
        "courrier ne leur est pas transmis, et le motif ne leur est pas donné.",
        "Vous pouvez écrire à votre conseiller pour toute question, ou pour contester ces faits. Si la radiation est "
        "levée, revenir dans la base demande de signer de nouveau la charte.",
    ):
        for block in paragraphs(sentence, A4.body):
            pages.place(block)
    pages.place(_end(notice))
    canvas = TaggedCanvas(title, clean(notice.adviser), notice.written_at.astimezone(style.REUNION))
    drawing = Drawing(canvas, A4)
    foot = [f"CCI Île de la Réunion · courrier préparé le {style.show_moment(notice.written_at)}"]
    if notice.demonstration:
        foot.append("Base de démonstration : ces entreprises n'existent pas.")
    foot.append(style.SHORT_WORDING)
    for number, page in enumerate(pages.pages, 1):
        if number > 1:
            style.running_head(canvas, A4, title, "")
        drawing.draw(page)
        place = f"Page {number}/{len(pages.pages)}" if len(pages.pages) > 1 else ""
        style.running_foot(canvas, A4, foot, place)
        canvas.showPage()
    return canvas.finish()


def _head(notice: RemovalNotice) -> Block:
    column = Column(0, 0, A4.body_width)
    column.add("CCI Île de la Réunion", A4.number)
    column.add("Charte d'engagement des offreurs de solutions numériques", A4.note_strong)
    rules = [(0.0, column.y + 4, A4.body_width)]
    column.x, column.y = A4.body_width * _ADDRESSEE, 84
    column.width = A4.body_width - column.x
    column.add(notice.provider_name, A4.strong, max_lines=3)
    for line in [notice.representative, *notice.address.splitlines()[:5]]:
        column.add(line, A4.body, max_lines=2)
    column.y += 20
    column.add(f"Le {style.show_day(notice.written_at.astimezone(style.REUNION).date())}", A4.body)
    column.x, column.width = 0, A4.body_width
    column.y = max(column.y + 16, 200)
    column.add("Votre entreprise ne figure plus dans la base des prestataires", A4.heading, role="H1")
    return Block(Kind.PLAIN, column.y + 10, column.parts, title="Radiation", rules=rules)


def _end(notice: RemovalNotice) -> Block:
    column = Column(9, 17, A4.body_width - 18)
    panel_top = column.y - 5
    column.add(f"{style.C01_WORDING} {style.C08_WORDING}", A4.small_strong)
    washes = [(0.0, panel_top, A4.body_width, column.y + 6 - panel_top)]
    column.y += 24
    column.x, column.width = A4.body_width * _ADDRESSEE, A4.body_width * (1 - _ADDRESSEE)
    column.add("Pour la CCI Île de la Réunion,", A4.body)
    column.add(notice.adviser, A4.strong, max_lines=2)
    return Block(Kind.HEAD, column.y + 30, column.parts, washes=washes)
