"""Start-up, in reading order: log, window painted, then the base. What needs long imports comes after the paint."""

import faulthandler
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, cast

from PySide6.QtCore import QLibraryInfo, QMessageLogContext, Qt, QtMsgType, QTranslator, qInstallMessageHandler
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from charte_desktop import __version__, paths
from charte_desktop.ui import messages, theme
from charte_desktop.ui.main_window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Sequence

LOG_NAME = "journal-technique.log"
_LARGEST_LOG = 1_000_000
"""Bytes; a longer log becomes `….log.1`, and the one before goes."""


def run(folder: Path, *, passphrase: str | None = None, colours: str = "", file: Path | None = None) -> int:
    """Open the window on the base of `folder` and stay until it is closed. Returns the exit code.

    `colours` is `system`, `light` or `dark`; empty means as chosen in the window. `file` is one that the system asked
    to open.
    """
    log = start_log(folder)
    application = make_application(sys.argv[:1])
    boundary = messages.Boundary(folder / "rapports")
    boundary.install()
    window = make_window(application, folder, boundary, passphrase=passphrase, colours=colours)
    if file is not None:
        window.ready.connect(lambda: window.file_actions.open_file(file), Qt.ConnectionType.SingleShotConnection)
    window.show()
    code = application.exec()
    stop_log(log)
    return code


def make_application(arguments: "Sequence[str]" = ()) -> QApplication:
    """The Qt application, in French, in the Fusion style."""
    # By an argument: asking for the style by its name wraps QStyle and its enumerations, 8 ms before the paint.
    application = QApplication([*(arguments or ["charte-desktop"]), "-style", "fusion"])
    application.setApplicationName("Charte Desktop")
    application.setApplicationVersion(__version__)
    translator = QTranslator(application)
    if translator.load("qtbase_fr", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(translator)
    return application


def make_window(
    application: QApplication,
    folder: Path,
    boundary: messages.Boundary,
    *,
    passphrase: str | None = None,
    colours: str = "",
) -> MainWindow:
    """The window, dressed and not yet shown; its base opens once it is painted."""
    kept = str(MainWindow.kept(folder).value("colours", theme.SYSTEM))
    theme.apply(application, colours or kept)
    window = MainWindow(folder, boundary, passphrase=passphrase)
    window.settled.connect(lambda: _finish(application, window))
    return window


def _finish(application: QApplication, window: MainWindow) -> None:
    application.setWindowIcon(QIcon(str(paths.resources() / "icons" / "application.svg")))
    window.open_base()


def start_log(folder: Path) -> TextIO | None:
    """Write what Qt complains of, and the trace of a crash of the interpreter, beside the base.

    None when the folder does not exist yet: a first opening has nothing to log in.
    """
    if not folder.is_dir():
        return None
    file = folder / LOG_NAME
    if file.exists() and file.stat().st_size > _LARGEST_LOG:
        file.replace(file.with_name(LOG_NAME + ".1"))
    log = cast(TextIO, file.open("a", encoding="utf-8", buffering=1))
    # A windowed program on Windows has no standard error.
    faulthandler.enable(log)

    def write(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        from datetime import datetime

        log.write(f"{datetime.now().astimezone().isoformat(timespec='seconds')} {kind.name} {text}\n")

    qInstallMessageHandler(write)
    return log


def stop_log(log: TextIO | None) -> None:
    """Give Qt's messages and the interpreter's last words back to standard error."""
    if log is not None:
        qInstallMessageHandler(None)
        faulthandler.disable()
        log.close()
