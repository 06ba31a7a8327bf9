"""What companies are filtered, ordered and reminded by: a line for each, read by plain SQL from every table at once."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from sys import intern
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from charte_desktop.store.database import Database
from charte_desktop.store.listing import Listing
from charte_desktop.store.office_rules import working_calendar


def last_worked_day(database: Database) -> date:
    """Today, or the last day before that the office worked: on a day off nothing new comes due."""
    return working_calendar(database).on_or_before(database.today())


def refreshed(database: Database, base: Any) -> "Listing[CompanyLine]":
    """The lines of the companies as the base holds them now."""
    listing = _LISTINGS.setdefault(database, Listing("company"))
    listing.refresh(base, company_lines)
    return listing


class CompanyLine(NamedTuple):
    """What a company is filtered, ordered and reminded by; a `model.follow_up.Standing`."""

    id: str
    document: int
    name: str
    siren: str
    city: str
    commune_code: str
    headcount_band: str
    accompaniments: int
    last_held: date | None
    next_on: date | None
    is_followed: bool
    needs: frozenset[str]
    """Services that it needs and has not found yet."""
    waits: bool
    last_news: date | None
    asked_on: date | None


_LISTINGS: WeakKeyDictionary[Database, Listing[CompanyLine]] = WeakKeyDictionary()
_LINES = """
    SELECT record.id, found.id, found.name, siren, city, commune_code, headcount_band
    FROM company AS record JOIN search_document AS found ON found.record_id = record.id
    WHERE deleted_at IS NULL AND
"""
_HELD = """
    SELECT company_id, count(*), max(held_on || coalesce(outcome, '')),
        min(CASE WHEN next_done_on IS NULL THEN next_on END)
    FROM accompaniment WHERE {condition} GROUP BY company_id
"""
"""How often, the day of the latest with its outcome, the earliest step to come."""
_NEEDED = """
    SELECT company_id, group_concat(CASE WHEN state NOT IN ('MET', 'DROPPED') THEN service_id END, ' '),
        max(settled_on IS NULL AND state IN ('NEW', 'SHEET_HANDED', 'PROVIDER_CHOSEN')),
        max(coalesce(state_on, noted_on))
    FROM need WHERE {condition} GROUP BY company_id
"""
_HEARD = """
    SELECT company_id, date(max(coalesce(held_at, filed_at)), '+4 hours') FROM exchange
    WHERE deleted_at IS NULL AND {condition} GROUP BY company_id
"""
_HANDED = "SELECT company_id, max(issued_on) FROM directory_sheet WHERE {condition} GROUP BY company_id"
_ASKED = "SELECT company_id, max(asked_on) FROM follow_up WHERE {condition} GROUP BY company_id"
_NOT_FOLLOWED = frozenset(("UNREACHABLE", "NOT_OUR_FIELD"))
_NOTHING: tuple[int, str, None] = (0, "", None)


def company_lines(base: Any, condition: str, ids: tuple[str, ...]) -> Iterator[CompanyLine]:
    """The lines of the companies that a condition on `record.id` chooses."""
    of_company = condition.replace("record.id", "company_id")

    def told(query: str) -> Iterator[Any]:
        return iter(base.execute(query.format(condition=of_company), ids))

    held = {one: (count, last, step) for one, count, last, step in told(_HELD)}
    needed = {one: (services, waits, changed) for one, services, waits, changed in told(_NEEDED)}
    heard, handed, asked = (dict(told(query)) for query in (_HEARD, _HANDED, _ASKED))
    for record_id, document, name, siren, *shared in base.execute(_LINES + condition, ids):
        city, commune_code, band = map(intern, shared)
        count, last, step = held.get(record_id, _NOTHING)
        services, waits, changed = needed.get(record_id, (None, 0, None))
        news = max(
            filter(None, (last[:10], changed, heard.get(record_id), handed.get(record_id), asked.get(record_id))),
            default="",
        )
        yield CompanyLine(
            record_id,
            document,
            name,
            siren,
            city,
            commune_code,
            band,
            count,
            day_of(last[:10]),
            day_of(step),
            last[10:] not in _NOT_FOLLOWED,
            frozenset(map(intern, services.split())) if services else _NO_NEED,
            bool(waits),
            day_of(news),
            day_of(asked.get(record_id)),
        )


_NO_NEED: frozenset[str] = frozenset()


@lru_cache(maxsize=10_000)
def day_of(text: str | None) -> date | None:
    """A day of the base; the same days come back thousands of times."""
    return date.fromisoformat(text) if text else None
