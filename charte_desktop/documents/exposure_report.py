"""How often each provider was listed on directory sheets, and how often first, as PDF and as a workbook.

Names stand in alphabetical order: a draw is counted, nobody is ranked (C08).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from charte_desktop.documents import page_style as style
from charte_desktop.documents.blocks import Block, Column, Columns, Kind, Part, cells_of, table_head, table_row
from charte_desktop.documents.page_style import A4
from charte_desktop.documents.pages import Composition, Drawing
from charte_desktop.documents.spreadsheet import cell, heading, new_book, prepare, saved
from charte_desktop.documents.tagged_canvas import TaggedCanvas
from charte_desktop.documents.text_layout import clean
from charte_desktop.model.sheet import Exposure
from charte_desktop.model.wording import collation_key

TITLE = "Présence sur les fiches annuaires"
HOW_TO_READ = (
    "Un prestataire figure sur une fiche quand ses prestations déclarées, son territoire et les tailles d'entreprise "
    "servies répondent à la demande ; sa place vient d'un tirage. Ces nombres ne disent rien de la qualité de son "
    "travail."
)
_TITLES = ("Prestataire", "Fois sur une fiche", "Fois en premier")
_COLUMNS: Columns = (
    (_TITLES[0], 0.0, A4.body_width - 190),
    (_TITLES[1], A4.body_width - 190, 95.0),
    (_TITLES[2], A4.body_width - 95, 95.0),
)


@dataclass(frozen=True, kw_only=True)
class ExposurePeriod:
    """What was counted, by whom and when."""

    since: date | None = None
    """None: from the first sheet on."""
    until: date | None = None
    made_at: datetime
    """Aware of its zone; also the end of the period when `until` is None."""
    adviser: str
    demonstration: bool = False

    @property
    def in_words(self) -> str:
        """Both days are part of the period."""
        until = self.until or self.made_at.astimezone(style.REUNION).date()
        if self.since is None:
            return f"Toutes les fiches établies jusqu'au {style.show_day(until)}"
        return f"Fiches établies du {style.show_day(self.since)} au {style.show_day(until)}"


def exposure_pdf(lines: Iterable[Exposure], period: ExposurePeriod) -> bytes:
    """The report on A4: tagged, every font embedded; the same lines give the same bytes."""
    report = Composition(A4)
    ordered = _in_order(lines)
    report.place(_head(ordered, period))
    if ordered:
        report.place_table(table_head(_COLUMNS, A4.table_head), [_row(line) for line in ordered])
    canvas = TaggedCanvas(TITLE, clean(period.adviser), period.made_at.astimezone(style.REUNION))
    invented = " · démonstration" if period.demonstration else ""
    foot = [f"{TITLE} · compté le {style.show_moment(period.made_at)}{invented}", style.SHORT_WORDING]
    return Drawing(canvas, A4).numbered(report.pages, head=(TITLE, period.in_words), foot=foot)


def exposure_xlsx(lines: Iterable[Exposure], period: ExposurePeriod) -> bytes:
    """The same table as a workbook; a second sheet says what was counted and how to read it."""
    ordered = _in_order(lines)
    book = new_book(TITLE)
    sheet = book.create_sheet("Présence")
    prepare(sheet, (50, 20, 18), len(ordered), frozen="B2")
    sheet.append([heading(sheet, title) for title in _TITLES])
    for line in ordered:
        sheet.append([cell(sheet, line.legal_name), line.listed, line.first])
    told = book.create_sheet("Lecture")
    told.column_dimensions["A"].width = 110
    for text in (TITLE, period.in_words, f"Compté le {style.show_moment(period.made_at)}", *_remarks(period)):
        told.append([cell(told, text)])
    return saved(book)


def _in_order(lines: Iterable[Exposure]) -> list[Exposure]:
    return sorted(lines, key=lambda line: collation_key(line.legal_name))


def _remarks(period: ExposurePeriod) -> list[str]:
    remarks = [HOW_TO_READ, f"{style.C01_WORDING} {style.C08_WORDING}"]
    return [*remarks, "Base de démonstration : ces entreprises n'existent pas."] if period.demonstration else remarks


def _head(lines: Sequence[Exposure], period: ExposurePeriod) -> Block:
    column = Column(0, 0, A4.body_width)
    column.add("CCI Île de la Réunion · Charte d'engagement des offreurs de solutions numériques", A4.note_strong)
    column.add(TITLE, A4.title, role="H1")
    rules = [(0.0, column.y + 2, A4.body_width)]
    column.y += 8
    column.add(period.in_words, A4.strong)
    count, listed = len(lines), sum(line.listed for line in lines)
    plural = "s" if count > 1 else ""
    told = (
        f"{count} prestataire{plural}, {_spaced(listed)} mention{'s' if listed > 1 else ''}."
        if count
        else "Aucune fiche."
    )
    column.add(told, A4.body)
    column.y += 6
    top = column.y
    column.x, column.width, column.y = 9, A4.body_width - 18, column.y + 5
    for text in _remarks(period):
        column.add(text, A4.small)
        column.y += 2
    column.y += 4
    washes = [(0.0, top, A4.body_width, column.y - top)]
    return Block(Kind.HEAD, column.y + 10, column.parts, title=TITLE, washes=washes, rules=rules)


def _row(line: Exposure) -> Block:
    cells = cells_of(_COLUMNS)
    parts = [Part("TH"), Part("TD"), Part("TD")]
    cells[0].add(clean(line.legal_name) or "(sans nom)", A4.body, max_lines=3, into=parts[0])
    cells[1].add(_spaced(line.listed), A4.body, into=parts[1])
    cells[2].add(_spaced(line.first), A4.body, into=parts[2])
    return table_row(_COLUMNS, cells, parts)


def _spaced(number: int) -> str:
    return f"{number:,}".replace(",", "\u202f")
