"""Numbers, telephones, sizes and days in French format: what every list and document shows of a company.

Apart from the readers of `identifiers`, that a list on the screen has no use for.
"""

from datetime import date
from functools import lru_cache

from charte_desktop.model import reference

NOT_AN_EMPLOYER = "non employeur"
"""Insee's band NN in words: nobody, and nobody all year."""


def show_siren(number: str) -> str:
    """A SIREN by threes, a SIRET by threes and its last five digits; empty stays empty."""
    parts = [number[0:3], number[3:6], number[6:9], number[9:]]
    return " ".join(filter(None, parts))


def show_phone(number: str) -> str:
    """A telephone as read aloud here: "0692 12 34 56", "06 12 34 56 78"; a foreign one with its country code."""
    if number.startswith("+262") and len(number) == 13:
        return f"0{number[4:7]} {number[7:9]} {number[9:11]} {number[11:13]}"
    if number.startswith("+33") and len(number) == 12:
        return f"0{number[3]} {number[4:6]} {number[6:8]} {number[8:10]} {number[10:12]}"
    return _international(number)


@lru_cache(1000)
def _international(number: str) -> str:
    import phonenumbers

    try:
        return phonenumbers.format_number(phonenumbers.parse(number), phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    except phonenumbers.NumberParseException:
        return number


def show_headcount(number: int | None, band: str) -> str:
    """The number when it is known, else the band in words; empty when both are unknown."""
    if number is not None:
        return str(number)
    return NOT_AN_EMPLOYER if band == "NN" else reference.band_label(band)


def say_headcount(number: int | None, band: str) -> str:
    """The same as a phrase that stands alone: a bare number says nothing away from its label."""
    if number is None:
        return show_headcount(None, band)
    return "aucun salarié" if number == 0 else "1 salarié" if number == 1 else f"{number} salariés"


def show_date(day: date | None) -> str:
    """`jj/mm/aaaa`; an empty date is shown empty."""
    return f"{day:%d/%m/%Y}" if day else ""
