"""What was done over a period, counted by plain SQL: for the charts of Aujourd'hui and the activity report."""

from datetime import date
from typing import Any

from charte_desktop.model import reference
from charte_desktop.model.accompaniment_kind import AccompanimentKind
from charte_desktop.model.activity import (
    Activity,
    ActivityLines,
    HeldLine,
    NeedLine,
    Period,
    SheetLineOut,
    WorkshopLine,
)
from charte_desktop.model.follow_up import NeedState, Outcome
from charte_desktop.model.sector import sector_of
from charte_desktop.store.database import Database


class ActivityCounts:
    """The counts of the base. Companies in the recycle bin count: what was done was done."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def charts(self, period: Period) -> Activity:
        """What the charts draw: accompaniments by month, by family of need, by commune."""
        with self._database.looking() as base:
            return Activity(period=period, **_charts(base, _days(period), period))

    def whole(self, period: Period) -> Activity:
        """Everything that the report counts."""
        days = _days(period)
        with self._database.looking() as base:

            def one(query: str) -> Any:
                return base.execute(query, days).fetchone()

            companies, new = one(_COMPANIES)
            yes, no = one(
                "SELECT coalesce(sum(would_advise), 0), coalesce(sum(NOT would_advise), 0) FROM follow_up "
                "WHERE asked_on BETWEEN ? AND ?"
            )
            return Activity(
                period=period,
                **_charts(base, days, period),
                companies=companies,
                new_companies=new or 0,
                needs={NeedState[state]: count for state, count in base.execute(_STATES, days)},
                outcomes={Outcome[outcome]: count for outcome, count in base.execute(_OUTCOMES, days)},
                sheets=one("SELECT count(*) FROM directory_sheet WHERE issued_on BETWEEN ? AND ?")[0],
                handed=one("SELECT count(*) FROM hand_over WHERE date(handed_at, '+4 hours') BETWEEN ? AND ?")[0],
                attestations=one("SELECT count(*) FROM attestation WHERE issued_on BETWEEN ? AND ?")[0],
                diagnostics=one("SELECT count(*) FROM diagnostic WHERE answered_on BETWEEN ? AND ?")[0],
                workshops=one(
                    "SELECT count(DISTINCT workshop_id) FROM workshop_session "
                    "JOIN workshop ON workshop.id = workshop_id "
                    "WHERE held_on BETWEEN ? AND ? AND workshop.deleted_at IS NULL"
                )[0],
                attended=one(
                    "SELECT count(DISTINCT participant_id) FROM attendance JOIN workshop_session AS meeting "
                    "ON meeting.id = session_id WHERE meeting.held_on BETWEEN ? AND ?"
                )[0],
                exchanges=one(
                    "SELECT count(*) FROM exchange WHERE deleted_at IS NULL "
                    "AND date(coalesce(held_at, filed_at), '+4 hours') BETWEEN ? AND ?"
                )[0],
                helpfulness=dict(
                    base.execute(
                        "SELECT helpfulness, count(*) FROM follow_up WHERE helpfulness IS NOT NULL "
                        "AND asked_on BETWEEN ? AND ? GROUP BY 1",
                        days,
                    ).fetchall()
                ),
                would_advise=(yes, no),
                by_adviser=dict(
                    base.execute(
                        "SELECT adviser, count(*) FROM accompaniment WHERE held_on BETWEEN ? AND ? GROUP BY 1",
                        days,
                    ).fetchall()
                ),
            )

    def lines(self, period: Period) -> ActivityLines:
        """The lines behind the counts, in the order of their days."""
        days = _days(period)
        with self._database.looking() as base:
            held = base.execute(_HELD_LINES, days).fetchall()
            needs = base.execute(_NEED_LINES, days).fetchall()
            sheets = base.execute(_SHEET_LINES, days).fetchall()
            workshops = base.execute(_WORKSHOP_LINES, days).fetchall()
        services = reference.offered_services()
        return ActivityLines(
            [
                HeldLine(
                    date.fromisoformat(on),
                    AccompanimentKind[kind],
                    company,
                    siren,
                    _commune(code, city),
                    _sector(ape, nomenclature),
                    adviser,
                    Outcome[outcome] if outcome else None,
                )
                for on, kind, company, siren, code, city, ape, nomenclature, adviser, outcome in held
            ],
            [
                NeedLine(
                    date.fromisoformat(on),
                    company,
                    siren,
                    services[service].family if service in services else "",
                    reference.service_label(service),
                    priority,
                    NeedState[state],
                )
                for on, company, siren, service, priority, state in needs
            ],
            [
                SheetLineOut(date.fromisoformat(on), number, company, siren, providers, bool(handed))
                for on, number, company, siren, providers, handed in sheets
            ],
            [WorkshopLine(date.fromisoformat(on), *rest) for on, *rest in workshops],
        )


_COMPANIES = """
    SELECT count(*), sum(NOT EXISTS (
        SELECT 1 FROM accompaniment AS old WHERE old.company_id = held.company_id AND old.held_on < held.first))
    FROM (SELECT company_id, min(held_on) AS first FROM accompaniment WHERE held_on BETWEEN ? AND ?
        GROUP BY company_id) AS held
"""
_STATES = "SELECT state, count(*) FROM need WHERE noted_on BETWEEN ? AND ? GROUP BY 1"
_OUTCOMES = "SELECT outcome, count(*) FROM accompaniment WHERE closed_on BETWEEN ? AND ? GROUP BY 1"
_BY_MONTH = """
    SELECT substr(held_on, 1, 7), kind, count(*) FROM accompaniment WHERE held_on BETWEEN ? AND ? GROUP BY 1, 2
"""
_BY_SERVICE = "SELECT service_id, accompaniment_id FROM need WHERE noted_on BETWEEN ? AND ?"
_BY_COMMUNE = """
    SELECT company.commune_code, sum(held.times) FROM (
        SELECT company_id, count(*) AS times FROM accompaniment WHERE held_on BETWEEN ? AND ? GROUP BY company_id
    ) AS held JOIN company ON company.id = held.company_id GROUP BY 1
"""
_HELD_LINES = """
    SELECT held_on, kind, legal_name, siren, commune_code, city, ape_code, ape_nomenclature, adviser, outcome
    FROM accompaniment JOIN company ON company.id = company_id WHERE held_on BETWEEN ? AND ?
    ORDER BY held_on, accompaniment.rowid
"""
_NEED_LINES = """
    SELECT noted_on, legal_name, siren, service_id, priority, state
    FROM need JOIN company ON company.id = company_id WHERE noted_on BETWEEN ? AND ? ORDER BY noted_on, need.rowid
"""
_SHEET_LINES = """
    SELECT issued_on, number, legal_name, siren, (SELECT count(*) FROM sheet_line WHERE sheet_id = sheet.id),
        EXISTS (SELECT 1 FROM hand_over WHERE sheet_id = sheet.id)
    FROM directory_sheet AS sheet JOIN company ON company.id = company_id WHERE issued_on BETWEEN ? AND ?
    ORDER BY issued_at
"""
_WORKSHOP_LINES = """
    SELECT min(meeting.held_on), theme, place,
        (SELECT count(*) FROM workshop_participant WHERE workshop_id = workshop.id),
        (SELECT count(DISTINCT participant_id) FROM attendance WHERE workshop_id = workshop.id)
    FROM workshop JOIN workshop_session AS meeting ON meeting.workshop_id = workshop.id
    WHERE meeting.held_on BETWEEN ? AND ? AND deleted_at IS NULL GROUP BY workshop.id ORDER BY 1
"""


def _days(period: Period) -> tuple[str, str]:
    return period.first.isoformat(), period.last.isoformat()


def _charts(base: Any, days: tuple[str, str], period: Period) -> dict[str, Any]:
    months: list[dict[AccompanimentKind, int]] = [{} for _ in period.months]
    place = {f"{year:04d}-{month + 1:02d}": number for number, (year, month) in enumerate(period.months)}
    for month, kind, count in base.execute(_BY_MONTH, days):
        months[place[month]][AccompanimentKind[kind]] = count
    services = reference.offered_services()
    family_of = {service.id: service.family for service in services.values()}
    noted = {(family_of.get(service, ""), held) for service, held in base.execute(_BY_SERVICE, days)}
    families = dict.fromkeys(reference.FAMILIES, 0)
    for family, _ in noted:
        if family in families:
            families[family] += 1
    return {
        "by_month": months,
        "by_family": families,
        "by_commune": dict(base.execute(_BY_COMMUNE, days).fetchall()),
    }


def _commune(code: str, city: str) -> str:
    commune = reference.communes().get(code)
    return commune.name if commune else city


def _sector(ape_code: str, nomenclature: str) -> str:
    sector = sector_of(ape_code, nomenclature)
    return sector.label if sector else ""
