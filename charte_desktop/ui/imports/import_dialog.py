"""From a file to the register: how it is read, what it would do, then the import; nothing is written before."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QLabel, QProgressBar, QPushButton, QStackedWidget, QWidget

from charte_desktop.errors import Cancelled, UserError
from charte_desktop.exchange.list_choices import ListChoices, Sheet
from charte_desktop.model.import_plan import ImportPlan, ListKind
from charte_desktop.ui.forms import load_form
from charte_desktop.ui.imports.import_columns import ImportColumns
from charte_desktop.ui.imports.import_lines import ImportLines

if TYPE_CHECKING:
    from charte_desktop.model.import_plan import KnownRecords
    from charte_desktop.store.database import Database
    from charte_desktop.ui.background import Background, Progress

T = TypeVar("T")

_WAITING, _PROBLEM, _COLUMNS, _LINES = range(4)


class ImportDialog(QDialog):
    """Two steps over the real rows: the columns, then the dry run, where cells are corrected and checked again."""

    title: QLabel
    steps: QLabel
    pages: QStackedWidget
    waiting: QLabel
    waited_for: QLabel
    bar: QProgressBar
    problem: QLabel
    other_button: QPushButton
    working: QLabel
    report_button: QPushButton
    cancel_button: QPushButton
    back_button: QPushButton
    continue_button: QPushButton
    import_button: QPushButton

    import_asked = Signal(object)
    """The plan to carry out; the dialog hides meanwhile, and is there again if the import did not take place."""
    report_asked = Signal(object)
    other_asked = Signal()
    """Another file, because this one cannot be read."""
    _told = Signal(int, int)

    def __init__(
        self,
        parent: QWidget | None,
        database: "Database",
        background: "Background",
        file: Path,
        kind: ListKind = ListKind.PROVIDERS,
    ) -> None:
        """Read `file` in `background`, whose progress stands in the status bar."""
        super().__init__(parent)
        load_form(self, "import_dialog")
        self.steps.setTextFormat(Qt.TextFormat.RichText)
        self._database, self._background, self._file = database, background, file
        self.choices: ListChoices | None = None
        self.plan: ImportPlan | None = None
        self._known: dict[ListKind, KnownRecords] = {}
        self._next: Callable[[], None] | None = None
        self._leaving = False
        self.columns, self.lines = ImportColumns(self), ImportLines(self)
        for page in (self.columns, self.lines):
            self.pages.addWidget(page)
        self.title.setText(file.name)
        self._fit(parent)
        self._told.connect(self._show_progress)
        self.columns.kind_asked.connect(self._read)
        self.columns.header_asked.connect(self._read_header)
        self.columns.changed.connect(self._columns_changed)
        self.lines.corrected.connect(self._correct)
        self.other_button.clicked.connect(self._choose_other)
        self.cancel_button.clicked.connect(self.reject)
        self.back_button.clicked.connect(lambda: self._turn_to(_COLUMNS))
        self.continue_button.clicked.connect(self.show_lines)
        self.import_button.clicked.connect(self._import)
        self.report_button.clicked.connect(lambda: self.report_asked.emit(self.plan))
        QShortcut(QKeySequence("Alt+Left"), self, self._go_back)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self, self._go_on)
        background.ended.connect(self._after_job)
        self._turn_to(_WAITING)
        self._read(kind)

    # Reading and planning, beside the window

    def _read(self, kind: ListKind) -> None:
        file, database = self._file, self._database
        self._turn_to(_WAITING)
        self.waiting.setText(f"Lecture de {file.name}…")
        self._run(lambda _: _choices(database, file, kind), self._was_read)

    def _was_read(self, choices: ListChoices) -> None:
        self.choices, self.plan = choices, None
        self.lines.serve(choices)
        self.columns.show_choices(choices)
        self._turn_to(_COLUMNS)

    def _read_header(self, sheet: Sheet, header_row: int | None) -> None:
        choices = self.choices
        if choices is not None:
            self._run(lambda _: choices.read_header_at(sheet, header_row), lambda _: self.columns.show_again())

    def _columns_changed(self) -> None:
        self.plan = None
        self.continue_button.setEnabled(self.choices is not None and not self.choices.refusal)

    def show_lines(self) -> None:
        """Go to the dry run, making it when the columns changed."""
        if self.plan is not None:
            self._turn_to(_LINES)
        elif self.choices is not None:
            self.lines.serve(self.choices)
            self._turn_to(_WAITING)
            self.waiting.setText("Essai à blanc…")
            self._plan()

    def _plan(self) -> None:
        choices, database = self.choices, self._database
        if choices is None:
            return

        def work(progress: "Progress") -> ImportPlan:
            from charte_desktop.store.provider_import import known_records

            if choices.kind not in self._known:
                self._known[choices.kind] = known_records(database, choices.kind)

            def tell(done: int, total: int) -> None:
                progress(done, total)
                self._told.emit(done, total)

            return choices.plan(self._known[choices.kind], database.today(), tell, progress.cancelled)

        self._run(work, self._was_planned)

    def _was_planned(self, plan: ImportPlan) -> None:
        self.plan = plan
        self.lines.show_plan(plan)
        self._offer_import()
        self._turn_to(_LINES)

    def _correct(self, sheet: str, row: int, column: int, text: str) -> None:
        if self.choices is not None:
            self.choices.correct(sheet, row, column, text)
            self.working.setText("Relecture…")
            self.import_button.setDisabled(True)
            self._plan()

    def _run(self, job: "Callable[[Progress], T]", done: Callable[[T], None]) -> None:
        """Do a job beside the window; while one runs, the last that was asked for waits."""
        if self._background.is_busy:
            self._next = lambda: self._run(job, done)
            return

        def then(outcome: T | UserError | Cancelled) -> None:
            self.working.clear()
            if self._leaving:
                return
            if isinstance(outcome, Cancelled):
                self._turn_to(_COLUMNS) if self.choices is not None else self.reject()
            elif isinstance(outcome, UserError):
                self._refuse(str(outcome))
            else:
                done(outcome)

        self._background.run(f"Lecture de {self._file.name}…", lambda progress: _outcome(job, progress), then)

    def _after_job(self) -> None:
        waiting, self._next = self._next, None
        if self._leaving:
            super().reject()
        elif waiting is not None:
            waiting()

    def _show_progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.waited_for.setText(f"{done} sur {total} lignes")

    # Steps

    def _refuse(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setAccessibleName(sentence)
        self._turn_to(_PROBLEM)

    def _turn_to(self, page: int) -> None:
        self.pages.setCurrentIndex(page)
        self.steps.setText(_steps(page))
        self.back_button.setVisible(page == _LINES)
        self.report_button.setVisible(page == _LINES)
        self.import_button.setVisible(page == _LINES)
        self.continue_button.setVisible(page == _COLUMNS)
        self.import_button.setDefault(page == _LINES)
        self.continue_button.setDefault(page == _COLUMNS)
        match page:
            case 0:
                self.bar.setRange(0, 0)
                self.waited_for.clear()
            case 1:
                self.other_button.setFocus()
            case 2:
                self.columns.rows.setFocus()
            case 3 if not self.lines.cells.hasFocus() and not self.lines.cells.isAncestorOf(self.focusWidget()):
                self.lines.table.setFocus()

    def _go_back(self) -> None:
        if self.pages.currentIndex() == _LINES:
            self._turn_to(_COLUMNS)

    def _go_on(self) -> None:
        button = self.import_button if self.pages.currentIndex() == _LINES else self.continue_button
        if button.isVisible():
            button.click()

    def _offer_import(self) -> None:
        if self.plan is None:
            return
        counts = self.plan.counts()
        written = len(self.plan.new) + len(self.plan.updated)
        nothing = self.plan.changes_nothing()
        self.import_button.setText("Rien à importer" if nothing else f"Importer {self.plan.kind.count(written)}")
        self.import_button.setDisabled(nothing)
        created = counts["created"] + counts["incomplete"]
        self.import_button.setToolTip(
            "Cette liste n'apporte rien de nouveau."
            if nothing
            else f"{created} à créer, {counts['updated']} à mettre à jour, en une seule action (Ctrl+Entrée)"
        )

    def _import(self) -> None:
        if self.plan is None or self.choices is None:
            return
        _remember(self._database, self.choices)
        self.hide()
        self.import_asked.emit(self.plan)

    def _choose_other(self) -> None:
        self.reject()
        self.other_asked.emit()

    def reject(self) -> None:
        """Close; a job that runs is stopped first, the dialog being out of sight."""
        if self._background.is_busy and not self._leaving:
            self._leaving = True
            self._background.cancel()
            self.hide()
            return
        super().reject()

    def _fit(self, parent: QWidget | None) -> None:
        """As wide as the window leaves room for."""
        room = (parent.window() if parent is not None else self).size()
        self.resize(min(1300, max(room.width() - 32, 720)), min(700, max(room.height() - 48, 480)))


def _steps(page: int) -> str:
    """Where the user is, the step in force in bold."""
    first, second = "1. Colonnes", "2. Essai à blanc"
    if page == _COLUMNS:
        return f"<b>{first}</b> &nbsp;›&nbsp; {second}"
    return f"{first} &nbsp;›&nbsp; <b>{second}</b>" if page == _LINES else ""


def _outcome(job: "Callable[[Progress], T]", progress: "Progress") -> T | UserError | Cancelled:
    """What a job gives, or why it refuses: the dialog says that itself, above the window's own place."""
    try:
        return job(progress)
    except (UserError, Cancelled) as refusal:
        return refusal


def _choices(database: "Database", file: Path, kind: ListKind) -> ListChoices:
    from charte_desktop.exchange import tables
    from charte_desktop.store.import_memory import ImportMemory

    memory = ImportMemory(database)

    def recall(shape: Sequence[str]) -> tuple[Mapping[str, str], int | None] | None:
        known = memory.recall(shape)
        return (known.mapping, known.header_row) if known else None

    return ListChoices(tables.read_workbook(file), file.name, kind, recall)


def _remember(database: "Database", choices: ListChoices) -> None:
    from charte_desktop.store.import_memory import ImportMemory

    memory = ImportMemory(database)
    for shape, mapping, header_row in choices.to_remember():
        memory.remember(shape, mapping, header_row)
