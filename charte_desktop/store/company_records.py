"""The companies the CCIR accompanies, and what it does with them."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from charte_desktop.errors import UserError
from charte_desktop.model import identifiers
from charte_desktop.model.accompaniment import Accompaniment
from charte_desktop.model.accompaniment_entry import AccompanimentEntry
from charte_desktop.model.accompaniment_kind import AccompanimentKind
from charte_desktop.model.company import Company
from charte_desktop.model.follow_up import Priority
from charte_desktop.model.identity_text import bare_name
from charte_desktop.store import search
from charte_desktop.store.accompaniments import Accompaniments, note_needs
from charte_desktop.store.company_rows import CompanyRows
from charte_desktop.store.recycle_bin import BinnedRow, binned
from charte_desktop.store.twins import refuse_twin


class CompanyRecords(CompanyRows):
    """The companies of the base as records, with their accompaniments and needs."""

    def all(self) -> list[Company]:
        """Every company outside the recycle bin, by name; without accompaniments and needs."""
        with self._database.reading() as session:
            query = select(Company).where(Company.deleted_at.is_(None))
            return list(session.scalars(search.ordered(query, Company, "")))

    def new(self, record_id: str) -> Company:
        """An empty record that will have this id; nothing is kept before `add`."""
        return Company(id=record_id)

    def get(self, company_id: str) -> Company:
        """The whole record with its accompaniments and needs; detached."""
        with self._database.reading() as session:
            return _load(session, company_id)

    def find(self, text: str) -> list[Company]:
        """The companies that `text` names: the one with this SIREN, else those of this name."""
        number = identifiers.read_siren(text).value.siren
        query = select(Company).options(*_WHOLE).where(Company.deleted_at.is_(None))
        with self._database.reading() as session:
            if number:
                return list(session.scalars(query.where(Company.siren == number)))
            hits = session.scalars(search.ordered(query, Company, bare_name(text)))
            return [company for company in hits if company.looks_like(text)]

    def add(self, company: Company) -> Company:
        """Enter a new company. A SIREN that another company has is refused."""
        with self._database.transaction(f"Créer la fiche de {company.legal_name or 'entreprise'}") as session:
            company.created_at = self._database.clock()
            refuse_twin(session, company)
            session.add(company)
        return self.get(company.id)

    def save(self, company: Company) -> Company:
        """Keep what changed in a record that `get` gave."""
        with self._database.transaction(f"Modifier la fiche de {company.legal_name or 'entreprise'}") as session:
            refuse_twin(session, company)
            session.add(company)
        return company

    def delete(self, company_id: str) -> None:
        """Put a record in the recycle bin; its accompaniments and its sheets stay readable."""
        with self._database.transaction("Mettre une entreprise à la corbeille") as session:
            _load(session, company_id).deleted_at = self._database.clock()

    def restore(self, company_id: str) -> None:
        """Take a record back out of the recycle bin; refused when another company has its SIREN by now."""
        with self._database.transaction("Reprendre une entreprise de la corbeille") as session:
            company = _load(session, company_id)
            company.deleted_at = None
            refuse_twin(session, company)

    def bin(self) -> list[BinnedRow]:
        """What is in the recycle bin, the last deleted first."""
        with self._database.reading() as session:
            return binned(session, Company)

    def accompany(
        self, company_id: str, kind: AccompanimentKind, on: date, service_ids: Iterable[str] = (), notes: str = ""
    ) -> Accompaniment:
        """Note an accompaniment held on `on` and the needs met there: what gives a right to the charter (C03).

        A day to come and a service that does not exist are refused.
        """
        needs = dict.fromkeys(service_ids, Priority.MEDIUM)
        entry = AccompanimentEntry(kind=kind, held_on=on, needs=needs, notes=notes)
        return Accompaniments(self._database).record(company_id, entry)

    def note_needs(self, accompaniment_id: str, service_ids: Iterable[str]) -> None:
        """Add needs to an accompaniment; those already noted there are not noted twice."""
        with self._database.transaction("Noter des besoins") as session:
            accompaniment = session.get_one(Accompaniment, accompaniment_id)
            note_needs(session, accompaniment, dict.fromkeys(service_ids, Priority.MEDIUM), self._database.today())


_WHOLE = (selectinload(Company.accompaniments), selectinload(Company.needs))


def _load(session: Session, company_id: str) -> Company:
    company = session.get(Company, company_id, options=_WHOLE)
    if company is None:
        raise UserError("Cette entreprise n'existe plus : actualisez la liste.")
    return company
