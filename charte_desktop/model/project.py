"""The tables of projects. What they hold is read as facts (`project_facts`), on which the rules work."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from charte_desktop.model.base import Record, id_column
from charte_desktop.model.identity_text import Problem
from charte_desktop.model.project_fields import PROJECT_FIELDS
from charte_desktop.model.project_kinds import (
    Answer,
    Between,
    DocumentKind,
    EvidenceNature,
    Means,
    NoticeKind,
    Period,
    PriceKind,
    StepKind,
    TaxBasis,
)
from charte_desktop.model.typed_fields import read_field


def _owner() -> Mapped[str]:
    """The project that a line belongs to."""
    return mapped_column(ForeignKey("project.id"), index=True)


class ProjectRecord(Record, kw_only=True):
    """A project under the charter: one company, one provider, from the need to the call after delivery."""

    __tablename__ = "project"

    id: Mapped[str] = id_column()
    number: Mapped[str] = mapped_column(String, unique=True)
    title: Mapped[str] = mapped_column(String, default="")
    company_id: Mapped[str] = mapped_column(ForeignKey("company.id"), index=True)
    provider_id: Mapped[str] = mapped_column(ForeignKey("provider.id"), index=True)
    accompaniment_id: Mapped[str] = mapped_column(ForeignKey("accompaniment.id"), index=True)
    """What gives the right to the charter (C03)."""
    service_ids: Mapped[list[str]] = mapped_column(JSON, default_factory=list)
    need: Mapped[str] = mapped_column(String, default="")
    method: Mapped[str] = mapped_column(String, default="")
    """How the work is followed (C34)."""
    notes: Mapped[str] = mapped_column(String, default="")
    tax_basis: Mapped[TaxBasis] = mapped_column(default=TaxBasis.WITHOUT)
    budget: Mapped[int | None] = mapped_column(default=None)
    """Cents (C39)."""
    end_on: Mapped[date | None] = mapped_column(default=None)
    provider_lead_name: Mapped[str] = mapped_column(String, default="")
    provider_lead_phone: Mapped[str] = mapped_column(String, default="")
    provider_lead_email: Mapped[str] = mapped_column(String, default="")
    client_lead_name: Mapped[str] = mapped_column(String, default="")
    client_lead_phone: Mapped[str] = mapped_column(String, default="")
    client_lead_email: Mapped[str] = mapped_column(String, default="")
    unread: Mapped[dict[str, str]] = mapped_column(JSON, default_factory=dict)
    """What was typed and not understood, by field."""
    adviser: Mapped[str] = mapped_column(String, default="")
    """Who opened the project."""
    created_at: Mapped[datetime | None] = mapped_column(default=None)
    started_on: Mapped[date | None] = mapped_column(default=None)
    version_id: Mapped[str | None] = mapped_column(ForeignKey("charter_version.id"), default=None)
    """The charter that the provider had signed when the project began."""
    closed_on: Mapped[date | None] = mapped_column(default=None)
    closing_reason: Mapped[str] = mapped_column(String, default="")
    predecessor_id: Mapped[str | None] = mapped_column(ForeignKey("project.id"), index=True, default=None)
    """The project that this one goes on with, after an incapacity (C19)."""
    deleted_at: Mapped[datetime | None] = mapped_column(default=None)

    def enter(self, field: str, text: str) -> list[Problem]:
        """Take what was typed into a field of `PROJECT_FIELDS`; what is not understood stays in `unread`."""
        known = PROJECT_FIELDS[field]
        reading = read_field(known, text)
        kept = {name: value for name, value in self.unread.items() if name != field}
        if reading.unread:
            kept[field] = reading.unread
        self.unread = kept
        setattr(self, field, known.kept(reading.value))
        return [Problem(field, text, reading.message)] if reading.message else []

    def shown(self, field: str) -> str:
        """What the field shows: what was understood, or what was typed and was not."""
        return self.unread.get(field) or PROJECT_FIELDS[field].shown(getattr(self, field))


class StepRecord(Record, kw_only=True):
    """A step or a milestone."""

    __tablename__ = "project_step"

    id: Mapped[str] = id_column()
    project_id: Mapped[str] = _owner()
    kind: Mapped[StepKind]
    title: Mapped[str] = mapped_column(String, default="")
    position: Mapped[int]
    planned_start: Mapped[date | None] = mapped_column(default=None)
    planned_end: Mapped[date | None] = mapped_column(default=None)
    actual_start: Mapped[date | None] = mapped_column(default=None)
    actual_end: Mapped[date | None] = mapped_column(default=None)
    outcome: Mapped[str] = mapped_column(String, default="")


class DeliverableRecord(Record, kw_only=True):
    """Something that is handed over (C13)."""

    __tablename__ = "project_deliverable"

    id: Mapped[str] = id_column()
    project_id: Mapped[str] = _owner()
    title: Mapped[str] = mapped_column(String)
    position: Mapped[int]
    planned_on: Mapped[date | None] = mapped_column(default=None)
    delivered_on: Mapped[date | None] = mapped_column(default=None)
    note: Mapped[str] = mapped_column(String, default="")


class MoveRecord(Record, kw_only=True):
    """Planned dates that were moved, with the reason (C34)."""

    __tablename__ = "project_move"

    id: Mapped[str] = id_column()
    project_id: Mapped[str] = _owner()
    subject_id: Mapped[str] = mapped_column(String(36))
    title: Mapped[str] = mapped_column(String)
    start_before: Mapped[date | None]
    end_before: Mapped[date | None]
    start_after: Mapped[date | None]
    end_after: Mapped[date | None]
    reason: Mapped[str] = mapped_column(String)
    moved_at: Mapped[datetime]
    adviser: Mapped[str] = mapped_column(String)


class BaselineRecord(Record, kw_only=True):
    """Dates and money as both parties agreed (C25)."""

    __tablename__ = "project_baseline"

    id: Mapped[str] = id_column()
    project_id: Mapped[str] = _owner()
    number: Mapped[int]
    agreed_on: Mapped[date]
    provider_by: Mapped[str] = mapped_column(String)
    client_by: Mapped[str] = mapped_column(String)
    note: Mapped[str] = mapped_column(String, default="")
    budget: Mapped[int | None]
    end_on: Mapped[date | None]
    dates: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict)
    total_12: Mapped[int] = mapped_column(default=0)
    total_36: Mapped[int] = mapped_column(default=0)


class PartyRecord(Record, kw_only=True):
    """Another party of the project (C32)."""

    __tablename__ = "project_party"

    id: Mapped[str] = id_column()
    project_id: Mapped[str] = _owner()
    name: Mapped[str] = mapped_column(String)
    role: Mapped[str] = mapped_column(String)
    contact: Mapped[str] = mapped_column(String, default="")


class PriceLineRecord(Record, kw_only=True):
    """A price of the quote, or of an overrun (C37, C40)."""

    __tablename__ = "project_price"

    id: Mapped[str] = id_column()
    project_id: Mapped[str] = _owner()
    kind: Mapped[PriceKind]
    label: Mapped[str] = mapped_column(String)
    amount: Mapped[int]
    """Cents, for one payment."""
    period: Mapped[Period]
    supplier: Mapped[str] = mapped_column(String, default="")
    begins_on: Mapped[date | None] = mapped_column(default=None)
    position: Mapped[int]
    overrun_id: Mapped[str | None] = mapped_column(ForeignKey("project_overrun.id"), index=True, default=None)


class PriceChangeRecord(Record, kw_only=True):
    """A price that changes while the contract runs (C41)."""

    __tablename__ = "project_price_change"

    id: Mapped[str] = id_column()
    project_id: Mapped[str] = _owner()
    price_line_id: Mapped[str] = mapped_column(ForeignKey("project_price.id"), index=True)
    new_amount: Mapped[int]
    notified_on: Mapped[date]
    notified_how: Mapped[Means]
    effective_on: Mapped[date]
    reason: Mapped[str] = mapped_column(String, default="")
    answer: Mapped[Answer] = mapped_column(default=Answer.WAITING)
    answered_on: Mapped[date | None] = mapped_column(default=None)
    answered_by: Mapped[str] = mapped_column(String, default="")


class InvoiceRecord(Record, kw_only=True):
    """What was billed; negative for a credit note."""

    __tablename__ = "project_invoice"

    id: Mapped[str] = id_column()
    project_id: Mapped[str] = _owner()
    number: Mapped[str] = mapped_column(String)
    issued_on: Mapped[date]
    amount: Mapped[int]
    price_line_id: Mapped[str | None] = mapped_column(ForeignKey("project_price.id"), index=True, default=None)
    overrun_id: Mapped[str | None] = mapped_column(ForeignKey("project_overrun.id"), index=True, default=None)
    note: Mapped[str] = mapped_column(String, default="")


class OverrunRecord(Record, kw_only=True):
    """An overrun and its four stages (C36, C37, C38)."""

    __tablename__ = "project_overrun"

    id: Mapped[str] = id_column()
    project_id: Mapped[str] = _owner()
    number: Mapped[int]
    opened_on: Mapped[date]
    contacted_on: Mapped[date | None] = mapped_column(default=None)
    contact_how: Mapped[Means | None] = mapped_column(default=None)
    contact_who: Mapped[str] = mapped_column(String, default="")
    reason: Mapped[str] = mapped_column(String, default="")
    reason_told_on: Mapped[date | None] = mapped_column(default=None)
    costed_on: Mapped[date | None] = mapped_column(default=None)
    new_end_on: Mapped[date | None] = mapped_column(default=None)
    budget_before: Mapped[int | None] = mapped_column(default=None)
    """The global budget when the client agreed."""
    end_before: Mapped[date | None] = mapped_column(default=None)
    answer: Mapped[Answer] = mapped_column(default=Answer.WAITING)
    answered_on: Mapped[date | None] = mapped_column(default=None)
    signer: Mapped[str] = mapped_column(String, default="")
    capacity: Mapped[str] = mapped_column(String, default="")
    refusal: Mapped[str] = mapped_column(String, default="")
    document_id: Mapped[str | None] = mapped_column(ForeignKey("project_document.id"), index=True, default=None)
    amendment_id: Mapped[str | None] = mapped_column(ForeignKey("project_document.id"), index=True, default=None)


class NoticeRecord(Record, kw_only=True):
    """Something of which the CCIR was informed (C28, C29)."""

    __tablename__ = "project_notice"

    id: Mapped[str] = id_column()
    project_id: Mapped[str] = _owner()
    kind: Mapped[NoticeKind]
    received_on: Mapped[date]
    from_whom: Mapped[str] = mapped_column(String)
    note: Mapped[str] = mapped_column(String, default="")
    document_id: Mapped[str | None] = mapped_column(ForeignKey("project_document.id"), index=True, default=None)


class ExchangeRecord(Record, kw_only=True):
    """A line of the log (C26, C35)."""

    __tablename__ = "project_exchange"

    id: Mapped[str] = id_column()
    project_id: Mapped[str] = _owner()
    held_on: Mapped[date]
    means: Mapped[Means]
    between: Mapped[Between]
    summary: Mapped[str] = mapped_column(String)
    adviser: Mapped[str] = mapped_column(String)
    noted_at: Mapped[datetime]
    about_removal: Mapped[bool] = mapped_column(default=False)


class DocumentRecord(Record, kw_only=True):
    """A document: its file among the attachments, or the place of the paper."""

    __tablename__ = "project_document"

    id: Mapped[str] = id_column()
    project_id: Mapped[str] = _owner()
    kind: Mapped[DocumentKind]
    title: Mapped[str] = mapped_column(String, default="")
    dated_on: Mapped[date | None] = mapped_column(default=None)
    signed_on: Mapped[date | None] = mapped_column(default=None)
    source: Mapped[str] = mapped_column(String, default="")
    attachment_id: Mapped[str | None] = mapped_column(ForeignKey("attachment.id"), index=True, default=None)
    sealed_id: Mapped[str | None] = mapped_column(ForeignKey("sealed_document.id"), index=True, default=None)
    """What was signed on screen and sealed."""
    step_id: Mapped[str | None] = mapped_column(ForeignKey("project_step.id"), index=True, default=None)
    clause_ids: Mapped[list[str]] = mapped_column(JSON, default_factory=list)
    annexed_on: Mapped[date | None] = mapped_column(default=None)
    annex_version_id: Mapped[str | None] = mapped_column(ForeignKey("charter_version.id"), default=None)
    annex_attachment_id: Mapped[str | None] = mapped_column(ForeignKey("attachment.id"), index=True, default=None)
    annex_source: Mapped[str] = mapped_column(String, default="")
    added_at: Mapped[datetime]
    adviser: Mapped[str] = mapped_column(String)


class EvidenceRecord(Record, kw_only=True):
    """A dated fact about a clause (C08: facts, never a verdict)."""

    __tablename__ = "project_evidence"

    id: Mapped[str] = id_column()
    project_id: Mapped[str] = _owner()
    clause_id: Mapped[str] = mapped_column(String(3))
    nature: Mapped[EvidenceNature]
    noted_on: Mapped[date]
    statement: Mapped[str] = mapped_column(String)
    document_id: Mapped[str | None] = mapped_column(ForeignKey("project_document.id"), index=True, default=None)
    adviser: Mapped[str] = mapped_column(String)


class IncapacityRecord(Record, kw_only=True):
    """The provider cannot go on (C19)."""

    __tablename__ = "project_incapacity"

    id: Mapped[str] = id_column()
    project_id: Mapped[str] = _owner()
    declared_on: Mapped[date]
    reason: Mapped[str] = mapped_column(String)
    open_clauses: Mapped[list[str]] = mapped_column(JSON, default_factory=list)
    successor_id: Mapped[str | None] = mapped_column(ForeignKey("project.id"), index=True, default=None)
    handed_on: Mapped[date | None] = mapped_column(default=None)
    lifted_on: Mapped[date | None] = mapped_column(default=None)
