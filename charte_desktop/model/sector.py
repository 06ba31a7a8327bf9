"""The sector of a company, wide enough for a handful of neighbours: by the division of its activity code.

Divisions mean nearly the same in NAF rév. 2 and NAF 2025, so that companies whose code was renewed stay with the
others; the repair of vehicles, which moved from 45 to 95.3, is the exception.
"""

from dataclasses import dataclass

NAF_2025 = "NAF2025"


@dataclass(frozen=True)
class Sector:
    """Activities that can be compared."""

    id: str
    label: str


_SECTORS = (
    (3, Sector("agriculture", "Agriculture et pêche")),
    (39, Sector("industrie", "Industrie")),
    (43, Sector("construction", "Construction")),
    (47, Sector("commerce", "Commerce et automobile")),
    (53, Sector("transports", "Transports")),
    (56, Sector("accueil", "Hébergement et restauration")),
    (63, Sector("information", "Information et communication")),
    (68, Sector("finance", "Finance et immobilier")),
    (82, Sector("services", "Services aux entreprises")),
    (88, Sector("sante", "Enseignement, santé, action sociale")),
    (93, Sector("loisirs", "Culture, sport et loisirs")),
    (99, Sector("autres", "Autres services")),
)
"""By the last division of each."""
SECTORS = {sector.id: sector for _, sector in _SECTORS}
"""By id, in the order of the nomenclature."""


def sector_of(ape_code: str, nomenclature: str = "") -> Sector | None:
    """The sector of an activity code ("62.01Z"); None for a company without a code, or with one of no list."""
    if not ape_code[:2].isdigit():
        return None
    if nomenclature == NAF_2025 and ape_code.startswith("95.3"):
        return SECTORS["commerce"]
    division = int(ape_code[:2])
    return next((sector for last, sector in _SECTORS if 0 < division <= last), None)
