"""The real rows of a sheet, as the spreadsheet shows them: letters above, line numbers beside."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from charte_desktop.exchange.tables import cell_text, column_letter
from charte_desktop.ui import theme

if TYPE_CHECKING:
    from charte_desktop.exchange.list_choices import Sheet

Index = QModelIndex | QPersistentModelIndex


class SheetRows(QAbstractTableModel):
    """Reads cells when they are painted: a sheet of 50,000 lines is shown at once."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._sheet: Sheet | None = None
        self._bold = QFont()
        self._bold.setBold(True)

    def show_sheet(self, sheet: "Sheet") -> None:
        """Show a sheet as it is read now."""
        self.beginResetModel()
        self._sheet = sheet
        self.endResetModel()

    def retouch(self) -> None:
        """The columns are read otherwise: paint them so."""
        if self._sheet is not None and self.rowCount():
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last, [Qt.ItemDataRole.ForegroundRole])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        return 0 if parent.isValid() or self._sheet is None else len(self._sheet.table.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() or self._sheet is None else len(self._sheet.found.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        sheet = self._sheet
        if sheet is None or not index.isValid():
            return None
        line = index.row() + 1
        is_header = line in sheet.found.header_rows
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                row = sheet.table.rows[index.row()]
                text = cell_text(row[index.column()]) if index.column() < len(row) else ""
                return " ".join(text.split()) if role == Qt.ItemDataRole.DisplayRole else text
            case Qt.ItemDataRole.FontRole if is_header:
                return self._bold
            case Qt.ItemDataRole.BackgroundRole if is_header:
                return theme.colour("selected")
            case Qt.ItemDataRole.ForegroundRole:
                above = line < sheet.first_line
                unread = not sheet.found.columns[index.column()].field and not is_header
                return theme.colour("faint" if above else "muted") if above or unread else None
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return column_letter(section) if orientation == Qt.Orientation.Horizontal else str(section + 1)
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation == Qt.Orientation.Horizontal:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None
