"""Forms left half-way: kept at each keystroke, on this laptop alone, and found again after a crash (product rule 2)."""

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from charte_desktop.model.company import Company
from charte_desktop.model.draft import Draft, draft_table
from charte_desktop.model.provider import Provider
from charte_desktop.store.database import Database

_NAMED: dict[str, type[Provider] | type[Company]] = {"provider": Provider, "company": Company}
_NEW = {"provider": "Nouveau prestataire", "company": "Nouvelle entreprise"}
"""What a draft is called before its name is typed."""


class Drafts:
    """The drafts of this laptop; one for each record, and one for a new record of each kind."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, kind: str, record_id: str, values: Mapping[str, str]) -> None:
        """Keep what the form holds in place of what was kept of it; on the disk when this returns.

        `kind` is "provider", "company" or another form's name; `record_id` is empty for a new record. A new record
        of which nothing is typed has no draft.
        """
        if not values or (not record_id and not any(text.strip() for text in values.values())):
            self.drop(kind, record_id)
            return
        typed = json.dumps(dict(values), ensure_ascii=False)
        row = {"kind": kind, "record_id": record_id, "typed": typed, "kept_at": self._database.clock()}
        written = insert(draft_table).on_conflict_do_update(
            index_elements=["kind", "record_id"], set_={"typed": row["typed"], "kept_at": row["kept_at"]}
        )
        with self._database.jotting() as connection:
            connection.execute(written, row)

    def of(self, kind: str, record_id: str) -> Draft | None:
        """What was typed in this form and not saved; None when there is nothing."""
        table = draft_table.c
        query = select(draft_table).where(table.kind == kind, table.record_id == record_id)
        with self._database.reading() as session:
            line = session.execute(query).one_or_none()
            return None if line is None else _draft(session, *line)

    def all(self) -> list[Draft]:
        """Every draft, the latest first."""
        with self._database.reading() as session:
            lines = session.execute(select(draft_table).order_by(draft_table.c.kept_at.desc())).all()
            return [_draft(session, *line) for line in lines]

    def drop(self, kind: str, record_id: str) -> None:
        """Forget a draft: its form was saved, or given up. Nothing happens when there is none."""
        table = draft_table.c
        with self._database.jotting() as connection:
            connection.execute(delete(draft_table).where(table.kind == kind, table.record_id == record_id))


def _draft(session: Session, kind: str, record_id: str, typed: str, kept_at: datetime) -> Draft:
    values: dict[str, str] = json.loads(typed)
    return Draft(kind, record_id, _title(session, kind, record_id, values), values, kept_at)


def _title(session: Session, kind: str, record_id: str, values: Mapping[str, str]) -> str:
    typed = " ".join(values.get("legal_name", "").split())
    if typed:
        return typed
    record = _NAMED.get(kind)
    kept = session.scalar(select(record.legal_name).where(record.id == record_id)) if record and record_id else None
    return kept or _NEW.get(kind, "Brouillon")
