"""The passphrase of a file that was chosen."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QWidget

from charte_desktop.ui.forms import load_form
from charte_desktop.ui.messages import sentence_in


class SecretDialog(QDialog):
    """Asks; `open_it` opens the file with it. A wrong one is said here."""

    intro: QLabel
    secret: QLineEdit
    sentence: QLabel
    buttons: QDialogButtonBox

    def __init__(self, parent: QWidget, intro: str, open_it: Callable[[str], None]) -> None:
        super().__init__(parent)
        load_form(self, "secret_dialog")
        self._open_it = open_it
        self.setWindowTitle("Phrase de passe")
        self.intro.setText(intro)
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("Annuler")
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText("Ouvrir")
        self.buttons.accepted.connect(self._try)
        self.buttons.rejected.connect(self.reject)
        self.finished.connect(self.deleteLater)

    def _try(self) -> None:
        with sentence_in(self.sentence):
            self._open_it(self.secret.text())
            self.accept()
