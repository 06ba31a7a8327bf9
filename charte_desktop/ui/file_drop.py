"""Files dropped on the window, wherever they fall: a list is imported, a PDF verified or filed, pictures are a scan."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from charte_desktop.ui.main_window import MainWindow

LISTS = frozenset({".xlsx", ".xls", ".xlsm", ".ods", ".csv", ".txt", ".tsv"})
_PDF = frozenset({".pdf"})
_PICTURES = frozenset({".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".webp"})
_DRAGS = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)
TAKES_FILES = "takes_files"
"""The property of a widget that has its own use for files dropped on it."""


class FileDrop(QObject):
    """Watches the system's own window: a field under the pointer would otherwise take the file's address as text."""

    dropped = Signal(list)
    """One list, one PDF, or the pictures of one scan: paths."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        window.setAcceptDrops(True)
        window.windowHandle().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind not in _DRAGS:
            return False
        drag = cast(QDropEvent, event)
        files = _files_in(drag)
        if not files or not self._window.import_action.isEnabled() or QApplication.activeModalWidget() is not None:
            return False
        if self._has_its_own_use(drag.position()):
            return False
        drag.setDropAction(Qt.DropAction.CopyAction)
        drag.accept()
        if kind == QEvent.Type.Drop:
            self.dropped.emit(files)
        return True

    def _has_its_own_use(self, place: QPointF) -> bool:
        """Whether what is under the pointer keeps files with a record, or makes a cachet of a picture."""
        widget: QWidget | None = self._window.childAt(place.toPoint())
        while widget is not None:
            if widget.property(TAKES_FILES):
                return True
            widget = widget.parentWidget()
        return False


def _files_in(event: QDropEvent) -> Sequence[Path]:
    """The files that are dragged together; none for a folder, and for files that do not belong together."""
    urls = event.mimeData().urls()
    if not urls or not all(url.isLocalFile() for url in urls):
        return []
    files = [Path(url.toLocalFile()) for url in urls]
    kinds = {file.suffix.lower() for file in files}
    alone = len(files) == 1 and (kinds <= LISTS or kinds <= _PDF)
    return files if alone or kinds <= _PICTURES else []
