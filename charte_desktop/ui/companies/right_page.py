"""Whether a company may be offered the charter: asked by its SIREN, answered with days and kinds (C03, C04)."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QHeaderView, QLabel, QLineEdit, QPushButton

from charte_desktop.errors import UserError
from charte_desktop.ui import icons, messages
from charte_desktop.ui.date_field import DateField
from charte_desktop.ui.elided_label import ElidedLabel
from charte_desktop.ui.forms import load_form
from charte_desktop.ui.record_table import Column, RecordModel, RecordTable
from charte_desktop.ui.sheets.places import Page

if TYPE_CHECKING:
    from charte_desktop.model.charter_right import Held, RightToCharter
    from charte_desktop.store.database import Database


class RightPage(Page):
    """What a provider asks before it uses the charter with a company."""

    back_button: QPushButton
    title: ElidedLabel
    facts: ElidedLabel
    siren: QLineEdit
    day: DateField
    ask_button: QPushButton
    sentence: QLabel
    answer: QLabel
    held: RecordTable
    attestation_button: QPushButton
    company_button: QPushButton

    attestation_asked = Signal(str)
    """Of this company, by its id."""
    company_asked = Signal(str)

    def __init__(self, database: "Database", siren: str = "") -> None:
        super().__init__()
        load_form(self, "right_page", ElidedLabel, DateField, RecordTable)
        self._database = database
        self.right: RightToCharter | None = None
        """The last answer; None before the first."""
        self.title.setText("Droit à la charte")
        self.facts.setText("Une entreprise accompagnée par la CCI peut bénéficier de la charte (articles 3 et 4).")
        columns: list[Column[Held]] = [
            Column("Nature", lambda one: one.kind.value),
            Column("Le", lambda one: f"{one.held_on:%d/%m/%Y}", sample="00/00/0000"),
            Column("Par", lambda one: one.adviser, sample="Conseillère de démonstration"),
        ]
        self._rows: RecordModel[Held] = RecordModel(columns, self)
        self.held.show_model(self._rows, columns, sortable=False)
        self.held.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.day.serve(database.today, past=True)
        self.day.show_day(database.today())
        for button, name in (
            (self.back_button, "arrow-left"),
            (self.attestation_button, "file-text"),
            (self.company_button, "building-2"),
        ):
            button.setIcon(icons.icon(name))
            button.setIconSize(icons.BESIDE_WORDS)
        self.back_button.clicked.connect(self.left)
        self.ask_button.clicked.connect(self.ask)
        self.siren.returnPressed.connect(self.ask)
        self.day.stepped.connect(self.ask)
        self.attestation_button.clicked.connect(lambda: self._go(self.attestation_asked))
        self.company_button.clicked.connect(lambda: self._go(self.company_asked))
        self._show(None)
        if siren:
            self.siren.setText(siren)
            self.ask()

    def start(self) -> None:
        self.siren.setFocus(Qt.FocusReason.OtherFocusReason)
        self.siren.selectAll()

    def ask(self) -> None:
        """Answer what is typed."""
        from charte_desktop.model.identifiers import read_siren
        from charte_desktop.store.accompaniments import Accompaniments

        self._show(None)
        with messages.sentence_in(self.sentence):
            read = read_siren(self.siren.text())
            number = read.value.siren
            if not number:
                raise UserError(read.message or "Écrivez les neuf chiffres du SIREN.")
            self._show(Accompaniments(self._database).right_of(number, self.day.day()))

    def _show(self, right: "RightToCharter | None") -> None:
        self.right = right
        self.answer.setText(right.sentence if right is not None else "")
        held = right.held if right is not None else ()
        self._rows.show_rows(lambda limit, offset: held[offset : None if limit is None else offset + limit])
        self.held.setVisible(bool(held))
        self.attestation_button.setVisible(bool(held))
        self.company_button.setVisible(right is not None and bool(right.company_id))

    def _go(self, asked: SignalInstance) -> None:
        if self.right is not None:
            asked.emit(self.right.company_id)
