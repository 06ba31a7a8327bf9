"""A charter signed on screen: what it says is put together, then what was sealed is kept, in one action (C06)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from charte_desktop.errors import UserError
from charte_desktop.model import clauses
from charte_desktop.model.charter import CharterVersion, Signature
from charte_desktop.model.charter_content import (
    Corrected,
    ReadSection,
    SignedBy,
    SignedCharterContent,
    Told,
    fiche_of,
    listed_names,
)
from charte_desktop.model.charter_evidence import CharterFacts, charter_evidence
from charte_desktop.model.charter_text import Section, sections_of
from charte_desktop.model.drawing import Drawing
from charte_desktop.model.fingerprint import short_fingerprint
from charte_desktop.model.provider import Provider
from charte_desktop.model.provider_state import MISSING_LABELS, binding_on
from charte_desktop.model.sealed import CHARTER, SealedDocument, Signing
from charte_desktop.model.sealed_pdf import Sealed
from charte_desktop.model.signing import Capacity, Signer, SigningState
from charte_desktop.model.signing_table import signing_session, signing_stroke
from charte_desktop.store.charter_signatures import welcome
from charte_desktop.store.database import REUNION, Database
from charte_desktop.store.provider_register import WHOLE
from charte_desktop.store.provider_rows import GONE, renewal_rule
from charte_desktop.store.raw_rows import driver
from charte_desktop.store.seal_certificates import refuse_unknown_certificate
from charte_desktop.store.sealed_documents import number_for, record_of, refuse_taken
from charte_desktop.store.stamps import Stamps

MEDIUM = "écran"
"""How a signature drawn on the screen is told from one on paper."""


class CharterSigning:
    """From what was read, said and drawn to the signature of the register."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def refuse_unless_open(self, state: SigningState) -> None:
        """Refuse to begin what could not be sealed: nobody should read and draw for nothing.

        Refused: a record that is gone, a provider that is removed (C18), a form with parts that are still empty, a
        provider that signed this very text already, unless that is corrected or to be renewed.
        """
        with self._database.reading() as session:
            self._refuse(session, self._provider(session, state), state)

    def compose(self, state: SigningState, drawings: Sequence[Drawing | None], at: datetime) -> SignedCharterContent:
        """What is printed and proved, signed at `at`; nothing is written.

        Refused, beside what `refuse_unless_open` refuses: a text that was neither shown whole nor read with the
        adviser, a signer of whom something is missing, one who has drawn nothing.
        """
        with self._database.reading() as session:
            provider = self._provider(session, state)
            self._refuse(session, provider, state)
            version = session.get_one(CharterVersion, state.version_id)
            text = session.execute(
                select(CharterVersion.text).where(CharterVersion.id == state.version_id)
            ).scalar_one()
            sections = sections_of(text)
            drawn = _refuse_unfinished(state, sections, drawings)
            number = number_for(session, self._database, "CE")
            corrects = _corrected(session, state)
        signers = tuple(_signed_by(one, drawing) for one, drawing in zip(state.signers, drawn, strict=True))
        stamp = Stamps(self._database).picture(state.stamp_id) if state.stamp_id else None
        at = at.astimezone(REUNION).replace(microsecond=0)
        fiche = fiche_of(provider)
        evidence = charter_evidence(
            CharterFacts(
                number=number,
                provider_name=provider.legal_name,
                siren=provider.siren,
                fiche=fiche,
                version_id=version.id,
                version_label=version.label,
                text=text,
                sections=sections,
                signed_at=at,
                signers=signers,
                adviser=self._database.adviser,
                device=self._database.device,
                stamp=stamp,
                state=state,
                corrects=corrects,
                demonstration=self._database.is_demonstration,
            )
        )
        return SignedCharterContent(
            provider_name=provider.legal_name,
            fiche=fiche,
            version_label=version.label,
            version_id=version.id,
            text=text,
            at=at,
            adviser=self._database.adviser,
            demonstration=self._database.is_demonstration,
            number=number,
            signers=signers,
            place=state.place.strip(),
            stamp=stamp,
            device=self._database.device,
            sections=tuple(_read(state, one) for one in sections),
            read_together=_moment(state.read_together_at),
            acknowledged=tuple(clauses.clauses()[one].title for one in state.acknowledged),
            told=tuple(_told(state)),
            corrects=corrects,
            evidence=evidence,
            fingerprint=short_fingerprint(evidence),
        )

    def keep(self, state: SigningState, content: SignedCharterContent, sealed: Sealed) -> Signature:
        """Keep the sealed document and the signature it bears; the provider is on the sheets from now on (C06).

        One action: either all of it is kept and the signing is over, or nothing is and it goes on. Refused: what
        `refuse_unless_open` refuses, and a number that was taken meanwhile.
        """
        with self._database.transaction("Signer la charte", undoable=False) as session:
            provider = self._provider(session, state)
            self._refuse(session, provider, state)
            refuse_taken(session, content.number)
            refuse_unknown_certificate(session, sealed.certificate_sha256)
            day = content.at.astimezone(REUNION).date()
            welcome(provider, day)
            document = record_of(
                sealed,
                kind=CHARTER,
                number=content.number,
                subject_id=provider.id,
                title=f"Charte d'engagement signée, {provider.legal_name}",
                signers=[one.name for one in content.signers],
                adviser=content.adviser,
                corrects_id=state.corrects_id or None,
                correction_reason=state.correction_reason,
            )
            signature = Signature(
                provider_id=provider.id,
                version_id=content.version_id,
                signed_on=day,
                medium=MEDIUM,
                signer=listed_names([one.name for one in content.signers]),
                capacity=listed_names(list(dict.fromkeys(one.capacity for one in content.signers))),
                source=f"Document scellé n° {content.number}",
            )
            self._cancel_corrected(session, state, content)
            session.add_all([document, signature])
            session.flush()
            session.add(
                Signing(
                    signature_id=signature.id,
                    provider_id=provider.id,
                    signed_at=content.at,
                    place=content.place,
                    adviser=content.adviser,
                    document_id=document.id,
                )
            )
            base = driver(session.connection())
            base.execute(f"DELETE FROM {signing_stroke.name} WHERE session_id = ?", (state.id,))
            base.execute(f"DELETE FROM {signing_session.name} WHERE id = ?", (state.id,))
        return signature

    def _cancel_corrected(self, session: Session, state: SigningState, content: SignedCharterContent) -> None:
        """The signature of a corrected document binds no more, from the day of the new one."""
        if not state.corrects_id:
            return
        for signing in session.scalars(select(Signing).where(Signing.document_id == state.corrects_id)):
            old = session.get_one(Signature, signing.signature_id)
            old.cancelled_on = content.at.astimezone(REUNION).date()
            old.cancellation_reason = f"Corrigée par le document n° {content.number} : {state.correction_reason}"

    def _provider(self, session: Session, state: SigningState) -> Provider:
        provider = session.get(Provider, state.provider_id, options=WHOLE)
        if provider is None or provider.deleted_at is not None:
            raise UserError(GONE)
        return provider

    def _refuse(self, session: Session, provider: Provider, state: SigningState) -> None:
        today = self._database.today()
        removal = next((one for one in provider.removals if one.stands_on(today)), None)
        if removal is not None:
            raise UserError(
                f"{provider.legal_name} est radié depuis le {removal.removed_on:%d/%m/%Y} : levez d'abord la "
                "radiation, puis faites signer."
            )
        missing = [MISSING_LABELS[one] for one in provider.missing()]
        if missing:
            raise UserError(f"Avant de signer, remplissez sur la fiche : {', '.join(missing)}.")
        if state.corrects_id:
            if not state.correction_reason.strip():
                raise UserError("Écrivez pourquoi le document est corrigé : le nouveau le dit.")
            corrected = session.get(SealedDocument, state.corrects_id)
            if corrected is None or corrected.subject_id != provider.id:
                raise UserError("Le document à corriger n'existe plus : rouvrez la fiche du prestataire.")
            return
        rule = renewal_rule(self._database)
        for one in binding_on(provider.signatures, provider.removals, today, rule):
            if one.version_id == state.version_id and not one.is_to_renew_on(today, rule):
                raise UserError(
                    f"{provider.legal_name} a signé ce texte le {one.signed_on:%d/%m/%Y}, et cette signature vaut "
                    "toujours. Pour la remplacer, corrigez son document."
                )


def _corrected(session: Session, state: SigningState) -> Corrected | None:
    if not state.corrects_id:
        return None
    document = session.get_one(SealedDocument, state.corrects_id)
    return Corrected(document.number, document.fingerprint, state.correction_reason.strip())


def _refuse_unfinished(
    state: SigningState, sections: Sequence[Section], drawings: Sequence[Drawing | None]
) -> list[Drawing]:
    unread = state.unread(sections)
    if not state.may_be_signed(sections):
        titles = ", ".join(f"« {one.title} »" for one in unread[:3])
        more = f" et {len(unread) - 3} autres" if len(unread) > 3 else ""
        raise UserError(f"Il reste à lire : {titles}{more}. Ou notez que la charte est lue avec le conseiller.")
    missing = state.missing()
    if missing:
        raise UserError(f"Avant de signer, indiquez : {', '.join(missing)}.")
    drawn = [one for one in drawings if one is not None and not one.is_blank]
    if len(drawn) < len(state.signers):
        raise UserError("Il manque une signature : chaque personne signe dans son cadre.")
    return drawn


def _signed_by(signer: Signer, drawing: Drawing) -> SignedBy:
    mandate = ""
    if signer.capacity is Capacity.MANDATED:
        mandate = signer.mandate_name or "mandat non joint"
    return SignedBy(signer.name.strip(), signer.capacity.value, signer.identified, drawing, mandate)


def _read(state: SigningState, section: Section) -> ReadSection:
    shown = [one for one in state.showings if one.section == section.key]
    first = datetime.fromisoformat(shown[0].at) if shown else None
    return ReadSection(section.title, len(shown), state.seconds_on(section.key), first)


def _moment(at: str) -> str:
    return f"{datetime.fromisoformat(at).astimezone(REUNION):%d/%m/%Y à %H:%M}" if at else ""


def _told(state: SigningState) -> list[Told]:
    """What is told beside the reading: where the laptop was turned, and clocks that did not agree."""
    told = []
    for one in state.hand_overs:
        words = "Ordinateur remis au signataire" if one.to_signer else "Ordinateur repris par le conseiller"
        told.append(Told(words, _moment(one.at)))
    for jump in state.jumps:
        ahead = "avancée" if jump.seconds > 0 else "reculée"
        told.append(Told("Horloge de l'ordinateur", f"{ahead} de {_duration(abs(jump.seconds))} pendant la lecture"))
    return told


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02d} min" if hours else f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"
