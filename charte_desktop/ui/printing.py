"""Paper: the pages of a PDF, drawn at the printer's own resolution on what the system's dialog chose.

The dialog's words and its printers are the system's. Each page is drawn between two events, so that the window lives on
while a printer works.
"""

from collections.abc import Iterator

from PySide6.QtCore import QBuffer, QIODevice, QObject, QSize, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from charte_desktop.errors import UserError

FINEST = 400
"""Points per inch; a printer that counts more is given pages of this fineness: 60 MB and a sixth of a second each."""


class PrintJob(QObject):
    """One document, from the system's dialog to the last page."""

    finished = Signal(int)
    """Everything was given to the printer: how many pages."""
    refused = Signal()
    """The dialog was left without printing."""

    def __init__(self, parent: QWidget, pdf: bytes, title: str, *, folded: bool = False) -> None:
        """`title` is what the printer's queue shows; `folded` proposes both sides, turned on the short edge."""
        super().__init__(parent)
        self.document = open_pdf(self, pdf)
        self.printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self.printer.setDocName(title)
        self.printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        self._turn_paper(0)
        self.printer.setFromTo(1, self.document.pageCount())
        if folded:
            self.printer.setDuplex(QPrinter.DuplexMode.DuplexShortSide)
        self.dialog = QPrintDialog(self.printer, parent)
        self.dialog.setWindowTitle(f"Imprimer : {title}")
        self.dialog.setOptions(
            QPrintDialog.PrintDialogOption.PrintToFile | QPrintDialog.PrintDialogOption.PrintPageRange
        )
        self.dialog.setMinMax(1, self.document.pageCount())
        self.dialog.accepted.connect(self._start)
        self.dialog.rejected.connect(self._leave)
        self._painter = QPainter()
        self._steps: Iterator[None] = iter(())

    def ask(self) -> None:
        """Show the system's dialog."""
        QDialog.open(self.dialog)

    def _leave(self) -> None:
        self.refused.emit()
        self.deleteLater()

    def _start(self) -> None:
        if not self._painter.begin(self.printer):
            self.deleteLater()
            raise UserError("L'imprimante ne répond pas : vérifiez qu'elle est allumée, ou choisissez-en une autre.")
        self._steps = self._draw()
        self._go_on()

    def _go_on(self) -> None:
        try:
            next(self._steps)
        except StopIteration:
            self._painter.end()
            self.finished.emit(self._last - self._first + 1)
            self.deleteLater()
        else:
            QTimer.singleShot(0, self._go_on)

    @property
    def _first(self) -> int:
        return max(self.printer.fromPage(), 1)

    @property
    def _last(self) -> int:
        return min(self.printer.toPage() or self.document.pageCount(), self.document.pageCount())

    def _draw(self) -> Iterator[None]:
        """Each page."""
        for number in range(self._first - 1, self._last):
            if number >= self._first:
                self._turn_paper(number)
                self.printer.newPage()
            yield from self._draw_page(number)

    def _draw_page(self, number: int) -> Iterator[None]:
        scale = min(self.printer.resolution(), FINEST) / 72
        points = self.document.pagePointSize(number)
        size = QSize(round(points.width() * scale), round(points.height() * scale))
        paper = self.printer.pageLayout().fullRectPixels(self.printer.resolution())
        printable = self.printer.pageLayout().paintRectPixels(self.printer.resolution())
        fit = min(paper.width() / size.width(), paper.height() / size.height())
        self._painter.save()
        # The origin is the corner of what the printer can ink; the PDF's own margins are wider than any printer's.
        self._painter.translate(
            (paper.width() - fit * size.width()) / 2 - printable.left(),
            (paper.height() - fit * size.height()) / 2 - printable.top(),
        )
        self._painter.scale(fit, fit)
        self._painter.drawImage(0, 0, self._page(number, size))
        self._painter.restore()
        yield

    def _page(self, number: int, size: QSize) -> QImage:
        # Whole: Qt 6.12 draws a part of a page a few points beside its place, and lines of text are cut at the seams.
        drawn = self.document.render(number, size)
        # What the page does not ink is transparent there, and black for some printers.
        paper = QImage(size, QImage.Format.Format_RGB32)
        paper.fill(QColor("white"))
        painter = QPainter(paper)
        painter.drawImage(0, 0, drawn)
        painter.end()
        return paper

    def _turn_paper(self, number: int) -> None:
        points = self.document.pagePointSize(number)
        lying = points.width() > points.height()
        self.printer.setPageOrientation(
            QPageLayout.Orientation.Landscape if lying else QPageLayout.Orientation.Portrait
        )


def open_pdf(parent: QObject, pdf: bytes) -> QPdfDocument:
    """A PDF in memory, ready to be drawn."""
    document = QPdfDocument(parent)
    # The document reads the buffer until its own end: as its child, the buffer goes last.
    buffer = QBuffer(document)
    buffer.setData(pdf)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    return document
