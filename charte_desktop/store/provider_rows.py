"""The register as a table: which providers answer, in which order, and what a line shows of each."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from itertools import islice
from sys import intern
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import Select, func, select, type_coerce
from sqlalchemy.engine import Row
from sqlalchemy.orm import Session

from charte_desktop.model import reference
from charte_desktop.model.charter import RenewalRule, Signature, SignatureDates
from charte_desktop.model.provider import (
    LocalService,
    Provider,
    ProviderService,
    ProviderState,
    Removal,
    RemovalDates,
    missing_of,
    state_of,
)
from charte_desktop.store import search
from charte_desktop.store.database import Database
from charte_desktop.store.listing import Listing, among, french


@dataclass(frozen=True)
class ProviderRow:
    """A provider as a line of the register shows it."""

    id: str
    legal_name: str
    siren: str
    legal_representative: str
    postal_code: str
    city: str
    commune_code: str
    phones: tuple[str, ...]
    emails: tuple[str, ...]
    ape_code: str
    headcount: int | None
    headcount_band: str
    website: str
    service_ids: tuple[str, ...]
    state: ProviderState
    signed_on: date | None
    """The day of the latest signature that was not cancelled."""
    missing: int
    """How many parts of the form are still empty."""


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
    order: str = ""
    """A name of `ORDERS`; empty for the best match first, by name without words."""
    descending: bool = False


def rows_for(
    database: Database, asked: Question, rule: RenewalRule, limit: int | None, offset: int
) -> list[ProviderRow]:
    """The lines that answer, from `offset` on; those whose ordering value is empty come last either way."""
    day = database.today()
    with database.reading() as session:
        if asked == Question(asked.text):
            best = search.ordered(select(Provider.id), Provider, asked.text).where(Provider.deleted_at.is_(None))
            ids = list(session.scalars(best.limit(-1 if limit is None else limit).offset(offset)))
        else:
            chosen = _chosen(session, _refreshed(database, session, day, rule), asked)
            ids = [line.id for line in islice(chosen, offset, None if limit is None else offset + limit)]
        lines = {line.id: line for line in session.execute(_ROW.where(Provider.id.in_(among(ids))))}
        return [_row(lines[one], day, rule) for one in ids]


def counts_by_state(database: Database, rule: RenewalRule) -> dict[ProviderState, int]:
    """How many providers outside the bin stand in each state today; every state is there."""
    with database.reading() as session:
        counted = Counter(line.state for line in _refreshed(database, session, database.today(), rule).lines())
    return {state: counted[state] for state in ProviderState}


def prepare(database: Database, rule: RenewalRule) -> None:
    """Read what orders, filters and states need, so that the first is as quick as the next."""
    with database.reading() as session:
        _refreshed(database, session, database.today(), rule)


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


def _refreshed(database: Database, session: Session, day: date, rule: RenewalRule) -> Listing[_Line]:
    listing = _LISTINGS.setdefault(database, Listing("provider"))
    listing.refresh(session, lambda base, condition, ids: _lines(base, condition, ids, day, rule), (day, rule))
    return listing


def _chosen(session: Session, listing: Listing[_Line], asked: Question) -> Iterator[_Line]:
    declared = set(asked.service_ids)
    family = _of_family(session, asked.family) if asked.family else set()
    key = _BY[asked.order] if asked.order else None
    for line in listing.answering(session, asked.text, asked.order, key, asked.descending):
        if (
            (asked.state is None or line.state is asked.state)
            and (not asked.commune_code or line.commune_code == asked.commune_code)
            and declared <= line.services
            and (not asked.family or family & line.services)
        ):
            yield line


def _of_family(session: Session, family: str) -> set[str]:
    """The services of a family: those of the charter and those added here."""
    listed = {service.id for service in reference.services().values() if service.family == family}
    return listed.union(session.scalars(select(LocalService.id).where(LocalService.family == family)))


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


_SERVICES = (
    select(func.json_group_array(ProviderService.service_id))
    .where(ProviderService.provider_id == Provider.id)
    .scalar_subquery()
)
_SIGNED = (
    select(func.json_group_array(func.json_array(Signature.signed_on, Signature.cancelled_on)))
    .where(Signature.provider_id == Provider.id)
    .scalar_subquery()
)
_REMOVED = (
    select(func.json_group_array(func.json_array(Removal.removed_on, Removal.lifted_on)))
    .where(Removal.provider_id == Provider.id)
    .scalar_subquery()
)
_ROW: Select[tuple[object, ...]] = select(  # type: ignore[assignment]  # a row is read by name
    Provider.id,
    Provider.legal_name,
    Provider.siren,
    Provider.legal_representative,
    Provider.address,
    Provider.postal_code,
    Provider.city,
    Provider.commune_code,
    Provider.emails,
    Provider.phones,
    Provider.ape_code,
    Provider.headcount,
    Provider.headcount_band,
    Provider.website,
    Provider.withdrawn_on,
    type_coerce(_SERVICES, Provider.emails.type).label("services"),
    type_coerce(_SIGNED, Provider.emails.type).label("signed"),
    type_coerce(_REMOVED, Provider.emails.type).label("removed"),
)


def _state(line: Row[tuple[object, ...]], day: date, rule: RenewalRule) -> ProviderState:
    signed = [SignatureDates(_day(start), end and _day(end)) for start, end in line.signed]
    removed = [RemovalDates(_day(start), end and _day(end)) for start, end in line.removed]
    return state_of(line, signed, removed, day, rule)


def _row(line: Row[tuple[object, ...]], day: date, rule: RenewalRule) -> ProviderRow:
    return ProviderRow(
        id=line.id,
        legal_name=line.legal_name,
        siren=line.siren,
        legal_representative=line.legal_representative,
        postal_code=line.postal_code,
        city=line.city,
        commune_code=line.commune_code,
        phones=tuple(line.phones),
        emails=tuple(line.emails),
        ape_code=line.ape_code,
        headcount=line.headcount,
        headcount_band=line.headcount_band,
        website=line.website,
        service_ids=tuple(sorted(line.services)),
        state=_state(line, day, rule),
        signed_on=max((_day(start) for start, end in line.signed if end is None), default=None),
        missing=len(missing_of(line)),
    )
