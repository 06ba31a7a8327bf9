"""The line of a record where it says how it stands and what can be done about it; its room is always kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from charte_desktop.model.draft import Draft
    from charte_desktop.store.look_alikes import LookAlike

CALM, WARNING = "calm", "warning"
"""The tones of the line."""
_BUTTONS = 2


@dataclass(frozen=True)
class Act:
    """A button of the line; `&` before the letter that Alt takes."""

    words: str
    hint: str
    do: Callable[[], None]


class RecordBand(QFrame):
    """A sentence and up to two buttons under it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("tone", CALM)
        self.sentence = QLabel(self)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setMinimumWidth(40)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.buttons = [QPushButton(self) for _ in range(_BUTTONS)]
        self._acts: Sequence[Act] = ()
        self._words = ""
        self._height = 0
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 4, 0, 6)
        self._lines.setSpacing(4)
        self._lines.addWidget(self.sentence, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        self._lines.addLayout(row)
        for number, button in enumerate(self.buttons):
            button.clicked.connect(lambda _=False, number=number: self._acts[number].do())
            row.addWidget(button)
        row.addStretch(1)

    def say(self, sentence: str, *acts: Act, tone: str = CALM) -> None:
        """Show a sentence and its buttons."""
        if not self._height:
            self._keep_room()
        self._words, self._acts = sentence, acts
        self.sentence.setToolTip(sentence)
        self.sentence.setWordWrap(not acts)
        self._fit()
        for number, button in enumerate(self.buttons):
            if number >= len(acts):
                button.hide()
                continue
            act = acts[number]
            if button.text() != act.words:
                button.setText(act.words)
                button.setToolTip(act.hint)
            button.show()
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            side = 8 if tone == WARNING else 0
            self._lines.setContentsMargins(side, 4, side, 6)
            for widget in (self, self.sentence):
                widget.style().unpolish(widget)
                widget.style().polish(widget)

    def say_alike(
        self, alike: "Sequence[LookAlike]", open_it: Callable[[], None], not_alike: Callable[[], None]
    ) -> None:
        """Say whom a record looks like, the likeliest first."""
        first, others = alike[0], len(alike) - 1
        more = f" (et {others} autre{'s' if others > 1 else ''})" if others else ""
        self.say(
            f"Ressemble à « {first.legal_name or '(sans nom)'} » : {first.why}{more}.",
            Act("&Ouvrir la fiche existante", "Alt+O ; ce qui est tapé reste en brouillon", open_it),
            Act("Ce n'est &pas un doublon", "Alt+P ; ne sera plus proposé", not_alike),
            tone=WARNING,
        )

    def say_draft(self, draft: "Draft", resume: Callable[[], None], forget: Callable[[], None]) -> None:
        """Say that a draft waits, since when on the island, and propose it."""
        from charte_desktop.store.database import REUNION

        self.say(
            f"Un brouillon du {draft.kept_at.astimezone(REUNION):%d/%m/%Y à %H:%M} n'a pas été enregistré.",
            Act("&Reprendre", "Remet dans les champs ce qui avait été tapé (Alt+R)", resume),
            Act("&Oublier", "Efface ce brouillon (Alt+O)", forget),
            tone=WARNING,
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """One line above buttons, as many as there is room for without any."""
        room = self.width() - 16
        words = self._words
        if self._acts and room > 0:
            words = self.sentence.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
        if self.sentence.text() != words:
            self.sentence.setText(words)
            self.sentence.setAccessibleName(self._words)

    def _keep_room(self) -> None:
        """The height of a sentence with buttons, whatever is said: the form below never moves."""
        self.ensurePolished()
        line = self.sentence.fontMetrics().lineSpacing() + 2
        self._height = line + self.buttons[0].sizeHint().height() + 14
        self.setFixedHeight(self._height)
