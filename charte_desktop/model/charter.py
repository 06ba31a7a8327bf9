"""The charter's versions, the signatures that bind to them, and how long they bind."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from charte_desktop.model.base import Record, id_column


@dataclass(frozen=True)
class RenewalRule:
    """How long a signature binds. By default for ever: the charter's text sets no term."""

    validity_months: int | None = None
    notice_days: int = 30
    grace_days: int = 30

    def ends_on(self, signed_on: date) -> date | None:
        """The last day of validity of a charter signed on `signed_on`, before the grace days."""
        if self.validity_months is None:
            return None
        months = signed_on.month - 1 + self.validity_months
        year, month = signed_on.year + months // 12, months % 12 + 1
        first_of_next = date(year + month // 12, month % 12 + 1, 1)
        return min(date(year, month, 1) + timedelta(signed_on.day - 1), first_of_next - timedelta(1))


class Term:
    """The days on which a signature binds; whoever has its two dates can ask."""

    signed_on: Any
    cancelled_on: Any

    def binds_on(self, day: date, rule: RenewalRule) -> bool:
        """True when the provider is bound on `day`; the grace days after the term still bind."""
        if self.signed_on > day or (self.cancelled_on is not None and self.cancelled_on <= day):
            return False
        end = rule.ends_on(self.signed_on)
        return end is None or day <= end + timedelta(rule.grace_days)

    def is_to_renew_on(self, day: date, rule: RenewalRule) -> bool:
        """True from `notice_days` before the term on."""
        end = rule.ends_on(self.signed_on)
        return end is not None and day > end - timedelta(rule.notice_days)


@dataclass(frozen=True)
class SignatureDates(Term):
    """The two dates of a signature, as a line of a table gives them."""

    signed_on: date
    cancelled_on: date | None


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
