"""The charter's 41 clauses, and the questions a company may ask a provider because of them."""

from dataclasses import dataclass
from enum import Enum
from functools import cache

from charte_desktop.model import reference


class Party(Enum):
    """Who a clause binds. The value is the word on screen."""

    PROVIDER = "Prestataire"
    CCIR = "CCIR"
    BOTH = "Les deux"


_PARTIES = {"P": Party.PROVIDER, "C": Party.CCIR, "B": Party.BOTH}


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing the charter says; its id (C01 … C41) is stable."""

    id: str
    who: Party
    title: str
    """A few words, for screens and printed matrices."""
    text: str
    """The charter's own words, without its line breaks and its marks of emphasis."""


@dataclass(frozen=True, slots=True)
class Question:
    """A plain question for the back of a directory sheet, drawn from a clause."""

    clause_id: str
    text: str


@cache
def clauses() -> dict[str, Clause]:
    """The clauses by id, in the charter's order."""
    return {
        row["id"]: Clause(row["id"], _PARTIES[row["who"]], row["title"], row["text"])
        for row in reference.rows("charter", "clauses.csv")
    }


@cache
def questions() -> tuple[Question, ...]:
    """The ten "questions à poser" of a directory sheet, in the order of a first meeting."""
    return tuple(Question(row["clause"], row["question"]) for row in reference.rows("charter", "questions.csv"))
