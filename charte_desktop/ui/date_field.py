"""A day to type: empty when there is none, "3/11", "lundi" or "+15" as it comes, jj/mm/aaaa once it is left."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QFrame, QLineEdit, QVBoxLayout, QWidget

from charte_desktop.errors import UserError
from charte_desktop.ui import icons

if TYPE_CHECKING:
    from charte_desktop.model.calendar import WorkingCalendar
    from charte_desktop.model.reading import Reading

_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS = {
    Qt.Key.Key_Up: ("days", 1),
    Qt.Key.Key_Down: ("days", -1),
    Qt.Key.Key_PageUp: ("months", 1),
    Qt.Key.Key_PageDown: ("months", -1),
}


class DateField(QLineEdit):
    """A day, or nothing: it never shows a day that nobody chose."""

    changed = Signal()
    """The user typed, stepped or chose; the text may be half a day."""
    left = Signal()
    stepped = Signal()
    """Enter."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today: Callable[[], date] = date.today
        self._calendar: WorkingCalendar | None = None
        self._is_past: bool | None = False
        self._popup: QFrame | None = None
        self.setPlaceholderText("jj/mm/aaaa")
        self.setToolTip("jj/mm/aaaa, « lundi », « +15 » · ↑ ↓ : un jour · Page : un mois · vide : pas de date")
        choose = QAction(icons.icon("calendar", "muted"), "Choisir dans un calendrier", self)
        choose.triggered.connect(self._show_calendar)
        self.addAction(choose, QLineEdit.ActionPosition.TrailingPosition)
        self.textEdited.connect(lambda _: self.changed.emit())

    def serve(
        self, today: Callable[[], date], calendar: "WorkingCalendar | None" = None, *, past: bool | None = False
    ) -> None:
        """Read days from this one on; `past` prefers the last "lundi" to the next, None the closest "28/11".

        A calendar makes `hint` speak.
        """
        self._today, self._calendar, self._is_past = today, calendar, past

    # The day

    def reading(self) -> "Reading[date | None]":
        """The day that is typed, or what is to mend."""
        from charte_desktop.model.typed_day import read_day

        return read_day(self.text(), self._today(), past=self._is_past)

    def day(self) -> date | None:
        """The day, None for an empty field. Refused: a text that is no day."""
        read = self.reading()
        if read.value is None and self.text().strip():
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            raise UserError(read.message)
        return read.value

    def wanted(self, sentence: str) -> date:
        """The day; an empty field is refused with this sentence."""
        day = self.day()
        if day is None:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            raise UserError(sentence)
        return day

    def show_day(self, day: date | None) -> None:
        """Show a day, or nothing."""
        self.setText(f"{day:%d/%m/%Y}" if day else "")

    def hint(self) -> str:
        """What to say of what is typed: what to mend, or that the office is closed that day."""
        from charte_desktop.model.typed_day import hint

        read = self.reading()
        if read.value is None:
            return read.message
        return hint(read.value, self._calendar) if self._calendar is not None else ""

    def settle(self) -> None:
        """Show in full what was typed in short."""
        day = self.reading().value
        if day is not None and self.text() != f"{day:%d/%m/%Y}":
            self.show_day(day)
            self.changed.emit()

    # The keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _RETURN and event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier:
            self.settle()
            self.stepped.emit()
        elif key in _STEPS and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self._step(*_STEPS[key])
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.settle()
            self.left.emit()

    def _step(self, unit: str, count: int) -> None:
        from datetime import timedelta

        from charte_desktop.model.follow_up import months_after

        day = self.reading().value
        if day is None:
            day = self._today()
        else:
            day = day + timedelta(days=count) if unit == "days" else months_after(day, count)
        self.show_day(day)
        self.changed.emit()

    # The calendar

    def _show_calendar(self) -> None:
        popup = QFrame(self, Qt.WindowType.Popup)
        popup.setProperty("role", "card")
        calendar = QCalendarWidget(popup)
        calendar.setLocale(QLocale(QLocale.Language.French, QLocale.Country.France))
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        day = self.reading().value or self._today()
        calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        calendar.clicked.connect(self._choose)
        calendar.activated.connect(self._choose)
        lines = QVBoxLayout(popup)
        lines.setContentsMargins(4, 4, 4, 4)
        lines.addWidget(calendar)
        popup.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        popup.show()
        calendar.setFocus()
        self._popup = popup

    def _choose(self, chosen: QDate) -> None:
        self.show_day(date(chosen.year(), chosen.month(), chosen.day()))
        if self._popup is not None:
            self._popup.close()
            self._popup.deleteLater()
            self._popup = None
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()
