"""Which text is signed, and for how long a signature binds."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QLabel, QPushButton, QSpinBox

from charte_desktop.errors import UserError
from charte_desktop.ui.files import read_file
from charte_desktop.ui.settings.settings_page import SettingsPage

_TEXTS = "Texte (*.md *.txt);;Tous les fichiers (*)"
_LARGEST = 2 * 2**20
_NEW = "nouveau"


class CharterPage(SettingsPage):
    """A newer text is loaded from a file; the term is off by default, since the charter sets none."""

    version: QComboBox
    version_words: QLabel
    load_button: QPushButton
    loaded: QLabel
    has_term: QCheckBox
    months: QSpinBox
    notice: QSpinBox
    grace: QSpinBox

    TITLE = "Charte"
    FORM = "charter_page"

    def fill(self) -> None:
        from charte_desktop.store.charter_signatures import CharterSignatures
        from charte_desktop.store.provider_rows import renewal_rule

        self._signatures = CharterSignatures(self.database)
        self._signatures.ensure_shipped()
        self.dialog: QFileDialog | None = None
        self._new_text = self._new_label = ""
        self._current = self._signatures.current_version
        for one in self._signatures.versions():
            self.version.addItem(one.label, one.id)
        self.version.setCurrentIndex(self.version.findData(self._current))
        rule = self._rule = renewal_rule(self.database)
        self.has_term.setChecked(rule.validity_months is not None)
        self.months.setValue(rule.validity_months or 24)
        self.notice.setValue(rule.notice_days)
        self.grace.setValue(rule.grace_days)
        self.has_term.toggled.connect(lambda _: self._follow())
        self.load_button.clicked.connect(self._ask)
        self._follow()

    def _follow(self) -> None:
        for box in (self.months, self.notice, self.grace):
            box.setEnabled(self.has_term.isChecked())

    def _ask(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self, "Charger un texte de la charte", folder, _TEXTS)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.load(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

    def load(self, file: Path) -> None:
        """Read a newer text; it is the one to sign once the settings are saved."""
        from charte_desktop.exchange.delimited import decode
        from charte_desktop.model.charter_text import sections_of

        content = read_file(file)
        text = decode(content) if len(content) <= _LARGEST else None
        if text is None or "\0" in text:
            raise UserError(
                f"« {file.name} » n'est pas un fichier texte. Enregistrez la charte en texte (.md ou .txt), puis "
                "choisissez ce fichier."
            )
        sections = sections_of(text)
        if not any(block.text.strip("# ") for one in sections for block in one.blocks):
            raise UserError(f"« {file.name} » est vide : choisissez le fichier du texte de la charte.")
        self._new_text, self._new_label = text, file.stem
        index = self.version.findData(_NEW)
        if index >= 0:
            self.version.removeItem(index)
        self.version.addItem(f"{file.stem} (nouveau)", _NEW)
        self.version.setCurrentIndex(self.version.findData(_NEW))
        words = sum(one.words for one in sections)
        self.loaded.setText(f"{len(sections)} sections, {words} mots. Enregistrez pour le faire signer.")

    def save(self) -> list[str]:
        done = []
        chosen = self.version.currentData()
        if chosen == _NEW:
            self._signatures.adopt(self._new_text, self._new_label)
            done.append(f"texte à signer : {self._new_label}")
        elif chosen is not None and chosen != self._current:
            label = self.version.currentText()
            self._signatures.adopt(self._signatures.text(chosen), label)
            done.append(f"texte à signer : {label}")
        for name, value, before, words in (
            ("renewal_validity_months", self._months, self._rule.validity_months, "durée de validité"),
            ("renewal_notice_days", self.notice.value(), self._rule.notice_days, "préavis de renouvellement"),
            ("renewal_grace_days", self.grace.value(), self._rule.grace_days, "suspension après échéance"),
        ):
            if value != before:
                self.database.set_setting(name, "" if value is None else str(value), "Changer la durée des signatures")
                done.append(f"{words} : {'sans limite' if value is None else value}")
        return done

    @property
    def _months(self) -> int | None:
        return self.months.value() if self.has_term.isChecked() else None
