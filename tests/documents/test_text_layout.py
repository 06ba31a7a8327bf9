import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charte_desktop.documents.page_style import A4
from charte_desktop.documents.text_layout import Line, clean, one_line, width_of, wrap
from charte_desktop.documents.typefaces import stand_in, typeface

any_text = st.text(st.characters(exclude_categories=()), max_size=200)


def shown(lines: list[Line]) -> list[str]:
    return ["".join(text for _, text in line.runs).rstrip(" ") for line in lines]


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("  deux   mots \n", "deux mots"),
        ("tab\tulation\x00 \x07cloche", "tab ulation cloche"),
        ("cœur\u00a0uni\u202f!", "cœur\u00a0uni\u202f!"),
        ("e\u0301te\u0301", "été"),
        ("césure\u00adcachée\ufeff", "césurecachée"),
        ("perdu \ud800", "perdu \ufffd"),
        ("privé \ue000", "privé \ufffd"),
        ("pouce 👍🏽️", "pouce 👍"),
        ("ﬁn", "ﬁn"),
        ("𝒢ras", "Gras"),
    ],
)
def test_what_cannot_be_printed_goes_and_the_rest_stays(typed: str, printed: str) -> None:
    assert clean(typed) == printed


@given(any_text)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(any_text)
def test_every_character_left_has_a_typeface(text: str) -> None:
    for character in clean(text):
        assert character in typeface("Regular").advances or stand_in(character)
        assert unicodedata.category(character) not in ("Cc", "Cs")


@given(any_text, st.floats(30, 400), st.integers(0, 5), st.floats(0, 25))
def test_no_line_is_wider_than_its_place_and_none_too_many(text: str, width: float, most: int, indent: float) -> None:
    lines = wrap(text, A4.body, width, most, indent)
    assert not most or len(lines) <= most
    for number, line in enumerate(lines):
        assert line.width <= width - (0 if number else indent) + 0.01 or len(shown([line])[0]) == 1


@given(st.text(st.characters(min_codepoint=0x21, max_codepoint=0x17F), max_size=300), st.floats(40, 400))
def test_wrapping_loses_nothing(text: str, width: float) -> None:
    assert "".join(shown(wrap(text, A4.body, width))).replace(" ", "") == clean(text).replace(" ", "")


def test_a_word_longer_than_a_line_is_broken_after_a_sign_where_there_is_one() -> None:
    assert shown(wrap("prenom.nom@une-entreprise-de-la-reunion.example", A4.body, 130))[0].endswith(("@", "-", "."))
    assert len(wrap("x" * 300, A4.body, 100)) > 10


def test_a_word_that_does_not_fit_beside_its_label_goes_to_the_next_line() -> None:
    assert shown(wrap("insécable", A4.body, 60, indent=50)) == ["", "insécable"]


def test_what_is_cut_is_marked() -> None:
    lines = shown(wrap("mot " * 50, A4.body, 100, max_lines=2))
    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert shown([one_line("court", A4.body, 100)]) == ["court"]


def test_a_no_break_space_does_not_break() -> None:
    assert shown(wrap("12\u00a0000\u00a0€", A4.body, 60)) == ["12\u00a0000\u00a0€"]


def test_bold_and_other_scripts_are_measured_with_their_own_typeface() -> None:
    assert width_of("Filaos", A4.name) > width_of("Filaos", A4.body)
    runs = wrap("Ti 日本 ☎", A4.body, 200)[0].runs
    assert [key for key, _ in runs if key != "Regular"] == ["Chinese", "Symbols"]


def test_the_text_typefaces_draw_every_letter_that_french_needs() -> None:
    letters = "àâäæçéèêëîïôöœùûüÿÀÂÄÆÇÉÈÊËÎÏÔÖŒÙÛÜŸ«»’‘“”–—…•€°²³·  "
    for key in ("Regular", "Bold"):
        assert set(letters) <= typeface(key).advances.keys()
