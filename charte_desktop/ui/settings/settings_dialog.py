"""The settings of this base and of its window, a page for each subject."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLabel, QListWidget, QPushButton, QStackedWidget, QWidget

from charte_desktop.errors import UserError
from charte_desktop.ui.forms import load_form
from charte_desktop.ui.settings.adviser_page import AdviserPage
from charte_desktop.ui.settings.calendar_page import CalendarPage
from charte_desktop.ui.settings.charter_page import CharterPage
from charte_desktop.ui.settings.passphrase_page import PassphrasePage
from charte_desktop.ui.settings.projects_page import ProjectsPage
from charte_desktop.ui.settings.questionnaire_page import QuestionnairePage
from charte_desktop.ui.settings.reminders_page import RemindersPage
from charte_desktop.ui.settings.seal_page import SealPage
from charte_desktop.ui.settings.services_page import ServicesPage
from charte_desktop.ui.settings.settings_page import SettingsPage

if TYPE_CHECKING:
    from charte_desktop.store.database import Database

PAGES: tuple[type[SettingsPage], ...] = (
    AdviserPage,
    PassphrasePage,
    CharterPage,
    SealPage,
    ServicesPage,
    RemindersPage,
    CalendarPage,
    QuestionnairePage,
    ProjectsPage,
)
"""In the order of the list."""


class SettingsDialog(QDialog):
    """Checks every page, then writes what was changed, and only that; a refusal opens its page, nothing is written."""

    parts: QListWidget
    pages: QStackedWidget
    message: QLabel
    save_button: QPushButton
    cancel_button: QPushButton

    colours_chosen = Signal(str)
    """`system`, `light` or `dark`."""
    saved = Signal(str)
    """What was changed, as a sentence; empty when nothing was."""

    def __init__(self, parent: QWidget | None, database: "Database") -> None:
        super().__init__(parent)
        load_form(self, "settings_dialog")
        self._pages: dict[type[SettingsPage], SettingsPage] = {}
        for kind in PAGES:
            page = self._pages[kind] = kind(database)
            self.parts.addItem(kind.TITLE)
            self.pages.addWidget(page)
        self.parts.currentRowChanged.connect(self.pages.setCurrentIndex)
        self.parts.setCurrentRow(0)
        you = self._pages[AdviserPage]
        assert isinstance(you, AdviserPage)
        you.colours_chosen.connect(self.colours_chosen)
        self.save_button.clicked.connect(self._save)
        self.cancel_button.clicked.connect(self.reject)
        you.adviser.setFocus()

    def page(self, kind: type[SettingsPage]) -> SettingsPage:
        """A page, by its class."""
        return self._pages[kind]

    def _save(self) -> None:
        self.message.clear()
        done: list[str] = []
        for number, page in enumerate(self._pages.values()):
            try:
                page.check()
            except UserError as refusal:
                self.parts.setCurrentRow(number)
                self.message.setText(str(refusal))
                return
        for page in self._pages.values():
            done += page.save()
        self.accept()
        self.saved.emit(f"Réglages enregistrés : {', '.join(done)}." if done else "")
