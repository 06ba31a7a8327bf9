"""What the program is, where its base is, whose work it stands on."""

from pathlib import Path

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QWidget

from charte_desktop import __version__, paths
from charte_desktop.ui.forms import load_form


class AboutDialog(QDialog):
    """Version, folder of the base, licences."""

    picture: QLabel
    version: QLabel
    text: QLabel
    close_button: QPushButton

    def __init__(self, parent: QWidget | None, folder: Path) -> None:
        super().__init__(parent)
        load_form(self, "about")
        drawing = QIcon(str(paths.resources() / "icons" / "application.svg"))
        self.picture.setPixmap(drawing.pixmap(56, 56))
        self.version.setText(f"Version {__version__}")
        self.text.setText(
            "Le registre des offreurs de solutions numériques signataires de la charte, et les fiches annuaire remises "
            "aux entreprises accompagnées. Sans réseau.\n\n"
            f"Base de ce poste : {folder}\n\n"
            "Qt et PySide6 (LGPL) · icônes Lucide (ISC) · données de référence INSEE et La Poste (licence ouverte)."
        )
        self.close_button.clicked.connect(self.accept)
