"""The shipped lists: services, communes, headcount bands, activity codes, legal categories. Each is read once.

Their sources and licences stand in `resources/reference/SOURCES.md`.
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from charte_desktop.model.wording import normalise
from charte_desktop.paths import resources

FAMILIES = (
    "Transformation de l'offre",
    "Cybersécurité / Data",
    "Fonctionnement interne",
    "Ressources humaines",
)
"""The charter's four families of services, in its order (C20)."""

NAF_REV2 = "NAFRev2"
NAF_2025 = "NAF2025"
CHARTER_VERSION = "v1"
"""The charter that the program ships, by the name of its file; a new text is a new file."""


@dataclass(frozen=True, slots=True)
class Service:
    """One of the charter's sixteen services (C20)."""

    id: str
    family: str
    group: str
    """The sub-heading under the family, or empty."""
    label: str


@dataclass(frozen=True, slots=True)
class Commune:
    """One of the 24 communes of La Réunion."""

    code: str
    name: str
    postal_codes: tuple[str, ...]
    """Without CEDEX and post-box codes, which no list gives."""
    epci: str
    population: int


@dataclass(frozen=True, slots=True)
class Band:
    """An INSEE headcount band; `high` is None when it has no end."""

    code: str
    label: str
    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A place that stands on envelopes: a commune, or a district of one."""

    label: str
    commune_code: str
    is_commune: bool


def rows(folder: str, name: str) -> list[dict[str, str]]:
    """The lines of a shipped list (`;`, UTF-8, first line names the columns)."""
    with (resources() / folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


@cache
def charter_text(version: str = CHARTER_VERSION) -> str:
    """The charter as the customer wrote it, byte for byte: its fingerprint depends on it."""
    return (resources() / "charter" / f"{version}.md").read_bytes().decode()


@cache
def services() -> dict[str, Service]:
    """The charter's services by their stable id, in its order (C20)."""
    return {
        row["id"]: Service(row["id"], row["theme"], row["sous_theme"], row["prestation"])
        for row in rows("reference", "services_charte.csv")
    }


_local: dict[str, Service] = {}


def know_local_services(added: Iterable[Service]) -> None:
    """Take note of the services that the open base adds to the charter's; those known before are forgotten."""
    _local.clear()
    _local.update({one.id: one for one in added})


def offered_services() -> dict[str, Service]:
    """The charter's services, then those that the CCIR added, by id."""
    return {**services(), **_local}


def services_of(family: str) -> list[Service]:
    """The services of a family: those of the charter in its order, then those that the CCIR added."""
    return [one for one in offered_services().values() if one.family == family]


def service_label(service_id: str) -> str:
    """The words for a service of the charter or an added one; an id nobody knows is given back as it is."""
    service = services().get(service_id) or _local.get(service_id)
    return service.label if service else service_id


@cache
def communes() -> dict[str, Commune]:
    """The communes by INSEE code."""
    return {
        row["code_insee"]: Commune(
            row["code_insee"], row["nom"], tuple(row["codes_postaux"].split()), row["nom_epci"], int(row["population"])
        )
        for row in rows("reference", "communes_974.csv")
    }


@cache
def bands() -> dict[str, Band]:
    """The headcount bands by code, from none to 10,000 and more."""
    return {
        row["code"]: Band(row["code"], row["libelle"], int(row["min"]), int(row["max"]) if row["max"] else None)
        for row in rows("reference", "tranches_effectifs.csv")
    }


def band_label(code: str) -> str:
    """A band in a few words ("10 à 19 salariés"); empty for an empty code, the code itself when it is unknown."""
    if code in ("NN", "00"):
        return "aucun salarié"
    band = bands().get(code)
    return band.label if band else code


@cache
def _ape_labels() -> dict[str, dict[str, str]]:
    return {
        nomenclature: {row["code"]: row["libelle"] for row in rows("reference", name)}
        for nomenclature, name in ((NAF_REV2, "naf_rev2.csv"), (NAF_2025, "naf_2025.csv"))
    }


def ape_labels(nomenclature: str) -> dict[str, str]:
    """The activity codes of a nomenclature ("62.01Z") with their labels."""
    return _ape_labels()[nomenclature]


def ape_label(code: str, nomenclature: str) -> str:
    """What an activity code says, or empty when its list does not have it."""
    return _ape_labels().get(nomenclature, {}).get(code, "")


def ape_nomenclature(code: str) -> str:
    """The list that has `code`, or empty. No code is in both: the last letter differs (Z, A, B … against Y, G, H …)."""
    return next((name for name, labels in _ape_labels().items() if code in labels), "")


@cache
def legal_categories() -> dict[str, str]:
    """Labels of the legal categories of the third level (5499, 9220), by code."""
    return {
        row["code"]: row["libelle"] for row in rows("reference", "categories_juridiques.csv") if row["niveau"] == "3"
    }


_CEDEX = re.compile(r"\bcedex\b.*$")
_SAINT = re.compile(r"\b(s)(te?)\b")
_ISLAND = re.compile(r" (?:de |a |ile de )*(?:la )?reunion$")
_ARTICLE = re.compile(r"^(?:la|le|les|l) ")


def place_key(city: str) -> str:
    """A place name as people vary it, reduced to one form: no article, no CEDEX, "St" and "Ste" in full."""
    words = _CEDEX.sub("", normalise(city)).strip()
    words = _SAINT.sub(lambda found: "saint" if found[2] == "t" else "sainte", words)
    return _ARTICLE.sub("", _ISLAND.sub("", words))


@cache
def _place_names() -> dict[str, PlaceName]:
    names = {
        place_key(row["quartier"]): PlaceName(row["quartier"], row["code_insee"], False)
        for row in rows("reference", "quartiers_974.csv")
    }
    names |= {place_key(one.name): PlaceName(one.name, one.code, True) for one in communes().values()}
    return names


@cache
def _by_postal_code() -> dict[str, Commune]:
    return {code: one for one in communes().values() for code in one.postal_codes}


@cache
def _communes_served() -> dict[str, frozenset[str]]:
    served: dict[str, set[str]] = {}
    for row in rows("reference", "codes_postaux_974.csv"):
        served.setdefault(row["code_postal"], set()).add(row["code_insee"])
    return {code: frozenset(insee) for code, insee in served.items()}


def communes_served(postal_code: str) -> frozenset[str]:
    """INSEE codes of the communes where a postal code delivers; empty for CEDEX, post boxes and other departments."""
    return _communes_served().get(postal_code, frozenset())


@lru_cache(4096)
def find_place(city: str, postal_code: str = "") -> PlaceName | None:
    """The commune or district that `city` names, unless `postal_code` says that it lies elsewhere in France.

    Codes beginning with 974, 977 and 978 (CEDEX, post boxes) are the island's; another code is taken for a slip of
    the keyboard when one digit parts it from a code of the place (94410 Saint-Pierre), else for another town.
    """
    place = _place_names().get(place_key(city))
    if place is None or not postal_code or postal_code.startswith(("974", "977", "978")):
        return place
    near = any(
        sum(a != b for a, b in zip(postal_code, known, strict=False)) == 1 and len(postal_code) == len(known)
        for known in communes()[place.commune_code].postal_codes
    )
    return place if near else None


def find_commune(city: str, postal_code: str = "") -> Commune | None:
    """The commune of La Réunion of an address: by the name of the place, else by its postal code; None elsewhere."""
    place = find_place(city, postal_code)
    return communes()[place.commune_code] if place else _by_postal_code().get(postal_code)
