"""The charter's text, version by version, as it was given."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QTextBrowser

from charte_desktop.model.charter_text import blocks_of
from charte_desktop.ui import icons
from charte_desktop.ui.charter.charter_html import as_html
from charte_desktop.ui.forms import load_form
from charte_desktop.ui.sheets.places import Page

if TYPE_CHECKING:
    from charte_desktop.store.database import Database

_LETTERS = 11
"""Points of the text."""


class TextPage(Page):
    """To read; a newer text is loaded in the settings."""

    back_button: QPushButton
    facts: QLabel
    version: QComboBox
    text: QTextBrowser
    fingerprint: QLabel

    def __init__(self, database: "Database") -> None:
        super().__init__()
        load_form(self, "text_page")
        from charte_desktop.store.charter_signatures import CharterSignatures

        self._signatures = CharterSignatures(database)
        self.back_button.setIcon(icons.icon("arrow-left"))
        self.back_button.setIconSize(icons.BESIDE_WORDS)
        self.text.document().setDocumentMargin(16)
        self.back_button.clicked.connect(self.left)
        self.version.currentIndexChanged.connect(lambda _: self._show())
        current = self._signatures.current_version
        for one in self._signatures.versions():
            mark = " (à signer aujourd'hui)" if one.id == current else ""
            self.version.addItem(f"{one.label}{mark}", one.id)
        self.version.setCurrentIndex(max(self.version.findData(current), 0))

    def start(self) -> None:
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        version_id = self.version.currentData()
        self.text.setHtml(as_html(blocks_of(self._signatures.text(version_id)), _LETTERS))
        signed = self._signatures.count(version_id)
        several = "s" if signed > 1 else ""
        self.facts.setText(f"{signed} signature{several} sur cet ordinateur pour cette version")
        groups = " ".join(version_id[at : at + 8] for at in range(0, len(version_id), 8))
        self.fingerprint.setText(f"Empreinte SHA-256 : {groups}")
