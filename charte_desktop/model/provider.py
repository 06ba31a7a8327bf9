"""The provider: the charter's form, its services, its states, and what may put it on a sheet."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from charte_desktop.model.base import Record, id_column, new_id
from charte_desktop.model.charter import Signature
from charte_desktop.model.identity import Identity
from charte_desktop.model.provider_state import Absence, ProviderState, missing_of, state_of
from charte_desktop.model.provider_text import ProviderText
from charte_desktop.model.validity import RenewalRule


class ProviderService(Record, kw_only=True):
    """A service the provider declares (C09), with what it shows for it."""

    __tablename__ = "provider_service"

    provider_id: Mapped[str] = mapped_column(
        ForeignKey("provider.id", ondelete="CASCADE"), primary_key=True, default=""
    )
    service_id: Mapped[str] = mapped_column(String(36), primary_key=True, index=True)
    """A stable id of the charter's list (S01 … S16), or the id of a local addition."""
    references: Mapped[str] = mapped_column(String, default="")
    criteria: Mapped[str] = mapped_column(String, default="")
    """In which cases the provider takes such work, in its own words."""


class LocalService(Record, kw_only=True):
    """A service that the charter's list does not have; kept apart from its sixteen (C20)."""

    __tablename__ = "local_service"

    id: Mapped[str] = id_column()
    label: Mapped[str] = mapped_column(String)
    family: Mapped[str] = mapped_column(String, default="")


class Removal(Absence, Record, kw_only=True):
    """A provider's removal from the register for a breach of the charter (C18); kept as history."""

    __tablename__ = "removal"

    id: Mapped[str] = id_column()
    provider_id: Mapped[str] = mapped_column(ForeignKey("provider.id"), index=True)
    removed_on: Mapped[date]
    clauses: Mapped[list[str]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(String)
    adviser: Mapped[str] = mapped_column(String)
    lifted_on: Mapped[date | None] = mapped_column(default=None)
    """When the CCIR took the removal back; the line stays."""
    lifting_reason: Mapped[str] = mapped_column(String, default="")


class Attachment(Record, kw_only=True):
    """A file kept with a record, inside the base."""

    __tablename__ = "attachment"

    id: Mapped[str] = id_column()
    owner_id: Mapped[str] = mapped_column(String(36), index=True)
    """The provider, company or other record the file belongs to."""
    name: Mapped[str] = mapped_column(String)
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    """Bytes."""
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True, deferred_raiseload=True)
    added_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None] = mapped_column(default=None)


class ImportedLine(Record, kw_only=True):
    """The cells of a list's line as they stood, kept when the line could not be read whole."""

    __tablename__ = "imported_line"

    id: Mapped[str] = id_column()
    record_id: Mapped[str] = mapped_column(String(36), index=True)
    source: Mapped[str] = mapped_column(String)
    sheet: Mapped[str] = mapped_column(String)
    row: Mapped[int]
    """The line's number as the spreadsheet shows it."""
    cells: Mapped[dict[str, str]] = mapped_column(JSON)


class Provider(ProviderText, Identity, Record, kw_only=True):
    """A digital-service company of the register."""

    __tablename__ = "provider"

    id: Mapped[str] = id_column()
    references: Mapped[str] = mapped_column(String, default="")
    territory: Mapped[list[str]] = mapped_column(JSON, default_factory=list)
    """INSEE codes of the communes served; empty means the whole island."""
    sizes_served: Mapped[list[str]] = mapped_column(JSON, default_factory=list)
    """Headcount bands of the companies served; empty means all."""
    listed: Mapped[bool] = mapped_column(default=True)
    """False when the provider asked not to appear on sheets."""
    hidden_fields: Mapped[list[str]] = mapped_column(JSON, default_factory=list)
    """What the provider asked not to print on a sheet, of `provider_text.HIDEABLE`."""
    withdrawn_on: Mapped[date | None] = mapped_column(default=None)
    withdrawal_reason: Mapped[str] = mapped_column(String, default="")
    created_at: Mapped[datetime | None] = mapped_column(default=None)
    deleted_at: Mapped[datetime | None] = mapped_column(default=None)
    """In the recycle bin since."""

    services: Mapped[list[ProviderService]] = relationship(
        lazy="raise", cascade="all, delete-orphan", passive_deletes=True, default_factory=list,
        order_by=ProviderService.service_id,
    )  # fmt: skip
    signatures: Mapped[list[Signature]] = relationship(
        lazy="raise", default_factory=list, order_by=Signature.signed_on, passive_deletes="all"
    )
    removals: Mapped[list[Removal]] = relationship(
        lazy="raise", default_factory=list, order_by=Removal.removed_on, passive_deletes="all"
    )

    @property
    def service_ids(self) -> list[str]:
        """The ids of the declared services, in the order of the charter's list."""
        return sorted(service.service_id for service in self.services)

    def offer(self, service_ids: Iterable[str]) -> None:
        """Declare exactly these services (C09); what was said of those that stay is kept."""
        wanted = set(service_ids)
        self.services = [one for one in self.services if one.service_id in wanted] + [
            ProviderService(provider_id=self.id, service_id=new)
            for new in sorted(wanted - {one.service_id for one in self.services})
        ]

    def missing(self) -> list[str]:
        """The parts of the form that are still empty, by field; `contact` stands for an e-mail or a telephone."""
        return missing_of(self)

    def state_on(self, day: date, rule: RenewalRule) -> ProviderState:
        """Where the provider stands on `day` (C06, C18); `rule` says how long a signature binds."""
        return state_of(self, self.signatures, self.removals, day, rule)

    def may_be_listed_on(self, day: date, rule: RenewalRule) -> bool:
        """True for a signatory of `day` that agreed to be listed and is not in the recycle bin (C06)."""
        bound = self.state_on(day, rule) in (ProviderState.SIGNATORY, ProviderState.TO_RENEW)
        return bound and self.listed and self.deleted_at is None


def new_provider(**fields: Any) -> Provider:
    """A provider that is not in the register yet."""
    return Provider(id=new_id(), **fields)
