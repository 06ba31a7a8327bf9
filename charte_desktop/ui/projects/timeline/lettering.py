"""The words of a timeline, laid out once and drawn at each step: weeks, months, names, what is said of each row."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QStaticText, QTransform

_MOST = 4_000
"""Texts that are kept laid out."""


class Lettering:
    """Texts in one letter and its bold one."""

    def __init__(self, font: QFont) -> None:
        self.font, self.bold = QFont(font), QFont(font)
        self.bold.setWeight(QFont.Weight.DemiBold)
        self._letters = {False: QFontMetricsF(self.font), True: QFontMetricsF(self.bold)}
        self._kept: dict[tuple[str, bool], tuple[QStaticText, float]] = {}
        self._elided: dict[tuple[str, int, bool], str] = {}
        self.height = self._letters[False].height()

    def length(self, words: str, *, bold: bool = False) -> float:
        """Pixels of a text."""
        return self._laid_out(words, bold=bold)[1]

    def draw(self, painter: QPainter, x: float, middle: float, words: str, *, bold: bool = False) -> None:
        """Draw a text from `x`, its middle at that height, with the painter's pen."""
        if bold:
            painter.setFont(self.bold)
        painter.drawStaticText(QPointF(x, middle - self.height / 2), self._laid_out(words, bold=bold)[0])
        if bold:
            painter.setFont(self.font)

    def elided(self, words: str, room: int, *, bold: bool = False) -> str:
        """The text, or as much of it as the room holds, with its ellipsis."""
        asked = words, room, bold
        if asked not in self._elided:
            if len(self._elided) > _MOST:
                self._elided.clear()
            self._elided[asked] = self._letters[bold].elidedText(words, Qt.TextElideMode.ElideRight, room)
        return self._elided[asked]

    def _laid_out(self, words: str, *, bold: bool) -> tuple[QStaticText, float]:
        kept = self._kept.get((words, bold))
        if kept is None:
            if len(self._kept) > _MOST:
                self._kept.clear()
            text = QStaticText(words)
            text.setTextFormat(Qt.TextFormat.PlainText)
            text.prepare(QTransform(), self.bold if bold else self.font)
            kept = self._kept[words, bold] = text, self._letters[bold].horizontalAdvance(words)
        return kept
