"""A diagnostic questionnaire: its questions, what is asked after what was answered, scores by axis, priorities.

A questionnaire is named by the SHA-256 of its text, and answers name the questionnaire they were given to: another
text is another questionnaire, and never changes what was answered before.

Answers are a mapping from a question's id: the id of a choice, a list of ids, a whole number of a scale, a number, a
text. Answers to questions that are not asked (any more) are kept and do not count.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import Any

Answer = str | int | float | list[str]
Answers = Mapping[str, Any]
_ABSURD = 1e12
"""A number from which on an answer is none."""


class QuestionKind(Enum):
    """How a question is answered. The value is the word in the file."""

    SINGLE = "choix"
    MULTIPLE = "choix multiples"
    SCALE = "échelle"
    NUMBER = "nombre"
    TEXT = "texte"


@dataclass(frozen=True)
class Axis:
    """One direction of the radar."""

    id: str
    title: str
    family: str = ""
    """The charter's family of services that it looks at; empty for none."""


@dataclass(frozen=True)
class Choice:
    """One possible answer."""

    id: str
    words: str
    points: float = 0
    alone: bool = False
    """Among several choices: excludes the others ("aucun de ceux-ci")."""


@dataclass(frozen=True)
class Step:
    """Numbers up to a limit, included, are worth so many points."""

    up_to: float
    points: float


@dataclass(frozen=True)
class Condition:
    """What must have been answered before a question is asked."""

    question_id: str
    one_of: tuple[str, ...] = ()
    """Ids of choices, at least one of them."""
    at_least: float | None = None
    at_most: float | None = None


@dataclass(frozen=True)
class Advice:
    """What is proposed when a question is answered with few points."""

    what: str
    how: str = ""
    why: str = ""
    """Before the answer itself, which is always told."""
    service_ids: tuple[str, ...] = ()
    below: float = 0.5
    """Share of the points, from 0 to 1, up to which it is proposed."""


@dataclass(frozen=True)
class Question:
    """One question."""

    id: str
    words: str
    kind: QuestionKind
    section: str
    help: str = ""
    axis_id: str = ""
    """Empty for a question that counts for nothing."""
    weight: float = 1
    choices: tuple[Choice, ...] = ()
    low: int = 1
    high: int = 5
    ends: tuple[str, str] = ("", "")
    """The words of a scale's two ends."""
    unit: str = ""
    steps: tuple[Step, ...] = ()
    condition: Condition | None = None
    advice: Advice | None = None

    @property
    def counts(self) -> bool:
        """True when an answer is worth points."""
        return bool(self.axis_id) and self.kind is not QuestionKind.TEXT

    def in_words(self, answer: Any) -> str:
        """An answer as it is read; empty for none, and for one that this question does not know."""
        match self.kind:
            case QuestionKind.SINGLE:
                return next((one.words for one in self.choices if one.id == answer), "")
            case QuestionKind.MULTIPLE:
                chosen = answer if isinstance(answer, list) else []
                return ", ".join(one.words for one in self.choices if one.id in chosen)
            case QuestionKind.SCALE:
                return f"{answer} sur {self.high}" if _is_number(answer) and self.low <= answer <= self.high else ""
            case QuestionKind.NUMBER:
                return f"{answer:g} {self.unit}".rstrip().replace(".", ",") if _is_number(answer) else ""
            case _:
                return str(answer or "")

    def share(self, answer: Any) -> float | None:
        """The part of its points that an answer is worth, from 0 to 1; None for no answer that counts."""
        if not self.counts or not self.in_words(answer):
            return None
        match self.kind:
            case QuestionKind.SINGLE:
                points = next(one.points for one in self.choices if one.id == answer)
            case QuestionKind.MULTIPLE:
                points = sum(one.points for one in self.choices if one.id in answer)
            case QuestionKind.SCALE:
                return min(max(float(answer - self.low) / (self.high - self.low), 0.0), 1.0)
            case _:
                points = next((one.points for one in self.steps if answer <= one.up_to), self.steps[-1].points)
        return min(max(points / self.most, 0.0), 1.0)

    @cached_property
    def most(self) -> float:
        """The points of the best answer."""
        if self.kind is QuestionKind.NUMBER:
            return max(one.points for one in self.steps)
        points = [one.points for one in self.choices]
        return sum(one for one in points if one > 0) if self.kind is QuestionKind.MULTIPLE else max(points)


@dataclass(frozen=True)
class Finding:
    """One priority that answers give, with its reason."""

    question_id: str
    what: str
    why: str
    how: str
    service_ids: tuple[str, ...]
    loss: float
    """Points that are missing, weighted: what the priorities are ordered by."""


@dataclass(frozen=True)
class Progress:
    """How far the answers are."""

    answered: int
    asked: int


@dataclass(frozen=True)
class Questionnaire:
    """A text that was understood."""

    id: str
    """SHA-256 of the text in UTF-8, in hexadecimal."""
    title: str
    axes: tuple[Axis, ...]
    questions: tuple[Question, ...]
    """In the order in which they are asked."""
    introduction: str = ""
    by_id: Mapping[str, Question] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_id", {one.id: one for one in self.questions})

    @property
    def sections(self) -> Sequence[str]:
        """The titles of its parts, in order."""
        return list(dict.fromkeys(one.section for one in self.questions))

    def is_asked(self, question: Question, answers: Answers) -> bool:
        """True when the answers before it lead to a question."""
        condition = question.condition
        if condition is None:
            return True
        before = self.by_id[condition.question_id]
        answer = answers.get(before.id)
        if answer is None or not self.is_asked(before, answers):
            return False
        if condition.one_of:
            given = answer if isinstance(answer, list) else [answer]
            return not set(condition.one_of).isdisjoint(given)
        if not _is_number(answer):
            return False
        return (condition.at_least is None or answer >= condition.at_least) and (
            condition.at_most is None or answer <= condition.at_most
        )

    def asked(self, answers: Answers) -> list[Question]:
        """The questions that these answers lead to, in order."""
        return [one for one in self.questions if self.is_asked(one, answers)]

    def progress(self, answers: Answers) -> Progress:
        """How many of the questions that are asked have an answer."""
        asked = self.asked(answers)
        return Progress(sum(bool(one.in_words(answers.get(one.id))) for one in asked), len(asked))

    def scores(self, answers: Answers) -> dict[str, int]:
        """From 0 to 100 by axis; an axis without an answer that counts is not there."""
        won: dict[str, float] = {}
        most: dict[str, float] = {}
        for question, share in self._counted(answers):
            won[question.axis_id] = won.get(question.axis_id, 0) + question.weight * share
            most[question.axis_id] = most.get(question.axis_id, 0) + question.weight
        return {axis.id: round(100 * won[axis.id] / most[axis.id]) for axis in self.axes if axis.id in most}

    def findings(self, answers: Answers, most: int = 6) -> list[Finding]:
        """What the answers say should come first, at most so many; the largest loss first, then as asked."""
        found = [
            Finding(
                question.id,
                question.advice.what,
                " ".join(filter(None, [question.advice.why, _told(question, answers[question.id])])),
                question.advice.how,
                question.advice.service_ids,
                question.weight * (1 - share),
            )
            for question, share in self._counted(answers)
            if question.advice is not None and share <= question.advice.below and share < 1
        ]
        return sorted(found, key=lambda one: -one.loss)[:most]

    def known(self, answers: Answers) -> dict[str, Any]:
        """The answers that these questions know; others come from a hand or another text."""
        return {one.id: answers[one.id] for one in self.questions if one.in_words(answers.get(one.id))}

    def _counted(self, answers: Answers) -> Iterator[tuple[Question, float]]:
        for question in self.asked(answers):
            share = question.share(answers.get(question.id))
            if share is not None:
                yield question, share


def _told(question: Question, answer: Any) -> str:
    return f"À « {question.words} », la réponse est « {question.in_words(answer)} »."


def _is_number(answer: Any) -> bool:
    return isinstance(answer, int | float) and not isinstance(answer, bool) and abs(answer) < _ABSURD
