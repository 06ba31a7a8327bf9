"""What the program writes of the projects of the demonstration, by the names of the files."""

from collections.abc import Iterator, Sequence

from charte_desktop.model.overrun import Stage, stages_done
from charte_desktop.model.project_facts import ProjectFacts
from charte_desktop.model.project_kinds import NoticeKind
from charte_desktop.model.project_money import lines_of
from charte_desktop.model.signing import Identification, Signer
from charte_desktop.store.database import Database


def project_papers(database: Database, projects: Sequence[ProjectFacts]) -> Iterator[tuple[str, bytes]]:
    """Name and content of each; the overrun that waits for its agreement is agreed to on the way."""
    from charte_desktop.documents import (
        clause_matrix,
        incapacity_sheet,
        mail_draft,
        project_calendar,
        project_export,
        project_mails,
        project_timeline,
        project_xml,
    )
    from charte_desktop.store.project_incapacity import ProjectIncapacity

    store = ProjectIncapacity(database)
    at, today, adviser = database.clock(), database.today(), database.adviser
    calendar, rules, renewal = store.calendar, store.rules, store.renewal
    running = next(one for one in projects if one.overruns)
    frozen = next(one for one in projects if one.incapacity)
    occasion = project_timeline.TimelineOccasion(today, at, adviser, calendar, rules, demonstration=True)
    yield "projet-planning.pdf", project_timeline.project_timeline(running, occasion)
    yield "projet-planning.xml", project_xml.project_xml(running, at, today, calendar)
    yield "projet-agenda.ics", project_calendar.project_calendar(running, at, today, calendar, rules)
    yield (
        "projet-engagements.pdf",
        clause_matrix.clause_matrix(
            running, store.matrix(running.id), clause_matrix.MatrixOccasion(at, adviser, demonstration=True)
        ),
    )
    assert frozen.incapacity is not None
    yield (
        "projet-transmission.pdf",
        incapacity_sheet.incapacity_sheet(
            frozen,
            frozen.incapacity,
            store.matrix(frozen.id),
            [(one.provider, one.reason) for one in store.candidates(frozen.id)],
            incapacity_sheet.IncapacityOccasion(at, adviser, demonstration=True),
        ),
    )
    yield from _overrun_papers(database, running)
    yield "projets.xlsx", project_export.project_export_xlsx(projects, today, calendar, renewal, rules)
    yield "projets.csv", project_export.project_export_csv(projects, today, calendar, renewal, rules)
    subject, text = project_mails.notice_request(running, NoticeKind.SPECIFICATION, adviser)
    yield "projet-avis.eml", mail_draft.mail_draft(running.provider_lead.email, subject, text)


def _overrun_papers(database: Database, facts: ProjectFacts) -> Iterator[tuple[str, bytes]]:
    """The agreement before it is signed, signed and sealed, and the amendment that follows."""
    from charte_desktop.documents import overrun_agreement
    from charte_desktop.store.project_overruns import ProjectOverruns
    from charte_desktop.ui.charter.workstation import workstation_identity
    from charte_desktop.ui.charter_pictures import example_signature

    store, now = ProjectOverruns(database), database.clock()
    one = next(one for one in facts.overruns if Stage.COSTING in stages_done(one, bool(lines_of(facts, one))))
    yield "projet-accord-a-signer.pdf", overrun_agreement.overrun_agreement(store.content(facts.id, one.id))
    signer = Signer(facts.company.representative or "Gérante Fictive", identification=Identification.KNOWN)
    content = store.compose(facts.id, one.id, signer, "Saint-Denis", example_signature(), now)
    sealed = overrun_agreement.seal_agreement(content, workstation_identity(database), now)
    store.keep(content, sealed)
    yield "projet-accord-signe.pdf", sealed.pdf
    accord = f"n° {content.number} du {database.today():%d/%m/%Y}"
    amendment = overrun_agreement.amendment(store.agreed(facts.id, one.id), accord, now, database.adviser)
    yield "projet-avenant.pdf", amendment
