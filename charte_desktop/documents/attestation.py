"""The attestation that a company was accompanied: what a provider asks for before it uses the charter (C03, C04)."""

from charte_desktop.documents import page_style as style
from charte_desktop.documents.blocks import Block, Column, Columns, Kind, Part, cells_of, table_head, table_row
from charte_desktop.documents.page_style import A4
from charte_desktop.documents.pages import Composition, Drawing
from charte_desktop.documents.tagged_canvas import TaggedCanvas
from charte_desktop.documents.text_layout import clean
from charte_desktop.model.charter_right import AttestationContent, Held
from charte_desktop.model.display import show_siren

TITLE = "Attestation d'accompagnement"
C03_WORDING = (
    "La charte d'engagement s'applique pour les prestations réalisées par les offreurs de solutions signataires à "
    "destination uniquement des entreprises accompagnées par la CCI Réunion."
)
"""The charter's own words on whom it is for (C03)."""
C04_WORDING = (
    "Si le prestataire numérique souhaite utiliser cette charte, il devra s'assurer au préalable que l'entreprise ait "
    "bénéficié d'un accompagnement numérique par la CCIR."
)
"""The charter's own words on what a provider does first (C04)."""
WHAT_IT_SAYS = (
    "Cette attestation dit que l'entreprise a été accompagnée, quand et comment. Elle ne dit rien de ce qui s'est dit, "
    "ni d'aucun prestataire, ni d'aucun projet."
)
_COLUMNS: Columns = (
    ("Date", 0.0, 90.0),
    ("Accompagnement", 90.0, 190.0),
    ("Conseiller", 280.0, A4.body_width - 280.0),
)


def attestation(content: AttestationContent) -> bytes:
    """The document as bytes: tagged, every font embedded; the same content gives the same bytes."""
    pages = Composition(A4)
    pages.place(_head(content), gap=6)
    pages.place_table(table_head(_COLUMNS, A4.table_head), [_row(one) for one in content.held])
    pages.place(_foot_of_text(content))
    title = f"{TITLE} n° {content.number}"
    canvas = TaggedCanvas(title, clean(content.adviser), content.issued_at.astimezone(style.REUNION))
    invented = " · démonstration : cette entreprise n'existe pas" if content.demonstration else ""
    foot = [f"{title} · établie le {style.show_moment(content.issued_at)}{invented}", style.SHORT_WORDING]
    return Drawing(canvas, A4).numbered(pages.pages, head=(title, clean(content.company_name)), foot=foot)


def _head(content: AttestationContent) -> Block:
    column = Column(0, 0, A4.body_width)
    column.add("CCI Île de la Réunion · Charte d'engagement des offreurs de solutions numériques", A4.note_strong)
    column.add(TITLE, A4.title, role="H1")
    column.add(f"N° {content.number}", A4.number)
    rules = [(0.0, column.y + 4, A4.body_width)]
    column.y += 18
    column.add("La CCI Île de la Réunion atteste avoir accompagné l'entreprise :", A4.body)
    column.y += 8
    top = column.y
    column.x, column.width, column.y = 14, A4.body_width - 28, column.y + 10
    column.add(content.company_name or "(sans nom)", A4.heading, role="H2", max_lines=3)
    siren = show_siren(content.siren).replace(" ", "\u00a0")
    column.add(f"SIREN {siren}" if siren else "SIREN non communiqué", A4.strong)
    for line in content.address.splitlines()[:6]:
        column.add(line, A4.body, max_lines=2)
    column.y += 10
    washes = [(0.0, top, A4.body_width, column.y - top)]
    column.x, column.width, column.y = 0, A4.body_width, column.y + 16
    several = "s" if len(content.held) > 1 else ""
    first = content.held[0].held_on
    column.add(f"{len(content.held)} accompagnement{several}, depuis le {style.show_day(first)}", A4.heading, role="H2")
    return Block(Kind.HEAD, column.y + 4, column.parts, title=TITLE, washes=washes, rules=rules)


def _row(held: Held) -> Block:
    cells = cells_of(_COLUMNS)
    parts = [Part("TH"), Part("TD"), Part("TD")]
    cells[0].add(style.show_day(held.held_on), A4.body, into=parts[0])
    cells[1].add(held.kind.value, A4.body, into=parts[1])
    cells[2].add(held.adviser or "non renseigné", A4.body, max_lines=2, into=parts[2])
    return table_row(_COLUMNS, cells, parts)


def _foot_of_text(content: AttestationContent) -> Block:
    column = Column(0, 18, A4.body_width)
    column.add("Ce que dit la charte", A4.heading, role="H2")
    column.y += 2
    for text in (C03_WORDING, C04_WORDING):
        column.add(f"« {text} »", A4.body)
        column.y += 4
    column.add(WHAT_IT_SAYS, A4.body)
    column.y += 10
    top = column.y
    column.x, column.width, column.y = 9, A4.body_width - 18, column.y + 6
    column.add(f"{style.C01_WORDING} {style.C08_WORDING}", A4.small_strong)
    column.y += 6
    washes = [(0.0, top, A4.body_width, column.y - top)]
    column.x, column.width, column.y = A4.body_width * 0.52, A4.body_width * 0.48, column.y + 20
    day = style.show_day(content.issued_at.astimezone(style.REUNION).date())
    column.add(f"Fait le {day},", A4.body)
    column.add("pour la CCI Île de la Réunion,", A4.body)
    column.add(content.adviser, A4.strong, max_lines=2)
    return Block(Kind.HEAD, column.y + 50, column.parts, washes=washes)
