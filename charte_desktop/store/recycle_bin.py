"""What was deleted and can be taken back: a record in the bin is found nowhere else, and loses nothing."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from charte_desktop.model.company import Company
from charte_desktop.model.provider import Provider


@dataclass(frozen=True)
class BinnedRow:
    """A record of the recycle bin, as a line shows it."""

    id: str
    legal_name: str
    siren: str
    city: str
    deleted_at: datetime


def binned(session: Session, record: type[Provider] | type[Company]) -> list[BinnedRow]:
    """The records of this kind in the bin, the last deleted first."""
    query = select(record.id, record.legal_name, record.siren, record.city, record.deleted_at)
    lines = session.execute(query.where(record.deleted_at.is_not(None)).order_by(record.deleted_at.desc()))
    return [BinnedRow(one, name, siren, city, at) for one, name, siren, city, at in lines if at is not None]
