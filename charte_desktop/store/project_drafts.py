"""Which project a form left half-way belongs to: its own form, or that of one of its lines."""

from typing import Any, NamedTuple

_LINES = (
    "project_step", "project_deliverable", "project_baseline", "project_price", "project_invoice",
    "project_price_change", "project_exchange", "project_notice", "project_party", "project_document",
    "project_evidence", "project_overrun", "project_incapacity",
)  # fmt: skip
"""The tables of what hangs on a project."""


class DraftOwner(NamedTuple):
    """The project of a draft."""

    project_id: str
    title: str


def is_of_project(kind: str) -> bool:
    """True for the drafts of projects and of their lines."""
    return kind == "project" or kind.startswith(("project_", "overrun_"))


def owner_of_draft(base: Any, record_id: str) -> DraftOwner | None:
    """The project that a draft is about: `record_id` is the project's, a line's, or the project's with a clause."""
    union = " UNION ALL ".join(f"SELECT project_id FROM {name} WHERE id = ?1" for name in _LINES)
    found = base.execute(
        f"SELECT id, title FROM project WHERE id IN (?1, substr(?1, 1, 36)) OR id IN ({union}) LIMIT 1", (record_id,)
    ).fetchone()
    return None if found is None else DraftOwner(*found)
