"""After how long a project counts as silent or a notice as late, and which days the office is closed."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPlainTextEdit, QSpinBox

from charte_desktop.ui.settings.settings_page import SettingsPage

if TYPE_CHECKING:
    from charte_desktop.model.working_days import Closure


class ProjectsPage(SettingsPage):
    """Numbers of days, and closures as people write them, a line each."""

    silence_days: QSpinBox
    notice_days: QSpinBox
    call_days: QSpinBox
    price_notice_days: QSpinBox
    closures: QPlainTextEdit

    TITLE = "Projets"
    FORM = "projects_page"

    def fill(self) -> None:
        from charte_desktop.model.working_days import show_closures
        from charte_desktop.store.project_store import RULE_SETTINGS, ProjectStore, closures_of

        rules = ProjectStore(self.database).rules
        self._boxes = {
            "silence_days": (self.silence_days, "silence d'un projet"),
            "notice_days": (self.notice_days, "délai des avis"),
            "call_days": (self.call_days, "rappel du contact après livraison"),
            "price_notice_days": (self.price_notice_days, "annonce des prix"),
        }
        assert self._boxes.keys() == RULE_SETTINGS.keys()
        self._before = {name: getattr(rules, name) for name in self._boxes}
        for name, (box, _) in self._boxes.items():
            box.setValue(self._before[name])
        self._closed = show_closures(closures_of(self.database))
        self.closures.setPlainText(self._closed)

    def check(self) -> None:
        self._read()

    def _read(self) -> "list[Closure]":
        from charte_desktop.model.working_days import read_closures

        return read_closures(self.closures.toPlainText())

    def save(self) -> list[str]:
        from charte_desktop.model.working_days import show_closures
        from charte_desktop.store.project_store import RULE_SETTINGS, keep_closures

        done = []
        for name, (box, words) in self._boxes.items():
            if box.value() != self._before[name]:
                self.database.set_setting(RULE_SETTINGS[name], str(box.value()), "Changer les délais des projets")
                done.append(f"{words} : {box.value()} jours")
        closed = self._read()
        if show_closures(closed) != self._closed:
            keep_closures(self.database, closed)
            done.append("fermetures")
        return done
