"""What SQLite says when the world fails, turned into sentences for the user, in one place."""

import errno
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlcipher3

from charte_desktop.errors import UserError

FULL, CORRUPT, NOT_A_BASE, READONLY, BUSY, LOCKED, IO_ERROR, CANNOT_OPEN = 13, 11, 26, 8, 5, 6, 10, 14
"""SQLite's result codes for what is not our bug."""

_SENTENCES = {
    FULL: "Le disque est plein : rien n'a été enregistré et la base est intacte. "
    "Libérez de la place sur le disque de « {folder} », puis recommencez.",
    CORRUPT: "La base « {file} » est endommagée. "
    "Fermez le programme, puis restaurez la dernière sauvegarde (menu Fichier, ou commande « restore »).",
    NOT_A_BASE: "La base « {file} » ne s'ouvre pas avec cette clé : le fichier est endommagé, ou le fichier "
    "« charte.cle » n'est pas le sien. Restaurez la dernière sauvegarde (menu Fichier, ou commande « restore »).",
    READONLY: "La base « {file} » est en lecture seule : rien n'a été enregistré. "
    "Rendez le fichier et son dossier modifiables, ou choisissez un autre dossier.",
    BUSY: "La base « {file} » est occupée par un autre programme. Fermez-le, puis recommencez.",
    IO_ERROR: "Le disque de « {folder} » ne répond pas comme il faut : rien n'a été enregistré. "
    "Vérifiez que le disque est branché et n'est pas plein, puis recommencez.",
    CANNOT_OPEN: "La base « {file} » ne peut pas être ouverte. "
    "Vérifiez que le dossier existe et que vous avez le droit d'y écrire.",
}
_SENTENCES[LOCKED] = _SENTENCES[BUSY]

_NOTHING_FREE = 100_000
"""Bytes."""
_BY_MESSAGE = {
    "database or disk is full": FULL,
    "database disk image is malformed": CORRUPT,
    "file is not a database": NOT_A_BASE,
    "attempt to write a readonly database": READONLY,
    "database is locked": BUSY,
    "disk I/O error": IO_ERROR,
    "unable to open database file": CANNOT_OPEN,
}
_FILE_SENTENCES = {
    errno.ENOSPC: _SENTENCES[FULL],
    errno.EDQUOT: _SENTENCES[FULL],
    errno.EFBIG: _SENTENCES[FULL],
    errno.EROFS: "Le dossier « {folder} » est en lecture seule : rien n'a été enregistré. Choisissez un autre dossier.",
    errno.EACCES: "Vous n'avez pas le droit d'écrire dans le dossier « {folder} ». Choisissez un autre dossier.",
    errno.EPERM: "Vous n'avez pas le droit d'écrire dans le dossier « {folder} ». Choisissez un autre dossier.",
    **dict.fromkeys((errno.EIO, errno.ENXIO, errno.ENODEV, errno.ESTALE, errno.EBUSY), _SENTENCES[IO_ERROR]),
}
_NO_PLACE = (errno.ENOENT, errno.ENOTDIR, errno.EEXIST, errno.EISDIR, errno.ENAMETOOLONG, errno.ELOOP, errno.EINVAL)
_NO_PLACE_SENTENCE = (
    "Rien ne peut être gardé dans « {folder} » : ce n'est pas un dossier, il n'existe plus, ou un nom ne convient pas. "
    "Choisissez un autre dossier."
)


@contextmanager
def sentences(file: Path, *, reading: bool = False) -> Iterator[None]:
    """Turn a failure of the disk or of the base file into a `UserError`; a fault of ours passes unchanged.

    With `reading`, a refused write is our fault: nobody may write there.
    """
    try:
        yield
    except _base_faults() as fault:
        code = code_of(getattr(fault, "orig", fault))
        if code not in _SENTENCES or (reading and code == READONLY):
            raise
        raise UserError(fault_sentence(code, file)) from fault
    except OSError as fault:
        sentence = _NO_PLACE_SENTENCE if _lacks_place(fault, file.parent) else _FILE_SENTENCES.get(fault.errno or 0)
        if sentence is None:
            raise
        raise UserError(_say(sentence, file)) from fault


def _base_faults() -> tuple[type[Exception], ...]:
    """What the driver raises, and what SQLAlchemy wraps it in, once somebody has loaded it."""
    wrapping = sys.modules.get("sqlalchemy.exc")
    return (sqlcipher3.Error,) if wrapping is None else (sqlcipher3.Error, wrapping.DBAPIError)


def _lacks_place(fault: OSError, folder: Path) -> bool:
    """True when `folder` is no folder to write in; a file that is missing anywhere else is a fault of ours."""
    if fault.errno not in _NO_PLACE or not isinstance(fault.filename, str):
        return False
    named = Path(fault.filename)
    return named.is_relative_to(folder) or folder.is_relative_to(named)


def code_of(fault: BaseException | None) -> int:
    """The primary result code; SQLite adds details in the higher bits. The driver's backup gives the message alone."""
    code = int(getattr(fault, "sqlite_errorcode", 0)) & 0xFF
    return code or _BY_MESSAGE.get(str(fault), 0)


def fault_sentence(code: int, file: Path) -> str:
    """What the user reads when SQLite answers `code` about the base `file`."""
    if code in (IO_ERROR, CANNOT_OPEN) and file.parent.exists() and shutil.disk_usage(file.parent).free < _NOTHING_FREE:
        code = FULL  # making its side files, SQLite does not say why it could not
    return _say(_SENTENCES[code], file)


def _say(sentence: str, file: Path) -> str:
    return sentence.format(file=file.name, folder=file.parent)
