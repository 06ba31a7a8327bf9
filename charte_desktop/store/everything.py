"""The global search: providers, companies, directory sheets and projects at once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from charte_desktop.model.company import Company
from charte_desktop.model.display import show_date, show_siren
from charte_desktop.model.provider import Provider
from charte_desktop.model.sheet import DirectorySheet
from charte_desktop.model.wording import normalise
from charte_desktop.store import search
from charte_desktop.store.database import Database
from charte_desktop.store.look_alikes import near_names
from charte_desktop.store.raw_rows import driver
from charte_desktop.store.search_words import match_expression


@dataclass(frozen=True)
class Hit:
    """One record that answers."""

    kind: str
    """`provider`, `company`, `sheet` or `project`."""
    record_id: str
    title: str
    """The name, or the sheet's number."""
    detail: str
    """What tells it from its neighbours: place and SIREN, or the company and the day of a sheet."""
    company_id: str = ""
    """Of a sheet: the company it was made for."""


def search_everything(database: Database, text: str, limit: int = 20) -> list[Hit]:
    """At most `limit` records that answer `text`, best of each kind first: providers, companies, sheets, projects.

    No kind takes the room of another that has answers. When no record holds the words, the names nearest to them are
    given: "Kaz Octte" finds "Kaz Octets".
    """
    with database.reading() as session:
        kinds = (
            _companies_or_providers(session, Provider, text, limit),
            _companies_or_providers(session, Company, text, limit),
            _sheets(session, text, limit),
            _projects(driver(session.connection()), text, limit),
        )
    taken = [hit for turn in zip_longest(*kinds) for hit in turn if hit is not None][:limit]
    return [hit for kind in kinds for hit in kind if hit in taken]


def _companies_or_providers(
    session: Session, record: type[Provider] | type[Company], text: str, limit: int
) -> Sequence[Hit]:
    if not match_expression(text):
        return ()
    query: Select[Any] = select(  # type: ignore[assignment]  # its columns are unpacked
        record.id, record.legal_name, record.city, record.siren
    )
    kind = record.__tablename__
    lines = session.execute(search.ordered(query, record, text).limit(limit)).all()
    if not lines:
        near = near_names(driver(session.connection()), kind, text)[:limit]
        lines = session.execute(query.where(record.id.in_(near))).all()
        lines = sorted(lines, key=lambda line: near.index(line.id))
    return [
        Hit(kind, record_id, name, " · ".join(filter(None, (city, show_siren(siren)))))
        for record_id, name, city, siren in lines
    ]


def _sheets(session: Session, text: str, limit: int) -> Sequence[Hit]:
    """The sheets whose number holds what was typed: "FA-2026-K7Q-00012", "k7q 12", "00012"."""
    groups = re.findall(r"[0-9A-Z]+", text.upper())
    if not any(group.isdigit() for group in groups):
        return ()
    *before, rank = groups
    number = func.replace(DirectorySheet.number, "-", "")
    query = (
        select(
            DirectorySheet.id,
            DirectorySheet.number,
            DirectorySheet.issued_on,
            DirectorySheet.company_id,
            Company.legal_name,
        )
        .join(Company, Company.id == DirectorySheet.company_id)
        .where(or_(number.like(f"%{'%'.join(groups)}%"), number.like(f"%{'%'.join((*before, rank.zfill(5)))}")))
        .order_by(DirectorySheet.issued_at.desc())
        .limit(limit)
    )
    return [
        Hit("sheet", sheet_id, number, f"{company} · {show_date(issued_on)}", company_id)
        for sheet_id, number, issued_on, company_id, company in session.execute(query)
    ]


def _projects(base: Any, text: str, limit: int) -> Sequence[Hit]:
    """The projects whose number, title, company or provider hold what was typed, the latest first."""
    words = normalise(text).split()
    if not words:
        return ()
    found = []
    for project_id, number, title, company, provider in base.execute(_PROJECTS):
        held = f" {normalise(f'{number} {title} {company} {provider}')}"
        if all(f" {word}" in held for word in words):
            found.append(Hit("project", project_id, title, f"{company} · {number}"))
            if len(found) == limit:
                break
    return found


_PROJECTS = """
    SELECT project.id, project.number, project.title, company.legal_name, provider.legal_name
    FROM project JOIN company ON company.id = project.company_id JOIN provider ON provider.id = project.provider_id
    WHERE project.deleted_at IS NULL ORDER BY project.created_at DESC
"""
