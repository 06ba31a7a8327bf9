"""What lists are filtered and ordered by, held in memory: a keystroke does not wait for 20,000 records to be decrypted.

Nothing here is a second truth: the journal tells which records changed since, and those are read again.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import lru_cache
from operator import attrgetter
from threading import Lock
from typing import Any, Generic, Protocol, TypeVar

from charte_desktop.model.wording import collation_key
from charte_desktop.store.search_words import match_expression

_AT_ONCE = 2_000
"""Changed records from which reading all of them again is quicker."""
_CHUNK = 500
"""Records named in one statement."""


class Listed(Protocol):
    """What every line has."""

    @property
    def id(self) -> str: ...
    @property
    def document(self) -> int: ...
    @property
    def name(self) -> str: ...


Line = TypeVar("Line", bound=Listed)
Read = Callable[[Any, str, tuple[str, ...]], Iterable[Line]]
"""The lines of the records that a condition on `record.id` chooses: by connection, condition and its values."""

french = lru_cache(maxsize=50_000)(collation_key)
"""The sort key of a word that many lines have, worked out once."""


class Listing(Generic[Line]):
    """One line for each living record of a kind, as the base holds it now."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._by_name: list[Line] = []
        self._by_document: dict[int, Line] = {}
        self._ordered: tuple[str, bool, list[Line]] = ("", False, [])
        self._seen = -1
        self._as_of: Hashable = None
        self._lock = Lock()

    def refresh(self, base: Any, read: Read[Line], as_of: Hashable = None) -> None:
        """Read what changed since the last time; everything the first time, in a fraction of a second.

        `as_of` is what else the lines depend on: with another one, everything is read again.
        """
        with self._lock:
            newest: int = base.execute("SELECT coalesce(max(rowid), 0) FROM journal_action").fetchone()[0]
            if newest == self._seen and as_of == self._as_of:
                return
            first = self._seen < 0 or as_of != self._as_of
            changed = [] if first else _changed_since(base, self._seen)
            if first or len(changed) > _AT_ONCE:
                self._by_name = list(read(base, "1", ()))
            else:
                stale = set(changed)
                self._by_name = [line for line in self._by_name if line.id not in stale]
                for start in range(0, len(changed), _CHUNK):
                    ids = tuple(changed[start : start + _CHUNK])
                    self._by_name += read(base, f"record.id IN ({', '.join('?' * len(ids))})", ids)
            self._by_name.sort(key=attrgetter("name"))  # quick on what is nearly in order already
            self._by_document, self._ordered = {}, ("", False, [])
            self._seen, self._as_of = newest, as_of

    def lines(self) -> Iterable[Line]:
        """Every line, by name."""
        return self._by_name

    def answering(
        self, base: Any, text: str, order: str, key: Callable[[Line], Any] | None, descending: bool
    ) -> Iterator[Line]:
        """The lines that answer `text`: by `key`, which `order` names, or the best match first without a key."""
        expression = match_expression(text)
        if not expression:
            return iter(self._by_name if key is None else self._by(order, key, descending))
        if key is not None:
            wanted = set(_documents(base, self._kind, expression, ranked=False))
            return (line for line in self._by(order, key, descending) if line.document in wanted)
        if not self._by_document:
            self._by_document = {line.document: line for line in self._by_name}
        ranked = _documents(base, self._kind, expression, ranked=True)
        return (self._by_document[one] for one in ranked if one in self._by_document)

    def _by(self, order: str, key: Callable[[Line], Any], descending: bool) -> Sequence[Line]:
        """Every line by `key`, equals by name; those whose key is empty come last either way."""
        if self._ordered[:2] != (order, descending):
            keys = [(key(line), line) for line in self._by_name]
            filled = [one for one in keys if one[0]]
            filled.sort(key=lambda one: one[0], reverse=descending)  # stable, in both directions
            self._ordered = order, descending, [one[1] for one in filled] + [one[1] for one in keys if not one[0]]
        return self._ordered[2]


def is_listed(base: Any, record_id: str) -> bool:
    """True for a record that is there and not in the recycle bin."""
    return base.execute("SELECT 1 FROM search_document WHERE record_id = ?", (record_id,)).fetchone() is not None


def _documents(base: Any, kind: str, expression: str, *, ranked: bool) -> Iterator[int]:
    """The documents that answer, the best first when `ranked`."""
    order = "ORDER BY rank" if ranked else ""
    rows = base.execute(f"SELECT rowid FROM {kind}_search WHERE {kind}_search MATCH ? {order}", (expression,))
    return (row[0] for row in rows)


def _changed_since(base: Any, seen: int) -> list[str]:
    """The records in whose history the actions entered after `seen` have lines."""
    rows = base.execute(
        "SELECT DISTINCT subject_id FROM journal_line "
        "WHERE action_id IN (SELECT id FROM journal_action WHERE rowid > ?) LIMIT ?",
        (seen, _AT_ONCE + 1),
    )
    return [row[0] for row in rows]
