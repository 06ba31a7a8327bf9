"""A clock that stands still until it is told to move."""

from datetime import datetime, timedelta

from charte_desktop.store.database import REUNION


class FixedClock:
    """Called, it gives `moment`: 20 October 2026, 9:30 on the island, unless it was moved."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 10, 20, 9, 30, tzinfo=REUNION)

    def __call__(self) -> datetime:
        return self.moment

    def advance(self, **by: float) -> None:
        """Move on by so many days, hours, minutes …, as `timedelta` names them."""
        self.moment += timedelta(**by)
