from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from charte_desktop.errors import UserError
from charte_desktop.model.calendar import HOLIDAYS, Closure, WorkingCalendar, calendar_from, holidays_of

DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))
OFFICE = WorkingCalendar(
    (Closure(date(2026, 12, 21), date(2026, 12, 31), "la fermeture de fin d'année"),), frozenset(["Armistice de 1918"])
)


def test_the_holidays_are_those_of_the_law() -> None:
    theirs = holidays.country_holidays("FR", subdiv="974", years=range(2008, 2101))
    ours = {day for year in range(2008, 2101) for day in holidays_of(year)}
    assert ours == set(theirs)


def test_the_twentieth_of_december_is_one_of_the_twelve() -> None:
    assert holidays_of(2027)[date(2027, 12, 20)] == "Abolition de l'esclavage"
    assert len(HOLIDAYS) == 12
    assert {words for year in (2026, 2027) for days in holidays_of(year).values() for words in days.split(", ")} == set(
        HOLIDAYS
    )


def test_a_day_says_why_it_is_not_worked() -> None:
    assert WorkingCalendar().why_closed(date(2026, 10, 20)) == ""
    assert WorkingCalendar().why_closed(date(2026, 10, 24)) == "un samedi"
    assert WorkingCalendar().why_closed(date(2027, 12, 20)) == "férié (Abolition de l'esclavage)"
    assert OFFICE.why_closed(date(2026, 12, 22)) == "la fermeture de fin d'année"


def test_a_holiday_that_the_office_works_is_a_day_like_another() -> None:
    assert not WorkingCalendar().is_working(date(2026, 11, 11))
    assert OFFICE.is_working(date(2026, 11, 11))


def test_what_is_due_on_a_closed_day_comes_with_the_next_worked_one() -> None:
    assert OFFICE.on_or_after(date(2026, 12, 19)) == date(2027, 1, 4)
    assert OFFICE.on_or_before(date(2027, 1, 3)) == date(2026, 12, 18)
    assert OFFICE.add(date(2026, 12, 18), 2) == date(2027, 1, 5)
    assert OFFICE.count(date(2026, 12, 14), date(2027, 1, 5)) == 7


def test_an_office_that_is_closed_for_ever_does_not_stop_the_program() -> None:
    years = [Closure(date(year, 1, 1), date(year, 12, 31)) for year in range(2026, 2031)]
    always = WorkingCalendar(tuple(years))
    assert always.on_or_after(date(2026, 3, 2)) == date(2026, 3, 2)


@pytest.mark.parametrize("last", [date(2026, 1, 1), date(2029, 1, 1)])
def test_a_closure_that_ends_before_it_begins_or_lasts_for_years_is_refused(last: date) -> None:
    with pytest.raises(UserError, match="corrigez ses deux dates"):
        Closure(date(2026, 6, 1), last)


def test_a_calendar_is_kept_as_a_text() -> None:
    assert calendar_from(OFFICE.as_text()) == OFFICE
    assert calendar_from("") == WorkingCalendar()


@given(DAYS)
def test_the_next_worked_day_is_worked_and_near(day: date) -> None:
    following = WorkingCalendar().on_or_after(day)
    assert WorkingCalendar().is_working(following)
    assert day <= following <= day + timedelta(days=5)
    assert (following == day) == WorkingCalendar().is_working(day)


def test_days_are_counted_from_one_to_the_other_both_included() -> None:
    calendar = WorkingCalendar()
    assert calendar.count(date(2026, 12, 18), date(2026, 12, 21)) == 2
    assert calendar.count(date(2026, 12, 21), date(2026, 12, 18)) == 0
    assert calendar.add(date(2026, 12, 18), 1) == date(2026, 12, 21)
    assert calendar.add(date(2026, 12, 21), -1) == date(2026, 12, 18)
    assert calendar.on_or_after(date(2026, 12, 19)) == date(2026, 12, 21)
    assert calendar.on_or_before(date(2026, 12, 20)) == date(2026, 12, 18)


def test_a_closure_of_the_office_or_a_cyclone_counts_as_a_day_off() -> None:
    calendar = WorkingCalendar((Closure(date(2027, 1, 18), date(2027, 1, 19), "Alerte rouge cyclonique"),))
    assert calendar.holiday(date(2027, 1, 18)) == "Alerte rouge cyclonique"
    assert calendar.add(date(2027, 1, 15), 1) == date(2027, 1, 20)
    assert [day for day, _ in calendar.off_days(date(2027, 1, 18), date(2027, 1, 20))] == [
        date(2027, 1, 18),
        date(2027, 1, 19),
    ]


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.integers(-60, 60))
def test_going_and_coming_back_ends_where_it_began(day: date, count: int) -> None:
    calendar = WorkingCalendar()
    start = calendar.on_or_after(day)
    there = calendar.add(start, count)
    assert calendar.is_working(there)
    assert calendar.add(there, -count) == start
    assert abs(there - start) >= timedelta(abs(count))


@given(st.dates(date(2024, 1, 1), date(2030, 12, 31)), st.integers(-3, 900))
def test_days_are_counted_as_one_would_one_after_the_other(first: date, count: int) -> None:
    last = first + timedelta(count)
    closures = (
        Closure(date(2026, 12, 24), date(2027, 1, 3), "Fin d'année"),
        Closure(date(2027, 1, 1), date(2027, 1, 4), "Alerte"),
    )
    for calendar in (WorkingCalendar(), WorkingCalendar(closures, frozenset({"Lundi de Pentecôte"}))):
        one_by_one = sum(calendar.is_working(first + timedelta(past)) for past in range(max(count + 1, 0)))
        assert calendar.count(first, last) == one_by_one
