"""Leaving the register: by the provider's own will, or for a breach of the charter (C18)."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QWidget,
)

from charte_desktop.ui.forms import load_form
from charte_desktop.ui.messages import sentence_in


class DepartureDialog(QDialog):
    """Asks the day, the reason and, for a removal, the clauses; `carry_out` does. A refusal is said here."""

    intro: QLabel
    on: QLineEdit
    clauses_label: QLabel
    clauses: QListWidget
    reason: QPlainTextEdit
    sentence: QLabel
    buttons: QDialogButtonBox

    def __init__(
        self,
        parent: QWidget | None,
        provider: str,
        today: date,
        carry_out: Callable[[date, list[str], str], None],
        *,
        removal: bool,
    ) -> None:
        super().__init__(parent)
        self._carry_out = carry_out
        load_form(self, "departure_dialog")
        name = provider or "Ce prestataire"
        self.setWindowTitle("Radier du registre" if removal else "Retirer du registre")
        self.intro.setText(
            f"{name} ne sera plus proposé à partir de ce jour, parce que des articles de la charte n'ont pas été "
            "respectés (C18). La date, les articles et le motif restent dans l'historique. Les entreprises à qui son "
            "nom a été remis pourront être prévenues."
            if removal
            else f"{name} quitte le registre de sa propre volonté : il ne sera plus proposé à partir de ce jour. "
            "Sa fiche et ses signatures restent lisibles."
        )
        self.on.setText(f"{today:%d/%m/%Y}")
        for widget in (self.clauses_label, self.clauses):
            widget.setVisible(removal)
        if removal:
            self._fill_clauses()
        self.reason.setTabChangesFocus(True)
        self.resize(560, 620 if removal else 400)
        save = self.buttons.button(QDialogButtonBox.StandardButton.Save)
        save.setText("Radier" if removal else "Retirer")
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("Annuler")
        self.buttons.accepted.connect(self._save)
        self.buttons.rejected.connect(self.reject)

    def chosen_clauses(self) -> list[str]:
        """The ids of the ticked clauses."""
        items = [self.clauses.item(number) for number in range(self.clauses.count())]
        return [item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() == Qt.CheckState.Checked]

    def _fill_clauses(self) -> None:
        from charte_desktop.model import clauses

        for clause in clauses.clauses().values():
            item = QListWidgetItem(f"{clause.id} · {clause.title}", self.clauses)
            item.setData(Qt.ItemDataRole.UserRole, clause.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            item.setToolTip(clause.text)
        self.clauses.setWordWrap(True)
        self.clauses.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clauses.setCurrentRow(0)

    def _save(self) -> None:
        from charte_desktop.model.identifiers import wanted_date

        with sentence_in(self.sentence):
            self._carry_out(wanted_date(self.on.text()), self.chosen_clauses(), self.reason.toPlainText())
            self.accept()
