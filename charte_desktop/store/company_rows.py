"""The companies as a table: which ones answer, in which order, and what a line shows of each. Read by plain SQL."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, NamedTuple

from charte_desktop.errors import UserError
from charte_desktop.model import reference
from charte_desktop.model.accompaniment_kind import AccompanimentKind
from charte_desktop.model.facts import AccompanimentFacts, CompanyFacts
from charte_desktop.model.follow_up import FollowUpState, ReminderRule, state_of
from charte_desktop.store.company_lines import CompanyLine, company_lines, last_worked_day, refreshed
from charte_desktop.store.database import Database
from charte_desktop.store.listing import french, is_listed
from charte_desktop.store.office_rules import reminder_rule
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
    next_on: date | None
    """The day of the next step that is planned and not done."""
    state: FollowUpState
    """What it waits for."""


@dataclass(frozen=True)
class Question:
    """What somebody asks of the companies: words, filters that add up, an order."""

    text: str = ""
    commune_code: str = ""
    headcount_band: str = ""
    state: FollowUpState | None = None
    need: str = ""
    """A service that the company needs and has not found yet."""
    family: str = ""
    """A family of services of which it needs one at least."""
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
        headcount_band: str = "",
        state: FollowUpState | None = None,
        need: str = "",
        family: str = "",
        order: str = "",
        descending: bool = False,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[CompanyRow]:
        """The companies that answer `text` and every filter; those in the recycle bin are not shown.

        `order` is one of `ORDERS`; without it, the best matches come first, or all by name when `text` is empty. Words
        are in French alphabetical order; a line with nothing in that column comes last either way.
        """
        asked = Question(text, commune_code, headcount_band, state, need, family, order, descending)
        with self._database.looking() as base:
            if asked == Question(asked.text):
                shown = _best(base, text, limit, offset)
                ids = json.dumps([line[0] for line in shown])
                lines = {line.id: line for line in company_lines(base, _AMONG, (ids,))}
            else:
                listing = refreshed(self._database, base)
                key = _BY[asked.order] if asked.order else None
                answers = listing.answering(base, asked.text, asked.order, key, asked.descending)
                chosen = filter(self._wanted(asked), answers)
                lines = {line.id: line for line in islice(chosen, offset, None if limit is None else offset + limit)}
                among = base.execute(f"{_SHOWN} WHERE {_AMONG}", (json.dumps(list(lines)),))
                by_id = {line[0]: line for line in among}
                shown = [by_id[one] for one in lines]
        day, rule = last_worked_day(self._database), reminder_rule(self._database)
        return [_row(one, lines[one[0]], day, rule) for one in shown]

    def _wanted(self, asked: Question) -> "Callable[[CompanyLine], bool]":
        day, rule = last_worked_day(self._database), reminder_rule(self._database)
        services = _services_asked(asked)

        def wanted(line: CompanyLine) -> bool:
            return (
                (not asked.commune_code or line.commune_code == asked.commune_code)
                and (not asked.headcount_band or line.headcount_band == asked.headcount_band)
                and (services is None or not services.isdisjoint(line.needs))
                and (asked.state is None or state_of(line, day, rule) is asked.state)
            )

        return wanted

    def standings(self) -> "list[CompanyLine]":
        """What is known of every company for reminders and counts, by name."""
        with self._database.looking() as base:
            return list(refreshed(self._database, base).lines())

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


def _services_asked(asked: Question) -> frozenset[str] | None:
    """The services of which one must be needed; None when nothing is asked of needs."""
    if asked.need:
        return frozenset((asked.need,))
    return frozenset(one.id for one in reference.services_of(asked.family)) if asked.family else None


_BY: dict[str, Callable[[CompanyLine], Any]] = {
    "legal_name": lambda line: line.name,
    "siren": lambda line: line.siren,
    "city": lambda line: french(line.city) if line.city else None,
    "headcount_band": lambda line: line.headcount_band.replace("NN", "00"),
    "accompaniments": lambda line: line.accompaniments,
    "last_on": lambda line: line.last_held,
    "next_on": lambda line: line.next_on,
}
ORDERS = tuple(_BY)
"""The columns by which the companies can be ordered."""
_SHOWN = "SELECT record.id, legal_name, siren, city, commune_code, headcount_band FROM company AS record"
_AMONG = "record.id IN (SELECT value FROM json_each(?))"
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
    lines: Sequence[Any] = base.execute(f"{_SHOWN} {query}", given).fetchall()
    return lines


def _row(shown: Sequence[Any], line: CompanyLine, day: date, rule: ReminderRule) -> CompanyRow:
    state = state_of(line, day, rule)
    return CompanyRow._make([*shown, line.accompaniments, line.last_held, line.next_on, state])


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
