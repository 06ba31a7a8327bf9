from argparse import ArgumentTypeError
from pathlib import Path

import pytest

from charte_desktop.commands import typed


@pytest.mark.parametrize("given", ["Café Créole", "Caf\udce9 Cr\udce9ole", "Caf\udcc3\udca9 Cr\udcc3\udca9ole"])
def test_an_accent_of_another_code_page_is_read(given: str) -> None:
    """The console's bytes that Python could not decode come as they are: cp1252, or UTF-8 under LANG=C."""
    assert typed.words(given) == "Café Créole"


@pytest.mark.parametrize("given", ["", "  ", "\t\n"])
def test_an_empty_text_is_refused(given: str) -> None:
    with pytest.raises(ArgumentTypeError):
        typed.words(given)


def test_an_empty_path_is_never_the_current_folder() -> None:
    with pytest.raises(ArgumentTypeError):
        typed.path("")
    assert typed.path(".") == Path()


@pytest.mark.parametrize("content", ["Élodie", "\ufeffÉlodie"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_what_windows_writes_is_read(content: str, encoding: str) -> None:
    assert typed.decoded(content.lstrip("\ufeff").encode(encoding)) == "Élodie"


def test_ids_are_taken_in_any_case() -> None:
    assert (typed.service("s07"), typed.clause("c11"), typed.commune("st denis").code) == ("S07", "C11", "97411")
    for read, wrong in (
        (typed.service, "S17"),
        (typed.clause, "C42"),
        (typed.commune, "Le Prt"),
        (typed.day, "31/02/2026"),
    ):
        with pytest.raises(ArgumentTypeError, match=wrong):
            read(wrong)
