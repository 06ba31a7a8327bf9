"""Who was handed the name of a provider that left the register, with the letters ready (C18)."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHeaderView, QLabel, QPushButton, QSplitter, QStackedWidget

from charte_desktop.ui import icons
from charte_desktop.ui.forms import load_form
from charte_desktop.ui.record_table import Column, RecordModel, RecordTable
from charte_desktop.ui.sheets.paper_actions import Paper, PaperActions
from charte_desktop.ui.sheets.pdf_preview import PdfPreview
from charte_desktop.ui.sheets.places import Page

if TYPE_CHECKING:
    from datetime import date

    from charte_desktop.documents.recall_letter import RecallOccasion
    from charte_desktop.model.provider import Provider, Removal
    from charte_desktop.model.sheet import RecallLine
    from charte_desktop.store.database import Database

LIST, NOBODY = 0, 1
"""The pages of the list."""


class RecallPage(Page):
    """One line for each hand-over; one letter for each company."""

    back_button: QPushButton
    title: QLabel
    facts: QLabel
    letter_button: QPushButton
    mail_button: QPushButton
    save_button: QPushButton
    print_button: QPushButton
    splitter: QSplitter
    pages: QStackedWidget
    table: RecordTable
    nobody_text: QLabel
    count: QLabel
    preview: PdfPreview

    page_asked = Signal(object)
    """Open this page over this one."""

    def __init__(self, database: "Database", provider_id: str) -> None:
        """A provider that is still in the register has its list, and no letters yet."""
        super().__init__()
        load_form(self, "recall", RecordTable, PdfPreview)
        from charte_desktop.store.directory_sheets import DirectorySheets
        from charte_desktop.store.provider_register import ProviderRegister

        self._database = database
        self._provider = ProviderRegister(database).get(provider_id)
        self._gone_on = _gone_on(self._provider, database.today())
        self._lines = DirectorySheets(database).recall_list(provider_id)
        self._paper: Paper | None = None
        self.actions_of_paper = PaperActions(self)
        self._dress()
        self._connect()
        self._show_list()
        self._show_letters()

    def start(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_list(self) -> None:
        name = self._provider.legal_name or "(sans nom)"
        self.title.setText(f"Qui a reçu le nom de {name}")
        self.facts.setText(
            f"Hors du registre depuis le {self._gone_on:%d/%m/%Y}"
            if self._gone_on
            else "Ce prestataire est toujours au registre : les courriers se préparent quand il l'a quitté."
        )
        companies = len({one.company_id for one in self._lines})
        self.pages.setCurrentIndex(LIST if companies else NOBODY)
        self.count.setText(f"{companies} entreprise{'s' if companies > 1 else ''} à prévenir" if companies else "")
        lines = self._lines
        self._model.show_rows(lambda limit, offset: lines[offset : None if limit is None else offset + limit])
        if lines:
            self.table.selectRow(0)

    def _show_letters(self) -> None:
        ready = bool(self._lines) and self._gone_on is not None
        self.letter_button.setVisible(self._removal is not None)
        for button in (self.print_button, self.save_button, self.mail_button):
            button.setEnabled(ready)
        self.preview.setVisible(ready)
        if ready:
            from charte_desktop.documents.recall_letter import recall_letters

            title = f"Courriers d'information {self._provider.legal_name}"
            self._paper = Paper(title, recall_letters(self._lines, self._occasion()))
            self.preview.show_pdf(self._paper.pdf)

    def _occasion(self) -> "RecallOccasion":
        from charte_desktop.documents.recall_letter import RecallOccasion

        assert self._gone_on is not None
        return RecallOccasion(
            provider_name=self._provider.legal_name,
            provider_siren=self._provider.siren,
            removed_on=self._gone_on,
            written_at=self._database.clock(),
            adviser=self._database.adviser,
            demonstration=self._database.is_demonstration,
        )

    def _mail(self) -> None:
        from charte_desktop.documents.mail_draft import recall_mail
        from charte_desktop.documents.recall_letter import recall_letters

        chosen = self._model.row(max(self.table.currentIndex().row(), 0))
        own = [one for one in self._lines if one.company_id == chosen.company_id]
        subject, text = recall_mail(self._provider.legal_name, self._database.adviser)
        letter = Paper(f"Courrier {chosen.company_name}", recall_letters(own, self._occasion()))
        self.actions_of_paper.mail(letter, chosen.emails[:1], subject, text)

    def _write_letter(self) -> None:
        """The letter to the provider itself, when it was removed for a breach of the charter."""
        from charte_desktop.documents.removal_letter import RemovalNotice, removal_letter
        from charte_desktop.model.clauses import clauses
        from charte_desktop.ui.sheets.document_page import DocumentPage, MailWords

        provider, removal = self._provider, self._removal
        assert removal is not None
        notice = RemovalNotice(
            provider_name=provider.legal_name,
            representative=provider.legal_representative,
            address=provider.shown("address"),
            removed_on=removal.removed_on,
            clauses=tuple(clauses()[one] for one in removal.clauses if one in clauses()),
            reason=removal.reason,
            written_at=self._database.clock(),
            adviser=self._database.adviser,
            demonstration=self._database.is_demonstration,
        )
        mail = MailWords(
            tuple(provider.emails[:1]),
            "Votre entreprise ne figure plus dans la base des prestataires",
            "Bonjour,\n\nVous trouverez ci-joint un courrier de la CCI Île de la Réunion.\n\n"
            f"Bien cordialement,\n{self._database.adviser}\nCCI Île de la Réunion\n",
            provider.legal_representative,
        )
        paper = Paper(f"Courrier de radiation {provider.legal_name[:60]}", removal_letter(notice))
        self.page_asked.emit(DocumentPage(paper, provider.legal_name, mail))

    @property
    def _removal(self) -> "Removal | None":
        today = self._database.today()
        return next((one for one in self._provider.removals if one.stands_on(today)), None)

    def _print(self) -> None:
        if self._paper is not None:
            self.actions_of_paper.print_out(self._paper)

    def _save(self) -> None:
        if self._paper is not None:
            self.actions_of_paper.save(self._paper)

    def _dress(self) -> None:
        for button, name, token in (
            (self.back_button, "arrow-left", "ink"),
            (self.print_button, "printer", "on_primary"),
            (self.save_button, "save", "ink"),
            (self.mail_button, "mail", "ink"),
            (self.letter_button, "file-text", "ink"),
        ):
            button.setIcon(icons.icon(name, token))
            button.setIconSize(icons.BESIDE_WORDS)
        self.splitter.setSizes([600, 720])
        self.splitter.setStretchFactor(1, 1)
        columns: list[Column[RecallLine]] = [
            Column("Entreprise", lambda one: f"{one.company_name}\n{one.contact}", hint=_whole),
            Column("Fiche", lambda one: f"{one.sheet_number}\n{one.issued_on:%d/%m/%Y}", sample="FA-2026-AAA-00000"),
            Column("Remise", _handed, sample="à Prénom EXEMPLE-00", hint=_whole),
        ]
        self._model: RecordModel[RecallLine] = RecordModel(columns, self)
        self.table.show_model(self._model, columns, sortable=False)
        self.table.verticalHeader().setDefaultSectionSize(44)
        self.table.setWordWrap(True)
        self.table.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Interactive)

    def _connect(self) -> None:
        self.back_button.clicked.connect(self.left)
        self.print_button.clicked.connect(self._print)
        self.save_button.clicked.connect(self._save)
        self.mail_button.clicked.connect(self._mail)
        self.letter_button.clicked.connect(self._write_letter)
        self.actions_of_paper.said.connect(self.said)
        QShortcut(QKeySequence("Ctrl+P"), self, self.print_button.click)


def _gone_on(provider: "Provider", today: "date") -> "date | None":
    """Since when the provider is out of the register, None while it is in it."""
    removed = [one.removed_on for one in provider.removals if one.stands_on(today)]
    left = [provider.withdrawn_on] if provider.withdrawn_on and provider.withdrawn_on <= today else []
    return min([*removed, *left], default=None)


def _handed(line: "RecallLine") -> str:
    from charte_desktop.store.database import REUNION

    if line.handed_at is None:
        return "non notée"
    return f"le {line.handed_at.astimezone(REUNION):%d/%m/%Y}\nà {line.to_whom}"


def _whole(line: "RecallLine") -> str:
    return "\n".join(filter(None, [line.company_name, line.address, line.contact, f"Éditée par {line.adviser}"]))
