"""The directory sheet: who may stand on it, why, and in which order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from charte_desktop.model import reference
from charte_desktop.model.base import Record, id_column
from charte_desktop.model.provider import Provider
from charte_desktop.model.validity import RenewalRule
from charte_desktop.model.wording import normalise


@dataclass(frozen=True)
class Criteria:
    """What a sheet is asked for."""

    service_ids: tuple[str, ...]
    commune_code: str = ""
    """INSEE code of the place of the work; empty asks nothing of the territory."""
    headcount_band: str = ""
    """The company's size; empty asks nothing of the sizes served."""


@dataclass(frozen=True)
class Candidate:
    """A provider that meets the criteria, with its reason in plain words."""

    provider: Provider
    reason: str


@dataclass(frozen=True, kw_only=True)
class RecallLine:
    """A company that was handed a provider's name (C18)."""

    company_id: str
    company_name: str
    address: str = ""
    """Street, then postal code and city, each on its line."""
    emails: tuple[str, ...] = ()
    contact: str = ""
    """How to reach the company: e-mails, then telephones."""
    sheet_number: str
    issued_on: date
    adviser: str
    handed_at: datetime | None
    """None for a sheet that was printed without its hand-over being noted."""
    to_whom: str


@dataclass(frozen=True)
class Exposure:
    """How often a provider was listed on sheets, and how often first."""

    provider_id: str
    legal_name: str
    listed: int
    first: int


class SheetLine(Record, kw_only=True):
    """One provider of a sheet as it was handed out."""

    __tablename__ = "sheet_line"

    sheet_id: Mapped[str] = mapped_column(ForeignKey("directory_sheet.id"), primary_key=True, default="")
    position: Mapped[int] = mapped_column(primary_key=True)
    provider_id: Mapped[str] = mapped_column(ForeignKey("provider.id"), index=True)
    reason: Mapped[str] = mapped_column(String)
    by_hand: Mapped[str] = mapped_column(String, default="")
    """Why the adviser added this line although the criteria did not; empty for a line of the matching."""


class HandOver(Record, kw_only=True):
    """A sheet given to a company (C07)."""

    __tablename__ = "hand_over"

    id: Mapped[str] = id_column()
    sheet_id: Mapped[str] = mapped_column(ForeignKey("directory_sheet.id"), index=True)
    handed_at: Mapped[datetime]
    to_whom: Mapped[str] = mapped_column(String)
    medium: Mapped[str] = mapped_column(String)
    adviser: Mapped[str] = mapped_column(String)


class DirectorySheet(Record, kw_only=True):
    """A numbered list of signatories, made for one company during one accompaniment (C03, C07); kept as printed."""

    __tablename__ = "directory_sheet"
    __table_args__ = (Index("ix_directory_sheet_issued_on", "issued_on", "company_id"),)

    id: Mapped[str] = id_column()
    number: Mapped[str] = mapped_column(String, unique=True)
    company_id: Mapped[str] = mapped_column(ForeignKey("company.id"), index=True)
    accompaniment_id: Mapped[str] = mapped_column(ForeignKey("accompaniment.id"), index=True)
    issued_at: Mapped[datetime]
    issued_on: Mapped[date]
    valid_until: Mapped[date]
    adviser: Mapped[str] = mapped_column(String)
    criteria: Mapped[dict[str, Any]] = mapped_column(JSON)
    """`service_ids`, `commune_code`, `headcount_band`."""
    layout: Mapped[str] = mapped_column(String)
    """One of `sheet_content.Layout`."""
    left_out: Mapped[list[dict[str, str]]] = mapped_column(JSON, default_factory=list)
    """`provider_id` and `reason` of each line the adviser took out."""
    pdf: Mapped[bytes] = mapped_column(LargeBinary, deferred=True, deferred_raiseload=True)
    pdf_sha256: Mapped[str] = mapped_column(String(64))
    page_count: Mapped[int]

    lines: Mapped[list[SheetLine]] = relationship(
        lazy="raise", default_factory=list, order_by=SheetLine.position, passive_deletes="all"
    )


def match(provider: Provider, criteria: Criteria, on: date, rule: RenewalRule) -> str | None:
    """Why `provider` stands on a sheet for `criteria`, from declared facts only; None when it does not.

    Hard criteria: signatory on that day and publishable (C06), at least one of the services, the territory, the size.
    """
    offered = [one for one in criteria.service_ids if one in set(provider.service_ids)]
    if not offered or not provider.may_be_listed_on(on, rule):
        return None
    if criteria.commune_code and provider.territory and criteria.commune_code not in provider.territory:
        return None
    if criteria.headcount_band and provider.sizes_served and criteria.headcount_band not in provider.sizes_served:
        return None
    return explain(provider, offered, criteria, on, rule)


def explain(provider: Provider, offered: Sequence[str], criteria: Criteria, on: date, rule: RenewalRule) -> str:
    """The printed reason: declared services of the charter, territory, sizes, date of the charter, and nothing else."""
    services = ", ".join(reference.service_label(one) for one in offered if one in reference.offered_services())
    facts = [f"Déclare : {services}"]
    if criteria.commune_code:
        place = reference.communes()[criteria.commune_code].name
        facts.append(f"intervient à {place}" if provider.territory else f"intervient sur toute l'île, dont {place}")
    if criteria.headcount_band and provider.sizes_served:
        facts.append(f"s'adresse aux entreprises de votre taille ({reference.band_label(criteria.headcount_band)})")
    signed = max(one.signed_on for one in provider.signatures if one.binds_on(on, rule))
    facts.append(f"charte signée le {signed:%d/%m/%Y}")
    return " ; ".join(facts) + "."


def draw(number: str, candidates: Iterable[Candidate]) -> list[Candidate]:
    """Candidates in the neutral order of the sheet `number`: by SHA-256 of "number|SIREN".

    Anyone who holds the sheet can replay it with its number and the printed SIRENs; a provider without SIREN counts
    by its normalised name.
    """

    def rank(candidate: Candidate) -> str:
        provider = candidate.provider
        return sha256(f"{number}|{provider.siren or normalise(provider.legal_name)}".encode()).hexdigest()

    return sorted(candidates, key=rank)
