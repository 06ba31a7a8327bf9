"""What an adviser said of a list's columns, remembered for the next list of the same shape."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from charte_desktop.model.wording import normalise
from charte_desktop.store.database import Database


@dataclass(frozen=True)
class RememberedList:
    """How lists of one shape are read."""

    mapping: dict[str, str]
    """Field by header, as the import's mapping takes it; an empty field means a column left out."""
    header_row: int | None
    """The spreadsheet's number of the header line; 0 for a list without header, None to look for it."""


class ImportMemory:
    """The choices made on import, by shape: a list's headers in order, whatever their accents, case and punctuation."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def remember(self, shape: Sequence[str], mapping: Mapping[str, str], header_row: int | None = None) -> None:
        """Keep how lists of this shape are read, in place of what was kept; writes nothing when that is known."""
        known = RememberedList(dict(mapping), header_row)
        if self.recall(shape) != known:
            kept = json.dumps([known.mapping, known.header_row], ensure_ascii=False)
            self._database.set_setting(_name(shape), kept, "Retenir les colonnes d'une liste")

    def recall(self, shape: Sequence[str]) -> RememberedList | None:
        """How the last list of this shape was read; None when there was none."""
        kept = self._database.setting(_name(shape))
        return RememberedList(*json.loads(kept)) if kept else None


def _name(shape: Sequence[str]) -> str:
    """The setting of a shape: its digest, for headers are longer than a setting's name."""
    return "import:" + sha256("\n".join(map(normalise, shape)).encode()).hexdigest()[:32]
