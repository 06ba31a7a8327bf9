"""An accompaniment as a conversation gives it, before it is kept and when it is taken up again. No storage here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from charte_desktop.errors import UserError
from charte_desktop.model.accompaniment_kind import AccompanimentKind
from charte_desktop.model.follow_up import Priority


@dataclass(frozen=True)
class Person:
    """Somebody who was met."""

    name: str
    role: str = ""
    contact_id: str = ""
    """Empty for somebody who is not among the company's contacts yet."""

    @property
    def in_words(self) -> str:
        """The name, with what they do."""
        return f"{self.name} ({self.role})" if self.role else self.name


def read_person(text: str) -> Person | None:
    """Somebody typed as "Nom, fonction" or "Nom (fonction)"; None when there is no name."""
    whole = " ".join(text.split())
    if whole.endswith(")") and "(" in whole:
        name, _, role = whole[:-1].rpartition("(")
    else:
        name, _, role = whole.partition(",")
    return Person(name.strip(" ,"), role.strip()) if name.strip(" ,") else None


@dataclass(frozen=True)
class Advised:
    """One recommendation: what, why, how."""

    what: str
    why: str = ""
    how: str = ""
    priority: Priority = Priority.MEDIUM
    question_id: str = ""
    """The question of the diagnostic that proposed it."""


@dataclass(frozen=True, kw_only=True)
class AccompanimentEntry:
    """Everything that a conversation leaves, in its order."""

    kind: AccompanimentKind
    held_on: date
    met: Sequence[Person] = ()
    notes: str = ""
    needs: Mapping[str, Priority] = field(default_factory=dict)
    """By service."""
    recommendations: Sequence[Advised] = ()
    next_step: str = ""
    next_on: date | None = None
    questionnaire_id: str = ""
    """Of the questionnaire that `answers` answer; empty for none."""
    answers: Mapping[str, Any] = field(default_factory=dict)

    def refuse_impossible(self, today: date) -> None:
        """Refuse a day to come, and a next step before the accompaniment itself."""
        if self.held_on > today:
            raise UserError(
                f"Le {self.held_on:%d/%m/%Y} n'est pas encore passé : notez l'accompagnement le jour où il a lieu."
            )
        if self.next_on is not None and self.next_on < self.held_on:
            raise UserError(
                f"La suite prévue le {self.next_on:%d/%m/%Y} viendrait avant l'accompagnement du "
                f"{self.held_on:%d/%m/%Y} : corrigez l'une des deux dates."
            )
