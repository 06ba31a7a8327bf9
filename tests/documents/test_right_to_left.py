import pytest
from hypothesis import given
from hypothesis import strategies as st

from charte_desktop.documents.right_to_left import (
    as_written,
    in_order_of_the_line,
    join,
    reads_from_the_right,
    starts_from_the_right,
)


def on_line(text: str) -> str:
    return in_order_of_the_line(text, starts_from_the_right(text))


@pytest.mark.parametrize(
    ("read", "stands"),
    [
        ("abc", "abc"),
        ("אבג", "גבא"),
        ("אבג 12.50 דה", "הד 12.50 גבא"),
        ("אבג (12) דה", "הד (12) גבא"),
        ("Nom : אבג דה fin", "Nom : הד גבא fin"),
        ("אבג Web 2.0", "Web 2.0 גבא"),
        ("אבג !", "! גבא"),
    ],
)
def test_words_stand_from_the_right_and_numbers_from_the_left(read: str, stands: str) -> None:
    assert on_line(read) == stands


def test_arabic_letters_join_their_neighbours() -> None:
    assert join("بيت") == "\ufe91\ufef4\ufe96"
    assert join("دار") == "\ufea9\ufe8d\ufead"
    assert join("سلام") == "\ufeb3\ufefc\ufee1"
    assert join("لا") == "\ufefb"


def test_joined_letters_read_as_they_were_written() -> None:
    for words in ("شركة المثال للحلول الرقمية", "سلام لا الإدارة", "Ti Kaz 2024"):
        assert as_written(join(words)) == words


@given(st.text(st.sampled_from("abאבגبيت 12.-()é"), max_size=30))
def test_no_character_is_lost_or_made(text: str) -> None:
    assert sorted(on_line(text).translate(str.maketrans("()", "||"))) == sorted(
        text.translate(str.maketrans("()", "||"))
    )


def test_only_scripts_from_the_right_are_concerned() -> None:
    assert reads_from_the_right("Société אבג")
    assert not reads_from_the_right("Société Ωмега 日本 😀")
    assert not starts_from_the_right("12 Société אבג")
    assert starts_from_the_right("12 אבג Société")
