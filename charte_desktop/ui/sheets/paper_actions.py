"""What may be done with a finished PDF: print it, save it, give it to the mail program."""

import atexit
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from PySide6.QtCore import QObject, QStandardPaths, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from charte_desktop.errors import UserError
from charte_desktop.ui import messages
from charte_desktop.ui.files import write_file
from charte_desktop.ui.printing import PrintJob


@cache
def mail_folder() -> Path:
    """Where mails wait for the mail program to read them; it goes with the program."""
    folder = mkdtemp(prefix="charte-courriels-")
    atexit.register(rmtree, folder, ignore_errors=True)
    return Path(folder)


@dataclass(frozen=True)
class Paper:
    """A finished document."""

    title: str
    """What the printer's queue and the mail's attachment say; a file is named by it."""
    pdf: bytes
    folded: bool = False
    """A booklet, printed on both sides."""
    on_paper: bytes = b""
    """What is shown and printed of a form to fill, whose boxes no printer draws; empty for the PDF itself."""

    @property
    def shown(self) -> bytes:
        """The pages as they are printed."""
        return self.on_paper or self.pdf

    @property
    def file_name(self) -> str:
        """The title as a file's name, on any system."""
        return re.sub(r'[\\/:*?"<>|]+', "-", self.title) + ".pdf"


class PaperActions(QObject):
    """One method for each button; what happened is said."""

    printed = Signal()
    mailed = Signal()
    said = Signal(str, str)
    """Tone and sentence."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self.dialog: QDialog | None = None
        """The system's dialog that stands open, if any."""

    def print_out(self, paper: Paper) -> None:
        """Open the system's print dialog."""
        job = PrintJob(self._parent, paper.shown, paper.title, folded=paper.folded)
        job.finished.connect(self._tell_printed)
        self.dialog = job.dialog
        job.ask()

    def save(self, paper: Paper) -> None:
        """Ask where, and write the file."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self.ask_file(Path(folder) / paper.file_name, "PDF (*.pdf)", lambda file: self.write(file, paper.pdf))

    def ask_file(self, proposed: Path, kinds: str, then: Callable[[Path], None]) -> None:
        """Ask where a file is to be written."""
        dialog = QFileDialog(self._parent, "Enregistrer", str(proposed.parent), kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(proposed.suffix)
        dialog.selectFile(proposed.name)
        dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        QDialog.open(dialog)

    def write(self, file: Path, content: bytes) -> None:
        """Write a file whole or not at all."""
        write_file(file, content)
        self.said.emit(messages.DONE, f"Enregistré : {file}")

    def mail(self, paper: Paper, to: Sequence[str], subject: str, text: str, *, name: str = "") -> None:
        """Give a mail with the PDF to the mail program, to be looked at and sent there."""
        from charte_desktop.documents.mail_draft import mail_draft

        file = (mail_folder() / paper.file_name).with_suffix(".eml")
        self._write_mail(file, mail_draft(to, subject, text, paper.file_name, paper.pdf, name=name))
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(file))):
            raise UserError(
                "Aucun programme de messagerie n'ouvre les courriels préparés : enregistrez le PDF, et joignez-le "
                "vous-même à un courriel."
            )
        self.said.emit(messages.DONE, "Le courriel est prêt dans votre messagerie : relisez-le avant de l'envoyer.")
        self.mailed.emit()

    def _write_mail(self, file: Path, content: bytes) -> None:
        try:
            file.write_bytes(content)
        except OSError as fault:
            raise UserError("Le courriel ne peut pas être préparé : le disque est plein ou protégé.") from fault

    def _tell_printed(self, pages: int) -> None:
        several = "s" if pages > 1 else ""
        self.said.emit(messages.DONE, f"{pages} page{several} envoyée{several} à l'imprimante.")
        self.printed.emit()
