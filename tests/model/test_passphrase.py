import pytest
from hypothesis import given
from hypothesis import strategies as st

from charte_desktop.model.passphrase import MINIMUM_LENGTH, strength
from charte_desktop.store import keys


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("letchi", "Trop courte : encore 2 caractères au moins."),
        ("letchis", "Trop courte : encore 1 caractère au moins."),
        ("aaaaaaaaaaaaaaaaaaaaaaaaa", "Facile à deviner : ajoutez un ou deux mots."),
        ("123456789012345", "Facile à deviner : ajoutez un ou deux mots."),
        ("volcan974", "Facile à deviner : ajoutez un ou deux mots."),
        ("letchi tamarin 7", "Correcte. Un mot de plus la rendrait solide."),
        ("fanjan letchi tamarin volcan", "Solide."),
    ],
)
def test_a_passphrase_is_judged_in_words(text: str, sentence: str) -> None:
    assert strength(text).sentence == sentence


@given(st.text(max_size=60))
def test_any_text_is_judged_and_only_a_short_one_is_refused(text: str) -> None:
    judged = strength(text)
    assert judged.sentence.endswith(".")
    assert judged.is_enough == (len(text) >= MINIMUM_LENGTH)


def test_the_shortest_length_is_the_one_that_the_key_asks_for() -> None:
    assert MINIMUM_LENGTH == keys.MINIMUM_LENGTH
