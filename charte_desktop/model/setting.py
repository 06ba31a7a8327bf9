"""What the program remembers inside the base."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from charte_desktop.model.base import Record


class Setting(Record, kw_only=True):
    """One named value: the adviser, the laptop's code, a rule chosen by the CCIR; journaled like any record."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[str] = mapped_column(String, default="")
