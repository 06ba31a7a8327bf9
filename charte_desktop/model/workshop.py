"""Workshops: what they are about, when, who comes, who was there and signed for it."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from charte_desktop.model.base import Record, id_column
from charte_desktop.model.signing_medium import SigningMedium


class Workshop(Record, kw_only=True):
    """One workshop, in one session or several."""

    __tablename__ = "workshop"

    id: Mapped[str] = id_column()
    theme: Mapped[str] = mapped_column(String)
    place: Mapped[str] = mapped_column(String, default="")
    service_ids: Mapped[list[str]] = mapped_column(JSON, default_factory=list)
    """The services it is about: what a participant's directory sheet is asked for, unless they say otherwise."""
    notes: Mapped[str] = mapped_column(String, default="")
    adviser: Mapped[str] = mapped_column(String)
    created_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None] = mapped_column(default=None)


class WorkshopSession(Record, kw_only=True):
    """One meeting of a workshop."""

    __tablename__ = "workshop_session"

    id: Mapped[str] = id_column()
    workshop_id: Mapped[str] = mapped_column(ForeignKey("workshop.id"), index=True)
    held_on: Mapped[date] = mapped_column(index=True)
    starts: Mapped[str] = mapped_column(String(5), default="")
    """`09:00`, or empty."""
    ends: Mapped[str] = mapped_column(String(5), default="")


class WorkshopParticipant(Record, kw_only=True):
    """Somebody who comes for a company."""

    __tablename__ = "workshop_participant"

    id: Mapped[str] = id_column()
    workshop_id: Mapped[str] = mapped_column(ForeignKey("workshop.id"), index=True)
    company_id: Mapped[str] = mapped_column(ForeignKey("company.id"), index=True)
    position: Mapped[int]
    """From 1, in the order in which they were entered."""
    person: Mapped[str] = mapped_column(String, default="")
    service_ids: Mapped[list[str]] = mapped_column(JSON, default_factory=list)
    """What they look for; empty asks for the services of the workshop."""


class Attendance(Record, kw_only=True):
    """Somebody was there, at one session."""

    __tablename__ = "attendance"
    __table_args__ = (UniqueConstraint("session_id", "participant_id"),)

    id: Mapped[str] = id_column()
    workshop_id: Mapped[str] = mapped_column(ForeignKey("workshop.id"), index=True)
    session_id: Mapped[str] = mapped_column(ForeignKey("workshop_session.id"), index=True)
    participant_id: Mapped[str] = mapped_column(ForeignKey("workshop_participant.id"), index=True)
    medium: Mapped[SigningMedium]
    signed_at: Mapped[datetime]
    """Of a signature on the screen; on paper, when it was entered."""
    drawing: Mapped[str] = mapped_column(String, default="", deferred=True, deferred_raiseload=True)
    """The signature's strokes, as `model.drawing` writes them; empty on paper."""
