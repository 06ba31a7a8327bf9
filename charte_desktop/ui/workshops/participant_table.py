"""Who comes to a workshop: Space notes a presence, Suppr takes somebody off, F2 corrects a name."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from charte_desktop.ui.record_table import RecordTable


class ParticipantTable(RecordTable):
    """A table whose keys act on the line in hand; Qt's own would take Space for itself."""

    turned = Signal()
    dropped = Signal()
    renamed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Space:
                self.turned.emit()
            case Qt.Key.Key_Delete:
                self.dropped.emit()
            case Qt.Key.Key_F2:
                self.renamed.emit()
            case _:
                super().keyPressEvent(event)
