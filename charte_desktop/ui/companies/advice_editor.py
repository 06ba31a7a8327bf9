"""Recommendations being written: what, why, how, in the order in which the company reads them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHBoxLayout, QListWidget, QPushButton, QVBoxLayout, QWidget

from charte_desktop.model.follow_up import Priority
from charte_desktop.ui import icons
from charte_desktop.ui.field_editors import LineEditor, TextEditor

if TYPE_CHECKING:
    from charte_desktop.model.accompaniment_entry import Advised

_LINES = 3
"""Recommendations seen at once."""


class _List(QListWidget):
    """The recommendations; Suppr takes one off, Alt with the arrows moves it."""

    dropped = Signal()
    moved = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        match event.key():
            case Qt.Key.Key_Delete:
                self.dropped.emit()
            case Qt.Key.Key_Up if alt:
                self.moved.emit(-1)
            case Qt.Key.Key_Down if alt:
                self.moved.emit(1)
            case _:
                super().keyPressEvent(event)


class AdviceEditor(QWidget):
    """A list, and the fields of the one that is chosen. Typing with none chosen begins a new one."""

    edited = Signal()
    stepped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._advice: list[Advised] = []
        self._is_filling = False
        self.list = _List(self)
        self.list.setObjectName("advice_list")
        self.list.setProperty("kind", "lines")
        self.list.setAccessibleName("Recommandations")
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setToolTip("Alt+↑ Alt+↓ : changer l'ordre · Suppr : retirer")
        self.what, self.why, self.how = LineEditor(self), TextEditor(self, 2), TextEditor(self, 2)
        for box, name, words in (
            (self.what, "what", "Quoi : ce que vous recommandez"),
            (self.why, "why", "Pourquoi"),
            (self.how, "how", "Comment"),
        ):
            box.setObjectName(f"advice_{name}")
            box.setPlaceholderText(words)
            box.setAccessibleName(words)
            box.edited.connect(self._typed)
        self.priority = QComboBox(self)
        self.priority.setObjectName("advice_priority")
        self.priority.setAccessibleName("Priorité de la recommandation")
        for one in Priority:
            self.priority.addItem(f"Priorité {one.words}", one)
        self.priority.setCurrentIndex(1)
        self.add_button = QPushButton("Autre conseil", self)
        self.add_button.setIcon(icons.icon("plus"))
        self.add_button.setIconSize(icons.BESIDE_WORDS)
        self.drop_button = QPushButton("Retirer", self)
        for button in (self.add_button, self.drop_button):
            button.setProperty("kind", "choice")
        self._lay_out()
        self.what.stepped.connect(lambda: self.why.setFocus(Qt.FocusReason.TabFocusReason))
        self.why.stepped.connect(lambda: self.how.setFocus(Qt.FocusReason.TabFocusReason))
        self.how.stepped.connect(self.stepped)
        self.priority.activated.connect(lambda _: self._typed())
        self.list.currentRowChanged.connect(lambda _: self._show_chosen())
        self.list.dropped.connect(self.drop)
        self.list.moved.connect(self._move)
        self.add_button.clicked.connect(self.begin)
        self.drop_button.clicked.connect(self.drop)
        self._show_list(-1)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.priority, 1)
        buttons.addWidget(self.add_button)
        buttons.addWidget(self.drop_button)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(4)
        for widget in (self.list, self.what, self.why, self.how):
            lines.addWidget(widget)
        lines.addLayout(buttons)

    def advice(self) -> "list[Advised]":
        """What is written, in order; a line without "quoi" counts for nothing."""
        return [one for one in self._advice if one.what.strip()]

    def show_advice(self, advice: "Sequence[Advised]") -> None:
        """Show these."""
        self._advice = list(advice)
        self._show_list(0 if advice else -1)

    def add(self, advised: "Advised") -> None:
        """Add one at the end, unless the same question proposed it already."""
        if advised.question_id and any(one.question_id == advised.question_id for one in self._advice):
            return
        self._advice.append(advised)
        self._show_list(len(self._advice) - 1)
        self.edited.emit()

    def proposed(self) -> set[str]:
        """The questions whose proposals were taken."""
        return {one.question_id for one in self._advice if one.question_id}

    def leave_out(self, question_id: str) -> None:
        """Take off what this question proposed."""
        row = next((row for row, one in enumerate(self._advice) if one.question_id == question_id), -1)
        if row >= 0:
            del self._advice[row]
            self._show_list(min(row, len(self._advice) - 1))
            self.edited.emit()

    def begin(self) -> None:
        """Write another one."""
        self.list.setCurrentRow(-1)
        self._show_chosen()
        self.what.setFocus(Qt.FocusReason.OtherFocusReason)

    def drop(self) -> None:
        """Take the chosen one off."""
        row = self.list.currentRow()
        if 0 <= row < len(self._advice):
            del self._advice[row]
            self._show_list(min(row, len(self._advice) - 1))
            self.edited.emit()

    def _move(self, step: int) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._advice) and 0 <= row + step < len(self._advice):
            self._advice[row], self._advice[row + step] = self._advice[row + step], self._advice[row]
            self._show_list(row + step)
            self.edited.emit()

    def _typed(self) -> None:
        from charte_desktop.model.accompaniment_entry import Advised

        if self._is_filling:
            return
        row = self.list.currentRow()
        question_id = self._advice[row].question_id if 0 <= row < len(self._advice) else ""
        written = Advised(
            self.what.typed(), self.why.typed(), self.how.typed(), self.priority.currentData(), question_id
        )
        if 0 <= row < len(self._advice):
            self._advice[row] = written
            item = self.list.item(row)
            assert item is not None
            item.setText(_line(row, written))
        elif written.what.strip() or written.why.strip() or written.how.strip():
            self._advice.append(written)
            self._show_list(len(self._advice) - 1, keep_fields=True)
        self.edited.emit()

    def _show_list(self, chosen: int, *, keep_fields: bool = False) -> None:
        self._is_filling = True
        self.list.clear()
        for row, one in enumerate(self._advice):
            self.list.addItem(_line(row, one))
        self.list.setCurrentRow(chosen)
        self._is_filling = False
        row_height = self.list.sizeHintForRow(0) if self._advice else 0
        self.list.setVisible(bool(self._advice))
        self.list.setFixedHeight(min(max(len(self._advice), 1), _LINES) * row_height + 6)
        if not keep_fields:
            self._show_chosen()
        self.drop_button.setEnabled(chosen >= 0)

    def _show_chosen(self) -> None:
        if self._is_filling:
            return
        row = self.list.currentRow()
        one = self._advice[row] if 0 <= row < len(self._advice) else None
        self._is_filling = True
        self.what.show_typed(one.what if one else "")
        self.why.show_typed(one.why if one else "")
        self.how.show_typed(one.how if one else "")
        self.priority.setCurrentIndex(self.priority.findData(one.priority if one else Priority.MEDIUM))
        self._is_filling = False
        self.drop_button.setEnabled(one is not None)


def _line(row: int, one: "Advised") -> str:
    return f"{row + 1}. {one.what.strip() or '…'}"
