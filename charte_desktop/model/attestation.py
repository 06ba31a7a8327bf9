"""The attestation that a company was accompanied: what a provider asks for before it uses the charter (C03, C04)."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from charte_desktop.model.base import Record, id_column


class Attestation(Record, kw_only=True):
    """An attestation, numbered and kept as printed."""

    __tablename__ = "attestation"

    id: Mapped[str] = id_column()
    number: Mapped[str] = mapped_column(String, unique=True)
    company_id: Mapped[str] = mapped_column(ForeignKey("company.id"), index=True)
    accompaniment_id: Mapped[str] = mapped_column(ForeignKey("accompaniment.id"))
    """The first one that it names: what gave the right stays."""
    issued_at: Mapped[datetime]
    issued_on: Mapped[date]
    adviser: Mapped[str] = mapped_column(String)
    held: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    """`held_on` (ISO), `kind` (name) and `adviser` of each accompaniment it names."""
    pdf: Mapped[bytes] = mapped_column(LargeBinary, deferred=True, deferred_raiseload=True)
    pdf_sha256: Mapped[str] = mapped_column(String(64))
