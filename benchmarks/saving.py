"""Saving a changed record, journal and search index included, against one durable raw transaction of the same rows."""

import shutil
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

from benchmarks.base import big_base
from benchmarks.stopwatch import Promise, in_turn, promise, seconds
from charte_desktop.store.cipher import raw_connection
from charte_desktop.store.database import Database
from charte_desktop.store.provider_register import ProviderRegister

SAVES = 20
"""Records saved in one run; a run's time is that of one save."""

_COPIES = Path("build/bench/saving")


def measure() -> Promise:
    """Each side works on its own copy of the large base, with the same encryption and the same durability."""
    source = big_base()
    source.close()
    shutil.rmtree(_COPIES, ignore_errors=True)
    mine, bare = (shutil.copytree(source.folder, _COPIES / name) for name in ("ours", "floor"))
    database = Database.open(mine)
    register = ProviderRegister(database)
    ids = [row.id for row in register.search(limit=SAVES)]
    turns = count()

    def ours() -> float:
        turn = next(turns)
        total = 0.0
        for provider_id in ids:
            provider = register.get(provider_id)
            provider.enter("notes", f"Rappeler après la visite {turn}")
            provider.enter("phones", f"0692 00 {turn % 100:02d} {turn % 97:02d}")
            total += seconds(partial(register.save, provider))
        return total / SAVES

    connection = raw_connection(bare / database.path.name, database.key)
    for pragma in ("foreign_keys=1", "journal_mode=WAL", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")
    documents = dict(connection.execute("SELECT record_id, id FROM search_document").fetchall())
    rest = (
        "noe exemple 12 rue filaos 97400 saint denis formation informatique site vitrine logiciel de caisse 0692001122"
    )

    def floor() -> float:
        turn = next(turns)
        total = 0.0
        for provider_id in ids:
            words = (f"Rappeler après la visite {turn}", f'["+26269200{turn % 100:02d}{turn % 97:02d}"]')
            indexed = (documents[provider_id], "sarl nom informatique", f"{rest} {turn}")
            total += seconds(partial(_save, connection, provider_id, words, indexed))
        return total / SAVES

    timings = in_turn(ours, floor)
    connection.close()
    database.close()
    shutil.rmtree(_COPIES)
    return promise("saving a record: journal, search index, durable", timings, "ms", must=3.0)


def _save(connection: Any, provider_id: str, words: tuple[str, str], indexed: tuple[int, str, str]) -> None:
    action = str(uuid4())
    at = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    changes = f'{{"phones":[["+262692000000"],{words[1]}],"notes":["","{words[0]}"]}}'
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE provider SET notes = ?, phones = ? WHERE id = ?", (*words, provider_id))
    connection.execute(
        "INSERT INTO journal_action (id, label, adviser, device, at, clock, undoes, undoable) "
        "SELECT ?, 'Modifier la fiche', 'Mesure', 'AAA', ?, max(clock) + 1, NULL, 1 FROM journal_action",
        (action, at),
    )
    connection.execute(
        "INSERT INTO journal_line (action_id, position, table_name, record_id, subject_id, operation, changes) "
        "VALUES (?, 0, 'provider', ?, ?, 'update', ?)",
        (action, provider_id, provider_id, changes),
    )
    connection.execute("INSERT OR REPLACE INTO provider_search (rowid, name, rest) VALUES (?, ?, ?)", indexed)
    connection.execute("COMMIT")
