"""A provider that cannot go on (C19): the project is frozen, others are proposed, one of them takes it up."""

from datetime import date
from typing import TYPE_CHECKING

from charte_desktop.errors import UserError
from charte_desktop.model.display import show_date
from charte_desktop.model.engagements import matrix, open_clauses
from charte_desktop.model.project import (
    DeliverableRecord,
    DocumentRecord,
    IncapacityRecord,
    PartyRecord,
    ProjectRecord,
    StepRecord,
)
from charte_desktop.model.project_facts import Incapacity, ProjectFacts
from charte_desktop.model.project_kinds import CHARTER_STEPS, DocumentKind
from charte_desktop.model.project_rules import require_past
from charte_desktop.store.project_store import ProjectStore, line_of
from charte_desktop.store.project_timelines import next_number

if TYPE_CHECKING:
    from charte_desktop.model.sheet import Candidate
    from charte_desktop.store.journal import JournalledSession


class ProjectIncapacity(ProjectStore):
    """Freezing a project and handing it over."""

    def declare(self, project_id: str, on: date, reason: str) -> str:
        """The provider cannot go on, whatever the cause: the project is frozen as it stands; the line's id.

        The clauses that are open that day are kept with it.
        """
        if not reason.strip():
            raise UserError("Écrivez ce qui empêche le prestataire de continuer, sans avis sur lui.")
        with self._changing("Déclarer l'incapacité du prestataire", project_id) as (session, facts):
            require_past(on, self._database.today(), "L'incapacité")
            traces = matrix(facts, self._database.today(), self.renewal, self.rules)
            made = IncapacityRecord(
                project_id=project_id,
                declared_on=on,
                reason=reason.strip(),
                open_clauses=[one for one in open_clauses(traces) if one != "C19"],
            )
            session.add(made)
        return made.id

    def lift(self, project_id: str, on: date) -> None:
        """The provider can go on after all: the project is no longer frozen. Refused once it was taken up."""
        with self._changing("Lever l'interruption du projet", project_id, at_any_time=True) as (session, facts):
            frozen = _frozen(facts)
            require_past(on, self._database.today(), "La reprise")
            if facts.successor is not None:
                raise UserError(f"Le projet est déjà repris : {facts.successor[1]}. C'est là qu'il continue.")
            if on < frozen.declared_on:
                day = show_date(frozen.declared_on)
                raise UserError(f"L'incapacité est du {day} : la reprise ne peut pas la précéder. Vérifiez la date.")
            line_of(session, IncapacityRecord, project_id, frozen.id).lifted_on = on

    def candidates(self, project_id: str) -> "list[Candidate]":
        """Who could take the project up: the sheet's own matching on its services, place and size, neutral order.

        Those that declare all of its services come before those that declare some; within each, the order of the
        draw of the project's number, as on a sheet.
        """
        from charte_desktop.model.sheet import Criteria, draw
        from charte_desktop.store.directory_sheets import DirectorySheets

        facts = self.facts(project_id)
        criteria = Criteria(tuple(facts.service_ids), facts.company.commune_code, facts.company.headcount_band)
        found = DirectorySheets(self._database).propose(criteria)
        others = [one for one in found if one.provider.id != facts.provider.id]
        wanted = set(facts.service_ids)
        return sorted(draw(facts.number, others), key=lambda one: not wanted <= set(one.provider.service_ids))

    def hand_over(self, project_id: str, provider_id: str, on: date) -> ProjectFacts:
        """Go on with another provider: a new project linked both ways, with what is not done and all the documents.

        Company, accompaniment, services, need, client's lead, other parties and open deliverables go along; budget,
        prices, the dates that are over and the new provider's project manager are agreed on anew. Refused: a project
        that is not frozen, the same provider, one that is no signatory (C06).
        """
        from charte_desktop.model.project_state import is_signatory_on
        from charte_desktop.model.provider import Provider
        from charte_desktop.store.project_reading import read_providers
        from charte_desktop.store.raw_rows import driver

        with self._changing("Transmettre le projet", project_id, at_any_time=True) as (session, facts):
            frozen = _frozen(facts)
            if facts.successor is not None:
                raise UserError(f"Le projet est déjà repris : {facts.successor[1]}. C'est là qu'il continue.")
            require_past(on, self._database.today(), "La transmission")
            if provider_id == facts.provider.id:
                raise UserError("C'est le prestataire qui ne peut pas continuer : choisissez-en un autre.")
            if session.get(Provider, provider_id) is None:
                raise UserError("Ce prestataire n'existe plus : choisissez-en un autre.")
            provider = read_providers(driver(session.connection()), [provider_id])[provider_id]
            if not is_signatory_on(provider, on, self.renewal) or provider.in_bin:
                raise UserError(f"« {provider.name} » n'est pas signataire (C06) : choisissez-en un autre.")
            made = self._successor(session, facts, provider_id, on)
            line = line_of(session, IncapacityRecord, project_id, frozen.id)
            line.successor_id, line.handed_on = made, on
        return self.facts(made)

    def _successor(self, session: "JournalledSession", facts: ProjectFacts, provider_id: str, on: date) -> str:
        new = ProjectRecord(
            number=next_number(session, self._database),
            title=facts.title,
            company_id=facts.company.id,
            provider_id=provider_id,
            accompaniment_id=facts.accompaniment_id,
            service_ids=list(facts.service_ids),
            need=facts.need,
            notes=facts.notes,
            tax_basis=facts.tax_basis,
            end_on=facts.end_on if facts.end_on is not None and facts.end_on >= on else None,
            client_lead_name=facts.client_lead.name,
            client_lead_phone=facts.client_lead.phone,
            client_lead_email=facts.client_lead.email,
            adviser=self._database.adviser,
            created_at=self._database.clock(),
            predecessor_id=facts.id,
        )
        session.add(new)
        session.flush()
        for step in facts.steps:
            if step.is_done and step.kind not in CHARTER_STEPS:
                continue
            stands = not step.is_done and step.planned_end is not None and step.planned_end >= on
            session.add(
                StepRecord(
                    project_id=new.id, kind=step.kind, title=step.title, position=step.position,
                    planned_start=step.planned_start if stands and _is_to_come(step.planned_start, on) else None,
                    planned_end=step.planned_end if stands else None,
                )
            )  # fmt: skip
        _add_all(session, facts, new.id, on)
        return new.id


def _is_to_come(day: date | None, on: date) -> bool:
    return day is not None and day >= on


def _frozen(facts: ProjectFacts) -> Incapacity:
    if facts.incapacity is None:
        raise UserError("Ce projet n'est pas interrompu : déclarez d'abord l'incapacité du prestataire (C19).")
    return facts.incapacity


def _add_all(session: "JournalledSession", facts: ProjectFacts, new_id: str, on: date) -> None:
    """What goes along: deliverables not handed over, other parties, every document with its file."""
    for one in facts.deliverables:
        if one.delivered_on is None:
            planned_on = one.planned_on if _is_to_come(one.planned_on, on) else None
            session.add(
                DeliverableRecord(project_id=new_id, title=one.title, position=one.position, planned_on=planned_on)
            )
    for party in facts.parties:
        session.add(PartyRecord(project_id=new_id, name=party.name, role=party.role, contact=party.contact))
    for document in facts.documents:
        assert document.added_at is not None
        title = f"{document.name} (projet {facts.number})"
        session.add(
            DocumentRecord(
                project_id=new_id,
                kind=_inherited(document.kind),
                title=title,
                dated_on=document.dated_on,
                signed_on=None,
                source=document.source,
                attachment_id=document.attachment_id,
                sealed_id=document.sealed_id,
                clause_ids=[],
                added_at=document.added_at,
                adviser=document.adviser,
            )
        )


def _inherited(kind: DocumentKind) -> DocumentKind:
    """The specification is the company's and serves again; what was signed with another provider orders nothing."""
    return kind if kind is DocumentKind.SPECIFICATION else DocumentKind.OTHER
