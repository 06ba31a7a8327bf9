"""The last step: the very pages, then the seal."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLabel, QPushButton

from charte_desktop.errors import UserError
from charte_desktop.ui import icons
from charte_desktop.ui.charter.signing_desk import SigningDesk
from charte_desktop.ui.charter.signing_step import SigningStep
from charte_desktop.ui.forms import load_form
from charte_desktop.ui.sheets.pdf_preview import PdfPreview

if TYPE_CHECKING:
    from charte_desktop.model.charter_content import SignedCharterContent


class ReviewStep(SigningStep):
    """What is seen here is what is sealed, to the byte of each page."""

    preview: PdfPreview
    summary: QLabel
    again_button: QPushButton
    seal_button: QPushButton

    NAME = "relecture"

    again_asked = Signal()
    """A signature is to be drawn again."""
    seal_asked = Signal(object)
    """Seal this content."""

    def __init__(self, desk: SigningDesk) -> None:
        super().__init__()
        load_form(self, "review_step", PdfPreview)
        self.desk = desk
        self.content: SignedCharterContent | None = None
        """What the pages say; None while they cannot be made."""
        for button, icon, token in (
            (self.again_button, "undo-2", "ink"),
            (self.seal_button, "shield-check", "on_primary"),
        ):
            button.setIcon(icons.icon(icon, token))
            button.setIconSize(icons.BESIDE_WORDS)
        self.again_button.clicked.connect(self.again_asked)
        self.seal_button.clicked.connect(self._ask_seal)

    def show_step(self) -> None:
        self._compose()
        QTimer.singleShot(0, self.preview.setFocus)

    def set_busy(self, busy: bool) -> None:
        """While it is sealed, nothing else can be done."""
        self.seal_button.setEnabled(not busy and self.content is not None)
        self.again_button.setEnabled(not busy)
        self.seal_button.setText("Scellement…" if busy else "Sceller le document")

    def _compose(self) -> None:
        from charte_desktop.documents.charter import page_count, signed_charter
        from charte_desktop.store.charter_signing import CharterSigning

        self.content = None
        signed_at = self.desk.signed_at
        self.set_busy(False)
        if signed_at is None:
            self.preview.clear()
            self.summary.setText("Il manque une signature.")
            return
        try:
            content = CharterSigning(self.desk.database).compose(self.desk.state, self.desk.drawings(), signed_at)
        except UserError as refusal:
            self.preview.clear()
            self.summary.setText(str(refusal))
            return
        self.content = content
        self.preview.show_pdf(signed_charter(content))
        self.summary.setText(
            f"Document n° {content.number}\n{page_count(content)} pages\nEmpreinte : {content.fingerprint}"
        )
        self.set_busy(False)

    def _ask_seal(self) -> None:
        if self.content is not None:
            self.seal_asked.emit(self.content)
