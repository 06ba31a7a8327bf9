"""What the window asks of the journal at every moment: when it was last written, and what can be taken back."""

from dataclasses import dataclass
from datetime import UTC, datetime

from charte_desktop.store.database import Database

_DEPTH = 1000
"""How many of the laptop's last actions undoing looks at."""


@dataclass(frozen=True)
class Step:
    """An action that can be taken back: the id of the action to invert, the words of what it does."""

    id: str
    label: str


def last_change(database: Database) -> datetime | None:
    """When the last action was kept, on any laptop; None in a base where nothing was done."""
    with database.looking() as base:
        last = base.execute("SELECT at FROM journal_action ORDER BY clock DESC LIMIT 1").fetchone()
    return None if last is None else datetime.fromisoformat(last[0]).replace(tzinfo=UTC)


def stacks(database: Database) -> tuple[list[Step], list[Step]]:
    """What can be undone and what can be redone, the next one last; told by the journal alone.

    An action that cannot be taken back (a number given out, a setting) leaves both as they are.
    """
    with database.looking() as base:
        actions = base.execute(
            "SELECT id, label, undoes FROM journal_action WHERE device = ? AND undoable ORDER BY clock DESC LIMIT ?",
            (database.device, _DEPTH),
        ).fetchall()
    undoable: list[Step] = []
    redoable: list[Step] = []
    for action_id, label, undoes in reversed(actions):
        if undoes is None:
            undoable.append(Step(action_id, label))
            redoable.clear()
        elif undoable and undoable[-1].id == undoes:
            redoable.append(Step(action_id, undoable.pop().label))
        elif redoable and redoable[-1].id == undoes:
            undoable.append(Step(action_id, redoable.pop().label))
    return undoable, redoable


def next_labels(database: Database) -> tuple[str, str]:
    """The words of what Ctrl+Z would take back and of what Ctrl+Y would do again; empty where there is nothing."""
    undoable, redoable = stacks(database)
    return undoable[-1].label if undoable else "", redoable[-1].label if redoable else ""
