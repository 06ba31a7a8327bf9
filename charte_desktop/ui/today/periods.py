"""The periods that are proposed; any other can be typed."""

from datetime import date, timedelta

from charte_desktop.model.activity import Period, last_year_before, year_of
from charte_desktop.model.follow_up import months_after


def periods(today: date) -> list[tuple[str, Period]]:
    """Words and days of each."""
    year = year_of(today)
    quarter = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    return [
        (f"Année {today.year}", year),
        ("Douze derniers mois", last_year_before(today)),
        ("Ce trimestre", Period(quarter, months_after(quarter, 3) - timedelta(days=1))),
        ("Ce mois-ci", month_of(Period(today, today), 0)),
        (f"Année {today.year - 1}", year_of(months_after(today, -12))),
    ]


def month_of(period: Period, number: int) -> Period:
    """The whole month `number` (from 0) of a period."""
    year, month = period.months[number]
    first = date(year, month + 1, 1)
    return Period(first, months_after(first, 1) - timedelta(days=1))
