"""What the documents of a company and of the office are made of."""

from datetime import date, datetime
from math import cos, sin

from charte_desktop.documents.activity_report import ReportOccasion
from charte_desktop.documents.page_style import REUNION
from charte_desktop.model import reference
from charte_desktop.model.accompaniment_kind import AccompanimentKind
from charte_desktop.model.activity import (
    Activity,
    ActivityLines,
    HeldLine,
    NeedLine,
    SheetLineOut,
    WorkshopLine,
    year_of,
)
from charte_desktop.model.attendance_sheet import AttendanceContent, Attendee, Signed
from charte_desktop.model.charter_right import AttestationContent, Held
from charte_desktop.model.drawing import Drawing, Point, Stroke, Tool
from charte_desktop.model.follow_up import NeedState, Outcome, Priority
from charte_desktop.model.questionnaire_file import shipped
from charte_desktop.model.restitution import AdviceLine, HelpLine, RadarContent, RadarLine, RestitutionContent
from charte_desktop.model.signing_medium import SigningMedium

NOW = datetime(2026, 10, 20, 9, 30, tzinfo=REUNION)
DIAGNOSTIC, INDIVIDUAL, WORKSHOP = AccompanimentKind
ATTESTATION = AttestationContent(
    number="AT-2026-K7Q-00003",
    issued_at=NOW,
    adviser="Camille Conseil",
    company_name="Garage Oliflore & Fils SARL",
    siren="489487926",
    address="12 rue des Filaos\n97460 Saint-Paul",
    held=(Held(date(2026, 3, 2), DIAGNOSTIC, "Camille Conseil"), Held(date(2026, 9, 14), WORKSHOP, "Éloïse Conseil")),
)
RADAR = RadarContent(
    [axis.title for axis in shipped().axes],
    [
        RadarLine("Votre diagnostic du 20/10/2026", [80, 35, 60, 20, None, 75, 40, 55]),
        RadarLine("Votre premier diagnostic, du 03/02/2025", [20, 30, 20, 10, 15, 30, 20, 30], "premier"),
        RadarLine("Commerce et automobile : le milieu de 7 autres entreprises accompagnées", [50] * 8, "secteur"),
    ],
    shipped().title,
)
FINDINGS = shipped().findings({"site": "aucun", "sauvegarde": "non", "reseaux": ["aucune"], "aisance": 2})
RESTITUTION = RestitutionContent(
    company_name="Garage Oliflore & Fils SARL",
    company_place="97460 Saint-Paul",
    kind=DIAGNOSTIC,
    held_on=date(2026, 10, 20),
    adviser="Camille Conseil",
    made_at=NOW,
    met=["Marie-Noëlle PAYET (Dirigeante)"],
    summary="Le garage est connu dans le quartier.\nTout est sur un seul ordinateur.",
    radar=RADAR,
    advice=[AdviceLine(one.what, one.why, one.how, Priority.HIGH) for one in FINDINGS],
    help=[
        HelpLine("Création / refonte site internet", reference.FAMILIES[0], "FA-2026-K7Q-00012", date(2026, 10, 20)),
        HelpLine("RGPD", reference.FAMILIES[1], ""),
    ],
    next_step="Relire les deux devis",
    next_on=date(2026, 11, 10),
)


def a_signature(phase: float = 0.0) -> Drawing:
    """A line that waves."""
    points = tuple(
        Point(200 + 6 * step, 150 + 60 * sin(step / 6 + phase) * cos(step / 17), 0.5, 9 * step) for step in range(90)
    )
    return Drawing(3.0, (Stroke(Tool.PEN, 0, points),))


ATTENDANCE = AttendanceContent(
    theme="Vendre en ligne",
    place="Maison des entreprises, Le Port",
    adviser="Camille Conseil",
    sessions=["20/10/2026, 09:00 à 12:00", "27/10/2026"],
    attendees=[
        Attendee("Garage Oliflore", "Marie-Noëlle PAYET", {0: Signed(SigningMedium.SCREEN, a_signature())}),
        Attendee("Snack Bertelina", "Jean HOAREAU", {0: Signed(SigningMedium.PAPER), 1: Signed(SigningMedium.PAPER)}),
        Attendee("Boutik Letchi"),
    ],
    spare=2,
    made_at=NOW,
)
OCCASION = ReportOccasion(made_at=NOW, adviser="Camille Conseil")
ACTIVITY = Activity(
    period=year_of(date(2026, 1, 1)),
    by_month=[{DIAGNOSTIC: 3, WORKSHOP: 1}, {}, {INDIVIDUAL: 2}, *({} for _ in range(9))],
    by_family=dict(zip(reference.FAMILIES, (4, 2, 0, 1), strict=True)),
    by_commune={"97415": 4, "97411": 1, "": 1},
    companies=5,
    new_companies=3,
    needs={NeedState.NEW: 3, NeedState.MET: 1},
    outcomes={Outcome.HELPED: 1},
    sheets=2,
    handed=1,
    helpfulness={4: 1},
    would_advise=(1, 0),
    by_adviser={"Camille Conseil": 6},
)
LINES = ActivityLines(
    [
        HeldLine(date(2026, 1, day), kind, f"Entreprise {day}", "489487926", place, "Industrie", who, outcome)
        for day, kind, place, who, outcome in (
            (5, DIAGNOSTIC, "Saint-Paul", "Camille", None),
            (12, DIAGNOSTIC, "Saint-Paul", "Éloïse", Outcome.HELPED),
            (31, WORKSHOP, "", "Camille", Outcome.UNREACHABLE),
        )
    ]
    + [HeldLine(date(2026, 3, 1), INDIVIDUAL, "=1+1", "", "Le Port", "", "Camille", None)],
    [
        NeedLine(date(2026, 1, 5), "Entreprise 5", "", reference.FAMILIES[0], "RGPD", 1, NeedState.NEW),
        NeedLine(date(2026, 3, 1), "=1+1", "", reference.FAMILIES[3], "Formations", 3, NeedState.MET),
    ],
    [
        SheetLineOut(date(2026, 1, 6), "FA-1", "Entreprise 5", "489487926", 4, True),
        SheetLineOut(date(2026, 3, 2), "FA-2", "=1+1", "", 0, False),
    ],
    [WorkshopLine(date(2026, 1, 31), "Vendre", "Le Port", 30, 28)],
)
