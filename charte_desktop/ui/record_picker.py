"""Choosing one record among many, in a form: letters, then a line of the list under them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from charte_desktop.ui import icons

MOST = 12
"""Lines proposed; whoever wants another types one letter more."""
_SEEN = 5


@dataclass(frozen=True)
class Picked:
    """A record that may be chosen."""

    id: str
    words: str
    hint: str = ""


Search = Callable[[str, int], Sequence[Picked]]
"""What answers some letters, so many at most."""


class RecordPicker(QWidget):
    """A box to type in, and what answers; ↓ goes into the list, Enter takes the line."""

    picked = Signal(str)
    """The id of the record chosen; empty for none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._search: Search | None = None
        self._found = 0
        self.chosen: Picked | None = None
        """The record chosen."""
        self.box = QLineEdit(self)
        self.box.addAction(
            QAction(icons.icon("search", "muted"), "", self.box), QLineEdit.ActionPosition.LeadingPosition
        )
        self.box.setClearButtonEnabled(True)
        self.list = QListWidget(self)
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # ↓ goes into it; Tab and Enter go past it
        self._line = QSize(0, self.fontMetrics().lineSpacing() + 14)
        self.list.setFixedHeight(_SEEN * self._line.height() + 12)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(4)
        lines.addWidget(self.box)
        lines.addWidget(self.list)
        self.setFocusProxy(self.box)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(0)
        self._typing.timeout.connect(self._follow)
        self.box.textEdited.connect(lambda _: self._typing.start())
        self.box.textChanged.connect(lambda text: None if text else self._typing.start())
        self.list.itemClicked.connect(lambda item: self._take(item))
        self.list.itemActivated.connect(lambda item: self._take(item))

    def serve(self, search: Search, name: str, hint: str) -> None:
        """Search with this; `name` is what is chosen, `hint` stands in the empty box."""
        self._search = search
        self.box.setAccessibleName(name)
        self.box.setPlaceholderText(hint)
        self.list.setAccessibleName(f"{name} : ce qui répond")
        self._follow()

    def choose(self, record: Picked | None) -> None:
        """Show what is chosen; nothing is told."""
        self.chosen = record
        self.box.setText("" if record is None else record.words)
        self._follow()

    def _follow(self) -> None:
        """Show what answers; other letters than those of what was chosen choose nothing."""
        self._typing.stop()
        text = self.box.text()
        if self.chosen is not None and text != self.chosen.words:
            self.chosen = None
            self.picked.emit("")
        asked = "" if self.chosen is not None else text
        found = [] if self._search is None else list(self._search(asked, MOST))
        if self.chosen is not None:
            found = [self.chosen, *(one for one in found if one.id != self.chosen.id)][:MOST]
        self.list.clear()
        for one in found:
            item = QListWidgetItem(f"{one.words} · {one.hint}" if one.hint else one.words, self.list)
            item.setData(Qt.ItemDataRole.UserRole, one)
            item.setSizeHint(self._line)
        if not found and asked.strip():
            nobody = QListWidgetItem(f"Rien ne répond à « {asked.strip()} ».", self.list)
            nobody.setFlags(Qt.ItemFlag.NoItemFlags)
            nobody.setSizeHint(self._line)
        self._found = len(found)
        if self.chosen is not None:
            self.list.setCurrentRow(0)

    def _take(self, item: QListWidgetItem) -> None:
        record: Picked | None = item.data(Qt.ItemDataRole.UserRole)
        if record is None:
            return
        if self.chosen is None or self.chosen.id != record.id:
            self.chosen = record
            self.box.setText(record.words)
            self._follow()
            self.picked.emit(record.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """↓ goes into the list; Enter takes the first answer, or the line that the keyboard is on."""
        match event.key():
            case Qt.Key.Key_Down if self.box.hasFocus() and self._found:
                self.list.setCurrentRow(0)
                self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if event.modifiers() in (
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.KeypadModifier,
            ):
                if self.list.hasFocus():
                    row = self.list.currentRow()
                else:
                    self._follow()
                    row = 0 if self.chosen is None and self._found else -1
                    if self.chosen is None and not self._found:
                        return
                if row >= 0:
                    self._take(self.list.item(row))
                self.focusNextPrevChild(True)
            case _:
                super().keyPressEvent(event)
