"""The sentences of a verification, which the program and the HTML page share, and how moments and names are shown."""

import json
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cache

from charte_desktop.paths import resources

_NOT_SHOWN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
_LONGEST = 160
_REUNION = timezone(timedelta(hours=4))  # that of page_style would bring reportlab along


@dataclass(frozen=True)
class Words:
    """The file `resources/verifier/words.json`."""

    headings: dict[str, str]
    """By verdict."""
    messages: dict[str, str]
    changes: dict[str, str]
    counts: dict[str, str]
    details: dict[str, str]
    """What the sealed part says, line by line."""
    page: dict[str, str]
    """What only the HTML page says."""
    nameless: str


@cache
def words() -> Words:
    """The sentences, read once."""
    return Words(**json.loads((resources() / "verifier" / "words.json").read_text(encoding="utf-8")))


def shown(text: str) -> str:
    """A text that a stranger may have written, on one line, without invisible signs and not without end."""
    visible = "".join(" " if unicodedata.category(one) in _NOT_SHOWN else one for one in text[: 8 * _LONGEST])
    return " ".join(visible.split())[:_LONGEST]


def moment(at: datetime) -> str:
    """The day and the hour in La Réunion."""
    local = at.astimezone(_REUNION) if at.year < 9999 else at
    return f"{local:%d/%m/}{local.year:04d} à {local:%H h %M} (heure de La Réunion)"


def byte_count(kind: str, number: int) -> str:
    """A number of bytes, `added`, `removed` or `missing`."""
    counts = words().counts
    return counts[f"{kind}_one"] if number == 1 else counts[kind].format(number=f"{number:,}".replace(",", "\u202f"))
