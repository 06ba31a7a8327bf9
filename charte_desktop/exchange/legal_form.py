"""The legal form of a company as lists write it, read into INSEE's legal category."""

from collections.abc import Mapping
from functools import lru_cache

from charte_desktop.model import reference
from charte_desktop.model.wording import normalise

_SHORT: Mapping[str, tuple[str, ...]] = {
    "1000": (
        "ei", "entrepreneur individuel", "entreprise individuelle", "micro entreprise", "micro entrepreneur",
        "auto entrepreneur", "auto entreprise", "autoentrepreneur", "microentreprise", "profession liberale",
    ),
    "5202": ("snc", "societe en nom collectif"),
    "5485": ("selarl",),
    "5499": ("sarl", "societe a responsabilite limitee", "eurl", "sarl unipersonnelle", "sarlu"),
    "5599": ("sa", "societe anonyme"),
    "5710": ("sas", "societe par actions simplifiee", "sasu", "sas unipersonnelle"),
    "6220": ("gie", "groupement d interet economique"),
    "6540": ("sci", "societe civile immobiliere"),
    "9220": ("association", "asso", "association loi 1901", "association declaree", "association loi 1901 declaree"),
}  # fmt: skip
"""Codes of the third level, and what people write for them. INSEE has none for one-person SARL and SAS."""


def read_legal_form(text: str) -> str:
    """The INSEE category of the third level (5499) that a cell names by code, label or usual letters; else empty."""
    code = text.strip()[:4]
    if code in reference.legal_categories() and not text.strip()[4:5].isdigit():
        return code
    return _by_words().get(normalise(text.replace(".", "")), "")


@lru_cache(1)
def _by_words() -> dict[str, str]:
    labels = {normalise(label): code for code, label in reference.legal_categories().items()}
    return labels | {words: code for code, usual in _SHORT.items() for words in usual}
