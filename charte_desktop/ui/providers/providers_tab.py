"""The tab Prestataires: find a provider, edit its record in place, begin a new one, take one back from the bin."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from charte_desktop.ui import marks
from charte_desktop.ui.filter_chips import Filter, FilterChips
from charte_desktop.ui.providers.bin_page import BinPage
from charte_desktop.ui.record_table import Column
from charte_desktop.ui.register_tab import RegisterTab

if TYPE_CHECKING:
    from charte_desktop.store.database import Database
    from charte_desktop.store.provider_rows import ProviderRow, ProviderRows
    from charte_desktop.ui.providers.provider_actions import ProviderActions
    from charte_desktop.ui.providers.provider_record import ProviderRecord

BIN = 3
"""The page of the recycle bin, after those of every register tab."""


class ProvidersTab(RegisterTab["ProviderRow"]):
    """The register of providers as a searchable table, the record beside it."""

    chips: FilterChips
    more_button: QPushButton
    bin: BinPage

    export_asked = Signal(object)
    """Write what is on screen: a function that gives (title, column titles, rows of texts)."""
    changed = Signal()
    """The base was changed, and this tab must be filled again as well."""
    said = Signal(str)
    """A sentence for the window's own place."""
    sign_asked = Signal(str)
    """Sign the charter of this provider, by its id."""
    charter_asked = Signal(str, str, object)
    """For a provider, by its id, an act of the tab Charte, and the signature it is about."""
    recall_asked = Signal(str)
    """The companies that were handed a provider's name, by its id, are to be shown (C18)."""

    FORM = "providers_tab"
    ICON = "users"
    PROMOTED = (FilterChips, BinPage)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: ProviderRows | None = None
        self._actions: ProviderActions | None = None
        self._kept_filters = ""
        self.chips.changed.connect(self.ask)
        self.drafts_button.setShortcut("Ctrl+Shift+R")
        self.bin.restored.connect(self._restored)
        self.bin.left.connect(self.leave_bin)
        more, self._acts_menu = QMenu(self), QMenu(self)
        more.setObjectName("more_menu")
        self._acts_menu.setObjectName("actions_menu")
        self.more_button.setMenu(more)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(lambda spot: self._acts_menu.popup(self.table.mapToGlobal(spot)))
        self._make_acts(more, self._acts_menu)

    def _make_acts(self, more: QMenu, acts: QMenu) -> None:
        self.add_act(None, "Nouveau prestataire", "Ctrl+N", self.new)
        self.add_act(None, "Enregistrer", "Ctrl+S", self.save)
        self.columns_action = self.add_act(more, "Colonnes…", "Ctrl+Shift+C", self.choose_columns)
        self.export_action = self.add_act(more, "Exporter cette liste…", "Ctrl+Shift+E", self.export)
        self.bin_action = self.add_act(more, "Corbeille…", "Ctrl+Shift+Del", self.show_bin)
        self.paper_action = self.add_act(
            acts, "Enregistrer une charte signée sur papier…", "Ctrl+Shift+P", lambda: self.acts.record_paper()
        )
        self.sign_action = self.add_act(
            acts, "Faire signer la charte…", "Ctrl+Shift+G", lambda: self._sign(self._chosen)
        )
        self.attach_action = self.add_act(acts, "Joindre un fichier…", "Ctrl+J", self._attach)
        acts.addSeparator()
        self.withdraw_action = self.add_act(acts, "Retirer du registre (départ)…", "", lambda: self.acts.withdraw())
        self.remove_action = self.add_act(acts, "Radier du registre (manquement)…", "", lambda: self.acts.remove())
        self.lift_action = self.add_act(acts, "Lever la radiation…", "", lambda: self.acts.lift())
        self.recall_action = self.add_act(acts, "Entreprises qui ont reçu ce nom…", "", lambda: self.acts.recall())
        acts.addSeparator()
        self.delete_action = self.add_act(acts, "Mettre à la corbeille", "Ctrl+Del", self.delete)

    def open(self, database: "Database") -> None:
        """Serve this base from now on."""
        from charte_desktop.store.provider_rows import ProviderRows
        from charte_desktop.ui.providers.provider_filters import provider_offers

        self._rows = ProviderRows(database)
        self._actions = None
        self.chips.offer(provider_offers)
        self.chips.resume(self._kept_filters)
        self._kept_filters = ""
        self.bin.open(database)
        super().open(database)

    @property
    def record(self) -> "ProviderRecord":
        """The provider beside the table."""
        return cast("ProviderRecord", self.panel)

    def make_record(self, database: "Database") -> "ProviderRecord":
        from charte_desktop.ui.providers.provider_record import ProviderRecord

        record = ProviderRecord(database, self.record_pages)
        record.files.changed.connect(self.kept)
        record.changed.connect(self.kept)
        record.sign_asked.connect(self._sign)
        record.charter_asked.connect(self.charter_asked)
        record.paper_asked.connect(self.paper_action.trigger)
        record.actions_button.setMenu(self._acts_menu)
        return record

    # What is shown

    def show_state(self, state: object) -> None:
        """Show the providers of one state; None shows all."""
        from charte_desktop.model.provider_state import ProviderState

        self.chips.clear()
        if isinstance(state, ProviderState):
            self.chips.add(Filter("state", state, state.value, marks.of_state(state)))

    def show_record(self, record_id: str) -> None:
        """Show one provider, whatever is searched and filtered."""
        self.leave_new()
        self.chips.clear()
        super().show_record(record_id)

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

    def holds(self, record_id: str) -> bool:
        assert self._rows is not None
        return self._rows.holds(record_id)

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

    def allow(self, is_known: bool) -> None:
        for action in (
            self.paper_action,
            self.sign_action,
            self.lift_action,
            self.attach_action,
            self.withdraw_action,
            self.remove_action,
            self.recall_action,
            self.delete_action,
        ):
            action.setEnabled(is_known)
        self.record.actions_button.setEnabled(is_known)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the bin; Suppr on a line of the table puts its record into the bin."""
        match event.key():
            case Qt.Key.Key_Escape if self.pages.currentIndex() == BIN:
                self.leave_bin()
            case Qt.Key.Key_Delete if self.table.hasFocus():
                self.delete()
            case _:
                super().keyPressEvent(event)

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

    def save(self) -> None:
        """Save what is typed now; Ctrl+S, for whoever does not trust the automatic one."""
        editor = self.record.editor
        editor.finish() if editor.is_new else editor.save()

    def delete(self) -> None:
        """Put the record beside the table into the bin; Ctrl+Z or the bin takes it back."""
        if not self._chosen or self.database is None:
            return
        from charte_desktop.store.provider_register import ProviderRegister

        self.settle()
        name = self.record.name_label.text()
        ProviderRegister(self.database).delete(self._chosen)
        self._done(f"« {name} » est à la corbeille. Ctrl+Z l'en sort.")

    def _attach(self) -> None:
        self.record.parts.setCurrentWidget(self.record.files_page)
        self.record.files.ask_file()

    def _sign(self, provider_id: str) -> None:
        self.settle()
        self.sign_asked.emit(provider_id)

    @property
    def provider_shown(self) -> str:
        """The provider beside the table; empty when there is none."""
        return self._chosen

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

    # As it was left

    def keep(self, settings: QSettings) -> None:
        super().keep(settings)
        settings.setValue("filters", self.chips.kept())

    def resume(self, settings: QSettings) -> None:
        super().resume(settings)
        self._kept_filters = str(settings.value("filters", "", type=str))
