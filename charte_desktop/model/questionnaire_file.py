"""A questionnaire's file: TOML with French words, that the office may rewrite. Every refusal says where and what to do.

The words are those of `resources/questionnaire/*.toml`, whose head explains them.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from typing import Any

from charte_desktop.errors import UserError
from charte_desktop.model import reference
from charte_desktop.model.questionnaire import (
    Advice,
    Axis,
    Choice,
    Condition,
    Question,
    QuestionKind,
    Questionnaire,
    Step,
)
from charte_desktop.paths import resources

SHIPPED = "maturite-numerique.toml"
"""The questionnaire that comes with the program: its own, not the official one."""
LARGEST_FILE = 500_000
"""Characters."""
MOST_QUESTIONS, MOST_CHOICES = 200, 30
_KINDS = {"echelle": QuestionKind.SCALE} | {kind.value: kind for kind in QuestionKind}


@cache
def shipped_text() -> str:
    """The text of the questionnaire that comes with the program."""
    return (resources() / "questionnaire" / SHIPPED).read_bytes().decode()


@cache
def shipped() -> Questionnaire:
    """The questionnaire that comes with the program."""
    return read_questionnaire(shipped_text())


def decoded(content: bytes) -> str:
    """The text of a file, with or without a byte order mark; refused when it is no UTF-8."""
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as fault:
        raise UserError(
            "Ce fichier n'est pas un texte en UTF-8 : enregistrez-le dans ce codage, puis choisissez-le de nouveau."
        ) from fault


def read_questionnaire(text: str) -> Questionnaire:
    """The questionnaire that a text describes. Raises UserError at the first thing that cannot be understood."""
    if len(text) > LARGEST_FILE:
        raise UserError("Ce questionnaire est trop long : 500 000 caractères au plus.")
    try:
        content = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as fault:
        raise UserError(f"Le questionnaire ne se lit pas : {_in_french(str(fault))}. Corrigez cette ligne.") from fault
    whole = _Table(content, "Le questionnaire")
    axes = tuple(_axis(one) for one in whole.tables("axe", "axe"))
    _refuse_twice([one.id for one in axes], "L'axe")
    if len(axes) < 3:
        raise UserError("Le questionnaire a besoin de trois axes au moins : ajoutez des blocs [[axe]].")
    if len(axes) > 16:
        raise UserError("Le questionnaire a plus de seize axes : le dessin ne se lirait plus.")
    reader = _Reader({one.id for one in axes})
    for section in whole.tables("section", "section"):
        reader.read_section(section)
    questions = tuple(reader.questions.values())
    if not questions:
        raise UserError("Le questionnaire n'a aucune question : ajoutez des blocs [[section.question]].")
    if len(questions) > MOST_QUESTIONS:
        raise UserError(f"Le questionnaire a plus de {MOST_QUESTIONS} questions : personne n'y répondrait.")
    silent = [axis.title for axis in axes if not any(one.counts and one.axis_id == axis.id for one in questions)]
    if silent:
        raise UserError(f"L'axe « {silent[0]} » n'a aucune question qui compte : donnez-lui-en une, ou retirez-le.")
    made = Questionnaire(
        sha256(text.encode()).hexdigest(), whole.text("titre"), axes, questions, whole.text("presentation", "")
    )
    whole.refuse_strangers()
    return made


class _Table:
    """A table of the file, read field by field; what was not asked for is a stranger."""

    def __init__(self, content: Mapping[str, Any], where: str) -> None:
        self.where = where
        self._content = content
        self._read: set[str] = set()

    def has(self, name: str) -> bool:
        self._read.add(name)
        return name in self._content

    def text(self, name: str, default: str | None = None) -> str:
        value = self._value(name, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise UserError(f"{self.where} : « {name} » doit être un texte entre guillemets.")
        return " ".join(value.split())

    def number(self, name: str, default: float | None = None) -> float:
        value = self._value(name, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e9:
            raise UserError(f"{self.where} : « {name} » doit être un nombre.")
        return value

    def whole(self, name: str, default: int) -> int:
        value = self.number(name, default)
        if value != int(value):
            raise UserError(f"{self.where} : « {name} » doit être un nombre entier.")
        return int(value)

    def flag(self, name: str) -> bool:
        value = self._value(name, False)
        if not isinstance(value, bool):
            raise UserError(f"{self.where} : « {name} » doit être true ou false.")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        value = self._value(name, [])
        if isinstance(value, str):
            value = [value]
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise UserError(f'{self.where} : « {name} » doit être une liste de textes, par exemple ["oui", "non"].')
        return tuple(value)

    def table(self, name: str, words: str) -> "_Table":
        value = self._value(name, None)
        if not isinstance(value, dict):
            raise UserError(f"{self.where} : « {name} » doit être écrit entre accolades.")
        return _Table(value, f"{self.where}, {words}")

    def tables(self, name: str, words: str) -> "Iterator[_Table]":
        value = self._value(name, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise UserError(f"{self.where} : « {name} » doit être une liste de blocs.")
        for number, one in enumerate(value, 1):
            named = one.get("id") or one.get("titre") or number
            yield _Table(one, f"{words[:1].upper()}{words[1:]} « {named} »")

    def refuse_strangers(self) -> None:
        strangers = sorted(self._content.keys() - self._read)
        if strangers:
            known = ", ".join(sorted(self._read))
            raise UserError(f"{self.where} : « {strangers[0]} » n'est pas compris. Mots possibles : {known}.")

    def _value(self, name: str, default: Any) -> Any:
        self._read.add(name)
        if name not in self._content and default is None:
            raise UserError(f"{self.where} : il manque « {name} ».")
        return self._content.get(name, default)


class _Reader:
    """Reads questions one after the other: a condition may only look back."""

    def __init__(self, axes: set[str]) -> None:
        self.questions: dict[str, Question] = {}
        self._axes = axes

    def read_section(self, section: _Table) -> None:
        title = section.text("titre")
        for one in section.tables("question", "question"):
            question = self._question(one, title)
            if question.id in self.questions:
                raise UserError(f"La question « {question.id} » est écrite deux fois : donnez un autre id à l'une.")
            self.questions[question.id] = question
            one.refuse_strangers()
        section.refuse_strangers()

    def _question(self, one: _Table, section: str) -> Question:
        question_id = one.text("id")
        kind = _KINDS.get(one.text("type", "choix"))
        if kind is None:
            raise UserError(f"{one.where} : ce type n'existe pas ; choisissez parmi {', '.join(_KINDS)}.")
        axis = one.text("axe", "")
        if axis and axis not in self._axes:
            raise UserError(f"{one.where} : l'axe « {axis} » n'existe pas ; choisissez parmi {_listed(self._axes)}.")
        weight = one.number("poids", 1)
        if weight <= 0:
            raise UserError(f"{one.where} : « poids » doit être plus grand que 0.")
        choices = self._choices(one, kind)
        low, high = one.whole("de", 1), one.whole("a", 5)
        if not low < high <= low + 10:
            raise UserError(f"{one.where} : une échelle va de « de » à « a », onze degrés au plus.")
        ends = one.texts("extremes")
        if len(ends) not in (0, 2):
            raise UserError(f"{one.where} : « extremes » donne deux textes, celui du début et celui de la fin.")
        question = Question(
            id=question_id,
            words=one.text("texte"),
            kind=kind,
            section=section,
            help=one.text("aide", ""),
            axis_id=axis,
            weight=weight,
            choices=choices,
            low=low,
            high=high,
            ends=(ends[0], ends[1]) if ends else ("", ""),
            unit=one.text("unite", ""),
            steps=self._steps(one),
            condition=self._condition(one.table("si", "condition")) if one.has("si") else None,
            advice=_advice(one.table("priorite", "priorité")) if one.has("priorite") else None,
        )
        self._refuse_worthless(one, question)
        return question

    @staticmethod
    def _choices(one: _Table, kind: QuestionKind) -> tuple[Choice, ...]:
        choices = []
        for choice in one.tables("choix", "choix"):
            choice.where = f"{one.where}, {choice.where[:1].lower()}{choice.where[1:]}"
            words = choice.text("texte")
            choices.append(Choice(choice.text("id"), words, choice.number("points", 0), choice.flag("seul")))
            choice.refuse_strangers()
        _refuse_twice([choice.id for choice in choices], f"{one.where} : le choix")
        if kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE):
            if not 2 <= len(choices) <= MOST_CHOICES:
                raise UserError(f"{one.where} : donnez de 2 à {MOST_CHOICES} choix.")
        elif choices:
            raise UserError(f"{one.where} : une question de ce type n'a pas de choix.")
        return tuple(choices)

    @staticmethod
    def _steps(one: _Table) -> tuple[Step, ...]:
        steps = []
        for step in one.tables("palier", "palier"):
            step.where = f"{one.where}, un palier"
            steps.append(Step(step.number("jusqu_a"), step.number("points")))
            step.refuse_strangers()
        limits = [step.up_to for step in steps]
        if limits != sorted(set(limits)):
            raise UserError(f"{one.where} : les paliers vont du plus petit « jusqu_a » au plus grand.")
        return tuple(steps)

    @staticmethod
    def _refuse_worthless(one: _Table, question: Question) -> None:
        if not question.axis_id:
            if question.advice is not None:
                raise UserError(f"{one.where} : une priorité demande un axe, sinon rien ne la déclenche.")
            return
        if question.kind is QuestionKind.TEXT:
            raise UserError(f"{one.where} : une réponse libre ne vaut pas de points ; retirez « axe ».")
        if question.kind is QuestionKind.NUMBER and not question.steps:
            raise UserError(f"{one.where} : donnez des paliers à ce nombre, ou retirez « axe ».")
        if question.kind is not QuestionKind.SCALE and question.most <= 0:
            raise UserError(f"{one.where} : aucune réponse ne vaut de points ; donnez-en à la meilleure.")

    def _condition(self, one: _Table) -> Condition:
        before = self.questions.get(one.text("question"))
        if before is None:
            raise UserError(
                f"{one.where} : la question « {one.text('question')} » n'existe pas plus haut ; une condition ne "
                "regarde que ce qui a déjà été demandé."
            )
        one_of = one.texts("parmi")
        at_least = one.number("au_moins") if one.has("au_moins") else None
        at_most = one.number("au_plus") if one.has("au_plus") else None
        one.refuse_strangers()
        unknown = [choice for choice in one_of if choice not in {known.id for known in before.choices}]
        if unknown:
            known = _listed(choice.id for choice in before.choices)
            raise UserError(f"{one.where} : « {unknown[0]} » n'est pas une réponse possible ; il y a {known}.")
        has_choices = bool(before.choices)
        if has_choices != bool(one_of) or has_choices == (at_least is not None or at_most is not None):
            raise UserError(
                f"{one.where} : écrivez parmi = […] après une question à choix, au_moins ou au_plus après un nombre "
                "ou une échelle."
            )
        if before.kind is QuestionKind.TEXT:
            raise UserError(f"{one.where} : une réponse libre ne peut pas être une condition.")
        return Condition(before.id, one_of, at_least, at_most)


def _axis(one: _Table) -> Axis:
    family = one.text("famille", "")
    if family and family not in reference.FAMILIES:
        raise UserError(
            f"{one.where} : la famille « {family} » n'est pas de la charte ; {_listed(reference.FAMILIES)}."
        )
    axis = Axis(one.text("id"), one.text("titre"), family)
    one.refuse_strangers()
    return axis


def _advice(one: _Table) -> Advice:
    service_ids = one.texts("prestations")
    unknown = [service for service in service_ids if service not in reference.services()]
    if unknown:
        raise UserError(f"{one.where} : la prestation « {unknown[0]} » n'existe pas ; choisissez de S01 à S16.")
    below = one.number("seuil", 50)
    if not 0 <= below < 100:
        raise UserError(f"{one.where} : « seuil » va de 0 à 99, en pour cent des points.")
    advice = Advice(one.text("quoi"), one.text("comment", ""), one.text("pourquoi", ""), service_ids, below / 100)
    one.refuse_strangers()
    return advice


def _refuse_twice(ids: Sequence[str], what: str) -> None:
    for number, one in enumerate(ids):
        if one in ids[:number]:
            raise UserError(f"{what} « {one} » est écrit deux fois : donnez un autre id à l'un des deux.")


def _listed(words: Any) -> str:
    return ", ".join(sorted(words))


def _in_french(fault: str) -> str:
    """Where the reader stopped, in words that somebody who never saw TOML can use."""
    what, _, where = fault.partition(" (at ")
    if not where:
        return "une parenthèse, un crochet ou un guillemet n'est pas fermé"
    place = where.rstrip(")").replace("line ", "ligne ").replace(", column ", ", caractère ")
    return f"{place.replace('end of document', 'fin du fichier')} ({what})"
