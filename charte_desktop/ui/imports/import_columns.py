"""First step of an import: which sheet, which header line, what each column holds, over the real rows."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSignalBlocker, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QLabel,
    QPushButton,
    QSpinBox,
    QTableView,
    QWidget,
)

from charte_desktop.exchange.provider_list import fields_of
from charte_desktop.model.import_plan import ListKind
from charte_desktop.ui.forms import load_form
from charte_desktop.ui.imports.mapping_header import MappingHeader
from charte_desktop.ui.imports.sheet_rows import SheetRows
from charte_desktop.ui.imports.tinted_cells import TintedCells

if TYPE_CHECKING:
    from charte_desktop.exchange.list_choices import ListChoices, Sheet

_WIDEST, _MEASURED_COLUMNS = 280, 100
_KINDS = {ListKind.PROVIDERS: "Prestataires", ListKind.COMPANIES: "Entreprises accompagnées"}


class ImportColumns(QWidget):
    """How the list is read; every change is taken at once, or asked for when it means reading anew."""

    kind: QComboBox
    sheets_label: QLabel
    sheets: QComboBox
    wanted: QCheckBox
    header_line: QSpinBox
    look_again: QPushButton
    sentence: QLabel
    rows: QTableView

    kind_asked = Signal(object)
    """Read the file anew as a list of this kind."""
    header_asked = Signal(object, object)
    """Read a sheet anew from a header line; None: look for it."""
    changed = Signal()
    """The columns or the sheets to read changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form(self, "import_columns")
        self._choices: ListChoices | None = None
        for kind, words in _KINDS.items():
            self.kind.addItem(words, kind)
        self._model = SheetRows(self)
        self.header = MappingHeader(self.rows)
        self.rows.setHorizontalHeader(self.header)
        self.rows.setModel(self._model)
        self.rows.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.rows.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.rows.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.rows.setTabKeyNavigation(False)
        self.rows.setWordWrap(False)
        self.rows.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.rows.verticalHeader().setDefaultSectionSize(26)
        self.rows.setItemDelegate(TintedCells(self.rows))
        self.header.setResizeContentsPrecision(40)
        self.header.chosen.connect(self._take)
        self.kind.activated.connect(lambda _: self.kind_asked.emit(self.kind.currentData()))
        self.sheets.currentIndexChanged.connect(lambda _: self._show_sheet())
        self.wanted.toggled.connect(self._want)
        self.header_line.valueChanged.connect(lambda line: self.header_asked.emit(self.sheet, line))
        self.look_again.clicked.connect(lambda: self.header_asked.emit(self.sheet, None))
        self.rows.doubleClicked.connect(self._head)
        for key in ("Return", "Enter"):
            here = QShortcut(QKeySequence(key), self.rows, lambda: self._head(self.rows.currentIndex()))
            here.setContext(here.context().WidgetShortcut)

    @property
    def sheet(self) -> "Sheet":
        """The sheet shown."""
        assert self._choices is not None, "the page is shown once a list is read"
        return self._choices.sheets[max(self.sheets.currentIndex(), 0)]

    def show_choices(self, choices: "ListChoices") -> None:
        """Show a file that was just read."""
        self._choices = choices
        self.kind.setCurrentIndex(self.kind.findData(choices.kind))
        self.header.offer(fields_of(choices.kind))
        first = next((place for place, sheet in enumerate(choices.sheets) if sheet.wanted), 0)
        with QSignalBlocker(self.sheets):
            self.sheets.clear()
            for number, sheet in enumerate(choices.sheets, 1):
                self.sheets.addItem(sheet.found.sheet or f"Fichier texte {number if number > 1 else ''}".strip())
            self.sheets.setCurrentIndex(first)
        several = len(choices.sheets) > 1
        self.sheets.setEnabled(several)
        self.wanted.setVisible(several)
        self._show_sheet()

    def show_again(self) -> None:
        """Show the sheet as it is read now, the eye where it was."""
        across, down = self.rows.horizontalScrollBar().value(), self.rows.verticalScrollBar().value()
        self._show_sheet()
        self.rows.horizontalScrollBar().setValue(across)
        self.rows.verticalScrollBar().setValue(down)

    def _show_sheet(self) -> None:
        sheet = self.sheet
        with QSignalBlocker(self.header_line):
            self.header_line.setRange(0, len(sheet.table.rows))
            self.header_line.setValue(sheet.first_line)
        self._model.show_sheet(sheet)
        self.header.show_columns(sheet.found.columns)
        self._fit_columns()
        if sheet.first_line > 3:
            self.rows.scrollTo(self._model.index(sheet.first_line - 2, 0), QAbstractItemView.ScrollHint.PositionAtTop)
        self._say()

    def _fit_columns(self) -> None:
        """As wide as the first lines need, within reason; a list of a thousand columns is not measured."""
        if self._model.columnCount() > _MEASURED_COLUMNS:
            return
        for column in range(self._model.columnCount()):
            self.rows.resizeColumnToContents(column)
            self.rows.setColumnWidth(column, min(self.rows.columnWidth(column), _WIDEST))

    def _take(self, column: int, name: str) -> None:
        if self._choices is not None:
            self._choices.take_column(self.sheet, column, name)
            self.header.show_columns(self.sheet.found.columns)
            self._model.retouch()
            self._say()

    def _want(self, wanted: bool) -> None:
        self.sheet.wanted = wanted
        self._say()

    def _head(self, index: QModelIndex) -> None:
        """Make a line of the table the header line."""
        if index.isValid():
            self.header_line.setValue(index.row() + 1)

    def _say(self) -> None:
        choices, sheet = self._choices, self.sheet
        if choices is None:
            return
        with QSignalBlocker(self.wanted):
            self.wanted.setChecked(sheet.wanted and not sheet.refusal)
            self.wanted.setDisabled(bool(sheet.refusal))
        refused = choices.refusal
        self.sentence.setProperty("role", "error" if refused else "muted")
        self.sentence.style().unpolish(self.sentence)
        self.sentence.style().polish(self.sentence)
        self.sentence.setText(refused or _reading(sheet))
        self.changed.emit()


def _reading(sheet: "Sheet") -> str:
    """French: how a sheet is read, in a line or two."""
    if sheet.refusal or not sheet.wanted:
        why = sheet.found.not_read or sheet.refusal
        return f"Cette feuille n’est pas importée{f' : {why}' if why else ''}."
    unread = [column.header for column in sheet.found.columns if not column.field and column.header]
    read = sum(bool(column.field) for column in sheet.found.columns)
    lines = len(sheet.table.rows) - sheet.found.first_row
    said = f"{_some(lines, 'ligne')} sous l’en-tête, {_some(read, 'colonne')} lue{'s' if read > 1 else ''}."
    return said + (f" Colonnes non lues : {', '.join(unread)}." if unread else "")


def _some(number: int, word: str) -> str:
    return f"{number} {word}{'s' if number > 1 else ''}"
