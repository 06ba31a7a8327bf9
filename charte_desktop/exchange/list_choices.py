"""A list on its way into the register: how its sheets are read, what the adviser changed, the cells corrected."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from charte_desktop.exchange import provider_import, provider_list
from charte_desktop.exchange.header import SERVICE
from charte_desktop.exchange.line_reading import TARGETS
from charte_desktop.exchange.provider_list import ListColumn, RecognisedList
from charte_desktop.exchange.tables import Table, cell_text
from charte_desktop.model.import_plan import ImportPlan, KnownRecords, ListKind

Recall = Callable[[Sequence[str]], tuple[Mapping[str, str], int | None] | None]
"""Field by header and header line of the last list of a shape, when there was one."""


@dataclass
class Sheet:
    """One sheet of the file, and how it is read."""

    found: RecognisedList
    shape: tuple[str, ...]
    """The headers as recognised before any choice: by them the choices are remembered."""
    wanted: bool
    """True when the sheet is to be imported."""
    header_row: int | None = None
    """The header line that was chosen, as the spreadsheet numbers it; 0 for none, None when it was recognised."""
    chosen: dict[int, str] = field(default_factory=dict)
    """What was said of columns, by place."""
    changed: bool = False
    """True once the adviser chose a header line or a column."""

    @property
    def table(self) -> Table:
        """The cells, corrections included."""
        return self.found.table

    @property
    def refusal(self) -> str:
        """French: why the sheet cannot be read as it stands; empty when it can."""
        return "" if provider_list.names_companies(self.found) else provider_list.NO_COMPANY

    @property
    def first_line(self) -> int:
        """The header's first line as the spreadsheet numbers it; 0 without header."""
        return self.found.header_rows[0] if self.found.header_rows else 0


class ListChoices:
    """The sheets of one file. Recognising and planning are long for a long list; everything else is at once."""

    def __init__(
        self,
        tables: Sequence[Table],
        source: str,
        kind: ListKind = ListKind.PROVIDERS,
        recall: Recall = lambda _: None,
    ) -> None:
        """Recognise every sheet; what `recall` knows of a shape goes before what is recognised."""
        self.source = source
        self.kind = kind
        self._original: dict[tuple[str, int, int], str] = {}
        self.sheets = [_sheet(one) for one in provider_list.find_lists(tables, kind)]
        for sheet in self.sheets:
            known = recall(self.shape(sheet))
            if known is not None:
                self._remembered(sheet, *known)

    @property
    def wanted(self) -> list[Sheet]:
        """The sheets that will be read."""
        return [sheet for sheet in self.sheets if sheet.wanted and not sheet.refusal]

    @property
    def refusal(self) -> str:
        """French: why nothing can be imported as it stands; empty when something can."""
        if self.wanted:
            return ""
        if any(not sheet.refusal for sheet in self.sheets):
            return "Aucune feuille n'est choisie : cochez « Importer cette feuille »."
        return (
            "Aucune colonne de raison sociale ni de SIREN n'a été trouvée. Indiquez la ligne d'en-tête, "
            "ou dites au-dessus des cellules quelle colonne est la raison sociale."
        )

    def read_header_at(self, sheet: Sheet, header_row: int | None) -> None:
        """Recognise a sheet again from another header line (0: none; None: look for it); columns chosen stay so."""
        sheet.header_row, sheet.changed = header_row, True
        self._recognise(sheet)

    def take_column(self, sheet: Sheet, column: int, name: str) -> None:
        """Say what a column holds: a key of `FIELDS`, `service:S03`, or empty for a column that is not read.

        A field that one column gives is taken from the column that gave it. A sheet that this makes readable is wanted.
        """
        was_refused = bool(sheet.refusal)
        said = {column: name}
        if name in provider_list.ONE_COLUMN:
            said |= {one.index: "" for one in sheet.found.columns if one.field == name and one.index != column}
        sheet.chosen, sheet.changed = sheet.chosen | said, True
        _take(sheet.found, said)
        if was_refused and not sheet.refusal:
            sheet.wanted = True

    def correct(self, sheet: str, row: int, column: int, text: str) -> None:
        """Put `text` in a cell, by the spreadsheet's line and the column from 0, in place of what stood there."""
        cells = next(one for one in self.sheets if one.found.sheet == sheet).table.rows[row - 1]
        cells += [""] * (column + 1 - len(cells))
        self._original.setdefault((sheet, row, column), cell_text(cells[column]))
        cells[column] = text
        if self._original[sheet, row, column] == text:
            del self._original[sheet, row, column]

    def before(self, sheet: str, row: int, column: int) -> str | None:
        """What stood in a cell that was corrected; None for any other."""
        return self._original.get((sheet, row, column))

    @property
    def corrections(self) -> int:
        """How many cells are corrected."""
        return len(self._original)

    def plan(
        self,
        known: KnownRecords,
        today: date,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> ImportPlan:
        """The dry run of the sheets wanted, corrections included."""
        lists = [sheet.found for sheet in self.wanted]
        for one in lists:
            one.not_read = ""  # a hidden sheet, or one of another sort, that the adviser wants
        return provider_import.plan(lists, known, self.source, today, progress, cancelled)

    def to_remember(self) -> Iterator[tuple[Sequence[str], dict[str, str], int | None]]:
        """Shape, field by header and header line of the sheets whose reading the adviser changed."""
        for sheet in self.wanted:
            if sheet.changed:
                mapping = {column.header: column.field for column in sheet.found.columns if column.header}
                yield self.shape(sheet), mapping, sheet.header_row

    def shape(self, sheet: Sheet) -> tuple[str, ...]:
        """What the choices on a sheet are remembered by; the same headers are read otherwise for companies."""
        return sheet.shape if self.kind is ListKind.PROVIDERS else (self.kind.value, *sheet.shape)

    def _remembered(self, sheet: Sheet, mapping: Mapping[str, str], header_row: int | None) -> None:
        if header_row is not None and header_row <= len(sheet.table.rows):
            sheet.header_row = header_row
            self._recognise(sheet)
        named = {column.header: column.index for column in sheet.found.columns if column.header}
        sheet.chosen = {named[header]: name for header, name in mapping.items() if header in named}
        _take(sheet.found, sheet.chosen)
        sheet.wanted = sheet.wanted or (len(self.sheets) == 1 and not sheet.refusal)

    def _recognise(self, sheet: Sheet) -> None:
        sheet.found = provider_list.recognise_sheet(sheet.table, sheet.header_row, self.kind)
        _take(sheet.found, sheet.chosen)
        sheet.wanted = not sheet.refusal


def concerns(column: ListColumn, problem_field: str) -> bool:
    """True when a problem told of a field of the form comes from this column."""
    if column.field.startswith(SERVICE):
        return problem_field == "services"
    if column.field == "contact_details":
        return problem_field in ("emails", "phones", "website")
    return TARGETS.get(column.field, column.field) == problem_field


def _sheet(found: RecognisedList) -> Sheet:
    headers = tuple(column.header for column in found.columns)
    if found.header is None:
        # Without header, columns are called A, B, C as in any other such list: what stands in the first line tells it.
        headers = tuple(cell_text(cell) for cell in found.table.rows[0]) if found.table.rows else ()
    return Sheet(found, headers, wanted=not found.not_read)


def _take(found: RecognisedList, chosen: Mapping[int, str]) -> None:
    for column in found.columns:
        if column.index in chosen:
            column.field, column.by_content = chosen[column.index], False
    found.not_read = "" if provider_list.names_companies(found) else provider_list.NO_COMPANY
