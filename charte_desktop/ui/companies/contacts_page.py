"""The people of a company, edited in place under their list."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHeaderView, QLabel, QLineEdit, QPushButton, QWidget

from charte_desktop.ui import icons, messages
from charte_desktop.ui.forms import load_form
from charte_desktop.ui.record_table import Column, RecordModel, RecordTable

if TYPE_CHECKING:
    from charte_desktop.store.company_contacts import CompanyContacts, ContactRow
    from charte_desktop.store.database import Database

DRAFT = "contact"
"""What the drafts call a contact whose name is not typed yet, by the company."""


class ContactsPage(QWidget):
    """A field that is left is kept; a name typed with nobody chosen makes somebody new."""

    table: RecordTable
    add_button: QPushButton
    drop_button: QPushButton
    person: QLineEdit
    role: QComboBox
    reach: QLineEdit
    notes: QLineEdit
    sentence: QLabel

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form(self, "contacts_page", RecordTable)
        self._database: Database | None = None
        self._company = self._contact = ""
        columns: list[Column[ContactRow]] = [
            Column("Nom", lambda row: row.name, hint=lambda row: "\n".join(filter(None, [row.name, row.notes]))),
            Column("Fonction", lambda row: row.role, sample="Communication"),
            Column("Joindre", lambda row: row.reach, sample="0692 00 00 00, n", hint=lambda row: row.reach),
        ]
        self._rows: RecordModel[ContactRow] = RecordModel(columns, self)
        self.table.show_model(self._rows, columns, sortable=False)
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.role.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        for button, name in ((self.add_button, "user-plus"), (self.drop_button, "trash-2")):
            button.setIcon(icons.icon(name))
            button.setIconSize(icons.BESIDE_WORDS)
        self.table.selectionModel().currentRowChanged.connect(self._show_chosen)
        self.table.opened.connect(lambda _: self.person.setFocus(Qt.FocusReason.OtherFocusReason))
        self.add_button.clicked.connect(self.begin)
        self.drop_button.clicked.connect(self.drop)
        self._connect()

    def _connect(self) -> None:
        role = self.role.lineEdit()
        boxes = [box for box in (self.person, role, self.reach, self.notes) if box is not None]
        for box, following in zip(boxes, [*boxes[1:], self.add_button], strict=True):
            box.returnPressed.connect(lambda following=following: following.setFocus(Qt.FocusReason.TabFocusReason))
            box.editingFinished.connect(self.save)
        self.role.activated.connect(lambda _: self.save())

    def open(self, database: "Database") -> None:
        """Serve this base from now on."""
        from charte_desktop.model.company_contact import ROLES

        self._database = database
        if not self.role.count():
            self.role.addItems(ROLES)
            self.role.setCurrentIndex(-1)

    @property
    def _store(self) -> "CompanyContacts":
        from charte_desktop.store.company_contacts import CompanyContacts

        assert self._database is not None
        return CompanyContacts(self._database)

    def show_company(self, company_id: str) -> None:
        """Show the people of a company."""
        if company_id != self._company:
            self._company, self._contact = company_id, ""
            self.sentence.clear()
        rows = self._store.of(company_id)
        self._rows.show_rows(lambda limit, offset: rows[offset : None if limit is None else offset + limit])
        line = self._rows.find(lambda row: row.id == self._contact)
        if rows:
            self.table.selectRow(max(line, 0))
        else:
            self._fill(None)

    def begin(self) -> None:
        """Enter somebody new."""
        self.save()
        self.table.clearSelection()
        self.table.setCurrentIndex(QModelIndex())
        self._fill(None)
        self.person.setFocus(Qt.FocusReason.OtherFocusReason)

    def drop(self) -> None:
        """Take who is chosen off the list."""
        if self._contact:
            self._store.drop(self._contact)
            self._contact = ""
            self.show_company(self._company)
            self.changed.emit()

    def save(self) -> None:
        """Keep what is typed, when it is something else than what is kept."""
        typed = self._typed()
        if typed == self._kept or not typed["name"]:
            return
        with messages.sentence_in(self.sentence):
            if self._contact:
                self._store.change(self._contact, **typed)
            else:
                self._contact = self._store.add(
                    self._company, typed["name"], typed["role"], reach=typed["reach"], notes=typed["notes"]
                ).id
            self._kept = typed
            self.show_company(self._company)
            self.changed.emit()

    _kept: dict[str, str]

    def _typed(self) -> dict[str, str]:
        return {
            "name": " ".join(self.person.text().split()),
            "role": " ".join(self.role.currentText().split()),
            "reach": self.reach.text().strip(),
            "notes": self.notes.text().strip(),
        }

    def _show_chosen(self, now: QModelIndex, _: QModelIndex) -> None:
        if now.isValid() and now.row() < self._rows.rowCount():
            self._fill(self._rows.row(now.row()))

    def _fill(self, row: "ContactRow | None") -> None:
        self._contact = row.id if row is not None else ""
        self.person.setText(row.name if row is not None else "")
        self.role.setEditText(row.role if row is not None else "")
        self.reach.setText(row.reach if row is not None else "")
        self.notes.setText(row.notes if row is not None else "")
        for line in (self.person, self.reach, self.notes):
            line.setCursorPosition(0)
        self._kept = self._typed()
        self.drop_button.setEnabled(row is not None)
