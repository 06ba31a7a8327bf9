"""The activity report of any period: its pages, and the workbook whose formulas count."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton

from charte_desktop.ui import icons, messages
from charte_desktop.ui.date_field import DateField
from charte_desktop.ui.elided_label import ElidedLabel
from charte_desktop.ui.forms import load_form
from charte_desktop.ui.sheets.desk import Desk
from charte_desktop.ui.sheets.paper_actions import Paper, PaperActions
from charte_desktop.ui.sheets.pdf_preview import PdfPreview
from charte_desktop.ui.sheets.places import Page

if TYPE_CHECKING:
    from charte_desktop.documents.activity_report import ReportOccasion
    from charte_desktop.model.activity import Period
    from charte_desktop.store.database import Database

_OTHER = "Autre période"


class ReportPage(Page):
    """Choose days, look, print or save."""

    back_button: QPushButton
    title: ElidedLabel
    facts: ElidedLabel
    workbook_button: QPushButton
    save_button: QPushButton
    print_button: QPushButton
    choice: QComboBox
    first: DateField
    last: DateField
    sentence: QLabel
    preview: PdfPreview

    def __init__(self, database: "Database", period: "Period") -> None:
        super().__init__()
        load_form(self, "report_page", ElidedLabel, DateField, PdfPreview)
        from charte_desktop.ui.today.periods import periods

        self._database, self._period = database, period
        self._desk = Desk(self)
        self._pdf = b""
        self.actions_of_paper = PaperActions(self)
        self.title.setText("Rapport d'activité")
        for words, one in periods(database.today()):
            self.choice.addItem(words, one)
        self.choice.addItem(_OTHER, None)
        for field in (self.first, self.last):
            field.serve(database.today, past=True)
        self._dress()
        self._connect()
        self.show_period(period)

    def start(self) -> None:
        self.print_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish(self) -> None:
        self._desk.clear()

    @property
    def is_settled(self) -> bool:
        """True when the pages are those of the period."""
        return not self._desk.is_busy

    def show_period(self, period: "Period") -> None:
        """Count and draw another period, beside the window."""
        self._period = period
        self.first.show_day(period.first)
        self.last.show_day(period.last)
        place = next((row for row in range(self.choice.count()) if self.choice.itemData(row) == period), -1)
        self.choice.setCurrentIndex(place if place >= 0 else self.choice.findText(_OTHER))
        self.facts.setText(f"Période : {period.in_words}")
        self._allow(False)
        database, occasion = self._database, self._occasion()

        def work() -> bytes:
            from charte_desktop.documents.activity_report import activity_pdf
            from charte_desktop.store.activity import ActivityCounts

            return activity_pdf(ActivityCounts(database).whole(period), occasion)

        self._desk.ask(work, self._show)

    def _show(self, pdf: bytes) -> None:
        self._pdf = pdf
        self.preview.show_pdf(pdf)
        self._allow(True)

    def _allow(self, allowed: bool) -> None:
        for button in (self.print_button, self.save_button, self.workbook_button):
            button.setEnabled(allowed)

    def _choose(self) -> None:
        chosen = self.choice.currentData()
        if chosen is None:
            self.first.setFocus(Qt.FocusReason.OtherFocusReason)
            self.first.selectAll()
        else:
            self.sentence.clear()
            self.show_period(chosen)

    def follow_days(self) -> None:
        """Show the period that is typed, once both days are."""
        from charte_desktop.model.activity import Period

        first, last = self.first.reading().value, self.last.reading().value
        if first == self._period.first and last == self._period.last:
            self.sentence.clear()
            return
        with messages.sentence_in(self.sentence):
            period = Period(
                self.first.wanted("Écrivez le premier jour de la période : jj/mm/aaaa."),
                self.last.wanted("Écrivez le dernier jour de la période : jj/mm/aaaa."),
            )
            self.show_period(period)

    def _occasion(self) -> "ReportOccasion":
        from charte_desktop.documents.activity_report import ReportOccasion

        database = self._database
        return ReportOccasion(
            made_at=database.clock(), adviser=database.adviser, demonstration=database.is_demonstration
        )

    @property
    def _name(self) -> str:
        return f"Rapport d'activité {self._period.first:%d-%m-%Y} au {self._period.last:%d-%m-%Y}"

    def workbook(self) -> bytes:
        """The workbook of the period."""
        from charte_desktop.documents.activity_workbook import activity_xlsx
        from charte_desktop.store.activity import ActivityCounts

        return activity_xlsx(ActivityCounts(self._database).lines(self._period), self._period, self._occasion())

    def _save_workbook(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self.actions_of_paper.ask_file(
            Path(folder) / f"{self._name}.xlsx",
            "Classeur Excel (*.xlsx)",
            lambda file: self.actions_of_paper.write(file, self.workbook()),
        )

    def _dress(self) -> None:
        for button, name, token in (
            (self.back_button, "arrow-left", "ink"),
            (self.print_button, "printer", "on_primary"),
            (self.save_button, "save", "ink"),
            (self.workbook_button, "chart-column", "ink"),
        ):
            button.setIcon(icons.icon(name, token))
            button.setIconSize(icons.BESIDE_WORDS)

    def _connect(self) -> None:
        self.back_button.clicked.connect(self.left)
        self.print_button.clicked.connect(lambda: self.actions_of_paper.print_out(Paper(self._name, self._pdf)))
        self.save_button.clicked.connect(lambda: self.actions_of_paper.save(Paper(self._name, self._pdf)))
        self.workbook_button.clicked.connect(self._save_workbook)
        self.choice.activated.connect(lambda _: self._choose())
        for field in (self.first, self.last):
            field.left.connect(self.follow_days)
            field.stepped.connect(self.follow_days)
        self.actions_of_paper.said.connect(self.said)
        QShortcut(QKeySequence("Ctrl+P"), self, self.print_button.click)
        QShortcut(QKeySequence("Ctrl+S"), self, self.save_button.click)
