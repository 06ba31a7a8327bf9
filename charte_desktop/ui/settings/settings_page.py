"""What a page of the settings answers to."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QWidget

from charte_desktop.ui.forms import load_form

if TYPE_CHECKING:
    from charte_desktop.store.database import Database


class SettingsPage(QWidget):
    """One subject; its form is named like its module."""

    TITLE = ""
    """Its words in the list of pages."""
    FORM = ""
    PROMOTED: tuple[type[QWidget], ...] = ()
    """The page's own widgets in its form."""

    def __init__(self, database: "Database") -> None:
        super().__init__()
        load_form(self, self.FORM, *self.PROMOTED)
        self.database = database
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)  # Enter saves, whatever has the keyboard
        self.fill()

    def fill(self) -> None:
        """Show what holds now."""

    def check(self) -> None:
        """Refuse what would surprise later, before any page writes; what is to mend takes the keyboard."""

    def save(self) -> list[str]:
        """Write what was changed, and only that; a few words for each thing written."""
        return []
