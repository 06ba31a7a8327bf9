"""The base of one laptop: opened, changed by whole actions, read, closed."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from charte_desktop.errors import UserError
from charte_desktop.model.setting import Setting
from charte_desktop.store import keys, schema
from charte_desktop.store.engine import WRITES, encrypted_engine
from charte_desktop.store.faults import sentences

FILE_NAME = "charte.db"
REUNION = timezone(timedelta(hours=4), "Indian/Reunion")
"""The island's time, the same all year."""

Clock = Callable[[], datetime]

_DEVICE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""No 0, 1, I, O: a code is read aloud and copied by hand."""


def now() -> datetime:
    """This moment, on the island."""
    return datetime.now(REUNION)


class Database:
    """An open base. Everything that is kept goes through `transaction`, everything that is shown through `reading`."""

    def __init__(self, folder: Path, engine: Engine, key: bytes, clock: Clock) -> None:
        """Use `Database.create` or `Database.open`."""
        self.folder = folder
        self.path = folder / FILE_NAME
        self.key = key
        """The base's key, for backups: it never leaves the process."""
        self.clock = clock
        self.is_demonstration = keys.is_demonstration(folder)
        self._engine = engine
        self._writing = engine.execution_options(**{WRITES: True})
        self._settings: dict[str, str] = {}

    @classmethod
    def create(
        cls,
        folder: Path,
        *,
        passphrase: str | None = None,
        adviser: str = "",
        demonstration: bool = False,
        clock: Clock = now,
        cost: keys.Cost | None = None,
    ) -> "Database":
        """Make a new base in `folder` and open it; a demonstration base needs no passphrase.

        `cost` is the price of deriving the key (tests choose a low one).
        """
        folder = folder.resolve()
        path = folder / FILE_NAME
        with sentences(path):
            folder.mkdir(parents=True, exist_ok=True)
            if cls.exists(folder):
                raise UserError(f"Il y a déjà une base dans « {folder} ». Ouvrez-la, ou choisissez un autre dossier.")
            key = keys.create(folder, passphrase, demonstration=demonstration, cost=cost)
            engine = encrypted_engine(path, key)
            database = cls(folder, engine, key, clock)
            with database._writing.begin() as connection:
                schema.create(connection)
        device = "".join(secrets.choice(_DEVICE_LETTERS) for _ in range(3))
        with database.transaction("Créer la base") as session:
            session.add_all([Setting(name="device", value=device), Setting(name="adviser", value=adviser)])
        return database

    @classmethod
    def open(cls, folder: Path, *, passphrase: str | None = None, clock: Clock = now) -> "Database":
        """Open the base of `folder`. Without a passphrase: a demonstration base, or one the system's key store knows."""
        folder = folder.resolve()
        path = folder / FILE_NAME
        with sentences(path):
            if not path.exists():
                raise UserError(f"Il n'y a pas de base dans « {folder} ». Vérifiez le dossier, ou créez une base.")
            if passphrase is None and keys.is_demonstration(folder):
                passphrase = keys.DEMONSTRATION_PASSPHRASE
            if passphrase is None:
                raise UserError(
                    "Cette base demande une phrase de passe. Donnez-la dans la fenêtre, par « --passphrase-file » ou par "
                    "la variable CHARTE_PASSPHRASE."
                )
            key = keys.unlock(folder, passphrase)
            engine = encrypted_engine(path, key)
        return cls(folder, engine, key, clock)

    @staticmethod
    def exists(folder: Path) -> bool:
        """True when `folder` holds a base."""
        return (folder / FILE_NAME).exists()

    @staticmethod
    def is_demonstration_folder(folder: Path) -> bool:
        """True when `folder` holds a demonstration base: invented data, no passphrase."""
        return keys.is_demonstration(folder)

    @contextmanager
    def transaction(self, label: str) -> Iterator[Session]:
        """One action of the journal, named `label` as the user would say it: all of it is kept, or nothing.

        Records come out detached and loaded.
        """
        with (
            sentences(self.path),
            Session(self._writing, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Read one coherent state of the base; nothing can be written. Records come out detached."""
        with (
            sentences(self.path, reading=True),
            Session(self._engine, expire_on_commit=False, autoflush=False) as session,
        ):
            yield session

    def setting(self, name: str, default: str = "") -> str:
        """The value kept under `name` in the base."""
        with self.reading() as session:
            kept = session.get(Setting, name)
            return default if kept is None else kept.value

    def set_setting(self, name: str, value: str, label: str = "Changer un réglage") -> None:
        """Keep `value` under `name`, as an action of the journal."""
        with self.transaction(label) as session:
            kept = session.get(Setting, name)
            if kept is None:
                session.add(Setting(name=name, value=value))
            else:
                kept.value = value

    @property
    def device(self) -> str:
        """The short code of this laptop, part of the numbers it gives."""
        return self.setting("device")

    @property
    def adviser(self) -> str:
        """Who works on this laptop; written in the journal and on the sheets."""
        return self.setting("adviser")

    @adviser.setter
    def adviser(self, name: str) -> None:
        self.set_setting("adviser", name, "Changer de conseiller")

    def today(self) -> date:
        """The day it is on the island."""
        return self.clock().astimezone(REUNION).date()

    def close(self) -> None:
        """Close every connection; what was committed is in the base file."""
        self._engine.dispose()
