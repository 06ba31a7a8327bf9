"""The certificates this base knows: the one that seals here with its key, those of other workstations, the roots."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from charte_desktop.errors import UserError
from charte_desktop.model.sealed import SealCertificate, SealedDocument
from charte_desktop.model.sealed_pdf import KeyPair
from charte_desktop.store.database import Database

WORKSTATION, OTHER, ROOT = "workstation", "other", "root"
"""The roles of a certificate."""


class SealCertificates:
    """The key of this workstation, and whom it believes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[SealCertificate]:
        """Every certificate, those in use first, without any key."""
        query = select(SealCertificate).order_by(SealCertificate.retired_at.is_not(None), SealCertificate.added_at)
        with self._database.reading() as session:
            return list(session.scalars(query))

    def own(self) -> KeyPair | None:
        """What this workstation seals with; None before its first seal."""
        columns = SealCertificate.certificate, SealCertificate.private_key, SealCertificate.chain
        query = select(*columns).where(SealCertificate.role == WORKSTATION, SealCertificate.retired_at.is_(None))
        with self._database.reading() as session:
            line = session.execute(query.order_by(SealCertificate.added_at.desc())).first()
        if line is None or line[1] is None:
            return None
        return KeyPair(line[0], line[1], tuple(map(bytes.fromhex, line[2])))

    def seal_with(self, pair: KeyPair, name: str) -> None:
        """Seal with this from now on; what sealed before stays known and seals no more."""
        now = self._database.clock()
        key = _id(pair.certificate)
        with self._database.transaction("Changer la clé de scellement du poste", undoable=False) as session:
            for one in session.scalars(_in_use()):
                if one.id != key:
                    one.retired_at = now
            known = session.get(SealCertificate, key)
            if known is None:
                session.add(
                    SealCertificate(
                        id=key,
                        name=name,
                        role=WORKSTATION,
                        certificate=pair.certificate,
                        chain=[one.hex() for one in pair.chain],
                        private_key=pair.private_key,
                        device=self._database.device,
                        added_at=now,
                    )
                )
            else:  # it was retired, or known as another workstation's, and comes back with its key
                known.role, known.private_key, known.retired_at = WORKSTATION, pair.private_key, None
                known.chain = [one.hex() for one in pair.chain]

    def trust(self, certificate: bytes, name: str, *, root: bool) -> None:
        """Know another workstation, or, with `root`, every workstation that an authority answers for."""
        role = ROOT if root else OTHER
        words = "Reconnaître une autorité" if root else "Reconnaître un autre poste"
        with self._database.transaction(words, undoable=False) as session:
            known = session.get(SealCertificate, _id(certificate))
            if known is not None and known.retired_at is None:
                raise UserError(f"Le certificat « {known.name} » est déjà reconnu : rien n'a été changé.")
            if known is not None:
                known.retired_at = None
                return
            session.add(
                SealCertificate(
                    id=_id(certificate), name=name, role=role, certificate=certificate, added_at=self._database.clock()
                )
            )

    def forget(self, certificate_id: str) -> None:
        """Know another workstation or an authority no more. This workstation's own certificates stay known."""
        with self._database.transaction("Ne plus reconnaître un certificat", undoable=False) as session:
            known = session.get_one(SealCertificate, certificate_id)
            if known.role == WORKSTATION:
                raise UserError("Le certificat de ce poste reste reconnu : des documents portent son sceau.")
            known.retired_at = self._database.clock()

    def known(self) -> list[bytes]:
        """The certificates (DER) of the workstations that are known; those of this one, whatever sealed here."""
        return self._certificates(WORKSTATION) + self._certificates(OTHER)

    def roots(self) -> list[bytes]:
        """The certificates (DER) of the authorities whose workstations are known."""
        return self._certificates(ROOT)

    def last_seal_at(self) -> datetime | None:
        """When this base sealed last."""
        with self._database.reading() as session:
            query = select(SealedDocument.sealed_at).order_by(SealedDocument.sealed_at.desc())
            return session.scalar(query.limit(1))

    def _certificates(self, role: str) -> list[bytes]:
        query = select(SealCertificate.certificate).where(SealCertificate.role == role)
        if role != WORKSTATION:
            query = query.where(SealCertificate.retired_at.is_(None))
        with self._database.reading() as session:
            return list(session.scalars(query.order_by(SealCertificate.added_at)))


def _in_use() -> Any:
    return select(SealCertificate).where(SealCertificate.role == WORKSTATION, SealCertificate.retired_at.is_(None))


def _id(certificate: bytes) -> str:
    return sha256(certificate).hexdigest()


def refuse_unknown_certificate(session: Session, certificate_sha256: str) -> None:
    """A document is kept only with the certificate that sealed it: otherwise nobody could say later whose it was."""
    if session.get(SealCertificate, certificate_sha256) is None:
        raise UserError(
            "Ce document a été scellé par un certificat que cette base ne connaît pas : scellez de nouveau."
        )
