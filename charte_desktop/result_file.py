"""A file that the program writes for the user: whole or not at all, and refused before the work that fills it."""

import os
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from charte_desktop.errors import UserError


class ResultFile:
    """A file to be written. Entering refuses a place where it cannot be; leaving clears what was not finished."""

    def __init__(self, path: Path) -> None:
        """`path` may be there already: it is replaced, in one step."""
        self.path = path
        self._draft = path.with_name(f".{path.name}.partiel") if path.name else path

    def __enter__(self) -> "ResultFile":
        """Try the place: a folder that cannot be made or written, a read-only file, one that a program holds."""
        try:
            if not self.path.name or self.path.is_dir():
                raise UserError(f"« {self.path} » est un dossier : ajoutez le nom du fichier à écrire.")
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._draft.touch()
            if self.path.exists():
                with self.path.open("r+b"):
                    pass
        except OSError as fault:
            self._clear()
            raise self._refusal() from fault
        return self

    def write(self, content: bytes) -> None:
        """Write the file."""
        self.prepare(content)
        self.publish()

    def prepare(self, content: bytes) -> None:
        """Write the content beside the file: what can fail has been tried, and the file is still as it was."""
        try:
            with self._draft.open("wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
        except OSError as fault:
            raise self._refusal() from fault

    def publish(self) -> None:
        """Give the file the content that was prepared."""
        try:
            self._draft.replace(self.path)
        except OSError as fault:
            raise self._refusal() from fault

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._clear()

    def _clear(self) -> None:
        with suppress(OSError):  # never made, or on a disk that answers no more
            self._draft.unlink()

    def _refusal(self) -> UserError:
        return UserError(
            f"« {self.path} » ne peut pas être écrit : fermez-le s'il est ouvert, ou choisissez un autre dossier."
        )
