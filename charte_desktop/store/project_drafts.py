"""Which project a form left half-way belongs to: its own form, or that of one of its lines."""

from typing import Any, NamedTuple

_LINES = (
    "project_step", "project_deliverable", "project_baseline", "project_price", "project_invoice",
    "project_price_change", "project_exchange", "project_notice", "project_party", "project_document",
    "project_evidence", "project_overrun", "project_incapacity",
)  # fmt: skip
"""The tables of what hangs on a project."""


FORMS = {
    "project": "projet", "project_step": "étape", "project_done": "étape faite", "project_move": "date à déplacer",
    "project_deliverable": "livrable", "project_handed": "livrable remis", "project_baseline": "planning convenu",
    "project_price": "prix", "project_invoice": "facture", "project_price_change": "changement de prix",
    "project_price_answer": "réponse à un prix", "project_exchange": "échange d'un projet",
    "project_notice": "avis à la CCIR", "project_party": "intervenant", "project_document": "document d'un projet",
    "project_annex": "charte à annexer", "project_evidence": "fait d'un projet", "project_start": "projet à démarrer",
    "project_close": "projet à clore", "project_incapacity": "interruption", "project_lift": "reprise",
    "project_removal": "entreprise à prévenir", "overrun_contact": "dépassement", "overrun_reason": "dépassement",
    "overrun_price": "dépassement", "overrun_costing": "dépassement", "overrun_paper": "accord sur papier",
    "overrun_refusal": "dépassement refusé", "overrun_signing": "accord à signer",
}  # fmt: skip
"""Every form of a project as its draft names it, and what it is of."""


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
