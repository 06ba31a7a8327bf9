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
_MAILS = frozenset({".eml"})
TAKES_FILES = "takes_files"
"""The property of a widget that has its own use for files dropped on it."""
TAKES_DOCUMENTS = "takes_documents"
"""The property of a record that keeps whatever is dropped on it, even over a field that would take it as text."""


class FileDrop(QObject):
    """Watches the system's own window: a field under the pointer would otherwise take the file's address as text."""

    dropped = Signal(list)
    """One list, one PDF, one mail, or the pictures of one scan: paths."""
    filed = Signal(list)
    """Files of any kind, dropped on a record that keeps them: paths."""

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
        is_record = self._is_over(TAKES_DOCUMENTS, drag.position())
        files = _local_files(drag) if is_record else _files_in(drag)
        if not files or not self._window.import_action.isEnabled() or QApplication.activeModalWidget() is not None:
            return False
        if self._is_over(TAKES_FILES, drag.position()):
            return False
        drag.setDropAction(Qt.DropAction.CopyAction)
        drag.accept()
        if kind == QEvent.Type.Drop:
            (self.filed if is_record else self.dropped).emit(files)
        return True

    def _is_over(self, use: str, place: QPointF) -> bool:
        """Whether what is under the pointer, or what it is part of, has this use for files."""
        widget: QWidget | None = self._window.childAt(place.toPoint())
        while widget is not None:
            if widget.property(use):
                return True
            widget = widget.parentWidget()
        return False


def _local_files(event: QDropEvent) -> Sequence[Path]:
    urls = event.mimeData().urls()
    return [Path(url.toLocalFile()) for url in urls] if all(url.isLocalFile() for url in urls) else []


def _files_in(event: QDropEvent) -> Sequence[Path]:
    """The files that are dragged together; none for a folder, and for files that do not belong together."""
    files = _local_files(event)
    kinds = {file.suffix.lower() for file in files}
    alone = len(files) == 1 and (kinds <= LISTS or kinds <= _PDF or kinds <= _MAILS)
    return files if alone or kinds <= _PICTURES else []
