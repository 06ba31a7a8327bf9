"""Reading what is shown, by plain SQL on the bare driver: no record is made, and nothing can be written.

Lists and forms are read here. SQLAlchemy makes records of what is to be changed; loading it takes longer than all that
the first window shows, and asking it for a line longer than the line.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from charte_desktop.store.cipher import raw_connection

_CACHE_KIB = 8 * 1024
"""Pages that a connection keeps deciphered; SQLite's own 2 MiB make a search decipher its index each time."""


class Reader:
    """Connections that only read, one for each thread that reads at the same moment."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path, self._key = path, key
        self._free: list[Any] = []
        self._is_closed = False

    @contextmanager
    def reading(self) -> Iterator[Any]:
        """A connection on one coherent state of the base."""
        connection = self._free.pop() if self._free else self._connect()
        try:
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.execute("ROLLBACK")
        finally:
            if self._is_closed:
                connection.close()
            else:
                self._free.append(connection)

    def close(self) -> None:
        """Close every connection; one that still reads is closed when it has done."""
        self._is_closed = True
        while self._free:
            self._free.pop().close()

    def _connect(self) -> Any:
        connection = raw_connection(self._path, self._key)
        for pragma in ("query_only=1", f"cache_size=-{_CACHE_KIB}"):
            connection.execute(f"PRAGMA {pragma}")
        return connection
