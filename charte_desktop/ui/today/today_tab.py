"""The tab Aujourd'hui: what waits, how the register stands, what was done; each one click from where it is settled."""

from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from charte_desktop.store.project_drafts import FORMS
from charte_desktop.ui import icons, messages
from charte_desktop.ui.charts.family_bars import FamilyBars
from charte_desktop.ui.charts.island_map import IslandMap
from charte_desktop.ui.charts.month_bars import MonthBars
from charte_desktop.ui.forms import load_form
from charte_desktop.ui.sheets.places import Places
from charte_desktop.ui.today.basket_table import BasketTable
from charte_desktop.ui.today.draft_button import DraftButton
from charte_desktop.ui.today.state_count import StateCount
from charte_desktop.ui.today.waiting_table import WaitingTable

if TYPE_CHECKING:
    from datetime import date

    from charte_desktop.model.activity import Period
    from charte_desktop.model.provider_state import ProviderState
    from charte_desktop.store.database import Database
    from charte_desktop.store.reminders import Reminders
    from charte_desktop.store.waiting_words import Basket, Waiting
    from charte_desktop.ui.today.snooze_dialog import SnoozeDialog

COUNTS, EMPTY = 0, 1
RESUMED = {
    "provider": "prestataire",
    "company": "entreprise",
    "accompaniment": "accompagnement",
    "visit": "accompagnement à corriger",
    "summary": "restitution",
    "exchange": "échange",
    "workshop": "atelier",
    "participant": "inscription à un atelier",
    **FORMS,
}
"""The forms that are taken up again from here, and what each is of."""
_MOST_DRAFTS = 3
_STATES_ACROSS = 2


class TodayTab(QWidget):
    """Baskets and their lines, drafts, backup; counts by state; charts of a period, and the report of any."""

    places: Places
    day: QLabel
    closed: QLabel
    report_button: QPushButton
    pages: QStackedWidget
    waiting_text: QLabel
    baskets: BasketTable
    empty_baskets: QLabel
    basket_title: QLabel
    basket_advice: QLabel
    lines: WaitingTable
    nothing: QLabel
    lines_count: QLabel
    open_button: QPushButton
    put_off_button: QPushButton
    states: QGridLayout
    incomplete_button: QPushButton
    drafts_text: QLabel
    drafts: QVBoxLayout
    companies_text: QLabel
    backup_text: QLabel
    backup_button: QPushButton
    period: QComboBox
    charts_text: QLabel
    months: MonthBars
    families: FamilyBars
    island: IslandMap
    import_button: QPushButton
    empty_icon: QLabel

    state_asked = Signal(object)
    draft_asked = Signal(str, str)
    """The kind of a form left half-way, and its record."""
    open_asked = Signal(str, str, str)
    """Where a line opens, the record that opens there, and what the line is about."""
    companies_asked = Signal(str, str)
    """The companies of a commune or a family, by what is asked and its name."""
    import_asked = Signal()
    backup_asked = Signal()
    changed = Signal()
    """The base was changed here; this tab shows it already."""
    said = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form(self, "today_tab", Places, BasketTable, WaitingTable, MonthBars, FamilyBars, IslandMap)
        self._database: Database | None = None
        self._counts: dict[str, StateCount] = {}
        self._baskets: list[Basket] = []
        self._kept_basket = ""
        self._kept_period = ""
        self.dialog: SnoozeDialog | None = None
        self._counting = QTimer(self)
        self._counting.setSingleShot(True)
        self._counting.timeout.connect(self._count)
        self._has_counted = False
        self.empty_icon.setPixmap(icons.icon("users", "muted").pixmap(48, 48))
        for button, name, token in (
            (self.import_button, "file-input", "on_primary"),
            (self.backup_button, "database-backup", "ink"),
            (self.report_button, "chart-column", "ink"),
            (self.open_button, "eye", "ink"),
            (self.put_off_button, "alarm-clock", "ink"),
        ):
            button.setIcon(icons.icon(name, token))
            button.setIconSize(icons.BESIDE_WORDS)
        self._connect()
        self.pages.hide()

    def _connect(self) -> None:
        self.import_button.clicked.connect(self.import_asked)
        self.backup_button.clicked.connect(self.backup_asked)
        self.incomplete_button.clicked.connect(self._ask_incomplete)
        self.baskets.chosen.connect(lambda _: self._show_basket())
        self.baskets.opened.connect(lambda _: self.lines.setFocus(Qt.FocusReason.OtherFocusReason))
        self.lines.open_asked.connect(self._open)
        self.lines.act_asked.connect(self._act)
        self.open_button.clicked.connect(lambda: self._open(self.lines.line()))
        self.put_off_button.clicked.connect(lambda: self._act(self.lines.line()))
        self.report_button.clicked.connect(self.show_report)
        self.period.activated.connect(lambda _: self._show_charts())
        self.months.asked.connect(self._report_month)
        self.families.asked.connect(lambda name: self.companies_asked.emit("family", name))
        self.island.asked.connect(lambda name: self.companies_asked.emit("commune", name))
        self.places.said.connect(self.said)
        for keys, button in (("Ctrl+P", self.report_button), ("Ctrl+R", self.put_off_button)):
            page = self.places.widget(0)
            assert page is not None
            shortcut = QShortcut(QKeySequence(keys), page, button.click)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def open(self, database: "Database") -> None:
        """Serve this base from now on."""
        self.places.leave_all()
        self._database = database
        self._has_counted = False
        self._offer_periods(database.today())

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

    @property
    def has_counted(self) -> bool:
        """True once everything is shown."""
        return self._has_counted

    def _count(self) -> None:
        if self._database is None or not self.isEnabled():  # the window left the base meanwhile
            return
        from charte_desktop.store.company_rows import CompanyRows
        from charte_desktop.store.office_rules import working_calendar
        from charte_desktop.store.provider_rows import ProviderRows
        from charte_desktop.ui import status

        database = self._database
        counts = ProviderRows(database).counts_by_state()
        companies = CompanyRows(database).count()
        self._has_counted = True
        self.pages.show()
        self.pages.setCurrentIndex(COUNTS if sum(counts.values()) or companies else EMPTY)
        why = working_calendar(database).why_closed(database.today())
        self.closed.setText(f"c'est {why} : rien de nouveau n'est à faire aujourd'hui" if why else "")
        self._show_states(counts)
        self.companies_text.setText(f"{companies} entreprise{'s' if companies > 1 else ''} dans la base")
        self.backup_text.setText(status.backed_up(database))
        self._show_baskets()
        self._show_drafts(database)
        self._show_charts()

    # What waits

    @property
    def _reminders(self) -> "Reminders":
        from charte_desktop.store.reminders import Reminders

        assert self._database is not None
        return Reminders(self._database)

    def _show_baskets(self) -> None:
        self._baskets = self._reminders.baskets()
        full = [one for one in self._baskets if one.entries]
        self.baskets.show_baskets(full)
        if self._kept_basket:
            kept, self._kept_basket = self._kept_basket, ""
            if any(one.key == kept for one in full):
                self.baskets.choose(kept)
        self.baskets.setVisible(bool(full))
        self.waiting_text.setVisible(not full)
        self.waiting_text.setText("Rien n'attend : tout est à jour.")
        empty = [one.title for one in self._baskets if not one.entries]
        several = "s" if len(empty) > 1 else ""
        self.empty_baskets.setText(
            f"{len(empty)} autre{several} panier{several} vide{several}" if empty and full else ""
        )
        self.empty_baskets.setToolTip("\n".join(empty))
        self.empty_baskets.setAccessibleDescription(", ".join(empty))
        self._show_basket()

    def _show_basket(self) -> None:
        basket = self.baskets.basket
        self.basket_title.setText(basket.title if basket is not None else "")
        self.basket_advice.setText(basket.advice if basket is not None else "")
        self.nothing.setVisible(basket is None)
        self.nothing.setText("Les rappels viendront ici, chacun à un clic de sa fiche.")
        self.lines.setVisible(basket is not None)
        for button in (self.open_button, self.put_off_button):
            button.setVisible(basket is not None)
        if basket is None:
            self.lines_count.clear()
            return
        chosen, reminders = basket, self._reminders
        self.lines.show_lines(
            lambda limit, offset: reminders.lines(chosen, limit, offset),
            "Reprendre" if self._is_put_off else "Reporter…",
        )
        self.put_off_button.setText("Reprendre" if self._is_put_off else "Reporter…")
        count = len(basket.entries)
        self.lines_count.setText(f"{count} ligne{'s' if count > 1 else ''}")

    @property
    def _is_put_off(self) -> bool:
        from charte_desktop.store.reminders import PUT_OFF

        return self.baskets.key == PUT_OFF

    def _open(self, line: "Waiting | None") -> None:
        if line is not None:
            self.open_asked.emit(line.kind, line.opens, line.record_id)

    def _act(self, line: "Waiting | None") -> None:
        """Put a line off, or bring one back that was."""
        if line is None:
            return
        if self._is_put_off:
            self._reminders.bring_back(line.record_id)
            self._after_change(f"« {line.title} » attend de nouveau aujourd'hui.")
        else:
            self._ask_put_off(line)

    def _ask_put_off(self, line: "Waiting") -> None:
        from charte_desktop.store.office_rules import working_calendar
        from charte_desktop.ui.today.snooze_dialog import SnoozeDialog

        assert self._database is not None
        key = self.baskets.key

        def put_off(until: "date", reason: str) -> None:
            self._reminders.put_off(key, line.record_id, until, reason)
            self._after_change(f"« {line.title} » reviendra le {until:%d/%m/%Y}. Ctrl+Z le remet aujourd'hui.")

        dialog = SnoozeDialog(self, line.title, self._database.today, working_calendar(self._database), put_off)
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

    def _after_change(self, sentence: str) -> None:
        self._show_baskets()
        self.changed.emit()
        self.said.emit(messages.DONE, sentence)

    # Drafts

    def _show_drafts(self, database: "Database") -> None:
        from charte_desktop.store.drafts import Drafts

        waiting = [draft for draft in Drafts(database).all() if _resumed_as(draft.kind)]
        for before in self.draft_buttons():
            self.drafts.removeWidget(before)
            before.hide()
            before.deleteLater()
        for draft in waiting[:_MOST_DRAFTS]:
            button = DraftButton(draft.title, _resumed_as(draft.kind), self)
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

    # Charts and report

    def _offer_periods(self, today: "date") -> None:
        from charte_desktop.ui.today.periods import periods

        self.period.clear()
        for words, period in periods(today):
            self.period.addItem(words, period)
        self.period.setCurrentIndex(max(self.period.findText(self._kept_period), 0))

    def chosen_period(self) -> "Period":
        """The period that the charts show."""
        return cast("Period", self.period.currentData())

    def _show_charts(self) -> None:
        from charte_desktop.store.activity import ActivityCounts

        assert self._database is not None
        activity = ActivityCounts(self._database).charts(self.chosen_period())
        total = activity.total
        self.charts_text.setText(f"{total} accompagnement{'s' if total > 1 else ''}")
        for chart in (self.months, self.families, self.island):
            chart.show_activity(activity)

    def show_report(self) -> None:
        """Show the activity report of the period in hand; any other can be asked there."""
        self._show_report(self.chosen_period())

    def _report_month(self, words: str) -> None:
        from charte_desktop.ui.today.periods import month_of

        period = self.chosen_period()
        number = next((one for one in range(len(period.months)) if period.month_words(one) == words), -1)
        if number >= 0:
            self._show_report(month_of(period, number))

    def _show_report(self, period: "Period") -> None:
        from charte_desktop.ui.today.report_page import ReportPage

        assert self._database is not None
        self.places.open_page(ReportPage(self._database, period))

    # The rest

    def focus_search(self) -> None:
        """There is nothing to search here: the baskets take the keyboard."""
        first = self.baskets if self.baskets.isVisible() else self.backup_button
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keep(self, settings: QSettings) -> None:
        """Leave the report, and write down which basket and which period were in hand."""
        self.places.leave_all()
        settings.setValue("basket", self.baskets.key)
        settings.setValue("period", self.period.currentText())

    def resume(self, settings: QSettings) -> None:
        """Stand as last written down."""
        self._kept_basket = str(settings.value("basket", "", type=str))
        self._kept_period = str(settings.value("period", "", type=str))

    def counted(self) -> dict[str, str]:
        """The counts shown, by the word of their state."""
        return {shown.word.text(): shown.number.text() for shown in self._counts.values()}

    def _ask_incomplete(self) -> None:
        from charte_desktop.model.provider_state import ProviderState

        self.state_asked.emit(ProviderState.INCOMPLETE)

    def _show_states(self, counts: "dict[ProviderState, int]") -> None:
        from charte_desktop.model.provider_state import ProviderState

        largest = max([*counts.values(), 1])
        for place, (state, count) in enumerate(counts.items()):
            if state.name not in self._counts:
                shown = StateCount(state, self)
                shown.word.clicked.connect(partial(self.state_asked.emit, state))
                line, across = divmod(place, _STATES_ACROSS)
                for column, widget in enumerate((shown.word, shown.number, shown.bar)):
                    self.states.addWidget(widget, line, 4 * across + column)
                self.states.setColumnStretch(4 * across + 2, 1)
                self.states.setColumnMinimumWidth(3, 20)
                self._counts[state.name] = shown
            self._counts[state.name].show_count(count, count / largest)
        incomplete = counts[ProviderState.INCOMPLETE]
        several = "s" if incomplete > 1 else ""
        self.incomplete_button.setText(f"{incomplete} fiche{several} de prestataire{several} à compléter")
        self.incomplete_button.setVisible(bool(incomplete))


def _resumed_as(kind: str) -> str:
    """What a form that is taken up again from here is of; empty for one that is not."""
    from charte_desktop.store.project_drafts import is_of_project

    return RESUMED.get(kind, "projet" if is_of_project(kind) else "")
