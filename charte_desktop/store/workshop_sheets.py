"""After a workshop, every company that was there is handed its directory sheet: numbered, logged, one by one (C07)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from charte_desktop.errors import UserError
from charte_desktop.model.sheet import Criteria
from charte_desktop.store.directory_sheets import CountPages, DirectorySheets, DrawPdf, SheetOptions
from charte_desktop.store.workshops import ParticipantRow, WorkshopFacts, Workshops

if TYPE_CHECKING:
    from charte_desktop.model.sheet import DirectorySheet
    from charte_desktop.store.database import Database

Tell = Callable[[int, int], None]
"""Told how many of how many companies are done."""


def _silent(done: int, total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class HandedSheet:
    """A sheet that a company was handed after a workshop."""

    sheet_id: str
    number: str
    company_id: str
    company: str
    to_whom: tuple[str, ...]
    providers: int


@dataclass(frozen=True)
class _Visitor:
    """A company that was there and has no sheet of this workshop yet."""

    company_id: str
    company: str
    accompaniment_id: str
    people: tuple[str, ...]
    criteria: Criteria


class WorkshopSheets:
    """The sheets of a workshop."""

    def __init__(self, database: "Database") -> None:
        self._database = database

    def waiting(self, workshop_id: str) -> int:
        """How many companies were there and have no sheet of this workshop yet."""
        return len(self._visitors(Workshops(self._database).facts(workshop_id)))

    def hand_out(
        self,
        workshop_id: str,
        draw_pdf: DrawPdf,
        count_pages: CountPages,
        options: SheetOptions | None = None,
        *,
        medium: str = "papier",
        tell: Tell = _silent,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> list[HandedSheet]:
        """Make a sheet for each company that was there and note that its people were handed it (C07).

        What somebody said they look for decides, else what the workshop is about; the place and the size are those of
        the company. Those who have their sheet already are left alone, so that whoever comes late can be served by
        the same act. Cancelled between two companies, what was given stays given. Refused: nobody there, no service.
        """
        workshop = Workshops(self._database).facts(workshop_id)
        if not any(one.present for one in workshop.participants):
            raise UserError("Notez d'abord qui était présent : une fiche se remet à qui a été accompagné (C03).")
        visitors = self._visitors(workshop)
        if not all(one.criteria.service_ids for one in visitors):
            raise UserError("Cochez les prestations dont parle l'atelier : ce sont elles qui font les listes.")
        sheets = DirectorySheets(self._database)
        return list(self._handed(visitors, sheets, draw_pdf, count_pages, options, medium, tell, cancelled))

    def _handed(
        self,
        visitors: list[_Visitor],
        sheets: DirectorySheets,
        draw_pdf: DrawPdf,
        count_pages: CountPages,
        options: SheetOptions | None,
        medium: str,
        tell: Tell,
        cancelled: Callable[[], bool],
    ) -> Iterator[HandedSheet]:
        for done, visitor in enumerate(visitors):
            tell(done, len(visitors))
            if cancelled():
                return
            sheet: DirectorySheet = sheets.issue(
                visitor.accompaniment_id, visitor.criteria, draw_pdf, count_pages, options
            )
            for person in visitor.people:
                sheets.hand_over(sheet.id, person, medium)
            yield HandedSheet(
                sheet.id, sheet.number, visitor.company_id, visitor.company, visitor.people, len(sheet.lines)
            )
        tell(len(visitors), len(visitors))

    def _visitors(self, workshop: WorkshopFacts) -> list[_Visitor]:
        present: dict[str, list[ParticipantRow]] = {}
        for one in workshop.participants:
            if one.present and not one.sheet_number:
                present.setdefault(one.company_id, []).append(one)
        with self._database.looking() as base:
            held = dict(
                base.execute(
                    "SELECT company_id, id FROM accompaniment WHERE workshop_id = ?", (workshop.id,)
                ).fetchall()
            )
            sizes = {
                company: base.execute(
                    "SELECT commune_code, headcount_band FROM company WHERE id = ?", (company,)
                ).fetchone()
                for company in present
            }
        return [
            _Visitor(
                company,
                people[0].company,
                held[company],
                tuple(one.name for one in people),
                Criteria(_wanted(people) or workshop.service_ids, *sizes[company]),
            )
            for company, people in present.items()
            if company in held
        ]


def _wanted(people: list[ParticipantRow]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(service for one in people for service in one.service_ids))
