"""The people of a company: who they are, what they do there, how to reach them."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from charte_desktop.model.base import Record, id_column

ROLES = (
    "Dirigeant",
    "Dirigeante",
    "Associé",
    "Associée",
    "Responsable administratif",
    "Comptabilité",
    "Communication",
    "Commercial",
    "Informatique",
    "Assistant",
    "Assistante",
)
"""Roles that are proposed while one is typed; any other will do."""


class CompanyContact(Record, kw_only=True):
    """One person of a company."""

    __tablename__ = "company_contact"

    id: Mapped[str] = id_column()
    company_id: Mapped[str] = mapped_column(ForeignKey("company.id"), index=True)
    name: Mapped[str] = mapped_column(String)
    role: Mapped[str] = mapped_column(String, default="")
    emails: Mapped[list[str]] = mapped_column(JSON, default_factory=list)
    phones: Mapped[list[str]] = mapped_column(JSON, default_factory=list)
    """E.164, in the order typed."""
    notes: Mapped[str] = mapped_column(String, default="")
    deleted_at: Mapped[datetime | None] = mapped_column(default=None)
    """Since when the person is no contact any more; what names them stays readable."""
