"""The base of one laptop: opened, changed by whole actions, read, closed."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime, timedelta, timezone
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from charte_desktop.errors import UserError
from charte_desktop.store import folder as folders
from charte_desktop.store import keys, pending_restore, version
from charte_desktop.store.cipher import FILE_NAME, raw_connection
from charte_desktop.store.faults import sentences
from charte_desktop.store.instance_lock import InstanceLock
from charte_desktop.store.local_services import LocalServices
from charte_desktop.store.reader import Reader

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from charte_desktop.store.journal import JournalledSession

REUNION = timezone(timedelta(hours=4), "Indian/Reunion")
"""The island's time, the same all year."""

Clock = Callable[[], datetime]

_UNFINISHED = FILE_NAME + ".nouveau"
"""A base being made; it takes its name when it is whole."""
_DEVICE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""No 0, 1, I, O: a code is read aloud and copied by hand."""


def now() -> datetime:
    """This moment, on the island."""
    return datetime.now(REUNION)


def new_device() -> str:
    """A code for a laptop, three characters that are not mistaken for one another."""
    return "".join(secrets.choice(_DEVICE_LETTERS) for _ in range(3))


class PassphraseWanted(UserError):
    """The base has a passphrase that was neither given nor remembered."""


class Database:
    """An open base. What is kept goes through `transaction`; what is shown is read by `looking`, records by `reading`.

    SQLAlchemy is loaded with the first record: the window shows its lists before.
    """

    def __init__(self, folder: Path, key: bytes, clock: Clock, lock: InstanceLock) -> None:
        """Use `Database.create` or `Database.open`."""
        self.folder = folder
        self.path = folder / FILE_NAME
        self.key = key
        """The base's key, for its backups; it never leaves the process."""
        self.clock = clock
        self.is_demonstration = keys.is_demonstration(folder)
        self._lock = lock
        self._reader = Reader(self.path, key)
        self._settings: dict[str, str] | None = None
        with sentences(self.path):
            LocalServices(self).announce()

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

        `cost` is the price of deriving the key from the passphrase. Refuses a folder that holds a base already, and
        one where a base is not safe.
        """
        folder = folder.resolve()
        with sentences(folder / FILE_NAME):
            folders.refuse_unsafe(folder)
            if cls.exists(folder):
                raise UserError(f"Il y a déjà une base dans « {folder} ». Ouvrez-la, ou choisissez un autre dossier.")
            if not demonstration:
                keys.long_enough(passphrase)
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            folders.require_space(folder, folders.SPACE_TO_START, "pour une nouvelle base")
            lock = InstanceLock(folder)
            try:
                key = _make(folder, passphrase, adviser, demonstration, clock, cost)
                return cls(folder, key, clock, lock)
            except BaseException:
                lock.release()
                raise

    @classmethod
    def open(cls, folder: Path, *, passphrase: str | None = None, clock: Clock = now) -> "Database":
        """Open the base of `folder`, after bringing it to this version.

        Without a passphrase: a demonstration base, or one whose passphrase the system's key store remembers. Refuses
        in a sentence, and changes nothing: a wrong passphrase, a missing or damaged file, a base of a newer version,
        one that is open elsewhere, read-only, in a synchronised or network folder.
        """
        folder = folder.resolve()
        path = folder / FILE_NAME
        with sentences(path):
            folders.refuse_unsafe(folder)
            if not cls.exists(folder):
                raise UserError(f"Il n'y a pas de base dans « {folder} ». Vérifiez le dossier, ou créez une base.")
            lock = InstanceLock(folder)
            try:
                pending_restore.finish(folder)
                key = _unlock(folder, passphrase)
                folders.require_writable(path)
                version.bring_up_to_date(folder, key, clock())
                return cls(folder, key, clock, lock)
            except BaseException:
                lock.release()
                raise

    @staticmethod
    def exists(folder: Path) -> bool:
        """True when `folder` holds a base, or one whose restoration was interrupted and will be finished."""
        with sentences(folder / FILE_NAME):
            return (folder / FILE_NAME).exists() or pending_restore.is_pending(folder)

    @staticmethod
    def is_demonstration_folder(folder: Path) -> bool:
        """True when `folder` holds a demonstration base: invented data, no passphrase."""
        with sentences(folder / FILE_NAME):
            return Database.exists(folder) and keys.is_demonstration(folder)

    @contextmanager
    def transaction(
        self, label: str, *, undoable: bool = True, undoes: str | None = None
    ) -> Iterator["JournalledSession"]:
        """One action of the journal, named `label` as the user would say it: all of it is kept, or nothing.

        `undoable=False` for what must not be taken back: a number given out, a removal, a setting. `undoes` is the id
        of the action that this one takes back. Records come out detached.
        """
        from charte_desktop.store.journal import ActionContext, JournalledSession

        action = ActionContext(label, self.adviser, self.device, self.clock(), undoes, undoable)
        try:
            with (
                sentences(self.path),
                JournalledSession(self._writing, expire_on_commit=False, info={"action": action}) as session,
                session.begin(),
            ):
                yield session
        finally:
            self._settings = None

    @contextmanager
    def looking(self) -> Iterator[Any]:
        """The bare driver on one coherent state of the base, for what is only shown; nothing can be written."""
        with sentences(self.path, reading=True), self._reader.reading() as base:
            yield base

    @contextmanager
    def reading(self) -> Iterator["Session"]:
        """Read records of one coherent state of the base; nothing can be written. They come out detached."""
        from sqlalchemy.orm import Session

        with (
            sentences(self.path, reading=True),
            Session(self._engine, expire_on_commit=False, autoflush=False) as session,
        ):
            yield session

    @contextmanager
    def jotting(self, *, lasting: bool = True) -> Iterator[Any]:
        """The bare driver, to write what is no change of a record and belongs to this laptop alone: a draft.

        Not told to the journal. When the block ends, it outlives the death of the program; and, when it is `lasting`,
        that of the battery too.
        """
        with sentences(self.path):
            base = self._jotter
            base.execute(f"PRAGMA synchronous={'FULL' if lasting else 'NORMAL'}")
            base.execute("BEGIN IMMEDIATE")
            try:
                yield base
            except BaseException:
                base.execute("ROLLBACK")
                raise
            base.execute("COMMIT")

    def setting(self, name: str, default: str = "") -> str:
        """The value kept under `name` in the base."""
        if self._settings is None:
            with self.looking() as base:
                self._settings = dict(base.execute("SELECT name, value FROM setting"))
        return self._settings.get(name, default)

    def set_setting(self, name: str, value: str, label: str = "Changer un réglage") -> None:
        """Keep `value` under `name`, as an action of the journal that `label` names."""
        from charte_desktop.model.setting import Setting

        with self.transaction(label, undoable=False) as session:
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
        """Close every connection; what was committed is in the base file. A second call does nothing."""
        self._reader.close()
        if "_jotter" in self.__dict__:
            self.__dict__.pop("_jotter").close()
        if "_engine" in self.__dict__:
            self._engine.dispose()
        self._lock.release()

    @cached_property
    def _engine(self) -> "Engine":
        from charte_desktop.store.engine import encrypted_engine
        from charte_desktop.store.schema import MODEL

        assert MODEL  # every table is known before the first record is
        return encrypted_engine(self.path, self.key)

    @property
    def _writing(self) -> "Engine":
        from charte_desktop.store.engine import WRITES

        return self._engine.execution_options(**{WRITES: True})

    @cached_property
    def _jotter(self) -> Any:
        connection = raw_connection(self.path, self.key)
        connection.execute("PRAGMA foreign_keys=ON")
        return connection


def _unlock(folder: Path, passphrase: str | None) -> bytes:
    """The key, by the passphrase given, the published one of a demonstration, or the one that is remembered."""
    if keys.is_demonstration(folder):  # the passphrase given is that of another base
        passphrase = keys.DEMONSTRATION_PASSPHRASE
    if passphrase is not None:
        return keys.unlock(folder, passphrase)
    remembered = keys.recall(folder)
    if remembered is not None:
        with suppress(keys.WrongPassphrase):  # changed since, on this laptop or by a restoration
            return keys.unlock(folder, remembered)
    raise PassphraseWanted(
        "Cette base demande une phrase de passe : donnez-la dans la fenêtre, par --passphrase-file FICHIER ou par "
        "la variable CHARTE_PASSPHRASE."
    )


def _make(
    folder: Path, passphrase: str | None, adviser: str, demonstration: bool, clock: Clock, cost: keys.Cost | None
) -> bytes:
    """Make a base whole under another name, then give it its name: a base that exists is never half of one."""
    from charte_desktop.model.setting import Setting
    from charte_desktop.store import schema
    from charte_desktop.store.engine import WRITES, encrypted_engine
    from charte_desktop.store.journal import ActionContext, JournalledSession

    draft = folder / _UNFINISHED
    if draft.exists():  # an interrupted making: nobody has worked in it
        for left in (draft, draft.with_name(draft.name + "-wal"), draft.with_name(draft.name + "-shm")):
            left.unlink(missing_ok=True)
        (folder / keys.FILE_NAME).unlink(missing_ok=True)
    draft.touch(mode=0o600)
    key = keys.create(folder, passphrase, demonstration=demonstration, cost=cost)
    engine = encrypted_engine(draft, key)
    try:
        writing = engine.execution_options(**{WRITES: True})
        with writing.begin() as connection:
            schema.create(connection)
        device = new_device()
        action = ActionContext("Créer la base", adviser, device, clock(), undoable=False)
        with JournalledSession(writing, info={"action": action}) as session, session.begin():
            session.add_all([Setting(name="device", value=device), Setting(name="adviser", value=adviser)])
    finally:
        engine.dispose()
    draft.replace(folder / FILE_NAME)
    return key
