"""The files kept with a record, inside the encrypted base."""

from datetime import datetime
from hashlib import sha256

from sqlalchemy import select

from charte_desktop.errors import UserError
from charte_desktop.model.attached_file import plain_name, refuse_file
from charte_desktop.model.company import Company
from charte_desktop.model.exchange import Exchange
from charte_desktop.model.provider import Attachment, Provider, Removal
from charte_desktop.model.sealed import Incident
from charte_desktop.store.database import Database

_OWNERS = (Provider, Company, Exchange, Removal, Incident)


class Attachments:
    """The files of providers, companies and exchanges."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def attach(self, owner_id: str, name: str, content: bytes) -> Attachment:
        """Keep a file with a provider, a company, an exchange, a removal or a fact noted.

        Refused: an empty file, one over 25 MB, a program, a record that is gone.
        """
        attachment = self.new(owner_id, name, content)
        with self._database.transaction(f"Joindre {name}") as session:
            if all(session.get(kind, owner_id) is None for kind in _OWNERS):
                raise UserError("Cette fiche n'existe plus : actualisez la liste.")
            session.add(attachment)
        return attachment

    def new(self, owner_id: str, name: str, content: bytes) -> Attachment:
        """A file that is kept with others in one action; refused as `attach` refuses."""
        refuse_file(name, content)
        return attached(owner_id, name, content, self._database.clock())

    def of(self, owner_id: str) -> list[Attachment]:
        """The files of a record in the order they came, without their content."""
        with self._database.reading() as session:
            query = select(Attachment).where(Attachment.owner_id == owner_id, Attachment.deleted_at.is_(None))
            return list(session.scalars(query.order_by(Attachment.added_at)))

    def content(self, attachment_id: str) -> bytes:
        """The bytes of a file."""
        with self._database.reading() as session:
            return session.execute(select(Attachment.content).where(Attachment.id == attachment_id)).scalar_one()

    def detach(self, attachment_id: str) -> None:
        """Take a file off its record; it can be put back by undoing."""
        with self._database.transaction("Retirer un fichier joint") as session:
            session.get_one(Attachment, attachment_id).deleted_at = self._database.clock()


def attached(owner_id: str, name: str, content: bytes, at: datetime) -> Attachment:
    """A file that is to be kept with a record; whoever calls has refused what may not be."""
    return Attachment(
        owner_id=owner_id,
        name=plain_name(name),
        sha256=sha256(content).hexdigest(),
        size=len(content),
        content=content,
        added_at=at,
    )
