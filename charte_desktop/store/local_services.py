"""The services that the CCIR added to the charter's sixteen; kept apart from them (C20)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from charte_desktop.errors import UserError
from charte_desktop.model import reference
from charte_desktop.model.reference import Service
from charte_desktop.model.wording import collation_key, normalise

if TYPE_CHECKING:
    from charte_desktop.store.database import Database


class LocalServices:
    """The local services of the base."""

    def __init__(self, database: "Database") -> None:
        self._database = database

    def all(self) -> list[Service]:
        """By family, in the order of the charter's list, then in alphabetical order."""
        with self._database.looking() as base:
            kept = [Service(*line) for line in base.execute("SELECT id, family, '', label FROM local_service")]
        return sorted(kept, key=lambda one: (_place(one.family), collation_key(one.label)))

    def declared(self, service_id: str) -> int:
        """How many providers declare a service, those of the recycle bin too."""
        with self._database.looking() as base:
            query = "SELECT count(*) FROM provider_service WHERE service_id = ?"
            return int(base.execute(query, (service_id,)).fetchone()[0])

    def add(self, label: str, family: str) -> Service:
        """Add a service to a family of the charter. Refused: no words, or those of another service."""
        from charte_desktop.model.provider import LocalService

        self.refuse([(label, ""), *((one.label, one.id) for one in self.all())])
        if family not in reference.FAMILIES:
            raise UserError(f"La famille « {family} » n'existe pas : choisissez une des quatre familles de la charte.")
        added = LocalService(label=label.strip(), family=family)
        with self._database.transaction(f"Ajouter la prestation « {label} »") as session:
            session.add(added)
        self.announce()
        return Service(added.id, family, "", added.label)

    def rename(self, service_id: str, label: str) -> None:
        """Give a service other words; whoever declares it declares it still."""
        from charte_desktop.model.provider import LocalService

        self.refuse([(label, service_id), *((one.label, one.id) for one in self.all() if one.id != service_id)])
        with self._database.transaction(f"Renommer la prestation « {label} »") as session:
            session.get_one(LocalService, service_id).label = label.strip()
        self.announce()

    def drop(self, service_id: str) -> None:
        """Take a service off the list. Refused while a provider declares it."""
        from charte_desktop.model.provider import LocalService

        if self.declared(service_id):
            raise UserError("Cette prestation est déclarée par un prestataire : décochez-la d'abord sur sa fiche.")
        with self._database.transaction("Retirer une prestation ajoutée") as session:
            session.delete(session.get_one(LocalService, service_id))
        self.announce()

    def announce(self) -> None:
        """Let the whole program know them by their words."""
        reference.know_local_services(self.all())

    @staticmethod
    def refuse(labels: Sequence[tuple[str, str]]) -> None:
        """Refuse empty words, and words that two services would share; each is (its words, its id)."""
        taken = {normalise(service.label) for service in reference.services().values()}
        for label, _ in labels:
            words = normalise(label)
            if not words:
                raise UserError("Écrivez le nom de la prestation.")
            if words in taken:
                raise UserError(f"La prestation « {label} » est déjà dans la liste : donnez-lui un autre nom.")
            taken.add(words)


def _place(family: str) -> int:
    return reference.FAMILIES.index(family) if family in reference.FAMILIES else len(reference.FAMILIES)
