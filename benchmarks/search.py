"""200 searches in a large base, first 50 records, against the same full-text query by the bare driver.

The floor asks the same question of the same index, in the same order, and fetches the columns of each record that a
list shows.
Ours adds what makes a line: services, state of the signature, text on screen. The middle query of 200 is what counts.
"""

from functools import partial
from random import Random
from statistics import median
from typing import Any

from benchmarks.base import big_base, company_name
from benchmarks.stopwatch import RUNS, Promise, promise, seconds
from charte_desktop.model import reference
from charte_desktop.store.cipher import raw_connection
from charte_desktop.store.company_records import CompanyRecords
from charte_desktop.store.database import Database
from charte_desktop.store.provider_register import ProviderRegister
from charte_desktop.store.search_words import match_expression

FIRST = 50

_FLOOR = """
    SELECT record.id, record.legal_name, record.siren, record.city, record.commune_code, record.phones, record.emails,
        record.ape_code
    FROM {kind}_search
    JOIN search_document ON search_document.id = {kind}_search.rowid
    JOIN {kind} AS record ON record.id = search_document.record_id
    WHERE {kind}_search MATCH ? ORDER BY rank LIMIT 50
"""


def queries(database: Database) -> list[str]:
    """200 things that people type: parts of names, communes, services, numbers, two words, one letter."""
    random = Random(200)
    with database.reading() as session:
        known = (
            session.connection().exec_driver_sql("SELECT siren, phones FROM provider ORDER BY siren LIMIT 500").all()
        )
    communes = [commune.name for commune in reference.communes().values()]
    labels = [service.label for service in reference.services().values()]

    def one(turn: int) -> str:
        name = company_name(random).split()
        siren, phones = random.choice(known)
        commune = random.choice(communes)
        kinds = (
            name[-1][: random.randint(3, 6)],
            " ".join(word[:4] for word in name[-2:]),
            commune,
            f"{name[-1][:4]} {commune.split('-')[-1]}",
            random.choice(labels).split()[0],
            siren[: random.randint(4, 9)],
            f"{siren[:3]} {siren[3:6]}",
            "0" + phones[6:12],
            random.choice("abcdelmprst") + random.choice(("", "a", "e", "o")),
            random.choice(("62.01z", "Étang-Salé", "l etang", "œuvre", "creole", "filaos", "vetiver formation", "zzz")),
        )
        return kinds[turn % len(kinds)]

    return [one(turn) for turn in range(200)]


def measure() -> Promise:
    """Every query is asked of both registers, 100 of each, seven times by each side in turn."""
    database = big_base()
    connection = raw_connection(database.path, database.key)
    providers, companies = ProviderRegister(database), CompanyRecords(database)
    ours: list[float] = []
    floor: list[float] = []
    for turn, text in enumerate(queries(database)):
        kind, search = ("provider", providers.search) if turn // 10 % 2 == 0 else ("company", companies.search)
        mine, bare = [], []
        for _ in range(1 + RUNS):
            mine.append(seconds(partial(search, text, limit=FIRST)))
            bare.append(seconds(partial(_ask, connection, kind, text)))
        ours.append(median(mine[1:]))
        floor.append(median(bare[1:]))
    connection.close()
    database.close()
    name = "a search, 20,000 providers and 50,000 companies, first 50"
    return promise(name, (median(ours), median(floor)), "ms", must=3.0)


def _ask(connection: Any, kind: str, text: str) -> list[Any]:
    rows: list[Any] = connection.execute(_FLOOR.format(kind=kind), (match_expression(text),)).fetchall()
    return rows
