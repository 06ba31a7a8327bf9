"""An import plan carried out: one transaction, one action to undo."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from charte_desktop.errors import Cancelled, UserError
from charte_desktop.model.base import Record, new_id
from charte_desktop.model.charter import Signature
from charte_desktop.model.company import Company
from charte_desktop.model.import_plan import (
    ImportPlan,
    KnownRecords,
    ListKind,
    NewRecord,
    RecordUpdate,
    collector_paused,
)
from charte_desktop.model.provider import ImportedLine, Provider, ProviderService
from charte_desktop.store.database import Database
from charte_desktop.store.journal import JournalledSession
from charte_desktop.store.provider_register import WHOLE

Progress = Callable[[int, int], None]
"""Told how many records are written, of how many."""

_BLOCK = 2000
"""Records between two looks at the cancel button: a fraction of a second."""


def known_providers(database: Database) -> KnownRecords:
    """The register as a planner needs it, the recycle bin included."""
    return known_records(database, ListKind.PROVIDERS)


def known_records(database: Database, kind: ListKind) -> KnownRecords:
    """The providers or the companies as a planner needs them, the recycle bin included."""
    with database.reading() as session:
        if kind is ListKind.COMPANIES:
            return KnownRecords(list(session.scalars(select(Company))))
        return KnownRecords(list(session.scalars(select(Provider).options(*WHOLE))))


def carry_out(
    database: Database,
    plan: ImportPlan,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> None:
    """Write everything the plan says as one action, or nothing.

    `cancelled` is asked between blocks of records; when it says yes, `Cancelled` is raised and nothing is kept.
    """
    if plan.changes_nothing():
        return
    total = len(plan.new) + len(plan.updated)

    def written(done: int) -> None:
        if cancelled is not None and cancelled():
            raise Cancelled
        if progress is not None:
            progress(done, total)

    with collector_paused(), database.transaction(f"Importer {plan.source}") as session:
        record: type[Provider | Company] = Company if plan.kind is ListKind.COMPANIES else Provider
        blank = _blank(record) | {"created_at": database.clock()}
        for start in range(0, len(plan.new), _BLOCK):
            block = plan.new[start : start + _BLOCK]
            session.insert_records(record, [one.values for one in block], blank)
            if record is Provider:
                _insert_offers(session, block)
            written(start + len(block))
        for count, update in enumerate(plan.updated, 1):
            _change(session, record, update)
            written(len(plan.new) + count)
        session.insert_records(ImportedLine, [
            {"id": new_id(), "record_id": one.record_id, "source": one.source, "sheet": one.sheet, "row": one.row,
             "cells": one.cells}
            for one in plan.kept
        ])  # fmt: skip


def _blank(record: type[Record]) -> dict[str, Any]:
    """The columns of a record nobody has filled yet: a bulk insert asks no dataclass for its defaults."""
    empty = record()
    return {attribute.key: getattr(empty, attribute.key) for attribute in inspect(record).column_attrs}


def _insert_offers(session: JournalledSession, block: Sequence[NewRecord]) -> None:
    session.insert_records(ProviderService, [
        {"provider_id": one.values["id"], "service_id": service_id}
        for one in block
        for service_id in one.service_ids
    ])  # fmt: skip
    session.insert_records(Signature, [
        {"id": new_id(), "provider_id": one.values["id"], "signed_on": one.signed_on, "source": one.signature_source}
        for one in block
        if one.signed_on is not None
    ])  # fmt: skip


def _change(session: Session, record: type[Provider | Company], update: RecordUpdate) -> None:
    known = session.get(record, update.record_id, options=WHOLE if record is Provider else ())
    if known is None:
        raise UserError("Le registre a changé depuis la lecture de la liste : relancez l'import.")
    for column, value in update.values.items():
        setattr(known, column, value)
    if not isinstance(known, Provider):
        return
    known.offer({*known.service_ids, *update.add_service_ids})
    if update.signed_on is not None:
        session.add(Signature(provider_id=known.id, signed_on=update.signed_on, source=update.signature_source))
