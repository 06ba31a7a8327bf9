"""The tab Prestataires: find a provider, edit its record in place, begin a new one, take one back from the bin."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QWidget

from charte_desktop.ui import icons, marks
from charte_desktop.ui.filter_chips import Filter, FilterChips
from charte_desktop.ui.identity_form import IdentityForm
from charte_desktop.ui.providers.attachments_page import AttachmentsPage
from charte_desktop.ui.providers.bin_page import BinPage
from charte_desktop.ui.providers.provider_record import ProviderRecord
from charte_desktop.ui.record_band import RecordBand
from charte_desktop.ui.record_table import Column
from charte_desktop.ui.register_tab import LIST, RECORD, RegisterTab

if TYPE_CHECKING:
    from charte_desktop.store.database import Database
    from charte_desktop.store.provider_rows import ProviderRow, ProviderRows
    from charte_desktop.ui.providers.provider_actions import ProviderActions

BIN = 3
"""The page of the recycle bin, after those of every register tab."""


class ProvidersTab(RegisterTab["ProviderRow"]):
    """The register of providers as a searchable table, the record beside it."""

    chips: FilterChips
    import_button: QPushButton
    new_button: QPushButton
    more_button: QPushButton
    empty_import_button: QPushButton
    empty_new_button: QPushButton
    drafts_button: QPushButton
    record_state: QLabel
    record_mark: QLabel
    record_band: RecordBand
    actions_button: QPushButton
    form: IdentityForm
    files: AttachmentsPage
    bin: BinPage

    import_asked = Signal()
    export_asked = Signal(object)
    """Write what is on screen: a function that gives (title, column titles, rows of texts)."""
    kept = Signal()
    """The base was changed here; this tab shows it already."""
    changed = Signal()
    """The base was changed, and this tab must be filled again as well."""
    said = Signal(str)
    """A sentence for the window's own place."""
    recall_asked = Signal(str)
    """The companies that were handed a provider's name, by its id, are to be shown (C18)."""

    FORM = "providers_tab"
    ICON = "users"
    PROMOTED = (FilterChips, RecordBand, IdentityForm, AttachmentsPage, BinPage)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: ProviderRows | None = None
        self._record = ProviderRecord(
            self.record_name, self.record_mark, self.record_state, self.record_line, self.record_band, self.form
        )
        self._before_new = ""
        self._actions: ProviderActions | None = None
        for button, icon, ask in (
            (self.import_button, "file-input", self.import_asked.emit),
            (self.empty_import_button, "file-input", self.import_asked.emit),
            (self.new_button, "plus", self.new),
            (self.empty_new_button, "plus", self.new),
        ):
            is_primary = button.property("kind") == "primary"
            button.setIcon(icons.icon(icon, "on_primary" if is_primary else "ink"))
            button.setIconSize(icons.BESIDE_WORDS)
            button.clicked.connect(lambda _=False, ask=ask: ask())
        self.chips.changed.connect(self.reload)
        self._record.saved.connect(self._record_saved)
        self._record.created.connect(self._record_created)
        self._record.closed.connect(self._leave_form)
        self._record.open_asked.connect(self.show_record)
        self._record.drafted.connect(self._say_drafts)
        self.record_tabs.currentChanged.connect(lambda _: self._fill_page())
        self.drafts_button.clicked.connect(self.resume_draft)
        self.drafts_button.setShortcut("Ctrl+Shift+R")
        self.files.changed.connect(self.kept)
        self.bin.restored.connect(self._restored)
        self.bin.left.connect(self.leave_bin)
        self._make_actions()

    def _make_actions(self) -> None:
        more, actions = QMenu(self), QMenu(self)
        more.setObjectName("more_menu")
        actions.setObjectName("actions_menu")
        self._action(None, "Nouveau prestataire", "Ctrl+N", self.new)
        self._action(None, "Enregistrer", "Ctrl+S", self.save)
        self.columns_action = self._action(more, "Colonnes…", "Ctrl+Shift+C", self.choose_columns)
        self.export_action = self._action(more, "Exporter cette liste…", "Ctrl+Shift+E", self.export)
        self.bin_action = self._action(more, "Corbeille…", "Ctrl+Shift+Del", self.show_bin)
        self.paper_action = self._action(
            actions, "Enregistrer une charte signée sur papier…", "Ctrl+Shift+P", lambda: self.acts.record_paper()
        )
        self.attach_action = self._action(actions, "Joindre un fichier…", "Ctrl+J", self._attach)
        actions.addSeparator()
        self.withdraw_action = self._action(actions, "Retirer du registre (départ)…", "", lambda: self.acts.withdraw())
        self.remove_action = self._action(actions, "Radier du registre (manquement)…", "", lambda: self.acts.remove())
        self.recall_action = self._action(actions, "Entreprises qui ont reçu ce nom…", "", lambda: self.acts.recall())
        actions.addSeparator()
        self.delete_action = self._action(actions, "Mettre à la corbeille", "Ctrl+Del", self.delete)
        self._record.paper_asked.connect(self.paper_action.trigger)
        self.more_button.setMenu(more)
        self.actions_button.setMenu(actions)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(lambda spot: actions.popup(self.table.mapToGlobal(spot)))

    def _action(self, menu: QMenu | None, words: str, shortcut: str, do: Callable[[], None]) -> QAction:
        action = QAction(words, self)
        if shortcut:
            action.setShortcut(shortcut)
        action.triggered.connect(lambda _=False: do())
        self.addAction(action)
        if menu is not None:
            menu.addAction(action)
        return action

    def open(self, database: "Database") -> None:
        """Serve this base from now on."""
        from charte_desktop.store.provider_rows import ProviderRows
        from charte_desktop.ui.providers.provider_filters import provider_offers

        self._rows = ProviderRows(database)
        self._actions = None
        self.chips.offer(provider_offers)
        self.files.open(database)
        self.bin.open(database)
        super().open(database)

    @property
    def record(self) -> ProviderRecord:
        """The record beside the table; it is made when the rows are painted, or when somebody asks for it."""
        self.complete()
        return self._record

    def make_record(self) -> None:
        assert self.database is not None
        self._record.open(self.database)
        self._say_drafts()

    # What is shown

    def show_state(self, state: object) -> None:
        """Show the providers of one state; None shows all."""
        from charte_desktop.model.provider_state import ProviderState

        self.chips.clear()
        if isinstance(state, ProviderState):
            self.chips.add(Filter("state", state, state.value, marks.of_state(state)))

    def show_record(self, record_id: str) -> None:
        """Show one provider, whatever is searched; a new one that was being typed stays a draft."""
        self._leave_new()
        self.chips.clear()
        super().show_record(record_id)
        self.form.focus_first()

    def _leave_new(self) -> None:
        if self._record.editor is not None:
            self._record.editor.leave()

    def columns(self) -> Sequence[Column["ProviderRow"]]:
        from charte_desktop.ui.providers.provider_columns import provider_columns

        return provider_columns()

    def rows(self, limit: int | None, offset: int) -> Sequence["ProviderRow"]:
        from charte_desktop.ui.providers.provider_filters import asked

        assert self._rows is not None
        return self._rows.search(
            self.search.text(),
            **asked(self.chips.filters()),
            order=self._model.order,
            descending=self._model.descending,
            limit=limit,
            offset=offset,
        )

    def record_id(self, row: "ProviderRow") -> str:
        return row.id

    def total(self) -> int:
        assert self._rows is not None
        return self._rows.count()

    def say_count(self, total: int) -> str:
        whole = f"{total} prestataire{'s' if total > 1 else ''}"
        if self.search.text() or self.chips.filters():
            return f"{self._model.known_count()} sur {whole}"
        return whole

    def clear_search(self) -> None:
        """Go back to the whole list, without words or filters."""
        self.chips.clear()
        super().clear_search()

    def fill_record(self, record_id: str) -> None:
        self.record.show(record_id)
        self._fill_page()

    @property
    def holds_record(self) -> bool:
        return self._record.is_new

    def _fill_page(self) -> None:
        """Fill the part of the record that is seen; the others wait until they are."""
        from charte_desktop.store.history import History

        if self.database is None or not self._chosen or self.record.is_new:
            return
        page = self.record_tabs.currentWidget()
        if page.isAncestorOf(self.history):
            self.history.show_lines(History(self.database).of(self._chosen))
        elif page.isAncestorOf(self.files):
            self.files.show_files(self._chosen)

    def _show_chosen(self) -> None:
        if self._record.is_new and not self._chosen:
            return
        for action in (
            self.paper_action,
            self.attach_action,
            self.withdraw_action,
            self.remove_action,
            self.recall_action,
        ):
            action.setEnabled(bool(self._chosen))
        self.delete_action.setEnabled(bool(self._chosen))
        self.actions_button.setEnabled(bool(self._chosen))
        super()._show_chosen()

    # A new provider, a draft

    def new(self) -> None:
        """Begin a new provider, or go on with the one that was begun."""
        if self.database is None:
            return
        self.pages.setCurrentIndex(LIST)
        self.record_pages.setCurrentIndex(RECORD)
        self.record_tabs.setCurrentIndex(0)
        self._before_new, self._chosen = self._chosen or self._before_new, ""
        self.table.clearSelection()
        self.table.setCurrentIndex(self.table.rootIndex())
        self._show_new()

    def _show_new(self) -> None:
        self.actions_button.setEnabled(False)
        self.record.begin()

    def save(self) -> None:
        """Save what is typed now; Ctrl+S, for whoever does not trust the automatic one."""
        if self.record.editor is not None:
            self.record.editor.finish() if self.record.is_new else self.record.editor.save()

    def resume_draft(self) -> None:
        """Go to the latest form that was left half-way."""
        assert self.record.editor is not None
        draft = self.record.editor.waiting()[0]
        if draft.record_id:
            self.show_record(draft.record_id)
        else:
            self.new()

    def _say_drafts(self) -> None:
        assert self.record.editor is not None
        here = "" if self.record.is_new else self._chosen
        others = [draft for draft in self.record.editor.waiting() if self.record.is_new or draft.record_id != here]
        others = [draft for draft in others if draft.record_id or not self.record.is_new]
        self.drafts_button.setVisible(bool(others))
        if others:
            more = f" (et {len(others) - 1} autres)" if len(others) > 1 else ""
            self.drafts_button.setText(f"Reprendre le brouillon « {others[0].title} »{more}")

    def _leave_form(self) -> None:
        """Done: the keyboard goes back to the list; a new record that was not made stays a draft."""
        if self.record.is_new:
            self._chosen, self._before_new = self._before_new, ""
            self._leave_new()
            self._chosen = self._chosen or (self.record_id(self._model.row(0)) if self._model.rowCount() else "")
            self.reload()
            self._show_chosen()
            self._say_drafts()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _record_saved(self, _: str) -> None:
        self.refresh()
        self._fill_page()
        self.kept.emit()

    def _record_created(self, provider_id: str) -> None:
        self._chosen, self._before_new = provider_id, ""
        self.reload()
        self.kept.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the bin, then the form; Suppr on a line of the table puts its record into the bin."""
        match event.key():
            case Qt.Key.Key_Escape if self.pages.currentIndex() == BIN:
                self.leave_bin()
            case Qt.Key.Key_Escape if self.record.is_new:
                self._leave_form()
            case Qt.Key.Key_Delete if self.table.hasFocus():
                self.delete()
            case _:
                super().keyPressEvent(event)

    def sheet_area_focus(self) -> None:
        self.record_tabs.setCurrentIndex(0)
        self.form.focus_first()

    # Acts

    @property
    def acts(self) -> "ProviderActions":
        """What the menu of the record does."""
        from charte_desktop.ui.providers.provider_actions import ProviderActions

        assert self.database is not None
        if self._actions is None:
            self._actions = ProviderActions(self, self.database)
            self._actions.done.connect(self._done)
            self._actions.recall_asked.connect(self.recall_asked)
        return self._actions

    def _done(self, sentence: str) -> None:
        self.changed.emit()
        self.said.emit(sentence)

    def delete(self) -> None:
        """Put the record beside the table into the bin; Ctrl+Z or the bin takes it back."""
        if not self._chosen or self.database is None:
            return
        from charte_desktop.store.provider_register import ProviderRegister

        self.settle()
        name = self.record_name.text()
        ProviderRegister(self.database).delete(self._chosen)
        self._done(f"« {name} » est à la corbeille. Ctrl+Z l'en sort.")

    def _attach(self) -> None:
        self.record_tabs.setCurrentIndex(1)
        self.files.ask_file()

    def settle(self) -> None:
        """Save what waits for a pause."""
        if self._record.editor is not None:
            self._record.editor.settle()

    def show_bin(self) -> None:
        """Show what was deleted."""
        self.settle()
        self.bin.reload()
        self.pages.setCurrentIndex(BIN)
        self.bin.focus()

    def leave_bin(self) -> None:
        """Go back to the list."""
        self.reload()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _restored(self, provider_id: str, name: str) -> None:
        self._chosen = provider_id
        self.changed.emit()
        self.said.emit(f"« {name} » est de nouveau dans le registre.")

    def choose_columns(self) -> None:
        """Let the columns be ticked; for the keyboard, what a right click on the header shows."""
        menu = self.table.columns_menu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more_button.mapToGlobal(self.more_button.rect().bottomLeft()))

    def export(self) -> None:
        """Write the rows and the columns that are on screen, in their order, to a file."""
        columns = [self._model.columns()[number] for number in self.table.shown_columns()]

        def table() -> tuple[str, list[str], list[list[str]]]:
            rows = self.rows(None, 0)
            texts = [[(column.written or column.text)(row) for column in columns] for row in rows]
            return "Prestataires", [column.title for column in columns], texts

        self.export_asked.emit(table)

    def keep(self, settings: QSettings) -> None:
        """Save what is typed, then write down how the tab stands."""
        self.settle()
        super().keep(settings)
