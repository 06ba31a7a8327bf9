"""Where drafts are kept."""

from sqlalchemy import Column, String, Table

from charte_desktop.model.base import Record, UtcDateTime

draft_table = Table(
    "draft",
    Record.metadata,
    Column("kind", String, primary_key=True),
    Column("record_id", String(36), primary_key=True),
    Column("typed", String, nullable=False),
    Column("kept_at", UtcDateTime, nullable=False),
)
"""What was typed and not saved. Outside the journal: nothing has changed yet, and no other laptop has use for it."""
