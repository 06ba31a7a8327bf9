"""What a company and a workshop leave on paper: attestation, restitution, attendance sheet, activity report."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from charte_desktop.store.database import Database

NAMES = (
    "attestation.pdf", "restitution.pdf", "feuille-emargement.pdf", "rapport-activite.pdf", "rapport-activite.xlsx",
)  # fmt: skip
_SEEN = (
    "Une équipe qui connaît ses clients et que ses clients recommandent. Le site dit l'essentiel ; les demandes "
    "arrivent encore par téléphone, et se perdent quand l'atelier est plein.\n"
    "Deux choses passent avant le reste : que rien ne se perde le jour où l'ordinateur s'arrête, et qu'une demande "
    "reçoive une réponse le jour même."
)


def company_papers(database: "Database") -> list[bytes]:
    """The documents of `NAMES`, in their order; the attestation takes its number in the base."""
    from charte_desktop.documents.activity_report import ReportOccasion, activity_pdf
    from charte_desktop.documents.activity_workbook import activity_xlsx
    from charte_desktop.documents.attendance_sheet import attendance_sheet, with_spare_lines
    from charte_desktop.documents.attestation import attestation
    from charte_desktop.documents.restitution import restitution
    from charte_desktop.model.activity import year_of
    from charte_desktop.store.accompaniments import Accompaniments
    from charte_desktop.store.activity import ActivityCounts
    from charte_desktop.store.attendance_sheets import attendance_content
    from charte_desktop.store.attestations import Attestations
    from charte_desktop.store.restitutions import Restitutions
    from charte_desktop.store.workshops import Workshops

    accompaniment_id, company_id = latest_diagnostic(database)
    Accompaniments(database).summarise(accompaniment_id, _SEEN)
    attestations = Attestations(database)
    given = attestations.issue(company_id, attestation)
    held = next(one for one in Workshops(database).all() if one.present)
    period, counts = year_of(database.today()), ActivityCounts(database)
    occasion = ReportOccasion(made_at=database.clock(), adviser=database.adviser, demonstration=True)
    return [
        attestations.pdf(given.id),
        restitution(Restitutions(database).content(accompaniment_id)),
        attendance_sheet(with_spare_lines(attendance_content(database, held.id))),
        activity_pdf(counts.whole(period), occasion),
        activity_xlsx(counts.lines(period), period, occasion),
    ]


def latest_diagnostic(database: "Database") -> tuple[str, str]:
    """The latest diagnostic of a company that had one before, and that company: its radar has two shapes."""
    with database.looking() as base:
        line = base.execute(
            "SELECT accompaniment_id, company_id FROM diagnostic AS told WHERE 1 < "
            "(SELECT count(*) FROM diagnostic WHERE company_id = told.company_id) "
            "ORDER BY answered_on DESC, rowid DESC LIMIT 1"
        ).fetchone()
    return line[0], line[1]
