"""The provider's form as text: beside its identity, what it declares and what may be published."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from charte_desktop.model.identity_text import IdentityText, Problem

HIDEABLE = ("address", "emails", "phones", "references", "website")
"""The fields that a provider may ask not to print on a sheet."""


class ProviderText(IdentityText):
    """The fields of a provider, entered and shown as text; subclasses say how they are kept."""

    if TYPE_CHECKING:  # each keeper declares them in its own way
        references: Any
        territory: Any
        sizes_served: Any
        listed: Any
        hidden_fields: Any

    @property
    def service_ids(self) -> Sequence[str]:
        """The ids of the declared services, in the order of the charter's list."""
        raise NotImplementedError

    def offer(self, service_ids: Iterable[str]) -> None:
        """Declare exactly these services (C09)."""
        raise NotImplementedError

    def enter(self, field: str, text: str) -> list[Problem]:
        """Take what was typed into a field; beside the identity's own, what a provider declares.

        `references` is free text; `services`, `territory`, `sizes_served` and `published` are ids between spaces.
        `published` names what may be shown: `listed` for the provider itself, and each of `HIDEABLE`.
        """
        match field:
            case "references":
                self.references = text.strip()
            case "services":
                self.offer(text.split())
            case "territory" | "sizes_served":
                setattr(self, field, text.split())
            case "published":
                shown = text.split()
                self.listed = "listed" in shown
                self.hidden_fields = [one for one in HIDEABLE if one not in shown]
            case _:
                return super().enter(field, text)
        return []

    def shown(self, field: str) -> str:
        """What the field shows, in the form that `enter` takes."""
        match field:
            case "services":
                return " ".join(self.service_ids)
            case "territory" | "sizes_served":
                return " ".join(getattr(self, field))
            case "published":
                listed = ["listed"] if self.listed else []
                return " ".join(listed + [one for one in HIDEABLE if one not in self.hidden_fields])
            case _:
                return super().shown(field)
