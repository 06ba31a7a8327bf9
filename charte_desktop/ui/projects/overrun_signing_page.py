"""The client agrees to an overrun on this laptop: who signs, the very words, a drawn signature, the seal (C38)."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QLabel, QLineEdit, QPushButton, QRadioButton, QStackedWidget

from charte_desktop.errors import UserError
from charte_desktop.model.drawing import Drawing
from charte_desktop.model.signing import Capacity, Identification, Signer
from charte_desktop.ui import icons
from charte_desktop.ui.charter.signature_box import SignatureBox
from charte_desktop.ui.charter.signing_page import LARGE
from charte_desktop.ui.elided_label import ElidedLabel
from charte_desktop.ui.forms import load_form
from charte_desktop.ui.messages import sentence_in
from charte_desktop.ui.sheets.pdf_preview import PdfPreview
from charte_desktop.ui.sheets.places import Page

if TYPE_CHECKING:
    from charte_desktop.model.overrun_content import AgreementContent
    from charte_desktop.model.sealed_pdf import Sealed
    from charte_desktop.store.database import Database

Run = Callable[..., None]
"""`Background.run`."""
DRAFT = "overrun_signing"
SIGNER, READ, DRAW, SEAL, DONE = range(5)
_BEFORE_DRAWING = 2.5
"""The shape of an empty frame, its width to its height."""


class OverrunSigningPage(Page):
    """Four steps; what is typed and drawn is kept at once, and nothing is agreed to before the seal."""

    back_button: QPushButton
    title: ElidedLabel
    facts: ElidedLabel
    hand_button: QPushButton
    step_signer: QPushButton
    step_read: QPushButton
    step_draw: QPushButton
    step_seal: QPushButton
    steps: QStackedWidget
    name: QLineEdit
    legal: QRadioButton
    mandated: QRadioButton
    mandate: QLineEdit
    place: QLineEdit
    known: QRadioButton
    seen: QRadioButton
    otherwise: QRadioButton
    otherwise_words: QLineEdit
    agreement: PdfPreview
    who: QLabel
    agreed_words: QLabel
    box: SignatureBox
    draw_hint: QLabel
    keep_button: QPushButton
    preview: PdfPreview
    summary: QLabel
    again_button: QPushButton
    seal_button: QPushButton
    done_title: QLabel
    done_words: QLabel
    sentence: QLabel
    previous_button: QPushButton
    next_button: QPushButton

    hand_asked = Signal()
    """Turn the laptop to the client, or ask for it back."""
    sealed = Signal(str)
    """The overrun is agreed to: the id of the document of the project."""

    def __init__(self, database: "Database", run: Run, project_id: str, overrun_id: str) -> None:
        super().__init__()
        load_form(self, "overrun_signing_page", ElidedLabel, PdfPreview, SignatureBox)
        from charte_desktop.documents.overrun_agreement import overrun_agreement
        from charte_desktop.store.project_overruns import ProjectOverruns

        self._database, self._run = database, run
        self._project_id, self._overrun_id = project_id, overrun_id
        self._store = ProjectOverruns(database)
        self.is_handed = False
        self.document_id = ""
        """Of the agreement just sealed."""
        self._signed_at: datetime | None = None
        self._content: AgreementContent | None = None
        self._is_filling = True
        content = self._store.content(project_id, overrun_id)
        self._project = content.facts
        self.title.setText(f"Accord de dépassement n° {content.overrun.number}")
        self.facts.setText(f"{content.facts.number} · {content.facts.title} · {content.facts.company.name}")
        self.agreement.show_pdf(overrun_agreement(content))
        self._buttons = (self.step_signer, self.step_read, self.step_draw, self.step_seal)
        self._capacity, self._how = QButtonGroup(self), QButtonGroup(self)
        for group, buttons in (
            (self._capacity, (self.legal, self.mandated)),
            (self._how, (self.known, self.seen, self.otherwise)),
        ):
            for button in buttons:
                group.addButton(button)
        for plain, icon, token in (
            (self.back_button, "arrow-left", "ink"),
            (self.hand_button, "handshake", "ink"),
            (self.keep_button, "signature", "on_primary"),
            (self.again_button, "undo-2", "ink"),
            (self.seal_button, "shield-check", "on_primary"),
        ):
            plain.setIcon(icons.icon(icon, token))
            plain.setIconSize(icons.BESIDE_WORDS)
        self._resume()
        self._connect()
        self._is_filling = False
        self._follow()

    def _connect(self) -> None:
        self.back_button.clicked.connect(self.left)
        self.hand_button.clicked.connect(self.hand_asked)
        self.previous_button.clicked.connect(lambda: self.go(self.steps.currentIndex() - 1))
        self.next_button.clicked.connect(lambda: self.go(self.steps.currentIndex() + 1))
        for number, button in enumerate(self._buttons):
            button.clicked.connect(lambda _=False, number=number: self.go(number))
        for line in (self.name, self.mandate, self.place, self.otherwise_words):
            line.textEdited.connect(lambda _: self._typed())
            line.returnPressed.connect(lambda: self.focusNextPrevChild(True))
        self.otherwise_words.textEdited.connect(lambda _: self.otherwise.setChecked(True))
        self.mandate.textEdited.connect(lambda _: self.mandated.setChecked(True))
        for group in (self._capacity, self._how):
            group.buttonToggled.connect(lambda *_: self._typed())
        self.keep_button.clicked.connect(self.box.ask_keep)
        self.box.kept.connect(self._signed)
        self.box.pad.changed.connect(self._drawn)
        self.again_button.clicked.connect(self.sign_again)
        self.seal_button.clicked.connect(self.seal)
        for keys, do in (
            ("Alt+Left", self.previous_button.click),
            ("Ctrl+Return", self.next_button.click),
            ("F11", self.hand_button.click),
        ):
            QShortcut(QKeySequence(keys), self, do)

    def start(self) -> None:
        QTimer.singleShot(0, self.name.setFocus)

    # Who signs

    @property
    def signer(self) -> Signer:
        """Who signs, as it is said."""
        how = {self.known: Identification.KNOWN, self.seen: Identification.DOCUMENT_SEEN}
        identification = next((kind for button, kind in how.items() if button.isChecked()), None)
        if self.otherwise.isChecked():
            identification = Identification.OTHER
        return Signer(
            name=" ".join(self.name.text().split()),
            capacity=Capacity.MANDATED if self.mandated.isChecked() else Capacity.LEGAL,
            identification=identification,
            identified_otherwise=self.otherwise_words.text(),
            mandate_name=" ".join(self.mandate.text().split()),
        )

    def _lacking_of_signer(self) -> str:
        lacking = self.signer.missing()
        if not self.place.text().strip():
            lacking.append("où l'accord est signé")
        return f"Il manque : {', '.join(lacking)}." if lacking else ""

    def _typed(self) -> None:
        if not self._is_filling:
            self._forget_signature()
            self._keep_draft()
            self._follow()

    # Steps

    def lacking_before(self, step: int) -> str:
        """What must be done before a step; empty when it may be opened."""
        if self._signed_at is not None and step == SEAL:
            return ""
        if step == SEAL:
            return self._lacking_of_signer() or "Le client signe d'abord."
        return self._lacking_of_signer() if step in (READ, DRAW) else ""

    def go(self, step: int) -> None:
        """Go to a step; one that waits for another says which."""
        if not SIGNER <= step <= SEAL or (self.is_handed and step == SIGNER) or self.lacking_before(step):
            self._follow()
            return
        self.box.pad.end_stroke()
        self.steps.setCurrentIndex(step)
        if step == DRAW:
            self._show_words()
        elif step == SEAL:
            self._compose()
        where = {SIGNER: self.name, READ: self.agreement, DRAW: self.box.pad, SEAL: self.seal_button}[step]
        where.setFocus(Qt.FocusReason.OtherFocusReason)
        self._follow()

    def _follow(self) -> None:
        here = self.steps.currentIndex()
        for number, button in enumerate(self._buttons):
            lacking = self.lacking_before(number)
            button.setChecked(number == here)
            button.setEnabled(not lacking and here != DONE)
            button.setToolTip(lacking)
            button.setVisible(here != DONE and not (self.is_handed and number == SIGNER))
        first = READ if self.is_handed else SIGNER
        self.previous_button.setEnabled(first < here <= SEAL)
        self.previous_button.setVisible(here != DONE)
        self.next_button.setVisible(here in (SIGNER, READ))
        lacking = self.lacking_before(here + 1) if here in (SIGNER, READ) else ""
        self.next_button.setEnabled(not lacking)
        self.sentence.setText(lacking)
        self.hand_button.setEnabled(self.is_handed or (not self._lacking_of_signer() and here != DONE))
        self.hand_button.setToolTip(
            "" if self.is_handed else self._lacking_of_signer() or "Plein écran : seul ce document est accessible (F11)"
        )

    # The signature

    def _show_words(self) -> None:
        from charte_desktop.store.database import REUNION

        signer = self.signer
        day = self._database.clock().astimezone(REUNION)
        self.who.setText(f"Signature de {signer.name}")
        self.agreed_words.setText(
            f"{signer.capacity.value} de {self._project.company.name}, je donne mon accord explicite à ce "
            "dépassement : "
            f"{self._effect()} Fait à {' '.join(self.place.text().split())}, le {day:%d/%m/%Y}."
        )

    def _effect(self) -> str:
        content = self._store.content(self._project_id, self._overrun_id)
        return " ".join(text for heading, text in content.clauses() if heading.startswith(("Budget", "Délai")))

    def _drawn(self) -> None:
        if not self._is_filling:
            self._forget_signature()
            self._keep_draft()
            self._follow()

    def _signed(self, _: Drawing) -> None:
        self._signed_at = self._database.clock()
        self._keep_draft()
        self.go(SEAL)

    def sign_again(self) -> None:
        """Back to the frame; what was drawn stands there, to be taken back or completed."""
        self._forget_signature()
        self.go(DRAW)

    def _forget_signature(self) -> None:
        self._signed_at, self._content = None, None

    def _compose(self) -> None:
        """Draw the very pages that are sealed."""
        from charte_desktop.documents.overrun_agreement import overrun_agreement, page_count

        assert self._signed_at is not None
        self.seal_button.setEnabled(False)
        try:
            content = self._store.compose(
                self._project_id,
                self._overrun_id,
                self.signer,
                self.place.text(),
                self.box.pad.drawing(),
                self._signed_at,
            )
        except UserError as refusal:
            self.preview.clear()
            self.summary.setText(str(refusal))
            return
        self._content = content
        self.preview.show_pdf(overrun_agreement(content))
        pages = page_count(content)
        self.summary.setText(
            f"Document n° {content.number} · {pages} page{'s' if pages > 1 else ''} · empreinte {content.fingerprint}"
        )
        self.seal_button.setEnabled(True)

    # The seal

    def seal(self) -> None:
        """Seal beside the window, then keep; a refusal leaves everything as it was."""
        content, database, store = self._content, self._database, self._store
        if content is None:
            return

        def work(_: Any) -> "Sealed":
            from charte_desktop.documents.overrun_agreement import seal_agreement
            from charte_desktop.ui.charter.workstation import workstation_identity

            return seal_agreement(content, workstation_identity(database), database.clock())

        def keep(sealed: "Sealed") -> None:
            from charte_desktop.store.drafts import Drafts

            self._set_busy(False)
            with sentence_in(self.summary):
                self.document_id = store.keep(content, sealed)
                Drafts(database).drop(DRAFT, self._overrun_id)
                self.changed.emit()
                self._say_done(content)

        self._set_busy(True)
        self._run("Scellement de l'accord…", work, keep, can_cancel=False, otherwise=lambda: self._set_busy(False))

    def _set_busy(self, busy: bool) -> None:
        for button in (*self._buttons, self.previous_button, self.back_button, self.again_button, self.seal_button):
            button.setEnabled(not busy)
        self.seal_button.setText("Scellement…" if busy else "Sceller l'accord")

    def _say_done(self, content: "AgreementContent") -> None:
        if not self.is_handed:
            self.sealed.emit(self.document_id)
            return
        self.done_title.setText("L'accord est signé et scellé.")
        self.done_words.setText(
            f"Document n° {content.number}. Rendez l'ordinateur à votre conseiller : il vous en remet une copie, "
            "imprimée ou en fichier."
        )
        self.steps.setCurrentIndex(DONE)
        self._follow()

    # In the client's hands

    def set_handed(self, handed: bool) -> None:
        """The client has the laptop, or the adviser has it again."""
        self.is_handed = handed
        self.back_button.setVisible(not handed)
        self.hand_button.setText("Rendre l'ordinateur" if handed else "Tourner l'ordinateur vers le client…")
        self.setStyleSheet(LARGE if handed else "")
        self.box.set_large_targets(handed)
        self.draw_hint.setVisible(not handed)
        for number, button in enumerate(self._buttons):
            words = button.text().partition(". ")[2]
            button.setText(f"{number + (0 if handed else 1)}. {words}")
        if handed and self.steps.currentIndex() == SIGNER:
            self.go(READ)
        self._follow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back; in the client's hands there is nowhere to go back to."""
        if self.is_handed and event.key() == Qt.Key.Key_Escape:
            event.accept()
        else:
            super().keyPressEvent(event)

    # Drafts

    def _keep_draft(self) -> None:
        from charte_desktop.store.drafts import Drafts

        drawing = self.box.pad.drawing()
        values = {
            "name": self.name.text(),
            "mandated": "oui" if self.mandated.isChecked() else "",
            "mandate": self.mandate.text(),
            "place": self.place.text(),
            "how": next((str(n) for n, one in enumerate(self._how.buttons()) if one.isChecked()), ""),
            "otherwise": self.otherwise_words.text(),
            "drawing": "" if drawing.is_blank else drawing.as_json(),
        }
        Drafts(self._database).keep(DRAFT, self._overrun_id, values)

    def _resume(self) -> None:
        from charte_desktop.store.drafts import Drafts

        company = self._project.company
        draft = Drafts(self._database).of(DRAFT, self._overrun_id)
        values = {"name": company.representative} if draft is None else draft.values
        self.name.setText(values.get("name", ""))
        (self.mandated if values.get("mandated") else self.legal).setChecked(True)
        self.mandate.setText(values.get("mandate", ""))
        self.place.setText(values.get("place", "") or self._database.setting("signing_place"))
        if values.get("how"):
            self._how.buttons()[int(values["how"])].setChecked(True)
        self.otherwise_words.setText(values.get("otherwise", ""))
        drawn = values.get("drawing")
        self.box.show_drawing(Drawing.from_json(drawn) if drawn else Drawing(_BEFORE_DRAWING))
