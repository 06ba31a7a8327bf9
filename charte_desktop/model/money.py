"""Money: whole cents, read from what people type, shown as French prints it. Never a floating number."""

import re
from decimal import ROUND_HALF_UP, Decimal

from charte_desktop.model.reading import Reading, plain, says_nothing

LARGEST = 10_000_000_00
"""Cents. No project of a small company costs more than ten million euros: beyond, a key was held too long."""

_NARROW, _WIDE = "\u202f", "\u00a0"
_HOW = "écrivez-le comme 1 234,50."
_CURRENCY = re.compile(r"(?:€|euros?|eur)", re.IGNORECASE)
_TAXES = re.compile(r"\b(?:h\.?t\.?|t\.?t\.?c\.?)(?=\s|$)", re.IGNORECASE)
_THOUSAND = re.compile(r"(?<=[\d\s])k(?:€|eur|\b)", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9][0-9 .,']*")
_GROUPED = re.compile(r"[0-9]{1,3}(?:([ .,'])[0-9]{3})(?:\1[0-9]{3})*")


def show_money(cents: int | None) -> str:
    """`1 234,50 €`, with no-break spaces; nothing for an unknown amount."""
    if cents is None:
        return ""
    euros, rest = divmod(abs(cents), 100)
    grouped = f"{euros:,}".replace(",", _NARROW)
    return f"{'−' if cents < 0 else ''}{grouped},{rest:02d}{_WIDE}€"


def as_decimal(cents: int) -> Decimal:
    """Euros, for a spreadsheet or a script: exact."""
    return Decimal(cents).scaleb(-2)


def share(cents: int, part: int, whole: int) -> int:
    """`cents` times `part` over `whole`, to the nearest cent, halves away from zero."""
    exact = Decimal(cents) * part / whole
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def read_money(text: str, *, may_be_negative: bool = False) -> Reading[int | None]:
    """An amount in cents from what was typed: "1 234,5 €", "1.234,50", "1,234.50", "12 k€", "450 € HT".

    The comma is the decimal sign. A single point or comma before exactly three digits is doubtful: with a point it is
    read as thousands and said, with a comma it is not read. Negative amounts are refused unless they mean a credit
    note (`may_be_negative`), and so is what exceeds `LARGEST`.
    """
    typed = text.strip()
    if says_nothing(text):
        return Reading(None)
    words = plain(text)
    negative = words.startswith("-") or words.endswith("-") or (words.startswith("(") and words.endswith(")"))
    words = words.strip("-()+ ")
    in_thousands = bool(_THOUSAND.search(words))
    for sign in (_THOUSAND, _CURRENCY, _TAXES):
        words = sign.sub(" ", words)
    words = words.strip(" .;:/-")
    if not _NUMBER.fullmatch(words):
        return Reading(None, typed, f"Ce montant n'est pas lisible : {_HOW}")
    cents, message = _cents(words)
    if cents is None:
        return Reading(None, typed, message)
    if in_thousands:
        cents *= 1000
    if cents > LARGEST:
        return Reading(None, typed, "Ce montant dépasse dix millions d'euros : vérifiez le nombre de chiffres.")
    if negative and cents and not may_be_negative:
        return Reading(None, typed, "Un prix ne peut pas être négatif : retirez le signe moins.")
    return Reading(-cents if negative else cents, "", message)


def _cents(words: str) -> tuple[int | None, str]:
    """The amount in cents, and what is to be said of it."""
    doubtful = ""
    grouped = _GROUPED.fullmatch(words)
    if grouped:
        sign = grouped[1]
        if sign == "," and words.count(",") == 1:
            return None, "Trois chiffres après la virgule : un montant en a deux. Écrivez 1 234,00 ou 1,23."
        if sign == "." and words.count(".") == 1:
            doubtful = f"Lu comme {show_money(int(words.replace('.', '')) * 100)} ; les centimes suivent une virgule."
        return int(re.sub(r"[ .,']", "", words)) * 100, doubtful
    last = max(words.rfind(","), words.rfind("."))
    if last < 0:
        whole, rest = words, ""
    else:
        whole, rest = words[:last], words[last + 1 :].strip()
    if len(rest) > 2 or (not rest.isdigit() * bool(rest) and rest):
        return None, f"Un montant a deux chiffres après la virgule : {_HOW}"
    digits = re.sub(r"[ ']", "", whole)
    if not digits.isdigit():
        other = "." if words[last] == "," else ","
        if last < 0 or not _GROUPED.fullmatch(whole) or words[last] in whole or other not in whole:
            return None, f"Ce montant n'est pas lisible : {_HOW}"
        digits = re.sub(r"[ .,']", "", whole)
    elif " " in whole.strip() and not re.fullmatch(r"[0-9]{1,3}(?: [0-9]{3})+", whole.strip()):
        doubtful = (
            f"Lu comme {show_money(int(digits) * 100 + int((rest or '0').ljust(2, '0')))} : vérifiez les espaces."
        )
    return int(digits) * 100 + int((rest or "0").ljust(2, "0")), doubtful
