"""How the lines of a table are put in order inside the base."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from charte_desktop.model.company import Company
from charte_desktop.model.provider import Provider
from charte_desktop.model.wording import collation_key


def by_city(
    query: Select[str], session: Session, record: type[Provider] | type[Company]
) -> tuple[Select[str], ColumnElement[Any]]:
    """`query` joined with the rank of each place in French alphabetical order, and that rank.

    SQLite knows no French order; there are a hundred places for all the records.
    """
    cities = sorted(filter(None, session.scalars(select(record.city).distinct())), key=collation_key)
    ranks = func.json_each(json.dumps(cities)).table_valued("key", "value")
    return query.outerjoin(ranks, ranks.c.value == record.city), ranks.c.key


def among(ids: Sequence[str]) -> Select[str]:
    """The ids as a query of one parameter, whatever their number."""
    given = func.json_each(json.dumps(list(ids))).table_valued("value")
    return select(given.c.value)
