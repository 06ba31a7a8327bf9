"""The timeline of a project, with what it can be asked: another scale, another date with its reason, paper, files."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from charte_desktop.errors import UserError
from charte_desktop.model.display import show_date
from charte_desktop.model.project_facts import ProjectFacts
from charte_desktop.model.timeline import Bar, BarKind, extent, lanes
from charte_desktop.model.timeline_moves import Days, words_of_move
from charte_desktop.ui import icons
from charte_desktop.ui.forms import press_by_enter
from charte_desktop.ui.messages import sentence_in
from charte_desktop.ui.projects.timeline.legend import Legend
from charte_desktop.ui.projects.timeline.timeline_rows import rows_of_project
from charte_desktop.ui.projects.timeline.timeline_view import TimelineView

if TYPE_CHECKING:
    from charte_desktop.ui.projects.project_desk import ProjectDesk

TOLD, MOVE = 0, 1
_HINT = (
    "Faites glisser une étape, ou Alt et ← → pour un jour ouvré (avec Maj, une semaine), puis Entrée. "
    "Ctrl et molette, + et - : échelle ; 0 : tout ; T : aujourd'hui."
)


class TimelinePart(QWidget):
    """Pulling a bar proposes; the dates change with a reason, in one action that Ctrl+Z takes back."""

    changed = Signal()
    print_asked = Signal()
    file_asked = Signal(str)
    """Write the timeline to a file of this kind: "pdf", "png", "svg", "ics", "xml"."""
    opened = Signal(str)
    """Show what this bar is of, by its id."""

    def open(self, desk: "ProjectDesk") -> None:
        """Serve this desk from now on."""
        self._desk = desk
        self._about = ""
        self._proposed: tuple[Bar, Days] | None = None
        self.view = TimelineView(self)
        self.view.is_movable = True
        self.view.setAccessibleName("Frise du projet")
        self.out_button = self._button("−", "Moins de détail (touche -)", lambda: self.view.zoom(-2))
        self.in_button = self._button("+", "Plus de détail (touche +)", lambda: self.view.zoom(2))
        self.in_button.setAccessibleName("Plus de détail")
        self.out_button.setAccessibleName("Moins de détail")
        for button in (self.out_button, self.in_button):
            button.setFixedWidth(40)
        self.fit_button = self._button("Tout voir", "Touche 0", self.view.fit)
        self.today_button = self._button("Aujourd'hui", "Touche T", lambda: self.view.show_day(self._desk.today))
        self.print_button = self._button("Imprimer…", "La frise sur une page A4", self.print_asked.emit)
        self.print_button.setIcon(icons.icon("printer"))
        self.print_button.setIconSize(icons.BESIDE_WORDS)
        self.export_button = QPushButton("Exporter", self)
        menu = QMenu(self)
        for words, kind in (
            ("Image PNG…", "png"),
            ("Dessin SVG…", "svg"),
            ("Page A4 en PDF…", "pdf"),
            ("Agenda (.ics)…", "ics"),
            ("MS Project, GanttProject (.xml)…", "xml"),
        ):
            menu.addAction(words).triggered.connect(lambda _=False, kind=kind: self.file_asked.emit(kind))
        self.export_button.setMenu(menu)
        self.legend = Legend(self)
        self._make_foot()
        self._lay_out()
        self.view.chosen.connect(self._tell)
        self.view.proposed.connect(self._ask_reason)
        self.view.given_up.connect(self._forget)
        self.view.opened.connect(self.opened)

    def _button(self, words: str, hint: str, do: Callable[[], object]) -> QPushButton:
        button = QPushButton(words, self)
        button.setToolTip(hint)
        press_by_enter(button)
        button.clicked.connect(lambda _=False: do())
        return button

    def _make_foot(self) -> None:
        """The line below: what is chosen, or the reason of a move."""
        self.told = QLabel(self)
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.told.setProperty("role", "muted")
        self.question = QLabel(self)
        self.question.setTextFormat(Qt.TextFormat.PlainText)
        self.reason = QLineEdit(self)
        self.reason.setPlaceholderText("Motif : les deux parties le lisent (C34)")
        self.reason.setAccessibleName("Motif du déplacement")
        self.following = QCheckBox("Décaler aussi les étapes suivantes", self)
        self.sentence = QLabel(self)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setProperty("role", "error")
        self.move_button = self._button("Déplacer", "Entrée", self.keep)
        self.move_button.setProperty("kind", "primary")
        self.leave_button = self._button("Laisser", "Échap", self.view.give_up)
        self.reason.returnPressed.connect(self.keep)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        for button in (self.out_button, self.in_button, self.fit_button, self.today_button):
            head.addWidget(button)
        head.addStretch(1)
        head.addWidget(self.print_button)
        head.addWidget(self.export_button)
        asked = QWidget(self)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.reason, 1)
        line.addWidget(self.following)
        line.addWidget(self.move_button)
        line.addWidget(self.leave_button)
        column = QVBoxLayout(asked)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        said = QHBoxLayout()
        said.setSpacing(12)
        said.addWidget(self.question)
        said.addWidget(self.sentence, 1)
        column.addLayout(said)
        column.addLayout(line)
        self.foot = QStackedWidget(self)
        self.foot.addWidget(self.told)
        self.foot.addWidget(asked)
        letters = self.fontMetrics().lineSpacing()
        self.foot.setFixedHeight(max(letters + 32 + 8, 2 * letters + 4))
        frame = QFrame(self)
        frame.setObjectName("timeline_frame")
        frame.setProperty("role", "card")
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(1, 1, 1, 1)
        inner.addWidget(self.view)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(12, 12, 12, 8)
        lines.setSpacing(8)
        lines.addLayout(head)
        lines.addWidget(frame, 1)
        lines.addWidget(self.legend)
        lines.addWidget(self.foot)

    # What is shown

    def show_project(self, facts: ProjectFacts) -> None:
        """Draw the project on the desk; the same one keeps its scale and its place."""
        desk = self._desk
        store = desk.store
        calendar, rules = store.calendar, store.rules
        if facts.id != self._about:
            self._about = facts.id
            self.view.fit()
        self.view.is_movable = desk.is_open
        rows = rows_of_project(facts, desk.today, calendar, rules)
        made = lanes(facts, desk.today, calendar, rules)
        self._forget()
        self.view.show_rows(rows, extent(made, desk.today), calendar, desk.today)
        self._tell(self.view.chosen_bar)

    def choose(self, bar_id: str) -> None:
        """Put the keyboard on a bar."""
        for row, one in enumerate(self.view.timeline.rows):
            for place, bar in enumerate(one.bars if one.has_bars else ()):
                if bar.id == bar_id:
                    self.view.choose(row, place)

    def _tell(self, bar: Bar | None) -> None:
        words = "" if bar is None else f"{bar.words()}."
        self.told.setText(words or (_HINT if self.view.is_movable else ""))
        self.told.setToolTip(_HINT)

    # Another date

    def _ask_reason(self, bar: Bar, planned: Days) -> None:
        self._proposed = bar, planned
        start, end = planned
        assert end is not None
        told = (
            f"pour le {show_date(end)}"
            if start is None or start == end
            else (f"du {show_date(start)} au {show_date(end)}")
        )
        moved = words_of_move(bar.planned, planned, self._desk.store.calendar)
        self.question.setText(f"« {bar.title} » {told} ({moved})")
        self.reason.clear()
        self.sentence.clear()
        self.following.setVisible(bar.kind in (BarKind.STEP, BarKind.MILESTONE))
        self.following.setChecked(False)
        self.foot.setCurrentIndex(MOVE)
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep(self) -> None:
        """Move the dates; what is refused is said here."""
        if self._proposed is None:
            return
        bar, (start, end) = self._proposed
        desk = self._desk
        with sentence_in(self.sentence):
            if not self.reason.text().strip():
                raise UserError("Écrivez pourquoi la date change, puis Entrée.")
            desk.steps.move(
                desk.project_id,
                bar.id,
                start if bar.kind is BarKind.STEP else None,
                end,
                self.reason.text(),
                with_following=self.following.isChecked() and self.following.isVisible(),
            )
            self._forget()
            self.view.give_up()
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
            self.changed.emit()

    def _forget(self) -> None:
        if self._proposed is not None or self.foot.currentIndex() != TOLD:
            self._proposed = None
            self.foot.setCurrentIndex(TOLD)
            if self.reason.hasFocus():
                self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_keyboard(self) -> None:
        """The timeline has the keyboard."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves a move that was proposed."""
        if event.key() == Qt.Key.Key_Escape and self._proposed is not None:
            self.view.give_up()
        else:
            super().keyPressEvent(event)

    def pictures(self) -> dict[str, Callable[[str], bytes]]:
        """What writes the timeline as a picture, by the end of the file's name."""
        from charte_desktop.ui.projects.timeline.timeline_picture import timeline_png, timeline_svg

        scene: Any = self.view.timeline
        return {"png": lambda title: timeline_png(scene, title), "svg": lambda title: timeline_svg(scene, title)}
