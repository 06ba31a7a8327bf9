"""The register of providers: one method for each thing an adviser does with it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from sqlalchemy import Select, func, select, type_coerce
from sqlalchemy.engine import Row
from sqlalchemy.orm import Session, selectinload

from charte_desktop.errors import UserError
from charte_desktop.model import clauses, identifiers
from charte_desktop.model.charter import RenewalRule, Signature, SignatureDates
from charte_desktop.model.identity import bare_name
from charte_desktop.model.provider import (
    Attachment,
    Provider,
    ProviderService,
    ProviderState,
    Removal,
    RemovalDates,
    missing_of,
    state_of,
)
from charte_desktop.store import search
from charte_desktop.store.database import Database

LARGEST_ATTACHMENT = 25 * 1024 * 1024
"""Bytes; what is larger belongs on a disk, not in a base that is copied at every backup."""
_PROGRAMS = frozenset({".exe", ".bat", ".cmd", ".com", ".scr", ".msi", ".ps1", ".vbs", ".js", ".jar", ".sh", ".lnk"})


@dataclass(frozen=True)
class ProviderRow:
    """A provider as a line of the register shows it."""

    id: str
    legal_name: str
    siren: str
    city: str
    commune_code: str
    phones: tuple[str, ...]
    emails: tuple[str, ...]
    ape_code: str
    service_ids: tuple[str, ...]
    state: ProviderState
    missing: int
    """How many parts of the form are still empty."""


class ProviderRegister:
    """The providers of the base."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def rule(self) -> RenewalRule:
        """How long a signature binds here: a setting of the office, off by default."""
        return renewal_rule(self._database)

    # Finding

    def search(
        self,
        text: str = "",
        *,
        service_ids: Iterable[str] = (),
        state: ProviderState | None = None,
        commune_code: str = "",
        limit: int | None = None,
        offset: int = 0,
    ) -> list[ProviderRow]:
        """The providers that answer `text` and every filter; best matches first, or by name when `text` is empty.

        Those in the recycle bin are not shown.
        """
        query = _filtered(search.ordered(_ROW, Provider, text), service_ids, commune_code)
        today, rule = self._database.today(), self.rule
        with self._database.reading() as session:
            if state is None:
                lines = session.execute(query.limit(-1 if limit is None else limit).offset(offset))
                return [_row(line, today, rule) for line in lines]
            rows = (_row(line, today, rule) for line in session.execute(query))
            chosen = [row for row in rows if row.state is state]
        return chosen[offset : None if limit is None else offset + limit]

    def count(self) -> int:
        """How many providers the register holds, the recycle bin left out."""
        with self._database.reading() as session:
            return session.scalar(select(func.count()).select_from(Provider).where(Provider.deleted_at.is_(None))) or 0

    def counts_by_state(self) -> dict[ProviderState, int]:
        """How many providers stand in each state today; every state is there, in the order of a provider's life."""
        today, rule = self._database.today(), self.rule
        with self._database.reading() as session:
            found = Counter(
                _state(line, today, rule) for line in session.execute(_ROW.where(Provider.deleted_at.is_(None)))
            )
        return {state: found[state] for state in ProviderState}

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
            _refuse_twin(session, provider)
            session.add(provider)
        return self.get(provider.id)

    def save(self, provider: Provider) -> Provider:
        """Keep what changed in a record that `get` gave."""
        with self._database.transaction(f"Modifier la fiche de {provider.legal_name or 'prestataire'}") as session:
            _refuse_twin(session, provider)
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
            _refuse_twin(session, provider)

    def withdraw(self, provider_id: str, on: date, reason: str) -> None:
        """Close the entry of a provider that leaves by its own will from `on`; its signatures stay readable."""
        with self._database.transaction("Retirer un prestataire du registre") as session:
            provider = _load(session, provider_id)
            provider.withdrawn_on, provider.withdrawal_reason = on, reason.strip()

    def remove(self, provider_id: str, on: date, clause_ids: Sequence[str], reason: str) -> Removal:
        """Remove a provider for a breach of the charter from `on` (C18).

        The clauses, the reason, the date and the adviser are kept as history. Refused without a clause or a reason,
        and for a provider that is out already.
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
            session.add(removal)
        return removal

    def lift_removal(self, removal_id: str, on: date, reason: str) -> None:
        """Take a removal back from `on`, with a reason; the removal stays in the history (C18)."""
        if not reason.strip():
            raise UserError("Écrivez pourquoi la radiation est levée.")
        with self._database.transaction("Lever une radiation", undoable=False) as session:
            removal = session.get_one(Removal, removal_id)
            removal.lifted_on, removal.lifting_reason = on, reason.strip()

    # Files kept with a record

    def attach(self, provider_id: str, name: str, content: bytes) -> Attachment:
        """Keep a file with the record, inside the encrypted base.

        Refused: an empty file, one over 25 MB, a program.
        """
        if not content:
            raise UserError(f"Le fichier « {name} » est vide : choisissez-en un autre.")
        if len(content) > LARGEST_ATTACHMENT:
            raise UserError(f"Le fichier « {name} » dépasse 25 Mo : joignez-en une version plus légère.")
        if any(name.lower().endswith(ending) for ending in _PROGRAMS):
            raise UserError(f"« {name} » est un programme : joignez un document ou une image.")
        with self._database.transaction(f"Joindre {name}") as session:
            _load(session, provider_id)
            attachment = Attachment(
                owner_id=provider_id,
                name=name,
                sha256=sha256(content).hexdigest(),
                size=len(content),
                content=content,
                added_at=self._database.clock(),
            )
            session.add(attachment)
        return attachment

    def attachments(self, provider_id: str) -> list[Attachment]:
        """The files of a record, without their content."""
        with self._database.reading() as session:
            query = select(Attachment).where(Attachment.owner_id == provider_id, Attachment.deleted_at.is_(None))
            return list(session.scalars(query.order_by(Attachment.added_at)))

    def attachment_content(self, attachment_id: str) -> bytes:
        """The bytes of a file."""
        with self._database.reading() as session:
            return session.execute(select(Attachment.content).where(Attachment.id == attachment_id)).scalar_one()

    def detach(self, attachment_id: str) -> None:
        """Take a file off its record; it can be put back by undoing."""
        with self._database.transaction("Retirer un fichier joint") as session:
            session.get_one(Attachment, attachment_id).deleted_at = self._database.clock()


WHOLE = (selectinload(Provider.services), selectinload(Provider.signatures), selectinload(Provider.removals))
"""What is loaded with a provider that leaves the store."""

_SERVICES = (
    select(func.json_group_array(ProviderService.service_id))
    .where(ProviderService.provider_id == Provider.id)
    .scalar_subquery()
)
_SIGNED = (
    select(func.json_group_array(func.json_array(Signature.signed_on, Signature.cancelled_on)))
    .where(Signature.provider_id == Provider.id)
    .scalar_subquery()
)
_REMOVED = (
    select(func.json_group_array(func.json_array(Removal.removed_on, Removal.lifted_on)))
    .where(Removal.provider_id == Provider.id)
    .scalar_subquery()
)
_ROW: Select[tuple[object, ...]] = select(  # type: ignore[assignment]  # a row is read by name
    Provider.id,
    Provider.legal_name,
    Provider.siren,
    Provider.legal_representative,
    Provider.address,
    Provider.city,
    Provider.commune_code,
    Provider.emails,
    Provider.phones,
    Provider.ape_code,
    Provider.headcount,
    Provider.headcount_band,
    Provider.withdrawn_on,
    type_coerce(_SERVICES, Provider.emails.type).label("services"),
    type_coerce(_SIGNED, Provider.emails.type).label("signed"),
    type_coerce(_REMOVED, Provider.emails.type).label("removed"),
)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _state(line: Row[tuple[object, ...]], day: date, rule: RenewalRule) -> ProviderState:
    signed = [SignatureDates(date.fromisoformat(start), _day(end)) for start, end in line.signed]
    removed = [RemovalDates(date.fromisoformat(start), _day(end)) for start, end in line.removed]
    return state_of(line, signed, removed, day, rule)


def _row(line: Row[tuple[object, ...]], day: date, rule: RenewalRule) -> ProviderRow:
    return ProviderRow(
        id=line.id,
        legal_name=line.legal_name,
        siren=line.siren,
        city=line.city,
        commune_code=line.commune_code,
        phones=tuple(line.phones),
        emails=tuple(line.emails),
        ape_code=line.ape_code,
        service_ids=tuple(sorted(line.services)),
        state=_state(line, day, rule),
        missing=len(missing_of(line)),
    )


def _filtered(
    query: Select[tuple[object, ...]], service_ids: Iterable[str], commune_code: str
) -> Select[tuple[object, ...]]:
    query = query.where(Provider.deleted_at.is_(None))
    for service_id in service_ids:
        offers = select(ProviderService.provider_id).where(ProviderService.service_id == service_id)
        query = query.where(Provider.id.in_(offers))
    return query.where(Provider.commune_code == commune_code) if commune_code else query


def _load(session: Session, provider_id: str) -> Provider:
    provider = session.get(Provider, provider_id, options=WHOLE)
    if provider is None:
        raise UserError("Cette fiche n'existe plus : actualisez la liste.")
    return provider


def _refuse_twin(session: Session, provider: Provider) -> None:
    """One company, one record: a second living record with the same SIREN is refused."""
    if not provider.siren or provider.deleted_at is not None:
        return
    with session.no_autoflush:
        twin = session.scalar(
            select(Provider.legal_name).where(
                Provider.siren == provider.siren, Provider.id != provider.id, Provider.deleted_at.is_(None)
            )
        )
    if twin is not None:
        siren = identifiers.show_siren(provider.siren)
        raise UserError(f"Le SIREN {siren} est déjà celui de « {twin} » : ouvrez cette fiche au lieu d'en créer une.")


def renewal_rule(database: Database) -> RenewalRule:
    """The office's rule for renewals, from the base's settings; without one, a signature binds for ever."""
    months = database.setting("renewal_validity_months")
    return RenewalRule(validity_months=int(months)) if months else RenewalRule()
