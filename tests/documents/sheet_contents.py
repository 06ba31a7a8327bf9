"""Contents of directory sheets for the tests: plausible companies that do not exist."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from charte_desktop.documents.page_style import REUNION
from charte_desktop.model import clauses, reference
from charte_desktop.model.sheet_content import ListedService, SheetContent, SheetEntry, listed_services

_PLACES = [("97400", "Saint-Denis"), ("97410", "Saint-Pierre"), ("97450", "Saint-Louis"), ("97427", "L'Étang-Salé")]
_NAMES = ["Agence Tropique Numérique", "Cœur de Lave", "Filaos Informatique", "Piton Web & Co", "Ti Kaz Digital"]
_OFFERS = [("S01", "S02", "S03"), ("S01", "S10", "S13"), ("S04", "S05", "S08", "S16"), ("S14", "S15"), ("S01", "S12")]


def entry(position: int, /, **changes: Any) -> SheetEntry:
    """An ordinary provider, with `changes`."""
    postal_code, city = _PLACES[position % len(_PLACES)]
    offer = _OFFERS[position % len(_OFFERS)]
    label = reference.services()[offer[0]].label
    ordinary = SheetEntry(
        position=position,
        legal_name=f"{_NAMES[position % len(_NAMES)]} {position}",
        siren=f"{900000000 + position:09d}",
        services=listed_services(offer),
        reason=f"Déclare : {label} ; intervient sur toute l'île, dont {city} ; charte signée le 12/03/2026.",
        legal_representative="Marie-Ange Exemple",
        address=f"{position} rue des Filaos",
        postal_code=postal_code,
        city=city,
        phones=(f"+26269200{position:04d}",),
        emails=(f"contact@prestataire-{position}.example",),
        website=f"https://www.prestataire-{position}.example",
        headcount="3 à 5 salariés",
        references="Site d'une maison d'hôtes de Cilaos (2025), boutique en ligne d'un torréfacteur, refonte du "
        "site d'une association sportive de Saint-Paul.",
    )
    return replace(ordinary, **changes)


def short_entry(position: int) -> SheetEntry:
    """A provider of which little is said."""
    return entry(
        position, services=listed_services(["S01"]), references="", website="", address="", legal_representative=""
    )


def content(entries: Iterable[SheetEntry] = (), **changes: Any) -> SheetContent:
    """An ordinary sheet of `entries`, with `changes`."""
    ordinary = SheetContent(
        number="FA-2026-K7Q-0042",
        issued_at=datetime(2026, 11, 23, 14, 2, tzinfo=REUNION),
        valid_until=date(2027, 2, 23),
        adviser="Camille Conseil",
        company_name="Boulangerie du Volcan",
        company_place="Saint-Pierre",
        accompaniment="Diagnostic du 03/11/2026",
        needs=listed_services(["S01", "S13"]),
        commune="Saint-Pierre",
        size="3 à 5 salariés",
        entries=tuple(entries),
        questions=tuple(one.text for one in clauses.questions()),
    )
    return replace(ordinary, **changes)


def forty_services() -> tuple[ListedService, ...]:
    """The sixteen of the charter and two dozen local additions."""
    local = (ListedService(f"local-{n}", f"Prestation locale numéro {n}, décrite en quelques mots") for n in range(24))
    return (*listed_services(reference.services()), *local)
