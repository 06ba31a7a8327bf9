"""Help → « Mettre à jour depuis un fichier… »: choose, look, back up, close, install; the installer opens it again."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtWidgets import QFileDialog

from charte_desktop.errors import UserError
from charte_desktop.policy import policy
from charte_desktop.ui.update_dialog import UpdateDialog

if TYPE_CHECKING:
    from charte_desktop.exchange.update_file import UpdateFile
    from charte_desktop.ui.background import Progress
    from charte_desktop.ui.main_window import MainWindow

_INSTALLERS = "Installateurs (*.exe *.deb);;Tous les fichiers (*)"


class UpdateActions(QObject):
    """The steps of an update, each after the one before."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.dialog: UpdateDialog | None = None

    def choose(self) -> None:
        """Ask for the file. Refused when the IT department updates this computer itself."""
        if not policy().updates_itself:
            raise UserError("Le service informatique met lui-même ce programme à jour : adressez-vous à lui.")
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
        dialog = QFileDialog(self._window, "Mettre à jour depuis un fichier", folder, _INSTALLERS)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda chosen: self.look_at(Path(chosen)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def look_at(self, file: Path) -> None:
        """Recognise a file beside the window, then show what it is."""
        from charte_desktop.exchange import update_file

        self._window.background.run(
            f"Lecture de {file.name}…", lambda _: update_file.recognise(file), self._show, can_cancel=False
        )

    def _show(self, update: "UpdateFile") -> None:
        from charte_desktop.exchange import update_file

        hindrance = ""
        try:
            update_file.refuse_unless_installed()
        except UserError as refusal:
            hindrance = str(refusal)
        self.dialog = UpdateDialog(self._window, update, hindrance)
        self.dialog.accepted_file.connect(self.install)
        self.dialog.finished.connect(self.dialog.deleteLater)
        self.dialog.open()

    def install(self, update: "UpdateFile") -> None:
        """Copy, back up, start the installer, close: in this order, so that nothing is lost when one of them fails."""
        database = self._window.database

        def work(_: "Progress") -> Path:
            from charte_desktop.exchange import update_file
            from charte_desktop.store import backup

            prepared = update_file.prepare(update)
            if database is not None:
                backup.automatic_backup(database, "mise à jour")
            return prepared

        def go(prepared: Path) -> None:
            from charte_desktop.exchange import update_file

            update_file.start(prepared)
            self._window.close_now()

        self._window.background.run("Sauvegarde avant la mise à jour…", work, go, can_cancel=False)
