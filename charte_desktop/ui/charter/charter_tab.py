"""The tab Charte: the versions of the charter and the signatures that are known."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QByteArray, QSettings, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QSplitter, QStackedWidget, QTextBrowser, QWidget

from charte_desktop.ui import icons
from charte_desktop.ui.forms import load_form
from charte_desktop.ui.record_table import Column, RecordModel, RecordTable

if TYPE_CHECKING:
    from charte_desktop.store.charter_signatures import CharterSignatures, SignatureRow
    from charte_desktop.store.database import Database

LIST, EMPTY = 0, 1


class CharterTab(QWidget):
    """The charter to read on the left, who signed it on the right."""

    splitter: QSplitter
    version: QComboBox
    text: QTextBrowser
    fingerprint: QLabel
    search: QLineEdit
    pages: QStackedWidget
    table: RecordTable
    count: QLabel
    empty_icon: QLabel

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form(self, "charter_tab", RecordTable)
        self._signatures: CharterSignatures | None = None
        self._known: Sequence[SignatureRow] = []
        columns: list[Column[SignatureRow]] = [
            Column("Prestataire", lambda row: row.provider_name or "(sans nom)"),
            Column(
                "Signée le", lambda row: f"{row.signed_on:%d/%m/%Y}", key=lambda row: row.signed_on, sample="00/00/0000"
            ),
            Column("Support", lambda row: row.medium, sample="tablette"),
            Column("Version", lambda row: row.version_label or "non précisée", sample="non précisée"),
            Column("Connue par", lambda row: row.source, sample="Original remis au conseiller"),
        ]
        self._model: RecordModel[SignatureRow] = RecordModel(columns, self)
        self.table.show_model(self._model, columns)
        loupe = QAction(icons.icon("search", "muted"), "", self.search)
        self.search.addAction(loupe, QLineEdit.ActionPosition.LeadingPosition)
        self.search.setClearButtonEnabled(True)
        self.empty_icon.setPixmap(icons.icon("signature", "muted").pixmap(48, 48))
        self.splitter.setSizes([560, 780])
        self.text.document().setDocumentMargin(16)
        self.search.textChanged.connect(lambda _: self._show_signatures())
        self.version.currentIndexChanged.connect(lambda _: self._show_text())

    def open(self, database: "Database") -> None:
        """Serve this base from now on."""
        from charte_desktop.store.charter_signatures import CharterSignatures

        self._signatures = CharterSignatures(database)

    def reload(self) -> None:
        """Show the versions and the signatures that the base knows."""
        if self._signatures is None:
            return
        chosen = self.version.currentData()
        self.version.blockSignals(True)
        self.version.clear()
        for version in self._signatures.versions():
            self.version.addItem(version.label, version.id)
        self.version.setCurrentIndex(max(self.version.findData(chosen), 0))
        self.version.blockSignals(False)
        self._show_text()
        self._known = self._signatures.all()
        self._show_signatures()

    def focus_search(self) -> None:
        """Put the keyboard in the search."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def keep(self, settings: QSettings) -> None:
        """Write down the splitter."""
        settings.setValue("splitter", self.splitter.saveState())

    def resume(self, settings: QSettings) -> None:
        """Stand as last written down."""
        self.splitter.restoreState(cast(QByteArray, settings.value("splitter", QByteArray(), type=QByteArray)))

    def _show_text(self) -> None:
        version_id = self.version.currentData()
        if version_id is None or self._signatures is None:
            self.text.setPlainText("Aucune version de la charte n'est enregistrée dans cette base.")
            self.fingerprint.clear()
            return
        self.text.setMarkdown(self._signatures.text(version_id))
        self.fingerprint.setText(f"Empreinte SHA-256 : {version_id[:16]}…")
        self.fingerprint.setToolTip(version_id)

    def _show_signatures(self) -> None:
        from charte_desktop.model.wording import normalise

        words = normalise(self.search.text()).split()
        shown = [row for row in self._known if all(word in normalise(row.provider_name) for word in words)]
        self._model.show_rows(lambda limit, offset: shown[offset : None if limit is None else offset + limit])
        self.pages.setCurrentIndex(LIST if self._known else EMPTY)
        whole = f"{len(self._known)} signature{'s' if len(self._known) > 1 else ''}"
        self.count.setText(f"{len(shown)} sur {whole}" if words else whole)
