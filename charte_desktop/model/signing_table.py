"""Where a charter being signed is kept until it is sealed."""

from sqlalchemy import Column, Float, ForeignKey, Integer, String, Table

from charte_desktop.model.base import Record, UtcDateTime

signing_session = Table(
    "signing_session",
    Record.metadata,
    Column("id", String(36), primary_key=True),
    Column("provider_id", String(36), nullable=False, unique=True),
    Column("state", String, nullable=False),
    Column("kept_at", UtcDateTime, nullable=False),
)
"""One for a provider. Outside the journal, like a draft: nothing has changed before the seal."""

signing_stroke = Table(
    "signing_stroke",
    Record.metadata,
    Column("session_id", String(36), ForeignKey("signing_session.id", ondelete="CASCADE"), primary_key=True),
    Column("signer", Integer, primary_key=True),
    Column("stroke", Integer, primary_key=True),
    Column("chunk", Integer, primary_key=True),
    Column("aspect", Float, nullable=False),
    Column("tool", String, nullable=False),
    Column("began", Integer, nullable=False),
    Column("points", String, nullable=False),
)
"""What the pad gave, as it was drawn: some points a row, so that a kill in the middle of a line loses none."""
