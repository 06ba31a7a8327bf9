"""Reading what people type for a company's numbers, contacts, place and size; `display` shows it.

Every reader takes any text and never raises. An activity code, a headcount and a date are read here; numbers,
contacts and places in their own modules, under the same names.
"""

import re
from datetime import date, datetime, timedelta
from functools import cache, lru_cache

from charte_desktop.errors import UserError
from charte_desktop.model import reference
from charte_desktop.model.company_number import read_siren
from charte_desktop.model.contact import read_emails, read_phones, read_website
from charte_desktop.model.display import NOT_AN_EMPLOYER
from charte_desktop.model.places import read_place, read_street_and_town
from charte_desktop.model.reading import Ape, CompanyNumber, Headcount, Place, Reading, plain, says_nothing
from charte_desktop.model.wording import normalise

__all__ = [
    "Ape", "CompanyNumber", "Headcount", "Place", "Reading", "band_of", "read_ape", "read_band", "read_date",
    "read_emails", "read_headcount", "read_phones", "read_place", "read_siren", "read_street_and_town", "read_website",
]  # fmt: skip

# ------------------------------------------------------------------------------------------------- activity codes

_APE = re.compile(r"(?<![\w.])([0-9][0-9])[ .-]?([0-9][0-9])[ .-]?([A-Za-z])(?!\w)")
_APE_BEGINNING = re.compile(r"(?<![\w.,])([0-9][0-9])[ .,]?([0-9][0-9]?)(?![\w]|[.,][0-9])")
_APE_OLD = re.compile(r"(?<!\w)[0-9][0-9][ .]?[0-9][ .]?[A-Za-z](?!\w)")
_NO_APE = re.compile(r"(?:99999|99\.?99Z|00\.?00Z)\b", re.IGNORECASE)
_APE_WORDS = frozenset("ape naf code rev rev2 2 2025 activite principale".split())


@lru_cache(4096)
def read_ape(text: str) -> Reading[Ape]:
    """An activity code of NAF rév. 2 or NAF 2025; the list that has it names its nomenclature.

    No code is in both lists, so that the day on which NAF 2025 comes into force need not be known.
    """
    typed, text = text.strip(), plain(text)
    if says_nothing(text) or _NO_APE.match(text):
        return Reading(Ape())
    found = list(_APE.finditer(text))
    for one in found:
        code = f"{one[1]}.{one[2]}{one[3].upper()}"
        nomenclature = reference.ape_nomenclature(code)
        if nomenclature:
            left, message = _beside_ape(text, one, code, nomenclature)
            return Reading(Ape(code, nomenclature), left, message)
    if found:
        unknown = f"Le code {found[0][0]} n'est ni dans la NAF rév. 2 ni dans la NAF 2025 : vérifiez-le."
        return Reading(Ape(), typed, unknown)
    beginning = _APE_BEGINNING.search(text)
    if beginning:
        return Reading(Ape(), typed, _incomplete_ape(f"{beginning[1]}.{beginning[2]}"))
    if _APE_OLD.search(text):
        return Reading(
            Ape(), typed, "Ce code vient d'une nomenclature d'avant 2008 : demandez le code actuel (62.01Z)."
        )
    return Reading(
        Ape(), typed, "Ce n'est pas un code APE : écrivez quatre chiffres et une lettre, par exemple 62.01Z."
    )


def _beside_ape(text: str, found: re.Match[str], code: str, nomenclature: str) -> tuple[str, str]:
    """What stands beside a code and is worth keeping; its own label is not."""
    beside = f"{text[: found.start()]} {text[found.end() :]}".strip(" :-–/,;()\n")
    words = set(normalise(beside).split()) - _APE_WORDS
    if words <= set(normalise(reference.ape_label(code, nomenclature)).split()):
        return "", ""
    message = "Un seul code APE tient dans ce champ : le reste est écrit à côté." if _APE.search(beside) else ""
    return " ".join(beside.split()), message


def _incomplete_ape(beginning: str) -> str:
    candidates = [
        code for list_ in (reference.NAF_REV2, reference.NAF_2025) for code in reference.ape_labels(list_)
        if code.startswith(beginning)
    ]  # fmt: skip
    if not candidates:
        return f"Aucun code APE ne commence par {beginning} : vérifiez-le."
    if len(candidates) == 1:
        return f"Il manque la lettre de ce code : si c'est {candidates[0]}, écrivez-le en entier."
    shown = ", ".join(candidates[:6]) + (" …" if len(candidates) > 6 else "")
    return f"Ce code est incomplet : écrivez en entier celui qui convient ({shown})."


# ------------------------------------------------------------------------------------------------------ headcount

_STAFF = r"(?:salari[ée](?:\(?e?\)?s?|s)?|employ[ée](?:\(?e?\)?s?|s)?|personnes?|pers\.?|agents?|etp|collaborateurs?)"
_COUNT = re.compile(rf"([0-9]{{1,3}}(?: [0-9]{{3}})+|[0-9]{{1,7}})(?:[.,]0+)?\s*{_STAFF}?\.?", re.IGNORECASE)
_RANGE = re.compile(
    rf"(?:de |entre )?([0-9][0-9 ]*?)\s*(?:-|à|a|ou|et|/)\s*([0-9][0-9 ]*?)\s*{_STAFF}?\.?", re.IGNORECASE
)
_OPEN_RANGE = re.compile(rf"([0-9][0-9 ]*?)\s*{_STAFF}?\s*(?:et plus|ou plus|\+)", re.IGNORECASE)
_LIKE_A_DATE = re.compile(
    r"[0-9]{1,4}[/-][0-9]{1,2}[/-][0-9]{2,4}(?: .*)?"
    r"|(?:[0-9]{1,2}[- ])?(?:janv?|f[ée]vr?|mars?|avr|mai|juin|juil|ao[uû]t?|sept?|oct|nov|d[ée]c)\.?(?:[- ][0-9]+)?",
    re.IGNORECASE,
)
_HOW_TO_COUNT = "Écrivez un nombre (12) ou une tranche de l'Insee (10 à 19 salariés)."


@lru_cache(4096)
def read_headcount(text: str) -> Reading[Headcount]:
    """A number of employees with its band, or an Insee band: its code as a text ("01", "NN") or its two ends."""
    typed, text = text.strip(), plain(text)
    if text in ("00", "01", "02", "03") or text.upper() == "NN":
        return Reading(Headcount(band=text.upper()))
    if normalise(text) in (NOT_AN_EMPLOYER, "non employeuse"):
        return Reading(Headcount(band="NN"))
    count = _COUNT.fullmatch(text)
    if count:
        number = int(count[1].replace(" ", ""))
        if number < 1_000_000:
            return Reading(Headcount(number, band_of(number)))
        return Reading(Headcount(), typed, f"Ce nombre d'employés est trop grand. {_HOW_TO_COUNT}")
    if re.fullmatch(rf"aucun|(?:aucun|pas de|z[ée]ro|sans) {_STAFF}", text, re.IGNORECASE):
        return Reading(Headcount(band=band_of(0)))
    if says_nothing(text):
        return Reading(Headcount())
    band = _band_in_words(text)
    if band:
        return Reading(Headcount(band=band))
    if _LIKE_A_DATE.fullmatch(text):
        return Reading(Headcount(), typed, f"Excel a sans doute pris une tranche pour une date. {_HOW_TO_COUNT}")
    if re.fullmatch(r"[0-9]+[.,][0-9]+", text):
        return Reading(Headcount(), typed, f"Un effectif est un nombre entier. {_HOW_TO_COUNT}")
    return Reading(Headcount(), typed, f"L'effectif n'est pas certain. {_HOW_TO_COUNT}")


@lru_cache(4096)
def read_band(text: str) -> Reading[Headcount]:
    """The band of a cell that holds Insee band codes, where "12" is 20 to 49 people; else as `read_headcount`."""
    code = plain(text).removesuffix(".0").upper()
    return Reading(Headcount(band=code)) if code in reference.bands() else read_headcount(text)


def _band_in_words(text: str) -> str:
    """The band whose two ends, or whose label, a text gives exactly; otherwise empty."""
    ends = _RANGE.fullmatch(text)
    if ends:
        low, high = (int(end.replace(" ", "")) for end in ends.groups())
        return next((one.code for one in reference.bands().values() if (one.low, one.high) == (low, high)), "")
    open_end = _OPEN_RANGE.fullmatch(text)
    if open_end:
        low = int(open_end[1].replace(" ", ""))
        return next((one.code for one in reference.bands().values() if (one.low, one.high) == (low, None)), "")
    words = normalise(text)
    return next((one.code for one in reference.bands().values() if normalise(one.label) == words), "")


def band_of(number: int) -> str:
    """The Insee band of a number of employees; none is band 00."""
    return next(code for code, low in reversed(_band_beginnings()) if number >= low)


@cache
def _band_beginnings() -> tuple[tuple[str, int], ...]:
    return tuple((band.code, band.low) for band in reference.bands().values() if band.code != "NN")


# ----------------------------------------------------------------------------------------------------------- dates

_MONTHS = {
    name: month
    for month, names in enumerate(
        (
            "janvier janv jan", "fevrier fevr fev", "mars mar", "avril avr", "mai", "juin", "juillet juil jul",
            "aout aou", "septembre sept sep", "octobre oct", "novembre nov", "decembre dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_BEFORE_DATE = re.compile(
    r"^(?:(?:charte|signee?|sign[ée]e?|recue?|re[çc]ue?|le|du|au|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\s*:?\s+)+",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?:[T ]|\sà\s)\s*[0-9]{1,2}[:h][0-9]{0,2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9][0-9]:?[0-9][0-9])?$"
)
_DAY_FIRST = re.compile(r"([0-9]{1,2})\s*[/.\- ]\s*([0-9]{1,2})\s*[/.\- ]\s*([0-9]{4}|[0-9]{2})")
_YEAR_FIRST = re.compile(r"([0-9]{4})[/.\- ]([0-9]{1,2})[/.\- ]([0-9]{1,2})")
_MONTH_IN_WORDS = re.compile(r"([0-9]{1,2})(?:er)?[ .\-/]+([a-z]+)[ .\-/]+([0-9]{4}|[0-9]{2})")
_COMPACT = re.compile(r"((?:19|20)[0-9][0-9])([0-9][0-9])([0-9][0-9])")
_SERIAL = re.compile(r"([0-9]{5})(?:[.,][0-9]+)?")
_EXCEL_EPOCH = date(1899, 12, 30)
_PLAUSIBLE_SERIALS = range(29_221, 73_051)  # 1 January 1980 to 31 December 2099
_HOW_TO_DATE = "écrivez-la jj/mm/aaaa, par exemple 12/03/2024."


def wanted_date(text: str) -> date:
    """The day that must be known before something is done. Refuses what is empty or not a day."""
    reading = read_date(text)
    if reading.value is None:
        raise UserError(reading.message or f"Il manque la date : {_HOW_TO_DATE}")
    return reading.value


def read_date(value: str | date | datetime | float | None) -> Reading[date | None]:
    """A day, from a cell that holds a date, a serial of Excel or a text.

    Day before month, always: 03/04/2024 is the third of April and 12/25/2024 is refused. Two digits of a year are
    1970 to 2069.
    """
    if value is None:
        return Reading(None)
    if isinstance(value, datetime):
        return Reading(value.date())
    if isinstance(value, date):
        return Reading(value)
    if isinstance(value, float | int):
        value = str(value).removesuffix(".0")
    text = plain(value)
    if says_nothing(text):
        return Reading(None)
    serial = _SERIAL.fullmatch(text)
    if serial and int(serial[1]) in _PLAUSIBLE_SERIALS:
        return Reading(_EXCEL_EPOCH + timedelta(int(serial[1])))
    words = _BEFORE_DATE.sub("", _TIME.sub("", text.strip("'\"")).strip())
    parts = _day_month_year(words)
    if parts is None:
        return Reading(None, value, f"Cette date n'est pas lisible : {_HOW_TO_DATE}")
    day, month, year = parts
    if not 1900 <= year <= 2100:
        return Reading(None, value, f"L'année de cette date n'est pas plausible : {_HOW_TO_DATE}")
    if month > 12 >= day:
        return Reading(None, value, f"Le mois {month} n'existe pas, le jour vient d'abord : {_HOW_TO_DATE}")
    try:
        return Reading(date(year, month, day))
    except ValueError:
        return Reading(None, value, f"Cette date n'existe pas dans le calendrier : {_HOW_TO_DATE}")


def _day_month_year(text: str) -> tuple[int, int, int] | None:
    found = _DAY_FIRST.fullmatch(text)
    if found:
        return int(found[1]), int(found[2]), _year(found[3])
    found = _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text)
    if found:
        return int(found[3]), int(found[2]), int(found[1])
    # Accents go, the separators stay: "1er févr. 2024", "12-déc-24".
    found = _MONTH_IN_WORDS.fullmatch(" ".join(normalise(text).split()))
    if found and found[2] in _MONTHS:
        return int(found[1]), _MONTHS[found[2]], _year(found[3])
    return None


def _year(digits: str) -> int:
    year = int(digits)
    return year if len(digits) == 4 else year + (2000 if year < 70 else 1900)
