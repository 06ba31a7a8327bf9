"""The companies that the CCIR accompanies in the demonstration, with their accompaniments and needs."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from random import Random

from charte_desktop.demonstration import names
from charte_desktop.demonstration.identities import (
    COMPANY_SIRENS,
    MICRO_REGIONS,
    identifier,
    phone,
    settle,
    shared_out,
    sirens,
    siret,
)
from charte_desktop.model.accompaniment import Accompaniment, Need
from charte_desktop.model.accompaniment_kind import AccompanimentKind
from charte_desktop.model.company import Company

COMPANY_COUNT = 300

_REUNION = timezone(timedelta(hours=4))
_FIRST_DAY, _DAYS = date(2024, 1, 8), 985
"""Accompaniments are held from January 2024 to mid-September 2026."""


@dataclass(frozen=True)
class Trade:
    """A trade of the island: the word of its sign, its APE code in both lists, how often it comes, its usual needs."""

    word: str
    ape: str
    ape_2025: str
    weight: int
    bands: tuple[str, ...]
    needs: tuple[str, ...]


_ALONE = ("00", "00", "01")
_SMALL = ("00", "01", "01", "02")
_SHOP = ("01", "02", "02", "03")
_TEAM = ("02", "03", "11", "12")
_VISIBLE = ("S01", "S03", "S05", "S07", "S08")
_SELLING = ("S01", "S04", "S06", "S07", "S08")
_OFFICE = ("S10", "S11", "S13", "S14", "S15")
_SITE = ("S01", "S14", "S15", "S16")

TRADES = (
    Trade("Boulangerie", "10.71C", "10.71H", 12, _SHOP, _VISIBLE),
    Trade("Pâtisserie", "10.71D", "10.71J", 3, _SMALL, _SELLING),
    Trade("Garage", "45.20A", "95.31G", 12, _SHOP, _SITE),
    Trade("Gîte", "55.20Z", "55.20Y", 14, _ALONE, _VISIBLE),
    Trade("Chambres d'hôtes", "55.20Z", "55.20Y", 5, _ALONE, _VISIBLE),
    Trade("Hôtel", "55.10Z", "55.10Y", 3, ("11", "12", "21"), _OFFICE),
    Trade("Snack", "56.10C", "56.11J", 14, _SMALL, _SELLING),
    Trade("Restaurant", "56.10A", "56.11G", 12, _SHOP, _VISIBLE),
    Trade("Camion-bar", "56.10C", "56.12Y", 7, _ALONE, _SELLING),
    Trade("Traiteur", "56.21Z", "56.21Y", 4, _SMALL, _SELLING),
    Trade("Maçonnerie", "43.99C", "", 10, _TEAM, _SITE),
    Trade("Électricité", "43.21A", "", 7, _SMALL, _SITE),
    Trade("Plomberie", "43.22A", "", 7, _SMALL, _SITE),
    Trade("Charpente", "43.91A", "43.41G", 4, _SHOP, _SITE),
    Trade("Peinture", "43.34Z", "43.34G", 5, _SMALL, _SITE),
    Trade("Menuiserie", "43.32A", "43.32G", 5, _SHOP, _SELLING),
    Trade("BTP", "41.20B", "", 6, ("11", "12", "21"), _OFFICE),
    Trade("Maraîchage", "01.13Z", "01.13Y", 10, _ALONE, ("S01", "S06", "S07", "S14")),
    Trade("Plantation", "01.14Z", "01.14Y", 4, _SMALL, ("S14", "S15", "S16")),
    Trade("Vanilleraie", "01.28Z", "", 4, _ALONE, _SELLING),
    Trade("Élevage", "01.47Z", "", 4, _SMALL, ("S14", "S15")),
    Trade("Rucher", "01.49Z", "", 4, _ALONE, _SELLING),
    Trade("Distillerie", "20.42Z", "", 3, _SMALL, _SELLING),
    Trade("Confitures", "10.39B", "", 5, _ALONE, _SELLING),
    Trade("Charcuterie", "10.13B", "", 4, _SHOP, _VISIBLE),
    Trade("Fromagerie", "10.51C", "", 2, _SMALL, _SELLING),
    Trade("Pêcherie", "03.11Z", "", 4, _ALONE, ("S07", "S14")),
    Trade("Salon de coiffure", "96.02A", "96.21G", 12, _SMALL, ("S05", "S07", "S08", "S15")),
    Trade("Institut", "96.02B", "96.22Y", 6, _SMALL, ("S05", "S07", "S08")),
    Trade("Cabinet comptable", "69.20Z", "69.20Y", 5, _TEAM, _OFFICE),
    Trade("Cabinet d'architecture", "71.11Z", "", 4, _SHOP, _OFFICE),
    Trade("Cabinet de kinésithérapie", "86.90E", "86.95Y", 4, _SMALL, ("S10", "S13", "S14")),
    Trade("Cabinet vétérinaire", "75.00Z", "", 3, _SHOP, _OFFICE),
    Trade("Bureau d'études", "71.12B", "", 4, _TEAM, _OFFICE),
    Trade("Agence immobilière", "68.31Z", "", 4, _SHOP, _VISIBLE),
    Trade("Auto-école", "85.53Z", "85.53Y", 5, _SHOP, ("S01", "S07", "S14")),
    Trade("Épicerie", "47.11B", "", 8, _SMALL, ("S07", "S14", "S15")),
    Trade("Boucherie", "47.22Z", "47.22Y", 4, _SHOP, _VISIBLE),
    Trade("Boutique", "47.71Z", "", 8, _SMALL, _SELLING),
    Trade("Fleurs", "47.76Z", "", 4, _ALONE, _SELLING),
    Trade("Quincaillerie", "47.52A", "", 3, _SHOP, ("S01", "S14", "S15")),
    Trade("Bijoux", "32.12Z", "", 4, _ALONE, _SELLING),
    Trade("Couture", "13.92Z", "", 4, _ALONE, _SELLING),
    Trade("Taxi", "49.32Z", "", 6, _ALONE, ("S03", "S05", "S14")),
    Trade("Transports", "49.41A", "", 6, _TEAM, _OFFICE),
    Trade("Location de voitures", "77.11A", "", 4, _SHOP, _VISIBLE),
    Trade("Plongée", "93.29Z", "", 5, _SMALL, _VISIBLE),
    Trade("Parapente", "93.29Z", "", 3, _SMALL, _VISIBLE),
    Trade("Canyon et randonnée", "93.19Z", "", 4, _ALONE, _VISIBLE),
    Trade("Salle de sport", "93.13Z", "", 3, _SHOP, ("S07", "S08", "S15")),
    Trade("Jardins", "81.30Z", "", 6, _SMALL, _SITE),
    Trade("Nettoyage", "81.21Z", "", 5, _TEAM, _SITE),
    Trade("Photographie", "74.20Z", "74.20Y", 4, _ALONE, ("S01", "S03", "S04", "S13")),
    Trade("Meubles", "47.59A", "", 3, _SHOP, _SELLING),
    Trade("Grossiste", "46.31Z", "", 3, _TEAM, _OFFICE),
)
_BAND_BOUNDS = {"00": (0, 0), "01": (1, 2), "02": (3, 5), "03": (6, 9), "11": (10, 19), "12": (20, 49), "21": (50, 99)}
_OF_THE_SEA = ("Pêcherie", "Plongée", "Hôtel")
_INLAND = ("97403", "97406", "97421", "97422", "97424")
_HOLIDAYS = ((1, 1), (1, 5), (8, 5), (14, 7), (15, 8), (1, 11), (11, 11), (20, 12), (25, 12))
"""Holidays of La Réunion that fall on the same day every year, 20 December among them (day, month)."""
_NOTES = (
    "", "", "Premier échange par téléphone.", "Visite dans les locaux, environ deux heures.",
    "Le dirigeant veut commencer par ce qui coûte le moins.", "Connexion faible sur place, documents sur papier.",
    "Atelier collectif à la maison des entreprises.", "Souhaite comparer au moins trois devis.",
)  # fmt: skip

Accompanied = tuple[Company, list[Accompaniment], list[Need]]


def demonstration_companies(seed: int = 974) -> list[Accompanied]:
    """The 300 companies of the demonstration, each with one to three accompaniments (C03) and the needs noted then.

    The same for the same seed, ids included. Every commune has one at least, the rest follows the population; the
    adviser is the one of the company's micro-region. Nothing of them exists: see `names` and `identities`.
    """
    random = Random(f"{seed}/companies")
    trades = random.choices(TRADES, weights=[trade.weight for trade in TRADES], k=COMPANY_COUNT - len(TRADES))
    trades += TRADES
    random.shuffle(trades)
    signs = names.shop_names(random, [trade.word for trade in trades])
    numbers = sirens(random, COMPANY_COUNT, COMPANY_SIRENS)
    communes = _bring_the_sea_trades_to_the_coast(random, trades)
    return [
        _accompanied(seed, random, index, trades[index], signs[index], numbers[index], communes[index])
        for index in range(COMPANY_COUNT)
    ]


def _bring_the_sea_trades_to_the_coast(random: Random, trades: list[Trade]) -> list[str]:
    """A commune for each trade; no diving school in Cilaos."""
    communes = shared_out(COMPANY_COUNT)
    random.shuffle(communes)
    for at, trade in enumerate(trades):
        if trade.word in _OF_THE_SEA and communes[at] in _INLAND:
            other = next(
                index
                for index, commune in enumerate(communes)
                if commune not in _INLAND and trades[index].word not in _OF_THE_SEA
            )
            communes[at], communes[other] = communes[other], communes[at]
    return communes


def _accompanied(
    seed: int, random: Random, index: int, trade: Trade, sign: str, siren: str, commune: str
) -> Accompanied:
    form, legal_category = random.choice(names.LEGAL_FORMS)
    band = random.choice(trade.bands)
    low, high = _BAND_BOUNDS[band]
    in_new_list = bool(trade.ape_2025) and random.random() < 0.25
    domain = f"{names.web_name(sign)}.example"
    company = Company(
        id=identifier(seed, "company", index),
        legal_name=sign + form,
        legal_category=legal_category,
        siren=siren,
        siret=siret(siren) if random.random() < 0.5 else "",
        legal_representative=names.person(random, 200 + index),
        emails=[f"bonjour@{domain}"] if random.random() < 0.85 else [],
        phones=[phone(random.choice(("262", "692", "693")), 1000 + index)],
        ape_code=trade.ape_2025 if in_new_list else trade.ape,
        ape_nomenclature="NAF2025" if in_new_list else "NAFRev2",
        headcount=random.randint(low, high) if random.random() < 0.5 else None,
        headcount_band=band,
        website=f"www.{domain}" if random.random() < 0.35 else "",
        created_at=datetime(2024, 1, 5, 10, tzinfo=_REUNION),
    )
    settle(company, random, commune, names.street(random))
    accompaniments = _accompaniments(seed, random, company)
    company.created_at = datetime.combine(accompaniments[0].held_on, datetime.min.time(), _REUNION) - timedelta(1)
    return company, accompaniments, _needs(seed, random, accompaniments, trade)


def _accompaniments(seed: int, random: Random, company: Company) -> list[Accompaniment]:
    regions = list(MICRO_REGIONS.values())
    home = next(number for number, codes in enumerate(regions) if company.commune_code in codes)
    days = sorted(random.sample(range(_DAYS), random.choice((1, 1, 2, 2, 3))))
    return [
        Accompaniment(
            id=identifier(seed, "accompaniment", company.id, number),
            company_id=company.id,
            kind=random.choice(list(AccompanimentKind)),
            held_on=_working_day(_FIRST_DAY + timedelta(days=day)),
            adviser=names.ADVISERS[home],
            notes=random.choice(_NOTES),
        )
        for number, day in enumerate(days)
    ]


def _working_day(day: date) -> date:
    """`day`, or the nearest day before that is no week-end and no holiday of fixed date."""
    while day.weekday() > 4 or (day.day, day.month) in _HOLIDAYS:
        day -= timedelta(days=1)
    return day


def _needs(seed: int, random: Random, accompaniments: list[Accompaniment], trade: Trade) -> list[Need]:
    wanted = random.sample(trade.needs, min(len(trade.needs), random.choice((1, 2, 2, 3))))
    needs = []
    for service in sorted(wanted):
        origin = random.choice(accompaniments)
        needs.append(
            Need(
                id=identifier(seed, "need", origin.id, service),
                company_id=origin.company_id,
                accompaniment_id=origin.id,
                service_id=service,
                noted_on=origin.held_on,
            )
        )
    return needs
