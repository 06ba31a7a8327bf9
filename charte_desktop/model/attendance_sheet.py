"""What an attendance sheet says, ready to be printed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from charte_desktop.model.drawing import Drawing
from charte_desktop.model.signing_medium import SigningMedium


@dataclass(frozen=True)
class Signed:
    """A presence: how it was signed, and what was drawn."""

    medium: SigningMedium
    drawing: Drawing | None = None


@dataclass(frozen=True)
class Attendee:
    """A line of the sheet."""

    company: str
    person: str = ""
    signed: Mapping[int, Signed] = field(default_factory=dict)
    """By number of the session, from 0."""


@dataclass(frozen=True, kw_only=True)
class AttendanceContent:
    """Everything printed on an attendance sheet; the same content always gives the same bytes."""

    theme: str
    place: str = ""
    adviser: str
    sessions: Sequence[str]
    """Days and hours, in words."""
    attendees: Sequence[Attendee]
    spare: int = 0
    """Empty lines at the end, for who comes without having said so."""
    made_at: datetime
    """Aware of its zone."""
    demonstration: bool = False
