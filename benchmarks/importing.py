"""A list of 10,000 providers, from its file to the register, as the command does it: read, plan, back up, write.

The floor: openpyxl, read-only, merely walking through the same file.
"""

import shutil
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from openpyxl import Workbook, load_workbook

from benchmarks.base import a_provider, sirens
from benchmarks.stopwatch import RUNS, Promise, in_turn, promise, seconds
from charte_desktop.exchange import provider_import, provider_list, tables
from charte_desktop.model import reference
from charte_desktop.store import backup
from charte_desktop.store.database import Database
from charte_desktop.store.provider_import import carry_out, known_providers
from charte_desktop.store.provider_register import ProviderRegister

ROWS = 10_000
_HEADER = (
    "Raison sociale", "SIREN", "Responsable légal", "Adresse", "Code postal", "Commune", "E-mail", "Téléphone",
    "Code APE", "Nombre d'employés", "Services & prestations proposés", "Charte signée le",
)  # fmt: skip


def write_list(path: Path, seed: int, rows: int = ROWS) -> Path:
    """An Excel list as an office keeps it: numbers as text, services in one cell as a form writes them, real dates."""
    random = Random(seed)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Prestataires")
    sheet.append(_HEADER)
    services = reference.services()
    for siren in sirens(random, rows):
        provider = a_provider(random, siren, None)
        sheet.append([
            provider.legal_name, f"{siren[:3]} {siren[3:6]} {siren[6:]}", provider.legal_representative,
            provider.address, provider.postal_code, provider.city, provider.emails[0],
            "0" + provider.phones[0].removeprefix("+262"), provider.ape_code, random.randint(0, 60),
            ", ".join(services[one].label for one in provider.service_ids),
            date(2025, 1, 6) + timedelta(days=random.randrange(500)),
        ])  # fmt: skip
    book.save(path)
    return path


def measure() -> Promise:
    """Import a list never seen before into a fresh base each time; making list and base is not counted.

    Both sides of a run read the same list. Another list each time, since what was understood of one is remembered.
    """
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        empty = folder / "empty"
        Database.create(empty, demonstration=True, adviser="Mesure").close()
        lists = iter([write_list(folder / f"liste {seed}.xlsx", seed) for seed in range(RUNS + 1)])
        current: list[Path] = []

        def ours() -> float:
            current[:] = [next(lists)]
            return _import(current[0], empty)

        timings = in_turn(ours, lambda: seconds(lambda: _walk(current[0])))
    return promise(f"importing {ROWS:,} rows from xlsx, whole", timings, "s", must=1.0)


def _import(file: Path, empty: Path) -> float:
    fresh = empty.with_name("fresh")
    shutil.copytree(empty, fresh)
    database = Database.open(fresh)
    taken = seconds(lambda: _into(database, file))
    count = ProviderRegister(database).count()
    database.close()
    shutil.rmtree(fresh)
    if count != ROWS:
        raise AssertionError(f"{count} providers from {ROWS} rows")
    return taken


def _into(database: Database, file: Path) -> None:
    lists = provider_list.recognise(tables.read_workbook(file))
    plan = provider_import.plan(lists, known_providers(database), file.name, database.today())
    backup.automatic_backup(database, "import")
    carry_out(database, plan)


def _walk(file: Path) -> None:
    book = load_workbook(file, read_only=True)
    for sheet in book.worksheets:
        for _ in sheet.iter_rows(values_only=True):
            pass
    book.close()
