"""The first opening: the adviser's name, a passphrase, done."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QLabel, QLineEdit, QPushButton, QWidget

from charte_desktop.errors import UserError
from charte_desktop.model.passphrase import strength
from charte_desktop.policy import policy
from charte_desktop.ui import messages
from charte_desktop.ui.forms import load_form


class FirstRun(QDialog):
    """Makes the base of this computer."""

    adviser: QLineEdit
    passphrase: QLineEdit
    again: QLineEdit
    strength: QLabel
    remember: QCheckBox
    message: QLabel
    create_button: QPushButton
    quit_button: QPushButton

    opened = Signal(object)
    """The new base, open."""

    def __init__(self, parent: QWidget | None, folder: Path) -> None:
        super().__init__(parent)
        self._folder = folder
        load_form(self, "first_run")
        self.passphrase.textChanged.connect(self._judge)
        for line in (self.adviser, self.passphrase, self.again):
            line.textEdited.connect(lambda _: self.message.clear())
        self.create_button.clicked.connect(self._create)
        self.quit_button.clicked.connect(self.reject)
        self.remember.setVisible(policy().remembers_passphrases)
        self._judge("")

    def _judge(self, text: str) -> None:
        self.strength.setText(strength(text).sentence)

    def _create(self) -> None:
        from charte_desktop.store import keys
        from charte_desktop.store.database import Database

        database: Database | None = None
        with messages.sentence_in(self.message):
            self._check()
            passphrase = self.passphrase.text()
            database = Database.create(self._folder, passphrase=passphrase, adviser=self.adviser.text().strip())
            if self.remember.isChecked():
                keys.remember(self._folder, passphrase)
        if database is not None:
            self.accept()
            self.opened.emit(database)

    def _check(self) -> None:
        """Refuse what would surprise later; the first thing to mend takes the keyboard."""
        if not self.adviser.text().strip():
            self.adviser.setFocus()
            raise UserError("Écrivez votre nom : il figure sur les fiches et dans l'historique.")
        if not strength(self.passphrase.text()).is_enough:
            self.passphrase.setFocus()
            raise UserError("Choisissez une phrase de passe plus longue.")
        if self.again.text() != self.passphrase.text():
            self.again.setFocus()
            self.again.selectAll()
            raise UserError("Les deux phrases ne sont pas les mêmes : retapez la seconde.")
