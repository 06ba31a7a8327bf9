"""The page where a sheet is made: criteria, providers with their reasons, layout, and the PDF itself beside them."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from charte_desktop.ui import icons
from charte_desktop.ui.forms import load_form
from charte_desktop.ui.sheets.candidate_list import CandidateList, Line, Place
from charte_desktop.ui.sheets.criteria_chips import CriteriaChips
from charte_desktop.ui.sheets.desk import Desk
from charte_desktop.ui.sheets.draft import LAYOUTS, Decisions, Drawn, Widening, decided, draw, lines_of, proposed
from charte_desktop.ui.sheets.pdf_preview import PdfPreview
from charte_desktop.ui.sheets.places import Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from charte_desktop.model.accompaniment import Accompaniment
    from charte_desktop.model.provider import Provider
    from charte_desktop.model.sheet import Criteria, DirectorySheet
    from charte_desktop.store.database import Database

LIST, NOBODY = 0, 1
"""The pages of the list."""
PRINT, SAVE, MAIL = "print", "save", "mail"
"""What is done with the sheet once it is issued."""

_MOTIVE_WORDS = {
    Place.LISTED: ("Écarter {} : pourquoi ?", "Écarter"),
    Place.LEFT_OUT: ("{} est écarté.", "Reprendre"),
    Place.ADDED: ("{} est ajouté.", "Retirer"),
    Place.TO_ADD: ("Ajouter {} : pourquoi ? (imprimé sur la fiche)", "Ajouter"),
}
"""The sentence over the adviser's words, and the button beside them, by the place of the line chosen."""


class DraftPage(Page):
    """A sheet for one company, from one of its accompaniments (C03)."""

    back_button: QPushButton
    title: QLabel
    mail_button: QPushButton
    save_button: QPushButton
    issue_button: QPushButton
    splitter: QSplitter
    accompaniment: QComboBox
    chips: CriteriaChips
    count: QLabel
    list_pages: QStackedWidget
    candidates: CandidateList
    nobody_text: QLabel
    nobody_box: QWidget
    nobody_choices: QVBoxLayout
    motive_label: QLabel
    motive: QLineEdit
    motive_button: QPushButton
    add_search: QLineEdit
    layout_choice: QComboBox
    qr: QCheckBox
    pages: QLabel
    preview: PdfPreview
    preview_label: QLabel

    issued = Signal(object, str)
    """The sheet, and what is to be done with it: one of `PRINT`, `SAVE`, `MAIL`."""

    def __init__(self, database: "Database", company_id: str, accompaniment_id: str = "") -> None:
        """Without an accompaniment, the company's latest; it must have one."""
        super().__init__()
        load_form(self, "draft_page", CriteriaChips, CandidateList, PdfPreview)
        self._database = database
        self._desk = Desk(self)
        self._drawn: Drawn | None = None
        self._dress()
        self._read_company(company_id, accompaniment_id)
        self._decisions = self._resumed()
        self._show_decisions()
        self._connect()
        self.redraw()

    # What is shown

    @property
    def is_settled(self) -> bool:
        """True when the preview shows what is decided."""
        return not self._desk.is_busy

    @property
    def decisions(self) -> Decisions:
        """What the adviser decided so far."""
        return self._decisions

    def start(self) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish(self) -> None:
        self._desk.clear()

    def redraw(self) -> None:
        """Compose and draw the sheet anew, beside the window; without a service there is none."""
        self._keep()
        if not self._decisions.criteria.service_ids:
            self._desk.clear()
            self._drawn = None
            self._show_nobody("Choisissez au moins une prestation : c'est elle qui fait la liste.")
            self.preview.clear()
            self.preview_label.setText("")
            self._allow(False)
            return
        self._allow(False)
        self.pages.setText("Mise en page…")
        work = partial(draw, self._database, self._accompaniment_id, self._copy())
        self._desk.ask(work, self._show_drawn)

    def _show_drawn(self, drawn: Drawn) -> None:
        self._drawn = drawn
        self.preview.show_pdf(drawn.pdf)
        self.preview_label.setText(f"Aperçu : la fiche prendra le n° {drawn.number} quand elle sera éditée.")
        self.pages.setText(self._paper_words(drawn))
        self._look_up(self.add_search.text())
        self._allow(True)
        if self.hasFocus():
            self.issue_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _paper_words(self, drawn: Drawn) -> str:
        from charte_desktop.documents.directory_sheet import print_hint

        several = "s" if drawn.pages > 1 else ""
        if self._decisions.layout == "booklet":
            return f"{drawn.pages} feuille{several} recto verso. {print_hint('booklet')}"
        return f"{drawn.pages} page{several} A4"

    def _show_lines(self) -> None:
        drawn = self._drawn
        lines = lines_of(drawn.candidates if drawn else (), self._decisions)
        self.list_pages.setCurrentIndex(LIST)
        self.candidates.show_lines(lines)
        listed = drawn.listed if drawn else 0
        words = [f"{listed} prestataire{'s' if listed > 1 else ''} sur la fiche"]
        out = sum(line.place is Place.LEFT_OUT for line in lines)
        if out:
            words.append(f"{out} écarté{'s' if out > 1 else ''}")
        self.count.setText(", ".join(words))
        self._show_motive()

    def _show_list(self) -> None:
        """The sheet's own list, or why it is empty."""
        drawn = self._drawn
        self._show_lines()
        if drawn is not None and not self.candidates.lines.rowCount():
            self._show_nobody("Aucun signataire ne répond à tous ces critères.")

    def _say_nobody(self, sentence: str, widenings: "Sequence[Widening]" = ()) -> None:
        self.nobody_text.setText(sentence)
        for before in self.nobody_box.findChildren(QPushButton):
            before.hide()
            before.deleteLater()
        for one in widenings:
            several = "s" if one.count > 1 else ""
            button = QPushButton(f"{one.words} : {one.count} prestataire{several}", self.nobody_box)
            button.clicked.connect(partial(self._ask, one.criteria))
            self.nobody_choices.addWidget(button, alignment=Qt.AlignmentFlag.AlignHCenter)

    def _show_nobody(self, sentence: str) -> None:
        """Say why the list is empty, and what would fill it."""
        self.list_pages.setCurrentIndex(NOBODY)
        self.candidates.show_lines([])
        self.count.setText("Aucun prestataire")
        widenings = self._drawn.widenings if self._drawn else ()
        if self._drawn is not None:
            sentence += (
                " Élargissez la demande :"
                if widenings
                else " Aucun ne déclare ces prestations : ajoutez une prestation voisine, ou un signataire à la main."
            )
        self._say_nobody(sentence, widenings)
        self._show_motive()

    def _allow(self, allowed: bool) -> None:
        for button in (self.issue_button, self.save_button, self.mail_button):
            button.setEnabled(allowed)

    # Criteria and layout

    def _ask(self, criteria: "Criteria") -> None:
        self._decisions.criteria = criteria
        self.chips.show_criteria(criteria)
        self.redraw()

    def _choose_accompaniment(self) -> None:
        self._decisions = self._resumed()
        self._show_decisions()
        self.redraw()

    def _choose_paper(self) -> None:
        self._decisions.layout = self.layout_choice.currentData()
        self._decisions.qr = self.qr.isChecked()
        self._tell_qr()
        self.redraw()

    def _tell_qr(self) -> None:
        table = self._decisions.layout == "table"
        self.qr.setEnabled(not table)
        self.qr.setToolTip("Le tableau ne porte pas de code QR." if table else "Les coordonnées, à lire au téléphone")

    # Leaving out and adding

    def _show_motive(self) -> None:
        line = self.candidates.chosen()
        self.motive_button.setEnabled(line is not None)
        self.motive.setEnabled(line is not None and line.place in (Place.LISTED, Place.TO_ADD))
        self.motive.setText(line.motive if line else "")
        sentence, action = _MOTIVE_WORDS[line.place if line else Place.LISTED]
        self.motive_label.setText(sentence.format(line.legal_name) if line else "")
        self.motive_button.setText(action)

    def _enter_motive(self) -> None:
        """From the list to the words about its line."""
        if self.motive.isEnabled():
            self.motive.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.motive_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _apply_motive(self) -> None:
        line = self.candidates.chosen()
        if line is None:
            return
        motive = self.motive.text().strip()
        if line.place in (Place.LISTED, Place.TO_ADD) and not motive:
            self.motive_label.setText(f"Écrivez pourquoi, pour {line.legal_name} : le motif reste avec la fiche.")
            self.motive.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        match line.place:
            case Place.LISTED:
                self._decisions.left_out[line.provider_id] = motive
            case Place.LEFT_OUT:
                del self._decisions.left_out[line.provider_id]
            case Place.ADDED:
                del self._decisions.added[line.provider_id]
            case Place.TO_ADD:
                self._decisions.added[line.provider_id] = motive
                self._decisions.names[line.provider_id] = line.legal_name
                self.add_search.clear()
        self._show_list()
        self.candidates.setFocus(Qt.FocusReason.OtherFocusReason)
        self.redraw()

    def _look_up(self, text: str) -> None:
        """While something is searched, the list shows who may be added; without a word, the sheet again."""
        if not text.strip():
            self._show_list()
            return
        from charte_desktop.store.directory_sheets import DirectorySheets

        found = DirectorySheets(self._database).signatories(text)
        met = {one.provider.id for one in self._drawn.candidates} if self._drawn else set()
        new = [one for one in found if one.id not in met and one.id not in self._decisions.added]
        self.list_pages.setCurrentIndex(LIST if new else NOBODY)
        self.candidates.show_lines([Line(one.id, one.legal_name, _who(one), Place.TO_ADD) for one in new])
        self.count.setText("Qui peut être ajouté")
        if not new:
            self._say_nobody(
                f"« {text} » est déjà sur la liste."
                if found
                else f"Aucun signataire qui accepte d'être publié ne répond à « {text} »."
            )
        self._show_motive()

    # Issuing

    def issue(self, then: str) -> None:
        """Give the sheet its number and keep it as it prints (C07); `then` is done with it."""
        from charte_desktop.documents import directory_sheet
        from charte_desktop.store.directory_sheets import DirectorySheets

        self._allow(False)
        self.pages.setText("Édition de la fiche…")
        decisions, database, accompaniment_id = self._copy(), self._database, self._accompaniment_id

        def work() -> "DirectorySheet":
            return DirectorySheets(database).issue(
                accompaniment_id,
                decisions.criteria,
                directory_sheet.directory_sheet,
                directory_sheet.page_count,
                decisions.options(),
            )

        self._desk.ask(work, lambda sheet: self._tell_issued(sheet, then))

    def _tell_issued(self, sheet: "DirectorySheet", then: str) -> None:
        from charte_desktop.store.drafts import Drafts

        Drafts(self._database).drop("sheet", self._accompaniment_id)
        self.changed.emit()
        self.issued.emit(sheet, then)

    # Drafts

    def _keep(self) -> None:
        """What is decided is found again after a crash, or when the page is opened again."""
        from charte_desktop.store.drafts import Drafts

        if self._decisions != proposed(self._company, self._accompaniment_id):
            Drafts(self._database).keep("sheet", self._accompaniment_id, self._decisions.as_typed())
        else:
            Drafts(self._database).drop("sheet", self._accompaniment_id)

    def _resumed(self) -> Decisions:
        from charte_desktop.store.drafts import Drafts

        draft = Drafts(self._database).of("sheet", self._accompaniment_id)
        return decided(draft.values) if draft else proposed(self._company, self._accompaniment_id)

    def _copy(self) -> Decisions:
        """What is decided now: the thread must not see what is decided while it works."""
        return decided(self._decisions.as_typed())

    # Building

    @property
    def _accompaniment_id(self) -> str:
        return str(self.accompaniment.currentData())

    def _read_company(self, company_id: str, accompaniment_id: str) -> None:
        from charte_desktop.store.company_records import CompanyRecords

        self._company = CompanyRecords(self._database).get(company_id)
        self.title.setText(f"Fiche annuaire pour {self._company.legal_name or '(sans nom)'}")
        held: list[Accompaniment] = sorted(self._company.accompaniments, key=lambda one: one.held_on, reverse=True)
        assert held, "a sheet comes from an accompaniment (C03)"
        for one in held:
            self.accompaniment.addItem(f"{one.kind.value} du {one.held_on:%d/%m/%Y}", one.id)
        self.accompaniment.setCurrentIndex(max(self.accompaniment.findData(accompaniment_id), 0))

    def _show_decisions(self) -> None:
        self.chips.show_criteria(self._decisions.criteria)
        self.layout_choice.blockSignals(True)
        self.layout_choice.setCurrentIndex(self.layout_choice.findData(self._decisions.layout))
        self.layout_choice.blockSignals(False)
        self.qr.blockSignals(True)
        self.qr.setChecked(self._decisions.qr)
        self.qr.blockSignals(False)
        self._tell_qr()

    def _dress(self) -> None:
        for button, name, token in (
            (self.back_button, "arrow-left", "ink"),
            (self.issue_button, "printer", "on_primary"),
            (self.save_button, "save", "ink"),
            (self.mail_button, "mail", "ink"),
        ):
            button.setIcon(icons.icon(name, token))
            button.setIconSize(icons.BESIDE_WORDS)
        # The keyboard waits on the page itself until there is something to issue.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for layout, words in LAYOUTS.items():
            self.layout_choice.addItem(words, layout)
        self.splitter.setSizes([500, 820])
        self.splitter.setStretchFactor(1, 1)

    def _connect(self) -> None:
        self.back_button.clicked.connect(self.left)
        self.issue_button.clicked.connect(lambda: self.issue(PRINT))
        self.save_button.clicked.connect(lambda: self.issue(SAVE))
        self.mail_button.clicked.connect(lambda: self.issue(MAIL))
        QShortcut(QKeySequence("Ctrl+P"), self, self.issue_button.click)
        self.accompaniment.currentIndexChanged.connect(lambda _: self._choose_accompaniment())
        self.chips.changed.connect(self._ask)
        self.layout_choice.currentIndexChanged.connect(lambda _: self._choose_paper())
        self.qr.toggled.connect(lambda _: self._choose_paper())
        self.candidates.selectionModel().currentChanged.connect(lambda *_: self._show_motive())
        self.candidates.activated.connect(lambda _: self._enter_motive())
        self.motive.returnPressed.connect(self._apply_motive)
        self.motive_button.clicked.connect(self._apply_motive)
        self.add_search.textChanged.connect(self._look_up)
        self.add_search.returnPressed.connect(lambda: self.candidates.setFocus(Qt.FocusReason.OtherFocusReason))


def _who(provider: "Provider") -> str:
    """What tells a signatory from another: its place and its services."""
    from charte_desktop.model import reference

    words = ", ".join(reference.service_label(one) for one in provider.service_ids)
    return " ; ".join(filter(None, [provider.city, f"déclare : {words}" if words else ""]))
