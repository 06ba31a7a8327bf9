"""The providers of a directory sheet, as cards and as lines of the comparison table; none is ever cut."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from charte_desktop.documents import page_style as page
from charte_desktop.documents.blocks import Block, Column, Columns, Kind, Mark, Part, cells_of, table_row
from charte_desktop.documents.contact_code import vcard
from charte_desktop.documents.page_style import A4, Paper
from charte_desktop.documents.text_layout import Style, clean, width_of
from charte_desktop.model.display import show_phone, show_siren
from charte_desktop.model.reference import FAMILIES
from charte_desktop.model.sheet_content import ListedService, SheetContent, SheetEntry

CARD_GAP = 5.0
_PAD = 6.5


def families_of(offered: Iterable[ListedService]) -> list[tuple[str, list[str]]]:
    """Services by family, in the charter's order; what is in no family comes last."""
    by_family: dict[str, list[str]] = {}
    for service in offered:
        family = service.family if service.family in FAMILIES else ""
        by_family.setdefault(family, []).append(service.label)
    return [(family, by_family[family]) for family in (*FAMILIES, "") if family in by_family]


def card(entry: SheetEntry, content: SheetContent, asked: frozenset[str], paper: Paper) -> Block:
    """One provider as a card, never higher than a page; what does not fit is cut and marked."""
    contact = vcard(entry) if content.qr else ""
    if not paper.narrow:
        return _wide_card(entry, contact, asked)
    for most in _MOST_LINES:
        block = _narrow_card(entry, contact, asked, paper, most)
        if block.height <= paper.body_height:
            break
    return block


def _wide_card(entry: SheetEntry, contact: str, asked: frozenset[str]) -> Block:
    """Name and services at left, contact and QR code at right, reason and references below."""
    right_edge = A4.body_width - _PAD - (A4.code_side + 8 if contact else 0)
    right = Column(right_edge - 148, _PAD, 148)
    left = Column(_PAD + 4, _PAD - 1, right.x - _PAD - 14)
    _name(left, entry, A4, 4)
    left.add(_facts(entry), A4.note, max_lines=2)
    left.y += 1
    _contact(right, entry, A4.dense_strong, A4.dense, A4.small, town_apart=True)
    code_bottom = _PAD + A4.code_side + 2 if contact else 0.0
    services_top = left.y
    said_first = len(left.parts)
    families = families_of(_asked_first(entry.services, asked))
    _services(left, families, A4, 34)
    if left.y > max(right.y, code_bottom) + 4 * A4.dense.leading:
        # A long list takes the card's whole width, under the contact.
        del left.parts[said_first:], left.marks[:]
        left.y = max(services_top, right.y, code_bottom) + 2
        left.width = A4.body_width - left.x - _PAD
        _services(left, families, A4, 34)
    top = max(left.y, right.y) + 1.5
    below = Column(left.x, top, (A4.body_width - _PAD if top >= code_bottom else right_edge) - left.x)
    _reason(below, entry, A4, 8, 6)
    _references(below, entry, A4, 2)
    height = max(below.y + _PAD - 3, A4.code_side + 2 * _PAD if contact else 0)
    return _framed(entry, contact, height, left.parts + right.parts + below.parts, left.marks)


class _Most(NamedTuple):
    """How many lines each part of a narrow card may take."""

    name: int
    facts: int
    contact: int
    """Of each way to reach the provider."""
    services: int
    reason: int
    by_hand: int
    references: int


_MOST_LINES = (_Most(4, 2, 3, 34, 8, 6, 4), _Most(3, 2, 2, 24, 6, 4, 2), _Most(2, 1, 1, 16, 4, 3, 1))
"""Tried in turn until the card fits on a page; the last always does."""


def _narrow_card(entry: SheetEntry, contact: str, asked: frozenset[str], paper: Paper, most: _Most) -> Block:
    """Name and contact beside the QR code, then services, reason and references over the card's whole width."""
    left = _PAD + 4
    whole = paper.body_width - left - _PAD
    column = Column(left, _PAD - 1, whole - (paper.code_side + 8 if contact else 0))
    _name(column, entry, paper, most.name)
    column.add(_facts(entry), paper.note, max_lines=most.facts)
    _contact(column, entry, paper.dense_strong, paper.dense, paper.small, town_apart=False, most=most.contact)
    if contact:
        column.y = max(column.y, _PAD + paper.code_side)
    column.y += 3
    column.width = whole
    _services(column, families_of(_asked_first(entry.services, asked)), paper, most.services)
    column.y += 2
    _reason(column, entry, paper, most.reason, most.by_hand)
    _references(column, entry, paper, most.references)
    return _framed(entry, contact, column.y + _PAD - 2, column.parts, column.marks)


def _framed(entry: SheetEntry, contact: str, height: float, parts: list[Part], marks: list[Mark]) -> Block:
    return Block(
        Kind.CARD,
        height,
        parts,
        marks,
        title=clean(entry.legal_name),
        contact=contact,
        by_hand=bool(entry.by_hand),
    )


def _name(column: Column, entry: SheetEntry, paper: Paper, most: int) -> None:
    column.add(
        clean(entry.legal_name) or "(sans nom)",
        paper.name,
        role="H3",
        max_lines=most,
        label=f"{entry.position}.",
        label_style=paper.name,
    )


def _services(column: Column, families: list[tuple[str, list[str]]], paper: Paper, room: int) -> None:
    for family, labels in families:
        if room < 1:
            break
        room -= column.add(
            ", ".join(labels),
            paper.dense,
            max_lines=room,
            label=f"{family or 'Autres prestations'} :",
            label_style=page.family_style(family, paper.dense),
            mark=family,
        )


def _facts(entry: SheetEntry) -> str:
    siren = f"SIREN {show_siren(entry.siren)}" if entry.siren else "SIREN non communiqué"
    return " · ".join(filter(None, [siren, clean(entry.city), clean(entry.headcount)]))


def _asked_first(offered: Sequence[ListedService], asked: frozenset[str]) -> list[ListedService]:
    return sorted(offered, key=lambda service: service.id not in asked)


def _contact(
    column: Column, entry: SheetEntry, strong: Style, plain: Style, smaller: Style, *, town_apart: bool, most: int = 5
) -> None:
    """How to reach the provider, from what it lets be printed; the town on a line of its own, or after the street."""
    before = column.y
    column.add(entry.legal_representative, plain, max_lines=min(3, most))
    phones = " · ".join(show_phone(phone).replace(" ", "\u00a0") for phone in entry.phones[:4])
    column.add(phones, strong, max_lines=min(4, most))
    site = entry.website.removeprefix("https://").removeprefix("http://").rstrip("/")
    for address in (*entry.emails[:3], site):
        # A size smaller rather than an address in two pieces.
        small = width_of(address, plain) > column.width
        column.add(address, smaller if small else plain, max_lines=min(3, most))
    street = _in_a_row(entry.address, ", ")
    town = f"{clean(entry.postal_code)} {clean(entry.city)}"
    if town_apart:
        column.add(street, plain, max_lines=min(4, most))
        column.add(town, plain, max_lines=min(2, most))
    else:
        whole = ", ".join(filter(None, [street, town.strip().replace(" ", "\u00a0", 1)]))
        column.add(whole, plain, max_lines=most)
    if column.y == before:
        column.add("Aucune coordonnée publiée.", plain)


def _in_a_row(text: str, separator: str) -> str:
    """The lines of a text typed on several, on one."""
    return separator.join(filter(None, map(clean, text.splitlines()))) if "\n" in text else text


def _reason(column: Column, entry: SheetEntry, paper: Paper, most: int, most_by_hand: int) -> None:
    column.add(entry.reason, paper.small, max_lines=most, label="Pourquoi ici :", label_style=paper.note_strong)
    column.add(
        entry.by_hand, paper.small, max_lines=most_by_hand, label="Ajouté par le conseiller :", label_style=paper.warn
    )


def _references(column: Column, entry: SheetEntry, paper: Paper, most: int) -> None:
    told = _in_a_row(entry.references, " ; ")
    column.add(told, paper.small, max_lines=most, label="Références :", label_style=paper.note_strong)


COLUMNS: Columns = (
    ("N°", 0.0, 20.0),
    ("Prestataire", 20.0, 106.0),
    ("Prestations", 126.0, 132.0),
    ("Contact", 258.0, 126.0),
    ("Pourquoi ici", 384.0, A4.body_width - 384.0),
)
"""Title, x and width of the columns of the comparison table."""


def row(entry: SheetEntry, asked: frozenset[str]) -> Block:
    """One provider as a line of the comparison table."""
    cells = cells_of(COLUMNS)
    parts = [Part("TD"), Part("TH"), Part("TD"), Part("TD"), Part("TD")]
    number, name, offered, contact, why = cells
    number.add(str(entry.position), A4.small_strong, into=parts[0])
    name.add(clean(entry.legal_name) or "(sans nom)", A4.table_head, max_lines=8, into=parts[1])
    name.add(f"SIREN {show_siren(entry.siren)}" if entry.siren else "SIREN non communiqué", A4.note, into=parts[1])
    name.add(entry.city, A4.note, max_lines=3, into=parts[1])
    name.add(entry.headcount, A4.note, max_lines=2, into=parts[1])
    room = 22
    for service in entry.services:
        if service.id in asked and room > 0:
            room -= offered.add(clean(service.label), A4.small, max_lines=room, mark=service.family, into=parts[2])
    others = families_of(service for service in entry.services if service.id not in asked)
    for family, labels in others:
        offered.add(f"{family or 'Autres'} ({len(labels)})", A4.note, max_lines=3, mark=family, into=parts[2])
    offered.add(
        _in_a_row(entry.references, " ; "),
        A4.note,
        max_lines=3,
        label="Références :",
        label_style=A4.note_strong,
        into=parts[2],
    )
    _contact(contact, entry, A4.small_strong, A4.small, A4.small, town_apart=False)
    parts[3].pieces = [piece for part in contact.parts for piece in part.pieces]
    why.add(entry.reason, A4.small, max_lines=18, into=parts[4])
    why.add(
        entry.by_hand,
        A4.small,
        max_lines=12,
        label="Ajouté par le conseiller :",
        label_style=A4.warn,
        into=parts[4],
    )
    return table_row(COLUMNS, cells, parts, clean(entry.legal_name))
