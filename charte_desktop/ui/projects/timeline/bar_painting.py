"""The bars of rows, drawn in as few strokes as they have looks: hundreds of rows pass by at each zoom and each turn."""

from collections.abc import Iterable, Sequence
from datetime import date

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPolygonF

from charte_desktop.model.display import show_date
from charte_desktop.model.project_dates import Punctuality, Standing
from charte_desktop.model.timeline import POINTS, Bar, BarKind
from charte_desktop.ui.projects.timeline.dress import Dress
from charte_desktop.ui.projects.timeline.lettering import Lettering
from charte_desktop.ui.projects.timeline.time_scale import TimeScale

_MARKED = (Punctuality.LATE, Punctuality.AT_RISK)
_HALF = 5.0
"""Half a point's width."""
_MARK = 4.0
"""Half a mark's."""
_NARROWEST = 2.0
"""A bar of one day stays seen when a day is less than a pixel."""
_THIN = 2.0
"""Height of the line of what was agreed."""
_BESIDE = 18.0
"""Pixels after the last bar that a mark takes, before the words."""
Days = tuple[int, int]
"""The first day from the scene's own first, and the one after the last."""


class LaneBars:
    """The bars of one row as numbers of days: what does not depend on the scale is worked out once."""

    __slots__ = ("agreed", "first", "last", "length", "marks", "planned", "points", "real", "said")

    def __init__(self, bars: Sequence[Bar], origin: date, standing: Standing | None = None) -> None:
        """`standing` is that of all the bars together; without one, each has its own."""
        order = sorted((bar for bar in bars if bar.days), key=lambda bar: min(bar.days))
        self.planned: list[Days] = []
        self.real: list[Days] = []
        self.agreed: list[Days] = []
        self.points: list[tuple[float, BarKind, bool]] = []
        self.marks: list[tuple[int, Punctuality]] = []
        self.first = min(((min(bar.days) - origin).days for bar in order), default=0)
        self.last = 0
        self.length = -1.0
        """Pixels of the words, once they were drawn."""
        for bar in order:
            if bar.kind in POINTS:
                for day, full in ((bar.planned[1], False), (bar.actual[1], True)):
                    if day is not None:
                        self.points.append(((day - origin).days + 0.5, bar.kind, full))
            else:
                _add(self.planned, bar.planned, origin)
                _add(self.real, bar.actual, origin)
            _add(self.agreed, bar.agreed, origin)
            end = max((day - origin).days for day in bar.days) + 1
            if standing is None and bar.standing.punctuality in _MARKED:
                self.marks.append((end, bar.standing.punctuality))
            self.last = max(self.last, end)
        if standing is not None and standing.punctuality in _MARKED:
            self.marks.append((self.last, standing.punctuality))
        self.said = _said(order) if standing is None else (standing.words, standing.punctuality)


def paint_bars(
    painter: QPainter,
    lanes: Iterable[tuple[float, float, LaneBars]],
    scale: TimeScale,
    seen: tuple[float, float],
    dress: Dress,
    letters: Lettering,
) -> None:
    """Draw the bars of rows, each with its top and its height, between the two places of `seen`."""
    day = scale.day
    left, right = seen
    first, after = left / day - 1, right / day + 1
    planned: list[QRectF] = []
    real: list[QRectF] = []
    agreed: list[QRectF] = []
    points: list[tuple[float, float, BarKind, bool]] = []
    marks: list[tuple[float, float, Punctuality]] = []
    said: list[tuple[float, float, LaneBars]] = []
    for top, height, lane in lanes:
        if lane.first > after or (lane.length >= 0 and lane.last * day + _BESIDE + 2 + lane.length < left):
            continue
        middle = top + height / 2
        for boxes, spans, thick in ((planned, lane.planned, height * 0.5), (real, lane.real, height * 0.25)):
            for start, end in spans:
                if end >= first and start <= after:
                    width = (end - start) * day
                    boxes.append(
                        QRectF(start * day, middle - thick / 2, width if width > _NARROWEST else _NARROWEST, thick)
                    )
        for start, end in lane.agreed:
            if end >= first and start <= after:
                agreed.append(QRectF(start * day, top + height * 0.1, (end - start) * day, _THIN))
        for place, kind, full in lane.points:
            if left - _HALF <= place * day <= right + _HALF:
                points.append((place * day, middle, kind, full))
        for end, punctuality in lane.marks:
            if left - _BESIDE <= end * day <= right:
                marks.append((end * day + _BESIDE / 2, middle, punctuality))
        if lane.said is not None:
            start_of_words = lane.last * day + (_BESIDE + 2 if lane.marks else 6)
            if start_of_words <= right and (lane.length < 0 or start_of_words + lane.length >= left):
                said.append((start_of_words, middle, lane))
    if planned:
        painter.setPen(dress.planned_pen)
        painter.setBrush(dress.planned)
        painter.drawRects(planned)
    painter.setPen(Qt.PenStyle.NoPen)
    for boxes, brush in ((real, dress.real), (agreed, dress.agreed)):
        if boxes:
            painter.setBrush(brush)
            painter.drawRects(boxes)
    if points or marks:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for x, y, kind, full in points:
            _point(painter, kind, x, y, dress, full=full)
        for x, y, punctuality in marks:
            _mark(painter, punctuality, x, y, dress)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    if said:
        _say(painter, said, dress, letters)


def box_of(bar: Bar, scale: TimeScale, top: float, height: float) -> QRectF:
    """The room of one bar, as it is pointed at and framed."""
    starts, ends = [], []
    for span in (bar.planned, bar.actual):
        start, end = span[0] or span[1], span[1]
        if start is not None and end is not None:
            starts.append(scale.x(start))
            ends.append(scale.end(end))
    if not starts:
        return QRectF()
    left, right = min(starts), max(ends)
    if bar.kind in POINTS:
        left, right = left + scale.day / 2 - _HALF, right - scale.day / 2 + _HALF
    return QRectF(left, top + height * 0.18, max(right - left, 2 * _NARROWEST), height * 0.64)


def _add(kept: list[Days], span: tuple[date | None, date | None], origin: date) -> None:
    start, end = span[0] or span[1], span[1]
    if start is not None and end is not None:
        kept.append(((start - origin).days, (end - origin).days + 1))


def _point(painter: QPainter, kind: BarKind, x: float, y: float, dress: Dress, *, full: bool) -> None:
    """A diamond for a milestone, a square for a deliverable, a triangle for a notice, a line for an exchange."""
    painter.setPen(dress.planned_pen)
    painter.setBrush(dress.real if full else dress.planned)
    half = _HALF
    match kind:
        case BarKind.EXCHANGE:
            painter.drawLine(QLineF(x, y - half, x, y + half))
        case BarKind.DELIVERABLE:
            painter.drawRect(QRectF(x - half + 1, y - half + 1, 2 * half - 2, 2 * half - 2))
        case BarKind.NOTICE:
            painter.drawPolygon(
                QPolygonF([QPointF(x - half, y + half - 1), QPointF(x + half, y + half - 1), QPointF(x, y - half)])
            )
        case BarKind.OVERRUN:
            painter.drawEllipse(QPointF(x, y), half - 1, half - 1)
        case _:
            painter.drawPolygon(
                QPolygonF([QPointF(x - half, y), QPointF(x, y - half), QPointF(x + half, y), QPointF(x, y + half)])
            )


def _mark(painter: QPainter, punctuality: Punctuality, x: float, y: float, dress: Dress) -> None:
    """A cross for what is late, a triangle for what is at risk."""
    half = _MARK
    if punctuality is Punctuality.LATE:
        painter.setPen(dress.late_pen)
        painter.drawLines(
            [QLineF(x - half, y - half, x + half, y + half), QLineF(x - half, y + half, x + half, y - half)]
        )
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(dress.risk)
        painter.drawPolygon(QPolygonF([QPointF(x - half, y + half), QPointF(x + half, y + half), QPointF(x, y - half)]))


def _say(painter: QPainter, said: Iterable[tuple[float, float, LaneBars]], dress: Dress, letters: Lettering) -> None:
    """Write the words after the bars."""
    for x, middle, lane in said:
        assert lane.said is not None
        words, punctuality = lane.said
        lane.length = letters.length(words)
        painter.setPen(dress.tint_pen(punctuality))
        letters.draw(painter, x, middle, words)


def _said(bars: Sequence[Bar]) -> tuple[str, Punctuality] | None:
    """The words beside a row: what is wrong in it, else the day of its only bar."""
    for wanted in _MARKED:
        told = next((bar for bar in bars if bar.standing.punctuality is wanted and bar.standing.words), None)
        if told is not None:
            return told.standing.words, wanted
    if len(bars) != 1:
        return None
    bar = bars[0]
    punctuality = bar.standing.punctuality
    if punctuality is Punctuality.UNDATED:
        return bar.standing.words, punctuality
    if bar.kind is BarKind.EXCHANGE:
        return None
    is_over = punctuality in (Punctuality.DONE, Punctuality.DONE_LATE)
    end = bar.actual[1] if is_over else bar.planned[1]
    return None if end is None else (show_date(end), punctuality)
