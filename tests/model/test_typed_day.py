from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charte_desktop.model.calendar import WorkingCalendar
from charte_desktop.model.typed_day import hint, read_day

TODAY = date(2026, 10, 20)  # a Tuesday


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("03/11/2026", date(2026, 11, 3)),
        ("3/11", date(2026, 11, 3)),
        ("3.11", date(2026, 11, 3)),
        ("20/10", TODAY),
        ("19/10", date(2027, 10, 19)),
        ("29/2", date(2028, 2, 29)),
        ("15", date(2026, 11, 15)),
        ("31", date(2026, 10, 31)),
        ("lundi", date(2026, 10, 26)),
        ("mardi", date(2026, 10, 27)),
        ("Vendredi prochain", date(2026, 10, 23)),
        ("demain", date(2026, 10, 21)),
        ("Aujourd'hui", TODAY),
        ("après-demain", date(2026, 10, 22)),
        ("hier", date(2026, 10, 19)),
        ("+15", date(2026, 11, 4)),
        ("+2 semaines", date(2026, 11, 3)),
        ("dans 1 mois", date(2026, 11, 20)),
        ("3 mois", date(2027, 1, 20)),
        ("+1 an", date(2027, 10, 20)),
        ("2 années", date(2028, 10, 20)),
        ("-7", date(2026, 10, 13)),
        ("2026-11-03", date(2026, 11, 3)),
        ("3 novembre 2026", date(2026, 11, 3)),
    ],
)
def test_a_day_is_typed_as_it_comes(typed: str, day: date) -> None:
    assert read_day(typed, TODAY).value == day


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("lundi", date(2026, 10, 19)),
        ("mardi", date(2026, 10, 13)),
        ("25/10", date(2025, 10, 25)),
        ("21", date(2026, 9, 21)),
    ],
)
def test_of_what_was_done_the_last_such_day_is_meant(typed: str, day: date) -> None:
    assert read_day(typed, TODAY, past=True).value == day


@pytest.mark.parametrize("typed", ["31/02/2026", "32", "45/10", "lundy", "12/25/2024", "30/2"])
def test_what_is_no_day_says_what_to_write(typed: str) -> None:
    reading = read_day(typed, TODAY)
    assert reading.value is None
    assert reading.message


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("19/10", date(2026, 10, 19)),
        ("3/11", date(2026, 11, 3)),
        ("20/10", TODAY),
        ("2/3", date(2027, 3, 2)),
        ("29/2", date(2028, 2, 29)),
        ("lundi", date(2026, 10, 26)),
    ],
)
def test_of_what_may_be_behind_or_ahead_the_closest_is_meant(typed: str, day: date) -> None:
    assert read_day(typed, TODAY, past=None).value == day


def test_nothing_is_no_day_and_no_fault() -> None:
    for typed in ("", "   "):
        assert (read_day(typed, TODAY).value, read_day(typed, TODAY).message) == (None, "")


def test_a_day_off_is_told_with_the_next_worked_one() -> None:
    assert hint(date(2027, 12, 20), WorkingCalendar()) == (
        "Le 20/12/2027 est férié (Abolition de l'esclavage) : le jour travaillé suivant est le 21/12/2027."
    )
    assert hint(date(2026, 10, 20), WorkingCalendar()) == ""
    assert hint(None, WorkingCalendar()) == ""


@given(st.text(max_size=15), st.dates(date(1971, 1, 1), date(2089, 12, 31)), st.booleans())
def test_whatever_is_typed_is_a_day_or_a_sentence(typed: str, today: date, past: bool) -> None:
    reading = read_day(typed, today, past=past)
    assert reading.value is None or isinstance(reading.value, date)
