import pytest
from hypothesis import given
from hypothesis import strategies as st

from charte_desktop.model.wording import collation_key, normalise


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L'Étang-Salé", "l etang sale"),
        ("Œuvre", "oeuvre"),
        ("œuvre", "oeuvre"),
        ("Lætitia", "laetitia"),
        ("CRÉOLE", "creole"),
        ("e\u0301te\u0301", "ete"),
        ("62.01Z", "62 01z"),
        ("  Sainte\u00a0Clotilde\u202f!  ", "sainte clotilde"),
        ("Straße", "strasse"),
        ("ﬁche", "fiche"),
        ("İstanbul", "istanbul"),
        ("Привет", "привет"),
        ("—", ""),
        ("", ""),
    ],
)
def test_case_accents_ligatures_and_punctuation_go(text: str, expected: str) -> None:
    assert normalise(text) == expected


@given(st.text())
def test_a_normal_form_is_its_own_normal_form(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert once == " ".join(once.split())


@given(st.text())
def test_upper_case_changes_nothing_of_a_french_text(text: str) -> None:
    french = "".join(letter for letter in text if letter in "àâäéèêëîïôöùûüÿçœæabcdefghijklmnopqrstuvwxyz -'")
    assert normalise(french.upper()) == normalise(french)


def test_french_alphabetical_order_puts_accents_last() -> None:
    names = ["Zébulon", "Écume", "ecume", "Éclat", "Eau", "cote", "côté", "coté"]
    assert sorted(names, key=collation_key) == ["cote", "coté", "côté", "Eau", "Éclat", "ecume", "Écume", "Zébulon"]
