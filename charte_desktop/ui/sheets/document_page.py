"""A finished document over a tab: what is seen is what is printed, saved or joined to a mail."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton

from charte_desktop.ui import icons
from charte_desktop.ui.forms import load_form
from charte_desktop.ui.sheets.paper_actions import Paper, PaperActions
from charte_desktop.ui.sheets.pdf_preview import PdfPreview
from charte_desktop.ui.sheets.places import Page


@dataclass(frozen=True)
class MailWords:
    """The mail that brings a document."""

    to: Sequence[str]
    subject: str
    text: str
    name: str = ""
    """Whose address the first one is."""


class DocumentPage(Page):
    """Looked at, printed, saved, mailed; nothing of it is changed here."""

    back_button: QPushButton
    title: QLabel
    facts: QLabel
    mail_button: QPushButton
    save_button: QPushButton
    print_button: QPushButton
    preview: PdfPreview

    FORM = "document_page"

    def __init__(self, paper: Paper, facts: str, mail: MailWords | None = None) -> None:
        """Without `mail`, none is proposed."""
        super().__init__()
        load_form(self, self.FORM, PdfPreview)
        self.paper, self._mail = paper, mail
        self.actions_of_paper = PaperActions(self)
        self.title.setText(paper.title)
        self.facts.setText(facts)
        for button, name, token in (
            (self.back_button, "arrow-left", "ink"),
            (self.print_button, "printer", "on_primary"),
            (self.save_button, "save", "ink"),
            (self.mail_button, "mail", "ink"),
        ):
            button.setIcon(icons.icon(name, token))
            button.setIconSize(icons.BESIDE_WORDS)
        self.mail_button.setVisible(mail is not None)
        self.preview.show_pdf(paper.shown)
        self.back_button.clicked.connect(self.left)
        self.print_button.clicked.connect(lambda: self.actions_of_paper.print_out(self.out()))
        self.save_button.clicked.connect(lambda: self.actions_of_paper.save(self.out()))
        self.mail_button.clicked.connect(self._prepare_mail)
        self.actions_of_paper.said.connect(self.said)
        QShortcut(QKeySequence("Ctrl+P"), self, self.print_button.click)

    def start(self) -> None:
        self.print_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def out(self) -> Paper:
        """What leaves the screen: printed, saved, mailed."""
        return self.paper

    def _prepare_mail(self) -> None:
        mail = self._mail
        if mail is not None:
            self.actions_of_paper.mail(self.out(), mail.to, mail.subject, mail.text, name=mail.name)
