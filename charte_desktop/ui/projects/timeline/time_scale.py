"""How long a day is on the timeline, and where each one is."""

from dataclasses import dataclass
from datetime import date, timedelta

NARROWEST, WIDEST = 0.08, 48.0
"""Pixels of a day: thirty years, or a month, in the width of a screen."""
STEP = 1.25
"""What one turn of the wheel, or one press of +, multiplies."""


@dataclass(frozen=True)
class TimeScale:
    """Days as pixels from the first one."""

    first: date
    last: date
    day: float
    """Pixels of a day."""

    def x(self, day: date) -> float:
        """Where a day begins."""
        return (day - self.first).days * self.day

    def end(self, day: date) -> float:
        """Where a day ends."""
        return ((day - self.first).days + 1) * self.day

    @property
    def width(self) -> float:
        """All the days."""
        return ((self.last - self.first).days + 1) * self.day

    def at(self, x: float) -> date:
        """The day at a place, within what is shown."""
        count = int(x // self.day)
        return self.first + timedelta(min(max(count, 0), (self.last - self.first).days))

    def zoomed(self, day: float) -> "TimeScale":
        """The same days at another length, as long as they may be."""
        return TimeScale(self.first, self.last, min(max(day, NARROWEST), WIDEST))

    def fitted(self, width: float) -> "TimeScale":
        """All the days in this width."""
        return self.zoomed(width / ((self.last - self.first).days + 1))
