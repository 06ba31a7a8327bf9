"""The last step of a restoration, which survives a power cut: it is finished at the next opening.

A restoration prepares the whole new base in a folder of its own. Giving that folder the name `restauration-prete-…` is
the moment from which the new base counts; what follows only moves files, each move can be made again, and the base
that was there goes aside, whole.
"""

from datetime import datetime
from pathlib import Path

from charte_desktop.store import keys
from charte_desktop.store.cipher import FILE_NAME

_READY = "restauration-prete-"
_ASIDE = "base-remplacee-"


def is_pending(folder: Path) -> bool:
    """True when a restored base waits to take its place in `folder`."""
    return _ready(folder) is not None


def announce(prepared: Path, at: datetime) -> None:
    """Make the base in `prepared` the one that counts in the folder around it; `at` names what is put aside."""
    stamp, number = f"{at:%Y-%m-%d-%H%M%S}", 1
    while prepared.with_name(_ASIDE + stamp).exists():
        number += 1
        stamp = f"{at:%Y-%m-%d-%H%M%S}-{number}"
    prepared.rename(prepared.with_name(_READY + stamp))


def finish(folder: Path) -> Path | None:
    """Put a waiting base in place; returns where the former one is kept, None when there was nothing to put aside.

    The folder's lock is held by the caller.
    """
    ready = _ready(folder)
    if ready is None:
        return None
    aside = folder / (_ASIDE + ready.name.removeprefix(_READY))
    if (ready / keys.FILE_NAME).exists():  # the key file moves in first: as long as it waits, what is outside is old
        for name in (f"{FILE_NAME}-wal", f"{FILE_NAME}-shm", FILE_NAME, keys.FILE_NAME):
            if (folder / name).exists():
                aside.mkdir(exist_ok=True)
                (folder / name).replace(aside / name)
        (ready / keys.FILE_NAME).replace(folder / keys.FILE_NAME)
    if (ready / FILE_NAME).exists():
        (ready / FILE_NAME).replace(folder / FILE_NAME)
    ready.rmdir()
    return aside if aside.exists() else None


def _ready(folder: Path) -> Path | None:
    return next(iter(sorted(folder.glob(_READY + "*"))), None)
