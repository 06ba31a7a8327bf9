"""The original cells of one line of a list, to be read beside its problems and corrected in place."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from charte_desktop.exchange.line_reading import TARGETS
from charte_desktop.exchange.list_choices import concerns
from charte_desktop.exchange.tables import cell_text
from charte_desktop.model.identity_text import FIELD_LABELS
from charte_desktop.ui import icons, marks, theme

if TYPE_CHECKING:
    from charte_desktop.exchange.list_choices import ListChoices, Sheet
    from charte_desktop.exchange.provider_list import ListColumn
    from charte_desktop.model.import_plan import PlannedLine

Index = QModelIndex | QPersistentModelIndex


class LineCells(QAbstractTableModel):
    """Column title and cell, one a row; the cell is edited, and what is typed is told."""

    corrected = Signal(int, str)
    """A column of the list, and the new text of its cell."""

    def __init__(self, parent: QObject, choices: "ListChoices") -> None:
        super().__init__(parent)
        self._choices = choices
        self._sheet: Sheet | None = None
        self._line: PlannedLine | None = None
        self._columns: list[ListColumn] = []

    def show_line(self, line: "PlannedLine | None") -> None:
        """Show a line; the same line checked again keeps the eye, and an open editor, where they are."""
        same = (
            line is not None and self._line is not None and (line.sheet, line.row) == (self._line.sheet, self._line.row)
        )
        if not same:
            self.beginResetModel()
        self._line = line
        self._sheet = next((one for one in self._choices.sheets if line and one.found.sheet == line.sheet), None)
        self._columns = [one for one in self._sheet.found.columns if one.header] if self._sheet else []
        if not same:
            self.endResetModel()
        elif self._columns:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._columns) - 1, 1))

    def first_to_mend(self) -> int:
        """The row of the first cell with a problem, else of the first that is awaited, else of the first read."""
        rows = range(len(self._columns))
        for wanted in (self.problem, self.awaited, lambda row: self._columns[row].field):
            for row in rows:
                if wanted(row):
                    return row
        return 0

    def awaited(self, row: int) -> bool:
        """True for a cell of a field that the record still lacks."""
        field = self._columns[row].field
        label = FIELD_LABELS.get(TARGETS.get(field, field), "")
        _, _, lacking = (self._line.reason if self._line else "").partition("à compléter : ")
        return bool(label) and label.casefold() in lacking.casefold()

    def problem(self, row: int) -> str:
        """French: what is wrong with a cell."""
        column = self._columns[row]
        told = self._line.problems if self._line else []
        of_column = [one for one in told if concerns(column, one.field)]
        text = self._text(column)
        # Of two columns that give one field, the problem belongs to the one that holds the value told.
        mine = [one for one in of_column if not one.value or not text or _first(one.value) in text]
        return "\n".join(dict.fromkeys(one.message for one in mine))

    def before(self, row: int) -> str | None:
        """What stood in a cell that was corrected; None for any other."""
        line = self._line
        return self._choices.before(line.sheet, line.row, self._columns[row].index) if line else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        return 0 if parent.isValid() else len(self._columns)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 2

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), self._columns[index.row()]
        is_cell = index.column() == 1
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return " ".join(self._text(column).split()) if is_cell else column.header
            case Qt.ItemDataRole.EditRole:
                return self._text(column)
            case Qt.ItemDataRole.DecorationRole if not is_cell:
                if self.problem(row):
                    return icons.icon("triangle-alert", "warning")
                if self.before(row) is not None:
                    return icons.icon("circle-check", "done")
                return marks.icon([("ring", "warning")]) if self.awaited(row) else None
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleDescriptionRole:
                return self.told(row)
            case Qt.ItemDataRole.BackgroundRole if is_cell and self.problem(row):
                return theme.colour("warning_wash")
            case Qt.ItemDataRole.ForegroundRole if not is_cell or not column.field:
                return theme.colour("muted")
        return None

    def told(self, row: int) -> str:
        """Everything there is to say of a cell."""
        column, before = self._columns[row], self.before(row)
        kind = f"Lue comme : {column.label}." if column.field else "Cette colonne n’est pas lue."
        kind = f"{kind} Il manque à la fiche." if self.awaited(row) else kind
        was = "" if before is None else f"Corrigé ; la liste dit : {before or '(vide)'}"
        return "\n".join(filter(None, [self.problem(row) or kind, was]))

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        column = self._columns[index.row()]
        text = str(value).strip()
        if role != Qt.ItemDataRole.EditRole or text == self._text(column):
            return False
        self.corrected.emit(column.index, text)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == 1 else flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return ("Colonne", "Cellule (F2 pour corriger)")[section]
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _text(self, column: "ListColumn") -> str:
        if self._sheet is None or self._line is None:
            return ""
        row = self._sheet.table.rows[self._line.row - 1]
        return cell_text(row[column.index]) if column.index < len(row) else ""


def _first(value: str) -> str:
    """The first line of a value told, without the title of its column."""
    lines = value.splitlines()
    return lines[0].rpartition(" : ")[2] if lines else ""
