"""Noting an accompaniment: its kind, its day, what the company needs. It gives the right to a sheet (C03)."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from charte_desktop.errors import UserError
from charte_desktop.ui import icons, marks, messages
from charte_desktop.ui.choice_boxes import ChoiceBoxes, ChoiceGroup
from charte_desktop.ui.forms import load_form
from charte_desktop.ui.sheets.places import Page

if TYPE_CHECKING:
    from charte_desktop.store.database import Database


class AccompanimentPage(Page):
    """What was done with a company on a day, and the services it looks for."""

    back_button: QPushButton
    title: QLabel
    note_button: QPushButton
    sheet_button: QPushButton
    reason: QLabel
    kind: QComboBox
    day: QLineEdit
    day_sentence: QLabel
    notes: QPlainTextEdit
    needs_page: QWidget
    needs_lines: QVBoxLayout
    needs_count: QLabel

    noted = Signal(str, bool)
    """The accompaniment's id, and whether a sheet is wanted at once."""

    def __init__(self, database: "Database", company_id: str, *, before_sheet: bool = False) -> None:
        """`before_sheet`: a sheet was asked for and the company was never accompanied; the page says why it opens."""
        super().__init__()
        load_form(self, "accompaniment_page")
        from charte_desktop.model.accompaniment_kind import AccompanimentKind
        from charte_desktop.model.display import show_date
        from charte_desktop.store.company_records import CompanyRecords

        self._database, self._company_id = database, company_id
        company = CompanyRecords(database).get(company_id)
        self.title.setText(f"Accompagnement de {company.legal_name or '(sans nom)'}")
        self.reason.setText("Une fiche annuaire se remet lors d'un accompagnement : notez-le, la fiche suit.")
        self.reason.setVisible(before_sheet)
        for kind in AccompanimentKind:
            self.kind.addItem(kind.value, kind)
        self.day.setText(show_date(database.today()))
        self.needs = ChoiceBoxes(self.needs_page, service_groups, columns=2)
        self.needs.setAccessibleName("Besoins de l'entreprise")
        self.needs_lines.insertWidget(0, self.needs)
        self.needs_page.setAutoFillBackground(False)
        for button, name, token in (
            (self.back_button, "arrow-left", "ink"),
            (self.note_button, "circle-check", "ink"),
            (self.sheet_button, "file-text", "on_primary"),
        ):
            button.setIcon(icons.icon(name, token))
            button.setIconSize(icons.BESIDE_WORDS)
        self._resume()
        self._count()
        self._connect()

    def start(self) -> None:
        self.needs.setFocus(Qt.FocusReason.OtherFocusReason)

    def note(self, sheet: bool) -> None:
        """Keep the accompaniment; `sheet` says that one is wanted at once."""
        from charte_desktop.model.identifiers import read_date
        from charte_desktop.store.company_records import CompanyRecords
        from charte_desktop.store.drafts import Drafts

        with messages.sentence_in(self.day_sentence):
            read = read_date(self.day.text())
            if read.value is None:
                raise UserError(read.message or "Écrivez le jour de l'accompagnement : jj/mm/aaaa.")
            accompaniment = CompanyRecords(self._database).accompany(
                self._company_id, self.kind.currentData(), read.value, self.needs.typed().split(), self._notes()
            )
            Drafts(self._database).drop("accompaniment", self._company_id)
            self.changed.emit()
            self.noted.emit(accompaniment.id, sheet)

    def _notes(self) -> str:
        return self.notes.toPlainText().strip()

    def _count(self) -> None:
        count = len(self.needs.typed().split())
        several = "s" if count > 1 else ""
        self.needs_count.setText(f"{count} besoin{several} noté{several}" if count else "Aucun besoin noté")
        self.sheet_button.setEnabled(bool(count))
        self.sheet_button.setToolTip(
            "Ctrl+Entrée" if count else "Cochez au moins un besoin : c'est lui qui fait la liste."
        )

    # Drafts

    def _keep(self) -> None:
        from charte_desktop.store.drafts import Drafts

        values = {
            "kind": self.kind.currentData().name,
            "day": self.day.text(),
            "needs": self.needs.typed(),
            "notes": self.notes.toPlainText(),
        }
        Drafts(self._database).keep("accompaniment", self._company_id, values)

    def _resume(self) -> None:
        from charte_desktop.model.accompaniment_kind import AccompanimentKind
        from charte_desktop.store.drafts import Drafts

        draft = Drafts(self._database).of("accompaniment", self._company_id)
        if draft is not None:
            self.kind.setCurrentIndex(self.kind.findData(AccompanimentKind[draft.values["kind"]]))
            self.day.setText(draft.values["day"])
            self.needs.show_typed(draft.values["needs"])
            self.notes.setPlainText(draft.values["notes"])

    def _connect(self) -> None:
        self.back_button.clicked.connect(self.left)
        self.note_button.clicked.connect(lambda: self.note(False))
        self.sheet_button.clicked.connect(lambda: self.note(True))
        self.needs.edited.connect(self._count)
        self.needs.finished.connect(self.sheet_button.click)
        self.needs.stepped.connect(lambda: self.sheet_button.setFocus(Qt.FocusReason.TabFocusReason))
        self.day.returnPressed.connect(lambda: self.focusNextPrevChild(True))
        QShortcut(QKeySequence("Ctrl+Return"), self, self.sheet_button.click)
        for told in (
            self.kind.currentIndexChanged,
            self.day.textEdited,
            self.needs.edited,
            self.notes.textChanged,
        ):
            told.connect(lambda *_: self._keep())


def service_groups() -> list[ChoiceGroup]:
    """The charter's services by family (C20)."""
    from charte_desktop.model import reference

    return [
        ChoiceGroup(
            family,
            [(one.id, one.label) for one in reference.services_of(family)],
            marks.of_services([reference.services_of(family)[0].id])[0],
        )
        for family in reference.FAMILIES
    ]
