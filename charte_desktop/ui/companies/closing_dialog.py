"""The end of what goes on with a company: its outcome, asked once."""

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QLabel, QLineEdit, QWidget

from charte_desktop.model.follow_up import Outcome
from charte_desktop.ui.forms import load_form
from charte_desktop.ui.messages import sentence_in


class ClosingDialog(QDialog):
    """Asks; `carry_out` does, with the outcome and the remark."""

    intro: QLabel
    outcome: QComboBox
    meaning: QLabel
    remark: QLineEdit
    sentence: QLabel
    buttons: QDialogButtonBox

    def __init__(self, parent: QWidget | None, name: str, carry_out: Callable[[Outcome, str], None]) -> None:
        super().__init__(parent)
        load_form(self, "closing_dialog")
        self._carry_out = carry_out
        self.intro.setText(f"{name} n'apparaîtra plus dans les relances.")
        for one in Outcome:
            self.outcome.addItem(one.value, one)
        self.outcome.currentIndexChanged.connect(lambda _: self._explain())
        self._explain()
        self.buttons.button(QDialogButtonBox.StandardButton.Save).setText("Clore le suivi")
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("Annuler")
        self.buttons.accepted.connect(self._save)
        self.buttons.rejected.connect(self.reject)

    def _explain(self) -> None:
        one: Outcome = self.outcome.currentData()
        is_followed = one not in (Outcome.UNREACHABLE, Outcome.NOT_OUR_FIELD)
        then = "Le point de suivi reste prévu." if is_followed else "Il n'y aura pas de point de suivi."
        self.meaning.setText(f"{one.meaning}. {then}")

    def _save(self) -> None:
        with sentence_in(self.sentence):
            self._carry_out(self.outcome.currentData(), self.remark.text())
            self.accept()
