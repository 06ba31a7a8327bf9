"""Who a company is: the fields that providers and accompanied companies share.

A field holds only what was understood, in its canonical form. What was typed and not understood stays, word for
word, in `unread` under the field's name, and is shown in the field with its sentence until somebody mends it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, MappedAsDataclass, mapped_column

from charte_desktop.model import identifiers
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


class Identity(MappedAsDataclass, kw_only=True):
    """The identity of a company, as the charter's form asks for it."""

    legal_name: Mapped[str] = mapped_column(String, default="")
    siren: Mapped[str] = mapped_column(String(9), default="", index=True)
    """Nine digits with a right check digit, or empty."""
    siret: Mapped[str] = mapped_column(String(14), default="")
    """The establishment, when it was given: fourteen digits that pass their control, or empty."""
    legal_representative: Mapped[str] = mapped_column(String, default="")
    address: Mapped[str] = mapped_column(String, default="")
    """Street lines, without postal code and commune."""
    postal_code: Mapped[str] = mapped_column(String(5), default="")
    city: Mapped[str] = mapped_column(String, default="")
    """The place as written on an envelope: a commune, a district such as Sainte-Clotilde, a CEDEX."""
    commune_code: Mapped[str] = mapped_column(String(5), default="")
    """INSEE code of the commune, when the place names one of the 24 of La Réunion; otherwise empty."""
    emails: Mapped[list[str]] = mapped_column(JSON, default_factory=list)
    phones: Mapped[list[str]] = mapped_column(JSON, default_factory=list)
    """E.164, in the order typed."""
    ape_code: Mapped[str] = mapped_column(String(6), default="")
    ape_nomenclature: Mapped[str] = mapped_column(String(8), default="")
    """`NAFRev2` or `NAF2025`: a code keeps the list it comes from."""
    headcount: Mapped[int | None] = mapped_column(default=None)
    """The exact number, when one was given."""
    headcount_band: Mapped[str] = mapped_column(String(2), default="")
    """INSEE band, given or derived from the number; empty when unknown."""
    website: Mapped[str] = mapped_column(String, default="")
    notes: Mapped[str] = mapped_column(String, default="")
    unread: Mapped[dict[str, str]] = mapped_column(JSON, default_factory=dict)
    """What was typed and not understood, by field."""

    def enter(self, field: str, text: str) -> list[Problem]:
        """Take what was typed or pasted into `field`; keep what is not understood in `unread`.

        `field` is a key of `FIELD_LABELS` that belongs to the identity. Returns what to tell the user; an unreadable
        value never raises and never disappears.
        """
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
                value = identifiers.show_siren(self.siret or self.siren)
            case "address":
                value = "\n".join(filter(None, [self.address, f"{self.postal_code} {self.city}".strip()]))
            case "emails":
                value = "\n".join(self.emails)
            case "phones":
                value = "\n".join(identifiers.show_phone(phone) for phone in self.phones)
            case "ape":
                value = self.ape_code
            case "headcount":
                value = identifiers.show_headcount(self.headcount, self.headcount_band)
            case _:
                value = str(getattr(self, field))
        return "\n".join(filter(None, [value, self.unread.get(field, "")]))

    def fill_from(self, other: "Identity") -> None:
        """Complete empty fields with another reading of the same company; a filled one stays."""
        for field in _SCALARS:
            if not getattr(self, field):
                setattr(self, field, getattr(other, field))
        for group in _GROUPS:
            if not any(getattr(self, field) for field in group):
                for field in group:
                    setattr(self, field, getattr(other, field))
        for field in ("emails", "phones"):
            mine: list[str] = getattr(self, field)
            setattr(self, field, mine + [one for one in getattr(other, field) if one not in mine])
        self.unread = {**other.unread, **self.unread}

    def looks_like(self, name: str) -> bool:
        """True when `name` is this company's name, legal form and punctuation aside."""
        return bool(name) and bare_name(name) == bare_name(self.legal_name)


_SCALARS = ("legal_name", "siren", "siret", "legal_representative", "website", "notes")
_GROUPS = (
    ("address", "postal_code", "city", "commune_code"),
    ("ape_code", "ape_nomenclature"),
    ("headcount", "headcount_band"),
)
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
