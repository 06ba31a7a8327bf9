"""The files of a record: join one, save a copy, take one off."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from charte_desktop.ui import icons
from charte_desktop.ui.file_drop import TAKES_FILES
from charte_desktop.ui.files import read_file, write_file
from charte_desktop.ui.record_table import Column, RecordModel, RecordTable

if TYPE_CHECKING:
    from charte_desktop.model.provider import Attachment
    from charte_desktop.store.attachments import Attachments
    from charte_desktop.store.database import Database


class AttachmentsPage(QWidget):
    """The files kept with one record, inside the base."""

    changed = Signal()
    """A file was joined or taken off."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._database: Database | None = None
        self._owner = ""
        self.dialog: QFileDialog | None = None
        self.table = RecordTable(self)
        self.table.setAccessibleName("Fichiers joints")
        self.add_button = QPushButton("Joindre…", self)
        self.add_button.setIcon(icons.icon("plus"))
        self.add_button.setIconSize(icons.BESIDE_WORDS)
        self.add_button.setToolTip("Joindre un fichier (Ctrl+J), ou le déposer ici")
        self.save_button = QPushButton("Enregistrer une copie…", self)
        self.save_button.setToolTip("Entrée sur la ligne")
        self.drop_button = QPushButton("Retirer", self)
        self.drop_button.setToolTip("Retire ce fichier de la fiche ; Ctrl+Z le remet")
        buttons = QHBoxLayout()
        for button in (self.add_button, self.save_button, self.drop_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(12, 12, 12, 12)
        lines.setSpacing(8)
        lines.addWidget(self.table)
        lines.addLayout(buttons)
        self._columns: list[Column[Attachment]] = [
            Column("Fichier", lambda one: one.name),
            Column("Taille", lambda one: _size(one.size), key=lambda one: one.size, sample="000,0 Mo", right=True),
            Column("Joint le", _joined_on, key=lambda one: one.added_at, sample="00/00/0000"),
        ]
        self._model: RecordModel[Attachment] = RecordModel(self._columns, self)
        self.table.show_model(self._model, self._columns)
        self.add_button.clicked.connect(self.ask_file)
        self.save_button.clicked.connect(self.ask_copy)
        self.drop_button.clicked.connect(self.detach)
        self.table.opened.connect(lambda _: self.ask_copy())
        self.setAcceptDrops(True)
        self.setProperty(TAKES_FILES, True)

    def open(self, database: "Database") -> None:
        """Serve this base from now on."""
        self._database = database

    @property
    def _store(self) -> "Attachments":
        from charte_desktop.store.attachments import Attachments

        assert self._database is not None
        return Attachments(self._database)

    def show_files(self, owner_id: str) -> None:
        """Show the files of a record."""
        self._owner = owner_id
        files = self._store.of(owner_id)
        self._model.show_rows(lambda limit, offset: files[offset : None if limit is None else offset + limit])
        for button in (self.save_button, self.drop_button):
            button.setEnabled(bool(files))
        if files:
            self.table.selectRow(len(files) - 1)

    def ask_file(self) -> None:
        """Let the user choose a file to join."""
        dialog = QFileDialog(self, "Joindre un fichier", _documents())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        self._show(dialog)
        dialog.fileSelected.connect(lambda name: self.attach(Path(name)))

    def attach(self, file: Path) -> None:
        """Join a file."""
        self._store.attach(self._owner, file.name, read_file(file))
        self.show_files(self._owner)
        self.changed.emit()

    def ask_copy(self) -> None:
        """Let the user say where the chosen file is copied."""
        chosen = self._chosen()
        if chosen is None:
            return
        dialog = QFileDialog(self, "Enregistrer une copie", _documents())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(chosen.name)
        self._show(dialog)
        dialog.fileSelected.connect(lambda name: self.copy(chosen.id, Path(name)))

    def copy(self, attachment_id: str, to: Path) -> None:
        """Write a copy of a joined file outside the base."""
        write_file(to, self._store.content(attachment_id))

    def detach(self) -> None:
        """Take the chosen file off the record."""
        chosen = self._chosen()
        if chosen is not None:
            self._store.detach(chosen.id)
            self.show_files(self._owner)
            self.changed.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._owner and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self.attach(Path(url.toLocalFile()))

    def _chosen(self) -> "Attachment | None":
        index = self.table.currentIndex()
        return self._model.row(index.row()) if index.isValid() else None

    def _show(self, dialog: QFileDialog) -> None:
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()


def _documents() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)


def _joined_on(attachment: "Attachment") -> str:
    from charte_desktop.store.database import REUNION

    return f"{attachment.added_at.astimezone(REUNION):%d/%m/%Y}"


def _size(size: int) -> str:
    """A file's size as it is said."""
    if size < 1_000_000:
        return f"{max(1, size // 1000)} ko"
    return f"{size / 1_000_000:.1f} Mo".replace(".", ",")
