"""The companies as a table: which ones answer, in which order, and what a line shows of each. Read by plain SQL."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from sys import intern
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from charte_desktop.errors import UserError
from charte_desktop.model.accompaniment_kind import AccompanimentKind
from charte_desktop.model.facts import AccompanimentFacts, CompanyFacts
from charte_desktop.store.database import Database
from charte_desktop.store.listing import Listing, french, is_listed
from charte_desktop.store.search_words import match_expression


class CompanyRow(NamedTuple):
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


class CompanyRows:
    """What is shown of the companies of the base."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def search(
        self,
        text: str = "",
        *,
        commune_code: str = "",
        order: str = "",
        descending: bool = False,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[CompanyRow]:
        """The companies that answer `text` and the filter; those in the recycle bin are not shown.

        `order` is one of `ORDERS`; without it, the best matches come first, or all by name when `text` is empty. Words
        are in French alphabetical order; a line with nothing in that column comes last either way.
        """
        asked = Question(text, commune_code, order, descending)
        with self._database.looking() as base:
            if asked == Question(asked.text):
                return [_row(line) for line in _best(base, text, limit, offset)]
            listing = _refreshed(self._database, base)
            key = _BY[asked.order] if asked.order else None
            lines = listing.answering(base, asked.text, asked.order, key, asked.descending)
            chosen = (one for one in lines if not asked.commune_code or one.commune_code == asked.commune_code)
            ids = [line.id for line in islice(chosen, offset, None if limit is None else offset + limit)]
            among = base.execute(f"{_SHOWN} WHERE record.id IN (SELECT value FROM json_each(?))", (json.dumps(ids),))
            rows = {line[0]: line for line in among}
        return [_row(rows[one]) for one in ids]

    def count(self) -> int:
        """How many companies there are, the recycle bin left out."""
        with self._database.looking() as base:
            # Those of the bin are not among the documents of the search.
            return int(base.execute("SELECT count(*) FROM search_document WHERE kind = 'company'").fetchone()[0])

    def holds(self, company_id: str) -> bool:
        """True while the record is there and not in the recycle bin."""
        with self._database.looking() as base:
            return is_listed(base, company_id)

    def facts(self, company_id: str) -> CompanyFacts:
        """Everything that is shown of one company; those in the recycle bin too."""
        with self._database.looking() as base:
            line = base.execute(_FACTS, (company_id,)).fetchone()
        if line is None:
            raise UserError("Cette entreprise n'existe plus : actualisez la liste.")
        return _facts(line)


def _refreshed(database: Database, base: Any) -> "Listing[_Line]":
    listing = _LISTINGS.setdefault(database, Listing("company"))
    listing.refresh(base, _lines)
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


_SHOWN = """
    SELECT record.id, legal_name, siren, city, commune_code, headcount_band,
        (SELECT count(*) FROM accompaniment WHERE company_id = record.id),
        (SELECT max(held_on) FROM accompaniment WHERE company_id = record.id)
    FROM company AS record
"""
_OF_SEARCH = """
    JOIN search_document AS found ON found.record_id = record.id
    JOIN company_search ON company_search.rowid = found.id
    WHERE company_search MATCH ? AND deleted_at IS NULL ORDER BY rank LIMIT ? OFFSET ?
"""
_BY_NAME = """
    JOIN search_document AS found ON found.record_id = record.id
    WHERE found.kind = 'company' AND deleted_at IS NULL ORDER BY found.name, legal_name LIMIT ? OFFSET ?
"""


def _best(base: Any, text: str, limit: int | None, offset: int) -> Sequence[Any]:
    """The lines that answer `text`, best match first; by name when it holds no word."""
    part = (-1 if limit is None else limit, offset)
    expression = match_expression(text)
    query, given = (_OF_SEARCH, (expression, *part)) if expression else (_BY_NAME, part)
    lines: Sequence[Any] = base.execute(_SHOWN + query, given).fetchall()
    return lines


def _row(line: Sequence[Any]) -> CompanyRow:
    *shown, last_on = line
    return CompanyRow._make([*shown, last_on and date.fromisoformat(last_on)])


_FIELDS = (
    "id", "legal_name", "siren", "siret", "legal_representative", "address", "postal_code", "city", "commune_code",
    "ape_code", "ape_nomenclature", "headcount", "headcount_band", "website", "notes", "legal_category", "emails",
    "phones", "unread",
)  # fmt: skip
"""The columns that are shown as they are kept; the last three hold JSON."""
_JSON = 3
_FACTS = f"""
    SELECT {", ".join(_FIELDS)},
        (SELECT json_group_array(json_array(held.id, held.kind, held.held_on, held.adviser, held.notes,
            (SELECT group_concat(service_id, ' ') FROM need WHERE accompaniment_id = held.id)))
        FROM (SELECT * FROM accompaniment WHERE company_id = record.id ORDER BY held_on DESC) AS held)
    FROM company AS record WHERE id = ?
"""


def _facts(line: Sequence[Any]) -> CompanyFacts:
    *columns, held = line
    for place in range(len(_FIELDS) - _JSON, len(_FIELDS)):
        columns[place] = json.loads(columns[place])
    return CompanyFacts(
        **dict(zip(_FIELDS, columns, strict=True)),
        accompaniments=[
            AccompanimentFacts(
                id=one,
                kind=AccompanimentKind[kind],
                held_on=date.fromisoformat(day),
                adviser=adviser,
                notes=notes,
                service_ids=sorted((needs or "").split()),
            )
            for one, kind, day, adviser, notes, needs in json.loads(held)
        ],
    )
