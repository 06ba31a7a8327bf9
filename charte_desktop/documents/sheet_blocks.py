"""The blocks of a directory sheet that hold no provider; none is ever cut."""

from charte_desktop.documents import page_style as page
from charte_desktop.documents.blocks import Block, Column, Kind, numbered
from charte_desktop.documents.page_style import Paper
from charte_desktop.documents.text_layout import clean, one_line
from charte_desktop.model.reference import FAMILIES, services
from charte_desktop.model.sheet_content import SheetContent

_WRITING_LINE = 20.0
"""Points from one line to write on to the next."""


def head(content: SheetContent, paper: Paper) -> Block:
    """The head of the first page: what this sheet is, for whom, and on what terms."""
    issued = page.show_moment(content.issued_at)
    width = paper.body_width
    column = Column(0, 0, width)
    column.add("CCI Île de la Réunion · Charte d'engagement des offreurs de solutions numériques", paper.note_strong)
    number = one_line(f"n° {content.number}", paper.number, width * (0.5 if paper.narrow else 0.6))
    column.add("Fiche annuaire", paper.title, role="H1")
    column.parts[-1].pieces.append((width - number.width, column.y - 9.0, paper.number, number))
    rules = [(0.0, column.y + 2, width)]
    column.y += 8
    right = column
    if not paper.narrow:
        right = Column(width * 0.47, column.y, width * 0.53)
        column.width = width * 0.47 - 12
    place = f", {clean(content.company_place)}" if clean(content.company_place) else ""
    _fact(column, paper, "Pour", clean(content.company_name) + place, 2)
    _fact(column, paper, "Origine", content.accompaniment, 2)
    _fact(column, paper, "Conseiller", content.adviser, 1)
    _fact(right, paper, "Établie le", issued, 2)
    _fact(right, paper, "Valable jusqu'au", page.show_day(content.valid_until), 1)
    if right is not column:
        column.parts += right.parts
        column.y = max(column.y, right.y)
    column.width = width
    _fact(column, paper, "Besoins", " ; ".join(clean(need.label) for need in content.needs), 6)
    asked = [f"territoire : {clean(content.commune)}"] * bool(clean(content.commune))
    asked += [f"taille de l'entreprise : {clean(content.size)}"] * bool(clean(content.size))
    _fact(column, paper, "Critères", " ; ".join(asked), 2)
    column.y += 6
    panel_top = column.y
    column.x, column.width, column.y = 9, width - 18, column.y + 5
    column.add(f"{page.C01_WORDING} {page.C08_WORDING}", paper.small_strong)
    column.y += 2
    column.add(draw_sentence(clean(content.number)), paper.note, max_lines=11 if paper.narrow else 4)
    if content.demonstration:
        column.y += 2
        column.add("Base de démonstration : ces entreprises n'existent pas.", paper.warn)
    column.y += 6
    washes = [(0.0, panel_top, width, column.y - panel_top)]
    title = f"Fiche annuaire n° {clean(content.number)}"
    return Block(Kind.HEAD, column.y + 8, column.parts, title=title, washes=washes, rules=rules)


def draw_sentence(number: str) -> str:
    """How the neutral order was drawn, so that anybody can replay it with the sheet in hand."""
    return (
        "Ordre neutre, que chacun peut refaire : les prestataires sont rangés dans l'ordre croissant de l'empreinte "
        f"SHA-256 du texte « {number}|SIREN » (neuf chiffres, sans espace ; sans SIREN : la raison sociale en "
        "minuscules, sans accent ni ponctuation). Une ligne ajoutée par le conseiller suit le tirage et porte "
        "son motif."
    )


def _fact(column: Column, paper: Paper, label: str, value: str, max_lines: int) -> None:
    column.add(value, paper.body, max_lines=max_lines, label=f"{label} :", label_style=paper.note_strong)


def heading(content: SheetContent, paper: Paper) -> Block:
    """How many providers follow, and how many the adviser left out."""
    count, out = len(content.entries), content.left_out_count
    column = Column(0, 2, paper.body_width)
    text = f"{count} prestataires signataires de la charte" if count > 1 else "1 prestataire signataire de la charte"
    column.add(text, paper.heading, role="H2")
    if content.layout == "table":
        column.add("Entre parenthèses : le nombre d'autres prestations déclarées dans la famille.", paper.note)
    if out:
        column.add(
            f"{out} prestataires écartés par le conseiller, avec motif écrit."
            if out > 1
            else "1 prestataire écarté par le conseiller, avec motif écrit.",
            paper.note,
        )
    return Block(Kind.PLAIN, column.y + 5, column.parts, title="Prestataires")


def nothing_found(content: SheetContent, paper: Paper) -> Block:
    """What stands in the place of the cards when nobody matches: that nobody does, and what to widen."""
    for most in (6, 4, 3):
        block = _nothing_found(content, paper, most)
        if block.height <= paper.body_height:
            break
    return block


def _nothing_found(content: SheetContent, paper: Paper, most: int) -> Block:
    column = Column(14, 12, paper.body_width - 28)
    column.add("Aucun prestataire ne répond à ces besoins", paper.heading, role="H2")
    column.y += 2
    day = page.show_day(content.issued_at.astimezone(page.REUNION).date())
    column.add(
        f"Au {day}, aucun prestataire signataire de la charte et d'accord pour être publié ne déclare "
        "ce que cette fiche demande.",
        paper.body,
    )
    if content.left_out_count:
        column.add(f"Prestataires écartés par le conseiller, avec motif écrit : {content.left_out_count}.", paper.body)
    column.y += 6
    column.add("Pour élargir la recherche", paper.strong, role="H3")
    for words in _wider(content):
        column.add_dashed(words, paper.body, max_lines=most)
        column.y += 2
    height = column.y + 12
    return Block(
        Kind.MESSAGE,
        height,
        column.parts,
        title="Aucun prestataire",
        washes=[(0.0, 0.0, paper.body_width, height)],
    )


def _wider(content: SheetContent) -> list[str]:
    found = []
    if clean(content.commune):
        found.append(
            f"Territoire\u00a0: chercher dans toute l'île, et non dans la seule commune {clean(content.commune)}."
        )
    if clean(content.size):
        found.append(
            f"Taille\u00a0: ne plus demander un prestataire pour votre taille d'entreprise ({clean(content.size)})."
        )
    asked = {need.id for need in content.needs}
    for family in FAMILIES:
        if any(need.family == family for need in content.needs):
            others = [one.label for one in services().values() if one.family == family and one.id not in asked]
            if others:
                found.append(f"Autres prestations de la famille « {family} » : {', '.join(others)}.")
    found.append("Demander à votre conseiller une nouvelle fiche plus tard : d'autres prestataires peuvent signer.")
    return found


def question_head(paper: Paper) -> Block:
    """The head of the last page."""
    column = Column(0, 2, paper.body_width)
    column.add("Questions à poser avant de vous engager", paper.heading, role="H2")
    column.add(
        "Elles viennent des engagements de la charte. Posez-les à chaque prestataire, et notez ses réponses : "
        "la charte d'engagement s'annexe à tout contrat ou devis signé.",
        paper.body,
    )
    return Block(Kind.PLAIN, column.y + 8, column.parts, title="Questions à poser")


def question(number: int, text: str, paper: Paper) -> Block:
    """One question, with two lines to write on."""
    hang = paper.body.size * 22 / 9.5
    block = numbered(number, text, paper.body, paper.strong, paper.body_width, hang=hang, max_lines=6)
    block.rules = [(hang, block.height + down, paper.body_width - hang) for down in (13, 29)]
    block.height += 37
    return block


def notes(paper: Paper) -> Block:
    """A page to write on, for what the booklet has left over."""
    column = Column(0, 2, paper.body_width)
    column.add("Vos notes", paper.heading, role="H2")
    lines = int((paper.body_height - column.y) // _WRITING_LINE)
    rules = [(0.0, column.y + _WRITING_LINE * line, paper.body_width) for line in range(1, lines + 1)]
    return Block(Kind.PLAIN, paper.body_height, column.parts, rules=rules)
