"""Who works on a project and what was said: other parties (C32), exchanges (C26), the journal as a story (C35)."""

import json
from datetime import UTC, date, datetime
from typing import Any

from charte_desktop.errors import UserError
from charte_desktop.model.project import ExchangeRecord, PartyRecord
from charte_desktop.model.project_kinds import Between, Means
from charte_desktop.model.project_rules import require_past
from charte_desktop.model.project_story import Entry, StoryLine, story
from charte_desktop.store.project_reading import read_project
from charte_desktop.store.project_store import ProjectStore, keep_line, line_of


class ProjectLog(ProjectStore):
    """The parties and the log of a project."""

    def note_exchange(
        self,
        project_id: str,
        on: date,
        means: Means,
        between: Between,
        summary: str,
        *,
        about_removal: bool = False,
    ) -> str:
        """Note that people spoke or wrote to one another; its id.

        `about_removal`: the company was told that its provider left the register (C18).
        """
        if not summary.strip():
            raise UserError("Résumez ce qui s'est dit en une phrase.")
        with self._changing("Noter un échange", project_id, at_any_time=True) as (session, _):
            require_past(on, self._database.today(), "L'échange")
            made = ExchangeRecord(
                project_id=project_id,
                held_on=on,
                means=means,
                between=between,
                summary=summary.strip(),
                adviser=self._database.adviser,
                noted_at=self._database.clock(),
                about_removal=about_removal,
            )
            session.add(made)
        return made.id

    def save_exchange(self, project_id: str, exchange_id: str, **values: Any) -> None:
        """Correct a line of the log; the journal keeps what it said."""
        with self._changing("Corriger un échange", project_id, at_any_time=True) as (session, _):
            require_past(values.get("held_on"), self._database.today(), "L'échange")
            keep_line(session, ExchangeRecord, project_id, exchange_id, values)

    def drop_exchange(self, project_id: str, exchange_id: str) -> None:
        """Take off a line noted in error."""
        with self._changing("Retirer un échange", project_id, at_any_time=True) as (session, _):
            session.delete(line_of(session, ExchangeRecord, project_id, exchange_id))

    def save_party(self, project_id: str, party_id: str | None, **values: Any) -> str:
        """Another party of the project (C32), or what changed in one; its id."""
        for name, words in (("name", "Nommez cet intervenant."), ("role", "Écrivez ce qu'il fait dans le projet.")):
            if (party_id is None or name in values) and not str(values.get(name, "")).strip():
                raise UserError(words)
        with self._changing("Noter un intervenant", project_id) as (session, _):
            made = keep_line(session, PartyRecord, project_id, party_id, values)
        return made.id

    def drop_party(self, project_id: str, party_id: str) -> None:
        """Take a party off the list."""
        with self._changing("Retirer un intervenant", project_id) as (session, _):
            session.delete(line_of(session, PartyRecord, project_id, party_id))

    def story(self, project_id: str) -> list[StoryLine]:
        """Everything dated that the project holds, the oldest first, with who wrote it down and when (C35)."""
        with self._database.looking() as base:
            return story(read_project(base, project_id), _entries(base, project_id))


def _entries(base: Any, project_id: str) -> dict[tuple[str, str], Entry]:
    """The last entry of each field of the project and of its lines."""
    rows = base.execute(
        "SELECT line.record_id, line.changes, action.adviser, action.at FROM journal_line AS line "
        "JOIN journal_action AS action ON action.id = line.action_id "
        "WHERE line.subject_id = ? AND line.operation <> 'delete' ORDER BY action.clock, line.position",
        (project_id,),
    )
    found: dict[tuple[str, str], Entry] = {}
    for record_id, changes, adviser, at in rows:
        entry = Entry(adviser, datetime.fromisoformat(at).replace(tzinfo=UTC))
        for name in json.loads(changes):
            found[record_id, name] = entry
    return found
