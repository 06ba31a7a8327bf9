"""The five tabs: what the window asks of each, and how each is made when it is first shown."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget

from charte_desktop.ui import messages

if TYPE_CHECKING:
    from charte_desktop.store.database import Database
    from charte_desktop.ui.main_window import MainWindow


class Tab(Protocol):
    """What the window asks of a tab."""

    def open(self, database: "Database") -> None:
        """Serve this base from now on."""

    def reload(self) -> None:
        """Show what the base holds now."""

    def focus_search(self) -> None:
        """Put the keyboard where searching starts."""

    def keep(self, settings: QSettings) -> None:
        """Write down how the tab stands."""

    def resume(self, settings: QSettings) -> None:
        """Stand as last written down."""


def _today(window: "MainWindow") -> QWidget:
    from charte_desktop.ui.today.today_tab import TodayTab

    tab = TodayTab(window)
    tab.state_asked.connect(window.show_providers)
    tab.draft_asked.connect(window.resume_draft)
    tab.import_asked.connect(window.import_action.trigger)
    tab.backup_asked.connect(window.back_up_now)
    tab.open_asked.connect(window.show_waiting)
    tab.companies_asked.connect(window.show_companies)
    tab.changed.connect(window.saved_here)
    tab.said.connect(window.notice.say)
    return tab


def _providers(window: "MainWindow") -> QWidget:
    from charte_desktop.ui.providers.providers_tab import ProvidersTab

    tab = ProvidersTab(window)
    tab.import_asked.connect(window.import_action.trigger)
    tab.export_asked.connect(lambda table: window.file_actions.export_table(table))
    tab.kept.connect(window.saved_here)
    tab.changed.connect(window.changed)
    tab.recall_asked.connect(window.show_recall)
    tab.sign_asked.connect(window.sign_charter)
    tab.charter_asked.connect(window.show_charter)
    tab.said.connect(lambda sentence: window.notice.say(messages.DONE, sentence))
    return tab


def _charter(window: "MainWindow") -> QWidget:
    from charte_desktop.ui.charter.charter_tab import CharterTab

    tab = CharterTab(window, window.background.run)
    tab.changed.connect(window.saved_here)
    tab.said.connect(window.notice.say)
    tab.record_asked.connect(window.show_provider)
    return tab


def _companies(window: "MainWindow") -> QWidget:
    from charte_desktop.ui.companies.companies_tab import CompaniesTab

    tab = CompaniesTab(window)
    tab.import_asked.connect(window.import_action.trigger)
    tab.export_asked.connect(lambda table: window.file_actions.export_table(table))
    tab.kept.connect(window.saved_here)
    tab.changed.connect(window.changed)
    tab.said.connect(window.notice.say)
    tab.project_asked.connect(window.show_project)
    tab.new_project_asked.connect(window.begin_project)
    return tab


def _projects(window: "MainWindow") -> QWidget:
    from charte_desktop.ui.projects.projects_tab import ProjectsTab

    tab = ProjectsTab(window, window.background.run)
    tab.kept.connect(window.saved_here)
    tab.changed.connect(window.changed)
    tab.said.connect(window.notice.say)
    tab.provider_asked.connect(window.show_provider)
    tab.company_asked.connect(window.show_company)
    return tab


TABS: tuple[tuple[str, str, str, Callable[["MainWindow"], QWidget]], ...] = (
    ("today", "Aujourd'hui", "sun", _today),
    ("providers", "Prestataires", "users", _providers),
    ("charter", "Charte", "signature", _charter),
    ("companies", "Entreprises", "building-2", _companies),
    ("projects", "Projets", "kanban", _projects),
)
"""Name, words, icon and maker of each tab, in their order; a tab is made when it is first shown."""
TODAY, PROVIDERS, CHARTER, COMPANIES, PROJECTS = 0, 1, 2, 3, 4
"""The places of some among them."""
