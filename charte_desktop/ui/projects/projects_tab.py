"""The tab Projets: it says plainly that it does nothing yet."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QLabel, QWidget

from charte_desktop.ui import icons
from charte_desktop.ui.forms import load_form

if TYPE_CHECKING:
    from charte_desktop.store.database import Database


class ProjectsTab(QWidget):
    """Words, until projects are kept."""

    empty_icon: QLabel

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form(self, "projects_tab")
        self.empty_icon.setPixmap(icons.icon("kanban", "muted").pixmap(48, 48))

    def open(self, database: "Database") -> None:
        """Nothing of projects is kept yet."""

    def reload(self) -> None:
        """Nothing to show."""

    def focus_search(self) -> None:
        """Nothing to search."""

    def keep(self, settings: QSettings) -> None:
        """Nothing to write down."""

    def resume(self, settings: QSettings) -> None:
        """Nothing was written down."""
