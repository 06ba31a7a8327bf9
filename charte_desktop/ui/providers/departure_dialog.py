"""Leaving the register: by the provider's own will, or for a breach of the charter (C18)."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from charte_desktop.ui.clause_list import fill_clauses, ticked_clauses
from charte_desktop.ui.forms import load_form
from charte_desktop.ui.messages import sentence_in


class DepartureDialog(QDialog):
    """Asks the day, the reason and, for a removal, the clauses; `carry_out` does. A refusal is said here."""

    intro: QLabel
    on: QLineEdit
    clauses_label: QLabel
    clauses: QListWidget
    reason: QPlainTextEdit
    file_button: QPushButton
    files_words: QLabel
    sentence: QLabel
    buttons: QDialogButtonBox

    def __init__(
        self,
        parent: QWidget | None,
        provider: str,
        today: date,
        carry_out: Callable[[date, list[str], str, Sequence[Path]], None],
        *,
        removal: bool,
    ) -> None:
        """`carry_out` is given the day, the clauses, the reason and the documents."""
        super().__init__(parent)
        self.files: list[Path] = []
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
        for widget in (self.clauses_label, self.clauses, self.file_button, self.files_words):
            widget.setVisible(removal)
        if removal:
            fill_clauses(self.clauses)
        self.file_button.clicked.connect(self._ask_file)
        self.reason.setTabChangesFocus(True)
        self.resize(560, 620 if removal else 320)
        save = self.buttons.button(QDialogButtonBox.StandardButton.Save)
        save.setText("Radier" if removal else "Retirer")
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("Annuler")
        self.buttons.accepted.connect(self._save)
        self.buttons.rejected.connect(self.reject)

    def attach(self, file: Path) -> None:
        """A document that tells of the breach; it is kept with the removal."""
        self.files.append(file)
        self.files_words.setText(", ".join(one.name for one in self.files))

    def _ask_file(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self, "Joindre un document", folder)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.attach(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _save(self) -> None:
        from charte_desktop.model.identifiers import wanted_date

        with sentence_in(self.sentence):
            self._carry_out(
                wanted_date(self.on.text()), ticked_clauses(self.clauses), self.reason.toPlainText(), self.files
            )
            self.accept()
