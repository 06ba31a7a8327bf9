"""The timeline as a view: dates above, names at the left, at any scale; one bar is chosen, another place proposed."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGraphicsView, QToolTip, QWidget

from charte_desktop.model.calendar import WorkingCalendar
from charte_desktop.model.display import show_date
from charte_desktop.model.timeline import Bar
from charte_desktop.model.timeline_moves import Days, words_of_move
from charte_desktop.ui.projects.timeline.axis_header import AXIS, AxisHeader, LaneLabels, label_width
from charte_desktop.ui.projects.timeline.time_scale import STEP, TimeScale
from charte_desktop.ui.projects.timeline.timeline_scene import LANE, Ghost, TimelineRow, TimelineScene


class TimelineCanvas(QGraphicsView):
    """Shows rows of bars at a scale, with dates above and names at the left; the keyboard is on one bar."""

    chosen = Signal(object)
    """The `Bar` that the keyboard is on, or None."""
    opened = Signal(str)
    """Enter or a double click on a row: its key."""
    proposed = Signal(object, object)
    """A `Bar` was pulled, and its new planned dates."""
    given_up = Signal()
    """What was proposed is not wanted."""
    rescaled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.timeline = TimelineScene(self)
        self.setScene(self.timeline)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontAdjustForAntialiasing)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontSavePainterState)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.MinimalViewportUpdate)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Frise")
        self.viewport().setMouseTracking(True)
        self.is_movable = False
        """True where bars may be pulled."""
        self._header, self._labels = AxisHeader(self), LaneLabels(self)
        self._is_fitted = True
        """True until somebody chooses another scale."""
        self._widest_label = 240

    # What is shown

    def show_rows(
        self,
        rows: Sequence[TimelineRow],
        extent: tuple[date, date],
        calendar: WorkingCalendar,
        today: date,
        *,
        fit: bool = True,
    ) -> None:
        """Show these rows; the same key stays chosen. With `fit`, all the days until another scale is chosen."""
        kept = self.chosen_bar
        key = self.chosen_key
        first = self.timeline.scale.first
        left = self.horizontalScrollBar().value() / self.timeline.scale.day
        self.timeline.show_rows(rows, extent, calendar, today)
        self._lay_out()
        if self._is_fitted and fit:
            self.fit()
        else:
            self._rescale(self.timeline.scale.day)
            days = (first - extent[0]).days
            self.horizontalScrollBar().setValue(round((left + days) * self.timeline.scale.day))
        if key:
            self._choose_again(key, kept.id if kept is not None else "")
        self._refresh()

    @property
    def chosen_bar(self) -> Bar | None:
        """The bar that the keyboard is on."""
        chosen = self.timeline.chosen
        if chosen is None or chosen[0] >= len(self.timeline.rows):
            return None
        bars = self.timeline.rows[chosen[0]].bars
        return bars[chosen[1]] if chosen[1] < len(bars) else None

    @property
    def chosen_key(self) -> str:
        """The key of the row that the keyboard is on."""
        chosen = self.timeline.chosen
        return "" if chosen is None else self.timeline.rows[chosen[0]].key

    def choose(self, row: int, bar: int = 0) -> None:
        """Put the keyboard on a bar and bring it into sight."""
        before = self.timeline.chosen
        if before == (row, bar) or not 0 <= row < len(self.timeline.rows):
            return
        if self.timeline.ghost is not None:
            self.give_up()
        self.timeline.chosen = row, bar
        self._repaint_rows(row, *(() if before is None else (before[0],)))
        self._reveal(row, bar)
        self._tell(self.timeline.rows[row])
        self.chosen.emit(self.chosen_bar)

    def choose_row(self, row: int) -> None:
        """The same for the first bar of a row."""
        if 0 <= row < len(self.timeline.rows) and self.timeline.rows[row].has_bars:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.choose(row)

    def open_row(self, row: int) -> None:
        """Ask for what a row is of."""
        if 0 <= row < len(self.timeline.rows) and self.timeline.rows[row].key:
            self.opened.emit(self.timeline.rows[row].key)

    # The scale

    @property
    def scale_of_days(self) -> TimeScale:
        """How long a day is, and which are shown."""
        return self.timeline.scale

    def fit(self) -> None:
        """Show every day."""
        self._is_fitted = True
        self._rescale(self.timeline.scale.fitted(self._room()).day)

    def zoom(self, steps: float, at: float | None = None) -> None:
        """Longer days, or shorter ones; the day at `at` pixels of the viewport stays there, else the middle one."""
        at = self.viewport().width() / 2 if at is None else at
        bar = self.horizontalScrollBar()
        before = self.timeline.scale.day
        day = (bar.value() + at) / before
        self._is_fitted = False
        self._rescale(before * STEP**steps)
        bar.setValue(round(day * self.timeline.scale.day - at))

    def show_day(self, day: date) -> None:
        """Bring a day to a third of the width."""
        self.horizontalScrollBar().setValue(round(self.timeline.scale.x(day) - self.viewport().width() / 3))

    def show_days(self, length: float) -> None:
        """Make a day this many pixels long."""
        self._is_fitted = False
        self._rescale(length)

    def _room(self) -> int:
        return max(self.viewport().width() - 4, 60)

    def _rescale(self, day: float) -> None:
        self.timeline.scale = self.timeline.scale.zoomed(day)
        self.setSceneRect(0, 0, max(self.timeline.scale.width, 1), max(self.timeline.rows_height, 1))
        self._header.update()
        self.viewport().update()
        self.rescaled.emit()

    # Geometry

    def _lay_out(self) -> None:
        width = label_width(self.timeline, self._widest_label, self)
        self.setViewportMargins(width, AXIS, 0, 0)
        self._place()

    def _place(self) -> None:
        box = self.viewport().geometry()
        self._header.setGeometry(box.left(), box.top() - AXIS, box.width(), AXIS)
        left = self.viewportMargins().left()
        self._labels.setGeometry(box.left() - left, box.top(), left, box.height())
        self._header.update()
        self._labels.update()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """What is painted already moves along, above and at the left too."""
        super().scrollContentsBy(dx, dy)
        if dx:
            self._header.pan(dx)
        if dy:
            self._labels.scroll(0, dy)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()
        if self._is_fitted:
            self.fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.timeline.forget_dress()
            self._lay_out()
            self._refresh()

    def _refresh(self) -> None:
        self.viewport().update()
        self._header.update()
        self._labels.update()

    def _repaint_rows(self, *rows: int) -> None:
        for row in rows:
            top = self.mapFromScene(QPointF(0, self.timeline.top(row))).y()
            self.viewport().update(0, top - 3, self.viewport().width(), LANE + 6)
        self._labels.update()

    def _reveal(self, row: int, bar: int) -> None:
        top, bottom = self.timeline.top(row), self.timeline.top(row) + LANE
        high = self.verticalScrollBar()
        if top < high.value() or bottom > high.value() + self.viewport().height():
            high.setValue(round(top - self.viewport().height() / 3))
        if not self.timeline.rows[row].bars:
            return
        box = self.timeline.box(row, bar)
        wide = self.horizontalScrollBar()
        if not box.isEmpty() and (
            box.right() < wide.value() + 8 or box.left() > wide.value() + self.viewport().width() - 8
        ):
            wide.setValue(round(box.left() - self.viewport().width() / 3))

    def _choose_again(self, key: str, bar_id: str) -> None:
        for number, row in enumerate(self.timeline.rows):
            if row.key == key and row.has_bars:
                bars = [bar.id for bar in row.bars]
                self.timeline.chosen = number, bars.index(bar_id) if bar_id in bars else 0
                return

    # Moving

    def give_up(self) -> None:
        """Forget where a bar would go."""
        if self.timeline.ghost is not None:
            row = self.timeline.ghost.row
            self.timeline.ghost = None
            self._repaint_rows(row)
            QToolTip.hideText()
            self.given_up.emit()

    def set_ghost(self, row: int, bar: Bar, planned: Days) -> None:
        """Show where a bar would go, and say it."""
        self.timeline.ghost = Ghost(row, bar, planned)
        self._repaint_rows(row)
        self.setAccessibleDescription(f"{bar.title} : {self._said(bar, planned)}. Entrée pour garder, Échap sinon.")
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        spot = self.mapFromScene(QPointF(self.timeline.scale.x(planned[1] or self.timeline.today), 0))
        below = self.mapFromScene(QPointF(0, self.timeline.top(row) + LANE)).y()
        QToolTip.showText(
            self.viewport().mapToGlobal(QPoint(spot.x(), below)), self._said(bar, planned), self.viewport()
        )

    def _said(self, bar: Bar, planned: Days) -> str:
        start, end = planned
        assert end is not None
        told = show_date(end) if start is None or start == end else f"du {show_date(start)} au {show_date(end)}"
        moved = words_of_move(bar.planned, planned, self.timeline.calendar)
        return f"{told}, {moved}" if moved else f"{told}, comme avant"

    def propose(self, ghost: Ghost) -> None:
        """Ask whoever owns the dates; a bar at its old place is nothing to ask."""
        QToolTip.hideText()
        if ghost.planned == ghost.bar.planned:
            self.give_up()
        else:
            self.proposed.emit(ghost.bar, ghost.planned)

    # Reading aloud

    def _tell(self, row: TimelineRow) -> None:
        bar = self.chosen_bar
        self.setAccessibleDescription(row.words() if bar is None or row.standing is not None else bar.words())
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))


def wide_extent(first: date | None, last: date | None, today: date) -> tuple[date, date]:
    """The days that a portfolio shows: what its projects have, today among them, with room for words."""
    return min(first or today, today) - timedelta(14), max(last or today, today) + timedelta(90)
