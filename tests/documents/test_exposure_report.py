from dataclasses import replace
from datetime import date, datetime
from io import BytesIO

import openpyxl

from charte_desktop.documents import page_style
from charte_desktop.documents.exposure_report import HOW_TO_READ, TITLE, ExposurePeriod, exposure_pdf, exposure_xlsx
from charte_desktop.documents.page_style import REUNION
from charte_desktop.model.sheet import Exposure
from tests.documents.reading import faults_of, opened, page_total, sentences_of, structure_of

PERIOD = ExposurePeriod(
    since=date(2026, 1, 1),
    until=date(2026, 12, 31),
    made_at=datetime(2027, 1, 4, 8, 0, tzinfo=REUNION),
    adviser="Camille Conseil",
)
LINES = [Exposure("1", "Zèbre & Co", 9, 4), Exposure("2", "Étang Web", 7, 1), Exposure("3", "=1+1 Abricot", 2, 0)]


def test_the_report_says_how_often_each_was_listed_and_first_by_name() -> None:
    text = sentences_of(exposure_pdf(LINES, PERIOD))
    assert "Fiches établies du 01/01/2026 au 31/12/2026" in text
    assert "3 prestataires, 18 mentions." in text
    rows = "Prestataire Fois sur une fiche Fois en premier =1+1 Abricot 2 0 Étang Web 7 1 Zèbre & Co 9 4"
    assert rows in text


def test_c08_the_report_ranks_nobody_and_says_what_the_numbers_do_not() -> None:
    text = sentences_of(exposure_pdf(LINES, PERIOD))
    assert HOW_TO_READ in text
    assert page_style.C08_WORDING in text
    for word in ("meilleur", "classement", "top", "performan", "rang "):
        assert word not in text.casefold()


def test_without_a_beginning_all_sheets_up_to_the_day_were_counted() -> None:
    text = sentences_of(exposure_pdf(LINES, replace(PERIOD, since=None, until=None)))
    assert "Toutes les fiches établies jusqu'au 04/01/2027" in text


def test_a_long_report_repeats_its_head_and_is_one_table() -> None:
    many = [Exposure(str(n), f"Société {n:03d} " + "longue " * (n % 30), n, n % 7) for n in range(300)]
    pdf = exposure_pdf(many, PERIOD)
    assert faults_of(pdf) == []
    assert page_total(pdf) > 5
    tree = structure_of(pdf)
    assert tree.count("Table (block)") == 1
    assert tree.count("  TR") == 301
    assert sentences_of(pdf).count("Fois en premier") == page_total(pdf)
    assert pdf == exposure_pdf(reversed(many), PERIOD)


def test_the_report_is_tagged_and_titled_and_odd_names_survive() -> None:
    pdf = exposure_pdf([Exposure("1", "🚀 <b> שלום \x00" + "X" * 400, 1, 1)], PERIOD)
    with opened(pdf) as document:
        assert str(document.docinfo.Title) == TITLE
        assert document.Root.MarkInfo.Marked
    assert faults_of(pdf) == []
    assert "🚀 <b>" in sentences_of(pdf)


def test_a_period_without_sheets_says_so() -> None:
    assert "Aucune fiche." in sentences_of(exposure_pdf([], PERIOD))


def test_the_workbook_has_the_table_and_how_to_read_it() -> None:
    book = openpyxl.load_workbook(BytesIO(exposure_xlsx(LINES, PERIOD)))
    table, told = book.worksheets
    assert list(table.iter_rows(values_only=True)) == [
        ("Prestataire", "Fois sur une fiche", "Fois en premier"),
        ("=1+1 Abricot", 2, 0),
        ("Étang Web", 7, 1),
        ("Zèbre & Co", 9, 4),
    ]
    assert table["A2"].data_type == "s"
    assert table.auto_filter.ref == "A1:C4"
    texts = [row[0] for row in told.iter_rows(values_only=True)]
    assert "Fiches établies du 01/01/2026 au 31/12/2026" in texts
    assert HOW_TO_READ in texts
