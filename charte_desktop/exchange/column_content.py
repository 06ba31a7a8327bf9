"""What the cells of a column look like, whatever its header says."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from charte_desktop.exchange import service_cells
from charte_desktop.exchange.tables import Cell, cell_text
from charte_desktop.model import identifiers
from charte_desktop.model.reading import says_nothing
from charte_desktop.model.wording import normalise

_SAMPLE = 100
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.\w{2,}")
_PHONE = re.compile(r"(?:\+\d{1,3}|\(?0)?[\d\s().+/-]{8,}\d")
_URL = re.compile(
    r"^(?:https?://|www\.)\S+$|^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:fr|re|com|net|org|io)(?:/\S*)?$", re.IGNORECASE
)
_APE = re.compile(r"^(?:APE\s*:?\s*|NAF\s*:?\s*)?\d\d\.?\d\d? ?[A-Z]\b", re.IGNORECASE)
_POSTAL = re.compile(r"\d{5}")
_LETTERS = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Content:
    """Shares (0 to 1) of the filled cells of a column that look like each kind."""

    filled: int
    email: float
    phone: float
    siren: float
    ape: float
    url: float
    postal: float
    mark: float
    service: float
    words: float
    distinct: float
    date: float


_EMPTY = Content(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)


def content(rows: Sequence[Sequence[Cell]], column: int) -> Content:
    """Look at the first filled cells of `column`."""
    cells: list[Cell] = []
    for row in rows:
        if column < len(row) and row[column] != "":
            cells.append(row[column])
            if len(cells) == _SAMPLE:
                break
    texts = [text for text in map(cell_text, cells) if text]
    said = [text for text in texts if not says_nothing(text) or text.casefold() == "x"]
    if not said:
        return _EMPTY

    return Content(
        filled=len(said),
        email=_share(bool(_EMAIL.search(text)) for text in said),
        phone=_share(_is_phone(text) for text in said),
        siren=_share(bool(identifiers.read_siren(text).value.siren) for text in said),
        ape=_share(bool(_APE.match(text)) for text in said),
        url=_share(bool(_URL.match(text)) for text in said),
        postal=_share(bool(_POSTAL.fullmatch(text)) for text in said),
        mark=_share(service_cells.read_mark(text) is not service_cells.Mark.DOUBTFUL for text in said),
        service=_share(bool(service_cells.read_services(text).ids) for text in said),
        words=_share(len(text) < 120 and "@" not in text and bool(_LETTERS.search(text)) for text in said),
        date=_share(identifiers.read_date(text).value is not None for text in said),
        distinct=len({normalise(text) for text in said}) / len(said),
    )


def _is_phone(text: str) -> bool:
    return bool(_PHONE.search(text)) and bool(identifiers.read_phones(text).value)


def _share(answers: Iterable[bool]) -> float:
    given = list(answers)
    return sum(given) / len(given)
