"""The tab Prestataires: find a provider, edit its record in place, begin a new one, take one back from the bin."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from charte_desktop.ui import marks
from charte_desktop.ui.filter_chips import Filter, Offer
from charte_desktop.ui.filtered_tab import FilteredTab
from charte_desktop.ui.record_table import Column

if TYPE_CHECKING:
    from charte_desktop.store.database import Database
    from charte_desktop.store.provider_rows import ProviderRow, ProviderRows
    from charte_desktop.ui.bin_page import Bin
    from charte_desktop.ui.providers.provider_actions import ProviderActions
    from charte_desktop.ui.providers.provider_record import ProviderRecord


class ProvidersTab(FilteredTab["ProviderRow"]):
    """The register of providers as a searchable table, the record beside it."""

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
    TITLE = "Prestataires"
    COUNTED = ("prestataire", "prestataires")

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: ProviderRows | None = None
        self._actions: ProviderActions | None = None
        self.drafts_button.setShortcut("Ctrl+Shift+R")
        self._make_acts()

    def _make_acts(self) -> None:
        self.add_act(None, "Nouveau prestataire", "Ctrl+N", self.new)
        self.add_act(None, "Enregistrer", "Ctrl+S", self.save)
        self.paper_action = self.record_act(
            "Enregistrer une charte signée sur papier…", "Ctrl+Shift+P", lambda: self.acts.record_paper()
        )
        self.sign_action = self.record_act("Faire signer la charte…", "Ctrl+Shift+G", lambda: self._sign(self._chosen))
        self.attach_action = self.record_act("Joindre un fichier…", "Ctrl+J", self._attach)
        self.acts_menu.addSeparator()
        self.withdraw_action = self.record_act("Retirer du registre (départ)…", "", lambda: self.acts.withdraw())
        self.remove_action = self.record_act("Radier du registre (manquement)…", "", lambda: self.acts.remove())
        self.lift_action = self.record_act("Lever la radiation…", "", lambda: self.acts.lift())
        self.recall_action = self.record_act("Entreprises qui ont reçu ce nom…", "", lambda: self.acts.recall())
        self.acts_menu.addSeparator()
        self.delete_action = self.record_act("Mettre à la corbeille", "Ctrl+Del", self.delete)

    def open(self, database: "Database") -> None:
        """Serve this base from now on."""
        from charte_desktop.store.provider_rows import ProviderRows

        self._rows = ProviderRows(database)
        self._actions = None
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
        record.actions_button.setMenu(self.acts_menu)
        return record

    # What is shown

    def show_state(self, state: object) -> None:
        """Show the providers of one state; None shows all."""
        from charte_desktop.model.provider_state import ProviderState

        self.chips.clear()
        if isinstance(state, ProviderState):
            self.chips.add(Filter("state", state, state.value, marks.of_state(state)))

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

    def allow(self, is_known: bool) -> None:
        super().allow(is_known)
        self.record.actions_button.setEnabled(is_known)

    def offers(self) -> Sequence[Offer]:
        from charte_desktop.ui.providers.provider_filters import provider_offers

        return provider_offers()

    def bin_of(self, database: "Database") -> "Bin":
        from charte_desktop.store.provider_register import ProviderRegister

        return ProviderRegister(database)

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

    def came_back(self, record_id: str, name: str) -> None:
        self.changed.emit()
        self.said.emit(f"« {name} » est de nouveau dans le registre.")
