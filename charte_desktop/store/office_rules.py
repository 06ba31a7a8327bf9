"""The rules that an office sets for itself: after how long somebody is reminded, which days are worked."""

from charte_desktop.model.calendar import WorkingCalendar, calendar_from
from charte_desktop.model.follow_up import ReminderRule, reminder_rule_from
from charte_desktop.store.database import Database

_REMINDERS, _CALENDAR = "reminders", "working_calendar"
"""The settings that keep them."""


def reminder_rule(database: Database) -> ReminderRule:
    """After how long somebody is reminded here; the usual rule without a setting."""
    return reminder_rule_from(database.setting(_REMINDERS))


def set_reminder_rule(database: Database, rule: ReminderRule) -> None:
    """Remind by this rule from now on."""
    database.set_setting(_REMINDERS, rule.as_text(), "Changer les délais de relance")


def working_calendar(database: Database) -> WorkingCalendar:
    """The days that this office works; without a setting, every weekday that is no holiday of the island."""
    return calendar_from(database.setting(_CALENDAR))


def set_working_calendar(database: Database, calendar: WorkingCalendar) -> None:
    """Work these days from now on."""
    database.set_setting(_CALENDAR, calendar.as_text(), "Changer les jours travaillés")
