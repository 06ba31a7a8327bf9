"""A line of Aujourd'hui put off: until when, and why."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QPushButton, QWidget

from charte_desktop.model.follow_up import months_after
from charte_desktop.ui.date_field import DateField
from charte_desktop.ui.forms import load_form
from charte_desktop.ui.messages import sentence_in

if TYPE_CHECKING:
    from charte_desktop.model.calendar import WorkingCalendar


class SnoozeDialog(QDialog):
    """Asks; `carry_out` puts off. A refusal is said here and what is typed stays."""

    intro: QLabel
    day: DateField
    week_button: QPushButton
    weeks_button: QPushButton
    month_button: QPushButton
    hint: QLabel
    reason: QLineEdit
    sentence: QLabel
    buttons: QDialogButtonBox

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        today: Callable[[], date],
        calendar: "WorkingCalendar",
        carry_out: Callable[[date, str], None],
    ) -> None:
        super().__init__(parent)
        load_form(self, "snooze_dialog", DateField)
        self._today, self._calendar, self._carry_out = today, calendar, carry_out
        self.intro.setText(f"« {title} » reviendra ce jour-là, avec votre motif.")
        self.day.serve(today, calendar)
        for button, months, days in ((self.week_button, 0, 7), (self.weeks_button, 0, 14), (self.month_button, 1, 0)):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, months=months, days=days: self._plan(months, days))
        self.day.left.connect(lambda: self.hint.setText(self.day.hint()))
        self.day.stepped.connect(self.reason.setFocus)
        self.buttons.button(QDialogButtonBox.StandardButton.Save).setText("Reporter")
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("Annuler")
        self.buttons.accepted.connect(self._save)
        self.buttons.rejected.connect(self.reject)
        self._plan(0, 7)
        self.reason.setFocus()

    def _plan(self, months: int, days: int) -> None:
        day = months_after(self._today(), months) + timedelta(days=days)
        self.day.show_day(self._calendar.on_or_after(day))
        self.hint.setText(self.day.hint())
        self.reason.setFocus()

    def _save(self) -> None:
        with sentence_in(self.sentence):
            day = self.day.wanted("Écrivez le jour où la ligne doit revenir : jj/mm/aaaa.")
            self._carry_out(day, self.reason.text())
            self.accept()
