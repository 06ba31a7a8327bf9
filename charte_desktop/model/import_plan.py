"""What the import of a list would do, decided before anything is written.

The plan is made of plain values, not of records: ten thousand mapped objects cost more than reading the list.
`NewRecord.values` and `KeptLine` hold exactly the columns to insert, `RecordUpdate.values` exactly the columns
to assign, so that the register can carry the plan out in bulk.
"""

import gc
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from charte_desktop.model.company import Company
from charte_desktop.model.identity_text import FIELD_LABELS, Problem, bare_name
from charte_desktop.model.provider import Provider

Known = Provider | Company


@contextmanager
def collector_paused() -> Iterator[None]:
    """Keep the cycle collector from walking a growing plan, or its rows, again and again.

    A seventh of an import's time, for no cycle: plan and rows are trees of plain values.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            if not gc.get_freeze_count():  # the window's modules are frozen, and must stay so
                # What was made lives on: frozen and thawed, it is old without a walk.
                gc.freeze()
                gc.unfreeze()
            gc.enable()


CHANGE_LABELS = {**FIELD_LABELS, "legal_category": "Catégorie juridique"}
"""The words of the fields that a list can change."""


class ListKind(Enum):
    """What a list is a list of."""

    PROVIDERS = "providers"
    COMPANIES = "companies"

    @property
    def of_several(self) -> str:
        """French: "de prestataires", "d'entreprises"."""
        return "de prestataires" if self is ListKind.PROVIDERS else "d'entreprises"

    def agree(self, participle: str, number: int) -> str:
        """French: a participle in agreement, "créé" → "créées" for two companies."""
        word = participle + ("e" if self is ListKind.COMPANIES else "")
        return word if number < 2 or word.endswith("s") else f"{word}s"

    def count(self, number: int) -> str:
        """French: "1 prestataire", "12 entreprises"."""
        word = "prestataire" if self is ListKind.PROVIDERS else "entreprise"
        return f"{number} {word}{'s' if number > 1 else ''}"


class LineAction(Enum):
    """What becomes of one line of a list."""

    CREATED = "created"
    """A new provider, complete."""
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    INCOMPLETE = "incomplete"
    """A new provider to complete: a part of the form is missing or could not be read."""
    DUPLICATE = "duplicate"
    """The provider of an earlier line of the same list."""
    LEFT_OUT = "left_out"
    """Not a provider (title, total, note), or one that an import may not touch (removed, in the recycle bin)."""


@dataclass(slots=True)
class PlannedLine:
    """One line of the list below its header, and what becomes of it."""

    sheet: str
    row: int
    """The line's number as the spreadsheet shows it."""
    action: LineAction
    record_id: str | None
    """The record that the line creates, changes or repeats; known before anything is written."""
    legal_name: str
    siren: str
    problems: list[Problem]
    reason: str
    """French words: why it is left out, what is missing, which line it repeats; empty when there is nothing to say."""
    cells: dict[str, str]
    """The line as it stood: column header → text of the cell."""
    changes: dict[str, tuple[str, str]] = field(default_factory=dict)
    """For an update: field → (before, after), as shown on screen."""


@dataclass(slots=True)
class NewRecord:
    """A provider or a company to create; a company has neither services nor signature."""

    values: dict[str, Any]
    """Every column of the record that the list fills, with `id`; always the same keys, in the same order."""
    service_ids: list[str]
    signed_on: date | None = None
    """The day of a paper signature, when the list gives a certain date."""
    signature_source: str = ""
    """Where that date was read: the list and its line."""


@dataclass(slots=True)
class RecordUpdate:
    """Changes to a record of the register. Nothing in it empties a filled field."""

    record_id: str
    values: dict[str, Any]
    """Column → new value; `unread`, `emails` and `phones` are whole new values."""
    add_service_ids: list[str]
    signed_on: date | None = None
    """A paper signature to add; None when there is none or it is already known."""
    signature_source: str = ""


@dataclass(slots=True)
class KeptLine:
    """The columns of an `ImportedLine` to insert: a line that could not be read whole, kept on its provider."""

    record_id: str
    source: str
    sheet: str
    row: int
    cells: dict[str, str]


@dataclass
class ImportPlan:
    """A dry run: what each line would do, and the writes that carry it out."""

    source: str
    """The name of the list's file."""
    kind: ListKind = ListKind.PROVIDERS
    lines: list[PlannedLine] = field(default_factory=list)
    new: list[NewRecord] = field(default_factory=list)
    updated: list[RecordUpdate] = field(default_factory=list)
    kept: list[KeptLine] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    """French sentences on the list as a whole: sheet, header line and columns read, sheets that were not."""

    def counts(self) -> dict[str, int]:
        """How many lines were read, and what becomes of them; the parts add up to `read`."""
        actions = Counter(line.action for line in self.lines)
        return {"read": len(self.lines)} | {action.value: actions[action] for action in LineAction}

    def changes_nothing(self) -> bool:
        """True when carrying the plan out would write nothing."""
        return not (self.new or self.updated or self.kept)

    def to_json(self) -> dict[str, Any]:
        """The stable shape that `import-providers --json` prints."""
        rows = [
            {
                "sheet": line.sheet,
                "row": line.row,
                "action": line.action.value,
                "record": line.record_id,
                "legal_name": line.legal_name,
                "siren": line.siren,
                "problems": [{"field": one.field, "value": one.value, "message": one.message} for one in line.problems],
                "reason": line.reason,
            }
            for line in self.lines
        ]
        return {**self.counts(), "rows": rows, "findings": self.findings}


@dataclass
class KnownRecords:
    """The register as the planner needs it: companies, or providers with services, signatures and removals loaded.

    Those in the recycle bin belong here too: an import must find them, so as not to create them anew.
    """

    records: Sequence[Known] = field(default_factory=list)
    _by_siren: dict[str, Known] = field(init=False, repr=False, default_factory=dict)
    _by_name: dict[str, list[Known]] = field(init=False, repr=False, default_factory=dict)
    _by_contact: dict[str, list[Known]] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Index by SIREN, bare name, and e-mail or telephone; one in use comes before one in the bin."""
        for record in sorted(self.records, key=lambda one: one.deleted_at is not None):
            if record.siren:
                self._by_siren.setdefault(record.siren, record)
            if record.legal_name:
                self._by_name.setdefault(bare_name(record.legal_name) or record.legal_name, []).append(record)
            for contact in (*record.emails, *record.phones, record.unread.get("siren", "")):
                self._by_contact.setdefault(contact, []).append(record)

    def of_siren(self, siren: str) -> Known | None:
        """The record of this SIREN."""
        return self._by_siren.get(siren)

    def of_name(self, bare: str) -> list[Known]:
        """Those whose bare name is `bare`."""
        return self._by_name.get(bare, [])

    def of_contacts(self, contacts: Iterable[str]) -> list[Known]:
        """Those that share an e-mail, a telephone (E.164) or an unreadable SIREN with `contacts`."""
        found = {one.id: one for contact in contacts if contact for one in self._by_contact.get(contact, [])}
        return list(found.values())
