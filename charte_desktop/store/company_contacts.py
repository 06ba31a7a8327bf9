"""The people of a company: entered, corrected, taken off its list."""

import json
from typing import TYPE_CHECKING, NamedTuple

from charte_desktop.errors import UserError
from charte_desktop.model.display import show_phone
from charte_desktop.store.database import Database

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from charte_desktop.model.company_contact import CompanyContact


class ContactRow(NamedTuple):
    """A contact as its list shows it."""

    id: str
    name: str
    role: str
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    """E.164."""
    notes: str

    @property
    def reach(self) -> str:
        """How to reach them: telephones, then e-mails."""
        return ", ".join([*map(show_phone, self.phones), *self.emails])


class CompanyContacts:
    """The contacts of the companies of the base."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, company_id: str) -> list[ContactRow]:
        """The people of a company, in the order in which they were entered."""
        with self._database.looking() as base:
            lines = base.execute(
                "SELECT id, name, role, emails, phones, notes FROM company_contact "
                "WHERE company_id = ? AND deleted_at IS NULL ORDER BY rowid",
                (company_id,),
            ).fetchall()
        return [
            ContactRow(one, name, role, tuple(json.loads(emails)), tuple(json.loads(phones)), notes)
            for one, name, role, emails, phones, notes in lines
        ]

    def add(self, company_id: str, name: str, role: str = "", *, reach: str = "", notes: str = "") -> "CompanyContact":
        """Enter somebody; `reach` holds e-mails and telephones as they come. A name is wanted."""
        from charte_desktop.model.company import Company
        from charte_desktop.model.company_contact import CompanyContact

        contact = CompanyContact(company_id=company_id, name=_wanted(name), role=" ".join(role.split()))
        _reach(contact, reach)
        contact.notes = notes.strip()
        with self._database.transaction(f"Ajouter le contact {contact.name}") as session:
            if session.get(Company, company_id) is None:
                raise UserError("Cette entreprise n'existe plus : actualisez la liste.")
            session.add(contact)
        return contact

    def change(
        self, contact_id: str, *, name: str | None = None, role: str | None = None, reach: str | None = None,
        notes: str | None = None,
    ) -> None:  # fmt: skip
        """Correct what is given; the rest stays."""
        with self._database.transaction("Modifier un contact") as session:
            contact = _contact(session, contact_id)
            if name is not None:
                contact.name = _wanted(name)
            if role is not None:
                contact.role = " ".join(role.split())
            if reach is not None:
                _reach(contact, reach)
            if notes is not None:
                contact.notes = notes.strip()

    def drop(self, contact_id: str) -> None:
        """Take somebody off the list: who left the company. What names them stays; undoing puts them back."""
        with self._database.transaction("Retirer un contact") as session:
            _contact(session, contact_id).deleted_at = self._database.clock()


def _wanted(name: str) -> str:
    words = " ".join(name.split())
    if not words:
        raise UserError("Écrivez le nom de la personne.")
    return words


def _contact(session: "Session", contact_id: str) -> "CompanyContact":
    from charte_desktop.model.company_contact import CompanyContact

    contact = session.get(CompanyContact, contact_id)
    if contact is None:
        raise UserError("Ce contact n'existe plus : actualisez la fiche.")
    return contact


def _reach(contact: "CompanyContact", text: str) -> None:
    """Take e-mails and telephones apart; a word that is neither is refused, with what to do."""
    from charte_desktop.model import identifiers

    parts = text.replace(";", "\n").replace(",", "\n").split("\n")
    mails = "\n".join(one for one in parts if "@" in one)
    numbers = "\n".join(one for one in parts if one.strip() and "@" not in one)
    emails, phones = identifiers.read_emails(mails), identifiers.read_phones(numbers)
    for reading in (emails, phones):
        if reading.unread:
            raise UserError(
                reading.message or f"« {reading.unread} » n'est ni un e-mail ni un téléphone : corrigez-le."
            )
    contact.emails, contact.phones = list(emails.value), list(phones.value)
