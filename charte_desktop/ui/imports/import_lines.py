"""Second step of an import: what each line would do, and its cells beside it, corrected in place."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSplitter,
    QTableView,
    QWidget,
)

from charte_desktop.model.display import show_siren
from charte_desktop.ui import icons, marks
from charte_desktop.ui.forms import load_form
from charte_desktop.ui.imports import line_words
from charte_desktop.ui.imports.line_cells import LineCells
from charte_desktop.ui.imports.line_words import ACTIONS
from charte_desktop.ui.imports.tinted_cells import TintedCells
from charte_desktop.ui.record_table import Column, RecordModel, RecordTable

if TYPE_CHECKING:
    from charte_desktop.exchange.list_choices import ListChoices
    from charte_desktop.model.import_plan import ImportPlan, PlannedLine

_ALL, _ATTENTION = "all", "attention"
_NAME, _CHANGES = 2, 4
"""Columns of the table."""


class ImportLines(QWidget):
    """The dry run as a table, by action or by what asks for attention; F2 goes to the cells of the line."""

    filters: QHBoxLayout
    splitter: QSplitter
    table: RecordTable
    count: QLabel
    line_title: QLabel
    line_told: QLabel
    cells: QTableView
    cell_told: QLabel

    corrected = Signal(str, int, int, str)
    """Sheet, line, column and new text of a cell."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form(self, "import_lines", RecordTable)
        self._plan: ImportPlan | None = None
        self._cells: LineCells | None = None
        self._shown: tuple[str, int] | None = None
        self._kept: set[tuple[str, int]] = set()
        self._chips = QButtonGroup(self)
        self._chips.setExclusive(True)
        for name, words, mark in [
            (_ALL, "Tout", None),
            (_ATTENTION, "À vérifier", None),
            *((name, words, mark) for name, (_, words, mark) in ACTIONS.items()),
        ]:
            self._add_chip(name, words, mark)
        self.filters.addStretch()
        self._chips.buttonClicked.connect(lambda _: self._filter_chosen())
        columns: list[Column[PlannedLine]] = [
            Column("Ligne", lambda line: str(line.row), key=lambda line: (line.sheet, line.row), right=True),
            Column(
                "Ce qui sera fait",
                lambda line: ACTIONS[line.action.value][0],
                sample="Créé, à compl",
                signs=lambda line: [ACTIONS[line.action.value][2]],
            ),
            Column("Raison sociale", lambda line: " ".join(line.legal_name.split()) or "—", sample=20 * "n"),
            Column("SIREN", lambda line: show_siren(line.siren), sample="000 000 000"),
            Column(
                "Changements", lambda line: line_words.changes(line, " ; "), sample=14 * "n",
                hint=lambda line: line_words.changes(line, "\n"),
            ),
            Column(
                "Pourquoi, à vérifier", lambda line: line_words.told(line, " · "), sample=16 * "n",
                hint=lambda line: line_words.told(line, "\n"),
            ),
        ]  # fmt: skip
        self._model: RecordModel[PlannedLine] = RecordModel(columns, self)
        self.table.show_model(self._model, columns)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        self.table.setColumnWidth(0, 76)
        self.table.setColumnWidth(1, 168)
        self.table.selectionModel().currentRowChanged.connect(self._show_line)
        self.table.doubleClicked.connect(lambda _: self.mend())
        for key in ("F2", "Return", "Enter"):
            here = QShortcut(QKeySequence(key), self.table, self.mend)
            here.setContext(Qt.ShortcutContext.WidgetShortcut)
        self.cells.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.cells.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.cells.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.cells.setTabKeyNavigation(False)
        self.cells.setShowGrid(False)
        self.cells.setItemDelegate(TintedCells(self.cells))
        self.cells.setWordWrap(False)
        self.cells.verticalHeader().hide()
        self.cells.verticalHeader().setDefaultSectionSize(30)
        self.cells.horizontalHeader().setHighlightSections(False)
        self.cells.setIconSize(QSize(16, 16))
        self.splitter.setStretchFactor(0, 7)
        self.splitter.setStretchFactor(1, 3)
        self.splitter.setSizes([880, 380])

    def serve(self, choices: "ListChoices") -> None:
        """Correct the cells of this list from now on."""
        self._shown, self._kept = None, set()
        self._cells = LineCells(self, choices)
        self.cells.setModel(self._cells)
        self.cells.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        self.cells.setColumnWidth(0, 150)
        self.cells.horizontalHeader().setStretchLastSection(True)
        self._cells.corrected.connect(self._correct)
        self.cells.selectionModel().currentRowChanged.connect(self._tell_cell)
        self._plan = None

    def show_plan(self, plan: "ImportPlan") -> None:
        """Show a dry run; one that follows a correction keeps the line, the filter and the lines corrected."""
        first = self._plan is None
        self._plan = plan
        self._count_filters()
        if first:
            self._choose(_ATTENTION if any(map(line_words.asks_attention, plan.lines)) else _ALL)
            changes = any(line.changes for line in plan.lines)
            self.table.setColumnHidden(_CHANGES, not changes)
            self.table.setColumnWidth(_NAME, 180 if changes else 260)
        self._show_lines()

    @property
    def filter_name(self) -> str:
        """The filter in force: `all`, `attention`, or the name of an action."""
        chosen = self._chips.checkedButton()
        return str(chosen.property("filter")) if chosen is not None else _ALL

    def chip(self, name: str) -> QPushButton:
        """The button of a filter."""
        return next(one for one in self.findChildren(QPushButton) if one.property("filter") == name)

    def mend(self) -> None:
        """Go to the first cell to mend of the line, its editor open."""
        if self._cells is None or not self._cells.rowCount():
            return
        cell = self._cells.index(self._cells.first_to_mend(), 1)
        self.cells.setFocus()
        self.cells.setCurrentIndex(cell)
        self.cells.edit(cell)

    def _add_chip(self, name: str, words: str, mark: marks.Mark | None) -> None:
        chip = QPushButton(words, self)
        chip.setCheckable(True)
        chip.setProperty("kind", "choice")
        chip.setProperty("filter", name)
        chip.setProperty("words", words)
        if mark is not None:
            chip.setIcon(marks.icon([mark]))
            chip.setIconSize(QSize(marks.SIDE + marks.GAP, marks.SIDE))
        elif name == _ATTENTION:
            chip.setIcon(icons.icon("triangle-alert", "warning"))
            chip.setIconSize(icons.BESIDE_WORDS)
        self._chips.addButton(chip)
        self.filters.addWidget(chip)

    def _count_filters(self) -> None:
        if self._plan is None:
            return
        counts = self._plan.counts() | {
            _ALL: len(self._plan.lines),
            _ATTENTION: sum(map(line_words.asks_attention, self._plan.lines)),
        }
        for chip in self._chips.buttons():
            number = counts[chip.property("filter")]
            chip.setText(f"{chip.property('words')} {number}")
            chip.setVisible(bool(number) or chip.isChecked() or chip.property("filter") == _ALL)

    def _choose(self, name: str) -> None:
        self.chip(name).setChecked(True)
        self.chip(name).show()

    def _filter_chosen(self) -> None:
        self._kept.clear()
        self._show_lines()

    def _show_lines(self) -> None:
        plan = self._plan
        if plan is None:
            return
        wanted = self.filter_name
        shown = [
            line
            for line in plan.lines
            if wanted == _ALL
            or (wanted == _ATTENTION and line_words.asks_attention(line))
            or line.action.value == wanted
            or (line.sheet, line.row) in self._kept
        ]
        self._model.show_rows(lambda limit, offset: shown[offset:])  # noqa: ARG005  (all at once: they are in memory)
        self.count.setText(f"{len(shown)} ligne{'s' if len(shown) > 1 else ''} sur {len(plan.lines)}")
        place = self._model.find(lambda line: (line.sheet, line.row) == self._shown)
        if shown:
            self.table.selectRow(max(place, 0))
        else:
            self._shown = None
            self._show_nothing()

    def _show_nothing(self) -> None:
        self.line_title.setText("Aucune ligne ici")
        self.line_told.setText("Choisissez un autre filtre, au-dessus du tableau.")
        self.cell_told.clear()
        if self._cells is not None:
            self._cells.show_line(None)

    def _show_line(self, now: QModelIndex, before: QModelIndex) -> None:
        if not now.isValid() or self._cells is None:
            return
        line = self._model.row(now.row())
        another = self._shown != (line.sheet, line.row)
        self._shown = line.sheet, line.row
        word = ACTIONS[line.action.value][0]
        self.line_title.setText(f"Ligne {line.row} · {' '.join(line.legal_name.split()) or 'sans nom'}")
        said = filter(None, [line.reason, *(line_words.changes(line, "\n").splitlines())])
        self.line_told.setText("\n".join([word, *said]))
        self._cells.show_line(line)
        if another:
            cell = self._cells.index(self._cells.first_to_mend(), 1)
            self.cells.setCurrentIndex(cell)
            self.cells.scrollTo(cell)
        self._tell_cell(self.cells.currentIndex(), QModelIndex())

    def _tell_cell(self, now: QModelIndex, before: QModelIndex) -> None:
        self.cell_told.setText(self._cells.told(now.row()) if self._cells is not None and now.isValid() else "")

    def _correct(self, column: int, text: str) -> None:
        if self._shown is not None:
            self._kept.add(self._shown)
            self.corrected.emit(*self._shown, column, text)
