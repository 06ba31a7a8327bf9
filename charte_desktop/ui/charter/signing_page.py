"""Signing a charter on this laptop, from the form to the seal: five steps, in the tab or in the signer's hands."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from charte_desktop.errors import UserError
from charte_desktop.ui import icons, messages
from charte_desktop.ui.charter.drawing_step import DrawingStep
from charte_desktop.ui.charter.fiche_step import FicheStep
from charte_desktop.ui.charter.reading_step import ReadingStep
from charte_desktop.ui.charter.review_step import ReviewStep
from charte_desktop.ui.charter.signer_step import LAST_PLACE, SignerStep
from charte_desktop.ui.charter.signing_desk import SigningDesk
from charte_desktop.ui.charter.signing_step import SigningStep
from charte_desktop.ui.forms import load_form
from charte_desktop.ui.sheets.places import Page

if TYPE_CHECKING:
    from charte_desktop.model.charter_content import SignedCharterContent
    from charte_desktop.model.sealed_pdf import Sealed
    from charte_desktop.store.database import Database

Run = Callable[..., None]
"""`Background.run`."""
_HANDED = ("lecture", "signature", "relecture")
"""The steps of the signer; the others are the adviser's."""

_WORDS = {
    "fiche": "Fiche",
    "lecture": "Lecture",
    "signataire": "Signataire",
    "signature": "Signature",
    "relecture": "Relecture et sceau",
}
LARGE = """
    QPushButton { min-height: 44px; padding: 0 20px; font-size: 12pt; }
    QPushButton:focus { padding: 0 19px; }
    QLabel[role="value"], QLabel[role="muted"], QLabel[role="said"], QListWidget { font-size: 12pt; }
"""
"""For somebody who stands opposite, and a finger."""


class SigningPage(Page):
    """One signing. Leaving it keeps everything; it goes on where it was."""

    back_button: QPushButton
    title: QLabel
    facts: QLabel
    give_up_button: QPushButton
    hand_button: QPushButton
    step_fiche: QPushButton
    step_lecture: QPushButton
    step_signataire: QPushButton
    step_signature: QPushButton
    step_relecture: QPushButton
    steps: QStackedWidget
    sentence: QLabel
    previous_button: QPushButton
    next_button: QPushButton

    hand_asked = Signal()
    """Give the laptop to the signer, or, from the signer's hands, back to the adviser."""
    sealed = Signal(str)
    """The charter is signed: the id of its signature."""

    def __init__(
        self, database: "Database", run: Run, provider_id: str, *, corrects_id: str = "", reason: str = ""
    ) -> None:
        """Without a provider, its form is made first. `corrects_id` is the document to replace, for this `reason`."""
        super().__init__()
        load_form(self, "signing_page")
        self.database, self._run = database, run
        self.desk: SigningDesk | None = None
        self.is_handed = False
        self.signature_id = ""
        """Of the charter just signed."""
        self._steps: dict[str, SigningStep] = {}
        self._buttons = {
            "fiche": self.step_fiche,
            "lecture": self.step_lecture,
            "signataire": self.step_signataire,
            "signature": self.step_signature,
            "relecture": self.step_relecture,
        }
        for button, icon in (
            (self.back_button, "arrow-left"),
            (self.hand_button, "handshake"),
        ):
            button.setIcon(icons.icon(icon))
            button.setIconSize(icons.BESIDE_WORDS)
        self.back_button.clicked.connect(self.left)
        self.give_up_button.clicked.connect(self._ask_give_up)
        self.hand_button.clicked.connect(self._ask_hand)
        self.previous_button.clicked.connect(lambda: self._move(-1))
        self.next_button.clicked.connect(self._next)
        for name, button in self._buttons.items():
            button.clicked.connect(lambda _=False, name=name: self.go(name))
        for keys, do in (
            ("Alt+Left", self.previous_button.click),
            ("Ctrl+Return", self.next_button.click),
            ("F11", self.hand_button.click),
        ):
            QShortcut(QKeySequence(keys), self, do)
        if provider_id:
            self._open(provider_id, corrects_id, reason)
        else:
            self.title.setText("Faire signer un nouveau prestataire")
            self._add_fiche(None)
            self.go("fiche")

    def start(self) -> None:
        if self.desk is None:
            step = self._steps["fiche"]
            assert isinstance(step, FicheStep)
            QTimer.singleShot(0, step.focus)

    def finish(self) -> None:
        step = self.steps.currentWidget()
        if isinstance(step, SigningStep):
            step.leave_step()
        if self.desk is not None and not self.signature_id:
            self.desk.stop()

    # Steps

    def _open(self, provider_id: str, corrects_id: str = "", reason: str = "") -> None:
        desk = self.desk = SigningDesk(self.database, provider_id, self)
        if corrects_id and desk.state.corrects_id != corrects_id:
            desk.state.corrects_id, desk.state.correction_reason = corrects_id, reason
            desk.keep()
        provider = desk.provider
        self.title.setText(f"Charte de {provider.legal_name or '(sans nom)'}")
        correction = " · correction d'un document scellé" if desk.state.corrects_id else ""
        self.facts.setText(f"{desk.version_label} · {len(desk.sections)} sections{correction}")
        if "fiche" not in self._steps:
            self._add_fiche(desk)
        else:
            fiche = self._steps["fiche"]
            assert isinstance(fiche, FicheStep)
            fiche.desk = desk
            fiche.look_again()
        drawing, review = DrawingStep(desk), ReviewStep(desk)
        for step in (ReadingStep(desk), SignerStep(desk), drawing, review):
            self._add(step)
        review.again_asked.connect(self._draw_again)
        review.seal_asked.connect(self._seal)
        desk.changed.connect(self._follow)
        wanted = desk.state.step if desk.state.step in self._steps else "fiche"
        if desk.is_other_text:
            self.said.emit(messages.WARNING, "Le texte de la charte a été remplacé : sa lecture recommence.")
        self.go(wanted if self.may_go(wanted) else "fiche")

    def _add_fiche(self, desk: SigningDesk | None) -> None:
        step = FicheStep(self.database, desk)
        step.chosen.connect(self._chosen)
        step.saved.connect(self.changed)
        self._add(step)

    def _add(self, step: SigningStep) -> None:
        self._steps[step.NAME] = step
        self.steps.addWidget(step)
        step.moved.connect(self._follow)
        step.finished.connect(self._finished)
        step.said.connect(self.said)

    def _chosen(self, provider_id: str) -> None:
        """A new provider has its form, or was known already: the signing opens."""
        self.changed.emit()
        if self.desk is None:
            self._open(provider_id)

    def _current_step(self) -> SigningStep:
        step = self.steps.currentWidget()
        assert isinstance(step, SigningStep)
        return step

    def go(self, name: str) -> None:
        """Go to a step; what is typed in this one is kept. A step that waits for another says which."""
        if not self.may_go(name):
            self._follow()
            return
        before = self.steps.currentWidget()
        step = self._steps[name]
        if isinstance(before, SigningStep) and before is not step:
            before.leave_step()
        self.steps.setCurrentWidget(step)
        if self.desk is not None:
            self.desk.go_to(name)
        step.show_step()
        self._follow()

    def may_go(self, name: str) -> bool:
        """Whether nothing is lacking before a step."""
        return not self.lacking_before(name)

    def lacking_before(self, name: str) -> str:
        """What must be done before a step, as a sentence; empty when it may be opened."""
        if name == "fiche":
            return "" if not self.is_handed else "La fiche est chez le conseiller."
        if self.desk is None:
            return self._steps["fiche"].lacking()
        if name == "signataire" and self.is_handed:
            return "C'est au conseiller de le dire."
        order = list(self._buttons)
        wanted = order[: order.index(name)] if name in ("signature", "relecture") else []
        return next(filter(None, (self._steps[one].lacking() for one in wanted)), "")

    def _move(self, by: int) -> None:
        names = [one for one in self._buttons if not self.is_handed or one in _HANDED]
        here = names.index(self._current_step().NAME)
        if 0 <= here + by < len(names):
            self.go(names[here + by])

    def _next(self) -> None:
        step = self._current_step()
        if isinstance(step, FicheStep):
            step.finish()  # it says when it is done; what is refused stays on the screen
        else:
            self._move(1)

    def _finished(self) -> None:
        """A step is done; a form with empty parts stays on the screen, and says which."""
        step = self._current_step()
        if isinstance(step, DrawingStep):
            self.go("relecture")
        elif self.desk is not None and isinstance(step, FicheStep) and not step.lacking():
            self._move(1)

    def _draw_again(self) -> None:
        assert self.desk is not None
        self.desk.redraw()
        self.go("signature")

    def _follow(self) -> None:
        """The buttons say where one is and where one may go."""
        here = self._current_step().NAME
        for name, button in self._buttons.items():
            button.setChecked(name == here)
            lacking = self.lacking_before(name)
            button.setEnabled(not lacking)
            button.setToolTip(lacking)
            button.setVisible(not self.is_handed or name in _HANDED)
        names = [one for one in self._buttons if not self.is_handed or one in _HANDED]
        place = names.index(here) if here in names else 0
        self.previous_button.setEnabled(place > 0)
        is_last = place == len(names) - 1
        self.next_button.setVisible(not is_last and here != "signature")
        following = "" if is_last else names[place + 1]
        lacking = self._current_step().lacking() or (self.lacking_before(following) if following else "")
        self.next_button.setEnabled(
            bool(following) and (self.may_go(following) or (here == "fiche" and not self.is_handed))
        )
        self.sentence.setText(lacking)
        self.hand_button.setVisible(self.desk is not None)
        self.give_up_button.setVisible(self.desk is not None and not self.is_handed)

    def _ask_hand(self) -> None:
        """The signer is given what is ready to be read and signed: the form is filled, who signs is said."""
        if not self.is_handed:
            for name in ("fiche", "signataire"):
                lacking = self._steps[name].lacking()
                if lacking:
                    self.go(name)
                    self.sentence.setText(f"Avant de remettre l'ordinateur : {lacking[0].lower()}{lacking[1:]}")
                    return
        self.hand_asked.emit()

    # In the signer's hands

    def set_handed(self, handed: bool) -> None:
        """The signer has the laptop, or the adviser has it again."""
        assert self.desk is not None
        self.is_handed = handed
        self.desk.hand_over(handed)
        self.back_button.setVisible(not handed)
        self.hand_button.setText("Rendre l'ordinateur" if handed else "Remettre au signataire")
        self.setStyleSheet(LARGE if handed else "")
        shown = [name for name in self._buttons if not handed or name in _HANDED]
        for number, name in enumerate(shown, 1):
            self._buttons[name].setText(f"{number}. {_WORDS[name]}")
        for step in self._steps.values():
            step.set_handed(handed)
        here = self._current_step().NAME
        self.go(here if not handed or here in _HANDED else "lecture")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the tab; in the signer's hands there is nowhere to go back to."""
        if self.is_handed and event.key() == Qt.Key.Key_Escape:
            event.accept()
        else:
            super().keyPressEvent(event)

    # The end

    def _ask_give_up(self) -> None:
        box = QMessageBox(
            QMessageBox.Icon.Question,
            "Abandonner la signature",
            "Ce qui a été lu, dit et dessiné sera effacé. La fiche du prestataire reste.",
            QMessageBox.StandardButton.NoButton,
            self,
        )
        erase = box.addButton("Effacer", QMessageBox.ButtonRole.DestructiveRole)
        box.addButton("Garder", QMessageBox.ButtonRole.RejectRole)
        erase.clicked.connect(self.give_up)
        box.finished.connect(box.deleteLater)
        box.open()

    def give_up(self) -> None:
        """Forget this signing, and go back."""
        assert self.desk is not None
        self.desk.give_up()
        self.signature_id = "-"
        self.changed.emit()
        self.left.emit()

    def _seal(self, content: "SignedCharterContent") -> None:
        """Seal beside the window, then keep; a refusal leaves everything as it was."""
        assert self.desk is not None
        review, desk, database = self._steps["relecture"], self.desk, self.database
        assert isinstance(review, ReviewStep)

        def work(_: Any) -> "Sealed":
            from charte_desktop.documents.sealing import seal_charter
            from charte_desktop.ui.charter.workstation import workstation_identity

            return seal_charter(content, workstation_identity(database), database.clock())

        def keep(sealed: "Sealed") -> None:
            from charte_desktop.store.charter_signing import CharterSigning

            try:
                signature = CharterSigning(database).keep(desk.state, content, sealed)
            except UserError:
                self._set_busy(False)
                review.show_step()
                raise
            desk.stop_for_good()
            if content.place != database.setting(LAST_PLACE):
                database.set_setting(LAST_PLACE, content.place, "Retenir le lieu")
            self._set_busy(False)
            self.signature_id = signature.id
            self.changed.emit()
            self._say_signed(content)

        self._set_busy(True)
        self._run("Scellement de la charte…", work, keep, can_cancel=False, otherwise=lambda: self._set_busy(False))

    def _set_busy(self, busy: bool) -> None:
        review = self._steps["relecture"]
        assert isinstance(review, ReviewStep)
        review.set_busy(busy)
        for button in (*self._buttons.values(), self.previous_button, self.back_button, self.give_up_button):
            button.setEnabled(not busy)

    def _say_signed(self, content: "SignedCharterContent") -> None:
        if not self.is_handed:
            self.sealed.emit(self.signature_id)
            return
        done = SignedWords(content.number)
        self.steps.addWidget(done)
        self.steps.setCurrentWidget(done)
        for button in (*self._buttons.values(), self.previous_button, self.next_button):
            button.hide()
        self.sentence.clear()


class SignedWords(QWidget):
    """What the signer reads at the end."""

    def __init__(self, number: str) -> None:
        super().__init__()
        lines = QVBoxLayout(self)
        lines.addStretch(1)
        for words, role in (
            ("La charte est signée et scellée.", "title"),
            (f"Document n° {number}", "heading"),
            ("Rendez l'ordinateur à votre conseiller : il vous en remet une copie, imprimée ou en fichier.", "value"),
        ):
            label = QLabel(words, self)
            label.setProperty("role", role)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setWordWrap(True)
            lines.addWidget(label)
        lines.addStretch(1)
