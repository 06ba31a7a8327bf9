"""The companies as a table: which ones answer, in which order, and what a line shows of each."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, String, func, or_, select, type_coerce
from sqlalchemy.orm import Session

from charte_desktop.model.accompaniment import Accompaniment
from charte_desktop.model.company import Company
from charte_desktop.store import search
from charte_desktop.store.row_order import among, by_city


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


def rows_for(session: Session, asked: Question, limit: int | None, offset: int) -> list[CompanyRow]:
    """The lines that answer, from `offset` on; those whose ordering value is empty come last either way."""
    query = search.ordered(select(Company.id), Company, asked.text).where(Company.deleted_at.is_(None))
    if asked.commune_code:
        query = query.where(Company.commune_code == asked.commune_code)
    if asked.order:
        query = _by(query.order_by(None), session, asked)
    ids = session.scalars(query.limit(-1 if limit is None else limit).offset(offset)).all()
    lines = {line.id: line for line in session.execute(_ROW.where(Company.id.in_(among(ids))))}
    return [CompanyRow(*lines[one]) for one in ids]


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
_BY_VALUE: dict[str, ColumnElement[Any]] = {
    "siren": Company.siren.expression,
    "headcount_band": Company.headcount_band.expression,
    "accompaniments": _ACCOMPANIED,
    "last_on": _LAST,
}
ORDERS = ("legal_name", "city", *_BY_VALUE)
"""The columns by which the companies can be ordered."""


def _by(query: Select[str], session: Session, asked: Question) -> Select[str]:
    name = search.search_document.c.name
    if asked.order == "legal_name":
        return query.order_by(name.desc() if asked.descending else name)
    if asked.order == "city":
        query, value = by_city(query, session, Company)
    else:
        value = _BY_VALUE[asked.order]
    empty = or_(value.is_(None), type_coerce(value, String) == "")
    return query.order_by(empty, value.desc() if asked.descending else value, name)
