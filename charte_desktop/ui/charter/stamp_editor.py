"""The cachet: from a photo, a scan or the clipboard to the ink alone, framed and sized by hand. Never required."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QMimeData, QSize, QStandardPaths, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QSlider, QSpinBox, QWidget

from charte_desktop.errors import UserError
from charte_desktop.ui import icons, messages
from charte_desktop.ui.charter.stamp_photo import StampPhoto
from charte_desktop.ui.charter.stamp_preview import StampPreview
from charte_desktop.ui.file_drop import TAKES_FILES
from charte_desktop.ui.forms import load_form

if TYPE_CHECKING:
    from charte_desktop.documents.stamp import Corners
    from charte_desktop.documents.stamp_photo import Photo

_SEEN_AT = 480
"""Pixels on the longer side of what is shown while something is moved."""
_ALONE = QSize(18, 18)
"""An icon without words."""
_PAUSE = 40
"""Milliseconds after a movement before the result is worked out again."""
_SCAN = 300
"""Dots per inch at which the page of a PDF is taken."""
_KINDS = "Images et PDF (*.png *.jpg *.jpeg *.tif *.tiff *.bmp *.webp *.gif *.pdf *.heic);;Tous les fichiers (*)"


class StampEditor(QWidget):
    """Shows the photo with its frame, and beside it what will be printed."""

    photo: StampPhoto
    preview: StampPreview
    size_words: QLabel
    threshold: QSlider
    width_mm: QSpinBox
    sentence: QLabel
    file_button: QPushButton
    paste_button: QPushButton
    frame_button: QPushButton
    turn_button: QPushButton
    without_button: QPushButton
    use_button: QPushButton

    stamp_made = Signal(object, float, float)
    """The PNG's bytes, its width and its height in print, in millimetres."""
    cancelled = Signal()
    """Without a stamp."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form(self, "stamp_editor", StampPhoto, StampPreview)
        self.dialog: QFileDialog | None = None
        self._photo: Photo | None = None
        self._straight: Photo | None = None
        """What is in the frame, as fine as it is shown."""
        self._threshold_is_chosen = self._width_is_chosen = False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PAUSE)
        self._later.timeout.connect(self._work_out)
        for button, icon in (
            (self.file_button, "image"),
            (self.paste_button, "clipboard-paste"),
            (self.frame_button, "scan"),
            (self.turn_button, "rotate-cw"),
        ):
            button.setIcon(icons.icon(icon))
            button.setIconSize(icons.BESIDE_WORDS if button.text() else _ALONE)
        self.file_button.clicked.connect(self.ask_file)
        self.paste_button.clicked.connect(self.paste)
        self.frame_button.clicked.connect(self.frame)
        self.turn_button.clicked.connect(self.turn)
        self.without_button.clicked.connect(self.cancelled)
        self.use_button.clicked.connect(self.use)
        self.photo.moved.connect(self._frame_moved)
        self.threshold.valueChanged.connect(self._threshold_moved)
        self.width_mm.valueChanged.connect(self._width_typed)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self, self.paste)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.setAcceptDrops(True)
        self.setProperty(TAKES_FILES, True)
        self.photo.setToolTip("Tirez les coins et les bords autour du cachet. Au clavier : Tab, puis les flèches")
        self._show_ready(False)

    # Where the photo comes from

    def ask_file(self) -> None:
        """Let the user choose a photo or a scan."""
        pictures = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        dialog = QFileDialog(self, "Choisir l’image du cachet", pictures, _KINDS)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.open_file(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

    def open_file(self, file: Path) -> None:
        """Show the picture in a file."""
        with messages.sentence_in(self.sentence):
            self._show(_read(file))

    def open_bytes(self, content: bytes) -> None:
        """Show the picture in these bytes."""
        with messages.sentence_in(self.sentence):
            self._show(content)

    def paste(self) -> None:
        """Show what was copied: a picture, or a file."""
        with messages.sentence_in(self.sentence):
            self._take(QGuiApplication.clipboard().mimeData())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        mime = event.mimeData()
        if mime.hasImage() or any(url.isLocalFile() for url in mime.urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        with messages.sentence_in(self.sentence):
            self._take(event.mimeData())

    def _take(self, mime: QMimeData | None) -> None:
        """Show what was dropped or copied; a clipboard that nothing was ever copied to is None."""
        files = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()] if mime else []
        if files:
            self._show(_read(files[0]))
        elif mime and mime.hasImage():
            self._show(_png(QImage(mime.imageData())))
        else:
            raise UserError("Rien à coller : copiez d’abord une image, ou choisissez un fichier.")

    def _show(self, content: bytes) -> None:
        """Show a photo; after a refusal the one before is still there."""
        from charte_desktop.documents.stamp_corners import propose_corners
        from charte_desktop.documents.stamp_photo import open_photo

        photo = open_photo(_page_of(content) if b"%PDF-" in content[:1024] else content)
        self._photo = photo
        self._threshold_is_chosen = self._width_is_chosen = False
        self.photo.show_photo(photo, propose_corners(photo))
        self._frame_moved()
        self._work_out()
        self.photo.setFocus(Qt.FocusReason.TabFocusReason)

    # What is made of it

    def frame(self) -> None:
        """Look for the stamp on the photo."""
        from charte_desktop.documents.stamp_corners import propose_corners

        if self._photo is not None:
            self._frame_to(propose_corners(self._photo))

    def turn(self) -> None:
        """A quarter of a turn to the right."""
        from charte_desktop.documents.stamp import Corners

        now = self.photo.corners
        if now is not None:
            self._frame_to(Corners(now.bottom_left, now.top_left, now.top_right, now.bottom_right))

    def use(self) -> None:
        """Make the stamp, as fine as the photo allows."""
        from charte_desktop.documents.stamp import make_stamp

        corners = self.photo.corners
        if self._photo is None or corners is None:
            return
        with messages.sentence_in(self.sentence):
            stamp = make_stamp(self._photo, corners, self.threshold.value(), self.width_mm.value())
            self.stamp_made.emit(stamp.png, stamp.width_mm, stamp.height_mm)

    def _frame_to(self, corners: "Corners") -> None:
        self.photo.show_corners(corners)
        self._frame_moved()

    def _frame_moved(self) -> None:
        self._straight = None
        self._later.start()

    def _threshold_moved(self) -> None:
        self._threshold_is_chosen = True
        self._later.start()

    def _width_typed(self) -> None:
        self._width_is_chosen = True
        self._later.start()

    def _work_out(self) -> None:
        """Show what will be printed."""
        from charte_desktop.documents.stamp import inked_part, lift_ink, printed_width, propose_threshold, straighten

        corners = self.photo.corners
        if self._photo is None or corners is None:
            return
        self._later.stop()
        if self._straight is None:
            self._straight = straighten(self._photo, corners, _SEEN_AT)
            if not self._threshold_is_chosen:
                _put(self.threshold, propose_threshold(self._straight))
        ink = lift_ink(self._straight, self.threshold.value())
        box = inked_part(ink)
        if box is None:
            self._show_ready(False)
            self.sentence.setText("Il ne reste rien du cachet : baissez le seuil du blanc, ou élargissez le cadre.")
            return
        ink = ink.crop(box)
        if not self._width_is_chosen:
            _put(self.width_mm, round(printed_width(self._straight, ink.width)))
        pixels = ink.tobytes()
        shown = QImage(pixels, ink.width, ink.height, 4 * ink.width, QImage.Format.Format_RGBA8888).copy()
        width = self.width_mm.value()
        self.preview.show_stamp(shown, width)
        reduced = ", réduit à l’écran" if self.preview.is_smaller else ""
        self.size_words.setText(f"{width} × {round(width * ink.height / ink.width)} mm{reduced}")
        self._show_ready(True)
        self.sentence.clear()

    def _show_ready(self, ready: bool) -> None:
        has_photo = self._photo is not None
        for widget in (self.frame_button, self.turn_button, self.threshold, self.width_mm):
            widget.setEnabled(has_photo)
        self.use_button.setEnabled(ready)
        if not ready:
            self.preview.show_stamp(None)
            self.size_words.setText(" ")


def _put(box: QSlider | QSpinBox, value: int) -> None:
    """Show a value that nobody chose."""
    box.blockSignals(True)
    box.setValue(value)
    box.blockSignals(False)


def _read(file: Path) -> bytes:
    """The bytes of a file, and no more of them than a photo may have."""
    from charte_desktop.documents.stamp_photo import MOST_BYTES

    try:
        with file.open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except OSError as fault:
        raise UserError(
            f"« {file} » ne peut pas être lu : vérifiez qu'il existe encore et qu'il n'est pas ouvert ailleurs."
        ) from fault


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # PySide6's stub knows names of files only
    return bytes(buffer.data().data())


def _page_of(pdf: bytes) -> bytes:
    """The first page of a PDF, as a scanner would have given it."""
    from PySide6.QtCore import QObject

    from charte_desktop.documents.stamp_photo import LONGEST
    from charte_desktop.ui.printing import open_pdf

    holder = QObject()
    document = open_pdf(holder, pdf)
    if not document.pageCount():
        raise UserError("Ce PDF ne s'ouvre pas : choisissez une image du cachet, ou numérisez-le de nouveau.")
    points = document.pagePointSize(0)
    scale = min(_SCAN / 72, LONGEST / max(points.width(), points.height(), 1.0))
    size = QSize(max(round(points.width() * scale), 1), max(round(points.height() * scale), 1))
    page = QImage(size, QImage.Format.Format_RGB32)
    page.fill(Qt.GlobalColor.white)
    painter = QPainter(page)
    painter.drawImage(0, 0, document.render(0, size))
    painter.end()
    dots_in_metre = round(scale * 72 / 0.0254)
    page.setDotsPerMeterX(dots_in_metre)
    page.setDotsPerMeterY(dots_in_metre)
    return _png(page)
