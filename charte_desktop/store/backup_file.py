"""One backup file: a zip without compression that holds the encrypted base, its key file and `sauvegarde.json`.

A base without its key file opens no more, so they travel together.
"""

import json
import os
import shutil
import zipfile
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import file_digest
from pathlib import Path
from typing import Any

import sqlcipher3

from charte_desktop.errors import UserError
from charte_desktop.store import folder as folders
from charte_desktop.store import keys, verification
from charte_desktop.store.cipher import FILE_NAME, raw_connection
from charte_desktop.store.faults import CORRUPT, NOT_A_BASE, code_of, fault_sentence, sentences

DRAFT_ENDING = ".partiel"
"""Of a backup being written; one that is left over is of no use."""

_MANIFEST = "sauvegarde.json"
_FORMAT, _VERSION = "charte-sauvegarde", 1
MARGIN = 5_000_000
"""Bytes left free, so that the base itself can still be written."""


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself, without a passphrase; nothing in it names anybody."""

    made_at: str
    reason: str
    schema: str
    last_action: str
    """The id of the journal's last action: two backups with the same one hold the same records."""
    size: int
    sha256: str
    """Of the base file inside."""


def write(folder: Path, key: bytes, target: Path, *, at: datetime, reason: str, version: str) -> Path:
    """Copy the base with SQLite's online backup, check the copy, and give it its name only then."""
    base = folder / FILE_NAME
    copy = target.with_name(f".{target.name}{DRAFT_ENDING}")
    package = target.with_name(f".{target.name}{DRAFT_ENDING}.zip")
    with sentences(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        _clear(copy, package)  # what a killed backup of the same name left
        folders.require_space(target.parent, 2 * _size(base) + MARGIN, "pour la sauvegarde")
        try:
            copy.touch(mode=0o600)  # refused here, the file system says why; SQLite would not
            last_action = _copy(base, copy, key)
            with copy.open("rb") as stream:
                digest = file_digest(stream, "sha256").hexdigest()
            manifest = Manifest(at.isoformat(), reason, version, last_action, _size(copy), digest)
            _pack(package, copy, folder / keys.FILE_NAME, manifest)
            package.replace(target)
        finally:
            _clear(copy, package)
    return target


def _clear(copy: Path, package: Path) -> None:
    for draft in (copy, copy.with_name(copy.name + "-journal"), package):
        draft.unlink(missing_ok=True)


def _copy(base: Path, copy: Path, key: bytes) -> str:
    """A checked copy of the base as it stands now, in the empty file `copy`; returns its last action."""
    source, target = raw_connection(base, key), raw_connection(copy, key)
    try:
        source.execute("BEGIN")
        counts = verification.row_counts(source)
        source.backup(target)
        source.execute("COMMIT")
        target.execute("PRAGMA journal_mode=DELETE")  # one file, that can be read from a read-only disk too
        wrong = bool(verification.damage(target)) or verification.row_counts(target) != counts
        if wrong and verification.damage(source):  # SQLite copies some damages without a word
            raise _damaged(base)
        if wrong:
            raise UserError(
                "La sauvegarde écrite n'est pas bonne et n'a pas été gardée. Sauvegardez sur un autre disque."
            )
        return last_action_of(target)
    except sqlcipher3.DatabaseError as fault:
        if code_of(fault) not in (CORRUPT, NOT_A_BASE):
            raise
        raise _damaged(base) from fault
    finally:
        target.close()
        source.close()


def _damaged(base: Path) -> UserError:
    return UserError(f"{fault_sentence(CORRUPT, base)} Aucune sauvegarde n'a été faite : les précédentes restent.")


def _pack(package: Path, copy: Path, key_file: Path, manifest: Manifest) -> None:
    content = json.dumps({"format": _FORMAT, "version": _VERSION, **asdict(manifest)}, ensure_ascii=False, indent=1)
    with zipfile.ZipFile(package, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(_MANIFEST, content)
        archive.write(key_file, keys.FILE_NAME)
        archive.write(copy, FILE_NAME)
    with zipfile.ZipFile(package) as archive:
        if archive.testzip() is not None:
            raise UserError("La sauvegarde écrite ne se relit pas. Sauvegardez sur un autre disque.")
    with package.open("r+b") as stream:
        os.fsync(stream.fileno())


def read_manifest(file: Path) -> Manifest:
    """What the backup says of itself; refuses a file that is none."""
    try:
        if not file.is_file():
            raise UserError(f"Le fichier « {file} » n'existe pas. Vérifiez son nom et son dossier.")
        with zipfile.ZipFile(file) as archive:
            content = json.loads(archive.read(_MANIFEST))
        if content.pop("format") != _FORMAT:
            raise KeyError("format")
        newer = content.pop("version") > _VERSION
        if not newer:
            return Manifest(**content)
    except (zipfile.BadZipFile, KeyError, TypeError, AttributeError, ValueError, EOFError, RecursionError) as fault:
        raise UserError(
            f"« {file} » n'est pas une sauvegarde de ce programme, ou elle est endommagée. Choisissez un autre fichier."
        ) from fault
    except OSError as fault:
        raise UserError(
            f"Le fichier « {file} » ne se lit pas. Vérifiez son nom, et que vous avez le droit de le lire."
        ) from fault
    raise UserError(
        f"La sauvegarde « {file} » vient d'une version plus récente du programme. Mettez le programme à jour."
    )


def unpack(file: Path, manifest: Manifest, stage: Path) -> None:
    """Take base and key file out of the backup, whole, onto the disk."""
    stage.mkdir()
    damaged = UserError(
        f"La sauvegarde « {file} » est endommagée. Rien n'a été changé. Choisissez une autre sauvegarde."
    )
    try:
        with zipfile.ZipFile(file) as archive:
            for name in (keys.FILE_NAME, FILE_NAME):
                with archive.open(name) as packed, (stage / name).open("wb") as stream:
                    shutil.copyfileobj(packed, stream)
                    stream.flush()
                    os.fsync(stream.fileno())
    except (zipfile.BadZipFile, KeyError, EOFError, NotImplementedError, RuntimeError) as fault:
        raise damaged from fault
    with (stage / FILE_NAME).open("rb") as stream:
        if file_digest(stream, "sha256").hexdigest() != manifest.sha256:
            raise damaged


def last_action_of(connection: Any) -> str:
    """The id of the journal's last action, empty when there is none."""
    row = connection.execute("SELECT id FROM journal_action ORDER BY clock DESC, id DESC LIMIT 1").fetchone()
    return "" if row is None else str(row[0])


def _size(base: Path) -> int:
    """Bytes of a base with what is still in its write-ahead file."""
    ahead = base.with_name(base.name + "-wal")
    return base.stat().st_size + (ahead.stat().st_size if ahead.exists() else 0)
