"""What signing leaves in the base: sealed documents, the keys that seal, cachets, codes on paper, facts."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from charte_desktop.model.base import Record, id_column

CHARTER, OVERRUN = "charter", "overrun"
"""Kinds of sealed documents."""


class SealedDocument(Record, kw_only=True):
    """A document signed on screen and sealed; never changed again, but for a time stamp added after it."""

    __tablename__ = "sealed_document"

    id: Mapped[str] = id_column()
    kind: Mapped[str] = mapped_column(String)
    """`CHARTER` or `OVERRUN`."""
    number: Mapped[str] = mapped_column(String, unique=True)
    subject_id: Mapped[str] = mapped_column(String(36), index=True)
    """The provider of a charter, the project of an overrun."""
    title: Mapped[str] = mapped_column(String)
    signer: Mapped[str] = mapped_column(String)
    adviser: Mapped[str] = mapped_column(String)
    sealed_at: Mapped[datetime]
    fingerprint: Mapped[str] = mapped_column(String)
    """The short one, printed on its pages."""
    certificate_sha256: Mapped[str] = mapped_column(String(64))
    pdf: Mapped[bytes] = mapped_column(LargeBinary, deferred=True, deferred_raiseload=True)
    pdf_sha256: Mapped[str] = mapped_column(String(64))
    page_count: Mapped[int]
    stamped_at: Mapped[datetime | None] = mapped_column(default=None)
    """When a time stamp was added; None when there is none."""
    corrects_id: Mapped[str | None] = mapped_column(ForeignKey("sealed_document.id"), default=None)
    """The document that this one replaces; it stays readable."""
    correction_reason: Mapped[str] = mapped_column(String, default="")


class Signing(Record, kw_only=True):
    """How a signature was given: on screen, with its sealed document, or on paper, with its scan."""

    __tablename__ = "signing"

    signature_id: Mapped[str] = mapped_column(ForeignKey("signature.id"), primary_key=True)
    provider_id: Mapped[str] = mapped_column(ForeignKey("provider.id"), index=True)
    signed_at: Mapped[datetime | None] = mapped_column(default=None)
    """None for paper, of which only the day is known."""
    place: Mapped[str] = mapped_column(String, default="")
    adviser: Mapped[str] = mapped_column(String, default="")
    document_id: Mapped[str | None] = mapped_column(ForeignKey("sealed_document.id"), default=None)
    scan_id: Mapped[str | None] = mapped_column(ForeignKey("attachment.id"), default=None)
    """The scan of a charter signed on paper, among the provider's files."""


class SealCertificate(Record, kw_only=True):
    """A certificate this base knows: the workstation's own with its key, another workstation's, or the CCIR's root."""

    __tablename__ = "seal_certificate"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    """SHA-256 of the certificate, in hexadecimal."""
    name: Mapped[str] = mapped_column(String)
    role: Mapped[str] = mapped_column(String)
    """`workstation`, `other` or `root`."""
    certificate: Mapped[bytes] = mapped_column(LargeBinary)
    chain: Mapped[list[str]] = mapped_column(JSON, default_factory=list)
    """The certificates that lead to its authority, each in hexadecimal."""
    private_key: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True, deferred_raiseload=True, default=None)
    """PKCS #8, for the workstation's own; this base is encrypted."""
    device: Mapped[str] = mapped_column(String, default="")
    added_at: Mapped[datetime]
    retired_at: Mapped[datetime | None] = mapped_column(default=None)
    """Since when it seals no more; what it sealed stays known."""


class Stamp(Record, kw_only=True):
    """A provider's cachet, as a picture without its paper; it has no value by itself."""

    __tablename__ = "stamp"

    id: Mapped[str] = id_column()
    provider_id: Mapped[str] = mapped_column(ForeignKey("provider.id"), index=True)
    png: Mapped[bytes] = mapped_column(LargeBinary)
    width_mm: Mapped[float]
    height_mm: Mapped[float]
    added_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None] = mapped_column(default=None)


class PaperCharter(Record, kw_only=True):
    """A charter printed to be signed by hand; the code on each page leads its scan back to its provider."""

    __tablename__ = "paper_charter"

    code: Mapped[str] = mapped_column(String(16), primary_key=True)
    provider_id: Mapped[str] = mapped_column(ForeignKey("provider.id"), index=True)
    version_id: Mapped[str] = mapped_column(ForeignKey("charter_version.id"))
    printed_at: Mapped[datetime]
    adviser: Mapped[str] = mapped_column(String)
    page_count: Mapped[int]


class Incident(Record, kw_only=True):
    """Something that happened with a provider: facts, words and documents, never a verdict (C08)."""

    __tablename__ = "incident"

    id: Mapped[str] = id_column()
    provider_id: Mapped[str] = mapped_column(ForeignKey("provider.id"), index=True)
    happened_on: Mapped[date]
    clauses: Mapped[list[str]] = mapped_column(JSON)
    """The clauses it is about; none when it is about none."""
    statement: Mapped[str] = mapped_column(String)
    """What was said, and by whom."""
    told_by: Mapped[str] = mapped_column(String, default="")
    adviser: Mapped[str] = mapped_column(String)
    noted_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None] = mapped_column(default=None)
