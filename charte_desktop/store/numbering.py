"""The numbers that documents are given: a year, the laptop's code, a rank. Two laptops never give the same one."""

from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session


def next_number(session: Session, column: Any, letters: str, device: str, day: date) -> str:
    """The next number of a kind on this laptop for the year of `day`: "AT-2026-K7Q-00012".

    `column` holds the numbers given so far, `letters` say of what they are.
    """
    prefix = f"{letters}-{day.year}-{device}-"
    last = session.scalar(select(func.max(column)).where(column.startswith(prefix)))
    return f"{prefix}{int(last.removeprefix(prefix)) + 1 if last else 1:05d}"
