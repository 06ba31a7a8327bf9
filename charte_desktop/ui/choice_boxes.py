"""Boxes to tick, in groups: one stop of the Tab key, arrows inside, space ticks."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import cast

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from charte_desktop.ui import icons, marks


@dataclass(frozen=True)
class ChoiceGroup:
    """Choices under one heading; each is (its stable id, its words)."""

    heading: str
    choices: Sequence[tuple[str, str]]
    mark: marks.Mark | None = None


_ARROWS = (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Left)


class _Box(QCheckBox):
    """A box that leaves the arrows to its group; Qt would go to whatever comes next in the window.

    Its whole line ticks it.
    """

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ARROWS:
            event.ignore()
        else:
            super().keyPressEvent(event)


class ChoiceBoxes(QWidget):
    """Ticked ids as a text, one space between two: a form keeps and gives back every field as text.

    An id that no box has stays in the text: a list made elsewhere is never shortened by being shown.
    """

    LETTERS = 52
    """Of a line of boxes: more of them go on below."""

    edited = Signal()
    left = Signal()
    stepped = Signal()
    finished = Signal()

    def __init__(
        self,
        parent: QWidget | None,
        groups: Callable[[], Sequence[ChoiceGroup]],
        *,
        columns: int = 1,
        folded: str = "",
    ) -> None:
        """`folded`: the boxes are shown on demand, and these words stand for "none is ticked"."""
        super().__init__(parent)
        self._groups, self._columns, self._none = groups, columns, folded
        self._boxes: dict[str, QCheckBox] = {}
        self._strangers: list[str] = []
        self._ids: list[str] = []
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(4)
        self._fold: QPushButton | None = None
        self._page: QWidget | None = None
        if folded:
            self._fold = QPushButton(self)
            self._fold.setIcon(icons.icon("list-checks", "muted"))
            self._fold.setIconSize(icons.BESIDE_WORDS)
            self._fold.setToolTip("Espace ouvre et ferme la liste")
            self._fold.clicked.connect(self._turn)
            self._lines.addWidget(self._fold)
            self._say_chosen()
        else:
            self._build()

    def typed(self) -> str:
        return " ".join(self._ids)

    def show_typed(self, text: str) -> None:
        """Tick these ids and no other."""
        wanted = text.split()
        if wanted == self._ids:
            return
        self._ids = wanted
        self._tick()
        self._say_chosen()

    def box(self, choice: str) -> QCheckBox:
        """The box of a choice; a folded list is opened for it."""
        if not self._boxes:
            self._turn()
        return self._boxes[choice]

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        if self._fold is not None:
            self._fold.setAccessibleName(f"{name} : {self._fold.text()}")

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._first().setFocus(event.reason())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from box to box, Enter to the next field, Ctrl+Enter closes the form."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        match event.key():
            case Qt.Key.Key_Down | Qt.Key.Key_Right:
                self._go(1)
            case Qt.Key.Key_Up | Qt.Key.Key_Left:
                self._go(-1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if held == Qt.KeyboardModifier.NoModifier:
                self.stepped.emit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if held == Qt.KeyboardModifier.ControlModifier:
                self.finished.emit()
            case _:
                super().keyPressEvent(event)

    def _first(self) -> QWidget:
        if self._fold is not None:
            return self._fold
        return next(box for box in self._boxes.values() if box.focusPolicy() != Qt.FocusPolicy.NoFocus)

    def _build(self) -> None:
        self._page = QWidget(self)
        page = QGridLayout(self._page)
        page.setContentsMargins(0, 0, 0, 0)
        page.setHorizontalSpacing(12)
        page.setVerticalSpacing(4)
        for column in range(self._columns):
            page.setColumnStretch(column, 1)
        line = 0
        for group in self._groups():
            if group.heading:
                page.addWidget(_heading(self._page, group), line, 0, 1, self._columns)
                line += 1
            rows = -(-len(group.choices) // self._columns)
            for number, (choice, words) in enumerate(group.choices):
                box = _Box(_wrapped(words, self.LETTERS // self._columns), self._page)
                box.setAccessibleName(f"{group.heading} : {words}" if group.heading else words)
                box.setFocusPolicy(Qt.FocusPolicy.NoFocus if self._boxes else Qt.FocusPolicy.StrongFocus)
                box.setToolTip(words)
                box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
                box.clicked.connect(self._tell)
                self._boxes[choice] = box
                page.addWidget(box, line + number % rows, number // rows)
            line += rows
        self._lines.addWidget(self._page)
        self._tick()

    def _turn(self) -> None:
        """Open or fold the list."""
        if not self._boxes:
            self._build()
            self._go(0)
        else:
            page = cast(QWidget, self._page)
            page.setVisible(page.isHidden())

    def _go(self, step: int) -> None:
        """Move the keyboard; the box that has it is the group's one stop of the Tab key."""
        boxes = list(self._boxes.values())
        if not boxes or (self._page is not None and self._page.isHidden()):
            return
        at = next((number for number, box in enumerate(boxes) if box.hasFocus()), -1 if step else 0)
        target = boxes[min(max(at + step, 0), len(boxes) - 1)]
        for box in boxes:
            box.setFocusPolicy(Qt.FocusPolicy.StrongFocus if box is target else Qt.FocusPolicy.NoFocus)
        target.setFocus(Qt.FocusReason.TabFocusReason)

    def _tell(self) -> None:
        ticked = [choice for choice, box in self._boxes.items() if box.isChecked()]
        self._ids = ticked + [one for one in self._ids if one not in self._boxes]
        self._say_chosen()
        self.edited.emit()

    def _tick(self) -> None:
        wanted = set(self._ids)
        for choice, box in self._boxes.items():
            if box.isChecked() != (choice in wanted):
                box.setChecked(choice in wanted)

    def _say_chosen(self) -> None:
        if self._fold is None:
            return
        self._fold.setText(self._none if not self._ids else _words(self._ids, self._groups()))
        if self.accessibleName():
            self.setAccessibleName(self.accessibleName())


def _wrapped(words: str, letters: int) -> str:
    """On as many lines as the width of a record asks for; `&` is a letter here."""
    return "\n".join(wrap(words, letters)).replace("&", "&&")


def _heading(parent: QWidget, group: ChoiceGroup) -> QWidget:
    heading = QLabel(group.heading.replace("&", "&&"), parent)
    heading.setProperty("role", "field")
    if group.mark is None:
        return heading
    line = QWidget(parent)
    row = QGridLayout(line)
    row.setContentsMargins(0, 4, 0, 0)
    row.setHorizontalSpacing(6)
    sign = QLabel(line)
    sign.setPixmap(marks.icon([group.mark]).pixmap(marks.size([group.mark]), parent.devicePixelRatioF()))
    row.addWidget(sign, 0, 0)
    row.addWidget(heading, 0, 1)
    row.setColumnStretch(1, 1)
    return line


def _words(ids: Iterable[str], groups: Sequence[ChoiceGroup]) -> str:
    """The ticked choices in words, the first three by name."""
    words = {choice: said for group in groups for choice, said in group.choices}
    said = [words.get(one, one) for one in ids]
    more = f" et {len(said) - 3} autres" if len(said) > 4 else f", {said[3]}" if len(said) == 4 else ""
    return ", ".join(said[:3]) + more
