"""What a charter says of one provider, ready to be printed: the only thing a drawing function is given."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from charte_desktop.model import display, reference
from charte_desktop.model.drawing import Drawing
from charte_desktop.model.identity_text import FIELD_LABELS
from charte_desktop.model.provider import Provider

FICHE_FIELDS = (
    "legal_name", "siren", "legal_representative", "address", "emails", "phones", "ape", "headcount", "services",
    "references",
)  # fmt: skip
"""The fields of the charter's form, in its order."""


@dataclass(frozen=True)
class FicheLine:
    """A line of the filled form."""

    label: str
    value: str
    """Several lines, where the form has several; empty where it was left empty."""


@dataclass(frozen=True)
class StampPicture:
    """The cachet: its ink alone, transparent elsewhere."""

    png: bytes
    width_mm: float
    height_mm: float


@dataclass(frozen=True)
class SignedBy:
    """One person who signed, with what was drawn."""

    name: str
    capacity: str
    identified: str
    """How the adviser knows who it is."""
    drawing: Drawing
    mandate: str = ""
    """The mandate's file name, and what is said of it when there is none."""


@dataclass(frozen=True)
class Corrected:
    """The document that another one replaces."""

    number: str
    fingerprint: str
    reason: str


@dataclass(frozen=True)
class ReadSection:
    """How a section of the text was read."""

    title: str
    times: int
    seconds: float
    first_at: datetime | None


@dataclass(frozen=True)
class Told:
    """A line of the page that tells how the document was signed."""

    label: str
    value: str


@dataclass(frozen=True, kw_only=True)
class CharterContent:
    """The charter with the form of one provider, to be signed by hand."""

    provider_name: str
    fiche: tuple[FicheLine, ...]
    version_label: str
    version_id: str
    """SHA-256 of the text."""
    text: str
    at: datetime
    """When it was printed or signed; aware of its zone."""
    adviser: str
    demonstration: bool = False


@dataclass(frozen=True, kw_only=True)
class PaperCharterContent(CharterContent):
    """The charter to print, sign and scan."""

    code: str
    """What each page bears, so that its scan finds its provider."""


@dataclass(frozen=True, kw_only=True)
class SignedCharterContent(CharterContent):
    """The charter as it was signed on screen; the same content always gives the same pages."""

    number: str
    signers: tuple[SignedBy, ...]
    place: str
    stamp: StampPicture | None
    device: str
    sections: tuple[ReadSection, ...]
    read_together: str
    """When it was read with the adviser, in words; empty when it was read on the screen alone."""
    acknowledged: tuple[str, ...]
    """Titles of the clauses that the signer ticked."""
    told: tuple[Told, ...]
    """What else is told of the signing: hand-overs, jumps of the clock."""
    corrects: Corrected | None
    evidence: bytes
    """JSON, attached to the document."""
    fingerprint: str
    """The short one of the evidence, printed on each page."""


def fiche_of(provider: Provider) -> tuple[FicheLine, ...]:
    """The form of the charter, filled with what the provider declares."""
    return tuple(FicheLine(FIELD_LABELS[field], _printed(provider, field)) for field in FICHE_FIELDS)


def _printed(provider: Provider, field: str) -> str:
    match field:
        case "services":
            return "\n".join(reference.service_label(one) for one in provider.service_ids)
        case "siren":
            return "\n".join(
                filter(None, [display.show_siren(provider.siret or provider.siren), provider.unread.get("siren", "")])
            )
        case "headcount":
            return display.say_headcount(provider.headcount, provider.headcount_band) or provider.unread.get(field, "")
        case _:
            return provider.shown(field)


def listed_names(names: Sequence[str]) -> str:
    """Several names in a sentence: "A", "A et B", "A, B et C"."""
    *others, last = names
    return f"{', '.join(others)} et {last}" if others else last
