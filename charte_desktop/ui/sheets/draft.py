"""A sheet being made: what the adviser decided so far, and what comes of it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from charte_desktop.model.sheet import Criteria
from charte_desktop.ui.sheets.candidate_list import Line, Place

if TYPE_CHECKING:
    from charte_desktop.model.company import Company
    from charte_desktop.model.sheet import Candidate
    from charte_desktop.model.sheet_content import Layout
    from charte_desktop.store.database import Database
    from charte_desktop.store.directory_sheets import DirectorySheets, SheetOptions

LAYOUTS: "dict[Layout, str]" = {
    "cards": "Fiches, six par page",
    "table": "Tableau de comparaison",
    "large": "Gros caractères",
    "booklet": "Livret à plier",
}
"""The layouts by the words of the screen."""


@dataclass
class Decisions:
    """Criteria and options as they stand on the screen; they go into a draft and come back as they were."""

    criteria: Criteria
    layout: "Layout" = "cards"
    qr: bool = True
    left_out: dict[str, str] = field(default_factory=dict)
    """Motives by provider."""
    added: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    """Names of the providers added by hand: the criteria do not bring them."""

    def options(self) -> "SheetOptions":
        """The same, for the store."""
        from charte_desktop.store.directory_sheets import SheetOptions

        return SheetOptions(self.layout, self.qr, dict(self.left_out), dict(self.added))

    def as_typed(self) -> dict[str, str]:
        """The same, as texts that a draft keeps."""
        return {
            "service_ids": " ".join(self.criteria.service_ids),
            "commune_code": self.criteria.commune_code,
            "headcount_band": self.criteria.headcount_band,
            "layout": self.layout,
            "qr": "oui" if self.qr else "",
            **{name: json.dumps(getattr(self, name), ensure_ascii=False) for name in ("left_out", "added", "names")},
        }


def decided(typed: dict[str, str]) -> Decisions:
    """What `Decisions.as_typed` gave."""
    criteria = Criteria(tuple(typed["service_ids"].split()), typed["commune_code"], typed["headcount_band"])
    layout = next(one for one in LAYOUTS if one == typed["layout"])
    left_out, added, names = (json.loads(typed[name]) for name in ("left_out", "added", "names"))
    return Decisions(criteria, layout, bool(typed["qr"]), left_out, added, names)


def proposed(company: "Company", accompaniment_id: str) -> Decisions:
    """The criteria that the needs of an accompaniment give; without any, all the needs of the company."""
    noted = [one.service_id for one in company.needs if one.accompaniment_id == accompaniment_id]
    needs = noted or [one.service_id for one in company.needs]
    return Decisions(Criteria(tuple(dict.fromkeys(needs)), company.commune_code, company.headcount_band))


@dataclass(frozen=True)
class Widening:
    """A criterion less, and how many providers would then be listed."""

    words: str
    criteria: Criteria
    count: int


@dataclass(frozen=True)
class Drawn:
    """The sheet as it would be issued now."""

    candidates: "Sequence[Candidate]"
    """Every provider that meets the criteria, those left out too."""
    pdf: bytes
    pages: int
    number: str
    listed: int
    widenings: Sequence[Widening] = ()
    """When nobody meets the criteria."""


def draw(database: "Database", accompaniment_id: str, decisions: Decisions) -> Drawn:
    """Compose and draw the sheet; nothing is written. May run in a thread."""
    from charte_desktop.documents import directory_sheet
    from charte_desktop.store.directory_sheets import DirectorySheets

    sheets = DirectorySheets(database)
    candidates = sheets.propose(decisions.criteria)
    content = sheets.draft(accompaniment_id, decisions.criteria, decisions.options())
    return Drawn(
        candidates,
        directory_sheet.directory_sheet(content),
        directory_sheet.page_count(content),
        content.number,
        len(content.entries),
        () if candidates else _widenings(sheets, decisions.criteria),
    )


def _widenings(sheets: "DirectorySheets", criteria: Criteria) -> list[Widening]:
    from charte_desktop.model import reference

    place = reference.communes()[criteria.commune_code].name if criteria.commune_code else ""
    size = reference.band_label(criteria.headcount_band) if criteria.headcount_band else ""
    asked = []
    if place:
        asked.append((f"Sans la commune ({place})", replace(criteria, commune_code="")))
    if size:
        asked.append((f"Sans la taille ({size})", replace(criteria, headcount_band="")))
    if place and size:
        asked.append(("Sans la commune ni la taille", replace(criteria, commune_code="", headcount_band="")))
    counted = [Widening(words, wider, len(sheets.propose(wider))) for words, wider in asked]
    return [one for one in counted if one.count]


def lines_of(candidates: "Sequence[Candidate]", decisions: Decisions) -> list[Line]:
    """What the list shows: who was added by hand, then who meets the criteria."""
    lines = []
    met = {one.provider.id for one in candidates}
    for provider_id, motive in decisions.added.items():
        if provider_id not in met:
            name = decisions.names.get(provider_id, "")
            lines.append(Line(provider_id, name, "", Place.ADDED, motive))
    for one in candidates:
        motive = decisions.left_out.get(one.provider.id, "")
        place = Place.LEFT_OUT if motive else Place.LISTED
        lines.append(Line(one.provider.id, one.provider.legal_name, one.reason, place, motive))
    return lines
