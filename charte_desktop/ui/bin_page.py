"""The recycle bin of a register: what was deleted, and the way back."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from charte_desktop.ui import icons
from charte_desktop.ui.record_table import Column, RecordModel, RecordTable

if TYPE_CHECKING:
    from charte_desktop.store.recycle_bin import BinnedRow

Row = TypeVar("Row")


class DeletedPage(QWidget, Generic[Row]):
    """The deleted records, the last deleted first; Enter takes one back."""

    restored = Signal(str, str)
    """This record, of this name, is in the list again."""
    left = Signal()

    TABLE = ""
    """What the table is called for those who do not see it."""
    RESTORE = ""
    SOME = ""
    """The words over a bin that holds something."""
    NONE = ""
    IS_SORTABLE = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = QLabel("Corbeille", self)
        title.setProperty("role", "title")
        self.words = QLabel(self)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setProperty("role", "muted")
        self.words.setWordWrap(True)
        self.table = RecordTable(self)
        self.table.setAccessibleName(self.TABLE)
        self.restore_button = QPushButton(self.RESTORE, self)
        self.restore_button.setIcon(icons.icon("archive-restore"))
        self.restore_button.setIconSize(icons.BESIDE_WORDS)
        self.restore_button.setToolTip("Entrée")
        self.back_button = QPushButton("Revenir à la liste", self)
        self.back_button.setToolTip("Échap")
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
        self._model: RecordModel[Row] | None = None
        self.restore_button.clicked.connect(self.restore)
        self.back_button.clicked.connect(self.left)
        self.table.opened.connect(lambda _: self.restore())

    # What a subclass says

    def columns(self) -> Sequence[Column[Row]]:
        """The columns of the table."""
        raise NotImplementedError

    def rows(self) -> Sequence[Row]:
        """The deleted records."""
        raise NotImplementedError

    def take_back(self, row: Row) -> tuple[str, str]:
        """Put a record back in the list; its id and its name."""
        raise NotImplementedError

    # What is shown

    def begin(self) -> None:
        """Another base is served from now on."""
        columns = list(self.columns())
        self._model = RecordModel(columns, self)
        self.table.show_model(self._model, columns, sortable=self.IS_SORTABLE)

    def reload(self) -> None:
        """Show what the bin holds now."""
        assert self._model is not None
        rows = self.rows()
        self._model.show_rows(lambda limit, offset: rows[offset : None if limit is None else offset + limit])
        self.restore_button.setEnabled(bool(rows))
        self.words.setText(self.SOME if rows else self.NONE)
        if rows:
            self.table.selectRow(0)

    def focus(self) -> None:
        """Put the keyboard where one starts."""
        can_restore = self.restore_button.isEnabled()
        (self.table if can_restore else self.back_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def restore(self) -> None:
        """Take the chosen record back."""
        assert self._model is not None
        index = self.table.currentIndex()
        if index.isValid():
            self.restored.emit(*self.take_back(self._model.row(index.row())))


class Bin(Protocol):
    """What keeps deleted records."""

    def bin(self) -> "Sequence[BinnedRow]":
        """The deleted records, the last one first."""

    def restore(self, record_id: str, /) -> object:
        """Take one back."""


class BinPage(DeletedPage["BinnedRow"]):
    """The deleted providers or companies."""

    TABLE = "Fiches à la corbeille"
    RESTORE = "&Reprendre dans le registre"
    SOME = "Ces fiches ne sont plus dans la liste ; ce qui les nomme reste lisible. Rien n'est effacé."
    NONE = "La corbeille est vide : une fiche mise à la corbeille se retrouve ici."
    IS_SORTABLE = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept: Callable[[], Bin] | None = None

    def open(self, kept: Callable[[], Bin]) -> None:
        """Show what this keeps from now on; it is asked for when the bin is first seen."""
        self._kept = kept
        self.begin()

    def columns(self) -> "Sequence[Column[BinnedRow]]":
        from charte_desktop.model.display import show_siren
        from charte_desktop.store.database import REUNION

        return [
            Column("Raison sociale", lambda row: row.legal_name or "(sans nom)"),
            Column("SIREN", lambda row: show_siren(row.siren), sample="000 000 000"),
            Column("Commune", lambda row: row.city, sample="Sainte-Suzanne"),
            Column(
                "Supprimée le",
                lambda row: f"{row.deleted_at.astimezone(REUNION):%d/%m/%Y %H:%M}",
                key=lambda row: row.deleted_at,
                sample="00/00/0000 00:00",
            ),
        ]

    def rows(self) -> "Sequence[BinnedRow]":
        return self._bin.bin()

    def take_back(self, row: "BinnedRow") -> tuple[str, str]:
        self._bin.restore(row.id)
        return row.id, row.legal_name or "(sans nom)"

    @property
    def _bin(self) -> Bin:
        assert self._kept is not None
        return self._kept()
