"""The base's tables: made at once for a new base, migrated for an older one.

Alembic's migrations are the truth; `create` makes the same tables without loading Alembic, and a test compares both.
"""

from datetime import datetime
from pathlib import Path
from typing import Any

import sqlcipher3
from sqlalchemy import Connection

from charte_desktop.errors import UserError
from charte_desktop.model import accompaniment, charter, company, distinct_pair, draft, provider, setting, sheet
from charte_desktop.model.base import Record
from charte_desktop.store import journal, search
from charte_desktop.store.engine import FILE_NAME, raw_connection, single_connection_engine
from charte_desktop.store.faults import CORRUPT, fault_sentence

HEAD = "0001"
"""The last migration's number; a base that says more comes from a newer program."""

MODEL = (accompaniment, charter, company, distinct_pair, draft, journal, provider, search, setting, sheet)
"""The modules that declare tables: naming them here makes their tables known."""

_SMALLEST_PAGE = 512
"""Bytes; SQLite takes a file with less for a base with nothing in it yet."""
_MIGRATIONS = "charte_desktop.store:migrations"


def create(connection: Connection) -> None:
    """Make every table of this version in an empty base."""
    Record.metadata.create_all(connection)
    connection.exec_driver_sql(
        "CREATE TABLE alembic_version (\n\tversion_num VARCHAR(32) NOT NULL, \n"
        "\tCONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)\n)"
    )
    connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (HEAD,))


def bring_up_to_date(folder: Path, key: bytes, at: datetime) -> None:
    """Check that the base of `folder` is whole enough to be opened, and bring it to this version, after a backup.

    Refuses an empty or shortened file, a file that is no base of this program, and a base of a newer version.
    """
    path = folder / FILE_NAME
    _refuse_shortened(path, key)
    version = version_of(path, key)
    if version == HEAD:
        return
    if not version.isdigit() or version > HEAD:
        raise UserError(
            f"La base de « {folder} » vient d'une version plus récente du programme (schéma {version}, celui-ci "
            f"connaît {HEAD}). Rien n'a été changé. Mettez le programme à jour pour l'ouvrir."
        )
    from charte_desktop.store import backup_file

    target = backup_file.free_name(backup_file.own_folder(folder), at)
    backup_file.write(folder, key, target, at=at, reason="mise à jour", version=version)
    migrate(path, key)


def version_of(path: Path, key: bytes) -> str:
    """The number of the last migration that the base went through."""
    connection = raw_connection(path, key)
    try:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlcipher3.OperationalError as fault:
        if "no such table" not in str(fault):
            raise
        row = None
    finally:
        connection.close()
    if row is None:
        raise UserError(f"Le fichier « {path} » n'est pas une base de ce programme. Vérifiez le dossier choisi.")
    return str(row[0])


def _refuse_shortened(path: Path, key: bytes) -> None:
    """SQLite opens an empty file as an empty base, and notices lost pages only when it needs them."""
    size = path.stat().st_size
    if size and path.with_name(path.name + "-wal").exists():
        return  # pages may still be in the write-ahead file: SQLite knows better
    connection = raw_connection(path, key)
    try:
        pages, page_size = (
            int(connection.execute(f"PRAGMA {one}").fetchone()[0]) for one in ("page_count", "page_size")
        )
    finally:
        connection.close()
    if size < _SMALLEST_PAGE or size < pages * page_size:
        raise UserError(fault_sentence(CORRUPT, path))


def migrate(path: Path, key: bytes, *, scripts: str = _MIGRATIONS, target: str = "head") -> None:
    """Take the base at `path` through the missing migrations: all of them, or none.

    Foreign keys are off meanwhile, since rebuilding a parent table would empty its children; they are checked before
    anything is kept, and no trigger may be lost on the way.
    """
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", scripts)
    engine = single_connection_engine(path, key)
    try:
        with engine.begin() as connection:
            triggers = _triggers(connection)
            config.attributes["connection"] = connection
            command.upgrade(config, target)
            lost = triggers - _triggers(connection)
            if lost:
                raise RuntimeError(f"the migration lost triggers: {sorted(lost)}")
            orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if orphans:
                raise RuntimeError(f"the migration left orphans in: {sorted({row[0] for row in orphans})}")
    finally:
        engine.dispose()


def _triggers(connection: Connection) -> set[str]:
    rows: Any = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    return set(rows.scalars())
