"""Accompaniments and what follows them: conversations kept whole, needs that go on, closings, follow-ups (C03, C07).

What is only shown is read by plain SQL; SQLAlchemy is loaded with the first change.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from charte_desktop.errors import UserError
from charte_desktop.model import reference
from charte_desktop.model.accompaniment_entry import AccompanimentEntry, Advised, Person
from charte_desktop.model.accompaniment_kind import AccompanimentKind
from charte_desktop.model.follow_up import HELPFULNESS, NeedState, Outcome, Priority
from charte_desktop.store.database import Database

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from charte_desktop.model.accompaniment import Accompaniment, FollowUp, Need
    from charte_desktop.model.charter_right import RightToCharter


class NeedRow(NamedTuple):
    """A need of a company as its list shows it; of a service noted several times, the last time."""

    id: str
    service_id: str
    priority: Priority
    state: NeedState
    since: date
    """Since when it stands so."""
    accompaniment_id: str
    provider_id: str
    provider_name: str
    """Who was chosen; empty for nobody."""
    reason: str
    is_closed: bool
    """True when its accompaniment is: nobody waits for it any more."""


@dataclass(frozen=True)
class Satisfaction:
    """The answers to the two questions; None for a question that was not answered."""

    helpfulness: int | None = None
    would_advise: bool | None = None
    remark: str = ""

    def __post_init__(self) -> None:
        if self.helpfulness is not None and self.helpfulness not in HELPFULNESS:
            raise ValueError(f"no answer to the first question: {self.helpfulness}")


class Accompaniments:
    """The accompaniments of the base."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # Reading

    def entry(self, accompaniment_id: str) -> AccompanimentEntry:
        """An accompaniment as it was entered, to be read or taken up again."""
        with self._database.looking() as base:
            line = base.execute(_ENTRY, (accompaniment_id,)).fetchone()
            if line is None:
                raise UserError(_GONE)
            needs = base.execute(
                "SELECT service_id, priority FROM need WHERE accompaniment_id = ? ORDER BY service_id",
                (accompaniment_id,),
            ).fetchall()
            advised = base.execute(
                "SELECT what, why, how, priority, question_id FROM recommendation "
                "WHERE accompaniment_id = ? ORDER BY position",
                (accompaniment_id,),
            ).fetchall()
            answered = base.execute(
                "SELECT questionnaire_id, answers FROM diagnostic WHERE accompaniment_id = ?", (accompaniment_id,)
            ).fetchone()
        kind, held_on, notes, met, next_step, next_on = line
        return AccompanimentEntry(
            kind=AccompanimentKind[kind],
            held_on=date.fromisoformat(held_on),
            met=[Person(one["name"], one.get("role", ""), one.get("contact_id", "")) for one in json.loads(met)],
            notes=notes,
            needs={service: Priority(priority) for service, priority in needs},
            recommendations=[Advised(what, why, how, Priority(rank), asked) for what, why, how, rank, asked in advised],
            next_step=next_step,
            next_on=_day(next_on),
            questionnaire_id=answered[0] if answered else "",
            answers=json.loads(answered[1]) if answered else {},
        )

    def company_of(self, accompaniment_id: str) -> str:
        """The id of the company that was accompanied."""
        with self._database.looking() as base:
            line = base.execute("SELECT company_id FROM accompaniment WHERE id = ?", (accompaniment_id,)).fetchone()
        if line is None:
            raise UserError(_GONE)
        return str(line[0])

    def needs_of(self, company_id: str) -> list[NeedRow]:
        """The needs of a company, one for each service: those that go on first, by priority."""
        with self._database.looking() as base:
            found = base.execute(_NEEDS, (company_id,)).fetchall()
        rows = [
            NeedRow(
                need_id,
                service,
                Priority(priority),
                NeedState[state],
                date.fromisoformat(since),
                accompaniment_id,
                provider_id or "",
                provider or "",
                reason,
                bool(closed),
            )
            for (
                need_id,
                service,
                priority,
                state,
                since,
                accompaniment_id,
                provider_id,
                provider,
                reason,
                closed,
            ) in found
        ]
        return sorted(rows, key=lambda one: (not one.state.is_open, one.priority, one.service_id))

    def right_of(self, siren: str, on: date | None = None) -> "RightToCharter":
        """Whether the company with this SIREN may be offered the charter on a day, today by default (C03, C04).

        A company in the recycle bin is not looked at; a future day counts what is held by then.
        """
        from charte_desktop.model.charter_right import Held, RightToCharter

        day = on or self._database.today()
        with self._database.looking() as base:
            company = base.execute(
                "SELECT id, legal_name FROM company WHERE siren = ? AND siren <> '' AND deleted_at IS NULL", (siren,)
            ).fetchone()
            held = (
                base.execute(
                    "SELECT held_on, kind, adviser FROM accompaniment WHERE company_id = ? AND held_on <= ? "
                    "ORDER BY held_on, rowid",
                    (company[0], day.isoformat()),
                ).fetchall()
                if company
                else ()
            )
        return RightToCharter(
            siren=siren,
            company_id=company[0] if company else "",
            legal_name=company[1] if company else "",
            on=day,
            held=tuple(Held(date.fromisoformat(one), AccompanimentKind[kind], who) for one, kind, who in held),
        )

    # A conversation

    def record(self, company_id: str, entry: AccompanimentEntry) -> "Accompaniment":
        """Keep a conversation: it gives a right to the charter (C03), its needs make a sheet (C07).

        Whoever was met becomes a contact. Next steps that were due by then, or that this one replaces, are done.
        Refused: a day to come, a next step before the conversation, a service that does not exist.
        """
        entry.refuse_impossible(self._database.today())
        with self._database.transaction(f"Noter un accompagnement : {entry.kind.value.lower()}") as session:
            return self._record(session, company_id, entry)

    def revise(self, accompaniment_id: str, entry: AccompanimentEntry) -> None:
        """Keep what was corrected in a conversation. A need that is taken off is forgotten; the others go on.

        Refused as `record` refuses; a need that stands on a chosen provider or a project stays.
        """
        entry.refuse_impossible(self._database.today())
        with self._database.transaction("Corriger un accompagnement") as session:
            held = _held(session, accompaniment_id)
            moved = held.next_on != entry.next_on or held.next_step != entry.next_step
            self._fill(session, held, entry)
            if moved:
                held.next_done_on = None
            _correct_needs(session, held, entry.needs)
            self._recommend(session, held, entry.recommendations)
            self._answer(session, held, entry)

    def delete(self, accompaniment_id: str) -> None:
        """Take back an accompaniment entered by mistake. Refused once a sheet was made from it (C07)."""
        from sqlalchemy import select

        from charte_desktop.model.accompaniment import FollowUp, Need, Recommendation
        from charte_desktop.model.attestation import Attestation
        from charte_desktop.model.diagnostic import Diagnostic
        from charte_desktop.model.sheet import DirectorySheet

        with self._database.transaction("Supprimer un accompagnement") as session:
            held = _held(session, accompaniment_id)
            if session.scalar(select(DirectorySheet.id).where(DirectorySheet.accompaniment_id == held.id).limit(1)):
                raise UserError("Une fiche annuaire a été faite à partir de cet accompagnement : il reste (C07).")
            if session.scalar(select(Attestation.id).where(Attestation.accompaniment_id == held.id).limit(1)):
                raise UserError("Une attestation a été remise pour cet accompagnement : il reste (C04).")
            if held.workshop_id is not None:
                raise UserError("Cet accompagnement vient d'un atelier : corrigez les présences de l'atelier.")
            for record in (Need, Recommendation, Diagnostic, FollowUp):
                for one in session.scalars(select(record).where(record.accompaniment_id == held.id)):
                    session.delete(one)
            session.flush()
            session.delete(held)

    def summarise(self, accompaniment_id: str, text: str) -> None:
        """Keep what the company reads of it: its restitution says these words, and no others."""
        with self._database.transaction("Écrire le résumé d'un accompagnement") as session:
            _held(session, accompaniment_id).summary = text.strip()

    # What follows

    def step_done(self, accompaniment_id: str, next_step: str = "", next_on: date | None = None) -> None:
        """Say that the next step of an accompaniment was done; another one may take its place."""
        with self._database.transaction("Noter une suite faite") as session:
            held = _held(session, accompaniment_id)
            if next_on is None and not next_step:
                held.next_done_on = self._database.today()
            else:
                held.next_step, held.next_on, held.next_done_on = next_step, next_on, None

    def change_need(
        self,
        need_id: str,
        state: NeedState | None = None,
        *,
        priority: Priority | None = None,
        provider_id: str = "",
        reason: str = "",
    ) -> None:
        """Say where a need stands, or how much it matters; the same need noted another time follows.

        Refused: a need dropped without a reason, a provider chosen that is not named.
        """
        from sqlalchemy import select

        from charte_desktop.model.accompaniment import Need

        if state is NeedState.DROPPED and not reason.strip():
            raise UserError("Écrivez pourquoi ce besoin est abandonné : le motif reste dans l'historique.")
        if state is NeedState.PROVIDER_CHOSEN and not provider_id:
            raise UserError("Choisissez le prestataire : c'est lui que l'entreprise a retenu.")
        with self._database.transaction("Suivre un besoin") as session:
            one = session.get(Need, need_id)
            if one is None:
                raise UserError("Ce besoin n'existe plus : actualisez la fiche.")
            same = select(Need).where(Need.company_id == one.company_id, Need.service_id == one.service_id)
            followed = [need for need in session.scalars(same) if need is one or need.state.is_open]
            for need in followed:
                if priority is not None:
                    need.priority = int(priority)
                if state is not None:
                    _stand(need, state, self._database.today(), provider_id, reason)

    def close(self, company_id: str, outcome: Outcome, remark: str = "") -> None:
        """End what goes on with a company, with its outcome: nobody is reminded any more.

        Every accompaniment that goes on is closed. Refused when there is none.
        """
        from sqlalchemy import select

        from charte_desktop.model.accompaniment import Accompaniment, Need

        today = self._database.today()
        with self._database.transaction(f"Clore le suivi : {outcome.value.lower()}") as session:
            going_on = select(Accompaniment).where(
                Accompaniment.company_id == company_id, Accompaniment.outcome.is_(None)
            )
            closed = list(session.scalars(going_on))
            if not closed:
                raise UserError("Rien n'est en cours avec cette entreprise : notez d'abord un accompagnement.")
            for held in closed:
                held.outcome, held.outcome_remark, held.closed_on = outcome, remark.strip(), today
                if held.next_on is not None and held.next_done_on is None:
                    held.next_done_on = today
            for need in session.scalars(select(Need).where(Need.company_id == company_id, Need.settled_on.is_(None))):
                need.settled_on = today

    def reopen(self, company_id: str) -> None:
        """Take up again what was closed last. Refused when nothing was closed."""
        from sqlalchemy import select

        from charte_desktop.model.accompaniment import Accompaniment, Need

        with self._database.transaction("Rouvrir le suivi") as session:
            closed = select(Accompaniment).where(
                Accompaniment.company_id == company_id, Accompaniment.closed_on.is_not(None)
            )
            of_company = list(session.scalars(closed))
            if not of_company:
                raise UserError("Rien n'a été clos avec cette entreprise.")
            last = max(one.closed_on for one in of_company if one.closed_on is not None)
            for held in of_company:
                if held.closed_on == last:
                    held.outcome, held.outcome_remark, held.closed_on = None, "", None
            settled = select(Need).where(Need.company_id == company_id, Need.settled_on == last)
            for need in session.scalars(settled):
                need.settled_on = None

    def follow_up(self, company_id: str, said: Satisfaction, on: date | None = None) -> "FollowUp":
        """Keep what a company said when it was asked what became of it; of its latest accompaniment."""
        from sqlalchemy import select

        from charte_desktop.model.accompaniment import Accompaniment, FollowUp

        with self._database.transaction("Noter le point de suivi") as session:
            latest = select(Accompaniment.id).where(Accompaniment.company_id == company_id)
            held = session.scalar(latest.order_by(Accompaniment.held_on.desc()).limit(1))
            if held is None:
                raise UserError("Cette entreprise n'a jamais été accompagnée : il n'y a rien à lui demander.")
            told = FollowUp(
                company_id=company_id,
                accompaniment_id=held,
                asked_on=on or self._database.today(),
                adviser=self._database.adviser,
                helpfulness=said.helpfulness,
                would_advise=said.would_advise,
                remark=said.remark.strip(),
            )
            session.add(told)
        return told

    # The parts of a conversation

    def _record(self, session: "Session", company_id: str, entry: AccompanimentEntry) -> "Accompaniment":
        from charte_desktop.model.accompaniment import Accompaniment
        from charte_desktop.model.company import Company

        if session.get(Company, company_id) is None:
            raise UserError("Cette entreprise n'existe plus : actualisez la liste.")
        _settle_steps(session, company_id, entry)
        held = Accompaniment(
            company_id=company_id, kind=entry.kind, held_on=entry.held_on, adviser=self._database.adviser
        )
        session.add(held)
        session.flush()
        self._fill(session, held, entry)
        note_needs(session, held, entry.needs, entry.held_on)
        self._recommend(session, held, entry.recommendations)
        self._answer(session, held, entry)
        return held

    def _fill(self, session: "Session", held: "Accompaniment", entry: AccompanimentEntry) -> None:
        held.kind, held.held_on, held.notes = entry.kind, entry.held_on, entry.notes.strip()
        held.next_step, held.next_on = " ".join(entry.next_step.split()), entry.next_on
        held.met = [_told(one) for one in _known(session, held.company_id, entry.met)]

    @staticmethod
    def _recommend(session: "Session", held: "Accompaniment", advised: Iterable[Advised]) -> None:
        from sqlalchemy import select

        from charte_desktop.model.accompaniment import Recommendation

        before = list(
            session.scalars(
                select(Recommendation)
                .where(Recommendation.accompaniment_id == held.id)
                .order_by(Recommendation.position)
            )
        )
        wanted = [one for one in advised if one.what.strip()]
        for position, one in enumerate(wanted, 1):
            texts = {name: getattr(one, name).strip() for name in ("what", "why", "how")}
            if position <= len(before):
                kept = before[position - 1]
                for name, text in texts.items():
                    setattr(kept, name, text)
                kept.position, kept.priority, kept.question_id = position, int(one.priority), one.question_id
            else:
                session.add(
                    Recommendation(
                        company_id=held.company_id,
                        accompaniment_id=held.id,
                        position=position,
                        priority=int(one.priority),
                        question_id=one.question_id,
                        **texts,
                    )
                )
        for gone in before[len(wanted) :]:
            session.delete(gone)

    def _answer(self, session: "Session", held: "Accompaniment", entry: AccompanimentEntry) -> None:
        from sqlalchemy import select

        from charte_desktop.model.diagnostic import Diagnostic
        from charte_desktop.store.diagnostics import questionnaire_in

        kept = session.scalar(select(Diagnostic).where(Diagnostic.accompaniment_id == held.id))
        if not entry.questionnaire_id or not entry.answers:
            if kept is not None:
                session.delete(kept)
            return
        questionnaire = questionnaire_in(session, entry.questionnaire_id, self._database.clock())
        answers = questionnaire.known(entry.answers)
        scores = questionnaire.scores(answers)
        if kept is None:
            session.add(
                Diagnostic(
                    company_id=held.company_id,
                    accompaniment_id=held.id,
                    questionnaire_id=questionnaire.id,
                    answered_on=held.held_on,
                    answers=answers,
                    scores=dict(scores),
                )
            )
        else:
            kept.questionnaire_id, kept.answered_on = questionnaire.id, held.held_on
            kept.answers, kept.scores = answers, dict(scores)


_GONE = "Cet accompagnement n'existe plus : actualisez la fiche de l'entreprise."
_ENTRY = "SELECT kind, held_on, notes, met, next_step, next_on FROM accompaniment WHERE id = ?"
_NEEDS = """
    SELECT need.id, need.service_id, need.priority, need.state, coalesce(need.state_on, need.noted_on),
        need.accompaniment_id, need.provider_id, provider.legal_name, need.reason, need.settled_on IS NOT NULL
    FROM need
    LEFT JOIN provider ON provider.id = need.provider_id
    WHERE need.company_id = ? AND NOT EXISTS (
        SELECT 1 FROM need AS later WHERE later.company_id = need.company_id AND later.service_id = need.service_id
        AND (later.noted_on, later.rowid) > (need.noted_on, need.rowid))
"""


def note_needs(session: "Session", held: "Accompaniment", needs: Mapping[str, Priority], on: date) -> None:
    """Add needs to an accompaniment; those noted there already keep their state. Unknown services are refused."""
    from sqlalchemy import select

    from charte_desktop.model.accompaniment import Need

    noted = set(session.scalars(select(Need.service_id).where(Need.accompaniment_id == held.id)))
    for service_id, priority in needs.items():
        if service_id not in reference.offered_services():
            raise UserError(f"La prestation « {service_id} » n'existe pas : choisissez-la de S01 à S16.")
        if service_id not in noted:
            session.add(
                Need(
                    company_id=held.company_id,
                    accompaniment_id=held.id,
                    service_id=service_id,
                    noted_on=on,
                    priority=int(priority),
                )
            )


def sheet_handed(session: "Session", company_id: str, service_ids: Iterable[str], on: date) -> None:
    """The new needs that a sheet answers are not new any more (C07)."""
    from sqlalchemy import select

    from charte_desktop.model.accompaniment import Need

    waiting = select(Need).where(
        Need.company_id == company_id, Need.service_id.in_(list(service_ids)), Need.state == NeedState.NEW
    )
    for need in session.scalars(waiting):
        _stand(need, NeedState.SHEET_HANDED, on)


def project_opened(session: "Session", company_id: str, provider_id: str, service_ids: Iterable[str], on: date) -> None:
    """The needs that a project answers have reminders of its own from now on."""
    from sqlalchemy import select

    from charte_desktop.model.accompaniment import Need

    answered = select(Need).where(Need.company_id == company_id, Need.service_id.in_(list(service_ids)))
    for need in session.scalars(answered):
        if need.state.waits and need.settled_on is None:
            _stand(need, NeedState.PROJECT_OPEN, on, provider_id)


def _stand(need: "Need", state: NeedState, on: date, provider_id: str = "", reason: str = "") -> None:
    need.state, need.state_on = state, on
    if provider_id:
        need.provider_id = provider_id
    elif state in (NeedState.NEW, NeedState.SHEET_HANDED):
        need.provider_id = None
    need.reason = reason.strip() if state is NeedState.DROPPED else ""


def _correct_needs(session: "Session", held: "Accompaniment", needs: Mapping[str, Priority]) -> None:
    from sqlalchemy import select

    from charte_desktop.model.accompaniment import Need

    for one in session.scalars(select(Need).where(Need.accompaniment_id == held.id)):
        if one.service_id not in needs:
            if one.state in (NeedState.PROVIDER_CHOSEN, NeedState.PROJECT_OPEN):
                label = reference.service_label(one.service_id)
                raise UserError(f"Le besoin « {label} » est suivi ({one.state.value.lower()}) : il reste noté.")
            session.delete(one)
        else:
            one.priority = int(needs[one.service_id])
    note_needs(session, held, needs, held.held_on)


def _settle_steps(session: "Session", company_id: str, entry: AccompanimentEntry) -> None:
    """What was to be done by then is done; a new step takes the place of those before it."""
    from sqlalchemy import select

    from charte_desktop.model.accompaniment import Accompaniment

    pending = select(Accompaniment).where(
        Accompaniment.company_id == company_id,
        Accompaniment.next_on.is_not(None),
        Accompaniment.next_done_on.is_(None),
    )
    for held in session.scalars(pending):
        if entry.next_on is not None or (held.next_on is not None and held.next_on <= entry.held_on):
            held.next_done_on = entry.held_on


def _held(session: "Session", accompaniment_id: str) -> "Accompaniment":
    from charte_desktop.model.accompaniment import Accompaniment

    held = session.get(Accompaniment, accompaniment_id)
    if held is None:
        raise UserError(_GONE)
    return held


def _known(session: "Session", company_id: str, met: Iterable[Person]) -> list[Person]:
    """Who was met, each as a contact of the company; a new one is entered."""
    from sqlalchemy import select

    from charte_desktop.model.company_contact import CompanyContact
    from charte_desktop.model.wording import normalise

    of_company = select(CompanyContact).where(CompanyContact.company_id == company_id)
    contacts = list(session.scalars(of_company))
    by_name = {normalise(one.name): one for one in contacts if one.deleted_at is None}
    by_id = {one.id: one for one in contacts}
    known: dict[str, Person] = {}
    for person in met:
        contact = by_id.get(person.contact_id) or by_name.get(normalise(person.name))
        if contact is None:
            contact = CompanyContact(company_id=company_id, name=person.name, role=person.role)
            session.add(contact)
            by_name[normalise(person.name)] = contact
        elif person.role and not contact.role:
            contact.role = person.role
        known[contact.id] = Person(person.name, person.role or contact.role, contact.id)
    return list(known.values())


def _told(person: Person) -> dict[str, str]:
    return {"name": person.name, "role": person.role, "contact_id": person.contact_id}


def _day(text: Any) -> date | None:
    return date.fromisoformat(text) if text else None
