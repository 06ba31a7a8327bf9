"""A charter signed in the window, with real events, from the form to the sealed PDF."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from charte_desktop.documents.verification import Verdict, verify
from charte_desktop.model.drawing import Drawing, Tool
from charte_desktop.model.provider import Provider
from charte_desktop.model.provider_state import ProviderState
from charte_desktop.model.signing import Capacity, Identification
from charte_desktop.store.charter_rows import CharterRows
from charte_desktop.store.charter_signatures import CharterSignatures
from charte_desktop.store.database import Database
from charte_desktop.store.provider_register import ProviderRegister
from charte_desktop.store.provider_rows import ProviderRows
from charte_desktop.store.seal_certificates import SealCertificates
from charte_desktop.store.sealed_documents import SealedDocuments
from charte_desktop.store.signing_sessions import SigningSessions
from charte_desktop.ui.charter.charter_tab import CharterTab
from charte_desktop.ui.charter.drawing_step import DrawingStep
from charte_desktop.ui.charter.fiche_step import FicheStep
from charte_desktop.ui.charter.hand_over import choose_code
from charte_desktop.ui.charter.reading_step import ReadingStep
from charte_desktop.ui.charter.review_step import ReviewStep
from charte_desktop.ui.charter.signature_box import BLANK, VERY_SHORT
from charte_desktop.ui.charter.signed_page import SignedPage
from charte_desktop.ui.charter.signer_step import SignerStep
from charte_desktop.ui.charter.signing_page import SigningPage
from charte_desktop.ui.main_window import MainWindow
from charte_desktop.ui.messages import Boundary
from charte_desktop.ui.reason_dialog import ReasonDialog
from tests.clock import FixedClock
from tests.conftest import PASSPHRASE
from tests.factory import a_provider, enter
from tests.signings import a_drawing, a_stamp_png, identity_of, signed
from tests.signings import ready as ready_to_sign
from tests.ui.charter.conftest import on_top, settled
from tests.ui.charter.hand import Pen

CLICK = Qt.MouseButton.LeftButton


def begin(tab: CharterTab) -> SigningPage:
    tab.panel.sign_button.click()
    page = on_top(tab)
    assert isinstance(page, SigningPage)
    return page


def step(page: SigningPage, kind: type) -> object:
    found = page.steps.currentWidget()
    assert isinstance(found, kind), found
    return found


def read_all(page: SigningPage) -> None:
    page.go("lecture")
    reading = step(page, ReadingStep)
    assert isinstance(reading, ReadingStep)
    while reading.after_button.isEnabled():
        reading.after_button.click()


def identify(page: SigningPage) -> None:
    page.go("signataire")
    signer = step(page, SignerStep)
    assert isinstance(signer, SignerStep)
    signer.known.click()


def draw(qtbot: QtBot, page: SigningPage, strokes: int = 2) -> None:
    page.go("signature")
    drawing = step(page, DrawingStep)
    assert isinstance(drawing, DrawingStep)
    pad = drawing.box.pad
    qtbot.waitUntil(lambda: pad.width() > 100)
    pen = Pen(pad)
    for number in range(strokes):
        left = 60 + 130 * number
        pen.draw([(left + 4 * at, 80 + 12 * (at % 4)) for at in range(26)], [0.2 + 0.02 * at for at in range(26)])
    qtbot.mouseClick(drawing.keep_button, CLICK)


def test_c06_a_charter_is_read_signed_with_a_pen_reviewed_sealed_and_binds_at_once(
    qtbot: QtBot, tab: CharterTab, database: Database, ready: Provider
) -> None:
    page = begin(tab)
    assert page.step_fiche.isChecked()
    assert not page.step_signature.isEnabled()
    qtbot.mouseClick(page.next_button, CLICK)
    reading = step(page, ReadingStep)
    assert isinstance(reading, ReadingStep)
    assert reading.text.toPlainText().startswith("PREAMBULE")
    assert "Il reste 9 sections" in page.sentence.text()
    for _ in range(9):
        qtbot.mouseClick(reading.after_button, CLICK)
    assert page.sentence.text() == ""
    qtbot.mouseClick(page.next_button, CLICK)
    signer = step(page, SignerStep)
    assert isinstance(signer, SignerStep)
    assert signer.name.text() == "Camille Exemple"
    assert "comment vous savez" in page.sentence.text()
    qtbot.mouseClick(signer.seen, CLICK, pos=QPoint(8, signer.seen.height() // 2))
    qtbot.mouseClick(page.next_button, CLICK)
    draw(qtbot, page)
    review = step(page, ReviewStep)
    assert isinstance(review, ReviewStep)
    assert "Camille Exemple, responsable légal" in review.preview.text()
    assert "Page de preuve" in review.preview.text()
    shown = review.content
    assert shown is not None
    qtbot.mouseClick(review.seal_button, CLICK)
    settled(qtbot, tab)

    (document,) = SealedDocuments(database).of(ready.id)
    pdf = SealedDocuments(database).pdf(document.id)
    judged = verify(pdf, SealCertificates(database).known())
    assert judged.verdict is Verdict.INTACT_KNOWN
    assert judged.fingerprint == shown.fingerprint, "what was reviewed is what was sealed"
    with pikepdf.open(BytesIO(pdf)) as opened:
        evidence = json.loads(opened.attachments["preuve.json"].get_file().read_bytes())
    assert [one["identification"] for one in evidence["signataires"]] == ["Pièce d'identité vue, sans copie"]
    drawing = Drawing.from_json(json.dumps(evidence["signataires"][0]["trace"]))
    assert len(drawing.strokes) == 2
    assert {stroke.tool for stroke in drawing.strokes} == {Tool.PEN}
    register = ProviderRegister(database)
    assert register.get(ready.id).state_on(database.today(), register.rule) is ProviderState.SIGNATORY
    signed_page = on_top(tab, SignedPage)
    assert isinstance(signed_page, SignedPage)
    assert signed_page.verdict.text() == "Inchangé depuis le scellement, par un poste connu"
    assert SigningSessions(database).waiting() == []
    signed_page.left.emit()
    assert tab.panel.standing.text() == "Signataire"


def test_the_signature_waits_for_the_reading_or_for_the_advisers_word(tab: CharterTab) -> None:
    page = begin(tab)
    identify(page)
    page.go("signature")
    assert page.step_signataire.isChecked()
    assert "Il reste" in page.step_signature.toolTip()
    page.go("lecture")
    reading = step(page, ReadingStep)
    assert isinstance(reading, ReadingStep)
    reading.together.click()
    assert page.step_signature.isEnabled()
    assert page.desk is not None
    assert page.desk.state.read_together_at
    reading.together.click()
    assert not page.step_signature.isEnabled()


def test_what_was_shown_when_and_how_long_is_kept_and_clocks_that_jump_are_noted(
    tab: CharterTab, database: Database, clock: FixedClock
) -> None:
    page = begin(tab)
    page.go("lecture")
    desk = page.desk
    assert desk is not None
    reading = step(page, ReadingStep)
    assert isinstance(reading, ReadingStep)
    steady = [0]
    desk._steady = lambda: desk._began + steady[0]
    reading.sections.setCurrentRow(1)
    steady[0] += 30_000
    clock.advance(seconds=30)
    reading.sections.setCurrentRow(2)
    steady[0] += 10_000
    clock.advance(seconds=10, hours=-1)
    reading.sections.setCurrentRow(3)
    page.left.emit()

    kept = SigningSessions(database).of(desk.state.provider_id)
    assert kept is not None
    by_section = {one.section: one.lasted_ms for one in kept.showings}
    assert by_section[desk.sections[1].key] == 30_000
    assert by_section[desk.sections[2].key] == 10_000
    assert [(one.at_ms, one.seconds) for one in kept.jumps] == [(40_000, -3600.0)]
    assert [one.at for one in kept.showings][1].endswith("+04:00")


def test_clauses_may_be_ticked_one_by_one_and_never_must(tab: CharterTab) -> None:
    page = begin(tab)
    page.go("lecture")
    reading = step(page, ReadingStep)
    assert isinstance(reading, ReadingStep)
    reading.one_by_one.click()
    row = next(at for at, one in enumerate(page.desk.sections) if "prestataire numérique" in one.title)  # type: ignore[union-attr]
    reading.sections.setCurrentRow(row)
    boxes = {box.text()[:3]: box for box in reading._boxes}
    assert set(boxes) >= {"C09", "C10", "C16", "C19"}
    assert "C18" not in boxes, "the CCIR's own engagements are not the signer's to tick"
    boxes["C09"].click()
    boxes["C16"].click()
    boxes["C09"].click()
    assert page.desk is not None
    assert page.desk.state.acknowledged == ["C16"]


def test_a_blank_pad_is_refused_a_short_one_asked_about_and_a_long_one_kept(
    qtbot: QtBot, tab: CharterTab, database: Database
) -> None:
    page = begin(tab)
    read_all(page)
    identify(page)
    page.go("signature")
    drawing = step(page, DrawingStep)
    assert isinstance(drawing, DrawingStep)
    box = drawing.box
    qtbot.mouseClick(drawing.keep_button, CLICK)
    assert box.sentence.text() == BLANK
    Pen(box.pad).draw([(100, 60), (102, 61)])
    qtbot.mouseClick(drawing.keep_button, CLICK)
    assert box.sentence.text() == VERY_SHORT
    qtbot.mouseClick(box.keep_button, CLICK)
    step(page, ReviewStep)


def test_two_persons_sign_one_document_and_both_are_kept(
    qtbot: QtBot, tab: CharterTab, database: Database, write: Callable[[str, bytes], Path], ready: Provider
) -> None:
    page = begin(tab)
    read_all(page)
    identify(page)
    signer = step(page, SignerStep)
    assert isinstance(signer, SignerStep)
    signer.add_button.click()
    assert "le nom de la personne" in page.sentence.text()
    signer.name.setText("Dominique Exemple")
    signer.name.editingFinished.emit()
    signer.mandated.click()
    assert "mandat non joint" in signer.mandate_words.text()
    signer.attach_mandate(write("mandat.pdf", b"%PDF mandat"))
    signer.otherwise_words.setText("présentée par sa collègue")
    signer.otherwise_words.textEdited.emit("présentée par sa collègue")
    assert signer.otherwise.isChecked()
    signer.otherwise_words.editingFinished.emit()
    draw(qtbot, page)
    drawing = step(page, DrawingStep)
    assert isinstance(drawing, DrawingStep)
    assert drawing.who.text() == "Signature de Dominique Exemple (2 sur 2)"
    assert drawing.box.pad.is_blank
    draw(qtbot, page, 1)
    review = step(page, ReviewStep)
    assert isinstance(review, ReviewStep)
    assert review.content is not None
    first, second = review.content.signers
    assert (len(first.drawing.strokes), len(second.drawing.strokes)) == (2, 1)
    assert (second.capacity, second.identified, second.mandate) == (
        Capacity.MANDATED.value,
        "présentée par sa collègue",
        "mandat.pdf",
    )
    qtbot.mouseClick(review.seal_button, CLICK)
    settled(qtbot, tab)
    (facts,) = CharterRows(database).signatures(ready.id)
    assert facts.signer == "Camille Exemple et Dominique Exemple"


def test_a_signature_may_be_drawn_again_and_a_changed_name_asks_for_it_anew(qtbot: QtBot, tab: CharterTab) -> None:
    page = begin(tab)
    read_all(page)
    identify(page)
    draw(qtbot, page)
    review = step(page, ReviewStep)
    assert isinstance(review, ReviewStep)
    qtbot.mouseClick(review.again_button, CLICK)
    drawing = step(page, DrawingStep)
    assert isinstance(drawing, DrawingStep)
    assert len(drawing.box.pad.drawing().strokes) == 2
    assert not page.step_relecture.isEnabled()
    qtbot.mouseClick(drawing.keep_button, CLICK)
    step(page, ReviewStep)
    page.go("signataire")
    signer = step(page, SignerStep)
    assert isinstance(signer, SignerStep)
    signer.name.setText("Quelqu'un d'autre")
    signer.name.editingFinished.emit()
    assert not page.step_relecture.isEnabled()


def test_a_cachet_is_kept_and_used_again_and_never_needed(
    qtbot: QtBot, tab: CharterTab, write: Callable[[str, bytes], Path]
) -> None:
    page = begin(tab)
    page.go("signataire")
    signer = step(page, SignerStep)
    assert isinstance(signer, SignerStep)
    editor = signer.edit_stamp()
    editor.open_file(write("cachet.png", a_stamp_png()))
    qtbot.waitUntil(editor.use_button.isEnabled)
    editor.use_button.click()
    assert signer.stamps.count() == 2
    assert page.desk is not None
    assert page.desk.state.stamp_id
    signer.stamps.setCurrentRow(0)
    assert page.desk.state.stamp_id == ""
    signer.stamps.setCurrentRow(1)
    signer.drop_stamp_button.click()
    assert signer.stamps.count() == 1
    assert page.desk.state.stamp_id == ""


def test_a_provider_without_a_record_is_made_and_goes_on_to_the_reading(
    qtbot: QtBot, tab: CharterTab, database: Database
) -> None:
    tab.new_button.click()
    page = on_top(tab)
    assert isinstance(page, SigningPage)
    fiche = step(page, FicheStep)
    assert isinstance(fiche, FicheStep)
    assert not page.step_lecture.isEnabled()
    for name, text in (
        ("legal_name", "Tout Nouveau"),
        ("siren", "489 487 926"),
        ("legal_representative", "Morgane Exemple"),
        ("address", "1 rue des Filaos\n97400 Saint-Denis"),
        ("emails", "bonjour@nouveau.example"),
        ("ape", "62.01Z"),
        ("headcount", "2"),
    ):
        fiche.record.form.type_in({name: text})
    qtbot.mouseClick(page.next_button, CLICK)
    (provider,) = ProviderRegister(database).find("Tout Nouveau")
    assert page.title.text() == "Charte de Tout Nouveau"
    assert page.step_fiche.isChecked()
    assert "Services & prestations" in page.sentence.text()
    fiche.record.form.type_in({"services": "S01"})
    qtbot.mouseClick(page.next_button, CLICK)
    assert page.step_lecture.isChecked()
    assert ProviderRegister(database).get(provider.id).service_ids == ["S01"]


def test_who_cannot_sign_is_told_before_anything_is_read(
    tab: CharterTab, database: Database, boundary: Boundary, ready: Provider
) -> None:
    ProviderRegister(database).remove(ready.id, database.today(), ["C11"], "Motif")
    said: list[str] = []
    boundary.said.connect(lambda _, sentence: said.append(sentence))
    tab.show_provider(ready.id)
    tab.panel.sign_button.click()
    QApplication.processEvents()
    assert tab.places.page is None
    assert "levez d'abord la radiation" in said[0]
    assert "levez la radiation" in tab.panel.said.text()


def test_what_is_given_up_is_forgotten_and_what_is_left_waits(
    tab: CharterTab, database: Database, ready: Provider
) -> None:
    page = begin(tab)
    read_all(page)
    page.left.emit()
    assert tab.panel.sign_button.text() == "Reprendre la signature"
    again = begin(tab)
    assert again.step_lecture.isChecked(), "it goes on where it was left"
    assert again.desk is not None
    assert again.desk.is_read
    assert len(again.desk.state.runs) == 2
    again.give_up_button.click()
    box = again.findChild(QMessageBox)
    assert box is not None
    next(one for one in box.buttons() if one.text() == "Effacer").click()
    assert SigningSessions(database).of(ready.id) is None
    assert tab.places.page is None


def test_a_newer_text_is_read_anew(tab: CharterTab, database: Database, ready: Provider) -> None:
    page = begin(tab)
    read_all(page)
    identify(page)
    page.left.emit()
    CharterSignatures(database).adopt("# Charte\n\nUn texte plus récent à lire et à signer.", "Charte 2027")
    said: list[str] = []
    tab.said.connect(lambda _, sentence: said.append(sentence))
    again = begin(tab)
    assert again.desk is not None
    assert not again.desk.is_read or len(again.desk.sections) == 1
    assert again.desk.state.signers[0].identification is Identification.KNOWN
    assert again.facts.text().startswith("Charte 2027")


def test_a_sealed_document_is_corrected_by_another_that_cites_it(
    qtbot: QtBot, tab: CharterTab, database: Database, clock: FixedClock, ready: Provider
) -> None:
    signed(database, ready)
    clock.advance(days=1)
    tab.show_provider(ready.id)
    tab.panel.open_button.click()
    page = on_top(tab, SignedPage)
    assert isinstance(page, SignedPage)
    page.correct_button.click()
    dialog = page.dialog
    assert isinstance(dialog, ReasonDialog)
    dialog.buttons.accepted.emit()
    assert "pourquoi" in dialog.sentence.text()
    dialog.reason.setPlainText("Nom mal écrit")
    dialog.buttons.accepted.emit()
    signing = on_top(tab)
    assert isinstance(signing, SigningPage)
    assert "correction" in signing.facts.text()
    read_all(signing)
    identify(signing)
    draw(qtbot, signing)
    review = step(signing, ReviewStep)
    assert isinstance(review, ReviewStep)
    assert "Remplace le document n° CE-2026-" in review.preview.text().replace("\n", " ")
    qtbot.mouseClick(review.seal_button, CLICK)
    settled(qtbot, tab)
    new, old = SealedDocuments(database).of(ready.id)
    assert new.corrects_id == old.id
    bound = [one for one in CharterRows(database).signatures(ready.id) if one.cancelled_on is None]
    assert [one.document_id for one in bound] == [new.id]


def test_a_refusal_at_the_seal_leaves_everything_as_it_was(
    qtbot: QtBot, tab: CharterTab, database: Database, boundary: Boundary, ready: Provider
) -> None:
    page = begin(tab)
    read_all(page)
    identify(page)
    draw(qtbot, page)
    review = step(page, ReviewStep)
    assert isinstance(review, ReviewStep)
    said: list[str] = []
    boundary.said.connect(lambda _, sentence: said.append(sentence))
    (other,) = enter(database, a_provider(signed=None))
    signed(database, other)  # takes the number that is printed on the pages
    qtbot.mouseClick(review.seal_button, CLICK)
    settled(qtbot, tab)
    qtbot.waitUntil(lambda: bool(said))
    assert "vient d'être pris" in said[0]
    assert SealedDocuments(database).of(ready.id) == []
    assert review.content is not None
    assert review.content.number.endswith("00002"), "the pages are made anew, under the next number"
    qtbot.mouseClick(review.seal_button, CLICK)
    settled(qtbot, tab)
    assert len(SealedDocuments(database).of(ready.id)) == 1


# Killed in the middle


SIGNER = Path(__file__).with_name("signs_until_killed.py")


def _killed(folder: Path, after: float) -> list[str]:
    """What a program that signs has said it kept, when it is killed so many seconds after it began to draw."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(Path(__file__).parents[3])}
    with subprocess.Popen(
        [sys.executable, str(SIGNER), str(folder)], stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdout is not None
        said = []
        for line in process.stdout:
            said.append(line.strip())
            if line.startswith("ready"):
                time.sleep(after)
                process.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        process.wait()
    return said


@pytest.fixture(scope="module")
def base_to_sign(tmp_path_factory: pytest.TempPathFactory, base_as_made: Path) -> Path:
    """A base with one signing, ready to be drawn."""
    folder = tmp_path_factory.mktemp("a-signer") / "base"
    shutil.copytree(base_as_made, folder)
    database = Database.open(folder, passphrase=PASSPHRASE)
    (provider,) = enter(database, a_provider(signed=None, legal_name="Tué en route"))
    ready_to_sign(database, provider)
    identity_of(database)
    database.close()
    return folder


@pytest.mark.parametrize("part", range(5))
def test_fifty_kills_lose_no_stroke_and_leave_no_half_signed_provider(
    part: int, base_to_sign: Path, tmp_path: Path
) -> None:
    for attempt in range(10):
        folder = tmp_path / f"base{attempt}"
        shutil.copytree(base_to_sign, folder)
        said = _killed(folder, 0.013 * (part * 10 + attempt))
        told = [json.loads(line.removeprefix("drawn ")) for line in said if line.startswith("drawn ")]
        database = Database.open(folder, passphrase=PASSPHRASE)
        (row,) = ProviderRows(database).search("tué")
        state = SigningSessions(database).of(row.id)
        documents, signatures = SealedDocuments(database).of(row.id), CharterRows(database).signatures(row.id)
        assert len(documents) == len(signatures), "half-signed"
        assert (state is None) == bool(documents), "either it goes on, or it is signed"
        if state is not None and told:
            drawing = SigningSessions(database).drawing(state.id, 0)
            assert drawing is not None
            assert len(drawing.strokes) >= len(told)
            for kept, stroke in zip(drawing.strokes, told, strict=False):
                assert len(kept.points) == stroke, "a stroke that was drawn is there whole"
        database.close()
        shutil.rmtree(folder)


def test_the_pads_drawing_is_found_in_another_window(
    qtbot: QtBot, tab: CharterTab, database: Database, ready: Provider
) -> None:
    page = begin(tab)
    read_all(page)
    identify(page)
    page.go("signature")
    drawing = step(page, DrawingStep)
    assert isinstance(drawing, DrawingStep)
    Pen(drawing.box.pad).draw([(60 + 4 * at, 90 + 9 * (at % 3)) for at in range(40)])
    before = drawing.box.pad.drawing()
    drawing.box.pad.undo_stroke()
    drawing.box.pad.redo_stroke()

    state = SigningSessions(database).of(ready.id)
    assert state is not None
    assert SigningSessions(database).drawing(state.id, 0) == before
    tab.places.leave_all()
    again = begin(tab)
    shown = step(again, DrawingStep)
    assert isinstance(shown, DrawingStep)
    assert shown.box.pad.drawing() == before
    shown.box.pad.clear()
    assert SigningSessions(database).drawing(state.id, 0) is None


def test_the_page_keys_lead_through_the_whole_charter(qtbot: QtBot, tab: CharterTab) -> None:
    page = begin(tab)
    page.go("lecture")
    reading = page.steps.currentWidget()
    assert isinstance(reading, ReadingStep)
    for _ in range(80):
        qtbot.keyClick(reading.text, Qt.Key.Key_PageDown)
    assert reading.sections.currentRow() == reading.sections.count() - 1
    assert reading.lacking() == ""
    for _ in range(80):
        qtbot.keyClick(reading.text, Qt.Key.Key_PageUp)
    assert reading.sections.currentRow() == 0


# In the signer's hands


@pytest.fixture
def handed(qtbot: QtBot, tab: CharterTab, database: Database) -> Iterator[SigningPage]:
    choose_code(database, "2580", "2580")
    page = begin(tab)
    identify(page)
    page.go("lecture")
    qtbot.mouseClick(page.hand_button, CLICK)
    yield page
    window = tab.acts.hand_over
    if window is not None:
        window.code_pad.given.emit()


def test_a_laptop_is_handed_over_once_it_is_said_who_signs(qtbot: QtBot, tab: CharterTab, database: Database) -> None:
    choose_code(database, "2580", "2580")
    page = begin(tab)
    page.go("lecture")
    qtbot.keyClick(page, Qt.Key.Key_F11)
    assert not page.is_handed
    assert page.step_signataire.isChecked()
    assert page.sentence.text().startswith("Avant de remettre l'ordinateur : il manque")


def test_the_signer_has_one_document_and_no_way_out_of_it(
    qtbot: QtBot, window: MainWindow, tab: CharterTab, handed: SigningPage
) -> None:
    hand_over = tab.acts.hand_over
    assert hand_over is not None
    assert hand_over.isFullScreen()
    assert not window.isVisible()
    assert handed.window() is hand_over
    assert [one.text() for one in handed._buttons.values() if one.isVisible()] == [
        "1. Lecture",
        "2. Signature",
        "3. Relecture et sceau",
    ]
    before = window.tabs.currentIndex()
    places = [hand_over, handed, step(handed, ReadingStep)]
    control, shift, alt = (
        Qt.KeyboardModifier.ControlModifier,
        Qt.KeyboardModifier.ShiftModifier,
        Qt.KeyboardModifier.AltModifier,
    )
    for place in places:
        for key in range(Qt.Key.Key_A.value, Qt.Key.Key_Z.value + 1):
            for modifier in (control, control | shift, alt):
                qtbot.keyClick(place, Qt.Key(key), modifier)
        for key in (Qt.Key.Key_Escape, Qt.Key.Key_F1, Qt.Key.Key_F4, Qt.Key.Key_F10, Qt.Key.Key_Menu, Qt.Key.Key_Tab):
            for modifier in (Qt.KeyboardModifier.NoModifier, control, alt):
                qtbot.keyClick(place, key, modifier)
        for digit in range(Qt.Key.Key_0.value, Qt.Key.Key_9.value + 1):
            qtbot.keyClick(place, Qt.Key(digit), control)
        qtbot.mouseClick(place, Qt.MouseButton.RightButton)
    hand_over.close()
    assert hand_over.isVisible(), "closing asks for the code"
    assert hand_over.pages.currentWidget() is hand_over.code_pad
    visible = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
    assert visible == [hand_over]
    assert not window.isVisible()
    assert window.tabs.currentIndex() == before
    assert QApplication.activePopupWidget() is None
    assert not any("Prestataires" in label.text() for label in hand_over.findChildren(QLabel))


def test_the_code_gives_the_laptop_back_and_a_wrong_one_does_not(
    qtbot: QtBot, window: MainWindow, tab: CharterTab, handed: SigningPage, database: Database
) -> None:
    hand_over = tab.acts.hand_over
    assert hand_over is not None
    qtbot.mouseClick(handed.hand_button, CLICK)
    pad = hand_over.code_pad
    for digit in (1, 1, 1, 1):
        qtbot.mouseClick(pad.keys[digit], CLICK)
    qtbot.mouseClick(pad.ok_key, CLICK)
    assert pad.sentence.text() == "Ce n'est pas le code. Réessayez."
    assert not window.isVisible()
    qtbot.mouseClick(pad.back_button, CLICK)
    assert hand_over.pages.currentWidget() is handed
    hand_over.ask_code()
    qtbot.keyClicks(pad.code, "2580")
    qtbot.keyClick(pad.code, Qt.Key.Key_Return)
    assert window.isVisible()
    assert tab.places.page is handed
    assert not handed.is_handed
    assert handed.step_fiche.isVisible()
    assert handed.desk is not None
    assert [one.to_signer for one in handed.desk.state.hand_overs] == [True, False]


def test_after_five_wrong_codes_one_waits_and_the_passphrase_opens_too(
    qtbot: QtBot, window: MainWindow, tab: CharterTab, handed: SigningPage
) -> None:
    hand_over = tab.acts.hand_over
    assert hand_over is not None
    hand_over.ask_code()
    pad = hand_over.code_pad
    for _ in range(5):
        pad.code.setText("0000")
        pad.ok_key.click()
    assert "attendez 30 secondes" in pad.sentence.text()
    assert not pad.isEnabled()
    pad._go_on()
    pad.code.setText(PASSPHRASE)
    qtbot.keyClick(pad.code, Qt.Key.Key_Return)
    assert window.isVisible()


def test_the_signer_signs_and_seals_alone_and_the_adviser_finds_the_document(
    qtbot: QtBot, window: MainWindow, tab: CharterTab, handed: SigningPage, database: Database, ready: Provider
) -> None:
    reading = step(handed, ReadingStep)
    assert isinstance(reading, ReadingStep)
    assert not reading.together.isVisible(), "the adviser's word is the adviser's"
    while reading.after_button.isEnabled():
        qtbot.mouseClick(reading.after_button, CLICK)
    draw(qtbot, handed)
    review = step(handed, ReviewStep)
    assert isinstance(review, ReviewStep)
    qtbot.mouseClick(review.seal_button, CLICK)
    settled(qtbot, window)
    hand_over = tab.acts.hand_over
    assert hand_over is not None
    assert any("signée et scellée" in label.text() for label in hand_over.findChildren(QLabel))
    hand_over.ask_code()
    qtbot.keyClicks(hand_over.code_pad.code, "2580")
    qtbot.keyClick(hand_over.code_pad.code, Qt.Key.Key_Return)
    page = on_top(tab, SignedPage)
    assert isinstance(page, SignedPage)
    assert len(SealedDocuments(database).of(ready.id)) == 1


def test_the_code_is_chosen_before_the_first_hand_over(qtbot: QtBot, tab: CharterTab, database: Database) -> None:
    from charte_desktop.ui.charter.code_dialog import CodeDialog

    page = begin(tab)
    identify(page)
    qtbot.mouseClick(page.hand_button, CLICK)
    dialog = tab.acts.dialog
    assert isinstance(dialog, CodeDialog)
    for code, again, sentence in (
        ("12", "12", "4 à 8 chiffres"),
        ("abcd", "abcd", "4 à 8"),
        ("1234", "1235", "pas les mêmes"),
    ):
        dialog.code.setText(code)
        dialog.again.setText(again)
        dialog.buttons.accepted.emit()
        assert sentence in dialog.sentence.text()
    dialog.again.setText("1234")
    dialog.buttons.accepted.emit()
    hand_over = tab.acts.hand_over
    assert hand_over is not None
    assert "1234" not in database.setting("hand_over_code")
    hand_over.code_pad.given.emit()


def test_a_drawing_that_is_waiting_is_not_lost_by_the_hand_over(
    qtbot: QtBot, tab: CharterTab, handed: SigningPage
) -> None:
    assert handed.desk is not None
    handed.desk.sessions.take(handed.desk.state.id, 0, a_drawing())
    handed.desk.read_together(True)
    handed.go("signature")
    hand_over = tab.acts.hand_over
    assert hand_over is not None
    hand_over.resize(700, 900)  # a turned tablet
    drawing = step(handed, DrawingStep)
    assert isinstance(drawing, DrawingStep)
    assert drawing.box.pad.drawing() == a_drawing()
    hand_over.code_pad.given.emit()
    assert drawing.box.pad.drawing() == a_drawing()
