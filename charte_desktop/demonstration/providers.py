"""The digital-service providers of the demonstration."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from random import Random

from charte_desktop.demonstration import names
from charte_desktop.demonstration.identities import (
    MICRO_REGIONS,
    PROVIDER_SIRENS,
    identifier,
    phone,
    settle,
    shared_out,
    sirens,
    siret,
)
from charte_desktop.model.charter import Signature
from charte_desktop.model.provider import Provider, ProviderService, Removal

REGISTER_COUNT = 96
"""Providers of the demonstration base."""
LIST_COUNT = 24
"""New providers of the demonstration list: base and list together make 120."""

_REUNION = timezone(timedelta(hours=4))
_SIGNATORIES, _READY, _INCOMPLETE, _WITHDRAWN = 58, 20, 13, 3
"""The rest of the 96, two providers, is removed."""


@dataclass(frozen=True)
class Profile:
    """A sort of provider: its APE codes with their nomenclature, and the services it usually offers."""

    apes: tuple[tuple[str, str], ...]
    services: tuple[str, ...]
    references: tuple[str, ...]


PROFILES = (
    Profile(
        (("62.01Z", "NAFRev2"), ("62.10Y", "NAF2025"), ("63.11Z", "NAFRev2")),
        ("S01", "S02", "S03", "S04", "S09"),
        (
            "Refonte du site vitrine d'un gîte des Hauts (2025)",
            "Boutique en ligne d'une charcuterie : 150 références, retrait au magasin",
            "Site de réservation pour un loueur de kayaks, en français et en anglais",
        ),
    ),
    Profile(
        (("73.11Z", "NAFRev2"), ("73.11Y", "NAF2025"), ("74.10Z", "NAFRev2"), ("74.12Y", "NAF2025")),
        ("S04", "S05", "S06", "S07", "S08"),
        (
            "Identité visuelle d'une boulangerie : logo, enseigne, emballages",
            "Six mois d'animation des pages d'un snack de bord de mer",
            "Campagne d'acquisition pour un centre de remise en forme : 40 contacts par mois",
        ),
    ),
    Profile(
        (("62.02A", "NAFRev2"), ("62.03Z", "NAFRev2"), ("62.20H", "NAF2025"), ("62.09Z", "NAFRev2")),
        ("S10", "S11", "S12", "S13", "S15"),
        (
            "Sauvegarde externalisée et pare-feu d'un cabinet comptable (18 postes)",
            "Plan de reprise après rançongiciel pour un transporteur",
            "Migration de la messagerie de 25 postes, formation comprise",
        ),
    ),
    Profile(
        (("70.22Z", "NAFRev2"), ("70.20Y", "NAF2025"), ("62.20G", "NAF2025")),
        ("S06", "S13", "S14", "S15", "S16"),
        (
            "Dématérialisation des factures d'un négociant en matériaux",
            "Mise en place d'un CRM pour une TPE du bâtiment",
            "Registre des traitements et mentions RGPD de trois commerces",
        ),
    ),
    Profile(
        (("85.59A", "NAFRev2"), ("85.59G", "NAF2025")),
        ("S05", "S07", "S12", "S14", "S16"),
        (
            "Ateliers « premiers pas en ligne » pour une dizaine d'artisans",
            "Formation de quatre assistantes aux outils de bureau partagés",
            "Sensibilisation à l'hameçonnage dans deux hôtels",
        ),
    ),
)
_BANDS = ("00", "00", "01", "01", "01", "02", "02", "03", "11", "12")
_BAND_BOUNDS = {"00": (0, 0), "01": (1, 2), "02": (3, 5), "03": (6, 9), "11": (10, 19), "12": (20, 49)}
_SIZES = ((), (), ("NN", "00", "01", "02", "03"), ("02", "03", "11"), ("03", "11", "12", "21"), ("NN", "00", "01"))
_HIDDEN = ((), (), (), (), (), ("phones",), ("address",), ("emails", "address"), ("references",), ("website",))
_NOTES = (
    "", "", "", "Préfère être joint par courriel.", "Rencontré au salon des entreprises.",
    "Intervient le samedi matin sur rendez-vous.", "A demandé le texte de la charte par courrier.",
    "Congés annuels en janvier.", "Travaille avec un sous-traitant pour les photos.",
)  # fmt: skip


def demonstration_providers(seed: int = 974) -> list[Provider]:
    """The 96 providers of the demonstration base, the same for the same seed, ids included.

    58 have signed the charter on paper between 2023 and 2026, 20 are ready to sign, 13 lack part of the form, 3 have
    withdrawn and 2 were removed (C18). Nothing of them exists: see `names` and `identities`.
    """
    random = Random(f"{seed}/providers")
    providers = _people_the_register(seed)[:REGISTER_COUNT]
    random.shuffle(providers)
    signatories = providers[:_SIGNATORIES]
    incomplete = providers[_SIGNATORIES + _READY :][:_INCOMPLETE]
    withdrawn = providers[_SIGNATORIES + _READY + _INCOMPLETE :][:_WITHDRAWN]
    removed = providers[_SIGNATORIES + _READY + _INCOMPLETE + _WITHDRAWN :]
    for provider in [*signatories, *withdrawn, *removed]:
        _sign(seed, random, provider)
    for number, provider in enumerate(incomplete):
        _leave_unfinished(provider, number)
    for provider in withdrawn:
        provider.withdrawn_on = _day_after(random, provider.signatures[0].signed_on)
        provider.withdrawal_reason = random.choice(("Cesse son activité.", "Ne souhaite plus figurer au répertoire."))
    for number, provider in enumerate(removed):
        _remove(seed, random, provider, number)
    for provider in random.sample(signatories, 4):
        provider.listed = False
    return sorted(providers, key=lambda provider: provider.id)


def list_providers(seed: int = 974) -> list[Provider]:
    """The 24 providers that stand on the demonstration list and not in the base: complete, without signature."""
    return _people_the_register(seed)[REGISTER_COUNT:]


def _people_the_register(seed: int) -> list[Provider]:
    random = Random(f"{seed}/register")
    count = REGISTER_COUNT + LIST_COUNT
    communes = shared_out(count)
    random.shuffle(communes)
    trade_names = names.digital_names(random, count)
    numbers = sirens(random, count, PROVIDER_SIRENS)
    return [
        _provider(seed, random, index, trade_names[index], numbers[index], communes[index]) for index in range(count)
    ]


def _provider(seed: int, random: Random, index: int, trade_name: str, siren: str, commune: str) -> Provider:
    form, _ = random.choice(names.LEGAL_FORMS)
    profile = random.choice(PROFILES)
    band = random.choice(_BANDS)
    low, high = _BAND_BOUNDS[band]
    ape, nomenclature = random.choice(profile.apes)
    domain = f"{names.web_name(trade_name)}.example"
    emails = [f"contact@{domain}"] + ([f"direction@{domain}"] if random.random() < 0.25 else [])
    phones = [phone(kind, index + 1) for kind in random.choice((("262",), ("692",), ("262", "692"), ("262", "693")))]
    provider = Provider(
        id=identifier(seed, "provider", index),
        legal_name=trade_name + form,
        siren=siren,
        siret=siret(siren) if random.random() < 0.6 else "",
        legal_representative=names.person(random, index + 1),
        emails=emails,
        phones=phones,
        ape_code=ape,
        ape_nomenclature=nomenclature,
        headcount=random.randint(low, high) if random.random() < 0.6 else None,
        headcount_band=band,
        website=f"www.{domain}" if random.random() < 0.7 else "",
        notes=random.choice(_NOTES),
        references="\n".join(random.sample(profile.references, random.randint(0, 2))),
        territory=_territory(random, commune),
        sizes_served=list(random.choice(_SIZES)),
        hidden_fields=list(random.choice(_HIDDEN)),
        created_at=datetime(2022, 3, 1, 9, tzinfo=_REUNION) + timedelta(days=random.randint(0, 1000)),
    )
    settle(provider, random, commune, names.street(random))
    offered = set(random.sample(profile.services, random.randint(1, len(profile.services))))
    if random.random() < 0.3:
        offered.add(f"S{random.randint(1, 16):02d}")
    provider.services = [
        ProviderService(
            provider_id=provider.id,
            service_id=service,
            references=random.choice(profile.references) if random.random() < 0.3 else "",
        )
        for service in sorted(offered)
    ]
    return provider


def _territory(random: Random, commune: str) -> list[str]:
    """Half serve the whole island (an empty list), most of the others their micro-region, a few one commune more."""
    chance = random.random()
    if chance < 0.5:
        return []
    home = next(codes for codes in MICRO_REGIONS.values() if commune in codes)
    if chance < 0.85:
        return sorted(home)
    return sorted({commune, random.choice(home), "97411"})


def _sign(seed: int, random: Random, provider: Provider) -> None:
    signed_on = date(2023, 1, 9) + timedelta(days=random.randint(0, 1260))
    provider.signatures = [
        Signature(
            id=identifier(seed, "signature", provider.id),
            provider_id=provider.id,
            signed_on=signed_on,
            medium="papier",
            signer=provider.legal_representative,
            capacity="Responsable légal",
            source=random.choice(("Original papier au siège", "Copie numérisée", "Original remis au conseiller")),
        )
    ]


def _day_after(random: Random, day: date) -> date:
    """A later day, 15 September 2026 at the latest."""
    return min(day + timedelta(days=random.randint(30, 500)), date(2026, 9, 15))


def _leave_unfinished(provider: Provider, number: int) -> None:
    """Take one part of the form away; every fourth keeps, unread, what was typed in its place."""
    match number % 6:
        case 0:
            wrong = str((int(provider.siren[-1]) + 1) % 10)
            provider.unread = {"siren": f"{provider.siren[:3]} {provider.siren[3:6]} {provider.siren[6:8]}{wrong}"}
            provider.siren = provider.siret = ""
        case 1:
            provider.legal_representative = ""
        case 2:
            provider.ape_code = provider.ape_nomenclature = ""
            provider.unread = {"ape": "informatique"}
        case 3:
            provider.headcount, provider.headcount_band = None, ""
        case 4:
            provider.services = []
        case _:
            provider.emails, provider.phones = [], []
            provider.address = provider.postal_code = provider.city = provider.commune_code = ""


_BREACHES = (
    (["C11", "C13"], "Site livré sans cahier des charges ni liste de livrables ; deux courriers sans réponse."),
    (["C36", "C38"], "Dépassement facturé sans accord du client, reconnu par écrit par le prestataire."),
)


def _remove(seed: int, random: Random, provider: Provider, number: int) -> None:
    clauses, reason = _BREACHES[number % len(_BREACHES)]
    provider.removals = [
        Removal(
            id=identifier(seed, "removal", provider.id),
            provider_id=provider.id,
            removed_on=_day_after(random, provider.signatures[0].signed_on),
            clauses=list(clauses),
            reason=reason,
            adviser=random.choice(names.ADVISERS),
        )
    ]
