"""The charter of one provider as PDF: signed on screen, to be sealed; or to be printed and signed by hand.

The text's own cover, table of contents and empty form are not printed: the filled form stands in their place, and the
whole text, as it was given, is in the evidence.
"""

from dataclasses import replace

from charte_desktop.documents import page_style as style
from charte_desktop.documents.charter_blocks import (
    FORM_TITLE,
    charter_text,
    facts,
    head,
    heading,
    notice,
    signed_block,
    unsigned_block,
)
from charte_desktop.documents.charter_proof import demonstration, how_to_verify, proof
from charte_desktop.documents.contact_code import drawing as code_drawing
from charte_desktop.documents.page_style import A4, show_moment
from charte_desktop.documents.pages import Composition, Drawing, Page
from charte_desktop.documents.tagged_canvas import TaggedCanvas
from charte_desktop.documents.text_layout import clean
from charte_desktop.model.charter_content import CharterContent, PaperCharterContent, SignedCharterContent
from charte_desktop.model.charter_text import sections_of
from charte_desktop.model.paper_code import page_text

TITLE = "Charte d'engagement des offreurs de solutions numériques"
_CODE_SIDE = 54.0
"""Points of the code on each page to be scanned: a telephone's picture of a page still reads it."""
_CODED = replace(A4, body_bottom=86)
_RETURN = (
    "À signer, puis à rendre à votre conseiller, ou à renvoyer à l'adresse donnée dans la charte. Le code au pied de "
    "chaque page permet de classer la version numérisée : ne le couvrez pas."
)


def signed_charter(content: SignedCharterContent) -> bytes:
    """The pages of a charter signed on screen, before its evidence is attached and it is sealed.

    A4, tagged, every font embedded, strokes as outlines; the same content gives the same bytes.
    """
    moment = show_moment(content.at)
    title = f"{TITLE}, n° {content.number}"
    foot = (
        f"Charte n° {content.number} · {clean(content.provider_name)} · signée le {moment}",
        f"Empreinte : {content.fingerprint} · signature électronique simple"
        + (" · démonstration" if content.demonstration else ""),
        style.SHORT_WORDING,
    )
    return _drawn(content, title, composed(content), foot)


def page_count(content: CharterContent) -> int:
    """How many pages it takes."""
    return len(composed(content))


def paper_charter(content: PaperCharterContent) -> bytes:
    """The charter to print, with a code on each page by which its scan finds the provider."""
    title = f"{TITLE}, à signer"
    foot = (
        f"{TITLE} · {clean(content.provider_name)}",
        f"Code {content.code} · imprimée le {show_moment(content.at)}"
        + (" · démonstration" if content.demonstration else ""),
        style.SHORT_WORDING,
    )
    return _drawn(content, title, composed(content), foot)


def composed(content: CharterContent) -> list[Page]:
    """The pages, composed."""
    is_signed = isinstance(content, SignedCharterContent)
    pages = Composition(A4 if is_signed else _CODED)
    number = f"n° {content.number}" if isinstance(content, SignedCharterContent) else ""
    pages.place(head(TITLE, number, pages.paper))
    if content.demonstration:
        pages.place(demonstration())
    pages.place(notice(f"{style.C01_WORDING} {style.C08_WORDING}", pages.paper))
    if not is_signed:
        pages.place(notice(_RETURN, pages.paper))
    pages.place(heading(FORM_TITLE, paper=pages.paper))
    facts(pages, content.fiche)
    if isinstance(content, SignedCharterContent):
        pages.place(signed_block(content))
    else:
        pages.place(unsigned_block(pages.paper))
    pages.new_page()
    charter_text(pages, sections_of(content.text))
    if isinstance(content, SignedCharterContent):
        proof(pages, content)
        how_to_verify(pages)
    return pages.pages


def _drawn(content: CharterContent, title: str, pages: list[Page], foot: tuple[str, ...]) -> bytes:
    canvas = TaggedCanvas(title, clean(content.adviser), content.at.astimezone(style.REUNION))
    coded = isinstance(content, PaperCharterContent)
    paper = _CODED if coded else A4
    drawing = Drawing(canvas, paper)
    for number, one in enumerate(pages, 1):
        if number > 1:
            style.running_head(canvas, paper, title, clean(content.provider_name))
        drawing.draw(one)
        style.running_foot(canvas, paper, foot, f"Page {number}/{len(pages)}", beside=_CODE_SIDE + 8 if coded else 0.0)
        if isinstance(content, PaperCharterContent):
            text = page_text(content.code, number, len(pages))
            canvas.artifact([code_drawing(text, paper.right - _CODE_SIDE, 16, _CODE_SIDE)], kind="Pagination")
        canvas.showPage()
    return canvas.finish()
