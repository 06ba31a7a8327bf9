"""The register as a table: which providers answer, in which order, and what a line shows of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, func, literal, not_, or_, select, type_coerce
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
from charte_desktop.model.wording import collation_key
from charte_desktop.store import search
from charte_desktop.store.row_order import among, by_city


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
    session: Session, asked: Question, day: date, rule: RenewalRule, limit: int | None, offset: int
) -> list[ProviderRow]:
    """The lines that answer, from `offset` on; those whose ordering value is empty come last either way.

    The providers are chosen and ordered first, from narrow indexes; only those shown are then read.
    """
    ids = _ids(session, asked, day, rule, limit, offset)
    lines = {line.id: line for line in session.execute(_ROW.where(Provider.id.in_(among(ids))))}
    return [_row(lines[one], day, rule) for one in ids]


def counts_by_state(session: Session, day: date, rule: RenewalRule) -> dict[ProviderState, int]:
    """How many providers outside the bin stand in each state; every state is there."""
    state = _state_number(day, rule)
    lines = session.execute(select(state, func.count()).where(_LIVING).group_by(state))
    found = dict(lines.all())
    return {state: found.get(number, 0) for number, state in enumerate(ProviderState)}


# Choosing


def _ids(
    session: Session, asked: Question, day: date, rule: RenewalRule, limit: int | None, offset: int
) -> Sequence[str]:
    query = _chosen(search.ordered(select(Provider.id), Provider, asked.text), session, asked, day, rule)
    in_python = asked.order in _BY_WORDS
    if in_python:
        words = _BY_WORDS[asked.order]
        lines = session.execute(query.order_by(None).add_columns(words)).all()
        filled = [line for line in lines if line[1]]
        filled.sort(key=lambda line: collation_key(line[1]), reverse=asked.descending)
        ids = [line[0] for line in filled] + [line[0] for line in lines if not line[1]]
        return ids[offset : None if limit is None else offset + limit]
    if asked.order:
        query = _by(query.order_by(None), session, asked, day, rule)
    return session.scalars(query.limit(-1 if limit is None else limit).offset(offset)).all()


def _chosen(query: Select[str], session: Session, asked: Question, day: date, rule: RenewalRule) -> Select[str]:
    query = query.where(_LIVING)
    for service_id in asked.service_ids:
        query = query.where(Provider.id.in_(_offering([service_id])))
    if asked.family:
        query = query.where(Provider.id.in_(_offering(_of_family(session, asked.family))))
    if asked.commune_code:
        query = query.where(Provider.commune_code == asked.commune_code)
    return query if asked.state is None else query.where(_stands(asked.state, day, rule))


def _offering(service_ids: Sequence[str]) -> Select[str]:
    return select(ProviderService.provider_id).where(ProviderService.service_id.in_(service_ids))


def _of_family(session: Session, family: str) -> list[str]:
    """The services of a family: those of the charter and those added here."""
    listed = [service.id for service in reference.services().values() if service.family == family]
    return [*listed, *session.scalars(select(LocalService.id).where(LocalService.family == family))]


# The states, as `model.provider.state_of` tells them


_LIVING = Provider.deleted_at.is_(None)
_COMPLETE = and_(
    Provider.legal_name != "",
    Provider.siren != "",
    Provider.legal_representative != "",
    or_(Provider.address != "", Provider.city != ""),
    or_(Provider.emails != [], Provider.phones != []),
    Provider.ape_code != "",
    or_(Provider.headcount.is_not(None), Provider.headcount_band != ""),
)


def _stands(state: ProviderState, day: date, rule: RenewalRule) -> ColumnElement[bool]:
    """True in SQL for a provider in this state."""
    removed = Provider.id.in_(
        select(Removal.provider_id).where(
            Removal.removed_on <= day, or_(Removal.lifted_on.is_(None), Removal.lifted_on > day)
        )
    )
    withdrawn = and_(Provider.withdrawn_on.is_not(None), Provider.withdrawn_on <= day)
    bound = Provider.id.in_(_bound(day, rule.oldest_binding(day)))
    settled = Provider.id.in_(_bound(day, max(rule.oldest_binding(day), rule.oldest_settled(day))))
    complete = and_(_COMPLETE, Provider.id.in_(select(ProviderService.provider_id)))
    member = and_(not_(removed), or_(Provider.withdrawn_on.is_(None), Provider.withdrawn_on > day))
    match state:
        case ProviderState.REMOVED:
            return removed
        case ProviderState.WITHDRAWN:
            return and_(withdrawn, not_(removed))
        case ProviderState.SIGNATORY:
            return and_(settled, member)
        case ProviderState.TO_RENEW:
            return and_(bound, not_(settled), member)
        case ProviderState.READY:
            return and_(not_(bound), complete, member)
        case ProviderState.INCOMPLETE:
            return and_(not_(bound), not_(complete), member)


def _bound(day: date, oldest: date) -> Select[str]:
    """The providers with a signature of `oldest` or later that is not cancelled on `day`."""
    return select(Signature.provider_id).where(
        Signature.signed_on <= day,
        Signature.signed_on >= oldest,
        or_(Signature.cancelled_on.is_(None), Signature.cancelled_on > day),
    )


def _state_number(day: date, rule: RenewalRule) -> ColumnElement[int]:
    """The rank of a provider's state in the order of a provider's life."""
    rank = {state: number for number, state in enumerate(ProviderState)}
    rarest_last = (state for state in ProviderState if state is not ProviderState.INCOMPLETE)
    return case(
        *((_stands(state, day, rule), literal(rank[state])) for state in rarest_last),
        else_=rank[ProviderState.INCOMPLETE],
    )


# Ordering


_LATEST = (
    select(func.max(Signature.signed_on))
    .where(Signature.provider_id == Provider.id, Signature.cancelled_on.is_(None))
    .correlate(Provider)
    .scalar_subquery()
)
_BY_WORDS: dict[str, ColumnElement[str]] = {
    "legal_representative": Provider.legal_representative.expression,
}
"""Orders for which each text must be read to be put in French alphabetical order."""
_BY_VALUE: dict[str, ColumnElement[Any]] = {
    "siren": Provider.siren.expression,
    "postal_code": Provider.postal_code.expression,
    "ape_code": Provider.ape_code.expression,
    "headcount": Provider.headcount_band.expression,
    "website": func.lower(Provider.website),
    "emails": func.lower(type_coerce(Provider.emails, String)),
    "phones": type_coerce(Provider.phones, String),
    "signed_on": _LATEST,
}
_EMPTY = ("", "[]")
ORDERS = ("legal_name", *_BY_WORDS, *_BY_VALUE, "city", "state")
"""The columns by which the register can be ordered."""


def _by(query: Select[str], session: Session, asked: Question, day: date, rule: RenewalRule) -> Select[str]:
    name = search.search_document.c.name
    match asked.order:
        case "legal_name":
            return query.order_by(name.desc() if asked.descending else name)
        case "state":
            value: ColumnElement[Any] = _state_number(day, rule)
        case "city":
            query, value = by_city(query, session, Provider)
        case _:
            value = _BY_VALUE[asked.order]
    empty = or_(value.is_(None), type_coerce(value, String).in_(_EMPTY))
    return query.order_by(empty, value.desc() if asked.descending else value, name)


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


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _state(line: Row[tuple[object, ...]], day: date, rule: RenewalRule) -> ProviderState:
    signed = [SignatureDates(date.fromisoformat(start), _day(end)) for start, end in line.signed]
    removed = [RemovalDates(date.fromisoformat(start), _day(end)) for start, end in line.removed]
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
        signed_on=max((date.fromisoformat(start) for start, end in line.signed if end is None), default=None),
        missing=len(missing_of(line)),
    )
