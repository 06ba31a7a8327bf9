"""Projects for tests, led as an adviser leads them, to the point where a test begins."""

from datetime import date, timedelta
from typing import Any

from charte_desktop.model.accompaniment_kind import AccompanimentKind
from charte_desktop.model.company import Company
from charte_desktop.model.project_facts import ProjectFacts
from charte_desktop.model.project_kinds import DocumentKind, Means, Period, PriceKind, StepKind
from charte_desktop.model.provider import Provider
from charte_desktop.store.charter_signatures import CharterSignatures
from charte_desktop.store.company_records import CompanyRecords
from charte_desktop.store.database import Database
from charte_desktop.store.project_money import ProjectMoney
from charte_desktop.store.project_overruns import ProjectOverruns
from charte_desktop.store.project_papers import File, ProjectPapers
from charte_desktop.store.project_steps import ProjectSteps
from charte_desktop.store.project_timelines import ProjectTimelines
from tests.factory import a_company, a_provider, enter

PDF = b"%PDF-1.7 le fichier"
ACCOMPANIED = date(2026, 8, 3)
STARTED = date(2026, 9, 1)


def an_accompanied_company(database: Database, **fields: object) -> Company:
    """A company of the base with a diagnostic of August 2026."""
    records = CompanyRecords(database)
    company = records.add(a_company(**{"legal_name": "Boulangerie du Volcan", **fields}))
    records.accompany(company.id, AccompanimentKind.DIAGNOSTIC, ACCOMPANIED, ["S01"])
    return records.get(company.id)


def a_signatory(database: Database, *service_ids: str, **fields: Any) -> Provider:
    """A provider of the base that signed a known version of the charter in March 2025."""
    version = CharterSignatures(database).ensure_version("Le texte de la charte", "Charte v1")
    provider = a_provider(*(service_ids or ("S01",)), **{"legal_name": "Piton Web", **fields})
    for one in provider.signatures:
        one.version_id = version
    return enter(database, provider)[0]


def opened(database: Database, *service_ids: str, first_day: date = ACCOMPANIED) -> ProjectFacts:
    """A project just opened, with the dates and deliverables of its template."""
    services = service_ids or ("S01",)
    return ProjectTimelines(database).open(
        an_accompanied_company(database).id, a_signatory(database, *services).id, services, first_day=first_day
    )


def priced(database: Database, facts: ProjectFacts) -> ProjectFacts:
    """The same with its quote and its three kinds of prices: 3,000 € once, 30 € a month, 120 € a year outside."""
    money = ProjectMoney(database)
    money.save_price(facts.id, None, kind=PriceKind.SETUP, label="Création du site", amount=300_000)
    money.save_price(facts.id, None, kind=PriceKind.RECURRING, label="Maintenance", amount=3_000, period=Period.MONTH)
    money.save_price(
        facts.id, None, kind=PriceKind.EXTERNAL, label="Nom de domaine", amount=12_000, period=Period.YEAR,
        supplier="Bureau d'enregistrement",
    )  # fmt: skip
    papers = ProjectPapers(database)
    papers.add_document(
        facts.id, DocumentKind.QUOTE, title="Devis 2026-14", dated_on=date(2026, 8, 10), file=File("devis.pdf", PDF)
    )
    return papers.facts(facts.id)


def ordered(database: Database, facts: ProjectFacts) -> ProjectFacts:
    """The same with a signed contract, the charter annexed, and a specification."""
    papers = ProjectPapers(database)
    contract = papers.add_document(
        facts.id, DocumentKind.CONTRACT, dated_on=date(2026, 8, 17), signed_on=date(2026, 8, 18),
        file=File("contrat.pdf", PDF),
    )  # fmt: skip
    papers.annex(facts.id, contract, date(2026, 8, 18))
    papers.add_document(facts.id, DocumentKind.SPECIFICATION, dated_on=date(2026, 8, 24), file=File("cdc.pdf", PDF))
    return papers.facts(facts.id)


def ready(database: Database, facts: ProjectFacts) -> ProjectFacts:
    """The same with everything that the charter wants known before the start."""
    timelines = ProjectTimelines(database)
    project = timelines.get(facts.id)
    for field, text in {
        "budget": "3 480",
        "end_on": "15/12/2026",
        "provider_lead_name": "Chef de projet Fictif",
        "provider_lead_phone": "0692 00 00 07",
    }.items():
        assert not project.enter(field, text)
    timelines.save(project)
    return timelines.facts(facts.id)


def started(database: Database, *service_ids: str) -> ProjectFacts:
    """A project that runs since the first of September, its first steps done, its schedule agreed on."""
    facts = ready(database, ordered(database, priced(database, opened(database, *service_ids))))
    steps = ProjectSteps(database)
    for kind, day in ((StepKind.QUOTE, date(2026, 8, 10)), (StepKind.ORDER, date(2026, 8, 18))):
        steps.complete(facts.id, step_id(facts, kind), day)
    steps.complete(facts.id, step_id(facts, StepKind.SPECIFICATION), date(2026, 8, 24))
    steps.agree_schedule(
        facts.id, agreed_on=date(2026, 8, 26), provider_by="Chef de projet Fictif", client_by="Gérante Fictive"
    )
    steps.complete(facts.id, step_id(facts, StepKind.SCHEDULE), date(2026, 8, 26))
    ProjectTimelines(database).start(facts.id, STARTED)
    steps.save_step(facts.id, step_id(facts, StepKind.WORK), actual_start=STARTED)
    return steps.facts(facts.id)


def delivered(database: Database, *service_ids: str, on: date = date(2026, 10, 12)) -> ProjectFacts:
    """A project that was delivered in October; the call is still to come."""
    facts = started(database, *service_ids)
    ProjectPapers(database).add_document(
        facts.id, DocumentKind.GDPR, title="Mentions légales", file=File("rgpd.pdf", PDF)
    )
    steps = ProjectSteps(database)
    steps.complete(facts.id, step_id(facts, StepKind.WORK), on - timedelta(2))
    steps.complete(facts.id, step_id(facts, StepKind.DELIVERY), on)
    return steps.facts(facts.id)


def costed(database: Database, facts: ProjectFacts) -> str:
    """An overrun of 600 € and two weeks of which only the agreement is missing; its id."""
    overruns = ProjectOverruns(database)
    one = overruns.open(facts.id)
    overruns.note_contact(facts.id, one, date(2026, 9, 14), Means.PHONE, "Chef de projet Fictif")
    overruns.note_reason(facts.id, one, "La boutique en ligne n'était pas prévue.", date(2026, 9, 14))
    ProjectMoney(database).save_price(
        facts.id, None, overrun_id=one, kind=PriceKind.SETUP, label="Boutique en ligne", amount=60_000
    )
    overruns.cost(facts.id, one, date(2026, 9, 16), date(2026, 12, 31))
    return one


def step_id(facts: ProjectFacts, kind: StepKind) -> str:
    """The id of the charter's step of this kind."""
    step = facts.step(kind)
    assert step is not None
    return step.id
