"""How a line of a dry run is said and marked."""

from typing import TYPE_CHECKING

from charte_desktop.ui import marks

if TYPE_CHECKING:
    from charte_desktop.model.import_plan import PlannedLine

ACTIONS: dict[str, tuple[str, str, marks.Mark]] = {
    "created": ("Créé", "Créés", ("disc", "done")),
    "incomplete": ("Créé, à compléter", "À compléter", ("ring", "warning")),
    "updated": ("Mis à jour", "Mis à jour", ("triangle", "accent")),
    "unchanged": ("Inchangé", "Inchangés", ("bar", "muted")),
    "duplicate": ("Doublon", "Doublons", ("square", "muted")),
    "left_out": ("Laissé de côté", "Laissés de côté", ("cross", "error")),
}
"""The word for one line, the word of the filter, and the mark, by action."""


def changes(line: "PlannedLine", between: str) -> str:
    """What an update changes: field, before → after."""
    from charte_desktop.model.import_plan import CHANGE_LABELS

    return between.join(
        f"{CHANGE_LABELS.get(field, field)} : {_short(before) or '(vide)'} → {_short(after)}"
        for field, (before, after) in line.changes.items()
    )


def told(line: "PlannedLine", between: str) -> str:
    """What is to know of a line: its reason, then its problems."""
    return between.join(filter(None, [line.reason, *(problem.message for problem in line.problems)]))


def asks_attention(line: "PlannedLine") -> bool:
    """True for a line with cells that could not be read, or that contradict another line."""
    return bool(line.problems) or "pas reprises" in line.reason


def _short(text: str) -> str:
    return " / ".join(text.splitlines())
