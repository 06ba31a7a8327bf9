import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from charte_desktop.errors import UserError
from charte_desktop.model.company import Company, new_company
from charte_desktop.model.provider import new_provider
from charte_desktop.store import backup, keys
from charte_desktop.store.cipher import FILE_NAME, raw_connection
from charte_desktop.store.company_records import CompanyRecords
from charte_desktop.store.database import Database
from charte_desktop.store.provider_register import ProviderRegister
from charte_desktop.store.version import HEAD
from tests.clock import FixedClock
from tests.conftest import PASSPHRASE
from tests.ordinary_user import ordinary_user


def _add(database: Database, name: str) -> None:
    CompanyRecords(database).add(new_company(legal_name=name))


def _names(database: Database) -> list[str]:
    with database.reading() as session:
        return sorted(session.scalars(select(Company.legal_name)))


def _refused_past(size: int, act: Callable[[], object]) -> None:
    """`act` is refused in a sentence while the system refuses every write past `size` bytes of a file."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        with pytest.raises(UserError, match="rien n'a été enregistré"):
            act()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


# Making


def test_a_backup_holds_everything_up_to_now_without_closing_the_base(database: Database, tmp_path: Path) -> None:
    _add(database, "Une")
    with database.reading() as session:
        session.scalars(select(Company)).all()
        made = backup.back_up(database, tmp_path / "copie.zip")
    _add(database, "Deux")
    assert made == tmp_path / "copie.zip"
    backup.restore(tmp_path / "ailleurs", made, PASSPHRASE)
    restored = Database.open(tmp_path / "ailleurs", passphrase=PASSPHRASE)
    assert _names(restored) == ["Une"]
    assert backup.check(restored) == []
    restored.close()
    assert _names(database) == ["Deux", "Une"]


def test_a_backup_is_one_file_that_nobody_reads_without_the_passphrase(database: Database, tmp_path: Path) -> None:
    _add(database, "Boulangerie des Témoins")
    made = backup.back_up(database, tmp_path / "sous" / "dossier" / "copie.zip")
    assert [file.name for file in made.parent.iterdir()] == ["copie.zip"]
    content = made.read_bytes()
    for text in ("Boulangerie", "Témoins", "Conseillère", "CREATE TABLE", "SQLite format"):
        assert text.encode() not in content
    with zipfile.ZipFile(made) as archive:
        assert archive.namelist() == ["sauvegarde.json", "charte.cle", "charte.db"]
        told = json.loads(archive.read("sauvegarde.json"))
    assert (told["made_at"], told["reason"], told["schema"]) == ("2026-10-20T09:30:00+04:00", "demande", HEAD)


def test_without_a_place_a_backup_goes_beside_the_base_under_its_date(database: Database) -> None:
    first, second = backup.back_up(database), backup.back_up(database)
    folder = database.folder / "sauvegardes"
    assert (first, second) == (folder / "charte-2026-10-20-093000.zip", folder / "charte-2026-10-20-093000-2.zip")


def test_a_backup_may_be_given_a_folder(database: Database, tmp_path: Path) -> None:
    (tmp_path / "clé usb").mkdir()
    assert backup.back_up(database, tmp_path / "clé usb").parent == tmp_path / "clé usb"


def test_a_backup_replaces_a_backup_but_no_other_file(database: Database, tmp_path: Path) -> None:
    target = tmp_path / "copie.zip"
    backup.back_up(database, target)
    _add(database, "Une")
    backup.back_up(database, target)
    for precious in (database.path, database.folder / keys.FILE_NAME, Path(__file__)):
        before = precious.read_bytes()
        with pytest.raises(UserError, match="n'est pas une sauvegarde"):
            backup.back_up(database, precious)
        assert precious.read_bytes() == before


def test_a_damaged_base_is_not_backed_up_as_if_it_were_whole(database: Database) -> None:
    for number in range(60):
        _add(database, f"Entreprise {number}")
    database.close()
    content = bytearray(database.path.read_bytes())
    content[len(content) - 2000] ^= 0xFF
    database.path.write_bytes(content)
    again = Database.open(database.folder, passphrase=PASSPHRASE)
    with pytest.raises(UserError, match="endommagée"):
        backup.back_up(again)
    assert list((again.folder / "sauvegardes").iterdir()) == []
    assert len(backup.check(again)) == 1
    again.close()


def test_a_backup_on_a_full_disk_leaves_nothing_and_the_last_one_stays(database: Database, tmp_path: Path) -> None:
    target = tmp_path / "copie.zip"
    backup.back_up(database, target)
    before = target.read_bytes()
    _refused_past(50_000, lambda: backup.back_up(database, target))
    assert target.read_bytes() == before
    # The copy of the base fits, the file around it does not.
    _refused_past(database.path.stat().st_size + 100, lambda: backup.back_up(database, target))
    assert target.read_bytes() == before
    assert sorted(file.name for file in tmp_path.iterdir()) == ["base", "copie.zip"]


# By itself


def test_nothing_changed_means_no_new_backup(database: Database, clock: FixedClock) -> None:
    first = backup.automatic_backup(database, "fermeture")
    assert first is not None
    clock.advance(hours=1)
    assert backup.automatic_backup(database, "fermeture") is None
    assert backup.automatic_backup(database, "import") is None
    _add(database, "Une")
    second = backup.automatic_backup(database, "import")
    assert second is not None
    assert second != first


def test_a_damaged_last_backup_counts_for_nothing(database: Database, clock: FixedClock) -> None:
    first = backup.automatic_backup(database, "fermeture")
    assert first is not None
    first.write_bytes(first.read_bytes()[:1000])
    clock.advance(hours=1)
    assert backup.automatic_backup(database, "fermeture") is not None


def test_what_an_interrupted_backup_left_is_cleared(database: Database) -> None:
    folder = database.folder / "sauvegardes"
    folder.mkdir()
    (folder / ".charte-2026-10-19-180000.zip.partiel").write_bytes(b"half")
    backup.automatic_backup(database, "fermeture")
    assert [file.suffix for file in folder.iterdir()] == [".zip"]


def test_old_backups_are_thinned_out_and_other_files_stay(database: Database, clock: FixedClock) -> None:
    folder = database.folder / "sauvegardes"
    folder.mkdir()
    (folder / "lisez-moi.txt").touch()
    (folder / "charte-2026-99-99-999999.zip").touch()
    for days in range(800):
        (folder / f"charte-{clock() - timedelta(days):%Y-%m-%d}-180000.zip").touch()
    clock.advance(hours=10)
    made = backup.automatic_backup(database, "fermeture")
    assert made is not None
    left = {file.name for file in folder.iterdir()}
    assert {"lisez-moi.txt", "charte-2026-99-99-999999.zip", made.name, "charte-2026-10-14-180000.zip"} <= left
    assert "charte-2026-10-13-180000.zip" not in left
    assert {"charte-2026-10-11-180000.zip", "charte-2026-09-06-180000.zip", "charte-2025-11-30-180000.zip"} <= left
    assert "charte-2025-10-31-180000.zip" not in left
    assert len(left) - 2 <= 7 + 8 + 12 + 1


moments = st.lists(
    st.datetimes(datetime.fromisoformat("2024-01-01"), datetime.fromisoformat("2027-12-31")), max_size=80
)


@given(moments)
def test_the_backups_worth_keeping(made: list[datetime]) -> None:
    worth = backup.kept(made)
    assert worth <= set(made)
    if not made:
        return
    newest = max(made)
    today = {moment for moment in made if moment.date() == newest.date()}
    assert today <= worth
    assert len(worth - today) <= 7 + 8 + 12
    days = sorted({moment.date() for moment in made}, reverse=True)
    for day in days[:7]:
        assert max(moment for moment in made if moment.date() == day) in worth
    weeks = sorted({day - timedelta(day.weekday()) for day in days}, reverse=True)
    for monday in weeks[:8]:
        last = max(moment for moment in made if monday <= moment.date() < monday + timedelta(7))
        assert last in worth
    for year, month in sorted({(day.year, day.month) for day in days}, reverse=True)[:12]:
        assert max(moment for moment in made if (moment.year, moment.month) == (year, month)) in worth


@given(moments)
def test_thinning_out_twice_drops_nothing_more(made: list[datetime]) -> None:
    assert backup.kept(backup.kept(made)) == backup.kept(made)


# Putting back


def test_a_restored_base_takes_the_place_of_the_present_one_which_is_kept(
    database: Database, clock: FixedClock
) -> None:
    _add(database, "Une")
    made = backup.back_up(database)
    _add(database, "Deux")
    device = database.device
    database.close()
    aside = backup.restore(database.folder, made, PASSPHRASE, clock=clock)
    restored = Database.open(database.folder, passphrase=PASSPHRASE)
    assert _names(restored) == ["Une"]
    assert restored.device != device
    with restored.reading() as session:
        last = session.connection().exec_driver_sql("SELECT label FROM journal_action ORDER BY clock DESC").scalar()
    assert last == "Restaurer la sauvegarde du 20/10/2026 à 09:30"
    restored.close()
    assert aside == database.folder / "base-remplacee-2026-10-20-093000"
    former = Database.open(aside, passphrase=PASSPHRASE)
    assert (_names(former), former.device) == (["Deux", "Une"], device)
    former.close()
    assert sorted(file.name for file in database.folder.iterdir()) == [
        "base-remplacee-2026-10-20-093000", "charte.cle", "charte.db", "charte.verrou", "sauvegardes",
    ]  # fmt: skip


def test_a_backup_opens_with_the_passphrase_of_its_day(database: Database, tmp_path: Path) -> None:
    made = backup.back_up(database, tmp_path / "copie.zip")
    database.close()
    keys.change_passphrase(database.folder, PASSPHRASE, "une autre phrase", cost=keys.LOW)
    with pytest.raises(UserError, match="celle du jour où elle a été faite"):
        backup.restore(database.folder, made, "une autre phrase")
    backup.restore(database.folder, made, PASSPHRASE)
    Database.open(database.folder, passphrase=PASSPHRASE).close()


def test_a_demonstration_is_restored_without_passphrase(tmp_path: Path) -> None:
    database = Database.create(tmp_path / "base", demonstration=True)
    made = backup.back_up(database, tmp_path / "copie.zip")
    database.close()
    assert backup.restore(tmp_path / "neuf", made) is None
    restored = Database.open(tmp_path / "neuf")
    assert restored.is_demonstration
    restored.close()


def test_a_restoration_refused_changes_nothing(database: Database, tmp_path: Path) -> None:
    _add(database, "Une")
    sound = backup.back_up(database, tmp_path / "copie.zip").read_bytes()
    database.close()
    before = {file.name: file.read_bytes() for file in database.folder.iterdir()}
    newer = tmp_path / "plus récente.zip"
    with zipfile.ZipFile(tmp_path / "copie.zip") as source, zipfile.ZipFile(newer, "w") as target:
        told = {**json.loads(source.read("sauvegarde.json")), "schema": "0099"}
        target.writestr("sauvegarde.json", json.dumps(told))
    cases: list[tuple[bytes, str]] = [
        (b"", "n'est pas une sauvegarde"),
        (b"pas une archive", "n'est pas une sauvegarde"),
        (database.path.read_bytes(), "n'est pas une sauvegarde"),
        (sound[:-1000], "n'est pas une sauvegarde"),
        (sound[: len(sound) // 2] + b"\x00" * 100 + sound[len(sound) // 2 + 100 :], "est endommagée"),
        (newer.read_bytes(), "version plus récente"),
    ]
    for content, sentence in cases:
        (tmp_path / "essai.zip").write_bytes(content)
        with pytest.raises(UserError, match=sentence):
            backup.restore(database.folder, tmp_path / "essai.zip", PASSPHRASE)
    with pytest.raises(UserError, match="n'existe pas"):
        backup.restore(database.folder, tmp_path / "nulle part.zip", PASSPHRASE)
    with pytest.raises(UserError, match="phrase de passe n'est pas la bonne"):
        backup.restore(database.folder, tmp_path / "copie.zip", "pas celle-là")
    _refused_past(100_000, lambda: backup.restore(database.folder, tmp_path / "copie.zip", PASSPHRASE))
    assert {file.name: file.read_bytes() for file in database.folder.iterdir()} == before


def test_every_flipped_byte_of_a_backup_is_noticed_or_means_nothing(database: Database, tmp_path: Path) -> None:
    sound = backup.back_up(database, tmp_path / "copie.zip").read_bytes()
    database.close()
    positions = [*range(0, 1200, 61), *range(1200, len(sound) - 400, 20_011), *range(len(sound) - 400, len(sound), 23)]
    for position in positions:
        damaged = bytearray(sound)
        damaged[position] ^= 0x41
        (tmp_path / "essai.zip").write_bytes(damaged)
        try:
            backup.restore(tmp_path / "neuf", tmp_path / "essai.zip", PASSPHRASE)
        except UserError:
            continue
        restored = Database.open(tmp_path / "neuf", passphrase=PASSPHRASE)
        assert backup.check(restored) == []
        restored.close()
        shutil.rmtree(tmp_path / "neuf")


def test_a_base_that_is_open_is_not_replaced(database: Database, tmp_path: Path) -> None:
    made = backup.back_up(database, tmp_path / "copie.zip")
    with pytest.raises(UserError, match="déjà ouverte"):
        backup.restore(database.folder, made, PASSPHRASE)


KILLED_AT_A_MOVE = """
import os, signal, sys
from pathlib import Path
from charte_desktop.store import backup
moves = 0
def on_event(event, arguments):
    global moves
    if event == "os.rename":
        moves += 1
        if moves == int(sys.argv[1]):
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(on_event)
backup.restore(Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4])
"""


@pytest.mark.parametrize("interrupted_by_a_crash_before", [False, True], ids=["closed", "with a write-ahead file"])
def test_a_restoration_killed_at_any_move_leaves_one_base_whole(
    database: Database, tmp_path: Path, interrupted_by_a_crash_before: bool
) -> None:
    _add(database, "Une")
    made = backup.back_up(database, tmp_path / "copie.zip")
    _add(database, "Deux")
    crashed = {file.name: file.read_bytes() for file in database.folder.iterdir()}
    database.close()
    found = []
    for move in range(1, 20):
        folder = tmp_path / f"essai {move}"
        shutil.copytree(database.folder, folder)
        if interrupted_by_a_crash_before:
            for name, content in crashed.items():
                (folder / name).write_bytes(content)
        arguments = [str(move), str(folder), str(made), PASSPHRASE]
        root = Path(__file__).parents[2]
        ended = subprocess.run([sys.executable, "-c", KILLED_AT_A_MOVE, *arguments], cwd=root, env=os.environ)
        assert Database.exists(folder)
        opened = Database.open(folder, passphrase=PASSPHRASE)
        assert backup.check(opened) == []
        found.append(_names(opened))
        opened.close()
        assert not list(folder.glob("restauration-prete-*"))
        aside = list(folder.glob("base-remplacee-*"))
        if found[-1] == ["Une"]:
            former = Database.open(aside[0], passphrase=PASSPHRASE)
            assert _names(former) == ["Deux", "Une"]
            former.close()
        if ended.returncode == 0:
            break
        assert ended.returncode == -signal.SIGKILL
    assert found[0] == ["Deux", "Une"]
    assert found[-1] == ["Une"]
    assert len(found) == (8 if interrupted_by_a_crash_before else 6)


# Checking


def test_a_sound_base_has_no_findings(database: Database) -> None:
    assert backup.check(database) == []
    provider = new_provider(legal_name="Œuvre numérique", siren="489487926")
    provider.offer(["S01", "S02"])
    register = ProviderRegister(database)
    register.add(provider)
    _add(database, "Une")
    changed = register.get(provider.id)
    changed.offer(["S02", "S03"])
    register.save(changed)
    assert backup.check(database) == []


@pytest.mark.parametrize(
    ("damage", "finding"),
    [
        ("DELETE FROM company", "existent plus"),
        ("INSERT INTO local_service VALUES ('x', 'à côté du journal', '')", "ne sont pas dans le journal"),
        ("UPDATE journal_line SET action_id = 'nulle part' WHERE table_name = 'company'", "n'existe pas"),
        ("UPDATE company SET notes = 'à côté du journal'", "ne sont pas comme le journal le dit"),
        ("UPDATE journal_line SET changes = replace(changes, 'Une', 'Deux')", "ne sont pas comme le journal le dit"),
        ("UPDATE search_document SET name = 'autre'", "sous un autre nom"),
        ("DELETE FROM search_document", "manquent dans la recherche"),
        ("DELETE FROM company_search", "manquent dans la recherche"),
        ("INSERT INTO company_search (rowid, name, rest) VALUES (999, 'a', 'b')", "n'existent plus"),
        ("DROP TABLE local_service", "La table « local_service » manque"),
        ("DROP TABLE provider_search", "La table « provider_search » manque"),
    ],
)
def test_each_disorder_of_a_base_is_found(database: Database, damage: str, finding: str) -> None:
    _add(database, "Une")
    connection = raw_connection(database.path, database.key)
    connection.execute(damage)
    connection.close()
    findings = backup.check(database)
    assert any(finding in one for one in findings), findings


def test_each_damaged_page_stops_a_backup_with_the_same_sentence(database: Database) -> None:
    for number in range(60):
        _add(database, f"Entreprise {number}")
    database.close()

    def open_and_back_up() -> None:
        with closing(Database.open(database.folder, passphrase=PASSPHRASE)) as again:
            backup.back_up(again)

    sound = database.path.read_bytes()
    for page in range(1, len(sound) // 4096):
        content = bytearray(sound)
        content[page * 4096 + 7] ^= 1
        database.path.write_bytes(content)
        with pytest.raises(UserError, match="est endommagée") as refused:
            open_and_back_up()
        assert "\n" not in str(refused.value), page
    assert list((database.folder / "sauvegardes").iterdir()) == []


def test_a_damaged_page_is_found(database: Database) -> None:
    database.close()
    content = bytearray(database.path.read_bytes())
    content[10 * 4096 + 7] ^= 1
    database.path.write_bytes(content)
    again = Database.open(database.folder, passphrase=PASSPHRASE)
    (finding,) = backup.check(again)
    assert "endommagée" in finding
    again.close()
    assert (again.folder / FILE_NAME).read_bytes() == content


@pytest.mark.parametrize("name", ["fichier/s.zip", "x" * 300 + ".zip", "/proc/s.zip"])
def test_a_place_that_is_none_is_refused_with_a_sentence(database: Database, tmp_path: Path, name: str) -> None:
    (tmp_path / "fichier").write_bytes(b"")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(UserError, match=r"autre dossier|Libérez de la place"):
        backup.back_up(database, tmp_path / name)
    assert sorted(tmp_path.iterdir()) == before


def test_a_folder_closed_to_the_user_is_named_as_what_it_is() -> None:
    with ordinary_user() as folder, closing(Database.create(folder / "base", demonstration=True)) as database:
        (folder / "clos").mkdir(mode=0o500)
        with pytest.raises(UserError, match=r"pas le droit d'écrire dans le dossier « .*clos »"):
            backup.back_up(database, folder / "clos" / "s.zip")
        (folder / "base" / "sauvegardes").mkdir(mode=0o000)
        with pytest.raises(UserError, match=r"pas le droit d'écrire dans le dossier « .*sauvegardes »"):
            backup.automatic_backup(database, "import")
        (folder / "base" / "sauvegardes").chmod(0o700)


def test_what_a_killed_backup_left_beside_the_file_is_cleared(database: Database, tmp_path: Path) -> None:
    for left in (".s.zip.partiel", ".s.zip.partiel-journal", ".s.zip.partiel.zip"):
        (tmp_path / left).write_bytes(b"reste")
    backup.back_up(database, tmp_path / "s.zip")
    assert [one.name for one in tmp_path.iterdir() if "partiel" in one.name] == []


def test_a_backup_that_may_not_be_read_is_refused_with_a_sentence() -> None:
    with ordinary_user() as folder:
        with closing(Database.create(folder / "base", demonstration=True)) as database:
            saved = backup.back_up(database, folder / "s.zip")
        saved.chmod(0o000)
        for file in (saved, folder / ("x" * 300)):
            with pytest.raises(UserError, match="ne se lit pas"):
                backup.restore(folder / "ailleurs", file)
        assert not (folder / "ailleurs").exists()
