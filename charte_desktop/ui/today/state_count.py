"""A state of providers with its count: the word, the number, a bar."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QWidget

from charte_desktop.ui import marks, theme

if TYPE_CHECKING:
    from charte_desktop.model.provider_state import ProviderState


class StateCount:
    """The three widgets of one line."""

    def __init__(self, state: "ProviderState", parent: QWidget) -> None:
        mark = marks.of_state(state)
        self._state = state
        self.word = QPushButton(state.value, parent)
        self.word.setProperty("kind", "link")
        self.word.setIcon(marks.icon([mark]))
        self.word.setIconSize(marks.size([mark]))
        self.word.setCursor(Qt.CursorShape.PointingHandCursor)
        self.number = QLabel(parent)
        self.number.setProperty("role", "count")
        self.number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.bar = CountBar(mark[1], parent)

    def show_count(self, count: int, share: float) -> None:
        """Show how many, and how long the bar is (0 to 1)."""
        self.word.setAccessibleName(f"{self._state.value} : {count}")
        self.number.setText(str(count))
        self.bar.show_share(share)


class CountBar(QWidget):
    """A quiet bar; what it says is written beside it."""

    def __init__(self, token: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._token, self._share = token, 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_share(self, share: float) -> None:
        """Set the length, 0 to 1."""
        self._share = share
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(self.rect()).adjusted(8, 2, 0, -2)
        painter.setBrush(theme.colour("canvas"))
        painter.drawRoundedRect(whole, 3, 3)
        if self._share:
            painter.setBrush(theme.colour(self._token))
            whole.setWidth(max(whole.width() * self._share, 6))
            painter.drawRoundedRect(whole, 3, 3)
        painter.end()
