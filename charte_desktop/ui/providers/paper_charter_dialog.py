"""The little that is asked of a charter signed on paper: its date, who signed, where the paper is."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QWidget

from charte_desktop.ui.forms import load_form
from charte_desktop.ui.messages import sentence_in


class PaperCharterDialog(QDialog):
    """Asks; `carry_out` does. A refusal is said here and what is typed stays."""

    intro: QLabel
    signed_on: QLineEdit
    signed_on_sentence: QLabel
    signer: QLineEdit
    source: QLineEdit
    buttons: QDialogButtonBox

    def __init__(
        self,
        parent: QWidget | None,
        provider: str,
        signer: str,
        today: date,
        carry_out: Callable[[date, str, str], None],
    ) -> None:
        super().__init__(parent)
        self._carry_out = carry_out
        load_form(self, "paper_charter_dialog")
        self.intro.setText(
            f"{provider or 'Ce prestataire'} a signé la charte sur papier. Vous avez le papier sous les yeux."
        )
        self.signed_on.setText(f"{today:%d/%m/%Y}")
        self.signed_on.selectAll()
        self.signer.setText(signer)
        save = self.buttons.button(QDialogButtonBox.StandardButton.Save)
        save.setText("Enregistrer")
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("Annuler")
        self.buttons.accepted.connect(self._save)
        self.buttons.rejected.connect(self.reject)

    def _save(self) -> None:
        from charte_desktop.model.identifiers import wanted_date

        with sentence_in(self.signed_on_sentence):
            self._carry_out(wanted_date(self.signed_on.text()), self.signer.text().strip(), self.source.text().strip())
            self.accept()
