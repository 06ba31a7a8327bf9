"""The global search: one box at the top right, and under it what answers, whatever its kind."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from charte_desktop.ui import icons

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex

    from charte_desktop.store.database import Database
    from charte_desktop.ui.hit_list import HitList

_MOST = 12
"""Answers; whoever wants more types one letter more."""
_ROOM = 4
_WIDTH = 560


class GlobalSearch(QLineEdit):
    """Type anywhere with Ctrl+K; ↑ ↓ choose, Enter opens, Esc goes back to where the keyboard was."""

    chosen = Signal(object)
    """The `Hit` that was chosen."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._before: QWidget | None = None
        self._list: HitList | None = None
        self.database: Database | None = None
        self.setFixedWidth(240)
        self.setAccessibleName("Rechercher partout")
        self.setPlaceholderText("Partout…  Ctrl+K")
        self.setToolTip("Prestataires, entreprises, fiches annuaire et projets (Ctrl+K)")
        loupe = QAction(icons.icon("search", "muted"), "", self)
        self.addAction(loupe, QLineEdit.ActionPosition.LeadingPosition)
        self.textEdited.connect(lambda _: self.follow())

    @property
    def hits(self) -> "HitList":
        """What answers; made at the first letter, not before the first paint (18 ms)."""
        if self._list is None:
            from charte_desktop.ui.hit_list import HitList

            self._list = HitList(self._window)
            self._list.clicked.connect(self._choose)
        return self._list

    def ask(self) -> None:
        """Take the keyboard, and remember where it was."""
        inside = self._window.focusWidget()
        if inside is not self:
            self._before = inside
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        if self.text():
            self.follow()

    def follow(self) -> None:
        """Show what answers now."""
        if self.database is None or not self.text().strip():
            self._put_away()
            return
        from charte_desktop.store.everything import search_everything

        self.hits.show_hits(search_everything(self.database, self.text(), _MOST), self.text())
        self._place()
        self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        showing = self._list is not None and self._list.isVisible()
        match event.key():
            case Qt.Key.Key_Down | Qt.Key.Key_Up if showing:
                self.hits.step(1 if event.key() == Qt.Key.Key_Down else -1)
                self._tell()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if showing:
                self._choose(self.hits.currentIndex())
            case Qt.Key.Key_Down | Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.follow()
            case Qt.Key.Key_Escape:
                self._put_away()
                if self._before is not None:
                    self._before.setFocus(Qt.FocusReason.OtherFocusReason)
            case _:
                super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._put_away()

    def _choose(self, index: "QModelIndex") -> None:
        hit = self.hits.hit_at(index)
        if hit is None:
            return
        self._put_away()
        self.clear()
        self.chosen.emit(hit)

    def _put_away(self) -> None:
        if self._list is not None:
            self._list.hide()

    def _place(self) -> None:
        """Under the box, its right edge on the box's."""
        shown = self.hits
        corner = self.mapTo(self._window, QPoint(self.width(), self.height() + _ROOM))
        width = min(_WIDTH, corner.x() - _ROOM)
        height = min(shown.wanted_height(), self._window.height() - corner.y() - _ROOM)
        shown.setGeometry(corner.x() - width, corner.y(), width, height)
        shown.show()
        shown.raise_()

    def _tell(self) -> None:
        """A screen reader follows the box: it is told what Enter would open."""
        self.setAccessibleDescription(str(self.hits.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole) or ""))
