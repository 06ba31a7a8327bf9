"""A box for one file of a form: chosen, dropped, or none."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from charte_desktop.ui import icons
from charte_desktop.ui.forms import press_by_enter


class FileBox(QFrame):
    """Which file goes with the line, before it is saved."""

    chosen = Signal()
    """Another file, or none."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.file: Path | None = None
        """The file that was given."""
        self.dialog: QFileDialog | None = None
        self._words = words
        self.name = QLabel(self)
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        self.choose_button = QPushButton("Choisir un fichier…", self)
        self.choose_button.setIcon(icons.icon("file-text"))
        self.choose_button.setIconSize(icons.BESIDE_WORDS)
        self.choose_button.setToolTip("Choisir un fichier, ou le déposer ici")
        self.choose_button.setAccessibleName(f"{words} : choisir un fichier")
        self.clear_button = QPushButton("Sans fichier", self)
        self.clear_button.setProperty("kind", "link")
        for button in (self.choose_button, self.clear_button):
            press_by_enter(button)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.choose_button)
        line.addWidget(self.name, 1)
        line.addWidget(self.clear_button)
        self.choose_button.clicked.connect(self.ask)
        self.clear_button.clicked.connect(self.clear)
        self.setAcceptDrops(True)
        self.clear()

    def take(self, file: Path) -> None:
        """This is the file."""
        self.file = file
        self.name.setText(file.name)
        self.name.setToolTip(str(file))
        self.clear_button.show()
        self.chosen.emit()

    def clear(self) -> None:
        """No file."""
        self.file = None
        self.name.setText(self._words)
        self.name.setToolTip("")
        self.clear_button.hide()
        self.chosen.emit()

    def ask(self) -> None:
        """Let the user choose."""
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self, self._words, documents)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.take(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if len(event.mimeData().urls()) == 1 and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.take(Path(event.mimeData().urls()[0].toLocalFile()))
        event.acceptProposedAction()
