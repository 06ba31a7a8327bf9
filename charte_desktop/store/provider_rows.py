"""The register as a table and as forms to look at: which providers answer, in which order, and what is shown of each.

Read by plain SQL, without a record: the window shows its list before the means to change it are loaded.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from itertools import islice
from sys import intern
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from charte_desktop.errors import UserError
from charte_desktop.model import reference
from charte_desktop.model.facts import ProviderFacts
from charte_desktop.model.provider_state import ProviderState, RemovalDates, missing_of, state_of
from charte_desktop.model.validity import RenewalRule, SignatureDates
from charte_desktop.store.database import Database
from charte_desktop.store.listing import Listing, french, is_listed
from charte_desktop.store.search_words import match_expression


@dataclass(frozen=True)
class Question:
    """What somebody asks of the register: words, filters that add up, an order."""

    text: str = ""
    service_ids: Sequence[str] = ()
    """Services that the provider declares, all of them."""
    family: str = ""
    """A family of services, of which it declares at least one."""
    state: ProviderState | None = None
    commune_code: str = ""
    among: frozenset[str] | None = None
    """Ids of the only ones to look at; None for all."""
    order: str = ""
    """A name of `ORDERS`; empty for the best match first, by name without words."""
    descending: bool = False


class ProviderRows:
    """What is shown of the providers of the base."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def rule(self) -> RenewalRule:
        """How long a signature binds here: a setting of the office, off by default."""
        return renewal_rule(self._database)

    def search(
        self,
        text: str = "",
        *,
        service_ids: Iterable[str] = (),
        family: str = "",
        state: ProviderState | None = None,
        commune_code: str = "",
        among: Iterable[str] | None = None,
        order: str = "",
        descending: bool = False,
        limit: int | None = None,
        offset: int = 0,
    ) -> "list[ProviderRow]":
        """The providers that answer `text` and every filter; those in the recycle bin are not shown.

        `order` is one of `ORDERS`; without it, the best matches come first, or all by name when `text` is empty. Words
        are in French alphabetical order; a line with nothing in that column comes last either way.
        `service_ids` must all be declared, of `family` at least one service; `among` are the only ids looked at.
        """
        only = None if among is None else frozenset(among)
        asked = Question(text, tuple(service_ids), family, state, commune_code, only, order, descending)
        day, rule = self._database.today(), self.rule
        with self._database.looking() as base:
            if asked == Question(asked.text):
                return [ProviderRow(line, day, rule) for line in _best(base, text, limit, offset)]
            chosen = _chosen(base, _refreshed(self._database, base, day, rule), asked)
            ids = [line.id for line in islice(chosen, offset, None if limit is None else offset + limit)]
            among = base.execute(f"{_SHOWN} WHERE record.id IN (SELECT value FROM json_each(?))", (json.dumps(ids),))
            lines = {line[0]: line for line in among}
        return [ProviderRow(lines[one], day, rule) for one in ids]

    def count(self) -> int:
        """How many providers the register holds, the recycle bin left out."""
        with self._database.looking() as base:
            # Those of the bin are not among the documents of the search.
            return int(base.execute("SELECT count(*) FROM search_document WHERE kind = 'provider'").fetchone()[0])

    def counts_by_state(self) -> dict[ProviderState, int]:
        """How many providers stand in each state today; every state is there, in the order of a provider's life."""
        with self._database.looking() as base:
            listing = _refreshed(self._database, base, self._database.today(), self.rule)
            counted = Counter(line.state for line in listing.lines())
        return {state: counted[state] for state in ProviderState}

    def holds(self, provider_id: str) -> bool:
        """True while the record is there and not in the recycle bin."""
        with self._database.looking() as base:
            return is_listed(base, provider_id)

    def facts(self, provider_id: str) -> ProviderFacts:
        """Everything that is shown of one provider; those in the recycle bin too."""
        with self._database.looking() as base:
            line = base.execute(_FACTS, (provider_id,)).fetchone()
        if line is None:
            raise UserError(GONE)
        return _facts(line)


GONE = "Cette fiche n'existe plus : actualisez la liste."
"""A record that somebody else deleted for good, or that an undone import took back."""


def renewal_rule(database: Database) -> RenewalRule:
    """The office's rule for renewals, from the base's settings; without one, a signature binds for ever."""
    months = database.setting("renewal_validity_months")
    usual = RenewalRule()
    return RenewalRule(
        validity_months=int(months) if months else None,
        notice_days=int(database.setting("renewal_notice_days", str(usual.notice_days))),
        grace_days=int(database.setting("renewal_grace_days", str(usual.grace_days))),
    )


# Choosing and ordering


class _Line(NamedTuple):
    """What a provider is filtered and ordered by."""

    id: str
    document: int
    name: str
    siren: str
    representative: str
    postal_code: str
    city: str
    commune_code: str
    emails: str
    phones: str
    ape_code: str
    headcount_band: str
    website: str
    services: frozenset[str]
    signed_on: str
    state: ProviderState
    missing: int


_RANKS: dict[ProviderState, int] = {state: rank for rank, state in enumerate(ProviderState, 1)}
_BY: dict[str, Callable[[_Line], Any]] = {
    "legal_name": lambda line: line.name,
    "siren": lambda line: line.siren,
    "legal_representative": lambda line: french(line.representative) if line.representative else None,
    "postal_code": lambda line: line.postal_code,
    "city": lambda line: french(line.city) if line.city else None,
    "emails": lambda line: line.emails.casefold(),
    "phones": lambda line: line.phones,
    "ape_code": lambda line: line.ape_code,
    "headcount": lambda line: line.headcount_band.replace("NN", "00"),
    "website": lambda line: line.website.casefold(),
    "services": lambda line: sorted(line.services),
    "signed_on": lambda line: line.signed_on,
    "state": lambda line: _RANKS[line.state],
    "missing": lambda line: (line.missing,),
}
ORDERS = tuple(_BY)
"""The columns by which the register can be ordered."""
_LISTINGS: WeakKeyDictionary[Database, Listing[_Line]] = WeakKeyDictionary()


def _refreshed(database: Database, base: Any, day: date, rule: RenewalRule) -> Listing[_Line]:
    listing = _LISTINGS.setdefault(database, Listing("provider"))
    listing.refresh(base, lambda base, condition, ids: _lines(base, condition, ids, day, rule), (day, rule))
    return listing


def _chosen(base: Any, listing: Listing[_Line], asked: Question) -> Iterator[_Line]:
    declared = set(asked.service_ids)
    family = _of_family(asked.family) if asked.family else set()
    key = _BY[asked.order] if asked.order else None
    for line in listing.answering(base, asked.text, asked.order, key, asked.descending):
        if (
            (asked.state is None or line.state is asked.state)
            and (asked.among is None or line.id in asked.among)
            and (not asked.commune_code or line.commune_code == asked.commune_code)
            and declared <= line.services
            and (not asked.family or family & line.services)
        ):
            yield line


def _of_family(family: str) -> set[str]:
    """The services of a family: those of the charter and those added here."""
    return {service.id for service in reference.services_of(family)}


class _Facts(NamedTuple):
    """The columns read for a line; the model's rules read their facts from it."""

    id: str
    legal_name: str
    siren: str
    legal_representative: str
    address: str
    postal_code: str
    city: str
    commune_code: str
    emails: str
    phones: str
    ape_code: str
    headcount: int | None
    headcount_band: str
    website: str
    withdrawn_on: date | None
    services: tuple[str, ...]


_LINES = """
    SELECT id, legal_name, siren, legal_representative, address, postal_code, city, commune_code, trim(emails, '[]"'),
        trim(phones, '[]"'), ape_code, headcount, headcount_band, website, withdrawn_on
    FROM provider AS record WHERE deleted_at IS NULL AND
"""


def _lines(base: Any, condition: str, ids: tuple[str, ...], day: date, rule: RenewalRule) -> Iterator[_Line]:
    of_owner = condition.replace("record.id", "provider_id")
    signed: dict[str, list[SignatureDates]] = {}
    for owner, start, end in base.execute(
        f"SELECT provider_id, signed_on, cancelled_on FROM signature WHERE {of_owner}", ids
    ):
        signed.setdefault(owner, []).append(SignatureDates(_day(start), end and _day(end)))
    removed: dict[str, list[RemovalDates]] = {}
    for owner, start, end in base.execute(
        f"SELECT provider_id, removed_on, lifted_on FROM removal WHERE {of_owner}", ids
    ):
        removed.setdefault(owner, []).append(RemovalDates(_day(start), end and _day(end)))
    services = dict(
        base.execute(
            f"SELECT provider_id, group_concat(service_id, ' ') FROM provider_service WHERE {of_owner} GROUP BY 1", ids
        )
    )
    documents = {record_id: (document, name) for record_id, document, name in _documents(base, condition, ids)}
    for *columns, withdrawn_on in base.execute(_LINES + condition, ids):
        declared = tuple(services.get(columns[0], "").split())
        facts = _Facts._make([*columns, withdrawn_on and _day(withdrawn_on), declared])
        document, name = documents[facts.id]
        signatures = signed.get(facts.id, ())
        standing = [one.signed_on.isoformat() for one in signatures if one.cancelled_on is None]
        yield _Line(
            id=facts.id,
            document=document,
            name=name,
            siren=facts.siren,
            representative=facts.legal_representative,
            postal_code=intern(facts.postal_code),
            city=intern(facts.city),
            commune_code=intern(facts.commune_code),
            emails=facts.emails,
            phones=facts.phones,
            ape_code=intern(facts.ape_code),
            headcount_band=intern(facts.headcount_band),
            website=facts.website,
            services=_together(facts.services),
            signed_on=max(standing, default=""),
            state=state_of(facts, signatures, removed.get(facts.id, ()), day, rule),
            missing=len(missing_of(facts)),
        )


def _documents(base: Any, condition: str, ids: tuple[str, ...]) -> Any:
    """Read apart: joining them line by line takes three times as long."""
    of_record = condition.replace("record.id", "record_id")
    return base.execute(f"SELECT record_id, id, name FROM search_document WHERE kind = 'provider' AND {of_record}", ids)


@cache
def _together(services: tuple[str, ...]) -> frozenset[str]:
    """One set for all the providers that declare the same services."""
    return frozenset(services)


_day = lru_cache(maxsize=5_000)(date.fromisoformat)


# Reading what is shown


_SERVICES = "(SELECT group_concat(service_id, ' ') FROM provider_service WHERE provider_id = record.id)"
_SIGNED = """
    (SELECT group_concat(signed_on || '/' || coalesce(cancelled_on, ''), ' ') FROM signature
        WHERE provider_id = record.id)
"""
_REMOVED = """
    (SELECT group_concat(removed_on || '/' || coalesce(lifted_on, ''), ' ') FROM removal WHERE provider_id = record.id)
"""
_SHOWN = f"""
    SELECT record.id, legal_name, siren, legal_representative, address, postal_code, city, commune_code, emails,
        phones, ape_code, headcount, headcount_band, website, withdrawn_on, {_SERVICES}, {_SIGNED}, {_REMOVED}
    FROM provider AS record
"""
_OF_SEARCH = """
    JOIN search_document AS found ON found.record_id = record.id
    JOIN provider_search ON provider_search.rowid = found.id
    WHERE provider_search MATCH ? AND deleted_at IS NULL ORDER BY rank LIMIT ? OFFSET ?
"""
_BY_NAME = """
    JOIN search_document AS found ON found.record_id = record.id
    WHERE found.kind = 'provider' AND deleted_at IS NULL ORDER BY found.name, legal_name LIMIT ? OFFSET ?
"""


def _best(base: Any, text: str, limit: int | None, offset: int) -> Sequence[Any]:
    """The lines that answer `text`, best match first; by name when it holds no word."""
    part = (-1 if limit is None else limit, offset)
    expression = match_expression(text)
    query, given = (_OF_SEARCH, (expression, *part)) if expression else (_BY_NAME, part)
    lines: Sequence[Any] = base.execute(_SHOWN + query, given).fetchall()
    return lines


class ProviderRow:
    """A provider as a line of the register shows it; what nobody looks at is not worked out."""

    __slots__ = ("_day", "_line", "_rule")

    def __init__(self, line: Sequence[Any], day: date, rule: RenewalRule) -> None:
        self._line, self._day, self._rule = line, day, rule

    @property
    def id(self) -> str:
        return str(self._line[0])

    @property
    def legal_name(self) -> str:
        return str(self._line[1])

    @property
    def siren(self) -> str:
        return str(self._line[2])

    @property
    def legal_representative(self) -> str:
        return str(self._line[3])

    @property
    def address(self) -> str:
        return str(self._line[4])

    @property
    def postal_code(self) -> str:
        return str(self._line[5])

    @property
    def city(self) -> str:
        return str(self._line[6])

    @property
    def commune_code(self) -> str:
        return str(self._line[7])

    @property
    def emails(self) -> tuple[str, ...]:
        return tuple(json.loads(self._line[8]))

    @property
    def phones(self) -> tuple[str, ...]:
        return tuple(json.loads(self._line[9]))

    @property
    def ape_code(self) -> str:
        return str(self._line[10])

    @property
    def headcount(self) -> int | None:
        number: int | None = self._line[11]
        return number

    @property
    def headcount_band(self) -> str:
        return str(self._line[12])

    @property
    def website(self) -> str:
        return str(self._line[13])

    @property
    def withdrawn_on(self) -> date | None:
        return self._line[14] and _day(self._line[14])

    @property
    def service_ids(self) -> tuple[str, ...]:
        return _services(self._line[15] or "")

    services = service_ids

    @property
    def state(self) -> ProviderState:
        """Where the provider stands on the day it was searched."""
        removals = [RemovalDates(*dates) for dates in _terms(self._line[17])]
        return state_of(self, _signed(self._line[16]), removals, self._day, self._rule)

    @property
    def signed_on(self) -> date | None:
        """The day of the latest signature that was not cancelled."""
        return max((one.signed_on for one in _signed(self._line[16]) if one.cancelled_on is None), default=None)

    @property
    def missing(self) -> int:
        """How many parts of the form are still empty."""
        return len(missing_of(self))


@cache
def _services(declared: str) -> tuple[str, ...]:
    """One tuple for all the providers that declare the same services."""
    return tuple(sorted(declared.split()))


@lru_cache(maxsize=5_000)
def _signed(written: str | None) -> Sequence[SignatureDates]:
    return [SignatureDates(*dates) for dates in _terms(written)]


def _terms(written: str | None) -> Iterator[tuple[date, date | None]]:
    """Pairs of days as `_SHOWN` writes them: "2025-03-12/ 2026-01-02/2026-05-04"."""
    for pair in (written or "").split():
        start, end = pair.split("/")
        yield _day(start), _day(end) if end else None


_FIELDS = (
    "id", "legal_name", "siren", "siret", "legal_representative", "address", "postal_code", "city", "commune_code",
    "ape_code", "ape_nomenclature", "headcount", "headcount_band", "website", "notes", "references",
    "withdrawal_reason", "emails", "phones", "unread", "territory", "sizes_served", "hidden_fields",
)  # fmt: skip
"""The columns that are shown as they are kept; the last six hold JSON."""
_JSON = 6
_FACTS = f"""
    SELECT {", ".join(f'"{name}"' for name in _FIELDS)}, listed, withdrawn_on, {_SERVICES},
        (SELECT json_group_array(json_array(signed_on, cancelled_on)) FROM
            (SELECT signed_on, cancelled_on FROM signature WHERE provider_id = record.id ORDER BY signed_on)),
        (SELECT json_group_array(json_array(removed_on, lifted_on, json(clauses), reason)) FROM
            (SELECT * FROM removal WHERE provider_id = record.id ORDER BY removed_on))
    FROM provider AS record WHERE id = ?
"""


def _facts(line: Sequence[Any]) -> ProviderFacts:
    *columns, listed, withdrawn_on, services, signed, removed = line
    plain = len(_FIELDS) - _JSON
    for place in range(plain, len(columns)):
        columns[place] = json.loads(columns[place])
    return ProviderFacts(
        **dict(zip(_FIELDS, columns, strict=True)),
        listed=bool(listed),
        withdrawn_on=withdrawn_on and _day(withdrawn_on),
        services=_services(services or ""),
        signatures=[SignatureDates(_day(start), end and _day(end)) for start, end in json.loads(signed)],
        removals=[
            RemovalDates(_day(start), end and _day(end), clauses, reason)
            for start, end, clauses, reason in json.loads(removed)
        ],
    )
