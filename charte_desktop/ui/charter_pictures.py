"""Pictures of a charter being signed, on a base that is as it was afterwards."""

from collections.abc import Callable, Iterator
from math import cos, sin
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QDir, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from PySide6.QtWidgets import QWidget

from charte_desktop.model.drawing import Drawing, Point, Stroke, Tool
from charte_desktop.model.provider_state import ProviderState
from charte_desktop.ui.charter.code_dialog import CodeDialog
from charte_desktop.ui.charter.drawing_step import DrawingStep
from charte_desktop.ui.charter.hand_over import CodePad
from charte_desktop.ui.charter.reading_step import ReadingStep
from charte_desktop.ui.charter.signed_page import SignedPage
from charte_desktop.ui.charter.signer_step import SignerStep
from charte_desktop.ui.charter.signing_page import SigningPage

if TYPE_CHECKING:
    from charte_desktop.ui.charter.charter_tab import CharterTab
    from charte_desktop.ui.main_window import MainWindow

Settle = Callable[[], None]


def charter_scenes(window: "MainWindow", tab: "CharterTab", settle: Settle) -> Iterator[tuple[str, QWidget]]:
    """The steps of a signing, the signer's own screen, a signed document; each is put away at the end."""
    from charte_desktop.store.provider_rows import ProviderRows

    database = window.open_database
    ready = ProviderRows(database).search(state=ProviderState.READY, limit=1)
    if ready:
        tab.show_provider(ready[0].id)
        tab.acts.sign(ready[0].id)
        page = tab.places.page
        assert isinstance(page, SigningPage)
        yield from _steps(window, page, settle)
        page.give_up()
        settle()
    yield from _documents(window, tab, settle)
    tab.acts.show_text()
    yield "charte-texte", window
    tab.places.leave_all()
    code = CodeDialog(window, database)
    code.show()
    yield "charte-choisir-le-code", code
    code.close()
    code.deleteLater()
    pad = CodePad(database)
    pad.resize(window.size())
    pad.show()
    yield "charte-code", pad
    pad.close()
    pad.deleteLater()


def example_signature() -> Drawing:
    """A flourish as a hand with a pen draws one."""
    flourish = tuple(
        Point(
            120 + 7.6 * at,
            190 - 90 * sin(at / 5.2) * (1 - at / 140) - 26 * cos(at / 2.3),
            0.35 + 0.3 * abs(sin(at / 7)),
            11 * at,
        )
        for at in range(92)
    )
    underline = tuple(Point(260 + 9 * at, 300 - 0.9 * at, 0.3 + 0.006 * at, 9 * at) for at in range(56))
    return Drawing(2.5, (Stroke(Tool.PEN, 0, flourish), Stroke(Tool.PEN, 1_400, underline)))


def _steps(window: "MainWindow", page: SigningPage, settle: Settle) -> Iterator[tuple[str, QWidget]]:
    yield "charte-1-fiche", window
    page.go("lecture")
    settle()
    reading = page.steps.currentWidget()
    assert isinstance(reading, ReadingStep)
    for row in (3, *range(4, reading.sections.count()), 0, 1, 2, 3):
        reading.sections.setCurrentRow(row)
    yield "charte-2-lecture", window
    page.go("signataire")
    settle()
    signer = page.steps.currentWidget()
    assert isinstance(signer, SignerStep)
    signer.known.click()
    yield "charte-3-signataire", window
    editor = signer.edit_stamp()
    editor.open_bytes(example_stamp())
    settle()
    yield "charte-cachet", window
    editor.cancelled.emit()
    page.go("signature")
    settle()
    drawing = page.steps.currentWidget()
    assert isinstance(drawing, DrawingStep)
    drawing.box.show_drawing(example_signature())
    yield "charte-4-signature", window
    drawing.box.ask_keep()
    yield "charte-5-relecture", window


def _documents(window: "MainWindow", tab: "CharterTab", settle: Settle) -> Iterator[tuple[str, QWidget]]:
    from charte_desktop.store.charter_rows import CharterRows

    rows = CharterRows(window.open_database)
    signed = next((row for row in rows.search(order="signed_on", descending=True) if row.medium == "écran"), None)
    if signed is not None:
        tab.show_provider(signed.id)
        yield "charte-signee", window
        tab.acts.open_document(rows.signatures(signed.id)[0])
        yield "charte-document", window
        shown = tab.places.page
        assert isinstance(shown, SignedPage)
        file = Path(QDir.tempPath()) / "charte-signee.pdf"
        file.write_bytes(shown.paper.pdf)
        tab.places.leave_all()
        tab.acts.verify(file)
        _rest(window, settle)
        yield "verdict", window
        tab.places.leave_all()
        tab.acts.open_scan([file], signed.id)
        _rest(window, settle)
        yield "classer-un-scan", window
        tab.places.leave_all()
        file.unlink()


def _rest(window: "MainWindow", settle: Settle) -> None:
    while window.background.is_busy:
        settle()


def example_stamp() -> bytes:
    """A cachet photographed on a sheet of paper, askew."""
    photo = QImage(1200, 800, QImage.Format.Format_RGB32)
    photo.fill(QColor("#d8d2c4"))
    painter = QPainter(photo)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(600, 400)
    painter.rotate(-4)
    painter.fillRect(QRectF(-480, -300, 960, 600), QColor("#f7f5ef"))
    painter.setPen(QPen(QColor("#27408b"), 10))
    painter.drawRoundedRect(QRectF(-330, -170, 660, 340), 24, 24)
    font = painter.font()
    font.setPixelSize(46)
    painter.setFont(font)
    words = "ENTREPRISE EXEMPLE\nSaint-Denis, La Réunion"
    painter.drawText(QRectF(-330, -170, 660, 340), Qt.AlignmentFlag.AlignCenter, words)
    painter.end()
    kept = QBuffer()
    kept.open(QBuffer.OpenModeFlag.WriteOnly)
    photo.save(kept, "PNG")  # type: ignore[call-overload]
    return bytes(kept.data().data())
