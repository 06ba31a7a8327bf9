"""Asks the passphrase of the day when a backup was made."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton, QWidget

from charte_desktop.ui.forms import load_form


class RestoreDialog(QDialog):
    """Empty means: a demonstration, or the passphrase that this computer remembers."""

    title: QLabel
    passphrase: QLineEdit
    restore_button: QPushButton
    cancel_button: QPushButton

    chosen = Signal(object)
    """The passphrase, or None."""

    def __init__(self, parent: QWidget | None, file: Path) -> None:
        super().__init__(parent)
        load_form(self, "restore_dialog")
        self.title.setText(f"Restaurer {file.name}")
        self.restore_button.clicked.connect(self._restore)
        self.cancel_button.clicked.connect(self.reject)

    def _restore(self) -> None:
        self.accept()
        self.chosen.emit(self.passphrase.text() or None)
