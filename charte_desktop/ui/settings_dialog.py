"""The settings of this base and of its window: the adviser's name, the colours, the passphrase."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialog, QLabel, QLineEdit, QPushButton, QWidget

from charte_desktop.errors import UserError
from charte_desktop.model.passphrase import strength
from charte_desktop.ui import messages, theme
from charte_desktop.ui.forms import load_form

if TYPE_CHECKING:
    from charte_desktop.store.database import Database


class SettingsDialog(QDialog):
    """Writes what was changed, and only that; a refusal is a sentence under the fields and nothing is written."""

    adviser: QLineEdit
    colours: QComboBox
    passphrase_title: QLabel
    explanation: QLabel
    old_label: QLabel
    old: QLineEdit
    new_label: QLabel
    new: QLineEdit
    strength: QLabel
    again_label: QLabel
    again: QLineEdit
    message: QLabel
    save_button: QPushButton
    cancel_button: QPushButton

    colours_chosen = Signal(str)
    """`system`, `light` or `dark`."""
    saved = Signal(str)
    """What was changed, as a sentence."""

    def __init__(self, parent: QWidget | None, database: "Database") -> None:
        super().__init__(parent)
        self._database = database
        load_form(self, "settings_dialog")
        self.adviser.setText(database.adviser)
        for scheme, words in theme.WORDS.items():
            self.colours.addItem(words, scheme)
        self.colours.setCurrentIndex(self.colours.findData(theme.chosen()))
        self.new.textChanged.connect(self._judge)
        if database.is_demonstration:
            self.explanation.setText("Une base de démonstration n'a pas de phrase de passe à changer.")
            labels_and_fields = (self.old_label, self.old, self.new_label, self.new, self.again_label, self.again)
            for one in (*labels_and_fields, self.strength):
                one.hide()
        self.save_button.clicked.connect(self._save)
        self.cancel_button.clicked.connect(self.reject)
        self.adviser.setFocus()

    def _judge(self, text: str) -> None:
        self.strength.setText(strength(text).sentence if text else "")

    @property
    def _changes_passphrase(self) -> bool:
        return any(field.text() for field in (self.old, self.new, self.again))

    def _save(self) -> None:
        done: list[str] = []
        with messages.sentence_in(self.message):
            self._check()
            if self._changes_passphrase:
                self._change_passphrase()
                done.append("phrase de passe changée")
            name = self.adviser.text().strip()
            if name != self._database.adviser:
                self._database.adviser = name
                done.append(f"nom : {name}")
            if self.colours.currentData() != theme.chosen():
                self.colours_chosen.emit(self.colours.currentData())
            self.accept()
            self.saved.emit(f"Réglages enregistrés : {', '.join(done)}." if done else "")

    def _check(self) -> None:
        """Refuse what would surprise later; the first thing to mend takes the keyboard."""
        if not self.adviser.text().strip():
            self.adviser.setFocus()
            raise UserError("Écrivez votre nom : il figure sur les fiches et dans l'historique.")
        if not self._changes_passphrase:
            return
        if not strength(self.new.text()).is_enough:
            self.new.setFocus()
            raise UserError("Choisissez une nouvelle phrase de passe plus longue.")
        if self.again.text() != self.new.text():
            self.again.setFocus()
            self.again.selectAll()
            raise UserError("Les deux nouvelles phrases ne sont pas les mêmes : retapez la seconde.")

    def _change_passphrase(self) -> None:
        """The system's key store keeps the new phrase only if it kept the old one."""
        from charte_desktop.store import keys

        folder = self._database.folder
        self.old.setFocus()
        remembered = keys.recall(folder) is not None
        keys.change_passphrase(folder, self.old.text(), self.new.text())
        if remembered:
            keys.remember(folder, self.new.text())
