"""The activity report as a workbook: the lines of the period, and a summary whose formulas count them again.

Somebody who narrows the two dates of the summary, or corrects a line, sees the counts follow.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from charte_desktop.documents import page_style as style
from charte_desktop.documents.activity_report import HOW_TO_READ, TITLE, ReportOccasion
from charte_desktop.documents.live_sheet import Item, Live, LiveSheet, Month, Title, with_values
from charte_desktop.documents.spreadsheet import new_book, prepare, saved
from charte_desktop.model import reference
from charte_desktop.model.accompaniment_kind import AccompanimentKind
from charte_desktop.model.activity import ActivityLines, Period
from charte_desktop.model.follow_up import NeedState, Outcome, Priority
from charte_desktop.model.wording import collation_key

SUMMARY, HELD, NEEDS, SHEETS, WORKSHOPS, READING = (
    "Synthèse",
    "Accompagnements",
    "Besoins",
    "Fiches annuaires",
    "Ateliers",
    "Lecture",
)
_FROM, _TO = "$B$3", "$B$4"
"""The cells of the two dates."""
_ELSEWHERE = "(non renseignée)"


class _Lines:
    """A sheet of lines, and the ranges that formulas name."""

    def __init__(
        self, book: object, title: str, columns: Sequence[str], widths: Sequence[float], rows: list[list[Item]]
    ):
        self._made = LiveSheet(book, title)
        prepare(self._made.sheet, widths, len(rows), frozen="B2")
        self._made.append([Title(column) for column in columns])
        for row in rows:
            self._made.append(row)
        self._title = title.replace("'", "''")
        self._last = max(len(rows) + 1, 2)

    def range(self, letter: str) -> str:
        """A column of the lines."""
        return f"'{self._title}'!${letter}$2:${letter}${self._last}"

    def count(self, *conditions: tuple[str, str], between: tuple[str, str] = (_FROM, _TO)) -> str:
        """The formula that counts the lines of the two dates that meet conditions (column, criterion)."""
        first, last = between
        asked = [("A", f'">="&{first}'), ("A", f'"<="&{last}'), *conditions]
        return f"COUNTIFS({','.join(f'{self.range(letter)},{criterion}' for letter, criterion in asked)})"


def activity_xlsx(lines: ActivityLines, period: Period, occasion: ReportOccasion) -> bytes:
    """The workbook as bytes: a summary of live formulas, four sheets of lines, and how to read them."""
    book = new_book(TITLE)
    summary = LiveSheet(book, SUMMARY)
    for place, width in enumerate((44, 18, 24, 14, 14), 1):
        summary.sheet.column_dimensions["ABCDE"[place - 1]].width = width
    held = _Lines(book, HELD, _HELD_TITLES, (12, 26, 40, 13, 24, 34, 26, 22), _held_rows(lines))
    needs = _Lines(book, NEEDS, _NEED_TITLES, (12, 40, 13, 30, 50, 10, 20), _need_rows(lines))
    sheets = _Lines(book, SHEETS, _SHEET_TITLES, (12, 22, 40, 13, 14, 10), _sheet_rows(lines))
    workshops = _Lines(book, WORKSHOPS, _WORKSHOP_TITLES, (12, 50, 34, 10, 10), _workshop_rows(lines))
    _summarise(summary, lines, period, (held, needs, sheets, workshops))
    reading = LiveSheet(book, READING)
    reading.sheet.column_dimensions["A"].width = 110
    for text in _remarks(period, occasion):
        reading.append([text])
    return with_values(saved(book), [summary], {SUMMARY: 1})


_HELD_TITLES = ("Date", "Nature", "Entreprise", "SIREN", "Commune", "Secteur", "Conseiller", "Issue")
_NEED_TITLES = ("Noté le", "Entreprise", "SIREN", "Famille", "Prestation", "Priorité", "État")
_SHEET_TITLES = ("Éditée le", "Numéro", "Entreprise", "SIREN", "Prestataires", "Remise")
_WORKSHOP_TITLES = ("Date", "Thème", "Lieu", "Inscrits", "Présents")


def _held_rows(lines: ActivityLines) -> list[list[Item]]:
    return [
        [
            one.held_on,
            one.kind.value,
            one.company,
            one.siren,
            one.commune or _ELSEWHERE,
            one.sector,
            one.adviser,
            one.outcome.value if one.outcome else "",
        ]
        for one in lines.held
    ]


def _need_rows(lines: ActivityLines) -> list[list[Item]]:
    return [
        [
            one.noted_on,
            one.company,
            one.siren,
            one.family,
            one.service,
            Priority(one.priority).words,
            one.state.value,
        ]
        for one in lines.needs
    ]


def _sheet_rows(lines: ActivityLines) -> list[list[Item]]:
    return [
        [one.issued_on, one.number, one.company, one.siren, one.providers, "oui" if one.handed else "non"]
        for one in lines.sheets
    ]


def _workshop_rows(lines: ActivityLines) -> list[list[Item]]:
    return [[one.first_on, one.theme, one.place, one.registered, one.present] for one in lines.workshops]


def _summarise(
    summary: LiveSheet, lines: ActivityLines, period: Period, parts: tuple[_Lines, _Lines, _Lines, _Lines]
) -> None:
    held, needs, sheets, workshops = parts
    summary.append([Title(TITLE)])
    summary.append(["Changez les deux dates : tout se recompte, dans la période exportée."])
    summary.append(["Du", period.first])
    summary.append(["Au", period.last])
    summary.append([])
    summary.append([Title("Ensemble"), Title("Nombre")])
    summary.append(["Accompagnements", Live(held.count(), len(lines.held))])
    summary.append(["Besoins notés", Live(needs.count(), len(lines.needs))])
    summary.append(["Fiches annuaires éditées", Live(sheets.count(), len(lines.sheets))])
    handed = sum(one.handed for one in lines.sheets)
    summary.append(["dont la remise est notée", Live(sheets.count(("F", '"oui"')), handed)])
    summary.append(["Ateliers", Live(workshops.count(), len(lines.workshops))])
    _by_month(summary, lines, period, held)
    _counted(summary, "Famille de besoin", reference.FAMILIES, needs, "D", [one.family for one in lines.needs])
    communes = sorted({one.commune or _ELSEWHERE for one in lines.held}, key=collation_key)
    _counted(summary, "Commune", communes, held, "E", [one.commune or _ELSEWHERE for one in lines.held])
    _counted(summary, "État des besoins", _values(NeedState), needs, "G", [one.state.value for one in lines.needs])
    outcomes = [one.outcome.value for one in lines.held if one.outcome]
    _counted(summary, "Issue du suivi", _values(Outcome), held, "H", outcomes)
    advisers = sorted({one.adviser for one in lines.held if one.adviser}, key=collation_key)
    _counted(summary, "Conseiller", advisers, held, "G", [one.adviser for one in lines.held])


def _by_month(summary: LiveSheet, lines: ActivityLines, period: Period, held: _Lines) -> None:
    kinds = list(AccompanimentKind)
    summary.append([])
    head = summary.append([Title("Mois"), *(Title(kind.value) for kind in kinds), Title("Ensemble")])
    counted = Counter((one.held_on.year, one.held_on.month, one.kind) for one in lines.held)
    first_row = head + 1
    for year, month in period.months:
        row = summary.row + 1
        # A month is cut by the two dates: the later of its first day and "Du", the earlier of its last and "Au".
        between = (f"MAX($A{row},{_FROM})", f"MIN(EOMONTH($A{row},0),{_TO})")
        counts = [counted[year, month + 1, kind] for kind in kinds]
        cells: list[Item] = [
            Live(held.count(("B", f'"="&{letter}${head}'), between=between), count)
            for letter, count in zip("BCD", counts, strict=True)
        ]
        summary.append([Month(date(year, month + 1, 1)), *cells, Live(f"SUM(B{row}:D{row})", sum(counts))])
    last_row = summary.row
    totals = [sum(one.kind is kind for one in lines.held) for kind in kinds]
    summary.append(
        [
            Title("Ensemble"),
            *(
                Live(f"SUM({letter}{first_row}:{letter}{last_row})", total)
                for letter, total in zip("BCDE", [*totals, sum(totals)], strict=True)
            ),
        ]
    )


def _counted(
    summary: LiveSheet, title: str, names: Iterable[str], lines: _Lines, letter: str, told: Sequence[str]
) -> None:
    """A part of the summary: for each name, how many lines have it in a column."""
    counts = Counter(told)
    summary.append([])
    summary.append([Title(title), Title("Nombre")])
    for name in names:
        row = summary.row + 1
        summary.append([name, Live(lines.count((letter, f'"="&$A{row}')), counts[name])])


def _values(states: type[NeedState] | type[Outcome]) -> list[str]:
    return [str(one.value) for one in states]


def _remarks(period: Period, occasion: ReportOccasion) -> list[str]:
    remarks = [
        f"{TITLE} : {period.in_words}",
        f"Compté le {style.show_moment(occasion.made_at)}, par {occasion.adviser}",
        HOW_TO_READ,
        f"{style.C01_WORDING} {style.C08_WORDING}",
    ]
    return [*remarks, "Base de démonstration : ces entreprises n'existent pas."] if occasion.demonstration else remarks
