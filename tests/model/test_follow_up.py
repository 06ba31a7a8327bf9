from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charte_desktop.errors import UserError
from charte_desktop.model.follow_up import (
    FollowUpState,
    NeedState,
    ReminderRule,
    months_after,
    reminder_rule_from,
    state_of,
)

TODAY = date(2026, 10, 20)
RULE = ReminderRule()


@dataclass
class Company:
    last_held: date | None = date(2026, 10, 1)
    last_news: date | None = date(2026, 10, 1)
    next_on: date | None = None
    waits: bool = False
    asked_on: date | None = None
    is_followed: bool = True


@pytest.mark.parametrize(
    ("company", "state"),
    [
        (Company(last_held=None, last_news=None), FollowUpState.NEVER),
        (Company(), FollowUpState.SETTLED),
        (Company(waits=True, last_news=date(2026, 10, 12)), FollowUpState.UNDER_WAY),
        (Company(waits=True, last_news=date(2026, 10, 11)), FollowUpState.TO_CONTACT),
        (Company(next_on=date(2026, 10, 20)), FollowUpState.TO_CONTACT),
        (Company(next_on=date(2026, 10, 21), waits=True, last_news=date(2025, 1, 1)), FollowUpState.UNDER_WAY),
        (Company(last_held=date(2026, 4, 20)), FollowUpState.TO_ASK),
        (Company(last_held=date(2026, 4, 21)), FollowUpState.SETTLED),
        (Company(last_held=date(2025, 10, 20)), FollowUpState.SETTLED),
        (Company(last_held=date(2026, 3, 1), asked_on=date(2026, 9, 1)), FollowUpState.SETTLED),
        (Company(last_held=date(2026, 3, 1), asked_on=date(2026, 2, 1)), FollowUpState.TO_ASK),
        (Company(last_held=date(2026, 3, 1), is_followed=False), FollowUpState.SETTLED),
    ],
)
def test_a_company_stands_in_one_state(company: Company, state: FollowUpState) -> None:
    assert state_of(company, TODAY, RULE) is state


def test_a_need_waits_until_a_project_takes_it_over_and_is_open_until_it_is_met_or_dropped() -> None:
    assert [one for one in NeedState if one.waits] == [
        NeedState.NEW,
        NeedState.SHEET_HANDED,
        NeedState.PROVIDER_CHOSEN,
    ]
    assert [one for one in NeedState if not one.is_open] == [NeedState.MET, NeedState.DROPPED]


@pytest.mark.parametrize("days", [(9, 9, 45), (0, 21, 45), (9, 21, 400), (21, 9, 45)])
def test_reminders_that_do_not_grow_are_refused(days: tuple[int, int, int]) -> None:
    with pytest.raises(UserError, match="en augmentant"):
        ReminderRule(*days)


def test_a_follow_up_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(UserError, match="avant la fin du suivi"):
        ReminderRule(follow_up_months=12)


def test_a_rule_is_kept_as_a_text() -> None:
    rule = ReminderRule(7, 14, 30, 4, 9)
    assert reminder_rule_from(rule.as_text()) == rule
    assert reminder_rule_from("") == RULE


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)), st.integers(-40, 40))
def test_some_months_after_is_the_same_day_or_the_last_of_the_month(day: date, months: int) -> None:
    after = months_after(day, months)
    assert (after.year * 12 + after.month) - (day.year * 12 + day.month) == months
    assert after.day == day.day or (after.day < day.day and (after.resolution + after).day == 1)
