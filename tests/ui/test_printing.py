"""Paper as the printer gets it, on a printer that is a PDF file."""

import subprocess
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from charte_desktop.documents.directory_sheet import directory_sheet
from charte_desktop.model.sheet_content import Layout
from charte_desktop.ui.printing import PrintJob
from tests.documents.sheet_contents import content, entry


def printed(qtbot: QtBot, pdf: bytes, file: Path, *, folded: bool = False) -> int:
    parent = QWidget()
    qtbot.addWidget(parent)
    job = PrintJob(parent, pdf, "Essai", folded=folded)
    job.printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    job.printer.setOutputFileName(str(file))
    with qtbot.waitSignal(job.finished, timeout=30_000) as finished:
        job.dialog.accepted.emit(job.printer)
    assert finished.args is not None
    return int(finished.args[0])


def drawn(pdf: Path, folder: Path, page: int) -> QImage:
    out = folder / f"{pdf.stem}-{page}"
    subprocess.run(
        ["pdftoppm", "-r", "40", "-f", str(page), "-l", str(page), "-gray", "-png", "-singlefile", str(pdf), str(out)],
        check=True,
    )
    return QImage(f"{out}.png").convertToFormat(QImage.Format.Format_Grayscale8)


@pytest.mark.parametrize("layout", ["cards", "booklet"])
def test_what_is_printed_is_the_pdf_page_for_page(qtbot: QtBot, tmp_path: Path, layout: Layout) -> None:
    pdf, paper = tmp_path / "fiche.pdf", tmp_path / "papier.pdf"
    pdf.write_bytes(directory_sheet(content(map(entry, range(1, 9)), layout=layout)))
    pages = printed(qtbot, pdf.read_bytes(), paper, folded=layout == "booklet")
    for number in range(1, pages + 1):
        wanted, got = drawn(pdf, tmp_path, number), drawn(paper, tmp_path, number)
        assert (got.width() > got.height()) == (layout == "booklet")
        assert abs(got.width() - wanted.width()) <= 1
        # Half a point aside, thin letters are other pixels: what must agree is how dark each spot of the paper is.
        spots = [(x, y) for x in range(30) for y in range(30)]
        coarse = [
            one.scaled(30, 30, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
            for one in (wanted, got)
        ]
        assert (
            max(abs(coarse[0].pixelColor(*at).lightness() - coarse[1].pixelColor(*at).lightness()) for at in spots) < 40
        )
        assert (
            sum(got.pixelColor(x, y).lightness() < 160 for x in range(got.width()) for y in range(got.height())) > 200
        )
