"""What a timeline shows: rows of bars on a calendar with its days off and today's line; what is chosen among them."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QApplication,
    QGraphicsItem,
    QGraphicsRectItem,
    QGraphicsScene,
    QStyleOptionGraphicsItem,
    QWidget,
)

from charte_desktop.model.calendar import WorkingCalendar
from charte_desktop.model.project_dates import Standing
from charte_desktop.model.time_axis import Unit, axis_at, starts
from charte_desktop.model.timeline import Bar
from charte_desktop.model.timeline_moves import Days, moved
from charte_desktop.ui import theme
from charte_desktop.ui.projects.timeline.bar_painting import LaneBars, box_of, paint_bars
from charte_desktop.ui.projects.timeline.dress import Dress, dress_of
from charte_desktop.ui.projects.timeline.lettering import Lettering
from charte_desktop.ui.projects.timeline.time_scale import TimeScale

LANE, HEADING = 28, 26
"""Pixels of a row."""
_SHADED = 2.0
"""Pixels of a day from which days off are shaded."""
_FAR = 1e6


class TimelineRow:
    """One row: its words at the left, its bars; a heading begins a group and may have none."""

    def __init__(
        self,
        key: str,
        title: str,
        bars: Sequence[Bar] = (),
        *,
        heading: bool = False,
        later: Callable[[], tuple[Sequence[Bar], Standing]] | None = None,
    ) -> None:
        """`key` is what the row is of: the id of a project, or of what its first bar shows.

        With `later`, the bars and how the whole row stands are asked for when the row is first seen.
        """
        self.key, self.title, self.heading = key, title, heading
        self._bars, self._later = bars, later

    @property
    def has_bars(self) -> bool:
        """True when something is drawn in it, or may be."""
        return self._later is not None or bool(self._bars)

    @cached_property
    def _read(self) -> tuple[Sequence[Bar], Standing | None]:
        return (self._bars, None) if self._later is None else self._later()

    @property
    def bars(self) -> Sequence[Bar]:
        """What is drawn in it."""
        return self._read[0]

    @property
    def standing(self) -> Standing | None:
        """How the whole row stands, said at its end; None: as its bars do."""
        return self._read[1]

    def words(self) -> str:
        """The row read aloud."""
        if self.standing is not None:
            return f"{self.title}, {self.standing.words}"
        return " ; ".join(bar.words() for bar in self.bars) or self.title


@dataclass(frozen=True)
class Ghost:
    """Where a bar would go."""

    row: int
    bar: Bar
    planned: Days


class RowsItem(QGraphicsRectItem):
    """All the rows as one item: what is exposed of them is drawn in one go."""

    def __init__(self, scene: "TimelineScene", height: float) -> None:
        super().__init__(0, 0, _FAR, height)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self._scene = scene

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        exposed: QRectF = option.exposedRect
        self._scene.paint_rows(painter, exposed)


class TimelineScene(QGraphicsScene):
    """Rows of bars under one calendar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: Sequence[TimelineRow] = ()
        self.calendar = WorkingCalendar()
        self.today = date.min
        self.scale = TimeScale(date(2000, 1, 1), date(2000, 1, 31), 8)
        self.chosen: tuple[int, int] | None = None
        """The row and the bar that the keyboard is on."""
        self.ghost: Ghost | None = None
        self.dress: Dress = dress_of(theme.tokens())
        self.lettering = Lettering(QApplication.font())
        self._lanes: dict[int, LaneBars] = {}
        self._tops: list[float] = []
        self._marked: tuple[object, list[tuple[float, float]], list[float]] | None = None
        self._rules: list[float] = []
        """Where a group begins."""
        self._off: list[tuple[int, int]] | None = None

    def show_rows(
        self, rows: Sequence[TimelineRow], extent: tuple[date, date], calendar: WorkingCalendar, today: date
    ) -> None:
        """Show these rows from the first to the last day of `extent`; the length of a day stays."""
        self.clear()
        self.rows, self.calendar, self.today = rows, calendar, today
        self.scale = TimeScale(extent[0], extent[1], self.scale.day)
        self.chosen = self.ghost = None
        self._lanes, self._tops, self._off, self._marked = {}, [], None, None
        top = 0.0
        for row in rows:
            self._tops.append(top)
            top += HEADING if row.heading and not row.has_bars else LANE
        self._tops.append(top)
        self._rules = [self._tops[number] for number, row in enumerate(rows) if row.heading and number]
        self.addItem(RowsItem(self, top))

    def lane(self, number: int) -> LaneBars:
        """The bars of a row, ready to be drawn; worked out when it is first seen."""
        if number not in self._lanes:
            row = self.rows[number]
            self._lanes[number] = LaneBars(row.bars, self.scale.first, row.standing)
        return self._lanes[number]

    def forget_dress(self) -> None:
        """The colours or the letter of the window are others."""
        self.dress = dress_of(theme.tokens())
        self.lettering = Lettering(QApplication.font())
        self._lanes.clear()
        self.update()

    @property
    def rows_height(self) -> float:
        """All the rows."""
        return self._tops[-1] if self._tops else 0.0

    def top(self, row: int) -> float:
        """Where a row begins."""
        return self._tops[row]

    def row_at(self, y: float) -> int:
        """The row at a height, or -1."""
        if not 0 <= y < self.rows_height:
            return -1
        return bisect_left(self._tops, y + 0.001) - 1

    def box(self, row: int, bar: int) -> QRectF:
        """The room of one bar."""
        return box_of(self.rows[row].bars[bar], self.scale, self._tops[row], LANE)

    def bar_at(self, spot: QPointF) -> tuple[int, int] | None:
        """The row and the bar at a place; the last drawn is on top."""
        row = self.row_at(spot.y())
        if row < 0:
            return None
        near = QRectF(spot.x() - 2, spot.y() - 2, 4, 4)
        for bar in range(len(self.rows[row].bars) - 1, -1, -1):
            if self.box(row, bar).intersects(near):
                return row, bar
        return None

    # Painting

    def paint_rows(self, painter: QPainter, exposed: QRectF) -> None:
        """Draw what is exposed of the rows: what is chosen, the bars, where one would go."""
        first = max(self.row_at(max(exposed.top(), 0)), 0)
        numbers = []
        for number in range(first, len(self.rows)):
            if self._tops[number] > exposed.bottom():
                break
            if self.rows[number].has_bars:
                numbers.append(number)
        dress, seen = self.dress, (exposed.left(), exposed.right())
        chosen = self.chosen if self.chosen is not None and self.chosen[0] in numbers else None
        if chosen is not None:
            painter.fillRect(QRectF(seen[0], self._tops[chosen[0]], seen[1] - seen[0], LANE), dress.chosen)
        lanes = [(self._tops[number], float(LANE), self.lane(number)) for number in numbers]
        paint_bars(painter, lanes, self.scale, seen, dress, self.lettering)
        if chosen is not None and self.rows[chosen[0]].bars:
            box = self.box(*chosen)
            if not box.isEmpty():
                painter.setPen(dress.focus)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(box.adjusted(-2, -2, 2, 2))
        ghost = self.ghost
        if ghost is not None and ghost.row in numbers:
            painter.setPen(dress.ghost_pen)
            painter.setBrush(dress.ghost)
            painter.drawRect(box_of(moved(ghost.bar, ghost.planned), self.scale, self._tops[ghost.row], LANE))

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        self.paint_calendar(painter, QRectF(rect))

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        self.paint_today(painter, QRectF(rect))

    def paint_calendar(self, painter: QPainter, rect: QRectF) -> None:
        """Days off, the beginnings of weeks, months or years, and the lines between groups."""
        dress, top, height = self.dress, rect.top(), rect.height()
        off, places = self._marks(rect.left(), rect.right())
        if off:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(dress.off)
            painter.drawRects([QRectF(x, top, width, height) for x, width in off])
        painter.setPen(dress.line)
        painter.drawLines([QLineF(x, top, x, rect.bottom()) for x in places])
        for y in self._rules:
            if top <= y <= rect.bottom():
                painter.drawLine(QLineF(rect.left(), y, rect.right(), y))

    def _marks(self, left: float, right: float) -> tuple[list[tuple[float, float]], list[float]]:
        """Where days off begin with their width, and where weeks, months or years begin; kept until they pass."""
        scale = self.scale
        asked = (scale, left, right)
        if self._marked is None or self._marked[0] != asked:
            first, last = scale.at(left), scale.at(right)
            off = []
            if scale.day >= _SHADED:
                from_day, to_day = (first - scale.first).days, (last - scale.first).days
                runs = self._off_runs()
                for start, count in runs[max(bisect_left(runs, (from_day, 0)) - 1, 0) :]:
                    if start > to_day:
                        break
                    off.append((start * scale.day, count * scale.day))
            axis = axis_at(scale.day)
            unit = axis.upper if axis.lower is Unit.DAY else axis.lower
            self._marked = asked, off, [scale.x(day) for day in starts(unit, first, last)]
        return self._marked[1], self._marked[2]

    def paint_today(self, painter: QPainter, rect: QRectF) -> None:
        """The line of the day."""
        if self.scale.first <= self.today <= self.scale.last:
            x = self.scale.x(self.today) + self.scale.day / 2
            if rect.left() - 2 <= x <= rect.right() + 2:
                painter.setPen(self.dress.today)
                painter.drawLine(QLineF(x, rect.top(), x, rect.bottom()))

    def _off_runs(self) -> list[tuple[int, int]]:
        """The days off in a row: the first, from the scene's own first day, and how many."""
        if self._off is None:
            self._off = []
            day, count = self.scale.first, 0
            for number in range((self.scale.last - self.scale.first).days + 2):
                if number <= (self.scale.last - self.scale.first).days and not self.calendar.is_working(day):
                    count += 1
                elif count:
                    self._off.append((number - count, count))
                    count = 0
                day += timedelta(1)
        return self._off
