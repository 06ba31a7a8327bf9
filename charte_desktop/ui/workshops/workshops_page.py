"""The workshops: one is prepared in a line, the others are found again in their table."""

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QLabel, QLineEdit, QPushButton

from charte_desktop.ui import icons, messages
from charte_desktop.ui.date_field import DateField
from charte_desktop.ui.elided_label import ElidedLabel
from charte_desktop.ui.forms import load_form
from charte_desktop.ui.record_table import Column, RecordModel, RecordTable
from charte_desktop.ui.sheets.places import Page

if TYPE_CHECKING:
    from charte_desktop.store.database import Database
    from charte_desktop.store.workshops import WorkshopRow

DRAFT = "workshop"
"""What the drafts call a workshop that is being prepared."""


class WorkshopsPage(Page):
    """Prepare one, open one."""

    back_button: QPushButton
    title: ElidedLabel
    facts: ElidedLabel
    theme: QLineEdit
    place: QLineEdit
    day: DateField
    starts: QLineEdit
    ends: QLineEdit
    create_button: QPushButton
    sentence: QLabel
    table: RecordTable
    none: QLabel
    open_button: QPushButton
    delete_button: QPushButton
    count: QLabel

    open_asked = Signal(str)

    def __init__(self, database: "Database") -> None:
        super().__init__()
        load_form(self, "workshops_page", ElidedLabel, DateField, RecordTable)
        from charte_desktop.store.office_rules import working_calendar

        self._database = database
        self.title.setText("Ateliers")
        self.facts.setText("Être présent à un atelier, c'est être accompagné : cela donne droit à la charte (C03).")
        columns: list[Column[WorkshopRow]] = [
            Column("Thème", lambda row: row.theme),
            Column("Lieu", lambda row: row.place, sample="Maison des entreprises, Saint-P", hint=lambda row: row.place),
            Column(
                "Première séance",
                lambda row: f"{row.first_on:%d/%m/%Y}" if row.first_on else "",
                key=lambda row: row.first_on.toordinal() if row.first_on else 0,
                sample="Première séance",
            ),
            Column("Séances", lambda row: str(row.sessions), key=lambda row: row.sessions, right=True),
            Column("Inscrits", lambda row: str(row.participants), key=lambda row: row.participants, right=True),
            Column("Présents", lambda row: str(row.present or ""), key=lambda row: row.present, right=True),
        ]
        self._rows: RecordModel[WorkshopRow] = RecordModel(columns, self)
        self.table.show_model(self._rows, columns)
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.day.serve(database.today, working_calendar(database), past=None)
        for button, name, token in (
            (self.back_button, "arrow-left", "ink"),
            (self.create_button, "plus", "on_primary"),
            (self.open_button, "eye", "ink"),
            (self.delete_button, "trash-2", "ink"),
        ):
            button.setIcon(icons.icon(name, token))
            button.setIconSize(icons.BESIDE_WORDS)
        self._resume()
        self._connect()
        self.show_rows()

    def _connect(self) -> None:
        self.back_button.clicked.connect(self.left)
        self.create_button.clicked.connect(self.prepare)
        self.open_button.clicked.connect(self._open)
        self.table.opened.connect(lambda _: self._open())
        self.delete_button.clicked.connect(self.delete)
        boxes = (self.theme, self.place, self.day, self.starts, self.ends)
        for box, following in pairwise(boxes):
            entered = box.stepped if isinstance(box, DateField) else box.returnPressed
            entered.connect(lambda following=following: following.setFocus(Qt.FocusReason.TabFocusReason))
        self.ends.returnPressed.connect(self.prepare)
        for line in (self.theme, self.place, self.starts, self.ends):
            line.textEdited.connect(lambda _: self._keep())
        self.day.changed.connect(self._keep)
        self.day.left.connect(lambda: self.sentence.setText(self.day.hint()))

    def start(self) -> None:
        first = self.table if self._rows.rowCount() and not self.theme.text() else self.theme
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        self.show_rows()

    def show_rows(self) -> None:
        """Show what the base holds now."""
        from charte_desktop.store.workshops import Workshops

        rows = Workshops(self._database).all()
        self._rows.show_rows(lambda limit, offset: rows[offset : None if limit is None else offset + limit])
        self.none.setText("Aucun atelier pour l'instant : préparez le premier au-dessus.")
        self.none.setVisible(not rows)
        self.table.setVisible(bool(rows))
        for button in (self.open_button, self.delete_button):
            button.setEnabled(bool(rows))
        self.count.setText(f"{len(rows)} atelier{'s' if len(rows) > 1 else ''}" if rows else "")
        if rows:
            self.table.selectRow(0)

    def prepare(self) -> None:
        """Prepare the workshop that is typed, and open it."""
        from charte_desktop.store.workshops import Workshops, read_hour

        with messages.sentence_in(self.sentence):
            for hour in (self.starts, self.ends):
                # The one that is refused keeps the keyboard.
                hour.setFocus(Qt.FocusReason.OtherFocusReason)
                read_hour(hour.text())
            made = Workshops(self._database).create(
                self.theme.text(),
                self.day.wanted("Écrivez le jour de la première séance : jj/mm/aaaa."),
                place=self.place.text(),
                starts=self.starts.text(),
                ends=self.ends.text(),
            )
            for line in (self.theme, self.place, self.day, self.starts, self.ends):
                line.clear()
            self._keep()
            self.show_rows()
            self.changed.emit()
            self.open_asked.emit(made.id)

    def delete(self) -> None:
        """Take the chosen one off the list."""
        from charte_desktop.store.workshops import Workshops

        row = self._chosen()
        if row is None:
            return
        with messages.sentence_in(self.sentence):
            Workshops(self._database).delete(row.id)
            self.show_rows()
            self.changed.emit()
            self.said.emit(messages.DONE, f"L'atelier « {row.theme} » est supprimé. Ctrl+Z le remet.")

    def _open(self) -> None:
        row = self._chosen()
        if row is not None:
            self.open_asked.emit(row.id)

    def _chosen(self) -> "WorkshopRow | None":
        index = self.table.currentIndex()
        return self._rows.row(index.row()) if index.isValid() else None

    # What is typed is kept

    def _typed(self) -> dict[str, str]:
        return {name: getattr(self, name).text() for name in ("theme", "place", "day", "starts", "ends")}

    def _keep(self) -> None:
        from charte_desktop.store.drafts import Drafts

        Drafts(self._database).keep(DRAFT, "", self._typed())

    def _resume(self) -> None:
        from charte_desktop.store.drafts import Drafts

        draft = Drafts(self._database).of(DRAFT, "")
        for name, text in (draft.values if draft is not None else {}).items():
            getattr(self, name).setText(text)
