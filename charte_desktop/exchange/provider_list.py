"""Which sheets of a file list providers, or companies, where their headers stand, and what their columns hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from charte_desktop.errors import UserError
from charte_desktop.exchange import header as headers
from charte_desktop.exchange import service_cells
from charte_desktop.exchange.column_content import Content, content
from charte_desktop.exchange.header import FIELDS, SERVICE, Header, Meaning
from charte_desktop.exchange.tables import Table, column_letter
from charte_desktop.model import reference
from charte_desktop.model.import_plan import ListKind
from charte_desktop.model.wording import normalise

NO_COMPANY = "aucune colonne de raison sociale ni de SIREN"
_HIDDEN = "feuille masquée (choisissez-la pour la lire)"
_OF_PROVIDERS = frozenset(("services", "references", "charter_signed_on"))
"""Fields that a company has not."""
ONE_COLUMN = frozenset(("legal_name", "postal_code", "city", "ape", "website", "acronym"))
"""Fields that one column gives; of two that claim it, the surer wins and the other is not read."""


@dataclass
class ListColumn:
    """One column of a list, and what it is taken for."""

    index: int
    header: str
    """Its words; the column's letter when it has none."""
    field: str
    """A key of `header.FIELDS`, `service:S03`, or empty when the column is not read."""
    by_content: bool = False
    """True when the cells decided, not the header."""

    @property
    def label(self) -> str:
        """What the column is taken for, on screen; empty when it is not read."""
        if self.field.startswith(SERVICE):
            return reference.service_label(self.field.removeprefix(SERVICE))
        return FIELDS.get(self.field, "")


@dataclass
class RecognisedList:
    """A sheet, and how it is read. Everything in it may be changed before planning."""

    table: Table
    columns: list[ListColumn] = field(default_factory=list)
    header: Header | None = None
    kind: ListKind = ListKind.PROVIDERS
    not_read: str = ""
    """French: why the sheet is not read as a list; empty when it is."""

    @property
    def sheet(self) -> str:
        """The sheet's name; empty for a text file."""
        return self.table.name

    @property
    def header_rows(self) -> tuple[int, ...]:
        """The lines of the header as the spreadsheet numbers them; none when the list has no header."""
        return tuple(row + 1 for row in self.header.rows) if self.header else ()

    @property
    def first_row(self) -> int:
        """The place in `table.rows` of the first line below the header."""
        return self.header.rows[-1] + 1 if self.header else 0

    def fields(self) -> set[str]:
        """The fields that some column gives."""
        return {column.field for column in self.columns if column.field}

    def finding(self) -> str:
        """One French sentence: what was found, and what is not read."""
        named = f"Feuille « {self.sheet} »" if self.sheet else "Fichier"
        if self.not_read:
            return f"{named} : non lue, {self.not_read}." if self.sheet else f"{named} : {self.not_read}."
        lines = " et ".join(map(str, self.header_rows))
        where = f"en-tête ligne{'s' if len(self.header_rows) > 1 else ''} {lines}" if lines else "sans en-tête"
        read = ", ".join(
            f"{column.header} → {column.label}{' (d’après son contenu)' if column.by_content else ''}"
            for column in self.columns
            if column.field
        )
        unread = ", ".join(column.header for column in self.columns if not column.field and column.header)
        return f"{named} : {where} ; {read}." + (f" Colonnes non lues : {unread}." if unread else "")


def recognise(
    tables: Sequence[Table],
    sheet: str | None = None,
    header_row: int | None = None,
    mapping: Mapping[str, str] | None = None,
    kind: ListKind = ListKind.PROVIDERS,
) -> list[RecognisedList]:
    """Find the lists of providers, or of companies, among `tables`; one answer per table, read or not, in their order.

    `sheet` reads that sheet alone, even a hidden one. `header_row` is the header's line as the spreadsheet numbers it
    (0: no header). `mapping` says what columns hold, by header or letter: a field of `kind`, `service:S03`, or "" for a
    column that is not to be read; the other columns stay as recognised. Raises `UserError` when no sheet has a column
    of companies, or when a name given does not exist.
    """
    if sheet is not None and all(normalise(table.name) != normalise(sheet) for table in tables):
        raise UserError(
            f"Le fichier n'a pas de feuille « {sheet} ». Ses feuilles : "
            f"{', '.join(filter(None, (one.name for one in tables))) or 'aucune'}."
        )
    found = [_recognised(table, sheet, header_row, kind) for table in tables]
    if mapping:
        _apply(mapping, [one for one in found if one.header or one.columns], kind)
    _leave_others_out(found, chosen=sheet is not None or bool(mapping))
    if all(one.not_read for one in found):
        raise UserError(
            "Aucune colonne de raison sociale ni de SIREN n'a été trouvée dans ce fichier. "
            f"Vérifiez que c'est bien une liste {kind.of_several}, ou indiquez sa ligne d'en-tête et ses colonnes."
        )
    return found


def find_lists(tables: Sequence[Table], kind: ListKind = ListKind.PROVIDERS) -> list[RecognisedList]:
    """What `recognise` finds by itself; where it would refuse, lists that are not read, with their columns.

    Sheets that are hidden, or of another sort than the best one, have their columns too.
    """
    found = [recognise_sheet(table, None, kind) for table in tables]
    for one in found:
        if one.table.hidden:
            one.not_read = _HIDDEN
    _leave_others_out(found, chosen=False)
    return found


def recognise_sheet(table: Table, header_row: int | None, kind: ListKind = ListKind.PROVIDERS) -> RecognisedList:
    """One sheet, even a hidden one, as it is read from a header line (0: none; None: look for it)."""
    return _recognised(table, table.name, header_row, kind)


def names_companies(one: RecognisedList) -> bool:
    """True when some column says which company a line speaks of."""
    return bool(one.fields() & {"legal_name", "siren", "trade_name"})


def fields_of(kind: ListKind) -> dict[str, str]:
    """What a column of such a list may be, with its name on screen: the fields, then the services one by one."""
    if kind is ListKind.COMPANIES:
        return {name: label for name, label in FIELDS.items() if name not in _OF_PROVIDERS}
    return FIELDS | {SERVICE + one.id: one.label for one in reference.services().values()}


def _recognised(table: Table, sheet: str | None, header_row: int | None, kind: ListKind) -> RecognisedList:
    if sheet is not None and normalise(table.name) != normalise(sheet):
        return RecognisedList(table, not_read="une autre feuille a été choisie")
    if sheet is None and table.hidden:
        return RecognisedList(table, not_read=_HIDDEN)
    if not any(cell != "" for row in table.rows for cell in row):
        return RecognisedList(table, not_read="feuille vide")
    header = headers.find_header(table) if header_row is None else _header_given(table, header_row)
    columns = _columns(table, header)
    if kind is ListKind.COMPANIES:
        for column in columns:
            if column.field in _OF_PROVIDERS or column.field.startswith(SERVICE):
                column.field = ""
    recognised = RecognisedList(table, columns, header, kind)
    if not names_companies(recognised):
        recognised.not_read = NO_COMPANY
    return recognised


def _header_given(table: Table, header_row: int) -> Header | None:
    if header_row == 0:
        return None
    if not 0 < header_row <= len(table.rows):
        raise UserError(
            f"La ligne d'en-tête {header_row} est hors du tableau, qui a {len(table.rows)} lignes. Donnez-en une autre."
        )
    row = header_row - 1
    found = headers.find_header(table)
    return found if found is not None and row in found.rows else headers.header_at(table, (row,))


def _columns(table: Table, header: Header | None) -> list[ListColumn]:
    first = header.rows[-1] + 1 if header else 0
    body = table.rows[first:]
    width = max((len(row) for row in table.rows[first - 1 if first else 0 :]), default=0)
    texts = list(header.texts[:width]) if header else []
    texts += [""] * (width - len(texts))
    meanings = list(header.meanings[:width]) if header else []
    meanings += [Meaning("", 0)] * (width - len(meanings))
    contents = [content(body, column) for column in range(width)]
    fields = [_field(one, text, inside) for one, text, inside in zip(meanings, texts, contents, strict=True)]
    _settle_rivals(fields, meanings, contents)
    _settle_persons(fields, texts)
    columns = [ListColumn(i, " ".join(texts[i].split()) or "", fields[i]) for i in range(width)]
    _infer(columns, contents, has_header=header is not None)
    for column in columns:
        if not column.header and (column.field or contents[column.index].filled):
            column.header = column_letter(column.index)
    _part_equal_headers(columns)
    return columns


def _field(one: Meaning, text: str, inside: Content) -> str:
    """What the header says, unless the cells plainly say otherwise."""
    match one.field:
        case "legal_representative" | "contact_details" if one.strength <= 6 and inside.filled:
            enough = 0.0 if one.field == "contact_details" else 0.5
            if inside.email > enough and inside.phone > enough:
                return "contact_details"
            if inside.email > 0.5 or inside.phone > 0.5:
                return "emails" if inside.email > inside.phone else "phones"
            return one.field if one.field == "legal_representative" or inside.email + inside.phone > 0 else ""
        case "ape" if one.strength < 10 and inside.filled and inside.ape < 0.5:
            return "services" if inside.service > 0.5 else ""
        case "charter_signed_on" if one.strength < 9 and inside.filled and inside.date < 0.5:
            return ""
        case "siren" if one.strength < 10 and inside.filled and inside.siren < 0.3:
            # "N° SIREN" over wrong numbers is still the SIREN: each is told, none is lost.
            named = {"siren", "siret"} & set(normalise(text).split())
            return "siren" if named and inside.mark < 0.5 else ""
        case "website" if inside.filled and inside.mark == 1.0:
            return "services"
        case "phones" if one.strength < 10 and inside.filled and inside.phone < 0.3:
            return ""
        case "address" if inside.filled and inside.email > 0.6:
            return "emails"
        case "references" if inside.filled and inside.mark == 1.0:
            return ""
        case "":
            return (
                "services"
                if text and service_cells.group_of_header(text) and inside.mark == 1.0 and inside.filled
                else ""
            )
    if one.field.startswith(SERVICE) and inside.filled >= 5 and inside.mark < 0.5:
        return "services" if inside.service > 0.3 else ""
    return one.field


def _settle_rivals(fields: list[str], meanings: Sequence[Meaning], contents: Sequence[Content]) -> None:
    for wanted in ONE_COLUMN:
        rivals = [i for i, one in enumerate(fields) if one == wanted]
        if len(rivals) < 2:
            continue
        best = max(rivals, key=lambda i: (meanings[i].strength, contents[i].filled > 0, -i))
        for i in rivals:
            if i != best:
                fields[i] = ""


def _settle_persons(fields: list[str], texts: Sequence[str]) -> None:
    """Give "Nom" beside "Prénom" to a person when another column names the company."""
    if "first_name" not in fields:
        if "last_name" in fields:
            fields[fields.index("last_name")] = "legal_representative"
        return
    if "last_name" in fields:
        return
    for i, text in enumerate(texts):
        words = normalise(text).split()
        alone = words in (["nom"], ["noms"], ["nom", "de", "famille"])
        if alone and (fields[i] != "legal_name" or {"trade_name", "siren"} & set(fields)):
            fields[i] = "last_name"
            return
        if fields[i] == "legal_representative" and "nom" in words and "prenom" not in words:
            fields[i] = "last_name"
            return


def _infer(columns: Sequence[ListColumn], contents: Sequence[Content], *, has_header: bool) -> None:
    """Take the fields that no header gives from what the cells look like, when there is no doubt."""
    for wanted, enough in (("siren", 0.6), ("email", 0.6), ("phone", 0.7), ("ape", 0.8), ("service", 0.7)):
        name = {"email": "emails", "phone": "phones", "service": "services"}.get(wanted, wanted)
        if any(
            column.field == name or (name in ("emails", "phones") and column.field == "contact_details")
            for column in columns
        ):
            continue
        for column, inside in zip(columns, contents, strict=True):
            unclear = not column.field and (not has_header or not column.header or wanted == "siren")
            if (
                unclear
                and inside.filled
                and getattr(inside, wanted) >= enough
                and not (wanted == "phone" and inside.siren > 0.3)
            ):
                column.field, column.by_content = name, True
                break
    known = {column.field for column in columns}
    if known & {"legal_name", "trade_name"} or not known & {"siren", "emails", "phones"}:
        return
    for column, inside in zip(columns, contents, strict=True):
        if (
            not column.field
            and inside.filled
            and inside.words >= 0.9
            and inside.distinct >= 0.6
            and inside.service < 0.3
        ):
            column.field, column.by_content = "legal_name", True
            return


def _part_equal_headers(columns: Sequence[ListColumn]) -> None:
    seen: dict[str, int] = {}
    for column in columns:
        if column.header:
            seen[column.header] = seen.get(column.header, 0) + 1
            if seen[column.header] > 1:
                column.header = f"{column.header} ({column_letter(column.index)})"


def _apply(mapping: Mapping[str, str], lists: Sequence[RecognisedList], kind: ListKind) -> None:
    fields = fields_of(kind)
    for name, wanted in mapping.items():
        if wanted and wanted not in fields:
            known = ", ".join(one for one in fields if not one.startswith(SERVICE))
            services = ", service:S01 à service:S16" if kind is ListKind.PROVIDERS else ""
            raise UserError(f"« {wanted} » n'est pas un champ. Les champs : {known}{services}.")
        chosen = [
            column
            for one in lists
            for column in one.columns
            if normalise(column.header) == normalise(name) or column_letter(column.index) == name.strip().upper()
        ]
        if not chosen:
            known = ", ".join(dict.fromkeys(column.header for one in lists for column in one.columns if column.header))
            raise UserError(f"Aucune colonne ne s'appelle « {name} ». Les colonnes : {known}.")
        for column in chosen:
            column.field, column.by_content = wanted, False
    for one in lists:
        one.not_read = "" if names_companies(one) else NO_COMPANY


def _leave_others_out(found: Sequence[RecognisedList], *, chosen: bool) -> None:
    """Keep the sheets of the same kind as the best one; another sort of list in the file is named, not read."""
    read = [one for one in found if not one.not_read]
    if chosen or len(read) < 2:
        return
    with_header = [one for one in read if one.header]
    best = max(with_header or read, key=lambda one: (len(one.fields()), len(one.table.rows)))
    for one in read:
        shared = one.fields() & best.fields()
        same = len(shared) * 2 >= len(best.fields()) or {"legal_name", "siren"} <= shared
        if not same or (one.header is None and best.header is not None):
            one.not_read = "ce n'est pas la même sorte de liste (choisissez-la pour la lire)"
