"""One line of a list read into the fields of a provider; what cannot be read stays as typed, with its sentence."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import Any, TypeVar

from charte_desktop.exchange.header import FIELDS, SERVICE
from charte_desktop.exchange.legal_form import read_legal_form
from charte_desktop.exchange.provider_list import RecognisedList
from charte_desktop.exchange.service_cells import Mark, ServicesRead, read_mark, read_services
from charte_desktop.exchange.tables import Cell, cell_text
from charte_desktop.model import identifiers, reference
from charte_desktop.model.identity_text import Problem
from charte_desktop.model.import_plan import ListKind
from charte_desktop.model.reading import CompanyNumber, Reading, says_nothing
from charte_desktop.model.wording import normalise

T = TypeVar("T")

_ERRORS = frozenset(
    "#N/A #REF! #NOM? #NAME? #VALEUR! #VALUE! #DIV/0! #NUL! #NULL! #NOMBRE! #NUM! #CALC! #ERROR! #SPILL!".split()
)
_IS_AN_ERROR = "La cellule contient une erreur du tableur. Saisissez la valeur."
_DATE_NEEDED = "Une signature a besoin de sa date : écrivez-la jj/mm/aaaa, par exemple 12/03/2024."
_DATE_TO_COME = "Cette date est à venir : vérifiez-la."
_NUMBERS_DISAGREE = "Le SIREN et le SIRET de la ligne ne sont pas ceux de la même entreprise : vérifiez-les."
_NO_SERVICE_MARK = "Cette marque n'est pas certaine : cochez la prestation si le prestataire la propose."
_SIGNED = frozenset(("signé", "signée", "signe", "signee", "faite", "fait"))
_NOT_SIGNED = frozenset(
    (
        "non", "n", "no", "false", "faux", "0", "à signer", "non signée", "non signé", "pas encore", "en attente",
        "en cours", "-",
    )
)  # fmt: skip
_NO_NAME = frozenset(
    (
        "nc", "n/c", "n.c.", "nd", "n.d.", "[nd]", "na", "n/a", "néant", "neant", "à compléter", "a completer",
        "inconnu", "inconnue", "non communiqué", "non renseigné", "à renseigner", "#", "vide", "(vide)",
        "null", "none", "nan",
    )
)  # fmt: skip
"""Instead of a name. Shorter than what says nothing elsewhere: a company may be called "Sans" or "X"."""
_WORD = re.compile(r"[^\W_]")
_A_SITE = re.compile(r"https?://|www\.", re.IGNORECASE)
_ANNOUNCED = re.compile(r"\b(?:e-?mails?|m[eéè]ls?|courriels?|sites?|web)\b\s*:?|(?<=\s)[/|](?=\s)", re.IGNORECASE)
"""Words of a cell of contacts that announce what is read elsewhere."""
_WORDS_OF_NOTES = {"trade_name": "Nom commercial", "acronym": "Sigle", "legal_form": "Forme juridique"}
MENDED = ("legal_name", "siren", "legal_representative", "address", "emails", "phones", "ape", "headcount", "services")
"""Fields whose unread cells leave a provider to complete."""


@dataclass(slots=True)
class LineRead:
    """What one line says of a provider. The names are those of the record's columns."""

    legal_name: str = ""
    siren: str = ""
    siret: str = ""
    legal_category: str = ""
    """Of a company only; for a provider the legal form is a note."""
    legal_representative: str = ""
    address: str = ""
    postal_code: str = ""
    city: str = ""
    commune_code: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    ape_code: str = ""
    ape_nomenclature: str = ""
    headcount: int | None = None
    headcount_band: str = ""
    website: str = ""
    references: str = ""
    notes: str = ""
    services: tuple[str, ...] = ()
    """Ids of the services declared."""
    signed_on: date | None = None
    withdrawn_on: date | None = None
    """Always None: a list says nothing of it. It is there for `missing_of`."""
    unread: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, name: str, value: str, message: str, *, keep: bool = True) -> None:
        """Note that `value` could not be read into the field `name`."""
        self.problems.append(Problem(name, value, message))
        if keep and value:
            before = self.unread.get(name)
            self.unread[name] = f"{before}\n{value}" if before and before != value else value

    def to_mend(self) -> list[str]:
        """Fields of the form that hold something to read again, in the form's order."""
        if not self.problems or not self.unread:
            return []
        wrong = {problem.field for problem in self.problems}
        return [name for name in MENDED if name in self.unread and name in wrong]


class LineReader:
    """Reads the lines of one list. It remembers what it read: the cells of a column repeat."""

    def __init__(self, lists: RecognisedList, today: date) -> None:
        """`today` refuses signatures of the future."""
        self._today = today
        self._table = lists.table
        self._of_companies = lists.kind is ListKind.COMPANIES
        self._by_field: dict[str, list[int]] = {}
        self._marks: list[tuple[int, str, str]] = []
        for column in lists.columns:
            if column.field.startswith(SERVICE):
                self._marks.append((column.index, column.field.removeprefix(SERVICE), column.header))
            elif column.field:
                self._by_field.setdefault(column.field, []).append(column.index)
        self._headers = {column.index: column.header for column in lists.columns}
        self.mapped = sorted(index for indexes in self._by_field.values() for index in indexes)
        self._of_codes = {column for column in self._by_field.get("headcount", ()) if self._holds_codes(column, lists)}
        self._text_of = {name: _getter(self._by_field.get(name, ())) for name in FIELDS}
        self._has_place = bool({"address", "postal_code", "city"} & self._by_field.keys())
        self._has_notes = bool({"notes", *_WORDS_OF_NOTES} & self._by_field.keys())
        self._has_person = bool({"first_name", "last_name"} & self._by_field.keys())
        self._services: dict[tuple[str, ...], ServicesRead] = {}
        self._places: dict[str, Reading[identifiers.Place]] = {}
        self._towns: dict[tuple[str, str], str] = {}

    def _holds_codes(self, column: int, lists: RecognisedList) -> bool:
        """True for a column of Insee band codes, as in Sirene: there "12" is 20 to 49, not twelve persons."""
        if "tranche" not in normalise(self._headers[column]):
            return False
        rows = lists.table.rows[lists.first_row :]
        said = {cell_text(row[column]) for row in rows if column < len(row) and row[column] != ""}
        return all(text in reference.bands() for text in said if not says_nothing(text))

    def columns(self, name: str) -> Sequence[int]:
        """The columns that give a field."""
        return self._by_field.get(name, ())

    def marks(self) -> Sequence[int]:
        """The columns that stand for one service each."""
        return [index for index, _, _ in self._marks]

    def read(self, texts: Sequence[str], cells: Sequence[Cell], row: int) -> LineRead:
        """Read a line; `row` is its place in the table, to look for formulas without a result behind empty cells."""
        line = LineRead()
        by_field, text_of = self._by_field, self._text_of
        line.legal_name = self._words(line, texts, "legal_name")
        if "siren" in by_field:
            self._siren(line, texts)
        self._representative(line, texts)
        if self._has_place:
            self._place(line, texts)
        if text := text_of["emails"](texts):
            line.emails = self._read(line, "emails", identifiers.read_emails, text) or ()
        if text := text_of["phones"](texts):
            line.phones = self._read(line, "phones", identifiers.read_phones, text) or ()
        if text := text_of["contact_details"](texts):
            self._contact_details(line, text)
        if text := text_of["ape"](texts):
            ape = self._read(line, "ape", identifiers.read_ape, text)
            if ape:
                line.ape_code, line.ape_nomenclature = ape.code, ape.nomenclature
        for column in by_field.get("headcount", ()):
            if column in self._of_codes and texts[column] in reference.bands():
                line.headcount_band = texts[column]
                break
            size = self._read(line, "headcount", identifiers.read_headcount, texts[column])
            if size and (size.number is not None or size.band):
                line.headcount, line.headcount_band = size.number, size.band
                break
        if text := text_of["website"](texts):
            line.website = self._read(line, "website", identifiers.read_website, text) or line.website
        if "services" in by_field or self._marks:
            self._offer(line, texts)
        if "charter_signed_on" in by_field:
            self._signature(line, texts, cells)
        line.references = self._paragraph(line, texts, "references")
        self._notes(line, texts)
        self._look_behind_empty_cells(line, texts, row)
        return line

    def _read(self, line: LineRead, name: str, reader: Callable[[str], Reading[T]], text: str) -> T | None:
        if not text:
            return None
        if text[0] == "#" and text in _ERRORS:
            line.refuse(name, text, _IS_AN_ERROR)
            return None
        reading = reader(text)
        if reading.message:
            line.refuse(name, reading.unread or text, reading.message, keep=bool(reading.unread))
        elif reading.unread:
            line.unread[name] = reading.unread
        return reading.value

    def _words(self, line: LineRead, texts: Sequence[str], name: str) -> str:
        """A name on one line."""
        text = " ".join(self._text_of[name](texts).split())
        if text and text[0] == "#" and text in _ERRORS:
            line.refuse(name, text, _IS_AN_ERROR)
            return ""
        return text if _WORD.search(text) and not (len(text) < 20 and text.casefold() in _NO_NAME) else ""

    def _paragraph(self, line: LineRead, texts: Sequence[str], name: str) -> str:
        text = self._text_of[name](texts)
        if not text:
            return ""
        if says_nothing(text) or text in _ERRORS:
            if text in _ERRORS:
                line.refuse(name, text, _IS_AN_ERROR)
            return ""
        return "\n".join(part.strip() for part in text.splitlines()) if "\n" in text else text

    def _siren(self, line: LineRead, texts: Sequence[str]) -> None:
        best = CompanyNumber()
        for column in self._by_field["siren"]:
            number = self._read(line, "siren", identifiers.read_siren, texts[column])
            if number is None or not number.siren:
                continue
            if best.siren and best.siren != number.siren:
                line.refuse("siren", texts[column], _NUMBERS_DISAGREE)
            elif number.siret or not best.siren:
                best = number
        line.siren, line.siret = best.siren, best.siret

    def _representative(self, line: LineRead, texts: Sequence[str]) -> None:
        whole = self._words(line, texts, "legal_representative")
        if not whole and self._has_person:
            parts = (self._words(line, texts, name) for name in ("first_name", "last_name"))
            whole = " ".join(filter(None, parts))
        line.legal_representative = whole

    def _place(self, line: LineRead, texts: Sequence[str]) -> None:
        street = self._text_of["address"](texts)
        parts = self._text_of["postal_code"](texts), self._text_of["city"](texts)
        town = self._towns.get(parts)
        if town is None:
            town = self._towns[parts] = " ".join(part for part in parts if part and not says_nothing(part))
        apart = bool(street and town) and not says_nothing(street)
        text = f"{street}\n{town}" if apart else town or street
        if not text:
            return
        if text in _ERRORS:
            line.refuse("address", text, _IS_AN_ERROR)
            return
        place = self._places.get(text)
        if place is None:
            place = identifiers.read_street_and_town(street, town) if apart else identifiers.read_place(text)
            self._places[text] = place
        value = place.value
        line.address, line.postal_code = value.address, value.postal_code
        line.city, line.commune_code = value.city, value.commune_code
        if place.message:
            line.refuse("address", place.unread or text, place.message, keep=bool(place.unread))
        elif place.unread:
            line.unread["address"] = place.unread

    def _contact_details(self, line: LineRead, text: str) -> None:
        """E-mails, telephones and a site out of one cell; its other words stay beside the telephone."""
        pieces = [piece.strip(" ()<>;,:") for piece in text.replace(";", "\n").replace(" / ", "\n").split()]
        emails = [piece for piece in pieces if "@" in piece]
        sites = [piece for piece in pieces if _A_SITE.match(piece)]
        rest = text
        for piece in [*emails, *sites]:
            rest = rest.replace(piece, " ")
        mails = identifiers.read_emails("\n".join(emails))
        phones = identifiers.read_phones(_ANNOUNCED.sub(" ", rest))
        line.emails = tuple(dict.fromkeys([*line.emails, *mails.value]))
        line.phones = tuple(dict.fromkeys([*line.phones, *phones.value]))
        line.website = self._read(line, "website", identifiers.read_website, " ".join(sites)) or ""
        if mails.unread:
            line.refuse("emails", mails.unread, mails.message)
        if not (line.emails or line.phones or line.website):
            line.refuse("phones", text, "Ni e-mail ni téléphone n'a été trouvé dans ces coordonnées : recopiez-les.")
        elif _WORD.search(phones.unread):
            line.unread["phones"] = phones.unread

    def _offer(self, line: LineRead, texts: Sequence[str]) -> None:
        columns = self._by_field.get("services", ())
        said = tuple([texts[column] for column in columns])
        read = self._services.get(said)
        if read is None:
            named = [self._with_header(column, text) for column, text in zip(columns, said, strict=True) if text]
            read = self._services[said] = _united([read_services(text) for text in named])
        found = read.ids
        if read.unread:
            line.refuse("services", read.unread, read.message)
        if self._marks:
            marked = []
            for column, service_id, header in self._marks:
                text = texts[column]
                mark = read_mark(text) if text else Mark.NO
                if mark is Mark.YES or (mark is Mark.DOUBTFUL and service_id in read_services(text).ids):
                    marked.append(service_id)
                elif mark is Mark.DOUBTFUL:
                    line.refuse("services", f"{header} : {text}", _NO_SERVICE_MARK)
            found = tuple(dict.fromkeys([*found, *marked]))
        line.services = found

    def _with_header(self, column: int, text: str) -> str:
        """A marked cell of a column that names a group of services says that group."""
        return f"{self._headers[column]}" if read_mark(text) is Mark.YES else "" if read_mark(text) is Mark.NO else text

    def _signature(self, line: LineRead, texts: Sequence[str], cells: Sequence[Cell]) -> None:
        """The first certain date; a word such as "oui" signs nothing."""
        doubts: list[tuple[str, str]] = []
        for column in self._by_field["charter_signed_on"]:
            text = texts[column]
            cell = cells[column] if column < len(cells) else text
            if not isinstance(cell, date):
                if not text or text.casefold() in _NOT_SIGNED:
                    continue
                if read_mark(text) is Mark.YES or text.casefold() in _SIGNED:
                    doubts.append((text, _DATE_NEEDED))
                    continue
            reading = identifiers.read_date(cell if isinstance(cell, date) else text)
            if reading.value is not None and reading.value <= self._today:
                line.signed_on = reading.value
                return
            message = _DATE_TO_COME if reading.value is not None else reading.message
            if message:
                doubts.append((text, message))
        for text, message in doubts[:1]:
            line.refuse("charter_signed_on", text, message)

    def _notes(self, line: LineRead, texts: Sequence[str]) -> None:
        if not self._has_notes:
            return
        kept = [self._paragraph(line, texts, "notes")] if "notes" in self._by_field else []
        for name, label in _WORDS_OF_NOTES.items():
            if name in self._by_field:
                text = self._words(line, texts, name)
                if name == "trade_name" and text and not line.legal_name:
                    line.legal_name = text
                elif name == "legal_form" and self._of_companies and (category := read_legal_form(text)):
                    line.legal_category = category
                elif text and text != line.legal_name:
                    text = reference.legal_categories().get(text, text) if name == "legal_form" else text
                    kept.append(f"{label} : {text}")
        line.notes = "\n".join(filter(None, kept))

    def _look_behind_empty_cells(self, line: LineRead, texts: Sequence[str], row: int) -> None:
        if "" not in texts or not self._table.doubts:
            return
        for name, columns in self._by_field.items():
            for column in columns:
                doubt = None if texts[column] else self._table.doubts.get((row, column))
                if doubt:
                    self._doubt(line, name, doubt)
        for column, _, header in self._marks:
            doubt = None if texts[column] else self._table.doubts.get((row, column))
            if doubt:
                line.refuse("services", f"{header} : {doubt[0]}", doubt[1])

    def _doubt(self, line: LineRead, name: str, doubt: tuple[str, str]) -> None:
        target = TARGETS.get(name, name)
        filled = getattr(line, {"ape": "ape_code", "headcount": "headcount_band"}.get(target, target), "")
        if target == "services" or not filled:
            line.refuse(target, doubt[0], doubt[1])


TARGETS: Mapping[str, str] = {
    "trade_name": "notes", "acronym": "notes", "legal_form": "notes", "first_name": "legal_representative",
    "last_name": "legal_representative", "postal_code": "address", "city": "address", "contact_details": "phones",
}  # fmt: skip


def _getter(columns: Sequence[int]) -> Callable[[Sequence[str]], str]:
    """What gives the text of a field out of the texts of a line; of several columns, a line each."""
    if not columns:
        return lambda _: ""
    if len(columns) == 1:
        return itemgetter(columns[0])
    return lambda texts: "\n".join(text for column in columns if (text := texts[column]) and not says_nothing(text))


def _united(readings: Sequence[ServicesRead]) -> ServicesRead:
    if len(readings) == 1:
        return readings[0]
    ids = tuple(dict.fromkeys(one for reading in readings for one in reading.ids))
    wrong = [reading for reading in readings if reading.unread]
    return ServicesRead(ids, " ; ".join(one.unread for one in wrong), wrong[0].message if wrong else "")


_shown = lru_cache(8192, typed=True)(cell_text)
"""Days and numbers repeat in a list; writing a day takes ten times as long as finding it again."""


def texts_of(cells: Sequence[Cell], width: int) -> list[str]:
    """The texts of a line, as many as the list has columns."""
    texts = [cell.strip() if type(cell) is str else _shown(cell) for cell in cells]
    return texts + [""] * (width - len(texts)) if len(texts) < width else texts


def column_values(record_id: str, line: LineRead, kind: ListKind) -> dict[str, Any]:
    """The columns of a new record that a list fills; always the same keys for a kind."""
    values = {
        "id": record_id,
        "legal_name": line.legal_name,
        "siren": line.siren,
        "siret": line.siret,
        "legal_representative": line.legal_representative,
        "address": line.address,
        "postal_code": line.postal_code,
        "city": line.city,
        "commune_code": line.commune_code,
        "emails": list(line.emails),
        "phones": list(line.phones),
        "ape_code": line.ape_code,
        "ape_nomenclature": line.ape_nomenclature,
        "headcount": line.headcount,
        "headcount_band": line.headcount_band,
        "website": line.website,
        "notes": line.notes,
        "unread": line.unread,
    }
    if kind is ListKind.PROVIDERS:
        values["references"] = line.references
    else:
        values["legal_category"] = line.legal_category
    return values
