"""The sealed documents of the base: charters, agreements to an overrun. Never changed, but for a time stamp."""

from collections.abc import Sequence
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from charte_desktop.errors import UserError
from charte_desktop.model.sealed import SealedDocument
from charte_desktop.model.sealed_pdf import Sealed
from charte_desktop.store.database import Database
from charte_desktop.store.document_numbers import next_number


class SealedDocuments:
    """What was sealed, whatever its kind."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, document_id: str) -> SealedDocument:
        """What is known of a document, without its PDF."""
        with self._database.reading() as session:
            return session.get_one(SealedDocument, document_id)

    def of(self, subject_id: str) -> list[SealedDocument]:
        """The documents of a provider or a project, the latest first, without their PDF."""
        query = select(SealedDocument).where(SealedDocument.subject_id == subject_id)
        with self._database.reading() as session:
            return list(session.scalars(query.order_by(SealedDocument.sealed_at.desc())))

    def pdf(self, document_id: str) -> bytes:
        """The sealed PDF, byte for byte."""
        with self._database.reading() as session:
            return session.execute(select(SealedDocument.pdf).where(SealedDocument.id == document_id)).scalar_one()

    def find(self, pdf: bytes) -> SealedDocument | None:
        """The document of this base that these very bytes are; None when there is none."""
        query = select(SealedDocument).where(SealedDocument.pdf_sha256 == sha256(pdf).hexdigest())
        with self._database.reading() as session:
            return session.scalar(query)

    def add_time_stamp(self, document_id: str, before: bytes, stamped: bytes) -> None:
        """Keep a document with the time stamp that was added to `before`, the bytes that `pdf` gave.

        Refused when they are not its bytes any more, or when `stamped` does not go on from them.
        """
        with self._database.transaction("Horodater un document", undoable=False) as session:
            document = session.get_one(SealedDocument, document_id)
            if document.pdf_sha256 != sha256(before).hexdigest() or not stamped.startswith(before):
                raise UserError("Ce document a été horodaté entre-temps : rouvrez-le.")
            document.pdf, document.pdf_sha256 = stamped, sha256(stamped).hexdigest()
            document.stamped_at = self._database.clock()


def number_for(session: Session, database: Database, kind: str) -> str:
    """The number that the next document takes; `kind` is its two letters (CE for a charter)."""
    return next_number(session, SealedDocument.number, kind, database.today(), database.device)


def refuse_taken(session: Session, number: str) -> None:
    """Refuse a number that another document took while this one was read again: it is printed on its pages."""
    if session.scalar(select(SealedDocument.id).where(SealedDocument.number == number)) is not None:
        raise UserError(
            f"Le numéro {number} vient d'être pris par un autre document : relisez les pages, puis scellez."
        )


def record_of(
    sealed: Sealed,
    *,
    kind: str,
    number: str,
    subject_id: str,
    title: str,
    signers: Sequence[str],
    adviser: str,
    corrects_id: str | None = None,
    correction_reason: str = "",
) -> SealedDocument:
    """The record of a document just sealed."""
    return SealedDocument(
        kind=kind,
        number=number,
        subject_id=subject_id,
        title=title,
        signer=", ".join(signers),
        adviser=adviser,
        sealed_at=sealed.sealed_at,
        fingerprint=sealed.fingerprint,
        certificate_sha256=sealed.certificate_sha256,
        pdf=sealed.pdf,
        pdf_sha256=sha256(sealed.pdf).hexdigest(),
        page_count=sealed.page_count,
        corrects_id=corrects_id,
        correction_reason=correction_reason,
    )
