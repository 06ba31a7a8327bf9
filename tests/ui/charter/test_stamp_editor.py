from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from charte_desktop.documents.stamp import Corners
from charte_desktop.documents.stamp_photo import MOST_BYTES
from charte_desktop.ui import theme
from charte_desktop.ui.charter.stamp_editor import StampEditor
from charte_desktop.ui.charter.stamp_photo import HANDLES
from tests.documents.stamp_photos import RED, a_stamp, file_of, grainy, lit_from_a_side, on_paper
from tests.ui.charter.hand import Fingers, drag_mouse

Made = tuple[bytes, float, float]
PHOTO = file_of(grainy(lit_from_a_side(on_paper(a_stamp(), (150, 200), paper=(240, 230, 205)), 170), 6))


@pytest.fixture
def editor(qtbot: QtBot) -> StampEditor:
    editor = StampEditor()
    qtbot.addWidget(editor)
    editor.resize(1000, 520)
    with qtbot.waitExposed(editor):
        editor.show()
    editor.activateWindow()
    qtbot.waitUntil(editor.isActiveWindow)
    return editor


@pytest.fixture
def made(editor: StampEditor) -> list[Made]:
    made: list[Made] = []
    editor.stamp_made.connect(lambda *one: made.append(one))
    return made


@pytest.fixture
def photo_file(tmp_path: Path) -> Path:
    file = tmp_path / "cachet été.jpg"
    file.write_bytes(PHOTO)
    return file


def corners_of(editor: StampEditor) -> Corners:
    corners = editor.photo.corners
    assert corners is not None
    return corners


def settled(qtbot: QtBot, editor: StampEditor) -> None:
    qtbot.waitUntil(lambda: not editor._later.isActive())


def test_a_photo_becomes_a_transparent_stamp(editor: StampEditor, made: list[Made], photo_file: Path) -> None:
    assert not editor.use_button.isEnabled()
    editor.open_file(photo_file)
    assert editor.sentence.text() == ""
    assert editor.size_words.text() == "40 × 17 mm"
    editor.use_button.click()
    [(png, width, height)] = made
    assert isinstance(png, bytes)
    assert width == 40
    assert height == pytest.approx(40 * 187 / 447, abs=0.5)
    stamp = Image.open(BytesIO(png))
    assert stamp.mode == "RGBA"
    assert stamp.getchannel("A").getpixel((stamp.width // 2, 12)) == 0
    assert stamp.getchannel("A").histogram()[255] > 5000


def test_without_a_stamp_is_one_click(editor: StampEditor, made: list[Made], qtbot: QtBot) -> None:
    with qtbot.waitSignal(editor.cancelled):
        editor.without_button.click()
    editor.open_bytes(PHOTO)
    with qtbot.waitSignal(editor.cancelled):
        QTest.keyClick(editor.without_button, Qt.Key.Key_Space)
    assert not made


def test_the_file_dialog_gives_the_file(editor: StampEditor, photo_file: Path) -> None:
    editor.file_button.click()
    assert editor.dialog is not None
    editor.dialog.fileSelected.emit(str(photo_file))
    editor.dialog.reject()
    assert editor.use_button.isEnabled()


def dropped(editor: StampEditor, mime: QMimeData) -> None:
    act, held, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPointF(50, 50), act, mime, held, keys)
    QApplication.sendEvent(editor, enter)
    if enter.isAccepted():
        QApplication.sendEvent(editor, QDropEvent(QPointF(50, 50), act, mime, held, keys))


def test_a_file_or_a_picture_may_be_dropped(editor: StampEditor, photo_file: Path) -> None:
    mime = QMimeData()
    mime.setText("rien d'utile")
    dropped(editor, mime)
    assert editor.photo.corners is None
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(photo_file))])
    dropped(editor, mime)
    first = corners_of(editor)
    mime = QMimeData()
    mime.setImageData(QImage.fromData(file_of(on_paper(a_stamp(RED), (20, 20)))))
    dropped(editor, mime)
    assert corners_of(editor) != first


def test_what_was_copied_is_pasted(editor: StampEditor, photo_file: Path) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    editor.paste_button.click()
    assert editor.sentence.text().startswith("Rien à coller")
    clipboard.setImage(QImage.fromData(PHOTO))
    editor.photo.setFocus()
    QTest.keyClick(editor.photo, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert editor.use_button.isEnabled()
    clipboard.clear()
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(photo_file))])
    clipboard.setMimeData(mime)
    editor.paste_button.click()
    assert editor.sentence.text() == ""
    clipboard.clear()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "vide"),
        (b"bonjour", "choisissez une image"),
        (PHOTO[:2000], "abîmée"),
        (b"\0\0\0\x18ftypheic" + bytes(20), "HEIC"),
        (bytes(MOST_BYTES + 1), "trop grande"),
        (b"%PDF-1.7\nrien", "Ce PDF ne s'ouvre pas"),
    ],
    ids=["empty", "text", "cut", "HEIC", "large", "PDF"],
)
def test_a_refusal_is_a_sentence_and_the_photo_before_stays(
    editor: StampEditor, tmp_path: Path, content: bytes, sentence: str
) -> None:
    editor.open_bytes(PHOTO)
    before = corners_of(editor)
    file = tmp_path / "autre"
    file.write_bytes(content)
    editor.open_file(file)
    assert sentence in editor.sentence.text()
    assert corners_of(editor) == before
    assert editor.use_button.isEnabled()


def test_a_file_that_is_gone_or_a_folder_is_a_sentence(editor: StampEditor, tmp_path: Path) -> None:
    for path in (tmp_path / "absent.png", tmp_path):
        editor.open_file(path)
        assert "ne peut pas être lu" in editor.sentence.text()


def test_the_page_of_a_scanned_pdf_is_a_photo_with_its_size(editor: StampEditor, made: list[Made]) -> None:
    file = BytesIO()
    canvas = Canvas(file, pagesize=(595, 842))
    ink = BytesIO(file_of(a_stamp(), "PNG"))
    canvas.drawImage(ImageReader(ink), 200, 300, 141.7, 59.8, mask="auto")  # 50 millimetres wide
    canvas.showPage()
    canvas.save()
    editor.open_bytes(file.getvalue())
    assert editor.sentence.text() == ""
    assert abs(editor.width_mm.value() - 50) <= 1
    editor.use_button.click()
    assert len(made) == 1


# The frame


def test_a_corner_is_dragged_with_the_mouse(editor: StampEditor, qtbot: QtBot) -> None:
    editor.open_bytes(PHOTO)
    before = corners_of(editor)
    start = editor.photo.handle_place(0)
    drag_mouse(editor.photo, [start.toTuple(), (start.x() - 10, start.y() - 5), (start.x() - 40, start.y() - 20)])
    after = corners_of(editor)
    end = editor.photo.handle_place(0)
    assert end.x() == pytest.approx(start.x() - 40, abs=0.5)
    assert end.y() == pytest.approx(start.y() - 20, abs=0.5)
    assert (after.top_right, after.bottom_right, after.bottom_left) == before.spots[1:]
    settled(qtbot, editor)
    assert editor.use_button.isEnabled()


def test_a_corner_is_dragged_with_a_finger(editor: StampEditor) -> None:
    editor.open_bytes(PHOTO)
    start = editor.photo.handle_place(4)
    # A fingertip is seldom in the middle.
    line = [(start.x() + 9 + step, start.y() - 9 + step) for step in range(0, 31, 5)]
    Fingers(editor.photo).draw(line)
    end = editor.photo.handle_place(4)
    assert end.x() == pytest.approx(start.x() + 30, abs=1.5)
    assert end.y() == pytest.approx(start.y() + 30, abs=1.5)


def test_an_edge_moves_across_itself_with_its_two_corners(editor: StampEditor) -> None:
    editor.open_bytes(PHOTO)
    before = corners_of(editor)
    start = editor.photo.handle_place(3)
    drag_mouse(editor.photo, [start.toTuple(), (start.x() + 30, start.y() + 60)])
    after = corners_of(editor)
    assert after.top_right[0] > before.top_right[0]
    assert after.top_right[1] == pytest.approx(before.top_right[1], abs=1e-6)
    assert (after.top_left, after.bottom_left) == (before.top_left, before.bottom_left)


def test_the_whole_frame_is_dragged_and_stays_on_the_photo(editor: StampEditor) -> None:
    editor.open_bytes(PHOTO)
    before = corners_of(editor)
    one, two = editor.photo.handle_place(0), editor.photo.handle_place(4)
    middle = (one + two) / 2
    drag_mouse(editor.photo, [middle.toTuple(), (middle.x() - 2000, middle.y() + 7)])
    after = corners_of(editor)
    assert min(x for x, _ in after.spots) == pytest.approx(0, abs=1e-6)
    width = [corners.top_right[0] - corners.top_left[0] for corners in (before, after)]
    assert width[0] == pytest.approx(width[1])


def test_tab_goes_from_handle_to_handle_and_arrows_move_them(editor: StampEditor, qtbot: QtBot) -> None:
    editor.open_bytes(PHOTO)
    photo = editor.photo
    assert photo.hasFocus()
    for name in HANDLES:
        assert photo.accessibleDescription().startswith(name)
        handle = HANDLES.index(name)
        start = photo.handle_place(handle)
        QTest.keyClick(photo, Qt.Key.Key_Left)
        QTest.keyClick(photo, Qt.Key.Key_Up)
        QTest.keyClick(photo, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
        way = photo.handle_place(handle) - start
        # A corner goes where it is told; an edge only across itself.
        wanted = [(9, -1), (0, -1), (9, -1), (9, 0)][handle % 4 if handle % 2 else 0]
        assert way.x() == pytest.approx(wanted[0], abs=1.2)
        assert way.y() == pytest.approx(wanted[1], abs=1.2)
        QTest.keyClick(photo, Qt.Key.Key_Tab)
    assert editor.threshold.hasFocus()
    QTest.keyClick(editor.threshold, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert photo.accessibleDescription().startswith(HANDLES[-1])


def test_corners_never_cross_however_they_are_dragged(editor: StampEditor) -> None:
    editor.open_bytes(PHOTO)
    wild = [(3000, -3000), (-3000, 2000), (400, 10), (10, 400), (250, 250), (-5, -5), (600, 300)]
    for handle in range(len(HANDLES)):
        for place in wild:
            drag_mouse(editor.photo, [editor.photo.handle_place(handle).toTuple(), place])
            assert corners_of(editor).is_usable


def test_framed_again_and_turned(editor: StampEditor, qtbot: QtBot) -> None:
    editor.open_bytes(PHOTO)
    proposed = corners_of(editor)
    drag_mouse(editor.photo, [editor.photo.handle_place(0).toTuple(), (30, 30)])
    editor.frame_button.click()
    assert corners_of(editor) == proposed
    editor.turn_button.click()
    settled(qtbot, editor)
    assert editor.size_words.text().startswith("40 × 9")
    for _ in range(3):
        editor.turn_button.click()
    assert corners_of(editor) == proposed


# Its look and its size


def test_a_width_that_was_typed_stays(editor: StampEditor, qtbot: QtBot, made: list[Made]) -> None:
    editor.open_bytes(PHOTO)
    editor.width_mm.setValue(60)
    settled(qtbot, editor)
    assert editor.size_words.text().startswith("60 × 25 mm")
    drag_mouse(editor.photo, [editor.photo.handle_place(0).toTuple(), (30, 30)])
    settled(qtbot, editor)
    assert editor.width_mm.value() == 60
    editor.use_button.click()
    assert made[0][1] == 60


def test_a_threshold_too_high_says_what_to_do_and_can_be_lowered(editor: StampEditor, qtbot: QtBot) -> None:
    editor.open_bytes(file_of(on_paper(a_stamp((170, 180, 225)), (150, 200))))
    editor.threshold.setValue(90)
    settled(qtbot, editor)
    assert "baissez le seuil" in editor.sentence.text()
    assert not editor.use_button.isEnabled()
    editor.threshold.setValue(10)
    settled(qtbot, editor)
    assert editor.sentence.text() == ""
    assert editor.use_button.isEnabled()


def test_another_photo_begins_with_its_own_threshold_and_width(editor: StampEditor, qtbot: QtBot) -> None:
    editor.open_bytes(PHOTO)
    editor.threshold.setValue(70)
    editor.width_mm.setValue(90)
    settled(qtbot, editor)
    editor.open_bytes(PHOTO)
    assert editor.threshold.value() < 50
    assert editor.width_mm.value() == 40


def test_it_is_shown_at_its_real_size(editor: StampEditor) -> None:
    editor.open_bytes(PHOTO)
    picture = editor.preview.grab().toImage()
    inked = [
        x
        for x in range(8, picture.width() - 8)
        for y in range(8, picture.height() // 2 - 12)
        if picture.pixelColor(x, y).lightness() < 200
    ]
    wide = 40 * editor.preview.pixels_in_millimetre()
    assert max(inked) - min(inked) == pytest.approx(wide, abs=5)
    assert not editor.preview.is_smaller


def test_a_stamp_larger_than_its_preview_is_shown_smaller_and_says_so(editor: StampEditor, qtbot: QtBot) -> None:
    editor.open_bytes(PHOTO)
    editor.width_mm.setValue(120)
    settled(qtbot, editor)
    assert editor.preview.is_smaller
    assert editor.size_words.text().endswith("réduit à l’écran")


def test_the_frame_is_seen_in_light_and_dark_and_at_200_percent(editor: StampEditor, qapp: QApplication) -> None:
    editor.open_bytes(PHOTO)
    for scheme in (theme.LIGHT, theme.DARK):
        theme.apply(qapp, scheme)
        picture = QImage(editor.size() * 2.0, QImage.Format.Format_RGB32)
        picture.setDevicePixelRatio(2.0)
        painter = QPainter(picture)
        editor.render(painter, QPoint(0, 0))
        painter.end()
        corner = editor.photo.mapTo(editor, editor.photo.handle_place(2).toPoint())
        assert picture.pixelColor(corner * 2).lightness() > 240
    theme.apply(qapp, theme.LIGHT)


def test_nothing_moves_when_a_photo_and_a_sentence_come(editor: StampEditor) -> None:
    def places() -> list[object]:
        QApplication.processEvents()
        return [one.geometry() for one in (editor.photo, editor.preview, editor.threshold, editor.use_button)]

    before = places()
    editor.open_bytes(b"bonjour")
    assert places() == before
    editor.open_bytes(PHOTO)
    assert places() == before


def test_before_a_photo_keys_and_clicks_do_nothing(editor: StampEditor, made: list[Made]) -> None:
    drag_mouse(editor.photo, [(100, 100), (200, 200)])
    QTest.keyClick(editor.photo, Qt.Key.Key_Left)
    editor.use()
    editor.frame()
    editor.turn()
    assert editor.photo.corners is None
    assert not made


def test_it_fits_a_small_screen_at_200_percent(editor: StampEditor) -> None:
    editor.open_bytes(PHOTO)
    assert editor.minimumSizeHint().width() <= 670
    assert editor.minimumSizeHint().height() <= 420
    editor.resize(1, 1)
    QApplication.processEvents()
    assert not editor.grab().isNull()
