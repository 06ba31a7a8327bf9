"""How well a passphrase resists guessing, said in words."""

from dataclasses import dataclass
from itertools import pairwise

MINIMUM_LENGTH = 8
"""Characters; a shorter passphrase is refused when the base is made."""
_GOOD, _STRONG = 14, 22
"""Characters that differ enough, from which a passphrase is said to be good, then strong."""


@dataclass(frozen=True)
class Strength:
    """What is thought of a passphrase while it is typed."""

    is_enough: bool
    sentence: str


def strength(text: str) -> Strength:
    """Judge a passphrase by its length, once repetitions and runs ("aaaa", "1234") are taken out.

    Only a passphrase that is too short is not enough; a weak one is told so and accepted.
    """
    if not text:
        return Strength(False, "Quatre mots sans lien entre eux font une bonne phrase, facile à retenir.")
    if len(text) < MINIMUM_LENGTH:
        lacking = MINIMUM_LENGTH - len(text)
        return Strength(False, f"Trop courte : encore {lacking} caractère{'s' if lacking > 1 else ''} au moins.")
    weight = _weight(text.casefold())
    if weight < _GOOD:
        return Strength(True, "Facile à deviner : ajoutez un ou deux mots.")
    if weight < _STRONG:
        return Strength(True, "Correcte. Un mot de plus la rendrait solide.")
    return Strength(True, "Solide.")


def _weight(text: str) -> int:
    """How many characters do not merely repeat or follow the one before."""
    steps = [ord(after) - ord(before) for before, after in pairwise(text)]
    surprising = [step not in (0, 1, -1) for step in steps]
    return min(1 + sum(surprising), 3 * len(set(text)))
