import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from charte_desktop.errors import UserError
from charte_desktop.model.company import Company, new_company
from charte_desktop.model.setting import Setting
from charte_desktop.store import backup, keys
from charte_desktop.store.cipher import FILE_NAME, raw_connection
from charte_desktop.store.database import Database, PassphraseWanted
from charte_desktop.store.version import HEAD
from tests.clock import FixedClock
from tests.conftest import PASSPHRASE
from tests.key_store import KeyStore
from tests.ordinary_user import ordinary_user


def _companies(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(Company)) or 0


def _add(database: Database, name: str, notes: str = "") -> None:
    with database.transaction("Créer une fiche") as session:
        session.add(new_company(legal_name=name, notes=notes))


def _add_many(database: Database) -> None:
    with database.transaction("Créer beaucoup de fiches") as session:
        session.add_all([new_company(legal_name="n" * 5000) for _ in range(100)])


def _another_program(folder: Path, *lines: str) -> "subprocess.Popen[str]":
    """A second process that opens the base of `folder`, runs `lines`, says so and waits to be killed."""
    program = [
        "import sys",
        "from pathlib import Path",
        "from charte_desktop.store.database import Database",
        "from charte_desktop.model.company import new_company",
        f"database = Database.open(Path({str(folder)!r}), passphrase={PASSPHRASE!r})",
        *lines,
        "print('prêt', flush=True)",
        "sys.stdin.read()",
    ]
    root = Path(__file__).parents[2]
    return subprocess.Popen(
        [sys.executable, "-c", "\n".join(program)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root, env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip


@contextmanager
def _killed_in_the_end(process: "subprocess.Popen[str]") -> Iterator[None]:
    with process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "prêt\n"
            yield
        finally:
            process.kill()


@contextmanager
def _files_no_larger_than(size: int) -> Iterator[None]:
    """The system refuses every write past `size` bytes of a file."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


# Making, opening


def test_a_new_base_knows_its_adviser_its_laptop_and_its_day(tmp_path: Path, clock: FixedClock) -> None:
    database = Database.create(tmp_path / "é (1)", passphrase=PASSPHRASE, adviser="Zoé", clock=clock, cost=keys.LOW)
    assert (database.adviser, database.today(), database.is_demonstration) == ("Zoé", date(2026, 10, 20), False)
    assert len(database.device) == 3
    assert not set(database.device) & set("01IO")
    database.close()
    again = Database.open(tmp_path / "é (1)", passphrase=PASSPHRASE)
    assert (again.adviser, again.device) == ("Zoé", database.device)
    again.close()


def test_the_day_is_the_islands_even_at_night(database: Database, clock: FixedClock) -> None:
    clock.advance(hours=14)  # 23:30
    assert database.today() == date(2026, 10, 20)
    clock.advance(hours=1)
    assert database.today() == date(2026, 10, 21)


def test_nothing_in_the_files_can_be_read_without_the_key(database: Database) -> None:
    _add(database, "Boulangerie des Témoins", notes="mot-témoin " * 200)
    readable = [b"Boulangerie", "Témoins".encode(), b"mot-t", b"CREATE TABLE", b"provider", "Conseillère".encode()]
    while_open = {file.name: file.read_bytes() for file in database.folder.iterdir()}
    assert "charte.db-wal" in while_open
    database.close()
    closed = {file.name: file.read_bytes() for file in database.folder.iterdir()}
    for content in [*while_open.values(), *closed.values()]:
        assert not any(text in content for text in readable)
    assert not closed[FILE_NAME].startswith(b"SQLite format 3")


def test_every_connection_is_durable_and_holds_to_its_references(database: Database) -> None:
    with database.transaction("Regarder") as session:
        pragmas = {
            name: session.connection().exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_a_demonstration_base_opens_without_passphrase_and_says_what_it_is(tmp_path: Path) -> None:
    Database.create(tmp_path / "base", demonstration=True).close()
    assert Database.is_demonstration_folder(tmp_path / "base")
    database = Database.open(tmp_path / "base")
    assert database.is_demonstration
    database.close()


def test_an_empty_folder_holds_no_base(tmp_path: Path) -> None:
    assert not Database.exists(tmp_path)
    assert not Database.exists(tmp_path / "nulle part")
    assert not Database.is_demonstration_folder(tmp_path)
    for folder in (tmp_path, tmp_path / "nulle part"):
        with pytest.raises(UserError, match="Il n'y a pas de base"):
            Database.open(folder, passphrase=PASSPHRASE)
    assert list(tmp_path.iterdir()) == []


def test_a_base_is_not_made_over_another(database: Database) -> None:
    with pytest.raises(UserError, match="Il y a déjà une base"):
        Database.create(database.folder, passphrase=PASSPHRASE)


def test_an_interrupted_making_is_begun_again(base_as_made: Path, tmp_path: Path) -> None:
    (tmp_path / "charte.db.nouveau").write_bytes((base_as_made / FILE_NAME).read_bytes()[:8192])
    (tmp_path / "charte.cle").write_bytes((base_as_made / "charte.cle").read_bytes())
    assert not Database.exists(tmp_path)
    Database.create(tmp_path, passphrase="une autre phrase", cost=keys.LOW).close()
    Database.open(tmp_path, passphrase="une autre phrase").close()


@pytest.mark.parametrize("remembered", [None, "une ancienne phrase"])
def test_a_base_whose_passphrase_is_neither_given_nor_rightly_remembered_asks_for_it(
    database: Database, system_key_store: KeyStore, remembered: str | None
) -> None:
    database.close()
    if remembered is not None:
        keys.remember(database.folder, remembered)
    with pytest.raises(PassphraseWanted, match="demande une phrase de passe"):
        Database.open(database.folder)


def test_a_remembered_passphrase_opens_the_base(database: Database, system_key_store: KeyStore) -> None:
    database.close()
    keys.remember(database.folder, PASSPHRASE)
    Database.open(database.folder).close()


# Whole actions


def test_an_action_is_kept_whole_or_not_at_all(database: Database) -> None:
    def begin_and_fail() -> None:
        with database.transaction("Créer deux fiches") as session:
            session.add(new_company(legal_name="Une"))
            session.flush()
            session.add(new_company(legal_name=str(1 // 0)))

    with pytest.raises(ZeroDivisionError):
        begin_and_fail()
    assert _companies(database) == 0
    _add(database, "Deux")
    assert _companies(database) == 1


def test_records_come_out_detached_and_readable(database: Database) -> None:
    with database.transaction("Créer une fiche") as session:
        made = new_company(legal_name="Une")
        session.add(made)
    assert made.legal_name == "Une"
    with database.reading() as session:
        read = session.scalars(select(Company)).one()
    assert read.legal_name == "Une"
    assert read is not made


def test_nothing_is_written_while_reading(database: Database) -> None:
    with database.reading() as session:
        session.add(Setting(name="x", value="y"))
        with pytest.raises(RuntimeError, match="without an action"):
            session.flush()
    with pytest.raises(Exception, match="readonly"), database.reading() as session:
        session.connection().exec_driver_sql("DELETE FROM setting")
    assert database.adviser == "Conseillère Ouest"


def test_a_broken_reference_is_our_fault_and_no_sentence(database: Database) -> None:
    with pytest.raises(IntegrityError), database.transaction("Casser") as session:
        session.connection().exec_driver_sql(
            "INSERT INTO hand_over VALUES ('a', 'no sheet', '2026-10-20', 'x', 'y', 'z')"
        )


def test_a_setting_is_kept_and_journaled(database: Database) -> None:
    assert database.setting("validité") == ""
    assert database.setting("validité", "toujours") == "toujours"
    database.set_setting("validité", "36", "Changer la durée de la charte")
    database.set_setting("validité", "24", "Changer la durée de la charte")
    database.adviser = "Conseiller Sud"
    assert (database.setting("validité"), database.adviser) == ("24", "Conseiller Sud")
    with database.reading() as session:
        labels = session.connection().exec_driver_sql("SELECT label FROM journal_action ORDER BY clock").scalars().all()
    assert labels == ["Créer la base", *["Changer la durée de la charte"] * 2, "Changer de conseiller"]


def test_a_transaction_that_changes_a_setting_by_hand_is_seen(database: Database) -> None:
    assert database.adviser == "Conseillère Ouest"
    with database.transaction("Changer") as session:
        session.get_one(Setting, "adviser").value = "Conseiller Sud"
    assert database.adviser == "Conseiller Sud"


def test_four_threads_write_in_turn_while_a_fifth_reads_and_backs_up(database: Database) -> None:
    def write(worker: int) -> None:
        for number in range(25):
            _add(database, f"Entreprise {worker}-{number}")

    with ThreadPoolExecutor(5) as pool:
        begun: list[Future[Any]] = [pool.submit(write, worker) for worker in range(4)]
        begun += [pool.submit(backup.back_up, database) for _ in range(3)]
        for one in begun:
            one.result()
    assert _companies(database) == 100
    assert backup.check(database) == []
    with database.reading() as session:
        clocks = session.connection().exec_driver_sql("SELECT clock FROM journal_action ORDER BY clock").scalars().all()
    assert clocks == list(range(1, 102))


def test_a_program_killed_in_the_middle_of_an_action_leaves_nothing_of_it(database: Database) -> None:
    database.close()
    lines = (
        "session = database.transaction('Tout').__enter__()",
        "session.add_all([new_company(legal_name='n' * 5000) for _ in range(2000)])",
        "session.flush()",
    )
    with _killed_in_the_end(_another_program(database.folder, *lines)):
        pass
    again = Database.open(database.folder, passphrase=PASSPHRASE)
    assert _companies(again) == 0
    _add(again, "Après")
    again.close()


# What the world does


def test_a_wrong_passphrase_gets_a_sentence_and_the_right_one_still_opens(database: Database) -> None:
    database.close()
    with pytest.raises(UserError, match="phrase de passe n'est pas la bonne"):
        Database.open(database.folder, passphrase="pas celle-là")
    Database.open(database.folder, passphrase=PASSPHRASE).close()


def test_a_wrong_key_writes_nothing_on_standard_error(database: Database, capfd: pytest.CaptureFixture[str]) -> None:
    database.close()
    with pytest.raises(Exception, match="file is not a database"):
        raw_connection(database.path, bytes(32)).execute("SELECT count(*) FROM sqlite_master")
    assert capfd.readouterr().err == ""


def test_a_missing_key_file_gets_a_sentence(database: Database) -> None:
    database.close()
    (database.folder / keys.FILE_NAME).unlink()
    with pytest.raises(UserError, match=r"« charte\.cle » manque"):
        Database.open(database.folder, passphrase=PASSPHRASE)
    with pytest.raises(UserError, match="Il y a déjà une base"):
        Database.create(database.folder, passphrase=PASSPHRASE)


def test_the_key_file_of_another_base_gets_a_sentence(database: Database, tmp_path: Path) -> None:
    database.close()
    Database.create(tmp_path / "autre", passphrase=PASSPHRASE, cost=keys.LOW).close()
    (tmp_path / "autre" / keys.FILE_NAME).replace(database.folder / keys.FILE_NAME)
    with pytest.raises(UserError, match="ne s'ouvre pas avec cette clé"):
        Database.open(database.folder, passphrase=PASSPHRASE)


@pytest.mark.parametrize("left", [0, 1, 100, 4096, 5000, 40960, -4096, -1])
def test_a_shortened_file_is_refused_and_not_touched(database: Database, left: int) -> None:
    database.close()
    shortened = database.path.read_bytes()[:left]
    database.path.write_bytes(shortened)
    with pytest.raises(UserError, match="estaurez la dernière sauvegarde"):
        Database.open(database.folder, passphrase=PASSPHRASE)
    assert database.path.read_bytes() == shortened


@pytest.mark.parametrize("position", [0, 20, 2000, 4095])
def test_a_damaged_first_page_is_refused(database: Database, position: int) -> None:
    database.close()
    content = bytearray(database.path.read_bytes())
    content[position] ^= 1
    database.path.write_bytes(content)
    with pytest.raises(UserError, match="Restaurez la dernière sauvegarde"):
        Database.open(database.folder, passphrase=PASSPHRASE)
    assert database.path.read_bytes() == content


def test_a_damaged_page_gets_its_sentence_when_it_is_read(database: Database) -> None:
    for number in range(120):
        _add(database, f"Entreprise {number}", notes="n" * 2000)
    database.close()
    content = bytearray(database.path.read_bytes())
    for page in range(len(content) // 4096 - 40, len(content) // 4096):
        content[page * 4096 + 100] ^= 0xFF
    database.path.write_bytes(content)
    again = Database.open(database.folder, passphrase=PASSPHRASE)
    with pytest.raises(UserError, match="endommagée"), again.reading() as session:
        session.scalars(select(Company)).all()
    again.close()


def test_a_plain_sqlite_file_is_refused(database: Database) -> None:
    import sqlite3

    database.close()
    database.path.unlink()
    connection = sqlite3.connect(database.path)
    connection.execute("CREATE TABLE alembic_version (version_num)")
    connection.close()
    with pytest.raises(UserError, match="ne s'ouvre pas avec cette clé"):
        Database.open(database.folder, passphrase=PASSPHRASE)


def test_an_encrypted_file_of_another_program_is_refused(database: Database) -> None:
    database.close()
    database.path.unlink()
    connection = raw_connection(database.path, database.key)
    connection.execute("CREATE TABLE other (a)")
    connection.close()
    with pytest.raises(UserError, match="n'est pas une base de ce programme"):
        Database.open(database.folder, passphrase=PASSPHRASE)


@pytest.mark.parametrize("version", [f"{int(HEAD) + 1:04}", "9999", "ab12cd"])
def test_a_base_of_a_newer_version_is_refused_and_not_touched(database: Database, version: str) -> None:
    database.close()
    connection = raw_connection(database.path, database.key)
    connection.execute("UPDATE alembic_version SET version_num = ?", (version,))
    connection.close()
    before = database.path.read_bytes()
    with pytest.raises(UserError, match="version plus récente"):
        Database.open(database.folder, passphrase=PASSPHRASE)
    assert database.path.read_bytes() == before


def test_a_full_disk_takes_nothing_away(database: Database) -> None:
    _add(database, "Avant")
    with database.transaction("Limiter") as session:
        pages = session.connection().exec_driver_sql("PRAGMA page_count").scalar()
        session.connection().exec_driver_sql(f"PRAGMA max_page_count={pages}")
    with pytest.raises(UserError, match="Le disque est plein : rien n'a été enregistré"):
        _add_many(database)
    assert _companies(database) == 1
    with database.transaction("Libérer") as session:
        session.connection().exec_driver_sql("PRAGMA max_page_count=1000000")
    _add(database, "Après", notes="n" * 3000)
    assert _companies(database) == 2


def test_a_write_that_the_system_refuses_takes_nothing_away(database: Database) -> None:
    _add(database, "Avant")
    limit = database.path.with_name(FILE_NAME + "-wal").stat().st_size + 10_000
    with _files_no_larger_than(limit), pytest.raises(UserError, match="rien n'a été enregistré"):
        _add_many(database)
    assert _companies(database) == 1
    _add(database, "Après")
    database.close()
    again = Database.open(database.folder, passphrase=PASSPHRASE)
    assert _companies(again) == 2
    again.close()


def test_a_base_is_not_half_made_on_a_full_disk(tmp_path: Path) -> None:
    with _files_no_larger_than(20_000), pytest.raises(UserError, match="rien n'a été enregistré"):
        Database.create(tmp_path / "base", demonstration=True)
    assert not Database.exists(tmp_path / "base")
    Database.create(tmp_path / "base", demonstration=True).close()


def test_a_read_only_file_is_refused_when_it_is_opened() -> None:
    with ordinary_user() as folder:
        Database.create(folder / "base", demonstration=True).close()
        (folder / "base" / FILE_NAME).chmod(0o400)
        with pytest.raises(UserError, match="en lecture seule"):
            Database.open(folder / "base")
        (folder / "base" / FILE_NAME).chmod(0o600)
        Database.open(folder / "base").close()


def test_a_read_only_folder_is_refused() -> None:
    with ordinary_user() as folder:
        Database.create(folder / "base", demonstration=True).close()
        (folder / "base" / "charte.verrou").unlink()
        for base in (folder / "base", folder / "autre"):
            base.mkdir(exist_ok=True)
            base.chmod(0o500)
        with pytest.raises(UserError, match="pas le droit d'écrire"):
            Database.open(folder / "base")
        with pytest.raises(UserError, match="pas le droit d'écrire"):
            Database.create(folder / "autre", demonstration=True)
        for base in (folder / "base", folder / "autre"):
            base.chmod(0o700)


def test_a_folder_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "fichier").write_bytes(b"")
    for name in ("fichier", "fichier/base", "x" * 300):
        for attempt in (Database.open, partial(Database.create, demonstration=True)):
            with pytest.raises(UserError, match=r"Choisissez un autre dossier|Il n'y a pas de base"):
                attempt(tmp_path / name)
    assert [one.name for one in tmp_path.iterdir()] == ["fichier"]


def test_a_folder_closed_to_the_user_is_refused() -> None:
    with ordinary_user() as folder:
        Database.create(folder / "base", demonstration=True).close()
        (folder / "base").chmod(0o000)
        for attempt in (Database.exists, Database.open, Database.is_demonstration_folder):
            with pytest.raises(UserError, match="pas le droit"):
                attempt(folder / "base")
        (folder / "base").chmod(0o700)


def test_a_fault_of_ours_elsewhere_gets_no_sentence(database: Database, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), database.reading():
        (tmp_path / "police.ttf").read_bytes()


def test_a_second_program_is_sent_to_the_first(database: Database) -> None:
    database.close()
    refused = pytest.raises(UserError, match="déjà ouverte dans une autre fenêtre")
    with _killed_in_the_end(_another_program(database.folder)), refused:
        Database.open(database.folder, passphrase=PASSPHRASE)


def test_the_lock_of_a_killed_program_stops_nobody(database: Database) -> None:
    database.close()
    process = _another_program(database.folder)
    with _killed_in_the_end(process):
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert (database.folder / "charte.verrou").exists()
        Database.open(database.folder, passphrase=PASSPHRASE).close()


def test_a_base_opens_only_once_in_one_program_and_again_after_a_refusal(database: Database) -> None:
    with pytest.raises(UserError, match="déjà ouverte"):
        Database.open(database.folder, passphrase=PASSPHRASE)
    database.close()
    with pytest.raises(UserError):
        Database.open(database.folder, passphrase="pas celle-là")
    Database.open(database.folder, passphrase=PASSPHRASE).close()


def test_opening_an_up_to_date_base_loads_neither_alembic_nor_keyring(database: Database) -> None:
    database.close()
    told = (
        "heavy = ['alembic', 'keyring', 'mako', 'PySide6']",
        "assert not [name for name in heavy if name in sys.modules], [n for n in heavy if n in sys.modules]",
    )
    with _killed_in_the_end(_another_program(database.folder, *told)):
        pass


def test_importing_the_database_does_not_load_cryptography() -> None:
    program = (
        "import sys, charte_desktop.store.database; assert not {'cryptography', 'alembic', 'keyring'} & {*sys.modules}"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=Path(__file__).parents[2])
