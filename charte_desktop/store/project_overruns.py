"""Overruns, stage after stage: contact, reason, costing, explicit agreement; billable only then (C36, C37, C38)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING

from charte_desktop.errors import UserError
from charte_desktop.model.charter_content import SignedBy
from charte_desktop.model.drawing import Drawing
from charte_desktop.model.overrun import (
    Stage,
    effect_of,
    is_billable,
    require_after,
    require_before,
    require_stage_order,
)
from charte_desktop.model.overrun_content import AgreementContent, agreement_content
from charte_desktop.model.project import MoveRecord, OverrunRecord, PriceLineRecord, ProjectRecord, StepRecord
from charte_desktop.model.project_facts import Overrun, ProjectFacts
from charte_desktop.model.project_kinds import Answer, DocumentKind, Means, StepKind
from charte_desktop.model.project_money import lines_of
from charte_desktop.model.project_rules import require_past, require_plausible
from charte_desktop.model.sealed import OVERRUN
from charte_desktop.model.sealed_pdf import Sealed
from charte_desktop.model.signing import Capacity, Signer
from charte_desktop.store.database import REUNION
from charte_desktop.store.project_papers import File, keep_document
from charte_desktop.store.project_reading import read_project
from charte_desktop.store.project_steps import keep_baseline
from charte_desktop.store.project_store import ProjectStore, line_of
from charte_desktop.store.seal_certificates import refuse_unknown_certificate
from charte_desktop.store.sealed_documents import number_for, record_of, refuse_taken

if TYPE_CHECKING:
    from charte_desktop.store.journal import JournalledSession

_LETTERS = "AD"
"""How the number of an agreement begins."""


class ProjectOverruns(ProjectStore):
    """The overruns of a project."""

    def open(self, project_id: str) -> str:
        """Begin an overrun; its id. Refused before the project starts: until then, the quote is changed."""
        with self._changing("Ouvrir un dépassement", project_id) as (session, facts):
            if facts.started_on is None:
                raise UserError(
                    "Le projet n'a pas commencé : corrigez le devis et le budget, ce n'est pas encore un dépassement."
                )
            numbers = [one.number for one in facts.overruns]
            made = OverrunRecord(
                project_id=project_id, number=max(numbers, default=0) + 1, opened_on=self._database.today()
            )
            session.add(made)
        return made.id

    def note_contact(self, project_id: str, overrun_id: str, on: date, how: Means, who: str) -> None:
        """The client was contacted (C36)."""
        with self._stage(project_id, overrun_id, Stage.CONTACT, "Noter le contact du dépassement") as (
            record,
            _,
            facts,
        ):
            require_past(on, self._database.today(), "Le contact")
            require_after(on, facts.started_on, "le début du projet")
            if not who.strip():
                raise UserError("Écrivez qui a contacté le client.")
            record.contacted_on, record.contact_how, record.contact_who = on, how, " ".join(who.split())

    def note_reason(self, project_id: str, overrun_id: str, reason: str, on: date) -> None:
        """The client was told why (C36)."""
        with self._stage(project_id, overrun_id, Stage.REASON, "Noter le motif du dépassement") as (record, _, _):
            require_past(on, self._database.today(), "L'annonce du motif")
            if not reason.strip():
                raise UserError("Écrivez le motif tel qu'il a été dit au client.")
            record.reason, record.reason_told_on = reason.strip(), on

    def cost(self, project_id: str, overrun_id: str, on: date, new_end_on: date | None = None) -> None:
        """The costing was handed over (C37): prices of the overrun, a later end, or both."""
        label = "Noter le chiffrage du dépassement"
        with self._stage(project_id, overrun_id, Stage.COSTING, label) as (record, overrun, facts):
            require_past(on, self._database.today(), "Le chiffrage")
            require_plausible(new_end_on, self._database.today(), "La nouvelle date de fin")
            if not lines_of(facts, overrun) and new_end_on is None:
                raise UserError("Un dépassement coûte ou retarde : ajoutez un prix, ou une nouvelle date de fin (C37).")
            if new_end_on is not None and facts.started_on is not None and new_end_on < facts.started_on:
                raise UserError("La nouvelle date de fin précède le début du projet : vérifiez-la.")
            record.costed_on, record.new_end_on = on, new_end_on

    def content(self, project_id: str, overrun_id: str) -> AgreementContent:
        """What the client would agree to, to be shown or printed. Refused until contact, reason and costing stand."""
        facts = self.facts(project_id)
        return self._content(facts, _overrun(facts, overrun_id), self._database.clock())

    def compose(
        self, project_id: str, overrun_id: str, signer: Signer, place: str, drawing: Drawing, at: datetime
    ) -> AgreementContent:
        """The agreement as it is signed at `at`, with its number and its evidence; nothing is written.

        Refused, beside what `content` refuses: a signer or a place of whom something is missing, a blank drawing.
        """
        lacking = [*signer.missing(), *([] if place.strip() else ["le lieu"])]
        if lacking:
            raise UserError(f"Avant de signer, écrivez {', '.join(lacking)}.")
        if drawing.is_blank:
            raise UserError("Le cadre est vide : faites signer la personne dans le cadre.")
        facts = self.facts(project_id)
        content = self._content(facts, _overrun(facts, overrun_id), at.astimezone(REUNION))
        with self._database.reading() as session:
            number = number_for(session, self._database, _LETTERS)
        mandate = signer.mandate_name if signer.capacity is Capacity.MANDATED else ""
        signed_by = SignedBy(" ".join(signer.name.split()), signer.capacity.value, signer.identified, drawing, mandate)
        return content.signed(signed_by, place, number)

    def keep(self, content: AgreementContent, sealed: Sealed) -> str:
        """Keep the sealed agreement: the overrun is billable from now on (C38); the document's id.

        The budget, the end and the baseline follow in the same action, which cannot be undone. Refused: an overrun that
        changed since it was composed, a number or a certificate that is not this base's.
        """
        assert content.signer is not None
        project_id, overrun_id = content.facts.id, content.overrun.id
        with self._changing("Signer l'accord de dépassement", project_id, undoable=False) as (session, facts):
            overrun = _overrun(facts, overrun_id)
            if self._content(facts, overrun, content.at).words_sha256() != content.words_sha256():
                raise UserError(
                    "Le dépassement a changé depuis qu'il a été montré : relisez-le, puis signez de nouveau."
                )
            refuse_taken(session, content.number)
            refuse_unknown_certificate(session, sealed.certificate_sha256)
            document = record_of(
                sealed,
                kind=OVERRUN,
                number=content.number,
                subject_id=project_id,
                title=f"{content.title}, {facts.company.name}",
                signers=[content.signer.name],
                adviser=content.adviser,
            )
            session.add(document)
            session.flush()
            day = content.at.astimezone(REUNION).date()
            return self._agree(
                session, facts, overrun, day, content.signer.name, content.signer.capacity, sealed_id=document.id
            )

    def agree_on_paper(self, project_id: str, overrun_id: str, on: date, signer: str, capacity: str, scan: File) -> str:
        """The client agreed on paper, of which the scan is kept (C38); the document's id."""
        with self._changing("Noter l'accord de dépassement signé", project_id) as (session, facts):
            overrun = _overrun(facts, overrun_id)
            require_before(overrun, Stage.AGREEMENT, bool(lines_of(facts, overrun)))
            require_past(on, self._database.today(), "L'accord")
            require_after(on, overrun.costed_on, "le chiffrage")
            if not signer.strip():
                raise UserError("Écrivez le nom de qui a signé pour l'entreprise.")
            return self._agree(session, facts, overrun, on, signer, capacity, file=scan)

    def refuse(self, project_id: str, overrun_id: str, on: date, signer: str, refusal: str = "") -> None:
        """The client said no: nothing may be billed, the line stays in the file (C38)."""
        with self._stage(project_id, overrun_id, Stage.AGREEMENT, "Noter le refus du dépassement") as (record, _, _):
            require_past(on, self._database.today(), "Le refus")
            if not signer.strip():
                raise UserError("Écrivez qui a refusé pour l'entreprise.")
            record.answer, record.answered_on = Answer.REFUSED, on
            record.signer, record.refusal = " ".join(signer.split()), refusal.strip()

    def agreed(self, project_id: str, overrun_id: str) -> AgreementContent:
        """An overrun as it was agreed to, for its amendment. Refused for what is not billable."""
        facts = self.facts(project_id)
        overrun = _overrun(facts, overrun_id)
        _require_billable(facts, overrun)
        return self._made(facts, overrun, self._database.clock())

    def keep_amendment(self, project_id: str, overrun_id: str, pdf: bytes) -> str:
        """Keep the amendment that follows an agreement; the document's id. Refused for what is not billable."""
        with self._changing("Éditer l'avenant", project_id, at_any_time=True) as (session, facts):
            overrun = _overrun(facts, overrun_id)
            _require_billable(facts, overrun)
            document_id = keep_document(
                session,
                self._database,
                project_id,
                DocumentKind.AMENDMENT,
                title=f"Avenant, dépassement n° {overrun.number}",
                dated_on=self._database.today(),
                file=File(f"avenant-{overrun.number}-{facts.number}.pdf", pdf),
            )
            line_of(session, OverrunRecord, project_id, overrun_id).amendment_id = document_id
        return document_id

    def drop(self, project_id: str, overrun_id: str) -> None:
        """Take off an overrun opened in error; one that was answered stays."""
        with self._changing("Retirer un dépassement", project_id) as (session, facts):
            overrun = _overrun(facts, overrun_id)
            if overrun.answer is not Answer.WAITING:
                raise UserError("Le client a répondu à ce dépassement : il reste au dossier.")
            for line in lines_of(facts, overrun):
                session.delete(line_of(session, PriceLineRecord, project_id, line.id))
            session.flush()
            session.delete(line_of(session, OverrunRecord, project_id, overrun_id))

    # What is behind

    def _content(self, facts: ProjectFacts, overrun: Overrun, at: datetime) -> AgreementContent:
        require_before(overrun, Stage.AGREEMENT, bool(lines_of(facts, overrun)))
        return self._made(facts, overrun, at)

    def _made(self, facts: ProjectFacts, overrun: Overrun, at: datetime) -> AgreementContent:
        return agreement_content(
            facts,
            overrun,
            at=at,
            adviser=self._database.adviser,
            device=self._database.device,
            today=self._database.today(),
            demonstration=self._database.is_demonstration,
        )

    def _agree(
        self,
        session: "JournalledSession",
        facts: ProjectFacts,
        overrun: Overrun,
        on: date,
        signer: str,
        capacity: str,
        *,
        file: File | None = None,
        sealed_id: str | None = None,
    ) -> str:
        effect = effect_of(facts, overrun, self._database.today())
        document_id = keep_document(
            session,
            self._database,
            facts.id,
            DocumentKind.OVERRUN_AGREEMENT,
            title=f"Accord de dépassement n° {overrun.number}",
            dated_on=on,
            signed_on=on,
            clause_ids=["C36", "C37", "C38"],
            file=file,
            sealed_id=sealed_id,
        )
        record = line_of(session, OverrunRecord, facts.id, overrun.id)
        record.answer, record.answered_on, record.document_id = Answer.ACCEPTED, on, document_id
        record.signer, record.capacity = " ".join(signer.split()), " ".join(capacity.split())
        project = session.get_one(ProjectRecord, facts.id)
        record.budget_before, record.end_before = project.budget, project.end_on
        project.budget, project.end_on = effect.budget_after, effect.end_after
        self._move_delivery(session, facts, overrun)
        session.flush()
        after = _read_again(session, facts.id)
        keep_baseline(
            session,
            after,
            self._database.today(),
            agreed_on=on,
            provider_by=facts.provider_lead.name or facts.provider.name,
            client_by=record.signer,
            note=f"Dépassement n° {overrun.number}",
        )
        return document_id

    def _move_delivery(self, session: "JournalledSession", facts: ProjectFacts, overrun: Overrun) -> None:
        """The delivery follows the new end, with the overrun as its reason."""
        delivery = facts.step(StepKind.DELIVERY)
        if overrun.new_end_on is None or delivery is None or delivery.is_done:
            return
        start = delivery.planned_start
        if start is not None and delivery.planned_end is not None:
            start += overrun.new_end_on - delivery.planned_end
        record = session.get_one(StepRecord, delivery.id)
        record.planned_start, record.planned_end = start, overrun.new_end_on
        session.add(
            MoveRecord(
                project_id=facts.id,
                subject_id=delivery.id,
                title=delivery.name,
                start_before=delivery.planned_start,
                end_before=delivery.planned_end,
                start_after=start,
                end_after=overrun.new_end_on,
                reason=f"Dépassement n° {overrun.number} accepté par l'entreprise",
                moved_at=self._database.clock(),
                adviser=self._database.adviser,
            )
        )

    @contextmanager
    def _stage(
        self, project_id: str, overrun_id: str, stage: Stage, label: str
    ) -> Iterator[tuple[OverrunRecord, Overrun, ProjectFacts]]:
        """One stage as one action: the record to fill, the overrun as it was, the project."""
        with self._changing(label, project_id) as (session, facts):
            overrun = _overrun(facts, overrun_id)
            require_before(overrun, stage, bool(lines_of(facts, overrun)))
            record = line_of(session, OverrunRecord, project_id, overrun_id)
            yield record, overrun, facts
            require_stage_order(record.contacted_on, record.reason_told_on, record.costed_on, record.answered_on)


def _require_billable(facts: ProjectFacts, overrun: Overrun) -> None:
    if not is_billable(facts, overrun):
        raise UserError("Un avenant suit un dépassement accepté : faites d'abord signer l'accord (C38).")


def _overrun(facts: ProjectFacts, overrun_id: str) -> Overrun:
    found = next((one for one in facts.overruns if one.id == overrun_id), None)
    if found is None:
        raise UserError("Ce dépassement n'existe plus : actualisez le projet.")
    return found


def _read_again(session: "JournalledSession", project_id: str) -> ProjectFacts:
    from charte_desktop.store.raw_rows import driver

    return read_project(driver(session.connection()), project_id)
