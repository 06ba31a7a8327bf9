"""Charters printed to be signed by hand, and their scans: the code on a page leads back to its provider."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from charte_desktop.errors import UserError
from charte_desktop.model.charter import CharterVersion, Signature
from charte_desktop.model.charter_content import PaperCharterContent, fiche_of
from charte_desktop.model.paper_code import new_code
from charte_desktop.model.provider import Provider
from charte_desktop.model.sealed import PaperCharter, Signing
from charte_desktop.store.attachments import Attachments
from charte_desktop.store.charter_signatures import CharterSignatures, welcome
from charte_desktop.store.database import Database
from charte_desktop.store.provider_register import WHOLE
from charte_desktop.store.provider_rows import GONE

DrawPaper = Callable[[PaperCharterContent], tuple[bytes, int]]
"""Draws a charter to sign, and says how many pages it has; the store knows no document."""


@dataclass(frozen=True)
class AwaitedPaper:
    """A charter that was printed, and whose provider."""

    code: str
    provider_id: str
    provider_name: str
    version_id: str
    printed_at: datetime
    page_count: int


class PaperCharters:
    """The paper road, from the printer to the scan."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def issue(self, provider_id: str, draw: DrawPaper) -> bytes:
        """The charter of a provider to print, under a code that is kept. Its form may have empty parts.

        Refused: a record that is gone, a base without the charter's text.
        """
        version_id = CharterSignatures(self._database).current_version
        with self._database.transaction("Imprimer une charte à signer", undoable=False) as session:
            provider = session.get(Provider, provider_id, options=WHOLE)
            version = session.get(CharterVersion, version_id)
            if provider is None:
                raise UserError(GONE)
            if version is None:
                raise UserError("Le texte de la charte manque dans cette base : chargez-le dans les réglages.")
            text = session.execute(select(CharterVersion.text).where(CharterVersion.id == version_id)).scalar_one()
            content = PaperCharterContent(
                provider_name=provider.legal_name,
                fiche=fiche_of(provider),
                version_label=version.label,
                version_id=version_id,
                text=text,
                at=self._database.clock(),
                adviser=self._database.adviser,
                demonstration=self._database.is_demonstration,
                code=new_code(),
            )
            pdf, pages = draw(content)
            session.add(
                PaperCharter(
                    code=content.code,
                    provider_id=provider_id,
                    version_id=version_id,
                    printed_at=content.at,
                    adviser=content.adviser,
                    page_count=pages,
                )
            )
        return pdf

    def find(self, code: str) -> AwaitedPaper | None:
        """Whose charter bears this code; None when this base did not print it, or its record is gone."""
        query = _papers().where(PaperCharter.code == code, Provider.deleted_at.is_(None))
        with self._database.reading() as session:
            line = session.execute(query).first()
        return AwaitedPaper(*line) if line else None

    def latest(self, limit: int = 50) -> list[AwaitedPaper]:
        """The charters printed, the latest first: one of them is a scan whose code cannot be read."""
        query = _papers().where(Provider.deleted_at.is_(None)).order_by(PaperCharter.printed_at.desc())
        with self._database.reading() as session:
            return [AwaitedPaper(*line) for line in session.execute(query.limit(limit))]

    def file_scan(
        self, provider_id: str, name: str, content: bytes, signed_on: date, *, code: str = "", signer: str = ""
    ) -> Signature:
        """File the scan of a charter signed by hand: it is kept with its fingerprint, the signature is "papier".

        A signature entered for that day already is the same one, and gets its scan. Refused: a day to come, a file
        that cannot be kept, a provider that is gone or was removed on that day (C18).
        """
        if signed_on > self._database.today():
            raise UserError(f"Le {signed_on:%d/%m/%Y} n'est pas encore passé : vérifiez la date de signature.")
        scan = Attachments(self._database).new(provider_id, name, content)
        with self._database.transaction("Classer une charte signée sur papier") as session:
            provider = session.get(Provider, provider_id, options=WHOLE)
            if provider is None:
                raise UserError(GONE)
            welcome(provider, signed_on)
            paper = session.get(PaperCharter, code) if code else None
            signature = _same(session, provider_id, signed_on) or Signature(
                provider_id=provider_id, signed_on=signed_on
            )
            signature.version_id = signature.version_id or (paper.version_id if paper is not None else None)
            signature.signer = signature.signer or signer.strip()
            signature.source = f"Scan « {name} », SHA-256 {scan.sha256[:16]}…"
            session.add_all([scan, signature])
            session.flush()
            session.add(
                Signing(
                    signature_id=signature.id,
                    provider_id=provider_id,
                    adviser=self._database.adviser,
                    scan_id=scan.id,
                )
            )
        return signature


def _papers() -> Select[str, str, str, str, datetime, int]:
    return select(
        PaperCharter.code,
        PaperCharter.provider_id,
        Provider.legal_name,
        PaperCharter.version_id,
        PaperCharter.printed_at,
        PaperCharter.page_count,
    ).join(Provider, Provider.id == PaperCharter.provider_id)


def _same(session: Session, provider_id: str, signed_on: date) -> Signature | None:
    """The signature on paper of that day that has no scan yet."""
    known = session.scalars(
        select(Signature).where(
            Signature.provider_id == provider_id, Signature.signed_on == signed_on, Signature.cancelled_on.is_(None)
        )
    )
    for one in known:
        if session.get(Signing, one.id) is None:
            return one
        raise UserError(f"Une charte signée le {signed_on:%d/%m/%Y} est déjà enregistrée pour ce prestataire.")
    return None
