"""No public method of the store changes a row without the journal: every one is called, and its lines replayed."""

import importlib
import inspect
import json
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

import pytest
from sqlalchemy import Table, select

from charte_desktop import store
from charte_desktop.model.accompaniment_entry import AccompanimentEntry, Advised, Person
from charte_desktop.model.accompaniment_kind import AccompanimentKind
from charte_desktop.model.activity import year_of
from charte_desktop.model.base import Record, new_id
from charte_desktop.model.calendar import WorkingCalendar
from charte_desktop.model.charter_right import AttestationContent
from charte_desktop.model.exchange_kind import ExchangeKind
from charte_desktop.model.follow_up import NeedState, Outcome, Priority, ReminderRule
from charte_desktop.model.import_plan import ImportPlan, KeptLine, ListKind, NewRecord, RecordUpdate
from charte_desktop.model.overrun_content import AgreementContent
from charte_desktop.model.project_facts import ProjectFacts
from charte_desktop.model.project_kinds import (
    Answer,
    Between,
    DocumentKind,
    EvidenceNature,
    Means,
    NoticeKind,
    PriceKind,
    StepKind,
)
from charte_desktop.model.provider import Provider
from charte_desktop.model.questionnaire_file import shipped
from charte_desktop.model.sealed_pdf import KeyPair, Sealed
from charte_desktop.model.sheet import Criteria
from charte_desktop.model.sheet_content import SheetContent
from charte_desktop.model.signing import Identification, Signer, SigningState
from charte_desktop.store import (
    backup,
    company_lines,
    everything,
    journal_reading,
    office_rules,
    project_reminders,
    provider_import,
    provider_rows,
)
from charte_desktop.store.accompaniments import Accompaniments, Satisfaction
from charte_desktop.store.activity import ActivityCounts
from charte_desktop.store.attachments import Attachments
from charte_desktop.store.attendance_sheets import attendance_content
from charte_desktop.store.attestations import Attestations
from charte_desktop.store.charter_rows import CharterRows
from charte_desktop.store.charter_signatures import CharterSignatures
from charte_desktop.store.charter_signing import CharterSigning
from charte_desktop.store.company_contacts import CompanyContacts
from charte_desktop.store.company_records import CompanyRecords
from charte_desktop.store.company_timeline import CompanyTimeline
from charte_desktop.store.current_charter import current_version
from charte_desktop.store.database import Database
from charte_desktop.store.diagnostics import Diagnostics
from charte_desktop.store.directory_sheets import DirectorySheets
from charte_desktop.store.drafts import Drafts
from charte_desktop.store.exchanges import Exchanges
from charte_desktop.store.history import History
from charte_desktop.store.import_memory import ImportMemory
from charte_desktop.store.incidents import Incidents
from charte_desktop.store.journal import journal_action, journal_line
from charte_desktop.store.local_services import LocalServices
from charte_desktop.store.look_alikes import LookAlikes
from charte_desktop.store.paper_charters import PaperCharters
from charte_desktop.store.project_incapacity import ProjectIncapacity
from charte_desktop.store.project_log import ProjectLog
from charte_desktop.store.project_money import ProjectMoney
from charte_desktop.store.project_overruns import ProjectOverruns
from charte_desktop.store.project_papers import File, ProjectPapers
from charte_desktop.store.project_rows import ProjectRows
from charte_desktop.store.project_steps import ProjectSteps
from charte_desktop.store.project_timelines import ProjectTimelines
from charte_desktop.store.provider_register import ProviderRegister
from charte_desktop.store.raw_rows import Key, RowShape, driver, shape_of, table_named
from charte_desktop.store.reminders import Reminders
from charte_desktop.store.restitutions import Restitutions
from charte_desktop.store.seal_certificates import SealCertificates
from charte_desktop.store.sealed_documents import SealedDocuments
from charte_desktop.store.signing_sessions import SigningSessions
from charte_desktop.store.stamps import Stamps
from charte_desktop.store.workshop_sheets import WorkshopSheets
from charte_desktop.store.workshops import Workshops
from tests.factory import a_company, a_provider
from tests.project_life import a_signatory, costed, opened, started, step_id
from tests.project_life import ready as made_ready
from tests.signings import a_drawing, an_identity, ready
from tests.store.mails import a_mail
from tests.store.questionnaires import OTHER_QUESTIONNAIRE

SITE = Criteria(("S01",))
STROKE = a_drawing().strokes[0]
BY_CITY = provider_rows.Question(order="city")
RowValues = dict[str, Any]
State = dict[str, dict[Key, RowValues]]


def as_text(content: SheetContent) -> bytes:
    return content.number.encode()


def one_page(content: SheetContent) -> int:
    return 1


class World:
    """A base with one record of each kind, and what the methods of the store need to be called."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.providers = ProviderRegister(database)
        self.companies = CompanyRecords(database)
        self.signatures = CharterSignatures(database)
        self.sheets = DirectorySheets(database)
        self.attachments = Attachments(database)
        self.drafts = Drafts(database)
        self.look_alikes = LookAlikes(database)
        self.imports = ImportMemory(database)
        self.history = History(database)
        self.projects = ProjectTimelines(database)
        self.overruns = ProjectOverruns(database)
        self.project_papers = ProjectPapers(database)
        self.log = ProjectLog(database)
        self.version = self.signatures.ensure_version("Texte", "v0")
        self.signing = CharterSigning(database)
        self.charters = CharterRows(database)
        self.sessions = SigningSessions(database)
        self.documents = SealedDocuments(database)
        self.certificates = SealCertificates(database)
        self.papers = PaperCharters(database)
        self.state: SigningState
        self.identity = an_identity()
        self.provider = self.providers.add(a_provider("S01", "S02")).id
        self.signature = self.providers.get(self.provider).signatures[0].id
        self.attachment = self.attachments.attach(self.provider, "kbis.pdf", b"%PDF").id
        self.company = self.companies.add(a_company()).id
        visit = self.companies.accompany(self.company, AccompanimentKind.DIAGNOSTIC, database.today(), ["S01"])
        self.accompaniment = visit.id
        self.sheet = self.sheets.issue(self.accompaniment, SITE, as_text, one_page).id
        self.accompaniments = Accompaniments(database)
        self.contacts = CompanyContacts(database)
        self.exchanges = Exchanges(database)
        self.diagnostics = Diagnostics(database)
        self.attestations = Attestations(database)
        self.workshops = Workshops(database)
        self.timeline = CompanyTimeline(database)
        self.reminders = Reminders(database)
        self.activity = ActivityCounts(database)
        self.contact = self.contacts.add(self.company, "Gérante Fictive", "Dirigeante").id
        self.need = self.accompaniments.needs_of(self.company)[0].id
        self.exchange = self.exchanges.note(self.company, ExchangeKind.CALL, "Rappeler mardi").id
        self.attestation = self.attestations.issue(self.company, lambda content: content.number.encode()).id
        self.workshop = self.workshops.create("Facture électronique", self.today, service_ids=["S14"]).id
        self.session = self.workshops.facts(self.workshop).sessions[0].id
        self.participant = self.workshops.enter(self.workshop, self.company, "Gérante Fictive").id
        self.certificates.seal_with(KeyPair(self.identity.certificate, self.identity.private_key), "Poste")
        self.certificates.trust(b"another", "Autre poste", root=False)
        self.sign(self.providers.add(a_provider(signed=None)))
        self.document = self.documents.of(self.state.provider_id)[0].id
        self.state = ready(database, self.providers.get(self.provider))

    def sign(self, provider: Provider) -> None:
        """Sign a charter, sealed by a stand-in: what is kept of it is under test, not what it is."""
        self.state = ready(self.database, provider)
        content = self.signing.compose(self.state, [a_drawing()], self.database.clock())
        self.signing.keep(self.state, content, self.sealed(b"%PDF sealed"))

    def sealed(self, pdf: bytes) -> Sealed:
        return Sealed(
            pdf=pdf,
            page_count=1,
            sealed_at=self.database.clock(),
            fingerprint="0000 0000 0000 0000",
            certificate_sha256=self.identity.facts.fingerprint,
        )

    @cached_property
    def project(self) -> ProjectFacts:
        """A running project; made for those who ask for it."""
        return started(self.database)

    @cached_property
    def overrun(self) -> str:
        """An overrun of it that waits for its agreement."""
        return costed(self.database, self.project)

    @cached_property
    def agreed_overrun(self) -> str:
        """Another one, that the client agreed to."""
        one = costed(self.database, self.project)
        scan = File("accord.pdf", b"%PDF")
        self.overruns.agree_on_paper(self.project.id, one, self.today, "Gérante", "gérante", scan)
        return one

    @property
    def conversation(self) -> AccompanimentEntry:
        """A whole one."""
        return AccompanimentEntry(
            kind=AccompanimentKind.DIAGNOSTIC,
            held_on=self.today,
            met=[Person("Comptable Fictif", "Comptabilité")],
            notes="Vendre en ligne",
            needs={"S01": Priority.HIGH, "S13": Priority.LOW},
            recommendations=[Advised("Sauvegarder", "Tout est sur un poste", "Deux copies"), Advised("Former")],
            next_step="Rappeler",
            next_on=date(2026, 11, 3),
            questionnaire_id=shipped().id,
            answers={"site": "aucun", "sauvegarde": "auto"},
        )

    @property
    def today(self) -> date:
        return self.database.today()


Reading = Callable[[World], object]
Writing = Callable[[World], Iterator[None]]
"""What comes before the `yield` prepares; what comes after is the call under test."""

READING: dict[str, Reading] = {
    "Database.setting": lambda w: w.database.setting("adviser"),
    "Database.looking": lambda w: list(w.database.looking().__enter__().execute("SELECT 1")),
    "Database.reading": lambda w: w.database.reading().__enter__().close(),
    "Database.today": lambda w: w.database.today(),
    "ProviderRows.search": lambda w: w.providers.search("prestataire"),
    "ProviderRows.count": lambda w: w.providers.count(),
    "ProviderRows.counts_by_state": lambda w: w.providers.counts_by_state(),
    "ProviderRegister.new": lambda w: w.providers.new("x"),
    "ProviderRows.holds": lambda w: w.providers.holds(w.provider),
    "ProviderRows.facts": lambda w: w.providers.facts(w.provider),
    "ProviderRegister.get": lambda w: w.providers.get(w.provider),
    "ProviderRegister.find": lambda w: w.providers.find("Prestataire"),
    "ProviderRegister.all": lambda w: w.providers.all(),
    "ProviderRegister.standing_removal": lambda w: w.providers.standing_removal(w.provider),
    "ProviderRegister.bin": lambda w: w.providers.bin(),
    "Attachments.of": lambda w: w.attachments.of(w.provider),
    "Attachments.content": lambda w: w.attachments.content(w.attachment),
    "CompanyRows.search": lambda w: w.companies.search("entreprise"),
    "CompanyRecords.new": lambda w: w.companies.new("x"),
    "CompanyRecords.bin": lambda w: w.companies.bin(),
    "CompanyRecords.all": lambda w: w.companies.all(),
    "CompanyRows.holds": lambda w: w.companies.holds(w.company),
    "CompanyRows.facts": lambda w: w.companies.facts(w.company),
    "CompanyRows.count": lambda w: w.companies.count(),
    "CompanyRecords.get": lambda w: w.companies.get(w.company),
    "CompanyRecords.find": lambda w: w.companies.find("Entreprise"),
    "CharterSignatures.versions": lambda w: w.signatures.versions(),
    "CharterSignatures.text": lambda w: w.signatures.text(w.version),
    "CharterSignatures.count": lambda w: w.signatures.count(w.version),
    "CharterSignatures.all": lambda w: w.signatures.all(),
    "CharterSigning.refuse_unless_open": lambda w: w.signing.refuse_unless_open(w.state),
    "CharterSigning.compose": lambda w: w.signing.compose(w.state, [a_drawing()], w.database.clock()),
    "CharterRows.search": lambda w: w.charters.search(only="again"),
    "CharterRows.count": lambda w: w.charters.count(),
    "CharterRows.holds": lambda w: w.charters.holds(w.provider),
    "CharterRows.row": lambda w: w.charters.row(w.provider),
    "CharterRows.signatures": lambda w: w.charters.signatures(w.provider),
    "CharterRows.to_sign_again": lambda w: w.charters.to_sign_again(),
    "SigningSessions.of": lambda w: w.sessions.of(w.provider),
    "SigningSessions.waiting": lambda w: w.sessions.waiting(),
    "SigningSessions.drawing": lambda w: w.sessions.drawing(w.state.id, 0),
    "SealedDocuments.get": lambda w: w.documents.get(w.document),
    "SealedDocuments.of": lambda w: w.documents.of(w.provider),
    "SealedDocuments.pdf": lambda w: w.documents.pdf(w.document),
    "SealedDocuments.find": lambda w: w.documents.find(b"%PDF"),
    "SealCertificates.all": lambda w: w.certificates.all(),
    "SealCertificates.own": lambda w: w.certificates.own(),
    "SealCertificates.known": lambda w: w.certificates.known(),
    "SealCertificates.roots": lambda w: w.certificates.roots(),
    "SealCertificates.last_seal_at": lambda w: w.certificates.last_seal_at(),
    "Stamps.of": lambda w: Stamps(w.database).of(w.provider),
    "Stamps.picture": lambda w: Stamps(w.database).picture("x"),
    "Incidents.of": lambda w: Incidents(w.database).of(w.provider),
    "PaperCharters.find": lambda w: w.papers.find("ABCDEFGH"),
    "PaperCharters.latest": lambda w: w.papers.latest(),
    "Attachments.new": lambda w: w.attachments.new(w.provider, "kbis.pdf", b"%PDF"),
    "LocalServices.all": lambda w: LocalServices(w.database).all(),
    "LocalServices.declared": lambda w: LocalServices(w.database).declared("S01"),
    "LocalServices.announce": lambda w: LocalServices(w.database).announce(),
    "LocalServices.refuse": lambda w: LocalServices(w.database).refuse([("Drone", "")]),
    "Accompaniments.entry": lambda w: w.accompaniments.entry(w.accompaniment),
    "Accompaniments.company_of": lambda w: w.accompaniments.company_of(w.accompaniment),
    "Accompaniments.needs_of": lambda w: w.accompaniments.needs_of(w.company),
    "Accompaniments.right_of": lambda w: w.accompaniments.right_of(w.companies.get(w.company).siren),
    "CompanyContacts.of": lambda w: w.contacts.of(w.company),
    "Exchanges.of": lambda w: w.exchanges.of(w.company),
    "Exchanges.get": lambda w: w.exchanges.get(w.exchange),
    "Exchanges.company_of_addresses": lambda w: w.exchanges.company_of_addresses(["bonjour@entreprise.example"]),
    "Diagnostics.current": lambda w: w.diagnostics.current(),
    "Diagnostics.questionnaire": lambda w: w.diagnostics.questionnaire(shipped().id),
    "Diagnostics.knows": lambda w: w.diagnostics.knows("x"),
    "Diagnostics.text": lambda w: w.diagnostics.text(),
    "Diagnostics.of_company": lambda w: w.diagnostics.of_company(w.company),
    "Diagnostics.comparison": lambda w: w.diagnostics.comparison(w.company),
    "Attestations.draft": lambda w: w.attestations.draft(w.company),
    "Attestations.of_company": lambda w: w.attestations.of_company(w.company),
    "Attestations.get": lambda w: w.attestations.get(w.attestation),
    "Attestations.pdf": lambda w: w.attestations.pdf(w.attestation),
    "Workshops.all": lambda w: w.workshops.all(),
    "Workshops.facts": lambda w: w.workshops.facts(w.workshop),
    "attendance_sheets.attendance_content": lambda w: attendance_content(w.database, w.workshop),
    "current_charter.current_version": lambda w: current_version(w.database),
    "Workshops.drawings": lambda w: w.workshops.drawings(w.workshop),
    "WorkshopSheets.waiting": lambda w: WorkshopSheets(w.database).waiting(w.workshop),
    "CompanyTimeline.lines": lambda w: w.timeline.lines(w.company),
    "CompanyTimeline.whole": lambda w: [w.timeline.whole(one) for one in w.timeline.lines(w.company)],
    "CompanyRows.standings": lambda w: w.companies.standings(),
    "Reminders.baskets": lambda w: w.reminders.baskets(),
    "Reminders.lines": lambda w: [w.reminders.lines(one) for one in w.reminders.baskets()],
    "Restitutions.content": lambda w: Restitutions(w.database).content(w.accompaniment),
    "ActivityCounts.charts": lambda w: w.activity.charts(year_of(w.today)),
    "ActivityCounts.whole": lambda w: w.activity.whole(year_of(w.today)),
    "ActivityCounts.lines": lambda w: w.activity.lines(year_of(w.today)),
    "office_rules.reminder_rule": lambda w: office_rules.reminder_rule(w.database),
    "office_rules.working_calendar": lambda w: office_rules.working_calendar(w.database),
    "company_lines.last_worked_day": lambda w: company_lines.last_worked_day(w.database),
    "company_lines.refreshed": lambda w: company_lines.refreshed(w.database, w.database.looking().__enter__()),
    "Drafts.of": lambda w: w.drafts.of("provider", w.provider),
    "Drafts.all": lambda w: w.drafts.all(),
    "LookAlikes.of_provider": lambda w: w.look_alikes.of_provider(a_provider(), w.provider),
    "LookAlikes.of_company": lambda w: w.look_alikes.of_company(a_company(), w.company),
    "ImportMemory.recall": lambda w: w.imports.recall(["Société", "SIREN"]),
    "everything.search_everything": lambda w: everything.search_everything(w.database, "0001"),
    "DirectorySheets.propose": lambda w: w.sheets.propose(SITE),
    "DirectorySheets.draft": lambda w: w.sheets.draft(w.accompaniment, SITE),
    "DirectorySheets.pdf": lambda w: w.sheets.pdf(w.sheet),
    "DirectorySheets.of_company": lambda w: w.sheets.of_company(w.company),
    "DirectorySheets.hand_overs": lambda w: w.sheets.hand_overs(w.sheet),
    "DirectorySheets.recall_list": lambda w: w.sheets.recall_list(w.provider),
    "DirectorySheets.signatories": lambda w: w.sheets.signatories("web"),
    "DirectorySheets.exposure": lambda w: w.sheets.exposure(),
    "History.of": lambda w: w.history.of(w.provider),
    "History.of_action": lambda w: w.history.of_action("x"),
    "journal_reading.last_change": lambda w: journal_reading.last_change(w.database),
    "journal_reading.stacks": lambda w: journal_reading.stacks(w.database),
    "journal_reading.next_labels": lambda w: journal_reading.next_labels(w.database),
    "History.undo_label": lambda w: w.history.undo_label(),
    "History.redo_label": lambda w: w.history.redo_label(),
    "provider_rows.renewal_rule": lambda w: provider_rows.renewal_rule(w.database),
    "provider_import.known_providers": lambda w: provider_import.known_providers(w.database),
    "provider_import.known_records": lambda w: provider_import.known_records(w.database, ListKind.COMPANIES),
    "ProjectRows.search": lambda w: ProjectRows(w.database).search(),
    "ProjectRows.all": lambda w: ProjectRows(w.database).all(),
    "ProjectRows.count": lambda w: ProjectRows(w.database).count(),
    "ProjectRows.counts_by_state": lambda w: ProjectRows(w.database).counts_by_state(),
    "ProjectRows.holds": lambda w: ProjectRows(w.database).holds(w.project.id),
    "ProjectRows.bin": lambda w: ProjectRows(w.database).bin(),
    "ProjectRows.of_company": lambda w: ProjectRows(w.database).of_company(w.project.company.id),
    "ProjectRows.of_provider": lambda w: ProjectRows(w.database).of_provider(w.project.provider.id),
    "ProjectStore.facts": lambda w: ProjectRows(w.database).facts(w.project.id),
    "ProjectStore.matrix": lambda w: ProjectRows(w.database).matrix(w.project.id),
    "ProjectTimelines.get": lambda w: ProjectTimelines(w.database).get(w.project.id),
    "ProjectPapers.content": lambda w: ProjectPapers(w.database).content(w.attachment),
    "ProjectLog.story": lambda w: ProjectLog(w.database).story(w.project.id),
    "ProjectOverruns.content": lambda w: ProjectOverruns(w.database).content(w.project.id, w.overrun),
    "ProjectOverruns.compose": lambda w: composed(w),
    "ProjectOverruns.agreed": lambda w: w.overruns.agreed(w.project.id, w.agreed_overrun),
    "ProjectIncapacity.candidates": lambda w: ProjectIncapacity(w.database).candidates(w.project.id),
    "project_reminders.baskets": lambda w: project_reminders.baskets(w.database, w.today),
    "project_reminders.basket": lambda w: project_reminders.basket(w.database, w.today, "silent"),
    "backup.back_up": lambda w: backup.back_up(w.database),
    "backup.automatic_backup": lambda w: backup.automatic_backup(w.database, "fermeture"),
    "backup.check": lambda w: backup.check(w.database),
}
WRITING: dict[str, Writing] = {}
ASIDE: dict[str, Reading] = {
    "Drafts.keep": lambda w: w.drafts.keep("provider", w.provider, {"legal_name": "À moitié"}),
    "Drafts.drop": lambda w: w.drafts.drop("provider", w.provider),
    "SigningSessions.begin": lambda w: w.sessions.begin("somebody", w.version),
    "SigningSessions.keep": lambda w: w.sessions.keep(w.state),
    "SigningSessions.drop": lambda w: w.sessions.drop(w.state.id),
    "SigningSessions.begin_stroke": lambda w: w.sessions.begin_stroke(w.state.id, 0, 0, STROKE, 2.5),
    "SigningSessions.add_points": lambda w: w.sessions.add_points(w.state.id, 0, 0, STROKE.points),
    "SigningSessions.take": lambda w: w.sessions.take(w.state.id, 0, a_drawing()),
    "SigningSessions.forget_signer": lambda w: w.sessions.forget_signer(w.state.id, 0),
}
"""What is written without the journal: drafts, charters being signed. Another laptop has no use for them."""
ELSEWHERE = {
    "Database.create": "makes the base; test_database.py",
    "Database.open": "changes no row; test_database.py",
    "Database.exists": "looks at a folder",
    "Database.is_demonstration_folder": "looks at a folder",
    "Database.close": "ends the base",
    "CharterSignatures.ensure_shipped": "calls ensure_version; test_charter_signatures.py",
    "Database.jotting": "what a draft goes through; test_drafts.py",
    "Database.transaction": "what every method below goes through; test_journal.py",
}


def writing(name: str) -> Callable[[Writing], Writing]:
    """Say how the public method `name` is called."""

    def keep(call: Writing) -> Writing:
        WRITING[name] = call
        return call

    return keep


@writing("Database.set_setting")
def _set_setting(w: World) -> Iterator[None]:
    yield
    w.database.set_setting("validity", "36")


@writing("Database.adviser")
def _adviser(w: World) -> Iterator[None]:
    yield
    w.database.adviser = "Conseiller Sud"


@writing("ProviderRegister.add")
def _add_provider(w: World) -> Iterator[None]:
    yield
    w.providers.add(a_provider("S03", "S04"))


@writing("ProviderRegister.save")
def _save_provider(w: World) -> Iterator[None]:
    provider = w.providers.get(w.provider)
    provider.enter("phones", "0692 12 34 56")
    provider.offer(["S02", "S05"])
    provider.services[0].criteria = "sites vitrines"
    yield
    w.providers.save(provider)


@writing("ProviderRegister.delete")
def _delete_provider(w: World) -> Iterator[None]:
    yield
    w.providers.delete(w.provider)


@writing("ProviderRegister.restore")
def _restore_provider(w: World) -> Iterator[None]:
    w.providers.delete(w.provider)
    yield
    w.providers.restore(w.provider)


@writing("ProviderRegister.withdraw")
def _withdraw(w: World) -> Iterator[None]:
    yield
    w.providers.withdraw(w.provider, w.today, "Cessation d'activité")


@writing("ProviderRegister.remove")
def _remove(w: World) -> Iterator[None]:
    yield
    w.providers.remove(w.provider, w.today, ["C12"], "Devis refusé", [("courrier.pdf", b"%PDF")])


@writing("ProviderRegister.lift_removal")
def _lift_removal(w: World) -> Iterator[None]:
    removal = w.providers.remove(w.provider, w.today, ["C12"], "Devis refusé").id
    yield
    w.providers.lift_removal(removal, w.today, "Devis remis")


@writing("LocalServices.add")
def _add_service(w: World) -> Iterator[None]:
    yield
    LocalServices(w.database).add("Drone", "Ressources humaines")


@writing("LocalServices.rename")
def _rename_service(w: World) -> Iterator[None]:
    added = LocalServices(w.database).add("Drone", "Ressources humaines")
    yield
    LocalServices(w.database).rename(added.id, "Prises de vue par drone")


@writing("LocalServices.drop")
def _drop_service(w: World) -> Iterator[None]:
    added = LocalServices(w.database).add("Drone", "Ressources humaines")
    yield
    LocalServices(w.database).drop(added.id)


@writing("Attachments.attach")
def _attach(w: World) -> Iterator[None]:
    yield
    w.attachments.attach(w.provider, "devis.pdf", b"%PDF-1.7")


@writing("Attachments.detach")
def _detach(w: World) -> Iterator[None]:
    yield
    w.attachments.detach(w.attachment)


@writing("CompanyRecords.add")
def _add_company(w: World) -> Iterator[None]:
    yield
    w.companies.add(a_company())


@writing("CompanyRecords.save")
def _save_company(w: World) -> Iterator[None]:
    company = w.companies.get(w.company)
    company.enter("notes", "Ouvert le samedi")
    yield
    w.companies.save(company)


@writing("CompanyRecords.delete")
def _delete_company(w: World) -> Iterator[None]:
    yield
    w.companies.delete(w.company)


@writing("CompanyRecords.restore")
def _restore_company(w: World) -> Iterator[None]:
    w.companies.delete(w.company)
    yield
    w.companies.restore(w.company)


@writing("LookAlikes.not_a_duplicate")
def _not_a_duplicate(w: World) -> Iterator[None]:
    other = w.providers.add(a_provider()).id
    yield
    w.look_alikes.not_a_duplicate(w.provider, other)


@writing("ImportMemory.remember")
def _remember(w: World) -> Iterator[None]:
    yield
    w.imports.remember(["Société", "SIREN"], {"Société": "legal_name"}, 2)


@writing("CompanyRecords.accompany")
def _accompany(w: World) -> Iterator[None]:
    yield
    w.companies.accompany(w.company, AccompanimentKind.WORKSHOP, w.today, ["S02"], "Atelier du matin")


@writing("CompanyRecords.note_needs")
def _note_needs(w: World) -> Iterator[None]:
    yield
    w.companies.note_needs(w.accompaniment, ["S03"])


@writing("Accompaniments.record")
def _record(w: World) -> Iterator[None]:
    yield
    w.accompaniments.record(w.company, w.conversation)


@writing("Accompaniments.revise")
def _revise(w: World) -> Iterator[None]:
    held = w.accompaniments.record(w.company, w.conversation).id
    yield
    corrected = replace(
        w.conversation, needs={"S02": Priority.MEDIUM}, recommendations=[Advised("Former")], answers={"site": "actif"}
    )
    w.accompaniments.revise(held, corrected)


@writing("Accompaniments.delete")
def _delete_accompaniment(w: World) -> Iterator[None]:
    held = w.accompaniments.record(w.company, w.conversation).id
    yield
    w.accompaniments.delete(held)


@writing("Accompaniments.summarise")
def _summarise(w: World) -> Iterator[None]:
    yield
    w.accompaniments.summarise(w.accompaniment, "Un site vieillit")


@writing("Accompaniments.step_done")
def _step_done(w: World) -> Iterator[None]:
    held = w.accompaniments.record(w.company, w.conversation).id
    yield
    w.accompaniments.step_done(held)


@writing("Accompaniments.change_need")
def _change_need(w: World) -> Iterator[None]:
    yield
    w.accompaniments.change_need(w.need, NeedState.DROPPED, priority=Priority.LOW, reason="Projet reporté")


@writing("Accompaniments.close")
def _close(w: World) -> Iterator[None]:
    w.accompaniments.record(w.company, w.conversation)
    yield
    w.accompaniments.close(w.company, Outcome.HELPED, "Site en ligne")


@writing("Accompaniments.reopen")
def _reopen(w: World) -> Iterator[None]:
    w.accompaniments.close(w.company, Outcome.UNREACHABLE)
    yield
    w.accompaniments.reopen(w.company)


@writing("Accompaniments.follow_up")
def _follow_up(w: World) -> Iterator[None]:
    yield
    w.accompaniments.follow_up(w.company, Satisfaction(4, True, "Merci"))


@writing("CompanyContacts.add")
def _add_contact(w: World) -> Iterator[None]:
    yield
    w.contacts.add(w.company, "Associé Fictif", reach="0692 00 00 03, associe@entreprise.example")


@writing("CompanyContacts.change")
def _change_contact(w: World) -> Iterator[None]:
    yield
    w.contacts.change(w.contact, name="Gérante Nouvelle", role="", reach="0692000004", notes="Le matin")


@writing("CompanyContacts.drop")
def _drop_contact(w: World) -> Iterator[None]:
    yield
    w.contacts.drop(w.contact)


@writing("Exchanges.note")
def _note_exchange(w: World) -> Iterator[None]:
    yield
    w.exchanges.note(w.company, ExchangeKind.MEETING, "Vue au marché\nElle rappelle", with_whom="la gérante")


@writing("Exchanges.file_mail")
def _file_mail(w: World) -> Iterator[None]:
    yield
    w.exchanges.file_mail(w.company, a_mail(files={"devis.pdf": b"%PDF", "piege.exe": b"MZ\0"}))


@writing("Exchanges.drop")
def _drop_exchange(w: World) -> Iterator[None]:
    yield
    w.exchanges.drop(w.exchange)


@writing("Diagnostics.use")
def _use(w: World) -> Iterator[None]:
    yield
    w.diagnostics.use(OTHER_QUESTIONNAIRE)


@writing("Diagnostics.use_shipped")
def _use_shipped(w: World) -> Iterator[None]:
    w.diagnostics.use(OTHER_QUESTIONNAIRE)
    yield
    w.diagnostics.use_shipped()


@writing("Attestations.issue")
def _attest(w: World) -> Iterator[None]:
    yield
    w.attestations.issue(w.company, lambda content: _attested(content))


def _attested(content: AttestationContent) -> bytes:
    return content.number.encode()


@writing("Workshops.create")
def _create_workshop(w: World) -> Iterator[None]:
    yield
    w.workshops.create("Vendre en ligne", w.today, place="Le Port", starts="9h", ends="12h", service_ids=["S01"])


@writing("Workshops.change")
def _change_workshop(w: World) -> Iterator[None]:
    yield
    w.workshops.change(w.workshop, theme="Facture", place="Saint-Paul", service_ids=["S14", "S15"], notes="Salle 2")


@writing("Workshops.delete")
def _delete_workshop(w: World) -> Iterator[None]:
    yield
    w.workshops.delete(w.workshop)


@writing("Workshops.add_session")
def _add_session(w: World) -> Iterator[None]:
    yield
    w.workshops.add_session(w.workshop, w.today, "14h", "16:30")


@writing("Workshops.change_session")
def _change_session(w: World) -> Iterator[None]:
    w.workshops.attend(w.session, [w.participant])
    yield
    w.workshops.change_session(w.session, date(2026, 10, 19), "8h")


@writing("Workshops.drop_session")
def _drop_session(w: World) -> Iterator[None]:
    added = w.workshops.add_session(w.workshop, w.today).id
    yield
    w.workshops.drop_session(added)


@writing("Workshops.enter")
def _enter(w: World) -> Iterator[None]:
    yield
    w.workshops.enter(w.workshop, w.company, "Associé Fictif")


@writing("Workshops.enter_new")
def _enter_new(w: World) -> Iterator[None]:
    yield
    w.workshops.enter_new(w.workshop, "Snack Neuf", "Gérant Fictif", place="97460 Saint-Paul")


@writing("Workshops.change_participant")
def _change_participant(w: World) -> Iterator[None]:
    w.workshops.attend(w.session, [w.participant])
    yield
    w.workshops.change_participant(w.participant, person="Gérante Autre", service_ids=["S02", "S03"])


@writing("Workshops.drop_participant")
def _drop_participant(w: World) -> Iterator[None]:
    yield
    w.workshops.drop_participant(w.participant)


@writing("Workshops.attend")
def _attend(w: World) -> Iterator[None]:
    yield
    w.workshops.attend(w.session, [w.participant])


@writing("Workshops.sign")
def _sign(w: World) -> Iterator[None]:
    yield
    w.workshops.sign(w.session, w.participant, "{}")


@writing("Workshops.miss")
def _miss(w: World) -> Iterator[None]:
    w.workshops.change_participant(w.participant, service_ids=["S02"])
    w.workshops.attend(w.session, [w.participant])
    yield
    w.workshops.miss(w.session, w.participant)


@writing("WorkshopSheets.hand_out")
def _hand_out(w: World) -> Iterator[None]:
    w.workshops.attend(w.session, [w.participant])
    yield
    WorkshopSheets(w.database).hand_out(w.workshop, as_text, one_page)


@writing("Reminders.put_off")
def _put_off(w: World) -> Iterator[None]:
    yield
    w.reminders.put_off("steps", w.company, date(2026, 11, 2), "En congé")


@writing("Reminders.bring_back")
def _bring_back(w: World) -> Iterator[None]:
    snooze = w.reminders.put_off("steps", w.company, date(2026, 11, 2), "En congé").id
    yield
    w.reminders.bring_back(snooze)


@writing("office_rules.set_reminder_rule")
def _set_reminder_rule(w: World) -> Iterator[None]:
    yield
    office_rules.set_reminder_rule(w.database, ReminderRule(first=7))


@writing("office_rules.set_working_calendar")
def _set_working_calendar(w: World) -> Iterator[None]:
    yield
    office_rules.set_working_calendar(w.database, WorkingCalendar(worked=frozenset(["Armistice de 1918"])))


@writing("CharterSignatures.ensure_version")
def _ensure_version(w: World) -> Iterator[None]:
    yield
    w.signatures.ensure_version("Autre texte", "v1")


@writing("CharterSignatures.adopt")
def _adopt(w: World) -> Iterator[None]:
    yield
    w.signatures.adopt("Un texte à lire", "Charte 2027")


@writing("CharterSigning.keep")
def _keep_signing(w: World) -> Iterator[None]:
    content = w.signing.compose(w.state, [a_drawing()], w.database.clock())
    yield
    w.signing.keep(w.state, content, w.sealed(b"%PDF other"))


@writing("SealedDocuments.add_time_stamp")
def _add_time_stamp(w: World) -> Iterator[None]:
    before = w.documents.pdf(w.document)
    yield
    w.documents.add_time_stamp(w.document, before, before + b" stamped")


@writing("SealCertificates.seal_with")
def _seal_with(w: World) -> Iterator[None]:
    yield
    w.certificates.seal_with(KeyPair(b"certificate", b"key", (b"chain",)), "Poste suivant")


@writing("SealCertificates.trust")
def _trust(w: World) -> Iterator[None]:
    yield
    w.certificates.trust(b"root", "Autorité", root=True)


@writing("SealCertificates.forget")
def _forget(w: World) -> Iterator[None]:
    other = next(one.id for one in w.certificates.all() if one.role == "other")
    yield
    w.certificates.forget(other)


@writing("Stamps.add")
def _add_stamp(w: World) -> Iterator[None]:
    yield
    Stamps(w.database).add(w.provider, b"png", 40, 20)


@writing("Stamps.drop")
def _drop_stamp(w: World) -> Iterator[None]:
    stamp = Stamps(w.database).add(w.provider, b"png", 40, 20).id
    yield
    Stamps(w.database).drop(stamp)


@writing("Incidents.note")
def _note_incident(w: World) -> Iterator[None]:
    yield
    Incidents(w.database).note(w.provider, w.today, "Devis jamais reçu", clause_ids=["C21"])


@writing("Incidents.drop")
def _drop_incident(w: World) -> Iterator[None]:
    noted = Incidents(w.database).note(w.provider, w.today, "Devis jamais reçu").id
    yield
    Incidents(w.database).drop(noted)


@writing("PaperCharters.issue")
def _issue_paper(w: World) -> Iterator[None]:
    yield
    w.papers.issue(w.provider, lambda content: (content.code.encode(), 1))


@writing("PaperCharters.file_scan")
def _file_scan(w: World) -> Iterator[None]:
    yield
    w.papers.file_scan(w.provider, "scan.pdf", b"%PDF", w.today)


@writing("CharterSignatures.record_paper")
def _record_paper(w: World) -> Iterator[None]:
    yield
    w.signatures.record_paper(w.provider, w.today, version_id=w.version, signer="Responsable Fictif")


@writing("CharterSignatures.cancel")
def _cancel(w: World) -> Iterator[None]:
    yield
    w.signatures.cancel(w.signature, w.today, "Saisie deux fois")


@writing("DirectorySheets.issue")
def _issue(w: World) -> Iterator[None]:
    yield
    w.sheets.issue(w.accompaniment, SITE, as_text, one_page)


@writing("DirectorySheets.hand_over")
def _hand_over(w: World) -> Iterator[None]:
    yield
    w.sheets.hand_over(w.sheet, "La gérante")


@writing("History.undo")
def _undo(w: World) -> Iterator[None]:
    provider = w.providers.add(a_provider("S03", "S04", signed=None))
    w.history.undo()
    w.history.redo()
    provider = w.providers.get(provider.id)
    provider.offer(["S04", "S05"])
    provider.enter("notes", "Rappeler")
    w.providers.save(provider)
    yield
    w.history.undo()
    w.history.undo()


@writing("History.redo")
def _redo(w: World) -> Iterator[None]:
    w.providers.add(a_provider("S03", "S04"))
    w.history.undo()
    yield
    w.history.redo()


@writing("provider_import.carry_out")
def _carry_out(w: World) -> Iterator[None]:
    values = {"id": new_id(), "legal_name": "Neuf", "phones": ["+262262000001"], "unread": {"siren": "12"}}
    plan = ImportPlan(
        "liste.xlsx",
        new=[NewRecord(values, ["S01", "S02"], date(2025, 1, 2), "liste.xlsx, ligne 5")],
        updated=[RecordUpdate(w.provider, {"website": "https://exemple.example"}, ["S05"], date(2025, 5, 5), "l. 3")],
        kept=[KeptLine(w.provider, "liste.xlsx", "Feuil1", 3, {"SIREN": "4.84E+13"})],
    )
    yield
    provider_import.carry_out(w.database, plan)


# Projects


@writing("ProjectTimelines.open")
def _open_project(w: World) -> Iterator[None]:
    yield
    w.projects.open(w.company, w.provider, ["S01"])


@writing("ProjectTimelines.save")
def _save_project(w: World) -> Iterator[None]:
    project = w.projects.get(w.project.id)
    project.enter("notes", "Rappeler")
    project.enter("budget", "illisible")
    yield
    w.projects.save(project)


@writing("ProjectTimelines.start")
def _start_project(w: World) -> Iterator[None]:
    facts = made_ready(w.database, opened(w.database))
    yield
    w.projects.start(facts.id, w.today)


@writing("ProjectTimelines.close")
def _close_project(w: World) -> Iterator[None]:
    facts = w.project
    yield
    w.projects.close(facts.id, w.today, "Abandonné")


@writing("ProjectTimelines.reopen")
def _reopen_project(w: World) -> Iterator[None]:
    w.projects.close(w.project.id, w.today, "Abandonné")
    yield
    w.projects.reopen(w.project.id)


@writing("ProjectTimelines.delete")
def _delete_project(w: World) -> Iterator[None]:
    facts = w.project
    yield
    w.projects.delete(facts.id)


@writing("ProjectTimelines.restore")
def _restore_project(w: World) -> Iterator[None]:
    w.projects.delete(w.project.id)
    yield
    w.projects.restore(w.project.id)


@writing("ProjectSteps.add_step")
def _add_step(w: World) -> Iterator[None]:
    facts = w.project
    yield
    ProjectSteps(w.database).add_step(facts.id, StepKind.MILESTONE, "Photos", planned_end=date(2026, 9, 25))


@writing("ProjectSteps.save_step")
def _save_step(w: World) -> Iterator[None]:
    facts = w.project
    yield
    step = step_id(facts, StepKind.WORK)
    ProjectSteps(w.database).save_step(facts.id, step, planned_end=date(2026, 12, 1), reason="Congés", outcome="Bien")


@writing("ProjectSteps.complete")
def _complete_step(w: World) -> Iterator[None]:
    facts = w.project
    yield
    ProjectSteps(w.database).complete(facts.id, step_id(facts, StepKind.WORK), w.today)


@writing("ProjectSteps.drop_step")
def _drop_step(w: World) -> Iterator[None]:
    steps = ProjectSteps(w.database)
    added = steps.add_step(w.project.id, StepKind.STEP, "Photos")
    yield
    steps.drop_step(w.project.id, added)


@writing("ProjectSteps.save_deliverable")
def _save_deliverable(w: World) -> Iterator[None]:
    facts = w.project
    yield
    ProjectSteps(w.database).save_deliverable(facts.id, None, title="Guide")


@writing("ProjectSteps.drop_deliverable")
def _drop_deliverable(w: World) -> Iterator[None]:
    steps = ProjectSteps(w.database)
    added = steps.save_deliverable(w.project.id, None, title="Guide")
    yield
    steps.drop_deliverable(w.project.id, added)


@writing("ProjectSteps.move")
def _move(w: World) -> Iterator[None]:
    facts = w.project
    yield
    step = step_id(facts, StepKind.WORK)
    ProjectSteps(w.database).move(facts.id, step, date(2026, 9, 7), date(2026, 12, 1), "Congés", with_following=True)


@writing("ProjectSteps.agree_schedule")
def _agree_schedule(w: World) -> Iterator[None]:
    facts = w.project
    yield
    ProjectSteps(w.database).agree_schedule(facts.id, agreed_on=w.today, provider_by="Chef", client_by="Gérante")


@writing("ProjectMoney.save_price")
def _save_price(w: World) -> Iterator[None]:
    facts = w.project
    yield
    ProjectMoney(w.database).save_price(facts.id, None, kind=PriceKind.SETUP, label="Photos", amount=30_000)


@writing("ProjectMoney.drop_price")
def _drop_price(w: World) -> Iterator[None]:
    facts = w.project
    yield
    ProjectMoney(w.database).drop_price(facts.id, facts.prices[0].id)


@writing("ProjectMoney.save_invoice")
def _save_invoice(w: World) -> Iterator[None]:
    facts = w.project
    yield
    ProjectMoney(w.database).save_invoice(facts.id, None, number="F1", issued_on=w.today, amount=100)


@writing("ProjectMoney.drop_invoice")
def _drop_invoice(w: World) -> Iterator[None]:
    money = ProjectMoney(w.database)
    invoice = money.save_invoice(w.project.id, None, number="F1", issued_on=w.today, amount=100)
    yield
    money.drop_invoice(w.project.id, invoice)


def composed(w: World) -> AgreementContent:
    signer = Signer("Gérante Fictive", identification=Identification.KNOWN)
    return w.overruns.compose(w.project.id, w.overrun, signer, "Saint-Denis", a_drawing(), w.database.clock())


def announced(w: World) -> str:
    return ProjectMoney(w.database).announce_price(
        w.project.id, None, price_line_id=w.project.prices[1].id, new_amount=4_000, notified_on=w.today,
        notified_how=Means.EMAIL, effective_on=date(2027, 1, 1),
    )  # fmt: skip


@writing("ProjectMoney.announce_price")
def _announce_price(w: World) -> Iterator[None]:
    facts = w.project
    yield
    assert facts.id
    announced(w)


@writing("ProjectMoney.answer_price")
def _answer_price(w: World) -> Iterator[None]:
    change = announced(w)
    yield
    ProjectMoney(w.database).answer_price(w.project.id, change, Answer.ACCEPTED, w.today, "Gérante")


@writing("ProjectMoney.drop_price_change")
def _drop_price_change(w: World) -> Iterator[None]:
    change = announced(w)
    yield
    ProjectMoney(w.database).drop_price_change(w.project.id, change)


@writing("ProjectOverruns.open")
def _open_overrun(w: World) -> Iterator[None]:
    facts = w.project
    yield
    w.overruns.open(facts.id)


@writing("ProjectOverruns.note_contact")
def _note_contact(w: World) -> Iterator[None]:
    one = w.overruns.open(w.project.id)
    yield
    w.overruns.note_contact(w.project.id, one, w.today, Means.PHONE, "Chef de projet")


@writing("ProjectOverruns.note_reason")
def _note_reason(w: World) -> Iterator[None]:
    one = w.overrun
    yield
    w.overruns.note_reason(w.project.id, one, "Un autre motif", date(2026, 9, 14))


@writing("ProjectOverruns.cost")
def _cost(w: World) -> Iterator[None]:
    one = w.overrun
    yield
    w.overruns.cost(w.project.id, one, date(2026, 9, 17))


@writing("ProjectOverruns.keep")
def _keep_agreement(w: World) -> Iterator[None]:
    content = composed(w)
    yield
    w.overruns.keep(content, w.sealed(b"%PDF sealed agreement"))


@writing("ProjectOverruns.agree_on_paper")
def _agree_on_paper(w: World) -> Iterator[None]:
    one = w.overrun
    yield
    w.overruns.agree_on_paper(w.project.id, one, w.today, "Gérante", "gérante", File("accord.pdf", b"%PDF"))


@writing("ProjectOverruns.refuse")
def _refuse_overrun(w: World) -> Iterator[None]:
    one = w.overrun
    yield
    w.overruns.refuse(w.project.id, one, w.today, "Gérante", "Trop cher")


@writing("ProjectOverruns.keep_amendment")
def _keep_amendment(w: World) -> Iterator[None]:
    one = w.overrun
    w.overruns.agree_on_paper(w.project.id, one, w.today, "Gérante", "gérante", File("accord.pdf", b"%PDF"))
    yield
    w.overruns.keep_amendment(w.project.id, one, b"%PDF avenant")


@writing("ProjectOverruns.drop")
def _drop_overrun(w: World) -> Iterator[None]:
    one = w.overrun
    yield
    w.overruns.drop(w.project.id, one)


@writing("ProjectPapers.add_document")
def _add_document(w: World) -> Iterator[None]:
    facts = w.project
    yield
    w.project_papers.add_document(facts.id, DocumentKind.OTHER, file=File("note.pdf", b"%PDF"), clause_ids=["C10"])


@writing("ProjectPapers.save_document")
def _save_document(w: World) -> Iterator[None]:
    facts = w.project
    yield
    w.project_papers.save_document(
        facts.id, facts.documents[0].id, title="Devis corrigé", file=File("b.pdf", b"%PDF 2")
    )


@writing("ProjectPapers.annex")
def _annex(w: World) -> Iterator[None]:
    facts = w.project
    yield
    w.project_papers.annex(facts.id, facts.documents[0].id, w.today, file=File("charte.pdf", b"%PDF 3"))


@writing("ProjectPapers.drop_document")
def _drop_document(w: World) -> Iterator[None]:
    facts = w.project
    yield
    w.project_papers.drop_document(facts.id, facts.documents[0].id)


@writing("ProjectPapers.note_evidence")
def _note_evidence(w: World) -> Iterator[None]:
    facts = w.project
    yield
    w.project_papers.note_evidence(facts.id, "C10", EvidenceNature.FACT, w.today, "Débit faible, écrit au devis")


@writing("ProjectPapers.drop_evidence")
def _drop_evidence(w: World) -> Iterator[None]:
    one = w.project_papers.note_evidence(w.project.id, "C10", EvidenceNature.FACT, w.today, "Débit faible")
    yield
    w.project_papers.drop_evidence(w.project.id, one)


@writing("ProjectPapers.note_notice")
def _note_notice(w: World) -> Iterator[None]:
    facts = w.project
    yield
    w.project_papers.note_notice(facts.id, NoticeKind.SPECIFICATION, w.today, "Chef", file=File("cdc.pdf", b"%PDF"))


@writing("ProjectPapers.save_notice")
def _save_notice(w: World) -> Iterator[None]:
    one = w.project_papers.note_notice(w.project.id, NoticeKind.SPECIFICATION, w.today, "Chef")
    yield
    w.project_papers.save_notice(w.project.id, one, note="Par courriel")


@writing("ProjectPapers.drop_notice")
def _drop_notice(w: World) -> Iterator[None]:
    one = w.project_papers.note_notice(w.project.id, NoticeKind.SPECIFICATION, w.today, "Chef")
    yield
    w.project_papers.drop_notice(w.project.id, one)


@writing("ProjectLog.note_exchange")
def _note_project_exchange(w: World) -> Iterator[None]:
    facts = w.project
    yield
    w.log.note_exchange(facts.id, w.today, Means.PHONE, Between.ALL, "Point")


@writing("ProjectLog.save_exchange")
def _save_exchange(w: World) -> Iterator[None]:
    one = w.log.note_exchange(w.project.id, w.today, Means.PHONE, Between.ALL, "Point")
    yield
    w.log.save_exchange(w.project.id, one, summary="Point complet")


@writing("ProjectLog.drop_exchange")
def _drop_project_exchange(w: World) -> Iterator[None]:
    one = w.log.note_exchange(w.project.id, w.today, Means.PHONE, Between.ALL, "Point")
    yield
    w.log.drop_exchange(w.project.id, one)


@writing("ProjectLog.save_party")
def _save_party(w: World) -> Iterator[None]:
    facts = w.project
    yield
    w.log.save_party(facts.id, None, name="Photographe", role="photos")


@writing("ProjectLog.drop_party")
def _drop_party(w: World) -> Iterator[None]:
    one = w.log.save_party(w.project.id, None, name="Photographe", role="photos")
    yield
    w.log.drop_party(w.project.id, one)


@writing("ProjectIncapacity.declare")
def _declare(w: World) -> Iterator[None]:
    facts = w.project
    yield
    ProjectIncapacity(w.database).declare(facts.id, w.today, "Liquidation")


@writing("ProjectIncapacity.lift")
def _lift(w: World) -> Iterator[None]:
    incapacity = ProjectIncapacity(w.database)
    incapacity.declare(w.project.id, w.today, "Maladie")
    yield
    incapacity.lift(w.project.id, w.today)


@writing("ProjectIncapacity.hand_over")
def _hand_over_project(w: World) -> Iterator[None]:
    incapacity = ProjectIncapacity(w.database)
    w.log.save_party(w.project.id, None, name="Photographe", role="photos")
    incapacity.declare(w.project.id, w.today, "Liquidation")
    other = a_signatory(w.database, "S01")
    yield
    incapacity.hand_over(w.project.id, other.id, w.today)


# What there is to call


def public_names() -> set[str]:
    names: set[str] = set()
    for module in pkgutil.iter_modules(store.__path__):
        if module.ispkg:
            continue
        loaded = importlib.import_module(f"{store.__name__}.{module.name}")
        for name, one in vars(loaded).items():
            if name.startswith("_") or getattr(one, "__module__", "") != loaded.__name__:
                continue
            if inspect.isfunction(one) and _first_parameter(one) is Database:
                names.add(f"{module.name}.{name}")
            elif inspect.isclass(one) and (one is Database or _first_parameter(one.__init__, 1) is Database):
                names.update(f"{name}.{method}" for method in _methods(one))
    return names


def _first_parameter(function: Any, index: int = 0) -> object:
    parameters = list(inspect.signature(function).parameters.values())
    found = parameters[index].annotation if len(parameters) > index else None
    return Database if found == "Database" else found


def _methods(kind: type) -> Iterator[str]:
    for name, member in vars(kind).items():
        is_method = callable(member) or isinstance(member, classmethod | staticmethod)
        if not name.startswith("_") and (is_method or (isinstance(member, property) and member.fset is not None)):
            yield name


def test_every_public_method_of_the_store_is_called_here() -> None:
    assert public_names() == READING.keys() | WRITING.keys() | ASIDE.keys() | ELSEWHERE.keys()


# What a call changes, and what the journal says of it


def business_tables() -> list[Table]:
    return [table for mapper in Record.registry.mappers if isinstance(table := mapper.local_table, Table)]


def state_of(database: Database) -> State:
    """Every business row, its values in the form of a journal line's."""
    with database.reading() as session:
        connection = session.connection()
        return {
            table.name: {shape.key(row): shape.values(row) for row in driver(connection).execute(shape.select)}
            for table in business_tables()
            for shape in [shape_of(table)]
        }


def lines_after(database: Database, clock: int) -> list[tuple[str, str, str, str]]:
    line, action = journal_line.c, journal_action.c
    query = (
        select(line.table_name, line.record_id, line.operation, line.changes)
        .join_from(journal_line, journal_action)
        .where(action.clock > clock)
        .order_by(action.clock, line.position)
    )
    with database.reading() as session:
        return [tuple(row) for row in session.execute(query)]


def last_clock(database: Database) -> int:
    with database.reading() as session:
        return max(session.scalars(select(journal_action.c.clock)).all(), default=0)


def replayed(state: State, lines: list[tuple[str, str, str, str]]) -> State:
    """`state` after what the journal's lines tell."""
    rows = {name: {key: dict(values) for key, values in table.items()} for name, table in state.items()}
    for line_table, record_id, operation, text in lines:
        for table, key, changes in shape_of(table_named(line_table)).rows_of(record_id, json.loads(text)):
            name, shape = table.name, shape_of(table)
            if operation == "create":
                assert key not in rows[name]
                rows[name][key] = {**emptiness(shape), **{field: after for field, (_, after) in changes.items()}}
                continue
            for field, (before, _) in changes.items():
                assert rows[name][key][field] == before, f"{name}.{field} was not {before!r}"
            if operation == "delete":
                told = {field: before for field, (before, _) in changes.items()}
                assert rows[name].pop(key) == {**emptiness(shape), **told}
            else:
                rows[name][key].update((field, after) for field, (_, after) in changes.items())
    return rows


def emptiness(shape: RowShape) -> RowValues:
    """What a creation's line leaves out."""
    decoded: dict[Any, Any] = {"[]": [], "{}": {}}
    return {name: decoded.get(empty, empty) for name, empty in shape.empty.items() if name not in shape.key_names}


@pytest.fixture
def world(database: Database) -> World:
    return World(database)


@pytest.mark.parametrize("name", sorted(WRITING))
def test_a_change_is_told_whole_by_the_journal(world: World, name: str) -> None:
    call = WRITING[name](world)
    next(call)
    before, clock = state_of(world.database), last_clock(world.database)

    next(call, None)

    after, lines = state_of(world.database), lines_after(world.database, clock)
    assert after != before, f"{name} changed nothing: call it so that it does"
    assert replayed(before, lines) == after


@pytest.mark.parametrize("name", sorted(READING | ASIDE))
def test_a_question_or_a_draft_changes_no_record(world: World, name: str) -> None:
    if name.startswith(("Project", "project")):
        assert world.agreed_overrun  # and the project with it, before the state is looked at
        assert world.overrun
    before, clock = state_of(world.database), last_clock(world.database)

    (READING | ASIDE)[name](world)

    assert state_of(world.database) == before
    assert last_clock(world.database) == clock


def test_the_journal_of_a_base_retells_it_from_the_beginning(world: World) -> None:
    nothing: State = {table.name: {} for table in business_tables()}
    assert replayed(nothing, lines_after(world.database, -1)) == state_of(world.database)
