"""Who works on this computer, and how the window looks."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit

from charte_desktop.errors import UserError
from charte_desktop.ui import theme
from charte_desktop.ui.settings.settings_page import SettingsPage


class AdviserPage(SettingsPage):
    """The adviser's name and the colours."""

    adviser: QLineEdit
    colours: QComboBox

    colours_chosen = Signal(str)
    """`system`, `light` or `dark`."""

    TITLE = "Vous"
    FORM = "adviser_page"

    def fill(self) -> None:
        self.adviser.setText(self.database.adviser)
        for scheme, words in theme.WORDS.items():
            self.colours.addItem(words, scheme)
        self.colours.setCurrentIndex(self.colours.findData(theme.chosen()))

    def check(self) -> None:
        if not self.adviser.text().strip():
            self.adviser.setFocus()
            raise UserError("Écrivez votre nom : il figure sur les fiches et dans l'historique.")

    def save(self) -> list[str]:
        done = []
        name = self.adviser.text().strip()
        if name != self.database.adviser:
            self.database.adviser = name
            done.append(f"nom : {name}")
        if self.colours.currentData() != theme.chosen():
            self.colours_chosen.emit(self.colours.currentData())
        return done
