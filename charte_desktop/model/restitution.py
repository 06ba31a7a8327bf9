"""What a company is handed after an accompaniment: what was seen, what comes first, who can help, what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from charte_desktop.model.accompaniment_kind import AccompanimentKind
from charte_desktop.model.follow_up import Priority


@dataclass(frozen=True)
class RadarLine:
    """One shape of the radar."""

    words: str
    """What it is: "20/10/2026", "Votre secteur (médiane de 7 entreprises)"."""
    scores: Sequence[int | None]
    """From 0 to 100, axis by axis; None where nothing was answered."""
    short: str = ""
    """In a word, beside a score: "premier", "secteur"; empty for the diagnostic itself."""


@dataclass(frozen=True)
class RadarContent:
    """The radar of a diagnostic."""

    axes: Sequence[str]
    lines: Sequence[RadarLine]
    """The last diagnostic first; then the first one, then the sector, when they are known."""
    questionnaire: str
    """Its title, so that nobody takes it for another."""

    @property
    def last(self) -> RadarLine:
        """The diagnostic that the document is about."""
        return self.lines[0]

    def ranked(self) -> list[tuple[str, int]]:
        """The axes that have a score, the lowest first."""
        scored = [(axis, score) for axis, score in zip(self.axes, self.last.scores, strict=True) if score is not None]
        return sorted(scored, key=lambda one: one[1])


@dataclass(frozen=True)
class AdviceLine:
    """One recommendation as it is printed."""

    what: str
    why: str
    how: str
    priority: Priority


@dataclass(frozen=True)
class HelpLine:
    """One need as it is printed, and where who can help is found."""

    service: str
    family: str
    sheet_number: str
    """Of the latest directory sheet that answers it; empty when there is none yet."""
    sheet_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class RestitutionContent:
    """Everything printed on a restitution; the same content always gives the same bytes."""

    company_name: str
    company_place: str = ""
    kind: AccompanimentKind
    held_on: date
    adviser: str
    made_at: datetime
    """Aware of its zone."""
    met: Sequence[str] = ()
    """Who was met, with what they do."""
    summary: str = ""
    """What was seen, in the adviser's words for the company."""
    radar: RadarContent | None = None
    advice: Sequence[AdviceLine] = ()
    """By priority."""
    help: Sequence[HelpLine] = ()
    next_step: str = ""
    next_on: date | None = None
    demonstration: bool = False
