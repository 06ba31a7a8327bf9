"""The base that the measures share: 20,000 providers and 50,000 companies of nowhere, always the same ones."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from typing import TypeVar

from charte_desktop.demonstration import identities
from charte_desktop.model import reference
from charte_desktop.model.base import Record
from charte_desktop.model.charter import Signature
from charte_desktop.model.company import Company, new_company
from charte_desktop.model.identity import Identity
from charte_desktop.model.provider import Provider, ProviderService, new_provider
from charte_desktop.store.charter_signatures import CharterSignatures
from charte_desktop.store.database import Database

PROVIDERS = 20_000
COMPANIES = 50_000
FOLDER = Path("build/bench/base")
"""Where `python -m benchmarks` keeps the base of its run."""

_SEED = 974
_AT_A_TIME = 2_500
"""Records to a transaction, as large lists come in."""

_BEGINNINGS = (
    "Al Bel Car Dor Éco Fil Gran Hor Île Jas Kaz Lum Mar Nov Océ Péi Qual Rav Sol Tam Urb Van Ylang Zéph".split()
)
_MIDDLES = "a é i o an ou ia éo ari ell ong iss ".split(" ")
_ENDINGS = "bois care dis ère far go lys mer net nord pix réo soft tech vue web zen".split()
_TRADES = (
    "Informatique", "Numérique", "Communication", "Web", "Conseil", "Formation", "Boulangerie", "Transports",
    "Bâtiment", "Électricité", "Pêche", "Distribution", "Créole", "Restauration", "Hôtel de l'Océan", "Œuvres d'art",
)  # fmt: skip
_FORMS = ("SARL", "SAS", "EURL", "SASU", "", "", "EI", "SCOP")
_STREETS = "Filaos Vétiver Tamarins Flamboyants Letchis Bois-Noirs Géraniums Hibiscus Œillets Étang".split()
_FIRST_NAMES = "Aline Benoît Chloé David Éloïse Fabrice Giovanny Hélène Ivan Josée Kévin Loïc Marie-Noëlle Noé".split()
_CODES = ("62.01Z", "62.02A", "63.11Z", "70.21Z", "73.11Z", "85.59A", "47.11B", "43.21A", "56.10A", "10.71C")

Kept = TypeVar("Kept", bound=Record)


def big_base(folder: Path = FOLDER, providers: int = PROVIDERS, companies: int = COMPANIES) -> Database:
    """The base of `folder`, open; it is made first when the folder holds none, in about a minute."""
    if Database.exists(folder):
        return Database.open(folder)
    database = Database.create(folder, demonstration=True, adviser="Mesure")
    signatures = CharterSignatures(database)
    version_id = signatures.ensure_version("Le texte de la charte, pour la mesure.", "Mesure")
    random = Random(_SEED)
    numbers = iter(sirens(random, providers + companies))
    _keep(database, (a_provider(random, next(numbers), version_id) for _ in range(providers)))
    _keep(database, (a_company(random, next(numbers)) for _ in range(companies)))
    return database


def _keep(database: Database, records: Iterator[Kept]) -> None:
    while some := list(islice(records, _AT_A_TIME)):
        with database.transaction("Préparer la mesure") as session:
            session.add_all(some)


def sirens(random: Random, count: int) -> list[str]:
    """Distinct numbers with a right check digit."""
    stems = [f"{number:08d}" for number in random.sample(range(200_000, 500_000), count)]
    return [stem + identities.check_digit(stem) for stem in stems]


def company_name(random: Random) -> str:
    """A name that could be painted on a van."""
    stem = random.choice(_BEGINNINGS) + random.choice(_MIDDLES) + random.choice(_ENDINGS)
    return " ".join(filter(None, [random.choice(_FORMS), stem, random.choice(_TRADES)]))


def _identify(identity: Identity, random: Random, siren: str) -> None:
    identity.legal_name = company_name(random)
    identity.siren = siren
    identity.legal_representative = f"{random.choice(_FIRST_NAMES)} EXEMPLE-{random.randrange(1000):03d}"
    commune = random.choice(sorted(reference.communes()))
    identities.settle(identity, random, commune, f"{random.randint(1, 250)} rue {random.choice(_STREETS)}")
    identity.phones = [identities.phone(random.choice(("262", "692", "693")), random.randrange(10_000))]
    identity.emails = [f"contact{siren}@entreprise.example"]
    identity.ape_code, identity.ape_nomenclature = random.choice(_CODES), "NAFRev2"
    identity.headcount, identity.headcount_band = 3, "02"


def a_provider(random: Random, siren: str, version_id: str | None) -> Provider:
    """A provider with one to four services; four in five signed."""
    provider = new_provider(references="Site vitrine, logiciel de caisse, formation des équipes.")
    _identify(provider, random, siren)
    services = random.sample(sorted(reference.services()), random.randint(1, 4))
    provider.services = [ProviderService(provider_id=provider.id, service_id=service) for service in services]
    if random.random() < 0.8:
        signed_on = date(2025, 1, 6) + timedelta(days=random.randrange(600))
        provider.signatures = [Signature(provider_id=provider.id, version_id=version_id, signed_on=signed_on)]
    return provider


def a_company(random: Random, siren: str) -> Company:
    """A company with its identity and nothing else."""
    company = new_company()
    _identify(company, random, siren)
    return company
