"""The passphrase that opens the base of this computer."""

from PySide6.QtWidgets import QLabel, QLineEdit

from charte_desktop.errors import UserError
from charte_desktop.model.passphrase import strength
from charte_desktop.ui.settings.settings_page import SettingsPage


class PassphrasePage(SettingsPage):
    """Another passphrase; empty fields keep the one there is."""

    explanation: QLabel
    old_label: QLabel
    old: QLineEdit
    new_label: QLabel
    new: QLineEdit
    strength: QLabel
    again_label: QLabel
    again: QLineEdit

    TITLE = "Phrase de passe"
    FORM = "passphrase_page"

    def fill(self) -> None:
        self.new.textChanged.connect(lambda text: self.strength.setText(strength(text).sentence if text else ""))
        if self.database.is_demonstration:
            self.explanation.setText("Une base de démonstration n'a pas de phrase de passe à changer.")
            labels_and_fields = (self.old_label, self.old, self.new_label, self.new, self.again_label, self.again)
            for one in (*labels_and_fields, self.strength):
                one.hide()

    @property
    def _changes(self) -> bool:
        return any(field.text() for field in (self.old, self.new, self.again))

    def check(self) -> None:
        from charte_desktop.store import keys

        if not self._changes:
            return
        if not strength(self.new.text()).is_enough:
            self.new.setFocus()
            raise UserError("Choisissez une nouvelle phrase de passe plus longue.")
        if self.again.text() != self.new.text():
            self.again.setFocus()
            self.again.selectAll()
            raise UserError("Les deux nouvelles phrases ne sont pas les mêmes : retapez la seconde.")
        self.old.setFocus()
        keys.unlock(self.database.folder, self.old.text())

    def save(self) -> list[str]:
        """The system's key store keeps the new phrase only if it kept the old one."""
        if not self._changes:
            return []
        from charte_desktop.store import keys

        folder = self.database.folder
        remembered = keys.recall(folder) is not None
        keys.change_passphrase(folder, self.old.text(), self.new.text())
        if remembered:
            keys.remember(folder, self.new.text())
        return ["phrase de passe changée"]
