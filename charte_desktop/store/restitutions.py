"""What a restitution says, gathered from the accompaniment, its diagnostic and the sheets that were handed over."""

from dataclasses import replace
from datetime import date
from typing import Any

from charte_desktop.errors import UserError
from charte_desktop.model import reference
from charte_desktop.model.accompaniment_kind import AccompanimentKind
from charte_desktop.model.restitution import AdviceLine, HelpLine, RadarContent, RadarLine, RestitutionContent
from charte_desktop.store.accompaniments import Accompaniments
from charte_desktop.store.database import Database
from charte_desktop.store.diagnostics import Answered, Comparison, Diagnostics


class Restitutions:
    """The restitutions of the base: made when they are asked for, never kept apart from what they are made of."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def content(self, accompaniment_id: str, summary: str | None = None) -> RestitutionContent:
        """What a restitution of this accompaniment says now; `summary` takes the place of the one that is kept."""
        with self._database.looking() as base:
            line = base.execute(_READ, (accompaniment_id,)).fetchone()
            if line is None:
                raise UserError("Cet accompagnement n'existe plus : actualisez la fiche de l'entreprise.")
            company_id, kind, held_on, adviser, kept, name, postal_code, city = line
            sheets = base.execute(_SHEETS, (company_id,)).fetchall()
        entry = Accompaniments(self._database).entry(accompaniment_id)
        compared = Diagnostics(self._database).comparison(company_id, until=date.fromisoformat(held_on))
        if compared is not None and compared.last.accompaniment_id != accompaniment_id:
            compared = None  # the radar is that of this conversation, or there is none
        services = reference.offered_services()
        return RestitutionContent(
            company_name=name,
            company_place=f"{postal_code} {city}".strip(),
            kind=AccompanimentKind[kind],
            held_on=date.fromisoformat(held_on),
            adviser=adviser,
            made_at=self._database.clock(),
            met=[one.in_words for one in entry.met],
            summary=kept if summary is None else summary,
            radar=self._radar(compared) if compared is not None else None,
            advice=[
                AdviceLine(one.what, one.why, one.how, one.priority)
                for one in sorted(entry.recommendations, key=lambda one: one.priority)
            ],
            help=[
                _helped(HelpLine(reference.service_label(one), services[one].family, ""), one, sheets)
                for one, _ in sorted(entry.needs.items(), key=lambda need: (need[1], need[0]))
                if one in services
            ],
            next_step=entry.next_step,
            next_on=entry.next_on,
            demonstration=self._database.is_demonstration,
        )

    def _radar(self, compared: Comparison) -> RadarContent:
        questionnaire = Diagnostics(self._database).questionnaire(compared.last.questionnaire_id)
        return radar_of(compared, questionnaire.title)


def radar_of(compared: Comparison, title: str) -> RadarContent:
    """The radar of a comparison: the last diagnostic, then the first one, then the sector."""
    axes = compared.axes

    def line(words: str, scores: dict[str, int], short: str = "") -> RadarLine:
        return RadarLine(words, [scores.get(axis.id) for axis in axes], short)

    def day(one: Answered) -> str:
        return f"{one.answered_on:%d/%m/%Y}"

    lines = [line(f"Votre diagnostic du {day(compared.last)}", compared.last.scores)]
    if compared.first is not None:
        asked = ", avec un autre questionnaire" if compared.other_questionnaire else ""
        lines.append(
            line(f"Votre premier diagnostic, du {day(compared.first)}{asked}", compared.first.scores, "premier")
        )
    if compared.sector is not None and compared.sector_scores:
        words = f"{compared.sector.label} : le milieu de {compared.sector_count} autres entreprises accompagnées"
        lines.append(line(words, compared.sector_scores, "secteur"))
    return RadarContent([axis.title for axis in axes], lines, title)


_READ = """
    SELECT company.id, kind, held_on, adviser, summary, legal_name, postal_code, city
    FROM accompaniment JOIN company ON company.id = company_id WHERE accompaniment.id = ?
"""
_SHEETS = """
    SELECT number, issued_on, asked.value
    FROM directory_sheet AS sheet, json_each(sheet.criteria, '$.service_ids') AS asked
    WHERE company_id = ? ORDER BY issued_at DESC
"""


def _helped(line: HelpLine, service_id: str, sheets: list[Any]) -> HelpLine:
    """The line with the latest sheet that answers its service."""
    for number, issued_on, asked in sheets:
        if asked == service_id:
            return replace(line, sheet_number=number, sheet_on=date.fromisoformat(issued_on))
    return line
