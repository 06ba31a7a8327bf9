from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charte_desktop.model.base import UtcDateTime
from charte_desktop.model.charter import Signature, fingerprint
from charte_desktop.model.validity import RenewalRule

YEARLY = RenewalRule(validity_months=12, notice_days=30, grace_days=30)


def signed(on: date, *, cancelled_on: date | None = None) -> Signature:
    return Signature(provider_id="p", signed_on=on, cancelled_on=cancelled_on)


@pytest.mark.parametrize(
    ("months", "signed_on", "last_day"),
    [
        (None, date(2024, 3, 12), None),
        (12, date(2024, 3, 12), date(2025, 3, 12)),
        (12, date(2024, 2, 29), date(2025, 2, 28)),
        (1, date(2024, 1, 31), date(2024, 2, 29)),
        (12, date(2024, 12, 31), date(2025, 12, 31)),
        (24, date(2024, 11, 30), date(2026, 11, 30)),
        (3, date(2024, 11, 30), date(2025, 2, 28)),
    ],
)
def test_a_term_falls_on_the_same_day_or_the_months_last(months: int | None, signed_on: date, last_day: date) -> None:
    assert RenewalRule(validity_months=months).ends_on(signed_on) == last_day


@given(st.dates(date(2000, 1, 1), date(2090, 12, 31)), st.integers(1, 120))
def test_a_term_lies_in_the_right_month(signed_on: date, months: int) -> None:
    end = RenewalRule(validity_months=months).ends_on(signed_on)
    assert end is not None
    assert (end.year * 12 + end.month) - (signed_on.year * 12 + signed_on.month) == months
    assert end.day <= signed_on.day


def test_c06_a_signature_binds_for_ever_unless_the_ccir_sets_a_term() -> None:
    signature = signed(date(2024, 3, 12))
    assert not signature.binds_on(date(2024, 3, 11), RenewalRule())
    assert signature.binds_on(date(2024, 3, 12), RenewalRule())
    assert signature.binds_on(date(2099, 1, 1), RenewalRule())
    assert not signature.is_to_renew_on(date(2099, 1, 1), RenewalRule())


def test_c06_a_term_binds_through_its_grace_days() -> None:
    signature, end = signed(date(2024, 3, 12)), date(2025, 3, 12)
    assert signature.binds_on(end + timedelta(30), YEARLY)
    assert not signature.binds_on(end + timedelta(31), YEARLY)
    assert not signature.is_to_renew_on(end - timedelta(30), YEARLY)
    assert signature.is_to_renew_on(end - timedelta(29), YEARLY)


def test_a_cancelled_signature_binds_no_more_from_that_day() -> None:
    signature = signed(date(2024, 3, 12), cancelled_on=date(2024, 6, 1))
    assert signature.binds_on(date(2024, 5, 31), RenewalRule())
    assert not signature.binds_on(date(2024, 6, 1), RenewalRule())


def test_a_charter_is_named_by_the_sha_256_of_its_text() -> None:
    assert fingerprint("Charte d'engagement é") == sha256("Charte d'engagement é".encode()).hexdigest()
    assert fingerprint("a\n") != fingerprint("a\r\n")


def test_a_moment_is_kept_in_utc_and_a_naive_one_is_refused() -> None:
    from sqlalchemy.dialects import sqlite

    kind, dialect = UtcDateTime(), sqlite.dialect()
    moment = datetime(2026, 11, 23, 21, 0, tzinfo=UTC)
    assert kind.process_result_value(kind.process_bind_param(moment, dialect), dialect) == moment
    with pytest.raises(ValueError, match="naive"):
        kind.process_bind_param(datetime(2026, 11, 23), dialect)  # noqa: DTZ001 (the naive moment is the point)
