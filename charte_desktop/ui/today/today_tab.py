"""The tab Aujourd'hui: what waits, and how the register stands."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from charte_desktop.ui import icons
from charte_desktop.ui.forms import load_form
from charte_desktop.ui.today.state_count import StateCount

if TYPE_CHECKING:
    from charte_desktop.model.provider_state import ProviderState
    from charte_desktop.store.database import Database

COUNTS, EMPTY = 0, 1
_RESUMED = {"provider": "prestataire", "company": "entreprise", "accompaniment": "accompagnement"}
"""The forms that are taken up again from here, and what each is of."""
_MOST_DRAFTS = 4


class TodayTab(QWidget):
    """Counts by state, what is to complete, the last backup; each is one click from where it is settled."""

    day: QLabel
    pages: QStackedWidget
    states: QGridLayout
    incomplete_button: QPushButton
    waiting_text: QLabel
    drafts_text: QLabel
    drafts: QVBoxLayout
    companies_text: QLabel
    backup_text: QLabel
    backup_button: QPushButton
    import_button: QPushButton
    empty_icon: QLabel

    state_asked = Signal(object)
    draft_asked = Signal(str, str)
    """The kind of a form left half-way, and its record."""
    import_asked = Signal()
    backup_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form(self, "today_tab")
        self._database: Database | None = None
        self._counts: dict[str, StateCount] = {}
        self._counting = QTimer(self)
        self._counting.setSingleShot(True)
        self._counting.timeout.connect(self._count)
        self._has_counted = False
        self.empty_icon.setPixmap(icons.icon("users", "muted").pixmap(48, 48))
        self.import_button.setIcon(icons.icon("file-input", "on_primary"))
        self.backup_button.setIcon(icons.icon("database-backup"))
        for button in (self.import_button, self.backup_button):
            button.setIconSize(icons.BESIDE_WORDS)
        self.import_button.clicked.connect(self.import_asked)
        self.backup_button.clicked.connect(self.backup_asked)
        self.incomplete_button.clicked.connect(self._ask_incomplete)
        self.pages.hide()

    def open(self, database: "Database") -> None:
        """Serve this base from now on."""
        self._database = database
        self._has_counted = False

    def reload(self) -> None:
        """Count again. The first count reads the whole register: the window is painted before it."""
        if self._database is None:
            return
        from charte_desktop.ui import status

        self.day.setText(status.long_day(self._database.today()))
        if self._has_counted:
            self._count()
        else:
            self._counting.start(0)

    def _count(self) -> None:
        if self._database is None or not self.isEnabled():  # the window left the base meanwhile
            return
        from charte_desktop.model.provider_state import ProviderState
        from charte_desktop.store.company_records import CompanyRecords
        from charte_desktop.store.provider_register import ProviderRegister
        from charte_desktop.ui import status

        counts = ProviderRegister(self._database).counts_by_state()
        self._has_counted = True
        self.pages.show()
        self.pages.setCurrentIndex(COUNTS if sum(counts.values()) else EMPTY)
        self._show_states(counts)
        incomplete = counts[ProviderState.INCOMPLETE]
        several = "s" if incomplete > 1 else ""
        self.waiting_text.setText("" if incomplete else "Aucune fiche à compléter.")
        self.waiting_text.setVisible(not incomplete)
        self.incomplete_button.setText(f"{incomplete} fiche{several} de prestataire{several} à compléter")
        self.incomplete_button.setVisible(bool(incomplete))
        companies = CompanyRecords(self._database).count()
        self.companies_text.setText(
            f"{companies} entreprise{'s' if companies > 1 else ''} dans la base"
            if companies
            else "Aucune pour l'instant."
        )
        self.backup_text.setText(status.backed_up(self._database))
        self._show_drafts(self._database)

    def _show_drafts(self, database: "Database") -> None:
        from charte_desktop.store.drafts import Drafts

        waiting = [draft for draft in Drafts(database).all() if draft.kind in _RESUMED]
        for before in self.draft_buttons():
            self.drafts.removeWidget(before)
            before.hide()
            before.deleteLater()
        for draft in waiting[:_MOST_DRAFTS]:
            button = QPushButton(f"Reprendre « {draft.title} » ({_RESUMED[draft.kind]})", self)
            button.setProperty("kind", "link")
            button.clicked.connect(partial(self.draft_asked.emit, draft.kind, draft.record_id))
            self.drafts.addWidget(button)
        more = len(waiting) - _MOST_DRAFTS
        several = "s" if more > 1 else ""
        self.drafts_text.setText(
            f"et {more} autre{several} brouillon{several}" if more > 0 else "Aucun brouillon à terminer."
        )
        self.drafts_text.setVisible(more > 0 or not waiting)

    def draft_buttons(self) -> list[QPushButton]:
        """What takes up a form again, the latest first."""
        widgets = (item.widget() for place in range(self.drafts.count()) if (item := self.drafts.itemAt(place)))
        return [one for one in widgets if isinstance(one, QPushButton)]

    def focus_search(self) -> None:
        """There is nothing to search here: the first action takes the keyboard."""
        self.backup_button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keep(self, settings: QSettings) -> None:
        """Nothing to write down."""

    def resume(self, settings: QSettings) -> None:
        """Nothing was written down."""

    def counted(self) -> dict[str, str]:
        """The counts shown, by the word of their state."""
        return {shown.word.text(): shown.number.text() for shown in self._counts.values()}

    def _ask_incomplete(self) -> None:
        from charte_desktop.model.provider_state import ProviderState

        self.state_asked.emit(ProviderState.INCOMPLETE)

    def _show_states(self, counts: "dict[ProviderState, int]") -> None:
        largest = max([*counts.values(), 1])
        for line, (state, count) in enumerate(counts.items()):
            if state.name not in self._counts:
                shown = StateCount(state, self)
                shown.word.clicked.connect(partial(self.state_asked.emit, state))
                for column, widget in enumerate((shown.word, shown.number, shown.bar)):
                    self.states.addWidget(widget, line, column)
                self.states.setColumnMinimumWidth(1, 48)
                self.states.setColumnStretch(2, 1)
                self._counts[state.name] = shown
            self._counts[state.name].show_count(count, count / largest)
