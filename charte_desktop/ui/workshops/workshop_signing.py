"""The attendance sheet signed on the screen: a name is chosen, its owner draws, the next one follows."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHeaderView, QLabel, QPushButton, QSplitter

from charte_desktop.model.drawing import Drawing
from charte_desktop.ui import icons, messages
from charte_desktop.ui.charter.signature_box import SignatureBox
from charte_desktop.ui.elided_label import ElidedLabel
from charte_desktop.ui.forms import load_form
from charte_desktop.ui.record_table import Column, RecordModel, RecordTable
from charte_desktop.ui.sheets.places import Page

if TYPE_CHECKING:
    from charte_desktop.store.database import Database
    from charte_desktop.store.workshops import ParticipantRow

_HIGH = 44
"""Pixels of a line that a finger chooses."""


class WorkshopSigning(Page):
    """Those who have not signed yet for one meeting."""

    hand_asked = Signal()
    """The laptop goes to the participants, or comes back."""

    back_button: QPushButton
    hand_button: QPushButton
    title: ElidedLabel
    facts: ElidedLabel
    splitter: QSplitter
    table: RecordTable
    count: QLabel
    who: QLabel
    words: QLabel
    box: SignatureBox
    keep_button: QPushButton

    def __init__(self, database: "Database", workshop_id: str, session_id: str) -> None:
        super().__init__()
        load_form(self, "workshop_signing", ElidedLabel, RecordTable, SignatureBox)
        self._database, self._workshop, self._session = database, workshop_id, session_id
        self.is_handed = False
        columns: list[Column[ParticipantRow]] = [
            Column("Nom", lambda row: row.name),
            Column("Entreprise", lambda row: row.company, sample="Boulangerie du Port de"),
        ]
        self._rows: RecordModel[ParticipantRow] = RecordModel(columns, self)
        self.table.show_model(self._rows, columns, sortable=False)
        self.table.verticalHeader().setDefaultSectionSize(_HIGH)
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.box.set_large_targets(True)
        self.splitter.setSizes([440, 880])
        self.back_button.setIcon(icons.icon("arrow-left", "ink"))
        self.keep_button.setIcon(icons.icon("signature", "on_primary"))
        self.hand_button.setIcon(icons.icon("handshake", "ink"))
        for button in (self.back_button, self.hand_button, self.keep_button):
            button.setIconSize(icons.BESIDE_WORDS)
        self.back_button.clicked.connect(self.left)
        self.hand_button.clicked.connect(self.hand_asked)
        QShortcut(QKeySequence("F11"), self, self.hand_button.click)
        self.keep_button.clicked.connect(self.box.ask_keep)
        self.box.kept.connect(self._keep)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_chosen())
        self.table.opened.connect(lambda _: self.box.pad.setFocus(Qt.FocusReason.OtherFocusReason))
        self._list()

    def start(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _list(self) -> None:
        from charte_desktop.store.workshops import Workshops

        workshop = Workshops(self._database).facts(self._workshop)
        meeting = next(one for one in workshop.sessions if one.id == self._session)
        waiting = [one for one in workshop.participants if self._session not in one.present]
        signed = len(workshop.participants) - len(waiting)
        self.title.setText(workshop.theme)
        self.facts.setText(" · ".join(filter(None, [f"Séance du {meeting.in_words}", workshop.place])))
        several = "s" if signed > 1 else ""
        self.count.setText(f"{signed} présent{several} sur {len(workshop.participants)}")
        self._rows.show_rows(lambda limit, offset: waiting[offset : None if limit is None else offset + limit])
        if waiting:
            self.table.selectRow(0)
        self._show_chosen()

    def _chosen(self) -> "ParticipantRow | None":
        index = self.table.currentIndex()
        return self._rows.row(index.row()) if index.isValid() and index.row() < self._rows.rowCount() else None

    def _show_chosen(self) -> None:
        row = self._chosen()
        self.who.setText(row.name if row is not None else "Tout le monde a signé.")
        self.words.setText(
            f"{row.company} : ma signature atteste ma présence à cet atelier, et rien d'autre."
            if row is not None
            else ""
        )
        self.box.setVisible(row is not None)
        self.keep_button.setVisible(row is not None)
        self.box.show_drawing(Drawing(2.5))
        self.box.say("")

    def _keep(self, drawing: Drawing) -> None:
        from charte_desktop.errors import UserError
        from charte_desktop.store.workshops import Workshops

        row = self._chosen()
        if row is None:
            return
        try:
            Workshops(self._database).sign(self._session, row.id, drawing.as_json())
        except UserError as refusal:
            self.box.say(str(refusal))
            return
        self._list()
        self.changed.emit()
        self.said.emit(messages.DONE, f"{row.name} a signé.")
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # In the participants' hands

    def set_handed(self, handed: bool) -> None:
        """The participants have the laptop, or the adviser has it again."""
        self.is_handed = handed
        self.back_button.setVisible(not handed)
        self.hand_button.setText("Rendre l'ordinateur" if handed else "Remettre aux participants")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back; in the participants' hands there is nowhere to go back to."""
        if self.is_handed and event.key() == Qt.Key.Key_Escape:
            event.accept()
        else:
            super().keyPressEvent(event)
