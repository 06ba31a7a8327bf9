"""What waits can be put off to a day, for a reason."""

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from charte_desktop.model.base import Record, id_column


class Snooze(Record, kw_only=True):
    """One line of a basket, put off."""

    __tablename__ = "snooze"

    id: Mapped[str] = id_column()
    basket: Mapped[str] = mapped_column(String)
    """The key of the basket."""
    record_id: Mapped[str] = mapped_column(String(36), index=True)
    """What the line is about: a company, a provider, a project, a workshop, a sheet."""
    until: Mapped[date]
    """The day on which it comes back."""
    reason: Mapped[str] = mapped_column(String)
    adviser: Mapped[str] = mapped_column(String)
    put_off_on: Mapped[date]
