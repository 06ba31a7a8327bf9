"""One running program on a base at a time: a second one would write over what the first has on screen.

The operating system holds the lock and drops it when the program ends, however it ends; the file that stays behind
means nothing by itself.
"""

import os
import sys
from pathlib import Path
from types import TracebackType

from charte_desktop.errors import UserError

FILE_NAME = "charte.verrou"

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class InstanceLock:
    """Held from its making until `release`, or until the program dies."""

    def __init__(self, folder: Path) -> None:
        """Refuses when another program, or this one already, works in `folder`."""
        self._descriptor: int | None = os.open(folder / FILE_NAME, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(self._descriptor)
        except (BlockingIOError, PermissionError) as held:
            self.release()
            raise UserError(
                f"La base de « {folder} » est déjà ouverte dans une autre fenêtre ou une autre commande du programme. "
                "Utilisez-la, ou recommencez quand elle est fermée."
            ) from held

    def release(self) -> None:
        """Let others in; a second call does nothing."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> "InstanceLock":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()
