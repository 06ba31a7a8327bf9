"""Directory sheets that were made and of which nobody noted to whom they were handed (C07)."""

import json
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from charte_desktop.store.waiting_words import Asked, Basket, Entry, Waiting, ago

SHEETS = "sheets"
_LOOKED_BACK = timedelta(days=60)
"""An older sheet is no longer handed: providers have joined and left since."""


def waiting_sheets(asked: Asked) -> Iterable[Basket]:
    """The sheets of the last two months without a hand-over."""
    lines = asked.base.execute(
        "SELECT sheet.id, sheet.issued_on FROM directory_sheet AS sheet WHERE issued_on >= ? AND NOT EXISTS "
        "(SELECT 1 FROM hand_over WHERE sheet_id = sheet.id) ORDER BY issued_on, rowid",
        ((asked.day - _LOOKED_BACK).isoformat(),),
    ).fetchall()
    yield Basket(
        SHEETS,
        "Remises à noter",
        "Ces fiches annuaires sont éditées : notez à qui elles ont été remises.",
        [Entry(sheet, date.fromisoformat(day)) for sheet, day in lines],
        partial(_describe, asked.today),
        is_late=True,
    )


def _describe(today: date, base: Any, entries: Sequence[Entry]) -> list[Waiting]:
    found = base.execute(
        "SELECT sheet.id, sheet.number, company.id, company.legal_name FROM directory_sheet AS sheet "
        "JOIN company ON company.id = sheet.company_id WHERE sheet.id IN (SELECT value FROM json_each(?))",
        (json.dumps([one.record_id for one in entries]),),
    )
    lines = {line[0]: line for line in found}
    waiting = []
    for record_id, day in entries:
        _, number, company_id, name = lines[record_id]
        waiting.append(
            Waiting(record_id, "sheet", company_id, name or "(sans nom)", number, f"éditée {ago(day, today)}")
        )
    return waiting
