"""What the CCIR does with a company, and what the company needs: the right to the charter comes from here (C03)."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from charte_desktop.model.accompaniment_kind import AccompanimentKind
from charte_desktop.model.base import Record, id_column
from charte_desktop.model.follow_up import NeedState, Outcome, Priority


class Accompaniment(Record, kw_only=True):
    """One accompaniment of one company by an adviser."""

    __tablename__ = "accompaniment"
    __table_args__ = (
        # What lists and reminders ask of every accompaniment at once, without the words of the conversations.
        Index("ix_accompaniment_standing", "company_id", "held_on", "outcome", "next_on", "next_done_on"),
        Index("ix_accompaniment_held_on", "held_on", "kind", "company_id"),
    )

    id: Mapped[str] = id_column()
    company_id: Mapped[str] = mapped_column(ForeignKey("company.id"), index=True)
    kind: Mapped[AccompanimentKind]
    held_on: Mapped[date]
    adviser: Mapped[str] = mapped_column(String)
    notes: Mapped[str] = mapped_column(String, default="")
    """What was said; for the CCIR alone."""
    summary: Mapped[str] = mapped_column(String, default="")
    """What was seen, in words for the company: its restitution says it."""
    workshop_id: Mapped[str | None] = mapped_column(ForeignKey("workshop.id"), index=True, default=None)
    """The workshop that the company attended, for an accompaniment of that kind entered there."""
    met: Mapped[list[dict[str, str]]] = mapped_column(JSON, default_factory=list)
    """Who was met, as they were that day: `name`, `role`, and `contact_id` for a known contact."""
    next_step: Mapped[str] = mapped_column(String, default="")
    next_on: Mapped[date | None] = mapped_column(default=None)
    next_done_on: Mapped[date | None] = mapped_column(default=None)
    """When the next step was done, or something took its place."""
    outcome: Mapped[Outcome | None] = mapped_column(default=None)
    """None while the accompaniment goes on."""
    outcome_remark: Mapped[str] = mapped_column(String, default="")
    closed_on: Mapped[date | None] = mapped_column(default=None)


class Need(Record, kw_only=True):
    """A service a company looks for, noted during an accompaniment."""

    __tablename__ = "need"
    __table_args__ = (
        Index("ix_need_standing", "company_id", "state", "settled_on", "service_id", "state_on", "noted_on"),
        Index("ix_need_noted_on", "noted_on", "service_id", "accompaniment_id"),
    )

    id: Mapped[str] = id_column()
    company_id: Mapped[str] = mapped_column(ForeignKey("company.id"), index=True)
    accompaniment_id: Mapped[str] = mapped_column(ForeignKey("accompaniment.id"), index=True)
    service_id: Mapped[str] = mapped_column(String(36))
    noted_on: Mapped[date]
    priority: Mapped[int] = mapped_column(default=int(Priority.MEDIUM))
    """One of `Priority`."""
    state: Mapped[NeedState] = mapped_column(default=NeedState.NEW)
    state_on: Mapped[date | None] = mapped_column(default=None)
    """Since when it stands so; None since it was noted."""
    provider_id: Mapped[str | None] = mapped_column(ForeignKey("provider.id"), default=None)
    """Who was chosen."""
    reason: Mapped[str] = mapped_column(String, default="")
    """Why it was dropped."""
    settled_on: Mapped[date | None] = mapped_column(default=None)
    """Since when nobody waits for it, because its accompaniment was closed."""


class Recommendation(Record, kw_only=True):
    """One thing that the adviser recommends: what, why, how."""

    __tablename__ = "recommendation"

    id: Mapped[str] = id_column()
    company_id: Mapped[str] = mapped_column(ForeignKey("company.id"), index=True)
    accompaniment_id: Mapped[str] = mapped_column(ForeignKey("accompaniment.id"), index=True)
    position: Mapped[int]
    """From 1, in the order in which they are read."""
    what: Mapped[str] = mapped_column(String)
    why: Mapped[str] = mapped_column(String, default="")
    how: Mapped[str] = mapped_column(String, default="")
    priority: Mapped[int] = mapped_column(default=int(Priority.MEDIUM))
    """One of `Priority`."""
    question_id: Mapped[str] = mapped_column(String, default="")
    """The question of the diagnostic that proposed it; empty for the adviser's own."""


class FollowUp(Record, kw_only=True):
    """What became of an accompaniment, asked some months later: satisfaction in two questions."""

    __tablename__ = "follow_up"

    id: Mapped[str] = id_column()
    company_id: Mapped[str] = mapped_column(ForeignKey("company.id"), index=True)
    accompaniment_id: Mapped[str] = mapped_column(ForeignKey("accompaniment.id"), index=True)
    asked_on: Mapped[date]
    adviser: Mapped[str] = mapped_column(String)
    helpfulness: Mapped[int | None] = mapped_column(default=None)
    """A key of `HELPFULNESS`; None for a company that did not say."""
    would_advise: Mapped[bool | None] = mapped_column(default=None)
    remark: Mapped[str] = mapped_column(String, default="")


def gives_right_to_charter(accompaniments: Iterable[Accompaniment], on: date) -> bool:
    """True when the company was accompanied by the CCIR on or before `on` (C03)."""
    return any(one.held_on <= on for one in accompaniments)
