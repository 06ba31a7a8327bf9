"""Backups: made while the program works, checked once written, thinned out with age, put back without a risk."""

import shutil
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from charte_desktop.errors import UserError
from charte_desktop.policy import policy
from charte_desktop.store import folder as folders
from charte_desktop.store import keys, pending_restore, verification, version
from charte_desktop.store.backup_file import (
    DRAFT_ENDING,
    MARGIN,
    Manifest,
    last_action_of,
    read_manifest,
    unpack,
    write,
)
from charte_desktop.store.backup_names import free_name, own_folder, stored_in
from charte_desktop.store.cipher import FILE_NAME, raw_connection
from charte_desktop.store.database import Clock, Database, new_device, now
from charte_desktop.store.faults import sentences
from charte_desktop.store.instance_lock import InstanceLock

DAILY, WEEKLY, MONTHLY = 7, 8, 12

_STAGE = "restauration-en-cours"


def back_up(database: Database, to: Path | None = None, *, reason: str = "demande") -> Path:
    """Write a backup, check it, and return its file.

    `to` is a file to write, or a folder; without it, the backup goes to the folder `sauvegardes` beside the base.
    A backup is written over, another file is not.
    """
    at = database.clock()
    with sentences(database.path if to is None else to):
        if to is None or to.is_dir():
            target = free_name(to or own_folder(database.folder), at)
        else:
            target = to.resolve()
            if target.exists():
                read_manifest(target)
    return write(database.folder, database.key, target, at=at, reason=reason, version=version.HEAD)


def automatic_backup(database: Database, reason: str) -> Path | None:
    """At close and before an import: a backup beside the base, then old ones thinned out.

    None when nothing has changed since the last one.
    """
    own = own_folder(database.folder)
    with sentences(own / FILE_NAME):
        for draft in own.glob("*" + DRAFT_ENDING + "*"):
            draft.unlink()
        last = next(reversed(stored_in(own).values()), None)
        if last is not None and _holds(last, database):
            return None
        made = back_up(database, reason=reason)
        rotate(own)
        return made


def copy_elsewhere(folder: Path) -> Path | None:
    """Copy the latest backup of the base in `folder` where the IT department decided; None when it decided nothing.

    Refused when that place cannot be written: the backup beside the base stays.
    """
    place = policy().backup_copies
    latest = next(reversed(stored_in(own_folder(folder)).values()), None)
    if place is None or latest is None:
        return None
    copy = place / latest.name
    try:
        if not copy.exists():
            place.mkdir(parents=True, exist_ok=True)
            draft = copy.with_name(copy.name + DRAFT_ENDING)
            shutil.copyfile(latest, draft)
            draft.replace(copy)
    except OSError as fault:
        raise UserError(
            f"La sauvegarde est faite sur ce poste, mais sa copie dans « {place} » n'a pas pu être écrite : branchez "
            "le disque ou le réseau, ou fermez encore une fois pour partir sans cette copie."
        ) from fault
    return copy


def kept(moments: Iterable[datetime]) -> set[datetime]:
    """The backups worth keeping, given when each was made.

    All of the last day; the last one of each of the 7 last days, 8 last weeks (from Monday) and 12 last months that
    have one.
    """
    newest_first = sorted(moments, reverse=True)
    worth = {moment for moment in newest_first if moment.date() == newest_first[0].date()}
    periods: tuple[tuple[int, Callable[[date], Any]], ...] = (
        (DAILY, lambda day: day),
        (WEEKLY, lambda day: day.isocalendar()[:2]),
        (MONTHLY, lambda day: (day.year, day.month)),
    )
    for count, period_of in periods:
        last_of_period: dict[Any, datetime] = {}
        for moment in newest_first:
            last_of_period.setdefault(period_of(moment.date()), moment)
        worth.update(list(last_of_period.values())[:count])
    return worth


def rotate(folder: Path) -> list[Path]:
    """Delete the backups of `folder` that are not worth keeping; returns them. Files of other names stay."""
    backups = stored_in(folder)
    worth = kept(moment for moment, _ in backups)
    dropped = [file for (moment, _), file in backups.items() if moment not in worth]
    for file in dropped:
        file.unlink()
    return dropped


def check(database: Database) -> list[str]:
    """What is wrong with the base, in French: its file, its references, its journal, its search. Empty when sound."""
    with sentences(database.path):
        connection = raw_connection(database.path, database.key)
        try:
            return verification.findings(connection)
        finally:
            connection.close()


def restore(folder: Path, file: Path, passphrase: str | None = None, *, clock: Clock = now) -> Path | None:
    """Put the base of a backup in `folder`; returns where the base that was there is kept, None when there was none.

    The backup is checked whole before anything is touched. Interrupted, the former base stays, or the new one is in
    place at the next opening; never half of each. The restored base gets a new laptop code, so that no sheet number is
    given twice. It opens with the backup's passphrase, which is asked unless it is a demonstration or remembered.
    """
    folder = folder.resolve()
    with sentences(folder / FILE_NAME):
        folders.refuse_unsafe(folder)
    manifest = read_manifest(file)
    if not manifest.schema.isdigit() or manifest.schema > version.HEAD:
        raise UserError(
            f"La sauvegarde « {file} » vient d'une version plus récente du programme. "
            "Rien n'a été changé. Mettez le programme à jour pour la restaurer."
        )
    with sentences(folder / FILE_NAME):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with InstanceLock(folder):
            pending_restore.finish(folder)
            folders.require_space(folder, 3 * manifest.size + MARGIN, "pour la restauration")
            stage = folder / _STAGE
            shutil.rmtree(stage, ignore_errors=True)
            try:
                unpack(file, manifest, stage)
                _prepare(stage, manifest, _passphrase(folder, stage, passphrase), clock)
                pending_restore.announce(stage, clock())
            finally:
                shutil.rmtree(stage, ignore_errors=True)
            return pending_restore.finish(folder)


def _holds(backup: Path, database: Database) -> bool:
    """True when `backup` can be read and holds the records as they are now."""
    try:
        manifest = read_manifest(backup)
    except UserError:
        return False
    with sentences(database.path):
        connection = raw_connection(database.path, database.key)
        try:
            return manifest.last_action == last_action_of(connection) and manifest.schema == version.HEAD
        finally:
            connection.close()


def _passphrase(folder: Path, stage: Path, given: str | None) -> str | None:
    """The passphrase that opens the staged base, tried on its key file."""
    if keys.is_demonstration(stage):
        return keys.DEMONSTRATION_PASSPHRASE
    passphrase = given if given is not None else keys.recall(folder)
    if passphrase is None:
        raise UserError(
            "Cette sauvegarde demande la phrase de passe du jour où elle a été faite : donnez-la dans la fenêtre, par "
            "--passphrase-file FICHIER ou par la variable CHARTE_PASSPHRASE."
        )
    try:
        keys.unlock(stage, passphrase)
    except keys.WrongPassphrase as refused:
        raise keys.WrongPassphrase(
            f"{refused} Une sauvegarde s'ouvre avec celle du jour où elle a été faite."
        ) from refused
    return passphrase


def _prepare(stage: Path, manifest: Manifest, passphrase: str | None, clock: Clock) -> None:
    """Bring the staged base to this version, check it whole, and give it a laptop code of its own."""
    database = Database.open(stage, passphrase=passphrase, clock=clock)
    try:
        wrong = check(database)
        if wrong:
            raise UserError(
                f"La base de cette sauvegarde n'est pas saine : {' '.join(wrong)} Rien n'a été changé. "
                "Choisissez une autre sauvegarde."
            )
        made = datetime.fromisoformat(manifest.made_at)
        database.set_setting("device", new_device(), f"Restaurer la sauvegarde du {made:%d/%m/%Y à %H:%M}")
    finally:
        database.close()
    for left in stage.iterdir():
        if left.name not in (FILE_NAME, keys.FILE_NAME):
            shutil.rmtree(left) if left.is_dir() else left.unlink()
