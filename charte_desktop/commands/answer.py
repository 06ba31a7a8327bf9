"""What a command says, and its exit code."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from charte_desktop.errors import UserError

DONE, REFUSED, WRONG_USE = 0, 1, 2


class WrongUse(UserError):
    """The command cannot be carried out as it was typed, or the file given is no list: exit code 2."""


@dataclass(frozen=True)
class Answer:
    """What a command has to say: to a script, to a person, and by its exit code."""

    result: dict[str, Any]
    sentence: str
    code: int = DONE


def ending_in(path: Path, *endings: str) -> Path:
    """The file to write; a name with another ending is refused: it would not open."""
    if path.suffix.lower() not in endings:
        raise WrongUse(f"« {path} » doit se terminer par {' ou '.join(endings)} : changez le nom du fichier.")
    return path


def some(count: int, one: str, several: str) -> str:
    """The count and its word, as French agrees them: 0 page, 1 page, 2 pages."""
    return f"{count} {several if count > 1 else one}"
