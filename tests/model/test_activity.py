from datetime import date

import pytest

from charte_desktop.errors import UserError
from charte_desktop.model.activity import Period, last_year_before, year_of


def test_a_period_knows_its_months_and_says_itself() -> None:
    period = Period(date(2025, 11, 15), date(2026, 2, 3))
    assert period.months == [(2025, 10), (2025, 11), (2026, 0), (2026, 1)]
    assert period.in_words == "du 15/11/2025 au 03/02/2026"
    assert period.month_words(0) == "novembre 2025"
    assert year_of(date(2026, 10, 20)).in_words == "l'année 2026"
    assert year_of(date(2026, 10, 20)).month_words(11) == "décembre"


@pytest.mark.parametrize("day", [date(2026, 10, 20), date(2024, 2, 29), date(2026, 1, 31)])
def test_the_last_twelve_months_end_on_their_day(day: date) -> None:
    period = last_year_before(day)
    assert period.last == day
    assert 12 <= len(period.months) <= 13


def test_a_period_the_wrong_way_round_or_of_decades_is_refused() -> None:
    with pytest.raises(UserError, match="finit avant de commencer"):
        Period(date(2026, 2, 1), date(2026, 1, 1))
    with pytest.raises(UserError, match="cinq ans"):
        Period(date(1900, 1, 1), date(2026, 1, 1))
