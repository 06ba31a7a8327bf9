"""The meetings of a workshop: their table, and the line under it that adds or corrects one."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from charte_desktop.ui.record_table import Column, RecordModel

if TYPE_CHECKING:
    from charte_desktop.store.database import Database
    from charte_desktop.store.workshops import SessionRow, Workshops
    from charte_desktop.ui.workshops.workshop_page import WorkshopPage

_WANTED = "Écrivez le jour de la séance : jj/mm/aaaa."


class Meetings(QObject):
    """Serves the boxes of its page."""

    def __init__(self, page: "WorkshopPage", database: "Database") -> None:
        super().__init__(page)
        self._page, self._database = page, database
        columns: list[Column[SessionRow]] = [
            Column("Jour", lambda one: f"{one.held_on:%d/%m/%Y}"),
            Column("De", lambda one: one.starts, sample="00:00 "),
            Column("À", lambda one: one.ends, sample="00:00 "),
        ]
        self._rows: RecordModel[SessionRow] = RecordModel(columns, self._page)
        page.sessions.show_model(self._rows, columns, sortable=False)
        page.day.serve(database.today, past=None)
        page.sessions.selectionModel().currentRowChanged.connect(lambda *_: self._show_chosen())
        for button, act in (
            (page.add_session_button, self.add),
            (page.change_session_button, self.correct),
            (page.drop_session_button, self.drop),
        ):
            button.clicked.connect(lambda _=False, act=act: act())

    @property
    def _store(self) -> "Workshops":
        from charte_desktop.store.workshops import Workshops

        return Workshops(self._database)

    def show_rows(self, sessions: "Sequence[SessionRow]") -> None:
        """Show these; the one in hand stays in hand."""
        table = self._page.sessions
        line = table.currentIndex().row()
        self._rows.show_rows(lambda limit, offset: sessions[offset : None if limit is None else offset + limit])
        if sessions:
            table.selectRow(min(max(line, 0), len(sessions) - 1))

    def add(self) -> None:
        """Add the meeting that is typed."""
        page = self._page
        page.change(
            page.session_sentence,
            lambda: self._store.add_session(
                page.workshop_id, page.day.wanted(_WANTED), page.starts.text(), page.ends.text()
            ),
        )

    def correct(self) -> None:
        """Give the meeting in hand the day and the hours that are typed."""
        page, one = self._page, self._chosen()
        if one is not None:
            page.change(
                page.session_sentence,
                lambda: self._store.change_session(
                    one.id, page.day.wanted(_WANTED), page.starts.text(), page.ends.text()
                ),
            )

    def drop(self) -> None:
        """Take the meeting in hand off."""
        one = self._chosen()
        if one is not None:
            self._page.change(self._page.session_sentence, partial(self._store.drop_session, one.id))

    def _chosen(self) -> "SessionRow | None":
        index = self._page.sessions.currentIndex()
        return self._rows.row(index.row()) if index.isValid() and index.row() < self._rows.rowCount() else None

    def _show_chosen(self) -> None:
        page, one = self._page, self._chosen()
        if one is not None and not page.day.hasFocus():
            page.day.show_day(one.held_on)
            page.starts.setText(one.starts)
            page.ends.setText(one.ends)
