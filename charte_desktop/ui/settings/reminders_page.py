"""After how long somebody is reminded of a company."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSpinBox

from charte_desktop.errors import UserError
from charte_desktop.ui.settings.settings_page import SettingsPage

if TYPE_CHECKING:
    from charte_desktop.model.follow_up import ReminderRule

_LONGEST_DAYS, _LONGEST_MONTHS = 365, 60


class RemindersPage(SettingsPage):
    """Three delays in days, and the follow-up in months."""

    first: QSpinBox
    second: QSpinBox
    third: QSpinBox
    months: QSpinBox
    until: QSpinBox

    TITLE = "Relances"
    FORM = "reminders_page"

    def fill(self) -> None:
        from charte_desktop.store.office_rules import reminder_rule

        rule = self._rule = reminder_rule(self.database)
        for box, value, most, unit in (
            (self.first, rule.first, _LONGEST_DAYS, " jours"),
            (self.second, rule.second, _LONGEST_DAYS, " jours"),
            (self.third, rule.third, _LONGEST_DAYS, " jours"),
            (self.months, rule.follow_up_months, _LONGEST_MONTHS, " mois"),
            (self.until, rule.follow_up_until, _LONGEST_MONTHS, " mois"),
        ):
            box.setRange(1, most)
            box.setSuffix(unit)
            box.setValue(value)

    def check(self) -> None:
        self._typed()

    def save(self) -> list[str]:
        from charte_desktop.store.office_rules import set_reminder_rule

        rule = self._typed()
        if rule == self._rule:
            return []
        set_reminder_rule(self.database, rule)
        return [f"relances à {rule.first}, {rule.second} et {rule.third} jours"]

    def _typed(self) -> "ReminderRule":
        from charte_desktop.model.follow_up import ReminderRule

        try:
            return ReminderRule(
                self.first.value(), self.second.value(), self.third.value(), self.months.value(), self.until.value()
            )
        except UserError:
            self.first.setFocus()
            raise
