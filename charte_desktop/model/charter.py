"""The charter's versions, the signatures that bind to them, and how long they bind."""

from datetime import date, datetime
from hashlib import sha256

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from charte_desktop.model.base import Record, id_column
from charte_desktop.model.validity import Term


class CharterVersion(Record, kw_only=True):
    """A text of the charter; its fingerprint is its identity."""

    __tablename__ = "charter_version"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    """SHA-256 of the text in UTF-8, in hexadecimal."""
    label: Mapped[str] = mapped_column(String)
    text: Mapped[str] = mapped_column(String, deferred=True, deferred_raiseload=True)
    added_at: Mapped[datetime]


class Signature(Term, Record, kw_only=True):
    """What binds a provider to the charter from a day on (C06)."""

    __tablename__ = "signature"

    id: Mapped[str] = id_column()
    provider_id: Mapped[str] = mapped_column(ForeignKey("provider.id"), index=True)
    version_id: Mapped[str | None] = mapped_column(ForeignKey("charter_version.id"), default=None)
    """None when only a date is known: a list that says "charte signée le …" does not say which text."""
    signed_on: Mapped[date]
    medium: Mapped[str] = mapped_column(String, default="papier")
    signer: Mapped[str] = mapped_column(String, default="")
    capacity: Mapped[str] = mapped_column(String, default="")
    source: Mapped[str] = mapped_column(String, default="")
    """Where the signature is known from: the paper seen, the list and its line."""
    cancelled_on: Mapped[date | None] = mapped_column(default=None)
    cancellation_reason: Mapped[str] = mapped_column(String, default="")


def fingerprint(text: str) -> str:
    """The SHA-256 that names a charter version."""
    return sha256(text.encode()).hexdigest()
