"""The demonstration base and what is shown of it: the main job, done on companies that do not exist."""

import os
import shutil
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from charte_desktop.demonstration.charters import sign_charters
from charte_desktop.demonstration.companies import demonstration_companies
from charte_desktop.demonstration.company_papers import NAMES, company_papers
from charte_desktop.demonstration.follow_up import what_followed
from charte_desktop.demonstration.messy_list import write_demonstration_list
from charte_desktop.demonstration.project_papers import project_papers
from charte_desktop.demonstration.projects import demonstration_projects
from charte_desktop.demonstration.providers import demonstration_providers
from charte_desktop.demonstration.workshops import demonstration_workshops
from charte_desktop.errors import UserError
from charte_desktop.store.charter_signatures import CharterSignatures
from charte_desktop.store.database import Clock, Database, now
from charte_desktop.store.faults import sentences
from charte_desktop.store.instance_lock import InstanceLock

ADVISER = "Conseillère de démonstration"
SEED = 974
LIST_NAME = "liste-prestataires.xlsx"
_PAPERS = ("charte-signee.pdf", "charte-a-signer.pdf", "fiche-a-remplir.pdf", "verificateur-charte.html")


def build(folder: Path, list_file: Path, clock: Clock = now) -> Database:
    """Make the demonstration base in `folder` and open it: 120 providers, of which 24 come from a list; 300 companies.

    The list, as messy as an adviser's, is written to `list_file` and imported from there. A demonstration base that
    is there already is replaced; any other base is refused.
    """
    if Database.exists(folder):
        if not Database.is_demonstration_folder(folder):
            raise UserError(f"« {folder} » contient une vraie base : choisissez un autre dossier.")
        with InstanceLock(folder):  # refused while a window shows it
            pass
        shutil.rmtree(folder)
    database = Database.create(folder, demonstration=True, adviser=ADVISER, clock=clock)
    providers = demonstration_providers()
    with database.transaction("Créer les données de démonstration", undoable=False) as session:
        session.add_all(providers)
        accompanied = demonstration_companies()
        followed = list(what_followed(SEED, accompanied, database.today()))
        for company, accompaniments, needs in accompanied:
            company.accompaniments, company.needs = accompaniments, needs
            session.add(company)
        session.flush()
        for one in (*followed, *demonstration_workshops(SEED, accompanied, database.today())):
            session.add(one)
            session.flush()
    CharterSignatures(database).ensure_shipped()
    write_demonstration_list(list_file, demonstration_providers())
    return database


@dataclass(frozen=True)
class Shown:
    """Where each result of a demonstration is."""

    base: Path
    list_file: Path
    """The messy list."""
    report: Path
    """What became of its lines."""
    sheet: Path
    """A directory sheet."""
    charters: tuple[Path, ...]
    """A charter signed on screen, one to be signed by hand, a form to fill, the page that verifies."""
    company_papers: tuple[Path, ...]
    """An attestation, a restitution, an attendance sheet, the activity report as pages and as a workbook."""
    projects: tuple[Path, ...]
    """What is written of a project: its planning, its engagements, an overrun agreed to, its hand-over, its tables."""
    pictures: tuple[Path, ...]
    """Every tab, and what opens before and around them."""


def show(output: Path) -> Shown:
    """Do the main job in `output` without a display."""
    from charte_desktop.documents import workbooks
    from charte_desktop.exchange import provider_import, provider_list, tables
    from charte_desktop.store.provider_import import carry_out, known_providers
    from charte_desktop.ui.pictures import draw_pictures

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    list_file, report, sheet_file = output / LIST_NAME, output / "rapport-import.xlsx", output / "annuaire.pdf"
    papers = tuple(output / name for name in _PAPERS)
    of_companies = tuple(output / name for name in NAMES)
    with sentences(list_file):
        output.mkdir(parents=True, exist_ok=True)
        _refuse_strangers(output / "base", list_file, report, sheet_file, *papers, *of_companies)
        with closing(build(output / "base", list_file)) as database:
            lists = provider_list.recognise(tables.read_workbook(list_file))
            plan = provider_import.plan(lists, known_providers(database), list_file.name, database.today())
            carry_out(database, plan)
            report.write_bytes(workbooks.import_report(plan))
            sheet_file.write_bytes(hand_sheet(database))
            signed = sign_charters(database)
            projects = demonstration_projects(database)
            for file, content in zip(
                papers, (signed.signed, signed.to_sign, signed.form, signed.verifier), strict=True
            ):
                file.write_bytes(content)
            for file, content in zip(of_companies, company_papers(database), strict=True):
                file.write_bytes(content)
            pictures = draw_pictures(database, output, import_list=list_file)
            of_projects = []
            for name, content in project_papers(database, projects):
                (output / name).write_bytes(content)
                of_projects.append(output / name)
    return Shown(
        output / "base", list_file, report, sheet_file, papers, of_companies, tuple(of_projects), tuple(pictures)
    )


def _refuse_strangers(folder: Path, *files: Path) -> None:
    """Refuse to write over files that no demonstration made: `folder` holds the base of the one before."""
    if not Database.is_demonstration_folder(folder):
        for file in files:
            if file.exists():
                raise UserError(f"« {file} » existe déjà : choisissez un autre dossier pour la démonstration.")


def hand_sheet(database: Database) -> bytes:
    """Issue and hand over a sheet to the company whose latest accompaniment noted the most needs; its PDF."""
    from charte_desktop.documents import directory_sheet
    from charte_desktop.model.sheet import Criteria
    from charte_desktop.store.company_records import CompanyRecords
    from charte_desktop.store.directory_sheets import DirectorySheets

    records = CompanyRecords(database)
    companies = [records.get(row.id) for row in records.search()]
    company = max(companies, key=lambda one: (len({need.service_id for need in one.needs}), one.id))
    services = tuple(sorted({need.service_id for need in company.needs}))
    criteria = Criteria(services, company.commune_code, company.headcount_band)
    sheets = DirectorySheets(database)
    sheet = sheets.issue(
        company.accompaniments[-1].id, criteria, directory_sheet.directory_sheet, directory_sheet.page_count
    )
    sheets.hand_over(sheet.id, company.legal_representative or company.legal_name)
    return sheets.pdf(sheet.id)
