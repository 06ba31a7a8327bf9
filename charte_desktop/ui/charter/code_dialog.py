"""The code of the hand-over, chosen before the first one."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QWidget

from charte_desktop.ui.charter.hand_over import choose_code
from charte_desktop.ui.forms import load_form
from charte_desktop.ui.messages import sentence_in

if TYPE_CHECKING:
    from charte_desktop.store.database import Database


class CodeDialog(QDialog):
    """Asks for it twice."""

    code: QLineEdit
    again: QLineEdit
    sentence: QLabel
    buttons: QDialogButtonBox

    def __init__(self, parent: QWidget | None, database: "Database") -> None:
        super().__init__(parent)
        load_form(self, "code_dialog")
        self._database = database
        self.buttons.button(QDialogButtonBox.StandardButton.Save).setText("Choisir ce code")
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("Annuler")
        self.buttons.accepted.connect(self._save)
        self.buttons.rejected.connect(self.reject)
        self.finished.connect(self.deleteLater)

    def _save(self) -> None:
        with sentence_in(self.sentence):
            choose_code(self._database, self.code.text(), self.again.text())
            self.accept()
