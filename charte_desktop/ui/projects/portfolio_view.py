"""Every project that answers, on one timeline: a row each, the same scale, late and at-risk said at its end."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from charte_desktop.model.timeline import Bar
from charte_desktop.ui.forms import press_by_enter
from charte_desktop.ui.projects.timeline.legend import Legend
from charte_desktop.ui.projects.timeline.timeline_canvas import wide_extent
from charte_desktop.ui.projects.timeline.timeline_rows import rows_of_portfolio
from charte_desktop.ui.projects.timeline.timeline_view import TimelineView

if TYPE_CHECKING:
    from datetime import date

    from charte_desktop.model.calendar import WorkingCalendar
    from charte_desktop.store.project_rows import ProjectRow

_HINT = (
    "Entrée ou double clic : ouvrir le projet. Ctrl et molette, + et - : échelle ; 0 : tout ; T : aujourd'hui. "
    "Les dates d'un projet se changent dans sa frise."
)


class PortfolioView(QWidget):
    """Read, scrolled and zoomed; a project is opened from here, and moved in its own timeline."""

    opened = Signal(str)
    """Show this project: its id."""
    file_asked = Signal(str)
    """Write the portfolio to a file of this kind: "png" or "svg"."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = TimelineView(self)
        self.view.setAccessibleName("Frise des projets")
        self._today: date | None = None
        buttons = [
            self._button("−", "Moins de détail (touche -)", lambda: self.view.zoom(-2)),
            self._button("+", "Plus de détail (touche +)", lambda: self.view.zoom(2)),
            self._button("Tout voir", "Touche 0", self.view.fit),
            self._button("Aujourd'hui", "Touche T", self._show_today),
        ]
        for button, words in zip(buttons[:2], ("Moins de détail", "Plus de détail"), strict=True):
            button.setFixedWidth(40)
            button.setAccessibleName(words)
        self.export_button = QPushButton("Exporter", self)
        menu = QMenu(self)
        for words, kind in (("Image PNG…", "png"), ("Dessin SVG…", "svg")):
            menu.addAction(words).triggered.connect(lambda _=False, kind=kind: self.file_asked.emit(kind))
        self.export_button.setMenu(menu)
        self.told = QLabel(_HINT, self)
        self.told.setProperty("role", "muted")
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        head = QHBoxLayout()
        head.setSpacing(8)
        for button in buttons:
            head.addWidget(button)
        head.addWidget(Legend(self), 1)
        head.addWidget(self.export_button)
        frame = QFrame(self)
        frame.setProperty("role", "card")
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(1, 1, 1, 1)
        inner.addWidget(self.view)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(8)
        lines.addLayout(head)
        lines.addWidget(frame, 1)
        lines.addWidget(self.told)
        self.view.opened.connect(self.opened)
        self.view.chosen.connect(self._tell)

    def _button(self, words: str, hint: str, do: Callable[[], object]) -> QPushButton:
        button = QPushButton(words, self)
        button.setToolTip(hint)
        press_by_enter(button)
        button.clicked.connect(lambda _=False: do())
        return button

    def show_projects(self, projects: "Sequence[ProjectRow]", calendar: "WorkingCalendar", today: "date") -> None:
        """Draw these projects; the one that was chosen stays."""
        from charte_desktop.store.project_rows import extent_of

        self._today = today
        first, last = extent_of(projects) or (None, None)
        self.view.show_rows(rows_of_portfolio(projects, today), wide_extent(first, last, today), calendar, today)

    def choose(self, project_id: str) -> None:
        """Put the keyboard on a project."""
        for number, row in enumerate(self.view.timeline.rows):
            if row.key == project_id:
                self.view.choose(number)
                return

    @property
    def chosen(self) -> str:
        """The project that the keyboard is on; empty for none."""
        return self.view.chosen_key

    def _show_today(self) -> None:
        if self._today is not None:
            self.view.show_day(self._today)

    def _tell(self, bar: Bar | None) -> None:
        chosen = self.view.timeline.chosen
        words = "" if chosen is None else self.view.timeline.rows[chosen[0]].words()
        if bar is not None:
            words = f"{words} · {bar.words()}"
        self.told.setText(words.rstrip(", ") or _HINT)
        self.told.setToolTip(_HINT)

    def picture(self, kind: str, title: str) -> bytes:
        """The whole of it as a "png" or an "svg"."""
        from charte_desktop.ui.projects.timeline.timeline_picture import timeline_png, timeline_svg

        scene = self.view.timeline
        return timeline_svg(scene, title) if kind == "svg" else timeline_png(scene, title)
