"""The demonstration list: an adviser's workbook with the damage of real ones, and what importing it must give."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from charte_desktop.demonstration import messy_cells as cells
from charte_desktop.demonstration.identities import MICRO_REGIONS
from charte_desktop.demonstration.messy_cells import Cell
from charte_desktop.demonstration.providers import list_providers
from charte_desktop.model.import_plan import LineAction
from charte_desktop.model.provider import Provider

SHEET = "Prestataires 2026"
HEADER_ROW = 4
HEADERS = (
    "N°", "Entreprise", "SIREN / SIRET", "Dirigeant", "Adresse", "CP", "Ville", "Mail", "Tél.", "Code NAF / APE",
    "Effectif", "Prestations proposées", "Charte signée le", "Site web", "Références",
)  # fmt: skip
_WIDTHS = (5, 30, 24, 24, 32, 8, 20, 36, 24, 30, 18, 44, 20, 30, 40)


@dataclass(frozen=True)
class ExpectedLine:
    """What importing one line of the list must give."""

    row: int
    """As the spreadsheet numbers it."""
    action: LineAction
    legal_name: str
    siren: str
    """Empty when none can be read."""


@dataclass(frozen=True)
class ExpectedImport:
    """What importing the list into the demonstration base must give."""

    sheet: str
    header_row: int
    lines: list[ExpectedLine]

    def count(self, action: LineAction) -> int:
        """How many lines must end so."""
        return sum(line.action is action for line in self.lines)


@dataclass(frozen=True)
class _Entry:
    """One company's line before it is written: the values of a provider, and what stands in some cells instead."""

    provider: Provider
    action: LineAction
    siren: str
    signed_on: date | None = None
    instead: dict[str, Cell] | None = None


def write_demonstration_list(path: Path, providers: list[Provider], seed: int = 974) -> ExpectedImport:
    """Write the list to `path` (xlsx) for a base that holds `providers`, and tell what its import must give.

    The list holds 24 providers that the base has not (6 of them incomplete), three lines of known ones with something
    new, and two duplicates, under four section lines with sub-totals, a total and a note; titles above the header on
    line 4, a sheet of explanations before and a hidden one behind. The same for the same seed.
    """
    from openpyxl import Workbook

    random = Random(f"{seed}/list")
    entries = [*_new_entries(random, seed), *_known_entries(providers)]
    entries += _duplicates(entries)
    book = Workbook()
    notice = book.active
    assert notice is not None
    notice.title = "Lisez-moi"
    for line in ("Suivi des prestataires numériques", "Fichier fictif de démonstration.", "Voir la feuille suivante."):
        notice.append([line])
    sheet = book.create_sheet(SHEET)
    sheet.append(["Prestataires numériques rencontrés par les conseillers (liste fictive de démonstration)"])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(HEADERS))
    sheet.append([None, "Mise à jour du", datetime(2026, 9, 30)])  # noqa: DTZ001  (a cell has no zone)
    sheet.append([])
    sheet.append(list(HEADERS))
    expected: list[ExpectedLine] = []
    for cells_of_row, entry in _rows(random, entries):
        sheet.append(cells_of_row)
        row = sheet.max_row
        if entry is None:
            if any(cell is not None for cell in cells_of_row):
                expected.append(ExpectedLine(row, LineAction.LEFT_OUT, "", ""))
        else:
            expected.append(ExpectedLine(row, entry.action, entry.provider.legal_name, entry.siren))
    for letter, width in zip("ABCDEFGHIJKLMNO", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    hidden = book.create_sheet("Listes")
    for words in (("Effectifs", "Oui / non"), ("aucun salarié", "oui"), ("1 ou 2 salariés", "non")):
        hidden.append(list(words))
    hidden.sheet_state = "hidden"
    book.active = 1
    book.properties.created = book.properties.modified = datetime(2026, 9, 30)  # noqa: DTZ001
    book.save(path)
    return ExpectedImport(SHEET, HEADER_ROW, expected)


def _new_entries(random: Random, seed: int) -> list[_Entry]:
    """The 24 providers that the base has not: 18 complete, of which two thirds with a charter, and 6 incomplete."""
    newcomers = list_providers(seed)
    entries = [_Entry(provider, LineAction.CREATED, provider.siren) for provider in newcomers]
    for index in range(12):
        signed_on = date(2024, 1, 15) + timedelta(days=random.randint(0, 900))
        entries[index] = replace(entries[index], signed_on=signed_on)
    entries[12] = replace(entries[12], instead={"Charte signée le": "30/02/2024"})
    entries[13] = replace(entries[13], instead={"Charte signée le": "en cours"})
    first, second = newcomers[18].siren, newcomers[20].siren
    wrong = f"{first[:3]} {first[3:6]} {first[6:8]}{(int(first[8]) + 1) % 10}"
    damage: list[dict[str, Cell]] = [
        {"SIREN / SIRET": wrong},
        {"SIREN / SIRET": "2.14E+11"},
        {"SIREN / SIRET": f'=CONCATENATE("{second[:3]} ","{second[3:6]} ","{second[6:]}")'},
        {"Code NAF / APE": "62.02"},
        {"Effectif": "à voir"},
        {"Prestations proposées": None, "Dirigeant": "?"},
    ]
    for index, instead in enumerate(damage, start=18):
        known = "" if "SIREN / SIRET" in instead else entries[index].siren
        entries[index] = replace(entries[index], action=LineAction.INCOMPLETE, siren=known, instead=instead)
    return entries


def _known_entries(providers: list[Provider]) -> list[_Entry]:
    """Three providers of the base: one has signed since, one has moved, one's missing representative is known now."""
    whole = [provider for provider in providers if not provider.missing() and provider.withdrawn_on is None]
    ready = next(provider for provider in whole if not provider.signatures)
    bound = next(provider for provider in whole if provider.signatures and provider.website and not provider.removals)
    unnamed = next(provider for provider in providers if provider.missing() == ["legal_representative"])
    news: list[tuple[Provider, date | None, dict[str, Cell]]] = [
        (ready, date(2026, 5, 12), {}),
        (bound, None, {"Adresse": "200 chemin des Tamarins", "Site web": None}),
        (unnamed, None, {"Dirigeant": "Sacha EXEMPLE-190"}),
    ]
    # Without their SIRET, which would be news too.
    return [
        _Entry(one, LineAction.UPDATED, one.siren, signed_on, {**new, "SIREN / SIRET": one.shown("siren")[:11]})
        for one, signed_on, new in news
    ]


def _duplicates(entries: list[_Entry]) -> list[_Entry]:
    """Two lines of the list again: one under the same SIREN, one with the same name and e-mail and no SIREN."""
    first, second = entries[2], entries[5]
    return [
        replace(first, action=LineAction.DUPLICATE, signed_on=None, instead={"Références": None}),
        replace(second, action=LineAction.DUPLICATE, siren="", signed_on=None, instead={"SIREN / SIRET": None}),
    ]


def _rows(random: Random, entries: list[_Entry]) -> Iterator[tuple[list[Cell], _Entry | None]]:
    """The lines below the header, with what they stand for; None for a line that is no company."""
    number, row = 0, HEADER_ROW
    for region, communes in MICRO_REGIONS.items():
        members = [entry for entry in entries if entry.provider.commune_code in communes]
        yield [f"MICRO-RÉGION {region.upper()}"], None
        first = row + 2
        for entry in members:
            number += 1
            yield _row(random, number, entry), entry
        row = first + len(members) + 1
        yield [None, f"Sous-total {region}", f"=COUNTA(B{first}:B{row - 2})"], None
        yield [None], None
    yield [None, f"TOTAL : {number} lignes"], None
    yield ["NB : effectifs déclarés par les prestataires, non contrôlés."], None


def _row(random: Random, number: int, entry: _Entry) -> list[Cell]:
    provider = entry.provider
    street, postal_code, town = cells.place_cells(provider.address, provider.postal_code, provider.city, number)
    values: dict[str, Cell] = {
        "N°": number,
        "Entreprise": provider.legal_name.upper() if number % 4 == 0 else provider.legal_name,
        "SIREN / SIRET": cells.siren_cell(provider.siren, number),
        "Dirigeant": provider.legal_representative,
        "Adresse": street,
        "CP": postal_code,
        "Ville": town,
        "Mail": cells.emails_cell(provider.emails, number),
        "Tél.": cells.phones_cell(provider.phones, number),
        "Code NAF / APE": cells.ape_cell(provider.ape_code, provider.ape_nomenclature, number),
        "Effectif": cells.headcount_cell(provider.headcount_band, number),
        "Prestations proposées": cells.services_cell(random, provider.service_ids, number),
        "Charte signée le": cells.date_cell(entry.signed_on, number) if entry.signed_on else None,
        "Site web": provider.website or None,
        "Références": provider.references or None,
    }
    values.update(entry.instead or {})
    return [values[header] for header in HEADERS]
