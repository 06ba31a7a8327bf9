"""The working calendar of La Réunion (C14)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charte_desktop.model.calendar import Closure
from charte_desktop.model.working_days import WorkingDays


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2027, 12, 20), "Abolition de l'esclavage"),
        (date(2026, 4, 6), "Lundi de Pâques"),
        (date(2026, 5, 14), "Ascension"),
        (date(2027, 5, 17), "Lundi de Pentecôte"),
        (date(2026, 7, 14), "Fête nationale"),
        (date(2026, 11, 28), "week-end"),
        (date(2026, 11, 27), ""),
    ],
)
def test_c14_the_days_off_of_the_island_have_their_names(day: date, why: str) -> None:
    assert WorkingDays().reason(day) == why


def test_days_are_counted_from_one_to_the_other_both_included() -> None:
    calendar = WorkingDays()
    assert calendar.count(date(2026, 12, 18), date(2026, 12, 21)) == 2
    assert calendar.count(date(2026, 12, 21), date(2026, 12, 18)) == 0
    assert calendar.add(date(2026, 12, 18), 1) == date(2026, 12, 21)
    assert calendar.add(date(2026, 12, 21), -1) == date(2026, 12, 18)
    assert calendar.on_or_after(date(2026, 12, 19)) == date(2026, 12, 21)
    assert calendar.on_or_before(date(2026, 12, 20)) == date(2026, 12, 18)


def test_a_closure_of_the_office_or_a_cyclone_counts_as_a_day_off() -> None:
    calendar = WorkingDays([Closure(date(2027, 1, 18), date(2027, 1, 19), "Alerte rouge cyclonique")])
    assert calendar.holiday(date(2027, 1, 18)) == "Alerte rouge cyclonique"
    assert calendar.add(date(2027, 1, 15), 1) == date(2027, 1, 20)
    assert [day for day, _ in calendar.off_days(date(2027, 1, 18), date(2027, 1, 20))] == [
        date(2027, 1, 18),
        date(2027, 1, 19),
    ]


def test_a_holiday_on_which_the_office_works_is_a_day_like_another() -> None:
    calendar = WorkingDays(worked={"Lundi de Pentecôte"})
    assert calendar.is_worked(date(2027, 5, 17))
    assert not calendar.is_worked(date(2027, 12, 20))


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.integers(-60, 60))
def test_going_and_coming_back_ends_where_it_began(day: date, count: int) -> None:
    calendar = WorkingDays()
    start = calendar.on_or_after(day)
    there = calendar.add(start, count)
    assert calendar.is_worked(there)
    assert calendar.add(there, -count) == start
    assert abs(there - start) >= timedelta(abs(count))
