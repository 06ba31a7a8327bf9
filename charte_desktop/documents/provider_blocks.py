"""The providers of a directory sheet, as cards and as lines of the comparison table; none is ever cut."""

from collections.abc import Iterable, Sequence

from charte_desktop.documents import page_style as page
from charte_desktop.documents.contact_code import vcard
from charte_desktop.documents.sheet_blocks import Block, Column, Kind, Part
from charte_desktop.documents.text_layout import Style, clean, width_of
from charte_desktop.model.identifiers import show_phone, show_siren
from charte_desktop.model.reference import FAMILIES
from charte_desktop.model.sheet_content import ListedService, SheetContent, SheetEntry

CODE_SIDE = 61.0
"""Points: 21.5 mm."""
CARD_GAP = 5.0
_PAD = 6.5


def families_of(offered: Iterable[ListedService]) -> list[tuple[str, list[str]]]:
    """Services by family, in the charter's order; what is in no family comes last."""
    by_family: dict[str, list[str]] = {}
    for service in offered:
        family = service.family if service.family in FAMILIES else ""
        by_family.setdefault(family, []).append(service.label)
    return [(family, by_family[family]) for family in (*FAMILIES, "") if family in by_family]


def card(entry: SheetEntry, content: SheetContent, asked: frozenset[str]) -> Block:
    """One provider as a card: name and services at left, contact and QR code at right, reason and references below."""
    contact = vcard(entry) if content.qr else ""
    right_edge = page.BODY_WIDTH - _PAD - (CODE_SIDE + 8 if contact else 0)
    right = Column(right_edge - 148, _PAD, 148)
    left = Column(_PAD + 4, _PAD - 1, right.x - _PAD - 14)
    left.add(
        clean(entry.legal_name) or "(sans nom)",
        page.NAME,
        role="H3",
        max_lines=4,
        label=f"{entry.position}.",
        label_style=page.NAME,
    )
    left.add(_facts(entry), page.NOTE, max_lines=2)
    left.y += 1
    _contact(right, entry, page.DENSE_STRONG, page.DENSE, town_apart=True)
    code_bottom = _PAD + CODE_SIDE + 2 if contact else 0.0
    services_top = left.y
    said_first = len(left.parts)
    families = families_of(_asked_first(entry.services, asked))
    _services(left, families)
    if left.y > max(right.y, code_bottom) + 4 * page.DENSE.leading:
        # A long list takes the card's whole width, under the contact.
        del left.parts[said_first:], left.marks[:]
        left.y = max(services_top, right.y, code_bottom) + 2
        left.width = page.BODY_WIDTH - left.x - _PAD
        _services(left, families)
    top = max(left.y, right.y) + 1.5
    below = Column(left.x, top, (page.BODY_WIDTH - _PAD if top >= code_bottom else right_edge) - left.x)
    _reason(below, entry, 8, 6)
    below.add(
        _in_a_row(entry.references, " ; "), page.SMALL, max_lines=2, label="Références :", label_style=page.NOTE_STRONG
    )
    return Block(
        Kind.CARD,
        max(below.y + _PAD - 3, CODE_SIDE + 2 * _PAD if contact else 0),
        left.parts + right.parts + below.parts,
        left.marks,
        title=clean(entry.legal_name),
        contact=contact,
        by_hand=bool(entry.by_hand),
    )


def _services(column: Column, families: list[tuple[str, list[str]]]) -> None:
    room = 34
    for family, labels in families:
        if room < 1:
            break
        room -= column.add(
            ", ".join(labels),
            page.DENSE,
            max_lines=room,
            label=f"{family or 'Autres prestations'} :",
            label_style=page.family_style(family),
            mark=family,
        )


def _facts(entry: SheetEntry) -> str:
    siren = f"SIREN {show_siren(entry.siren)}" if entry.siren else "SIREN non communiqué"
    return " · ".join(filter(None, [siren, clean(entry.city), clean(entry.headcount)]))


def _asked_first(offered: Sequence[ListedService], asked: frozenset[str]) -> list[ListedService]:
    return sorted(offered, key=lambda service: service.id not in asked)


def _contact(column: Column, entry: SheetEntry, strong: Style, plain: Style, *, town_apart: bool) -> None:
    """How to reach the provider, from what it lets be printed; the town on a line of its own, or after the street."""
    before = column.y
    column.add(entry.legal_representative, plain, max_lines=3)
    column.add(" · ".join(show_phone(phone).replace(" ", "\u00a0") for phone in entry.phones[:4]), strong, max_lines=4)
    site = entry.website.removeprefix("https://").removeprefix("http://").rstrip("/")
    for address in (*entry.emails[:3], site):
        # A size smaller rather than an address in two pieces.
        small = width_of(address, plain) > column.width
        column.add(address, page.SMALL if small else plain, max_lines=3)
    street = _in_a_row(entry.address, ", ")
    town = f"{clean(entry.postal_code)} {clean(entry.city)}"
    if town_apart:
        column.add(street, plain, max_lines=4)
        column.add(town, plain, max_lines=2)
    else:
        column.add(", ".join(filter(None, [street, town.strip().replace(" ", "\u00a0", 1)])), plain, max_lines=5)
    if column.y == before:
        column.add("Aucune coordonnée publiée.", plain)


def _in_a_row(text: str, separator: str) -> str:
    """The lines of a text typed on several, on one."""
    return separator.join(filter(None, map(clean, text.splitlines()))) if "\n" in text else text


def _reason(column: Column, entry: SheetEntry, most: int, most_by_hand: int) -> None:
    column.add(entry.reason, page.SMALL, max_lines=most, label="Pourquoi ici :", label_style=page.NOTE_STRONG)
    column.add(
        entry.by_hand, page.SMALL, max_lines=most_by_hand, label="Ajouté par le conseiller :", label_style=page.WARN
    )


COLUMNS = (
    ("N°", 0.0, 20.0),
    ("Prestataire", 20.0, 106.0),
    ("Prestations", 126.0, 132.0),
    ("Contact", 258.0, 126.0),
    ("Pourquoi ici", 384.0, page.BODY_WIDTH - 384.0),
)
"""Title, x and width of the columns of the comparison table."""
_CELL = 4.0


def table_head() -> Block:
    """The titles of the comparison table's columns, repeated on every page."""
    parts = []
    for title, x, width in COLUMNS:
        column = Column(x + _CELL, 4, width - 2 * _CELL)
        column.add(title, page.TABLE_HEAD, role="TH")
        parts += column.parts
    height = page.TABLE_HEAD.leading + 8
    return Block(Kind.TABLE_HEAD, height, parts, washes=[(0.0, 0.0, page.BODY_WIDTH, height)])


def row(entry: SheetEntry, asked: frozenset[str]) -> Block:
    """One provider as a line of the comparison table."""
    cells = [Column(x + _CELL, 4, width - 2 * _CELL) for _, x, width in COLUMNS]
    parts = [Part("TD"), Part("TH"), Part("TD"), Part("TD"), Part("TD")]
    number, name, offered, contact, why = cells
    number.add(str(entry.position), page.SMALL_STRONG, into=parts[0])
    name.add(clean(entry.legal_name) or "(sans nom)", page.TABLE_HEAD, max_lines=8, into=parts[1])
    name.add(f"SIREN {show_siren(entry.siren)}" if entry.siren else "SIREN non communiqué", page.NOTE, into=parts[1])
    name.add(entry.city, page.NOTE, max_lines=3, into=parts[1])
    name.add(entry.headcount, page.NOTE, max_lines=2, into=parts[1])
    room = 22
    for service in entry.services:
        if service.id in asked and room > 0:
            room -= offered.add(clean(service.label), page.SMALL, max_lines=room, mark=service.family, into=parts[2])
    others = families_of(service for service in entry.services if service.id not in asked)
    for family, labels in others:
        offered.add(f"{family or 'Autres'} ({len(labels)})", page.NOTE, max_lines=3, mark=family, into=parts[2])
    offered.add(
        _in_a_row(entry.references, " ; "),
        page.NOTE,
        max_lines=3,
        label="Références :",
        label_style=page.NOTE_STRONG,
        into=parts[2],
    )
    _contact(contact, entry, page.SMALL_STRONG, page.SMALL, town_apart=False)
    parts[3].pieces = [piece for part in contact.parts for piece in part.pieces]
    why.add(entry.reason, page.SMALL, max_lines=18, into=parts[4])
    why.add(
        entry.by_hand,
        page.SMALL,
        max_lines=12,
        label="Ajouté par le conseiller :",
        label_style=page.WARN,
        into=parts[4],
    )
    height = max(cell.y for cell in cells) + 4
    return Block(
        Kind.ROW, height, parts, offered.marks, title=clean(entry.legal_name), rules=[(0.0, height, page.BODY_WIDTH)]
    )
