"""The signature pad with what goes around it: its buttons, and a line for the one question it may ask."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from charte_desktop.model.drawing import Drawing
from charte_desktop.ui import icons
from charte_desktop.ui.charter.paper_view import ZOOMS
from charte_desktop.ui.charter.signature_pad import SignaturePad

BLANK = "Le cadre est vide : signez au stylet, au doigt ou à la souris, puis continuez."
VERY_SHORT = "Signature très courte. Garder ?"
FULL = "Le tracé ne peut pas être plus long : effacez un trait, ou gardez-le tel quel."
_CLEAR, _BRING_BACK = "Tout effacer", "Remettre le tracé"
_ZOOM_WORDS = dict(zip(ZOOMS, ("Agrandir", "Agrandir encore", "Taille normale"), strict=True))
_LARGE = """
    QPushButton { min-height: 44px; padding: 0 20px; font-size: 12pt; }
    QPushButton:focus { padding: 0 19px; }
    QLabel[role="said"] { font-size: 12pt; }
"""
_LARGE_ICON = QSize(28, 20)


class SignatureBox(QWidget):
    """Draw, take back, begin again; `ask_keep` says whether what is drawn is kept."""

    kept = Signal(object)
    """The `Drawing` that the signer keeps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pad = SignaturePad(self)
        self.undo_button = self._button("Effacer le dernier trait", "undo-2", "Ctrl+Z dans le cadre ; Ctrl+Y le remet")
        self.clear_button = self._button(_CLEAR, "eraser", "Suppr dans le cadre ; Ctrl+Z remet le tracé")
        self.zoom_button = self._button(_ZOOM_WORDS[ZOOMS[0]], "zoom-in", "Voir plus grand ; le tracé garde sa taille")
        self.sentence = QLabel(self)
        self.sentence.setProperty("role", "said")
        self.sentence.setWordWrap(True)
        self.keep_button = self._button("Garder", "", "")
        self.keep_button.setProperty("kind", "primary")
        self.again_button = self._button("Recommencer", "", "")
        self._lay_out()
        self.undo_button.clicked.connect(self.pad.undo_stroke)
        self.clear_button.clicked.connect(self._clear_or_bring_back)
        self.zoom_button.clicked.connect(self._step_zoom)
        self.keep_button.clicked.connect(self._keep)
        self.again_button.clicked.connect(self._begin_again)
        self.pad.stroke_began.connect(lambda _: self.say(""))
        self.pad.changed.connect(self._follow)
        self.pad.zoomed.connect(lambda zoom: self.zoom_button.setText(_ZOOM_WORDS.get(zoom, _ZOOM_WORDS[ZOOMS[1]])))
        self.pad.full.connect(lambda: self.say(FULL))
        self._follow()

    def show_drawing(self, drawing: Drawing) -> None:
        """Go on with a drawing, also one that was interrupted; its strokes can be effaced."""
        self.pad.show_drawing(drawing)
        self._follow()

    def ask_keep(self) -> None:
        """Keep what is drawn: `kept` says that it is. A blank pad is refused with a sentence; a dot is asked about."""
        self.pad.end_stroke()
        if self.pad.is_blank:
            self.say(BLANK)
            self.pad.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.pad.drawing().is_very_short:
            self.say(VERY_SHORT)
            self._show_question(True)
            self.keep_button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._keep()

    def say(self, sentence: str) -> None:
        """Show a sentence in its line, instead of the one before; an empty one clears it."""
        self._show_question(False)
        self.sentence.setText(sentence)
        if sentence:
            self.setAccessibleDescription(sentence)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def set_large_targets(self, large: bool) -> None:
        """Controls of 44 pixels for somebody who stands opposite, or of the usual 32."""
        self.setStyleSheet(_LARGE if large else "")
        for button in (self.undo_button, self.clear_button, self.zoom_button):
            button.setIconSize(_LARGE_ICON if large else icons.BESIDE_WORDS)
        self._reserve()

    def _button(self, words: str, icon: str, tip: str) -> QPushButton:
        button = QPushButton(words, self)
        if icon:
            button.setIcon(icons.icon(icon))
            button.setIconSize(icons.BESIDE_WORDS)
        button.setToolTip(tip)
        return button

    def _lay_out(self) -> None:
        buttons, question, lines = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        for layout in (buttons, question, lines):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(8)
        buttons.addWidget(self.undo_button)
        buttons.addWidget(self.clear_button)
        buttons.addStretch(1)
        buttons.addWidget(self.zoom_button)
        question.addWidget(self.sentence, 1)
        question.addWidget(self.keep_button)
        question.addWidget(self.again_button)
        lines.addWidget(self.pad, 1)
        lines.addLayout(buttons)
        lines.addLayout(question)
        for button in (self.keep_button, self.again_button):
            # Its room stays when it is not there: nothing jumps when the question comes.
            policy = button.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            button.setSizePolicy(policy)
        self._show_question(False)
        self._reserve()

    def _reserve(self) -> None:
        """Buttons whose words change are as wide as their longest."""
        for button, words in (
            (self.clear_button, (_CLEAR, _BRING_BACK)),
            (self.zoom_button, tuple(_ZOOM_WORDS.values())),
        ):
            shown = button.text()
            widest = 0
            for one in words:
                button.setText(one)
                widest = max(widest, button.sizeHint().width())
            button.setText(shown)
            button.setMinimumWidth(widest)

    def _show_question(self, shown: bool) -> None:
        self.keep_button.setVisible(shown)
        self.again_button.setVisible(shown)

    def _follow(self) -> None:
        self.say("")
        blank = self.pad.is_blank
        can_bring_back = blank and self.pad.can_undo
        self.undo_button.setEnabled(not blank)
        self.clear_button.setEnabled(not blank or can_bring_back)
        self.clear_button.setText(_BRING_BACK if can_bring_back else _CLEAR)
        self.clear_button.setIcon(icons.icon("redo-2" if can_bring_back else "eraser"))

    def _clear_or_bring_back(self) -> None:
        if self.pad.is_blank:
            self.pad.undo_stroke()
        else:
            self.pad.clear()

    def _step_zoom(self) -> None:
        larger = [zoom for zoom in ZOOMS if zoom > self.pad.zoom]
        self.pad.set_zoom(larger[0] if larger else ZOOMS[0])

    def _keep(self) -> None:
        self.say("")
        self.kept.emit(self.pad.drawing())

    def _begin_again(self) -> None:
        self.pad.clear()
        self.pad.setFocus(Qt.FocusReason.OtherFocusReason)
