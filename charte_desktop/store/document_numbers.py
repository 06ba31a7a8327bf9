"""Numbers given to documents: kind, year, the laptop's code that keeps two laptops apart, a count from 1."""

from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session


def next_number(session: Session, column: InstrumentedAttribute[Any], kind: str, day: date, device: str) -> str:
    """The next number of this laptop for the year, such as FA-2026-K7Q-00012; `column` holds those given."""
    prefix = f"{kind}-{day.year}-{device}-"
    last = session.scalar(select(func.max(column)).where(column.startswith(prefix)))
    return f"{prefix}{int(last.removeprefix(prefix)) + 1 if last else 1:05d}"
