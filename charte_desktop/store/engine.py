"""The encrypted connections: one place says how a base file is opened."""

from pathlib import Path
from typing import Any

import sqlcipher3
from sqlalchemy import URL, Connection, Engine, NullPool, Pool, QueuePool, create_engine, event

FILE_NAME = "charte.db"

WRITES = "charte_writes"
"""Execution option of an engine whose transactions change the base."""

_BUSY_SECONDS = 10


def encrypted_engine(path: Path, key: bytes, *, poolclass: type[Pool] = QueuePool, foreign_keys: bool = True) -> Engine:
    """An engine on the base file `path`, encrypted with the 256-bit `key`.

    Durable (WAL, `synchronous=FULL`); each transaction is opened by us, so that a schema change is rolled back too.
    """
    _silence()
    engine = create_engine(
        URL.create("sqlite+pysqlcipher", password=_raw(key), database=str(path)),
        poolclass=poolclass,
        connect_args={"check_same_thread": False, "timeout": _BUSY_SECONDS},
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # we send BEGIN ourselves: the driver would commit before a schema change
        for pragma in (f"foreign_keys={int(foreign_keys)}", "journal_mode=WAL", "synchronous=FULL"):
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


def raw_connection(path: Path, key: bytes) -> Any:
    """A bare driver connection to `path`, for backups and checks."""
    _silence()
    connection = sqlcipher3.connect(str(path), timeout=_BUSY_SECONDS, isolation_level=None)
    connection.execute(f'PRAGMA key="{_raw(key)}"')
    return connection


def _raw(key: bytes) -> str:
    """The form SQLCipher takes as a key, without deriving it again (0.4 s a connection)."""
    return f"x'{key.hex()}'"


def _silence() -> None:
    """Keep SQLCipher from writing on standard error: a wrong key is our sentence to say. Holds for the process."""
    memory = sqlcipher3.connect(":memory:")
    memory.execute("PRAGMA cipher_log_level=NONE")
    memory.close()
