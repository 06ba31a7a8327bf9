"""Three workshops of the demonstration: one that was held, one today, one to come."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from charte_desktop.demonstration import names
from charte_desktop.demonstration.companies import Accompanied
from charte_desktop.demonstration.identities import identifier
from charte_desktop.model.accompaniment import Accompaniment, Need
from charte_desktop.model.accompaniment_kind import AccompanimentKind
from charte_desktop.model.base import Record
from charte_desktop.model.calendar import WorkingCalendar
from charte_desktop.model.follow_up import NeedState
from charte_desktop.model.signing_medium import SigningMedium
from charte_desktop.model.workshop import Attendance, Workshop, WorkshopParticipant, WorkshopSession
from charte_desktop.store.database import REUNION

_WORKSHOPS = (
    ("Passer à la facture électronique", "Maison des entreprises, Saint-Pierre", ("S14",), -18, 12, True),
    ("Être trouvé sur internet", "CCI, Saint-Denis, salle Piton", ("S01", "S03"), 0, 15, False),
    ("Protéger ses données", "Pépinière de Saint-Paul", ("S13",), 20, 6, False),
)
"""Theme, place, services, days from today, participants, whether it was held."""


def demonstration_workshops(seed: int, accompanied: Sequence[Accompanied], today: date) -> Iterator[Record]:
    """The workshops, who comes, who was there; being there is an accompaniment (C03)."""
    random = Random(f"{seed}/workshops")
    calendar = WorkingCalendar()
    for number, (theme, place, services, away, count, held) in enumerate(_WORKSHOPS):
        day = calendar.on_or_before(today + timedelta(days=away)) if away < 0 else today + timedelta(days=away)
        day = calendar.on_or_after(day) if away > 0 else day
        workshop = Workshop(
            id=identifier(seed, "workshop", number),
            theme=theme,
            place=place,
            service_ids=list(services),
            adviser=names.ADVISERS[number],
            created_at=datetime.combine(day - timedelta(days=30), time(9), REUNION),
        )
        session = WorkshopSession(
            id=identifier(seed, "session", number), workshop_id=workshop.id, held_on=day, starts="09:00", ends="12:00"
        )
        yield workshop
        yield session
        for position, (company, _, _) in enumerate(random.sample(list(accompanied), count), 1):
            participant = WorkshopParticipant(
                id=identifier(seed, "participant", number, company.id),
                workshop_id=workshop.id,
                company_id=company.id,
                position=position,
                person=company.legal_representative,
            )
            yield participant
            if held and position % 6:
                yield from _presence(seed, workshop, session, participant)


def _presence(
    seed: int, workshop: Workshop, session: WorkshopSession, participant: WorkshopParticipant
) -> Iterator[Record]:
    yield Attendance(
        id=identifier(seed, "attendance", participant.id),
        workshop_id=workshop.id,
        session_id=session.id,
        participant_id=participant.id,
        medium=SigningMedium.PAPER,
        signed_at=datetime.combine(session.held_on, time(12), REUNION),
    )
    attended = Accompaniment(
        id=identifier(seed, "attended", participant.id),
        company_id=participant.company_id,
        kind=AccompanimentKind.WORKSHOP,
        held_on=session.held_on,
        adviser=workshop.adviser,
        workshop_id=workshop.id,
        met=[{"name": participant.person, "role": ""}],
    )
    yield attended
    for service_id in workshop.service_ids:
        yield Need(
            id=identifier(seed, "workshop-need", participant.id, service_id),
            company_id=participant.company_id,
            accompaniment_id=attended.id,
            service_id=service_id,
            noted_on=session.held_on,
            state=NeedState.NEW,
        )
