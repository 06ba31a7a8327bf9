"""The bare driver: how a base file is opened without SQLAlchemy, to read what is shown, for backups and checks."""

from pathlib import Path
from typing import Any

import sqlcipher3

FILE_NAME = "charte.db"

BUSY_SECONDS = 10
"""How long a connection waits for another one to have done."""


def raw_connection(path: Path, key: bytes) -> Any:
    """A bare driver connection to `path`; each statement stands for itself unless a transaction is begun."""
    silence()
    connection = sqlcipher3.connect(str(path), timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    connection.execute(f'PRAGMA key="{raw_key(key)}"')
    return connection


def raw_key(key: bytes) -> str:
    """The form SQLCipher takes as a key, without deriving it again (0.4 s a connection)."""
    return f"x'{key.hex()}'"


def silence() -> None:
    """Keep SQLCipher from writing on standard error: a wrong key is our sentence to say. Holds for the process."""
    memory = sqlcipher3.connect(":memory:")
    memory.execute("PRAGMA cipher_log_level=NONE")
    memory.close()
