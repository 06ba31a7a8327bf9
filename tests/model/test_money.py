"""Money as people type it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charte_desktop.model.money import LARGEST, read_money, show_money


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("1 234,5 €", 123_450),
        ("1.234,50", 123_450),
        ("1,234.50", 123_450),
        ("1\u202f234,50\u00a0€", 123_450),
        ("1'234.50", 123_450),
        ("1234,5", 123_450),
        ("12,5", 1_250),
        ("12.5", 1_250),
        ("12,", 1_200),
        ("12 k€", 1_200_000),
        ("12k", 1_200_000),
        ("450 € HT", 45_000),
        ("450 euros TTC", 45_000),
        ("€ 50", 5_000),
        ("1 234 567,89 EUR", 123_456_789),
        ("1.234.567", 123_456_700),
        ("1,234,567.8", 123_456_780),
        ("１２，５０ €", 1_250),
        ("0", 0),
        ("", None),
        ("NC", None),
    ],
)
def test_an_amount_is_read_as_it_is_meant(text: str, cents: int | None) -> None:
    reading = read_money(text)
    assert (reading.value, reading.unread, reading.message) == (cents, "", "")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("abc", "n'est pas lisible"),
        ("1,2,3", "n'est pas lisible"),
        ("1.2.3,4", "n'est pas lisible"),
        ("1e5", "n'est pas lisible"),
        ("3 000.00 €/mois", "n'est pas lisible"),
        ("1,234", "Trois chiffres après la virgule"),
        ("12,345", "Trois chiffres après la virgule"),
        ("12,3456", "deux chiffres après la virgule"),
        ("-50", "ne peut pas être négatif"),
        ("(50)", "ne peut pas être négatif"),
        ("−40", "ne peut pas être négatif"),
        ("50-", "ne peut pas être négatif"),
        ("99999999999", "dépasse dix millions"),
        ("20000 k€", "dépasse dix millions"),
    ],
)
def test_what_cannot_be_an_amount_is_kept_with_its_sentence(text: str, words: str) -> None:
    reading = read_money(text)
    assert reading.value is None
    assert reading.unread == text
    assert words in reading.message


@pytest.mark.parametrize(("text", "cents"), [("1.234", 123_400), ("1 2 3", 12_300)])
def test_a_doubtful_amount_is_read_and_said(text: str, cents: int) -> None:
    reading = read_money(text)
    assert reading.value == cents
    assert reading.message.startswith(f"Lu comme {show_money(cents)}")


def test_a_credit_note_may_be_negative() -> None:
    assert read_money("-1 234,50 €", may_be_negative=True).value == -123_450
    assert show_money(-123_450) == "−1\u202f234,50\u00a0€"


@given(st.integers(0, LARGEST))
def test_what_is_shown_is_read_back(cents: int) -> None:
    assert read_money(show_money(cents)).value == cents


@given(st.text(max_size=40))
def test_no_text_is_lost_and_none_breaks_the_reader(text: str) -> None:
    reading = read_money(text)
    assert reading.value is None or (0 <= reading.value <= LARGEST and not reading.unread)
