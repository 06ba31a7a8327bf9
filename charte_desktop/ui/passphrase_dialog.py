"""Asks the passphrase of a base that is opened again."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QLabel, QLineEdit, QPushButton, QWidget

from charte_desktop.policy import policy
from charte_desktop.ui import messages
from charte_desktop.ui.forms import load_form


class PassphraseDialog(QDialog):
    """A wrong passphrase is a sentence under the field; what was typed stays, selected."""

    title: QLabel
    explanation: QLabel
    passphrase: QLineEdit
    remember: QCheckBox
    message: QLabel
    open_button: QPushButton
    quit_button: QPushButton

    opened = Signal(object)
    """The open base."""

    def __init__(self, parent: QWidget | None, folder: Path) -> None:
        super().__init__(parent)
        self._folder = folder
        load_form(self, "passphrase_dialog")
        self.remember.setVisible(policy().remembers_passphrases)
        self.open_button.clicked.connect(self._open)
        self.quit_button.clicked.connect(self.reject)

    def try_remembered(self) -> bool:
        """Open with the passphrase that this computer remembers; False when the question must be asked."""
        from charte_desktop.store import keys

        remembered = keys.recall(self._folder)
        if remembered is None:
            return False
        self.passphrase.setText(remembered)
        return self._open()

    def _open(self) -> bool:
        from charte_desktop.store import keys
        from charte_desktop.store.database import Database

        database: Database | None = None
        with messages.sentence_in(self.message):
            database = Database.open(self._folder, passphrase=self.passphrase.text())
        if database is None:
            self.passphrase.selectAll()
            self.passphrase.setFocus()
            return False
        if self.remember.isChecked():
            keys.remember(self._folder, self.passphrase.text())
        self.accept()
        self.opened.emit(database)
        return True
