"""What was said with a company between two accompaniments: calls, mails, meetings."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from charte_desktop.model.base import Record, id_column
from charte_desktop.model.exchange_kind import ExchangeKind


class Exchange(Record, kw_only=True):
    """One exchange. The files that came with it are attachments of it."""

    __tablename__ = "exchange"
    __table_args__ = (Index("ix_exchange_standing", "company_id", "deleted_at", "held_at", "filed_at"),)

    id: Mapped[str] = id_column()
    company_id: Mapped[str] = mapped_column(ForeignKey("company.id"))
    kind: Mapped[ExchangeKind]
    held_at: Mapped[datetime | None] = mapped_column(default=None)
    """When it was; None for a mail that does not say."""
    filed_at: Mapped[datetime]
    """When it was entered."""
    with_whom: Mapped[str] = mapped_column(String, default="")
    """Names, as they are read; of a mail, who sent it and to whom."""
    subject: Mapped[str] = mapped_column(String, default="")
    text: Mapped[str] = mapped_column(String, default="")
    adviser: Mapped[str] = mapped_column(String)
    message_id: Mapped[str] = mapped_column(String, index=True, default="")
    """The name that a mail gives itself; without one, the SHA-256 of its file. Empty for anything else."""
    deleted_at: Mapped[datetime | None] = mapped_column(default=None)
