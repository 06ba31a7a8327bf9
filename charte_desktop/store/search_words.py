"""The words of the search: what a record is indexed by, and what is asked of the index for what somebody typed.

Index and query go through `model.wording.normalise`; numbers are indexed joined, so that they are found with and
without spaces.
"""

import json
import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import groupby
from typing import Any

from charte_desktop.model import reference
from charte_desktop.model.wording import normalise

_MOST_WORDS = 16
_MOST_DIGIT_WORDS = 8
_DOTTED = re.compile(r"((?<![\w.])[0-9]{2}\.[0-9]{1,2}[a-z]?(?![\w.]))", re.IGNORECASE)
"""An activity code, whole or begun: its two numbers belong together, "62.02" is no telephone in 0262."""
_DIGITS = re.compile(r"\d+")
_TWO_NUMBERS = re.compile(r"\d \d")
_DIGIT_RUN = re.compile(r"\b\d+(?: \d+)+\b")


def match_expression(text: str) -> str:
    """The full-text question for what somebody typed: every word, each as the beginning of a word.

    Empty when there is nothing to look for. Neighbouring groups of digits are looked for joined, cut in two, or as they
    stand: "489 487" finds the SIREN 489487926, "97400 0262 00" finds a postal code and a telephone.
    """
    terms: list[str] = []
    for turn, piece in enumerate(_DOTTED.split(text)):
        if turn % 2:
            division, rest = normalise(piece).split()
            terms.append(f'({_prefix(division + rest)} OR "{division} {rest}"*)')
            continue
        for is_number, group in groupby(normalise(piece).split(), _is_number):
            words = list(group)
            terms += [_number(words[:_MOST_WORDS])] if is_number else map(_prefix, words)
    return " AND ".join(terms[:_MOST_WORDS])


def document_of(values: Sequence[Any], services: Iterable[str] = ()) -> tuple[str, str]:
    """The name and the other words by which a provider or a company is found, normalised.

    `values` are those of the columns that `search` indexes, as the base keeps them, then of its columns of texts;
    `services` are the normalised labels of what it declares.
    """
    name, siren, siret, commune_code, ape_code, ape_nomenclature, phones, emails, unread, *texts = values
    texts.append(emails if "\\" not in emails else " ".join(json.loads(emails)))
    if unread != "{}":
        texts += json.loads(unread).values()
    plain = normalise("\n".join(texts))
    words = [plain]
    if _TWO_NUMBERS.search(plain):
        words += [run.replace(" ", "") for run in _DIGIT_RUN.findall(plain)]
    if siren:
        words += (siren, siren[3:], siren[6:], siret)
    for phone in _DIGITS.findall(phones):
        words += _phone_words(phone)
    words.append(_commune_words(commune_code))
    words.append(_ape_words(ape_code, ape_nomenclature))
    words += services
    return normalise(name), " ".join(filter(None, words))


def contact_words(name: str, emails: str, phones: str) -> list[str]:
    """The words by which somebody of a company is found, normalised; `emails` and `phones` as the base keeps them."""
    words = [normalise(f"{name} {' '.join(json.loads(emails))}")]
    for phone in _DIGITS.findall(phones):
        words += _phone_words(phone)
    return words


def _is_number(word: str) -> bool:
    return word.isascii() and word.isdigit()


def _prefix(word: str) -> str:
    return f'"{word}"*'


def _number(words: Sequence[str]) -> str:
    """Groups of digits that may be one number, two, or as many as there are groups."""
    joined = "".join(words)
    ways = [_prefix(joined)]
    if len(joined) == 14:
        ways.append(f'"{joined[:9]}"')  # a SIRET finds its company when only the SIREN is known
    if 1 < len(words) <= _MOST_DIGIT_WORDS:
        ways += (
            f"({_prefix(''.join(words[:cut]))} AND {_prefix(''.join(words[cut:]))})" for cut in range(1, len(words))
        )
    if len(words) > 2:
        ways.append(f"({' AND '.join(map(_prefix, words))})")
    return f"({' OR '.join(ways)})" if len(ways) > 1 else ways[0]


def _phone_words(digits: str) -> tuple[str, ...]:
    """The ways of writing a telephone kept in E.164: international, national, without its 0, its last digits."""
    national = digits[3:] if digits.startswith("262") else digits.removeprefix("33")
    return (digits, f"0{national}", national, national[-6:], national[-4:])


@cache
def service_words(service_id: str) -> str:
    """The label of a service of the charter's list, normalised."""
    return normalise(reference.service_label(service_id))


@cache
def _commune_words(code: str) -> str:
    commune = reference.communes().get(code)
    return "" if commune is None else normalise(commune.name)


@cache
def _ape_words(code: str, nomenclature: str) -> str:
    """A code as it is written, without its point, and its label."""
    if not code:
        return ""
    return normalise(f"{code} {code.replace('.', '')} {reference.ape_label(code, nomenclature)}")
