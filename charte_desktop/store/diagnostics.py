"""Diagnostics: the questionnaire in force, what companies answered, and the middle of their sector."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median
from typing import TYPE_CHECKING, Any

from charte_desktop.errors import UserError
from charte_desktop.model.questionnaire import Axis, Questionnaire
from charte_desktop.model.questionnaire_file import read_questionnaire, shipped, shipped_text
from charte_desktop.model.sector import Sector, sector_of
from charte_desktop.store.database import Database

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

CURRENT = "questionnaire"
"""The setting that names the questionnaire in force; empty for the one that comes with the program."""
ENOUGH = 5
"""Other companies of a sector from which their median is shown: fewer could be recognised."""


@dataclass(frozen=True)
class Answered:
    """One diagnostic of a company."""

    accompaniment_id: str
    questionnaire_id: str
    answered_on: date
    answers: dict[str, Any]
    scores: dict[str, int]
    """From 0 to 100 by axis, as they were that day."""


@dataclass(frozen=True)
class Comparison:
    """A company's diagnostics beside each other: what a radar shows."""

    axes: tuple[Axis, ...]
    """Of the last questionnaire."""
    last: Answered
    first: Answered | None = None
    """The first diagnostic, when there are two and they have three axes or more in common."""
    other_questionnaire: bool = False
    """True when the first one answered another text: only the axes that both have are compared."""
    sector: Sector | None = None
    sector_scores: dict[str, int] | None = None
    """The median of the sector by axis; None when fewer than `ENOUGH` other companies answered this questionnaire."""
    sector_count: int = 0


class Diagnostics:
    """The diagnostics of the base."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # Questionnaires

    def current(self) -> Questionnaire:
        """The questionnaire that a new diagnostic asks."""
        chosen = self._database.setting(CURRENT)
        return self.questionnaire(chosen) if chosen else shipped()

    def questionnaire(self, questionnaire_id: str) -> Questionnaire:
        """A questionnaire by its fingerprint, whether it is still in force or not."""
        return read_questionnaire(self.text(questionnaire_id))

    def knows(self, questionnaire_id: str) -> bool:
        """True for a questionnaire that can still be answered; the program may ship another one by now."""
        with self._database.looking() as base:
            kept = base.execute("SELECT 1 FROM questionnaire WHERE id = ?", (questionnaire_id,)).fetchone()
        return kept is not None or questionnaire_id == shipped().id

    def text(self, questionnaire_id: str = "") -> str:
        """The text of a questionnaire, the one in force by default: to be corrected and loaded again."""
        wanted = questionnaire_id or self._database.setting(CURRENT)
        if not wanted or wanted == shipped().id:
            return shipped_text()
        with self._database.looking() as base:
            line = base.execute("SELECT text FROM questionnaire WHERE id = ?", (wanted,)).fetchone()
        if line is None:
            raise UserError("Ce questionnaire n'est pas dans la base : chargez-le de nouveau dans les réglages.")
        return str(line[0])

    def use(self, text: str) -> Questionnaire:
        """Ask this questionnaire from now on; old answers keep theirs. Refused when it cannot be understood."""
        questionnaire = read_questionnaire(text)
        if questionnaire.id == shipped().id:
            return self.use_shipped()
        label = f"Choisir le questionnaire « {questionnaire.title} »"
        with self._database.transaction(label, undoable=False) as session:
            _keep(session, questionnaire, text, self._database.clock())
        self._database.set_setting(CURRENT, questionnaire.id, label)
        return questionnaire

    def use_shipped(self) -> Questionnaire:
        """Ask the questionnaire that comes with the program."""
        self._database.set_setting(CURRENT, "", "Reprendre le questionnaire fourni")
        return shipped()

    # Answers

    def of_company(self, company_id: str) -> list[Answered]:
        """What a company answered, the first diagnostic first."""
        with self._database.looking() as base:
            lines = base.execute(
                "SELECT accompaniment_id, questionnaire_id, answered_on, answers, scores FROM diagnostic "
                "WHERE company_id = ? ORDER BY answered_on, rowid",
                (company_id,),
            ).fetchall()
        return [_answered(line) for line in lines]

    def comparison(
        self, company_id: str, until: date | None = None, with_: Answered | None = None
    ) -> Comparison | None:
        """The last diagnostic of a company beside its first and its sector; None when it has none.

        `until` looks no further than that day. `with_` is a diagnostic that is not kept yet, taken as the last one.
        """
        told = [one for one in self.of_company(company_id) if until is None or one.answered_on <= until]
        if with_ is not None:
            told = [one for one in told if one.accompaniment_id != with_.accompaniment_id] + [with_]
        if not told or not told[-1].scores:
            return None
        last = told[-1]
        axes = self.questionnaire(last.questionnaire_id).axes
        first = told[0] if len(told) > 1 else None
        shared = [axis for axis in axes if first is not None and axis.id in first.scores]
        sector, scores, count = self._sector(company_id, last.questionnaire_id)
        return Comparison(
            axes=axes,
            last=last,
            first=first if len(shared) > 2 else None,
            other_questionnaire=first is not None and first.questionnaire_id != last.questionnaire_id,
            sector=sector,
            sector_scores=scores,
            sector_count=count,
        )

    def _sector(self, company_id: str, questionnaire_id: str) -> tuple[Sector | None, dict[str, int] | None, int]:
        """The sector of a company, its median by axis when enough others answered, and how many did."""
        with self._database.looking() as base:
            own = base.execute("SELECT ape_code, ape_nomenclature FROM company WHERE id = ?", (company_id,)).fetchone()
            sector = sector_of(*own) if own else None
            if sector is None:
                return None, None, 0
            lines = base.execute(_OTHERS, (questionnaire_id, company_id)).fetchall()
        others = [json.loads(scores) for code, nomenclature, scores in lines if sector_of(code, nomenclature) is sector]
        if len(others) < ENOUGH:
            return sector, None, len(others)
        axes = dict.fromkeys(axis for scores in others for axis in scores)
        told = {axis: [scores[axis] for scores in others if axis in scores] for axis in axes}
        return (
            sector,
            {axis: round(median(scores)) for axis, scores in told.items() if len(scores) >= ENOUGH},
            len(others),
        )


_OTHERS = """
    SELECT company.ape_code, company.ape_nomenclature, told.scores
    FROM diagnostic AS told JOIN company ON company.id = told.company_id
    WHERE told.questionnaire_id = ? AND told.company_id <> ? AND company.deleted_at IS NULL AND NOT EXISTS (
        SELECT 1 FROM diagnostic AS later WHERE later.company_id = told.company_id
        AND later.questionnaire_id = told.questionnaire_id
        AND (later.answered_on, later.rowid) > (told.answered_on, told.rowid))
"""
"""The latest answers of each other company to a questionnaire."""


def questionnaire_in(session: "Session", questionnaire_id: str, at: datetime) -> Questionnaire:
    """A questionnaire that answers name; the one that comes with the program enters the base with its first answers."""
    from sqlalchemy import select

    from charte_desktop.model.diagnostic import QuestionnaireText

    kept = session.scalar(select(QuestionnaireText.text).where(QuestionnaireText.id == questionnaire_id))
    if kept is not None:
        return read_questionnaire(kept)
    if questionnaire_id != shipped().id:
        raise UserError("Ce questionnaire n'est pas dans la base : chargez-le de nouveau dans les réglages.")
    _keep(session, shipped(), shipped_text(), at)
    session.flush()
    return shipped()


def _keep(session: "Session", questionnaire: Questionnaire, text: str, at: datetime) -> None:
    from charte_desktop.model.diagnostic import QuestionnaireText

    if session.get(QuestionnaireText, questionnaire.id) is None:
        session.add(QuestionnaireText(id=questionnaire.id, title=questionnaire.title, text=text, added_at=at))


def _answered(line: Any) -> Answered:
    accompaniment_id, questionnaire_id, answered_on, answers, scores = line
    return Answered(
        accompaniment_id,
        questionnaire_id,
        date.fromisoformat(answered_on),
        json.loads(answers),
        json.loads(scores),
    )
