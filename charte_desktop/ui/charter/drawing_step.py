"""The fourth step: each signer draws in the frame; every stroke is kept while it is drawn."""

from collections.abc import Sequence

from PySide6.QtWidgets import QLabel, QPushButton

from charte_desktop.model.drawing import Drawing, Point, Stroke
from charte_desktop.ui import icons
from charte_desktop.ui.charter.signature_box import SignatureBox
from charte_desktop.ui.charter.signing_desk import SigningDesk
from charte_desktop.ui.charter.signing_step import SigningStep
from charte_desktop.ui.forms import load_form


class DrawingStep(SigningStep):
    """One frame, for one signer after the other."""

    who: QLabel
    words: QLabel
    box: SignatureBox
    hint: QLabel
    keep_button: QPushButton

    NAME = "signature"

    def __init__(self, desk: SigningDesk) -> None:
        super().__init__()
        load_form(self, "drawing_step", SignatureBox)
        self.desk = desk
        self.number = 0
        """The signer who draws."""
        self._is_telling = True
        self.keep_button.setIcon(icons.icon("signature", "on_primary"))
        self.keep_button.setIconSize(icons.BESIDE_WORDS)
        self.keep_button.clicked.connect(self.box.ask_keep)
        self.box.kept.connect(self._kept)
        pad = self.box.pad
        pad.stroke_began.connect(self._began)
        pad.points_added.connect(self._added)
        pad.changed.connect(self._changed)

    def show_step(self) -> None:
        drawn = self.desk.drawings()
        missing = [number for number, one in enumerate(drawn) if one is None]
        self._show_signer(missing[0] if missing else 0)

    def show_signer(self, number: int) -> None:
        """Let this signer draw again."""
        self._show_signer(number)

    def leave_step(self) -> None:
        self.box.pad.end_stroke()

    def lacking(self) -> str:
        if self.desk.signed_at is not None:
            return ""
        count = len(self.desk.state.signers)
        if count > 1:
            return f"Signature {self.number + 1} sur {count} : signez, puis « Garder ma signature »."
        return "Signez dans le cadre, puis « Garder ma signature »."

    def set_handed(self, handed: bool) -> None:
        self.box.set_large_targets(handed)
        self.hint.setVisible(not handed)

    def _show_signer(self, number: int) -> None:
        from charte_desktop.store.database import REUNION

        self.number = number
        state, provider = self.desk.state, self.desk.provider
        signer = state.signers[number]
        count = len(state.signers)
        self.who.setText(f"Signature de {signer.name}" + (f" ({number + 1} sur {count})" if count > 1 else ""))
        day = self.desk.database.clock().astimezone(REUNION)
        self.words.setText(
            f"{signer.capacity.value} de {provider.legal_name}, je m'engage à respecter la charte d'engagement des "
            f"offreurs de solutions numériques ({self.desk.version_label}). Fait à {state.place}, le {day:%d/%m/%Y}."
        )
        drawing = self.desk.sessions.drawing(state.id, number)
        self._is_telling = False
        self.box.show_drawing(drawing or Drawing(2.5))
        self._is_telling = True
        self.box.say("")
        self.moved.emit()

    # What the pad tells is written at once

    def _began(self, number: int) -> None:
        drawing = self.box.pad.drawing()
        stroke = drawing.strokes[number] if number < len(drawing.strokes) else drawing.strokes[-1]
        bare = Stroke(stroke.tool, stroke.began)
        self.desk.sessions.begin_stroke(self.desk.state.id, self.number, number, bare, drawing.aspect)
        self.desk.redraw()

    def _added(self, number: int, points: Sequence[Point]) -> None:
        self.desk.sessions.add_points(self.desk.state.id, self.number, number, points)

    def _changed(self) -> None:
        if self._is_telling:
            self.desk.sessions.take(self.desk.state.id, self.number, self.box.pad.drawing())
            self.desk.redraw()
            self.moved.emit()

    def _kept(self, drawing: Drawing) -> None:
        self.desk.keep_drawing(self.number, drawing)
        drawn = self.desk.drawings()
        missing = [number for number, one in enumerate(drawn) if one is None]
        self.moved.emit()
        if missing:
            self._show_signer(missing[0])
        else:
            self.finished.emit()
