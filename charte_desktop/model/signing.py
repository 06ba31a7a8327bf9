"""A charter being read and signed: what was shown, by whom it is signed, and what is still in the way.

Everything here is kept as it happens, on the laptop alone, until the document is sealed: a battery that dies in the
middle of a signature loses nothing of it.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from enum import Enum
from typing import Any

from charte_desktop.model.charter_text import Section


class Capacity(Enum):
    """In what capacity somebody signs. The value is the word on screen and on paper."""

    LEGAL = "Responsable légal"
    MANDATED = "Personne mandatée"


class Identification(Enum):
    """How the adviser knows who signs; no copy of an identity document is ever taken."""

    KNOWN = "Connu(e) du conseiller"
    DOCUMENT_SEEN = "Pièce d'identité vue, sans copie"
    OTHER = "Autrement"


@dataclass(frozen=True)
class Signer:
    """Who signs, and how that is known."""

    name: str = ""
    capacity: Capacity = Capacity.LEGAL
    identification: Identification | None = None
    identified_otherwise: str = ""
    """In words, when it is neither of the usual ways."""
    mandate_name: str = ""
    """The mandate's file; its content is kept with the provider's files."""
    mandate_sha256: str = ""

    def missing(self) -> list[str]:
        """What must still be said of this person, in French."""
        lacking = []
        if not self.name.strip():
            lacking.append("le nom de la personne qui signe")
        if self.identification is None:
            lacking.append("comment vous savez qui c'est")
        elif self.identification is Identification.OTHER and not self.identified_otherwise.strip():
            lacking.append("en quelques mots, comment vous savez qui c'est")
        return lacking

    @property
    def identified(self) -> str:
        """How the signer was identified, as it is printed."""
        if self.identification is Identification.OTHER:
            return self.identified_otherwise.strip()
        return "" if self.identification is None else self.identification.value


@dataclass(frozen=True)
class Showing:
    """One section on the screen, once."""

    section: str
    """Its key."""
    run: int
    """Which run of the program, from 0: the steady clock begins anew with each."""
    began_ms: int
    """On the steady clock of the run."""
    lasted_ms: int
    at: str
    """When, by the laptop's clock: ISO 8601 with its zone."""


@dataclass(frozen=True)
class ClockJump:
    """The laptop's clock was set, or the laptop slept, while the charter was read."""

    run: int
    at_ms: int
    """On the steady clock of the run."""
    seconds: float
    """By how much the laptop's clock went further than the steady one; negative when it was put back."""


@dataclass(frozen=True)
class HandOverMoment:
    """The laptop was turned to the signer, or given back."""

    at: str
    """ISO 8601 with its zone."""
    to_signer: bool


@dataclass
class SigningState:
    """A charter being signed, as it is kept from one moment to the next."""

    id: str
    provider_id: str
    version_id: str
    began_at: str
    """ISO 8601 with its zone, as every moment here."""
    runs: list[str] = field(default_factory=list)
    """When each run of the program that worked on it began."""
    step: str = "fiche"
    """The last step on the screen."""
    section: str = ""
    """The key of the last section on the screen."""
    showings: list[Showing] = field(default_factory=list)
    read_together_at: str = ""
    """When the adviser said "lu avec le conseiller"; empty when nobody did."""
    acknowledged: list[str] = field(default_factory=list)
    """Ids of the clauses that the signer ticked, when that was proposed."""
    signers: list[Signer] = field(default_factory=lambda: [Signer()])
    """Who signs; one person, or several who bind the provider together."""
    place: str = ""
    """Where it is signed."""
    stamp_id: str = ""
    signed_at: str = ""
    """When the last signature was kept; empty while one is missing."""
    jumps: list[ClockJump] = field(default_factory=list)
    hand_overs: list[HandOverMoment] = field(default_factory=list)
    corrects_id: str = ""
    """The sealed document that this one replaces."""
    correction_reason: str = ""

    def shown_sections(self) -> set[str]:
        """The keys of the sections that have been on the screen."""
        return {one.section for one in self.showings}

    def unread(self, sections: Iterable[Section]) -> list[Section]:
        """The sections that have not been on the screen yet."""
        shown = self.shown_sections()
        return [one for one in sections if one.key not in shown]

    def may_be_signed(self, sections: Sequence[Section]) -> bool:
        """True once every section was shown, or the adviser recorded that the charter was read together."""
        return bool(self.read_together_at) or not self.unread(sections)

    def missing(self) -> list[str]:
        """What must still be said of who signs and where, in French."""
        lacking = [one for signer in self.signers for one in signer.missing()]
        if not self.place.strip():
            lacking.append("le lieu")
        return list(dict.fromkeys(lacking))

    def seconds_on(self, section: str) -> float:
        """How long a section was on the screen in all."""
        return sum(one.lasted_ms for one in self.showings if one.section == section) / 1000

    def as_json(self) -> str:
        """What is written down."""
        values = asdict(self)
        for written, signer in zip(values["signers"], self.signers, strict=True):
            written["capacity"] = signer.capacity.name
            written["identification"] = signer.identification.name if signer.identification else ""
        return json.dumps(values, ensure_ascii=False)

    @classmethod
    def from_json(cls, written: str) -> "SigningState":
        """What was written down."""
        values: dict[str, Any] = json.loads(written)
        return cls(
            **{
                **values,
                "showings": [Showing(**one) for one in values["showings"]],
                "jumps": [ClockJump(**one) for one in values["jumps"]],
                "hand_overs": [HandOverMoment(**one) for one in values["hand_overs"]],
                "signers": [_signer(one) for one in values["signers"]],
            }
        )


def _signer(written: dict[str, Any]) -> Signer:
    known = written["identification"]
    return Signer(
        **{
            **written,
            "capacity": Capacity[written["capacity"]],
            "identification": Identification[known] if known else None,
        }
    )
