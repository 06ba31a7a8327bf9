"""Opens the base of the folder, asking what must be asked."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from charte_desktop.ui.first_run import FirstRun
from charte_desktop.ui.passphrase_dialog import PassphraseDialog


class Opening(QObject):
    """First opening, passphrase given, demonstration, remembered passphrase, or the question."""

    opened = Signal(object)
    """The open base."""
    refused = Signal()
    """The user prefers to leave."""

    def __init__(self, window: QWidget, folder: Path, passphrase: str | None) -> None:
        super().__init__(window)
        self._window, self._folder, self._passphrase = window, folder, passphrase
        self.dialog: FirstRun | PassphraseDialog | None = None

    def start(self) -> None:
        """Open at once when nothing must be asked. What cannot be opened at all raises its sentence."""
        from charte_desktop.store.database import Database

        if not Database.exists(self._folder):
            first_run = FirstRun(self._window, self._folder)
            first_run.opened.connect(self.opened)
            self._ask(first_run)
        elif self._passphrase is not None or Database.is_demonstration_folder(self._folder):
            self.opened.emit(Database.open(self._folder, passphrase=self._passphrase))
        else:
            dialog = PassphraseDialog(self._window, self._folder)
            dialog.opened.connect(self.opened)
            if not dialog.try_remembered():
                self._ask(dialog)

    def _ask(self, dialog: FirstRun | PassphraseDialog) -> None:
        self.dialog = dialog
        dialog.rejected.connect(self.refused)
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)
