import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from charte_desktop import cli
from charte_desktop.store import keys
from charte_desktop.store.database import Database
from tests.clock import FixedClock
from tests.key_store import KeyStore

PASSPHRASE = "filaos et vétiver"
"""The passphrase of the bases that tests make."""

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture(scope="session")
def base_as_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a base just made and closed, to copy from: making one takes longer than opening it."""
    folder = tmp_path_factory.mktemp("modele") / "base"
    adviser = "Conseillère Ouest"
    Database.create(folder, passphrase=PASSPHRASE, adviser=adviser, clock=FixedClock(), cost=keys.LOW).close()
    return folder


@pytest.fixture
def database(base_as_made: Path, tmp_path: Path, clock: FixedClock) -> Iterator[Database]:
    """An empty base of its own, with an adviser, on the fixed clock."""
    folder = tmp_path / "base"
    shutil.copytree(base_as_made, folder)
    database = Database.open(folder, passphrase=PASSPHRASE, clock=clock)
    yield database
    database.close()


@pytest.fixture
def system_key_store() -> Iterator[KeyStore]:
    """The operating system's key store, empty, that keyring uses during the test."""
    import keyring

    before = keyring.get_keyring()
    store = KeyStore()
    keyring.set_keyring(store)
    yield store
    keyring.set_keyring(before)


@pytest.fixture
def run(base_as_made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs one command on an empty base of its own; gives the exit code, what it printed and what it refused."""
    shutil.copytree(base_as_made, tmp_path / "base")
    monkeypatch.setenv("CHARTE_PASSPHRASE", PASSPHRASE)

    def run(*arguments: object) -> tuple[int, str, str]:
        try:
            code = cli.main(["--data-dir", str(tmp_path / "base"), *map(str, arguments)])
        except SystemExit as left:
            code = int(str(left.code))
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run
