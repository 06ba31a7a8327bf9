"""Which version of this program a base comes from, and whether its file is whole enough to be opened."""

from datetime import datetime
from pathlib import Path

import sqlcipher3

from charte_desktop.errors import UserError
from charte_desktop.store.cipher import FILE_NAME, raw_connection
from charte_desktop.store.faults import CORRUPT, fault_sentence

HEAD = "0004"
"""The last migration's number; a base that says more comes from a newer program."""

_SMALLEST_PAGE = 512
"""Bytes; SQLite takes a file with less for a base with nothing in it yet."""


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
    from charte_desktop.store import backup_file, backup_names, schema

    target = backup_names.free_name(backup_names.own_folder(folder), at)
    backup_file.write(folder, key, target, at=at, reason="mise à jour", version=version)
    schema.migrate(path, key)


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
