"""How an adviser writes a value in a cell of a list: as it came, never twice the same way."""

from datetime import date, datetime, time
from random import Random

from charte_desktop.demonstration.identities import siret, vat_number
from charte_desktop.model import reference

Cell = str | int | float | datetime | None

_EXCEL_EPOCH = date(1899, 12, 30)
_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip

SHORT_SERVICES = {
    "S01": ("Création / refonte site", "création site internet", "Site internet (création)"),
    "S02": ("Maintenance site", "maintenance / mise à jour", "MAJ site"),
    "S03": ("Référencement", "référencement naturel", "SEO"),
    "S04": ("Webdesign", "webdesign (logo, maquettes)", "Logos"),
    "S05": ("E-réputation", "e-reputation", "Amélioration e-réputation"),
    "S06": ("Stratégie de communication", "strat. de communication", "Stratégie com"),
    "S07": ("Pages professionnelles", "pages pro", "Gestion pages pro"),
    "S08": ("Acquisition de clients", "acquisition clients", "acquisition nouveaux clients"),
    "S09": ("Chatbot", "CHATBOT", "chat bot"),
    "S10": ("Protection des SI", "protection systèmes informatiques", "Protection SI"),
    "S11": ("Sécurisation des données", "sécurisation données", "Sécu. des données"),
    "S12": ("Cybermenaces", "phishing, ransomwares", "Protection cybermenaces"),
    "S13": ("RGPD", "rgpd", "R.G.P.D."),
    "S14": ("Dématérialisation", "démat.", "DEMATERIALISATION"),
    "S15": ("CRM", "équipements informatiques", "Logiciels / CRM"),
    "S16": ("Formation", "Compétences & formations", "formations"),
}
"""Shortened words for each service of the charter, as lists write them."""

_BAND_WORDS: dict[str, tuple[Cell, Cell, Cell]] = {
    "00": ("aucun salarié", "0 salarié", 0),
    "01": ("1 ou 2 salariés", "1 à 2", "1-2 salariés"),
    "02": ("3 à 5 salariés", "de 3 à 5", "3-5"),
    "03": ("6 à 9 salariés", "6 à 9", "entre 6 et 9"),
    "11": ("10 à 19 salariés", "10-19 salariés", "10 à 19"),
    "12": ("20 à 49 salariés", "20-49", "de 20 à 49 salariés"),
}


def siren_cell(siren: str, style: int) -> Cell:
    """The SIREN, or the SIRET that holds it, in one of eleven writings; a number loses its zeros, as in Excel."""
    spaced = f"{siren[:3]} {siren[3:6]} {siren[6:]}"
    whole = siret(siren)
    writings: tuple[Cell, ...] = (
        spaced,
        int(whole),
        f"RCS Saint-Denis {spaced}",
        vat_number(siren),
        spaced.replace(" ", "\u00a0"),
        f"{spaced} {whole[9:]}".replace(" ", "\u202f"),
        spaced.replace(" ", "."),
        int(siren),
        f"SIREN : {siren} / NIC {whole[9:]}",
        f"N° {siren}",
        f"  {siren} ",
    )
    return writings[style % len(writings)]


def phones_cell(phones: list[str], style: int) -> Cell:
    """One or several telephones in one cell."""
    national = ["0" + phone.removeprefix("+262") for phone in phones]
    spaced = [" ".join(number[at : at + 2] for at in (0, 2, 4, 6, 8)) for number in national]
    four = [f"{number[:4]} {number[4:6]} {number[6:8]} {number[8:]}" for number in national]
    match style % 6:
        case 0:
            return " / ".join(four)
        case 1:
            return "\n".join(f"{word} : {number}" for word, number in zip(("Tél", "Port"), four, strict=False))
        case 2:
            return int(national[0]) if len(national) == 1 else " ou ".join(spaced)
        case 3:
            return " – ".join(number.replace(" ", ".") for number in four)
        case 4:
            return " ; ".join(f"+262 {number[1:4]} {number[4:6]} {number[6:8]} {number[8:]}" for number in national)
        case _:
            return " - ".join(f"00262{number[1:]}" for number in national)


def emails_cell(emails: list[str], style: int) -> Cell:
    """One or several e-mails in one cell."""
    match style % 5:
        case 0:
            return " ; ".join(emails)
        case 1:
            return f"mailto:{emails[0]}" if len(emails) == 1 else "\n".join(emails)
        case 2:
            return " ou ".join(emails)
        case 3:
            return ", ".join(email.upper() for email in emails) + " "
        case _:
            return " / ".join(f"<{email}>" for email in emails)


def ape_cell(code: str, nomenclature: str, style: int) -> Cell:
    """The APE code with or without its dot, alone, announced or followed by its label."""
    bare = code.replace(".", "")
    label = reference.ape_label(code, nomenclature)
    return (code, bare, f"{bare} - {label}", f"APE : {bare}", f"{code[:-1]} {code[-1].lower()}")[style % 5]


def headcount_cell(band: str, style: int) -> Cell:
    """The band of the headcount in words."""
    return _BAND_WORDS[band][style % 3]


def services_cell(random: Random, service_ids: list[str], style: int) -> Cell:
    """The services in shortened words, in any order, with one of six separators."""
    words = [random.choice(SHORT_SERVICES[service]) for service in random.sample(service_ids, len(service_ids))]
    match style % 6:
        case 0:
            return ", ".join(words)
        case 1:
            return " ; ".join(words)
        case 2:
            return "\n".join(f"- {word}" for word in words)
        case 3:
            return " / ".join(words).upper()
        case 4:
            return " + ".join(words)
        case _:
            return " • ".join(words)


def date_cell(day: date, style: int) -> Cell:
    """A day as a date, a number of days as Excel counts them, or words; always the day before the month."""
    match style % 5:
        case 0:
            return datetime.combine(day, time())
        case 1:
            return (day - _EXCEL_EPOCH).days
        case 2:
            return f"{day:%d/%m/%Y}"
        case 3:
            return f"signée le {day:%d.%m.%Y}"
        case _:
            return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def place_cells(address: str, postal_code: str, city: str, style: int) -> tuple[Cell, Cell, Cell]:
    """Street, postal code (a number or a text) and town, the town in capitals or with "St" for "Saint"."""
    shown: Cell = int(postal_code) if style % 2 else postal_code
    town = (city, city.upper(), city.replace("Sainte-", "Ste-").replace("Saint-", "St "))[style % 3]
    return address, shown, town
