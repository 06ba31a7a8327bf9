"""What an adviser said once of two records that look alike: they are two companies."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from charte_desktop.model.base import Record, id_column


class DistinctPair(Record, kw_only=True):
    """Two providers, or two companies, that are not the same one; they are not proposed as duplicates again."""

    __tablename__ = "distinct_pair"

    id: Mapped[str] = id_column()
    first_id: Mapped[str] = mapped_column(String(36), index=True)
    """The smaller of the two ids, so that a pair has one form."""
    second_id: Mapped[str] = mapped_column(String(36), index=True)
