"""Forms left half-way: kept at each keystroke, on this laptop alone, and found again after a crash (product rule 2)."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from charte_desktop.model.draft import Draft
from charte_desktop.store.database import Database
from charte_desktop.store.project_drafts import is_of_project, owner_of_draft

_NEW = {
    "provider": "Nouveau prestataire",
    "company": "Nouvelle entreprise",
    "workshop": "Nouvel atelier",
    "project": "Nouveau projet",
}
"""What the draft of a new record is called before its name is typed."""
_NAMES = {
    "provider": "SELECT legal_name FROM provider WHERE id = ?",
    "company": "SELECT legal_name FROM company WHERE id = ?",
    "accompaniment": "SELECT legal_name FROM company WHERE id = ?",
    "exchange": "SELECT legal_name FROM company WHERE id = ?",
    "visit": "SELECT legal_name FROM company JOIN accompaniment AS held ON company.id = company_id WHERE held.id = ?",
    "summary": "SELECT legal_name FROM company JOIN accompaniment AS held ON company.id = company_id WHERE held.id = ?",
    "participant": "SELECT theme FROM workshop WHERE id = ?",
}
"""How what a draft belongs to is called, where it has a name."""
_KEEP = """
    INSERT INTO draft (kind, record_id, typed, kept_at) VALUES (?, ?, ?, ?)
    ON CONFLICT (kind, record_id) DO UPDATE SET typed = excluded.typed, kept_at = excluded.kept_at
"""
_READ = "SELECT kind, record_id, typed, kept_at FROM draft"


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
        kept_at = self._database.clock().astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
        with self._database.jotting() as base:
            base.execute(_KEEP, (kind, record_id, typed, kept_at))

    def of(self, kind: str, record_id: str) -> Draft | None:
        """What was typed in this form and not saved; None when there is nothing."""
        with self._database.looking() as base:
            line = base.execute(f"{_READ} WHERE kind = ? AND record_id = ?", (kind, record_id)).fetchone()
            return None if line is None else _draft(base, *line)

    def all(self) -> list[Draft]:
        """Every draft, the latest first."""
        with self._database.looking() as base:
            lines = base.execute(f"{_READ} ORDER BY kept_at DESC").fetchall()
            return [_draft(base, *line) for line in lines]

    def drop(self, kind: str, record_id: str) -> None:
        """Forget a draft: its form was saved, or given up. Nothing happens when there is none."""
        with self._database.jotting() as base:
            base.execute("DELETE FROM draft WHERE kind = ? AND record_id = ?", (kind, record_id))


def _draft(base: Any, kind: str, record_id: str, typed: str, kept_at: str) -> Draft:
    values: dict[str, str] = json.loads(typed)
    at = datetime.fromisoformat(kept_at).replace(tzinfo=UTC)
    return Draft(kind, record_id, _title(base, kind, record_id, values), values, at)


def _title(base: Any, kind: str, record_id: str, values: Mapping[str, str]) -> str:
    typed = " ".join((values.get("legal_name") or values.get("theme") or "").split())
    if typed:
        return typed
    if is_of_project(kind):
        owner = owner_of_draft(base, record_id) if record_id else None
        typed = " ".join(values.get("title", "").split()) if kind == "project" else ""
        return owner.title if owner else typed or _NEW["project"]
    kept = base.execute(_NAMES[kind], (record_id,)).fetchone() if kind in _NAMES and record_id else None
    return (kept and str(kept[0])) or _NEW.get(kind, "Brouillon")
