"""The projects that were put in the recycle bin, and the way back."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from charte_desktop.ui import icons
from charte_desktop.ui.record_table import Column, RecordModel, RecordTable

if TYPE_CHECKING:
    from charte_desktop.store.database import Database

Binned = tuple[str, str, str]
"""Id, number and title."""


class ProjectBin(QWidget):
    """The last deleted first; Enter takes one back."""

    restored = Signal(str, str)
    """This project, of this title, is in the list again."""
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._database: Database | None = None
        title = QLabel("Corbeille", self)
        title.setProperty("role", "title")
        self.words = QLabel(self)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setProperty("role", "muted")
        self.words.setWordWrap(True)
        self.restore_button = QPushButton("&Remettre en place", self)
        self.restore_button.setIcon(icons.icon("archive-restore"))
        self.restore_button.setIconSize(icons.BESIDE_WORDS)
        self.restore_button.setToolTip("Entrée")
        self.back_button = QPushButton("Revenir à la liste", self)
        self.back_button.setToolTip("Échap")
        columns: list[Column[Binned]] = [
            Column("Projet", lambda one: one[2]),
            Column("Numéro", lambda one: one[1], sample="PR-2026-000-00000"),
        ]
        self._model: RecordModel[Binned] = RecordModel(columns, self)
        self.table = RecordTable(self)
        self.table.setAccessibleName("Projets à la corbeille")
        self.table.show_model(self._model, columns, sortable=False)
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(self.restore_button)
        head.addWidget(self.back_button)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(8)
        lines.addLayout(head)
        lines.addWidget(self.words)
        lines.addWidget(self.table, 1)
        self.restore_button.clicked.connect(self.restore)
        self.back_button.clicked.connect(self.left)
        self.table.opened.connect(lambda _: self.restore())

    def open(self, database: "Database") -> None:
        """Serve this base from now on."""
        self._database = database

    def reload(self) -> None:
        """Show what the bin holds now."""
        from charte_desktop.store.project_rows import ProjectRows

        assert self._database is not None
        found = ProjectRows(self._database).bin()
        self._model.show_all(found, lambda one: one[0])
        self.restore_button.setEnabled(bool(found))
        self.words.setText(
            "Ces projets ne sont plus dans la liste. Rien n'en est effacé."
            if found
            else "La corbeille est vide : un projet mis à la corbeille se retrouve ici."
        )
        if found:
            self.table.selectRow(0)

    def focus(self) -> None:
        """Put the keyboard where one starts."""
        (self.table if self.restore_button.isEnabled() else self.back_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def restore(self) -> None:
        """Take the chosen project back."""
        from charte_desktop.store.project_timelines import ProjectTimelines

        assert self._database is not None
        index = self.table.currentIndex()
        if index.isValid():
            project_id, _, title = self._model.row(index.row())
            ProjectTimelines(self._database).restore(project_id)
            self.restored.emit(project_id, title)
