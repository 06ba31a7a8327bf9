"""Reading a project whole by plain SQL: the project and everything that hangs on it, as facts, without a record."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from charte_desktop.errors import UserError
from charte_desktop.model.accompaniment_kind import AccompanimentKind
from charte_desktop.model.display import show_date
from charte_desktop.model.project_facts import (
    Baseline,
    Deliverable,
    Document,
    Evidence,
    Exchange,
    Incapacity,
    Invoice,
    Lead,
    Move,
    Notice,
    Overrun,
    Partner,
    Party,
    PriceChange,
    PriceLine,
    ProjectFacts,
    Step,
)
from charte_desktop.model.project_kinds import TaxBasis
from charte_desktop.model.provider_state import RemovalDates
from charte_desktop.model.validity import SignatureDates

GONE = "Ce projet n'existe plus : actualisez la liste."
Kind = TypeVar("Kind")

_TABLES: tuple[tuple[str, type, str, str], ...] = (
    ("steps", Step, "project_step", "position, rowid"),
    ("deliverables", Deliverable, "project_deliverable", "position, rowid"),
    ("moves", Move, "project_move", "moved_at, rowid"),
    ("baselines", Baseline, "project_baseline", "number"),
    ("parties", Party, "project_party", "rowid"),
    ("prices", PriceLine, "project_price", "position, rowid"),
    ("price_changes", PriceChange, "project_price_change", "notified_on, rowid"),
    ("invoices", Invoice, "project_invoice", "issued_on, rowid"),
    ("overruns", Overrun, "project_overrun", "number"),
    ("notices", Notice, "project_notice", "received_on, rowid"),
    ("exchanges", Exchange, "project_exchange", "held_on, rowid"),
    ("evidence", Evidence, "project_evidence", "noted_on, rowid"),
    ("incapacities", Incapacity, "project_incapacity", "declared_on, rowid"),
)
"""The parts of a project that are kept as they are read: field, facts, table, order."""

_DOCUMENTS = """
    SELECT document.project_id, document.id, document.kind, document.title, document.dated_on, document.signed_on,
        document.source, document.attachment_id, document.sealed_id, coalesce(file.name, sealed.number || '.pdf', ''),
        document.step_id, document.clause_ids,
        document.annexed_on, document.annex_version_id, coalesce(version.label, ''),
        document.annex_attachment_id, document.annex_source,
        document.added_at, document.adviser
    FROM project_document AS document
    LEFT JOIN attachment AS file ON file.id = document.attachment_id
    LEFT JOIN sealed_document AS sealed ON sealed.id = document.sealed_id
    LEFT JOIN charter_version AS version ON version.id = document.annex_version_id
    WHERE document.project_id IN (SELECT value FROM json_each(?)) ORDER BY document.added_at, document.rowid
"""
_DOCUMENT_FIELDS = (
    "id", "kind", "title", "dated_on", "signed_on", "source", "attachment_id", "sealed_id", "file_name", "step_id",
    "clause_ids", "annexed_on", "annex_version_id", "annex_version", "annex_attachment_id", "annex_source", "added_at",
    "adviser",
)  # fmt: skip
_PROJECTS = """
    SELECT project.id, project.number, project.title, project.need, project.method, project.notes, project.tax_basis,
        project.budget, project.end_on, project.service_ids, project.unread, project.created_at, project.adviser,
        project.started_on, coalesce(version.label, ''), project.closed_on, project.closing_reason, project.deleted_at,
        project.provider_lead_name, project.provider_lead_phone, project.provider_lead_email,
        project.client_lead_name, project.client_lead_phone, project.client_lead_email,
        project.company_id, project.provider_id, project.accompaniment_id, held.kind, held.held_on,
        before.id, before.number, after.id, after.number,
        (SELECT group_concat(number, ', ') FROM attestation WHERE company_id = project.company_id)
    FROM project
    JOIN accompaniment AS held ON held.id = project.accompaniment_id
    LEFT JOIN charter_version AS version ON version.id = project.version_id
    LEFT JOIN project AS before ON before.id = project.predecessor_id
    LEFT JOIN project AS after ON after.id = (
        SELECT id FROM project AS one WHERE one.predecessor_id = project.id AND one.deleted_at IS NULL LIMIT 1)
    WHERE project.id IN (SELECT value FROM json_each(?))
"""
_PARTNERS = """
    SELECT id, legal_name, siren, address, postal_code, city, emails, phones, legal_representative, headcount_band,
        commune_code, deleted_at
    FROM {} WHERE id IN (SELECT value FROM json_each(?))
"""


def read_project(base: Any, project_id: str) -> ProjectFacts:
    """The project with everything that hangs on it; those in the recycle bin too. Refuses one that is gone."""
    found = read_projects(base, [project_id])
    if not found:
        raise UserError(GONE)
    return found[0]


def read_projects(base: Any, project_ids: Sequence[str]) -> list[ProjectFacts]:
    """Several projects at once, in the order of their ids as far as they are there."""
    asked = (json.dumps(list(project_ids)),)
    rows = {row[0]: row for row in base.execute(_PROJECTS, asked).fetchall()}
    companies = _companies(base, {row[24] for row in rows.values()})
    providers = read_providers(base, {row[25] for row in rows.values()})
    parts = {field: _read(base, facts, table, order, asked) for field, facts, table, order in _TABLES}
    documents: dict[str, list[Any]] = {}
    for owner, *line in base.execute(_DOCUMENTS, asked).fetchall():
        documents.setdefault(owner, []).append(_made(Document, _DOCUMENT_FIELDS, line))
    parts["documents"] = documents
    return [
        _project(rows[one], companies, providers, {field: found.get(one, []) for field, found in parts.items()})
        for one in project_ids
        if one in rows
    ]


def _project(
    row: Sequence[Any],
    companies: Mapping[str, Partner],
    providers: Mapping[str, Partner],
    parts: Mapping[str, Any],
) -> ProjectFacts:
    (
        project_id, number, title, need, method, notes, tax_basis, budget, end_on, service_ids, unread, created_at,
        adviser, started_on, version, closed_on, closing_reason, deleted_at, *leads, company_id, provider_id,
        accompaniment_id, kind, held_on, before_id, before, after_id, after, attestations,
    ) = row  # fmt: skip
    held = date.fromisoformat(held_on)
    return ProjectFacts(
        id=project_id,
        number=number,
        title=title,
        company=companies[company_id],
        provider=providers[provider_id],
        accompaniment_id=accompaniment_id,
        accompanied_on=held,
        accompaniment=f"{AccompanimentKind[kind].value} du {show_date(held)}",
        attestations=attestations or "",
        service_ids=json.loads(service_ids),
        need=need,
        method=method,
        notes=notes,
        tax_basis=TaxBasis[tax_basis],
        budget=budget,
        end_on=_day(end_on),
        provider_lead=Lead(name=leads[0], phone=leads[1], email=leads[2]),
        client_lead=Lead(name=leads[3], phone=leads[4], email=leads[5]),
        unread=json.loads(unread),
        created_at=_moment(created_at),
        adviser=adviser,
        started_on=_day(started_on),
        charter_version=version,
        closed_on=_day(closed_on),
        closing_reason=closing_reason,
        deleted_at=_moment(deleted_at),
        predecessor=(before_id, before) if before_id else None,
        successor=(after_id, after) if after_id else None,
        **parts,
    )


def _read(base: Any, facts: type[Kind], table: str, order: str, asked: tuple[str]) -> dict[str, list[Any]]:
    """The lines of one table, by project."""
    names = tuple(field.name for field in fields(facts))  # type: ignore[arg-type]  # always a dataclass
    listed = ", ".join(f'"{name}"' for name in names)
    condition = "project_id IN (SELECT value FROM json_each(?))"
    found: dict[str, list[Any]] = {}
    for owner, *line in base.execute(
        f"SELECT project_id, {listed} FROM {table} WHERE {condition} ORDER BY {order}", asked
    ).fetchall():
        found.setdefault(owner, []).append(_made(facts, names, line))
    return found


def _made(facts: type[Kind], names: Sequence[str], row: Sequence[Any]) -> Kind:
    readers = _readers(facts)  # type: ignore[arg-type]  # a class is hashable
    return facts(**{name: readers[name](value) for name, value in zip(names, row, strict=True)})


@cache
def _readers(facts: type) -> dict[str, Callable[[Any], Any]]:
    """How each field is made of what SQLite keeps."""
    return {name: _reader(hint) for name, hint in get_type_hints(facts).items()}


def _reader(hint: Any) -> Callable[[Any], Any]:
    if isinstance(hint, UnionType):
        (hint,) = (one for one in get_args(hint) if one is not type(None))
    if hint is date:
        return _day
    if hint is datetime:
        return _moment
    if hint is bool:
        return bool
    if isinstance(hint, type) and issubclass(hint, Enum):
        kind: type[Enum] = hint
        return lambda value: None if value is None else kind[value]
    if get_origin(hint) is not None:
        return json.loads
    return lambda value: value


def _day(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)


def _moment(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value).replace(tzinfo=UTC)


def _partner(row: Sequence[Any], **more: Any) -> Partner:
    one, name, siren, address, postal_code, city, emails, phones, representative, band, commune, deleted_at = row
    return Partner(
        id=one,
        name=name or "(sans nom)",
        siren=siren,
        address="\n".join(filter(None, [address, f"{postal_code} {city}".strip()])),
        emails=json.loads(emails),
        phones=json.loads(phones),
        representative=representative,
        headcount_band=band,
        commune_code=commune,
        in_bin=deleted_at is not None,
        **more,
    )


def _companies(base: Any, ids: Iterable[str]) -> dict[str, Partner]:
    rows = base.execute(_PARTNERS.format("company"), (json.dumps(list(ids)),)).fetchall()
    return {row[0]: _partner(row) for row in rows}


def read_providers(base: Any, ids: Iterable[str]) -> dict[str, Partner]:
    """What a project shows of its provider, by id."""
    asked = (json.dumps(list(ids)),)
    among = "IN (SELECT value FROM json_each(?))"
    services = _by_owner(
        base.execute(
            'SELECT provider_id, service_id, "references" FROM provider_service '
            f"WHERE provider_id {among} ORDER BY service_id",
            asked,
        )
    )
    signed = _by_owner(
        base.execute(
            f"SELECT provider_id, signed_on, cancelled_on FROM signature WHERE provider_id {among} ORDER BY signed_on",
            asked,
        )
    )
    removed = _by_owner(
        base.execute(
            "SELECT provider_id, removed_on, lifted_on, clauses, reason FROM removal "
            f"WHERE provider_id {among} ORDER BY removed_on",
            asked,
        )
    )
    gone = dict(base.execute(f"SELECT id, withdrawn_on FROM provider WHERE id {among}", asked).fetchall())
    rows = base.execute(_PARTNERS.format("provider"), asked).fetchall()
    return {
        row[0]: _partner(
            row,
            withdrawn_on=_day(gone[row[0]]),
            services=[one for one, _ in services.get(row[0], ())],
            references={one: shown for one, shown in services.get(row[0], ()) if shown},
            signatures=[SignatureDates(date.fromisoformat(start), _day(end)) for start, end in signed.get(row[0], ())],
            removals=[
                RemovalDates(date.fromisoformat(start), _day(end), json.loads(clauses), reason)
                for start, end, clauses, reason in removed.get(row[0], ())
            ],
        )
        for row in rows
    }


def _by_owner(rows: Iterable[Sequence[Any]]) -> dict[str, list[list[Any]]]:
    found: dict[str, list[list[Any]]] = {}
    for owner, *rest in rows:
        found.setdefault(owner, []).append(rest)
    return found
