"""Workshops: prepared, filled with participants, signed for. Being there is an accompaniment (C03, C07)."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from charte_desktop.errors import UserError
from charte_desktop.model import reference
from charte_desktop.model.accompaniment_kind import AccompanimentKind
from charte_desktop.model.follow_up import Priority
from charte_desktop.model.signing_medium import SigningMedium
from charte_desktop.store.database import Database

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from charte_desktop.model.accompaniment import Accompaniment
    from charte_desktop.model.workshop import Workshop, WorkshopParticipant, WorkshopSession


class WorkshopRow(NamedTuple):
    """A workshop as its list shows it."""

    id: str
    theme: str
    place: str
    first_on: date | None
    """The day of its first session; None while it has none."""
    sessions: int
    participants: int
    present: int
    """Participants who were there once at least."""


class SessionRow(NamedTuple):
    """One meeting."""

    id: str
    held_on: date
    starts: str
    ends: str

    @property
    def in_words(self) -> str:
        """The day, with its hours when they are known."""
        hours = " à ".join(filter(None, (self.starts, self.ends)))
        return f"{self.held_on:%d/%m/%Y}{f', {hours}' if hours else ''}"


class ParticipantRow(NamedTuple):
    """Somebody who comes, with what is shown beside them."""

    id: str
    company_id: str
    company: str
    siren: str
    city: str
    person: str
    service_ids: tuple[str, ...]
    present: "dict[str, SigningMedium]"
    """How they signed, by session."""
    sheet_number: str
    """Of the directory sheet that their company was handed from this workshop; empty for none."""

    @property
    def name(self) -> str:
        """The person, else their company."""
        return self.person or self.company


@dataclass(frozen=True)
class WorkshopFacts:
    """Everything that is shown of a workshop."""

    id: str
    theme: str
    place: str
    service_ids: tuple[str, ...]
    notes: str
    adviser: str
    sessions: Sequence[SessionRow]
    """In the order of their days."""
    participants: Sequence[ParticipantRow]
    """In the order in which they were entered."""


class Workshops:
    """The workshops of the base."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # Reading

    def all(self) -> list[WorkshopRow]:
        """Every workshop, the latest first; those that were deleted are not shown."""
        with self._database.looking() as base:
            lines = base.execute(_ROWS).fetchall()
        return [
            WorkshopRow(one, theme, place, date.fromisoformat(first) if first else None, *counts)
            for one, theme, place, first, *counts in lines
        ]

    def facts(self, workshop_id: str) -> WorkshopFacts:
        """A workshop with its sessions and who comes."""
        with self._database.looking() as base:
            line = base.execute(
                "SELECT id, theme, place, service_ids, notes, adviser FROM workshop WHERE id = ?", (workshop_id,)
            ).fetchone()
            if line is None:
                raise UserError(_GONE)
            sessions = base.execute(
                "SELECT id, held_on, starts, ends FROM workshop_session WHERE workshop_id = ? "
                "ORDER BY held_on, starts, rowid",
                (workshop_id,),
            ).fetchall()
            participants = base.execute(_PARTICIPANTS, (workshop_id,)).fetchall()
            signed = base.execute(
                "SELECT participant_id, session_id, medium FROM attendance WHERE workshop_id = ?", (workshop_id,)
            ).fetchall()
        present: dict[str, dict[str, SigningMedium]] = {}
        for participant, session, medium in signed:
            present.setdefault(participant, {})[session] = SigningMedium[medium]
        one, theme, place, services, notes, adviser = line
        return WorkshopFacts(
            one,
            theme,
            place,
            tuple(json.loads(services)),
            notes,
            adviser,
            [SessionRow(session, date.fromisoformat(day), starts, ends) for session, day, starts, ends in sessions],
            [
                ParticipantRow._make((*told, tuple(json.loads(wanted)), present.get(told[0], {}), sheet or ""))
                for *told, wanted, sheet in participants
            ],
        )

    def drawings(self, workshop_id: str) -> dict[tuple[str, str], str]:
        """The signatures drawn on the screen, as `model.drawing` writes them, by session and participant."""
        with self._database.looking() as base:
            lines = base.execute(
                "SELECT session_id, participant_id, drawing FROM attendance WHERE workshop_id = ? AND drawing <> ''",
                (workshop_id,),
            ).fetchall()
        return {(session, participant): drawing for session, participant, drawing in lines}

    # The workshop

    def create(
        self,
        theme: str,
        held_on: date,
        *,
        place: str = "",
        starts: str = "",
        ends: str = "",
        service_ids: Iterable[str] = (),
        notes: str = "",
    ) -> "Workshop":
        """Prepare a workshop and its first session; a theme is wanted."""
        from charte_desktop.model.workshop import Workshop, WorkshopSession

        hours = _hours(starts, ends)
        workshop = Workshop(
            theme=_theme(theme),
            place=" ".join(place.split()),
            service_ids=_services(service_ids),
            notes=notes.strip(),
            adviser=self._database.adviser,
            created_at=self._database.clock(),
        )
        with self._database.transaction(f"Préparer l'atelier « {workshop.theme} »") as session:
            session.add(workshop)
            session.flush()
            session.add(WorkshopSession(workshop_id=workshop.id, held_on=held_on, starts=hours[0], ends=hours[1]))
        return workshop

    def change(
        self,
        workshop_id: str,
        *,
        theme: str | None = None,
        place: str | None = None,
        service_ids: Iterable[str] | None = None,
        notes: str | None = None,
    ) -> None:
        """Correct what is given; the rest stays."""
        with self._database.transaction("Modifier un atelier") as session:
            workshop = _workshop(session, workshop_id)
            if theme is not None:
                workshop.theme = _theme(theme)
            if place is not None:
                workshop.place = " ".join(place.split())
            if service_ids is not None:
                workshop.service_ids = _services(service_ids)
            if notes is not None:
                workshop.notes = notes.strip()

    def delete(self, workshop_id: str) -> None:
        """Take a workshop off the list. Refused once somebody was there: it gave a right to the charter (C03)."""
        from sqlalchemy import select

        from charte_desktop.model.workshop import Attendance

        with self._database.transaction("Supprimer un atelier") as session:
            workshop = _workshop(session, workshop_id)
            if session.scalar(select(Attendance.id).where(Attendance.workshop_id == workshop_id).limit(1)):
                raise UserError("Des présences sont notées à cet atelier : il reste, il a donné des droits (C03).")
            workshop.deleted_at = self._database.clock()

    def add_session(self, workshop_id: str, held_on: date, starts: str = "", ends: str = "") -> "WorkshopSession":
        """Add a meeting; hours are `9h`, `9:30`, `14h30`, or empty."""
        from charte_desktop.model.workshop import WorkshopSession

        hours = _hours(starts, ends)
        with self._database.transaction("Ajouter une séance") as session:
            _workshop(session, workshop_id)
            added = WorkshopSession(workshop_id=workshop_id, held_on=held_on, starts=hours[0], ends=hours[1])
            session.add(added)
        return added

    def change_session(self, session_id: str, held_on: date, starts: str = "", ends: str = "") -> None:
        """Correct a meeting; what was held then moves along. Refused: a day to come for one that somebody attended."""
        from sqlalchemy import select

        from charte_desktop.model.accompaniment import Accompaniment
        from charte_desktop.model.workshop import Attendance

        hours = _hours(starts, ends)
        with self._database.transaction("Modifier une séance") as session:
            meeting = _session(session, session_id)
            attended = session.scalar(select(Attendance.id).where(Attendance.session_id == session_id).limit(1))
            if attended is not None and held_on > self._database.today():
                raise UserError("Des présences sont notées à cette séance : elle ne peut pas être à venir.")
            before = meeting.held_on
            meeting.held_on, meeting.starts, meeting.ends = held_on, *hours
            of_workshop = select(Accompaniment).where(
                Accompaniment.workshop_id == meeting.workshop_id, Accompaniment.held_on == before
            )
            for held in session.scalars(of_workshop):
                held.held_on = held_on

    def drop_session(self, session_id: str) -> None:
        """Take a meeting off. Refused once somebody attended it, and for the only one."""
        from sqlalchemy import func, select

        from charte_desktop.model.workshop import Attendance, WorkshopSession

        with self._database.transaction("Retirer une séance") as session:
            meeting = _session(session, session_id)
            if session.scalar(select(Attendance.id).where(Attendance.session_id == session_id).limit(1)):
                raise UserError("Des présences sont notées à cette séance : retirez-les d'abord.")
            others = select(func.count()).where(WorkshopSession.workshop_id == meeting.workshop_id)
            if session.scalar(others) == 1:
                raise UserError("Un atelier a une séance au moins : corrigez sa date au lieu de la retirer.")
            session.delete(meeting)

    # Who comes

    def enter(self, workshop_id: str, company_id: str, person: str = "") -> "WorkshopParticipant":
        """Enter somebody of a known company. Refused: the same person of the same company twice."""
        with self._database.transaction("Inscrire à un atelier") as session:
            return _enter(session, workshop_id, company_id, person)

    def enter_new(
        self, workshop_id: str, name: str, person: str = "", *, siren: str = "", place: str = ""
    ) -> "WorkshopParticipant":
        """Enter somebody of a company that is made for it; `siren` and `place` are texts as they come."""
        from charte_desktop.model.company import new_company
        from charte_desktop.store.twins import refuse_twin

        if not name.strip():
            raise UserError("Écrivez le nom de l'entreprise.")
        company = new_company(created_at=self._database.clock())
        for field, text in (("legal_name", name), ("siren", siren), ("address", place)):
            if text.strip():
                company.enter(field, text)
        with self._database.transaction(f"Inscrire {company.legal_name} à un atelier") as session:
            refuse_twin(session, company)
            session.add(company)
            session.flush()
            return _enter(session, workshop_id, company.id, person)

    def change_participant(
        self, participant_id: str, *, person: str | None = None, service_ids: Iterable[str] | None = None
    ) -> None:
        """Correct who comes, or what they look for; what they look for are needs once they were there."""
        from charte_desktop.store.accompaniments import note_needs

        with self._database.transaction("Modifier une inscription") as session:
            participant = _participant(session, participant_id)
            if person is not None:
                participant.person = " ".join(person.split())
            if service_ids is not None:
                participant.service_ids = _services(service_ids)
                held = _held(session, participant.workshop_id, participant.company_id)
                if held is not None:
                    needs = dict.fromkeys(participant.service_ids, Priority.MEDIUM)
                    note_needs(session, held, needs, held.held_on)

    def drop_participant(self, participant_id: str) -> None:
        """Take somebody off the list. Refused for somebody who was there."""
        from sqlalchemy import select

        from charte_desktop.model.workshop import Attendance

        with self._database.transaction("Retirer une inscription") as session:
            participant = _participant(session, participant_id)
            if session.scalar(select(Attendance.id).where(Attendance.participant_id == participant_id).limit(1)):
                who = participant.person or "Cette personne"
                raise UserError(f"{who} était présente : retirez d'abord sa présence.")
            session.delete(participant)

    # Who was there

    def attend(
        self, session_id: str, participant_ids: Sequence[str], medium: SigningMedium = SigningMedium.PAPER
    ) -> int:
        """Note who was at a meeting: each of their companies is accompanied by it (C03). Gives how many are new.

        Refused for a meeting to come.
        """
        with self._database.transaction("Noter des présences") as session:
            meeting = _session(session, session_id)
            return sum(self._attend(session, meeting, one, medium) for one in participant_ids)

    def sign(self, session_id: str, participant_id: str, drawing: str) -> None:
        """Keep the signature that somebody drew on the screen for a meeting; another one takes its place."""
        from sqlalchemy import select

        from charte_desktop.model.workshop import Attendance

        with self._database.transaction("Signer la feuille d'émargement") as session:
            self._attend(session, _session(session, session_id), participant_id, SigningMedium.SCREEN)
            session.flush()
            signed = select(Attendance).where(
                Attendance.session_id == session_id, Attendance.participant_id == participant_id
            )
            attendance = session.scalars(signed).one()
            attendance.medium, attendance.drawing = SigningMedium.SCREEN, drawing
            attendance.signed_at = self._database.clock()

    def miss(self, session_id: str, participant_id: str) -> None:
        """Take back that somebody was there; with their last presence goes the accompaniment it gave.

        Refused once a sheet was made from it (C07).
        """
        from sqlalchemy import select

        from charte_desktop.model.accompaniment import Need
        from charte_desktop.model.sheet import DirectorySheet
        from charte_desktop.model.workshop import Attendance, WorkshopParticipant

        with self._database.transaction("Retirer une présence") as session:
            participant = _participant(session, participant_id)
            of_company = (
                select(Attendance)
                .join(WorkshopParticipant, WorkshopParticipant.id == Attendance.participant_id)
                .where(
                    Attendance.workshop_id == participant.workshop_id,
                    WorkshopParticipant.company_id == participant.company_id,
                )
            )
            present = list(session.scalars(of_company))
            gone = [one for one in present if (one.session_id, one.participant_id) == (session_id, participant_id)]
            held = _held(session, participant.workshop_id, participant.company_id)
            if len(gone) == len(present) and gone and held is not None:
                if session.scalar(select(DirectorySheet.id).where(DirectorySheet.accompaniment_id == held.id).limit(1)):
                    raise UserError("Une fiche annuaire a été remise après cet atelier : la présence reste (C07).")
                for need in session.scalars(select(Need).where(Need.accompaniment_id == held.id)):
                    session.delete(need)
                session.flush()
                session.delete(held)
            for one in gone:
                session.delete(one)

    def _attend(
        self, session: "Session", meeting: "WorkshopSession", participant_id: str, medium: SigningMedium
    ) -> bool:
        from sqlalchemy import select

        from charte_desktop.model.accompaniment import Accompaniment
        from charte_desktop.model.workshop import Attendance
        from charte_desktop.store.accompaniments import note_needs

        if meeting.held_on > self._database.today():
            raise UserError(
                f"La séance du {meeting.held_on:%d/%m/%Y} n'a pas encore eu lieu : notez les présences ce jour-là."
            )
        participant = _participant(session, participant_id)
        noted = select(Attendance.id).where(
            Attendance.session_id == meeting.id, Attendance.participant_id == participant_id
        )
        is_new = session.scalar(noted) is None
        if is_new:
            session.add(
                Attendance(
                    workshop_id=meeting.workshop_id,
                    session_id=meeting.id,
                    participant_id=participant_id,
                    medium=medium,
                    signed_at=self._database.clock(),
                )
            )
        held = _held(session, meeting.workshop_id, participant.company_id)
        if held is None:
            held = Accompaniment(
                company_id=participant.company_id,
                kind=AccompanimentKind.WORKSHOP,
                held_on=meeting.held_on,
                adviser=self._database.adviser,
                notes=f"Atelier « {_workshop(session, meeting.workshop_id).theme} »",
                workshop_id=meeting.workshop_id,
                met=[{"name": participant.person, "role": "", "contact_id": ""}] if participant.person else [],
            )
            session.add(held)
            session.flush()
        elif meeting.held_on < held.held_on:
            held.held_on = meeting.held_on
        note_needs(session, held, dict.fromkeys(participant.service_ids, Priority.MEDIUM), held.held_on)
        return is_new


_GONE = "Cet atelier n'existe plus : actualisez la liste."
_ROWS = """
    SELECT id, theme, place,
        (SELECT min(held_on) FROM workshop_session WHERE workshop_id = workshop.id) AS first,
        (SELECT count(*) FROM workshop_session WHERE workshop_id = workshop.id),
        (SELECT count(*) FROM workshop_participant WHERE workshop_id = workshop.id),
        (SELECT count(DISTINCT participant_id) FROM attendance WHERE workshop_id = workshop.id)
    FROM workshop WHERE deleted_at IS NULL ORDER BY first IS NOT NULL, first DESC, rowid DESC
"""
_PARTICIPANTS = """
    SELECT who.id, who.company_id, company.legal_name, company.siren, company.city, who.person, who.service_ids,
        (SELECT max(sheet.number) FROM directory_sheet AS sheet JOIN accompaniment AS held
            ON held.id = sheet.accompaniment_id
            WHERE held.workshop_id = who.workshop_id AND held.company_id = who.company_id)
    FROM workshop_participant AS who JOIN company ON company.id = who.company_id
    WHERE who.workshop_id = ? ORDER BY who.position, who.rowid
"""
_HOUR = re.compile(r"([01]?\d|2[0-3])(?:\s*[h:.]\s*([0-5]\d)?)?(?:\s*(?:min|mn))?", re.IGNORECASE)


def read_hour(text: str) -> str:
    """An hour typed as it comes, as `09:30`; empty for an empty text. Refused: anything that is no hour."""
    words = " ".join(text.split())
    if not words:
        return ""
    found = _HOUR.fullmatch(words)
    if found is None:
        raise UserError(f"« {words} » n'est pas une heure : écrivez 9h, 9h30 ou 14:00.")
    return f"{int(found[1]):02d}:{found[2] or '00'}"


def _hours(starts: str, ends: str) -> tuple[str, str]:
    first, last = read_hour(starts), read_hour(ends)
    if first and last and last <= first:
        raise UserError("La séance finirait avant de commencer : corrigez ses deux heures.")
    return first, last


def _theme(text: str) -> str:
    words = " ".join(text.split())
    if not words:
        raise UserError("Écrivez le thème de l'atelier : il figure sur la feuille d'émargement.")
    return words


def _services(service_ids: Iterable[str]) -> list[str]:
    wanted = list(dict.fromkeys(service_ids))
    unknown = [one for one in wanted if one not in reference.offered_services()]
    if unknown:
        raise UserError(f"La prestation « {unknown[0]} » n'existe pas : choisissez-la de S01 à S16.")
    return wanted


def _workshop(session: "Session", workshop_id: str) -> "Workshop":
    from charte_desktop.model.workshop import Workshop

    workshop = session.get(Workshop, workshop_id)
    if workshop is None:
        raise UserError(_GONE)
    return workshop


def _session(session: "Session", session_id: str) -> "WorkshopSession":
    from charte_desktop.model.workshop import WorkshopSession

    meeting = session.get(WorkshopSession, session_id)
    if meeting is None:
        raise UserError("Cette séance n'existe plus : actualisez l'atelier.")
    return meeting


def _participant(session: "Session", participant_id: str) -> "WorkshopParticipant":
    from charte_desktop.model.workshop import WorkshopParticipant

    participant = session.get(WorkshopParticipant, participant_id)
    if participant is None:
        raise UserError("Cette inscription n'existe plus : actualisez l'atelier.")
    return participant


def _held(session: "Session", workshop_id: str, company_id: str) -> "Accompaniment | None":
    """The accompaniment that a company has from a workshop."""
    from sqlalchemy import select

    from charte_desktop.model.accompaniment import Accompaniment

    return session.scalar(
        select(Accompaniment).where(Accompaniment.workshop_id == workshop_id, Accompaniment.company_id == company_id)
    )


def _enter(session: "Session", workshop_id: str, company_id: str, person: str) -> "WorkshopParticipant":
    from sqlalchemy import select

    from charte_desktop.model.company import Company
    from charte_desktop.model.wording import normalise
    from charte_desktop.model.workshop import WorkshopParticipant

    _workshop(session, workshop_id)
    company = session.get(Company, company_id)
    if company is None:
        raise UserError("Cette entreprise n'existe plus : actualisez la liste.")
    entered = list(session.scalars(select(WorkshopParticipant).where(WorkshopParticipant.workshop_id == workshop_id)))
    name = " ".join(person.split())
    if any(one.company_id == company_id and normalise(one.person) == normalise(name) for one in entered):
        raise UserError(f"{name or company.legal_name} est déjà sur la liste.")
    participant = WorkshopParticipant(
        workshop_id=workshop_id,
        company_id=company_id,
        position=max((one.position for one in entered), default=0) + 1,
        person=name,
    )
    session.add(participant)
    return participant
