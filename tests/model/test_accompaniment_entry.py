from datetime import date

import pytest

from charte_desktop.errors import UserError
from charte_desktop.model.accompaniment_entry import AccompanimentEntry, Person, read_person
from charte_desktop.model.accompaniment_kind import AccompanimentKind


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Gérante Fictive, dirigeante", Person("Gérante Fictive", "dirigeante")),
        ("  Gérante   Fictive  ( dirigeante )", Person("Gérante Fictive", "dirigeante")),
        ("Gérante Fictive", Person("Gérante Fictive")),
        ("Gérante Fictive,", Person("Gérante Fictive")),
        ("Gérante, comptable, associée", Person("Gérante", "comptable, associée")),
        (" , ", None),
        ("", None),
        ("(seulement)", None),
    ],
)
def test_somebody_is_typed_with_what_they_do(text: str, person: Person | None) -> None:
    assert read_person(text) == person


def entry(held_on: date, next_on: date | None = None) -> AccompanimentEntry:
    return AccompanimentEntry(kind=AccompanimentKind.INDIVIDUAL, held_on=held_on, next_on=next_on)


def test_a_day_to_come_and_a_step_before_the_conversation_are_refused() -> None:
    today = date(2026, 10, 20)
    entry(today).refuse_impossible(today)
    entry(date(2026, 10, 1), today).refuse_impossible(today)
    with pytest.raises(UserError, match="n'est pas encore passé"):
        entry(date(2026, 10, 21)).refuse_impossible(today)
    with pytest.raises(UserError, match="viendrait avant"):
        entry(today, date(2026, 10, 19)).refuse_impossible(today)
