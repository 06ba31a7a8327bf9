"""How a company stands, in a sentence: what it waits for, when it was last seen, what it needs."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from charte_desktop.model.facts import CompanyFacts
    from charte_desktop.store.database import Database


def how_it_stands(database: "Database", company: "CompanyFacts") -> str:
    """What is promised first, then how it was accompanied."""
    if not company.accompaniments:
        return "Jamais accompagnée : la fiche annuaire suit le premier accompagnement."
    last = company.accompaniments[0]
    told = [f"{last.kind.value} le {last.held_on:%d/%m/%Y}"]
    with database.looking() as base:
        going_on, closed = base.execute(_NEEDS, (company.id, company.id)).fetchone()
        step = base.execute(_STEP, (company.id,)).fetchone()
    if going_on:
        told.append(f"{going_on} besoin{'s' if going_on > 1 else ''} en cours")
    elif company.needs:
        told.append("aucun besoin en cours")
    else:
        told.append("aucun besoin noté")
    if step is not None:
        year, month, day = step[0].split("-")
        told.insert(0, f"À suivre le {day}/{month}/{year}{f' : {step[1]}' if step[1] else ''}")
    elif closed:
        told.append("suivi clos")
    return " · ".join(told)


def step_due(database: "Database", company_id: str) -> str:
    """What was promised for today or before, as a sentence; empty when nothing was."""
    with database.looking() as base:
        step = base.execute(_STEP, (company_id,)).fetchone()
    if step is None or step[0] > database.today().isoformat():
        return ""
    if step[0] == database.today().isoformat():
        return f"À faire aujourd'hui{f' : {step[1]}' if step[1] else ''}"
    year, month, day = step[0].split("-")
    return f"À faire depuis le {day}/{month}/{year}{f' : {step[1]}' if step[1] else ''}"


_NEEDS = """
    SELECT count(DISTINCT CASE WHEN settled_on IS NULL AND state NOT IN ('MET', 'DROPPED') THEN service_id END),
        NOT EXISTS (SELECT 1 FROM accompaniment WHERE company_id = ? AND outcome IS NULL)
    FROM need WHERE company_id = ?
"""
_STEP = """
    SELECT next_on, next_step FROM accompaniment
    WHERE company_id = ? AND next_on IS NOT NULL AND next_done_on IS NULL ORDER BY next_on LIMIT 1
"""
