"""The window: five tabs, the menus, the status bar, and what ties them together."""

import gc
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QByteArray, QSettings, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QCloseEvent, QGuiApplication, QKeySequence, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMenu,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from charte_desktop.ui import icons, immortals, messages, plain_imports, theme
from charte_desktop.ui.background import Background
from charte_desktop.ui.notice import Notice
from charte_desktop.ui.tabs import CHARTER, COMPANIES, PROJECTS, PROVIDERS, TABS, Tab

if TYPE_CHECKING:
    from collections.abc import Sequence

    from charte_desktop.store.database import Database
    from charte_desktop.store.everything import Hit
    from charte_desktop.ui.charter.charter_tab import CharterTab
    from charte_desktop.ui.companies.companies_tab import CompaniesTab
    from charte_desktop.ui.file_actions import FileActions
    from charte_desktop.ui.file_drop import FileDrop
    from charte_desktop.ui.global_search import GlobalSearch
    from charte_desktop.ui.opening import Opening
    from charte_desktop.ui.projects.projects_tab import ProjectsTab
    from charte_desktop.ui.register_tab import RegisterTab
    from charte_desktop.ui.update_actions import UpdateActions


_MENUS = ("&Fichier", "É&dition", "&Affichage", "&Aide")
_FRENCH_DIGITS = "&é\"'("
"""What the keys 1 to 5 of a French keyboard give without Shift."""


class MainWindow(QMainWindow):
    """The one window. It is painted first; the base opens right after."""

    painted = Signal()
    """The window stands on the screen for the first time; nothing of the base is loaded yet."""
    settled = Signal()
    """The visible tab is there too: the base may be opened."""
    ready = Signal()
    """The base is open and the visible tab shows it."""
    prepared = Signal()
    """The visible tab has also made what its first paint did not wait for."""
    closed = Signal()

    def __init__(
        self,
        folder: Path,
        boundary: messages.Boundary,
        *,
        passphrase: str | None = None,
        settings: QSettings | None = None,
    ) -> None:
        """`folder` holds the base, or will; `passphrase` spares the question.

        `settings` is where the window writes how it stands; by default a file beside the base.
        """
        super().__init__()
        self.folder = folder
        self.database: Database | None = None
        self._passphrase = passphrase
        self._was_painted = False
        self._may_close = False
        self._made: dict[int, Tab] = {}
        self._stale: set[int] = set()
        self._opening: Opening | None = None
        self._everywhere: GlobalSearch | None = None
        self._files: FileActions | None = None
        self._drops: FileDrop | None = None
        self._updates: UpdateActions | None = None
        self.settings = self.kept(folder) if settings is None else settings
        # This frame is made here and not from a form: loading a first form costs a fifth of the first paint (20 ms).
        self.setWindowTitle("Charte Desktop")
        self.tabs = QTabWidget(self)
        self.setCentralWidget(self.tabs)
        self.background = Background(self)
        self.notice = Notice(self.tabs)
        boundary.said.connect(self.notice.say)
        self._make_tabs()
        self._make_status_bar()
        self._make_menus()
        self._allow(False)
        self._resume()

    @staticmethod
    def kept(folder: Path) -> QSettings:
        """How the window of this base was left."""
        return QSettings(str(folder / "fenetre.ini"), QSettings.Format.IniFormat)

    # The first paint, and the base after it

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            # The children are painted after their parent: the signal waits for them.
            QTimer.singleShot(0, self._after_first_paint)

    def _after_first_paint(self) -> None:
        self.painted.emit()
        immortals.keep()
        plain_imports.keep()
        self.everywhere.show()
        self.show_current()
        # The tab is painted before the long imports of the base.
        QTimer.singleShot(0, self.settled.emit)

    def open_base(self, passphrase: str | None = None) -> None:
        """Open the base of the folder, asking what must be asked; the tabs then fill."""
        from charte_desktop.ui.opening import Opening

        self._opening = Opening(self, self.folder, passphrase or self._passphrase)
        self._opening.opened.connect(self.use)
        self._opening.refused.connect(self.close)
        gc.disable()  # 200 modules are loaded: walking them again and again is a tenth of the time to the first rows
        try:
            self._opening.start()
        finally:
            gc.enable()
            gc.freeze()

    def use(self, database: "Database") -> None:
        """Show an open base."""
        self.database = database
        if self._drops is None:
            from charte_desktop.ui.file_drop import FileDrop

            self._drops = FileDrop(self)
            self._drops.dropped.connect(self.take_files)
            self._drops.filed.connect(self.file_documents)
        self._demonstration.setVisible(database.is_demonstration)
        self.everywhere.database = database
        for number, tab in self._made.items():
            tab.open(database)
            self._stale.add(number)
        self._allow(True)
        self.show_current()
        self.tell_state()
        self.ready.emit()

    def _complete_soon(self, tab: Tab) -> None:
        """Twice through the event loop: what a tab shows first is painted before it makes the rest."""
        QTimer.singleShot(0, lambda: QTimer.singleShot(0, lambda: self._complete(tab)))

    def _complete(self, tab: Tab) -> None:
        from charte_desktop.ui.register_tab import RegisterTab

        if self.database is None:
            return
        if isinstance(tab, RegisterTab):
            tab.complete()
        self.prepared.emit()

    def leave_base(self) -> None:
        """Close the base, once what is typed is kept; the window stays."""
        if self.database is not None:
            self.keep()
            self.database.close()
            self.forget_base()

    def forget_base(self) -> None:
        """Let go of a base that somebody else closes."""
        self.database = self.everywhere.database = None
        self._allow(False)

    # Tabs

    def show_current(self) -> None:
        """Make the visible tab if it is not made, and fill it if it is not up to date; before the first paint, wait."""
        if not self._was_painted:
            return
        number = self.tabs.currentIndex()
        tab = self._tab(number)
        if self.database is not None and number in self._stale:
            self._stale.discard(number)
            tab.reload()
            self._complete_soon(tab)

    def show_providers(self, state: object) -> None:
        """Open the register on the providers of one state."""
        from charte_desktop.ui.providers.providers_tab import ProvidersTab

        self.tabs.setCurrentIndex(PROVIDERS)
        cast(ProvidersTab, self._tab(PROVIDERS)).show_state(state)

    def resume_draft(self, kind: str, record_id: str) -> None:
        """Open the form that was left half-way; `record_id` is empty for a new record."""
        if self._is_of_project(kind, record_id):
            return
        if kind in ("provider", "company"):
            number = PROVIDERS if kind == "provider" else COMPANIES
            self.tabs.setCurrentIndex(number)
            register = cast("RegisterTab[object]", self._tab(number))
            if record_id:
                register.show_record(record_id)
            else:
                register.new()
            return
        self.tabs.setCurrentIndex(COMPANIES)
        self._companies.resume_work(kind, record_id)

    def show_waiting(self, kind: str, opens: str, record_id: str) -> None:
        """Open what a line of Aujourd'hui is about."""
        match kind:
            case "company":
                self.show_company(opens)
                self._companies.show_part("follow")
            case "sheet":
                self.show_company(opens)
                self._companies.open_sheet(record_id)
            case "workshop":
                self.tabs.setCurrentIndex(COMPANIES)
                self._companies.show_workshops(opens)
            case "charter":
                self.tabs.setCurrentIndex(CHARTER)
                self._charter.show_provider(opens)
            case "signing":
                self.sign_charter(opens)
            case "provider":
                self.show_provider(opens)
            case "project":
                self.show_project(opens)

    def show_companies(self, asked: str, name: str) -> None:
        """Open the companies of a commune, or those that need something of a family."""
        self.tabs.setCurrentIndex(COMPANIES)
        self._companies.show_named(asked, name)

    def _is_of_project(self, kind: str, record_id: str) -> bool:
        """True for a form of the tab Projets, which is then open."""
        from charte_desktop.store.project_drafts import is_of_project, owner_of_draft

        if not is_of_project(kind):
            return False
        with self.open_database.looking() as base:
            owner = owner_of_draft(base, record_id) if record_id else None
        self.projects.resume_draft_of(kind, "" if owner is None else owner.project_id, record_id)
        return True

    @property
    def projects(self) -> "ProjectsTab":
        """The tab Projets, opened."""
        from charte_desktop.ui.projects.projects_tab import ProjectsTab

        self.tabs.setCurrentIndex(PROJECTS)
        return cast(ProjectsTab, self._tab(PROJECTS))

    def show_project(self, project_id: str) -> None:
        """Open the tab Projets on one project."""
        self.projects.show_record(project_id)

    def begin_project(self, company_id: str) -> None:
        """Open the page of a new project of a company."""
        self.projects.begin(company_id)

    def take_files(self, files: "Sequence[Path]") -> None:
        """A list or a filled form is imported; what else was dropped is verified, or filed as a scan."""
        from charte_desktop.exchange.filled_form import is_filled_form
        from charte_desktop.ui.file_drop import LISTS
        from charte_desktop.ui.files import read_file

        first = files[0]
        if first.suffix.lower() == ".eml":
            self._file_mail(first)
            return
        is_list = first.suffix.lower() in LISTS
        if is_list or (first.suffix.lower() == ".pdf" and is_filled_form(read_file(first))):
            self.file_actions.plan_import(first, of_providers=not is_list)
            return
        proposed = self.record_shown()
        self.tabs.setCurrentIndex(CHARTER)
        self._charter.take_files(files, proposed)

    def file_documents(self, files: "Sequence[Path]") -> None:
        """File what was dropped on the record of a company."""
        if self._companies.company_shown:
            self._companies.take_files(files)

    def _file_mail(self, file: Path) -> None:
        """File a mail with the company that its addresses name."""
        from charte_desktop.errors import UserError
        from charte_desktop.ui.companies.dropped_files import DroppedFiles

        company = DroppedFiles(self.open_database).company_of(file)
        if not company:
            raise UserError(
                "Aucune entreprise, ou plusieurs, ont les adresses de ce courriel : ouvrez la bonne fiche et "
                "déposez-le dessus."
            )
        self.show_company(company)
        self._companies.take_files([file])

    def record_shown(self) -> str:
        """The provider that the visible tab shows; empty when it shows none."""
        from charte_desktop.ui.charter.charter_tab import CharterTab
        from charte_desktop.ui.providers.providers_tab import ProvidersTab

        tab = self._made.get(self.tabs.currentIndex())
        return tab.provider_shown if isinstance(tab, CharterTab | ProvidersTab) else ""

    def show_provider(self, provider_id: str) -> None:
        """Open the register on one provider."""
        from charte_desktop.ui.providers.providers_tab import ProvidersTab

        self.tabs.setCurrentIndex(PROVIDERS)
        cast(ProvidersTab, self._tab(PROVIDERS)).show_record(provider_id)

    def show_company(self, company_id: str) -> None:
        """Open the companies on one of them."""
        self.tabs.setCurrentIndex(COMPANIES)
        self._companies.show_record(company_id)

    @property
    def _companies(self) -> "CompaniesTab":
        from charte_desktop.ui.companies.companies_tab import CompaniesTab

        return cast(CompaniesTab, self._tab(COMPANIES))

    def sign_charter(self, provider_id: str) -> None:
        """Open the signing of a provider's charter."""
        self.tabs.setCurrentIndex(CHARTER)
        self._charter.show_provider(provider_id)
        self._charter.acts.sign(provider_id)

    def show_charter(self, provider_id: str, act: str, signature: object) -> None:
        """Open the tab Charte on a provider, and do one of the acts of its panel there."""
        self.tabs.setCurrentIndex(CHARTER)
        self._charter.show_provider(provider_id)
        self._charter.do(act, signature)

    @property
    def _charter(self) -> "CharterTab":
        from charte_desktop.ui.charter.charter_tab import CharterTab

        return cast(CharterTab, self._tab(CHARTER))

    def show_recall(self, provider_id: str) -> None:
        """Open the list of the companies that were handed this provider's name (C18)."""
        self.tabs.setCurrentIndex(COMPANIES)
        self._companies.show_recall(provider_id)

    def show_exposure(self) -> None:
        """Open the report of how often each provider was listed."""
        self.tabs.setCurrentIndex(COMPANIES)
        self._companies.show_exposure()

    @property
    def everywhere(self) -> "GlobalSearch":
        """The global search, in the corner; it is made after the first paint, which would wait 16 ms for it."""
        from charte_desktop.ui.global_search import GlobalSearch

        if self._everywhere is None:
            self._everywhere = GlobalSearch(self)
            self._everywhere.chosen.connect(self.show_hit)
            corner = QWidget(self)
            beside = QHBoxLayout(corner)
            beside.setContentsMargins(0, 4, 16, 2)
            beside.addWidget(self._everywhere)
            self.tabs.setCornerWidget(corner)
            corner.show()
        return self._everywhere

    def show_hit(self, hit: "Hit") -> None:
        """Open the record that the global search found; a sheet opens the company it was made for."""
        from charte_desktop.ui.register_tab import RegisterTab

        number = {"provider": PROVIDERS, "project": PROJECTS}.get(hit.kind, COMPANIES)
        self.tabs.setCurrentIndex(number)
        cast(RegisterTab[object], self._tab(number)).show_record(hit.company_id or hit.record_id)

    def changed(self) -> None:
        """The base changed: the visible tab shows it now, the others when they are opened."""
        self._may_close = False
        self.refresh()

    def saved_here(self) -> None:
        """The visible tab kept a change and shows it already; the others show it when they are opened."""
        self._may_close = False
        self._stale = set(self._made) - {self.tabs.currentIndex()}
        self.tell_state()

    def refresh(self) -> None:
        """Show the base as it is now."""
        self._stale = set(self._made)
        self.show_current()
        self.tell_state()

    def _tab(self, number: int) -> Tab:
        if number not in self._made:
            name, _, _, make = TABS[number]
            widget = make(self)
            page = self.tabs.widget(number)
            assert page is not None
            layout = QVBoxLayout(page)
            layout.setContentsMargins(0, 0, 0, 0)
            layout.addWidget(widget)
            tab = cast(Tab, widget)
            self._made[number] = tab
            self.settings.beginGroup(name)
            tab.resume(self.settings)
            self.settings.endGroup()
            if self.database is not None:
                tab.open(self.database)
                self._stale.add(number)
        return self._made[number]

    # Menus

    def _make_menus(self) -> None:
        files, edit, view, guide = (self.menuBar().addMenu(words) for words in _MENUS)
        self.import_action = self._action(files, "Importer une liste…", "Ctrl+I", "file-input")
        self.export_action = self._action(files, "Exporter…", "Ctrl+E", "file-output")
        self.verify_action = self._action(files, "Vérifier un document…", "Ctrl+O", "shield-check")
        self.exposure_action = self._action(files, "Présence sur les fiches annuaires…", "", "file-text")
        files.addSeparator()
        self.backup_action = self._action(files, "Sauvegarder…", "Ctrl+Shift+S", "database-backup")
        self.restore_action = self._action(files, "Restaurer…", "", "archive-restore")
        self.check_action = self._action(files, "Vérifier la base", "", "shield-check")
        files.addSeparator()
        self.settings_action = self._action(files, "Réglages…", "Ctrl+,", "key-round")
        files.addSeparator()
        self.quit_action = self._action(files, "Quitter", "Ctrl+Q", "log-out")
        self.undo_action = self._action(edit, "Annuler", "Ctrl+Z", "undo-2")
        self.redo_action = self._action(edit, "Rétablir", "Ctrl+Y", "redo-2")
        edit.addSeparator()
        self.search_action = self._action(edit, "Rechercher", "Ctrl+F", "search")
        self.everywhere_action = self._action(edit, "Rechercher partout", "Ctrl+K", "search")
        self.guide_action = self._action(guide, "Guide", "F1", "circle-help")
        self.update_action = self._action(guide, "Mettre à jour depuis un fichier…", "", "rotate-cw")
        self.about_action = self._action(guide, "À propos", "", "info")
        self.import_action.triggered.connect(lambda: self.file_actions.choose_list())
        self.export_action.triggered.connect(lambda: self.file_actions.export())
        self.verify_action.triggered.connect(lambda: self.file_actions.choose_document())
        self.exposure_action.triggered.connect(self.show_exposure)
        self.backup_action.triggered.connect(lambda: self.file_actions.back_up())
        self.restore_action.triggered.connect(lambda: self.file_actions.restore())
        self.check_action.triggered.connect(lambda: self.file_actions.check())
        self.settings_action.triggered.connect(self._open_settings)
        self.quit_action.triggered.connect(self.close)
        self.undo_action.triggered.connect(self._undo)
        self.redo_action.triggered.connect(self._redo)
        self.search_action.triggered.connect(lambda: self._tab(self.tabs.currentIndex()).focus_search())
        self.everywhere_action.triggered.connect(lambda: self.everywhere.ask())
        self.guide_action.triggered.connect(self._open_guide)
        self.update_action.triggered.connect(lambda: self.updates.choose())
        self.about_action.triggered.connect(self._open_about)
        for number in range(len(TABS)):
            action = self._action(view, self.tabs.tabText(number), "", "")
            action.setShortcuts([QKeySequence(f"Ctrl+{key}") for key in (number + 1, _FRENCH_DIGITS[number])])
            action.triggered.connect(partial(self.tabs.setCurrentIndex, number))
        view.addSeparator()
        colours = QActionGroup(self)
        for scheme, words in theme.WORDS.items():
            action = self._action(view, words, "", "")
            action.setActionGroup(colours)
            action.setCheckable(True)
            action.setChecked(scheme == theme.chosen())
            action.setData(scheme)
            action.triggered.connect(partial(self._wear, scheme))
        self._colours = colours

    def _action(self, menu: QMenu, words: str, shortcut: str, icon: str) -> QAction:
        action = QAction(words, self)
        if shortcut:
            action.setShortcut(shortcut)
        if icon:
            action.setIcon(icons.icon(icon, "muted"))
        menu.addAction(action)
        return action

    @property
    def file_actions(self) -> "FileActions":
        """What the menu Fichier does."""
        from charte_desktop.ui.file_actions import FileActions

        if self._files is None:
            self._files = FileActions(self)
        return self._files

    @property
    def updates(self) -> "UpdateActions":
        """What updates the program from a file."""
        from charte_desktop.ui.update_actions import UpdateActions

        if self._updates is None:
            self._updates = UpdateActions(self)
        return self._updates

    def back_up_now(self) -> None:
        """Make an automatic backup now."""
        self.file_actions.back_up_now()

    def _allow(self, allowed: bool) -> None:
        """Acts on the base are possible when one is open and no job runs."""
        for action in (
            self.import_action,
            self.verify_action,
            self.export_action,
            self.exposure_action,
            self.backup_action,
            self.check_action,
            self.settings_action,
        ):
            action.setEnabled(allowed)
        # A base that does not open is exactly what a backup is for.
        self.restore_action.setEnabled(not self.background.is_busy)
        self.update_action.setEnabled(not self.background.is_busy)
        self.tabs.setEnabled(self.database is not None)
        self._name_undo(allowed)

    def _name_undo(self, allowed: bool) -> None:
        undo, redo = "", ""
        if self.database is not None and allowed:
            from charte_desktop.store.journal_reading import next_labels

            undo, redo = next_labels(self.database)
        self.undo_action.setText(f"Annuler : {undo}" if undo else "Annuler")
        self.redo_action.setText(f"Rétablir : {redo}" if redo else "Rétablir")
        self.undo_action.setEnabled(bool(undo))
        self.redo_action.setEnabled(bool(redo))

    def _undo(self) -> None:
        from charte_desktop.store.history import History

        try:
            label = History(self.open_database).undo()
        finally:  # refused, it leaves its place to the action before it
            self._name_undo(True)
        self.changed()
        self.notice.say(messages.DONE, f"Annulé : {label}. Ctrl+Y le rétablit.")

    def _redo(self) -> None:
        from charte_desktop.store.history import History

        label = History(self.open_database).redo()
        self.changed()
        self.notice.say(messages.DONE, f"Rétabli : {label}.")

    @property
    def open_database(self) -> "Database":
        """The base, for what can only be asked when one is open."""
        assert self.database is not None, "the action is disabled until a base is open"
        return self.database

    def _open_guide(self) -> None:
        from charte_desktop.ui.guide import show_guide

        show_guide(self)

    def _open_settings(self) -> None:
        from charte_desktop.ui.settings.settings_dialog import SettingsDialog

        dialog = SettingsDialog(self, self.open_database)
        dialog.colours_chosen.connect(self._wear)
        dialog.saved.connect(self._settings_saved)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _settings_saved(self, sentence: str) -> None:
        if sentence:
            for tab in self._made.values():
                tab.open(self.open_database)  # boxes of added services, and what else the settings change
            self.refresh()
            self.notice.say(messages.DONE, sentence)

    def _open_about(self) -> None:
        from charte_desktop.ui.about import AboutDialog

        AboutDialog(self, self.folder).open()

    def _wear(self, scheme: str) -> None:
        self.settings.setValue("colours", scheme)
        theme.apply(cast(QApplication, QApplication.instance()), scheme)
        for action in self._colours.actions():
            action.setChecked(action.data() == scheme)

    # Status bar

    def _make_status_bar(self) -> None:
        self._saved, self._backed_up, self._adviser = QLabel(self), QLabel(self), QLabel(self)
        for label in (self._saved, self._backed_up, self._adviser):
            self.statusBar().addWidget(label)
        self.statusBar().addPermanentWidget(self.background)
        self.background.started.connect(lambda: self._make_room(False))
        self.background.ended.connect(lambda: self._make_room(True))
        self._saved.setText("Ouverture de la base…")

    def _make_room(self, at_rest: bool) -> None:
        """While a job runs, its progress has the place of the calm sentences, and acts on the base wait."""
        for label in (self._backed_up, self._adviser):
            label.setVisible(at_rest)
        self._allow(at_rest and self.database is not None)

    def tell_state(self) -> None:
        """Say when the last save and the last backup were, and who works."""
        from charte_desktop.ui import status

        if self.database is None:
            return
        self._saved.setText(status.saved(self.database))
        self._backed_up.setText(status.backed_up(self.database))
        self._adviser.setText(status.adviser(self.database))
        self._name_undo(not self.background.is_busy)

    def status_text(self) -> list[str]:
        """The sentences of the status bar."""
        return [label.text() for label in (self._saved, self._backed_up, self._adviser)]

    def says_demonstration(self) -> bool:
        """True when the window says that its base holds invented data."""
        return not self._demonstration.isHidden()

    # How the window stands

    def _make_tabs(self) -> None:
        self.tabs.setAccessibleName("Onglets")
        self.tabs.setDocumentMode(True)
        self.tabs.setIconSize(self.tabs.iconSize() * 1.25)
        for number, (_, words, icon, _) in enumerate(TABS):
            self.tabs.addTab(QWidget(), icons.icon(icon, "muted"), words)
            self.tabs.setTabToolTip(number, f"{words} (Ctrl+{number + 1})")
        self.tabs.tabBar().setDrawBase(False)
        self._demonstration = QLabel("Base de démonstration", self)
        self._demonstration.setProperty("role", "pill")
        self._demonstration.setToolTip("Données inventées, sans phrase de passe : n'y écrivez rien de vrai.")
        self._demonstration.hide()
        self._demonstration.setMaximumHeight(24)
        self.statusBar().addPermanentWidget(self._demonstration)

    def _resume(self) -> None:
        screen = QGuiApplication.primaryScreen().availableGeometry()
        self.resize(min(1366, screen.width()), min(740, screen.height()))
        self.restoreGeometry(cast(QByteArray, self.settings.value("geometry", QByteArray(), type=QByteArray)))
        last = cast(int, self.settings.value("tab", 0, type=int))
        self.tabs.setCurrentIndex(min(max(last, 0), len(TABS) - 1))
        self.tabs.currentChanged.connect(self.show_current)

    def keep(self) -> None:
        """Write down how the window and its tabs stand."""
        if not self.folder.is_dir():
            return
        self.settings.setValue("geometry", self.saveGeometry())
        self.settings.setValue("tab", self.tabs.currentIndex())
        for number, tab in self._made.items():
            self.settings.beginGroup(TABS[number][0])
            tab.keep(self.settings)
            self.settings.endGroup()
        self.settings.sync()

    # The end

    def closeEvent(self, event: QCloseEvent) -> None:
        """Back up, then close; a second request closes without a backup when the first one failed."""
        if self.background.is_busy:
            event.ignore()
            self.notice.say(
                messages.WARNING, "Un travail est en cours : attendez sa fin ou annulez-le, en bas à droite."
            )
            return
        self.keep()
        if self.database is not None and not self._may_close:
            event.ignore()
            self._may_close = True
            self.tabs.setEnabled(False)
            self.file_actions.back_up_and_close()
            return
        self.leave_base()
        event.accept()
        self.closed.emit()

    def close_now(self) -> None:
        """The end, once the backup is made."""
        self._may_close = True
        self.close()
