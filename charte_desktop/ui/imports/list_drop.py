"""A list dropped on the window, wherever it falls, is a list to import."""

from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from charte_desktop.ui.main_window import MainWindow

_LISTS = frozenset({".xlsx", ".xls", ".xlsm", ".ods", ".csv", ".txt", ".tsv"})
_DRAGS = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)


class ListDrop(QObject):
    """Watches the system's own window: a field under the pointer would otherwise take the file's address as text."""

    dropped = Signal(Path)

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
        file = _list_in(drag)
        if file is None or not self._window.import_action.isEnabled() or QApplication.activeModalWidget() is not None:
            return False
        drag.setDropAction(Qt.DropAction.CopyAction)
        drag.accept()
        if kind == QEvent.Type.Drop:
            self.dropped.emit(file)
        return True


def _list_in(event: QDropEvent | QDragMoveEvent) -> Path | None:
    """The one list that is dragged; None for several files, a folder, or a file of another sort."""
    urls = event.mimeData().urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    file = Path(urls[0].toLocalFile())
    return file if file.suffix.lower() in _LISTS else None
