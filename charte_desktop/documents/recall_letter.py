"""Letters to the companies that were handed the name of a provider that left the register (C18): facts only (C08)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from charte_desktop.documents import page_style as style
from charte_desktop.documents.blocks import Block, Column, Kind, numbered
from charte_desktop.documents.page_style import A4
from charte_desktop.documents.pages import Composition, Drawing
from charte_desktop.documents.tagged_canvas import TaggedCanvas
from charte_desktop.documents.text_layout import clean
from charte_desktop.errors import UserError
from charte_desktop.model.display import show_siren
from charte_desktop.model.sheet import RecallLine
from charte_desktop.model.wording import collation_key

_ADDRESSEE = 0.52
"""Where the addressee's column begins, in parts of the body's width: the window of a French envelope."""
_SHEETS_NAMED = (8, 5, 2)
"""How many sheets a letter names at most, tried in turn until it stays on its page; the last always does."""


@dataclass(frozen=True, kw_only=True)
class RecallOccasion:
    """What all the letters have in common."""

    provider_name: str
    provider_siren: str = ""
    """Nine digits, or empty."""
    removed_on: date
    """Since when the provider is no longer in the register, whatever the cause: the letter never names it."""
    written_at: datetime
    """Aware of its zone."""
    adviser: str
    adviser_contact: str = ""
    """How to reach the adviser; empty leaves the line out."""
    demonstration: bool = False


def recall_letters(lines: Iterable[RecallLine], occasion: RecallOccasion) -> bytes:
    """One letter a company, each on one A4 page, by name, with a bookmark for each; tagged, every font embedded.

    A company that holds several sheets gets one letter that names them. Refused: nobody to write to.
    """
    by_company: dict[str, list[RecallLine]] = {}
    for line in lines:
        by_company.setdefault(line.company_id, []).append(line)
    if not by_company:
        raise UserError(
            "Aucune entreprise n'a reçu une fiche avec ce prestataire : il n'y a pas de courrier à préparer."
        )
    title = f"Courriers d'information : {clean(occasion.provider_name)}"
    canvas = TaggedCanvas(title, clean(occasion.adviser), occasion.written_at.astimezone(style.REUNION))
    drawing = Drawing(canvas, A4)
    foot = [f"CCI Île de la Réunion · courrier préparé le {style.show_moment(occasion.written_at)}"]
    if occasion.demonstration:
        foot.append("Base de démonstration : ces entreprises n'existent pas.")
    foot.append(style.SHORT_WORDING)
    for held in sorted(by_company.values(), key=lambda held: collation_key(held[0].company_name)):
        drawing.begin_section()
        (page,) = _letter(held, occasion).pages
        drawing.draw(page)
        style.running_foot(canvas, A4, foot, "")
        canvas.showPage()
    return canvas.finish()


def _letter(held: Sequence[RecallLine], occasion: RecallOccasion) -> Composition:
    for most in _SHEETS_NAMED:
        letter = Composition(A4)
        letter.place(_head(held[0], occasion))
        letter.place(_facts(held, occasion, most), gap=4)
        for number, text in enumerate(_what_to_do(held, occasion), 1):
            letter.place(numbered(number, text, A4.body, A4.strong, A4.body_width, max_lines=3), gap=2)
        letter.place(_end(occasion))
        if len(letter.pages) == 1:
            break
    return letter


def _head(line: RecallLine, occasion: RecallOccasion) -> Block:
    column = Column(0, 0, A4.body_width)
    column.add("CCI Île de la Réunion", A4.number)
    column.add("Charte d'engagement des offreurs de solutions numériques", A4.note_strong)
    rules = [(0.0, column.y + 4, A4.body_width)]
    column.x, column.y = A4.body_width * _ADDRESSEE, 84
    column.width = A4.body_width - column.x
    column.add(line.company_name, A4.strong, max_lines=3)
    for place in line.address.splitlines()[:5]:
        column.add(place, A4.body, max_lines=2)
    column.y += 20
    column.add(f"Le {style.show_day(occasion.written_at.astimezone(style.REUNION).date())}", A4.body)
    column.x, column.width = 0, A4.body_width
    column.y = max(column.y + 16, 200)
    column.add("Un prestataire de votre fiche annuaire ne figure plus dans la base", A4.heading, role="H1")
    return Block(Kind.PLAIN, column.y + 8, column.parts, title=clean(line.company_name) or "(sans nom)", rules=rules)


def _facts(held: Sequence[RecallLine], occasion: RecallOccasion, most: int) -> Block:
    column = Column(0, 0, A4.body_width)
    column.add("Madame, Monsieur,", A4.body)
    column.y += 6
    by_number: dict[str, RecallLine] = {}
    for line in held:
        by_number.setdefault(line.sheet_number, line)
    sheets = sorted(by_number.values(), key=lambda line: line.issued_on, reverse=True)
    name = _shortened(occasion.provider_name)
    siren = f" (SIREN\u00a0{_spaced(occasion.provider_siren)})" if occasion.provider_siren else ""
    which = "La fiche annuaire suivante, établie" if len(sheets) == 1 else "Les fiches annuaires suivantes, établies"
    verb = "nomme" if len(sheets) == 1 else "nomment"
    column.add(f"{which} pour votre entreprise, {verb} le prestataire {name}{siren} :", A4.body, max_lines=4)
    column.y += 4
    named = [_named(line) for line in sheets[:most]]
    more = len(sheets) - most
    if more > 0:
        named.append("une fiche plus ancienne." if more == 1 else f"{more} fiches plus anciennes.")
    column.x, column.width = 12, A4.body_width - 12
    for text in named:
        column.add_dashed(text, A4.strong, max_lines=2)
    column.x, column.width = 0, A4.body_width
    column.y += 6
    day = style.show_day(occasion.removed_on)
    column.add(f"Ce prestataire ne figure plus dans la base depuis le {day}.", A4.strong)
    column.y += 4
    column.add(
        "Nous vous en informons pour que la liste que vous avez reçue reste à jour. Ce courrier ne dit rien d'autre : "
        "il ne porte d'avis ni sur ce prestataire, ni sur ses travaux.",
        A4.body,
    )
    column.y += 10
    column.add("Ce que vous pouvez faire", A4.heading, role="H2")
    return Block(Kind.PLAIN, column.y, column.parts)


def _named(line: RecallLine) -> str:
    """A sheet as the letter names it: number, day, adviser, and its hand-over when that was noted."""
    adviser = f" par {clean(line.adviser)[:60]}" if clean(line.adviser) else ""
    handed = ""
    if line.handed_at:
        to_whom = f" à {clean(line.to_whom)[:60]}" if clean(line.to_whom) else ""
        handed = f", remise le {style.show_day(line.handed_at.astimezone(style.REUNION).date())}{to_whom}"
    return f"fiche n° {clean(line.sheet_number)}, établie le {style.show_day(line.issued_on)}{adviser}{handed}"


def _what_to_do(held: Sequence[RecallLine], occasion: RecallOccasion) -> list[str]:
    adviser = _shortened(occasion.adviser or held[0].adviser)
    reach = f" ({clean(occasion.adviser_contact)})" if clean(occasion.adviser_contact) else ""
    who = f"votre conseiller, {adviser}{reach}" if adviser else f"votre conseiller{reach}"
    return [
        f"Joindre {who}, pour toute question sur ce courrier.",
        "Demander une nouvelle fiche annuaire, établie avec les prestataires qui figurent dans la base à ce jour.",
    ]


def _end(occasion: RecallOccasion) -> Block:
    column = Column(9, 17, A4.body_width - 18)
    panel_top = column.y - 5
    column.add(f"{style.C01_WORDING} {style.C08_WORDING}", A4.small_strong)
    washes = [(0.0, panel_top, A4.body_width, column.y + 6 - panel_top)]
    column.y += 24
    column.x, column.width = A4.body_width * _ADDRESSEE, A4.body_width * (1 - _ADDRESSEE)
    column.add("Pour la CCI Île de la Réunion,", A4.body)
    column.add(occasion.adviser, A4.strong, max_lines=2)
    return Block(Kind.HEAD, column.y + 30, column.parts, washes=washes)


def _shortened(text: str) -> str:
    """A name in a sentence: whole, unless it would drown it."""
    name = clean(text)
    return name if len(name) <= 160 else f"{name[:159]}…"


def _spaced(siren: str) -> str:
    return show_siren(siren).replace(" ", "\u00a0")
