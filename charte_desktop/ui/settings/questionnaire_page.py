"""Which questionnaire a diagnostic asks: the one that comes with the program, or the office's own."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QLabel, QPlainTextEdit, QPushButton

from charte_desktop.errors import UserError
from charte_desktop.ui.files import read_file, write_file
from charte_desktop.ui.messages import sentence_in
from charte_desktop.ui.settings.settings_page import SettingsPage

if TYPE_CHECKING:
    from charte_desktop.model.questionnaire import Questionnaire

_KINDS = "Questionnaire (*.toml *.txt);;Tous les fichiers (*)"
_LARGEST = 2 * 2**20


class QuestionnairePage(SettingsPage):
    """A file is read and shown at once; it is asked from now on once the settings are saved."""

    current: QLabel
    current_facts: QLabel
    unofficial: QLabel
    save_button: QPushButton
    load_button: QPushButton
    shipped_button: QPushButton
    waiting: QLabel
    sentence: QLabel
    outline: QPlainTextEdit

    TITLE = "Questionnaire"
    FORM = "questionnaire_page"

    def fill(self) -> None:
        from charte_desktop.store.diagnostics import Diagnostics

        self._store = Diagnostics(self.database)
        self._before = self._store.current()
        self._text = ""
        """The text that waits to be saved; empty for none."""
        self.dialog: QFileDialog | None = None
        self.waiting.hide()
        self._show(self._before)
        self.save_button.clicked.connect(self._ask_where)
        self.load_button.clicked.connect(self._ask_which)
        self.shipped_button.clicked.connect(self._take_shipped)

    def load(self, file: Path) -> None:
        """Read a questionnaire from a file. What is wrong in it is said with its place."""
        from charte_desktop.model.questionnaire_file import decoded

        with sentence_in(self.sentence):
            content = read_file(file)
            if len(content) > _LARGEST:
                raise UserError(f"« {file.name} » est trop grand pour un questionnaire : choisissez son fichier texte.")
            self._take(decoded(content))

    def write(self, file: Path) -> None:
        """Write the text that is shown, to be adapted."""
        write_file(file, (self._text or self._store.text()).encode("utf-8"))

    def save(self) -> list[str]:
        if not self._text:
            return []
        taken = self._store.use(self._text)
        return [f"questionnaire : {taken.title}"]

    def _take_shipped(self) -> None:
        from charte_desktop.model.questionnaire_file import shipped_text

        self.sentence.clear()
        self._take(shipped_text())

    def _take(self, text: str) -> None:
        from charte_desktop.model.questionnaire_file import read_questionnaire

        questionnaire = read_questionnaire(text)
        is_other = questionnaire.id != self._before.id
        self._text = text if is_other else ""
        self.waiting.setText("Ce questionnaire sera posé dès que vous aurez enregistré les réglages.")
        self.waiting.setVisible(is_other)
        self._show(questionnaire)

    def _show(self, questionnaire: "Questionnaire") -> None:
        self.current.setText(questionnaire.title)
        counted = sum(one.counts for one in questionnaire.questions)
        self.current_facts.setText(
            f"{len(questionnaire.questions)} questions, dont {counted} comptent ; "
            f"{len(questionnaire.axes)} directions du radar."
        )
        lines = []
        for section in questionnaire.sections:
            lines.append(section)
            lines += [f"   {one.words}" for one in questionnaire.questions if one.section == section]
            lines.append("")
        self.outline.setPlainText("\n".join(lines).rstrip())
        from charte_desktop.model.questionnaire_file import shipped

        self.shipped_button.setEnabled(questionnaire.id != shipped().id)

    def _ask_where(self) -> None:
        dialog = QFileDialog(self, "Enregistrer le texte du questionnaire", _documents(), _KINDS)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("toml")
        dialog.selectFile("questionnaire.toml")
        dialog.fileSelected.connect(lambda name: self.write(Path(name)))
        self._open(dialog)

    def _ask_which(self) -> None:
        dialog = QFileDialog(self, "Charger un questionnaire", _documents(), _KINDS)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.load(Path(name)))
        self._open(dialog)

    def _open(self, dialog: QFileDialog) -> None:
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()


def _documents() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
