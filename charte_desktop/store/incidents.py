"""What happened with a provider: facts with their date, who said them, and documents; never a verdict (C08)."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from charte_desktop.errors import UserError
from charte_desktop.model import clauses
from charte_desktop.model.provider import Provider
from charte_desktop.model.sealed import Incident
from charte_desktop.store.database import Database
from charte_desktop.store.provider_rows import GONE


class Incidents:
    """The facts noted about providers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(
        self, provider_id: str, happened_on: date, statement: str, *, clause_ids: Sequence[str] = (), told_by: str = ""
    ) -> Incident:
        """Note what was said, by whom, about which day. Refused: no words, a day to come, an unknown clause."""
        if not statement.strip():
            raise UserError("Écrivez ce qui a été dit ou constaté.")
        if happened_on > self._database.today():
            raise UserError(f"Le {happened_on:%d/%m/%Y} n'est pas encore passé : vérifiez la date du fait.")
        if not set(clause_ids) <= set(clauses.clauses()):
            raise UserError("Choisissez les articles dans la charte (C01 à C41).")
        with self._database.transaction("Noter un fait") as session:
            if session.get(Provider, provider_id) is None:
                raise UserError(GONE)
            incident = Incident(
                provider_id=provider_id,
                happened_on=happened_on,
                clauses=sorted(clause_ids),
                statement=statement.strip(),
                told_by=told_by.strip(),
                adviser=self._database.adviser,
                noted_at=self._database.clock(),
            )
            session.add(incident)
        return incident

    def of(self, provider_id: str) -> list[Incident]:
        """The facts noted about a provider, the latest first."""
        query = select(Incident).where(Incident.provider_id == provider_id, Incident.deleted_at.is_(None))
        with self._database.reading() as session:
            return list(session.scalars(query.order_by(Incident.happened_on.desc(), Incident.noted_at.desc())))

    def drop(self, incident_id: str) -> None:
        """Take a fact off the record; the history keeps it."""
        with self._database.transaction("Retirer un fait noté") as session:
            session.get_one(Incident, incident_id).deleted_at = self._database.clock()
