"""A reason, asked before something that stays in the history."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QWidget

from charte_desktop.ui.forms import load_form
from charte_desktop.ui.messages import sentence_in


class ReasonDialog(QDialog):
    """Asks; `carry_out` does. A refusal is said here and what is typed stays."""

    intro: QLabel
    reason: QPlainTextEdit
    sentence: QLabel
    buttons: QDialogButtonBox

    def __init__(
        self, parent: QWidget | None, title: str, intro: str, words: str, carry_out: Callable[[str], None]
    ) -> None:
        """`words` are those of the button that does it."""
        super().__init__(parent)
        load_form(self, "reason_dialog")
        self._carry_out = carry_out
        self.setWindowTitle(title)
        self.intro.setText(intro)
        self.buttons.button(QDialogButtonBox.StandardButton.Save).setText(words)
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("Annuler")
        self.buttons.accepted.connect(self._save)
        self.buttons.rejected.connect(self.reject)
        self.finished.connect(self.deleteLater)

    def _save(self) -> None:
        with sentence_in(self.sentence):
            self._carry_out(self.reason.toPlainText())
            self.accept()
