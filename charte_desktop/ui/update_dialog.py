"""A new version of the program, brought on a key: what the file is, what proves it, and the step that installs it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QWidget

from charte_desktop import __version__
from charte_desktop.ui.forms import load_form

if TYPE_CHECKING:
    from charte_desktop.exchange.update_file import UpdateFile


class UpdateDialog(QDialog):
    """Shows an installer that was recognised; nothing is done before the button is pressed."""

    title: QLabel
    versions: QLabel
    explanation: QLabel
    proof: QLabel
    fingerprint: QLabel
    message: QLabel
    update_button: QPushButton
    cancel_button: QPushButton

    accepted_file = Signal(object)
    """The file, to be installed now."""

    def __init__(self, parent: QWidget | None, update: "UpdateFile", may_install: str = "") -> None:
        """`may_install` says why it cannot be installed from here; empty when it can."""
        super().__init__(parent)
        load_form(self, "update_dialog")
        self._update = update
        self.title.setText(update.path.name)
        megabytes = f"{update.size / 1e6:.1f}".replace(".", ",")
        if update.is_newer:
            self.versions.setText(f"Version {update.version} — ce poste a la version {__version__} ({megabytes} Mo)")
        else:
            self.versions.setText(f"Version {update.version}, celle de ce poste : elle sera remise en place.")
            self.update_button.setText("Réinstaller")
        self.proof.setText(update.proof)
        self.fingerprint.setText(" ".join(update.sha256[at : at + 8] for at in range(0, 64, 8)))
        self.message.setText(may_install)
        self.message.setVisible(bool(may_install))
        self.update_button.setEnabled(not may_install)
        self.update_button.clicked.connect(self._go)
        self.cancel_button.clicked.connect(self.reject)

    def _go(self) -> None:
        self.accept()
        self.accepted_file.emit(self._update)
