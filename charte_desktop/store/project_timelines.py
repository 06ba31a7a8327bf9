"""The life of a project: opened from an accompaniment (C03), started, closed after the last call (C27)."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from charte_desktop.errors import UserError
from charte_desktop.model import reference
from charte_desktop.model.display import show_date
from charte_desktop.model.project import DeliverableRecord, ProjectRecord, StepRecord
from charte_desktop.model.project_facts import ProjectFacts
from charte_desktop.model.project_kinds import CHARTER_STEPS
from charte_desktop.model.project_rules import require_past
from charte_desktop.model.project_state import missing_to_close, missing_to_start
from charte_desktop.model.project_templates import propose_steps, template_of
from charte_desktop.store.accompaniments import project_opened
from charte_desktop.store.database import Database
from charte_desktop.store.project_reading import GONE
from charte_desktop.store.project_store import ProjectStore

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class NotAccompanied(UserError):
    """A project was asked for a company without an earlier accompaniment (C03)."""

    def __init__(self, company_name: str) -> None:
        super().__init__(
            f"« {company_name} » n'a pas encore été accompagnée par la CCIR : la charte s'applique aux seules "
            "entreprises accompagnées (C03). Notez d'abord un accompagnement."
        )


class ProjectTimelines(ProjectStore):
    """Opens projects, starts and closes them, keeps their form."""

    def open(
        self,
        company_id: str,
        provider_id: str,
        service_ids: Sequence[str],
        *,
        accompaniment_id: str = "",
        title: str = "",
        need: str = "",
        first_day: date | None = None,
        with_template: bool = True,
    ) -> ProjectFacts:
        """Open a project of a company with a provider, with the charter's steps.

        It comes from the accompaniment named, or from the latest. With `with_template` the steps are dated from
        `first_day` (today by default) and the usual deliverables are listed; otherwise the steps have no dates.
        Refused: a company without an accompaniment held by today (C03), no service, records in the recycle bin.
        """
        today = self._database.today()
        services = list(dict.fromkeys(service_ids))
        if not services:
            raise UserError("Choisissez au moins une prestation : c'est elle qui fait le projet.")
        unknown = [one for one in services if one not in reference.offered_services()]
        if unknown:
            raise UserError(f"La prestation « {unknown[0]} » n'existe pas : choisissez-la dans la liste.")
        words = " ".join(title.split()) or reference.service_label(services[0])
        with self._database.transaction(f"Ouvrir le projet « {words} »") as session:
            company = _partners(session, company_id, provider_id)[0]
            held = _accompaniment(session, company, accompaniment_id, today)
            project = ProjectRecord(
                number=next_number(session, self._database),
                title=words,
                company_id=company_id,
                provider_id=provider_id,
                accompaniment_id=held,
                service_ids=services,
                need=need.strip(),
                adviser=self._database.adviser,
                created_at=self._database.clock(),
                client_lead_name=company.legal_representative,
                client_lead_phone=next(iter(company.phones), ""),
                client_lead_email=next(iter(company.emails), ""),
            )
            session.add(project)
            session.flush()
            self._add_steps(session, project.id, services, first_day or today, with_template=with_template)
            project_opened(session, company_id, provider_id, services, today)
        return self.facts(project.id)

    def get(self, project_id: str) -> ProjectRecord:
        """The project's own form, to be changed; detached."""
        with self._database.reading() as session:
            project = session.get(ProjectRecord, project_id)
            if project is None:
                raise UserError(GONE)
            return project

    def save(self, project: ProjectRecord) -> ProjectRecord:
        """Keep what changed in the form that `get` gave. Refused once the project is over or interrupted."""
        if not project.service_ids:
            raise UserError("Un projet porte sur une prestation au moins : cochez-en une.")
        with self._changing(f"Modifier le projet « {project.title} »", project.id) as (session, _):
            session.merge(project)
        return project

    def start(self, project_id: str, on: date) -> ProjectFacts:
        """Begin on `on`: what the charter wants known before is known.

        Refused, naming all that is missing: a provider that is no signatory on that day (C06), no project manager that
        can be reached (C33), no budget or no end (C39); a day to come, and one before the accompaniment (C03).
        """
        with self._changing("Démarrer le projet", project_id) as (session, facts):
            if facts.started_on is not None:
                raise UserError(
                    f"Le projet a commencé le {show_date(facts.started_on)} : il ne commence pas deux fois."
                )
            require_past(on, self._database.today(), "Le début du projet")
            if on < facts.accompanied_on:
                raise UserError(
                    f"Le projet commencerait avant l'accompagnement du {show_date(facts.accompanied_on)} (C03) : "
                    "vérifiez la date."
                )
            missing = missing_to_start(facts, on, self.renewal)
            if missing:
                raise UserError(f"Avant de démarrer : {' ; '.join(missing)}.")
            project = session.get_one(ProjectRecord, project_id)
            project.started_on = on
            project.version_id = _version_signed(session, facts.provider.id, on)
        return self.facts(project_id)

    def close(self, project_id: str, on: date, reason: str = "") -> ProjectFacts:
        """Close the project on `on`: after the call that follows the delivery, or with a written reason (C27)."""
        with self._changing("Clore le projet", project_id) as (session, facts):
            require_past(on, self._database.today(), "La clôture")
            missing = missing_to_close(facts)
            if missing and not reason.strip():
                raise UserError(f"{missing} : notez ce contact, ou écrivez pourquoi le projet est clos sans lui.")
            _require_after_news(facts, on)
            project = session.get_one(ProjectRecord, project_id)
            project.closed_on, project.closing_reason = on, reason.strip()
        return self.facts(project_id)

    def reopen(self, project_id: str) -> ProjectFacts:
        """Take up a closed project again."""
        with self._changing("Rouvrir le projet", project_id, at_any_time=True) as (session, facts):
            if facts.closed_on is None:
                raise UserError("Ce projet n'est pas clos : continuez-le.")
            project = session.get_one(ProjectRecord, project_id)
            project.closed_on, project.closing_reason = None, ""
        return self.facts(project_id)

    def delete(self, project_id: str) -> None:
        """Put a project in the recycle bin; nothing of it is lost."""
        with self._changing("Mettre un projet à la corbeille", project_id, at_any_time=True) as (session, _):
            session.get_one(ProjectRecord, project_id).deleted_at = self._database.clock()

    def restore(self, project_id: str) -> None:
        """Take a project back out of the recycle bin."""
        with self._changing("Reprendre un projet de la corbeille", project_id, at_any_time=True) as (session, _):
            session.get_one(ProjectRecord, project_id).deleted_at = None

    def _add_steps(
        self, session: "Session", project_id: str, services: Sequence[str], first: date, *, with_template: bool
    ) -> None:
        if not with_template:
            session.add_all(
                StepRecord(project_id=project_id, kind=kind, position=place)
                for place, kind in enumerate(CHARTER_STEPS, 1)
            )
            return
        template = template_of(services)
        for place, step in enumerate(propose_steps(template, first, self.calendar), 1):
            session.add(
                StepRecord(
                    project_id=project_id,
                    kind=step.kind,
                    title=step.title,
                    position=place,
                    planned_start=step.start,
                    planned_end=step.end,
                )
            )
        session.add_all(
            DeliverableRecord(project_id=project_id, title=words, position=place)
            for place, words in enumerate(template.deliverables, 1)
        )


def next_number(session: "Session", database: Database) -> str:
    """The next number of this laptop for the year: the laptop's code keeps two laptops apart."""
    from sqlalchemy import func, select

    prefix = f"PR-{database.today().year}-{database.device}-"
    last = session.scalar(select(func.max(ProjectRecord.number)).where(ProjectRecord.number.startswith(prefix)))
    return f"{prefix}{int(last.removeprefix(prefix)) + 1 if last else 1:05d}"


def _partners(session: "Session", company_id: str, provider_id: str) -> tuple[Any, Any]:
    from charte_desktop.model.company import Company
    from charte_desktop.model.provider import Provider

    found = session.get(Company, company_id), session.get(Provider, provider_id)
    for record, words in zip(found, ("entreprise", "prestataire"), strict=True):
        if record is None:
            raise UserError(f"Choisissez d'abord {'une entreprise' if words == 'entreprise' else 'un prestataire'}.")
        if record.deleted_at is not None:
            raise UserError(f"« {record.legal_name} » est à la corbeille : remettez d'abord sa fiche en place.")
    return found


def _accompaniment(session: "Session", company: Any, accompaniment_id: str, today: date) -> str:
    from sqlalchemy import select

    from charte_desktop.model.accompaniment import Accompaniment

    query = select(Accompaniment).where(Accompaniment.company_id == company.id, Accompaniment.held_on <= today)
    held = session.scalars(query.order_by(Accompaniment.held_on.desc())).all()
    chosen = [one for one in held if not accompaniment_id or one.id == accompaniment_id]
    if not chosen:
        raise NotAccompanied(company.legal_name or "Cette entreprise")
    return str(chosen[0].id)


def _version_signed(session: "Session", provider_id: str, on: date) -> str | None:
    """The version of the latest signature that binds the provider on that day, when it is known."""
    from sqlalchemy import select

    from charte_desktop.model.charter import Signature

    query = (
        select(Signature.version_id)
        .where(Signature.provider_id == provider_id, Signature.signed_on <= on, Signature.cancelled_on.is_(None))
        .order_by(Signature.signed_on.desc())
    )
    return session.scalars(query).first()


def _require_after_news(facts: ProjectFacts, on: date) -> None:
    """A project is not closed before the last thing that happened in it."""
    from charte_desktop.model.engagement_facts import last_news

    news = last_news(facts)
    if news is not None and on < news:
        raise UserError(f"Un fait du projet est daté du {show_date(news)} : la clôture ne peut pas le précéder.")
