"""Attestations that a company was accompanied: numbered, drawn, kept as printed (C03, C04)."""

from collections.abc import Callable
from hashlib import sha256
from typing import TYPE_CHECKING

from sqlalchemy import Select, select

from charte_desktop.errors import UserError
from charte_desktop.model.accompaniment import Accompaniment
from charte_desktop.model.attestation import Attestation
from charte_desktop.model.charter_right import AttestationContent, Held
from charte_desktop.model.company import Company
from charte_desktop.store.database import Database
from charte_desktop.store.document_numbers import next_number

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

DrawAttestation = Callable[[AttestationContent], bytes]
"""Draws an attestation; the store knows no document."""


class Attestations:
    """The attestations of the base."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def draft(self, company_id: str) -> AttestationContent:
        """The attestation as `issue` would print it now, under the number it would take; nothing is written.

        Refused for a company that was never accompanied (C03).
        """
        with self._database.reading() as session:
            return self._compose(session, company_id)

    def issue(self, company_id: str, draw: DrawAttestation) -> Attestation:
        """Give an attestation its number, draw it and keep it as printed. Refused as `draft` refuses."""
        with self._database.transaction("Éditer une attestation", undoable=False) as session:
            content = self._compose(session, company_id)
            first = session.scalars(_held_by(company_id, self._database.today())).first()
            assert first is not None
            pdf = draw(content)
            attestation = Attestation(
                number=content.number,
                company_id=company_id,
                accompaniment_id=first.id,
                issued_at=content.issued_at,
                issued_on=self._database.today(),
                adviser=content.adviser,
                held=[
                    {"held_on": one.held_on.isoformat(), "kind": one.kind.name, "adviser": one.adviser}
                    for one in content.held
                ],
                pdf=pdf,
                pdf_sha256=sha256(pdf).hexdigest(),
            )
            session.add(attestation)
        return attestation

    def of_company(self, company_id: str) -> list[Attestation]:
        """The attestations of a company, the latest first, without their PDF."""
        query = select(Attestation).where(Attestation.company_id == company_id).order_by(Attestation.issued_at.desc())
        with self._database.reading() as session:
            return list(session.scalars(query))

    def get(self, attestation_id: str) -> Attestation:
        """One attestation, without its PDF."""
        with self._database.reading() as session:
            return session.get_one(Attestation, attestation_id)

    def pdf(self, attestation_id: str) -> bytes:
        """The attestation as it was printed, byte for byte."""
        with self._database.reading() as session:
            return session.execute(select(Attestation.pdf).where(Attestation.id == attestation_id)).scalar_one()

    def _compose(self, session: "Session", company_id: str) -> AttestationContent:
        company = session.get(Company, company_id)
        if company is None:
            raise UserError("Cette entreprise n'existe plus : actualisez la liste.")
        today = self._database.today()
        held = session.scalars(_held_by(company_id, today)).all()
        if not held:
            raise UserError(
                f"{company.legal_name or 'Cette entreprise'} n'a pas encore été accompagnée : notez d'abord "
                "l'accompagnement (C03)."
            )
        return AttestationContent(
            number=next_number(session, Attestation.number, "AT", today, self._database.device),
            issued_at=self._database.clock(),
            adviser=self._database.adviser,
            company_name=company.legal_name,
            siren=company.siren,
            address="\n".join(filter(None, [company.address, f"{company.postal_code} {company.city}".strip()])),
            held=tuple(Held(one.held_on, one.kind, one.adviser) for one in held),
            demonstration=self._database.is_demonstration,
        )


def _held_by(company_id: str, day: "date") -> Select[Accompaniment]:
    """The accompaniments of a company up to a day, the first one first."""
    held = select(Accompaniment).where(Accompaniment.company_id == company_id, Accompaniment.held_on <= day)
    return held.order_by(Accompaniment.held_on, Accompaniment.id)
