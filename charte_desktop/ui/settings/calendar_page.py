"""On which days this office works: its closures, and the holidays on which it works all the same."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
)

from charte_desktop.ui.date_field import DateField
from charte_desktop.ui.settings.settings_page import SettingsPage

if TYPE_CHECKING:
    from charte_desktop.model.calendar import Closure, WorkingCalendar

_COLUMNS = 2


class CalendarPage(SettingsPage):
    """Closures of the office, and worked holidays."""

    closures: QListWidget
    closed_first: DateField
    closed_last: DateField
    closed_reason: QLineEdit
    add_button: QPushButton
    drop_button: QPushButton
    worked_area: QScrollArea
    worked: QGridLayout

    TITLE = "Jours travaillés"
    FORM = "calendar_page"
    PROMOTED = (DateField,)

    def fill(self) -> None:
        from charte_desktop.model.calendar import HOLIDAYS
        from charte_desktop.store.office_rules import working_calendar

        self._calendar = working_calendar(self.database)
        self._closures: list[Closure] = list(self._calendar.closures)
        self._boxes: dict[str, QCheckBox] = {}
        for number, words in enumerate(HOLIDAYS):
            box = QCheckBox(words, self)
            box.setChecked(words in self._calendar.worked)
            self.worked.addWidget(box, number // _COLUMNS, number % _COLUMNS)
            self._boxes[words] = box
        self.worked_area.viewport().setAutoFillBackground(False)
        inner = self.worked_area.widget()
        assert inner is not None
        inner.setAutoFillBackground(False)
        for field in (self.closed_first, self.closed_last):
            field.serve(self.database.today)
        self.closed_first.left.connect(self._propose_last)
        for field, following in ((self.closed_first, self.closed_last), (self.closed_last, self.closed_reason)):
            field.stepped.connect(partial(following.setFocus, Qt.FocusReason.TabFocusReason))
        self.closed_reason.returnPressed.connect(self.add)
        self.add_button.clicked.connect(self.add)
        self.drop_button.clicked.connect(self.drop)
        self._show_closures()

    def add(self) -> None:
        """Take the closure that is typed into the list."""
        from charte_desktop.model.calendar import Closure

        first = self.closed_first.wanted("Écrivez le premier jour de fermeture : jj/mm/aaaa.")
        last = self.closed_last.day() or first
        self._closures.append(Closure(first, last, " ".join(self.closed_reason.text().split())))
        self._closures.sort(key=lambda one: one.first)
        for field in (self.closed_first, self.closed_last, self.closed_reason):
            field.clear()
        self._show_closures()
        self.closed_first.setFocus(Qt.FocusReason.OtherFocusReason)

    def drop(self) -> None:
        """Take the chosen closure off the list."""
        row = self.closures.currentRow()
        if 0 <= row < len(self._closures):
            del self._closures[row]
            self._show_closures()

    def check(self) -> None:
        if self.closed_first.text().strip():
            self.add()

    def save(self) -> list[str]:
        from charte_desktop.store.office_rules import set_working_calendar

        calendar = self._typed()
        if calendar == self._calendar:
            return []
        set_working_calendar(self.database, calendar)
        return ["jours travaillés"]

    def _typed(self) -> "WorkingCalendar":
        from charte_desktop.model.calendar import WorkingCalendar

        worked = frozenset(words for words, box in self._boxes.items() if box.isChecked())
        return WorkingCalendar(tuple(self._closures), worked)

    def _propose_last(self) -> None:
        day = self.closed_first.reading().value
        if day is not None and not self.closed_last.text():
            self.closed_last.show_day(day)

    def _show_closures(self) -> None:
        self.closures.clear()
        for one in self._closures:
            days = f"le {one.first:%d/%m/%Y}"
            if one.last != one.first:
                days = f"du {one.first:%d/%m/%Y} au {one.last:%d/%m/%Y}"
            self.closures.addItem(QListWidgetItem(f"{days}{f' : {one.reason}' if one.reason else ''}"))
        self.drop_button.setEnabled(bool(self._closures))
        if self._closures:
            self.closures.setCurrentRow(0)
