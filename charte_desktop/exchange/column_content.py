"""What the cells of a column look like, whatever its header says."""

import re
from collections.abc import Callable, Sequence
from functools import cached_property

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


class Content:
    """Shares (0 to 1) of the filled cells of a column that look like each kind; each is counted when first asked for.

    Few are: the header says what most columns hold.
    """

    def __init__(self, said: Sequence[str]) -> None:
        """`said` are the texts of its filled cells."""
        self._said = said
        self.filled = len(said)

    @cached_property
    def email(self) -> float:
        """Hold an e-mail address."""
        return self._share(lambda text: bool(_EMAIL.search(text)))

    @cached_property
    def phone(self) -> float:
        """Hold a telephone."""
        return self._share(lambda text: bool(_PHONE.search(text)) and bool(identifiers.read_phones(text).value))

    @cached_property
    def siren(self) -> float:
        """Give a SIREN."""
        return self._share(lambda text: bool(identifiers.read_siren(text).value.siren))

    @cached_property
    def ape(self) -> float:
        """Begin with an activity code."""
        return self._share(lambda text: bool(_APE.match(text)))

    @cached_property
    def url(self) -> float:
        """Are the address of a site."""
        return self._share(lambda text: bool(_URL.match(text)))

    @cached_property
    def postal(self) -> float:
        """Are a postal code."""
        return self._share(lambda text: bool(_POSTAL.fullmatch(text)))

    @cached_property
    def mark(self) -> float:
        """Are a mark, or none, as under a service."""
        return self._share(lambda text: service_cells.read_mark(text) is not service_cells.Mark.DOUBTFUL)

    @cached_property
    def service(self) -> float:
        """Name a service of the charter."""
        return self._share(lambda text: bool(service_cells.read_services(text).ids))

    @cached_property
    def words(self) -> float:
        """Are words."""
        return self._share(lambda text: len(text) < 120 and "@" not in text and bool(_LETTERS.search(text)))

    @cached_property
    def date(self) -> float:
        """Are a day."""
        return self._share(lambda text: identifiers.read_date(text).value is not None)

    @cached_property
    def distinct(self) -> float:
        """Differ from the others."""
        return len({normalise(text) for text in self._said}) / self.filled if self.filled else 0.0

    def _share(self, looks: Callable[[str], bool]) -> float:
        return sum(map(looks, self._said)) / self.filled if self.filled else 0.0


def content(rows: Sequence[Sequence[Cell]], column: int) -> Content:
    """Look at the first filled cells of `column`."""
    cells: list[Cell] = []
    for row in rows:
        if column < len(row) and row[column] != "":
            cells.append(row[column])
            if len(cells) == _SAMPLE:
                break
    texts = [text for text in map(cell_text, cells) if text]
    return Content([text for text in texts if not says_nothing(text) or text.casefold() == "x"])
