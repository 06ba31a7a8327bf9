"""How words are compared, searched and ordered, in one place."""

import re
import unicodedata

_LIGATURES = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d", "ł": "l", "ĳ": "ij", "ﬁ": "fi", "ﬂ": "fl"}
)
_NOT_WORD = re.compile(r"[^0-9a-z]+")
_NOT_WORD_UNICODE = re.compile(r"[\W_]+")


def normalise(text: str) -> str:
    """The form in which every text is indexed and every query is asked (product rule 7).

    Case, accents, ligatures and punctuation go; words stay, separated by one space:
    "L'Étang-Salé" becomes "l etang sale". Letters of other scripts are kept.
    """
    folded = text.casefold().translate(_LIGATURES)
    if folded.isascii():
        return _NOT_WORD.sub(" ", folded).strip()
    plain = "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
    return _NOT_WORD_UNICODE.sub(" ", plain.translate(_LIGATURES)).strip()


def collation_key(text: str) -> tuple[str, str]:
    """Sort key of French alphabetical order: letters first, accents only to part equals."""
    return normalise(text), text
