"""A questionnaire on the screen: the questions that the answers lead to, one under the other, part by part."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from charte_desktop.ui.companies.question_box import QuestionBox

if TYPE_CHECKING:
    from charte_desktop.model.questionnaire import Questionnaire


class QuestionList(QWidget):
    """Built once for a questionnaire; a question that is not asked is hidden, and its answer is kept."""

    edited = Signal()
    """An answer changed."""
    finished = Signal()
    """Enter in the last question."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.questionnaire: Questionnaire | None = None
        self._boxes: dict[str, QuestionBox] = {}
        self._headings: dict[str, QLabel] = {}
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 12, 12)
        self._lines.setSpacing(0)

    def ask(self, questionnaire: "Questionnaire") -> None:
        """Build the questions of this questionnaire."""
        self.questionnaire = questionnaire
        if questionnaire.introduction:
            told = QLabel(questionnaire.introduction, self)
            told.setProperty("role", "muted")
            told.setWordWrap(True)
            self._lines.addWidget(told)
        for number, question in enumerate(questionnaire.questions, 1):
            if question.section not in self._headings:
                heading = QLabel(question.section, self)
                heading.setProperty("role", "heading")
                heading.setWordWrap(True)
                heading.setContentsMargins(0, 14, 0, 2)
                self._headings[question.section] = heading
                self._lines.addWidget(heading)
            box = QuestionBox(question, number, self)
            box.answered.connect(self._follow)
            box.stepped.connect(partial(self._step, question.id))
            self._boxes[question.id] = box
            self._lines.addWidget(box)
        self._lines.addStretch(1)
        self._show_asked()

    def answers(self) -> dict[str, Any]:
        """What was answered, by question; what is not asked any more too."""
        found = {question_id: box.answer() for question_id, box in self._boxes.items()}
        return {question_id: answer for question_id, answer in found.items() if answer is not None}

    def show_answers(self, answers: Mapping[str, Any]) -> None:
        """Show these answers."""
        for question_id, box in self._boxes.items():
            box.show_answer(answers.get(question_id))
        self._show_asked()

    def box(self, question_id: str) -> QuestionBox:
        """A question on the screen."""
        return self._boxes[question_id]

    def focus_first(self) -> None:
        """Put the keyboard in the first question without an answer."""
        asked = [box for box in self._boxes.values() if not box.isHidden()]
        if asked:
            self._go(next((box for box in asked if box.answer() is None), asked[0]))

    def _follow(self) -> None:
        self._show_asked()
        self.edited.emit()

    def _show_asked(self) -> None:
        if self.questionnaire is None:
            return
        answers = self.answers()
        for question_id, box in self._boxes.items():
            asked = self.questionnaire.is_asked(self.questionnaire.by_id[question_id], answers)
            if asked == box.isHidden():
                box.setVisible(asked)

    def _step(self, question_id: str) -> None:
        """On to the next question that is asked."""
        following = list(self._boxes)[list(self._boxes).index(question_id) + 1 :]
        for other in following:
            if not self._boxes[other].isHidden():
                self._go(self._boxes[other])
                return
        self.finished.emit()

    def _go(self, box: QuestionBox) -> None:
        box.take_focus()
        around = self.parentWidget()
        area = None if around is None else around.parentWidget()
        if isinstance(area, QScrollArea):
            area.ensureWidgetVisible(box, 0, 60)
