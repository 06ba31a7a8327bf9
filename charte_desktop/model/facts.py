"""What is shown of a record, read without making one: the same fields and the same rules, and nothing to save.

A record of `model.provider` is made when something is to be changed; looking at a register does not need 300 ms of
object mapping.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from charte_desktop.model.accompaniment_kind import AccompanimentKind
from charte_desktop.model.identity_text import IdentityText
from charte_desktop.model.provider_state import ProviderState, RemovalDates, missing_of, state_of
from charte_desktop.model.provider_text import ProviderText
from charte_desktop.model.validity import RenewalRule, SignatureDates


@dataclass(kw_only=True, eq=False)
class IdentityFacts(IdentityText):
    """An identity as it is shown, or as somebody types it; the fields are those of `model.identity.Identity`."""

    id: str = ""
    legal_name: str = ""
    siren: str = ""
    siret: str = ""
    legal_representative: str = ""
    address: str = ""
    postal_code: str = ""
    city: str = ""
    commune_code: str = ""
    emails: Sequence[str] = ()
    phones: Sequence[str] = ()
    ape_code: str = ""
    ape_nomenclature: str = ""
    headcount: int | None = None
    headcount_band: str = ""
    website: str = ""
    notes: str = ""
    unread: dict[str, str] = field(default_factory=dict)


@dataclass(kw_only=True, eq=False)
class ProviderFacts(IdentityFacts, ProviderText):
    """A provider as it is shown, with the dates by which its state is known."""

    references: str = ""
    territory: Sequence[str] = ()
    sizes_served: Sequence[str] = ()
    listed: bool = True
    hidden_fields: Sequence[str] = ()
    withdrawn_on: date | None = None
    withdrawal_reason: str = ""
    services: Sequence[str] = ()
    signatures: Sequence[SignatureDates] = ()
    """In the order of their days."""
    removals: Sequence[RemovalDates] = ()
    """In the order of their days."""

    @property
    def service_ids(self) -> Sequence[str]:
        """The ids of the declared services, in the order of the charter's list."""
        return self.services

    def offer(self, service_ids: Iterable[str]) -> None:
        """Declare exactly these services."""
        self.services = sorted(set(service_ids))

    def missing(self) -> list[str]:
        """The parts of the form that are still empty, by field."""
        return missing_of(self)

    def state_on(self, day: date, rule: RenewalRule) -> ProviderState:
        """Where the provider stands on `day` (C06, C18)."""
        return state_of(self, self.signatures, self.removals, day, rule)


@dataclass(frozen=True, kw_only=True)
class AccompanimentFacts:
    """An accompaniment as it is shown, with the services that the company was found to need."""

    id: str
    kind: AccompanimentKind
    held_on: date
    adviser: str
    notes: str
    service_ids: Sequence[str]


@dataclass(kw_only=True, eq=False)
class CompanyFacts(IdentityFacts):
    """A company as it is shown, with what was done for it."""

    legal_category: str = ""
    accompaniments: Sequence[AccompanimentFacts] = ()
    """The latest first."""

    @property
    def needs(self) -> set[str]:
        """The services it was found to need."""
        return {one for held in self.accompaniments for one in held.service_ids}
