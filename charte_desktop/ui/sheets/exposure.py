"""How often each provider was listed, and first: the proof that the order of the sheets is neutral."""

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton

from charte_desktop.ui import icons
from charte_desktop.ui.forms import load_form
from charte_desktop.ui.sheets.paper_actions import Paper, PaperActions
from charte_desktop.ui.sheets.pdf_preview import PdfPreview
from charte_desktop.ui.sheets.places import Page

if TYPE_CHECKING:
    from charte_desktop.documents.exposure_report import ExposurePeriod
    from charte_desktop.model.sheet import Exposure
    from charte_desktop.store.database import Database


class ExposurePage(Page):
    """The report of a period, as it prints."""

    back_button: QPushButton
    title: QLabel
    facts: QLabel
    workbook_button: QPushButton
    save_button: QPushButton
    print_button: QPushButton
    period: QComboBox
    preview: PdfPreview

    def __init__(self, database: "Database") -> None:
        super().__init__()
        load_form(self, "exposure", PdfPreview)
        self._database = database
        self.actions_of_paper = PaperActions(self)
        for button, name, token in (
            (self.back_button, "arrow-left", "ink"),
            (self.print_button, "printer", "on_primary"),
            (self.save_button, "save", "ink"),
            (self.workbook_button, "file-output", "ink"),
        ):
            button.setIcon(icons.icon(name, token))
            button.setIconSize(icons.BESIDE_WORDS)
        today = database.today()
        self.period.addItem("Toutes les fiches", None)
        self.period.addItem(f"L'année {today.year}", date(today.year, 1, 1))
        self.period.addItem("Les douze derniers mois", today - timedelta(365))
        self.title.setText("Présence des prestataires sur les fiches annuaires")
        self.period.currentIndexChanged.connect(lambda _: self._show_report())
        self.back_button.clicked.connect(self.left)
        self.print_button.clicked.connect(lambda: self.actions_of_paper.print_out(self._paper))
        self.save_button.clicked.connect(lambda: self.actions_of_paper.save(self._paper))
        self.workbook_button.clicked.connect(self._ask_workbook)
        self.actions_of_paper.said.connect(self.said)
        QShortcut(QKeySequence("Ctrl+P"), self, self.print_button.click)
        self._show_report()

    def start(self) -> None:
        self.period.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_report(self) -> None:
        from charte_desktop.documents.exposure_report import exposure_pdf
        from charte_desktop.store.directory_sheets import DirectorySheets

        self._lines: list[Exposure] = DirectorySheets(self._database).exposure(self.period.currentData())
        self.facts.setText(self._period().in_words)
        self._paper = Paper("Présence des prestataires", exposure_pdf(self._lines, self._period()))
        self.preview.show_pdf(self._paper.pdf)

    def _period(self) -> "ExposurePeriod":
        from charte_desktop.documents.exposure_report import ExposurePeriod

        return ExposurePeriod(
            since=self.period.currentData(),
            made_at=self._database.clock(),
            adviser=self._database.adviser,
            demonstration=self._database.is_demonstration,
        )

    def _ask_workbook(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        proposed = Path(folder) / "Présence des prestataires.xlsx"
        self.actions_of_paper.ask_file(proposed, "Classeur Excel (*.xlsx)", self.write_workbook)

    def write_workbook(self, file: Path) -> None:
        """Write the same table as a workbook."""
        from charte_desktop.documents.exposure_report import exposure_xlsx

        self.actions_of_paper.write(file, exposure_xlsx(self._lines, self._period()))
