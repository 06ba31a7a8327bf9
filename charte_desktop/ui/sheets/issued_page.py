"""A sheet as it was handed out: the very PDF of its day, to whom it was given, and giving it again."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QSplitter, QWidget

from charte_desktop.ui import icons, messages
from charte_desktop.ui.forms import load_form
from charte_desktop.ui.sheets.draft_page import MAIL, PRINT, SAVE
from charte_desktop.ui.sheets.paper_actions import Paper, PaperActions
from charte_desktop.ui.sheets.pdf_preview import PdfPreview
from charte_desktop.ui.sheets.places import Page

if TYPE_CHECKING:
    from charte_desktop.model.company import Company
    from charte_desktop.model.sheet import DirectorySheet
    from charte_desktop.store.database import Database

MEDIA = ("papier", "courriel", "fichier PDF")
"""How a sheet is given."""


class IssuedPage(Page):
    """One sheet with its number; nothing of it can be changed any more (C07)."""

    back_button: QPushButton
    title: QLabel
    facts: QLabel
    mail_button: QPushButton
    save_button: QPushButton
    print_button: QPushButton
    splitter: QSplitter
    to_whom: QLineEdit
    medium: QComboBox
    hand_over_sentence: QLabel
    hand_over_button: QPushButton
    hand_overs: QLabel
    content: QLabel
    content_page: QWidget
    preview: PdfPreview

    def __init__(self, database: "Database", company_id: str, sheet_id: str) -> None:
        super().__init__()
        load_form(self, "issued_page", PdfPreview)
        from charte_desktop.store.company_records import CompanyRecords
        from charte_desktop.store.directory_sheets import DirectorySheets

        self._database = database
        self._sheets = DirectorySheets(database)
        self._company = CompanyRecords(database).get(company_id)
        self._sheet = next(one for one in self._sheets.of_company(company_id) if one.id == sheet_id)
        self._paper = Paper(
            f"Fiche annuaire {self._sheet.number}", self._sheets.pdf(sheet_id), folded=self._sheet.layout == "booklet"
        )
        self.actions_of_paper = PaperActions(self)
        self._dress()
        self._connect()
        self._show_sheet()
        self._show_hand_overs()

    def start(self) -> None:
        self.hand_over_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def do(self, then: str) -> None:
        """Go on with the sheet: `PRINT`, `SAVE` or `MAIL`."""
        {PRINT: self.print_button, SAVE: self.save_button, MAIL: self.mail_button}[then].click()

    def _show_sheet(self) -> None:
        from charte_desktop.model import reference

        sheet = self._sheet
        self.title.setText(f"Fiche annuaire {sheet.number}")
        self.facts.setText(_facts(sheet, self._company))
        asked = [reference.service_label(one) for one in sheet.criteria["service_ids"]]
        commune = reference.communes().get(sheet.criteria["commune_code"])
        band = sheet.criteria["headcount_band"]
        asked += [commune.name] if commune else []
        asked += [reference.band_label(band)] if band else []
        names = self._names()
        lines = [f"{one.position}. {names[one.provider_id]}{_motive(one.by_hand)}" for one in sheet.lines]
        out = [f"{names[one['provider_id']]}{_motive(one['reason'])}" for one in sheet.left_out]
        parts = [
            "Critères : " + ", ".join(asked),
            "\n".join(lines) or "Aucun prestataire ne répondait à ces critères.",
            "Écartés :\n" + "\n".join(out) if out else "",
            f"Empreinte du PDF (SHA-256) :\n{_in_groups(sheet.pdf_sha256)}",
        ]
        self.content.setText("\n\n".join(filter(None, parts)))
        self.preview.show_pdf(self._paper.pdf)

    def _names(self) -> dict[str, str]:
        """The providers of the sheet by their names of today: the PDF holds those of its day."""
        from charte_desktop.store.provider_register import ProviderRegister

        register = ProviderRegister(self._database)
        ids = [one.provider_id for one in self._sheet.lines] + [one["provider_id"] for one in self._sheet.left_out]
        return {one: register.get(one).legal_name for one in ids}

    def _show_hand_overs(self) -> None:
        from charte_desktop.store.database import REUNION

        given = [
            f"Remise le {_moment(one.handed_at.astimezone(REUNION))} à {one.to_whom} ({one.medium}), par {one.adviser}"
            for one in self._sheets.hand_overs(self._sheet.id)
        ]
        self.hand_overs.setText("\n".join(given) or "Aucune remise notée pour l'instant.")

    def _hand_over(self) -> None:
        with messages.sentence_in(self.hand_over_sentence):
            self._sheets.hand_over(self._sheet.id, self.to_whom.text(), self.medium.currentText())
            self._show_hand_overs()
            self.changed.emit()
            self.said.emit(messages.DONE, f"Remise notée : {self.to_whom.text().strip()}, {self.medium.currentText()}.")

    def _mail(self) -> None:
        from charte_desktop.documents.mail_draft import sheet_mail

        subject, text = sheet_mail(self._sheet.number, self._company.legal_name, self._database.adviser)
        self.actions_of_paper.mail(
            self._paper, self._company.emails[:1], subject, text, name=self._company.legal_representative
        )

    def _propose(self, medium: str) -> None:
        """What was just done is the likeliest way of giving the sheet; one key notes it."""
        self.medium.setCurrentText(medium)
        self.hand_over_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _dress(self) -> None:
        for button, name, token in (
            (self.back_button, "arrow-left", "ink"),
            (self.print_button, "printer", "on_primary"),
            (self.save_button, "save", "ink"),
            (self.mail_button, "mail", "ink"),
            (self.hand_over_button, "handshake", "ink"),
        ):
            button.setIcon(icons.icon(name, token))
            button.setIconSize(icons.BESIDE_WORDS)
        self.content_page.setAutoFillBackground(False)
        self.medium.addItems(MEDIA)
        self.to_whom.setText(self._company.legal_representative or self._company.legal_name)
        self.splitter.setSizes([420, 900])
        self.splitter.setStretchFactor(1, 1)

    def _connect(self) -> None:
        self.back_button.clicked.connect(self.left)
        self.print_button.clicked.connect(lambda: self.actions_of_paper.print_out(self._paper))
        self.save_button.clicked.connect(lambda: self.actions_of_paper.save(self._paper))
        self.mail_button.clicked.connect(self._mail)
        self.hand_over_button.clicked.connect(self._hand_over)
        self.to_whom.returnPressed.connect(self.hand_over_button.click)
        self.actions_of_paper.said.connect(self.said)
        self.actions_of_paper.printed.connect(lambda: self._propose(MEDIA[0]))
        self.actions_of_paper.mailed.connect(lambda: self._propose(MEDIA[1]))
        QShortcut(QKeySequence("Ctrl+P"), self, self.print_button.click)


def _facts(sheet: "DirectorySheet", company: "Company") -> str:
    count, pages = len(sheet.lines), sheet.page_count
    paper = "feuille" if sheet.layout == "booklet" else "page"
    return " · ".join(
        (
            company.legal_name or "(sans nom)",
            f"éditée le {sheet.issued_on:%d/%m/%Y} par {sheet.adviser}",
            f"valable jusqu'au {sheet.valid_until:%d/%m/%Y}",
            f"{count} prestataire{'s' if count > 1 else ''}",
            f"{pages} {paper}{'s' if pages > 1 else ''}",
        )
    )


def _motive(words: str) -> str:
    return f" ({words})" if words else ""


def _in_groups(fingerprint: str) -> str:
    """Eight characters and a space: it folds where the room ends."""
    return " ".join(fingerprint[at : at + 8] for at in range(0, len(fingerprint), 8))


def _moment(at: datetime) -> str:
    return f"{at:%d/%m/%Y} à {at:%H:%M}"
