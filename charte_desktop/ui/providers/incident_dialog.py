"""A fact about a provider: what happened, which day, who said it (C08)."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QListWidget, QPlainTextEdit, QWidget

from charte_desktop.ui.clause_list import fill_clauses, ticked_clauses
from charte_desktop.ui.forms import load_form
from charte_desktop.ui.messages import sentence_in


class IncidentDialog(QDialog):
    """Asks; `carry_out` does. A refusal is said here and what is typed stays."""

    intro: QLabel
    day: QLineEdit
    day_sentence: QLabel
    statement: QPlainTextEdit
    told_by: QLineEdit
    clauses: QListWidget
    sentence: QLabel
    buttons: QDialogButtonBox

    def __init__(
        self,
        parent: QWidget | None,
        provider: str,
        today: date,
        carry_out: Callable[[date, str, str, Sequence[str]], None],
    ) -> None:
        """`carry_out` is given the day, what was said, by whom, and the clauses."""
        super().__init__(parent)
        load_form(self, "incident_dialog")
        self._carry_out = carry_out
        self.intro.setText(
            f"À propos de {provider or 'ce prestataire'}. Écrivez ce qui a été dit ou constaté, sans jugement : la CCI "
            "n'est ni arbitre, ni expert. Les documents se joignent ensuite."
        )
        self.day.setText(f"{today:%d/%m/%Y}")
        fill_clauses(self.clauses)
        self.buttons.button(QDialogButtonBox.StandardButton.Save).setText("Noter")
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("Annuler")
        self.buttons.accepted.connect(self._save)
        self.buttons.rejected.connect(self.reject)
        self.finished.connect(self.deleteLater)
        self.statement.setFocus()

    def _save(self) -> None:
        from charte_desktop.model.identifiers import wanted_date

        with sentence_in(self.day_sentence):
            day = wanted_date(self.day.text())
        if self.day_sentence.text():
            self.day.setFocus()
            return
        with sentence_in(self.sentence):
            self._carry_out(day, self.statement.toPlainText(), self.told_by.text(), ticked_clauses(self.clauses))
            self.accept()
