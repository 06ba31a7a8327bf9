"""What a company says some months later: two questions about the CCIR's own work, never about a provider (C08)."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QLabel, QLineEdit, QWidget

from charte_desktop.errors import UserError
from charte_desktop.model.follow_up import HELPFULNESS, QUESTIONS
from charte_desktop.ui.date_field import DateField
from charte_desktop.ui.forms import load_form
from charte_desktop.ui.messages import sentence_in

if TYPE_CHECKING:
    from charte_desktop.store.accompaniments import Satisfaction

_UNASKED = "Pas de réponse"


class SatisfactionDialog(QDialog):
    """Asks; `carry_out` keeps the answers and their day."""

    intro: QLabel
    helped_label: QLabel
    helped: QComboBox
    advise_label: QLabel
    advise: QComboBox
    day: DateField
    remark: QLineEdit
    sentence: QLabel
    buttons: QDialogButtonBox

    def __init__(
        self,
        parent: QWidget | None,
        name: str,
        today: Callable[[], date],
        carry_out: "Callable[[Satisfaction, date], None]",
    ) -> None:
        super().__init__(parent)
        load_form(self, "satisfaction_dialog", DateField)
        self._today, self._carry_out = today, carry_out
        self.intro.setText(f"{name} répond sur l'accompagnement de la CCI, jamais sur un prestataire.")
        self.helped_label.setText(QUESTIONS[0])
        self.advise_label.setText(QUESTIONS[1])
        self.helped.addItem(_UNASKED, None)
        for number, words in HELPFULNESS.items():
            self.helped.addItem(words, number)
        for words, answer in ((_UNASKED, None), ("Oui", True), ("Non", False)):
            self.advise.addItem(words, answer)
        self.day.serve(today, past=True)
        self.day.show_day(today())
        self.buttons.button(QDialogButtonBox.StandardButton.Save).setText("Noter")
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("Annuler")
        self.buttons.accepted.connect(self._save)
        self.buttons.rejected.connect(self.reject)

    def _save(self) -> None:
        from charte_desktop.store.accompaniments import Satisfaction

        with sentence_in(self.sentence):
            said = Satisfaction(self.helped.currentData(), self.advise.currentData(), self.remark.text())
            if said == Satisfaction():
                raise UserError("Notez au moins une réponse, ou annulez.")
            day = self.day.wanted("Écrivez le jour de la réponse : jj/mm/aaaa.")
            if day > self._today():
                raise UserError("Ce jour n'est pas encore passé : notez la réponse quand elle est donnée.")
            self._carry_out(said, day)
            self.accept()
