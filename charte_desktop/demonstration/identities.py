"""Numbers, places and addresses of the demonstration: well formed, and of nobody."""

from random import Random
from uuid import NAMESPACE_URL, uuid5

from charte_desktop.model import reference
from charte_desktop.model.identity import Identity

DISTRICTS = {
    "97490": "Sainte-Clotilde", "97417": "La Montagne", "97411": "Bois-de-Nèfles Saint-Paul", "97422": "La Saline",
    "97423": "Le Guillaume", "97434": "Saint-Gilles-les-Bains", "97435": "Saint-Gilles-les-Hauts",
    "97416": "La Chaloupe", "97424": "Le Piton Saint-Leu", "97432": "Ravine-des-Cabris", "97421": "La Rivière",
    "97418": "La Plaine-des-Cafres", "97437": "Sainte-Anne",
}  # fmt: skip
"""The places an envelope names instead of their commune."""

MICRO_REGIONS = {
    "Nord": ("97411", "97418", "97420"),
    "Est": ("97409", "97402", "97410", "97406", "97419", "97421"),
    "Ouest": ("97407", "97408", "97415", "97423", "97413"),
    "Sud": ("97401", "97403", "97404", "97405", "97412", "97414", "97416", "97417", "97422", "97424"),
}
"""The four parts of the island and the INSEE codes of their communes."""

PROVIDER_SIRENS = range(200_000, 300_000)
COMPANY_SIRENS = range(300_000, 500_000)
"""SIRENs without their check digit: 002 000 00x to 002 999 99x, and 003 000 00x to 004 999 99x.

In the official stock file of legal units, sorted by number, nothing stands between 001 807 254 and 005 410 220: INSEE
gives numbers in sequence, and this part was never used. Numbers beginning with 99 are in use since 2025.
"""


def identifier(seed: int, kind: str, *parts: object) -> str:
    """The primary key of a demonstration record: the same seed always gives the same keys."""
    return str(uuid5(NAMESPACE_URL, "/".join(["demonstration", str(seed), kind, *map(str, parts)])))


def check_digit(digits: str) -> str:
    """The digit that makes `digits` + itself pass the Luhn control of SIREN and SIRET."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled // 10 + doubled % 10
    return str(-total % 10)


def sirens(random: Random, count: int, numbers: range) -> list[str]:
    """Distinct SIRENs with a right check digit; `numbers` are their first eight digits."""
    stems = [f"{number:08d}" for number in random.sample(numbers, count)]
    return [stem + check_digit(stem) for stem in stems]


def siret(siren: str, establishment: int = 1) -> str:
    """The SIRET of a company's establishment (1 to 999), with its check digit."""
    stem = f"{siren}{establishment:04d}"
    return stem + check_digit(stem)


def vat_number(siren: str) -> str:
    """The French VAT number of a SIREN."""
    return f"FR{(12 + 3 * (int(siren) % 97)) % 97:02d}{siren}"


def phone(kind: str, number: int) -> str:
    """An E.164 number of 0262 00 …, 0692 00 … or 0693 00 …; `kind` is 262, 692 or 693, `number` under 10,000."""
    return f"+262{kind}00{number:04d}"


def settle(identity: Identity, random: Random, commune_code: str, street_line: str) -> None:
    """Give `identity` an address in a commune, under one of its postal codes."""
    commune = reference.communes()[commune_code]
    identity.address = street_line
    identity.postal_code = random.choice(list(commune.postal_codes))
    identity.city = DISTRICTS.get(identity.postal_code, commune.name)
    identity.commune_code = commune_code


def shared_out(count: int) -> list[str]:
    """`count` INSEE commune codes: one of each of the 24 first, the rest in proportion to the population.

    `count` is at least 24. Largest remainders decide; the order is that of the codes.
    """
    communes = sorted(reference.communes().values(), key=lambda commune: commune.code)
    population = sum(commune.population for commune in communes)
    left = count - len(communes)
    quotas = {commune.code: left * commune.population / population for commune in communes}
    shares = {code: 1 + int(quota) for code, quota in quotas.items()}
    by_remainder = sorted(quotas, key=lambda code: (int(quotas[code]) - quotas[code], code))
    for code in by_remainder[: count - sum(shares.values())]:
        shares[code] += 1
    return [code for code in shares for _ in range(shares[code])]
