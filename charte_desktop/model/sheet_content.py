"""What a directory sheet says, ready to be printed: the only thing a drawing function is given."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Literal

from charte_desktop.model import display, reference
from charte_desktop.model.provider import LocalService
from charte_desktop.model.sheet import Candidate

Layout = Literal["cards", "table", "large", "booklet"]
"""Cards, a comparison table, cards in large print, cards as a folded A5 booklet."""


@dataclass(frozen=True)
class ListedService:
    """A service as it is printed: its words and those of its family, never its identifier."""

    id: str
    label: str
    family: str = ""
    """The family's name as the charter writes it; empty for a local addition that has none."""


@dataclass(frozen=True)
class SheetEntry:
    """One provider of the sheet. A field that it asked not to print is empty here already."""

    position: int
    """From 1, in the order of the draw."""
    legal_name: str
    siren: str
    """Nine digits, or empty; printed so that the draw can be replayed."""
    services: tuple[ListedService, ...]
    reason: str
    """Why the provider is here, from declared facts only."""
    by_hand: str = ""
    """The adviser's reason, for a line added by hand."""
    legal_representative: str = ""
    address: str = ""
    postal_code: str = ""
    city: str = ""
    phones: tuple[str, ...] = ()
    """E.164."""
    emails: tuple[str, ...] = ()
    website: str = ""
    headcount: str = ""
    """In words: "13 salariés", or the band."""
    references: str = ""


@dataclass(frozen=True, kw_only=True)
class SheetContent:
    """Everything printed on a directory sheet; the same content always gives the same bytes."""

    number: str
    issued_at: datetime
    """Aware of its zone; printed in Indian/Reunion."""
    valid_until: date
    adviser: str
    company_name: str
    company_place: str = ""
    accompaniment: str
    """The accompaniment the sheet comes from (C07), in words: "Diagnostic du 03/11/2026"."""
    needs: tuple[ListedService, ...]
    """The services asked for."""
    commune: str = ""
    """Name of the commune asked for; empty when the territory was not a criterion."""
    size: str = ""
    """The company's size in words; empty when it was not a criterion."""
    entries: tuple[SheetEntry, ...]
    """In the order in which they are printed."""
    questions: tuple[str, ...]
    """The "questions à poser" of the last page."""
    left_out_count: int = 0
    """How many providers the adviser took out, each with a written reason."""
    layout: Layout = "cards"
    qr: bool = True
    """Whether each card carries its contact as a QR code; a table never does."""
    demonstration: bool = False
    """Whether the companies are invented; the sheet then says so."""


def listed_services(ids: Iterable[str], local: Mapping[str, LocalService] | None = None) -> tuple[ListedService, ...]:
    """The services of `ids` in words, in the order given; `local` holds the local additions by id (C20)."""
    known = reference.services()
    found = []
    for one in ids:
        if one in known:
            found.append(ListedService(one, known[one].label, known[one].family))
        elif local and one in local:
            found.append(ListedService(one, local[one].label, local[one].family))
        else:
            found.append(ListedService(one, "Autre prestation"))
    return tuple(found)


def entry_for(
    position: int, candidate: Candidate, *, by_hand: str = "", local: Mapping[str, LocalService] | None = None
) -> SheetEntry:
    """The line of `candidate`, without what the provider asked not to print; its services must be loaded."""
    provider = candidate.provider
    hidden = frozenset(provider.hidden_fields)

    def shown(field: str, value: str) -> str:
        return "" if field in hidden else value

    return SheetEntry(
        position=position,
        legal_name=provider.legal_name,
        siren=provider.siren,
        services=listed_services(provider.service_ids, local),
        reason=candidate.reason,
        by_hand=by_hand,
        legal_representative=provider.legal_representative,
        address=shown("address", provider.address),
        postal_code=shown("address", provider.postal_code),
        city=shown("address", provider.city),
        phones=() if "phones" in hidden else tuple(provider.phones),
        emails=() if "emails" in hidden else tuple(provider.emails),
        website=shown("website", provider.website),
        headcount=display.say_headcount(provider.headcount, provider.headcount_band),
        references=shown("references", provider.references),
    )


def content_fingerprint(content: SheetContent) -> str:
    """SHA-256, in hexadecimal, of the content as JSON with sorted keys: two sheets that say the same have the same."""
    return sha256(json.dumps(content, default=_plain, sort_keys=True).encode("ascii")).hexdigest()


def _plain(value: object) -> object:
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, date):  # a datetime too
        return value.isoformat()
    raise TypeError(f"not a part of a sheet: {value!r}")
