"""The charter's versions and the signatures that are known (C06)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from charte_desktop.errors import UserError
from charte_desktop.model.charter import CharterVersion, Signature, fingerprint
from charte_desktop.model.charter_text import sections_of
from charte_desktop.model.provider import Provider
from charte_desktop.paths import resources
from charte_desktop.store.current_charter import CURRENT_VERSION, current_version
from charte_desktop.store.database import Database
from charte_desktop.store.provider_register import WHOLE
from charte_desktop.store.provider_rows import GONE


def welcome(provider: Provider, signed_on: date) -> None:
    """Let a provider that signs on this day in again; one that was removed is refused until that is lifted (C18)."""
    removal = next((one for one in provider.removals if one.stands_on(signed_on)), None)
    if removal is not None:
        raise UserError(
            f"{provider.legal_name} est radié depuis le {removal.removed_on:%d/%m/%Y} : levez d'abord la radiation, "
            "puis faites signer de nouveau."
        )
    if provider.withdrawn_on is not None and provider.withdrawn_on <= signed_on:
        provider.withdrawn_on, provider.withdrawal_reason = None, ""


@dataclass(frozen=True)
class SignatureRow:
    """A signature as a line of its table shows it."""

    id: str
    provider_id: str
    provider_name: str
    signed_on: date
    medium: str
    version_label: str
    """Empty when only the date is known."""
    source: str
    cancelled_on: date | None


class CharterSignatures:
    """Who signed which charter, and when."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def ensure_version(self, text: str, label: str) -> str:
        """The id of the version with this text, entered under `label` when it is new."""
        version_id = fingerprint(text)
        with self._database.reading() as session:
            if session.get(CharterVersion, version_id) is not None:
                return version_id
        with self._database.transaction(f"Enregistrer la charte « {label} »", undoable=False) as session:
            session.add(CharterVersion(id=version_id, label=label, text=text, added_at=self._database.clock()))
        return version_id

    def ensure_shipped(self) -> None:
        """Enter the texts that come with the program, where the base does not know them yet."""
        with self._database.looking() as base:
            known = {line[0] for line in base.execute("SELECT id FROM charter_version")}
        for file in sorted((resources() / "charter").glob("*.md")):
            text = file.read_bytes().decode()
            if fingerprint(text) not in known:
                self.ensure_version(text, f"Charte {file.stem}")

    @property
    def current_version(self) -> str:
        """The id of the text to sign now: the one chosen as such, else the latest known; empty when none is."""
        return current_version(self._database)

    def adopt(self, text: str, label: str) -> str:
        """Make this the text to sign from now on; signatures of another stay bound to theirs. The version's id.

        Refused: a text without words, one that is the current one already.
        """
        text = text.replace("\r\n", "\n")
        if not sections_of(text) or not label.strip():
            raise UserError("Ce texte est vide, ou n'a pas de nom : choisissez le fichier du texte de la charte.")
        version_id = self.ensure_version(text, label.strip())
        if version_id == self.current_version and self._database.setting(CURRENT_VERSION):
            raise UserError("Ce texte est déjà la version à signer : rien n'a été changé.")
        self._database.set_setting(CURRENT_VERSION, version_id, f"Faire signer la charte « {label.strip()} »")
        return version_id

    def versions(self) -> list[CharterVersion]:
        """The versions known, the latest first, without their text."""
        with self._database.reading() as session:
            return list(session.scalars(select(CharterVersion).order_by(CharterVersion.added_at.desc())))

    def text(self, version_id: str) -> str:
        """The words of a version."""
        with self._database.reading() as session:
            return session.execute(select(CharterVersion.text).where(CharterVersion.id == version_id)).scalar_one()

    def count(self, version_id: str) -> int:
        """How many signatures bind to this version, those cancelled left out."""
        with self._database.looking() as base:
            query = "SELECT count(*) FROM signature WHERE version_id = ? AND cancelled_on IS NULL"
            return int(base.execute(query, (version_id,)).fetchone()[0])

    def record_paper(
        self, provider_id: str, signed_on: date, *, version_id: str | None = None, signer: str = "", source: str = ""
    ) -> Signature:
        """Enter a charter signed on paper on `signed_on`. A provider that had left by its own will is back.

        Refused: a day to come, one on which the provider was removed (C18), and one for which it has one already.
        """
        if signed_on > self._database.today():
            raise UserError(f"Le {signed_on:%d/%m/%Y} n'est pas encore passé : vérifiez la date de signature.")
        with self._database.transaction("Enregistrer une charte signée sur papier") as session:
            provider = session.get(Provider, provider_id, options=WHOLE)
            if provider is None:
                raise UserError(GONE)
            welcome(provider, signed_on)
            known = select(Signature.id).where(
                Signature.provider_id == provider_id,
                Signature.signed_on == signed_on,
                Signature.cancelled_on.is_(None),
            )
            if session.scalar(known) is not None:
                raise UserError(f"Une charte signée le {signed_on:%d/%m/%Y} est déjà enregistrée pour ce prestataire.")
            signature = Signature(
                provider_id=provider_id, version_id=version_id, signed_on=signed_on, signer=signer, source=source
            )
            session.add(signature)
        return signature

    def cancel(self, signature_id: str, on: date, reason: str) -> None:
        """Cancel a signature entered in error, from `on`, with a reason; it stays readable."""
        if not reason.strip():
            raise UserError("Écrivez pourquoi cette signature est annulée.")
        with self._database.transaction("Annuler une signature") as session:
            signature = session.get_one(Signature, signature_id)
            signature.cancelled_on, signature.cancellation_reason = on, reason.strip()

    def all(self) -> list[SignatureRow]:
        """Every signature known, the latest first."""
        query = (
            select(
                Signature.id,
                Signature.provider_id,
                Provider.legal_name,
                Signature.signed_on,
                Signature.medium,
                CharterVersion.label,
                Signature.source,
                Signature.cancelled_on,
            )
            .join(Provider, Provider.id == Signature.provider_id)
            .outerjoin(CharterVersion, CharterVersion.id == Signature.version_id)
            .order_by(Signature.signed_on.desc(), Provider.legal_name)
        )
        with self._database.reading() as session:
            lines = session.execute(query).all()
        return [SignatureRow(*line[:5], line[5] or "", *line[6:]) for line in lines]
