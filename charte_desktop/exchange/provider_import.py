"""The dry run of an import: what each line of a list would do to the register, of providers or of companies."""

from collections.abc import Callable, Sequence
from datetime import date

from charte_desktop.errors import Cancelled
from charte_desktop.exchange import line_kinds
from charte_desktop.exchange.header import repeats
from charte_desktop.exchange.line_reading import LineRead, LineReader, column_values, texts_of
from charte_desktop.exchange.list_matching import Matcher, Subject, complete, says_the_same
from charte_desktop.exchange.list_update import update_of
from charte_desktop.exchange.provider_list import RecognisedList
from charte_desktop.model.company import missing_of_company
from charte_desktop.model.import_plan import (
    ImportPlan,
    KeptLine,
    KnownRecords,
    LineAction,
    ListKind,
    NewRecord,
    PlannedLine,
    collector_paused,
)
from charte_desktop.model.provider_state import MISSING_LABELS, missing_of

_BLOCK = 500
"""Lines between two looks at the cancel button: about 20 ms."""
_NOBODY = "ni raison sociale ni SIREN"
_IDENTITY = (
    "siren", "emails", "phones", "contact_details", "ape", "legal_representative", "first_name", "last_name", "address",
    "postal_code", "services", "website", "charter_signed_on",
)  # fmt: skip


def plan(
    lists: Sequence[RecognisedList],
    known: KnownRecords,
    source: str,
    today: date,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ImportPlan:
    """Say what importing `lists` would do, line by line; nothing is written.

    All `lists` are of one kind, and `known` holds the records of that kind.
    A record is known by its SIREN; without one by its name, its legal form aside, when its e-mail, telephone, place
    or activity agrees, or at least none contradicts. `today` refuses signatures to come. `progress` is told the lines
    read, of how many; when `cancelled` says yes, `Cancelled` is raised.
    """
    kind = lists[0].kind if lists else ListKind.PROVIDERS
    planner = _Planner(known, source, today, kind)
    planner.plan.findings = [one.finding() for one in lists]
    read = [one for one in lists if not one.not_read]
    planner.name_sheets = len(read) > 1
    total = sum(len(one.table.rows) - one.first_row for one in read)
    done = 0
    with collector_paused():
        for one in read:
            work = _ListReading(one, today)
            for start in range(one.first_row, len(one.table.rows), _BLOCK):
                if cancelled is not None and cancelled():
                    raise Cancelled
                end = min(start + _BLOCK, len(one.table.rows))
                for row in range(start, end):
                    planner.take(work, row)
                done += end - start
                if progress is not None:
                    progress(done, total)
        planner.conclude()
    return planner.plan


class _ListReading:
    """One list while its lines are read: merged cells filled down, lines that are no provider told apart."""

    def __init__(self, one: RecognisedList, today: date) -> None:
        self.list = one
        self.table = one.table
        self.reader = LineReader(one, today)
        self.width = max(map(len, one.table.rows), default=0)
        self.width = max(self.width, len(one.columns))
        self.headers = [(column.header, column.index) for column in one.columns if column.header]
        names = [column for field in ("legal_name", "trade_name") for column in self.reader.columns(field)]
        self.name_column = names[0] if names else None
        self._names = names
        self._identity = [column for field in _IDENTITY for column in self.reader.columns(field)]
        self._identity += self.reader.marks()
        self._offers = {*self.reader.columns("services"), *self.reader.columns("references"), *self.reader.marks()}
        self._header_words = frozenset(one.header.texts) - {""} if one.header else frozenset()
        unread = [column.index for column in one.columns if not column.field]
        self._order = line_kinds.order_column(one.table.rows[one.first_row :], unread)
        self._from_above = _filled_down(one)

    def texts(self, row: int) -> list[str]:
        """The texts of a line; a cell merged with cells above says what they say."""
        texts = texts_of(self.table.rows[row], self.width)
        for column, above in self._from_above.get(row, ()):
            texts[column] = texts[column] or above
        return texts

    def why_no_provider(self, texts: Sequence[str], row: int) -> str:
        """French: why the line is left out; empty for one that may be a provider."""
        name = texts[self.name_column] if self.name_column is not None else ""
        header = self.list.header
        if header is not None and not self._header_words.isdisjoint(texts) and repeats(header, texts):
            return line_kinds.REPEATED_HEADER
        identity = 0
        for column in self._identity:
            if texts[column] and not line_kinds.is_count(texts[column]):
                identity += 1
                if identity > 1 or name or not self._names:
                    return ""
        filled = [(column, text) for column, text in enumerate(texts) if text]
        merged_across = line_kinds.is_merged_across(self.table.merged, row)
        if not merged_across and self._offers.issuperset(column for column, _ in filled):
            return ""  # it may go on with the services of the line above
        return line_kinds.kind_of(
            filled,
            name_column=self.name_column,
            has_identity=identity > 0 and any(texts[column] for column in self._names),
            merged_across=merged_across,
            numbered=None if self._order is None else bool(texts[self._order]),
        )


class _Planner:
    def __init__(self, known: KnownRecords, source: str, today: date, kind: ListKind) -> None:
        self.plan = ImportPlan(source, kind)
        self.name_sheets = False
        self._matcher = Matcher(known, today)
        self._previous: Subject | None = None

    def take(self, work: _ListReading, row: int) -> None:
        """Read one line and give it to its subject."""
        texts = work.texts(row)
        if not any(texts):
            return
        cells = {header: texts[column] for header, column in work.headers}
        line = PlannedLine(work.list.sheet, row + 1, LineAction.LEFT_OUT, None, "", "", [], "", cells)
        self.plan.lines.append(line)
        line.reason = work.why_no_provider(texts, row)
        if line.reason:
            line.legal_name = texts[work.name_column] if work.name_column is not None else ""
            self._previous = None
            return
        read = work.reader.read(texts, work.table.rows[row], row)
        line.legal_name, line.siren, line.problems = read.legal_name, read.siren, read.problems
        if not read.legal_name and not read.siren:
            if self._goes_on(read):
                self._continue(line, read)
                return
            if not (read.emails or read.phones or read.unread.get("siren")):
                line.reason = _NOBODY
                return
        self._give(line, read)

    def _goes_on(self, read: LineRead) -> bool:
        """True for a line that only adds services or references to the provider just above it."""
        others = read.emails or read.phones or read.ape_code or read.legal_representative or read.address or read.unread
        return self._previous is not None and not others and bool(read.services or read.references)

    def _continue(self, line: PlannedLine, read: LineRead) -> None:
        subject = self._previous
        if subject is None:
            return
        first = subject.lines[0]
        subject.lines.append(line)
        line.record_id = subject.id
        line.action, line.reason = LineAction.DUPLICATE, f"suite de la {self._named(first)}"
        complete(subject.line, read)

    def _give(self, line: PlannedLine, read: LineRead) -> None:
        subject, met = self._matcher.subject_of(read)
        line.record_id = subject.id
        self._previous = subject
        subject.lines.append(line)
        if not met:
            subject.signature_row = line.sheet, line.row
            return
        first = subject.lines[0]
        line.action = LineAction.DUPLICATE
        if read.siren and read.siren == subject.siren:
            line.reason = f"doublon de la {self._named(first)} (même SIREN)"
            united = True
        else:
            line.reason = f"doublon de la {self._named(first)} ({_what_agrees(read, subject)})"
            united = says_the_same(read, subject.line) or bool(read.siren and not subject.siren)
        if united:
            if subject.line.signed_on is None:
                subject.signature_row = line.sheet, line.row
            complete(subject.line, read)
            self._matcher.completed(subject)
        else:
            line.reason += " ; ses valeurs ne sont pas reprises, ses cellules sont gardées sur la fiche"

    def conclude(self) -> None:
        """Decide what becomes of every subject, now that all its lines are known."""
        for subject in self._matcher.subjects:
            if subject.untouchable:
                for line in subject.lines:
                    line.action, line.reason = LineAction.LEFT_OUT, subject.untouchable
            elif subject.known is not None:
                self._update(subject)
            else:
                self._create(subject)

    def _create(self, subject: Subject) -> None:
        line = subject.lines[0]
        read = subject.line
        missing = missing_of(read) if self.plan.kind is ListKind.PROVIDERS else missing_of_company(read)
        covered = {*missing, *(("emails", "phones") if "contact" in missing else ())}
        to_mend = [name for name in read.to_mend() if name not in covered]
        line.action = LineAction.INCOMPLETE if missing or to_mend else LineAction.CREATED
        line.reason = _what_is_missing(missing, to_mend)
        signed_in = self._source_of(*subject.signature_row) if read.signed_on else ""
        values = column_values(subject.id, read, self.plan.kind)
        self.plan.new.append(NewRecord(values, list(read.services), read.signed_on, signed_in))
        self._keep(subject, new=True)

    def _update(self, subject: Subject) -> None:
        line, known = subject.lines[0], subject.known
        if known is None:
            return
        update, changes = update_of(known, subject.line, self._source_of(*subject.signature_row))
        if not (update.values or update.add_service_ids or update.signed_on):
            line.action = LineAction.UNCHANGED
            return
        line.action, line.changes = LineAction.UPDATED, changes
        self.plan.updated.append(update)
        self._keep(subject, new=False)

    def _keep(self, subject: Subject, *, new: bool) -> None:
        """Keep the cells of the lines that were not read whole, and of those that repeat a provider."""
        for place, line in enumerate(subject.lines):
            incomplete = line.action is LineAction.INCOMPLETE or bool(line.problems)
            if (place > 0 and new) or incomplete:
                cells = {header: text for header, text in line.cells.items() if text}
                self.plan.kept.append(KeptLine(subject.id, self.plan.source, line.sheet, line.row, cells))

    def _named(self, line: PlannedLine) -> str:
        return f"ligne {line.row}" + (f" de « {line.sheet} »" if self.name_sheets else "")

    def _source_of(self, sheet: str, row: int) -> str:
        where = f", feuille {sheet}" if self.name_sheets and sheet else ""
        return f"liste {self.plan.source}{where}, ligne {row}"


def _what_agrees(read: LineRead, subject: Subject) -> str:
    first = subject.line
    same = ["même raison sociale"] if read.legal_name else []
    if set(read.emails) & set(first.emails):
        same.append("même e-mail")
    if set(read.phones) & set(first.phones):
        same.append("même téléphone")
    if read.ape_code and read.ape_code == first.ape_code:
        same.append("même code APE")
    if read.commune_code and read.commune_code == first.commune_code:
        same.append("même commune")
    return ", ".join(same) or "mêmes coordonnées"


def _what_is_missing(missing: Sequence[str], to_mend: Sequence[str]) -> str:
    parts = []
    if missing:
        parts.append("à compléter : " + ", ".join(MISSING_LABELS[name] for name in missing))
    if to_mend:
        parts.append("à vérifier : " + ", ".join(MISSING_LABELS[name] for name in to_mend))
    return " ; ".join(parts)


def _filled_down(one: RecognisedList) -> dict[int, list[tuple[int, str]]]:
    """For each line below the header, what its cells merged with cells above say."""
    found: dict[int, list[tuple[int, str]]] = {}
    for top, bottom, left, right in one.table.merged:
        if bottom == top or top < one.first_row or left != right:
            continue
        values = texts_of(one.table.rows[top], left + 1) if top < len(one.table.rows) else []
        for row in range(top + 1, min(bottom + 1, len(one.table.rows))):
            if values and values[left]:
                found.setdefault(row, []).append((left, values[left]))
    return found
