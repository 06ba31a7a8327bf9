"""What a company needs, and where each need stands."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHeaderView, QLabel, QLineEdit, QPushButton, QWidget

from charte_desktop.ui import marks, messages
from charte_desktop.ui.forms import load_form
from charte_desktop.ui.record_table import Column, RecordModel, RecordTable

if TYPE_CHECKING:
    from charte_desktop.store.accompaniments import NeedRow
    from charte_desktop.store.database import Database

_MOST_PROVIDERS = 60
"""Signatories proposed for a need: those of its service."""


class NeedsPage(QWidget):
    """The needs in a table; the one chosen is followed under it."""

    table: RecordTable
    none: QLabel
    change: QFrame
    state: QComboBox
    provider_label: QLabel
    provider: QComboBox
    reason_label: QLabel
    reason: QLineEdit
    priority: QComboBox
    sentence: QLabel
    save_button: QPushButton

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form(self, "needs_page", RecordTable)
        from charte_desktop.model.follow_up import NeedState, Priority

        self._database: Database | None = None
        self._company = ""
        columns: list[Column[NeedRow]] = [
            Column("Besoin", _service, signs=lambda row: marks.of_services([row.service_id]), hint=_whole),
            Column("Priorité", lambda row: row.priority.words, sample="moyenne"),
            Column("État", _state, sample="Prestataire choisi", hint=_whole),
            Column("Depuis le", lambda row: f"{row.since:%d/%m/%Y}", sample="00/00/0000", chosen=False),
        ]
        self._rows: RecordModel[NeedRow] = RecordModel(columns, self)
        self.table.show_model(self._rows, columns, sortable=False)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for state in NeedState:
            self.state.addItem(state.value, state)
        for one in Priority:
            self.priority.addItem(one.words, one)
        self.provider.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.table.selectionModel().currentRowChanged.connect(self._show_chosen)
        self.table.opened.connect(lambda _: self.state.setFocus(Qt.FocusReason.OtherFocusReason))
        self.state.currentIndexChanged.connect(lambda _: self._ask_what_is_wanted())
        self.reason.returnPressed.connect(self.save)
        self.save_button.clicked.connect(self.save)

    def open(self, database: "Database") -> None:
        """Serve this base from now on."""
        self._database = database

    def show_company(self, company_id: str) -> None:
        """Show the needs of a company, those that go on first."""
        from charte_desktop.store.accompaniments import Accompaniments

        assert self._database is not None
        self._company = company_id
        rows = Accompaniments(self._database).needs_of(company_id)
        chosen = self.table.currentIndex().row()
        self._rows.show_rows(lambda limit, offset: rows[offset : None if limit is None else offset + limit])
        self.none.setText("" if rows else "Aucun besoin noté : ils se cochent en notant un accompagnement.")
        self.none.setVisible(not rows)
        self.change.setVisible(bool(rows))
        self.save_button.setVisible(bool(rows))
        self.sentence.clear()
        if rows:
            self.table.selectRow(min(max(chosen, 0), len(rows) - 1))

    def chosen(self) -> "NeedRow | None":
        """The need in hand."""
        index = self.table.currentIndex()
        return self._rows.row(index.row()) if index.isValid() and index.row() < self._rows.rowCount() else None

    def choose(self, service_id: str) -> None:
        """Take the need of this service in hand."""
        self.table.selectRow(self._rows.find(lambda row: row.service_id == service_id))

    def save(self) -> None:
        """Keep where the need in hand stands."""
        from charte_desktop.model.follow_up import NeedState
        from charte_desktop.store.accompaniments import Accompaniments

        need = self.chosen()
        assert self._database is not None
        if need is None:
            return
        state = self.state.currentData()
        with messages.sentence_in(self.sentence):
            Accompaniments(self._database).change_need(
                need.id,
                state,
                priority=self.priority.currentData(),
                provider_id=self._provider() if state is NeedState.PROVIDER_CHOSEN else "",
                reason=self.reason.text(),
            )
            self.show_company(self._company)
            self.changed.emit()
        if self.sentence.text():
            missing = self.reason if state is NeedState.DROPPED else self.provider
            missing.setFocus(Qt.FocusReason.OtherFocusReason)

    def _provider(self) -> str:
        place = self.provider.findText(self.provider.currentText().strip(), Qt.MatchFlag.MatchFixedString)
        return str(self.provider.itemData(place)) if place >= 0 else ""

    def _show_chosen(self, *_: QModelIndex) -> None:
        need = self.chosen()
        if need is None:
            return
        self.sentence.clear()
        self._offer_providers(need)
        self.state.setCurrentIndex(self.state.findData(need.state))
        self.priority.setCurrentIndex(self.priority.findData(need.priority))
        self.reason.setText(need.reason)
        self._ask_what_is_wanted()

    def _ask_what_is_wanted(self) -> None:
        """The provider of a need that has found one, the reason of one that is dropped."""
        from charte_desktop.model.follow_up import NeedState

        state = self.state.currentData()
        is_chosen, is_dropped = state is NeedState.PROVIDER_CHOSEN, state is NeedState.DROPPED
        self.provider_label.setVisible(is_chosen)
        self.provider.setVisible(is_chosen)
        self.reason_label.setVisible(is_dropped)
        self.reason.setVisible(is_dropped)

    def _offer_providers(self, need: "NeedRow") -> None:
        """Those that were on the company's sheets for this service first, then the other signatories of it."""
        assert self._database is not None
        with self._database.looking() as base:
            found = base.execute(_OFFERED, (self._company, need.service_id, _MOST_PROVIDERS)).fetchall()
        if need.provider_id and all(one != need.provider_id for one, _ in found):
            found.insert(0, (need.provider_id, need.provider_name))
        self.provider.clear()
        for provider_id, name in found:
            self.provider.addItem(name or "(sans nom)", provider_id)
        self.provider.setCurrentIndex(self.provider.findData(need.provider_id) if need.provider_id else -1)
        if not need.provider_id:
            self.provider.setEditText("")


_OFFERED = """
    SELECT provider.id, provider.legal_name FROM provider
    LEFT JOIN (SELECT provider_id, count(*) AS times FROM sheet_line
        JOIN directory_sheet AS sheet ON sheet.id = sheet_id WHERE sheet.company_id = ? GROUP BY 1) AS listed
        ON listed.provider_id = provider.id
    WHERE deleted_at IS NULL
        AND EXISTS (SELECT 1 FROM signature WHERE provider_id = provider.id AND cancelled_on IS NULL)
        AND EXISTS (SELECT 1 FROM provider_service WHERE provider_id = provider.id AND service_id = ?)
    ORDER BY listed.times IS NULL, provider.legal_name LIMIT ?
"""


def _service(row: "NeedRow") -> str:
    from charte_desktop.model import reference

    return reference.service_label(row.service_id)


def _state(row: "NeedRow") -> str:
    return f"{row.state.value} (clos)" if row.is_closed and row.state.is_open else row.state.value


def _whole(row: "NeedRow") -> str:
    since = f"depuis le {row.since:%d/%m/%Y}"
    return "\n".join(filter(None, [_service(row), f"{_state(row)}, {since}", row.provider_name, row.reason]))
