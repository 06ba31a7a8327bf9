"""Where a provider stands: derived from facts on a day, never typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any, Protocol, TypeVar

from charte_desktop.model.identity_text import FIELD_LABELS
from charte_desktop.model.validity import RenewalRule, Term

T = TypeVar("T", bound=Term)

TO_SIGN = (
    "legal_name", "siren", "legal_representative", "address", "contact", "ape", "headcount", "services",
)  # fmt: skip
"""What the charter's form must hold before it can be signed; references may stay empty."""

MISSING_LABELS = {**FIELD_LABELS, "contact": "E-mail ou téléphone"}
"""How a missing part of the form is named on screen."""


class ProviderState(Enum):
    """Where a provider stands, derived from facts, never typed. The value is the word on screen."""

    INCOMPLETE = "À compléter"
    READY = "Prêt à signer"
    SIGNATORY = "Signataire"
    TO_RENEW = "À renouveler"
    WITHDRAWN = "Retiré"
    REMOVED = "Radié"


class FormFacts(Protocol):
    """What the form holds, whether read from a whole record or from one line of a table."""

    @property
    def legal_name(self) -> str: ...
    @property
    def siren(self) -> str: ...
    @property
    def legal_representative(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def city(self) -> str: ...
    @property
    def emails(self) -> Sequence[str]: ...
    @property
    def phones(self) -> Sequence[str]: ...
    @property
    def ape_code(self) -> str: ...
    @property
    def headcount(self) -> int | None: ...
    @property
    def headcount_band(self) -> str: ...
    @property
    def withdrawn_on(self) -> date | None: ...
    @property
    def services(self) -> Sequence[object]: ...


def missing_of(form: FormFacts) -> list[str]:
    """The parts of the form that are still empty, by field; `contact` stands for an e-mail or a telephone."""
    filled = {
        "legal_name": form.legal_name,
        "siren": form.siren,
        "legal_representative": form.legal_representative,
        "address": form.address or form.city,
        "contact": form.emails or form.phones,
        "ape": form.ape_code,
        "headcount": form.headcount is not None or form.headcount_band,
        "services": form.services,
    }
    return [field for field in TO_SIGN if not filled[field]]


class Absence:
    """The days on which a removal stands."""

    removed_on: Any
    lifted_on: Any

    def stands_on(self, day: date) -> bool:
        """True when the provider is out of the register on `day` because of this removal."""
        return bool(self.removed_on <= day and (self.lifted_on is None or day < self.lifted_on))


@dataclass(frozen=True)
class RemovalDates(Absence):
    """A removal as the base gives it: its two dates, what was not kept, and why."""

    removed_on: date
    lifted_on: date | None
    clauses: Sequence[str] = ()
    reason: str = ""


def binding_on(signatures: Sequence[T], removals: Sequence[Absence], day: date, rule: RenewalRule) -> list[T]:
    """The signatures that bind on `day`. One given before a removal was lifted does not: coming back means signing.

    A removal that was lifted before its day came never took place.
    """
    lifted = [one.lifted_on for one in removals if one.lifted_on is not None and one.removed_on <= one.lifted_on <= day]
    back = max(lifted, default=date.min)
    return [one for one in signatures if one.signed_on >= back and one.binds_on(day, rule)]


def state_of(
    form: FormFacts, signatures: Sequence[Term], removals: Sequence[Absence], day: date, rule: RenewalRule
) -> ProviderState:
    """Where a provider stands on `day`, from the facts: removals first, then its own leaving, then its signatures."""
    if any(removal.stands_on(day) for removal in removals):
        return ProviderState.REMOVED
    if form.withdrawn_on is not None and form.withdrawn_on <= day:
        return ProviderState.WITHDRAWN
    binding = binding_on(signatures, removals, day, rule)
    if binding:
        renew = all(signature.is_to_renew_on(day, rule) for signature in binding)
        return ProviderState.TO_RENEW if renew else ProviderState.SIGNATORY
    return ProviderState.INCOMPLETE if missing_of(form) else ProviderState.READY
