"""What the CCIR does with a company, and what the company needs: the right to the charter comes from here (C03)."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from charte_desktop.model.accompaniment_kind import AccompanimentKind
from charte_desktop.model.base import Record, id_column


class Accompaniment(Record, kw_only=True):
    """One accompaniment of one company by an adviser."""

    __tablename__ = "accompaniment"

    id: Mapped[str] = id_column()
    company_id: Mapped[str] = mapped_column(ForeignKey("company.id"), index=True)
    kind: Mapped[AccompanimentKind]
    held_on: Mapped[date]
    adviser: Mapped[str] = mapped_column(String)
    notes: Mapped[str] = mapped_column(String, default="")


class Need(Record, kw_only=True):
    """A service a company looks for, noted during an accompaniment."""

    __tablename__ = "need"

    id: Mapped[str] = id_column()
    company_id: Mapped[str] = mapped_column(ForeignKey("company.id"), index=True)
    accompaniment_id: Mapped[str] = mapped_column(ForeignKey("accompaniment.id"), index=True)
    service_id: Mapped[str] = mapped_column(String(36))
    noted_on: Mapped[date]


def gives_right_to_charter(accompaniments: Iterable[Accompaniment], on: date) -> bool:
    """True when the company was accompanied by the CCIR on or before `on` (C03)."""
    return any(one.held_on <= on for one in accompaniments)
