"""The projects that were put in the recycle bin, and the way back."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from charte_desktop.ui.bin_page import DeletedPage
from charte_desktop.ui.record_table import Column

if TYPE_CHECKING:
    from charte_desktop.store.database import Database

Binned = tuple[str, str, str]
"""Id, number and title."""


class ProjectBin(DeletedPage[Binned]):
    """The deleted projects."""

    TABLE = "Projets à la corbeille"
    RESTORE = "&Remettre en place"
    SOME = "Ces projets ne sont plus dans la liste. Rien n'en est effacé."
    NONE = "La corbeille est vide : un projet mis à la corbeille se retrouve ici."

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._database: Database | None = None

    def open(self, database: "Database") -> None:
        """Serve this base from now on."""
        self._database = database
        self.begin()

    def columns(self) -> Sequence[Column[Binned]]:
        return [
            Column("Projet", lambda one: one[2]),
            Column("Numéro", lambda one: one[1], sample="PR-2026-000-00000"),
        ]

    def rows(self) -> Sequence[Binned]:
        from charte_desktop.store.project_rows import ProjectRows

        assert self._database is not None
        return ProjectRows(self._database).bin()

    def take_back(self, row: Binned) -> tuple[str, str]:
        from charte_desktop.store.project_timelines import ProjectTimelines

        assert self._database is not None
        project_id, _, title = row
        ProjectTimelines(self._database).restore(project_id)
        return project_id, title
