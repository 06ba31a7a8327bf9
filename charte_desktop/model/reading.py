"""What reading a typed text gives: a canonical value, what was not understood, a sentence that says what to do."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from charte_desktop.model.wording import normalise

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Reading(Generic[T_co]):
    """One reading. It never raises and nothing of the text is lost.

    With a message and no `unread`, the value stands and the message is a mere warning. With `unread` and no
    message, the text is worth keeping beside the value and nobody need mend it (a fax number).
    """

    value: T_co
    """Canonical, empty when nothing certain could be read."""
    unread: str = ""
    """The part of the text that was not understood, as typed."""
    message: str = ""
    """French: what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class CompanyNumber:
    """A SIREN, with the SIRET when the establishment was given."""

    siren: str = ""
    siret: str = ""


@dataclass(frozen=True, slots=True)
class Ape:
    """An activity code ("62.01Z") and the list it comes from, `NAFRev2` or `NAF2025`."""

    code: str = ""
    nomenclature: str = ""


@dataclass(frozen=True, slots=True)
class Headcount:
    """The exact number when it was given, and the INSEE band."""

    number: int | None = None
    band: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """An address in its parts."""

    address: str = ""
    postal_code: str = ""
    city: str = ""
    commune_code: str = ""


_SAYS_NOTHING = frozenset(
    (
        "", "nc", "n c", "neant", "a completer", "na", "n a", "nd", "n d", "non communique", "non communiquee",
        "non renseigne", "non renseignee", "non defini", "non connu", "non connue", "inconnu", "inconnue", "aucun",
        "aucune", "sans", "sans objet", "so", "s o", "rien", "vide", "null", "none", "nan", "a renseigner",
        "a demander", "a preciser", "a voir", "manquant", "manquante", "pas de", "pas d information", "x", "xx", "xxx",
    )
)  # fmt: skip


def says_nothing(text: str) -> bool:
    """True for a cell that is filled with "NC", "néant", "à compléter", "-" and the like."""
    return len(text) < 24 and normalise(text) in _SAYS_NOTHING


_CONTROLS = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0)))
_LINE_ENDS = dict.fromkeys(map(ord, "\n\v\f\x85\u2028\u2029"), "\n")
_SPACES = dict.fromkeys(map(ord, "\t\r\x1c\x1d\x1e\x1f\u00a0\u202f\u2007\u2009\u2002\u2003\u200a\u3000"), " ")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\u202a\u202b\u202c\u202d\u202e"))
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"), "-")
_FULLWIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_PLAIN = _CONTROLS | _LINE_ENDS | _FULLWIDTH | _SPACES | _INVISIBLE | _DASHES


def plain(text: str) -> str:
    """The text with ordinary spaces, dashes, digits and letters, without invisible characters or outer blanks.

    For understanding only: what is not understood is kept as typed.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    return text.translate(_PLAIN).strip()
