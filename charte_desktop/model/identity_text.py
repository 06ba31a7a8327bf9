"""The identity as text: what was typed becomes canonical fields, and fields become what a form shows.

No storage here: records and what is read of them for the screen share these rules.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from charte_desktop.model import display
from charte_desktop.model.wording import normalise


@dataclass(frozen=True)
class Problem:
    """One thing to mend or to look at: the field, what was typed, and a French sentence that says what to do."""

    field: str
    value: str
    message: str


FIELD_LABELS = {
    "legal_name": "Raison sociale",
    "siren": "SIREN",
    "legal_representative": "Responsable légal",
    "address": "Adresse",
    "emails": "E-mail",
    "phones": "Téléphone",
    "ape": "Code APE",
    "headcount": "Nombre d'employés",
    "services": "Services & prestations proposés",
    "references": "Principales références & travaux réalisés",
    "website": "Site internet",
    "charter_signed_on": "Charte signée le",
    "notes": "Notes",
}
"""The words of the charter's form, in its order, by field."""


class IdentityText:
    """The fields of an identity, entered and shown as text; subclasses say how they are kept."""

    if TYPE_CHECKING:  # each keeper declares them in its own way
        legal_name: Any
        siren: Any
        siret: Any
        legal_representative: Any
        address: Any
        postal_code: Any
        city: Any
        commune_code: Any
        emails: Any
        phones: Any
        ape_code: Any
        ape_nomenclature: Any
        headcount: Any
        headcount_band: Any
        website: Any
        notes: Any
        unread: Any

    def enter(self, field: str, text: str) -> list[Problem]:
        """Take what was typed or pasted into `field`; keep what is not understood in `unread`.

        `field` is a key of `FIELD_LABELS` that belongs to the identity. Returns what to tell the user; an unreadable
        value never raises and never disappears.
        """
        from charte_desktop.model import identifiers

        kept = {name: value for name, value in self.unread.items() if name != field}
        reading: identifiers.Reading[object]
        match field:
            case "siren":
                number = identifiers.read_siren(text)
                self.siren, self.siret = number.value.siren, number.value.siret
                reading = number
            case "address":
                place = identifiers.read_place(text)
                self.address, self.postal_code = place.value.address, place.value.postal_code
                self.city, self.commune_code = place.value.city, place.value.commune_code
                reading = place
            case "emails":
                emails = identifiers.read_emails(text)
                self.emails = list(emails.value)
                reading = emails
            case "phones":
                phones = identifiers.read_phones(text)
                self.phones = list(phones.value)
                reading = phones
            case "ape":
                ape = identifiers.read_ape(text)
                self.ape_code, self.ape_nomenclature = ape.value.code, ape.value.nomenclature
                reading = ape
            case "headcount":
                size = identifiers.read_headcount(text)
                self.headcount, self.headcount_band = size.value.number, size.value.band
                reading = size
            case "website":
                site = identifiers.read_website(text)
                self.website = site.value
                reading = site
            case "legal_name" | "legal_representative":
                setattr(self, field, " ".join(text.split()))
                return []
            case "notes":
                self.notes = text.strip()
                return []
            case _:
                raise KeyError(field)
        if reading.unread:
            kept[field] = reading.unread
        self.unread = kept
        return [Problem(field, reading.unread or text, reading.message)] if reading.message else []

    def shown(self, field: str) -> str:
        """What the field shows: its value in French format, then what was typed and not understood."""
        match field:
            case "siren":
                value = display.show_siren(self.siret or self.siren)
            case "address":
                value = "\n".join(filter(None, [self.address, f"{self.postal_code} {self.city}".strip()]))
            case "emails":
                value = "\n".join(self.emails)
            case "phones":
                value = "\n".join(display.show_phone(phone) for phone in self.phones)
            case "ape":
                value = self.ape_code
            case "headcount":
                value = display.show_headcount(self.headcount, self.headcount_band)
            case _:
                value = str(getattr(self, field))
        return "\n".join(filter(None, [value, self.unread.get(field, "")]))

    def looks_like(self, name: str) -> bool:
        """True when `name` is this company's name, legal form and punctuation aside."""
        return bool(name) and bare_name(name) == bare_name(self.legal_name)


_INITIALS = re.compile(r"\b[^\W\d_](?:\.[^\W\d_])+\b\.?")
_LEGAL_FORMS = frozenset(
    "sarl sas sasu eurl sa sci scop scic snc ei eirl selarl gie sarlu societe ste ets etablissements".split()
)


def bare_name(name: str) -> str:
    """A company name reduced to what people compare: normalised, without its legal form ("SAS", "S.A.S.")."""
    whole = normalise(_INITIALS.sub(lambda found: found[0].replace(".", ""), name) if "." in name else name)
    words = whole.split()
    return whole if _LEGAL_FORMS.isdisjoint(words) else " ".join(_without_forms(words)) or whole


def _without_forms(words: Iterable[str]) -> list[str]:
    return [word for word in words if word not in _LEGAL_FORMS]
