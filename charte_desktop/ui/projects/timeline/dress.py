"""The pens and brushes of a timeline, in the window's colours or in those of paper."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPen

from charte_desktop.model.project_dates import Punctuality
from charte_desktop.ui import theme


@dataclass(frozen=True)
class Dress:
    """Everything a bar is drawn with. Planned is an outline, agreed a thin line above, real a full bar."""

    surface: QColor
    off: QBrush
    line: QPen
    ink: QPen
    muted: QPen
    planned_pen: QPen
    planned: QBrush
    agreed: QBrush
    real: QBrush
    late: QBrush
    late_pen: QPen
    late_words: QPen
    risk: QBrush
    risk_words: QPen
    today: QPen
    chosen: QBrush
    focus: QPen
    ghost_pen: QPen
    ghost: QBrush

    def tint_pen(self, punctuality: Punctuality) -> QPen:
        """The colour of words about a punctuality; the words themselves, and a shape, say it too."""
        if punctuality is Punctuality.LATE:
            return self.late_words
        return self.risk_words if punctuality is Punctuality.AT_RISK else self.muted


def dress_of(tokens: theme.Tokens) -> Dress:
    """The dress for some colours."""
    colour = {name: QColor(code) for name, code in tokens.items() if name != "name"}
    return Dress(
        surface=colour["surface"],
        off=QBrush(colour["canvas"].darker(103) if tokens["name"] == theme.LIGHT else colour["canvas"]),
        line=_pen(colour["line"]),
        ink=_pen(colour["ink"]),
        muted=_pen(colour["muted"]),
        planned_pen=_pen(colour["primary"]),
        planned=QBrush(colour["selected"]),
        agreed=QBrush(colour["muted"]),
        real=QBrush(colour["primary"]),
        late=QBrush(colour["error"]),
        late_pen=_pen(colour["error"], 2.0),
        late_words=_pen(colour["error"]),
        risk=QBrush(colour["warning"]),
        risk_words=_pen(colour["warning"]),
        today=_pen(colour["error"], 1.4, Qt.PenStyle.DashLine),
        chosen=QBrush(_faint(colour["selected"])),
        focus=_pen(colour["accent"], 2.0),
        ghost_pen=_pen(colour["accent"], 1.6, Qt.PenStyle.DashLine),
        ghost=QBrush(_faint(colour["accent"], 60)),
    )


def _pen(colour: QColor, width: float = 1.0, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    pen = QPen(colour, width, style)
    pen.setCosmetic(True)
    return pen


def _faint(colour: QColor, alpha: int = 110) -> QColor:
    faint = QColor(colour)
    faint.setAlpha(alpha)
    return faint
