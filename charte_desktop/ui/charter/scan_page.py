"""A scan to file: on the provider that its code names, else on the one that the adviser chooses."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QListWidgetItem, QPushButton

from charte_desktop.errors import UserError
from charte_desktop.ui import icons, messages
from charte_desktop.ui.charter.scan_pages import Scan
from charte_desktop.ui.forms import load_form
from charte_desktop.ui.sheets.pdf_preview import PdfPreview
from charte_desktop.ui.sheets.places import Page

if TYPE_CHECKING:
    from charte_desktop.exchange.scanned_charter import ScanCodes
    from charte_desktop.store.database import Database
    from charte_desktop.store.paper_charters import AwaitedPaper

_ID = int(Qt.ItemDataRole.UserRole)
_MOST = 30


class ScanPage(Page):
    """The pages on the left; on the right whose they are, the day, the signer."""

    back_button: QPushButton
    title: QLabel
    facts: QLabel
    file_button: QPushButton
    preview: PdfPreview
    found: QLabel
    search: QLineEdit
    proposals: QListWidget
    signed_on: QLineEdit
    day_sentence: QLabel
    signer: QLineEdit
    sentence: QLabel

    def __init__(self, database: "Database", scan: Scan, codes: "ScanCodes", proposed_id: str = "") -> None:
        """`proposed_id` is the provider on whose record it was dropped, if any."""
        super().__init__()
        load_form(self, "scan_page", PdfPreview)
        from charte_desktop.store.paper_charters import PaperCharters

        self._database, self._scan, self._codes = database, scan, codes
        self._papers = PaperCharters(database)
        self.paper: AwaitedPaper | None = self._papers.find(codes.code) if codes.code else None
        """The charter that the code names."""
        self._proposed = proposed_id
        self.title.setText("Classer une charte signée sur papier")
        self.facts.setText(scan.name)
        self.file_button.setIcon(icons.icon("scan", "on_primary"))
        self.back_button.setIcon(icons.icon("arrow-left"))
        for button in (self.file_button, self.back_button):
            button.setIconSize(icons.BESIDE_WORDS)
        self.found.setText(self._say_found())
        self.preview.show_pdf(scan.pdf)
        self.signed_on.setText(f"{database.today():%d/%m/%Y}")
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(0)
        self._typing.timeout.connect(self._propose)
        self.search.textChanged.connect(lambda _: self._typing.start())
        for keys, step in (("Down", 1), ("Up", -1)):
            arrow = QShortcut(QKeySequence(keys), self.search)
            arrow.setContext(Qt.ShortcutContext.WidgetShortcut)
            arrow.activated.connect(lambda step=step: self._choose_next(step))
        self.proposals.currentRowChanged.connect(lambda _: self._follow())
        self.back_button.clicked.connect(self.left)
        self.file_button.clicked.connect(self.file)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.file_button.click)
        self._propose()

    def start(self) -> None:
        self.proposals.doItemsLayout()  # its lines were measured before the page had its dress
        chosen = self.proposals.currentRow() >= 0
        (self.signed_on if chosen else self.search).setFocus(Qt.FocusReason.OtherFocusReason)
        if chosen:
            self.signed_on.selectAll()

    @property
    def provider_id(self) -> str:
        """Whose charter it is; empty while nobody is chosen."""
        row = self.proposals.currentRow()
        return str(self.proposals.item(row).data(_ID)) if row >= 0 else ""

    def file(self) -> None:
        """File it; a refusal is said beside the fields."""
        from charte_desktop.model.identifiers import wanted_date

        self.day_sentence.clear()
        with messages.sentence_in(self.sentence):
            if not self.provider_id:
                raise UserError("Choisissez le prestataire dont c'est la charte.")
            with messages.sentence_in(self.day_sentence):
                day = wanted_date(self.signed_on.text())
            if self.day_sentence.text():
                self.signed_on.setFocus()
                return
            is_its_own = self.paper is not None and self.paper.provider_id == self.provider_id
            code = self._codes.code if is_its_own else ""
            self._papers.file_scan(
                self.provider_id, self._scan.name, self._scan.content, day, code=code, signer=self.signer.text()
            )
            self.changed.emit()
            name = self.proposals.item(self.proposals.currentRow()).text().split(" · ")[0]
            self.said.emit(messages.DONE, f"Charte classée : {name}, signée le {day:%d/%m/%Y} sur papier.")
            self.left.emit()

    def _say_found(self) -> str:
        codes = self._codes
        if not codes.code:
            return "Aucun code n'a été lu : choisissez le prestataire. Les chartes imprimées récemment sont proposées."
        if self.paper is None:
            return (
                f"Le code {codes.code} n'est pas d'une charte imprimée sur cet ordinateur : choisissez le prestataire."
            )
        said = f"Code {codes.code} lu : charte de {self.paper.provider_name}."
        if codes.missing:
            pages = ", ".join(map(str, codes.missing))
            several = "s" if len(codes.missing) > 1 else ""
            said += (
                f" Page{several} sans code lu : {pages}, vérifiez qu'elle{several} y {'sont' if several else 'est'}."
            )
        if codes.others:
            said += f" D'autres pages portent un autre code ({', '.join(codes.others)}) : regardez-les."
        return said

    def _propose(self) -> None:
        from charte_desktop.store.provider_rows import ProviderRows

        words = self.search.text().strip()
        kept = self.provider_id
        self.proposals.clear()
        rows = ProviderRows(self._database)
        if words:
            found = [(one.id, one.legal_name, one.city) for one in rows.search(words, limit=_MOST)]
        else:
            wanted = [self.paper.provider_id] if self.paper is not None else []
            wanted += [self._proposed] if self._proposed else []
            wanted += [one.provider_id for one in self._papers.latest(_MOST)]
            by_id = {one.id: one for one in rows.search(among=wanted)}
            ordered = [by_id[one] for one in dict.fromkeys(wanted) if one in by_id]
            found = [(one.id, one.legal_name, one.city) for one in ordered]
        for record_id, name, city in found:
            item = QListWidgetItem(" · ".join(filter(None, (name or "(sans nom)", city))), self.proposals)
            item.setData(_ID, record_id)
        ids = [record_id for record_id, _, _ in found]
        certain = bool(words) or self.paper is not None or bool(self._proposed)
        self.proposals.setCurrentRow(ids.index(kept) if kept in ids else 0 if ids and certain else -1)
        self._follow()

    def _choose_next(self, step: int) -> None:
        """The arrows choose among the proposals while the name is being typed."""
        last = self.proposals.count() - 1
        if last >= 0:
            self.proposals.setCurrentRow(min(max(self.proposals.currentRow() + step, 0), last))

    def _follow(self) -> None:
        self.file_button.setEnabled(bool(self.provider_id))
        if self.provider_id and not self.signer.isModified():
            from charte_desktop.store.provider_rows import ProviderRows

            self.signer.setText(ProviderRows(self._database).facts(self.provider_id).legal_representative)
