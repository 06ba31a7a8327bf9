"""A link that takes up what was begun: a long name gives way, what it is never does."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QWidget


class DraftButton(QPushButton):
    """« Reprendre « Boutik Letchi » (visite) », the name cut with "…" where there is no room."""

    def __init__(self, title: str, kind: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._title, self._kind = " ".join(title.split()), kind
        self.setProperty("kind", "link")
        self.setToolTip(self._words(self._title))
        self.setAccessibleName(self._words(self._title))
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(policy.Policy.Ignored)
        self.setSizePolicy(policy)
        self._fit(self._title)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        letters = self.fontMetrics()
        room = self.width() - 12 - letters.horizontalAdvance(self._words(""))
        self._fit(letters.elidedText(self._title, Qt.TextElideMode.ElideRight, max(room, 0)))

    def _words(self, title: str) -> str:
        return f"Reprendre « {title} » ({self._kind})"

    def _fit(self, title: str) -> None:
        # A "&" would be read as the mark of a shortcut.
        words = self._words(title).replace("&", "&&")
        if words != self.text():
            self.setText(words)
