"""Every document, made from a demonstration base, read back and looked at."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from charte_desktop.self_test.trials import Failure

if TYPE_CHECKING:
    from charte_desktop.store.database import Database


def demonstration(place: Path) -> str:
    """The demonstration does the main jobs: its base, its documents, a picture of each screen."""
    from PySide6.QtGui import QImage

    from charte_desktop import demonstration

    demonstration.show(place / "démo")
    pictures = sorted((place / "démo").glob("*.png"))
    for picture in pictures:
        image = QImage(str(picture))
        colours = {image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}
        if len(colours) < _COLOURS_OF_A_SCREEN:
            raise Failure(f"l'image {picture.name} est vide")
    written = [file for file in sorted((place / "démo").glob("*")) if file.suffix in (".pdf", ".xlsx", ".ics", ".html")]
    for file in written:
        _refuse_empty(file.name, file.read_bytes())
    return f"{len(pictures)} écrans, {len(written)} documents"


_COLOURS_OF_A_SCREEN = 4


def documents(place: Path) -> str:
    """Each document that the program makes is made, and is what its name says."""
    from charte_desktop import demonstration

    names = []
    with closing(demonstration.build(place / "base", place / "liste.xlsx")) as database:
        for name, content in _made(database):
            _refuse_empty(name, content)
            (place / name).write_bytes(content)
            names.append(name)
    return f"{len(names)} : {', '.join(names)}"


def preview(place: Path) -> str:
    """A page that is shown before it is printed has ink on it."""
    from PySide6.QtCore import QSize
    from PySide6.QtPdf import QPdfDocument

    from charte_desktop.demonstration.base import build, hand_sheet

    file = place / "aperçu.pdf"
    with closing(build(place / "base", place / "liste.xlsx")) as database:
        file.write_bytes(hand_sheet(database))
    document = QPdfDocument()
    if document.load(str(file)) != QPdfDocument.Error.None_:
        raise Failure(f"{file.name} ne s'ouvre pas dans l'aperçu")
    pages = document.pageCount()
    for page in range(pages):
        image = document.render(page, QSize(420, 594))
        lightness = [image.pixelColor(x, y).lightness() for x in range(0, 420, 2) for y in range(0, 594, 2)]
        if sum(one < _DARK for one in lightness) < _INK_OF_A_PAGE:
            raise Failure(f"la page {page + 1} de l'aperçu est vide")
    document.close()
    return f"{pages} pages, encre vue sur chacune"


_DARK, _INK_OF_A_PAGE = 110, 60


def _made(database: "Database") -> Iterator[tuple[str, bytes]]:
    """Name and content of each document, for the base of the demonstration."""
    from charte_desktop.demonstration.base import hand_sheet
    from charte_desktop.demonstration.project_papers import project_papers
    from charte_desktop.demonstration.projects import PLOTS, demonstration_projects
    from charte_desktop.documents import (
        exposure_report,
        fillable_fiche,
        guide_booklet,
        joined_pages,
        mail_draft,
        recall_letter,
        removal_letter,
        workbooks,
    )
    from charte_desktop.model.clauses import clauses
    from charte_desktop.model.provider_state import ProviderState
    from charte_desktop.store.company_records import CompanyRecords
    from charte_desktop.store.directory_sheets import DirectorySheets
    from charte_desktop.store.provider_register import ProviderRegister

    at, adviser = database.clock(), database.adviser
    sheet = hand_sheet(database)
    yield "fiche-annuaire.pdf", sheet
    sheets = DirectorySheets(database)
    period = exposure_report.ExposurePeriod(made_at=at, adviser=adviser, demonstration=True)
    yield "presence.pdf", exposure_report.exposure_pdf(sheets.exposure(), period)
    yield "presence.xlsx", exposure_report.exposure_xlsx(sheets.exposure(), period)
    provider = next(one for one in sheets.exposure() if sheets.recall_list(one.provider_id))
    occasion = recall_letter.RecallOccasion(
        provider_name=provider.legal_name,
        removed_on=database.today(),
        written_at=at,
        adviser=adviser,
        demonstration=True,
    )
    letters = recall_letter.recall_letters(sheets.recall_list(provider.provider_id), occasion)
    yield "rappel.pdf", letters
    subject, text = mail_draft.recall_mail(provider.legal_name, adviser)
    yield "rappel.eml", mail_draft.mail_draft("zoe@exemple.re", subject, text, "rappel.pdf", letters)
    register = ProviderRegister(database)
    providers, companies = register.all(), CompanyRecords(database).all()
    for name, make in (
        ("fiche-a-remplir.pdf", fillable_fiche.fillable_fiche),
        ("fiche-papier.pdf", fillable_fiche.printed_fiche),
    ):
        yield name, make(providers[0], adviser, at, demonstration=True)
    notice = removal_letter.RemovalNotice(
        provider_name=providers[0].legal_name,
        representative=providers[0].legal_representative,
        address="1 rue des Filaos\n97427 L'Étang-Salé",
        removed_on=database.today(),
        clauses=tuple(clauses().values())[:2],
        reason="Un fait, daté",
        written_at=at,
        adviser=adviser,
        demonstration=True,
    )
    yield "radiation.pdf", removal_letter.removal_letter(notice)
    yield "prestataires.csv", workbooks.provider_export_csv(providers, database.today(), register.rule)
    yield "prestataires.xlsx", workbooks.provider_export_xlsx(providers, database.today(), register.rule)
    yield "entreprises.csv", workbooks.company_export_csv(companies)
    yield "entreprises.xlsx", workbooks.company_export_xlsx(companies)
    columns, rows = ["État", "Nombre"], [[state.value, 1] for state in ProviderState]
    yield "tableau.xlsx", workbooks.table_xlsx("Été", columns, rows)
    yield "tableau.csv", workbooks.table_csv(columns, rows)
    yield "fiches-ensemble.pdf", joined_pages.joined("Fiches", [sheet, sheet])
    yield "guide.pdf", guide_booklet.guide_booklet(at)
    yield from project_papers(database, demonstration_projects(database, [PLOTS[0], PLOTS[3]]))


def _refuse_empty(name: str, content: bytes) -> None:
    """A document begins as its kind does, and is more than a beginning."""
    begins = {
        ".pdf": b"%PDF-",
        ".xlsx": b"PK\x03\x04",
        ".csv": b"\xef\xbb\xbf",
        ".ics": b"BEGIN:VCALENDAR",
        ".html": b"<!",
        ".xml": b"<?xml",
    }
    expected = begins.get(Path(name).suffix, b"")
    if len(content) < _SMALLEST or not content.startswith(expected):
        raise Failure(f"{name} n'est pas un document de cette sorte ({len(content)} octets)")
    if name.endswith(".pdf"):
        from pikepdf import Pdf

        with Pdf.open(_stream(content)) as document:
            if not document.pages:
                raise Failure(f"{name} n'a pas de page")


_SMALLEST = 40


def _stream(content: bytes):  # type: ignore[no-untyped-def]  # a BytesIO, imported where it is used
    from io import BytesIO

    return BytesIO(content)
