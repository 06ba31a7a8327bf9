"""The base that a command works on: where it is, what unlocks it."""

import argparse
import os
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from charte_desktop import paths
from charte_desktop.commands import typed
from charte_desktop.errors import UserError
from charte_desktop.policy import policy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from charte_desktop.store.database import Database


def folder_of(options: argparse.Namespace) -> Path:
    """Where the base is: the folder named, else the one the IT department decided, else the user's."""
    if options.data_dir is not None:
        return Path(options.data_dir)
    decided = policy().base_folder
    if decided is not None:
        return decided
    try:
        return paths.user_data()
    except RuntimeError as homeless:  # a service account
        raise UserError(
            "Ce compte n'a pas de dossier personnel : dites où se trouve la base par --data-dir DOSSIER."
        ) from homeless


def passphrase_of(options: argparse.Namespace) -> str | None:
    """The passphrase given by a file, its first line, or by the environment; None when there is none."""
    if options.passphrase_file is not None:
        return _passphrase_in(options.passphrase_file)
    kept = os.environ.get("CHARTE_PASSPHRASE")
    return _first_line(os.fsencode(kept), "La variable CHARTE_PASSPHRASE") if kept else None


def _passphrase_in(file: Path) -> str:
    try:
        content = file.read_bytes()
    except OSError as fault:
        raise UserError(
            f"Le fichier de phrase de passe « {file} » ne se lit pas : vérifiez son nom, et que vous avez le droit "
            "de le lire."
        ) from fault
    return _first_line(content, f"Le fichier de phrase de passe « {file} »")


def _first_line(content: bytes, what: str) -> str:
    lines = (typed.decoded(content) or "").splitlines()
    if not lines or not lines[0]:
        raise UserError(f"{what} est vide ou n'est pas un texte : écrivez-y la phrase de passe, sur la première ligne.")
    return lines[0]


@contextmanager
def base_of(options: argparse.Namespace) -> "Iterator[Database]":
    """The base of the command, where `--adviser` is now the one who works."""
    with closing(opened(options)) as database:
        if options.adviser and options.adviser != database.adviser:
            database.adviser = options.adviser
        yield database


def opened(options: argparse.Namespace) -> "Database":
    """The base of the command, made with the passphrase when its folder holds none."""
    from charte_desktop.store.database import Database

    folder, passphrase = folder_of(options), passphrase_of(options)
    if Database.exists(folder):
        return Database.open(folder, passphrase=passphrase)
    if passphrase is None:
        raise UserError(
            "Une nouvelle base demande une phrase de passe : donnez-la par --passphrase-file FICHIER ou par la "
            "variable CHARTE_PASSPHRASE."
        )
    return Database.create(folder, passphrase=passphrase, adviser=options.adviser or _user_name())


def _user_name() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a service account without a name
        return "conseiller"
