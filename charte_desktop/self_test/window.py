"""What is drawn: Qt's French, its image formats, letters, printing, each form."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from charte_desktop.self_test.trials import Failure

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

_FORMATS = {"png", "jpg", "jpeg", "svg", "ico", "gif", "bmp"}
_SENTENCE = "Œuvré à l’Étang-Salé : 1 234,50 €"


def application(_: Path) -> str:
    """The application starts, as it does for its window."""
    from PySide6.QtCore import qVersion
    from PySide6.QtWidgets import QApplication

    from charte_desktop.app import make_application

    made = QApplication.instance() or make_application(sys.argv[:1])
    assert isinstance(made, QApplication)
    return f"Qt {qVersion()}, {made.platformName()}, style {made.style().name()}"


def french(_: Path) -> str:
    """Qt's own buttons speak French."""
    from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

    translator = QTranslator()
    if not translator.load("qtbase_fr", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        raise Failure("qtbase_fr.qm manque : les boutons de Qt seraient en anglais")
    word = translator.translate("QPlatformTheme", "Cancel")
    if word != "Annuler":
        raise Failure(f"« Cancel » se dit « {word} »")
    return f"{word}, {QCoreApplication.translate('QPlatformTheme', 'Close')}"


def pictures(place: Path) -> str:
    """Every format that photos, icons and stamps come in is read, by Qt and by Pillow."""
    from PIL import Image
    from PySide6.QtGui import QImageReader

    from charte_desktop import paths
    from charte_desktop.ui.icons import icon

    formats = {bytes(one.data()).decode() for one in QImageReader.supportedImageFormats()}
    if not formats >= _FORMATS:
        raise Failure(f"formats absents : {', '.join(sorted(_FORMATS - formats))}")
    for ending in ("png", "jpg", "gif", "bmp", "webp", "tif"):
        file = place / f"image.{ending}"
        Image.new("RGB", (8, 8), (200, 30, 30)).save(file)
        with Image.open(file) as read:
            read.load()
    drawn = icon("search", "ink").pixmap(32, 32).toImage()
    if not _dark(drawn, transparent=True):
        raise Failure("une icône se dessine vide")
    count = len(list((paths.resources() / "icons").glob("*.svg")))
    return f"{', '.join(sorted(_FORMATS))} ; {count} icônes"


def glyphs(_: Path) -> str:
    """Letters are letters: two that differ are not drawn as the same empty box."""
    from PySide6.QtGui import QFont, QFontDatabase, QFontInfo

    families = QFontDatabase.families()
    if not families:
        raise Failure("aucune police d'écriture : installez fontconfig et fonts-dejavu-core")
    shapes = {letter: bytes(_drawn(letter).constBits()) for letter in "éWaœ€'Ç8"}
    if len(set(shapes.values())) != len(shapes):
        raise Failure("des lettres différentes se dessinent pareilles : la police d'écriture manque")
    if not _dark(_drawn(_SENTENCE)):
        raise Failure("le texte se dessine vide")
    return f"{len(families)} familles, {QFontInfo(QFont()).family()}"


def printing(place: Path) -> str:
    """Printing is there, and a page that is printed to a file is a page."""
    from PySide6.QtGui import QPainter
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    file = place / "page imprimée.pdf"
    printer.setOutputFileName(str(file))
    painter = QPainter(printer)
    painter.drawText(100, 200, _SENTENCE)
    painter.end()
    if not file.exists() or not file.read_bytes().startswith(b"%PDF"):
        raise Failure("rien n'a été imprimé")
    return f"{len(QPrinterInfo.availablePrinterNames())} imprimantes sur ce poste"


def forms(_: Path) -> str:
    """Each Designer file loads."""
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice
    from PySide6.QtUiTools import QUiLoader
    from PySide6.QtWidgets import QWidget

    from charte_desktop import paths

    class Loader(QUiLoader):
        def createWidget(  # noqa: N802  (Qt's name)
            self, class_name: str, parent: QWidget | None = None, name: str = ""
        ) -> QWidget:
            known = class_name in self.availableWidgets()
            return super().createWidget(class_name if known else "QWidget", parent, name)

    files = sorted(paths.forms().glob("*.ui"))
    for file in files:
        loader = Loader()
        loader.clearPluginPaths()
        buffer = QBuffer()
        buffer.setData(QByteArray(file.read_bytes()))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        if loader.load(buffer) is None:
            raise Failure(f"{file.name} : {loader.errorString()}")
    if not files:
        raise Failure("aucun formulaire n'est fourni avec le programme")
    return f"{len(files)} formulaires"


def _drawn(text: str) -> "QImage":
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QFont, QImage, QPainter

    image = QImage(48 * len(text), 64, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    font = QFont()
    font.setPixelSize(40)
    painter.setFont(font)
    painter.drawText(4, 48, text)
    painter.end()
    return image


def _dark(image: "QImage", transparent: bool = False) -> int:
    """How many points are drawn: dark, or opaque on a transparent ground."""
    count = 0
    for y in range(image.height()):
        for x in range(image.width()):
            colour = image.pixelColor(x, y)
            count += colour.alpha() > 128 if transparent else colour.lightness() < 128
    return count
