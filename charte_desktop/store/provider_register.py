"""The register of providers: one method for each thing an adviser does with it."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from charte_desktop.errors import UserError
from charte_desktop.model import clauses, identifiers
from charte_desktop.model.identity_text import bare_name
from charte_desktop.model.provider import Provider, Removal
from charte_desktop.store import search
from charte_desktop.store.attachments import Attachments
from charte_desktop.store.provider_rows import GONE, ProviderRows
from charte_desktop.store.recycle_bin import BinnedRow, binned
from charte_desktop.store.twins import refuse_twin


class ProviderRegister(ProviderRows):
    """The providers of the base, as records: found whole, entered, changed, removed."""

    def new(self, record_id: str) -> Provider:
        """An empty record that will have this id; nothing is kept before `add`."""
        return Provider(id=record_id)

    def get(self, provider_id: str) -> Provider:
        """The whole record: services, signatures and removals loaded; detached."""
        with self._database.reading() as session:
            return _load(session, provider_id)

    def find(self, text: str) -> list[Provider]:
        """The providers that `text` names: the one with this SIREN, else those of this name."""
        number = identifiers.read_siren(text).value.siren
        query = select(Provider).options(*WHOLE).where(Provider.deleted_at.is_(None))
        with self._database.reading() as session:
            if number:
                return list(session.scalars(query.where(Provider.siren == number)))
            hits = session.scalars(search.ordered(query, Provider, bare_name(text)))
            return [provider for provider in hits if provider.looks_like(text)]

    def all(self) -> list[Provider]:
        """Every provider outside the recycle bin, by name, with services, signatures and removals."""
        with self._database.reading() as session:
            query = select(Provider).options(*WHOLE).where(Provider.deleted_at.is_(None))
            return list(session.scalars(search.ordered(query, Provider, "")))

    # Writing

    def add(self, provider: Provider) -> Provider:
        """Enter a new provider. A SIREN that another provider has is refused: one company, one record."""
        with self._database.transaction(f"Créer la fiche de {provider.legal_name or 'prestataire'}") as session:
            provider.created_at = self._database.clock()
            refuse_twin(session, provider)
            session.add(provider)
        return self.get(provider.id)

    def save(self, provider: Provider) -> Provider:
        """Keep what changed in a record that `get` gave."""
        with self._database.transaction(f"Modifier la fiche de {provider.legal_name or 'prestataire'}") as session:
            refuse_twin(session, provider)
            session.add(provider)
        return provider

    def delete(self, provider_id: str) -> None:
        """Put a record in the recycle bin; everything that names it stays readable."""
        with self._database.transaction("Mettre un prestataire à la corbeille") as session:
            _load(session, provider_id).deleted_at = self._database.clock()

    def restore(self, provider_id: str) -> None:
        """Take a record back out of the recycle bin."""
        with self._database.transaction("Reprendre un prestataire de la corbeille") as session:
            provider = _load(session, provider_id)
            provider.deleted_at = None
            refuse_twin(session, provider)

    def bin(self) -> list[BinnedRow]:
        """What is in the recycle bin, the last deleted first."""
        with self._database.reading() as session:
            return binned(session, Provider)

    def withdraw(self, provider_id: str, on: date, reason: str) -> None:
        """Close the entry of a provider that leaves by its own will from `on`; its signatures stay readable."""
        with self._database.transaction("Retirer un prestataire du registre") as session:
            provider = _load(session, provider_id)
            provider.withdrawn_on, provider.withdrawal_reason = on, reason.strip()

    def remove(
        self,
        provider_id: str,
        on: date,
        clause_ids: Sequence[str],
        reason: str,
        documents: Sequence[tuple[str, bytes]] = (),
    ) -> Removal:
        """Remove a provider for a breach of the charter from `on` (C18); `documents` are names and contents.

        The clauses, the reason, the date, the adviser and the documents are kept as history. Refused without a clause
        or a reason, and for a provider that is out already.
        """
        if not clause_ids or not set(clause_ids) <= set(clauses.clauses()):
            raise UserError("Indiquez au moins un article de la charte (C01 à C41) qui n'a pas été respecté.")
        if not reason.strip():
            raise UserError("Écrivez le motif de la radiation.")
        with self._database.transaction("Radier un prestataire", undoable=False) as session:
            provider = _load(session, provider_id)
            if any(one.stands_on(on) for one in provider.removals):
                raise UserError(f"{provider.legal_name} est déjà radié : rien n'a été changé.")
            removal = Removal(
                provider_id=provider_id,
                removed_on=on,
                clauses=sorted(clause_ids),
                reason=reason.strip(),
                adviser=self._database.adviser,
            )
            files = Attachments(self._database)
            session.add_all([removal, *(files.new(removal.id, name, content) for name, content in documents)])
        return removal

    def standing_removal(self, provider_id: str) -> Removal | None:
        """The removal that keeps a provider out of the register today; None when none does."""
        today = self._database.today()
        return next((one for one in self.get(provider_id).removals if one.stands_on(today)), None)

    def lift_removal(self, removal_id: str, on: date, reason: str) -> None:
        """Take a removal back from `on`, with a reason; the removal stays in the history (C18)."""
        if not reason.strip():
            raise UserError("Écrivez pourquoi la radiation est levée.")
        with self._database.transaction("Lever une radiation", undoable=False) as session:
            removal = session.get_one(Removal, removal_id)
            removal.lifted_on, removal.lifting_reason = on, reason.strip()


WHOLE = (selectinload(Provider.services), selectinload(Provider.signatures), selectinload(Provider.removals))
"""What is loaded with a provider that leaves the store."""


def _load(session: Session, provider_id: str) -> Provider:
    provider = session.get(Provider, provider_id, options=WHOLE)
    if provider is None:
        raise UserError(GONE)
    return provider
