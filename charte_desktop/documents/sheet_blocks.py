"""The blocks of a directory sheet: what they are made of, and those that hold no provider; none is ever cut."""

from dataclasses import dataclass, field
from enum import Enum

from charte_desktop.documents import page_style as page
from charte_desktop.documents.tagged_canvas import Piece
from charte_desktop.documents.text_layout import Style, clean, one_line, wrap
from charte_desktop.model.reference import FAMILIES, services
from charte_desktop.model.sheet_content import SheetContent

_MARK = 9.5
"""Room of a family's mark before its words."""


class Kind(Enum):
    """What a block is, which says how it is framed and tagged."""

    HEAD = "head"
    HEADING = "heading"
    CARD = "card"
    TABLE_HEAD = "table head"
    ROW = "row"
    MESSAGE = "message"
    QUESTION_HEAD = "question head"
    QUESTION = "question"


@dataclass
class Part:
    """What becomes one element of the structure; x from the block's left, y down from its top."""

    role: str
    pieces: list[Piece] = field(default_factory=list)


@dataclass
class Block:
    """A part of the page that is never cut."""

    kind: Kind
    height: float
    parts: list[Part]
    marks: list[tuple[str, float, float]] = field(default_factory=list)
    """Family, x and y of each mark."""
    title: str = ""
    """What the bookmark says; empty for none."""
    contact: str = ""
    """The vCard to draw as a QR code."""
    by_hand: bool = False
    washes: list[tuple[float, float, float, float]] = field(default_factory=list)
    """Tinted panels: x, y of the top, width, height."""
    rules: list[tuple[float, float, float]] = field(default_factory=list)
    """Thin lines: x, y, width."""


class Column:
    """Paragraphs one under the other in a column `width` wide."""

    def __init__(self, x: float, y: float, width: float) -> None:
        self.x, self.y, self.width = x, y, width
        self.parts: list[Part] = []
        self.marks: list[tuple[str, float, float]] = []

    def add(
        self,
        text: str,
        style: Style,
        *,
        role: str = "P",
        max_lines: int = 0,
        label: str = "",
        label_style: Style | None = None,
        mark: str | None = None,
        into: Part | None = None,
        hang: float = 0.0,
    ) -> int:
        """Lay out `text` after its `label`, and the mark of a family before both; the number of lines taken.

        With `hang`, every line starts that many points further.
        """
        hang = hang or (0.0 if mark is None else _MARK)
        x, width = self.x + hang, self.width - hang
        indent = 0.0
        pieces: list[Piece] = []
        baseline = self.y + style.leading * 0.5 + style.size * 0.36
        if label and label_style:
            head = one_line(label, label_style, width)
            indent = head.width + style.size * 0.3
            pieces.append((x, baseline, label_style, head))
        lines = wrap(text, style, width, max_lines, indent)
        if not lines:
            return 0
        for number, line in enumerate(lines):
            if line.runs:
                pieces.append((x if number else x + indent, baseline + number * style.leading, style, line))
        if mark is not None:
            self.marks.append((mark, self.x, baseline))
        if into is None:
            self.parts.append(Part(role, pieces))
        else:
            into.pieces += pieces
        self.y += len(lines) * style.leading
        return len(lines)


def head(content: SheetContent) -> Block:
    """The head of the first page: what this sheet is, for whom, and on what terms."""
    issued = page.show_moment(content.issued_at)
    column = Column(0, 0, page.BODY_WIDTH)
    column.add("CCI Île de la Réunion · Charte d'engagement des offreurs de solutions numériques", page.NOTE_STRONG)
    number = one_line(f"n° {content.number}", page.NUMBER, page.BODY_WIDTH * 0.6)
    column.add("Fiche annuaire", page.TITLE, role="H1")
    column.parts[-1].pieces.append((page.BODY_WIDTH - number.width, column.y - 9.0, page.NUMBER, number))
    rules = [(0.0, column.y + 2, page.BODY_WIDTH)]
    column.y += 8
    top = column.y
    right = Column(page.BODY_WIDTH * 0.47, top, page.BODY_WIDTH * 0.53)
    column.width = page.BODY_WIDTH * 0.47 - 12
    place = f", {clean(content.company_place)}" if clean(content.company_place) else ""
    _fact(column, "Pour", clean(content.company_name) + place, 2)
    _fact(column, "Origine", content.accompaniment, 2)
    _fact(column, "Conseiller", content.adviser, 1)
    _fact(right, "Établie le", issued, 2)
    _fact(right, "Valable jusqu'au", page.show_day(content.valid_until), 1)
    column.parts += right.parts
    column.y = max(column.y, right.y)
    column.width = page.BODY_WIDTH
    _fact(column, "Besoins", " ; ".join(clean(need.label) for need in content.needs), 6)
    asked = [f"territoire : {clean(content.commune)}"] * bool(clean(content.commune))
    asked += [f"taille de l'entreprise : {clean(content.size)}"] * bool(clean(content.size))
    _fact(column, "Critères", " ; ".join(asked), 2)
    column.y += 6
    panel_top = column.y
    column.x, column.width, column.y = 9, page.BODY_WIDTH - 18, column.y + 5
    column.add(f"{page.C01_WORDING} {page.C08_WORDING}", page.SMALL_STRONG)
    column.y += 2
    column.add(draw_sentence(clean(content.number)), page.NOTE, max_lines=4)
    if content.demonstration:
        column.y += 2
        column.add("Base de démonstration : ces entreprises n'existent pas.", page.WARN)
    column.y += 6
    washes = [(0.0, panel_top, page.BODY_WIDTH, column.y - panel_top)]
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


def _fact(column: Column, label: str, value: str, max_lines: int) -> None:
    column.add(value, page.BODY, max_lines=max_lines, label=f"{label} :", label_style=page.NOTE_STRONG)


def heading(content: SheetContent) -> Block:
    """How many providers follow, and how many the adviser left out."""
    count, out = len(content.entries), content.left_out_count
    column = Column(0, 2, page.BODY_WIDTH)
    text = f"{count} prestataires signataires de la charte" if count > 1 else "1 prestataire signataire de la charte"
    column.add(text, page.HEADING, role="H2")
    if content.layout == "table":
        column.add("Entre parenthèses : le nombre d'autres prestations déclarées dans la famille.", page.NOTE)
    if out:
        column.add(
            f"{out} prestataires écartés par le conseiller, avec motif écrit."
            if out > 1
            else "1 prestataire écarté par le conseiller, avec motif écrit.",
            page.NOTE,
        )
    return Block(Kind.HEADING, column.y + 5, column.parts, title="Prestataires")


def nothing_found(content: SheetContent) -> Block:
    """What stands in the place of the cards when nobody matches: that nobody does, and what to widen."""
    column = Column(14, 12, page.BODY_WIDTH - 28)
    column.add("Aucun prestataire ne répond à ces besoins", page.HEADING, role="H2")
    column.y += 2
    day = page.show_day(content.issued_at.astimezone(page.REUNION).date())
    column.add(
        f"Au {day}, aucun prestataire signataire de la charte et d'accord pour être publié ne déclare "
        "ce que cette fiche demande.",
        page.BODY,
    )
    if content.left_out_count:
        column.add(f"Prestataires écartés par le conseiller, avec motif écrit : {content.left_out_count}.", page.BODY)
    column.y += 6
    column.add("Pour élargir la recherche", page.STRONG, role="H3")
    for words in _wider(content):
        dash = (column.x, column.y + page.BODY.leading * 0.5 + page.BODY.size * 0.36, page.BODY)
        column.add(words, page.BODY, max_lines=6, hang=10)
        column.parts[-1].pieces.insert(0, (*dash, one_line("–", page.BODY, 10)))
        column.y += 2
    height = column.y + 12
    return Block(
        Kind.MESSAGE,
        height,
        column.parts,
        title="Aucun prestataire",
        washes=[(0.0, 0.0, page.BODY_WIDTH, height)],
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


def question_head() -> Block:
    """The head of the last page."""
    column = Column(0, 2, page.BODY_WIDTH)
    column.add("Questions à poser avant de vous engager", page.HEADING, role="H2")
    column.add(
        "Elles viennent des engagements de la charte. Posez-les à chaque prestataire, et notez ses réponses : "
        "la charte d'engagement s'annexe à tout contrat ou devis signé.",
        page.BODY,
    )
    return Block(Kind.QUESTION_HEAD, column.y + 8, column.parts, title="Questions à poser")


def question(number: int, text: str) -> Block:
    """One question, with two lines to write on."""
    label = one_line(f"{number}.", page.STRONG, 24)
    column = Column(22, 0, page.BODY_WIDTH - 22)
    column.add(text, page.BODY, role="LBody", max_lines=6)
    baseline = page.BODY.leading * 0.5 + page.BODY.size * 0.36
    parts = [Part("Lbl", [(16 - label.width, baseline, page.STRONG, label)]), *column.parts]
    rules = [(22.0, column.y + 13, column.width), (22.0, column.y + 29, column.width)]
    return Block(Kind.QUESTION, column.y + 37, parts, rules=rules)
