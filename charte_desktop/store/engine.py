"""SQLAlchemy's encrypted connections, on which records are changed: one place says how its engine is made."""

from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, Pool, QueuePool, create_engine, event

from charte_desktop.store.cipher import BUSY_SECONDS, raw_key, silence

WRITES = "charte_writes"
"""Execution option of an engine whose transactions change the base."""

_CACHE_KIB = 32_000
"""Pages that a transaction may hold changed. With SQLite's own 2 MB an import ciphers pages several times: 0.2 s more
for 10,000 rows."""


def encrypted_engine(path: Path, key: bytes, *, poolclass: type[Pool] = QueuePool, foreign_keys: bool = True) -> Engine:
    """An engine on the base file `path`, encrypted with the 256-bit `key`.

    Durable (WAL, `synchronous=FULL`); each transaction is opened by us, so that a schema change is rolled back too.
    """
    silence()
    engine = create_engine(
        URL.create("sqlite+pysqlcipher", password=raw_key(key), database=str(path)),
        poolclass=poolclass,
        connect_args={"check_same_thread": False, "timeout": BUSY_SECONDS},
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # we send BEGIN ourselves: the driver would commit before a schema change
        for pragma in (
            f"foreign_keys={int(foreign_keys)}",
            "journal_mode=WAL",
            "synchronous=FULL",
            f"cache_size=-{_CACHE_KIB}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES, False)
        driver: Any = connection.connection.driver_connection  # asked directly: a search is as short as these two
        driver.execute(f"PRAGMA query_only={int(not writes)}")
        # Taking the write lock at once: a lock asked for later, after reading, fails without waiting.
        driver.execute("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def single_connection_engine(path: Path, key: bytes) -> Engine:
    """An engine for schema changes: no pool; foreign keys off, or rebuilding a parent would empty its children."""
    return encrypted_engine(path, key, poolclass=NullPool, foreign_keys=False).execution_options(**{WRITES: True})
