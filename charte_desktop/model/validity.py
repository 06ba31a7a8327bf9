"""How long a signature of the charter binds: whoever has its two dates can ask."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any


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
    """The days on which a signature binds."""

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
    """The two dates of a signature, as the base gives them."""

    signed_on: date
    cancelled_on: date | None
