"""Where backups lie, and what their names say: enough to tell in the status bar when the last one was made."""

import re
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from charte_desktop.store.cipher import FILE_NAME
from charte_desktop.store.faults import sentences

FOLDER_NAME = "sauvegardes"

_STAMP = "%Y-%m-%d-%H%M%S"
_NAME = re.compile(r"charte-(\d{4}-\d{2}-\d{2}-\d{6})(?:-(\d+))?\.zip")


def own_folder(folder: Path) -> Path:
    """Where the program keeps the backups of the base of `folder`."""
    own = folder / FOLDER_NAME
    with sentences(own / FILE_NAME):
        own.mkdir(exist_ok=True)
    return own


def free_name(folder: Path, at: datetime) -> Path:
    """A name that says when, that no file has yet."""
    stem, number = f"charte-{at:{_STAMP}}", 1
    file = folder / f"{stem}.zip"
    while file.exists():
        number += 1
        file = folder / f"{stem}-{number}.zip"
    return file


def stored_in(folder: Path) -> dict[tuple[datetime, int], Path]:
    """The backups that the program named, oldest first."""
    found = {}
    for file in folder.iterdir():
        name = _NAME.fullmatch(file.name)
        if name:
            with suppress(ValueError):  # digits that are no date: not ours
                moment = datetime.strptime(name[1], _STAMP)
                found[moment, int(name[2] or 1)] = file
    return dict(sorted(found.items()))
