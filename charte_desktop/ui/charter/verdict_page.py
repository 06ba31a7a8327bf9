"""The verdict on a PDF that was dropped on the window."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton

from charte_desktop.ui import icons
from charte_desktop.ui.charter import verdict_words
from charte_desktop.ui.forms import load_form
from charte_desktop.ui.sheets.pdf_preview import PdfPreview
from charte_desktop.ui.sheets.places import Page

if TYPE_CHECKING:
    from charte_desktop.documents.verification import Verification
    from charte_desktop.store.database import Database


class VerdictPage(Page):
    """What is proven of the file, in plain words; a file without seal may be a scan to file."""

    back_button: QPushButton
    title: QLabel
    facts: QLabel
    open_button: QPushButton
    file_button: QPushButton
    preview: PdfPreview
    verdict_icon: QLabel
    verdict: QLabel
    verdict_words: QLabel
    changes: QLabel
    details: QLabel

    record_asked = Signal(str)
    """Show this provider."""
    scan_asked = Signal(object)
    """File this file as a charter signed on paper."""

    def __init__(self, database: "Database", file: Path, content: bytes, pages: bytes, judged: "Verification") -> None:
        """`pages` is what is drawn of the file; empty when nothing of it can be."""
        super().__init__()
        load_form(self, "verdict_page", PdfPreview)
        from charte_desktop.store.sealed_documents import SealedDocuments

        self.judged = judged
        self.title.setText(f"Vérification de {file.name}")
        kept = SealedDocuments(database).find(content)
        self.facts.setText(
            f"C'est, octet pour octet, l'original n° {kept.number} gardé dans cette base." if kept else str(file.parent)
        )
        for button, icon in ((self.back_button, "arrow-left"), (self.open_button, "users"), (self.file_button, "scan")):
            button.setIcon(icons.icon(icon))
            button.setIconSize(icons.BESIDE_WORDS)
        verdict_words.show_sign(self.verdict_icon, judged)
        self.verdict.setText(judged.heading)
        self.verdict_words.setText(judged.message)
        self.changes.setText("\n".join(judged.changes))
        self.changes.setVisible(bool(judged.changes))
        self.details.setText(verdict_words.details(judged))
        provider_id = self._provider(database)
        self.open_button.setVisible(bool(provider_id))
        is_foreign = judged.verdict.value == "foreign"
        self.file_button.setVisible(is_foreign)
        self.preview.setVisible(bool(pages))
        if pages:
            self.preview.show_pdf(pages)
        self.back_button.clicked.connect(self.left)
        self.open_button.clicked.connect(lambda: self.record_asked.emit(provider_id))
        self.file_button.clicked.connect(lambda: self.scan_asked.emit([file]))

    def start(self) -> None:
        self.back_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _provider(self, database: "Database") -> str:
        """The provider of this base that the sealed part names by its SIREN."""
        from charte_desktop.store.provider_rows import ProviderRows

        siren = self.judged.evidence.siren if self.judged.evidence else ""
        rows = ProviderRows(database).search(siren, limit=1) if siren else []
        return rows[0].id if rows and rows[0].siren == siren else ""
