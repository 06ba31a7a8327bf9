"""The one boundary for errors in the window: a sentence for the user, or a crash report.

Code below raises; slots and threads let it pass; what arrives here becomes a sentence when it is a `UserError`, and
otherwise a report in a file and a sentence that names it.
"""

import sys
import threading
import traceback
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel

from charte_desktop import __version__
from charte_desktop.errors import Cancelled, UserError

ERROR, WARNING, DONE = "error", "warning", "done"
"""The tones of a sentence."""


class Boundary(QObject):
    """Takes what nobody handled, from any thread, and says it in the window."""

    said = Signal(str, str)
    """Tone and sentence; emitted in the window's thread."""
    _raised = Signal(object)

    def __init__(self, reports: Path) -> None:
        """`reports` is the folder of the crash reports; it is made when the first one is written."""
        super().__init__()
        self._reports = reports
        self._raised.connect(self._handle)

    def install(self) -> None:
        """Become the process's last resort: slots, threads, and what dies in a destructor."""
        sys.excepthook = self._from_slot
        threading.excepthook = self._from_thread
        sys.unraisablehook = self._from_nowhere

    def handle(self, error: BaseException) -> None:
        """Say one error; may be called from any thread."""
        self._raised.emit(error)

    def _from_slot(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.handle(error)

    def _from_thread(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            self.handle(arguments.exc_value)

    def _from_nowhere(self, arguments: "sys.UnraisableHookArgs") -> None:
        if arguments.exc_value is not None:
            self.handle(arguments.exc_value)

    def _handle(self, error: BaseException) -> None:
        match error:
            case UserError():
                self.said.emit(ERROR, str(error))
            case Cancelled():
                self.said.emit(DONE, "Annulé : rien n'a été changé.")
            case _:
                report = self._write_report(error)
                self.said.emit(
                    ERROR,
                    "Une erreur du programme a arrêté cette action ; ce qui était enregistré l'est toujours. "
                    f"Transmettez ce rapport au service informatique : {report}",
                )

    def _write_report(self, error: BaseException) -> Path:
        self._reports.mkdir(parents=True, exist_ok=True)
        path = self._reports / f"panne-{datetime.now().astimezone():%Y-%m-%d-%H%M%S-%f}.txt"
        system = f"Charte Desktop {__version__} · Python {sys.version} · {sys.platform}"
        path.write_text(f"{system}\n\n{''.join(traceback.format_exception(error))}", encoding="utf-8")
        return path


class sentence_in:  # noqa: N801  (reads as a clause of `with`)
    """Show a refusal in `label`, beside what it is about, instead of the window's own place.

    The label is emptied first; anything but a `UserError` passes.
    """

    def __init__(self, label: QLabel) -> None:
        self._label = label

    def __enter__(self) -> None:
        self._label.clear()

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        if isinstance(error, UserError):
            self._label.setText(str(error))
            return True
        return False
