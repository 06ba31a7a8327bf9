"""After how long a project counts as silent or a notice as late."""

from PySide6.QtWidgets import QSpinBox

from charte_desktop.ui.settings.settings_page import SettingsPage


class ProjectsPage(SettingsPage):
    """Numbers of days."""

    silence_days: QSpinBox
    notice_days: QSpinBox
    call_days: QSpinBox
    price_notice_days: QSpinBox

    TITLE = "Projets"
    FORM = "projects_page"

    def fill(self) -> None:
        from charte_desktop.store.project_store import RULE_SETTINGS, ProjectStore

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

    def save(self) -> list[str]:
        from charte_desktop.store.project_store import RULE_SETTINGS

        done = []
        for name, (box, words) in self._boxes.items():
            if box.value() != self._before[name]:
                self.database.set_setting(RULE_SETTINGS[name], str(box.value()), "Changer les délais des projets")
                done.append(f"{words} : {box.value()} jours")
        return done
