"""The companies as a table: which ones answer, in which order, and what a line shows of each."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from sys import intern
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from charte_desktop.model.accompaniment import Accompaniment
from charte_desktop.model.company import Company
from charte_desktop.store import search
from charte_desktop.store.database import Database
from charte_desktop.store.listing import Listing, among, french


@dataclass(frozen=True)
class CompanyRow:
    """A company as a line of its table shows it."""

    id: str
    legal_name: str
    siren: str
    city: str
    commune_code: str
    headcount_band: str
    accompaniments: int
    last_on: date | None
    """The day of the latest accompaniment."""


@dataclass(frozen=True)
class Question:
    """What somebody asks of the companies: words, a place, an order."""

    text: str = ""
    commune_code: str = ""
    order: str = ""
    """A name of `ORDERS`; empty for the best match first, by name without words."""
    descending: bool = False


def rows_for(database: Database, asked: Question, limit: int | None, offset: int) -> list[CompanyRow]:
    """The lines that answer, from `offset` on; those whose ordering value is empty come last either way."""
    with database.reading() as session:
        if asked == Question(asked.text):
            best = search.ordered(select(Company.id), Company, asked.text).where(Company.deleted_at.is_(None))
            ids = list(session.scalars(best.limit(-1 if limit is None else limit).offset(offset)))
        else:
            listing = _refreshed(database, session)
            key = _BY[asked.order] if asked.order else None
            lines = listing.answering(session, asked.text, asked.order, key, asked.descending)
            chosen = (one for one in lines if not asked.commune_code or one.commune_code == asked.commune_code)
            ids = [line.id for line in islice(chosen, offset, None if limit is None else offset + limit)]
        rows = {row.id: row for row in session.execute(_ROW.where(Company.id.in_(among(ids))))}
        return [CompanyRow(*rows[one]) for one in ids]


def prepare(database: Database) -> None:
    """Read what orders and filters need, so that the first is as quick as the next."""
    with database.reading() as session:
        _refreshed(database, session)


def _refreshed(database: Database, session: Session) -> "Listing[_Line]":
    listing = _LISTINGS.setdefault(database, Listing("company"))
    listing.refresh(session, _lines)
    return listing


class _Line(NamedTuple):
    """What a company is filtered and ordered by."""

    id: str
    document: int
    name: str
    siren: str
    city: str
    commune_code: str
    headcount_band: str
    accompaniments: int
    last_on: str


_BY: dict[str, Callable[[_Line], Any]] = {
    "legal_name": lambda line: line.name,
    "siren": lambda line: line.siren,
    "city": lambda line: french(line.city) if line.city else None,
    "headcount_band": lambda line: line.headcount_band.replace("NN", "00"),
    "accompaniments": lambda line: line.accompaniments,
    "last_on": lambda line: line.last_on,
}
ORDERS = tuple(_BY)
"""The columns by which the companies can be ordered."""
_LISTINGS: WeakKeyDictionary[Database, Listing[_Line]] = WeakKeyDictionary()
_LINES = """
    SELECT record.id, found.id, found.name, siren, city, commune_code, headcount_band
    FROM company AS record JOIN search_document AS found ON found.record_id = record.id
    WHERE deleted_at IS NULL AND
"""


def _lines(base: Any, condition: str, ids: tuple[str, ...]) -> Iterator[_Line]:
    held = {
        owner: (count, last)
        for owner, count, last in base.execute(
            "SELECT company_id, count(*), max(held_on) FROM accompaniment "
            f"WHERE {condition.replace('record.id', 'company_id')} GROUP BY company_id",
            ids,
        )
    }
    for record_id, document, name, siren, *shared in base.execute(_LINES + condition, ids):
        city, commune_code, band = map(intern, shared)
        yield _Line(record_id, document, name, siren, city, commune_code, band, *held.get(record_id, (0, "")))


_ACCOMPANIED = select(func.count()).where(Accompaniment.company_id == Company.id).correlate(Company).scalar_subquery()
_LAST = (
    select(func.max(Accompaniment.held_on))
    .where(Accompaniment.company_id == Company.id)
    .correlate(Company)
    .scalar_subquery()
)
_ROW = select(
    Company.id,
    Company.legal_name,
    Company.siren,
    Company.city,
    Company.commune_code,
    Company.headcount_band,
    _ACCOMPANIED,
    _LAST,
)
