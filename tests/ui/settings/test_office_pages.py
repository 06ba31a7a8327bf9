"""Settings of the office: delays of reminders, days that are worked, the questionnaire of diagnostics."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from charte_desktop.errors import UserError
from charte_desktop.model.follow_up import ReminderRule
from charte_desktop.model.questionnaire_file import shipped
from charte_desktop.store.database import Database
from charte_desktop.store.diagnostics import Diagnostics
from charte_desktop.store.office_rules import reminder_rule, working_calendar
from charte_desktop.ui.main_window import MainWindow
from charte_desktop.ui.settings.calendar_page import CalendarPage
from charte_desktop.ui.settings.questionnaire_page import QuestionnairePage
from charte_desktop.ui.settings.reminders_page import RemindersPage
from charte_desktop.ui.settings.settings_dialog import SettingsDialog
from tests.key_store import KeyStore
from tests.store.questionnaires import OTHER_QUESTIONNAIRE

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def dialog(window: MainWindow, database: Database, system_key_store: KeyStore) -> SettingsDialog:
    window.use(database)
    window.settings_action.trigger()
    found = window.findChild(SettingsDialog)
    assert found is not None
    return found


def test_delays_are_changed_and_refused_when_they_do_not_grow(
    qtbot: QtBot, dialog: SettingsDialog, database: Database
) -> None:
    page = dialog.page(RemindersPage)
    assert isinstance(page, RemindersPage)
    assert (page.first.value(), page.second.value(), page.third.value()) == (9, 21, 45)
    page.first.setValue(30)
    qtbot.mouseClick(dialog.save_button, LEFT)
    assert "vont en augmentant" in dialog.message.text()
    assert reminder_rule(database) == ReminderRule()
    page.first.setValue(5)
    qtbot.mouseClick(dialog.save_button, LEFT)
    assert reminder_rule(database).first == 5


def test_closures_and_worked_holidays_are_kept(qtbot: QtBot, dialog: SettingsDialog, database: Database) -> None:
    page = dialog.page(CalendarPage)
    assert isinstance(page, CalendarPage)
    page.closed_first.setText("21/12/2026")
    page.closed_last.setText("31/12/2026")
    page.closed_reason.setText("Fermeture de fin d'année")
    qtbot.mouseClick(page.add_button, LEFT)
    assert page.closures.item(0).text() == "du 21/12/2026 au 31/12/2026 : Fermeture de fin d'année"
    page.closed_first.setText("12/11/2026")  # typed and not added: saving takes it too
    page.closed_last.setText("11/11/2026")
    with pytest.raises(UserError, match="finirait avant de commencer"):
        page.add()
    page.closed_last.clear()
    page._boxes["Armistice de 1918"].setChecked(True)
    qtbot.mouseClick(dialog.save_button, LEFT)
    calendar = working_calendar(database)
    assert [one.first for one in calendar.closures] == [date(2026, 11, 12), date(2026, 12, 21)]
    assert calendar.is_working(date(2026, 11, 11))
    assert not calendar.is_working(date(2026, 11, 12))
    assert "Abolition" in calendar.why_closed(date(2027, 12, 20)), "La Réunion's own holiday"


def test_another_questionnaire_is_loaded_and_the_shipped_one_taken_up_again(
    qtbot: QtBot, dialog: SettingsDialog, window: MainWindow, database: Database, tmp_path: Path
) -> None:
    page = dialog.page(QuestionnairePage)
    assert isinstance(page, QuestionnairePage)
    assert "n'est pas celui de la CCI" in page.unofficial.text()
    page.write(tmp_path / "q.toml")
    assert (tmp_path / "q.toml").read_text(encoding="utf-8").startswith("# Le questionnaire de diagnostic")
    (tmp_path / "faux.toml").write_text("titre = 3", encoding="utf-8")
    page.load(tmp_path / "faux.toml")
    assert page.sentence.text()
    assert page.current.text() == shipped().title
    (tmp_path / "cci.toml").write_text(OTHER_QUESTIONNAIRE, encoding="utf-8")
    page.load(tmp_path / "cci.toml")
    assert page.current.text() == "Questionnaire de la CCI"
    assert page.waiting.isVisibleTo(page)
    assert Diagnostics(database).current().id == shipped().id, "nothing is asked before it is saved"
    qtbot.mouseClick(dialog.save_button, LEFT)
    assert Diagnostics(database).current().title == "Questionnaire de la CCI"

    window.settings_action.trigger()
    again = window.findChildren(SettingsDialog)[-1]
    page = again.page(QuestionnairePage)
    assert isinstance(page, QuestionnairePage)
    qtbot.mouseClick(page.shipped_button, LEFT)
    qtbot.mouseClick(again.save_button, LEFT)
    assert Diagnostics(database).current().id == shipped().id
