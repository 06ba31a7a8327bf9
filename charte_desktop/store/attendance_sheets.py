"""What an attendance sheet says, gathered from the workshop and the signatures drawn for it."""

from charte_desktop.model.attendance_sheet import AttendanceContent, Attendee, Signed
from charte_desktop.model.drawing import Drawing
from charte_desktop.model.signing_medium import SigningMedium
from charte_desktop.store.database import Database
from charte_desktop.store.workshops import Workshops


def attendance_content(database: Database, workshop_id: str) -> AttendanceContent:
    """The sheet of a workshop as it stands now."""
    workshops = Workshops(database)
    workshop = workshops.facts(workshop_id)
    drawn = workshops.drawings(workshop_id)
    place = {session.id: number for number, session in enumerate(workshop.sessions)}

    def signed(participant: str, session: str, medium: SigningMedium) -> Signed:
        text = drawn.get((session, participant), "")
        return Signed(medium, Drawing.from_json(text) if text else None)

    return AttendanceContent(
        theme=workshop.theme,
        place=workshop.place,
        adviser=workshop.adviser,
        sessions=[session.in_words for session in workshop.sessions],
        attendees=[
            Attendee(
                one.company,
                one.person,
                {place[session]: signed(one.id, session, medium) for session, medium in one.present.items()},
            )
            for one in workshop.participants
        ],
        made_at=database.clock(),
        demonstration=database.is_demonstration,
    )
