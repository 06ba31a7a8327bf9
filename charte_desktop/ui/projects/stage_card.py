"""One stage of an overrun on the screen: a mark, its words, what it holds, what may be done."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from charte_desktop.model.overrun import CLAUSES, Stage
from charte_desktop.ui import marks
from charte_desktop.ui.forms import press_by_enter


class StageCard(QFrame):
    """Says by a shape and by words whether it stands, comes next, or waits."""

    def __init__(self, stage: Stage, parent: QWidget) -> None:
        super().__init__(parent)
        self.stage = stage
        self.setProperty("role", "card")
        self.mark = QLabel(self)
        self.mark.setFixedSize(18, 18)
        number = list(Stage).index(stage) + 1
        self.title = QLabel(f"{number}. {stage.value} ({CLAUSES[stage]})", self)
        self.title.setProperty("role", "heading")
        self.told = QLabel(self)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setWordWrap(True)
        self.told.setProperty("role", "value")
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        self.buttons.addStretch(1)
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 8, 12, 8)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.addWidget(self.mark, 0, 0)
        grid.addWidget(self.title, 0, 1)
        grid.addWidget(self.told, 1, 1, 1, 2)
        grid.addLayout(self.buttons, 2, 1, 1, 2)
        grid.setColumnStretch(1, 1)

    def add(self, words: str, do: Callable[[], object]) -> QPushButton:
        """A button of the stage."""
        button = act_button(self, words, do)
        self.buttons.insertWidget(self.buttons.count() - 1, button)
        return button

    def show_stage(self, told: str, *, is_done: bool, is_next: bool) -> None:
        """Say what the stage holds."""
        shape: marks.Mark = ("disc", "done") if is_done else ("triangle", "accent") if is_next else ("ring", "muted")
        picture = marks.icon([shape]).pixmap(marks.size([shape]), self.devicePixelRatioF())
        self.mark.setPixmap(picture)
        self.mark.setAccessibleName("fait" if is_done else "à faire maintenant" if is_next else "pas encore")
        self.told.setText(told or ("À noter maintenant." if is_next else "Après l'étape précédente."))
        self.told.setProperty("role", "value" if told else "muted")
        self.told.style().unpolish(self.told)
        self.told.style().polish(self.told)


def act_button(parent: QWidget, words: str, do: Callable[[], object]) -> QPushButton:
    """A button that does something; Enter presses it too."""
    button = QPushButton(words, parent)
    press_by_enter(button)
    button.clicked.connect(lambda _=False: do())
    return button
