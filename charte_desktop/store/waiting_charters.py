"""Charters that wait: providers that are asked to sign again, signings that were begun and not finished (C15, C18)."""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from charte_desktop.model.display import show_siren
from charte_desktop.store.charter_rows import CharterRows
from charte_desktop.store.database import REUNION
from charte_desktop.store.waiting_words import Asked, Basket, Entry, Waiting, ago

BEGUN, AGAIN = "begun_signings", "sign_again"


def waiting_charters(asked: Asked) -> Iterable[Basket]:
    """Signings to finish, the oldest first; then the providers that must sign again, by name."""
    begun = asked.base.execute("SELECT provider_id, kept_at FROM signing_session ORDER BY kept_at").fetchall()
    yield Basket(
        BEGUN,
        "Signatures commencées",
        "La charte est en cours de signature : reprenez-la où elle en était.",
        [Entry(provider, _day(kept_at)) for provider, kept_at in begun],
        partial(_begun, asked.today),
        is_late=True,
    )
    why = {provider: again.value for provider, again in CharterRows(asked.database).to_sign_again().items()}
    by_name = asked.base.execute(
        "SELECT id FROM provider WHERE id IN (SELECT value FROM json_each(?)) ORDER BY legal_name",
        (json.dumps(list(why)),),
    )
    yield Basket(
        AGAIN,
        "Chartes à signer de nouveau",
        "Ces prestataires ont signé un texte plus ancien, ou leur signature arrive à son terme.",
        [Entry(line[0], None) for line in by_name] if why else [],
        partial(_again, why),
    )


def _day(kept_at: str) -> date:
    return datetime.fromisoformat(kept_at).replace(tzinfo=UTC).astimezone(REUNION).date()


def _names(base: Any, entries: Sequence[Entry]) -> dict[str, Sequence[str]]:
    ids = json.dumps([one.record_id for one in entries])
    found = base.execute(
        "SELECT id, legal_name, siren, city FROM provider WHERE id IN (SELECT value FROM json_each(?))", (ids,)
    )
    return {line[0]: line[1:] for line in found}


def _begun(today: date, base: Any, entries: Sequence[Entry]) -> list[Waiting]:
    names = _names(base, entries)
    return [
        Waiting(one, "signing", one, names[one][0] or "(sans nom)", names[one][2], f"commencée {ago(day, today)}")
        for one, day in entries
    ]


def _again(why: dict[str, str], base: Any, entries: Sequence[Entry]) -> list[Waiting]:
    names = _names(base, entries)
    waiting = []
    for one, _ in entries:
        name, siren, city = names[one]
        detail = " · ".join(filter(None, [show_siren(siren), city]))
        waiting.append(Waiting(one, "charter", one, name or "(sans nom)", detail, why[one].lower()))
    return waiting
