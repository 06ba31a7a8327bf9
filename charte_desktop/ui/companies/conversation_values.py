"""A conversation as the texts that a draft keeps: what was typed is shown again from them, and so is one to correct."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from charte_desktop.model.accompaniment_entry import AccompanimentEntry, Advised, Person
from charte_desktop.model.follow_up import Priority

Values = Mapping[str, str]


def values_of(entry: AccompanimentEntry) -> dict[str, str]:
    """What is kept of an accompaniment, as its page would have typed it."""
    return {
        "kind": entry.kind.name,
        "day": f"{entry.held_on:%d/%m/%Y}",
        "people": people_text(entry.met),
        "person_line": "",
        "notes": entry.notes,
        "needs": " ".join(f"{service}:{int(priority)}" for service, priority in sorted(entry.needs.items())),
        "advice": advice_text(entry.recommendations),
        "next_step": entry.next_step,
        "next_on": f"{entry.next_on:%d/%m/%Y}" if entry.next_on else "",
        "questionnaire": entry.questionnaire_id,
        "answers": answers_text(entry.answers),
    }


def people_text(people: Sequence[Person]) -> str:
    """Who is ticked; `people_in` reads it."""
    return json.dumps([asdict(one) for one in people], ensure_ascii=False) if people else ""


def people_in(text: str) -> list[Person]:
    """Who was ticked."""
    return [Person(**one) for one in json.loads(text)] if text else []


def advice_text(advice: Sequence[Advised]) -> str:
    """The recommendations; `advice_in` reads them."""
    if not advice:
        return ""
    return json.dumps([asdict(one) | {"priority": int(one.priority)} for one in advice], ensure_ascii=False)


def advice_in(text: str) -> list[Advised]:
    """The recommendations that were written."""
    return [Advised(**one | {"priority": Priority(one["priority"])}) for one in json.loads(text)] if text else []


def answers_text(answers: Mapping[str, Any]) -> str:
    """The answers to the questionnaire; `answers_in` reads them."""
    return json.dumps(dict(answers), ensure_ascii=False) if answers else ""


def answers_in(text: str) -> dict[str, Any]:
    """What was answered."""
    return dict(json.loads(text)) if text else {}
