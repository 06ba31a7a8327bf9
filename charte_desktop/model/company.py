"""The companies that the CCIR accompanies."""

from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from charte_desktop.model.accompaniment import Accompaniment, Need
from charte_desktop.model.base import Record, id_column, new_id
from charte_desktop.model.identity import Identity


class Company(Identity, Record, kw_only=True):
    """A company the CCIR accompanies or may accompany."""

    __tablename__ = "company"

    id: Mapped[str] = id_column()
    legal_category: Mapped[str] = mapped_column(String(4), default="")
    """INSEE legal category, third level (5499 SARL), or empty."""
    created_at: Mapped[datetime | None] = mapped_column(default=None)
    deleted_at: Mapped[datetime | None] = mapped_column(default=None)

    accompaniments: Mapped[list[Accompaniment]] = relationship(
        lazy="raise", default_factory=list, order_by=Accompaniment.held_on, passive_deletes="all"
    )
    needs: Mapped[list[Need]] = relationship(
        lazy="raise", default_factory=list, order_by=Need.service_id, passive_deletes="all"
    )


class Named(Protocol):
    """What says who a company is."""

    legal_name: str


def missing_of_company(form: Named) -> list[str]:
    """What an accompanied company cannot do without, by field: its name; its SIREN may come with a later visit."""
    return [] if form.legal_name else ["legal_name"]


def new_company(**fields: Any) -> Company:
    """A company that is not in the base yet."""
    return Company(id=new_id(), **fields)
