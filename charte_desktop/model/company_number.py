"""SIREN and SIRET as people type them, as Excel leaves them, and as they are shown."""

import re
from collections.abc import Callable
from functools import cache

from charte_desktop.model.display import show_siren
from charte_desktop.model.reading import CompanyNumber, Reading, plain, says_nothing

_SEPARATORS = re.compile(r"[\s.,;:_/'\"’‘“”«»`´-]+")
_FLOAT = re.compile(r"([0-9]{7,14})[.,]0{1,2}")
_CUT_BY_EXCEL = re.compile(r"[0-9](?:[.,][0-9]+)?\s?[eE]\s?\+?\s?[0-9]{1,2}")
_VAT = re.compile(r"\bFR[\s.-]?([0-9A-Z]{2})[\s.-]?((?:[0-9][\s.-]?){8}[0-9])(?![0-9])", re.IGNORECASE)
_NIC = re.compile(r"((?:[0-9][ .]?){8}[0-9])\W{1,9}N\.?I\.?C\.?\W{0,5}((?:[0-9] ?){4}[0-9])(?![0-9])", re.IGNORECASE)
_RUN = re.compile(r"[0-9](?:[ .\-_]{0,2}[0-9])*")
_RNA = re.compile(r"\bW[0-9][0-9A-Z][0-9]{7}\b", re.IGNORECASE)

_NO_NUMBER = "Il n'y a pas de SIREN dans ce texte : écrivez ses neuf chiffres."
_WRONG_SIREN = "La clé du SIREN est fausse : vérifiez les neuf chiffres."
_WRONG_VAT = "La clé de ce numéro de TVA est fausse : vérifiez-le, ou écrivez les neuf chiffres du SIREN."
_WRONG_SIRET = "Ce SIRET est faux, sa clé ne correspond pas : vérifiez les quatorze chiffres."


def read_siren(text: str) -> Reading[CompanyNumber]:
    """The SIREN, and the SIRET when one is given, of a text such as "RCS Saint-Denis B 833 589 773".

    A wrong number is never corrected, and the SIREN of a wrong SIRET is not taken. Zeros lost in front by a
    spreadsheet come back only when the key then agrees, and a message says so.
    """
    digits = text.replace(" ", "")
    if not (digits.isascii() and digits.isdigit()):
        digits = _SEPARATORS.sub("", plain(text))
    if len(digits) == 9 and digits.isascii() and digits.isdigit() and _is_siren(digits):
        return Reading(CompanyNumber(digits))
    if says_nothing(text):
        return Reading(CompanyNumber())
    typed, text = text.strip(), plain(text)
    if _CUT_BY_EXCEL.fullmatch(text.strip("'\" ")):
        return _refused(typed, "Excel a coupé ce numéro, ses derniers chiffres sont perdus : recopiez-le de sa source.")
    decimal = _FLOAT.fullmatch(text.replace(" ", ""))
    digits = decimal[1] if decimal else digits
    if digits.isascii() and digits.isdigit() and len(digits) <= 14:
        return _of_digits(typed, digits)
    return _inside(typed, text)


def _of_digits(typed: str, digits: str) -> Reading[CompanyNumber]:
    """Read a text that is a number and nothing else."""
    wanted = 9 if len(digits) <= 9 else 14
    if len(digits) == wanted:
        return _checked(typed, digits)
    if wanted - len(digits) <= 2:
        padded = digits.zfill(wanted)
        if _is_siren(padded) if wanted == 9 else _is_siret(padded):
            lost = "Le zéro du début manquait" if wanted - len(digits) == 1 else "Les deux zéros du début manquaient"
            return Reading(_number(padded), message=f"{lost} : lu {show_siren(padded)}, à vérifier.")
    return _refused(typed, _wrong_length(len(digits)))


def _inside(typed: str, text: str) -> Reading[CompanyNumber]:
    """Find the one number of a text that says more than the number."""
    vat = _VAT.search(text)
    if vat:
        siren = _SEPARATORS.sub("", vat[2])
        return Reading(CompanyNumber(siren)) if _is_vat(vat[1].upper() + siren) else _refused(typed, _WRONG_VAT)
    nic = _NIC.search(text)
    if nic:
        return _checked(typed, _SEPARATORS.sub("", nic[1] + nic[2]))
    numbers = {_SEPARATORS.sub("", run): run for run in _RUN.findall(text)}
    whole = [number for number in numbers if len(number) in (9, 14)]
    wrong = [number for number in whole if not (_is_siren if len(number) == 9 else _is_siret)(number)]
    if len({number[:9] for number in whole}) > 1:
        return _refused(typed, "Il y a plusieurs numéros dans ce texte : ne gardez que celui de l'entreprise.")
    if whole and not wrong:
        return Reading(_number(max(whole, key=len)))
    if len(whole) == 2 and len(wrong) == 1 and len(wrong[0]) == 14:
        return Reading(CompanyNumber(wrong[0][:9]), numbers[wrong[0]], _WRONG_SIRET)
    if wrong:
        return _checked(typed, wrong[0])
    if _RNA.search(text):
        return _refused(typed, "C'est un numéro d'association (RNA) : demandez le SIREN, ses neuf chiffres.")
    longest = max(map(len, numbers), default=0)
    return _refused(typed, _wrong_length(longest) if longest >= 5 else _NO_NUMBER)


def _checked(typed: str, digits: str) -> Reading[CompanyNumber]:
    """Read nine or fourteen digits by their key."""
    if len(digits) == 9:
        return Reading(CompanyNumber(digits)) if _is_siren(digits) else _refused(typed, _WRONG_SIREN)
    if _is_siret(digits):
        return Reading(_number(digits))
    if _is_siren(digits[:9]):
        return _refused(
            typed, f"{_WRONG_SIRET[:-1]}, ou n'écrivez que le SIREN s'il est sûr ({show_siren(digits[:9])})."
        )
    return _refused(typed, _WRONG_SIRET)


def _wrong_length(count: int) -> str:
    return f"Un SIREN a neuf chiffres, un SIRET quatorze, et ce numéro en a {count} : vérifiez-le."


def _refused(typed: str, message: str) -> Reading[CompanyNumber]:
    return Reading(CompanyNumber(), typed, message)


def _number(digits: str) -> CompanyNumber:
    return CompanyNumber(digits[:9], digits if len(digits) == 14 else "")


def _is_siren(digits: str) -> bool:
    return _key_agrees(digits) and digits != "000000000"


def _is_siret(digits: str) -> bool:
    if digits.startswith(_LA_POSTE):
        return _checks()[0](digits)
    return _key_agrees(digits) and _is_siren(digits[:9])


def _is_vat(number: str) -> bool:
    return _checks()[1](number)


_LA_POSTE = "356000000"
_ONES = bytes.maketrans(b"0123456789", bytes(range(10)))
_DOUBLED = bytes.maketrans(b"0123456789", bytes((0, 2, 4, 6, 8, 1, 3, 5, 7, 9)))


def _key_agrees(digits: str) -> bool:
    """Luhn's key, twenty times as fast as python-stdnum's: a list has ten thousand of them."""
    code = digits.encode("ascii")
    return (sum(code[::-2].translate(_ONES)) + sum(code[-2::-2].translate(_DOUBLED))) % 10 == 0


@cache
def _checks() -> tuple[Callable[[str], bool], ...]:
    """The controls of python-stdnum that know more than the key (La Poste, VAT), imported when first needed."""
    from stdnum.fr import siret, tva

    return siret.is_valid, tva.is_valid
