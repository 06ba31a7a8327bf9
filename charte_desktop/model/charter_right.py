"""The right to the charter: whether a company was accompanied, and the attestation that says so (C03, C04).

No storage here: the window, the command line and the documents share these words.
"""

from dataclasses import dataclass
from datetime import date, datetime

from charte_desktop.model.accompaniment_kind import AccompanimentKind
from charte_desktop.model.display import show_siren


@dataclass(frozen=True)
class Held:
    """An accompaniment as an attestation and a look-up name it: nothing of what was said."""

    held_on: date
    kind: AccompanimentKind
    adviser: str = ""


@dataclass(frozen=True, kw_only=True)
class RightToCharter:
    """Whether a company may be offered the charter, and since when (C03, C04)."""

    siren: str
    company_id: str = ""
    """Empty for a company that is not in the base."""
    legal_name: str = ""
    on: date
    """The day that was asked about."""
    held: tuple[Held, ...] = ()
    """The accompaniments up to that day, the first one first."""

    @property
    def is_given(self) -> bool:
        """True when the company was accompanied by the CCIR on that day or before (C03)."""
        return bool(self.held)

    @property
    def since(self) -> date | None:
        """The day of the first accompaniment."""
        return self.held[0].held_on if self.held else None

    @property
    def sentence(self) -> str:
        """The answer to a provider that asks (C04)."""
        siren = show_siren(self.siren)
        if not self.company_id:
            return f"Non : aucune entreprise de la base n'a le SIREN {siren}."
        if not self.is_given:
            return f"Non : {self.legal_name} ({siren}) n'a pas été accompagnée au {self.on:%d/%m/%Y}."
        held = ", ".join(f"{one.kind.value.lower()} le {one.held_on:%d/%m/%Y}" for one in self.held)
        return f"Oui : {self.legal_name} ({siren}) est accompagnée depuis le {self.since:%d/%m/%Y} ({held})."


@dataclass(frozen=True, kw_only=True)
class AttestationContent:
    """Everything printed on an attestation; the same content always gives the same bytes."""

    number: str
    issued_at: datetime
    """Aware of its zone."""
    adviser: str
    company_name: str
    siren: str = ""
    address: str = ""
    """Street, then postal code and city, each on its line."""
    held: tuple[Held, ...]
    demonstration: bool = False
