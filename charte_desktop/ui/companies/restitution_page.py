"""What a company takes home from a visit: the words written for it, and the very pages beside them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QSplitter

from charte_desktop.ui import icons
from charte_desktop.ui.elided_label import ElidedLabel
from charte_desktop.ui.forms import load_form
from charte_desktop.ui.sheets.desk import Desk
from charte_desktop.ui.sheets.paper_actions import Paper, PaperActions
from charte_desktop.ui.sheets.pdf_preview import PdfPreview
from charte_desktop.ui.sheets.places import Page

if TYPE_CHECKING:
    from charte_desktop.store.database import Database

DRAFT = "summary"
"""What the drafts call the words of a restitution that are not kept yet, by its accompaniment."""
_REST_MS = 350


class RestitutionPage(Page):
    """The restitution of one accompaniment; its summary is kept when it is left, printed, saved or sent."""

    back_button: QPushButton
    title: ElidedLabel
    facts: ElidedLabel
    mail_button: QPushButton
    save_button: QPushButton
    print_button: QPushButton
    splitter: QSplitter
    summary: QPlainTextEdit
    notes_button: QPushButton
    holds: QLabel
    correct_button: QPushButton
    preview: PdfPreview

    correct_asked = Signal(str)
    """Correct this accompaniment, by its id."""

    def __init__(self, database: "Database", accompaniment_id: str) -> None:
        super().__init__()
        load_form(self, "restitution_page", ElidedLabel, PdfPreview)
        from charte_desktop.store.accompaniments import Accompaniments
        from charte_desktop.store.company_rows import CompanyRows
        from charte_desktop.store.drafts import Drafts
        from charte_desktop.store.restitutions import Restitutions

        self._database, self._accompaniment = database, accompaniment_id
        self._drafts = Drafts(database)
        self._desk = Desk(self)
        self._pdf = b""
        self._is_left = False
        self._company = CompanyRows(database).facts(Accompaniments(database).company_of(accompaniment_id))
        content = Restitutions(database).content(accompaniment_id)
        self._kept = content.summary
        self._notes = _own_words(database, accompaniment_id)
        self.title.setText(f"Restitution pour {content.company_name or '(sans nom)'}")
        self.facts.setText(f"{content.kind.value} du {content.held_on:%d/%m/%Y}, par {content.adviser}")
        advice, needs = len(content.advice), len(content.help)
        self.holds.setText(
            f"{advice} conseil{'s' if advice > 1 else ''}, {needs} besoin{'s' if needs > 1 else ''}"
            f"{', le radar' if content.radar else ''}"
            f"{', la prochaine étape' if content.next_on or content.next_step else ''}."
        )
        draft = self._drafts.of(DRAFT, accompaniment_id)
        self.summary.setPlainText(draft.values["summary"] if draft is not None else content.summary)
        self.actions_of_paper = PaperActions(self)
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(_REST_MS)
        self._dress()
        self._connect()
        self._redraw()

    def start(self) -> None:
        first = self.summary if not self.summary.toPlainText() else self.print_button
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish(self) -> None:
        """Keep the words, and let the thread rest."""
        if not self._is_left:
            self._is_left = True
            self._resting.stop()
            self._desk.clear()
            self.keep()

    @property
    def is_settled(self) -> bool:
        """True when the pages say what is typed."""
        return not self._resting.isActive() and not self._desk.is_busy

    def keep(self) -> None:
        """Keep the words with the accompaniment; undoing takes them back."""
        from charte_desktop.store.accompaniments import Accompaniments

        words = self.summary.toPlainText().strip()
        if words != self._kept:
            Accompaniments(self._database).summarise(self._accompaniment, words)
            self._kept = words
            self.changed.emit()
        self._drafts.drop(DRAFT, self._accompaniment)

    def _typed(self) -> None:
        self._drafts.keep(DRAFT, self._accompaniment, {"summary": self.summary.toPlainText()})
        self._say_notes()
        self._resting.start()

    def _take_notes(self) -> None:
        words = "\n".join(filter(None, [self.summary.toPlainText().strip(), self._notes.strip()]))
        self.summary.setPlainText(words)
        self.summary.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_notes(self) -> None:
        self.notes_button.setVisible(bool(self._notes.strip()) and self._notes.strip() not in self._words())

    def _words(self) -> str:
        return self.summary.toPlainText()

    def _redraw(self) -> None:
        words, database, accompaniment = self._words().strip(), self._database, self._accompaniment

        def work() -> bytes:
            from charte_desktop.documents.restitution import restitution
            from charte_desktop.store.restitutions import Restitutions

            return restitution(Restitutions(database).content(accompaniment, words))

        self._desk.ask(work, self._show)

    def _show(self, pdf: bytes) -> None:
        self._pdf = pdf
        self.preview.show_pdf(pdf)

    def _paper(self) -> Paper:
        """The pages as they stand now, whatever was typed a moment ago."""
        from charte_desktop.documents.restitution import restitution
        from charte_desktop.store.restitutions import Restitutions

        self.keep()
        pdf = restitution(Restitutions(self._database).content(self._accompaniment))
        name = self._company.legal_name or "entreprise"
        return Paper(f"Restitution {name} {self._database.today():%d-%m-%Y}", pdf)

    def _mail(self) -> None:
        name = self._company.legal_name or "votre entreprise"
        self.actions_of_paper.mail(
            self._paper(),
            self._company.emails[:1],
            f"Notre rencontre : restitution pour {name}",
            "Bonjour,\n\nVous trouverez ci-joint la restitution de notre rencontre : ce que nous avons vu, les "
            "priorités, qui peut aider et la suite convenue.\n\nBien cordialement,\n"
            f"{self._database.adviser}\nCCI Île de la Réunion",
            name=self._company.legal_representative,
        )

    def _dress(self) -> None:
        for button, name, token in (
            (self.back_button, "arrow-left", "ink"),
            (self.print_button, "printer", "on_primary"),
            (self.save_button, "save", "ink"),
            (self.mail_button, "mail", "ink"),
        ):
            button.setIcon(icons.icon(name, token))
            button.setIconSize(icons.BESIDE_WORDS)
        self.splitter.setSizes([420, 900])
        self.splitter.setStretchFactor(1, 1)
        self._say_notes()

    def _connect(self) -> None:
        self.back_button.clicked.connect(self.left)
        self.print_button.clicked.connect(lambda: self.actions_of_paper.print_out(self._paper()))
        self.save_button.clicked.connect(lambda: self.actions_of_paper.save(self._paper()))
        self.mail_button.clicked.connect(self._mail)
        self.notes_button.clicked.connect(self._take_notes)
        self.correct_button.clicked.connect(lambda: self.correct_asked.emit(self._accompaniment))
        self.summary.textChanged.connect(self._typed)
        self._resting.timeout.connect(self._redraw)
        self.actions_of_paper.said.connect(self.said)
        QShortcut(QKeySequence("Ctrl+P"), self, self.print_button.click)
        QShortcut(QKeySequence("Ctrl+S"), self, self.save_button.click)


def _own_words(database: "Database", accompaniment_id: str) -> str:
    """The adviser's notes, and what the manager said in their own words when the questionnaire asked."""
    from charte_desktop.model.questionnaire import QuestionKind
    from charte_desktop.store.accompaniments import Accompaniments
    from charte_desktop.store.diagnostics import Diagnostics

    entry = Accompaniments(database).entry(accompaniment_id)
    words = [entry.notes.strip()]
    if entry.answers:
        asked = Diagnostics(database).questionnaire(entry.questionnaire_id).questions
        words += [
            f"« {text} »"
            for one in asked
            if one.kind is QuestionKind.TEXT and (text := str(entry.answers.get(one.id, "")).strip())
        ]
    return "\n".join(filter(None, words))
